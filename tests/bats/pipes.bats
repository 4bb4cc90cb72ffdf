# Pipes: readers that leave, writers that dawdle, and programs beside each other.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

registry() {
    export CQ_DB="$PWD/cq.db"
    "$CQ_TOOLS/gen" contingent 2000 >people.csv
    cq-import -q --as-of=2026-01-01 people.csv
}

@test "a reader that leaves ends the program without a word" {
    registry
    cut -d, -f1 people.csv >in.csv
    for _ in 1 2 3 4 5 6; do cat in.csv; done | grep -v iin | sed '1i iin' >long.csv
    for arguments in "" "--all" "--all --format=json"; do
        # shellcheck disable=SC2086 # several options
        bash -c 'cq-eligible --as-of=2026-01-01 "$@" <long.csv 2>err' - $arguments |
            head -n 1 >out
        equal "$(cat err)" "" "stderr of $arguments"
        [ -s out ]
    done
}

# The writer of a pipe gets its answer before it writes the next row.
@test "answers come row by row" {
    registry
    mkfifo questions answers
    cq-eligible --as-of=2026-01-01 <questions >answers &
    pid=$!
    exec 7>questions 8<answers
    echo iin >&7
    echo 850315100006 >&7
    read -r -t 10 header <&8
    read -r -t 10 first <&8
    contains "$header" iin,as_of
    contains "$first" 850315100006,2026-01-01
    echo 850315100016 >&7
    read -r -t 10 second <&8
    contains "$second" 850315100016,2026-01-01
    exec 7>&-
    wait "$pid"
    exec 8<&-
}

@test "a list from a pipe is imported as from a file" {
    registry
    sqlite3 cq.db 'SELECT id, hash, line, valid_from, last_name FROM person ORDER BY id' >want
    rm cq.db
    cat people.csv | cq-import -q --as-of=2026-01-01
    sqlite3 cq.db 'SELECT id, hash, line, valid_from, last_name FROM person ORDER BY id' >got
    cmp want got
    rm cq.db
    { head -c 1000 people.csv; sleep 0.1; tail -c +1001 people.csv; } |
        cq-import -q --as-of=2026-01-01 -
    sqlite3 cq.db 'SELECT id, hash, line, valid_from, last_name FROM person ORDER BY id' >got
    cmp want got
    equal "$(sqlite3 cq.db 'SELECT file_hash FROM run')" \
        "$(cq-import -nv people.csv 2>&1 | sed -n 's/.*file \([0-9a-f]*\)$/\1/p')" "file hash"
}

@test "a pipe that is copied needs a folder, and says so" {
    registry
    status=0
    TMPDIR=/nonexistent cq-import --as-of=2026-01-01 - < <(cat people.csv) 2>err || status=$?
    equal "$status" 4
    contains "$(cat err)" "[CQ-O003]"
    equal "$(find . -newer people.csv -name 'cq-*')" "" "left over"
}

@test "importing while others read" {
    local i
    registry
    "$CQ_TOOLS/gen" contingent 2000 --seed=5 >others.csv
    cq-eligible --as-of=2026-01-01 --all >before.csv
    for i in 1 2 3 4 5 6; do
        cq-eligible --as-of=2026-01-01 --all >"out$i.csv" 2>"err$i" &
        pids[i]=$!
    done
    cq-import -q --as-of=2026-01-01 others.csv
    for i in 1 2 3 4 5 6; do
        wait "${pids[i]}" || fail "status $?: $(cat "err$i")"
    done
    cq-eligible --as-of=2026-01-01 --all >after.csv
    [ "$(wc -l <before.csv)" -lt "$(wc -l <after.csv)" ]
    # Each saw the registry before or after, never half of it.
    for i in 1 2 3 4 5 6; do
        cmp -s "out$i.csv" before.csv || cmp "out$i.csv" after.csv
    done
}

# cq-eligible sees one state of the registry throughout, however long its input dawdles.
@test "a question that waits for input does not keep an import out" {
    registry
    mkfifo questions
    cq-eligible --as-of=2026-01-01 <questions >answers.csv &
    pid=$!
    exec 7>questions
    printf 'iin\n850315100006\n' >&7
    until [ -s answers.csv ]; do sleep 0.05; done
    sed 's/,/,X/' people.csv >others.csv
    sed -i '1s/,X/,/' others.csv
    run --separate-stderr cq-import --max-losses=100 --as-of=2026-01-01 --wait=2 -v others.csv
    exec 7>&-
    wait "$pid"
    equal "$status" 0
    equal "$(sqlite3 cq.db 'PRAGMA integrity_check')" ok
    run --separate-stderr cq-import --max-losses=100 --as-of=2026-01-01 others.csv
    equal "$status" 0
}
