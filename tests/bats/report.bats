# cq-report: the forms of its reports, and what it refuses.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

# A registry with two people and two runs; the seventh digit of every IIN is 1.
registry() {
    {
        cat "$TOP/schema.sql"
        cat <<'SQL'
PRAGMA application_id = 1668371015;
PRAGMA user_version = 5;
INSERT INTO run (id, at, kind, mode, agency, list_date, file_hash, encoding, read, added, changed,
    unchanged, ended, rejected, warnings, undoes, law, engine) VALUES
    (1, 1790000000000, 'contingent', 'full', 2, 20700, 'aa11', 'UTF-8', 2, 2, 0, 0, 0, 0, 0, NULL,
     'x', '0'),
    (2, 1790086400000, 'contingent', 'delta', NULL, 20701, 'bb22', 'CP1251', 2, 1, 0, 0, 0, 1, 0,
     NULL, 'x', '0');
INSERT INTO person (id, hash, line, run_from, category, birth_date, residence, sex, last_name,
    first_name) VALUES
    ((850315100006 << 4 | 2) << 19 | 1, 1, 1, 1, 1, 5552, 611010000, 0, 'Әуезов', 'Қанат'),
    ((850315100006 << 4 | 5) << 19 | 1, 1, 1, 2, 3, 5552, 611010000, 0, 'Әуезов', 'Қанат'),
    ((850315100016 << 4 | 2) << 19 | 1, 1, 1, 1, 2, 5552, NULL, 1, 'Ғабитова', 'Әсел');
SQL
    } | sqlite3 -init /dev/null "${1:-cq.db}"
    export CQ_DB="$PWD/${1:-cq.db}"
}

day=--as-of=2026-11-01

@test "contingent is CSV by region and category" {
    registry
    run --separate-stderr cq-report contingent $day
    equal "$status" 0
    equal "$stderr" ""
    equal "$output" "region,category,people
61,employee,1
61,pensioner,1
,family,1"
}

@test "JSON has an object a line, with numbers as numbers" {
    registry
    run --separate-stderr cq-report contingent $day --by=sex,body -f json
    equal "$status" 0
    equal "$output" '{"sex":"m","body":"law_enforcement","people":1}
{"sex":"m","body":"fire_service","people":1}
{"sex":"f","body":"law_enforcement","people":1}'
}

@test "CSV and JSON are the same in every language" {
    registry
    local report format
    for report in contingent law runs; do
        for format in csv json; do
            cq-report "$report" $day -f "$format" --lang=en >en
            cq-report "$report" $day -f "$format" --lang=kk >kk
            cmp en kk || fail "$report as $format"
        done
    done
}

@test "a table counts everybody once in its headline" {
    registry
    run --separate-stderr cq-report contingent $day --by=category -f table
    equal "$status" 0
    equal "${lines[0]}" "The contingent, 01.11.2026"
    equal "${lines[1]}" "people: 2; rows of lists: 3; people in several rows: 1"
    contains "$output" "pensioners"
}

@test "--known-at shows the registry as it stood" {
    registry
    run cq-report contingent $day --by=category --known-at=2026-09-21T23:00:00Z
    equal "$output" "category,people
employee,1
family,1"
    run cq-report runs --known-at=2026-09-21T23:00:00Z
    equal "${#lines[@]}" 2
    run cq-report contingent $day --by=category --known-at=2020-01-01
    equal "$status" 0
    equal "$output" "category,people"
}

@test "HTML is one file without script or outside reference, with its origin" {
    registry
    local report
    for report in contingent law runs; do
        cq-report "$report" $day -f html >page.html
        run grep -ciE '<script|<img|<link|<iframe|https?:|url\(|@import|src=' page.html
        equal "$output" 0 "$report: outside references"
        contains "$(cat page.html)" "$(cq-report --version -v | sed -n 's/^law //p')"
        contains "$(cat page.html)" "<title id=\"chart-"
        contains "$(cat page.html)" "<desc id=\"chart-"
        contains "$(cat page.html)" "prefers-color-scheme:dark"
        contains "$(cat page.html)" "@page"
    done
    cq-report contingent $day -f html >page.html
    contains "$(cat page.html)" "<dd>2, 22.09.2026 14:13 UTC</dd>"
    contains "$(cat page.html)" "<dd>01.11.2026</dd>"
}

