# What the law asks of a referral beside the decision, and where people are sent: who refers,
# conditions, the fallback, the card, days and places.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer


# The registry with two rescuers and more facilities.
rescuers() {
    registry
    RESCUER=$(valid 81010110000) NEAR=$(valid 82020210000)
    head -n 1 people.csv >more.csv
    cat >>more.csv <<END
$RESCUER,Төртінші,Адам,1981-01-01,employee,civil_protection,yes,,,,590000000,590000000
$NEAR,Бесінші,Адам,1982-02-02,employee,civil_protection,yes,,,,711110000,711110000
END
    import_list contingent more.csv
    cat >more-facilities.csv <<END
facility,owner,kato,service,department,specialist,equipment
REHAB-71,mvd,711110000,medical_rehabilitation,,,
REHAB-59,health_subject,590000000,medical_rehabilitation,,,
PHC-59,phc,590000000,outpatient,,,
MVD-59,mvd,590000000,medical_rehabilitation,yes,no,no
PSYCH-71,civil_protection,711110000,psychological_rehabilitation,,,
HOSP-75,mvd,750000000,inpatient,,,
UDP-71,presidential,711110000,outpatient,,,
END
    import_list facilities more-facilities.csv
}

# valid DIGITS: eleven digits and their control digit.
valid() {
    awk -v d="$1" 'BEGIN {
        for (i = 1; i <= 11; i++) s += substr(d, i, 1) * i
        c = s % 11
        if (c == 10) {
            split("3 4 5 6 7 8 9 10 11 1 2", w, " ")
            for (i = 1; i <= 11; i++) t += substr(d, i, 1) * w[i]
            c = t % 11
        }
        print d c
    }'
}

# refused CODE OPTION...: the request is refused for that reason.
refused() {
    local code=$1
    shift
    run --separate-stderr issue "$@"
    equal "$status" 1 "status of $*"
    equal "${#lines[@]}" 1 "rows of $*"
    contains "$stderr" "[$code]"
}

taken() {
    run --separate-stderr issue "$@"
    equal "$status" 0 "status of $*: $stderr"
    equal "${#lines[@]}" 2 "rows of $*"
}

@test "a stay in Astana or Almaty of who lives elsewhere is referred by a specialist of the bodies" {
    rescuers
    local far="--iin=$REMOTE --service=inpatient --destination=almaty"
    # shellcheck disable=SC2086 # words
    {
        refused CQ-R067 $far
        contains "$stderr" "from_facility: another has to refer: specialist of an MVD-MO (mvd_specialist) [CQ-R067]"
        refused CQ-R067 $far --from-facility=CITY-59 --referrer=X
        refused CQ-R067 $far --from-facility=NOWHERE --referrer=X
        refused CQ-R067 $far --from-facility=MVD-71
        contains "$stderr" "referrer: "
        taken $far --from-facility=MVD-71 --referrer=X
    }
    equal "$(column facility - <<<"$output")" HOSP-75
    equal "$(column referral - <<<"$output")" mvd_specialist
    # A planned stay where one lives asks for the specialist too; an emergency for none.
    local near="--iin=$EMPLOYEE --service=inpatient --destination=astana"
    # shellcheck disable=SC2086 # words
    {
        refused CQ-R067 $near
        taken -n $near --from-facility=MVD-71 --referrer=X
        equal "$(column basis - <<<"$output")" "R78:4.1;O781:31"
        taken $near --urgency=emergency
        equal "$(column referral - <<<"$output")" ""
        equal "$(column basis - <<<"$output")" R78:4.1
        taken $far --urgency=emergency
        equal "$(column referral - <<<"$output")" ""
        equal "$(column basis - <<<"$output")" "R78:4.1;O281:5(2)"
    }
}

