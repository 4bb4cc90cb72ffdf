#!/usr/bin/env bash
# The benchmarks: a million synthetic rows through cq and through what people would use
# otherwise, in one run on one machine, so that the ratios mean something where seconds do not.
# usage: run.sh [ROWS]; $CQ_BUILD, $CQ_BIN, $CQ_TOOLS say what was built and where.
# Times under five seconds are medians of three. Status 1 if anything is over its limit or an
# answer is wrong. BENCH_KEEP=1 keeps the files.
# shellcheck disable=SC2317  # what is measured is called by name
set -u -o pipefail

here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=${CQ_BUILD:-${here%/tests/bench}/build}
bin=${CQ_BIN:-$build/bin}
tools=${CQ_TOOLS:-$build/tools}
rows=${1:-1000000}
work=$build/bench/data
day=2026-11-01
export LC_ALL=C.UTF-8 TZ=Asia/Almaty
unset CQ_DB

# Limits: a ratio to the baseline of the same run, or in the unit given.
limit_first=0.6       # first import : .import alone
limit_again=0.20      # the same list again : .import alone
limit_changed=0.30    # a list with 1 % changed : .import alone
limit_facts=0.33      # cq-eligible --facts : CASE expressions
limit_floor=1.25      # cq-eligible --facts : libcsv alone
limit_rss=50          # MB
limit_one=0.005       # seconds for one person, start to end
declare -A limit_engine=([known]=100 [unknown]=5000) # ns a decision
limit_postgres=1.0    # each import : PostgreSQL doing the same

# shellcheck source=tests/bench/postgres.sh disable=SC1091
. "$here/postgres.sh"

cleanup() {
    pg_stop
    [ -n "${BENCH_KEEP:-}" ] || rm -rf "$work"
}
trap cleanup EXIT
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 4

die() {
    printf 'bench: %s\n' "$*" >&2
    exit 4
}

command -v sqlite3 > /dev/null || die "the sqlite3 shell is needed"

# seconds COMMAND...: runs it once and leaves the time it took in $took.
seconds() {
    local begin end
    begin=$(date +%s%N)
    "$@" || die "failed: $*"
    end=$(date +%s%N)
    took=$(awk -v ns=$((end - begin)) 'BEGIN { printf "%.3f", ns / 1e9 }')
}

# measure PREPARE COMMAND...: the time of COMMAND in $took, a median of three if it is short;
# PREPARE runs before each time and is not counted.
measure() {
    local prepare=$1
    local -a all
    shift
    $prepare || die "failed: $prepare"
    seconds "$@"
    all=("$took")
    if awk -v t="$took" 'BEGIN { exit !(t < 5) }'; then
        for _ in 2 3; do
            $prepare || die "failed: $prepare"
            seconds "$@"
            all+=("$took")
        done
        took=$(printf '%s\n' "${all[@]}" | sort -n | sed -n 2p)
    fi
}

over=0
# report NAME VALUE BASE LIMIT [UNIT]: one line; VALUE / BASE must not exceed LIMIT. BASE 1 with
# a unit compares the value itself.
report() {
    awk -v name="$1" -v value="$2" -v base="$3" -v limit="$4" -v unit="${5:-}" 'BEGIN {
        ratio = value / base
        ok = ratio <= limit
        shown = unit == "" ? sprintf("%.3f", ratio) : "-"
        printf "%-46s %10s %8s %8s %s\n", name, value (unit == "" ? " s" : " " unit), shown, limit,
            ok ? "ok" : "over"
        exit !ok
    }' || over=1
}

base() {
    printf '%-46s %10s\n' "$1" "$2 s"
}

# accepted FILE NAME COUNT: the summary of an import must have this count.
accepted() {
    tr -d '{}" \n' < "$1" | tr ',' '\n' | grep -qx "$2:$3" || die "$1 does not say $2: $3"
}

# ---- the lists

"$tools/gen" contingent "$rows" > list.csv || die "no list"
"$tools/gen" contingent "$rows" --changed=$((rows / 100)) > changed.csv || die "no list"
"$tools/gen" facts "$rows" > facts.csv || die "no facts"
"$tools/gen" facilities 120 > facilities.csv || die "no facilities"
printf '%s rows: list %s MB, facts %s MB\n\n' "$rows" \
    $(($(stat -c %s list.csv) / 1000000)) $(($(stat -c %s facts.csv) / 1000000))
printf '%-46s %10s %8s %8s\n' what time ratio limit

# ---- a, b, c: imports

no_baseline() { rm -f base.db; }
baseline() {
    sqlite3 base.db <<'END'
CREATE TABLE people (
    iin INTEGER PRIMARY KEY, last_name TEXT, first_name TEXT, middle_name TEXT, birth_date TEXT,
    sex TEXT, category TEXT, agency TEXT, special_rank TEXT, sponsor_iin INTEGER, relation TEXT,
    coresident TEXT, residence INTEGER, service_place INTEGER, service_id TEXT, valid_from TEXT
);
.mode csv
.import --skip 1 list.csv people
END
}
no_registry() { rm -f cq.db cq.db-wal cq.db-shm cq.db-journal; }
first_registry() { no_registry && cp first.db cq.db; }
import() {
    "$bin/cq-import" -q --db=cq.db --as-of="$day" --list-date="$day" \
        --summary=summary.json "$1"
}

