# Registries of earlier schemas: opened, upgraded by numbered steps, kept as they were beside.
# tests/data/v1 is a registry as the programs of version 1 made it, and its lists.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

DAY=2026-04-21
V1="$TOP/tests/data/v1"

# old [FILE]: a registry of version 1.
old() {
    sqlite3 -init /dev/null "${1-cq.db}" <"$V1/registry.sql"
    chmod 640 "${1-cq.db}"
    export CQ_DB="$PWD/cq.db"
}

# dump FILE: all that is in a registry, with its ids.
dump() {
    sqlite3 -init /dev/null -readonly "$1" "PRAGMA application_id; PRAGMA user_version; PRAGMA integrity_check" .dump
}

version() {
    sqlite3 -init /dev/null -readonly cq.db "PRAGMA user_version"
}

# rows FILE COLUMNS...: every row of every table, by the columns that version 1 has.
rows() {
    local table
    sqlite3 -init /dev/null :memory: ".read $V1/registry.sql" \
        "SELECT m.name || ' ' || group_concat(c.name, ', ') FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS c
            WHERE m.type = 'table' GROUP BY m.name" >tables
    while read -r table columns; do
        echo "== $table"
        sqlite3 -init /dev/null -readonly -quote "$1" "SELECT $columns FROM $table ORDER BY id"
    done <tables
}

# files: what is in the folder of the registry.
files() {
    find . -maxdepth 1 -name 'cq.db*' -printf '%f %m\n' | sort | tr '\n' ' '
}

@test "the first program that opens an older registry upgrades it and keeps a copy" {
    local program
    old before.db
    dump before.db >before
    rows before.db >rows
    for program in "cq-report runs" "cq-eligible --as-of=$DAY 850315100006" "cq-refer list" \
        "cq-import --as-of=$DAY --list-date=$DAY --kind=cards $V1/cards.csv" \
        "cq-import --dry-run --as-of=$DAY --list-date=$DAY $V1/people.csv" \
        "cq-report person --iin=850315100006" "cq-refer expire --as-of=2026-03-05"; do
        rm -f cq.db*
        cp -p before.db cq.db
        run --separate-stderr env CQ_DB=cq.db $program
        [ "$status" -lt 3 ] || fail "$program: status $status: $stderr"
        equal "${stderr_lines[0]}" \
            "${program%% *}: cq.db: upgraded from schema 1; as it was, it is kept in $PWD/cq.db.v1"
        equal "$(files)" "cq.db 640 cq.db.v1 600 " "$program"
        dump cq.db.v1 >kept
        cmp kept before
        equal "$(version)" 5
        case $program in
        cq-report\ runs | cq-eligible* | *list | *--dry-run*)
            rows cq.db >now
            cmp now rows
            ;;
        esac
        run --separate-stderr env CQ_DB=cq.db $program
        lacks "$stderr" upgraded
        equal "$(files)" "cq.db 640 cq.db.v1 600 " "$program again"
    done
}

@test "the message of an upgrade is in three languages, and -q is silent" {
    local words language
    for words in "en:upgraded from schema 1" "ru:обновлён со схемы 1" "kk:1-схемадан жаңартылды"; do
        language=${words%%:*}
        rm -f cq.db*
        old
        run --separate-stderr cq-report runs --lang="$language"
        contains "$stderr" "${words#*:}"
        contains "$stderr" "$PWD/cq.db.v1"
    done
    rm -f cq.db*
    old
    run --separate-stderr cq-report runs -q
    equal "$stderr" ""
    equal "$(files)" "cq.db 640 cq.db.v1 600 "
}

