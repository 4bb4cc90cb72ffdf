# Receipts, and the same decisions made again.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

registry() {
    cat >people.csv <<'EOF'
iin,last_name,first_name,birth_date,category,agency,special_rank,residence
850315100006,Аа,Аа,1985-03-15,employee,internal_affairs,yes,711110000
850315100016,Бб,Бб,1955-03-15,pensioner,internal_affairs,yes,353630100
EOF
    cat >facilities.csv <<'EOF'
facility,owner,kato,service
MVD-71-1,mvd,711110000,inpatient
EOF
    export CQ_DB=$PWD/cq.db
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
}

receipts() {
    printf 'iin\n850315100006\n850315100016\n850315100704\n' |
        cq-eligible --as-of=2026-03-02 -s inpatient --receipt >receipts.csv
}

# told FILE: the cells of column replay, one a line.
told() {
    awk -F, 'NR > 1 { print $(NF - 1) }' "$1"
}

@test "a receipt holds facts, day, law, rule and outcome, and nothing of a person" {
    registry
    receipts
    local receipt law
    law=$(cq-eligible --version -v | sed -n 's/^law \(............\).*/\1/p')
    receipt=$(sed -n 2p receipts.csv | cut -d, -f20)
    [[ $receipt =~ ^1:[0-9a-f]{16}:2026-03-02:2:$law:R78.718-employee-mvd:eligible:[0-9a-f]{12}:[0-9a-f]{8}$ ]] ||
        fail "$receipt"
    lacks "$receipt" 850315
}

@test "receipts made again are the same, with and without the registry" {
    registry
    receipts
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
    equal "$(cut -d, -f1-20 again.csv)" "$(cat receipts.csv)" "the rows in front"
    cq-eligible --facts --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
    CQ_DB=none.db cq-eligible --replay=- <receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
}

@test "ten thousand receipts are the same when made again" {
    "$CQ_TOOLS/gen" facts 10000 --unknown=20 | cq-eligible --facts --receipt >receipts.csv
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | tr -s ' ')" " 10000 ok"
}

@test "later lists do not change what was known" {
    registry
    receipts
    sed 's/employee/pensioner/' people.csv >later.csv
    cq-import -q --as-of=2026-02-01 later.csv
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
}

@test "a registry that gives other facts is told, fact by fact" {
    registry
    receipts
    rm cq.db
    sed -i 's/employee/pensioner/' people.csv
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
    run -1 cq-eligible --replay=receipts.csv
    contains "${lines[1]}" ",data,category:employee>pensioner"
    contains "${lines[2]}" ",ok,"
}

@test "other law tables are told, and what they change" {
    registry
    receipts
    cp -r "$TOP/lib/law" law
    sed -i 's/^\(R78.718-employee-mvd,.*\),eligible,mvd,budget/\1,eligible,mvd,own_funds/' law/rules.csv
    run -1 cq-eligible --law=law --replay=receipts.csv
    [[ ${lines[1]} =~ ,law,law:[0-9a-f]{12}\>[0-9a-f]{12}\;cells:[0-9a-f]{12}\>[0-9a-f]{12}$ ]] ||
        fail "${lines[1]}"
    [[ ${lines[2]} =~ ,law,law:[0-9a-f]{12}\>[0-9a-f]{12}$ ]] || fail "${lines[2]}"
}

@test "a receipt that was changed is told" {
    registry
    receipts
    sed 's/:eligible:/:ineligible:/; 3s/1:/2:/2' receipts.csv >changed.csv
    run -1 cq-eligible --replay=changed.csv
    contains "${lines[1]}" ",damaged,"
    printf 'receipt\nnonsense\n1:2:3\n\n""\n:\n' >odd.csv
    run -1 cq-eligible --replay=odd.csv
    equal "$output" 'receipt,replay,differs
nonsense,damaged,
1:2:3,damaged,
,,
:,damaged,'
}

@test "a file without receipts is refused, and so is what does not go together" {
    printf 'iin\n850315100006\n' >people.csv
    run -3 cq-eligible --replay=people.csv
    contains "$output" "[CQ-F002]"
    run -4 cq-eligible --replay=nofile.csv
    local option
    for option in --all --check-law --against=x --receipt --why-not --roles --explain 850315100006; do
        run -2 cq-eligible --replay=people.csv $option
        contains "$output" "[CQ-U005]"
    done
}

@test "a wrong IIN has an empty receipt" {
    registry
    printf 'iin\n850315100007\n' >bad.csv
    run -1 --separate-stderr cq-eligible --receipt --as-of=2026-03-02 <bad.csv
    equal "$(echo "${lines[1]}" | cut -d, -f4,12,20)" undetermined,bad_iin,
}

@test "a duty injury is asked for again in every word that says yes, and from an option" {
    registry
    printf 'iin,duty_injury,destination\n' >asked.csv
    for word in yes 1 да иә YES '' no; do
        printf '850315100006,%s,\n' "$word" >>asked.csv
    done
    cq-eligible --as-of=2026-03-02 -s sanatorium --receipt <asked.csv >receipts.csv
    cq-eligible --as-of=2026-03-02 --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | xargs)" "7 ok"
    cq-eligible --as-of=2026-03-02 -s inpatient --duty-injury --destination=astana --receipt \
        <asked.csv >receipts.csv
    cq-eligible --as-of=2026-03-02 --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | xargs)" "7 ok"
    equal "$(sed -n 7p receipts.csv | cut -d, -f1-3)" 850315100006,yes,astana
}
