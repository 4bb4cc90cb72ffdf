#!/usr/bin/env bash
# Checks what the objects of the library call, by their undefined symbols: the library never prints,
# exits, reads the environment or the clock or runs a program; the decision is pure arithmetic on
# tables; the engine, the checks of the law and the law as SQL do not use SQLite.
# $CQ_BUILD is a build without sanitizers. Prints each object with a forbidden symbol.
set -eu -o pipefail

objects=${CQ_BUILD:-build}/obj/lib
[ -e "$objects/engine/decide.o" ] || { echo "no $objects/engine/decide.o to look at"; exit 1; }
status=0

# needs PATH...: "OBJECT SYMBOL" for each symbol that an object under these paths needs.
needs() {
    find "$@" -name '*.o' | LC_ALL=C sort | while read -r object; do
        nm -u "$object" | awk -v file="lib/${object#"$objects"/}" '$1 == "U" { print file, $2 }'
    done
}

# forbid WHAT: fails if there is any input; each line of it is a fault.
forbid() {
    awk -v what="$1" '{ print $1 " " what ": " $2; bad = 1 } END { exit bad }'
}

needs "$objects/engine/decide.o" |
    { grep -vE ' (cq_[a-z0-9_]+|mem(cpy|set|cmp|move)|str(len|cmp|ncmp|chr)|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__assert_fail)$' || true; } |
    forbid "is not pure" || status=1
needs "$objects/engine" "$objects/lawcheck" "$objects/lawsql" |
    { grep -E ' (sqlite3_|cq_(db|run|registry|migrate)_)' || true; } |
    forbid "asks the registry" || status=1
needs "$objects" |
    { grep -E ' (v?printf|__v?printf_chk|v?fprintf|__v?fprintf_chk|puts|putchar|perror|stdout|stderr|exit|_exit|_Exit|getenv|secure_getenv|setenv|time|clock|clock_gettime|gettimeofday|localtime(_r)?|setlocale|gettext|dcgettext|system|popen|signal|sigaction)$' || true; } |
    forbid "leaves the library" || status=1
exit $status
