# Workbooks through xlsx2csv: what Excel keeps is read, what it damaged is caught.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006
B=850315100016
ZERO=050315100039

# workbook FILE: makes a workbook of standard input; cells, with tabs between, are s:text, n:number,
# d:days since 1899-12-30 in the date format of the system, g:the same as dd.mm.yyyy.
workbook() {
    command -v xlsx2csv >/dev/null || skip "xlsx2csv is not here"
    python3 - "$1" 3<&0 <<'END'
import os
import sys, zipfile
from xml.sax.saxutils import escape

M = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
P = 'http://schemas.openxmlformats.org/package/2006/'
O = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'

def cell(spec, ref):
    kind, value = spec.split(':', 1)
    if kind == 's':
        return f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    style = {'d': 1, 'g': 2}.get(kind, 0)
    return f'<c r="{ref}" s="{style}"><v>{value}</v></c>'

rows = ''
for i, line in enumerate(os.fdopen(3).read().splitlines(), 1):
    cells = (cell(c, chr(64 + k) + str(i)) for k, c in enumerate(line.split('\t'), 1))
    rows += f'<row r="{i}">{"".join(cells)}</row>'

def relation(number, kind, target):
    return f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'

def part(name, kind):
    return f'<Override PartName="/xl/{name}.xml" ContentType="{O}{kind}+xml"/>'

with zipfile.ZipFile(sys.argv[1], 'w') as book:
    book.writestr('[Content_Types].xml', f'<Types xmlns="{P}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + part('workbook', 'sheet.main') + part('worksheets/sheet1', 'worksheet')
        + part('styles', 'styles') + '</Types>')
    book.writestr('_rels/.rels', f'<Relationships xmlns="{P}relationships">'
        + relation(1, 'officeDocument', 'xl/workbook.xml') + '</Relationships>')
    book.writestr('xl/_rels/workbook.xml.rels', f'<Relationships xmlns="{P}relationships">'
        + relation(1, 'worksheet', 'worksheets/sheet1.xml') + relation(2, 'styles', 'styles.xml')
        + '</Relationships>')
    book.writestr('xl/workbook.xml', f'<workbook xmlns="{M}" xmlns:r="{R}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>')
    book.writestr('xl/styles.xml', f'<styleSheet xmlns="{M}"><numFmts count="1"><numFmt numFmtId="164" '
        'formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs count="3"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>')
    book.writestr('xl/worksheets/sheet1.xml',
        f'<worksheet xmlns="{M}"><sheetData>{rows}</sheetData></worksheet>')
END
}

head_row() {
    printf 's:%s\t' ИИН Фамилия Имя "Дата рождения" Категория Орган
    printf 's:Действует с\n'
}

# row IIN-CELL BIRTH-CELL FROM-CELL
row() {
    printf '%s\ts:Қасым;ова, "А"\ts:Әлия\t%s\ts:сотрудник\ts:courier\t%s\n' "$1" "$2" "$3"
}

@test "a workbook as the manual says: xlsx2csv -f %Y-%m-%d | cq-import" {
    { head_row; row s:$ZERO d:-5403 g:45000; row n:$A d:-5403 s:15.03.2023; row s:$B s:15.03.1885 d:45000; } |
        workbook list.xlsx
    xlsx2csv -f %Y-%m-%d list.xlsx | cq-import -q -d x.db --list-date=2026-01-01
    equal "$(sqlite3 x.db "SELECT printf('%012d', iin), last_name, date(birth_date * 86400, 'unixepoch'),
        date(valid_from * 86400, 'unixepoch') FROM person")" "$ZERO|Қасым;ова, \"А\"|1885-03-15|2023-03-15
$A|Қасым;ова, \"А\"|1885-03-15|2023-03-15
$B|Қасым;ова, \"А\"|1885-03-15|2023-03-15"
}

@test "what a spreadsheet damages is caught: eaten zeros, exponents, serial dates, dates of the system" {
    { head_row; row n:50315100039 d:-5403 s:; row s:8.5031E+11 d:-5403 s:; row s:8,50315E+11 d:-5403 s:
      row s:$A n:31121 s:; row s:$B d:-5403 n:45000; row n:8.50315100006E+11 d:-5403 s:; } | workbook list.xlsx
    xlsx2csv -f %Y-%m-%d list.xlsx >list.csv
    run -1 --separate-stderr cq-import -d x.db --max-bad=100 --list-date=2026-01-01 --rejects=r.csv list.csv
    contains "$stderr" "list.csv:2: iin: 11 digits: a leading zero of the IIN was probably eaten by a spreadsheet [CQ-R011]"
    contains "$stderr" "list.csv:3: iin: a number in scientific notation: a spreadsheet damaged the IIN [CQ-R015]"
    contains "$stderr" "list.csv:4: iin: a number in scientific notation"
    contains "$stderr" "list.csv:5: birth_date: a bare number: a spreadsheet turned the date into a serial number [CQ-R021]"
    contains "$stderr" "list.csv:6: valid_from: a bare number"
    contains "$stderr" "list.csv:7: iin: " # xlsx2csv writes such a number with decimals
    equal "$(sqlite3 x.db "SELECT count(*) FROM person")" 0
    contains "$(sed -n 2p r.csv)" ": $ZERO" # the number with its zero, for the reader to judge
    # Without -f the dates come as the system writes them, month first: never guessed.
    xlsx2csv list.xlsx >plain.csv
    run -1 --separate-stderr cq-import -d x.db --max-bad=100 --list-date=2026-01-01 plain.csv
    contains "$stderr" "plain.csv:2: birth_date: not a date: YYYY-MM-DD or DD.MM.YYYY [CQ-R020]"
    equal "$(sqlite3 x.db "SELECT count(*) FROM person")" 0
}
