#!/usr/bin/env bash
# Runs the groups of tests named: static, unit, replay, bats, format, cppcheck. The last line is
# `N passed, N failed`, over all of them; the status is 1 if any failed.
# $CQ_BUILD, $CQ_BIN, $CQ_TOOLS say what was built and where; $BATS which bats files to run.
set -u
cd "$(dirname "$0")/../.." || exit 1
CQ_BUILD=${CQ_BUILD:-$PWD/build}
export CQ_BUILD CQ_BIN="${CQ_BIN:-$CQ_BUILD/bin}" CQ_TOOLS="${CQ_TOOLS:-$CQ_BUILD/tools}"
export TZ=UTC LC_ALL=C.UTF-8
unset CQ_DB LANG LANGUAGE

passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# count NAME PASSED FAILED: adds up and prints a result, with the log of a failure.
count() {
    passed=$((passed + $2))
    failed=$((failed + $3))
    if [ "$3" -eq 0 ]; then
        echo "  ok    $1 ($2)"
    else
        cat "$log"
        echo "  FAIL  $1 ($3 of $(($2 + $3)))"
    fi
}

# run_test NAME COMMAND...: one test, passed if the command succeeds.
run_test() {
    local name=$1
    shift
    if "$@" >"$log" 2>&1; then
        count "$name" 1 0
    else
        count "$name" 0 1
    fi
}

pages() {
    find cmd -name '*.[1578]' -exec mandoc -T lint -W warning {} +
}

scripts() {
    shellcheck -S warning tests/tools/*.sh .ci/run cmd/package/*.sh cmd/package/cq-take &&
        shellcheck -S warning cmd/package/deb/build.sh cmd/package/deb/cq.p* &&
        shellcheck -S warning -s bash completions/bash/cq &&
        shellcheck -S warning -s bats tests/bats/*.bats tests/bats/*.bash &&
        { [ ! -d tests/bench ] || find tests/bench -name '*.sh' -exec shellcheck -S warning {} +; }
}

# A program outside includes any public header first, in plain C11; a source any private one.
headers() {
    local header status=0 compile=("${CC:-cc}" -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only)
    for header in include/cq/*.h; do
        "${compile[@]}" -x c "$header" || status=1
    done
    for header in lib/*/*.h cmd/*.h; do
        "${compile[@]}" -D_GNU_SOURCE -Ilib -x c "$header" || status=1
    done
    return $status
}

run_static() {
    run_test "floors of the sources" tests/tools/floors.sh
    run_test "circles of files" tests/tools/circles.sh
    run_test "what the library calls" tests/tools/purity.sh
    run_test "what the programs ask at their start" tests/tools/startup.sh
    run_test "headers by themselves" headers
    run_test "manual pages" pages
    run_test "manual pages of other languages" tests/tools/pages.sh
    run_test "codes of messages" tests/tools/errors-tested.sh
    run_test "pages of the messages" tests/tools/errors-page.sh check
    run_test "scripts" scripts
    run_test "catalogues" tests/tools/po.sh check
    run_test "completions" tests/tools/completions.sh check
}

# The test programs that have a source: a build may hold some of a former name.
unit_tests() {
    find "$CQ_BUILD/unit" -type f -name 'test_*' -perm -u+x | sort | while read -r test; do
        [ ! -e "tests/unit/${test#"$CQ_BUILD"/unit/}.c" ] || echo "$test"
    done
}

# Adds up cmocka's own counts; a test program that dies without them is one failure.
run_unit() {
    local test ok bad status
    while read -r test; do
        "$test" >"$log" 2>&1
        status=$?
        ok=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log" | paste -sd+ | add_up)
        bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log" | paste -sd+ | add_up)
        if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
            bad=1
        fi
        count "unit ${test#"$CQ_BUILD"/unit/}" "$ok" "$bad"
    done < <(unit_tests)
}

add_up() {
    local sum
    read -r sum || true
    echo $((${sum:-0}))
}

run_replay() {
    local target
    for target in "$CQ_BUILD"/replay/*; do
        [ -x "$target" ] && [ ! -d "$target" ] || continue
        run_test "fuzz corpus of $(basename "$target")" \
            "$target" "tests/fuzz/corpus/$(basename "$target")"
    done
}

run_bats() {
    local ok bad skipped
    # shellcheck disable=SC2086 # a list of files
    bats --jobs 1 --formatter tap --print-output-on-failure ${BATS:-tests/bats} 2>&1 | tee "$log" |
        sed -u -n -e 's/^ok [0-9]* /  ok    /p' -e 's/^not ok [0-9]* /  FAIL  /p' -e 's/^#/  #/p'
    ok=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    skipped=$(grep -c '^ok .*# skip' "$log")
    if ! grep -q '^1\.\.[0-9]' "$log" ||
        [ "$(sed -n 's/^1\.\.//p' "$log")" != $((ok + bad)) ]; then
        cat "$log"
        bad=$((bad + 1)) # bats itself failed
    fi
    if [ "$skipped" -gt 0 ]; then
        echo "  $skipped skipped"
    fi
    passed=$((passed + ok - skipped))
    failed=$((failed + bad))
}

# The dialect of C, as `make format` writes it.
run_format() {
    run_test "format of the sources" clang_format --dry-run --Werror
}

clang_format() {
    find include lib cmd tests -name '*.[ch]' -exec clang-format --style=file "$@" {} +
}

# ctuuninitvar, ctunullpointer: cppcheck takes a function that fills or tests its argument for one
# that reads it.
run_cppcheck() {
    command -v cppcheck >/dev/null || return 0
    run_test "cppcheck" cppcheck -q --std=c11 --enable=warning,portability --error-exitcode=1 \
        --inline-suppr --suppress=ctuuninitvar --suppress=ctunullpointer --suppress=autoVariables \
        -Iinclude -Ilib -D_GNU_SOURCE -DCQ_VERSION='""' lib cmd
}

for group in "$@"; do
    "run_$group"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
