#!/usr/bin/env bash
# The reports on a million synthetic people and 200,000 referrals, each compared with the sqlite3
# shell running the best query that we know for the same rows, in one run on one machine.
# usage: reports.sh [ROWS]; $CQ_BUILD, $CQ_BIN, $CQ_TOOLS say what was built and where.
# Times are medians of three. Status 1 if anything is over its limit. BENCH_KEEP=1 keeps the files.
set -u -o pipefail

here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=${CQ_BUILD:-${here%/tests/bench}/build}
bin=${CQ_BIN:-$build/bin}
tools=${CQ_TOOLS:-$build/tools}
rows=${1:-1000000}
work=$build/bench/reports
day=2026-11-01
export LC_ALL=C.UTF-8 TZ=Asia/Almaty
limit_query=1.5  # a report : the query alone
limit_decide=1.5 # a report that decides about everybody : cq-eligible --all
limit_book=10    # seconds

trap '[ -n "${BENCH_KEEP:-}" ] || rm -rf "$work"' EXIT
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 4
export CQ_DB="$work/cq.db"

die() {
    printf 'bench: %s\n' "$*" >&2
    exit 4
}

# seconds COMMAND: the median of three runs; status 1 is a finding, not a failure.
seconds() {
    local begin end
    for _ in 1 2 3; do
        begin=$(date +%s%N)
        bash -c "$1" >/dev/null || [ $? -eq 1 ] || die "failed: $1"
        end=$(date +%s%N)
        echo $(((end - begin) / 1000))
    done | sort -n | sed -n 2p
}

over=0
# compare NAME REPORT LIMIT COMMAND
compare() {
    local report base
    report=$(seconds "'$bin/cq-report' $2 --as-of=$day")
    base=$(seconds "$4")
    awk -v name="$1" -v a="$report" -v b="$base" -v limit="$3" 'BEGIN {
        printf "%-14s %7.3f s  beside %7.3f s  ratio %5.2f  limit %.2f  %s\n", name, a / 1e6,
            b / 1e6, a / b, limit, a / b <= limit ? "ok" : "OVER"
        exit a / b > limit }' || over=1
}

query() {
    printf "sqlite3 -readonly -csv '%s' \"%s\"" "$CQ_DB" "$1"
}

"$tools/gen" contingent "$rows" --full --seed=1 >people.csv
"$tools/gen" facilities 90 --seed=1 >facilities.csv
"$tools/gen" insurance "$rows" --seed=1 >insurance.csv
"$bin/cq-import" -q --as-of=$day --list-date=$day people.csv || die "import"
"$bin/cq-import" -q -k facilities --as-of=$day --list-date=$day facilities.csv || die "import"
"$bin/cq-import" -q -k insurance --as-of=$day --list-date=$day insurance.csv || die "import"
# A second list, a hundredth of it changed, so that there are changes to report.
"$tools/gen" contingent "$rows" --full --seed=1 --changed=$((rows / 100)) >changed.csv
"$bin/cq-import" -q --as-of=$day --list-date=$day changed.csv || die "import"
# Referrals as issuing would leave them, but for hashes, which no report of these reads.
sqlite3 "$CQ_DB" "
    PRAGMA foreign_keys = OFF;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $((rows / 5)))
    INSERT INTO referral (id, status, iin, service, destination, duty_injury, paid, expected_on,
        category, facts, run, issued_on, issued_at, valid_until, outcome, facility, payer, rule,
        basis, law, engine, people_hash, facilities_hash, runs_hash, seal)
    SELECT (10 + i % 20) * 10000000000 + 2026000000 + i / 20 + 1, (i % 2) * 3, 850315100006, i % 3,
        0, 0, 0, 20700, 1, 1, 1, 20500 + i % 250, 1700000000000, 20530 + i % 250, 'eligible',
        'MVD-' || i % 40, CASE i % 3 WHEN 0 THEN 'budget' WHEN 1 THEN 'fund_gobmp' ELSE
        'fund_osms' END, 'x', 'x', '', '', x'', x'', x'', x'' FROM n;
    INSERT INTO referral_event (id, place, at, day, status, actor, link)
    SELECT id << 8 | 1, 2 * row_number() OVER (), 1700000000000, issued_on, 0, 'x', x''
        FROM referral;
    INSERT INTO referral_event (id, place, at, day, status, actor, link)
    SELECT id << 8 | 2, 2 * row_number() OVER () + 1, 1700000001000, issued_on + 5, 3, 'x', x''
        FROM referral WHERE status = 3;" || die "referrals"

known="run_from <= 4 AND (run_to IS NULL OR run_to > 4) AND (valid_from IS NULL OR
    valid_from <= 20758) AND (valid_to IS NULL OR valid_to > 20758)"
states="WITH s AS (SELECT r.facility, r.service, r.payer, r.issued_on, (SELECT e.status FROM
    referral_event e WHERE e.id BETWEEN r.id << 8 AND (r.id << 8 | 255) ORDER BY e.id DESC LIMIT 1)
    AS status, (SELECT min(e.day) FROM referral_event e WHERE e.id BETWEEN r.id << 8 AND
    (r.id << 8 | 255) AND e.status = 3) AS admitted FROM referral r)"

compare contingent contingent $limit_query "$(query "SELECT substr(residence, 1, 2), category,
    count(DISTINCT id >> 23) FROM person WHERE $known GROUP BY 1, 2")"
compare changes "changes --since=3" $limit_query "$(query "SELECT id >> 23, id >> 19 & 15,
    last_name, first_name, category, residence, run_from FROM person WHERE (run_from <= 3 AND
    (run_to IS NULL OR run_to > 3)) <> (run_from <= 4 AND (run_to IS NULL OR run_to > 4))
    ORDER BY id")"
compare quality quality $limit_query "$(query "SELECT id >> 19 & 15, count(*),
    count(CASE WHEN residence IS NULL OR sex IS NULL THEN 1 END), count(listed_names) FROM person
    WHERE $known GROUP BY 1; SELECT count(*) FROM (SELECT count(*) AS n FROM person WHERE $known
    GROUP BY last_name, first_name, birth_date HAVING n > 1); SELECT count(*) FROM person p WHERE
    $known AND sponsor_iin IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person s WHERE
    s.id >= p.sponsor_iin << 23 AND s.id < (p.sponsor_iin + 1) << 23)")"
compare facilities facilities $limit_query "$(query "SELECT residence, service_place, count(*) FROM
    person WHERE category = 1 AND $known GROUP BY 1, 2")"
compare referrals referrals $limit_query "$(query "$states SELECT facility, service, payer, status,
    count(*), count(admitted), avg(admitted - issued_on) FROM s GROUP BY 1, 2, 3, 4")"
compare payers payers $limit_query "$(query "$states SELECT strftime('%Y-%m', issued_on * 86400,
    'unixepoch'), payer, count(*) FROM s GROUP BY 1, 2; $states SELECT strftime('%Y-%m',
    admitted * 86400, 'unixepoch'), payer, count(*) FROM s WHERE admitted > 0 GROUP BY 1, 2")"
compare eligibility eligibility $limit_decide "'$bin/cq-eligible' --all --as-of=$day"
compare leaving leaving $limit_decide "'$bin/cq-eligible' --all --as-of=$day"

book=$(seconds "'$bin/cq-report' all --format=html --as-of=$day")
awk -v a="$book" -v limit=$limit_book 'BEGIN {
    printf "%-14s %7.3f s  limit %.0f s  %s\n", "all", a / 1e6, limit, a / 1e6 <= limit ? "ok" : "OVER"
    exit a / 1e6 > limit }' || over=1
exit $over
