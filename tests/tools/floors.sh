#!/usr/bin/env bash
# Proves the floors base -> text -> store -> domain -> cmd: a file includes headers of its own
# floor and of lower ones, never of a higher one. A public header lies on the floor of the source
# of the same name (law.h: law.c or law_*.c); those without one stand in the table below.
set -eu

declare -A level=([base]=0 [text]=1 [store]=2 [domain]=3 [cmd]=4)
declare -A without_source=([codes.def]=base [registry.h]=store)
bad=0

# The floor of a public header, by its name below include/cq.
floor_of_header() {
    local name=$1 source
    if [ -n "${without_source[$name]:-}" ]; then
        echo "${without_source[$name]}"
        return
    fi
    for source in lib/*/"${name%.h}.c" lib/*/"${name%.h}"_*.c; do
        [ -e "$source" ] && basename "$(dirname "$source")" && return
    done
    echo unknown
}

# complain FILE FLOOR INCLUDED FLOOR
complain() {
    echo "$1 ($2) includes $3 ($4)"
    bad=1
}

check_file() {
    local file=$1 floor=$2 included target
    while read -r included; do
        case $included in
        cq/*) target=$(floor_of_header "${included#cq/}") ;;
        *)
            target=$(realpath -m --relative-to=. "$(dirname "$file")/$included")
            case $target in
            lib/*/*) target=${target#lib/} && target=${target%%/*} ;;
            cmd/*) target=cmd ;;
            *) target=unknown ;;
            esac
            ;;
        esac
        if [ -z "${level[$target]:-}" ] || [ "${level[$target]}" -gt "${level[$floor]}" ]; then
            complain "$file" "$floor" "$included" "$target"
        fi
    done < <(sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file")
}

for file in lib/*/*.[ch]; do
    floor=${file#lib/}
    check_file "$file" "${floor%%/*}"
done
for file in include/cq/*; do
    name=$(basename "$file")
    [ "$name" = cq.h ] && continue # for users of the library: all of it
    floor=$(floor_of_header "$name")
    if [ "$floor" = unknown ]; then
        echo "$file: no lib/*/${name%.h}.c or ${name%.h}_*.c tells its floor"
        bad=1
    else
        check_file "$file" "$floor"
    fi
done
for file in cmd/*.[ch]; do
    check_file "$file" cmd
done
exit $bad
