# Two laws, one population.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

setup_file() {
    cp -r "$TOP/lib/law" "$BATS_FILE_TMPDIR/draft"
    # A draft: nobody but employees goes elsewhere within the guaranteed volume, where the Fund pays
    # for employees too, and who is no family is told so by another paragraph.
    sed -i 's/^\(others-elsewhere-gobmp,.*\),eligible,health_subject,fund_gobmp,,,/\1,ineligible,,,,not_in_package,/
            s/^\(employee-outpatient,.*\),eligible,mvd,budget/\1,eligible,mvd,fund_gobmp/
            s/^\(family-not-coresident,.*\)R78:1.2/\1R78:3.1/' \
        "$BATS_FILE_TMPDIR/draft/rules.csv"
}

facts() {
    cat <<'EOF'
n,category,body,coresident,minor,service,destination,home,place,package,insured,presidential
1,pensioner,courier,,no,outpatient,local,elsewhere,absent,gobmp,yes,no
2,employee,courier,,no,outpatient,local,elsewhere,available,gobmp,yes,no
3,pensioner,courier,,no,outpatient,local,elsewhere,available,gobmp,yes,no
4,family,courier,no,no,outpatient,local,elsewhere,available,gobmp,yes,no
5,,courier,no,no,outpatient,local,elsewhere,available,none,yes,no
EOF
}

@test "only answers that differ are printed, both with their citations" {
    facts >facts.csv
    run --separate-stderr -0 cq-eligible --facts --as-of=2026-03-02 \
        --against="$BATS_FILE_TMPDIR/draft" <facts.csv
    local header
    header=$(echo "${lines[0]}" | tr , '\n' | grep -nx 'n\|outcome\|basis\|effect\|against_outcome\|against_payer\|against_basis' |
        cut -d: -f1 | paste -sd,)
    equal "$(echo "$output" | cut -d, -f"$header")" 'n,outcome,basis,effect,against_outcome,against_payer,against_basis
1,eligible,R78:7;HC:196.3,loses,ineligible,,R78:7;HC:196.3
2,eligible,R78:4.1,payer,eligible,fund_gobmp,R78:4.1
4,not_contingent,R78:1.2,other,not_contingent,,R78:3.1'
    contains "$stderr" "pensioner: 1 answers differ: gains 0, loses 1"
    contains "$stderr" "employee: 1 answers differ: gains 0, loses 0, role 0, provider 0, payer 1"
    lacks "$stderr" child_of_fallen
}

@test "the other way round who gains loses" {
    facts | sed 3,4d >facts.csv
    run --separate-stderr -0 cq-eligible --facts --as-of=2026-03-02 \
        --law="$BATS_FILE_TMPDIR/draft" --against="$TOP/lib/law" <facts.csv
    contains "$output" ",gains,eligible,"
    contains "$stderr" "gains 1"
}

@test "the same law differs in nothing, and says so" {
    facts >facts.csv
    run --separate-stderr -0 cq-eligible --facts --as-of=2026-03-02 --against="$TOP/lib/law" <facts.csv
    equal "${#lines[@]}" 1
    contains "$stderr" "no answer differs"
}

@test "people of the registry are compared by IIN, by list and all" {
    cat >people.csv <<'EOF'
iin,last_name,first_name,birth_date,category,agency,special_rank,residence
850315100006,Аа,Аа,1985-03-15,employee,internal_affairs,yes,711110000
850315100016,Бб,Бб,1955-03-15,pensioner,internal_affairs,yes,353630100
EOF
    printf 'facility,owner,kato,service\nMVD-71-1,mvd,711110000,outpatient\nHOS-35,health_subject,350000000,outpatient\n' >f.csv
    export CQ_DB=$PWD/cq.db
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities f.csv
    local draft=$BATS_FILE_TMPDIR/draft
    cq-eligible -q --as-of=2026-03-02 --all --against="$draft" >all.csv
    equal "$(wc -l <all.csv)" 3
    contains "$(sed -n 3p all.csv)" ,loses,ineligible,pensioner,internal_affairs,,,,
    printf 'iin\n850315100006\n850315100016\n' |
        cq-eligible -q --as-of=2026-03-02 --against="$draft" >rows.csv
    equal "$(cat rows.csv)" "$(cat all.csv)"
    run --separate-stderr -0 cq-eligible --as-of=2026-03-02 --against="$draft" 850315100006
    equal "${#lines[@]}" 2
    # Before the first edition the draft changes nothing.
    run --separate-stderr -0 cq-eligible --as-of=2019-12-31 --all --against="$draft"
    equal "${#lines[@]}" 1
}

@test "a second law with holes is refused" {
    cp -r "$TOP/lib/law" holes
    sed -i '/^employee-outpatient,/d' holes/rules.csv
    facts >facts.csv
    run -3 cq-eligible --facts --against=holes <facts.csv
    contains "$output" "[CQ-L004]"
    run -4 cq-eligible --facts --against=nowhere <facts.csv
    run -2 cq-eligible --all --roles --against=holes
}

