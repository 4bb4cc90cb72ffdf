# cq-report: changes, leaving, eligibility, quality, facilities, referrals, overdue, payers: their
# numbers against a recount by other means.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

PATH="$PATH:$CQ_TOOLS"
day=--as-of=2026-11-01

# A registry of 600 synthetic people with all their lists.
people() {
    export CQ_DB="$PWD/people.db"
    gen contingent 600 --full --seed=11 >people.csv
    gen facilities 60 --seed=11 >facilities.csv
    gen insurance 600 --seed=11 >insurance.csv
    cq-import -q $day --list-date=2026-11-01 people.csv 2>/dev/null
    cq-import -q $day --list-date=2026-11-01 -k facilities facilities.csv
    cq-import -q $day --list-date=2026-11-01 -k insurance insurance.csv 2>/dev/null
    # Some entries that end, children who come of age, cover that runs out.
    sqlite3 people.db "UPDATE person SET valid_to = 20758 + id % 97 WHERE (id >> 23) % 9 = 0;
        UPDATE person SET birth_date = 14184 + (id >> 23) % 90 WHERE category = 4;"
}

# rows COLUMN...: the named columns of a CSV without quotes, its header left out.
rows() {
    awk -F, -v names="$*" '
        NR == 1 { n = split(names, want, " ")
                  for (i = 1; i <= NF; i++) at[$i] = i; next }
        { line = $at[want[1]]
          for (i = 2; i <= n; i++) line = line "," $at[want[i]]
          print line }'
}

@test "eligibility is what cq-eligible says, counted" {
    people
    local service
    for service in outpatient inpatient medical_rehabilitation; do
        cq-eligible --all $day -s $service | rows category outcome payer gaps |
            sort | uniq -c | awk '{ print $2 "," $1 }' | sort >expected
        cq-report eligibility $day -s $service | sed 1d | sort >got
        diff expected got || fail "$service"
    done
    equal "$(cq-report eligibility $day -s outpatient)" "$(cq-report eligibility $day)"
}

# losses SERVICE DAYS: who is entitled on the day and, asked day by day, first is not.
losses() {
    local i next
    cq-eligible --all $day --indicated -s "$1" | rows iin outcome |
        awk -F, '$2 ~ /^(eligible|conditional)$/ { print $1 }' | sort >covered
    for i in $(seq 1 "$2"); do
        next=$(date -u -d "2026-11-01 +$i days" +%F)
        : >still
        cq-eligible --indicated -s "$1" --as-of="$next" < <(echo iin && cat covered) |
            rows iin outcome |
            awk -F, -v day="$next" '
                $2 ~ /^(eligible|conditional)$/ { print $1 >"still"; next }
                { print day "," $1 }'
        sort still >covered
    done
}

@test "leaving is who is entitled today and no more on a later day" {
    people
    local service
    for service in outpatient inpatient; do
        losses $service 35 | sort >expected
        [ -s expected ] || fail "nobody leaves: this proves nothing"
        cq-report leaving $day --days=35 -s $service | rows lost_on iin | sort >got
        diff expected got || fail $service
    done
}

@test "leaving names the cause, and both services where both are lost" {
    people
    cq-report leaving $day >all
    head -n 1 all | grep -qx \
        'lost_on,cause,service,region,category,agency,iin,last_name,first_name' || fail header
    # Whoever leaves for the days of the list leaves on the day that the list says.
    rows lost_on cause category <all | grep -q 'entitlement_ends' || fail "nobody's entry ends"
    cq-report leaving $day --mask | rows iin last_name first_name | sort -u >masked
    equal "$(cat masked)" ",,"
    cq-report leaving $day -f table >table
    equal "$(sed -n 's/^people lose cover within 30 days: \([0-9]*\);.*/\1/p' table)" \
        "$(awk -F, 'NR > 1 && $1 <= "2026-12-01" { print $7 }' all | sort -u | wc -l)"
}

