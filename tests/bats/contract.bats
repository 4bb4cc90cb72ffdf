# What every one of the programs promises, whatever it is for.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr
# A check that `each` calls stands in a condition, where a failing command does not end it: it
# chains its assertions with && or returns.

load helper

# each FUNCTION: runs it with the name of each program.
each() {
    local program
    for program in $PROGRAMS; do
        "$1" "$program" || fail "($program)"
    done
}

# The long options that --help lists, one a line.
options_of() {
    "$1" --help | sed -n 's/^  \(-[A-Za-z],\|   \) --\([a-z-]*\).*/\2/p' | sort -u
}

# same_lines WHAT LEFT RIGHT: both have the same lines; says which differ.
same_lines() {
    local difference
    difference=$(diff <(echo "$2") <(echo "$3")) || fail "$1: $difference"
}

# A signal or a bug of ours: what no input may bring about.
sane_status() {
    [ "$1" -lt 70 ] || fail "status $1"
}

help_on_stdout() {
    run --separate-stderr "$1" --help
    equal "$status" 0 status && equal "$stderr" "" stderr && contains "${lines[0]}" "Usage: $1 " &&
        contains "$output" "--version"
}
@test "--help goes to standard output, with nothing on standard error" {
    each help_on_stdout
}

short_help() {
    equal "$("$1" -h)" "$("$1" --help)" "-h" && equal "$("$1" -V)" "$("$1" --version)" "-V"
}
@test "-h and -V are the short forms" {
    each short_help
}

version_first() {
    local expected
    expected=$(sed -n 's/^VERSION *= *//p' "$TOP/Makefile")
    run --separate-stderr "$1" --version
    equal "$status" 0 status && equal "$stderr" "" stderr &&
        equal "${lines[0]}" "$1 (cq) $expected" "first line"
}
@test "--version begins with the name and the version" {
    each version_first
}

version_law() {
    run --separate-stderr "$1" --version --verbose
    equal "$status" 0 status || return
    [[ ${lines[1]} =~ ^law\ [0-9a-f]{64}$ ]] || fail "second line: ${lines[1]}"
}
@test "--version -v tells the fingerprint of the law tables" {
    each version_law
}

unknown_option() {
    run --separate-stderr "$1" --no-such-option=secret
    equal "$status" 2 status && equal "$output" "" stdout &&
        contains "$stderr" "--no-such-option [CQ-U001]" && contains "$stderr" "Try '$1 --help'" &&
        lacks "$stderr" secret || return
    run --separate-stderr "$1" -Z
    equal "$status" 2 status && equal "$output" "" stdout && contains "$stderr" "-Z [CQ-U001]"
}
@test "an unknown option is a usage error, on standard error only" {
    each unknown_option
}

wrong_values() {
    local option
    for option in --as-of=2026-02-30 --as-of=01.02.2026 --known-at=yesterday --format=xml --lang=fr; do
        run --separate-stderr "$1" "$option"
        equal "$status" 2 "status of $option" && equal "$output" "" stdout &&
            contains "$stderr" "${option%%=*}" && contains "$stderr" "[CQ-U002]" || return
    done
    run --separate-stderr "$1" --db
    equal "$status" 2 status && contains "$stderr" "--db [CQ-U001]"
}
@test "a wrong or missing value of a common option is a usage error that names the option" {
    each wrong_values
}

html_refused() {
    [ "$1" != cq-report ] || return 0
    run --separate-stderr "$1" --format=html
    equal "$status" 2 status && contains "$stderr" "--format"
}
@test "only reports can be HTML" {
    each html_refused
}

full_disk() {
    local option status
    for option in --help --version; do
        status=0
        "$1" "$option" >/dev/full 2>err || status=$?
        equal "$status" 4 "status of $option" && contains "$(cat err)" "[CQ-O003]" || return
    done
}
@test "output that cannot be written is an error" {
    each full_disk
}

closed_stdout() {
    local option status
    for option in --help --version; do
        status=0
        "$1" "$option" >&- 2>err || status=$?
        equal "$status" 4 "status of $option" && contains "$(cat err)" "[CQ-O003]" || return
    done
}
@test "a closed standard output is an error" {
    each closed_stdout
}

