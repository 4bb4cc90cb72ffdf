# The watched folder, cq-take(8): lists that are dropped are imported and put away with their reports,
# and none is lost, whatever happens.
# shellcheck disable=SC2154 # output comes from run

load helper

TAKE="$TOP/cmd/package/cq-take"

# drop LIST FOLDER [NAME]
drop() {
    mkdir -p "$CQ_HOME/incoming/$2"
    cp "$TOP/tests/data/manual/$1" "$CQ_HOME/incoming/$2/${3:-$1}"
}

# take STATUS [ARGUMENT...]: what it says is in $output.
take() {
    local status=$1
    shift
    CQ_TAKE_SETTLE=${CQ_TAKE_SETTLE:-0} run -"$status" --separate-stderr "$TAKE" "$@"
    output=$stderr
}

world() {
    export CQ_HOME=$PWD/home
    mkdir -p "$CQ_HOME/incoming"
}

# files FOLDER: how many files there are in it, whichever.
files() {
    find "$CQ_HOME/$1" -type f ! -name .lock -printf x | wc -c
}

runs() {
    cq-report --db="$CQ_HOME/cq.db" runs | cut -d, -f3,4,5,6 | sed 1d
}

@test "a list is imported as its folder says, and put away with its reports" {
    world
    drop facilities.csv facilities
    touch -d '2026-11-01 10:00' "$CQ_HOME/incoming/facilities/facilities.csv"
    drop staff.csv contingent staff-2026-11-01.csv
    touch -d '2026-11-01 11:00' "$CQ_HOME/incoming/contingent/staff-2026-11-01.csv"
    drop staff-december.csv contingent/internal_affairs/full s-2026-12-01.CSV
    take 0
    equal "$(runs)" "facilities,delta,,$(date +%Y-%m-%d)
contingent,delta,,2026-11-01
contingent,full,internal_affairs,2026-12-01" "runs, the oldest list first"
    equal "$(files incoming) $(files work) $(files refused)" "0 0 0" "files elsewhere"
    cd "$CQ_HOME"/done/contingent/internal_affairs/full/*Z-*
    equal "$(echo *)" "about changes.csv list.csv rejects.csv report.txt summary.json"
    cmp list.csv "$TOP/tests/data/manual/staff-december.csv"
    contains "$(cat summary.json)" '"mode":"full"'
    contains "$(cat about)" "name=s-2026-12-01.CSV"
    contains "$(cat changes.csv)" "valid_to"
    contains "$output" "taken as run 3: rows read 3, rejected 0"
}

@test "what is no list stays: other names, hidden and unfinished files, links, folders of no kind" {
    world
    drop staff.csv contingent staff.csv.filepart
    drop staff.csv contingent .staff.csv
    drop staff.csv contingent "$(printf 'two\nlines.csv')"
    drop staff.csv lists/of/people
    drop staff.csv facilities/penal
    drop staff.csv contingent/../staff
    ln -s /etc/hostname "$CQ_HOME/incoming/contingent/link.csv"
    take 2 -v
    equal "$(files incoming)" 6
    [ -h "$CQ_HOME/incoming/contingent/link.csv" ]
    [ ! -e "$CQ_HOME/cq.db" ]
    contains "$output" "lists/of/people: no kind of list has this name"
    contains "$output" "facilities/penal: no kind of list has this name"
    contains "$output" "stay: 3"
    take 2 contingent/../staff
    take 2 contingent/courier
    contains "$output" "there is no such folder"
    equal "$(files incoming)" 6
}

@test "a list that is being written stays until it is whole" {
    world
    drop staff.csv contingent
    mkdir stubs
    cat >stubs/sleep <<'STUB'
#!/bin/sh
echo >>"$CQ_HOME/incoming/contingent/staff.csv"
STUB
    chmod +x stubs/sleep
    PATH=$PWD/stubs:$PATH take 0
    contains "$output" "still being written; they wait for the next run: 1"
    equal "$(files incoming) $(files "done")" "1 0"
    take 0
    equal "$(files incoming)" 0
}

@test "a list that comes again changes nothing, is kept apart, and that is said" {
    world
    drop staff.csv contingent
    take 0
    drop staff.csv contingent
    take 0
    contains "$output" "nothing changed, the registry knew all of it already"
    equal "$(find "$CQ_HOME/done" -name list.csv | wc -l)" 2
}

@test "a refused list is told with where the reason is, and status 3; the others go in" {
    world
    drop staff-bad.csv contingent
    touch -d '2026-11-01 10:00' "$CQ_HOME/incoming/contingent/staff-bad.csv"
    drop facilities.csv facilities
    take 3
    local report
    report=$(echo "$CQ_HOME"/refused/contingent/*/report.txt)
    contains "$output" "the reason is in $report"
    contains "$(cat "$report")" "CQ-F006"
    equal "$(wc -l <"${report%/*}/rejects.csv")" 3
    contains "$output" "taken as run 1: rows read 4"
    CQ_TAKE_OPTIONS=--max-bad=70
    export CQ_TAKE_OPTIONS
    drop staff-bad.csv contingent
    take 1
    contains "$output" "rejected 2"
}

@test "a list that the guard refuses goes in with the token of its report" {
    world
    "$CQ_TOOLS/gen" contingent 400 --seed=1 >all.csv
    mkdir -p "$CQ_HOME/incoming/contingent/full"
    cp all.csv "$CQ_HOME/incoming/contingent/full/"
    take 0
    head -n 200 all.csv >"$CQ_HOME/half.csv"
    cp "$CQ_HOME/half.csv" "$CQ_HOME/incoming/contingent/full/"
    take 3
    local command
    command=$(sed -n 's/.*to let this list in all the same: cq-take //p' "$CQ_HOME"/refused/contingent/full/*/report.txt)
    contains "$command" --approve=
    take 2 --approve=0123456789abcdef contingent/full/20200101T000000Z-1
    contains "$output" "no refused list has this name"
    take 3 "--approve=0123456789abcdef" "${command##* }"
    cmp "$CQ_HOME"/refused/contingent/full/*/list.csv "$CQ_HOME/half.csv"
    # shellcheck disable=SC2086 # two words
    take 0 $command
    equal "$(files refused) $(files work)" "0 0"
    contains "$(runs | tail -n 1)" contingent,full
    ls "$CQ_HOME"/done/contingent/full/*/earlier-2/report.txt
}

