# The life of a referral: moves in turn and out of turn, one by one and in batches, admission
# checked against the right of the day, many writers at once, crashes.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# allowed_in STATE: what the message says the state allows.
allowed_in() {
    case $1 in
    issued) echo "accept, reject, cancel, expire" ;;
    accepted) echo "admit, cancel, expire" ;;
    admitted) echo "complete" ;;
    esac
}

# status_of NUMBER
status_of() {
    cq-refer show "$1" | column status -
}

one() {
    issue --iin=$EMPLOYEE --service=outpatient | column number -
}

@test "every walk through the states is as an independent table says" {
    registry
    # The table of legal moves, written down a second time.
    local table='issued:accept:accepted issued:reject:rejected issued:cancel:cancelled
        issued:expire:expired accepted:admit:admitted accepted:cancel:cancelled
        accepted:expire:expired admitted:complete:completed'
    local path number state action next word day
    local -i walk=0
    for path in "accept admit complete" "reject" "cancel" "expire" "accept cancel" "accept expire" \
        "accept reject" "admit" "complete" "accept admit cancel" "accept admit expire" \
        "reject accept" "accept admit complete complete" "cancel accept" "expire admit" "accept accept"; do
        walk+=1
        printf -v day '2026-03-%02d' $walk
        number=$(cq-refer issue --as-of="$day" --iin=$EMPLOYEE --service=outpatient | column number -)
        state=issued
        for action in $path; do
            next=
            for word in $table; do
                [ "${word%:*}" != "$state:$action" ] || next=${word##*:}
            done
            run --separate-stderr cq-refer "$action" --as-of=2026-09-01 "$number"
            if [ -n "$next" ]; then
                equal "$status" 0 "status of $action from $state"
                equal "$(column status - <<<"$output")" "$next"
                state=$next
            else
                equal "$status" 3 "status of $action from $state"
                equal "$(messages "$stderr")" "cq-refer: $number: this move is not allowed; in brackets are those that are: \
$action, $state ($(allowed_in "$state")) [CQ-F013]"
                equal "${#lines[@]}" 1 "rows out"
            fi
            equal "$(status_of "$number")" "$state" "state after $action"
        done
    done
    run cq-refer verify
    equal "$status" 0 verify
}

@test "a pipe from the question to the admission works as it stands" {
    registry
    printf '%s\n' iin $EMPLOYEE $PENSIONER $CHILD |
        cq-eligible -s outpatient --as-of=$DAY | issue | cq-refer accept --as-of=$DAY |
        cq-refer admit --as-of=$DAY | cq-refer complete --as-of=$DAY >out.csv 2>err
    equal "$(cat err)" "" stderr
    equal "$(column status out.csv | uniq -c | xargs)" "3 completed"
}

@test "in a batch legal moves are made and the others named" {
    registry
    printf 'iin\n%s\n%s\n%s\n' $EMPLOYEE $PENSIONER $CHILD | issue --service=outpatient >out.csv
    local first second third
    first=$(column number out.csv | sed -n 1p)
    second=$(column number out.csv | sed -n 2p)
    third=$(column number out.csv | sed -n 3p)
    cq-refer reject --as-of=$DAY --reason=full "$second" >/dev/null
    run --separate-stderr cq-refer accept --as-of=$DAY <out.csv
    equal "$status" 3 status
    equal "$(column number - <<<"$output" | xargs)" "$first $third" "numbers moved"
    contains "$stderr" "cq-refer: $second: this move is not allowed"
    contains "$stderr" ": accept, rejected () [CQ-F013]"
    cat >moves.csv <<END
number,on,reason
$first,2026-03-04,arrived
$third,2026-02-01,too early
CQ-71-2026-000001-3,,
CQ-00-0000-000572-4,,
$third,soon,
END
    run --separate-stderr cq-refer admit --as-of=2026-03-05 moves.csv
    equal "$status" 1 "operands are numbers, not files"
    run --separate-stderr cq-refer admit --as-of=2026-03-05 <moves.csv
    equal "$status" 1 status
    equal "$(column number - <<<"$output")" "$first"
    contains "$stderr" "$third: on: the dates are not in order [CQ-R022]"
    contains "$stderr" "-:4: number: the check character"
    contains "$stderr" "CQ-00-0000-000572-4: the registry holds no such referral [CQ-R064]"
    contains "$stderr" "-:6: on: "
}

@test "a move happened on a day that can be, and is made on what is known now" {
    registry
    local number known
    number=$(one)
    # A day that was named, as --on or as --as-of, is not before that of the last move.
    for day in --on=2026-03-01 --as-of=2026-03-01; do
        run --separate-stderr cq-refer accept $day "$number"
        equal "$status" 1 "$day"
        contains "$stderr" "$number: on: the dates are not in order [CQ-R022]"
    done
    # A slip of the year.
    run --separate-stderr cq-refer accept --as-of=2026-03-03 --on=2062-03-03 "$number"
    equal "$status" 1
    contains "$stderr" "[CQ-R083]"
    run --separate-stderr cq-refer accept --as-of=2026-03-03 <<<"number,on
$number,2027-03-05"
    equal "$status" 1
    contains "$stderr" "[CQ-R083]"
    cq-refer accept --as-of=2026-03-03 --on=2026-04-03 "$number" >/dev/null
    # Who has left is not admitted on what was known before.
    sleep 0.01
    known=$(date -u +%Y-%m-%dT%H:%M:%S.%NZ | cut -c1-23)Z
    printf 'iin,last_name,first_name,birth_date,category,agency,valid_to\n%s,Бірінші,Адам,1985-03-15,employee,internal_affairs,2026-04-01\n' \
        $EMPLOYEE >left.csv
    sleep 0.01
    import_list contingent left.csv 2026-02-01
    run --separate-stderr cq-refer admit --as-of=2026-04-04 "$number"
    equal "$status" 3
    run --separate-stderr cq-refer admit --as-of=2026-04-04 --known-at="$known" "$number"
    equal "$status" 2
    contains "$stderr" "admit, --known-at"
    run --separate-stderr cq-refer admit -n --as-of=2026-04-04 --known-at="$known" "$number"
    equal "$status" 0
    equal "$(cq-refer show "$number" | column status -)" accepted
}

@test "every move keeps who, when and why" {
    registry
    local number
    number=$(one)
    cq-refer accept --as-of=2026-03-03 "$number" >/dev/null
    cq-refer cancel --referrer="Ward 3" --as-of=2026-03-09 --reason="moved away" "$number" >/dev/null
    equal "$(sqlite3 "$CQ_DB" "SELECT date(day * 86400, 'unixepoch'), status, coalesce(reason, '-')
        FROM referral_event ORDER BY place")" "2026-03-02|0|-
2026-03-03|1|-
2026-03-09|5|moved away"
    equal "$(sqlite3 "$CQ_DB" "SELECT count(*) FROM referral_event WHERE actor = '$(id -un)'")" 2
    equal "$(sqlite3 "$CQ_DB" "SELECT actor FROM referral_event WHERE place = 3")" "Ward 3"
    equal "$(sqlite3 "$CQ_DB" "SELECT group_concat(action) FROM audit WHERE action <> 'import'")" \
        "issue,accept,cancel"
}

@test "a dry run moves nothing" {
    registry
    local number
    number=$(one)
    equal "$(cq-refer accept -n "$number" | column status -)" accepted
    equal "$(status_of "$number")" issued
    equal "$(sqlite3 "$CQ_DB" "SELECT count(*) FROM audit WHERE action = 'accept'")" 0
}

@test "expire ends what is overdue, and only that" {
    registry
    printf 'iin,planned_on\n%s,\n%s,2026-05-01\n' $EMPLOYEE $PENSIONER | issue --service=outpatient >out.csv
    local first second
    first=$(column number out.csv | sed -n 1p)
    second=$(column number out.csv | sed -n 2p)
    equal "$(cq-refer expire --as-of=2026-04-01 | tail -n +2)" "" "on the last day"
    run --separate-stderr cq-refer expire --as-of=2026-04-02 "$second"
    equal "$status" 3 status
    contains "$stderr" "$second: this move is not allowed"
    contains "$stderr" ": expire, valid_until (accept, reject, cancel, expire) [CQ-F013]"
    # A list is not read: who wants to end some names them.
    equal "$(cq-refer expire --as-of=2026-04-02 <out.csv | column number -)" "$first"
    equal "$(cq-refer expire --as-of=2026-04-02 | tail -n +2)" "" "again"
    cq-refer accept --as-of=2026-05-01 "$second" >/dev/null
    cq-refer admit --as-of=2026-05-01 "$second" >/dev/null
    equal "$(cq-refer list --overdue --as-of=2027-01-01 | tail -n +2)" "" "admitted is not overdue"
    equal "$(cq-refer expire --as-of=2027-01-01 | tail -n +2)" "" "admitted does not expire"
}

@test "admission asks again, and goes on only despite what has changed" {
    registry
    local number child
    child=$(cq-refer issue --as-of=$DAY --iin=$CHILD --service=outpatient --planned-on=2026-03-25 \
        2>/dev/null | column number -)
    number=$(one)
    cq-refer accept --as-of=$DAY "$number" "$child" >/dev/null
    run --separate-stderr cq-refer admit --as-of=$DAY "$number"
    equal "$status" 0 "nothing changed"
    sed "s/^\($CHILD,.*\),yes,711110000,/\1,no,711110000,/" people.csv >moved.csv
    import_list contingent moved.csv 2026-03-10
    run --separate-stderr cq-refer admit --as-of=2026-03-25 "$child"
    equal "$status" 3 status
    contains "$stderr" "$child: the right is not what was frozen: "
    contains "$stderr" "outcome: eligible > not_contingent; reasons:  > not_coresident"
    contains "$stderr" "[CQ-F014]"
    equal "$(status_of "$child")" accepted
    run --separate-stderr cq-refer admit --as-of=2026-03-25 --despite=- "$child"
    equal "$status" 3 "a dash is no reason"
    run --separate-stderr cq-refer admit --as-of=2026-03-25 --despite="agreed by phone" "$child"
    equal "$status" 1 "admitted, with a finding"
    contains "$stderr" "[CQ-F014]"
    equal "$(status_of "$child")" admitted
    equal "$(sqlite3 "$CQ_DB" "SELECT despite FROM referral_event ORDER BY place DESC LIMIT 1")" "agreed by phone"
    contains "$(sqlite3 "$CQ_DB" "SELECT differs FROM referral_event ORDER BY place DESC LIMIT 1")" "not_coresident"
    run cq-refer verify
    equal "$status" 0 verify
}

@test "care under the condition of consent is not begun without one" {
    registry
    printf 'facility,owner,kato,service\nPSY-71,mental_health,711110000,mental_health\n' >psy.csv
    import_list facilities psy.csv
    run --separate-stderr issue --iin=$EMPLOYEE --service=mental_health
    equal "$status" 0 status
    contains "$stderr" "consent: issued, but still to be recorded: HC:166.2 [CQ-W026]"
    local number
    number=$(column number - <<<"$output")
    cq-refer accept --as-of=$DAY "$number" >/dev/null
    run --separate-stderr cq-refer admit --as-of=$DAY "$number"
    equal "$status" 3 status
    contains "$stderr" "before this is recorded, which may be done with this move: consent (HC:166.2) [CQ-F040]"
    run --separate-stderr cq-refer admit --as-of=$DAY --consent=no "$number"
    equal "$status" 3 "consent denied"
    run --separate-stderr cq-refer admit --as-of=$DAY --consent "$number"
    equal "$status" 0 "with consent"
    equal "$(sqlite3 "$CQ_DB" "SELECT consent FROM referral_event ORDER BY place DESC LIMIT 1")" 1
    run --separate-stderr issue --iin=$PENSIONER --service=mental_health --consent
    equal "$status" 0 "status with consent"
    lacks "$stderr" consent
    run --separate-stderr issue --iin=$CHILD --service=mental_health --consent=no
    equal "$status" 1 "consent denied"
    contains "$stderr" "written consent is needed (conditional: consent) [CQ-R061]"
}

@test "eight writers at once leave no gap and give no number twice" {
    registry
    local i
    "$CQ_TOOLS/gen" contingent 1200 --seed=3 >generated.csv
    import_list contingent generated.csv
    cut -d, -f1 generated.csv | tail -n +2 >iins
    local pids=()
    for i in 0 1 2 3 4 5 6 7; do
        {
            echo iin,service
            awk -v i="$i" 'NR % 8 == i { print $0 ",outpatient" }' iins
        } >"requests$i.csv"
        issue --indication=x "requests$i.csv" >"out$i.csv" 2>"err$i" &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        wait "$i" || [ $? -eq 1 ] || fail "a writer failed: $(cat err*)"
    done
    local issued
    issued=$(referrals)
    [ "$issued" -gt 100 ] || fail "only $issued referrals"
    equal "$(tail -qn +2 out?.csv | cut -d, -f1 | sort -u | wc -l)" "$issued" "numbers"
    equal "$(sqlite3 "$CQ_DB" "SELECT count(*) FROM (SELECT count(*) AS n, max(serial) AS last
        FROM referral GROUP BY region, year) WHERE n <> last")" 0 "regions with gaps"
    run cq-refer verify
    equal "$status" 0 verify
}

# The program is killed in place of its Nth write, for every N: it is always at work then, at the
# journal, the registry or its answers.
@test "a writer that is killed leaves no half referral" {
    local n status issued last=0 hits=0 rolled=0 between=0
    build_fault
    registry
    "$CQ_TOOLS/gen" contingent 60 --seed=5 >generated.csv
    import_list contingent generated.csv
    cut -d, -f1 generated.csv >requests.csv
    cp "$CQ_DB" before.db
    for ((n = 1; n < 1000; n++)); do
        cp before.db "$CQ_DB"
        rm -f "$CQ_DB-journal"
        status=0
        killed_at $n cq-refer issue --as-of=$DAY --service=outpatient --indication=x requests.csv \
            >out 2>/dev/null || status=$?
        [ $status -ne 1 ] || break # it came to its end
        equal "$status" 137 "status at write $n"
        hits=$((hits + 1))
        [ ! -s "$CQ_DB-journal" ] || rolled=$((rolled + 1))
        equal "$(sqlite3 "$CQ_DB" "SELECT (SELECT count(*) FROM referral) =
            (SELECT count(DISTINCT referral) FROM referral_event) AND
            (SELECT events FROM referral_chain) = (SELECT count(*) FROM referral_event)")" 1 \
            "a referral, an event"
        equal "$(sqlite3 "$CQ_DB" 'PRAGMA integrity_check')" ok "write $n"
        run --separate-stderr cq-refer verify
        equal "$status" 0 "verify after write $n: $output"
        issued=$(sqlite3 "$CQ_DB" 'SELECT count(*) FROM referral')
        [ "$issued" -ge "$last" ] || fail "$issued referrals at write $n, $last before"
        [ "$issued" -eq "$last" ] || between=$((between + 1))
        [ "$(tail -n +2 out | wc -l)" -le "$issued" ] || fail "told before it was issued"
        last=$issued;
    done
    [ $hits -ge 12 ] && [ $rolled -ge 4 ] && [ $between -ge 1 ] ||
        fail "killed $hits times, $rolled with a journal, $between with more referrals than before"
}

@test "a reader that leaves early changes nothing of what was issued" {
    registry
    printf 'iin\n%s\n%s\n%s\n' $EMPLOYEE $PENSIONER $CHILD | issue --service=outpatient 2>err | head -n 1 >out
    equal "$(cat err)" "" stderr
    equal "$(referrals)" 3
    cq-refer list | cq-refer accept --as-of=$DAY | head -n 1 >out
    equal "$(cq-refer list --status=accepted | tail -n +2 | wc -l)" 3
}
