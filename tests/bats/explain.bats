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
    contains "$output" "Answer: entitled on a condition"
    contains "$output" "because: a referral is needed"
    contains "$output" "rule: others-inpatient-osms"
    contains "$output" "R78:6.2(2)  For family members and pensioners"
    contains "$output" "O781:31  Except in emergencies"
    contains "$output" "category: family member living with the employee (HR list: prosecutor's bodies, 2026-01-01, run 1, line 3)"
    contains "$output" "body: law-enforcement bodies (sponsor 850315100006; sponsor's HR list: prosecutor's bodies, 2026-01-01, run 1, line 2)"
    contains "$output" "sponsor of the family member: employee (sponsor 850315100006; sponsor's HR list"
    contains "$output" "relationship: spouse (spouse; HR list: prosecutor's bodies, 2026-01-01, run 1, line 3)"
    contains "$output" "place of admission: Astana (facility: MVD-71-1; list of facilities, 2026-01-01, run 2, line 2)"
    contains "$output" "there is one (facility: MVD-71-1; list of facilities, 2026-01-01, run 2, line 2)"
    contains "$output" "insured (OSMS): yes (Fund's list, 2026-01-01, run 3, line 2; cover ends on 2026-05-01)"
    contains "$output" "medical indications or rehabilitation potential: unknown (nobody said)"
    contains "$output" "service: inpatient care (as asked)"
    contains "$output" "documents to bring: ID card"
    contains "$output" "The answer changes on 2026-05-01: insurance runs out"
    lacks "$output" "What would turn"
    lacks "$output" "may be read"
}

@test "the lists that facts came from are named once, with the file" {
    registry
    run -0 cq-eligible --explain --as-of=2026-03-02 -s inpatient 850315100016
    run=0
    for list in people facilities insurance; do
        run=$((run + 1))
        hash=$(sqlite3 cq.db "SELECT substr(file_hash, 1, 12) FROM run WHERE id = $run")
        equal "${#hash}" 12 "$list"
        equal "$(grep -c "^    run $run, 2026-01-01, file $hash$" <<<"$output")" 1 "$list"
    done
    # The page of a person shows no name, neither the person's nor the sponsor's.
    lacks "$output" Аа
    lacks "$output" Бб
}

@test "a refusal says what is missing, what would turn it and which rules came near" {
    registry
    run -1 cq-eligible --explain --as-of=2026-03-02 -s inpatient 850315100006
    contains "$output" "Answer: cannot be told"
    contains "$output" "because: facts are missing"
    contains "$output" "missing facts: medical indications or rehabilitation potential"
    contains "$output" "there is none (list of facilities; at the residence: no specialist)"
    contains "$output" "- medical indications or rehabilitation potential: yes"
    contains "$output" "employee-elsewhere-osms"
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
    contains "$output" "Ответ: имеет право при условии"
    contains "$output" "член семьи, проживающий совместно с сотрудником"
    lacks "$output" "Answer"
    run cq-eligible --explain --lang=kk --as-of=2026-03-02 -s inpatient 850315100016
    contains "$output" "Жауап: шартпен құқығы бар"
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
            cq-eligible --facts --explain --lang=$language --as-of=2026-03-02 -s $service >>page <<'EOF'
category,body,place,indicated,package,insured,presidential,duty_injury,home,destination
employee,civil_protection,one,no,osms,no,no,no,astana,almaty
EOF
            run grep -nE "^ +[A-Za-z][a-z A-Z-]{3,}:" page
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
    contains "$output" "Answer: entitled
    as: pensioner, state courier service"
    contains "$output" "R78:7  For care within the guaranteed volume or compulsory insurance that the internal-affairs organisations do not give"
    contains "$output" "A-07"
    contains "$output" "A-17  The acts have no priority rule"
    contains "$output" "Other roles of the person:
    family member living with the employee, prosecutor's bodies: entitled on a condition (a referral is needed)"
    run -1 cq-eligible --explain --as-of=2026-03-02 850315100007
    contains "$output" "because: not a valid IIN"
    run cq-eligible --explain --as-of=2025-09-15 850315100006 -s mental_health
    contains "$output" "A-01  The exact day on which No. 718 took effect"
}

