#!/usr/bin/env bash
# Proves that no files form a circle. A file here is a source together with the private header of
# its name, or a public header; it points at each file that it includes or calls a function of.
# $CQ_BUILD is a finished build: its objects say who defines and who calls a function. Prints each
# circle, a file and what it points at a line.
set -eu -o pipefail

objects=${CQ_BUILD:-build}/obj
[ -e "$objects/cmd/cli.o" ] || { echo "no objects in $objects to look at"; exit 1; }
# shellcheck source=tests/tools/symbols.bash
. "$(dirname "$0")/symbols.bash"

{ symbols; includes; } | awk '
    function stem(path) {
        sub(/\.(c|h|def)$/, "", path)
        return path
    }
    function point(from, to) {
        if (from != to)
            print from, to
    }
    $1 == "D" { defined[$2] = $3 }
    $1 == "U" { needed++; symbol[needed] = $2; user[needed] = $3 }
    $1 == "I" { included++; from[included] = $2; to[included] = $3 }
    END {
        for (i = 1; i <= included; i++)
            point(stem(from[i]), stem(to[i]))
        for (i = 1; i <= needed; i++)
            if (symbol[i] in defined)
                point(user[i], defined[symbol[i]])
    }' | sort -u | tsort 2>&1 >/dev/null | sed -n 's/^tsort: \([^:]*\)$/  \1/p; s/^tsort: -: .*/a circle:/p' |
    { ! grep .; }
