# What every bats file loads: a fixed world, so that no test depends on the machine, the hour or
# the language of whoever runs it.

bats_require_minimum_version 1.5.0

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CQ_BIN=${CQ_BIN:-$TOP/build/bin}
CQ_TOOLS=${CQ_TOOLS:-$TOP/build/tools}
PROGRAMS='cq-import cq-eligible cq-refer cq-report'

export TOP CQ_BIN CQ_TOOLS PROGRAMS
export TZ=UTC LC_ALL=C.UTF-8
export PATH="$CQ_BIN:$PATH"
unset CQ_DB LANG LANGUAGE LC_MESSAGES POSIXLY_CORRECT NO_COLOR COLUMNS LINES PAGER CQ_PAGER

# Each test works in a folder of its own, which is also its home: a registry made by default
# lies there.
setup() {
    cd "$BATS_TEST_TMPDIR" || return
    export HOME="$BATS_TEST_TMPDIR" XDG_DATA_HOME="$BATS_TEST_TMPDIR/data" TMPDIR="$BATS_TEST_TMPDIR"
}

# fail WORDS...: ends the test with a reason.
fail() {
    echo "$*" >&2
    return 1
}

# equal ACTUAL EXPECTED [WHAT]
equal() {
    [ "$1" = "$2" ] || fail "${3:-value}: got '$1', expected '$2'"
}

# contains TEXT PART
contains() {
    case $1 in
    *"$2"*) ;;
    *) fail "'$2' is not in: $1" ;;
    esac
}

# lacks TEXT PART
lacks() {
    case $1 in
    *"$2"*) fail "'$2' is in: $1" ;;
    esac
}

# messages TEXT: what was said on standard error, without the next steps below the messages.
messages() {
    sed '/^cq-[a-z]*:   /d' <<<"$1"
}

# reports: the names of the reports there are, one a line, as cq-report tells them.
reports() {
    cq-report 2>&1 | sed -n 's/.*there are: \(.*\) \[.*/\1/p' | tr -d ' ' | tr , '\n'
}

# build_fault: builds fault.so, to be preloaded into a program whose writing is to fail.
build_fault() {
    if ldd "$(command -v cq-import)" | grep -q libasan; then
        skip "a sanitizer wants to be loaded first"
    fi
    ${CC:-cc} -O1 -shared -fPIC -o fault.so "$TOP/tests/bats/fault.c" -ldl
}

# killed_at N PROGRAM...: a program that is killed in place of its Nth write.
killed_at() {
    local n=$1
    shift
    env LD_PRELOAD="$PWD/fault.so" CQ_FAULT="$n" CQ_FAULT_KILL=1 "$@"
}

# started PID NAME: waits until the child is that program, no longer the shell that becomes it.
started() {
    for _ in {1..1000}; do
        [ "$(cat "/proc/$1/comm" 2>/dev/null)" != "$2" ] || return 0
        sleep 0.005
    done
    fail "$2 did not start"
}
