# cq-refer: referrals are issued to those who are entitled, once, and found again.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

@test "one request by options is one referral with everything that was decided" {
    registry
    issue --iin=$EMPLOYEE --service=outpatient --diagnosis=I10.0 --urgency=planned \
        --referrer="Specialist" --planned-on=2026-03-10 --bureau-code=77 >out.csv
    equal "$(head -n 1 out.csv)" "number,status,iin,service,profile,destination,provider,facility,payer,referral,basis,rule,gaps,issued_on,valid_until,category,agency,certainty,reasons,documents,diagnosis,indication,urgency,from_facility,referrer,planned_on,bureau_code,measure,consent,occasion,paid_by,commission_no,commission_on,found_in,answer_by,answered_on,answer,appointed_on,refusal,fallback,expected_on,receipt" header
    equal "$(sed -n 2p out.csv | cut -d, -f 1-41)" "CQ-71-2026-000001-4,issued,$EMPLOYEE,outpatient,,local,mvd,MVD-71,budget,,R78:4.1,employee-outpatient,,2026-03-02,2026-04-09,employee,internal_affairs,text,,id_card+service_id,I10.0,,planned,,Specialist,2026-03-10,77,,,,,,,,,,,,,,2026-03-10" row
    contains "$(column receipt out.csv)" ":employee-outpatient:eligible:"
    equal "$(wc -l <out.csv)" 2 lines
    equal "$(cq-refer show CQ-71-2026-000001-4)" "$(cat out.csv)" show
    equal "$(cq-refer list)" "$(cat out.csv)" list
}

@test "the answers of cq-eligible are requests as they stand" {
    registry
    printf '%s\n' iin $EMPLOYEE $REMOTE $PENSIONER $CHILD $APART >people
    local status=0
    cq-eligible -s outpatient --as-of=$DAY <people | issue >out.csv 2>err || status=$?
    equal "$status" 1 status
    equal "$(column iin out.csv | xargs)" "$EMPLOYEE $PENSIONER $CHILD" people
    equal "$(column facility out.csv | xargs)" "MVD-71 MVD-75 MVD-71" facilities
    equal "$(messages "$(cat err)" | wc -l)" 2 "messages"
    contains "$(cat err)" "cq-refer: -:3: not referred: cannot be told: facts are missing: medical indications or rehabilitation potential (undetermined: missing_facts: indicated) [CQ-R061]"
    contains "$(cat err)" "cq-refer: -:6: not referred: not of the contingent: does not live with the employee (not_contingent: not_coresident) [CQ-R061]"
    lacks "$(cat err)" "$APART"
}

@test "the options of the request pass through cq-eligible, too" {
    registry
    printf 'iin\n%s\n' $REMOTE | cq-eligible -s outpatient --indicated --as-of=$DAY | issue >out.csv
    equal "$(column provider out.csv)" health_subject
    equal "$(column facility out.csv)" CITY-59
}

@test "an indication is what makes care elsewhere indicated" {
    registry
    printf 'iin,indication\n%s,acute\n' $REMOTE | issue --service=outpatient >out.csv
    equal "$(column provider out.csv)" health_subject
    equal "$(column indication out.csv)" acute
}

@test "numbers have no gaps within a region and year, and a check digit" {
    registry
    printf 'iin,as_of\n%s,\n%s,\n%s,\n%s,2025-12-01\n%s,2026-03-03\n' \
        $EMPLOYEE $PENSIONER $CHILD $EMPLOYEE $CHILD | issue --service=outpatient >out.csv
    equal "$(column number out.csv | cut -c 1-17 | xargs)" \
        "CQ-71-2026-000001 CQ-75-2026-000001 CQ-71-2026-000002 CQ-71-2025-000001 CQ-71-2026-000003"
    equal "$(cq-refer list | tail -n +2 | cut -c 1-17 | xargs)" \
        "CQ-71-2025-000001 CQ-71-2026-000001 CQ-71-2026-000002 CQ-71-2026-000003 CQ-75-2026-000001"
}

@test "the region is that of who refers, if the registry knows them" {
    registry
    issue --iin=$EMPLOYEE --service=outpatient --from-facility=MVD-75 >out.csv
    contains "$(column number out.csv)" CQ-75-2026-000001-
    issue --iin=$CHILD --service=outpatient --from-facility=elsewhere >out.csv
    contains "$(column number out.csv)" CQ-71-2026-000001-
}