@test "rows of facts and of people are explained one after the other" {
    registry
    printf 'category,body,place,package\npensioner,courier,absent,gobmp\n' >facts.csv
    run -0 cq-eligible --facts --explain --as-of=2026-03-02 <facts.csv
    contains "$output" "Answer: entitled
"
    contains "$output" "A-07"
    contains "$output" "HC:196.3"
    printf 'iin\n850315100006\n850315100016\n' >people.csv
    run -0 cq-eligible --explain --as-of=2026-03-02 <people.csv
    equal "$(echo "$output" | grep -c '^8503')" 2
    cq-eligible --explain --as-of=2026-03-02 --all -o page
    equal "$(grep -c '^8503' page)" 2
}

# page DAY SERVICE IIN [ARGUMENT]...: the explanation of one answer, whatever the status.
page() {
    local day=$1 service=$2 iin=$3
    shift 3
    run cq-eligible --explain --as-of="$day" -s "$service" "$@" "$iin"
}

more() {
    printf '%s\n' "iin,last_name,first_name,birth_date,category,agency,special_rank,sponsor_iin,relation,coresident,residence,service_place,killed_on,killed_order,valid_to" "$@" >more.csv
    cq-import -q --as-of=2026-01-01 --max-bad=100 more.csv
}

# Of a child of 20 nothing else is stated: a student, disabled, or no longer of the family.
@test "several values of a fact that a list leaves open are all shown, and why" {
    registry
    more 850315100704,Вв,Вв,2006-01-15,family,prosecution,,850315100006,child,yes,353630100,,,,
    page 2026-03-02 outpatient 850315100704
    equal "$status" 1
    contains "$output" "Answer: cannot be told"
    contains "$output" "missing facts: relationship"
    contains "$output" "relationship: child under 23 in full-time study / child with a disability established before 18 / "
    contains "$output" "; whether and until when the child studies is not stated; disability before 18 is not stated)"
    contains "$output" "insured (OSMS): unknown (nobody said)"
    page 2024-01-14 outpatient 850315100704
    contains "$output" "relationship: minor child (child; HR list"
    page 2029-01-15 outpatient 850315100704
    contains "$output" "; disability before 18 is not stated)"
    contains "$output" "relationship: child with a disability established before 18 / another relation (child; "
    lacks "$output" "whether and until when"
}

@test "insurance that is presumed is said to be" {
    registry
    page 2026-03-02 outpatient 850315100006 --indicated
    contains "$output" "insured (OSMS): yes (presumed: the Fund's list says nothing)"
    contains "$output" "certainty: stated in the text at hand"
}

@test "who left is told when, and by which list" {
    registry
    head -n 2 people.csv >full.csv
    cq-import -q -m full -a prosecution --list-date=2026-02-01 full.csv
    page 2026-03-02 outpatient 850315100016
    contains "$output" "category: no category (left on 2026-02-01, the full list does not name the person any more; HR list: prosecutor's bodies, 2026-02-01, run 4)"
    contains "$output" "run 4, 2026-02-01, file $(sqlite3 cq.db 'SELECT substr(file_hash, 1, 12) FROM run WHERE id = 4')"
    page 2026-01-31 outpatient 850315100016
    lacks "$output" "left on"
    more 850315100704,Вв,Вв,1985-03-15,employee,prosecution,yes,,,,,,,,2026-02-15
    page 2026-02-15 outpatient 850315100704
    contains "$output" "because: no HR list names the person on that day"
    contains "$output" "(left on 2026-02-15, the days that the list states are over; HR list: prosecutor's bodies, 2026-01-01, run 5, line 2)"
    page 2026-02-15 outpatient 850315100716
    contains "$output" "(no HR list names the person on that day)"
}

