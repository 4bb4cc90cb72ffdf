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

# world: a registry in which every binding occurs, and a referral for each; numbers become FAR, FAMILY,
# PAID, SANATORIUM, PSYCHOLOGICAL and MENTAL.
world() {
    local cp=800101100003 fire=800101100102
    export CQ_DB="$PWD/w.db"
    cat >people.csv <<END
iin,last_name,first_name,birth_date,category,agency,special_rank,sponsor_iin,relation,coresident,residence,service_place,duty_injury
$REMOTE,Екінші,Адам,1977-01-01,employee,prosecution,yes,,,,590000000,590000000,
$APART,Екінші,Жұбай,1990-05-12,family,prosecution,,$REMOTE,spouse,yes,590000000,,
$cp,Үшінші,Адам,1980-01-01,employee,civil_protection,yes,,,,711110000,711110000,
$fire,Төртінші,Адам,1980-01-01,employee,fire_service,yes,,,,590000000,590000000,yes
END
    cat >facilities.csv <<END
facility,owner,kato,service,profile,name_kk,name_ru
MVD-71,mvd,711110000,inpatient,cardiology,Орталық госпиталь,Центральный госпиталь
MVD-59,mvd,590000000,outpatient,,Полиция емханасы,Поликлиника полиции
CITY-59,health_subject,590000000,medical_rehabilitation,,Облыстық аурухана,Областная больница
SAN-11,sanatorium,110000000,sanatorium,,Бурабай,Бурабай
PSY-71,mental_health,711110000,mental_health,,Психикалық денсаулық орталығы,Центр психического здоровья
CP-71,civil_protection,711110000,psychological_rehabilitation,,ТЖ департаменті,Департамент по ЧС
END
    printf 'iin,insured\n%s,yes\n' $APART >insurance.csv
    import_list contingent people.csv
    import_list facilities facilities.csv
    import_list insurance insurance.csv
    printf '%s\n' iin,service,profile,urgency,destination,from_facility,referrer,diagnosis,bureau_code \
        "$REMOTE,inpatient,cardiology,planned,astana,MVD-59,Бесінші,I25.1," \
        "$APART,inpatient,cardiology,planned,astana,MVD-59,Бесінші,I25.1,77-12" | issue >far.csv
    FAR=$(column number far.csv | sed -n 1p) FAMILY=$(column number far.csv | sed -n 2p)
    PAID=$(printf '%s\n' iin,service,indicated,occasion,paid_by,package \
        "$fire,medical_rehabilitation,yes,injury,voluntary_insurance,none" | issue | column number -)
    SANATORIUM=$(issue --iin=$fire --service=sanatorium --commission-no=12-С \
        --commission-on=2026-02-20 | column number -)
    PSYCHOLOGICAL=$(issue --iin=$cp --service=psychological_rehabilitation --measure=consultation |
        column number -)
    MENTAL=$(issue --iin=$cp --service=mental_health --found-in="$PSYCHOLOGICAL" --consent=yes |
        column number -)
}

# words NUMBER: the text that a form shows, one row a line.
words() {
    cq-refer print "$1" | sed '1,/<main>/ { /<main>/!d; s/.*<main>// }; s/<svg.*<\/svg>//; s/<\/div>/\n/g; s/<\/li>/\n/g; s/<[^>]*>//g'
}

@test "a form has what the acts bind a referral to, and a line for what is still to be recorded" {
    local text
    world
    text=$(words "$PAID")
    contains "$text" "Оңалту негізі жарақаттан кейін"
    contains "$text" "Повод реабилитации после травмы"
    contains "$text" "Источник оплаты добровольное страхование"
    text=$(words "$SANATORIUM")
    contains "$text" "Решение санаторно-отборочной комиссии № 12-С, 20.02.2026"
    text=$(words "$MENTAL")
    contains "$text" "Расстройство выявлено по направлению $PSYCHOLOGICAL"
    contains "$text" "Жазбаша келісім бар"
    contains "$(words "$PSYCHOLOGICAL")" "По выявленному расстройству выдано направление $MENTAL"
    text=$(words "$FAMILY")
    contains "$text" "Бюро госпитализации 77-12"
    contains "$text" "Ответить не позднее 10.03.2026"
    cq-refer print "$FAMILY" | grep -q '<div class="blank"><dt><span lang="kk">Қабылдаушы ұйымның жауабы'
    cq-refer issue --as-of=2026-03-03 --iin=800101100102 --service=sanatorium >other.csv
    cq-refer print <other.csv | grep -q '<div class="wide blank"><dt><span lang="kk">Санаторий'
    lacks "$(words "$FAR")" "Санаторий"
}

