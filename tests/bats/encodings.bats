# One list in every encoding, delimiter and line end gives one registry; a damaged one is caught.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006
B=850315100016
C=850315100704

# Every letter that RK1048 has and CP1251 has not, and a cell with a delimiter and a quote in it.
kazakh() {
    cat <<END
ЖСН,Тегі,Аты,Әкесінің аты,Туған күні,Санаты,Орган,Қызмет орны,Қызметтік куәлік
$A,Қасымова,Әлия,Ғұмарқызы,15.03.1885,қызметкер,internal_affairs,711110000,"№1, ""А"""
$B,Үсенов,Өмір,Һасенұлы,15.03.1885,зейнеткер,internal_affairs,591610000,ҚӘҒҰҮӨҺҢ-қәғұүөһң
$C,Ыңтымақ,Нұрғиса,,15.03.1885,қызметкер,courier,,Ii
END
}

# The same with headers and categories that no encoding can hurt.
english() {
    echo iin,last_name,first_name,middle_name,birth_date,category,agency,service_place,service_id
    kazakh | tail -n +2 | sed 's/қызметкер\|зейнеткер/employee/'
}

russian() {
    cat <<END
ИИН,Фамилия,Имя,Дата рождения,Категория,Ведомство
$A,Щёкина,Анна,1885-03-15,сотрудник,internal_affairs
$B,Объедков,Пётр,1885-03-15,пенсионер,internal_affairs
END
}

# names COUNT: a list of so many people, whose names have no letters of Kazakh alone.
names() {
    awk -v count="$1" 'BEGIN {
        split("Сулейменов Ерёменко Журавлёв Абилов Цхай Шмелёва Юнусов Бектуров Гуляев Яшин", last, " ")
        split("Нурлан Ксения Богдан Жания Эмма Платон Айгерим Ержан Фаина", first, " ")
        print "ИИН,Фамилия,Имя,Дата рождения,Категория,Ведомство"
        for (i = 1; i <= count; i++)
            printf "850315%06d,%s,%s,1885-03-15,сотрудник,internal_affairs\n", i, last[i % 10 + 1], first[i % 9 + 1]
    }'
}

# with DELIMITER: the list of standard input with another delimiter, quoted where needed.
with() {
    awk -v d="$1" 'BEGIN { FPAT = "([^,]*)|(\"([^\"]|\"\")*\")" }
        { out = ""; rest = $0; n = 0
          while (1) {
              if (match(rest, /^"([^"]|"")*"/) || match(rest, /^[^,]*/)) cell = substr(rest, 1, RLENGTH)
              out = out (n++ ? d : "") cell
              rest = substr(rest, RLENGTH + 1)
              if (rest == "") break
              rest = substr(rest, 2)
              if (rest == "") { out = out d; break }
          }
          print out }'
}

recode() {
    iconv -f UTF-8 -t "$1"
}

rows() {
    sqlite3 "$1" "SELECT id, hash, run_from, run_to, valid_from, valid_to, category, birth_date,
        residence, service_place, special_rank, sponsor_iin, last_name, first_name, middle_name,
        service_id, listed_names FROM person ORDER BY id"
}

# taken NAME ENCODING: the list on standard input gives the registry that the plain one gave.
taken() {
    cat >"$1.csv"
    run --separate-stderr cq-import -v -d "$1.db" --list-date=2026-01-01 "$1.csv"
    equal "$status" 0 "$1: $stderr"
    contains "$stderr" "encoding $2, "
    rows "$1.db" >"$1.rows"
    cmp plain.rows "$1.rows" || fail "$1 differs"
    # A pipe that gives few bytes at a time is read alike.
    dd status=none bs=7 if="$1.csv" | cq-import -q -d "$1.pipe.db" --list-date=2026-01-01
    rows "$1.pipe.db" | cmp plain.rows -
}

plain() {
    cq-import -q -d plain.db --list-date=2026-01-01 "$1"
    rows plain.db >plain.rows
    [ "$(wc -l <plain.rows)" -gt 1 ]
}

