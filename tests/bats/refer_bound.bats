# What the acts bind referrals to: who refers, what is recorded at issue, before admission and with
# the answer of the receiving hospital.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# The registry with people and places for every requirement: $WIFE is of an employee in a region
# without organisations of the bodies.
bound() {
    registry
    RESCUER=$(valid 81010110000) FALLEN=$(valid 12030220000) WIFE=$(valid 85031520011)
    head -n 1 people.csv | sed 's/$/,killed_on,duty_injury,presidential/' >more.csv
    cat >>more.csv <<END
$RESCUER,Төртінші,Адам,1981-01-01,employee,fire_service,yes,,,,590000000,590000000,,yes,
$WIFE,Екінші,Жұбай,1985-03-15,family,prosecution,,$REMOTE,spouse,yes,590000000,,,,
$FALLEN,Алтыншы,Бала,2012-03-02,child_of_fallen,internal_affairs,,$EMPLOYEE,child,,711110000,,2015-05-05,,
END
    import_list contingent more.csv
    cat >more-facilities.csv <<END
facility,owner,kato,service
REHAB-71,mvd,711110000,medical_rehabilitation
REHAB-59,health_subject,590000000,medical_rehabilitation
PHC-59,phc,590000000,outpatient
PSYCH-59,civil_protection,590000000,psychological_rehabilitation
MIND-59,mental_health,590000000,mental_health
SPA-59,sanatorium,590000000,sanatorium
HOSP-75,mvd,750000000,inpatient
UDP-71,presidential,711110000,outpatient
END
    import_list facilities more-facilities.csv
    printf 'iin,insured,checked_on\n%s,yes,2026-01-01\n' "$WIFE" >fund.csv
    import_list insurance fund.csv
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

# given OPTION...: issues one referral, whose number is $number then.
given() {
    run --separate-stderr issue "$@"
    equal "$status" 0 "status of $*: $stderr"
    equal "${#lines[@]}" 2 "rows of $*"
    number=$(column number - <<<"$output")
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

# cannot STATUS CODE ACTION OPTION...: the move of $number is not made.
cannot() {
    local want=$1 code=$2
    shift 2
    run --separate-stderr cq-refer "$@" --as-of=$DAY "$number"
    equal "$status" "$want" "status of $*"
    equal "${#lines[@]}" 1 "rows of $*"
    contains "$stderr" "[$code]"
}

# moves ACTION OPTION...: the move of $number is made.
moves() {
    run --separate-stderr cq-refer "$@" --as-of=$DAY "$number"
    equal "$status" 0 "status of $*: $stderr"
    equal "${#lines[@]}" 2 "rows of $*"
}

cell() {
    column "$1" - <<<"$output"
}

FAR="--service=inpatient --destination=almaty --from-facility=MVD-71 --referrer=X"

@test "planned stays of family and children are not admitted without the code of the Bureau" {
    bound
    local care
    # Far, near, and of a child of the fallen; a code at issue or with the admission.
    for care in "--iin=$WIFE $FAR" "--iin=$CHILD --service=inpatient --from-facility=MVD-71 --referrer=X"; do
        # shellcheck disable=SC2086 # words
        given $care
        contains "$stderr" "bureau_code: issued, but still to be recorded: O"
        moves accept
        cannot 3 CQ-F040 admit
        contains "$stderr" "bureau_code (O"
        moves admit --bureau-code=B-7
        equal "$(cell status)" admitted
        equal "$(cell bureau_code)" B-7
        moves complete
    done
    given --iin=$CHILD --service=inpatient --from-facility=MVD-71 --referrer=X --bureau-code=B-8 --as-of=2026-03-01
    equal "$stderr" ""
    moves accept
    moves admit
    # Before O781 stays nearby did not go through the portal; those far away did.
    given --iin=$WIFE --service=inpatient --destination=almaty --from-facility=MVD-71 --referrer=X --as-of=2026-02-28
    contains "$stderr" O281:11
    # An emergency needs neither code, answer nor specialist; an employee has no portal.
    given --iin=$WIFE --service=inpatient --destination=almaty --urgency=emergency
    moves accept
    moves admit
    given --iin=$REMOTE --as-of=2026-03-01 --service=inpatient --destination=almaty --from-facility=MVD-71 --referrer=X
    moves accept
    moves admit
}

@test "a commission decides before the admission" {
    bound
    given --iin="$RESCUER" --service=sanatorium
    contains "$stderr" "commission_no: issued, but still to be recorded: R78:16"
    contains "$stderr" "commission_on: issued, but still to be recorded: R78:16"
    moves accept
    cannot 3 CQ-F040 admit
    contains "$stderr" "commission (R78:16)"
    cannot 3 CQ-F040 admit --commission-no=17
    cannot 1 CQ-R022 admit --commission-no=17 --commission-on=2026-03-03
    moves admit --commission-no=17 --commission-on=2026-03-01
    equal "$(cell commission_no)" 17
    equal "$(cell commission_on)" 2026-03-01
    refused CQ-R022 --iin="$RESCUER" --service=sanatorium --as-of=2026-03-01 --commission-no=18 --commission-on=2026-03-02
    given --iin="$RESCUER" --service=sanatorium --as-of=2026-03-01 --commission-no=18 --commission-on=2026-03-01
    equal "$stderr" ""
    refused CQ-R040 --iin=$EMPLOYEE --service=outpatient --commission-no=18
    # Half of it at issue, the other half with the admission, from a list.
    given --iin="$RESCUER" --service=sanatorium --as-of=2026-02-28 --commission-no=19
    moves accept
    run --separate-stderr cq-refer admit --as-of=$DAY <<<"number,commission_on
$number,2026-02-27"
    equal "$status" 0
    equal "$(cell commission_no),$(cell commission_on)" 19,2026-02-27
}

@test "what belongs to one kind of care is refused with another" {
    bound
    given --iin="$RESCUER" --service=medical_rehabilitation --indication=x --from-facility=PHC-59
    contains "$stderr" "occasion: issued, but still to be recorded: O61:3 [CQ-W026]"
    given --iin="$RESCUER" --service=medical_rehabilitation --indication=x --from-facility=PHC-59 \
        --occasion="после операции" --as-of=2026-03-01
    equal "$stderr" ""
    equal "$(cell occasion)" surgery
    refused CQ-R040 --iin="$RESCUER" --service=medical_rehabilitation --indication=x \
        --from-facility=PHC-59 --paid-by=own_funds --as-of=2026-02-28
    refused CQ-R040 --iin=$EMPLOYEE --service=outpatient --occasion=acute
    refused CQ-R040 --iin=$EMPLOYEE --service=outpatient --paid-by=other
    refused CQ-R040 --iin=$EMPLOYEE --service=outpatient --found-in=CQ-71-2026-000001-4
    run --separate-stderr issue --iin=$EMPLOYEE --service=outpatient --occasion=flu
    equal "$status" 2
}

@test "a disorder was found during psychological rehabilitation of the same person" {
    bound
    local care="--service=mental_health --consent --as-of=2026-03-03" psychological
    given --iin="$RESCUER" --service=psychological_rehabilitation --measure=training
    psychological=$number
    # shellcheck disable=SC2086 # words
    {
        given -n --iin="$RESCUER" $care --found-in="$psychological"
        equal "$(cell found_in)" "$psychological"
        given -n --iin="$RESCUER" $care --found-in="$psychological" --as-of=$DAY
        refused CQ-R080 --iin="$RESCUER" $care --found-in="$psychological" --as-of=2026-03-01
        contains "$stderr" "stands: issued_on [CQ-R080]"
        refused CQ-R080 --iin=$EMPLOYEE $care --found-in="$psychological"
        contains "$stderr" "stands: iin [CQ-R080]"
        given --iin=$EMPLOYEE --service=outpatient
        refused CQ-R080 --iin=$EMPLOYEE $care --found-in="$number"
        contains "$stderr" "stands: service [CQ-R080]"
        given -n --iin=$EMPLOYEE --service=outpatient --as-of=2026-02-01
        refused CQ-R080 --iin="$RESCUER" $care --found-in="$number"
        contains "$stderr" "stands: number [CQ-R080]"
        run --separate-stderr issue --iin="$RESCUER" $care --found-in="${number%?}x"
        equal "$status" 2
        number=$psychological
        moves cancel
        refused CQ-R080 --iin="$RESCUER" $care --found-in="$psychological"
        contains "$stderr" "stands: status [CQ-R080]"
    }
}

@test "the receiving hospital answers with a day, or refuses with a reason" {
    bound
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR
    cannot 1 CQ-R081 answer
    cannot 1 CQ-R022 answer --planned-on=2026-03-01
    cannot 3 CQ-F042 reject
    cannot 3 CQ-F042 reject --reason=" "
    run --separate-stderr cq-refer answer --planned-on=2026-03-09 --reason=x "$number"
    equal "$status" 2
    moves answer --planned-on=2026-03-09
    equal "$(cell status),$(cell answered_on),$(cell answer),$(cell appointed_on),$(cell refusal)" \
        accepted,$DAY,date,2026-03-09,
    cannot 3 CQ-F013 answer --planned-on=2026-03-10
    moves admit
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --as-of=2026-03-01
    moves answer --reason="no beds" --on=2026-03-02
    equal "$(cell status),$(cell answered_on),$(cell answer),$(cell appointed_on),$(cell refusal)" \
        "rejected,$DAY,refusal,,no beds"
    # Plain moves: an acceptance without a day is no answer, a rejection with a reason is.
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --as-of=2026-02-28
    moves accept
    equal "$(cell answer)" ""
    contains "$stderr" "[CQ-W065]"
    equal "$(cq-report overdue --as-of=2026-03-12 | grep -c "^$number,answer_waiting,accepted,")" 1
    cannot 3 CQ-F013 answer --planned-on=2026-03-09
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --as-of=2026-02-27
    moves reject --reason=full
    equal "$(cell answer),$(cell refusal)" refusal,full
}

@test "what people write where they have nothing to write records nothing" {
    bound
    local nothing FAR="--service=inpatient --destination=almaty --from-facility=MVD-71"
    for nothing in - нет "Н/Д" 0 "#N/A" $'\u200b'; do
        # shellcheck disable=SC2086 # words
        refused CQ-R067 --iin=$REMOTE $FAR --referrer="$nothing"
        # Stated indications make care indicated; a dash does not.
        refused CQ-R061 --iin="$RESCUER" --service=medical_rehabilitation --indication="$nothing"
    done
    # shellcheck disable=SC2086 # words
    {
        given --iin=$REMOTE $FAR --referrer=X
        cannot 1 CQ-R081 answer --reason=-
        cannot 3 CQ-F042 reject --reason=нет
        given --iin="$WIFE" $FAR --referrer=X --bureau-code=-
    }
    moves accept
    cannot 3 CQ-F040 admit --bureau-code=-
    moves admit --bureau-code=№7
    given --iin="$RESCUER" --service=sanatorium --commission-no=0 --commission-on=2026-03-01
    moves accept
    run --separate-stderr cq-refer admit --as-of=$DAY <<<"number,commission_no
$number,б/н"
    equal "$status" 3
    contains "$stderr" "[CQ-F040]"
    # A dash in a row leaves the option its place.
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --referrer=X
    run -0 --separate-stderr cq-refer answer --as-of=$DAY --planned-on=2026-04-01 <<<"number,reason
$number,-"
    equal "$(column appointed_on - <<<"$output")" 2026-04-01
}

@test "a damaged referral in which a disorder was found is told, not followed" {
    bound
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE --service=inpatient --destination=almaty --from-facility=MVD-71 --referrer=X
    for value in -5 1000000000000; do
        sqlite3 cq.db "UPDATE referral SET found_in = $value"
        for action in show print; do
            run --separate-stderr cq-refer $action "$number"
            equal "$status" 5 "$action with $value"
            contains "$stderr" "[CQ-D005]"
        done
    done
}

@test "no such department sends the person on" {
    bound
    local reason
    for reason in no_department "Нет такого отделения" "мұндай бөлімше жоқ"; do
        # shellcheck disable=SC2086 # words
        given --iin=$REMOTE $FAR
        moves answer --reason="$reason"
        contains "$stderr" "--destination=local IIN | cq-refer issue"
    contains "$stderr" "[CQ-W056]"
        equal "$(cell refusal)" no_department
    done
    contains "$(cq-refer show -f table --lang=ru "$number")" "такого отделения нет"
    # What the message says works: whoever can treat the person nearby does.
    printf 'facility,owner,kato,service\nCITY-59,health_subject,590000000,inpatient\n' >city.csv
    import_list facilities city.csv 2026-01-02
    run --separate-stderr cq-eligible --as-of=$DAY --service=inpatient --destination=local --indicated $REMOTE
    equal "$(column provider - <<<"$output")" health_subject
    equal "$(cq-refer issue --as-of=$DAY --indication=x <<<"$output" | column facility -)" CITY-59
}

@test "no other referral is answered" {
    bound
    given --iin=$EMPLOYEE --service=outpatient
    cannot 3 CQ-F041 answer --planned-on=2026-03-09
    given --iin=$EMPLOYEE --service=inpatient --from-facility=MVD-71 --referrer=X
    cannot 3 CQ-F041 answer --reason=x
    moves reject
    equal "$(cell refusal)" ""
    given --iin=$REMOTE --service=inpatient --destination=almaty --urgency=emergency
    cannot 3 CQ-F041 answer --planned-on=2026-03-09
    moves reject
}

@test "answers of a list: exactly one of day and reason in a row" {
    bound
    local numbers
    # shellcheck disable=SC2086 # words
    printf 'iin,as_of\n%s,2026-03-01\n%s,2026-02-28\n%s,2026-02-27\n%s,2026-02-26\n' \
        $REMOTE $REMOTE $REMOTE $REMOTE | issue $FAR >issued.csv
    mapfile -t numbers < <(column number issued.csv)
    cat >answers.csv <<END
Номер направления;Дата;Назначенная дата;Причина
${numbers[0]};02.03.2026;09.03.2026;
${numbers[1]};02.03.2026;;нет мест
${numbers[2]};02.03.2026;09.03.2026;нет мест
${numbers[3]};02.03.2026;;
END
    sed -i 's/Номер направления/код направления/' answers.csv
    run --separate-stderr cq-refer answer --as-of=2026-03-05 <answers.csv
    equal "$status" 1 "$stderr"
    equal "$(cell status | xargs)" "accepted rejected"
    equal "$(grep -c CQ-R081 <<<"$stderr")" 2
    # Options say what rows leave open, and no second answer.
    run --separate-stderr cq-refer answer --as-of=2026-03-05 --planned-on=2026-03-12 <<<"number,reason
${numbers[2]},full
${numbers[3]},"
    equal "$status" 0 "$stderr"
    equal "$(cell status | xargs)" "rejected accepted"
}

@test "a list of referrals is no list of answers" {
    bound
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --planned-on=2026-03-20
    run --separate-stderr bash -c "cq-refer list | cq-refer answer --as-of=$DAY"
    equal "$status" 1
    contains "$stderr" "[CQ-R081]"
    equal "$(cq-refer show "$number" | column status -)" issued
    cq-refer list | awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "appointed_on") at = i }
        NR > 1 { $at = "2026-03-23" } 1' >answered.csv
    run -0 --separate-stderr cq-refer answer --as-of=$DAY <answered.csv
    equal "$(cq-refer show "$number" | column appointed_on -)" 2026-03-23
}