@test "who has a role later only is told from when" {
    registry
    more "850315100704,Вв,Вв,2015-03-15,child_of_fallen,prosecution,,850315100006,child,,,,2025-12-20,1," \
        "850315100716,Гг,Гг,2025-12-28,family,prosecution,,850315100006,child,yes,,,,,"
    page 2025-12-19 outpatient 850315100704
    contains "$output" "(from 2025-12-20 on; HR list: prosecutor's bodies, 2026-01-01, run 4, line 2)"
    page 2025-12-20 outpatient 850315100704
    contains "$output" "category: child of an employee killed on duty (HR list"
    page 2025-12-27 outpatient 850315100716
    contains "$output" "(from 2025-12-28 on; HR list: prosecutor's bodies, 2026-01-01, run 4, line 3)"
}

# R78:13.1: the hospital of the residence lacks the specialist, that of Astana does not.
@test "where no hospital near can serve, one in Astana or Almaty is named with its answer" {
    registry
    page 2026-03-02 inpatient 850315100006
    contains "$output" "No MVD-MO near can serve this stay; one can in:
    Astana, MVD-71-1: entitled on a condition (a referral is needed)
      payer: at budget expense
      referral by: specialist of an MVD-MO
      R78:13.1  "
    lacks "$output" "Almaty, MVD"
    contains "$output" "- place of admission: Astana"
    lacks "$output" "- place of admission: Almaty"
    page 2026-03-02 inpatient 850315100006 --profile=eyes --indicated
    contains "$output" "Answer: entitled
"
    contains "$output" "Astana, MVD-71-1"
    page 2026-03-02 outpatient 850315100006 --indicated
    lacks "$output" "one can in"
    # Almaty is no way out until an organisation there can serve the stay.
    run cq-eligible --why-not --as-of=2026-03-02 -s inpatient 850315100006
    contains "$output" "destination=astana"
    lacks "$output" "destination=almaty"
    printf '%s\n' facility,owner,kato,service MVD-75-9,mvd,751110000,inpatient >more.csv
    cq-import -q --as-of=2026-01-01 -k facilities more.csv
    run cq-eligible --why-not --as-of=2026-03-02 -s inpatient 850315100006
    contains "$output" "destination=astana;destination=almaty"
}

@test "A-11, A-13, A-15 and A-17 are told where they bear" {
    registry
    more 850315100704,Вв,Вв,2008-03-20,family,prosecution,,850315100006,child,yes,711110000,,,, \
        850315100716,Гг,Гг,1985-03-15,employee,anticorruption,no,,,,711110000,,,,
    page 2026-03-02 inpatient 850315100704 # 18 within the 30 days of a referral
    contains "$output" "A-11  Turning eighteen"
    page 2026-03-20 inpatient 850315100704
    lacks "$output" A-11
    page 2026-02-17 inpatient 850315100704
    lacks "$output" A-11
    page 2031-03-01 inpatient 850315100704 # 23, where studies are possible
    contains "$output" "A-11  Turning eighteen"
    page 2026-03-02 inpatient 850315100716
    contains "$output" "A-13  The anti-corruption service"
    contains "$output" "A-15  The place of cadets"
    lacks "$output" A-17
    page 2025-06-29 inpatient 850315100716
    lacks "$output" A-13
    more 850315100716,Гг,Гг,1985-03-15,pensioner,courier,,,,,711110000,,,,
    page 2026-03-02 inpatient 850315100716
    contains "$output" "A-17  The acts have no priority rule"
}

# The section of the page that shows the readings.
readings() {
    sed -n '/^  The answer as the gaps may be read:/,/^  Facts:/p' <<<"$output" | sed '$d'
}

