# cq-import at bad moments: locks, signals, disks that fail. The registry is as before or as after.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

HEADER=iin,last_name,first_name,birth_date,category,agency
ROW=Name,1885-03-15,employee,courier

small() {
    printf '%s\n' "$HEADER" "850315100006,Aa,$ROW" "850315100016,Bb,$ROW" >first.csv
    printf '%s\n' "$HEADER" "850315100006,Ab,$ROW" "850315100704,Cc,$ROW" "850315100016,Bb,x" >second.csv
    export CQ_DB="$PWD/cq.db"
    cq-import -q --list-date=2026-01-01 first.csv
}

# hold: another program, which holds the registry for writing until release.
hold() {
    mkfifo commands
    sqlite3 "$CQ_DB" <commands >held 2>&1 3>&- &
    holder=$!
    exec 8>commands
    echo "BEGIN IMMEDIATE; SELECT 'held';" >&8
    until [ -s held ]; do
        kill -0 $holder || fail "no holder"
        sleep 0.02
    done
}

release() {
    echo "ROLLBACK;" >&8
    exec 8>&-
    wait $holder
}

teardown() {
    [ -z "${holder:-}" ] || kill "$holder" 2>/dev/null || true
}

@test "a lock names who holds it and since when, and --wait waits for it" {
    small
    hold
    before=$(date +%s%N)
    run --separate-stderr cq-import --wait=0 --list-date=2026-01-02 second.csv
    equal "$status" 5
    [ $(($(date +%s%N) - before)) -lt 4000000000 ] || fail "--wait=0 waited"
    [[ $stderr =~ "the registry is locked: pid $holder, running since "(20[0-9-]+T[0-9:.]+Z)" [CQ-D004]" ]] || fail "$stderr"
    since=$(date -d "${BASH_REMATCH[1]}" +%s)
    now=$(date +%s)
    [ $((now - since)) -lt 600 ] && [ $((since - now)) -le 2 ] || fail "since ${BASH_REMATCH[1]}"
    run -5 cq-import --undo=1 --wait=0
    before=$(date +%s%N)
    run -5 cq-import --wait=1 --list-date=2026-01-02 second.csv
    [ $(($(date +%s%N) - before)) -ge 900000000 ] || fail "--wait=1 did not wait"
    cq-eligible --as-of=2026-01-02 --all >/dev/null # readers go on
    cq-import -q --wait=20 --list-date=2026-01-02 --max-bad=50 second.csv 3>&- &
    waiter=$!
    sleep 0.3
    kill -0 $waiter || fail "it did not wait"
    release
    holder=
    wait $waiter || [ $? = 1 ]
    equal "$(sqlite3 cq.db "SELECT count(*) FROM run")" 2
    run -2 cq-import --wait=-1 second.csv
}

# A list of 100,000 people, which changes the registry that it finds.
big() {
    "$CQ_TOOLS/gen" contingent 100000 --seed=5 >big.csv
    "$CQ_TOOLS/gen" contingent 100000 --seed=5 --changed=60000 --bad=30 >changed.csv
    export CQ_DB="$PWD/cq.db"
    head -n 60001 big.csv | cq-import -q --list-date=2026-01-01
    cp cq.db first.db
    state >before
    cq-import -q --list-date=2026-02-01 changed.csv || [ $? = 1 ]
    state >after
    cmp -s before after && fail "the list changes nothing"
    mkdir tmp out
}

state() {
    sqlite3 cq.db "PRAGMA integrity_check; SELECT count(*), max(run_from), sum(hash % 1000003), count(run_to)
        FROM person; SELECT count(*) FROM run"
}

# Kills imports after more and more of their time.
killed() {
    local signal=$1 tries=$2 i pid whole=0 begun ended status
    begun=$(date +%s%N)
    cp first.db cq.db
    cq-import -q --list-date=2026-02-01 changed.csv || [ $? = 1 ]
    ended=$(date +%s%N)
    for i in $(seq 1 "$tries"); do
        rm -f cq.db-journal
        cp first.db cq.db
        TMPDIR=$PWD/tmp env --default-signal=INT cq-import -q --list-date=2026-02-01 \
            --rejects=out/rejects.csv --changes=out/changes.csv changed.csv 3>&- &
        pid=$!
        started $pid cq-import
        sleep "$(awk -v t=$((ended - begun)) -v i="$i" -v n="$tries" 'BEGIN { printf "%.3f", t / 1e9 * i / n }')"
        kill -"$signal" $pid 2>/dev/null || true
        status=0
        wait $pid || status=$?
        if [ "$signal" != KILL ]; then
            equal "$(find tmp -type f; find out -name '*.csv.*')" "" "files left by $signal"
        fi
        state >now
        if cmp -s now after; then
            whole=$((whole + 1))
        else
            [ ! -e out/rejects.csv ] && [ ! -e out/changes.csv ] || fail "outputs, and nothing was done"
            cmp now before || fail "neither before nor after: $signal at $i"
            [ $status -gt 128 ] || fail "status $status, and nothing was done"
        fi
        find tmp out -type f -delete
    done
    [ $whole -lt "$tries" ] || fail "no import was interrupted"
    # A journal that was begun and not needed stays for the next writer, who removes it.
    cq-import -q --list-date=2026-03-01 big.csv
    [ ! -e cq.db-journal ]
}

