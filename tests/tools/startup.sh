#!/bin/sh
# Proves that cmd/cli_start.c alone asks the system for the environment, the clock, the user and the
# terminals: a program reads all of that when it starts, and its other files use struct cq_cli.
# It checks the undefined symbols of the objects of cmd/. $CQ_BUILD is a build without sanitizers.
set -eu

objects=${CQ_BUILD:-build}/obj/cmd
[ -e "$objects/cli_start.o" ] || { echo "no $objects/cli_start.o to look at"; exit 1; }

questions='getenv|secure_getenv|environ|__environ'
questions="$questions|time|clock|clock_gettime|gettimeofday|ftime|timespec_get|localtime|localtime_r|gmtime|gmtime_r"
questions="$questions|getuid|geteuid|getgid|getegid|getlogin|getlogin_r|cuserid|getpwuid|getpwuid_r|getpwnam|getpwnam_r"
questions="$questions|isatty|ttyname|ttyname_r|ioctl|tcgetattr|gethostname|uname"

status=0
for object in "$objects"/*.o; do
    asked=$(nm -u "$object" | sed -n 's/^ *U //p' | grep -xE "$questions" | tr '\n' ' ' || true)
    if [ -n "$asked" ] && [ "$object" != "$objects/cli_start.o" ]; then
        echo "${object#"$objects"/} asks: $asked"
        status=1
    fi
    if [ -z "$asked" ] && [ "$object" = "$objects/cli_start.o" ]; then
        echo "cli_start.o asks for nothing: the list of questions fits no symbol"
        status=1
    fi
done
exit $status