@test "every element of HTML is closed, in every language" {
    registry
    local report language
    for report in contingent law runs; do
        for language in kk ru en; do
            cq-report "$report" $day -f html --lang=$language >page.html
            contains "$(cat page.html)" "<html lang=\"$language\">"
            opened=$(grep -oE '<[a-z][a-z0-9]*' page.html | grep -cvE '<(meta|wbr)$')
            closed=$(grep -oE '</[a-z]' page.html | wc -l)
            equal "$opened" "$closed" "$report in $language"
        done
    done
}

@test "HTML speaks Kazakh, names of regions included" {
    registry
    cq-report contingent $day -f html --lang=kk >page.html
    contains "$(cat page.html)" "Түркістан облысы"
    cq-report law $day -f html --lang=kk >page.html
    contains "$(cat page.html)" "төлеушісі көрсетілмеген"
}

@test "the same registry and options give the same bytes" {
    registry
    cq-report contingent $day -f html >one
    TZ=Asia/Almaty LC_ALL=C cq-report contingent $day -f html >two
    cmp one two
    registry other.db
    cq-report contingent $day -f html -d other.db >three
    cmp one three
}

@test "text from outside stays text" {
    registry
    sqlite3 cq.db "UPDATE run SET kind = '<script>', file_hash = '\"><b>' WHERE id = 2"
    cq-report runs -f html >page.html
    contains "$(cat page.html)" "&lt;script&gt;"
    lacks "$(cat page.html)" "<script>"
    lacks "$(cat page.html)" "<b>"
}

@test "--excel writes BOM and semicolons, and guards formulas" {
    registry
    sqlite3 cq.db "UPDATE run SET file_hash = '=cmd()' WHERE id = 2"
    cq-report runs --excel >runs.csv
    equal "$(head -c 3 runs.csv | od -An -tx1 | tr -d ' ')" efbbbf
    contains "$(cat runs.csv)" "run;at;kind"
    contains "$(cat runs.csv)" ";\"'=cmd()\";"
    run --separate-stderr cq-report runs --excel -f html
    equal "$status" 2
    contains "$stderr" "[CQ-U005]"
}

@test "law needs no registry and keeps to the day asked for" {
    run --separate-stderr cq-report law
    equal "$status" 0
    contains "$output" "family-not-coresident,"
    contains "$output" "R78:4.2(1)"
    run --separate-stderr cq-report law --as-of=2019-12-31
    equal "${#lines[@]}" 2
    contains "${lines[1]}" "no-edition"
    cp -r "$TOP/lib/law" tables
    sed -i 's/^no-edition,/nothing-known,/' tables/rules.csv
    run --separate-stderr cq-report law --law=tables --as-of=2019-12-31
    contains "${lines[1]}" "nothing-known"
}

@test "an output file is made, and the old one stays when nothing could be reported" {
    registry
    cq-report contingent $day -f html -o page.html
    contains "$(tail -n 1 page.html)" "</html>"
    echo old >kept
    run --separate-stderr cq-report contingent -d missing.db -o kept
    equal "$status" 5
    contains "$stderr" "missing.db: there is no registry yet"
    contains "$stderr" "[CQ-D008]"
    equal "$(cat kept)" old
}

@test "what is no report, dimension or use is refused" {
    registry
    local command
    for command in "" "nonsense" "contingent --by=" "contingent --by=region,region" \
        "contingent --by=shoe" "law --by=region" "runs --by=sex" "contingent law"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr cq-report $command
        equal "$status" 2 "status of '$command'"
        equal "$output" "" "output of '$command'"
    done
    run --separate-stderr cq-report nonsense
    contains "$stderr" "there are: contingent, changes, "
    echo text >text
    run --separate-stderr cq-report contingent -d text
    equal "$status" 5
}

@test "a report changes nothing in the registry" {
    registry
    chmod 400 cq.db
    local before
    before=$(sha256sum <cq.db)
    cq-report contingent $day >/dev/null
    cq-report runs >/dev/null
    equal "$(sha256sum <cq.db)" "$before"
    equal "$(find . -name 'cq.db-*')" ""
}
