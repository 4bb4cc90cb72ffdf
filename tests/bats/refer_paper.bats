# Referrals for others to read: the form on paper, and the bundle for other systems.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# query EXPRESSION: of bundle.json, as SQLite's JSON functions see it; j is the bundle.
query() {
    sqlite3 :memory: "WITH b(j) AS (SELECT readfile('bundle.json')) SELECT $1 FROM b"
}

# entry TYPE PATH...: those values of each resource of that type.
entry() {
    local type=$1 list='' path
    shift
    for path in "$@"; do
        list+="${list:+ || '|' || }coalesce(json_extract(value, '\$.resource.$path'), '-')"
    done
    sqlite3 :memory: "SELECT $list FROM json_each(readfile('bundle.json'), '\$.entry')
        WHERE json_extract(value, '\$.resource.resourceType') = '$type'"
}

@test "a form has everything that was decided, in Kazakh and Russian" {
    registry
    sed -i "s/Бірінші,Адам,1985/Ңұғманұлы,Өмірәлі Һ,1985/" people.csv
    sed -i '1s/$/,name_kk,name_ru/; /^MVD-71,mvd,711110000,outpatient/s/$/,Госпиталь ІІМ,Госпиталь МВД/; /^[MC]/{/Госпиталь/!s/$/,,/}' facilities.csv
    import_list contingent people.csv 2026-01-02
    import_list facilities facilities.csv 2026-01-02
    issue --iin=$EMPLOYEE --service=outpatient --diagnosis=I10.0 --referrer='A <b>"&' \
        --planned-on=2026-03-10 >out.csv
    cq-refer print <out.csv >form.html
    local text part
    text=$(cat form.html)
    for part in "Жолдама" "Направление" "CQ-71-2026-000001-4" "Ңұғманұлы Өмірәлі Һ" $EMPLOYEE 15.03.1985 \
        "қызметкер" "сотрудник" "Госпиталь ІІМ" "Госпиталь МВД" "амбулаториялық көмек" \
        "амбулаторная помощь" I10.0 "бюджет қаражаты есебінен" "за счёт бюджетных средств" "№ 78 қаулысы, 4-тармақ, 1-бөлік" "№ 78, пункт 4, часть 1" \
        "жеке куәлік және қызметтік куәлік" "удостоверение личности и служебное удостоверение" \
        02.03.2026 10.03.2026 09.04.2026 'A &lt;b&gt;&quot;&amp;' '<svg viewBox="0 0 '; do
        contains "$text" "$part"
    done
    lacks "$text" "<script"
    lacks "$text" "http"
    equal "$(cq-refer print CQ-71-2026-000001-4)" "$text" "by number"
    text=$(cq-refer print --lang=en CQ-71-2026-000001-4)
    contains "$text" "at budget expense"
    lacks "$text" "бюджет"
}

@test "many numbers are one file, a page each, in their order" {
    registry
    printf 'iin\n%s\n%s\n%s\n' $EMPLOYEE $PENSIONER $CHILD | issue --service=outpatient >out.csv
    cq-refer reject "$(column number out.csv | sed -n 2p)" >/dev/null
    cq-refer print -o forms.html <out.csv
    equal "$(grep -o '<article' forms.html | wc -l)" 3 pages
    equal "$(grep -o '<main>' forms.html | wc -l)" 1 "one main"
    equal "$(grep -o 'class="number">[^<]*' forms.html | cut -d'>' -f2)" "$(column number out.csv)"
    equal "$(grep -c 'қабылданбады / отклонено' forms.html)" 1 "of one the state is told"
    equal "$(grep -o '<html\|</html>' forms.html | wc -l)" 2 "one document"
    run --separate-stderr cq-refer print CQ-00-0000-000572-4
    equal "$status" 1 status
    contains "$stderr" "[CQ-R064]"
}

@test "the code on the form is the number" {
    command -v zbarimg >/dev/null && command -v chromium >/dev/null || skip "no chromium or zbarimg"
    registry
    issue --iin=$EMPLOYEE --service=outpatient | cq-refer print -o form.html
    timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --user-data-dir="$PWD/profile" --window-size=830,600 --screenshot="$PWD/form.png" \
        "file://$PWD/form.html" >/dev/null 2>&1 3>&- || skip "chromium does not run here"
    equal "$(zbarimg -q --raw form.png 2>/dev/null)" CQ-71-2026-000001-4
}

@test "a bundle has each resource once, and every reference goes to one" {
    registry
    printf 'iin,service,profile,urgency,diagnosis,from_facility,bureau_code\n%s\n%s\n%s\n' \
        "$EMPLOYEE,inpatient,therapy,emergency,I10.0,MVD-75,77" "$EMPLOYEE,outpatient,,,,MVD-75," \
        "$PENSIONER,outpatient,,planned,,," | issue >out.csv
    cq-refer cancel "$(column number out.csv | sed -n 3p)" >/dev/null
    cq-refer accept "$(column number out.csv | sed -n 1p)" >/dev/null
    cq-refer show --format=fhir <out.csv >bundle.json
    equal "$(query "json_extract(j, '\$.resourceType') || ' ' || json_extract(j, '\$.type')")" "Bundle collection"
    equal "$(query "(SELECT group_concat(t || ' ' || n) FROM (SELECT
        json_extract(value, '\$.resource.resourceType') AS t, count(*) AS n
        FROM json_each(j, '\$.entry') GROUP BY t ORDER BY t))")" \
        "Coverage 3,Organization 2,Patient 2,ServiceRequest 3,Task 3"
    equal "$(query "(SELECT count(*) FROM json_tree(j) WHERE key = 'reference' AND atom NOT IN
        (SELECT json_extract(value, '\$.fullUrl') FROM json_each(j, '\$.entry')))")" 0 "dead references"
    equal "$(query "(SELECT count(*) - count(DISTINCT json_extract(value, '\$.fullUrl'))
        FROM json_each(j, '\$.entry'))")" 0 "entries twice"
    equal "$(entry ServiceRequest status intent priority 'code.coding[0].code' 'orderDetail[0].coding[0].code' \
        'reasonCode[0].coding[0].code' 'identifier[1].value' | head -n 1)" \
        "active|order|urgent|inpatient|therapy|I10.0|77"
    equal "$(entry ServiceRequest status priority | tail -n 1)" "revoked|routine"
    equal "$(entry Task status 'businessStatus.coding[0].code' | xargs)" \
        "accepted|accepted requested|issued cancelled|cancelled"
    equal "$(entry Coverage status 'type.coding[0].code' | xargs)" \
        "active|budget active|budget cancelled|fund_gobmp"
    equal "$(entry Patient 'identifier[0].value' 'name[0].family' gender birthDate | head -n 1)" \
        "$EMPLOYEE|Бірінші|unknown|1985-03-15"
    equal "$(cq-refer list --format=fhir --status=cancelled | grep -c '"ServiceRequest"')" 1
    run cq-refer issue --format=fhir
    equal "$status" 2 "only show and list"
}
