#!/usr/bin/env bash
# A list as a workbook against the same list as CSV: time and memory of the first import.
# workbook.sh [ROWS]: 200000 by default. Fails where the workbook takes four times as long, or twice
# the memory. Needs 100 MB in $TMPDIR; not part of `make check`.
set -eu
CQ_BIN=${CQ_BIN:-build/bin}
CQ_TOOLS=${CQ_TOOLS:-build/tools}
rows=${1:-200000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$CQ_TOOLS/gen" contingent "$rows" --seed=1 >"$folder/csv"
# The generator writes no quotes; days become dates, all else is text.
LC_ALL=C sed -E 's/(^|,)/\1s:/g; s/s:([0-9]{4}-[0-9]{2}-[0-9]{2})(,|$)/d:\1\2/g; s/s:(,|$)/\1/g; s/,/\t/g' \
    "$folder/csv" >"$folder/cells"
"$CQ_TOOLS/workbook" "$folder/xlsx" <"$folder/cells"

# measure FORM: seconds of CPU and kilobytes, three times.
measure() {
    for _ in 1 2 3; do
        rm -f "$folder/cq.db"
        TMPDIR=$folder command time -f '%U %S %M' -o "$folder/used" "$CQ_BIN/cq-import" -q \
            -d "$folder/cq.db" --max-bad=100 --list-date=2026-01-01 "$folder/$1" || [ $? = 1 ]
        tail -n 1 "$folder/used"
    done | sort -n | sed -n 2p
}

read -r csv_user csv_system csv_memory <<<"$(measure csv)"
read -r user system memory <<<"$(measure xlsx)"
awk -v rows="$rows" -v csv="$csv_user" -v csv_system="$csv_system" -v csv_memory="$csv_memory" \
    -v user="$user" -v system_time="$system" -v memory="$memory" 'BEGIN {
    ratio = (user + system_time) / (csv + csv_system)
    printf "%d rows: CSV %.2f s, %d MB; workbook %.2f s, %d MB; ratio %.2f\n",
        rows, csv + csv_system, csv_memory / 1000, user + system_time, memory / 1000, ratio
    exit ratio >= 4 || memory >= 2 * csv_memory
}'
