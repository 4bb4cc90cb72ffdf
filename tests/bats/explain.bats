# --explain: answers as pages for people.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

registry() {
    cat >people.csv <<'EOF'
iin,last_name,first_name,birth_date,category,agency,special_rank,sponsor_iin,relation,coresident,residence
850315100006,Аа,Аа,1985-03-15,employee,prosecution,yes,,,,353630100
850315100016,Бб,Бб,1985-03-15,family,prosecution,,850315100006,spouse,yes,711110000
EOF
    cat >facilities.csv <<'EOF'
facility,owner,kato,service,specialist
MVD-71-1,mvd,711110000,inpatient,yes
MVD-35-1,mvd,351010000,inpatient,no
EOF
    cat >insurance.csv <<'EOF'
iin,insured,paid_until,checked_on
850315100016,yes,2026-01-31,2025-12-01
EOF
    export CQ_DB=$PWD/cq.db
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
    cq-import -q --as-of=2026-01-01 -k insurance insurance.csv
}

@test "an answer is explained: rule, paragraphs, sources of facts, what is to come" {
    registry
    run -0 cq-eligible --explain --as-of=2026-03-02 -s inpatient 850315100016
    contains "$output" "850315100016: inpatient care, 2026-03-02"
    contains "$output" "Answer: entitled"
    contains "$output" "rule: R78.718-family-osms-insured"
    contains "$output" "R78:6(2)  For family members and pensioners"
    contains "$output" "category: family member living with the employee (HR list: prosecutor's bodies, 2026-01-01, run 1)"
    contains "$output" "body: law-enforcement bodies (sponsor's HR list: prosecutor's bodies"
    contains "$output" "there is one (facility: MVD-71-1)"
    contains "$output" "insured (OSMS): yes (Fund's list, 2026-01-01, run 3; cover ends on 2026-05-01)"
    contains "$output" "medical indications or rehabilitation potential: unknown (nobody said)"
    contains "$output" "service: inpatient care (as asked)"
    contains "$output" "documents to bring: ID card"
    contains "$output" "The answer changes on 2026-05-01: insurance runs out"
    lacks "$output" "What would turn"
}

@test "a refusal says what is missing, what would turn it and which rules came near" {
    registry
    run -1 cq-eligible --explain --as-of=2026-03-02 -s inpatient 850315100006
    contains "$output" "Answer: cannot be told"
    contains "$output" "because: facts are missing"
    contains "$output" "missing facts: medical indications or rehabilitation potential"
    contains "$output" "there is none (list of facilities; at the residence: no specialist)"
    contains "$output" "- medical indications or rehabilitation potential: yes"
    contains "$output" "R78.718-employee-osms-insured"
    contains "$output" "medical indications or rehabilitation potential: unknown; the rule asks for: yes"
}

@test "somebody whom nobody lists is told which rules came near, too" {
    registry
    run -1 cq-eligible --explain --as-of=2026-03-02 850315100704
    contains "$output" "Answer: not of the contingent"
    contains "$output" "because: no HR list names the person"
    contains "$output" "no change of facts that anybody can change"
    contains "$output" "Rules that came nearest"
    run cq-eligible --as-of=2026-03-02 -s inpatient --package=gobmp --indicated --duty-injury \
        --explain 850315100704
    contains "$output" "(GOBMP) (as asked)"
    contains "$output" "injury received on duty: yes (as asked)"
    run cq-eligible --as-of=2026-03-02 -s inpatient --explain 850315100704
    contains "$output" "(OSMS) (default of the service)"
}

@test "explanations speak the language asked for" {
    registry
    run cq-eligible --explain --lang=ru --as-of=2026-03-02 -s inpatient 850315100016
    contains "$output" "Ответ: имеет право"
    contains "$output" "член семьи, проживающий совместно с сотрудником"
    lacks "$output" "Answer"
    run cq-eligible --explain --lang=kk --as-of=2026-03-02 -s inpatient 850315100016
    contains "$output" "Жауап: құқығы бар"
    lacks "$output" "Answer"
}

# No word of the pages is left in English where another language is asked for.
@test "nothing is left untranslated" {
    registry
    local language service
    for language in kk ru; do
        for service in outpatient inpatient medical_rehabilitation sanatorium mental_health; do
            cq-eligible --explain --lang=$language --as-of=2026-03-02 -s $service 850315100006 \
                850315100016 850315100704 >page || true
            run grep -nE "^ +[A-Za-z][a-z A-Z-]{3,}: " page
            equal "$output" "" "$language"
        done
    done
}

@test "gaps, other roles and wrong IINs are told" {
    registry
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency,special_rank,residence \
        850315100016,Бб,Бб,1985-03-15,pensioner,courier,yes,353630100 >more.csv
    cq-import -q --as-of=2026-01-01 more.csv
    run -0 cq-eligible --explain --as-of=2026-03-02 -s inpatient 850315100016
    contains "$output" "Other roles of the person"
    contains "$output" "pensioner, state courier service: the acts are silent (care elsewhere"
    run -1 cq-eligible --explain --as-of=2026-03-02 850315100007
    contains "$output" "because: not a valid IIN"
    run cq-eligible --explain --as-of=2025-09-15 850315100006 -s mental_health
    contains "$output" "A-01  The exact day on which No. 718 took effect"
}

@test "rows of facts and of people are explained one after the other" {
    registry
    printf 'category,body,place,package\npensioner,courier,absent,gobmp\n' >facts.csv
    run -0 cq-eligible --facts --explain --as-of=2026-03-02 <facts.csv
    contains "$output" "the acts are silent"
    contains "$output" "A-07"
    printf 'iin\n850315100006\n850315100016\n' >people.csv
    run -0 cq-eligible --explain --as-of=2026-03-02 <people.csv
    equal "$(echo "$output" | grep -c '^8503')" 2
    cq-eligible --explain --as-of=2026-03-02 --all -o page
    equal "$(grep -c '^8503' page)" 2
}

@test "a page is no table: formats and receipts do not go with it" {
    local option
    for option in --format=json --receipt --against=x --replay=x --check-law; do
        run -2 cq-eligible --explain $option
        contains "$output" "[CQ-U005]"
    done
}
