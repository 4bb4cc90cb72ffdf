# Workbooks: read by every program as the CSV of the same list is, from files and pipes; what a
# spreadsheet damaged or hides is said; other files are named.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006
B=850315100016
C=850315100026
ZERO=050315100039

# workbook [--inline] FILE: makes a workbook of standard input (tests/tools/workbook.c).
workbook() {
    "$CQ_TOOLS/workbook" "$@"
}

head_row() {
    printf 's:%s\t' ИИН Фамилия Имя "Дата рождения" Категория Орган
    printf 's:Действует с\n'
}

# row IIN-CELL BIRTH-CELL FROM-CELL
row() {
    printf '%s\ts:Қасымова\ts:Әлия\t%s\ts:сотрудник\ts:courier\t%s\n' "$1" "$2" "$3"
}

people() {
    sqlite3 x.db "SELECT printf('%012d', iin), last_name, date(birth_date * 86400, 'unixepoch'),
        date(valid_from * 86400, 'unixepoch') FROM person ORDER BY iin"
}

import() {
    cq-import -d x.db --list-date=2026-01-01 --max-bad=100 "$@"
}

@test "a workbook is imported as it is: text, numbers, leading zeros, dates in any format" {
    { head_row; row s:$A d:1985-03-15 g:2023-03-15; row n:$B g:1985-03-15 s:15.03.2023
      row z:$ZERO g:2005-03-15 t:2023-03-15; row n:8.50315100026E11 s:1985-03-15 ""; } >cells
    for inline in "" --inline; do
        rm -f x.db
        # shellcheck disable=SC2086 # an option or none
        workbook $inline list.xlsx <cells
        import -q list.xlsx
        equal "$(people)" "$ZERO|Қасымова|2005-03-15|2023-03-15
$A|Қасымова|1985-03-15|2023-03-15
$B|Қасымова|1985-03-15|2023-03-15
$C|Қасымова|1985-03-15|"
    done
}

@test "it is known by its content: from a pipe, under any name, in any piece" {
    { head_row; row s:$A d:1985-03-15 ""; } | workbook list.xlsx
    import -q list.xlsx
    people >want
    for way in 'import -q - <list.xlsx' 'cat list.xlsx | import -q' 'cp list.xlsx list.csv; import -q list.csv' \
        '(dd bs=1 count=6 status=none; sleep 0.1; cat) <list.xlsx | import -q'; do
        rm -f x.db
        eval "$way"
        people | diff want - || fail "$way"
    done
    equal "$(find . -name 'cq-*')" "" "left over"
}

@test "the registry holds of a workbook what it holds of the CSV" {
    "$CQ_TOOLS/gen" contingent 2000 --seed=3 >list.csv
    sed -E 's/^/s:/; s/,/\ts:/g; s/s:([0-9]{4}-[0-9]{2}-[0-9]{2})/g:\1/g; s/\ts:\t/\t\t/g' list.csv |
        workbook list.xlsx
    cq-import -q -d csv.db --list-date=2026-01-01 list.csv
    cq-import -q -d xlsx.db --list-date=2026-01-01 list.xlsx
    diff <(sqlite3 csv.db 'SELECT * FROM person ORDER BY id') <(sqlite3 xlsx.db 'SELECT * FROM person ORDER BY id')
    run -0 --separate-stderr cq-import -v -d xlsx.db --list-date=2026-01-02 list.xlsx
    contains "$stderr" "unchanged 2000"
    # The same list as CSV is known line by line, too.
    run -0 --separate-stderr cq-import -v -d xlsx.db --list-date=2026-01-03 list.csv
    contains "$stderr" "unchanged 2000"
}