@test "the same request on the same day gives the first number back" {
    registry
    issue --iin=$EMPLOYEE --service=outpatient --diagnosis=I10 >first.csv
    issue --iin=$EMPLOYEE --service=outpatient --diagnosis=C50 >second.csv
    cmp first.csv second.csv
    equal "$(referrals)" 1
    printf 'iin\n%s\n%s\n' $CHILD $CHILD | issue --service=outpatient >out.csv
    equal "$(column number out.csv | uniq -c | awk '{ print $1 }')" 2 "rows of one number"
    cq-refer issue --as-of=2026-03-03 --iin=$EMPLOYEE --service=outpatient >next.csv
    [ "$(column number next.csv)" != "$(column number first.csv)" ] || fail "one number, two days"
}

@test "a row that is wrong is refused alone, with its place and code" {
    registry
    cat >requests.csv <<END
iin,service,facility,diagnosis,planned_on,as_of,destination
850315100007,outpatient,,,,,
$EMPLOYEE,surgery,,,,,
$EMPLOYEE,outpatient,NOWHERE,,,,
$EMPLOYEE,outpatient,,hypertension,,,
$EMPLOYEE,outpatient,,,2026-02-30,,
$EMPLOYEE,outpatient,,,2026-03-01,,
$EMPLOYEE,outpatient,,,,yesterday,
$EMPLOYEE,outpatient,,,,,moon
$EMPLOYEE,,,,,,
,outpatient,,,,,
$EMPLOYEE,outpatient
$CHILD,outpatient,,,,,
END
    run --separate-stderr issue requests.csv
    equal "$status" 1 status
    equal "${#lines[@]}" 2 "rows out"
    contains "${lines[1]}" "$CHILD"
    contains "$stderr" "requests.csv:2: iin: the control digit of the IIN does not match [CQ-R012]"
    contains "$stderr" "requests.csv:3: service: "
    contains "$stderr" "requests.csv:4: facility: the registry holds no such facility [CQ-R060]"
    contains "$stderr" "requests.csv:5: diagnosis: not an ICD-10 code [CQ-R062]"
    contains "$stderr" "requests.csv:6: planned_on: "
    contains "$stderr" "requests.csv:7: planned_on: the dates are not in order [CQ-R022]"
    contains "$stderr" "requests.csv:8: as_of: "
    contains "$stderr" "requests.csv:9: destination: "
    contains "$stderr" "requests.csv:10: service: a required value is missing [CQ-R004]"
    contains "$stderr" "requests.csv:11: iin: a required value is missing [CQ-R004]"
    contains "$stderr" "requests.csv:12: another number of fields"
    lacks "$stderr" "$EMPLOYEE"
    equal "$(messages "$stderr" | wc -l)" 11 "lines on standard error"
}

@test "who is not entitled gets no referral, and the status says so" {
    registry
    run --separate-stderr issue --iin=$APART --service=outpatient
    equal "$status" 1 status
    equal "${#lines[@]}" 1 "only the header"
    equal "$(messages "$stderr")" "cq-refer: not referred: not of the contingent: does not live with the employee (not_contingent: not_coresident) [CQ-R061]"
    equal "$(referrals)" 0
}

@test "a header without a required column is refused" {
    registry
    run --separate-stderr issue <<<"service"
    equal "$status" 3 status
    contains "$stderr" "iin [CQ-F002]"
    run --separate-stderr issue <<<"iin"
    equal "$status" 3 status
    contains "$stderr" "service [CQ-F002]"
    run --separate-stderr issue --service=outpatient <<<"iin"
    equal "$status" 0 "status with a default"
}

@test "an unknown column is told, with the nearest known name" {
    registry
    printf 'iin,diagnose,payer\n%s,,x\n' $EMPLOYEE >requests.csv
    run --separate-stderr issue --service=outpatient requests.csv
    equal "$status" 0 status
    equal "$(messages "$stderr")" "cq-refer: requests.csv:1: unknown column ignored: diagnose (diagnosis?) [CQ-W001]"
}

@test "someone who comes of age before the planned day is warned about" {
    registry
    run --separate-stderr issue --iin=$CHILD --service=outpatient --planned-on=2026-03-19
    equal "$stderr" "" "a day before"
    run --separate-stderr issue --iin=$CHILD --service=outpatient --profile= --planned-on=2026-03-20 \
        --as-of=2026-03-03
    equal "$status" 0 status
    equal "$(messages "$stderr")" "cq-refer: planned_on: turns 18 before the planned day (A-11) [CQ-W021]"
}

@test "a dry run gives out the next numbers and keeps nothing" {
    registry
    issue --dry-run --iin=$EMPLOYEE --service=outpatient >dry.csv
    equal "$(referrals)" 0
    issue --iin=$EMPLOYEE --service=outpatient >real.csv
    cmp dry.csv real.csv
}

