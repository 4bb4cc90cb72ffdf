# cq-import --undo, --known-at and --dry-run: what was answered is answered again.

load helper

A=850315100006
B=850315100016
C=850315100704
HEAD=iin,last_name,first_name,birth_date,category,agency,residence,special_rank,sponsor_iin,relation,coresident
ROW_A=$A,Бірінші,Адам,1885-03-15,employee,internal_affairs,711110000,yes,,,
ROW_B=$B,Екінші,Адам,1885-03-15,pensioner,internal_affairs,591610000,,,,
ROW_C=$C,Бірінші,Бала,2015-03-15,family,internal_affairs,711110000,,$A,child,yes

list() {
    printf '%s\n' "$HEAD" "$@"
}

import() {
    cq-import -q --list-date="$1" "${@:2}"
}

# Everybody's answers on days before, between and after the lists.
answers() {
    local day
    for day in 2025-06-01 2026-01-15 2026-02-15 2026-03-15 2027-01-01; do
        cq-eligible --all --as-of=$day --service=inpatient "$@" || [ $? = 1 ]
    done
}

# Three runs: three people; A moves and B is gone; C is another category.
history() {
    export CQ_DB="$PWD/cq.db"
    list "$ROW_A" "$ROW_B" "$ROW_C" >1.csv
    list "${ROW_A/711110000/750000000}" "$ROW_C" >2.csv
    list "${ROW_C/family/child_of_fallen}" >3.csv
    import 2026-01-01 1.csv
    answers >answers.1
    import 2026-02-01 -m full -a internal_affairs 2.csv
    answers >answers.2
    import 2026-03-01 3.csv
    answers >answers.3
}

same() {
    cmp "$1" "$2" || fail "$3"
}

moment() {
    sqlite3 "$CQ_DB" "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') FROM run WHERE id = $1"
}

@test "undo of any run brings back the same answers for every person" {
    history
    cmp -s answers.1 answers.2 && fail "run 2 changed no answer"
    cmp -s answers.2 answers.3 && fail "run 3 changed no answer"
    cq-import -q --undo=3
    answers >now
    same now answers.2 "after undo of 3"
    cq-import -q --undo=2
    answers >now
    same now answers.1 "after undo of 2"
    cq-import -q --undo=5 # the undo of 2
    answers >now
    same now answers.2 "after undo of the undo"
    cq-import -q --undo=4
    answers >now
    same now answers.3 "after undo of both"
}

@test "a run in the middle is taken back where later ones touched other rows" {
    history
    cq-import -q --undo=2 # touched A and B; run 3 touched C
    answers >now
    cq-import -q --undo=3
    answers >without
    cq-eligible --as-of=2026-03-15 $C | grep -q ,family,
    same without answers.1 "after undo of 2 and 3"
    cmp -s now answers.3 && fail "undo of 2 changed nothing"
    [ "$(sqlite3 cq.db "SELECT group_concat(mode || coalesce(undoes, '')) FROM run")" = delta,full,delta,undo2,undo3 ]
}

@test "what has been taken back is not taken back again, however it came again" {
    history
    cq-import -q --undo=3
    run -3 --separate-stderr cq-import --undo=3
    # shellcheck disable=SC2154
    equal "$(messages "$stderr")" "cq-import: the run has been taken back already, by run 4 [CQ-F030]"
    import 2026-03-01 3.csv # run 5
    answers >now
    same now answers.3 "after the list came again"
    run -3 cq-import --undo=3
    contains "$output" CQ-F030
    answers >now
    same now answers.3 "after undo was refused"
    cq-import -q --undo=5
    run -3 cq-import --undo=5
    answers >now
    same now answers.2 "after undo of 5"
    cq-import -q --undo=4 # run 7: the undo of 3, so 3 is in force again
    answers >now
    same now answers.3 "after undo of 4"
    run -3 cq-import --undo=4
    contains "$output" "by run 7 [CQ-F030]"
    cq-import -q --undo=3 # run 8
    answers >now
    same now answers.2 "after another undo of 3"
    run -3 cq-import --undo=3
    contains "$output" "by run 8 [CQ-F030]"
    cq-report --as-of=2026-03-01 check >check.csv || [ $? = 1 ]
    contains "$(cat check.csv)" "run_undone_twice,error,ok,0,"
    equal "$(cq-report --as-of=2026-03-01 runs | cut -d, -f1,15,16 | sed 1d | paste -sd' ')" \
        "1,, 2,, 3,,8 4,3,7 5,,6 6,5, 7,4, 8,3,"
}

