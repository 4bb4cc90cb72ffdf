# When answers change, all roles of a person, and what would turn a refusal.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

# A small world: A employee until 2027, B A's wife, C A's child (of age on 1 March 2027, born on
# 29 February), D pensioner and in another list A's dependent mother, E begins in 2027.
people() {
    cat >people.csv <<'EOF'
iin,last_name,first_name,birth_date,sex,category,agency,special_rank,sponsor_iin,relation,dependent,coresident,residence,service_place,valid_from,valid_to
850315100006,Аа,Аа,1985-03-15,m,employee,internal_affairs,yes,,,,,711110000,,2020-01-01,2027-05-01
850315100016,Бб,Бб,1985-03-15,f,family,internal_affairs,,850315100006,spouse,,yes,711110000,,,
850315100704,Вв,Вв,2009-03-01,m,family,internal_affairs,,850315100006,child,,yes,711110000,,,
850315100716,Гг,Гг,1955-03-15,f,pensioner,prosecution,yes,,,,,711110000,,,
850315100716,Гг,Гг,1955-03-15,f,family,internal_affairs,,850315100006,parent,yes,yes,711110000,,,
EOF
    cat >facilities.csv <<'EOF'
facility,owner,kato,service,profile,department,specialist,equipment,valid_from,valid_to
MVD-71-1,mvd,711110000,outpatient,,yes,yes,yes,,2029-01-01
MVD-71-1,mvd,711110000,inpatient,,yes,yes,yes,,
EOF
    cat >insurance.csv <<'EOF'
iin,insured,paid_until,checked_on
850315100016,yes,2026-12-31,2026-10-01
EOF
    export CQ_DB=$PWD/cq.db
    cq-import -q --as-of=2026-11-01 people.csv
    cq-import -q --as-of=2026-11-01 -k facilities facilities.csv
    cq-import -q --as-of=2026-11-01 -k insurance insurance.csv
}

# changes OPTION...: the cells changes_on and change_cause of one answer.
changes() {
    cq-eligible "$@" | tail -n 1 | cut -d, -f18,19 || true
}

@test "the first change is foreseen, with its cause" {
    people
    equal "$(changes --as-of=2026-11-25 850315100006)" 2027-05-01,entitlement_ends employee
    equal "$(changes --as-of=2026-11-25 850315100016 -s inpatient)" 2027-04-01,insurance_ends wife
    equal "$(changes --as-of=2026-11-25 850315100016)" 2027-05-01,entitlement_ends "wife, GOBMP"
    equal "$(changes --as-of=2026-11-25 850315100704)" 2027-03-01,of_age child
    equal "$(changes --as-of=2026-11-25 850315100716)" 2029-01-01,facility pensioner
    equal "$(changes --as-of=2025-09-10 850315100716)" 2025-09-14,law "before the edition"
    equal "$(changes --as-of=2027-05-01 850315100006)" , "nothing left"
}

@test "a department that closes in a facility that stays is no change" {
    people
    cat >departments.csv <<'EOF'
facility,owner,kato,service,profile,department,specialist,equipment,valid_from,valid_to
MVD-75-1,mvd,751110000,inpatient,surgery,yes,yes,yes,,
MVD-75-1,mvd,751110000,inpatient,therapy,yes,yes,yes,,2027-01-01
EOF
    cq-import -q --as-of=2026-11-01 -k facilities departments.csv
    cat >more.csv <<'EOF'
iin,last_name,first_name,birth_date,category,agency,special_rank,residence
600315100005,Дд,Дд,1960-03-15,pensioner,internal_affairs,yes,751110000
EOF
    cq-import -q --as-of=2026-11-01 more.csv
    equal "$(changes --as-of=2026-11-25 -s inpatient 600315100005)" ,
    equal "$(changes --as-of=2026-11-25 -s inpatient --profile=therapy 600315100005)" 2027-01-01,facility
    equal "$(cq-report person --timeline --as-of=2026-11-25 --iin=600315100005 | grep -c '^inpatient,.*,facility,')" 0
}

@test "the answer is the same until that day, and another one on it" {
    people
    local iin day on before answer
    for iin in 850315100006 850315100016 850315100704 850315100716; do
        before=$(cq-eligible -s inpatient --as-of=2026-11-25 $iin | tail -n 1 | cut -d, -f3-17) || true
        on=$(cq-eligible -s inpatient --as-of=2026-11-25 $iin | tail -n 1 | cut -d, -f18) || true
        [ -n "$on" ] || continue
        day=$(date -d "$on - 1 day" +%F)
        answer=$(cq-eligible -s inpatient --as-of="$day" $iin | tail -n 1 | cut -d, -f3-17) || true
        equal "$answer" "$before" "$iin on $day"
        answer=$(cq-eligible -s inpatient --as-of="$on" $iin | tail -n 1 | cut -d, -f3-17) || true
        [ "$answer" != "$before" ] || fail "$iin on $on: nothing changed"
    done
}

