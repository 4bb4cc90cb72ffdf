# cq-report: the book, the forms of every report, and that the same question gives the same bytes.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

PATH="$PATH:$CQ_TOOLS"
day=--as-of=2026-11-01
# person is of one, find of a question, reconcile of one sender, form2 of a year, all is the book.
reports=$(reports | grep -vxE 'person|find|reconcile|form2|all')

# A registry of 300 synthetic people with their lists and some referrals.
people() {
    export CQ_DB="$PWD/people.db"
    gen contingent 300 --full --seed=5 >people.csv
    gen facilities 60 --seed=5 >facilities.csv
    gen insurance 300 --seed=5 >insurance.csv
    cq-import -q $day --list-date=2026-11-01 people.csv 2>/dev/null
    cq-import -q $day --list-date=2026-11-01 -k facilities facilities.csv
    cq-import -q $day --list-date=2026-11-01 -k insurance insurance.csv 2>/dev/null
    cq-eligible --all $day | awk -F, 'NR == 1 || $4 == "eligible" && ++n <= 12 { print $1 }' |
        cq-refer issue $day --service=outpatient >/dev/null 2>&1 || true
}

# ask REPORT OPTION...: status 1 is a finding, no failure.
ask() {
    cq-report "$@" $day || [ $? -eq 1 ]
}

# chapter NAME FILE: a chapter of the book, or what is before them all, in one line.
chapter() {
    tr '\n' ' ' <"$2" | sed 's/<article/\n&/g' | if [ "$1" = front ]; then head -n 1; else
        grep "^<article id=\"$1\""
    fi
}

# closed FILE: every element is closed and every id stands once.
closed() {
    local opened closed
    opened=$(grep -oE '<[a-z][a-z0-9]*' "$1" | grep -cvE '<(meta|wbr)$')
    closed=$(grep -oE '</[a-z]' "$1" | wc -l)
    equal "$opened" "$closed" "elements of $1"
    equal "$(grep -oE ' id="[^"]*"' "$1" | sort | uniq -d)" "" "ids that stand twice in $1"
    run grep -ciE '<script|<img|<link|<iframe|https?:|url\(|@import|src=| on[a-z]+="' "$1"
    equal "$output" 0 "outside references of $1"
}

# contingent has the dimensions of --by for columns.
@test "the page names every column of every report" {
    people
    local report column described
    for report in $(reports | grep -vxE 'contingent|all'); do
        described=$(sed -n '/^\.Sh COLUMNS/,/^\.El/p' "$TOP/cmd/cq-report.1" |
            sed -n "/^\.It Cm $report\$/,/^\.It\|^\.El/p" | sed -n 's/^\.Cm //p' | tr ' ' '\n')
        case $report in
        person) ask person --iin="$(sed -n 2p people.csv | cut -d, -f1)" >out ;;
        reconcile) ask reconcile --agency=courier >out ;;
        find) ask find --name="$(sed -n 2p people.csv | cut -d, -f2)" >out ;;
        form2)
            cq-report form2 --year=2026 --line=1 | head -n 1 | tr , '\n' >out
            cq-report form2 --year=2026 | head -n 1 | tr , '\n' | sort -u - out | paste -sd, - >all
            mv all out
            ;;
        *) ask "$report" >out ;;
        esac
        for column in $(head -n 1 out | tr , ' '); do
            grep -qxF "$column" <<<"$described" || fail "cq-report(1): $report lacks $column"
        done
    done
}

@test "CSV and JSON hold the same cells, and tables as many rows" {
    people
    local report
    for report in $reports; do
        ask $report >csv
        ask $report -f json >json
        equal "$(sed 1d csv | wc -l)" "$(wc -l <json)" "rows of $report"
        # Cells without their names and quotes, on both sides.
        sed -E 's/^\{//; s/\}$//; s/(^|,)"[a-z_0-9]+":/\1/g; s/\\"/"/g; s/"//g; s/null//g' json >a
        sed '1d; s/"//g' csv >b
        diff a b >difference || fail "$report: $(head -5 difference)"
        [ -s json ] || continue
        equal "$(head -n 1 csv | tr ',' '\n' | wc -l)" \
            "$(head -n 1 json | grep -oE '(^\{|,)"[a-z_0-9]+":' | wc -l)" "columns of $report"
    done
}

