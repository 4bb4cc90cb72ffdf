# cq-import: bad input is told by line and code, and the registry is changed whole or not at all.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

HEADER=iin,last_name,first_name,birth_date,category,agency
REST=Name,1985-03-15,employee,internal_affairs

# A registry of two people.
registry() {
    export CQ_DB="$PWD/cq.db"
    printf '%s\n' "$HEADER" "850315100006,Aa,$REST" "850315100016,Bb,$REST" >first.csv
    cq-import -q --as-of=2026-01-01 first.csv
    dump >before
}

dump() {
    sqlite3 "$CQ_DB" .dump
}

same_registry() {
    dump >after
    cmp before after || fail "the registry changed: $1"
}

# refused STATUS CODE ARGUMENT...: the import fails so and leaves the registry as it was.
refused() {
    local want=$1 code=$2
    shift 2
    run --separate-stderr cq-import --as-of=2026-01-01 "$@"
    equal "$status" "$want" "status of $*"
    equal "$output" "" "stdout of $*"
    contains "$stderr" "[$code]"
    lacks "$stderr" 850315100
    same_registry "$*"
}

# taken ARGUMENT...: the import leaves two people that the registry knows already.
taken() {
    run --separate-stderr cq-import --as-of=2026-01-01 -v "$@"
    equal "$status" 0 "status of $*: $stderr"
    contains "$stderr" "read 2 = accepted 2 + rejected 0"
    contains "$stderr" "accepted 2 = added 0 + changed 0 + unchanged 2"
}

@test "files that are no list are refused, and nothing changes" {
    registry
    : >empty.csv
    printf '\xef\xbb\xbf' >mark.csv
    printf '\n\r\n' >blank.csv
    mkdir folder
    head -c 3000 "$CQ_BIN/cq-import" >binary
    printf '%s\n850315100704,C\0c,%s\n' "$HEADER" "$REST" >nul.csv
    printf 'iin,last_name\n850315100704,Cc\n' >columns.csv
    printf '%s,ИИН\n' "$HEADER" >twice.csv
    printf 'iin,"last_name\n850315100704,Cc\n' >quote.csv
    refused 3 CQ-F001 empty.csv
    refused 3 CQ-F001 mark.csv
    refused 3 CQ-F001 blank.csv
    refused 4 CQ-O004 folder
    refused 4 CQ-O001 missing.csv
    refused 3 CQ-F005 nul.csv
    refused 3 CQ-F002 columns.csv
    contains "$stderr" "columns.csv:1:"
    contains "$stderr" first_name
    refused 3 CQ-F003 twice.csv
    refused 3 CQ-F007 quote.csv
    run --separate-stderr cq-import binary
    equal "$status" 3 "a binary file"
    same_registry "a binary file"
    status=0
    cq-import <folder 2>err || status=$?
    equal "$status" 4 "a folder on standard input"
    contains "$(cat err)" "[CQ-O004]"
    status=0
    cq-import - <empty.csv 2>err || status=$?
    equal "$status" 3 "an empty standard input"
    contains "$(cat err)" "cq-import: -: "
    same_registry "standard input"
}

@test "a header alone is an empty list: a warning, and no change in delta mode" {
    registry
    echo "$HEADER" >header.csv
    run --separate-stderr cq-import --as-of=2026-01-01 header.csv
    equal "$status" 0
    contains "$stderr" "[CQ-W023]"
    equal "$(sqlite3 cq.db \
        'SELECT count(*) FROM person WHERE run_to IS NULL AND valid_to IS NULL')" 2 people
}

@test "what is not a registry is left alone" {
    local status name
    printf '%s\n' "$HEADER" "850315100704,Cc,$REST" >list.csv
    echo "not a registry, but dear to somebody" >notes.txt
    sqlite3 other.db 'CREATE TABLE person (id INTEGER PRIMARY KEY); INSERT INTO person VALUES (7)'
    mkdir folder
    for name in notes.txt other.db list.csv; do
        cp $name kept
        run --separate-stderr cq-import --db=$name list.csv
        equal "$status" 5 "status for $name"
        contains "$stderr" "$name: "
        contains "$stderr" "[CQ-D002]"
        cmp $name kept
    done
    run --separate-stderr cq-import --db=folder list.csv
    contains "$stderr" "[CQ-O004]"
    run --separate-stderr cq-import --db=/dev/null list.csv
    equal "$status" 5 "status for a device"
    run --separate-stderr cq-import --db=no/such/folder/cq.db list.csv
    equal "$status" 5 "status without a folder"
    contains "$stderr" "[CQ-D001]"
    for program in cq-eligible cq-report; do
        status=0
        "$program" --db=nothing.db contingent >out 2>err </dev/null || status=$?
        equal "$status" 5 "status of $program without a registry"
        contains "$(cat err)" "[CQ-D008]"
        [ ! -e nothing.db ]
    done
}

