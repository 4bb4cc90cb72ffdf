#!/bin/sh
# Writes the page cq-errors(5) to standard output: every code of codes.def, its text in English
# and in each language of lib/po, and from errors-advice.txt what to do about it. Fails on a code
# that lacks one of these, and on advice for a code that does not exist.
#   tests/tools/errors-page.sh >cmd/cq-errors.5
set -eu
cd "$(dirname "$0")/../.."

cat <<'END'
.\" Made by tests/tools/errors-page.sh: change that, errors-advice.txt, codes.def or the catalogues.
.Dd November 21, 2026
.Dt CQ-ERRORS 5
.Os
.Sh NAME
.Nm cq-errors
.Nd every message code of cq and what to do about it
.Sh DESCRIPTION
The programs of
.Xr cq 7
say what is wrong on standard error, in one line:
.Bd -literal -offset indent
cq-import: list.csv:14: birth_date: not a date: YYYY-MM-DD or DD.MM.YYYY [CQ-R020]
.Ed
.Pp
That is: the program, the file and its line, the column, the text and the code.
Line 1 is the header.
The text follows the language asked for with
.Fl Fl lang
or the environment; the code never changes, so scripts look for the code.
No message holds a person's data: to see a value, look into the file at that line.
.Pp
Of each code of rows the first ten messages are printed and the rest are counted.
.Pp
Below, each code stands with its text in English, Kazakh and Russian; three dots stand for what
the program fills in.
END

LC_ALL=C.UTF-8 awk '
# The text between the first and the last quotation mark of a line, as gettext keeps it.
function quoted(line) {
    sub(/^[^"]*"/, "", line)
    sub(/"[^"]*$/, "", line)
    return line
}
function shown(text) {
    gsub(/%s/, "...", text)
    gsub(/\\"/, "\"", text)
    gsub(/\\/, "\\e", text)
    gsub(/--/, "\\-\\-", text)
    gsub(/[.] /, ".\n", text)
    return text
}
function complain(what) {
    print "errors-page.sh: " what >"/dev/stderr"
    failed = 1
}
FILENAME ~ /advice/ {
    advice[$1] = $0
    sub(/^[^ ]* /, "", advice[$1])
    next
}
FILENAME ~ /\.po$/ {
    language = FILENAME
    gsub(/.*\/|[.]po$/, "", language)
    if (language != languages[count]) languages[++count] = language
    if (/^msgid /) { id = quoted($0); at = "id" }
    else if (/^msgstr /) { text[language, id] = quoted($0); at = "str" }
    else if (/^"/ && at == "id") id = id quoted($0)
    else if (/^"/ && at == "str") text[language, id] = text[language, id] quoted($0)
    next
}
/^CQ_CODE\(/ {
    split($0, part, "\"")
    code = part[2]
    split(part[3], number, /[, ]+/)
    english = $0
    sub(/.*N_\("/, "", english)
    sub(/"\)\).*/, "", english)
    letter = substr(code, 4, 1)
    if (letter != last) {
        if (last) print ".El"
        printf ".Ss %s\n.Bl -tag -width CQ-U001\n", title[letter]
        if (!(letter in title)) complain("no title for letter " letter)
        last = letter
    }
    if (!(code in advice)) complain(code " lacks advice")
    printf ".It Sy %s\n%s\n", code, shown(english)
    for (i = 1; i <= count; i++) {
        if (text[languages[i], english] == "") complain(code " has no text in " languages[i])
        printf ".br\n%s: %s\n", languages[i], shown(text[languages[i], english])
    }
    printf ".Pp\n%s\n", shown(advice[code])
    used[code] = 1
}
BEGIN {
    title["U"] = "Usage: nothing was read, exit status 2"
    title["F"] = "The file or request as a whole is refused and nothing was changed: exit status 3"
    title["R"] = "One row is rejected, the others go on: exit status 1"
    title["W"] = "The row is taken, with a warning: exit status 0"
    title["X"] = "Findings of a question: exit status 1"
    title["O"] = "Input and output: exit status 4"
    title["D"] = "The registry: exit status 5, unless the text says otherwise"
    title["L"] = "The law tables: exit status 3, and 4 if a table cannot be read"
    title["B"] = "Our own errors: exit status 70"
}
END {
    print ".El"
    for (code in advice) if (!(code in used)) complain("advice for " code ", which does not exist")
    exit failed
}
' tests/tools/errors-advice.txt lib/po/*.po include/cq/codes.def

cat <<'END'
.Sh SEE ALSO
.Xr cq-eligible 1 ,
.Xr cq-import 1 ,
.Xr cq-refer 1 ,
.Xr cq-report 1 ,
.Xr cq-csv 5 ,
.Xr cq-law 5 ,
.Xr cq 7
END