@test "the answer of the receiving organisation is a letter after the form" {
    local text
    world
    equal "$(cq-refer print "$FAR" | grep -o '<article' | wc -l)" 1 "not answered yet"
    cq-refer answer --on=2026-03-05 --planned-on=2026-03-20 "$FAR" >/dev/null
    cq-refer answer --on=2026-03-06 --reason="такого отделения нет" "$FAMILY" >/dev/null 2>&1
    equal "$(cq-refer print "$FAR" | grep -o '<article' | wc -l)" 2 pages
    text=$(words "$FAR" | sed -n '/Жолдамаға жауап/,$p')
    for part in "Кому Поликлиника полиции, Северо-Казахстанская область" \
        "От кого Центральный госпиталь, г. Астана" "Номер $FAR" "Екінші Адам" \
        "Дата госпитализации 20.03.2026" "Дата ответа 05.03.2026" "Решение дата назначена" \
        "№ 281 бұйрығы, 7-тармақ" "№ 281, пункт 7" "Подпись руководителя"; do
        contains "$text" "$part"
    done
    lacks "$text" "пункт 8"
    text=$(words "$FAMILY" | sed -n '/Жолдамаға жауап/,$p')
    for part in "Решение в приёме отказано" "Причина отказа такого отделения нет" "№ 281, пункт 8" \
        "№ 281, пункт 12" "Бас тарту себебі мұндай бөлімше жоқ"; do
        contains "$text" "$part"
    done
    lacks "$text" no_department
    # A refusal of a referral that needs no answer is no letter.
    cq-refer reject --reason=x "$PSYCHOLOGICAL" >/dev/null
    equal "$(cq-refer print "$PSYCHOLOGICAL" | grep -o '<article' | wc -l)" 1
}

@test "a form has no code and no English word, and days as people write them" {
    local number text
    world
    cq-refer answer --on=2026-03-05 --planned-on=2026-03-20 "$FAR" >/dev/null
    cq-refer answer --on=2026-03-06 --reason=no_department "$FAMILY" >/dev/null 2>&1
    for number in "$FAR" "$FAMILY" "$PAID" "$SANATORIUM" "$PSYCHOLOGICAL" "$MENTAL"; do
        # The receipt, the number and ICD-10 are what they are.
        text=$(words "$number" | sed 's/Шешімнің түбіртегі.*//; s/CQ-[0-9-]*//g; s/\b[A-Z][0-9][0-9.]*//g; s/МКБ-10//; s/№ 3[68]0-[IV]*//')
        if grep -qP '[A-Za-z]{2}|\d{4}-\d\d-\d\d|_' <<<"$text"; then
            fail "$number: $(grep -oP '.*([A-Za-z]{2}|\d{4}-\d\d-\d\d|_).*' <<<"$text")"
        fi
    done
    grep -oP 'font(-size)?:[^;}]*?\K[0-9.]+(?=pt)' <<<"$(cq-refer print "$FAR")" | sort -n | head -n 1 >least
    equal "$(awk '$1 >= 10' least | wc -l)" 1 "the smallest size is $(cat least)"
}

