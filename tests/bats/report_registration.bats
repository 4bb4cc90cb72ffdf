# cq-report registration: who is done, who has no card, whose papers are lacking; against a recount.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

PATH="$CQ_TOOLS:$PATH"

report() {
    cq-report registration --as-of=$DAY "$@"
}

@test "each person is in one state, at the polyclinic of the card or the nearest" {
    registry
    cq-refer register -q --as-of=$DAY --iin=$EMPLOYEE --facility=MVD-71 --papers=id_card+service_id -f csv >/dev/null
    cq-refer register -q --as-of=$DAY --iin=$PENSIONER --facility=MVD-75 --papers=id_card -f csv >/dev/null
    cat >more.csv <<END
iin,last_name,first_name,birth_date,category,agency,special_rank,residence
850315100016,Төртінші,Адам,1960-03-15,pensioner,internal_affairs,yes,750000000
850315100704,Бесінші,Адам,1985-03-15,employee,internal_affairs,yes,590000000
END
    import_list contingent more.csv
    equal "$(report)" "facility,registration,iin,last_name,first_name,category,agency,card_no,registered_on,papers,lacking
,no_card,850315100704,Бесінші,Адам,employee,internal_affairs,,,,id_card+service_id
MVD-71,not_recorded,080320100001,Бірінші,Бала,family,internal_affairs,3,,,id_card/birth_certificate
MVD-71,not_recorded,770101100005,Екінші,Адам,employee,prosecution,2,,,id_card+service_id
MVD-75,no_card,850315100016,Төртінші,Адам,pensioner,internal_affairs,,,,id_card+pension_certificate
MVD-75,incomplete,$PENSIONER,Үшінші,Адам,pensioner,internal_affairs,1,$DAY,id_card,pension_certificate"
    # Who does not live with the employee is not of the contingent.
    lacks "$(report)" $APART
    equal "$(report -f table | sed -n 2p)" "registered: 1; without card: 2; with papers lacking: 1; with papers not recorded: 2"
    # As it was known before, and without people.
    equal "$(report --known-at=2000-01-01T00:00:00Z | wc -l)" 1
    equal "$(report --mask | cut -d, -f3-5,8 | sort -u)" ",,,
iin,last_name,first_name,card_no"
    for lang in kk ru en; do
        report -f html --lang=$lang -o $lang.html
        lacks "$(cat $lang.html)" "<script"
    done
    contains "$(cat ru.html)" "Оформление в поликлиниках"
    contains "$(cat kk.html)" "зейнеткерлік куәлік"
    report -f xlsx -o book.xlsx
    # Of age, the child is asked for a card.
    equal "$(cq-report registration --as-of=2026-03-20 | grep 080320100001 | cut -d, -f11)" "id_card"
}

@test "a card at a place that is no polyclinic of the bodies on the day is none" {
    registry
    cat >places.csv <<END
facility,owner,kato,service,valid_from,valid_to
CITY-71,health_subject,711110000,outpatient,,
STAY-71,mvd,711110000,inpatient,,
SHUT-71,mvd,711110000,outpatient,2020-01-01,2026-03-01
END
    import_list facilities places.csv
    for place in CITY-71 STAY-71 SHUT-71 NONE-71; do
        printf '%s\n' iin,facility,card_no,opened_on,papers "$EMPLOYEE,$place,70,2026-02-01,id_card+service_id" >own.csv
        import_list cards own.csv
        equal "$(report | grep $EMPLOYEE | cut -d, -f1-3,8-11)" "MVD-71,no_card,$EMPLOYEE,,,,id_card+service_id" $place
    done
}

