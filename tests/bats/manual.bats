# The manual says what is true: its examples print what they show, and its lists of columns, codes
# and tables are those of the sources.
# shellcheck disable=SC2154 # output comes from run

load helper

# The examples of one page, in a folder with the sample lists of tests/data/manual.
examples() {
    local page="$TOP/cmd/$1"
    cp "$TOP"/tests/data/manual/* .
    "$TOP/tests/tools/examples.sh" show "$page" >shown
    grep -qE '^\$!? ' shown || fail "$1 has no examples"
    "$TOP/tests/tools/examples.sh" run "$page" >printed 3>&-
    diff shown printed || fail "what the examples of $1 show (<) is not what they print (>)"
}

# The registry that the examples of some pages ask, at the place where it is found by itself.
registry() {
    local lists="$TOP/tests/data/manual" status=0
    cq-import -q --as-of=2026-01-01 "$lists/staff.csv"
    cq-import -q --as-of=2026-01-01 --kind=facilities "$lists/facilities.csv"
    cq-import -q --as-of=2026-01-01 --max-bad=70 "$lists/staff-bad.csv" 2>rejected || status=$?
    equal "$status" 1 "status of a list with bad rows"
}

@test "the examples of cq-import(1) print what they show" {
    examples cq-import.1
}

@test "the examples of cq-eligible(1) print what they show" {
    examples cq-eligible.1
}

@test "the examples of cq-refer(1) print what they show" {
    registry
    examples cq-refer.1
}

@test "the examples of cq-report(1) print what they show" {
    registry
    examples cq-report.1
}

@test "the examples of cq-csv(5) print what they show" {
    examples cq-csv.5
}

@test "the examples of cq-law(5) print what they show" {
    cp -r "$TOP/lib/law" law
    examples cq-law.5
}

@test "the examples of cq(7) print what they show" {
    examples cq.7
}

# The quoted texts of a C file, one a line, cut at the bars between alternatives.
words_of() {
    grep -v '^#include' "$1" | grep -v '^ \*\|^/\*' | grep -oE '"[^"]*"' | tr -d '"' | tr '|' '\n' |
        grep -v '^$' | sort -u
}

@test "cq-csv(5) names every column, value and header of lists.c" {
    local word missing=''
    # In the page a long header may be broken over lines.
    tr '\n' ' ' <"$TOP/cmd/cq-csv.5" >page
    while IFS= read -r word; do
        case $word in
        person) continue ;; # a table of the registry
        esac
        grep -qF -e "$word" page || missing+="$word; "
    done < <(words_of "$TOP/lib/lists/lists.c")
    equal "$missing" "" "not in cq-csv(5)"
}

@test "cq-law(5) names every table, column and value of the law" {
    local file word missing=''
    for file in "$TOP"/lib/law/*.csv; do
        for word in "$(basename "$file")" $(head -n 1 "$file" | tr ',' ' '); do
            grep -qwF -e "$word" "$TOP/cmd/cq-law.5" || missing+="$(basename "$file"): $word; "
        done
    done
    for word in $(words_of "$TOP/lib/engine/facts.c" | grep -E '^[a-z_]+$') \
        $(sed 1d "$TOP/lib/law/words.csv" | cut -d, -f1 | sort -u) \
        $(sed -n 's/^\(payer\|referral\|reason\),\([a-z_]*\),.*/\2/p' "$TOP/lib/law/words.csv") \
        $(sed 1d "$TOP/lib/law/gaps.csv" | cut -d, -f1); do
        grep -qwF -e "$word" "$TOP/cmd/cq-law.5" || missing+="$word; "
    done
    equal "$missing" "" "not in cq-law(5)"
}

@test "cq-errors(5) is what errors-page.sh makes" {
    "$TOP/tests/tools/errors-page.sh" check
}

@test "the columns of an answer stand in cq-eligible(1)" {
    local column missing=''
    printf 'category\nnone\n' >facts.csv
    for column in $({
        cq-eligible --facts --as-of=2026-11-01 <facts.csv
        cq-eligible -q --check-law --against="$TOP/lib/law" | cut -d, -f1,2,20-32
    } | grep outcome | tr ',' ' '); do
        grep -qE "^\.(It )?Cm .*\b$column\b" "$TOP/cmd/cq-eligible.1" || missing+="$column "
    done
    equal "$missing" "" "not in cq-eligible(1)"
}
