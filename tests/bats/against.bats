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
    contains "$stderr" "employee: 1 answers differ: gains 0, loses 0, provider 0, payer 1"
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