# A-04: a hospital at the place of service, none at the residence.
@test "readings side by side: absent at one place, or at both" {
    registry
    more 850315100704,Вв,Вв,1985-03-15,employee,prosecution,yes,,,,353630100,711110000,,,
    page 2026-03-02 inpatient 850315100704 --destination=local --indicated
    equal "$(readings)" "  The answer as the gaps may be read:
    A-04  Absence at one of the two places, of service or residence, is enough.
      Answer: entitled
      provider: health-care subject
      payer: Fund, compulsory social health insurance (OSMS)
      documents to bring: ID card and service ID
      certainty: stated in the text at hand
      Legal basis:
        R78:4.2(2)  In that case the employee's care comes under compulsory health insurance.
        R78:5.1  The health insurance fund pays the health-care subjects that treat employees.
    A-04  The organisation has to be absent at both places.
      Answer: entitled on a condition
      because: a referral is needed
      provider: medical organisation of the internal affairs bodies (MVD-MO)
      facility: MVD-71-1
      payer: at budget expense
      referral by: specialist of an MVD-MO
      documents to bring: ID card and service ID
      certainty: stated in a law read in a copy without edition date
      Legal basis:
        R78:4.1  Employees of all the bodies named are treated in medical organisations of the internal-affairs bodies at budget expense.
        O781:31  Except in emergencies, a stay on a ward of the internal-affairs bodies takes a referral from a specialist of their polyclinic.
    These readings differ in: answer, provider, payer, referral, reason, legal basis"
    contains "$output" "at one of the two places only (facility: MVD-71-1; list of facilities, 2026-01-01, run 2, line 2; at the residence: no specialist)"
}

# A-08: a resident of Astana for a stay in Almaty.
@test "readings side by side: the resident of one city in the other" {
    registry
    page 2026-03-02 inpatient 850315100016 --destination=almaty
    equal "$status" 1
    equal "$(readings | grep -E 'A-08|Answer|R78:13|O781|O281|differ')" "    A-08  A resident of one of the two cities is sent to the other like those who live outside both.
      Answer: entitled on a condition
        R78:13.1  The part of the contingent living outside Astana and Almaty is admitted to the internal-affairs organisations there on referral of a specialist of such an organisation.
        O281:11  Family members, pensioners and children are admitted through the Hospitalisation Bureau portal.
    A-08  Paragraph 13 is only about those who live outside both cities: a resident of either is admitted as near the residence.
      Answer: entitled on a condition
        O781:31  Except in emergencies, a stay on a ward of the internal-affairs bodies takes a referral from a specialist of their polyclinic.
        O781:33  Family members and pensioners are admitted through the Hospitalisation Bureau portal.
    These readings differ in: legal basis"
}

# A-25: the question is asked anew as one about rehabilitation, for which there is a facility.
@test "readings side by side: a sanatorium as rehabilitation" {
    registry
    printf '%s\n' facility,owner,kato,service MVD-71-2,mvd,711110000,medical_rehabilitation >more.csv
    cq-import -q --as-of=2026-01-01 -k facilities more.csv
    more 850315100704,Вв,Вв,1985-03-15,employee,civil_protection,yes,,,,711110000,,,,
    page 2026-03-02 sanatorium 850315100704 --indicated
    equal "$(readings | grep -E 'A-25|Answer|because|provider|facility|payer|certainty|O61:2|R78|open')" "    A-25  Sanatorium treatment is due under paragraph 4 of Order No. 61 too, as medical rehabilitation.
      Answer: entitled
      provider: medical organisation of the internal affairs bodies (MVD-MO)
      facility: MVD-71-2
      payer: at budget expense
      certainty: inferred from other acts
        O61:2(4)  The wording of the new edition was not seen; the first edition says: sanatorium treatment counts as a kind of medical rehabilitation.
      What is open: A-02
    A-25  Order No. 61 only lists the kinds of rehabilitation: sanatorium treatment is given under health and labour law.
      Answer: the acts are silent
      because: general law decides
      certainty: inferred from other acts
        R78:15  Sanatorium treatment of the contingent goes by health and labour law.
    These readings differ in: answer, provider, payer, referral, documents, reason, legal basis"
    page 2026-03-02 sanatorium 850315100704
    contains "$(readings)" "missing facts: medical indications or rehabilitation potential"
}