@test "files are for their owner alone, and no name of a list is told" {
    world
    drop staff.csv contingent "Серик Ахметов 850315100016.csv"
    drop staff-bad.csv contingent "Марат Ахметов 850315100016.csv"
    take 3
    lacks "$output" Ахметов
    lacks "$output" 850315100016
    equal "$(find "$CQ_HOME" -name '*Ахметов*' -o -name '*850315100016*')" ""
    equal "$(find "$CQ_HOME/done" "$CQ_HOME/refused" "$CQ_HOME/work" -type f ! -perm 600)" ""
    equal "$(find "$CQ_HOME/done" "$CQ_HOME/refused" "$CQ_HOME/work" -type d ! -perm 700)" ""
    equal "$(grep -rl Ахметов "$CQ_HOME/done" "$CQ_HOME/refused" --include=about | wc -l)" 2
    equal "$(grep -rl Ахметов "$CQ_HOME/done" "$CQ_HOME/refused" --include=report.txt)" ""
}

@test "a list of another owner becomes ours, and he can change it no more" {
    [ "$(id -u)" = 0 ] || skip "only root can give a file away"
    world
    drop staff.csv contingent
    chown 65534:65534 "$CQ_HOME/incoming/contingent/staff.csv"
    exec 8>>"$CQ_HOME/incoming/contingent/staff.csv"
    take 0
    echo late >&8
    exec 8>&-
    equal "$(stat -c %u "$CQ_HOME"/done/contingent/*/list.csv)" 0
    cmp "$CQ_HOME"/done/contingent/*/list.csv "$TOP/tests/data/manual/staff.csv"
}

@test "two at once exclude each other" {
    world
    drop staff.csv contingent
    mkdir "$CQ_HOME/work"
    exec 8>"$CQ_HOME/work/.lock"
    flock 8
    CQ_TAKE_WAIT=0 take 5
    contains "$output" "another cq-take is still at work"
    equal "$(files incoming)" 1
    exec 8>&-
    CQ_TAKE_SETTLE=0 "$TAKE" 2>one &
    CQ_TAKE_SETTLE=0 "$TAKE" 2>two
    wait $!
    equal "$(cat one two | grep -c 'taken as run 1:')" 1
    equal "$(runs | wc -l)" 1
}

@test "where the registry is at fault the list is kept, and goes in later" {
    world
    drop staff.csv contingent
    echo "not a registry" >"$CQ_HOME/cq.db"
    take 5
    contains "$output" "cannot be taken now (status 5)"
    equal "$(files incoming) $(files refused) $(files "done")" "0 0 0"
    cmp "$CQ_HOME"/work/*/list.csv "$TOP/tests/data/manual/staff.csv"
    rm "$CQ_HOME/cq.db"
    take 0
    equal "$(find "$CQ_HOME/done" -name list.csv | wc -l) $(files work)" "1 0"
    ls "$CQ_HOME"/done/contingent/*/earlier-1/report.txt
}

# stub NAME SCRIPT: a program that comes before the real one.
stub() {
    mkdir -p stubs
    printf '#!/bin/sh\n%s\n' "$2" >"stubs/$1"
    chmod +x "stubs/$1"
}

@test "a list whose note cannot be written stays where it is; one whose note is lost is not deleted" {
    world
    drop staff.csv contingent
    stub sync 'exit 1'
    PATH=$PWD/stubs:$PATH take 4
    contains "$output" "nothing more can be taken"
    equal "$(files incoming) $(files work)" "1 0"
    rm stubs/sync
    mkdir "$CQ_HOME/work/20261101T000000Z-1"
    mv "$CQ_HOME/incoming/contingent/staff.csv" "$CQ_HOME/work/20261101T000000Z-1/list.csv"
    : >"$CQ_HOME/work/20261101T000000Z-1/about"
    drop facilities.csv facilities
    take 4
    contains "$output" "what was noted about this list is lost"
    cmp "$CQ_HOME/work/20261101T000000Z-1/list.csv" "$TOP/tests/data/manual/staff.csv"
    equal "$(files incoming)" 0 "the others go in"
}

@test "a list that kills the import does not stop the others" {
    world
    drop staff.csv contingent
    touch -d '2026-11-01 10:00' "$CQ_HOME/incoming/contingent/staff.csv"
    drop facilities.csv facilities
    stub cq-import "case \$* in *contingent*) kill -SEGV \$\$ ;; esac; exec $CQ_BIN/cq-import \"\$@\""
    PATH=$PWD/stubs:$PATH take 4
    equal "$(runs | cut -d, -f1)" facilities
    take 0
    equal "$(runs | wc -l) $(files work)" "2 0"
}

@test "links and dots on the way lead nowhere, and a setting that is no number is told" {
    world
    drop staff.csv contingent
    take 0
    ln -s "../../done/contingent/$(ls "$CQ_HOME/done/contingent")" "$CQ_HOME/incoming/contingent/penal"
    take 2 contingent/penal
    equal "$(files "done")" 6
    take 2 --approve=0123456789abcdef "../done/contingent/$(ls "$CQ_HOME/done/contingent")"
    equal "$(files "done") $(files refused)" "6 0"
    CQ_TAKE_KEEP=ninety take 2
    contains "$output" "are whole numbers"
}

@test "the folder and the registry may be named from where one is" {
    world
    drop staff.csv contingent
    CQ_HOME=home CQ_DB=here.db take 0
    [ -s here.db ]
    equal "$(find home -name '*.db')" ""
}

@test "a list that could not be deleted is left and told, not taken again and again" {
    [ "$(id -u)" = 0 ] || skip "only root can be somebody else"
    command -v setpriv >/dev/null || skip "setpriv is not installed"
    world
    drop staff.csv contingent
    chown -R 65534 "$CQ_HOME"
    chown 0 "$CQ_HOME/incoming/contingent" "$CQ_HOME/incoming/contingent/staff.csv"
    chmod 755 "$CQ_HOME/incoming/contingent"
    chmod a+x "$BATS_RUN_TMPDIR" .. .
    CQ_TAKE_SETTLE=0 run -4 --separate-stderr setpriv --reuid=65534 --clear-groups "$TAKE"
    contains "$stderr" "from which they cannot be deleted"
    equal "$(files incoming) $(files "done")" "1 0"
}

# killing STEP WHEN: programs in stubs/ that do as the real ones, and kill the script that calls them at
# the STEP-th call, WHEN before or after.
killing() {
    local program
    rm -rf stubs
    mkdir stubs
    for program in mv cp rm mkdir chmod sync stat cq-import; do
        cat >stubs/$program <<STUB
#!/bin/sh
echo >>"$PWD/stubs/calls"
step=\$(wc -l <"$PWD/stubs/calls")
[ "\$step $2" != "$1 before" ] || kill -9 \$PPID
[ "\$step $2" != "$1 before" ] || exit 1
PATH=$PATH $program "\$@"
status=\$?
[ "\$step $2" != "$1 after" ] || kill -9 \$PPID
exit \$status
STUB
    done
    chmod +x stubs/*
    : >stubs/calls
}

@test "killed at any step, nothing is lost and nothing done twice" {
    local when step status tried=0
    for when in before after; do
        for step in $(seq 1 60); do
            rm -rf home
            world
            drop staff.csv contingent
            [ $((step % 2)) = 0 ] || [ "$(id -u)" != 0 ] || chown 65534 "$CQ_HOME/incoming/contingent/staff.csv"
            killing "$step" $when
            status=0
            (PATH="$PWD/stubs:$PATH" CQ_TAKE_SETTLE=0 "$TAKE" >/dev/null 2>&1) >/dev/null 2>&1 || status=$?
            if [ "$(wc -l <stubs/calls)" -lt "$step" ]; then
                break # every step has been tried
            fi
            tried=$((tried + 1))
            # The one whole list is somewhere at this moment.
            find home -name '*.csv' ! -name changes.csv ! -name rejects.csv -exec cmp -s {} "$TOP/tests/data/manual/staff.csv" \; -print |
                grep -q . || fail "lost: killed $when step $step"
            take 0
            equal "$(files incoming) $(files work) $(files refused)" "0 0 0" "left, killed $when step $step"
            [ -n "$(find home/done -name list.csv)" ] || fail "not put away: killed $when step $step"
            # What is put away is whole.
            equal "$(find home/done -name list.csv | wc -l)" "$(find home/done -mindepth 3 -maxdepth 3 -name summary.json | wc -l)"
            equal "$(find home/done -name about | wc -l)" "$(grep -rlx status=0 home/done --include=about | wc -l)"
            equal "$(find home/done -mindepth 4 ! -path '*/earlier-*')" "" "nested, killed $when step $step"
            equal "$(cq-report --db=home/cq.db contingent --by=agency --as-of=2030-01-01 | cut -d, -f2 | sed 1d | awk '{ sum += $1 } END { print sum }')" 5 \
                "people, killed $when step $step"
            equal "$(cq-report --db=home/cq.db runs | cut -d, -f9 | sed 1d | awk '{ sum += $1 } END { print sum }')" 5 "rows added"
        done
    done
    [ "$tried" -gt 15 ] || fail "only $tried steps"
}