# Three runs: two people, one moved and one new, one gone.
three_runs() {
    export CQ_DB="$PWD/three.db"
    local head=iin,last_name,first_name,birth_date,category,agency,residence
    printf '%s\n' $head '850315100006,Сериков,Қанат,1985-03-15,employee,courier,710000000' \
        '850315100016,Серикова,Әсел,1985-03-15,employee,courier,710000000' >one.csv
    printf '%s\n' $head '850315100006,Сериков,Қанат,1985-03-15,employee,courier,750000000' \
        '850315100704,Ахметов,Нұрлан,1985-03-15,employee,courier,190000000' >two.csv
    printf '%s\n' $head '850315100006,Сериков,Қанат,1985-03-15,employee,courier,750000000' \
        '850315100704,Ахметов,Нұрлан,1985-03-15,employee,courier,190000000' >three.csv
    cq-import -q --as-of=2026-09-01 one.csv
    cq-import -q --as-of=2026-10-01 two.csv
    cq-import -q -a courier -m full --as-of=2026-10-20 three.csv
}

@test "changes since a run, a day and the last run" {
    three_runs
    run --separate-stderr cq-report changes $day --since=1
    equal "$status" 0
    equal "$output" "change,iin,last_name,first_name,agency,category,region,fields,run
changed,850315100006,Сериков,Қанат,courier,employee,75,residence,2
left,850315100016,Серикова,Әсел,courier,employee,71,,3
joined,850315100704,Ахметов,Нұрлан,courier,employee,19,,2"
    equal "$(cq-report changes $day --since=2 | sed 1d)" \
        "left,850315100016,Серикова,Әсел,courier,employee,71,,3"
    equal "$(cq-report changes $day)" "$(cq-report changes $day --since=2)"
    equal "$(cq-report changes $day --since=last)" "$(cq-report changes $day --since=2)"
    equal "$(cq-report changes $day --since=0 | sed 1d | cut -d, -f1,2)" \
        "joined,850315100006
joined,850315100704"
    equal "$(cq-report changes $day --since=1970-01-01 | sed 1d | cut -d, -f1,2)" \
        "joined,850315100006
joined,850315100704"
    equal "$(cq-report changes $day --since=3)" \
        "change,iin,last_name,first_name,agency,category,region,fields,run"
    equal "$(cq-report changes $day --since=1 --mask | sed -n 2p)" \
        "changed,,,,courier,employee,75,residence,2"
    run --separate-stderr cq-report changes --since=4
    equal "$status" 2
    contains "$stderr" "[CQ-D010]"
    run cq-report changes --since=yesterday
    equal "$status" 2
}

@test "changes names every column of the list that says something else" {
    export CQ_DB="$PWD/every.db"
    local header
    header=$(gen contingent 1 --full | head -n 1 | tr , '\n' | sort)
    cat >old.csv <<'CSV'
iin,last_name,first_name,middle_name,birth_date,sex,category,agency,special_rank,sponsor_iin,relation,coresident,residence,service_place,service_id,pension_certificate,document,document_no,killed_on,killed_order,presidential,duty_injury,valid_from,valid_to,rank,student_until,disabled_before_18,dependent
850315100006,Аа,Бб,Вв,1985-03-15,m,employee,courier,yes,850315100016,spouse,yes,710000000,710000000,1,1,passport,1,2020-01-01,1,yes,yes,2020-01-01,2030-01-01,капитан,2027-01-01,yes,yes
CSV
    cat >new.csv <<'CSV'
iin,last_name,first_name,middle_name,birth_date,sex,category,agency,special_rank,sponsor_iin,relation,coresident,residence,service_place,service_id,pension_certificate,document,document_no,killed_on,killed_order,presidential,duty_injury,valid_from,valid_to,rank,student_until,disabled_before_18,dependent
850315100006,Аг,Бг,Вг,1985-03-15,f,pensioner,courier,no,850315100704,child,no,750000000,750000000,2,2,id_card,2,2020-01-02,2,no,no,2020-01-02,2030-01-02,майор,2027-01-02,no,no
CSV
    cq-import -q --as-of=2026-11-01 old.csv 2>/dev/null
    cq-import -q --as-of=2026-11-01 new.csv 2>/dev/null
    run cq-report changes --as-of=2026-11-01
    equal "$(sed -n 2p <<<"$output" | cut -d, -f8 | tr ';' '\n' | sort)" \
        "$(grep -vxE 'iin|agency|birth_date' <<<"$header")" # its day names the person
}