@test "what an older registry held is found whole, and means the same" {
    local view
    old
    cp cq.db before.db
    # The words are those of the views that version 1 made itself. It knew that paid care was asked
    # for, and not from what.
    for view in person_now referral_now; do
        sqlite3 -init /dev/null -readonly -csv before.db "SELECT group_concat(name) FROM pragma_table_info('$view')" |
            tr -d '"\r' | sed 's/,paid,/,/' >$view.columns
        sqlite3 -init /dev/null -readonly -csv -header before.db "SELECT $(cat $view.columns) FROM $view ORDER BY id" >$view.before
    done
    cq-refer verify >found 2>said
    equal "$(cat found)" number,finding,detail
    contains "$(cat said)" "16 referrals were decided on the facts of earlier law tables"
    for view in person_now referral_now; do
        sqlite3 -init /dev/null -readonly -csv -header cq.db "SELECT $(cat $view.columns) FROM $view ORDER BY id" >$view.now
        cmp $view.now $view.before
        [ "$(wc -l <$view.now)" -gt 15 ] || fail "only $(wc -l <$view.now) rows of $view"
    done
    cq-refer list | tail -n +2 | cut -d, -f1-8 | sort >list
    tail -n +2 referral_now.before | cut -d, -f1-8 | tr -d '\r"' | sort | cmp - list
    run --separate-stderr cq-report audit --verify
    equal "$status" 0
    run cq-report check --as-of=$DAY
    equal "$(grep -E ',error,found|^referral_(verify|earlier)|^audit_chain' <<<"$output" | cut -d, -f1-4 | sort)" \
        "audit_chain,error,ok,0
referral_earlier,notice,found,16
referral_verify,error,ok,0"
    # A referral that somebody changed is no earlier one.
    sqlite3 cq.db "UPDATE referral SET payer = 'budget' WHERE payer = 'own_funds'"
    run -1 cq-refer verify -q
    equal "${lines[1]}" CQ-59-2026-000004-4,seal,
    sqlite3 cq.db "UPDATE referral SET receipt = replace(receipt, '1:', '2:') WHERE payer = 'budget'"
    run cq-refer verify -q
    contains "$output" ,seal,
}

@test "referrals of an older registry are read, printed and moved on" {
    local number format
    old
    number=$(sqlite3 cq.db "SELECT number FROM referral_now WHERE iin = '120320100001'")
    cq-refer list -q >list
    equal "$(wc -l <list)" 17
    for format in csv json table fhir; do
        cq-refer show --format=$format "$number" >shown
        contains "$(cat shown)" 120320100001
    done
    for language in kk ru en; do
        cq-refer print --lang=$language "$number" >form.html
        contains "$(cat form.html)" "$number"
    done
    cq-refer accept -q --as-of=2026-03-10 "$number" >/dev/null
    cq-refer admit -q --as-of=2026-03-11 "$number" >/dev/null
    cq-refer verify -q
    run -0 cq-report audit --verify
    # A new one is decided on the facts of today and verified by deciding again.
    cq-refer issue -q --as-of=$DAY --service=outpatient --iin=600704200006 >/dev/null
    run --separate-stderr cq-refer verify -v
    equal "$status" 0
    contains "$stderr" "17 referrals verified, 0 findings"
    contains "$stderr" "16 referrals were decided on the facts of earlier"
}

@test "the same list again says unchanged, in whichever version it was imported" {
    local kind
    old
    hashes() {
        for kind in person facility insurance presidential card; do
            sqlite3 cq.db "SELECT '$kind', id, hash FROM $kind ORDER BY id"
        done
    }
    hashes >before
    # The list of the others has not changed since; that of internal affairs is of February.
    grep -v ,internal_affairs, "$V1/people.csv" >others.csv
    for kind in facilities insurance presidential cards; do
        cq-import -q --kind=$kind --as-of=$DAY --list-date=$DAY --summary=$kind.json "$V1/$kind.csv"
        contains "$(tr -d ' ' <$kind.json)" '"added":0,"changed":0,"ended":0'
        contains "$(tr -d ' ' <$kind.json)" "\"unchanged\":$(($(wc -l <"$V1/$kind.csv") - 1))"
    done
    cq-import -q --as-of=$DAY --list-date=$DAY --summary=people.json others.csv
    contains "$(tr -d ' ' <people.json)" "\"unchanged\":$(($(wc -l <others.csv) - 1))"
    contains "$(tr -d ' ' <people.json)" '"added":0,"changed":0,"ended":0'
    cq-import -q --as-of=$DAY --list-date=$DAY -a internal_affairs -m full --summary=people.json \
        "$V1/february.csv"
    contains "$(tr -d ' ' <people.json)" '"unchanged":9'
    contains "$(tr -d ' ' <people.json)" '"added":0,"changed":0,"ended":0'
    hashes | cmp - before # nor is anything compared anew
    # What is new can be stated from now on.
    awk -F, -v OFS=, 'NR == 1 { print $0, "student_until" } $1 == "030515100002" { print $0, "2026-06-30" }' \
        "$V1/people.csv" >student.csv
    cq-import -q --as-of=$DAY --list-date=$DAY --changes=changes.csv student.csv
    contains "$(cat changes.csv)" 030515100002,student_until,,2026-06-30
    equal "$(sqlite3 cq.db "SELECT student_until FROM person_now WHERE iin = '030515100002'")" 2026-06-30
}