@test "rehabilitation in civil protection is referred by the bodies or primary care" {
    rescuers
    local care="--service=medical_rehabilitation --indication=surgery"
    # shellcheck disable=SC2086 # words
    {
        taken -n --iin="$NEAR" $care
        contains "$stderr" "from_facility: issued, but still to be recorded: O61:8.1 [CQ-W026]"
        refused CQ-R067 --iin="$NEAR" $care --from-facility=CITY-59
        taken --iin="$NEAR" $care --from-facility=MVD-71
        taken -n --iin="$RESCUER" $care --from-facility=MVD-71
        taken --iin="$RESCUER" $care --from-facility=PHC-59
    }
    equal "$(column facility - <<<"$output")" REHAB-59
    equal "$(column payer - <<<"$output")" fund_osms
}

@test "the fallback keeps what was lacking, and where" {
    rescuers
    taken --iin="$RESCUER" --service=medical_rehabilitation --indication=surgery --from-facility=PHC-59
    equal "$(column fallback - <<<"$output")" \
        "service:no_specialist;service:no_equipment;residence:no_specialist;residence:no_equipment"
    equal "$(column indication - <<<"$output")" surgery
    printf 'iin,indicated\n%s,yes\n' $REMOTE >indicated.csv
    taken --service=outpatient indicated.csv
    equal "$(column fallback - <<<"$output")" "service:no_department;residence:no_department"
    contains "$stderr" "indication: issued, but still to be recorded: R78:4.2 [CQ-W026]"
    sed "s/^$REMOTE,.*/$REMOTE,Екінші,Адам,1977-01-01,employee,prosecution,yes,,,,550000000,/" people.csv >away.csv
    import_list contingent away.csv 2026-02-01
    taken --iin=$REMOTE --service=outpatient --indication=acute --as-of=2026-03-03
    equal "$(column fallback - <<<"$output")" residence:no_organisation
    taken --iin=$EMPLOYEE --service=outpatient
    equal "$(column fallback - <<<"$output")" "" "no fallback"
}

@test "paid care is never given without being asked for" {
    rescuers
    printf 'iin,insured,checked_on\n%s,no,2026-01-01\n' "$RESCUER" >fund.csv
    import_list insurance fund.csv
    local care="--iin=$RESCUER --service=medical_rehabilitation --indication=surgery --from-facility=PHC-59"
    # shellcheck disable=SC2086 # words
    {
        refused CQ-R061 $care
        contains "$stderr" "paid_by: not referred: entitled on a condition: for a fee (conditional: paid)"
        taken $care --paid-by=voluntary_insurance
    }
    equal "$(column payer - <<<"$output")" paid
    equal "$(column paid_by - <<<"$output")" voluntary_insurance
    equal "$(column gaps - <<<"$output")" "A-02;A-06"
}

@test "psychological rehabilitation goes to the psychologists, with one of three measures" {
    rescuers
    local care="--iin=$NEAR --service=psychological_rehabilitation" measure
    # shellcheck disable=SC2086 # words
    for measure in consultation training psycho_correction; do
        taken $care --measure=$measure --profile=$measure
        equal "$(column measure - <<<"$output")" $measure
        equal "$(column facility - <<<"$output")" PSYCH-71
        equal "$stderr" ""
    done
    # shellcheck disable=SC2086 # words
    taken $care
    contains "$stderr" "measure: issued, but still to be recorded: O61:10 [CQ-W026]"
    refused CQ-R040 --iin=$EMPLOYEE --service=outpatient --measure=training
    run issue --iin=$EMPLOYEE --service=outpatient --measure=yoga
    equal "$status" 2 "a wrong measure"
}

@test "people of the Affairs Administration go by its rules" {
    rescuers
    printf 'iin,valid_from\n%s,2026-01-01\n' $EMPLOYEE >list.csv
    import_list presidential list.csv
    taken --iin=$EMPLOYEE --service=outpatient
    equal "$(column facility - <<<"$output")" UDP-71
    equal "$(column payer - <<<"$output")" fund_gobmp
    equal "$(column referral - <<<"$output")" presidential_rules
    equal "$(column basis - <<<"$output")" "R78:2(1)"
    refused CQ-R067 --iin=$EMPLOYEE --service=inpatient --from-facility=MVD-71 --referrer=X
}

