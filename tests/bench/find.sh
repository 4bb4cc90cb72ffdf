#!/usr/bin/env bash
# How long cq-report find takes over many people, start to end (the fastest of three), and what its index costs an import.
# usage: find.sh [ROWS [QUESTIONS]]; $CQ_BUILD says what was built and where. The import is counted in
# instructions, by valgrind over 50,000 rows: a loaded machine does not change them.
# Status 1 if anything is over its limit or somebody is not found.
# shellcheck disable=SC2016  # programs of awk are in single quotes
set -u -o pipefail

here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=${CQ_BUILD:-${here%/tests/bench}/build}
rows=${1:-1000000}
questions=${2:-100}
counted=50000
work=$build/bench/find
day=2026-11-01
export LC_ALL=C.UTF-8 TZ=Asia/Almaty
limit_ms=20
limit_import=10 # percent

trap 'rm -rf "$work"' EXIT
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 4

import() {
    "$build/bin/cq-import" -q --db="$1" --as-of="$day" --list-date="$day" "$2" || exit 4
}

"$build/tools/gen" contingent "$rows" > list.csv || exit 4
import cq.db list.csv
over=0

# ask NAME AWK: questions about people spread over the list; AWK prints IIN, name and birth date.
ask() {
    local begin took best total=0 missed=0 iin name born
    awk -F, -v step=$((rows / questions)) "NR > 1 && NR % step == 2 { $2 }" OFS=';' list.csv > asked
    while IFS=';' read -r iin name born; do
        best=1000000000
        for _ in 1 2 3; do
            begin=$(date +%s%N)
            "$build/bin/cq-report" find --db=cq.db --as-of="$day" --name="$name" \
                ${born:+--born="$born"} > found
            took=$(($(date +%s%N) - begin))
            best=$((took < best ? took : best))
        done
        total=$((total + best))
        grep -q "^$iin,\|;tied$" found || missed=$((missed + 1))
    done < asked
    awk -v name="$1" -v ns="$total" -v n="$(wc -l < asked)" -v missed="$missed" \
        -v limit="$limit_ms" 'BEGIN {
        printf "%-34s %6.1f ms a question, limit %d, not found %d of %d\n", name, ns / n / 1e6, limit,
            missed, n
        exit ns / n / 1e6 > limit || missed > n * 0.03 }' || over=1
}

ask "names and birth date" 'print $1, $3 " " $2, $5'
ask "one name and birth date" 'print $1, $2, $5'
ask "day and month swapped" \
    'split($5, d, "-"); if (d[3] <= 12) print $1, $2 " " $3, d[1] "-" d[3] "-" d[2]'
ask "names and year" 'print $1, $2 " " $3 " " $4, substr($5, 1, 4)'
ask "names alone" 'print $1, $2 " " $3 " " $4, ""'

# share LIST: percent of the instructions of an import that the index takes.
share() {
    valgrind --tool=callgrind --callgrind-out-file=callgrind.out "$build/bin/cq-import" -q \
        --db=counted.db --as-of="$day" --list-date="$day" "$1" 2> /dev/null || exit 4
    callgrind_annotate --inclusive=yes --threshold=100 callgrind.out | tr -d , | awk '
        /PROGRAM TOTALS/ { all = $1 }
        /:cq_name_writer_(open|add|finish)( |$)/ && !seen[$0]++ { part += $1 }
        END { printf "%.1f", 100 * part / all }'
}

if command -v valgrind > /dev/null; then
    head -n $((counted + 1)) list.csv > first.csv
    "$build/tools/gen" contingent "$rows" --changed=$((rows * 7 / 1000)) |
        head -n $((counted + 1)) > night.csv
    for list in first night; do
        percent=$(share $list.csv)
        printf '%-34s %6s %% of its instructions, limit %d\n' "import, $list" "$percent" "$limit_import"
        awk -v p="$percent" -v limit="$limit_import" 'BEGIN { exit p > limit }' || over=1
    done
else
    echo "valgrind is not installed: the import is left out"
fi
exit "$over"
