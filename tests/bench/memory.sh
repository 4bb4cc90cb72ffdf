#!/usr/bin/env bash
# Memory of imports of a large list: the first, and the same list again, with every line cached.
# memory.sh [MEGABYTES]: of the list, 300 by default. Fails above 200 MB of resident memory.
# Needs four times that room in $TMPDIR; not part of `make check`.
set -eu
CQ_BIN=${CQ_BIN:-build/bin}
CQ_TOOLS=${CQ_TOOLS:-build/tools}
megabytes=${1:-300}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# The list has some 155 bytes a row.
"$CQ_TOOLS/gen" contingent $((megabytes * 1000000 / 155)) --seed=1 >"$folder/list.csv"
echo "list: $(($(stat -c %s "$folder/list.csv") / 1000000)) MB, $(($(wc -l <"$folder/list.csv") - 1)) rows"

# measure NAME ARGUMENT...: one import and its peak of resident memory.
measure() {
    local name=$1 kilobytes
    shift
    TMPDIR=$folder command time -f %M -o "$folder/peak" "$CQ_BIN/cq-import" -q -d "$folder/cq.db" \
        --max-bad=100 "$@" || [ $? = 1 ]
    kilobytes=$(tail -n 1 "$folder/peak")
    printf '%-28s %4d MB at most\n' "$name" $((kilobytes / 1000))
    if [ "$kilobytes" -gt 200000 ]; then
        failed=1
    fi
}

measure "first import" --list-date=2026-01-01 "$folder/list.csv"
measure "the same list" --list-date=2026-01-02 "$folder/list.csv"
iconv -f UTF-8 -t RK1048 "$folder/list.csv" >"$folder/rk.csv"
measure "through a pipe, RK1048" --list-date=2026-01-03 - <"$folder/rk.csv"
sed -i 's/,\(employee\|pensioner\|family\),/,nobody,/' "$folder/list.csv"
measure "every row rejected" --list-date=2026-01-04 "$folder/list.csv" 2>/dev/null
[ "$failed" = 0 ] || { echo "more than 200 MB"; exit 1; }
