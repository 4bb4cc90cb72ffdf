#!/bin/sh
# Writes the page cq-errors(5) in one language (en, kk or ru) to standard output: every code of
# codes.def, its text and its next step, from the catalogue of that language. Fails on a code that
# lacks one of these. `update` writes the three pages anew, `check` says which is not as it would be.
#   tests/tools/errors-page.sh update
set -eu
cd "$(dirname "$0")/../.."

page_of() {
    case $1 in
    en) echo cmd/cq-errors.5 ;;
    *) echo "cmd/$1/cq-errors.5" ;;
    esac
}

case ${1:-} in
en | kk | ru) language=$1 ;;
update)
    for language in en kk ru; do
        page=$(page_of $language)
        mkdir -p "$(dirname "$page")"
        "$0" $language >"$page"
    done
    exit
    ;;
check)
    status=0
    for language in en kk ru; do
        "$0" $language | diff "$(page_of $language)" - || {
            echo "$(page_of $language) is out of date: tests/tools/errors-page.sh update"
            status=1
        }
    done
    exit $status
    ;;
*)
    echo "usage: errors-page.sh en|kk|ru|update|check" >&2
    exit 2
    ;;
esac

catalogue=
[ "$language" = en ] || catalogue=lib/po/$language.po

cat <<'END'
.\" Made by tests/tools/errors-page.sh: change that, codes.def or the catalogues.
.Dd December 1, 2026
.Dt CQ-ERRORS 5
.Os
END
case $language in
en) cat <<'END' ;;
.Sh NAME
.Nm cq-errors
.Nd every message code of cq and what to do about it
.Sh DESCRIPTION
The programs of
.Xr cq 7
say what is wrong on standard error, in one line, and below the first message of a code what to
do about it:
.Bd -literal -offset indent
cq-import: list.csv:14: birth_date: not a date: YYYY-MM-DD or DD.MM.YYYY [CQ-R020]
cq-import:   Write the day so, as 2026-11-01 or 01.11.2026; it must exist.
.Ed
.Pp
That is: the program, the file and its line, the column, the text and the code; then the step,
indented, without a code.
Line 1 is the header.
A word that is nearly one of those that are allowed is answered with the right one: Did you mean
\-\-kind?
The texts follow the language asked for with
.Fl Fl lang
or the environment; the code never changes, so scripts look for the code.
No message holds a person's data: to see a value, look into the file at that line.
.Pp
Of each code of rows the first ten messages are printed and the rest are counted.
With
.Fl q
the steps of rows are left out.
.Pp
In the texts below, three dots stand for what the program fills in.
END
kk) cat <<'END' ;;
.Sh NAME
.Nm cq-errors
.Nd cq хабарларының барлық коды және не істеу керегі
.Sh СИПАТТАМАСЫ
.Xr cq 7
бағдарламалары не дұрыс емес екенін стандартты қате шығысына бір жолмен жазады, ал әр кодтың алғашқы
хабарынан кейін не істеу керегін айтады:
.Bd -literal -offset indent
cq-import: list.csv:14: birth_date: күн емес: YYYY-MM-DD немесе DD.MM.YYYY түрінде болуы керек [CQ-R020]
cq-import:   Күнді осылай жазыңыз: 2026-11-01 не 01.11.2026; ондай күн болуы керек.
.Ed
.Pp
Яғни: бағдарлама, файл және оның жолы, баған, мәтін және код; содан кейін шегініспен, кодсыз келесі
қадам.
1-жол – тақырып жолы.
Рұқсат етілген сөзге жақын сөз жазылса, дұрысы айтылады: \-\-kind демек болдыңыз ба?
Мәтіндер
.Fl Fl lang
параметрімен не жұмыс ортасымен берілген тілде шығады; код ешқашан өзгермейді, сондықтан скрипттер кодты
іздейді.
Ешбір хабарда адамның деректері болмайды: мәнді көру үшін файлдың сол жолына қараңыз.
.Pp
Жолдар туралы әр кодтың алғашқы он хабары шығады, қалғаны саналады.
.Fl q
берілсе, жолдар туралы қадамдар шықпайды.
.Pp
Төмендегі мәтіндерде көп нүкте – бағдарлама қоятын сөздің орны.
END
ru) cat <<'END' ;;
.Sh NAME
.Nm cq-errors
.Nd все коды сообщений cq и что с ними делать
.Sh ОПИСАНИЕ
Программы
.Xr cq 7
сообщают, что не так, одной строкой в стандартный вывод ошибок, а под первым сообщением каждого кода –
что делать:
.Bd -literal -offset indent
cq-import: list.csv:14: birth_date: не дата: нужно YYYY-MM-DD или DD.MM.YYYY [CQ-R020]
cq-import:   Напишите день так: 2026-11-01 или 01.11.2026; такой день должен существовать.
.Ed
.Pp
То есть: программа, файл и его строка, столбец, текст и код; затем, с отступом и без кода, следующий
шаг.
Строка 1 – заголовок.
На слово, близкое к одному из допустимых, называется верное: Возможно, имелось в виду \-\-kind?
Тексты выводятся на языке, заданном параметром
.Fl Fl lang
или окружением; код не меняется никогда, поэтому скрипты ищут код.
Ни в одном сообщении нет данных человека: чтобы увидеть значение, откройте файл на этой строке.
.Pp
Из сообщений о строках печатаются первые десять каждого кода, остальные считаются.
С
.Fl q
шаги к строкам не печатаются.
.Pp
Ниже многоточие стоит на месте того, что подставляет программа.
END
esac