measure no_baseline baseline
import_base=$took
base "sqlite3 .import, nothing checked" "$import_base"
[ "$(sqlite3 base.db 'SELECT count(*) FROM people')" -eq "$rows" ] || die "the baseline lost rows"
rm -f base.db

measure no_registry import list.csv
first=$took
report "cq-import, first" "$first" "$import_base" "$limit_first"
accepted summary.json added "$rows"
cp cq.db first.db

measure first_registry import list.csv
again=$took
report "cq-import, the same list again" "$again" "$import_base" "$limit_again"
accepted summary.json unchanged "$rows"

measure first_registry import changed.csv
changed=$took
report "cq-import, 1 % changed" "$changed" "$import_base" "$limit_changed"
accepted summary.json changed $((rows / 100))

if pg_start; then
    measure pg_create pg_load list.csv
    base "PostgreSQL COPY and upsert, first" "$took"
    report "  cq-import, first" "$first" "$took" "$limit_postgres"
    measure : pg_load list.csv
    base "PostgreSQL, the same list again" "$took"
    report "  cq-import, the same list again" "$again" "$took" "$limit_postgres"
    # Back and forth, so that each load changes one in a hundred.
    pg_original() { pg_load list.csv; }
    measure pg_original pg_load changed.csv
    base "PostgreSQL, 1 % changed" "$took"
    report "  cq-import, 1 % changed" "$changed" "$took" "$limit_postgres"
    pg_stop
else
    echo "PostgreSQL: not to be had here, left out"
fi

# ---- d, f: decisions over facts

case_expressions() { sqlite3 :memory: < "$here/case.sql" > case.csv; }
eligible() { "$bin/cq-eligible" --facts --as-of="$day" < facts.csv > decided.csv; }
floor() { "$build/bench/passthrough" < facts.csv > floor.csv; }

measure : case_expressions
facts_base=$took
base "sqlite3, CASE expressions, CSV to CSV" "$facts_base"
measure : eligible
facts=$took
report "cq-eligible --facts" "$facts" "$facts_base" "$limit_facts"
measure : floor
base "libcsv alone, CSV to CSV" "$took"
report "  cq-eligible --facts" "$facts" "$took" "$limit_floor"

if [ -x /usr/bin/time ]; then
    /usr/bin/time -f %M -o rss "$bin/cq-eligible" --facts --as-of="$day" \
        < facts.csv > /dev/null || die "cq-eligible failed"
    report "cq-eligible --facts, memory" $(($(tail -n 1 rss) / 1024)) 1 "$limit_rss" MB
else
    echo "memory: GNU time is not installed, left out"
fi

# Both must have written the same, at least in the first hundred thousand rows.
head -n 100001 case.csv > case-head.csv
head -n 100001 decided.csv > decided-head.csv
differences=$(sqlite3 :memory: <<'END'
.mode csv
.import case-head.csv a
.import decided-head.csv b
CREATE INDEX b_row ON b ("row");
SELECT (SELECT count(*) FROM a) - count(*) FROM a JOIN b ON b."row" = a."row"
WHERE (a.outcome, a.provider, a.payer, a.referral, a.reasons, a.basis)
   IS (b.outcome, b.provider, b.payer, b.referral, b.reasons, b.basis);
END
)
if [ "$differences" != 0 ]; then
    echo "cq-eligible and the CASE expressions differ in $differences rows"
    over=1
fi

# ---- e: one person

"$bin/cq-import" -q --db=cq.db --kind=facilities --as-of="$day" --list-date="$day" \
    facilities.csv || die "facilities were not imported"
iin=$(sed -n 2p list.csv | cut -d, -f1)
hundred() {
    local status
    for _ in {1..100}; do
        "$bin/cq-eligible" --db=cq.db --as-of="$day" "$iin" > one.csv
        status=$?
        [ "$status" -le 1 ] || return "$status"
    done
}
measure : hundred
report "cq-eligible, one person of $rows" \
    "$(awk -v t="$took" 'BEGIN { printf "%.4f", t / 100 }')" 1 "$limit_one" s

# ---- g: the engine alone

"$build/bench/engine" > engine.txt || die "the engine failed"
while read -r name decisions took _; do
    report "engine, $name facts" \
        "$(awk -v n="$decisions" -v t="$took" 'BEGIN { printf "%.0f", t * 1e9 / n }')" \
        1 "${limit_engine[$name]}" ns
    awk -v n="$decisions" -v t="$took" 'BEGIN {
        printf "  that is %.1f million decisions a second\n", n / t / 1e6 }'
done < engine.txt

exit "$over"