@test "data that cannot be written are an error too" {
    local status
    printf 'category\nemployee\n' >facts.csv
    status=0
    cq-eligible --facts <facts.csv >/dev/full 2>err || status=$?
    equal "$status" 4 "status on a full disk"
    contains "$(cat err)" "[CQ-O003]"
    status=0
    cq-eligible --facts <facts.csv >&- 2>err || status=$?
    equal "$status" 4 "status with a closed stdout"
    status=0
    cq-report law >/dev/full 2>err || status=$?
    equal "$status" 4 "status of cq-report"
    contains "$(cat err)" "[CQ-O003]"
}

early_reader() {
    "$1" --help 2>err | head -n 1 >out
    equal "$(cat err)" "" stderr && contains "$(cat out)" "Usage:"
}
@test "a reader that leaves early makes no noise" {
    each early_reader
    printf 'category\n' >facts.csv
    yes employee | head -n 200000 >>facts.csv
    cq-eligible --facts <facts.csv 2>err | head -n 1 >out
    equal "$(cat err)" "" stderr
    contains "$(cat out)" outcome
}

bare_environment() {
    local status=0
    env -i "$CQ_BIN/$1" --help >out 2>err <&- || status=$?
    equal "$status" 0 "status of --help" && contains "$(cat out)" "Usage:" || return
    status=0
    env -i HOME="$HOME" "$CQ_BIN/$1" >out 2>err <&- || status=$?
    sane_status "$status" || return
    [ "$status" -ne 0 ] || fail "nothing to read, yet status 0" || return
    status=0
    env -i HOME="$HOME" "$CQ_BIN/$1" <&- >&- 2>&- || status=$?
    sane_status "$status"
}
@test "an empty environment and closed descriptors do no harm" {
    each bare_environment
}

output_to_file() {
    run --separate-stderr "$1" --output=missing/out.csv --help
    equal "$status" 0 "--help needs no output file" || return
    echo old >kept.csv
    run --separate-stderr "$1" --output=kept.csv --no-such-option
    equal "$status" 2 status && equal "$(cat kept.csv)" old "the old file" &&
        equal "$(find . -name 'kept.csv?*')" "" "left over"
}
@test "a run that fails leaves the old output file and no other" {
    each output_to_file
}

@test "a new file that holds people's data is for its owner alone" {
    umask 022
    export CQ_DB="$PWD/cq.db"
    "$CQ_TOOLS/gen" contingent 50 | sed '3s/,/X,/' >people.csv
    cq-import -q --max-bad=50 --as-of=2026-01-01 --rejects=rejects.csv --changes=changes.csv people.csv || true
    iin=$(sed -n 2p people.csv | cut -d, -f1)
    cq-eligible --as-of=2026-01-01 "$iin" -o answers.csv || true
    cq-eligible --as-of=2026-01-01 --letter "$iin" -o letter.html || true
    cq-eligible --as-of=2026-01-01 --all -o all.csv
    cq-refer list -o referrals.csv
    cq-eligible --as-of=2026-01-01 --receipt -o receipts.csv <people.csv || true
    cq-eligible --replay=receipts.csv -o replayed.csv || true
    cq-report person --iin="$iin" -o person.csv
    cq-report contingent --as-of=2026-01-01 -o counts.csv
    cq-report leaving --as-of=2026-01-01 -o leaving.csv
    cq-report leaving --as-of=2026-01-01 --mask -o masked.csv
    cq-report registration --as-of=2026-01-01 -o registration.csv
    cq-report all --as-of=2026-01-01 --format=html -o book.html
    cq-report all --as-of=2026-01-01 --format=html --suppress=5 -o published.html
    equal "$(stat -c '%a %n' ./*.csv ./*.html)" "600 ./all.csv
600 ./answers.csv
600 ./changes.csv
644 ./counts.csv
600 ./leaving.csv
644 ./masked.csv
644 ./people.csv
600 ./person.csv
600 ./receipts.csv
600 ./referrals.csv
600 ./registration.csv
600 ./rejects.csv
600 ./replayed.csv
600 ./book.html
600 ./letter.html
644 ./published.html"
}