@test "a run of before the upgrade is taken back after it" {
    old
    cq-import -q --undo=6
    equal "$(sqlite3 cq.db "SELECT residence FROM person_now WHERE iin = '600704200006'")" 750000000
    equal "$(sqlite3 cq.db "SELECT count(*) FROM person_now WHERE iin = '970413200007'")" 1
    run cq-report check --as-of=$DAY
    lacks "$output" error,found
}

@test "a copy that is there is not overwritten" {
    old
    cp cq.db before.db
    echo mine >cq.db.v1
    chmod 644 cq.db.v1
    cq-report runs -q >/dev/null
    equal "$(cat cq.db.v1)" mine
    dump before.db >before
    dump cq.db.v1.2 | cmp - before
    cp before.db cq.db # brought back, and upgraded again
    run --separate-stderr cq-report runs
    contains "$stderr" "cq.db.v1.3"
    equal "$(files)" "cq.db 640 cq.db.v1 644 cq.db.v1.2 600 cq.db.v1.3 600 "
    # A dangling link is a name that is taken, too; a link in place of the file itself is not touched.
    rm -f cq.db*
    cp before.db cq.db
    ln -s elsewhere cq.db.v1
    ln -s victim cq.db.part
    echo victim >victim
    cq-report runs -q >/dev/null
    [ -L cq.db.v1 ] && [ ! -e elsewhere ] && [ ! -e cq.db.part ] || fail "$(ls -l)"
    equal "$(cat victim)" victim
    dump cq.db.v1.2 | cmp - before
}

@test "a registry behind a link has its copy beside itself" {
    mkdir store
    old store/people.db
    ln -s store/people.db cq.db
    cq-report runs -q >/dev/null
    equal "$(find . -name '*.v1')" ./store/people.db.v1
    [ -L cq.db ] || fail "the link is gone"
}

@test "a registry of a newer schema is refused, and left alone" {
    old
    sqlite3 cq.db "PRAGMA user_version = 6"
    cp cq.db before.db
    for program in "cq-report runs" "cq-refer list" "cq-import $V1/people.csv"; do
        run --separate-stderr $program
        equal "$status" 5
        contains "$stderr" "the registry was made by a newer cq: schema 6 [CQ-D003]"
    done
    cmp cq.db before.db
    equal "$(files)" "cq.db 640 "
}

# as_other PROGRAM...: as a user whom modes bind.
as_other() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

@test "a registry that may not be written is refused, and left alone" {
    local program where=/tmp/cq-migrate-$$
    mkdir $where
    old $where/cq.db
    export CQ_DB=$where/cq.db
    chmod 444 $where/cq.db
    chmod 555 $where
    cp $CQ_DB before.db
    as_other cq-report --version >/dev/null 2>&1 || skip "another user cannot run the programs"
    for program in "cq-report runs" "cq-import $V1/people.csv" "cq-refer expire"; do
        run --separate-stderr as_other $program
        equal "$status" 5
        contains "$stderr" "this user may not write it [CQ-D009]"
    done
    chmod 666 $where/cq.db # the file may be written, but nothing beside it
    for program in "cq-report runs" "cq-import $V1/people.csv" "cq-refer expire"; do
        run --separate-stderr as_other $program
        equal "$status" 4
        contains "$stderr" "no copy of it can be kept beside it before it is upgraded: Permission denied [CQ-D011]"
    done
    cmp $CQ_DB before.db
    equal "$(ls $where)" cq.db
    chmod 755 $where
    cq-report runs -q >/dev/null
    equal "$(ls $where)" "cq.db
cq.db.v1"
    rm -r $where
}