@test "numbers of a report stand in its page and table too" {
    people
    ask eligibility >csv
    ask eligibility -f html >page.html
    ask eligibility -f table >table
    sed 1d csv | awk -F, '{ print $5 }' | while read -r number; do
        grep -q ">$number</td>" page.html || fail "$number is not in the page"
        grep -qw "$number" table || fail "$number is not in the table"
    done
    ask contingent --by=category >csv
    ask contingent --by=category -f html >page.html
    sed 1d csv | while IFS=, read -r _ number; do
        grep -q ">$number</td>" page.html || fail "$number is not in the page"
        grep -q ">$number</text>" page.html || fail "$number is not in the chart"
    done
}

@test "every page is closed, self-contained, and says what it rests on, in three languages" {
    people
    local report language
    for report in $reports all; do
        for language in kk ru en; do
            ask $report -f html --lang=$language >page.html
            closed page.html
            grep -q "<html lang=\"$language\">" page.html || fail "$report: language"
            grep -q "$(cq-report --version -v | sed -n 's/^law //p')" page.html ||
                fail "$report: law"
        done
    done
}

@test "the first look of the book answers how many lose cover, where and why" {
    people
    sqlite3 people.db "UPDATE person SET valid_to = 20770 WHERE category = 1 AND residence / 10000000 = 71;
        UPDATE person SET residence = 710000000, valid_to = 20770 WHERE category = 3"
    ask all -f html >book.html
    local answer
    answer=$(grep -oE '<p class="answer">[^<]*' book.html | head -n 1)
    contains "$answer" "Astana"
    contains "$answer" "entry in the list ends"
    contains "$answer" ": $(ask leaving --days=30 | sed 1d | cut -d, -f7 | sort -u | wc -l);"
    # Before the contents, and the contents lead to every report.
    [ "$(grep -bo '<p class="answer">' book.html | head -n 1 | cut -d: -f1)" -lt \
        "$(grep -bo '<nav' book.html | cut -d: -f1)" ] || fail "the answer comes late"
    local report
    for report in $reports; do
        grep -q "<a href=\"#$report\">" book.html || fail "contents lack $report"
        grep -q "<article id=\"$report\">" book.html || fail "the book lacks $report"
    done
}

@test "the first page tells in how many rows who loses cover: region by region, cause by cause" {
    people
    sqlite3 people.db "UPDATE person SET valid_to = 20770 WHERE category = 1"
    ask leaving --days=30 | sed 1d | awk -F, '!seen[$7]++ { n[$4]++ } END { for (r in n) print n[r] }' |
        sort -n >expected
    ask all -f html --lang=en >book.html
    chapter front book.html >front
    grep -q '<caption>Who loses cover within 30 days: where and why</caption>' front
    sed 's/<tr>/\n&/g' front | grep '<th scope="row">' | grep -oE 'class="n t">[0-9]+' |
        grep -oE '[0-9]+' | sort -n >shown
    diff expected shown
    # The figure that matters of every report, and no person by name.
    local report
    for report in $reports; do
        sed 's/<li/\n&/g' front | grep "#$report\"" | grep -qE '<b>[0-9]' || fail "$report has no figure"
    done
    run grep -cE '[0-9]{12}<' front
    equal "$output" 0 "IINs on the first page"
}

@test "the book shows the first rows of a list, how many there are more and where; --full shows all" {
    people
    sqlite3 people.db "UPDATE person SET valid_to = 20770"
    ask leaving >all
    [ "$(wc -l <all)" -gt 100 ] || fail "too few leave for this test"
    local language
    for language in kk ru en; do
        ask all -f html --lang=$language >book.html
        chapter leaving book.html | grep -oE '[0-9]{12}<' >named
        equal "$(wc -l <named)" 5 "people named"
        equal "$(grep -oE '[0-9]{12}<' book.html)" "$(cat named)" "people named elsewhere"
        grep -qE ": $(($(wc -l <all) - 6)); [^<]*: cq-report leaving --as-of=2026-11-01<" book.html ||
            fail "$language: how many are left, and what lists them"
        ! grep -q 'section class="wide"' book.html || fail "$language: a sheet across"
    done
    ask all -f html --full >full.html
    chapter leaving full.html | grep -oE '[0-9]{12}<' >named
    equal "$(wc -l <named)" "$(sed 1d all | wc -l)" "people named by --full"
    closed full.html
    run grep -c 'Rows left out here' full.html
    equal "$output" 0
    run cq-report leaving --full
    equal "$status" 2 "--full of another report"
}