@test "days alone make people leave: --since=DATE sees them" {
    three_runs
    # Known since long, but ended by its own date.
    sqlite3 three.db "UPDATE person SET valid_to = 20740 WHERE id >> 23 = 850315100006 AND
        run_to IS NULL"
    equal "$(cq-report changes --as-of=2026-10-10 --since=3)" \
        "change,iin,last_name,first_name,agency,category,region,fields,run"
    equal "$(cq-report changes --as-of=2026-10-20 --since=3 | sed 1d)" ""
    sqlite3 three.db "UPDATE run SET at = id * 86400000"
    equal "$(cq-report changes --as-of=2026-10-15 --since=2026-10-10 | sed 1d | cut -d, -f1,2,9)" \
        "left,850315100006,"
}

@test "cron mails nothing when nothing changed" {
    three_runs
    cat >job <<'SH'
cq-import -q --as-of=2026-11-02 list.csv && cq-report changes --as-of=2026-11-02 | tail -n +2
SH
    cp three.csv list.csv
    run env -i PATH="$PATH" CQ_DB="$CQ_DB" sh job
    equal "$status" 0
    equal "$output" ""
    sed -i 's/750000000/470000000/' list.csv
    run env -i PATH="$PATH" CQ_DB="$CQ_DB" sh job
    equal "$output" "changed,850315100006,Сериков,Қанат,courier,employee,47,residence,5"
}

@test "quality counts what is wrong, and finds one person under two spellings" {
    export CQ_DB="$PWD/q.db"
    cat >list.csv <<'CSV'
iin,last_name,first_name,birth_date,sex,category,agency,residence,service_place,service_id,sponsor_iin,relation,coresident
850315100006,Әуезов,Қанат,1985-03-15,m,employee,courier,710000000,710000000,A1,,,
850315100016,Ауезов,Канат,1985-03-15,m,employee,courier,710000000,710000000,A2,,,
850315100704,Ахметов,Нұрлан,1985-03-15,,employee,courier,,710000000,A3,,,
850315100716,Aхметов,Ерлан,1990-05-05,m,family,courier,710000000,,,850315100105,child,yes
CSV
    cq-import -q --as-of=2026-10-30 list.csv 2>/dev/null || true
    printf '%s\n' facility,owner,kato,service P1,mvd,710000000,outpatient |
        cq-import -q -k facilities --as-of=2026-10-30 -
    printf '%s\n' iin,facility,card_no,opened_on 850315100006,P1,1,2026-01-01 |
        cq-import -q -k cards --as-of=2026-10-30 -
    run --separate-stderr cq-report quality $day
    equal "${lines[0]}" "agency,list_date,age_days,rows,missing,warned,conflicts,orphans,lookalikes,no_card,twins,score,doubtful,read"
    equal "$(rows agency rows missing orphans lookalikes no_card twins <<<"$output")" \
        "courier,4,1,1,1,3,2"
    cq-report quality $day -f table >table
    grep -q "850315100704.*residence not stated; sex not stated" table || fail "worst rows"
    cq-report quality $day -f table --mask >masked
    lacks "$(cat masked)" 850315
    lacks "$(cat masked)" Нұрлан
    grep -q "residence not stated; sex not stated" masked || fail "masked rows have no line"
    # A list nobody renews loses its ten points.
    local fresh stale
    fresh=$(rows score <<<"$output")
    stale=$(cq-report quality --as-of=2026-12-15 | rows score)
    equal "$((fresh - stale))" 10
}