@test "a newer schema and a damaged file are refused by every reader and writer" {
    registry
    sqlite3 cq.db 'PRAGMA user_version = 1000'
    dump >before
    refused 5 CQ-D003 first.csv
    contains "$stderr" 1000
    run --separate-stderr cq-eligible 850315100006
    equal "$status" 5
    contains "$stderr" "[CQ-D003]"
    sqlite3 cq.db 'PRAGMA user_version = 1'
    yes ZZZZ | dd of=cq.db bs=4096 seek=1 count=20 conv=notrunc iflag=fullblock 2>/dev/null
    run --separate-stderr cq-import first.csv
    equal "$status" 5
    contains "$stderr" "[CQ-D005]"
    run --separate-stderr cq-eligible --all
    equal "$status" 5
    equal "$output" "" stdout
    contains "$stderr" "[CQ-D005]"
}

@test "outputs that cannot be written are an error, the registry whole" {
    local status
    registry
    printf '%s\n' "$HEADER" "850315100006,Other,$REST" >list.csv
    cp list.csv kept
    for option in --rejects --changes; do
        refused 4 CQ-O001 $option=no/such/folder.csv first.csv
        refused 4 CQ-O001 $option=. first.csv
    done
    run --separate-stderr cq-import --as-of=2026-01-01 --summary=no/such/folder.json first.csv
    equal "$status" 4 "status without a place for the summary"
    contains "$stderr" "[CQ-O001]"
    status=0
    cq-import --as-of=2026-01-01 --changes=/dev/full list.csv 2>err || status=$?
    equal "$status" 4 "a full disk for the changes"
    contains "$(cat err)" "[CQ-O003]"
    equal "$(sqlite3 cq.db 'PRAGMA integrity_check')" ok
    equal "$(find . -name '*.csv.*')" "" "left over"
    cmp list.csv kept
}

@test "a full disk leaves the registry as it was" {
    [ "$(id -u)" = 0 ] || skip "only root may mount a small file system"
    mkdir small
    mount -t tmpfs -o size=1m tmpfs small 2>/dev/null || skip "mounting is not allowed here"
    registry
    cp cq.db small/
    "$CQ_TOOLS/gen" contingent 20000 >list.csv
    run --separate-stderr cq-import --db=small/cq.db --as-of=2026-01-01 list.csv
    # Nothing may fail before the small file system is gone again.
    sqlite3 small/cq.db .dump >after 2>&1 || true
    integrity=$(sqlite3 small/cq.db 'PRAGMA integrity_check' 2>&1) || true
    free=$(find small -type f | sort | tr '\n' ' ')
    umount small
    equal "$status" 4 status
    contains "$stderr" "[CQ-D007]"
    cmp before after
    equal "$integrity" ok
    equal "$free" "small/cq.db " "left over"
}

@test "a registry that may not be written is told so" {
    registry
    cp first.csv other.csv
    if [ "$(id -u)" = 0 ]; then
        chattr +i cq.db 2>/dev/null || skip "root may write everything"
        run --separate-stderr cq-import first.csv
        chattr -i cq.db
    else
        chmod 400 cq.db
        run --separate-stderr cq-import first.csv
    fi
    equal "$status" 5
    contains "$stderr" "[CQ-D001]"
    same_registry "read only"
}

# The lock is taken by hand, and given back when the shell that holds it is told to end.
@test "a registry that another program writes to is not waited for forever" {
    registry
    mkfifo orders
    sqlite3 cq.db <orders >locked 2>&1 &
    holder=$!
    exec 7>orders
    printf 'BEGIN IMMEDIATE;\nSELECT 1;\n' >&7
    until [ -s locked ]; do sleep 0.05; done
    run --separate-stderr cq-import --as-of=2026-01-01 first.csv
    equal "$status" 5
    contains "$stderr" "[CQ-D004]"
    contains "$stderr" "pid $holder"
    run --separate-stderr cq-eligible --as-of=2026-01-01 -q 850315100006
    contains "$output" 850315100006 # readers go on
    printf 'COMMIT;\n.quit\n' >&7
    exec 7>&-
    wait "$holder"
    same_registry locked
    taken first.csv
}