LC_ALL=C.UTF-8 awk -v language="$language" '
# The text between the first and the last quotation mark of a line, as gettext keeps it.
function quoted(line) {
    sub(/^[^"]*"/, "", line)
    sub(/"[^"]*$/, "", line)
    return line
}
# The text of the language; it ends the page with a failure where there is none.
function translated(english) {
    if (language == "en") return english
    if (text[english] == "") complain("no text in " language ": " english)
    return text[english]
}
function shown(line) {
    gsub(/%s/, "...", line)
    gsub(/\\"/, "\"", line)
    gsub(/\\/, "\\e", line)
    gsub(/--/, "\\-\\-", line)
    gsub(/[.] /, ".\n", line)
    if (line ~ /^[.]/) line = "\\&" line
    return line
}
function complain(what) {
    print "errors-page.sh: " what >"/dev/stderr"
    failed = 1
}
FILENAME ~ /\.po$/ {
    if (/^msgid /) { id = quoted($0); at = "id" }
    else if (/^msgstr /) { text[id] = quoted($0); at = "str" }
    else if (/^"/ && at == "id") id = id quoted($0)
    else if (/^"/ && at == "str") text[id] = text[id] quoted($0)
    else at = ""
    next
}
/^CQ_CODE\(/ {
    split($0, part, "\"")
    code = part[2]
    english = $0
    sub(/.*, N_\("/, "", english)
    sub(/"\),$/, "", english)
    letter = substr(code, 4, 1)
    if (letter != last) {
        if (last) print ".El"
        printf ".Ss %s\n.Bl -tag -width CQ-U001\n", title[language, letter]
        if (!((language, letter) in title)) complain("no title for letter " letter)
        last = letter
    }
    printf ".It Sy %s\n%s\n", code, shown(translated(english))
    open = code
    next
}
open {
    step = $0
    sub(/^ *N_\("/, "", step)
    if (!sub(/"\)\)$/, "", step)) complain(open " lacks its step")
    printf ".Pp\n%s\n", shown(translated(step))
    open = ""
}
BEGIN {
    title["en", "U"] = "Usage: nothing was read, exit status 2"
    title["kk", "U"] = "Бұйрық жазылуы: ештеңе оқылған жоқ, аяқталу коды 2"
    title["ru", "U"] = "Запись команды: ничего не прочитано, код завершения 2"
    title["en", "F"] = "The file or request as a whole is refused and nothing was changed: exit status 3"
    title["kk", "F"] = "Файл не сұрау тұтас қабылданбады, ештеңе өзгерген жоқ: аяқталу коды 3"
    title["ru", "F"] = "Файл или запрос отклонён целиком, ничего не изменено: код завершения 3"
    title["en", "R"] = "One row is rejected, the others go on: exit status 1"
    title["kk", "R"] = "Бір жол қабылданбады, қалғандары жалғасады: аяқталу коды 1"
    title["ru", "R"] = "Отклонена одна строка, остальные идут дальше: код завершения 1"
    title["en", "W"] = "The row is taken, with a warning: exit status 0"
    title["kk", "W"] = "Жол ескертумен алынды: аяқталу коды 0"
    title["ru", "W"] = "Строка взята с предупреждением: код завершения 0"
    title["en", "X"] = "Findings of a question: exit status 1"
    title["kk", "X"] = "Сұрақтан табылған ақаулар: аяқталу коды 1"
    title["ru", "X"] = "Замечания к вопросу: код завершения 1"
    title["en", "O"] = "Input and output: exit status 4"
    title["kk", "O"] = "Кіріс пен шығыс: аяқталу коды 4"
    title["ru", "O"] = "Ввод и вывод: код завершения 4"
    title["en", "D"] = "The registry: exit status 5; 4 where there is no room, 2 for a run that is not there"
    title["kk", "D"] = "Тізілім: аяқталу коды 5; орын жетпесе 4, импорт табылмаса 2"
    title["ru", "D"] = "Реестр: код завершения 5; 4, если нет места, 2, если нет такого импорта"
    title["en", "L"] = "The law tables: exit status 3, and 4 if a table cannot be read"
    title["kk", "L"] = "Нормалар кестелері: аяқталу коды 3, кесте оқылмаса 4"
    title["ru", "L"] = "Таблицы норм: код завершения 3 и 4, если таблицу нельзя прочитать"
    title["en", "B"] = "Our own errors: exit status 70"
    title["kk", "B"] = "Өз қателеріміз: аяқталу коды 70"
    title["ru", "B"] = "Наши собственные ошибки: код завершения 70"
}
END {
    print ".El"
    exit failed
}
' $catalogue include/cq/codes.def

case $language in
en) echo '.Sh SEE ALSO' ;;
kk) echo '.Sh ТАҒЫ ҚАРАҢЫЗ' ;;
ru) echo '.Sh СМ. ТАКЖЕ' ;;
esac
cat <<'END'
.Xr cq-eligible 1 ,
.Xr cq-import 1 ,
.Xr cq-refer 1 ,
.Xr cq-report 1 ,
.Xr cq-csv 5 ,
.Xr cq-law 5 ,
.Xr cq 7
END