@test "a facility that cannot do what was decided is refused" {
    rescuers
    refused CQ-R068 --iin=$EMPLOYEE --service=outpatient --facility=CITY-59
    contains "$stderr" "facility: the facility cannot do what was decided: medical organisation of the internal affairs bodies (MVD-MO) (mvd) [CQ-R068]"
    refused CQ-R068 --iin=$EMPLOYEE --service=outpatient --facility=REHAB-71
    taken --iin=$EMPLOYEE --service=outpatient --facility=MVD-75
}

@test "without an outpatient card the polyclinic that opens one is named" {
    registry
    sed -i "/^$PENSIONER/d" cards.csv
    export CQ_DB="$PWD/other.db"
    import_list contingent people.csv
    import_list facilities facilities.csv
    import_list cards cards.csv
    taken --iin=$EMPLOYEE --service=outpatient
    equal "$stderr" "" "with a card"
    taken --iin=$PENSIONER --service=outpatient
    equal "$(messages "$stderr")" "cq-refer: no outpatient card is known (R78:14.3); to be opened by: MVD-75 [CQ-W022]"
    taken --iin=$REMOTE --service=outpatient --indication=acute
    equal "$stderr" "" "not sent to the bodies"
}

# beds ROW...: facilities in Astana with a capacity, besides those of the registry.
beds() {
    printf '%s\n' facility,owner,kato,service,profile,capacity "$@" >beds.csv
    import_list facilities beds.csv
}

@test "of the nearest facilities the one that is free soonest is taken" {
    registry
    sed -i '/^MVD-71,mvd,711110000,inpatient/d' facilities.csv
    export CQ_DB="$PWD/other.db"
    import_list contingent people.csv
    import_list facilities facilities.csv
    beds BED-A,mvd,711110000,inpatient,,2 BED-B,mvd,711110000,inpatient,,1 \
        BED-FAR,mvd,719990000,inpatient,,9
    local i sent="--from-facility=MVD-71 --referrer=X"
    # shellcheck disable=SC2086 # words
    for i in 1 2 3 4 5 6 7; do
        issue -q --iin=$EMPLOYEE --service=inpatient --profile=p$i $sent | tail -n 1
    done >rows.csv
    cq-refer list >out.csv
    equal "$(column facility out.csv | xargs)" "BED-A BED-A BED-B BED-A BED-A BED-B BED-A"
    equal "$(column expected_on out.csv | cut -c 9- | xargs)" "02 02 02 03 03 03 04"
    equal "$(column valid_until out.csv | tail -n 1)" 2026-04-03
    # A referral that is closed gives its day back.
    cq-refer cancel --as-of=$DAY "$(column number out.csv | sed -n 3p)" >/dev/null
    issue -q --iin=$EMPLOYEE --service=inpatient --profile=p8 $sent >next.csv
    equal "$(column facility next.csv) $(column expected_on next.csv)" "BED-B 2026-03-02"
    run cq-refer verify
    equal "$status" 0 verify
}

@test "a planned day that is full is told, and an emergency does not wait" {
    registry
    sed -i '/^MVD-71,mvd,711110000,inpatient/d' facilities.csv
    export CQ_DB="$PWD/other.db"
    import_list contingent people.csv
    import_list facilities facilities.csv
    import_list cards cards.csv
    beds BED-A,mvd,711110000,inpatient,surgery,1 BED-A,mvd,711110000,inpatient,,1
    local stay="--iin=$EMPLOYEE --service=inpatient --planned-on=2026-03-10 --from-facility=MVD-71"
    stay+=" --referrer=X"
    # shellcheck disable=SC2086 # words
    {
        taken $stay --profile=surgery
        equal "$stderr" ""
        taken $stay --profile=therapy
        equal "$stderr" "" "another profile has its own beds"
        equal "$(column expected_on - <<<"$output")" 2026-03-10
        taken --as-of=2026-03-03 $stay --profile=surgery
        equal "$(messages "$stderr")" "cq-refer: no place is free on the planned day; expected on 2026-03-11 [CQ-W025]"
        equal "$(column expected_on - <<<"$output")" 2026-03-11
        taken --as-of=2026-03-04 $stay --profile=surgery --urgency=emergency
        equal "$(column expected_on - <<<"$output")" 2026-03-10
        contains "$stderr" "[CQ-W025]"
    }
}
