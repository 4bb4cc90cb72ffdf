#!/usr/bin/env bats
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr
# The second engine: the SQL that cq-report writes decides as cq-eligible does, in SQLite and, where
# it is installed, in PostgreSQL. 100,000 cases on days around every edge of the law, a fifth of
# them with facts unknown; 5,000 cases with facts that are one of two values decide alike in both.
bats_require_minimum_version 1.5.0
load helper

columns='outcome provider payer referral documents reasons missing rule basis certainty gaps'
days='2019-12-31 2020-01-01 2020-07-17 2020-07-18 2020-12-01 2020-12-02 2021-08-31 2021-09-01
    2022-03-06 2022-03-07 2022-03-16 2022-03-17 2022-11-05 2022-11-06 2022-11-11 2022-11-12
    2023-06-30 2023-07-01 2024-02-29 2025-09-13 2025-09-14 2025-09-19 2025-09-20 2025-09-24
    2025-09-25 2025-10-03 2025-10-04 2026-11-21 2100-01-01'

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    export PATH="$CQ_BIN:$PATH"
    {
        "$CQ_TOOLS/gen" facts 80000 --seed=5
        "$CQ_TOOLS/gen" facts 20000 --seed=6 --unknown=25 | tail -n +2
    } | awk -v days="$days" -F, -v OFS=, '
        BEGIN { n = split(days, day, " ") }
        NR > 1 { $1 = NR - 1; $2 = day[NR * 7 % n + 1] }
        { print }' | cut -d, -f1-19 >facts.csv
    cq-eligible --facts <facts.csv >answers.csv
    # A fact of two rows is one of their two values.
    tail -n 5001 facts.csv | awk -F, -v OFS=, '
        NR > 1 {
            for (i = 3; i <= NF; i++)
                if (i != 10 && i != 12 && (NR + i) % 4 == 0 && $i != "" && was[i] != "" &&
                    $i != was[i])
                    $i = $i "|" was[i]
            print
        }
        { split($0, was) }' >several.csv
}

several="SELECT id, $(echo "$columns" | tr ' ' ,) FROM cq_decision ORDER BY id;"

# What differs between cq_decision and answers.csv, as rows of a query in either dialect.
differences() {
    local column
    echo "SELECT count(*) FROM answer AS a LEFT JOIN decision AS d ON d.id = CAST(a.row AS integer)"
    echo "WHERE d.id IS NULL"
    for column in $columns; do
        echo "OR d.$column <> coalesce(a.$column, '')"
    done
    echo ';'
}

counts() {
    echo "SELECT count(*) FROM decision;"
    echo "SELECT count(*) > 100 FROM (SELECT DISTINCT rule FROM decision) AS rules;"
    echo "SELECT count(*) > 3000 FROM decision WHERE missing <> '';"
    echo "SELECT count(*) > 5 FROM decision WHERE rule LIKE '%;%';"
}

@test "SQLite decides as cq-eligible does" {
    cq-report law --format=sql --dialect=sqlite >law.sql
    {
        echo '.bail on'
        echo '.read law.sql'
        echo '.mode csv'
        echo ".import $BATS_FILE_TMPDIR/facts.csv fact_row"
        echo ".import $BATS_FILE_TMPDIR/answers.csv answer"
        echo 'INSERT INTO cq_case SELECT * FROM fact_row;'
        echo 'INSERT INTO cq_facts SELECT id, day, facts FROM cq_case_facts;'
        echo 'CREATE TABLE decision AS SELECT * FROM cq_decision;'
        counts
        differences
    } >run.sql
    run --separate-stderr sqlite3 cases.db <run.sql
    equal "$stderr" ""
    equal "$(echo "$output" | tr '\n' ' ')" "100000 1 1 1 0 "
    # The comparison can fail.
    {
        echo "UPDATE decision SET gaps = 'A-99' WHERE id = 77;"
        differences
    } >again.sql
    equal "$(sqlite3 cases.db <again.sql)" 1
}

@test "PostgreSQL decides as cq-eligible does" {
    local name
    # shellcheck source=SCRIPTDIR/../bench/postgres.sh
    . "$BATS_TEST_DIRNAME/../bench/postgres.sh"
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || skip "PostgreSQL is not installed"
    command -v psql >/dev/null || skip "psql is not installed"
    # The server has a user of its own, who cannot look into the folder of a test.
    TMPDIR=/tmp pg_start || {
        pg_stop || true
        skip "PostgreSQL cannot be started here"
    }
    cq-report law --format=sql --dialect=postgresql >law.sql
    {
        cat law.sql
        echo "\\copy cq_case FROM '$BATS_FILE_TMPDIR/facts.csv' WITH (FORMAT csv, HEADER)"
        echo 'CREATE TABLE answer ('
        for name in $(head -n 1 "$BATS_FILE_TMPDIR/answers.csv" | tr , ' '); do
            echo "  \"$name\" text,"
        done | sed '$s/,$//'
        echo ');'
        echo "\\copy answer FROM '$BATS_FILE_TMPDIR/answers.csv' WITH (FORMAT csv, HEADER)"
        echo 'INSERT INTO cq_facts SELECT id, day, facts FROM cq_case_facts;'
        echo 'ANALYZE;'
        echo 'CREATE TABLE decision AS SELECT * FROM cq_decision;'
        counts
        differences
        echo 'TRUNCATE cq_case, cq_facts;'
        echo "\\copy cq_case FROM '$BATS_FILE_TMPDIR/several.csv' WITH (FORMAT csv)"
        echo 'INSERT INTO cq_facts SELECT id, day, facts FROM cq_case_facts;'
        echo '\o several.txt'
        echo "$several"
    } | sed 's/a\.row\b/a."row"/' >run.sql
    run pg_psql -A -t -f run.sql
    pg_stop
    equal "$status" 0 "$output"
    equal "$(echo "$output" | grep -v NOTICE | tr '\n' ' ')" "100000 t t t 0 "
    {
        echo '.bail on'
        cq-report law --format=sql --dialect=sqlite
        echo '.mode csv'
        echo ".import $BATS_FILE_TMPDIR/several.csv cq_case"
        echo '.mode list'
        echo 'INSERT INTO cq_facts SELECT id, day, facts FROM cq_case_facts;'
        echo "$several"
    } | sqlite3 >expected.txt
    equal "$(wc -l <expected.txt)" 5000
    cmp expected.txt several.txt
}

@test "ClickHouse gets functions for bits, and no operator" {
    cq-report law --format=sql --dialect=clickhouse >law.sql
    grep -q 'bitNot(bitOr(' law.sql
    run grep -v '^--' law.sql
    lacks "$output" '&'
    lacks "$output" '~'
}

@test "the dialect goes with SQL, and SQL with the law" {
    for command in "law --dialect=sqlite" "runs --format=sql --dialect=sqlite" \
        "law --format=sql --dialect=oracle" "law --format=sql --dialect=sqlite --excel"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr cq-report $command
        equal "$status" 2 "status of $command"
        equal "$output" ""
        [ -n "$stderr" ]
    done
}