@test "a recount in SQL: people, papers and polyclinics of a large list" {
    export CQ_DB="$PWD/cq.db"
    gen contingent 1500 --seed=11 >people.csv
    awk 'BEGIN { print "facility,owner,kato,service"
        n = split("10 11 15 19 23 27 31 33 35 39 43 47 55 59 61 62 63 71", r, " ")
        for (i = 1; i <= n; i++) printf "P%s,mvd,%s0000000,outpatient\n", r[i], r[i] }' >facilities.csv
    import_list contingent people.csv 2026-11-01
    import_list facilities facilities.csv 2026-11-01
    # Three quarters are registered, each with other papers, at the polyclinic of the region.
    tail -n +2 people.csv | cut -d, -f1 | sort -u | awk -v OFS=, '
        BEGIN { split("id_card service_id pension_certificate birth_certificate passport", p, " "); print "iin,facility,papers" }
        NR % 4 { papers = ""; for (i = 1; i <= 5; i++) if (int(NR / 2 ^ i) % 2) papers = papers (papers ? "+" : "") p[i]
            print $1, NR % 3 ? "P71" : "P39", papers }' >batch.csv
    cq-refer register -q --as-of=2026-11-01 -f csv batch.csv >registered.csv
    [ "$(wc -l <registered.csv)" -gt 900 ]
    cq-eligible --all --as-of=2026-11-01 >answers.csv
    cq-report registration --as-of=2026-11-01 >report.csv
    sqlite3 cq.db <<'SQL' >recount
.mode csv
.import answers.csv answer
.headers off
CREATE TEMP VIEW born AS SELECT printf('%012d', iin) AS iin, max(birth_date) AS birth_date, max(residence) AS residence,
    max(service_place) AS service_place FROM person WHERE run_to IS NULL GROUP BY iin;
CREATE TEMP VIEW member AS SELECT a.iin, a.category, date(b.birth_date * 86400, 'unixepoch', '+18 years') > '2026-11-01' AS minor,
    c.facility, c.card_no, coalesce(c.papers, 0) AS seen, c.papers IS NULL AS unknown
    FROM answer AS a JOIN born AS b ON b.iin = a.iin
    LEFT JOIN card AS c ON printf('%012d', c.iin) = a.iin AND c.run_to IS NULL AND c.valid_to IS NULL
    WHERE a.outcome <> 'not_contingent';
CREATE TEMP VIEW judged AS SELECT *, CASE
    WHEN category = 'employee' THEN seen & 3 = 3
    WHEN category = 'pensioner' THEN seen & 5 = 5
    WHEN category = 'family' AND NOT minor THEN seen & 1
    ELSE seen & 9 END AS complete FROM member;
SELECT iin, CASE WHEN facility IS NULL THEN 'no_card' WHEN unknown THEN 'not_recorded' ELSE 'incomplete' END
    FROM judged WHERE facility IS NULL OR NOT complete ORDER BY iin;
SQL
    tr -d '\r' <recount >want
    tail -n +2 report.csv | awk -F, -v OFS=, '{ print $3, $2 }' | sort >got
    [ "$(wc -l <want)" -gt 500 ]
    equal "$(cut -d, -f2 want | sort -u | tr '\n' ' ')" "incomplete no_card not_recorded "
    cmp got want
    # Where they are: the card's polyclinic, else that which the answer names.
    tail -n +2 report.csv | awk -F, -v OFS=, '$2 == "no_card" { print $3, $1 }' | sort >places
    awk -F, -v OFS=, 'NR == FNR { at[$1] = $2; next } FNR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $c["provider"] == "mvd" && $1 in at && at[$1] != $c["facility"] { print $1, at[$1], $c["facility"] }' places answers.csv >differ
    equal "$(cat differ)" ""
    # The counts by polyclinic add up to the contingent.
    cq-report registration --as-of=2026-11-01 -f html -o page.html
    cq-report registration --as-of=2026-11-01 -f table | sed -n 2p | grep -o '[0-9]*' >counts
    equal "$(awk '{ n += $1 } END { print n }' counts)" \
        "$(awk -F, 'NR > 1 && !/not_contingent/' answers.csv | wc -l)"
}

@test "quality: a missing card costs an HR service nothing" {
    registry
    local with without
    with=$(cq-report quality --as-of=$DAY | cut -d, -f1,12)
    sqlite3 cq.db 'DELETE FROM card'
    without=$(cq-report quality --as-of=$DAY | cut -d, -f1,12)
    equal "$without" "$with"
    equal "$(cq-report quality --as-of=$DAY | column no_card /dev/stdin | paste -sd" ")" "1 4"
}