@test "a conflict is named and nothing is changed" {
    history
    sqlite3 cq.db .dump >before
    run -3 --separate-stderr cq-import --undo=1
    # shellcheck disable=SC2154
    equal "$(messages "$stderr")" "cq-import: a later run changed rows of this one: 3 / 3 (--undo=3) [CQ-F011]"
    equal "$output" ""
    run -2 --separate-stderr cq-import --undo=9
    contains "$stderr" "the registry holds no such run: 9 [CQ-D010]"
    for wrong in 0 -1 x 1x; do
        run -2 cq-import --undo=$wrong
    done
    run -2 cq-import --undo=1 1.csv
    run -3 cq-import --undo=3 --approve=x
    contains "$output" CQ-F009
    sqlite3 cq.db .dump >after
    cmp before after
}

@test "undo tells its counts, and a dry one keeps nothing" {
    history
    sqlite3 cq.db .dump >before
    run -0 --separate-stderr cq-import --undo=3 -n --summary=-
    contains "$output" '"run":0,"kind":"contingent","mode":"undo"'
    contains "$output" '"read":1,"accepted":1,"unchanged":0,"added":0,"changed":1,"ended":0,"rejected":0'
    contains "$output" '"dry_run":true'
    equal "$(messages "$stderr")" "cq-import: run 3 can be taken back: 1 rows"
    sqlite3 cq.db .dump >after
    cmp before after
    run -0 --separate-stderr cq-import --undo=3
    equal "$(messages "$stderr")" "cq-import: run 3 taken back: 1 rows; this is run 4"
}

@test "--known-at shows the registry as of any moment, before and after an undo" {
    history
    cq-import -q --undo=3
    cq-import -q --undo=2
    for run in 1 2 3; do
        answers --known-at="$(moment $run)" >now
        same now answers.$run "known at run $run"
    done
    answers --known-at="$(moment 5)" >now
    same now answers.1 "known at the undo"
    answers --known-at=2020-01-01T00:00:00Z >now
    equal "$(sort -u now | wc -l)" 1 "known before the first run: the header alone"
}

@test "--known-at on every report and on referrals" {
    history
    people() { cq-report contingent --by=category --as-of=2026-03-15 "$@" | grep -v '^total' | sort; }
    people >reported.3
    cq-import -q --undo=3
    cq-import -q --undo=2
    people --known-at="$(moment 3)" >now
    same now reported.3 "report known at run 3"
    people >now
    cmp -s now reported.3 && fail "the undo changed no count"
    equal "$(cq-report runs --known-at="$(moment 2)" | tail -n +2 | wc -l)" 2 "runs known at run 2"
    # A referral exists from its moment on.
    printf '%s\n' facility,owner,kato,service M,mvd,711110000,outpatient >f.csv
    import 2026-01-01 -k facilities f.csv
    cq-refer issue --as-of=2026-03-15 --iin=$A --service=outpatient >referral.csv
    number=$(sed -n 2p referral.csv | cut -d, -f1)
    equal "$(cq-refer list --known-at="$(moment 6)" | tail -n +2)" "" "list before"
    run -1 cq-refer show --known-at="$(moment 6)" "$number"
    equal "$(cq-refer list --known-at=2099-01-01T00:00:00Z)" "$(cq-refer list)" "list after"
    cq-refer show --known-at=2099-01-01T00:00:00Z "$number" | grep -q "$number"
}

@test "a run is dated when the registry is its own, not when its program began" {
    history
    mkfifo pipe
    cq-import -q --list-date=2026-04-01 pipe 3>&- &
    exec 9>pipe
    list "${ROW_B/591610000/711110000}" >&9
    sleep 0.2
    between=$(date -u +%FT%T.%3NZ)
    equal "$(cq-report runs --known-at="$between" | tail -n +2 | wc -l)" 3 "runs in between"
    sleep 0.01
    exec 9>&-
    wait $!
    equal "$(sqlite3 cq.db "SELECT max(id) FROM run")" 4 "runs"
    equal "$(cq-report runs --known-at="$between" | tail -n +2 | wc -l)" 3 "the same, asked later"
}

@test "a dry run tells what the real run does, to the byte" {
    history
    list "${ROW_A/yes/no}" "${ROW_B/Екінші/Eкінші}" "$A,x" "${ROW_C/2015-03-15/2015-13-15}" >4.csv
    take() {
        cq-import --list-date=2026-04-01 --max-bad=100 --rejects="$1.rejects" --changes="$1.changes" \
            --summary="$1.summary" "${@:2}" 4.csv 2>"$1.said" || [ $? = 1 ]
        sed -i 's/"run":[0-9]*,//; s/"dry_run":[a-z]*,"seconds":[0-9.]*//' "$1.summary"
    }
    sqlite3 cq.db .dump >before
    take dry -n
    sqlite3 cq.db .dump >after
    cmp before after
    take real
    for part in rejects changes summary said; do
        [ -s dry.$part ]
        same dry.$part real.$part "$part"
    done
    contains "$(cat dry.summary)" '"read":4,"accepted":2,"unchanged":0,"added":0,"changed":2,"ended":0,"rejected":2'
}