@test "facts change with the law alone" {
    printf 'as_of,category,minor\n2025-01-01,child_of_fallen,no\n2026-01-01,child_of_fallen,no\n' >f.csv
    run cq-eligible --facts <f.csv
    equal "$(echo "${lines[1]}" | cut -d, -f18,19)" 2025-09-14,law
    equal "$(echo "${lines[2]}" | cut -d, -f18,19)" , later
}

@test "--roles shows every role, the one that answers first" {
    people
    run cq-eligible --as-of=2026-11-25 --roles 850315100716
    equal "${#lines[@]}" 3
    equal "$(echo "${lines[1]}" | cut -d, -f4-6)" eligible,pensioner,prosecution
    equal "$(echo "${lines[2]}" | cut -d, -f4-6)" eligible,family,internal_affairs
    equal "$(echo "${lines[2]}" | cut -d, -f18,19)" 2027-05-01,entitlement_ends "the second role's own change"
    # The first role that entitles answers, whatever its rank.
    run cq-eligible --as-of=2026-11-25 --roles -s inpatient --package=none --destination=astana 850315100716
    equal "$(echo "${lines[1]}" | cut -d, -f4-6)" ineligible,pensioner,prosecution
    run -2 cq-eligible --as-of=2026-11-25 --facts --roles
}

@test "--why-not names the smallest sets that turn a refusal" {
    people
    run -1 cq-eligible --as-of=2027-04-02 -s inpatient --why-not 850315100016
    equal "$(echo "${lines[1]}" | cut -d, -f4,20)" "ineligible,category=employee;urgency=emergency;package=gobmp;insured=yes"
    run cq-eligible --as-of=2026-11-25 -s inpatient --why-not 850315100016
    equal "$(echo "${lines[1]}" | cut -d, -f4,20)" conditional,
    run -1 --separate-stderr cq-eligible --as-of=2026-11-25 --why-not 850315100709 850315100106
    equal "$(echo "${lines[1]}" | cut -d, -f4,12,20)" undetermined,bad_iin,
}

@test "what nobody can change is left out, unless --all-facts" {
    printf 'category,minor,service,package,place\nchild_of_fallen,no,outpatient,gobmp,available\n' >f.csv
    run cq-eligible --facts --why-not --as-of=2026-11-25 <f.csv
    lacks "$output" minor=yes
    run cq-eligible --facts --all-facts --as-of=2026-11-25 <f.csv
    contains "$output" minor=yes
    printf 'category\nnone\n' >f.csv
    run cq-eligible --facts --why-not --as-of=2026-11-25 <f.csv
    equal "$(echo "${lines[1]}" | rev | cut -d, -f1 | rev)" ""
}

# Every set that is named really turns the answer: asked again with those facts.
@test "the sets turn the answer when they are asked about" {
    {
        echo category,body,special_rank,sponsor,kin,coresident,minor,service,urgency,destination,home,place,indicated,package,insured,presidential,duty_injury
        for category in employee family pensioner; do
            for package in osms none; do
                echo $category,law_enforcement,yes,employee,spouse,no,no,inpatient,planned,local,elsewhere,absent,no,$package,no,no,no
            done
        done
    } >facts.csv
    cq-eligible --facts --why-not --as-of=2026-11-25 <facts.csv >answers.csv
    # A row again for each set: the facts of facts.csv, those of the set changed.
    awk -F, -v OFS=, '
        FNR == NR { sets[FNR] = $NF; next }
        FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
        {
            original = $0
            for (n = split(sets[FNR], set, ";"); n > 0; n--) {
                $0 = original
                for (k = split(set[n], part, "+"); k > 0; k--) {
                    split(part[k], pair, "=")
                    $(at[pair[1]]) = pair[2]
                }
                print
            }
        }' answers.csv facts.csv >again.csv
    [ "$(wc -l <again.csv)" -gt 20 ] || fail "few sets: $(cat again.csv)"
    cq-eligible --facts --as-of=2026-11-25 --format=json <again.csv >again.json
    run grep -v '"outcome":"\(eligible\|conditional\)"' again.json
    equal "$output" "" "not turned"
}