teardown() {
    [ -z "${holder:-}" ] || kill "$holder" 2>/dev/null || true
    [ ! -d "/tmp/cq-migrate-$$" ] || rm -r "/tmp/cq-migrate-$$"
}

# hold SQL: another program, which has done that and stays until release.
hold() {
    [ -p commands ] || mkfifo commands
    rm -f held
    sqlite3 -init /dev/null "$CQ_DB" <commands >held 2>&1 3>&- &
    holder=$!
    exec 8>commands
    echo "$1; SELECT 'held';" >&8
    until grep -q held held; do
        kill -0 $holder || fail "no holder"
        sleep 0.02
    done
}

release() {
    echo "${1-}" >&8
    exec 8>&-
    wait "$holder"
    holder=
}

@test "who writes or reads meanwhile is waited for, and nothing is left where it lasts" {
    old
    cp cq.db before.db
    hold "BEGIN IMMEDIATE"
    run --separate-stderr cq-import --wait=0 "$V1/people.csv"
    equal "$status" 5
    contains "$stderr" "the registry is locked: pid $holder"
    cmp cq.db before.db
    cq-import -q --as-of=$DAY --list-date=$DAY --wait=20 --kind=cards "$V1/cards.csv" 3>&- 8>&- &
    waiter=$!
    sleep 0.3
    kill -0 $waiter || fail "it did not wait"
    release "ROLLBACK;"
    wait $waiter
    equal "$(version)" 5
    # A reader in the middle of its transaction.
    rm -f cq.db*
    cp before.db cq.db
    hold "BEGIN; SELECT count(*) FROM person"
    run --separate-stderr cq-import --wait=0 "$V1/people.csv"
    equal "$status" 5
    contains "$stderr" "the registry is locked: pid $holder"
    cmp cq.db before.db
    equal "$(files)" "cq.db 640 "
    release
}

@test "the copy is what was committed, with another journal and other readers too" {
    old
    sqlite3 cq.db "PRAGMA journal_mode = WAL" >/dev/null
    hold "PRAGMA wal_autocheckpoint = 0; BEGIN; SELECT count(*) FROM person"
    # Committed while a reader holds the pages of before: it is in the journal alone.
    sqlite3 -init /dev/null cq.db "PRAGMA wal_autocheckpoint = 0" \
        "UPDATE person SET line = 4711" >/dev/null
    [ -s cq.db-wal ] || fail "no journal"
    dump cq.db >before
    run --separate-stderr cq-refer list
    equal "$status" 0
    contains "$stderr" "upgraded from schema 1"
    dump cq.db.v1 >kept
    cmp kept before
    grep -q ",4711," kept || fail "what was committed last is not in the copy"
    equal "$(stat -c %a cq.db.v1)" 600
    equal "$(version)" 5
    release "SELECT 'later', count(*) FROM person WHERE line = 4711; COMMIT;"
    equal "$(tail -n 1 held)" "later|0" "what the reader sees"
    cq-report check --as-of=$DAY >checked || [ $? = 1 ]
    lacks "$(cat checked)" error,found
}

@test "of many programs at once one upgrades, and the others find it done" {
    local i
    for _ in 1 2 3; do
        rm -f cq.db* said.*
        old
        for i in 1 2 3 4 5 6 7 8; do
            case $((i % 3)) in
            0) cq-report runs ;;
            1) cq-refer list ;;
            2) cq-import --as-of=$DAY --list-date=$DAY --kind=cards --wait=30 "$V1/cards.csv" ;;
            esac >out.$i 2>said.$i 3>&- &
        done
        for i in $(jobs -p); do
            wait "$i" || fail "$(cat said.*)"
        done
        equal "$(cat said.* | grep -c upgraded)" 1
        equal "$(files)" "cq.db 640 cq.db.v1 600 "
        equal "$(version)" 5
    done
}