# The draft: another rule from a day on, other ages and another tail of insurance.
@test "a range of days and all services print what every single day prints" {
    cp -r "$TOP/lib/law" year
    awk '/^others-elsewhere-gobmp,/ {
             old = new = $0
             sub(/^[^,]*,[^,]*,[^,]*/, "others-elsewhere-gobmp,R78.704,2026-10-15", old)
             sub(/^[^,]*,[^,]*,[^,]*/, "others-elsewhere-later,2026-10-15,", new)
             sub(/eligible,health_subject,fund_gobmp,,,/, "ineligible,,,,not_in_package,", new)
             print old ORS new; next
         } 1' "$TOP/lib/law/rules.csv" >year/rules.csv
    sed -i 's/^majority_years,,,18,/majority_years,,,17,/
            s/^insurance_tail_months,,,3,/insurance_tail_months,,,2,/' year/parameters.csv
    export CQ_DB=$PWD/cq.db
    "$CQ_TOOLS/gen" contingent 150 --full --seed=3 >people.csv
    "$CQ_TOOLS/gen" facilities 40 --seed=3 >facilities.csv
    "$CQ_TOOLS/gen" insurance 150 --seed=3 >insurance.csv
    cq-import -q --as-of=2026-09-01 --max-bad=100 people.csv
    cq-import -q --as-of=2026-09-01 -k facilities facilities.csv
    cq-import -q --as-of=2026-09-01 -k insurance insurance.csv
    # Somebody comes, somebody leaves, within the range.
    sed -n '1p;20,24p' people.csv >some.csv
    cq-import -q --as-of=2026-10-04 some.csv
    local service day from=2026-09-26 until=2026-11-04
    for service in outpatient inpatient day_hospital medical_rehabilitation \
        psychological_rehabilitation sanatorium mental_health abroad; do
        for ((day = $(date -d "$from" +%s); day < $(date -d "$until" +%s); day += 86400)); do
            cq-eligible -q --all --against=year -s "$service" --as-of="$(date -d "@$day" +%F)"
        done
    done | expanded >days.csv
    cq-eligible -q --all --against=year --service=all --as-of="$from" --until="$until" >range.csv
    expanded <range.csv >periods.csv
    [ "$(wc -l <periods.csv)" -gt 300 ] || fail "too few differences to compare"
    cmp days.csv periods.csv
    # The same questions by list and by IIN.
    cut -d, -f1 range.csv | sort -u | sed '/iin/d; 1i iin' >iins.csv
    cq-eligible -q --against=year --service=all --as-of="$from" --until="$until" \
        <iins.csv >rows.csv
    cmp rows.csv range.csv
    mapfile -t iins < <(sed 1d iins.csv)
    cq-eligible -q --against=year --service=all --as-of="$from" --until="$until" \
        "${iins[@]}" >rows.csv || [ $? -eq 1 ]
    cmp rows.csv range.csv
    # A row's own service and day come first.
    { echo iin,service,as_of && sed '1d; s/$/,inpatient,2026-11-03/' iins.csv; } |
        cq-eligible -q --against=year --service=all --until="$until" --as-of="$from" |
        expanded >rows.csv
    awk -F'|' '$2 == "2026-11-03" && $3 == "inpatient"' days.csv | cmp - rows.csv
}

# expanded: a line for each person, day and service of the rows, sorted, without the next change.
expanded() {
    awk -F, '
        /iin/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
        {
            line = ""
            for (i = at["outcome"]; i <= at["against_gaps"]; i++)
                if (i != at["changes_on"] && i != at["change_cause"])
                    line = line "|" $i
            last = at["until"] ? $at["until"] : ""
            day = $at["as_of"]
            do {
                print $1 "|" day "|" $at["service"] line
                gsub("-", " ", day)
                day = strftime("%F", mktime(day " 12 0 0") + 86400)
            } while (day < last)
        }' | sort
}

@test "periods are whole, and their receipts can be replayed" {
    cat >people.csv <<'CSV'
iin,last_name,first_name,birth_date,category,agency,special_rank,residence,valid_to
850315100006,Аа,Аа,1985-03-15,employee,internal_affairs,yes,711110000,2026-06-01
CSV
    printf 'facility,owner,kato,service,valid_from\nMVD-71-1,mvd,711110000,outpatient,2026-03-01\n' >f.csv
    export CQ_DB=$PWD/cq.db
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities f.csv
    cq-eligible -q --all --as-of=2026-02-01 --until=2026-12-01 --receipt \
        --against="$BATS_FILE_TMPDIR/draft" >periods.csv
    local header
    header=$(sed 1q periods.csv | tr , '\n' | grep -nx 'as_of\|outcome\|effect\|until' |
        cut -d: -f1 | paste -sd,)
    equal "$(cut -d, -f"$header" periods.csv)" 'as_of,outcome,effect,until
2026-03-01,eligible,payer,2026-06-01'
    cq-eligible --replay=periods.csv >verdicts.csv
    sed -i 's/,2026-06-01,2:/,2026-07-01,2:/' periods.csv
    run -1 cq-eligible -q --replay=periods.csv
    contains "$output" until
}

@test "what a range needs, and what it does not go with" {
    run -2 cq-eligible --all --until=2026-12-01
    contains "$output" "--until: --against [CQ-U007]"
    run -2 cq-eligible --all --service=all
    contains "$output" "--service=all: --against [CQ-U007]"
    run -2 cq-eligible --facts --service=all --against="$TOP/lib/law" </dev/null
    contains "$output" "[CQ-U005]"
    run -2 cq-eligible --all --as-of=2026-12-01 --until=2026-12-01 --against="$TOP/lib/law"
    contains "$output" "[CQ-U005]"
    run -2 cq-eligible --all --until=tomorrow --against="$TOP/lib/law"
    contains "$output" "[CQ-U002]"
}