@test "show tells every kind of wrong number, and shows the others in order" {
    registry
    printf 'iin\n%s\n%s\n' $EMPLOYEE $CHILD | issue --service=outpatient >out.csv
    local first second
    first=$(column number out.csv | sed -n 1p)
    second=$(column number out.csv | sed -n 2p)
    run --separate-stderr cq-refer show "$second" "${first%?}X" "$first"
    equal "$status" 1 status
    contains "$stderr" "cq-refer: 2: number: a referral number looks like CQ-RR-YYYY-NNNNNN-C [CQ-R065]"
    equal "$(tail -n +2 <<<"$output" | cut -d, -f1 | xargs)" "$second $first" order
    run --separate-stderr cq-refer show CQ-71-2026-000001-3
    equal "$status" 1 status
    contains "$stderr" "[CQ-R063]"
    run --separate-stderr cq-refer show CQ-00-0000-000572-4
    equal "$status" 1 status
    equal "$(messages "$stderr")" "cq-refer: CQ-00-0000-000572-4: the registry holds no such referral [CQ-R064]"
    equal "$(cq-refer show <out.csv)" "$(cat out.csv)" "numbers from a CSV"
    run --separate-stderr cq-refer show <<<"iin"
    equal "$status" 3 "no column number"
}

@test "list filters by state, facility and last day" {
    registry
    printf 'iin,planned_on\n%s,\n%s,2026-05-01\n' $EMPLOYEE $PENSIONER |
        issue --service=outpatient >out.csv
    equal "$(cq-refer list --facility=MVD-75 | column iin -)" $PENSIONER
    equal "$(cq-refer list --status=issued | tail -n +2 | wc -l)" 2
    equal "$(cq-refer list --status=accepted | tail -n +2 | wc -l)" 0
    equal "$(cq-refer list --overdue --as-of=2026-04-01 | tail -n +2 | wc -l)" 0 "on the last day"
    equal "$(cq-refer list --overdue --as-of=2026-04-02 | column iin -)" $EMPLOYEE
    equal "$(cq-refer list --overdue --as-of=2026-06-01 | tail -n +2 | wc -l)" 2
    equal "$(cq-refer list --known-at=2020-01-01 | wc -l)" 1 "before the first"
}

@test "the other formats" {
    registry
    run --separate-stderr issue --iin=$EMPLOYEE --service=outpatient --format=json
    contains "$output" '{"number":"CQ-71-2026-000001-4","status":"issued","iin":"'$EMPLOYEE'"'
    contains "$(cq-refer list --format=table)" "number "
}

@test "there is no registry" {
    export CQ_DB="$PWD/none.db"
    local action
    for action in "issue --iin=$EMPLOYEE --service=outpatient" list "show CQ-00-0000-000572-4"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr cq-refer $action
        equal "$status" 5 "status of $action"
        contains "$stderr" "[CQ-D008]"
    done
    [ ! -e none.db ]
}

@test "options of another action, unknown actions and wrong values are usage errors" {
    registry
    local words
    for words in "" "invent" "show --service=outpatient CQ-00-0000-000572-4" "list --iin=$EMPLOYEE" \
        "list 1" "issue --overdue" "issue --status=issued" "issue --iin=$EMPLOYEE file" \
        "issue one two" "list --status=lost" "issue --planned-on=soon" "issue --service=surgery" \
        "issue --diagnosis=flu" "issue --urgency=some"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr cq-refer $words </dev/null
        equal "$status" 2 "status of '$words'"
        equal "$output" "" "output of '$words'"
    done
}

@test "a broken row costs no other, an output that cannot be opened keeps all from being issued" {
    registry
    printf 'iin,service\n%s,outpatient\n"broken,outpatient\n%s,outpatient\n' $EMPLOYEE $CHILD >requests.csv
    run --separate-stderr issue requests.csv
    equal "$status" 1 status
    equal "$(referrals)" 2
    run --separate-stderr issue -o no/such/folder.csv --iin=$PENSIONER --service=outpatient
    equal "$status" 4 status
    equal "$(referrals)" 2 "referrals kept"
}

@test "an import can run while requests are waited for" {
    registry
    mkfifo requests
    issue --service=outpatient <requests >out.csv 2>err &
    local pid=$!
    exec 7>requests
    printf 'iin\n%s\n' $EMPLOYEE >&7
    sed 's/MVD-75/MVD-75-NEW/' facilities.csv >more.csv
    run cq-import -q --kind=facilities --as-of=$DAY --list-date=$DAY more.csv
    equal "$status" 0 "status of the import"
    printf '%s\n' $CHILD >&7
    exec 7>&-
    wait $pid
    equal "$(column iin out.csv | xargs)" "$EMPLOYEE $CHILD"
}