@test "charts name their units and every region, in letters that a telephone shows" {
    people
    local language size
    for language in kk ru en; do
        ask all -f html --lang=$language >book.html
        equal "$(grep -o '<svg' book.html | wc -l)" "$(grep -oE '<figcaption>[^<]+' book.html | wc -l)"
        # 360 of 390 pixels are the chart's: 12.3 units of 400 are 11 of them.
        equal "$(grep -oE 'viewBox="0 0 [0-9]+' book.html | sort -u)" 'viewBox="0 0 400'
        sed '/<\/style>/q' book.html >style
        for size in $(grep -oE 'svg[^{}]*\{[^}]*font-size:[0-9.]+px' style | grep -oE '[0-9.]+px$'); do
            awk -v s="${size%px}" 'BEGIN { exit s < 12.3 }' || fail "letters of $size"
        done
        tr '\n' ' ' <book.html | sed 's/<svg/\n&/g; s/<\/svg>/\n/g' | grep '^<svg.*tile-name' | head -n 1 >map
        sed 's/<rect/\n&/g' map | grep '^<rect' >tiles
        equal "$(wc -l <tiles)" 20
        equal "$(grep -cE 'class="tile-name"[^>]*>[^<]+<' tiles)" 20 "$language: tiles with a name"
    done
    # Parts of a bar by their letters, not by their shade alone.
    grep -qE 'class="part"[^>]*>A [0-9]' book.html || fail "parts have no letters"
    # A table that does not fit says so.
    equal "$(grep -oE 'section class="scroll (more|far)"' book.html | wc -l)" \
        "$(grep -oE '<p class="hint' book.html | wc -l)"
}

@test "an empty table is a line, and the program is named before the rows" {
    people
    local report
    for report in overdue changes overtaken; do
        ask $report -f html >page.html
        lacks "$(cat page.html)" 'section class="wide"'
        equal "$(grep -o 'Nothing to show' page.html | wc -l)" \
            "$(grep -o '<p class="line"><b>[^<]*</b>: Nothing to show' page.html | wc -l)"
    done
    grep -q '<dd>cq-report (cq) [0-9.]*</dd>' page.html || fail "which program"
    grep -q 'body>footer,details{display:none}' page.html || fail "a footer could be alone on a sheet"
}

@test "the book of 2,000 people takes at most 10 sheets, each with something on it" {
    command -v chromium >/dev/null && command -v pdfinfo >/dev/null || skip "chromium or pdfinfo is not installed"
    export CQ_DB="$PWD/book.db"
    gen contingent 2000 --full --seed=2026 >people.csv
    gen facilities 90 --seed=2026 >facilities.csv
    gen insurance 2000 --seed=2026 >insurance.csv
    cq-import -q $day --list-date=2026-11-01 people.csv 2>/dev/null
    cq-import -q $day --list-date=2026-11-01 -k facilities facilities.csv
    cq-import -q $day --list-date=2026-11-01 -k insurance insurance.csv 2>/dev/null
    cq-eligible --all $day -s medical_rehabilitation --indicated | awk 'NR % 8 == 1' |
        cq-refer issue $day >/dev/null 2>&1 || true
    local language pages i
    for language in kk ru en; do
        ask all -f html --lang=$language >book.html
        timeout 60 chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
            --user-data-dir="$PWD/chromium" --print-to-pdf=book.pdf "file://$PWD/book.html" 2>/dev/null
        pages=$(pdfinfo book.pdf | sed -n 's/^Pages: *//p')
        [ "$pages" -le 10 ] || fail "$language: $pages sheets"
        for ((i = 1; i <= pages; i++)); do
            [ "$(pdftotext -f $i -l $i book.pdf - | wc -w)" -ge 40 ] || fail "$language: sheet $i"
        done
    done
}

