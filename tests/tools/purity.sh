#!/bin/sh
# Looks at what the objects of the library ask of others: the library never prints, exits, reads
# the environment or the clock or runs a program; the decision is pure arithmetic on tables.
# The undefined symbols of the objects tell. $CQ_BUILD is a build without sanitizers.
set -eu

objects=${CQ_BUILD:-build}/obj/lib
[ -e "$objects/engine/decide.o" ] || { echo "no $objects/engine/decide.o to look at"; exit 1; }

symbols() {
    nm -u "$@" | sed -n 's/^ *U //p' | sort -u
}

impure=$(symbols "$objects/engine/decide.o" |
    grep -vE '^(cq_[a-z0-9_]+|mem(cpy|set|cmp|move)|str(len|cmp|ncmp|chr)|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__assert_fail)$' || true)
talks=$(find "$objects" -name '*.o' -exec nm -u {} + | sed -n 's/^ *U //p' | sort -u |
    grep -xE 'v?printf|__v?printf_chk|v?fprintf|__v?fprintf_chk|puts|putchar|perror|stdout|stderr|exit|_exit|_Exit|getenv|secure_getenv|setenv|time|clock|clock_gettime|gettimeofday|localtime(_r)?|setlocale|gettext|dcgettext|system|popen|signal|sigaction' || true)
status=0
if [ -n "$impure" ]; then
    echo "decide.o needs: $impure"
    status=1
fi
if [ -n "$talks" ]; then
    echo "the library calls: $talks"
    status=1
fi
exit $status