@test "cq-eligible and cq-refer read workbooks and answer as they do to the CSV" {
    "$CQ_TOOLS/gen" contingent 300 --seed=3 >list.csv
    "$CQ_TOOLS/gen" facilities 20 >facilities.csv
    cq-import -q -d x.db --as-of=2026-01-01 list.csv
    cq-import -q -d x.db --as-of=2026-01-01 --kind=facilities facilities.csv
    sed -E 's/^/s:/; s/,/\ts:/g; s/s:([0-9]{4}-[0-9]{2}-[0-9]{2})/d:\1/g; s/\ts:\t/\t\t/g' list.csv |
        workbook list.xlsx
    cq-eligible -d x.db --as-of=2026-01-01 <list.csv >want.csv
    cq-eligible -d x.db --as-of=2026-01-01 <list.xlsx >got.csv
    diff want.csv got.csv
    # shellcheck disable=SC2002 # a pipe
    cat list.xlsx | cq-eligible -d x.db --as-of=2026-01-01 >got.csv
    diff want.csv got.csv
    cq-eligible -d x.db --as-of=2026-01-01 --service=outpatient <list.csv | head -n 40 >requests.csv
    sed -E 's/^/s:/; s/,/\ts:/g' requests.csv | workbook requests.xlsx
    cp x.db y.db
    run -1 --separate-stderr cq-refer issue -d x.db --as-of=2026-01-01 requests.csv
    issued=$output said=${stderr//requests.csv/LIST}
    run -1 --separate-stderr cq-refer issue -d y.db --as-of=2026-01-01 requests.xlsx
    equal "$output" "$issued" referrals
    equal "${stderr//requests.xlsx/LIST}" "$said" messages
    count=$(wc -l <<<"$issued")
    [ "$count" -gt 2 ]
    cut -d, -f1 <<<"$issued" | sed 's/^/s:/' | workbook numbers.xlsx
    cq-refer accept -d y.db --as-of=2026-01-01 <numbers.xlsx >accepted.csv
    equal "$(wc -l <accepted.csv)" "$count" "accepted referrals"
}

@test "facts, cases and receipts come in workbooks, too" {
    printf 's:category\ts:insured\ts:service\ns:employee\tb:1\ts:outpatient\n\ns:family\t\ts:inpatient\n' |
        workbook facts.xlsx
    printf 'category,insured,service\nemployee,yes,outpatient\nfamily,,inpatient\n' >facts.csv
    cq-eligible --facts --receipt --as-of=2026-01-01 <facts.csv >want.csv
    cq-eligible --facts --receipt --as-of=2026-01-01 <facts.xlsx >got.csv
    diff want.csv got.csv
    sed -E 's/^/s:/; s/,/\ts:/g' want.csv | workbook receipts.xlsx
    cq-eligible --facts --replay=receipts.xlsx | cut -d, -f1 >replayed
    cq-eligible --facts --replay=want.csv | cut -d, -f1 | diff - replayed
    printf 's:category\ts:want_outcome\ns:employee\ts:eligible\n' | workbook cases.xlsx
    printf 'category,want_outcome\nemployee,eligible\n' >cases.csv
    run cq-eligible --cases=cases.csv --as-of=2026-01-01
    want=$output
    run cq-eligible --cases=cases.xlsx --as-of=2026-01-01
    equal "$output" "$want"
}

@test "a row has the number that the sheet shows, whatever stands above or in the cells" {
    { printf '!merge 7 1 Список\n\n\n\n'; head_row; row s:$A d:1985-03-15 ""; printf '\n\n\n'
      printf 's:%s\ts:Касымова\ts:Алия\tn:31121\ts:сотрудник\ts:courier\n' $B
      row s:850315100007 d:1985-03-15 ""; printf 's:%s\ts:Касы\\nмо\\nва\ts:Алия\td:1985-03-15\ts:сотрудник\ts:courier\n' $C
      row s:850315100008 d:1985-03-15 ""; } | sed 's/Дата рождения/Дата\\nрождения/' | workbook list.xlsx
    run -1 --separate-stderr import --rejects=r.csv list.xlsx
    contains "$stderr" "list.xlsx:9: birth_date: a bare number: a spreadsheet turned the date into a serial number [CQ-R021]"
    contains "$stderr" "list.xlsx:10: iin: the control digit of the IIN does not match [CQ-R012]"
    contains "$stderr" "list.xlsx:11: last_name: a control or invisible character inside a value [CQ-R044]"
    contains "$stderr" "list.xlsx:12: iin: the control digit"
    equal "$(people)" "$A|Қасымова|1985-03-15|"
    contains "$(cat r.csv)" "$B,Касымова,Алия,31121,сотрудник,courier,,9,birth_date,CQ-R021"
}

@test "what a spreadsheet damages is caught: eaten zeros, exponents, serial dates, error cells" {
    { head_row; row n:50315100039 d:2005-03-15 ""; row s:8.5031E+11 d:1985-03-15 ""
      row s:8,50315E+11 d:1985-03-15 ""; row s:$A n:31121 ""; row s:$B d:1985-03-15 n:45000
      row s:$C s:#REF! ""; row s:$C t:1985-03-15\ 10:30 ""; } | workbook list.xlsx
    run -1 --separate-stderr import --rejects=r.csv list.xlsx
    contains "$stderr" "list.xlsx:2: iin: 11 digits: a leading zero of the IIN was probably eaten by a spreadsheet [CQ-R011]"
    contains "$stderr" "list.xlsx:3: iin: a number in scientific notation: a spreadsheet damaged the IIN [CQ-R015]"
    contains "$stderr" "list.xlsx:4: iin: a number in scientific notation"
    contains "$stderr" "list.xlsx:5: birth_date: a bare number: a spreadsheet turned the date into a serial number [CQ-R021]"
    contains "$stderr" "list.xlsx:6: valid_from: a bare number"
    contains "$stderr" "list.xlsx:7: birth_date: not a date"
    contains "$stderr" "list.xlsx:8: birth_date: not a date"
    equal "$(people)" ""
    contains "$(sed -n 2p r.csv)" ": $ZERO" # the number with its zero, for the reader to judge
}

@test "a sheet is chosen by name or number, else the first that is not hidden; the others are said" {
    { echo '!hidden-sheet Words'; printf 's:yes\n'; echo '!sheet Қызметкерлер'; head_row
      row s:$A d:1985-03-15 ""; echo '!sheet Empty'; echo '!sheet Rest'; head_row; row s:$B d:1985-03-15 ""; } |
        workbook list.xlsx
    run -0 --separate-stderr import -v list.xlsx
    contains "$stderr" "list.xlsx: sheets with values that were not read: 1, 4 [CQ-W031]"
    contains "$stderr" "sheet 2 of 4"
    run --separate-stderr cq-import -n -d x.db --as-of=2026-01-01 --sheet=1 list.xlsx
    contains "$stderr" "list.xlsx: the sheet that was read is hidden [CQ-W030]"
    for sheet in Rest rest 4; do
        rm x.db
        run -0 --separate-stderr import --sheet=$sheet list.xlsx
        lacks "$stderr" W031
        contains "$(people)" $B
    done
    run -3 --separate-stderr import --sheet=Words list.xlsx
    contains "$stderr" "CQ-F002" # a sheet of words has no such header
    for sheet in 5 0 Sheet5 ''; do
        run -3 --separate-stderr import --sheet=$sheet list.xlsx
        contains "$stderr" "list.xlsx: the workbook has no such sheet: --sheet takes a name, or a number from 1 to 4 [CQ-F025]"
    done
    run -3 --separate-stderr import --sheet=5 --lang=kk list.xlsx
    contains "$stderr" "кітапта мұндай парақ жоқ: --sheet парақтың атын немесе 1-ден 4-ге дейінгі нөмірін алады [CQ-F025]"
    run -3 --separate-stderr cq-eligible -d x.db --sheet=5 <list.xlsx
    contains "$stderr" "-: the workbook has no such sheet"
    run -3 --separate-stderr cq-refer accept -d x.db --sheet=5 <list.xlsx
    contains "$stderr" "-: the workbook has no such sheet"
    head -n 1 "$TOP/tests/data/manual/staff.csv" >list.csv
    run -3 --separate-stderr import --sheet=1 list.csv
    contains "$stderr" "list.csv: --sheet is for workbooks, and this file is none [CQ-F028]"
    run -3 --separate-stderr cq-eligible -d x.db --sheet=1 <list.csv
    contains "$stderr" "CQ-F028"
    # of a refused list, too: what was looked for may be on another sheet
    { echo '!sheet Cover'; printf 's:List\n'; echo '!sheet Rest'; head_row; row s:$B d:1985-03-15 ""; } |
        workbook cover.xlsx
    for command in import 'cq-eligible -d x.db' 'cq-refer issue -d x.db' 'cq-refer accept -d x.db'; do
        # shellcheck disable=SC2086 # a command and its options
        run -3 --separate-stderr $command <cover.xlsx
        contains "$stderr" "sheets with values that were not read: 2 [CQ-W031]"
        contains "$stderr" "CQ-F002"
    done
}

@test "hidden rows, merged cells and cells beside the table are said" {
    { head_row; row s:$A d:1985-03-15 ""; echo '!hidden'; row s:$B d:1985-03-15 ""; echo '!hidden'; echo
      for i in 01 11 21 31 41 51 61 71 81 91; do echo "s:8503152$i"; done
      for i in 01 11 21 31 41 51 61 71 81 91; do echo "s:8503153$i"; done
      printf '!merge 1 2 s\n'; echo; printf '\t\t\t\t\t\t\t\ts:note\n'; } | workbook list.xlsx
    run -1 --separate-stderr import -v list.xlsx
    contains "$stderr" "list.xlsx:3: rows that the sheet hides were read, too: 1 [CQ-W032]"
    contains "$stderr" "list.xlsx:25: cells are merged over rows: only the first of them has the value [CQ-W033]"
    contains "$stderr" "list.xlsx:26: cells to the right of the table are not read [CQ-W034]"
    contains "$(people)" $B
    run --separate-stderr import -q list.xlsx
    lacks "$stderr" CQ-W03
}

@test "an approval is for the sheet that was refused" {
    { echo '!sheet A'; head_row; for i in 06 16 26 36; do row s:8503151000$i d:1985-03-15 ""; done
      echo '!sheet B'; head_row; row s:$A d:1985-03-15 ""; } | workbook list.xlsx
    "$CQ_TOOLS/gen" contingent 300 --seed=3 | grep -E '^iin|courier' >full.csv
    cq-import -q -d x.db --agency=courier --list-date=2026-01-01 full.csv
    run -3 --separate-stderr import --agency=courier --mode=full --sheet=2 list.xlsx
    token=$(grep -oE 'approve=[0-9a-f]+' <<<"$stderr")
    [ -n "$token" ]
    run -3 --separate-stderr import --agency=courier --mode=full --sheet=1 "--$token" list.xlsx
    contains "$stderr" CQ-F009
    import -q --agency=courier --mode=full --sheet=2 "--$token" list.xlsx
}

@test "other files are named with the next step, and nothing changes" {
    { head_row; row s:$A d:1985-03-15 ""; } | workbook list.xlsx
    printf '\320\317\021\340\241\261\032\341%0600d' 0 >old.xls
    printf 'PK\5\6%018d' 0 | tr 0 '\0' >empty.zip
    head -c 2000 list.xlsx >cut.xlsx
    for case in "old.xls|a workbook of another kind (.xls) [CQ-F024]|soffice --headless --convert-to xlsx FILE" \
        "empty.zip|a zip archive, but not a workbook [CQ-F020]|Unpack it and give the list inside, or save the list as .xlsx or CSV." \
        "cut.xlsx|the workbook is damaged or not finished (zip) [CQ-F021]|Open it in a spreadsheet program and save it again"; do
        IFS='|' read -r file message step <<<"$case"
        run -3 --separate-stderr import "$file"
        contains "$stderr" "$file: $message"
        contains "$stderr" "$step"
        run -3 --separate-stderr cq-eligible -d x.db --facts <"$file"
        contains "$stderr" "-: $message"
    done
    [ ! -e x.db ]
    run -3 --separate-stderr import --lang=ru old.xls
    contains "$stderr" "Сохраните её как .xlsx или"
}

@test "the copy of a workbook from a pipe needs room, and an error says so" {
    { head_row; row s:$A d:1985-03-15 ""; } | workbook list.xlsx
    export TMPDIR=/nonexistent
    # shellcheck disable=SC2002 # a pipe
    cat list.xlsx | { run -4 --separate-stderr cq-eligible -d x.db --facts; echo "$stderr"; } >said
    contains "$(cat said)" "-: cannot write: No such file or directory [CQ-O003]"
    run -4 --separate-stderr import list.xlsx
    contains "$stderr" "list.xlsx: cannot write"
}

# written COMMAND...: with --format=xlsx it writes what it writes as CSV.
written() {
    "$@" >want.csv
    "$@" --format=xlsx >got.xlsx
    workbook --read got.xlsx | diff want.csv - || fail "$*"
    [ "$(wc -l <want.csv)" -gt 1 ] || fail "$* writes nothing"
}

@test "answers, referrals and reports are written as workbooks, with the cells of the CSV" {
    "$CQ_TOOLS/gen" contingent 300 --seed=3 >list.csv
    "$CQ_TOOLS/gen" facilities 20 >facilities.csv
    cq-import -q -d x.db --as-of=2026-01-01 list.csv
    cq-import -q -d x.db --as-of=2026-01-01 --kind=facilities facilities.csv
    export CQ_DB=x.db
    written cq-eligible --all --as-of=2026-01-01 --why-not --receipt
    written cq-eligible --all --as-of=2026-01-01 --roles
    cq-eligible --all --as-of=2026-01-01 -f xlsx | cq-refer issue --as-of=2026-01-01 -f xlsx 2>said >issued.xlsx || [ $? = 1 ]
    workbook --read issued.xlsx | head -n 2 | grep -q '^CQ-[0-9]*-2026-'
    written cq-refer list --as-of=2026-01-02
    written cq-report contingent --as-of=2026-01-01
    written cq-report leaving --as-of=2026-01-01 --days=900
    written cq-report referrals --as-of=2026-01-01
    written cq-report runs
    written cq-eligible --check-law --against="$TOP/lib/law" || true # no difference: a header alone
}

@test "a workbook goes to files, pipes and devices whole, or not at all" {
    "$CQ_TOOLS/gen" facts 200 >facts.csv
    cq-eligible --facts --as-of=2026-01-01 <facts.csv >want.csv
    write() { cq-eligible --facts --as-of=2026-01-01 -f xlsx "$@" <facts.csv; }
    write -o a.xlsx
    write >b.xlsx
    # shellcheck disable=SC2002 # a pipe
    write | cat >c.xlsx
    { echo before; write; } >d
    tail -n +2 d >d.xlsx
    for file in a b c d; do
        workbook --read $file.xlsx | diff want.csv - || fail $file
        cmp a.xlsx $file.xlsx
    done
    write -o /dev/null
    run -4 --separate-stderr write -o /dev/full
    contains "$stderr" "No space left on device [CQ-O003]"
    run -4 --separate-stderr bash -c 'cq-eligible --facts -f xlsx <facts.csv >/dev/full'
    contains "$stderr" CQ-O003
    run -4 --separate-stderr bash -c 'cq-eligible --facts -f xlsx <facts.csv >&-'
    TMPDIR=/nonexistent run -4 --separate-stderr write
    contains "$stderr" "/nonexistent: cannot write"
    equal "$(find . -name '*.xlsx.*')" "" "left over"
}

@test "a disk that fills up while a workbook is written is an error, wherever it does" {
    "$CQ_TOOLS/gen" facts 3000 >facts.csv
    cq-eligible --facts --as-of=2026-01-01 -f xlsx <facts.csv >whole.xlsx
    for blocks in 1 2 4 8 16 32 64 128 256 512 1024 2048 4096 16384; do
        status=0
        (trap '' XFSZ; ulimit -f $blocks; cq-eligible --facts --as-of=2026-01-01 -f xlsx <facts.csv 2>said | cat >got.xlsx
            exit "${PIPESTATUS[0]}") || status=$?
        if [ $status = 0 ]; then
            cmp whole.xlsx got.xlsx || fail "$blocks blocks: status 0, and the workbook is not whole"
        else
            equal "$status" 4 "status with $blocks blocks"
            [ ! -s got.xlsx ] || fail "$blocks blocks: something was written"
            contains "$(cat said)" CQ-O003
        fi
    done
    equal "$status" 0 "status with room enough"
}