@test "the same registry and question give the same bytes in every zone and locale" {
    people
    local report
    for report in $reports all; do
        SOURCE_DATE_EPOCH=1793500000 cq-report $report -f html --lang=ru >one || [ $? -eq 1 ]
        cp people.db copy.db
        SOURCE_DATE_EPOCH=1793500000 TZ=Pacific/Kiritimati LC_ALL=C LANG=kk_KZ.UTF-8 LANGUAGE=kk \
            cq-report $report -f html --lang=ru -d copy.db >two || [ $? -eq 1 ]
        cmp one two || fail "$report"
        SOURCE_DATE_EPOCH=1793500000 env -i PATH="$PATH" SOURCE_DATE_EPOCH=1793500000 \
            CQ_DB="$CQ_DB" "$(command -v cq-report)" $report -f html --lang=ru >three || [ $? -eq 1 ]
        cmp one three || fail "$report under env -i"
    done
    cq-report contingent --as-of=2026-11-01 >one
    SOURCE_DATE_EPOCH=1793500000 cq-report contingent >two # 2026-11-01
    cmp one two
}

@test "a published book lists nobody and tells no small count" {
    people
    ask all --suppress=5 -f html >book.html
    closed book.html
    equal "$(grep -oE '<article id="[a-z]*"' book.html | head -n 1)" '<article id="contingent"'
    run grep -cE '<article id="(leaving|changes|overdue|quality|audit|check|runs)"' book.html
    equal "$output" 0
    run grep -cE '[0-9]{12}<' book.html
    equal "$output" 0 "IINs"
    # Counts of people in the contingent and charts: none from 1 to 5.
    sed -n '/<article id="contingent">/,/<\/article>/p' book.html >chapter
    run grep -cE '>[1-5]</(td|text|dd)>' chapter
    equal "$output" 0 "small counts"
    grep -q '…' chapter || fail "nothing was hidden: this proves nothing"
}

@test "pages pass an HTML checker where one is installed" {
    command -v html-validate >/dev/null || skip "html-validate is not installed"
    people
    echo '{"root":true,"extends":["html-validate:standard"]}' >.htmlvalidate.json
    local report
    for report in $reports all; do
        ask $report -f html >"$report.html"
    done
    html-validate ./*.html
}

@test "only what a report takes is taken" {
    people
    local command
    for command in "contingent --since=1" "changes --by=sex" "law --days=3" "runs --service=outpatient" \
        "leaving --iin=850315100006" "contingent --mask" "check --verify" "changes --suppress=3" \
        "all" "changes --full" "all --format=csv" "all --iin=850315100006" "contingent --suppress=0" \
        "leaving --days=0" "eligibility --service=magic" "person --iin=1"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr cq-report $command
        equal "$status" 2 "status of '$command'"
        equal "$output" "" "output of '$command'"
    done
}

@test "page 1 tells the truth of 30 days, whatever --days asks about" {
    people
    local sentence
    sentence=$(ask leaving --days=90 -f table | grep -o 'within 30 days: [0-9]*')
    for days in 1 5 30; do
        equal "$(ask leaving --days=$days -f table | grep -o 'within 30 days: [0-9]*')" "$sentence" "$days days"
        ask leaving --days=$days | awk -F, -v last="$(date -d "2026-11-01 + $days days" +%F)" \
            'NR > 1 && $1 > last { exit 1 }' || fail "rows after $days days"
    done
}

@test "the command that lists all of a table has the options of the book" {
    people
    ask all -f html --by=category,sex --service=inpatient --suppress=5 >book.html
    contains "$(cat book.html)" "cq-report contingent --as-of=2026-11-01 --by=category,sex --suppress=5"
    contains "$(cat book.html)" "cq-report eligibility --as-of=2026-11-01 --service=inpatient --suppress=5"
    ask all -f html --mask >book.html
    contains "$(cat book.html)" "cq-report leaving --as-of=2026-11-01 --mask"
}

@test "a word that the law tables lack is a code in the book" {
    people
    local cause
    cause=$(ask leaving | awk -F, 'NR == 2 { print $2 }')
    cp -r "$TOP/lib/law" law
    sed -i "/^cause,$cause,/d" law/words.csv
    ask all -f html --law=law >book.html
    contains "$(sed '/<article/q' book.html)" ">$cause<"
}