@test "UTF-8 with mark and semicolons, UTF-16 with tabs, RK1048, CR and CRLF: one registry" {
    kazakh >kazakh.csv
    plain kazakh.csv
    kazakh | with ';' | sed $'1s/^/\uFEFF/' | taken bom-semicolon UTF-8
    kazakh | with $'\t' | sed $'1s/^/\uFEFF/' | recode UTF-16LE | taken utf16le UTF-16LE
    kazakh | with $'\t' | sed $'1s/^/\uFEFF/' | recode UTF-16BE | taken utf16be UTF-16BE
    kazakh | recode RK1048 | taken rk1048 RK1048
    kazakh | with ';' | sed 's/$/\r/' | recode RK1048 | taken rk1048-crlf RK1048
    kazakh | tr '\n' '\r' | taken cr UTF-8
    kazakh | sed 's/$/\r/' | taken crlf UTF-8
    kazakh | tr '\n' '\r' | recode RK1048 | taken rk1048-cr RK1048
    # Letters as letter and mark (NFD) are the same letters.
    kazakh | sed 's/й/и\xCC\x86/g; s/Й/И\xCC\x86/g; s/ё/е\xCC\x88/g; s/Ё/Е\xCC\x88/g' >nfd.txt
    cmp -s nfd.txt <(kazakh) && fail "no letter has a mark"
    taken nfd UTF-8 <nfd.txt
}

@test "a Russian list in CP1251 or RK1048" {
    russian >russian.csv
    plain russian.csv
    russian | recode CP1251 | taken cp1251 CP1251
    russian | recode RK1048 | taken rk1048 CP1251 # without a Kazakh letter both read alike
    russian | with ';' | sed 's/$/\r/' | recode CP1251 | taken cp1251-crlf CP1251
}

# The eight-bit encodings that are found besides CP1251, as iconv and as cq name them.
others='KOI8-R:KOI8-R ISO-8859-5:ISO-8859-5 CP866:CP866 MAC-CYRILLIC:MacCyrillic IBM855:CP855'

@test "a Russian list in KOI8-R, ISO-8859-5, CP866, MacCyrillic or CP855 gives the same registry" {
    russian >russian.csv
    plain russian.csv
    for other in $others; do
        russian | recode "${other%:*}" | taken "${other#*:}" "${other#*:}"
    done
    # In capitals, too.
    sed 's/Щёкина/ЩЁКИНА/; s/Анна/АННА/; s/Объедков/ОБЪЕДКОВ/; s/Пётр/ПЁТР/' russian.csv >capitals.csv
    rm plain.db
    plain capitals.csv
    for other in $others; do
        recode "${other%:*}" <capitals.csv | taken "capitals-${other#*:}" "${other#*:}"
    done
}

