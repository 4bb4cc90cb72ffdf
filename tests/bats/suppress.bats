#!/usr/bin/env bats
# Hidden small counts, attacked over whole books: tools/attack.sh reads every number back from the
# page and asks a solver what the hidden ones could be.

load helper

PATH="$PATH:$CQ_TOOLS"
day=--as-of=2026-11-01

# registry SEED PEOPLE: some people are in the lists of two agencies, some referrals end in a stay.
registry() {
    export CQ_DB="$PWD/$1.db"
    gen contingent "$2" --full --seed="$1" >people.csv
    gen facilities 60 --seed="$1" >facilities.csv
    gen insurance "$2" --seed="$1" >insurance.csv
    cq-import -q $day --list-date=2026-11-01 people.csv 2>/dev/null || true
    cq-import -q $day --list-date=2026-11-01 -k facilities facilities.csv
    cq-import -q $day --list-date=2026-11-01 -k insurance insurance.csv 2>/dev/null || true
    awk -F, -v OFS=, 'NR == 1 { print; next }
        NR % 25 == 0 && $8 != "courier" { $7 = "employee"; $8 = "courier"; $10 = $11 = $12 = ""; print }' \
        people.csv >courier.csv
    cq-import -q $day --list-date=2026-11-01 courier.csv 2>/dev/null || true
    cq-eligible --all $day | awk -F, 'NR == 1 || NR % 9 == 0 { print $1 }' >chosen
    cq-eligible -s medical_rehabilitation --indicated $day <chosen >asked || true
    cq-refer issue $day <asked 2>/dev/null >issued || true
    cut -d, -f1 issued | awk 'NR > 1 && NR % 3 == 0' >moved
    xargs -r cq-refer accept $day <moved >/dev/null 2>&1 || true
    awk 'NR % 2' moved | xargs -r cq-refer admit $day >/dev/null 2>&1 || true
}

# attacked N BY: hides counts and looks for them.
attacked() {
    cq-report all --full $day --by="$2" -f html >plain.html || [ $? -eq 1 ]
    cq-report all --full $day --by="$2" -f html --suppress="$1" >kept.html || [ $? -eq 1 ]
    "$TOP/tests/tools/attack.sh" plain.html kept.html "$1" >attack || fail "$2, $1: $(cat attack)"
}

@test "the attack finds counts that are hidden badly" {
    command -v glpsol >/dev/null || skip "glpsol is not installed"
    registry 3 300
    cq-report all --full $day -f html >plain.html || [ $? -eq 1 ]
    sed -E 's/>[1-5]<\/(td|dd|text)>/>…<\/\1>/g' plain.html >kept.html
    run "$TOP/tests/tools/attack.sh" plain.html kept.html 5
    contains "$output" "exposed c|"
    run "$TOP/tests/tools/attack.sh" plain.html plain.html 5
    contains "$output" "shown c|"
}

@test "no small count of a book can be found out" {
    command -v glpsol >/dev/null || skip "glpsol is not installed"
    local seed limit=0 by
    for seed in 200 500 1200 2000; do
        registry $seed $seed
        for by in region,category agency,category,sex category; do
            limit=$((limit % 10 + 1))
            attacked $limit $by
        done
    done
    registry 7 400
    for limit in 1 2 3 5 10; do
        attacked $limit region,category
    done
}

@test "what can be shown is shown" {
    registry 5 2000
    cq-report referrals $day --suppress=5 -f json >rows
    contains "$(cq-report referrals $day --suppress=5 -f table | sed -n 2p)" "referrals: $(($(wc -l <issued) - 1));"
    contains "$(cat rows)" '"referrals":null'
    # Totals that add up from shown counts are shown.
    cq-report payers $day -f html >plain.html
    cq-report payers $day --suppress=1 -f html >kept.html
    cmp plain.html kept.html || grep -q '>1</td>' plain.html || fail "nothing was small"
    # The figures of a large registry stay.
    lacks "$(cq-report contingent $day --suppress=5 -f table | sed -n 2p)" "people: …"
    lacks "$(cq-report eligibility $day --suppress=5 -f table | sed -n 2p)" "…"
}

@test "the rows say the same in every form" {
    registry 5 600
    local report
    for report in contingent eligibility referrals payers; do
        cq-report $report $day --suppress=4 >csv
        cq-report $report $day --suppress=4 -f json >rows.json
        cq-report $report $day --suppress=4 --excel >excel
        equal "$(sed 's/\xef\xbb\xbf//; s/;/,/g; s/"//g' excel)" "$(sed 's/;/,/g; s/"//g' csv)"
        equal "$(wc -l <rows.json)" "$(sed 1d csv | wc -l)"
        cq-report $report $day --suppress=4 >again
        cmp csv again
    done
}

@test "what would tell a hidden count of its own accord is not published" {
    registry 3 300
    cq-report contingent $day --by=agency -f table >all.txt
    grep -q 'people in several rows' all.txt
    cq-report contingent $day --by=agency -f table --suppress=5 >kept.txt
    lacks "$(cat kept.txt)" 'in several rows'
    lacks "$(cat kept.txt)" 'rows of lists'
    head -n 40 people.csv | awk -F, 'NR == 1 || $7 == "employee"' | cq-eligible -s medical_rehabilitation --indicated $day |
        awk -F, -v OFS=, 'NR == 1 { print $0, "occasion"; next } { print $0, NR % 2 ? "acute" : "chronic" }' |
        cq-refer issue $day >issued.csv 2>/dev/null || [ $? -eq 1 ]
    [ "$(wc -l <issued.csv)" -gt 1 ] || fail "nobody was referred"
    cq-report referrals $day -f html >all.html
    contains "$(cat all.html)" 'Rehabilitation by occasion'
    cq-report referrals $day -f html --suppress=5 >kept.html
    lacks "$(cat kept.html)" 'Rehabilitation by occasion'
}