@test "an import that is interrupted, ended or killed leaves the registry as before or as after" {
    big
    killed INT 6
    killed TERM 6
    killed KILL 8
}

# Killed where the file is written in place of its journal: what is left wants to be rolled back.
@test "an import that was killed in its writing does not hinder the next reader" {
    local n rolled=0
    build_fault
    small
    cp cq.db first.db
    state >before
    for n in $(seq 1 400); do
        rm -f cq.db-journal
        cp first.db cq.db
        killed_at "$n" cq-import -q --max-bad=50 --list-date=2026-02-01 second.csv 2>/dev/null &&
            fail "status 0"
        if [ ! -e cq.db-journal ]; then # before the first write to the registry, or after the last
            [ "$n" -lt 5 ] || break
            continue
        fi
        cmp -s first.db cq.db || rolled=$((rolled + 1))
        cq-report runs | tail -n +2 | wc -l >runs
        equal "$(cat runs)" 1 "runs after write $n"
        state >now
        cmp now before
    done
    [ "$n" -lt 400 ] || fail "no end of writes"
    [ $rolled -gt 3 ] || fail "only $rolled imports were killed with the file half written"
}

@test "every write that fails leaves the registry as before or as after, with status 4 or 5" {
    build_fault
    small
    content() { sqlite3 cq.db "PRAGMA integrity_check; SELECT id, last_name, run_from, run_to FROM person; SELECT id FROM run"; }
    cp cq.db first.db
    content >before
    cq-import -q --max-bad=50 --list-date=2026-02-01 second.csv || [ $? = 1 ]
    content >after
    cmp -s before after && fail "the list changes nothing"
    for error in 28 5; do
        for all in "" 1; do
            undone=0
            for n in $(seq 1 400); do
                rm -f cq.db-journal r.csv c.csv
                cp first.db cq.db
                status=0
                env LD_PRELOAD="$PWD/fault.so" CQ_FAULT="$n" CQ_FAULT_ERRNO=$error ${all:+CQ_FAULT_ALL=1} \
                    cq-import --max-bad=50 --list-date=2026-02-01 --rejects=r.csv --changes=c.csv \
                    second.csv 2>said || status=$?
                content >now
                if [ $status = 1 ] && cmp -s now after; then
                    [ -s r.csv ] && [ -s c.csv ] || fail "outputs are missing: write $n, error $error"
                    grep -q "CQ-[OD]" said || break # no call failed any more, or none that matters
                    continue
                fi
                [ $status = 4 ] || [ $status = 5 ] || fail "status $status: write $n, error $error: $(cat said)"
                grep -q "CQ-[OD]0" said || fail "no message: write $n"
                if cmp -s now before; then
                    undone=$((undone + 1))
                else
                    cmp now after || fail "write $n, error $error, all '$all'"
                    grep -q "holds this list all the same: run 2" said || fail "not told: $(cat said)"
                fi
            done
            [ "$n" -gt 8 ] && [ "$n" -lt 400 ] || fail "only $n calls were tried"
            [ $undone -gt 5 ] || fail "only $undone imports failed"
        done
    done
}

# drawn DELAY [ARGUMENT]...: an import on a terminal, stopped after a while for over a second, so
# that it lasts long enough for a bar whatever the machine; what the terminal showed is in screen.
drawn() {
    local delay=$1 pid
    shift
    rm -f pid
    script -qec "cq-import -d bar.db -n --list-date=2026-01-01 big.csv $* & echo \$! >pid; wait" \
        /dev/null >screen 2>&1 </dev/null 3>&- &
    for _ in {1..500}; do
        [ ! -s pid ] || break
        sleep 0.01
    done
    [ -s pid ] || fail "script ran nothing: $(cat -v screen)"
    pid=$(cat pid)
    sleep "$delay"
    kill -STOP "$pid" 2>/dev/null || return 0
    sleep 1.05
    kill -CONT "$pid" 2>/dev/null || true
    wait $!
}

@test "a bar of progress is drawn on a terminal only, and is gone at the end" {
    command -v script >/dev/null || skip "script is not here"
    script -qec true /dev/null >/dev/null 2>&1 </dev/null 3>&- || skip "no pseudo terminal here"
    "$CQ_TOOLS/gen" contingent 300000 --seed=5 | awk -F, -v OFS=, '
        NR == 1 { print $1, $2, $3, $5, $7, $8; next } # of the days in the numbers: no warnings
        { b = $1; print b, $2, $3, "18" substr(b, 1, 2) "-" substr(b, 3, 2) "-" substr(b, 5, 2), "employee", "courier" }' >big.csv
    found=
    for delay in 0.15 0.25 0.1 0.4 0.6 0.8; do
        drawn $delay
        if grep -q $'\r\[#*\.*\] *[0-9]*%' screen; then
            found=$delay
            break
        fi
    done
    [ -n "$found" ] || fail "no bar: $(cat -v screen)"
    contains "$(cat -v screen)" "^M$(printf '%48s' '')^M"
    drawn "$found" -q
    lacks "$(cat screen)" "%"
    drawn "$found" "2>said"
    lacks "$(cat said)" "%"
}