@test "two imports at once: one after the other, both whole" {
    local i pids=()
    export CQ_DB="$PWD/cq.db"
    "$CQ_TOOLS/gen" contingent 3000 --seed=1 >list1.csv
    "$CQ_TOOLS/gen" contingent 3000 --seed=2 >list2.csv
    for i in 1 2 1 2; do
        cq-import -q --as-of=2026-01-01 "list$i.csv" &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        wait "$i" || fail "status $? of an import"
    done
    equal "$(sqlite3 cq.db 'SELECT count(*) FROM run')" 4 runs
    equal "$(sqlite3 cq.db 'PRAGMA integrity_check')" ok
    dump | grep -v '^INSERT INTO run' | sort >together
    rm cq.db
    cq-import -q --as-of=2026-01-01 list1.csv list2.csv
    equal "$(sqlite3 cq.db 'SELECT count(*) FROM person WHERE run_to IS NULL')" \
        "$(grep -c '^INSERT INTO person.*NULL' together)" "people"
}

# Who reads meanwhile finds no registry, or a whole one.
@test "first imports at once make one registry, and readers find none or that" {
    local i round pids readers status
    export CQ_DB="$PWD/cq.db"
    printf '%s\n' 770101100005 850315100006 850315100016 850315100704 >want
    for i in 1 2 3 4; do
        printf '%s\n' "$HEADER" "$(sed -n "${i}p" want),Aa,$REST" >"list$i.csv"
    done
    for round in $(seq 1 60); do
        rm -f cq.db
        pids=() readers=()
        for i in 1 2 3 4; do
            cq-import -q --as-of=2026-01-01 "list$i.csv" 2>"err$i" 3>&- &
            pids+=($!)
            cq-report runs >/dev/null 2>"found$i" 3>&- &
            readers+=($!)
        done
        for i in 0 1 2 3; do
            wait "${pids[i]}" || fail "round $round: status $? of an import: $(cat err?)"
            status=0
            wait "${readers[i]}" || status=$?
            [ "$status" = 0 ] || contains "$(cat "found$((i + 1))")" "[CQ-D008]"
        done
        equal "$(sqlite3 cq.db 'SELECT count(*) FROM run')" 4 "runs of round $round"
    done
    sqlite3 cq.db 'SELECT printf("%012d", iin) FROM person WHERE run_to IS NULL ORDER BY iin' >got
    cmp want got
    equal "$(sqlite3 cq.db 'PRAGMA integrity_check')" ok
}

