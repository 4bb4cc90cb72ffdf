#!/usr/bin/env bats
# Tables for people: words, days, widths, and the pager.

load helper
load refer

# A registry of 300 synthetic people with their lists and some referrals.
setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    export PATH="$CQ_TOOLS:$PATH" CQ_DB="$BATS_FILE_TMPDIR/people.db" day=2026-11-01
    gen contingent 300 --full --seed=5 >people.csv
    gen facilities 60 --seed=5 >facilities.csv
    gen insurance 300 --seed=5 >insurance.csv
    local list
    for list in contingent facilities insurance; do
        cq-import -q -k $list --as-of=$day --list-date=$day \
            "$([ $list = contingent ] && echo people || echo $list).csv" 2>/dev/null || [ $? -eq 1 ]
    done
    cut -d, -f1 people.csv | awk 'NR == 1 || NR % 7 == 0' >chosen.csv
    cq-eligible -s medical_rehabilitation --indicated --as-of=$day <chosen.csv >rehab.csv 2>/dev/null || [ $? -eq 1 ]
    cq-refer issue --as-of=$day <rehab.csv >issued.csv 2>/dev/null || [ $? -eq 1 ]
}

# The registry of this file; helper.bash forgets it before each test.
registry_of_file() {
    export CQ_DB="$BATS_FILE_TMPDIR/people.db" day=2026-11-01
}

# Every table there is, of one language.
tables() {
    local report iin
    iin=$(sed -n 2p "$BATS_FILE_TMPDIR/chosen.csv")
    for report in contingent changes leaving eligibility quality 'quality --review' referrals overdue payers \
        overtaken facilities registration law 'law --by=paragraph' 'law --by=gap' runs audit form2 \
        'reconcile --agency=prosecution' "person --iin=$iin" "person --timeline --iin=$iin" \
        'find --name=Ахметов'; do
        echo "# $report"
        # shellcheck disable=SC2086 # options
        cq-report $report --as-of=$day --lang="$1" -f table 2>/dev/null || true
    done
    echo "# answers"
    cq-eligible --all --roles --why-not -s inpatient --as-of=$day --lang="$1" -f table 2>/dev/null
    cq-eligible --all --against="$TOP/lib/law" --as-of=$day --lang="$1" -f table 2>/dev/null || true
    printf 'iin,payer,amount\n%s,budget,5\n' "$iin" |
        cq-eligible --claims --as-of=$day --lang="$1" -f table 2>/dev/null || true
    printf 'category,service\nemployee,inpatient\n' |
        cq-eligible --facts --as-of=$day --lang="$1" -f table 2>/dev/null
    cq-eligible --check-law --lang="$1" -f table
    echo "# referrals"
    cq-refer list --lang="$1" -f table
    cq-refer verify --lang="$1" -f table
    printf 'iin,facility,papers\n%s,%s,id_card\n' "$iin" \
        "$(awk -F, '/PHC/ { print $1; exit }' "$BATS_FILE_TMPDIR/facilities.csv")" |
        cq-refer register -n --lang="$1" --as-of=$day -f table 2>/dev/null || true
}

# Words in Latin letters that are no identifiers: what is left when numbers of referrals, codes of
# facilities and diseases, names of rules, clauses and gaps, citations, editions, receipts, hashes and
# what a paragraph is implemented by are taken away.
english() {
    local rules
    rules=$(cut -d, -f1 "$TOP/lib/law/rules.csv" | tail -n +2 | paste -sd'|')
    sed -E 's/\b[0-9]:[0-9a-f]{12,}:[^ ]*//g; s/\b[0-9a-f]{12,}\b//g' | sed -E "s/\b($rules)\b//g" |
        sed -E 's/\b[A-Z]{1,4}[0-9]*(\.[0-9a-z.]+)?(:[0-9.()]+)?//g; s/@[a-z_]+//g; s/cq[0-9]+-[^ ]+//g
                s/(әрекет|есеп|хат|тізім бағаны|действие|отчёт|письмо|столбец списка|бас тарту себебі|причина отказа): [a-z_0-9]+//g
                s/cq-[a-z]+( [a-z]+)?( --[a-z-]+(=[a-z_]+)?)*//g; s/\broot\b//g' |
        sed -E "s/$(id -un)//g" | grep -oE '[A-Za-z_]{2,}' | sort -u
}

@test "no English word in any table in Kazakh and Russian" {
    registry_of_file
    local language
    for language in kk ru; do
        tables $language >all
        [ "$(grep -c '^# ' all)" -ge 24 ]
        [ "$(wc -l <all)" -gt 1000 ] || fail "few lines: $(wc -l <all)"
        grep -v '^# ' all | english >words || true
        [ ! -s words ] || fail "$language: $(grep -nwf words all | head -n 20; paste -sd' ' words)"
        # A receipt is data.
        ! grep -nE '(^|[ (])[0-9]{4}-[0-9]{2}-[0-9]{2}\b' all || fail "days of data"
    done
}

@test "no English word on the pages in Kazakh and Russian" {
    registry_of_file
    local language
    for language in kk ru; do
        for report in facilities quality law runs audit; do
            cq-report $report --as-of=$day --lang=$language -f html
        done | sed -e 's/<wbr>//g' -e '/<style>/,/<\/style>/d' -e 's/<[^>]*>/ /g' -e 's/&[a-z#0-9]*;/ /g' | english |
            grep -vxE 'UTC|cq' >words || true
        [ ! -s words ] || fail "$language: $(paste -sd' ' words)"
    done
}