@test "of a joint list each agency is told its own rows and warnings" {
    # Few enough that every warning is told, and none summed up.
    gen contingent 10 --full --seed=5 >people.csv
    # Some rows state a birth date that is not the IIN's; one cannot be read.
    awk -F, -v OFS=, 'NR > 1 && NR % 3 == 0 && $5 != "" { $5 = "1984-02-03" } NR == 8 { $5 = "x" } 1' people.csv >joint.csv
    run -1 --separate-stderr cq-import -d joint.db --max-bad=100 $day --list-date=2026-11-01 joint.csv
    # The warnings, counted by the agency in their line.
    grep -E '\[CQ-W[0-9]+\]$' <<<"$stderr" | sed 's/^cq-import: joint.csv:\([0-9]*\):.*/\1/' >lines
    [ "$(wc -l <lines)" -gt 9 ]
    awk -F, 'NR == FNR { warned[$1]++; next } FNR > 1 && FNR in warned { sum[$8] += warned[FNR] }
        END { for (agency in sum) print agency "," sum[agency] }' lines joint.csv | sort >counted
    cq-report quality -d joint.db $day | rows agency warned | sort >told
    cmp counted told || fail "$(diff counted told)"
    [ "$(wc -l <told)" -gt 3 ]
    # A list of which every line is known is counted, too, though no line of it is parsed.
    cq-import -q -d joint.db --max-bad=100 $day --list-date=2026-11-02 joint.csv 2>/dev/null || [ $? = 1 ]
    equal "$(sqlite3 joint.db "SELECT agency, read, rejected FROM run_agency WHERE run = 2")" \
        "$(sqlite3 joint.db "SELECT agency, read, rejected FROM run_agency WHERE run = 1")"
    equal "$(sqlite3 joint.db "SELECT count(*) FROM run_agency WHERE run = 2 AND warnings > 0")" 0
    cq-report check -d joint.db $day >checked || [ $? = 1 ]
    grep -q ^run_agencies,error,ok checked || fail "$(grep ^run_agencies checked)"
    # Of a list with --agency everything is that agency's, a row that cannot be split, too.
    { sed -n 1p people.csv; grep ,courier, people.csv | sed '2s/$/,,,,"/'; } >own.csv
    cq-import -q -d own.db --agency=courier --max-bad=100 $day --list-date=2026-11-01 own.csv 2>/dev/null || [ $? = 1 ]
    equal "$(sqlite3 own.db "SELECT read, rejected, warnings FROM run_agency WHERE agency = 7")" \
        "$(sqlite3 own.db "SELECT read, rejected, warnings FROM run")"
}

# One MVD-MO in Astana for outpatient care; one in Almaty that has no equipment.
places() {
    export CQ_DB="$PWD/places.db"
    printf '%s\n' facility,owner,kato,service,profile,department,specialist,equipment,capacity \
        M71,mvd,710000000,outpatient,,yes,yes,yes,50 M75,mvd,750000000,outpatient,,yes,yes,no,50 \
        M71,mvd,710000000,inpatient,therapy,yes,yes,yes,10 |
        cq-import -q -k facilities $day -
    {
        echo iin,last_name,first_name,birth_date,category,agency,residence,service_place
        echo 850315100006,А,А,1985-03-15,employee,courier,710000000,710000000
        echo 850315100016,Б,Б,1985-03-15,employee,courier,750000000,750000000
        echo 850315100704,В,В,1985-03-15,employee,courier,190000000,190000000
        echo 850315100716,Г,Г,1985-03-15,employee,courier,190000000,710000000
    } | cq-import -q $day -
}

@test "facilities: where the fallback opens, on which trigger, for how many" {
    places
    cq-report facilities $day >all
    rows region service profile trigger employees <all | grep 'outpatient' | grep -v ',,$' >got
    grep -qx '75,outpatient,,equipment,1' got || fail "Almaty: $(cat got)"
    grep -qx '19,outpatient,,no_organisation,1' got || fail "Almaty region: $(cat got)"
    grep -qx '11,outpatient,,no_organisation,0' got || fail "Akmola: $(cat got)"
    run grep -c '^71,' got
    equal "$output" 0 "Astana has a place"
    rows region service profile trigger employees <all | grep -qx '71,medical_rehabilitation,,department,1' ||
        fail "an MVD-MO without the department: $(cat all)"
    # Twenty regions, three services and the one profile there is.
    equal "$(rows region facility <all | grep -c ',$')" "$(cq-report facilities $day -f table |
        sed -n 's/.*fallback opens: \([0-9]*\);.*/\1/p')"
    rows facility able lacks capacity <all | grep -qx 'M75,no,equipment,50' || fail "M75"
}

# Referrals in all states: A1 and A2 to M71 in October, moved by hand.
referrals() {
    places
    local iin
    for iin in 850315100006 850315100716; do
        cq-refer issue --as-of=2026-10-01 --iin=$iin --service=outpatient --facility=M71 >/dev/null
    done
    cq-refer issue --as-of=2026-10-20 --iin=850315100006 --service=outpatient --profile=x \
        --facility=M71 >/dev/null
    first=$(cq-refer list | rows number | head -n 1)
    cq-refer accept --as-of=2026-10-03 "$first" >/dev/null
    cq-refer admit --as-of=2026-10-05 "$first" >/dev/null
}