# A-26: family of civil protection before No. 718, when R78 did not name those bodies.
@test "readings side by side: civil protection before No. 718" {
    registry
    more 850315100704,Вв,Вв,1985-03-15,employee,civil_protection,yes,,,,711110000,,,, \
        850315100716,Гг,Гг,1985-03-15,family,civil_protection,,850315100704,spouse,yes,711110000,,,,
    page 2023-08-01 inpatient 850315100716 --package=gobmp
    equal "$(readings | grep -E 'A-26|Answer|payer|certainty|LES|R78')" "    A-26  The law On law enforcement service applied Resolution No. 78 to civil protection bodies even then, as to law-enforcement bodies.
      Answer: entitled on a condition
      payer: Fund, guaranteed volume of free care (GOBMP)
      certainty: inferred from other acts
        LES:84.3  The law extends to employees of civil protection bodies and of the state courier service.
        R78:6.1  Family members of law-enforcement employees and pensioners of those bodies were treated in medical organisations of the internal-affairs bodies.
        R78:6.2(1)  For family members and pensioners the fund pays within the guaranteed volume of free care.
    A-26  Resolution No. 78 did not name civil protection bodies then: their people were not of the contingent.
      Answer: not of the contingent
      certainty: inferred from other acts
        R78:1  The contingent was the employees of law-enforcement bodies and the state courier service, the family living with them, pensioners and minor children of those killed on duty; civil protection bodies were not named.
    These readings differ in: answer, provider, payer, referral, documents, reason, legal basis"
    page 2025-09-20 inpatient 850315100716 --package=gobmp
    equal "$(readings)" ""
}

# A-28, in the languages of the state too; of civil protection O61:12 decides.
@test "readings side by side: psychiatry" {
    registry
    page 2026-03-02 mental_health 850315100016
    equal "$(readings | grep -E 'A-28|Answer|provider')" "    A-28  The internal-affairs organisation comes first: as outpatient care.
      Answer: entitled
      provider: health-care subject
    A-28  The internal-affairs organisation comes first: as inpatient treatment.
      Answer: entitled on a condition
      provider: medical organisation of the internal affairs bodies (MVD-MO)
    A-28  The mental-health organisation at once.
      Answer: entitled on a condition
      provider: mental-health organisation
    These readings differ in: answer, provider, referral, reason, legal basis"
    run cq-eligible --explain --lang=ru --as-of=2026-03-02 -s mental_health 850315100016
    contains "$output" "Ответ при каждом прочтении открытых вопросов:"
    contains "$output" "A-28  Сразу организация в области психического здоровья."
    contains "$output" "Чем расходятся эти прочтения: ответ, кто оказывает помощь"
    run cq-eligible --explain --lang=kk --as-of=2026-03-02 -s mental_health 850315100016
    contains "$output" "A-28  Бірден психикалық денсаулық ұйымы."
    printf 'category,body\nemployee,civil_protection\n' >facts.csv
    run -0 cq-eligible --facts --explain -s mental_health --as-of=2026-03-02 <facts.csv
    equal "$(readings)" ""
}

@test "the readings are in the tables: a law without them shows the gap alone" {
    registry
    cp -r "$BATS_TEST_DIRNAME/../../lib/law" law
    sed -i '2,$d' law/readings.csv
    run cq-eligible --explain --law=law --as-of=2026-03-02 -s mental_health 850315100016
    contains "$output" "A-28  Resolution No. 78 makes no exception"
    lacks "$output" "may be read"
    [ "$(cq-eligible -V -v --law=law)" != "$(cq-eligible -V -v)" ]
    # A reading that says what another says is found by the check.
    cp "$BATS_TEST_DIRNAME/../../lib/law/readings.csv" law
    sed -i 's/,absent,/,one,/' law/readings.csv
    run -1 cq-eligible --check-law --law=law
    contains "$output" "no_effect,law/readings.csv,3,"
}

@test "a page is no table: formats and receipts do not go with it" {
    local option
    for option in --format=json --receipt --against=x --replay=x --check-law; do
        run -2 cq-eligible --explain $option
        contains "$output" "[CQ-U005]"
    done
}