# Everything that a program writes, from the first call to the last: it is killed there, or the
# call fails. The registry is whole then, as before or as after, and the next program goes on.
@test "an upgrade that is killed anywhere leaves the old registry or the new one" {
    local n
    build_fault
    old before.db
    cp before.db cq.db
    CQ_DB=$PWD/cq.db
    cq-report runs -q >/dev/null
    dump before.db >before
    dump cq.db >after
    for n in $(seq 1 300); do
        rm -f cq.db*
        cp before.db cq.db
        if killed_at "$n" cq-report runs -q >/dev/null 2>&1; then break; fi
        if [ -e cq.db.v1 ]; then dump cq.db.v1 | cmp - before; fi
        sqlite3 -init /dev/null cq.db "PRAGMA user_version" >said # rolls back
        case $(cat said) in
        1) dump cq.db | cmp - before ;;
        5) dump cq.db | cmp - after && [ -e cq.db.v1 ] ;;
        *) fail "kill at $n: $(cat said)" ;;
        esac
        cat said >>versions
        cq-report runs -q >/dev/null
        dump cq.db | cmp - after
        dump cq.db.v1 | cmp - before
        [ ! -e cq.db.part ] || fail "kill at $n: $(ls)"
    done
    [ "$n" -gt 40 ] && [ "$n" -lt 300 ] || fail "$n calls"
    [ "$(grep -c 1 versions)" -gt 30 ] || fail "$(sort versions | uniq -c)"
}

@test "an upgrade whose writing fails anywhere changes nothing, or all" {
    local n error all status failed
    build_fault
    old before.db
    cp before.db cq.db
    CQ_DB=$PWD/cq.db
    cq-report runs -q >/dev/null
    dump before.db >before
    dump cq.db >after
    for error in 28 5; do
        for all in "" 1; do
            failed=0
            for n in $(seq 1 300); do
                rm -f cq.db*
                cp before.db cq.db
                status=0
                env LD_PRELOAD="$PWD/fault.so" CQ_FAULT="$n" CQ_FAULT_ERRNO=$error ${all:+CQ_FAULT_ALL=1} \
                    cq-report runs -o out.csv >/dev/null 2>said || status=$?
                sqlite3 -init /dev/null cq.db "PRAGMA user_version" >now # rolls back
                if [ "$(cat now)" = 5 ]; then
                    dump cq.db | cmp - after
                    dump cq.db.v1 | cmp - before
                    [ $status != 0 ] || break
                    continue
                fi
                [ $status = 4 ] || [ $status = 5 ] || fail "status $status: call $n, error $error: $(cat said)"
                grep -q "CQ-D0" said || fail "call $n: $(cat said)"
                [ -n "$all" ] || equal "$(files)" "cq.db 640 " "call $n: $(cat said)"
                dump cq.db | cmp - before
                failed=$((failed + 1))
            done
            [ "$n" -lt 300 ] && [ $failed -gt 30 ] || fail "$failed of $n calls, error $error, all '$all'"
        done
    done
}

@test "a disk without room for the copy is told, and nothing is changed" {
    local same=no found
    [ "$(id -u)" = 0 ] || skip "only root may mount a small file system"
    mkdir small
    mount -t tmpfs -o size=128k tmpfs small 2>/dev/null || skip "mounting is not allowed here"
    old small/cq.db
    export CQ_DB=$PWD/small/cq.db
    cp small/cq.db before.db
    run --separate-stderr cq-report runs
    # Nothing may fail before the small file system is gone again.
    cmp small/cq.db before.db && same=yes
    found=$(ls small)
    umount small
    equal "$status" 4
    contains "$stderr" "[CQ-D011]"
    equal "$same" yes
    equal "$found" cq.db
}