@test "the same request that states something else gets the first number and a warning" {
    bound
    local first
    echo HOSP-76,mvd,750000000,inpatient >>more-facilities.csv
    import_list facilities more-facilities.csv
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --diagnosis=I10.0
    first=$number
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --diagnosis=I10.0
    equal "$number,$(grep -c W064 <<<"$stderr")" "$first,0"
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR --diagnosis=I11.0 --bureau-code=B-1 --planned-on=2026-04-01
    equal "$number" "$first"
    contains "$stderr" ": diagnosis, bureau_code, planned_on [CQ-W064]"
    equal "$(cell diagnosis),$(cell bureau_code)" I10.0,
    # A facility that is named, and what the decision rests on; not a facility that the registry chooses.
    # shellcheck disable=SC2086 # words
    given $FAR --facility=HOSP-76 - <<<"iin,package,duty_injury
$REMOTE,osms,yes"
    equal "$number" "$first"
    contains "$stderr" ": facility, package, duty_injury [CQ-W064]"
    import_list facilities <(sed 's/HOSP-75/HOSP-74/' more-facilities.csv)
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR
    equal "$number,$(grep -c W064 <<<"$stderr")" "$first,0"
    # What the first states and the second does not is no difference.
    # shellcheck disable=SC2086 # words
    given --iin=$REMOTE $FAR
    equal "$number,$(grep -c W064 <<<"$stderr")" "$first,0"
}

@test "what moves record is seen as of its moment" {
    bound
    local before
    # shellcheck disable=SC2086 # words
    given --iin="$WIFE" $FAR --bureau-code=B-1
    moves answer --planned-on=2026-03-09
    before=$(sqlite3 "$CQ_DB" "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', max(at) / 1000.0, 'unixepoch')
        FROM referral_event")
    moves admit --bureau-code=B-2
    equal "$(cell bureau_code)" B-2
    equal "$(cq-refer list --known-at="$before" | column bureau_code -)" B-1
    equal "$(cq-refer list --known-at="$before" | column status -)" accepted
    equal "$(cq-refer list | column bureau_code -)" B-2
    equal "$(sqlite3 "$CQ_DB" 'SELECT bureau_code FROM referral_now')" B-2
}