@test "referrals, payers and overdue agree to the last stay" {
    referrals
    cq-report referrals $day >all
    equal "$(rows facility service payer status referrals stays days_to_admission <all)" \
        "M71,outpatient,budget,issued,2,0,
M71,outpatient,budget,admitted,1,1,4"
    equal "$(cq-report payers $day | sed 1d)" "2026-10,budget,3,1,budget"
    equal "$(rows referrals <all | awk '{ s += $1 } END { print s }')" \
        "$(cq-report payers | rows referrals | awk '{ s += $1 } END { print s }')"
    equal "$(cq-report overdue --as-of=2026-11-05 | rows cause status waited_days iin)" \
        "past_valid,issued,35,850315100006"
    equal "$(cq-report overdue --as-of=2026-11-05 --days=10 | rows cause iin)" \
        "past_valid,850315100006
waiting,850315100006"
    equal "$(cq-report overdue --as-of=2026-11-05 --mask | rows iin)" ""
    equal "$(cq-report facilities $day | rows facility service profile waiting staying load_percent |
        grep '^M71,out')" "M71,outpatient,,2,1,2"
}

# R78:5.2: what the Fund pays for employees elsewhere is refunded to it; by the basis, not the payer.
@test "payers tells who bears it in the end" {
    export CQ_DB="$PWD/bearers.db"
    cat >people.csv <<'END'
iin,last_name,first_name,birth_date,category,agency,coresident,residence,sponsor_iin,relation
850315100006,Ал,Бір,1985-03-15,employee,internal_affairs,,711110000,,
770101100005,Ал,Екі,1977-01-01,employee,prosecution,,590000000,,
600704200006,Ал,Үш,1960-07-04,pensioner,internal_affairs,,590000000,,
END
    cat >facilities.csv <<'END'
facility,owner,kato,service
M71,mvd,711110000,outpatient
C59,health_subject,590000000,outpatient
C59,health_subject,590000000,inpatient
END
    cq-import -q --as-of=2026-01-01 --list-date=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 --list-date=2026-01-01 -k facilities facilities.csv
    {
        echo iin,service,indicated
        for service in outpatient inpatient; do
            echo 850315100006,$service,yes
            echo 770101100005,$service,yes
            echo 600704200006,$service,yes
        done
    } | cq-refer issue --as-of=2026-10-01 2>/dev/null >issued || true
    rows payer basis <issued | awk -F, '
        { refund = $1 ~ /^fund/ && ";" $2 ";" ~ /;R78:5[.]1;/
          bearer = refund ? "health_authority" : $1 ~ /^fund/ ? "fund" : $1
          n[$1 "," bearer]++ }
        END { for (k in n) print k "," n[k] }' | sort >expected
    cq-report payers | rows payer bearer referrals | sort >got
    diff expected got || fail "bearers"
    equal "$(cut -d, -f2 got | sort -u | tr '\n' ' ')" "budget fund health_authority "
    equal "$(rows payer <issued | wc -l)" "$(awk -F, '{ s += $3 } END { print s }' got)"
    # In words, three languages.
    contains "$(LC_ALL=C.UTF-8 cq-report payers -f table --lang=ru)" "бюджет уполномоченного органа"
    contains "$(cq-report payers -f table --lang=kk)" "уәкілетті органның бюджеті"
    # By the table of the law in use, not by the program.
    cp -r "$TOP/lib/law" law
    sed -i '/health_authority/d' law/bearers.csv
    sed -i 's/,bearers;report:payers,/,report:payers,/' law/paragraphs.csv
    equal "$(cq-report payers --law=law | rows bearer | sort -u | tr '\n' ' ')" "budget fund "
    # Counts kept back: nothing that is shown adds up to what is not.
    cq-report payers --suppress=2 -f json >json
    lacks "$(cat json)" '"referrals":1'
    lacks "$(cq-report payers --suppress=2 -f table)" "R78:5.2"
}