@test "codes and days of data stay in every other format" {
    registry_of_file
    cq-refer list >list.csv
    contains "$(head -n 1 list.csv)" number,status,iin,service,
    contains "$(sed -n 2p list.csv)" ,issued,
    contains "$(sed -n 2p list.csv)" ,2026-11-01,
    cq-refer list --lang=ru | cmp - list.csv
    contains "$(cq-refer list --lang=kk -f json | head -n 1)" '"status":"issued"'
    contains "$(cq-refer list --lang=ru -f table | sed -n 3p)" выдано
    contains "$(cq-refer list --lang=ru -f table | sed -n 3p)" 01.11.2026
}

# widest: the columns of the widest line.
widest() {
    wc -L
}

@test "tables are folded to the terminal, and nothing is cut" {
    registry_of_file
    local width report
    for width in 60 80 120 200; do
        for report in contingent facilities law leaving runs; do
            COLUMNS=$width cq-report $report --as-of=$day --lang=ru -f table >folded
            [ "$(widest <folded)" -le $width ] || fail "$report $width: $(widest <folded)"
            grep -v '^-' folded | tr -d ' \n' | sed 's/-*//' >got
        done
        COLUMNS=$width cq-refer list --lang=kk -f table >folded
        [ "$(widest <folded)" -le $width ] || fail "list $width"
        equal "$(grep -c '^Нөмірі' folded)" "$(sed 1d "$BATS_FILE_TMPDIR/issued.csv" | wc -l)"
    done
    # Every word of the long lines is in the folded ones.
    cq-report facilities --as-of=$day --lang=kk -f table | tr -s ' -' '\n' | sort -u >long
    COLUMNS=100 cq-report facilities --as-of=$day --lang=kk -f table | tr -s ' -' '\n' | sort -u >short
    equal "$(comm -23 long short)" ""
    # A pipe is not folded, nor a file.
    [ "$(cq-refer list -f table | widest)" -gt 300 ]
    COLUMNS=80 cq-refer list -f table -o list.txt
    [ "$(widest <list.txt)" -gt 300 ]
}

# screen ROWS COLUMNS COMMAND: runs it on a terminal of that size; its output without returns.
screen() {
    script -qec "stty rows $1 cols $2; $3; echo status \$?" /dev/null </dev/null | tr -d '\r'
}

@test "what is longer than the screen goes through a pager" {
    registry_of_file
    export TERM=xterm CQ_PAGER='echo paged; head -n 2; cat >/dev/null'
    contains "$(screen 24 80 'cq-report facilities --as-of=2026-11-01 -f table')" paged
    contains "$(screen 24 80 'cq-refer --help')" paged
    contains "$(screen 24 80 "cq-eligible --explain --as-of=2026-11-01 $(sed -n 2p "$BATS_FILE_TMPDIR/chosen.csv")")" paged
    # Short texts, other formats, pipes and files do not.
    lacks "$(screen 500 80 'cq-refer --help')" paged
    lacks "$(screen 24 80 'cq-refer list')" paged
    lacks "$(screen 24 80 'cq-refer --help | cat')" paged
    lacks "$(screen 24 80 'cq-refer --help; cq-refer list -f table -o /dev/stderr 2>/dev/null' | tail -n 3)" paged
    # None is asked for, or there is none.
    local pager
    for pager in '' cat 'exec no-such-pager 2>/dev/null'; do
        CQ_PAGER=$pager
        screen 24 80 'cq-refer --help' >out
        lacks "$(cat out)" paged
        [ "$(wc -l <out)" -gt 90 ] || fail "'$pager': $(cat out)"
    done
    unset CQ_PAGER
    PAGER='echo second-pager; cat >/dev/null'
    export PAGER
    contains "$(screen 24 80 'cq-refer --help')" second-pager
    lacks "$(TERM=dumb screen 24 80 'cq-refer --help')" second-pager
}

@test "who leaves the pager changes neither the status nor the registry" {
    registry_of_file
    export TERM=xterm CQ_PAGER='head -n 1'
    contains "$(screen 24 80 'cq-report facilities --as-of=2026-11-01 -f table')" 'status 0'
    contains "$(screen 24 80 'cq-report check --as-of=2026-11-01 -f table')" \
        "status $(cq-report check --as-of=2026-11-01 >/dev/null 2>&1; echo $?)"
    CQ_PAGER='exit 3'
    contains "$(screen 24 80 'cq-refer --help')" 'status 0'
    CQ_PAGER='exec true'
    contains "$(screen 24 80 'cq-eligible --all -s inpatient -f table --as-of=2026-11-01')" 'status 0'
    equal "$(find . "$BATS_TEST_TMPDIR" -newer "$BATS_FILE_TMPDIR/issued.csv" -type f | wc -l)" 0
}

@test "help fits 80 columns, and what stands for a value is a word of the language" {
    local program language
    for program in $PROGRAMS; do
        for language in kk ru en; do
            $program --help --lang=$language >help
            [ "$(widest <help)" -le 80 ] || fail "$program $language: $(widest <help)"
            [ $language = en ] && continue
            grep -oE '(=|\[|--[a-z-]+ |^.{0,30} )[A-Z]{3,}[]|. =]|(=)[A-Z]{3,}$' help |
                grep -vE 'CSV|HTML|JSON|UTC|UTF|ISO|KOI|XDG' >words || true
            [ ! -s words ] || fail "$program $language: $(paste -sd' ' words)"
        done
    done
    contains "$(cq-import --help --lang=ru)" --db=ФАЙЛ
    contains "$(cq-import --help --lang=kk)" --law=ҚАЛТА
    contains "$(cq-refer --help --lang=kk | head -n 1)" '[ПАРАМЕТР]... [ФАЙЛ]'
}