@test "lists of every kind are read in every encoding" {
    printf '%s\n' 'Код организации;Наименование;Владелец;КАТО;Услуга' \
        'A1;Поликлиника департамента полиции;mvd;751110000;outpatient' \
        'A2;Центральный госпиталь с поликлиникой;mvd;711110000;inpatient' >facilities.csv
    printf '%s\n' 'ИИН;Застрахован;Оплачено по;Дата проверки' "$A;да;2027-01-01;2026-01-01" \
        "$B;нет;;2026-01-01" >insurance.csv
    printf '%s\n' 'ИИН;Действует с;Действует по' "$A;2026-01-01;2027-01-01" >presidential.csv
    printf '%s\n' 'ИИН;Код организации;Номер карты;Дата открытия' "$A;A1;№ 12 б;2026-01-01" >cards.csv
    for kind in facilities insurance presidential cards; do
        cq-import -q -k $kind -d kinds.db --list-date=2026-01-01 $kind.csv
    done
    for other in CP1251:CP1251 $others; do
        for kind in facilities insurance presidential cards; do
            sed "s/№ 12/N 12/" $kind.csv | recode "${other%:*}" >$kind.coded
            run -0 --separate-stderr cq-import -v -k $kind -d "${other#*:}.db" --list-date=2026-01-01 $kind.coded
            [[ $stderr =~ encoding\ (${other#*:}|CP866|CP1251),\  ]] # some words read alike in two
        done
        equal "$(sqlite3 "${other#*:}.db" 'SELECT name_ru FROM facility ORDER BY 1')" \
            "$(sqlite3 kinds.db 'SELECT name_ru FROM facility ORDER BY 1')"
        equal "$(sqlite3 "${other#*:}.db" 'SELECT card_no FROM card')" "N 12 б"
    done
}

@test "what is not certain is refused with the candidates, in three languages, and read with --encoding" {
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        "$A,алимов,яков,1885-03-15,employee,courier" | recode MAC-CYRILLIC >few.csv
    run -3 --separate-stderr cq-import -d few.db --list-date=2026-01-01 few.csv
    contains "$stderr" "few.csv:2: the encoding is not certain: CP1251, MacCyrillic [CQ-F016]"
    contains "$stderr" "name it with --encoding"
    run -3 --separate-stderr cq-import --lang=ru -d few.db --list-date=2026-01-01 few.csv
    contains "$stderr" "кодировку не удалось определить с уверенностью: CP1251, MacCyrillic"
    run -3 --separate-stderr cq-import --lang=kk -d few.db --list-date=2026-01-01 few.csv
    contains "$stderr" "кодтауды сенімді анықтау мүмкін болмады: CP1251, MacCyrillic"
    [ ! -e few.db ]
    cq-import -q -d few.db --list-date=2026-01-01 --encoding=MacCyrillic few.csv
    equal "$(sqlite3 few.db 'SELECT first_name FROM person')" яков
}

@test "a line in another encoding is refused with its number, at the start or after a million bytes" {
    { russian; russian | sed 1d | recode KOI8-R; } >utf8-first.csv
    refused utf8-first.csv 4
    names 1500 >long.csv
    { recode CP866 <long.csv; russian | tail -n 1 | recode CP1251; } >mixed.csv
    run -3 --separate-stderr cq-import -d mixed.db --list-date=2026-01-01 mixed.csv
    contains "$stderr" "mixed.csv:1502: this line is in CP1251, and the list in another encoding"
    contains "$stderr" "[CQ-F017]"
    # A stream is judged on after its rows are answered.
    russian >russian.csv
    cq-import -q -d mixed.db --list-date=2026-01-01 russian.csv
    run -3 --separate-stderr cq-eligible -d mixed.db --as-of=2026-01-01 <mixed.csv
    contains "$stderr" "cq-eligible: -:1502: this line is in CP1251"
}

# refused FILE LINE [ARGUMENT]...: not text in a known encoding, with the first bad line.
refused() {
    run -3 --separate-stderr cq-import -d refused.db --list-date=2026-01-01 "${@:3}" "$1"
    contains "$stderr" "cq-import: $1:$2: not text in a known encoding"
    contains "$stderr" "[CQ-F004]"
    [ ! -e refused.db ]
}

@test "what fits no encoding is refused with the first bad line" {
    kazakh | sed '3s/Ү/\xD2/' >cut.csv
    refused cut.csv 3
    { kazakh; russian | tail -n 1 | recode CP1251; } >mixed.csv
    refused mixed.csv 5
    { kazakh; printf '%s' "$A,Қ" | head -c -1; } >end.csv
    refused end.csv 5
    kazakh | recode RK1048 | LC_ALL=C sed $'3s/,/\x98,/2' >hole.csv # a byte that no table has
    refused hole.csv 3
    kazakh | sed $'1s/^/\uFEFF/' | recode UTF-16LE | head -c -1 >odd.csv
    refused odd.csv 4 # half a line end is not one
}

@test "an encoding that is named is taken at its word" {
    kazakh >kazakh.csv
    plain kazakh.csv
    kazakh | recode RK1048 >rk.csv
    refused rk.csv 1 --encoding=UTF-8
    cq-import -q -d named.db --list-date=2026-01-01 --encoding=RK1048 rk.csv
    rows named.db | cmp plain.rows -
    kazakh | recode UTF-16LE >nomark.csv
    run -3 --separate-stderr cq-import -d no.db --list-date=2026-01-01 nomark.csv
    contains "$stderr" "[CQ-F0"
    cq-import -q -d named16.db --list-date=2026-01-01 --encoding=UTF-16LE nomark.csv
    rows named16.db | cmp plain.rows -
    run -2 cq-import -d no.db --encoding=KOI8 rk.csv
    # Read as CP1251 the names are damaged, and that is caught.
    russian | sed "s/Щёкина/Қасымова/" | recode RK1048 >few.csv
    run -1 --separate-stderr cq-import -d cp.db --max-bad=50 --list-date=2026-01-01 --encoding=CP1251 few.csv
    contains "$stderr" "few.csv:2: last_name: a letter that no Kazakh or Russian name has"
}

@test "a list damaged on its way through CP1251 is caught, row by row and as a whole" {
    # Letters lost as question marks.
    english | sed 's/[әғқңөұүһӘҒҚҢӨҰҮҺ]/?/g' | iconv -t CP1251 >lost.csv
    run -3 --separate-stderr cq-import -d x.db --list-date=2026-01-01 lost.csv
    contains "$stderr" "lost.csv:2: last_name: a question mark inside a name: a letter was lost in a wrong encoding [CQ-R043]"
    contains "$stderr" "lost.csv:2: first_name:"
    contains "$stderr" "lost.csv:4: first_name:"
    contains "$stderr" "[CQ-F006]"
    # Letters turned into others: RK1048 read as CP1251, saved as UTF-8.
    english | recode RK1048 | iconv -f CP1251 -t UTF-8 >turned.csv
    run -3 --separate-stderr cq-import -d x.db --list-date=2026-01-01 turned.csv
    for line in 2 3 4; do
        contains "$stderr" "turned.csv:$line: last_name: a letter that no Kazakh or Russian name has: the list was read in a wrong encoding [CQ-R045]"
    done
    # UTF-8 read as CP1251, saved as UTF-8; and what could not be read replaced.
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        "$A,Қасымова,Әлия,1885-03-15,employee,courier" | iconv -c -f CP1251 -t UTF-8 >twice.csv
    run -3 --separate-stderr cq-import -d x.db --list-date=2026-01-01 twice.csv
    contains "$stderr" "twice.csv:2: last_name:"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        "$A,Қ�сымова,Әлия,1885-03-15,employee,courier" >replaced.csv
    run -3 --separate-stderr cq-import -d x.db --list-date=2026-01-01 replaced.csv
    contains "$stderr" "[CQ-R045]"
    equal "$(sqlite3 x.db "SELECT count(*) FROM run")" 0
}

@test "Latin letters in Cyrillic words are mended with a warning, and the list's words are kept" {
    printf '%s\n' iin,last_name,first_name,middle_name,birth_date,category,agency \
        "$A,Ceрікова,Əлия,Nan,1885-03-15,employee,courier" \
        "$B,Smith-Иванoв,John,,1885-03-15,employee,courier" \
        "$C,Иванов,Иван,,1885-03-15,employee,courier" >mixed.csv
    run -0 --separate-stderr cq-import -d x.db --list-date=2026-01-01 mixed.csv
    equal "$(grep -c "CQ-W014" <<<"$stderr")" 3 "warnings"
    contains "$stderr" "mixed.csv:2: last_name: Latin letters inside a Cyrillic word were replaced [CQ-W014]"
    contains "$stderr" "mixed.csv:2: first_name:"
    contains "$stderr" "mixed.csv:3: last_name:"
    lacks "$stderr" "Ceрікова"
    equal "$(sqlite3 x.db "SELECT last_name, first_name, middle_name, listed_names FROM person ORDER BY id")" \
        "Серікова|Әлия|Nan|Ceрікова|Əлия|Nan
Smith-Иванов|John||Smith-Иванoв|John|
Иванов|Иван||"
    # The next list writes it rightly: the same person, told as a change of the words alone.
    printf '%s\n' iin,last_name,first_name,middle_name,birth_date,category,agency \
        "$A,Серікова,Әлия,Nan,1885-03-15,employee,courier" >right.csv
    cq-import -q -d x.db --list-date=2026-01-02 --changes=- right.csv >changes
    equal "$(tail -n +2 changes)" "$A,listed_names,Ceрікова|Əлия|Nan,"
}

@test "cq-eligible passes free text through from every encoding, whole or in pieces" {
    russian >russian.csv
    cq-import -q -d e.db --list-date=2026-01-01 russian.csv
    cat >question.csv <<END
iin,примечание
$A,"жалобы на головную боль, повышенное давление"
$B,повторный осмотр через месяц
$C,нет в списке: выяснить у кадровой службы
END
    cq-eligible -d e.db --as-of=2026-02-01 <question.csv >answer.csv
    [ "$(grep -c "повышенное давление\|осмотр через\|кадровой службы" answer.csv)" = 3 ]
    for other in CP1251:CP1251 $others; do
        recode "${other%:*}" <question.csv >question
        run -0 --separate-stderr cq-eligible -v -d e.db --as-of=2026-02-01 <question
        contains "$stderr" "encoding ${other#*:}"
        equal "$output" "$(cat answer.csv)"
        dd status=none bs=7 if=question | cq-eligible -d e.db --as-of=2026-02-01 | cmp answer.csv -
    done
    # ASCII, and each row of UTF-8 after it, is answered before more has come.
    mkfifo questions answers
    cq-eligible -d e.db --as-of=2026-02-01 <questions >answers &
    exec 7>questions 8<answers
    printf '%s\n' iin,note "$A,-" >&7
    read -r -t 10 <&8
    read -r -t 10 first <&8
    contains "$first" 850315100006,-,
    printf '%s\n' "$B,да" >&7
    read -r -t 10 second <&8
    contains "$second" 850315100016,да,
    exec 7>&- 8<&-
    wait $!
}

@test "a row of a stream that its encoding cannot hold is an error with its line" {
    names 3000 | cut -d, -f1,2 | sed '1s/.*/iin,фамилия/' | recode ISO-8859-5 >long
    { cat long; names 1 | tail -n 1 | cut -d, -f1,2 | recode RK1048; } >two
    russian >russian.csv
    cq-import -q -d s.db --list-date=2026-01-01 russian.csv
    run -3 --separate-stderr cq-eligible -d s.db --as-of=2026-02-01 <two
    contains "$stderr" "cq-eligible: -:3002: this line is in CP1251"
    { names 2000 | cut -d, -f1,2 | sed '1s/.*/iin,фамилия/' | recode RK1048; printf '1,\x98\n2,2\n'; } >hole
    run -3 --separate-stderr cq-eligible -d s.db --as-of=2026-02-01 <hole
    contains "$stderr" "cq-eligible: -:2002: not text in a known encoding"
}

@test "every reading program takes the encoding and the delimiter that are named" {
    local other
    load refer
    registry
    printf '%s\n' "iin;service;indication" "$EMPLOYEE;outpatient;кг" >asked
    for other in RK1048:RK1048 CP1251:CP1251 $others UTF-16:UTF-16LE; do
        case $other in
        UTF-16:*) recode UTF-16LE <asked >question ;; # without a mark
        *) recode "${other%:*}" <asked >question ;;
        esac
        run -0 --separate-stderr cq-eligible -v --encoding="${other#*:}" --delimiter=semicolon --as-of=$DAY <question
        contains "$stderr" "encoding ${other#*:}"
        contains "$output" "$EMPLOYEE,кг,$DAY,outpatient,eligible"
        cp cq.db other.db
        run -0 --separate-stderr cq-refer issue -d other.db --encoding="${other#*:}" --as-of=$DAY question
        equal "$(cq-refer list -d other.db | column indication /dev/stdin)" кг "$other"
        { echo number,reason; printf '%s,кг\n' "$(cq-refer list -d other.db | column number /dev/stdin)"; } >move
        case $other in
        UTF-16:*) recode UTF-16LE <move >moved ;;
        *) recode "${other%:*}" <move >moved ;;
        esac
        run -0 cq-refer cancel -d other.db --encoding="${other#*:}" --as-of=$DAY <moved
        equal "$(sqlite3 other.db "SELECT reason FROM referral_event WHERE reason IS NOT NULL")" кг "$other"
    done
    run -3 --separate-stderr cq-eligible --encoding=UTF-8 --as-of=$DAY <question
    contains "$stderr" "[CQ-F00"
    run -2 --separate-stderr cq-report contingent --encoding=UTF-8
    run -2 --separate-stderr cq-refer list --delimiter=x
}
