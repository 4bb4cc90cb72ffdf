#!/usr/bin/env bats
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr
# cq-eligible --cases: a lawyer's cases against the law, what they reach, what is proposed.
bats_require_minimum_version 1.5.0
load helper


@test "a case agrees, differs by name, or cannot be read; the status says so" {
    cat >cases.csv <<'CSV'
case,category,body,service,place,indicated,urgency,presidential,want_outcome,want_payer,want_basis
mvd,employee,law_enforcement,outpatient,available|one,,planned,no,eligible,budget,R78:4.1
payer,employee,law_enforcement,outpatient,available,,planned,no,eligible,fund_osms,?
slip,employee,law_enforcment,outpatient,available,,planned,no,eligible,budget,?
CSV
    run --separate-stderr cq-eligible --as-of=2026-11-26 --cases=cases.csv
    equal "$status" 1
    contains "$output" "case,mvd,,agrees,,2026-11-26,employee,law_enforcement,"
    contains "$output" "case,payer,,differs,payer:fund_osms>budget,"
    contains "$output" "case,slip,,unreadable,,"
    contains "$stderr" "cases.csv:4: body:"
    contains "$stderr" "1 agree, 1 differ, 1 cannot be read"
    lacks "$stderr" enforcment
    head -2 cases.csv >one.csv
    run -0 --separate-stderr cq-eligible --as-of=2026-11-26 --cases=one.csv
}

@test "headers and values may be written in Kazakh or Russian" {
    cat >cases.csv <<'CSV'
санат;орган;қызмет;на дату;ожидается исход;күтілетін төлеуші
қызметкер;правоохранительные органы;амбулаториялық көмек;2026-11-26;?;?
CSV
    run --separate-stderr cq-eligible --cases=cases.csv
    equal "$status" 0
    contains "$output" "case,2,,agrees,,2026-11-26,employee,law_enforcement,,,,,,outpatient,"
    sed -i 's/;?;?$/;имеет право;/' cases.csv
    run --separate-stderr cq-eligible --cases=cases.csv
    equal "$status" 1
    contains "$output" "differs,outcome:имеет право>undetermined,"
}

@test "from nothing a set is proposed that reaches every rule and agrees with the law" {
    echo want_outcome >none.csv
    run -0 --separate-stderr cq-eligible --cases=none.csv --output=proposed.csv
    contains "$stderr" "0 of"
    # The proposals are a file of cases: the first five columns are not read.
    (head -1 proposed.csv && grep '^proposed,' proposed.csv) >again.csv
    run -0 --separate-stderr cq-eligible --cases=again.csv --output=checked.csv
    lacks "$stderr" "proposed: 1"
    contains "$stderr" "proposed: 0 cases"
    [ "$(grep -c '^rule,.*,0,' checked.csv)" = 0 ]
    [ "$(grep -c '^paragraph,.*,0,' checked.csv)" = 0 ]
    [ "$(grep -c '^case,.*,agrees,' checked.csv)" -gt 100 ]
}

@test "a rule that no case reaches is named, with a smallest case for it" {
    echo want_outcome >none.csv
    run -0 --separate-stderr cq-eligible --cases=none.csv
    contains "$output" "rule,abroad,0,"
    # The first proposal for a rule states no more than the rule asks.
    first=$(echo "$output" | grep '^proposed,not-listed,' | head -1)
    contains "$first" "proposed,not-listed,,proposed,,2025-10-04,none,,,,,,,outpatient,,local,,,,,,,,not_contingent,,,,not_listed,R78:1.2,,,text,"
}

@test "a law that answers otherwise is found by the proposals of the law before" {
    echo want_outcome >none.csv
    cq-eligible -q --cases=none.csv --output=proposed.csv 2>/dev/null
    (head -1 proposed.csv && grep '^proposed,' proposed.csv) >again.csv
    cp -r "$TOP/lib/law" law
    sed -i '/^@mvd,R78.718,/s/R78:4.1/R78:4.2/' law/clauses.csv
    run --separate-stderr cq-eligible --law=law --cases=again.csv
    equal "$status" 1
    contains "$output" "basis:R78:4.1;O781:31>R78:4.2;O781:31"
}

@test "an empty cell of a case is read as one of --facts, by the options" {
    cat >cases.csv <<'CSV'
category,body,home,presidential,urgency,want_outcome,want_referral
employee,courier,elsewhere,no,planned,conditional,mvd_specialist
CSV
    run -0 --separate-stderr cq-eligible --as-of=2026-11-26 -s inpatient --destination=astana \
        --cases=cases.csv
    contains "$output" "case,2,,agrees,,2026-11-26,employee,courier,,,,,,inpatient,planned,astana,"
    for option in --receipt --roles --why-not --profile=therapy; do
        run -2 --separate-stderr cq-eligible $option --cases=cases.csv
        contains "$stderr" "[CQ-U005]"
    done
}

@test "a row with another number of cells and a second service are named as such" {
    cat >cases.csv <<'CSV'
category,service,want_outcome
none
none,sanatorium|abroad,not_contingent
CSV
    run -1 --separate-stderr cq-eligible --cases=cases.csv
    contains "$stderr" "cases.csv:2: another number of fields than the header has: 1 / 3 [CQ-R002]"
    contains "$stderr" "cases.csv:3: service: "
    contains "$stderr" "[CQ-X003]"
}

@test "a title above the cases is counted, as of any list" {
    printf '%s\n' "Cases of the meeting" category,service,want_outcome none,outpatient,not_contingent >cases.csv
    run -0 --separate-stderr cq-eligible -v --cases=cases.csv
    contains "$stderr" "passed over: blank rows 0, titles and totals 1"
}