# interrupted SIGNAL DELAY: imports a long list, and ends it on the way.
interrupted() {
    # A job in the background would not hear INT.
    env --default-signal=INT cq-import -q --as-of=2026-01-01 --changes=changes.csv \
        --rejects=rejects.csv long.csv 2>err &
    local pid=$! status=0
    started "$pid" cq-import
    sleep "$2"
    kill "-$1" "$pid" 2>/dev/null || true
    wait "$pid" || status=$?
    echo "$1 after $2: $status" >>interruptions
    equal "$(sqlite3 cq.db 'PRAGMA integrity_check')" ok "after $1"
    if [ "$status" -eq 0 ]; then
        return 0 # it was over before
    fi
    if [ "$1" != KILL ]; then
        equal "$(find . -name '*.csv.*')" "" "left over after $1"
    fi
    rm -f ./*.csv.*
    dump >after
    cmp before after || [ "$(sqlite3 cq.db 'SELECT count(*) FROM run')" = 2 ] || fail "half done"
}

@test "an import that is interrupted leaves the registry as before, or as after" {
    local delay
    registry
    "$CQ_TOOLS/gen" contingent 200000 >long.csv
    for delay in 0.03 0.15 0.3 0.6; do
        for signal in INT TERM KILL; do
            cp cq.db kept.db
            interrupted $signal $delay
            mv kept.db cq.db
            rm -f cq.db-journal
        done
    done
    # Some came in time.
    contains "$(cat interruptions)" "KILL after 0.03: 137"
    contains "$(cat interruptions)" "INT after 0.03: 130"
}

@test "lists in Kazakh and Russian words, dates with dots, any delimiter, mark and line end" {
    registry
    local kk='ЖСН;Тегі;Аты;Туған күні;Санаты;Орган;Арнайы атақ'
    printf '%s\n' "$kk" '850315100006;Aa;Name;15.03.1985;ҚЫЗМЕТКЕР;internal_affairs;иә' \
        '850315100016;Bb;Name;15.03.1985;қызметкер;internal_affairs;жоқ' >kk.csv
    run --separate-stderr cq-import --as-of=2026-01-01 -v kk.csv
    equal "$status" 0
    contains "$stderr" "changed 2"
    dump >before
    taken kk.csv
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' \
        ИИН Фамилия Имя 'Дата рождения' Категория Ведомство 'Специальное звание' \
        850315100006 Aa Name 1985-03-15 сотрудник internal_affairs да \
        850315100016 Bb Name 15.03.1985 Сотрудник internal_affairs НЕТ >ru.tsv
    taken ru.tsv
    printf '\xef\xbb\xbf' | cat - kk.csv >mark.csv
    taken mark.csv
    sed 's/$/\r/' kk.csv >crlf.csv
    taken crlf.csv
    tr '\n' '\r' <kk.csv >cr.csv
    taken cr.csv
    head -c -1 kk.csv >cut.csv
    taken cut.csv
    taken --delimiter=semicolon --map='iin=ЖСН' kk.csv
    taken - <kk.csv
    cat kk.csv | taken
    dump >after
    for name in before after; do # the people, all but the hashes
        grep '^INSERT INTO person' $name | cut -d, -f1,4- >$name.people
    done
    cmp before.people after.people
}

# Numbers worked out by the rule of the control digit. Digit 7 is 1 or 2: nobody's.
@test "identification numbers" {
    local iin good bad
    good=(850315100006 850315100016 850315100704 850315100716 050315100039 850315100026)
    bad=(850315100007 850315100017 850315100705 850315100717 # another control digit
        850315100730 850315100735 850315100739 850315101540 850315101545 # never valid
        000000000000 85031510000 8503151000060 85031510000a +85031510006 8.50315E+11 'O50315100039')
    for iin in "${good[@]}" "${bad[@]}"; do
        printf '%s\n"%s",Aa,%s\n' "$HEADER" "$iin" "$REST" >one.csv
        run --separate-stderr cq-import -d one.db --as-of=2026-01-01 -v --max-bad=100 one.csv
        case " ${good[*]} " in
        *" $iin "*) contains "$stderr" "accepted 1 + rejected 0" ;;
        *)
            contains "$stderr" "accepted 0 + rejected 1"
            contains "$stderr" "[CQ-R01"
            lacks "$stderr" "$iin"
            ;;
        esac
    done
    printf '%s\n50315100039,Aa,%s\n' "$HEADER" "$REST" >zero.csv
    run --separate-stderr cq-import -d one.db --max-bad=100 --rejects=bad.csv zero.csv
    contains "$stderr" "[CQ-R011]"
    contains "$(cat bad.csv)" ": 050315100039"
}

@test "days at the edges of the calendar" {
    local day
    for day in 1800-01-01 29.02.2024 2024-02-29 28.02.2023; do
        printf '%s\n850315100006,Aa,Name,%s,employee,courier\n' "$HEADER" "$day" >one.csv
        run --separate-stderr cq-import -d one.db --as-of=2026-01-01 -q one.csv
        equal "$status" 0 "status of $day"
    done
    for day in 1799-12-31 2200-01-01 29.02.2023 1900-02-29 00.01.2000 2000-13-01 2000-1-1 45000 \
        2000/01/01 2199-12-31; do
        printf '%s\n850315100006,Aa,Name,%s,employee,courier\n' "$HEADER" "$day" >one.csv
        run --separate-stderr cq-import -d one.db --as-of=2026-01-01 -q --max-bad=100 one.csv
        equal "$status" 1 "status of $day"
        contains "$stderr" "one.csv:2: birth_date: "
    done
}

@test "rejects can be mended and imported" {
    registry
    printf '%s\n850315100704,"C, c",%s\n850315100007,Dd,%s\n' "$HEADER" "$REST" "$REST" >list.csv
    run --separate-stderr cq-import --as-of=2026-01-01 --max-bad=50 --rejects=bad.csv list.csv
    equal "$status" 1
    equal "$(wc -l <bad.csv)" 2 rejects
    sed 's/^850315100007/850315100716/' bad.csv >mended.csv
    run --separate-stderr cq-import --as-of=2026-01-01 -v mended.csv
    equal "$status" 0
    contains "$stderr" "added 1"
}

@test "an import with findings says 1, one with too many 3" {
    registry
    printf '%s\n850315100704,Cc,%s\n850315100007,Dd,%s\n' "$HEADER" "$REST" "$REST" >list.csv
    refused 3 CQ-F006 list.csv
    refused 3 CQ-F006 --max-bad=49 --rejects=bad.csv list.csv
    equal "$(wc -l <bad.csv)" 2 "rejects of a refused list"
    run --separate-stderr cq-import --as-of=2026-01-01 --max-bad=50 list.csv
    equal "$status" 1
    contains "$stderr" "list.csv:3: iin: "
}

@test "an agency that there is not is refused with those that there are" {
    registry
    refused 2 CQ-U002 --agency=mvd list.csv
    contains "$stderr" "internal_affairs, "
}

@test "--map names headers that no alias knows, and wrong ones are usage errors" {
    registry
    sed '1s/iin/person number/' first.csv >list.csv
    refused 3 CQ-F002 list.csv
    taken --map='iin=Person  Number' list.csv
    dump >before
    for map in iin iin= =x nothing=x iin=absent; do
        refused 2 CQ-U002 --map=$map first.csv
    done
}

@test "thousands of columns and long fields are no harm" {
    registry
    { printf '%s' "$HEADER"; printf ',c%d' {1..5000}; echo; } >wide.csv
    { printf '850315100006,Aa,%s' "$REST"; printf ',%d' {1..5000}; echo; } >>wide.csv
    run --separate-stderr cq-import --as-of=2026-01-01 -v wide.csv
    equal "$status" 0
    contains "$stderr" "unchanged 1"
    [ "${#stderr_lines[@]}" -lt 30 ]
    { echo "$HEADER"; printf '850315100006,%s,%s\n' "$(head -c 70000 /dev/zero | tr '\0' x)" "$REST"
        printf '850315100006,%s,%s\n' "$(head -c 1001 /dev/zero | tr '\0' x)" "$REST"
        printf '850315100016,Bb,%s\n' "$REST"; } >long.csv
    run --separate-stderr cq-import --as-of=2026-01-01 -v --max-bad=90 long.csv
    equal "$status" 1
    contains "$stderr" "long.csv:2: the field or row is too long [CQ-R003]"
    contains "$stderr" "long.csv:3: last_name: the field or row is too long [CQ-R003]"
    contains "$stderr" "accepted 1 + rejected 2"
}

@test "a dry run keeps nothing, and makes no registry" {
    registry
    printf '%s\n850315100704,Cc,%s\n' "$HEADER" "$REST" >list.csv
    run --separate-stderr cq-import --as-of=2026-01-01 -nv list.csv
    equal "$status" 0
    contains "$stderr" "added 1"
    same_registry "dry run"
    run --separate-stderr cq-import --as-of=2026-01-01 -nv --db=new.db list.csv
    contains "$stderr" "added 1"
    [ ! -e new.db ]
}

@test "a new registry is its owner's alone" {
    umask 0
    registry
    equal "$(stat -c %a cq.db)" 600
}

@test "a list without a header does not put its first person into messages" {
    registry
    tail -n +2 first.csv >headless.csv
    refused 3 CQ-F002 headless.csv
    lacks "$stderr" Aa
}

@test "a registry named :memory: is a file like others" {
    registry
    cq-import -q --as-of=2026-01-01 --db=:memory: first.csv
    equal "$(sqlite3 ./:memory: 'SELECT count(*) FROM person')" 2
}

@test "outputs do not replace the registry, the list or each other" {
    registry
    cp first.csv kept
    for options in "--rejects=cq.db" "--changes=cq.db" "--summary=cq.db" "--rejects=first.csv" \
        "--changes=first.csv" "--rejects=x.csv --changes=x.csv"; do
        # shellcheck disable=SC2086 # several options
        refused 2 CQ-U005 $options first.csv
        cmp first.csv kept
    done
}

@test "a refused first list makes no registry" {
    : >empty.csv
    run --separate-stderr cq-import --db=new.db empty.csv
    equal "$status" 3
    [ ! -e new.db ]
}

@test "--map chooses between columns that mean the same" {
    registry
    sed '1s/^iin,/ИИН,iin,/; 2,$s/^/x,/' first.csv >list.csv
    taken --map=iin=iin list.csv
}

@test "an endless header is refused long before its end" {
    set +o pipefail
    yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | tr -d '\n' | {
        status=0
        timeout 60 cq-import -d x.db 2>err || status=$?
        equal "$status" 3
    }
    contains "$(cat err)" "-:1: the header line is too long [CQ-F015]"
}

@test "a pipe that never ends is no list: it is refused by its header, or by its line" {
    set +o pipefail
    local columns=iin,last_name,first_name,birth_date,category,agency
    export TMPDIR=$PWD/tmp
    mkdir tmp
    yes a,b,c | {
        status=0
        timeout 60 cq-import -d x.db 2>err || status=$?
        equal "$status" 3
    }
    contains "$(cat err)" "[CQ-F002]"
    { printf '%s\n' "$columns"; yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | tr -d '\n'; } | {
        status=0
        timeout 60 cq-import -d x.db 2>err || status=$?
        equal "$status" 3
    }
    contains "$(cat err)" "-:2: a line that does not end in 64 MB: this is not a list [CQ-F018]"
    equal "$(ls tmp)" "" "left over"
    [ ! -e x.db ]
}