@test "lists and reports are removed after so many days, and younger ones stay" {
    world
    drop staff.csv contingent
    drop staff-bad.csv facilities
    take 3
    touch -d '91 days ago' "$CQ_HOME"/done/contingent/*
    touch -d '60 days ago' "$CQ_HOME"/refused/facilities/*
    CQ_TAKE_KEEP=0 take 0
    equal "$(find "$CQ_HOME/done" -name list.csv | wc -l)" 1
    take 0
    contains "$output" "older than 90 days that were removed: 1"
    equal "$(files "done") $(files work)" "0 0"
    ls "$CQ_HOME"/refused/facilities/*/list.csv
    CQ_TAKE_KEEP=30 take 0
    equal "$(files refused)" 0
}

@test "its words are there in three languages, with the same places to fill" {
    local lang
    for lang in en ru kk; do
        sed -n "s/^    $lang:\([a-z]*\)) echo.*/\1/p" "$TAKE" >$lang.keys
        sed -n "/^    $lang:[a-z]*) echo/s/[^%]//gp" "$TAKE" >$lang.places
    done
    [ "$(wc -l <en.keys)" -gt 15 ]
    cmp en.keys ru.keys
    cmp en.keys kk.keys
    cmp en.places ru.places
    cmp en.places kk.places
    world
    drop staff.csv contingent
    LC_ALL=ru_RU.UTF-8 take 0
    contains "$output" "принят, загрузка 1"
    drop staff.csv odd
    LC_ALL=kk_KZ.UTF-8 take 2
    contains "$output" "мұндай атаумен тізім түрі жоқ"
    for lang in en ru kk; do
        LC_ALL=$lang "$TAKE" --help >help.$lang
        contains "$(cat help.$lang)" "cq-take(8)"
    done
    ! cmp -s help.ru help.kk
}