@test "--output is replaced in one piece and keeps its rights" {
    printf 'category\nemployee\n' >facts.csv
    echo old >out.csv
    chmod 640 out.csv
    ln -s out.csv link.csv
    cq-eligible --facts --output=link.csv <facts.csv >said
    equal "$(cat said)" "" stdout
    equal "$(wc -l <out.csv)" 2 lines
    equal "$(stat -c %a out.csv)" 640 rights
    [ -L link.csv ]
    (umask 027 && cq-eligible --facts -o new.csv <facts.csv)
    equal "$(stat -c %a new.csv)" 640 "rights of a new file"
    run --separate-stderr cq-eligible --facts -o /dev/full <facts.csv
    equal "$status" 4 status
    run --separate-stderr cq-eligible --facts -o no/such/folder.csv <facts.csv
    equal "$status" 4 status
    contains "$stderr" "no/such/folder.csv: "
    equal "$(find . -name '*.csv.*')" "" "left over"
}

in_manual() {
    local page="$TOP/cmd/$1.1" documented
    [ -f "$page" ] || fail "no page $page" || return
    documented=$(sed -n 's/^\.It /&/p' "$page" | grep -oE 'Fl Fl [a-z-]+' | sed 's/Fl Fl //' | sort -u)
    same_lines "options of --help and of the page" "$(options_of "$1")" "$documented"
}
@test "the manual page describes the options of --help, all and no other" {
    each in_manual
}

@test "help and page name the reports there are" {
    local names page="$TOP/cmd/cq-report.1"
    names=$(reports | sort)
    same_lines "reports of --help" "$names" "$(cq-report --help | tr '\n' ' ' |
        sed 's/.*REPORT is//; s/ \{2,\}/ /g' | sed 's/([^)]*)//g; s/\..*//; s/ or / /' |
        tr -d ' ' | tr , '\n' | sort)"
    same_lines "reports of the page" "$names" \
        "$(sed -n '/^\.Sh DESCRIPTION/,/^\.El/s/^\.It Cm //p' "$page" | sort)"
    same_lines "reports in COLUMNS of the page" "$(grep -vx all <<<"$names")" \
        "$(sed -n '/^\.Sh COLUMNS/,/^\.El/s/^\.It Cm //p' "$page" | sort)"
}

languages() {
    local en kk ru
    en=$("$1" --help)
    kk=$("$1" --lang=kk --help)
    ru=$("$1" --help --lang ru)
    contains "$kk" "Қолданылуы: $1" && contains "$ru" "Использование: $1" || return
    equal "$(LC_ALL=kk_KZ.UTF-8 "$1" --help)" "$kk" "LC_ALL=kk_KZ.UTF-8" &&
        equal "$(LC_ALL='' LC_MESSAGES='' LANG=ru_RU.UTF-8 "$1" --help)" "$ru" "LANG=ru" &&
        equal "$(LC_ALL='' LC_MESSAGES=en_US LANG=ru_RU.UTF-8 "$1" --help)" "$en" "LC_MESSAGES=en" &&
        equal "$(LANGUAGE=kk "$1" --help)" "$en" "LANGUAGE alone" || return
    same_lines "options in three languages" "$(options_of "$1")" \
        "$(sed -n 's/^  \(-[A-Za-z],\|   \) --\([a-z-]*\).*/\2/p' <<<"$kk" | sort -u)"
}
@test "help speaks Kazakh and Russian, by option or environment" {
    each languages
}

@test "messages speak the language asked for, their codes do not change" {
    run --separate-stderr cq-import --lang=ru --no-such-option
    equal "$status" 2
    contains "$stderr" "[CQ-U001]"
    lacks "$stderr" "wrong option"
}

@test "catalogues are found from any folder" {
    cd /
    contains "$(cq-import --lang=kk --help)" "Қолданылуы:"
}
