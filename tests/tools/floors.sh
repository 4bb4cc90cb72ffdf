#!/usr/bin/env bash
# Proves the order of the folders of lib/, from the lowest floor to the highest, with cmd/ above
# them: a file includes headers of its own floor and of lower ones, and an object calls functions of
# its own floor and of lower ones, never of a higher one.
# $CQ_FLOORS names the folders in order; $CQ_BUILD is a finished build: its objects say where a
# function is defined and who calls it. A public header is on the floor of the functions that it
# declares, and all of them are defined in one folder; one that declares none is on the floor of the
# highest header that it includes.
set -eu -o pipefail

objects=${CQ_BUILD:-build}/obj
floors=${CQ_FLOORS:-$(sed -n 's/^FLOORS *= *//p' Makefile)}
[ -e "$objects/cmd/cli.o" ] || { echo "no objects in $objects to look at"; exit 1; }

# shellcheck source=tests/tools/symbols.bash
. "$(dirname "$0")/symbols.bash"

{ symbols; declarations; includes; } | awk -v floors="$floors cmd" '
    BEGIN {
        count = split(floors, names, " ")
        for (i = 1; i <= count; i++)
            level[names[i]] = i
    }
    function folder(path) {
        sub(/^lib\//, "", path)
        sub(/\/.*/, "", path)
        return path
    }
    # The floor of a file; a public header without functions waits for what it includes.
    function floor_of(file,    i, most) {
        if (file in header_floor)
            return header_floor[file]
        if (file !~ /^include\//)
            return level[folder(file)] ? level[folder(file)] : count + 1
        header_floor[file] = 1
        most = 1
        for (i = 1; i <= included; i++)
            if (from[i] == file && floor_of(to[i]) > most)
                most = floor_of(to[i])
        return header_floor[file] = most
    }
    function complain(text) {
        print text
        bad = 1
    }
    $1 == "D" { defined[$2] = $3 }
    $1 == "U" { needed++; symbol[needed] = $2; user[needed] = $3 }
    $1 == "P" { declared++; declares[declared] = $2; header[declared] = $3 }
    $1 == "I" { included++; from[included] = $2; to[included] = $3 }
    END {
        for (i = 1; i <= declared; i++) {
            if (!(declares[i] in defined))
                continue
            at = level[folder(defined[declares[i]])]
            if (header[i] in header_floor && header_floor[header[i]] != at)
                complain(header[i] " declares functions of two folders: " declares[i])
            header_floor[header[i]] = at
        }
        for (i = 1; i <= included; i++)
            if (floor_of(from[i]) < floor_of(to[i]))
                complain(from[i] " (" names[floor_of(from[i])] ") includes " to[i] \
                    " (" names[floor_of(to[i])] ")")
        for (i = 1; i <= needed; i++)
            if (symbol[i] in defined && level[folder(defined[symbol[i]])] > level[folder(user[i])])
                complain(user[i] " calls " symbol[i] " of " defined[symbol[i]])
        exit bad
    }'