@test "a form is one page, an answered one two" {
    command -v chromium >/dev/null && command -v pdfinfo >/dev/null || skip "no chromium or pdfinfo"
    world
    cq-refer answer --on=2026-03-06 --reason=no_department "$FAMILY" >/dev/null 2>&1
    # The longest: four open questions, long names of organisations, a long indication.
    cat >long.csv <<END
facility,owner,kato,service,profile,name_kk,name_ru
LONG,health_subject,590000000,inpatient,gastroenterology,Солтүстік Қазақстан облысының көпбейінді облыстық ауруханасы шаруашылық жүргізу құқығындағы мемлекеттік коммуналдық кәсіпорны,Коммунальное государственное предприятие на праве хозяйственного ведения «Многопрофильная областная больница Северо-Казахстанской области»
END
    printf '%s\n' iin,last_name,first_name,middle_name,birth_date,category,agency,sponsor_iin,coresident,residence \
        "$CHILD,Мұхамбетқалиева-Сейдахметова,Айсұлу-Гүлбаршын,Әбдіқадырқызы,2008-03-20,family,prosecution,$REMOTE,yes,590000000" >child.csv
    import_list facilities long.csv 2026-01-02
    import_list contingent child.csv 2026-01-02
    printf '%s\n' iin,service,profile,package,diagnosis,indication,from_facility,referrer,planned_on \
        "$CHILD,inpatient,gastroenterology,gobmp,K29.5,\"Хронический гастрит, обострение, эндоскопия не выполнена по месту жительства, нужна консультация гастроэнтеролога и наблюдение в динамике\",LONG,\"Сейдахметова А.Б., врач-гастроэнтеролог высшей категории\",2025-09-17" |
        cq-refer issue --as-of=2025-09-16 >longest.csv
    equal "$(column rule longest.csv)" others-elsewhere-gobmp
    cq-refer print -o form.html "$FAR" "$FAMILY" "$PAID" "$SANATORIUM" "$PSYCHOLOGICAL" "$MENTAL" \
        "$(column number longest.csv)"
    timeout 60 chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --no-first-run \
        --user-data-dir="$PWD/profile" --print-to-pdf="$PWD/form.pdf" "file://$PWD/form.html" \
        >/dev/null 2>&1 3>&- || skip "chromium does not run here"
    equal "$(pdfinfo form.pdf | sed -n 's/^Pages: *//p')" 8
}

@test "a bundle has what the acts bind a referral to" {
    world
    cq-refer answer --on=2026-03-05 --planned-on=2026-03-20 "$FAR" >/dev/null
    cq-refer answer --on=2026-03-06 --reason=no_department "$FAMILY" >/dev/null 2>&1
    cq-refer list --format=fhir >bundle.json
    equal "$(query "(SELECT count(*) FROM json_tree(j) WHERE key = 'reference' AND atom NOT IN
        (SELECT json_extract(value, '\$.fullUrl') FROM json_each(j, '\$.entry')))")" 0 "dead references"
    contains "$(entry ServiceRequest 'reasonCode[0].coding[0].system' 'reasonCode[0].coding[0].code')" \
        "urn:cq:occasion|injury"
    contains "$(entry ServiceRequest 'supportingInfo[0].type' 'supportingInfo[0].identifier.value' \
        'supportingInfo[0].extension[0].valueDate')" "DocumentReference|12-С|2026-02-20"
    contains "$(entry ServiceRequest 'supportingInfo[0].type' 'supportingInfo[0].identifier.value')" \
        "ServiceRequest|$PSYCHOLOGICAL"
    equal "$(entry Consent status 'policyRule.coding[0].code')" "active|HC:166.2"
    equal "$(entry Task 'output[0].valueDate' 'output[1].valueDate' 'extension[0].valueDate' \
        'statusReason.coding[0].code' | grep -v '^-')" "2026-03-05|2026-03-20|2026-03-10|-
2026-03-06|-|2026-03-10|no_department"
    contains "$(entry Coverage 'payor[0].identifier.value')" voluntary_insurance
    # Where others treat, what was lacking; of half a decision, the half there is.
    issue --iin="$(cq-refer show "$SANATORIUM" | column iin -)" --service=sanatorium --as-of=2026-02-26 \
        --commission-on=2026-02-19 >half.csv
    cq-refer show --format=fhir "$PAID" "$(column number half.csv)" >bundle.json
    equal "$(entry ServiceRequest 'extension[0].url' 'extension[0].valueString' 'supportingInfo[0].type' \
        'supportingInfo[0].extension[0].valueDate')" \
        "urn:cq:fallback|$(cq-refer show "$PAID" | column fallback -)|-|-
-|-|DocumentReference|2026-02-19"
}