# R78:5.2 and O61:6: what the Fund pays for civil protection elsewhere, which R78 names since No. 718.
@test "payers tells who bears it for civil protection, and where that is open" {
    export CQ_DB="$PWD/civil.db"
    cat >people.csv <<'END'
iin,last_name,first_name,birth_date,category,agency,special_rank,residence
850315100006,Ал,Бір,1985-03-15,employee,civil_protection,yes,590000000
850315100704,Ал,Екі,1985-03-15,employee,civil_protection,yes,590000000
600704200006,Ал,Үш,1960-07-04,employee,civil_protection,yes,590000000
770101100005,Ал,Төрт,1977-01-01,employee,prosecution,,590000000
END
    cat >facilities.csv <<'END'
facility,owner,kato,service
C59,health_subject,590000000,outpatient
C59,health_subject,590000000,medical_rehabilitation
END
    cq-import -q --as-of=2024-01-01 --list-date=2024-01-01 people.csv
    cq-import -q --as-of=2024-01-01 --list-date=2024-01-01 -k facilities facilities.csv
    cat >asked <<'END'
iin,service,package,indicated,occasion,paid_by
850315100006,outpatient,gobmp,yes,,
850315100704,outpatient,osms,yes,,
850315100006,medical_rehabilitation,gobmp,yes,surgery,
850315100704,medical_rehabilitation,osms,yes,surgery,
600704200006,medical_rehabilitation,none,yes,surgery,own_funds
770101100005,medical_rehabilitation,osms,yes,surgery,
END
    for month in 2024-05 2025-10; do
        cq-refer issue --as-of=$month-10 asked 2>/dev/null >issued || true
        rows payer basis <issued >$month
    done
    equal "$(cat 2024-05)" "fund_gobmp,O61:6(1)
fund_osms,O61:6(2)
fund_gobmp,O61:6(1);O61:8.1
fund_osms,O61:6(2);O61:8.1
paid,O61:6(3);O61:8.1
fund_osms,R78:4.2(2);R78:5.1"
    equal "$(cat 2025-10)" "fund_gobmp,R78:4.2(1);R78:5.1
fund_osms,R78:4.2(2);R78:5.1
fund_gobmp,O61:6(1);O61:8.1
fund_osms,O61:6(2);O61:8.1
paid,O61:6(3);O61:8.1
fund_osms,R78:4.2(2);R78:5.1"
    equal "$(cq-report payers | rows month payer bearer referrals)" \
        "2024-05,fund_gobmp,unknown,2
2024-05,fund_osms,health_authority,1
2024-05,fund_osms,unknown,2
2024-05,paid,paid,1
2025-10,fund_gobmp,health_authority,2
2025-10,fund_osms,health_authority,3
2025-10,paid,paid,1"
    # What is open is said so, in three languages.
    contains "$(cq-report payers -f table)" "whether the Fund is refunded"
    contains "$(cq-report payers -f table --lang=ru)" "возмещается ли фонду"
    contains "$(cq-report payers -f table --lang=kk)" "қорға өтелетін-өтелмейтіні"
}

@test "an empty registry gives headers and status 0" {
    export CQ_DB="$PWD/empty.db"
    echo iin,last_name,first_name,birth_date,category,agency | cq-import -q $day - 2>/dev/null
    local report
    for report in contingent changes leaving eligibility quality referrals overdue payers overtaken registration; do
        run --separate-stderr cq-report $report $day
        equal "$status" 0 "$report"
        equal "${#lines[@]}" 1 "$report"
        equal "$stderr" "" "$report"
    done
}

@test "small counts are kept back, and the others that would tell them" {
    people
    cq-report contingent $day >plain
    cq-report contingent $day --suppress=5 >kept
    equal "$(cut -d, -f1,2 plain)" "$(cut -d, -f1,2 kept)"
    paste -d, plain kept | awk -F, 'NR > 1 && $3 <= 5 && $6 != "" { exit 1 }
        NR > 1 && $6 != "" && $6 != $3 { exit 1 }
        $6 == "" && $3 > 5 { more++ }
        END { if (!more) exit 1 }' || fail "$(cat kept)"
    # In no region is one count missing alone.
    awk -F, 'NR > 1 && $3 == "" { n[$1]++ } END { for (r in n) if (n[r] == 1) exit 1 }' kept ||
        fail "one hidden count in a row: $(cat kept)"
    cq-report contingent $day --by=category --suppress=5 -f html >page.html
    cq-report eligibility $day --suppress=5 | rows people | awk '$1 != "" && $1 <= 5 { exit 1 }'
    local report
    for report in leaving changes overdue overtaken quality registration person audit; do
        run cq-report $report --suppress=5
        equal "$status" 2 "$report lists people"
    done
}
