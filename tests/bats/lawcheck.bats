#!/usr/bin/env bats
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr
# cq-eligible --check-law as a tool at a desk: rows with file and line, a status, three languages.
bats_require_minimum_version 1.5.0
load helper

# slip SED FILE: a folder `law` with one table changed.
slip() {
    cp -r "$TOP/lib/law" law
    sed -i "$1" "law/$2"
    ! cmp -s "$TOP/lib/law/$2" "law/$2" || fail "sed changed nothing"
}

setup() {
    TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cd "$BATS_TEST_TMPDIR" || return
    export HOME="$BATS_TEST_TMPDIR"
}

@test "the law as it is holds no finding" {
    run --separate-stderr cq-eligible --check-law
    equal "$status" 0
    equal "${#lines[@]}" 1
    equal "$stderr" ""
    equal "$(echo "$output" | cut -d, -f1-8)" finding,file,line,since,until,rule,other,category
    equal "$(echo "$output" | cut -d, -f24-)" duty_injury,message
}

@test "all that is wrong is found at once, and the status says so" {
    slip 's/,R78:1.3,/,R78:1.9,/; s/,A-21,/,A-77,/' rules.csv
    run --separate-stderr cq-eligible --check-law --law=law
    equal "$status" 1
    equal "$stderr" ""
    equal "$(echo "$output" | cut -d, -f1-3 | sort | uniq -c | sed 's/^ *//')" \
        "1 finding,file,line
1 implementation,law/paragraphs.csv,7
1 unknown_citation,law/rules.csv,8
1 unknown_gap,law/rules.csv,28
1 unused,law/gaps.csv,15"
    # The same tables stop a decision at once.
    run --separate-stderr cq-eligible --facts --law=law <"$TOP/tests/data/law-cases.csv"
    equal "$status" 3
    contains "$stderr" CQ-L002
}

@test "a table that is not UTF-8 is refused, with the line" {
    cp -r "$TOP/lib/law" law
    iconv -f UTF-8 -t CP1251//TRANSLIT "$TOP/lib/law/gaps.csv" >law/gaps.csv
    run --separate-stderr cq-eligible --check-law --law=law
    equal "$status" 1
    contains "$output" "wrong_cell,law/gaps.csv,2,"
    run --separate-stderr cq-eligible --facts --law=law <"$TOP/tests/data/law-cases.csv"
    equal "$status" 3
    contains "$stderr" "law/gaps.csv:2:"
}

@test "an owner of facilities that is none is refused" {
    slip 's/^mvd,mvd$/mvd,mvdd/' providers.csv
    run --separate-stderr cq-eligible --check-law --law=law
    equal "$status" 1
    contains "$output" "wrong_cell,law/providers.csv,2,"
    rm -r law
    slip 's/,mvd|phc,/,mvd|pch,/' bindings.csv
    run --separate-stderr cq-eligible --check-law --law=law
    equal "$status" 1
    contains "$output" "accepts: pch:"
}

@test "a table that cannot be read is a finding, a folder that is not there an error" {
    slip '2s/$/,more/' words.csv
    run --separate-stderr cq-eligible --check-law --law=law
    equal "$status" 1
    contains "$output" "wrong_cell,law/words.csv,2,"
    contains "$output" "unproved,law/rules.csv,"
    run --separate-stderr cq-eligible --check-law --law=nowhere
    equal "$status" 4
    equal "$output" ""
}

@test "findings speak three languages; their names do not" {
    slip '/^reason,paid,/a reason,free,тегін,бесплатно,free' words.csv
    for language in en kk ru; do
        cq-eligible --check-law --law=law --lang=$language --format=json >$language || true
        contains "$(cat $language)" '"finding":"unused"'
        contains "$(cat $language)" '"line":32'
    done
    contains "$(cat en)" "nothing refers to this row"
    contains "$(cat kk)" "сілтемейді"
    contains "$(cat ru)" "не ссылается"
}

@test "the actions and reports that paragraphs.csv names are there" {
    local part missing=''
    {
        cq-refer --help | sed -n 's/.*: *cq-refer \([a-z|]*\) .*/\1/p' | tr '|' '\n' | sed 's/^/action:/'
        reports | sed 's/^/report:/'
    } >there
    for part in $(grep -oE '(action|report):[a-z_0-9]+' "$TOP/lib/law/paragraphs.csv" | sort -u); do
        grep -qx "$part" there || missing+="$part "
    done
    equal "$missing" ""
}

@test "golden writes what was reviewed" {
    "$CQ_TOOLS/golden" | cmp - "$TOP/tests/data/law-golden.txt"
}
