# --letter: answers as pages for people to take home.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

DAY=2026-03-02
EMPLOYEE=850315100105
REMOTE=850315100204   # civil protection, in Karaganda, not insured
SPOUSE=850315100303
APART=850315100402    # a spouse who lives elsewhere
PENSIONER=550315100509
ORPHAN=120315100609   # not insured
GROWN=000315100703    # a child of the fallen who is of age
STUDENT=040315100811  # a child of 21; nothing is said of studies
LISTED=850315100908   # on the list of the Affairs Administration
UNRANKED=550315101408 # a pensioner of the fire service
LEFT=850315101301
STRANGER=850315100704

registry() {
    cat >people.csv <<END
iin,last_name,first_name,birth_date,category,agency,special_rank,sponsor_iin,relation,coresident,residence,service_place,killed_on,presidential,valid_to
$EMPLOYEE,Ахметова,Айгүл,1985-03-15,employee,internal_affairs,yes,,,,710000000,710000000,,,
$REMOTE,Ермекова,Айгүл,1985-03-15,employee,civil_protection,yes,,,,351010000,351010000,,,
$SPOUSE,Нұрланова,Айгүл,1985-03-15,family,internal_affairs,,$EMPLOYEE,spouse,yes,351010000,,,,
$APART,Бекова,Айгүл,1985-03-15,family,internal_affairs,,$EMPLOYEE,spouse,no,710000000,,,,
$PENSIONER,Қасымова,Айгүл,1955-03-15,pensioner,penal,yes,,,,710000000,,,,
$ORPHAN,Төлеуова,Айгүл,2012-03-15,child_of_fallen,internal_affairs,,$EMPLOYEE,,,710000000,,2020-01-01,,
$GROWN,Сейтова,Айгүл,2000-03-15,child_of_fallen,internal_affairs,,$EMPLOYEE,,,710000000,,2010-01-01,,
$STUDENT,Жұмабаева,Айгүл,2004-03-15,family,prosecution,,$EMPLOYEE,child,,710000000,,,,
$LISTED,Әлиева,Айгүл,1985-03-15,employee,prosecution,no,,,,710000000,,,yes,
$UNRANKED,Мусина,Айгүл,1955-03-15,pensioner,fire_service,no,,,,750000000,,,,
$LEFT,Ибраева,Айгүл,1985-03-15,employee,internal_affairs,yes,,,,710000000,,,,2025-06-01
END
    cat >facilities.csv <<'END'
facility,owner,kato,service,specialist,name_kk,name_ru
MVD-71,mvd,710000000,outpatient,yes,Орталық госпиталь,Центральный госпиталь
MVD-71,mvd,710000000,inpatient,yes,Орталық госпиталь,Центральный госпиталь
MVD-71,mvd,710000000,medical_rehabilitation,yes,Орталық госпиталь,Центральный госпиталь
MVD-35,mvd,351010000,inpatient,no,,
END
    cat >insurance.csv <<END
iin,insured,paid_until,checked_on
$PENSIONER,no,,2025-12-01
$REMOTE,no,,2025-12-01
$ORPHAN,no,,2025-12-01
$SPOUSE,yes,2026-01-31,2025-12-01
END
    export CQ_DB=$PWD/cq.db
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
    cq-import -q --as-of=2026-01-01 -k insurance insurance.csv
}

# letters: all.csv asks once for every outcome and reason that a person can get.
questions() {
    cat >all.csv <<END
iin,service,destination,indicated,package,duty_injury,urgency,as_of,profile
$EMPLOYEE,outpatient,,,,,,,
$EMPLOYEE,sanatorium,,,,yes,,,
$EMPLOYEE,sanatorium,,,,,,,
$EMPLOYEE,psychological_rehabilitation,,,,,,,
$EMPLOYEE,outpatient,,,,,,2019-05-05,
$EMPLOYEE,inpatient,almaty,yes,osms,yes,,,cardiology
$REMOTE,medical_rehabilitation,,yes,,,,,
$REMOTE,medical_rehabilitation,,no,,,,,
$REMOTE,psychological_rehabilitation,,,,,,,
$REMOTE,mental_health,,,,,,,
$REMOTE,sanatorium,,,,,,,
$REMOTE,outpatient,,yes,,,,2024-03-02,
$REMOTE,inpatient,,yes,osms,,,,surgery
$SPOUSE,inpatient,astana,,,,,,therapy
$SPOUSE,mental_health,,,,,,,
$APART,outpatient,,,,,,,
$PENSIONER,inpatient,,,,,,,
$PENSIONER,inpatient,,,none,,,,
$PENSIONER,inpatient,,,,,emergency,,
$PENSIONER,abroad,,,,,,,
$ORPHAN,inpatient,,,,,,,
$ORPHAN,outpatient,,,,,,,
$GROWN,outpatient,,,,,,,
$STUDENT,inpatient,,,,,,,
$LISTED,inpatient,,,none,,,,
$LISTED,outpatient,,,,,,,
$UNRANKED,outpatient,,,,,,,
$LEFT,outpatient,,,,,,,
$STRANGER,outpatient,,,,,,,
850315100107,outpatient,,,,,,,
END
}

# visible FILE: what a reader sees, without marks.
visible() {
    sed '/<style>/,/<\/style>/d; s/<[^>]*>/ /g' "$1"
}

@test "a letter says what was asked, the answer, who pays, where, what to bring and why" {
    registry
    run -0 cq-eligible --letter --as-of=$DAY -s inpatient --destination=astana --profile=therapy $SPOUSE
    local part
    for part in "Нұрланова Айгүл" $SPOUSE 15.03.1985 02.03.2026 "Профиль: терапия" \
        "Право на стационарное лечение есть, но с условием. Условие: нужно направление." \
        "Платит фонд социального медицинского страхования" "Центральный госпиталь, г. Астана" \
        "Орталық госпиталь, Астана қаласы" "Специалист медицинской организации" \
        "Удостоверение личности." "С 01.05.2026 ответ изменится, причина: страхование закончится." \
        "степень родства: супруг (супруга) [1]" \
        "[1] список кадровой службы, органы внутренних дел, от 01.01.2026, загрузка 1, строка 4." \
        "[2] кадровый список о сотруднике, органы внутренних дел, от 01.01.2026, загрузка 1, строка 2." \
        "<b>Приказ Министра внутренних дел от 18 марта 2016 года № 281.</b> <i>пункт 11</i>" \
        "Бюро госпитализации" "стационарда емделуге құқығы бар, бірақ шартпен"; do
        contains "$output" "$part"
    done
    lacks "$output" "<script"
    lacks "$output" "http"
    lacks "$output" "Что изменит ответ"
}

@test "a mistake in a list is mended by the agency whose list it is" {
    registry
    cat >courier.csv <<END
iin,last_name,first_name,birth_date,category,agency,sponsor_iin,relation,coresident,residence
850315100716,Төртінші,Жұбай,1985-03-15,family,courier,$EMPLOYEE,spouse,yes,711110000
END
    cq-import -q --as-of=$DAY --list-date=2026-01-01 courier.csv
    cq-eligible --letter --as-of=$DAY 850315100716 >letter.html || true
    grep -q "исправляет кадровая служба: [^.]*органы внутренних дел" letter.html || fail "$(grep -o 'исправляет кадровая служба[^.]*' letter.html)"
    grep -q "исправляет кадровая служба: [^.]*фельдъегерская служба" letter.html
}

@test "a refusal says what would turn it, what is possible all the same, and who mends a mistake" {
    registry
    run -1 cq-eligible --letter --as-of=$DAY -s inpatient $PENSIONER
    contains "$output" "Сейчас по этим правилам права на стационарное лечение нет. В этот день человек не застрахован"
    contains "$output" "взносы на обязательное страхование уплачены и фонд это подтвердит"
    contains "$output" "В экстренном случае право на эту помощь есть."
    contains "$output" "Кодекс «О здоровье народа и системе здравоохранения» от 7 июля 2020 года № 360-VI; статья 123; статья 196, пункт 3"
    contains "$output" "О страховании спрашивать фонд"
    lacks "$output" "<h2>Кто платит"
    run -1 cq-eligible --letter --as-of=$DAY $APART
    contains "$output" "кадровая служба подтвердит, что член семьи живёт вместе с сотрудником"
    run -1 cq-eligible --letter --as-of=$DAY $GROWN
    contains "$output" "Ничто из того, что можно сделать или подтвердить, этого ответа не изменит."
    run -1 cq-eligible --letter --as-of=$DAY -s inpatient $STUDENT
    contains "$output" "учебное заведение подтвердит очную учёбу"
    lacks "$output" "брак"
}

@test "where the acts leave two readings, both answers stand in the letter" {
    registry
    run -1 cq-eligible --letter --as-of=$DAY -s sanatorium $REMOTE
    contains "$output" "Санаторно-курортное лечение положено и по пункту 4 приказа № 61"
    contains "$output" "Приказ № 61 лишь перечисляет виды реабилитации"
    contains "$output" "Актами не урегулировано; решается по общему законодательству"
}

@test "whoever is in no list, or has a wrong IIN, gets a letter without anything made up" {
    registry
    run -1 cq-eligible --letter --as-of=$DAY $STRANGER 850315100107
    equal "$(grep -c '<main' <<<"$output")" 2 letters
    contains "$output" "В этот день человека нет ни в одном списке кадровых служб."
    contains "$output" "такого номера не бывает"
    lacks "$output" 'class="name"'
    equal "$(grep -c '<svg' <<<"$output")" 1 "a receipt for what was decided alone"
    run -1 cq-eligible --letter --as-of=$DAY $LEFT
    contains "$output" "срок в списке истёк 01.06.2025"
}

@test "a question that cannot be answered is told as it was asked" {
    registry
    printf '%s\n' iin,service,urgency,destination,indicated,profile \
        850315100107,inpatient,emergency,astana,yes,surgery \
        $EMPLOYEE,inpatient,emergency,astana,maybe,surgery >asked.csv
    run -1 --separate-stderr cq-eligible --letter --as-of=$DAY <asked.csv
    equal "$(grep -c 'Срочность: экстренная. Профиль: хирургия. Место госпитализации: Астана.' <<<"$output")" 2 urgency
    lacks "$output" "плановая"
    lacks "$output" "<svg"
    lacks "$output" "квитанция"
}

# The place of the student is unknown: it may be found out, and contributions help as much as another
# package would.
@test "what all of it would need is said only where nothing else would do" {
    registry
    sed -n 1p people.csv >student.csv
    echo 040315100919,Жұмабаева,Айгүл,2004-03-15,family,prosecution,,$EMPLOYEE,child,,,,,, >>student.csv
    cq-import -q --as-of=2026-01-01 student.csv
    run -0 cq-eligible --why-not --as-of=$DAY -s day_hospital 040315100919 || [ "$status" -eq 1 ]
    contains "$output" "+package=gobmp"
    contains "$output" "+insured=yes"
    run -1 cq-eligible --letter --as-of=$DAY -s day_hospital 040315100919
    contains "$output" "взносы на обязательное страхование уплачены и фонд это подтвердит"
    lacks "$output" "помощь входит в гарантированный бесплатный объём"
}

@test "the code is the receipt that a row would have" {
    registry
    run -0 cq-eligible --receipt --as-of=$DAY -s inpatient --profile=therapy $EMPLOYEE
    local receipt
    receipt=$(grep -oE '2:[0-9a-f]+:[^,]*' <<<"$output")
    run -0 cq-eligible --letter --as-of=$DAY -s inpatient --profile=therapy $EMPLOYEE
    contains "$output" "aria-label=\"$receipt\" "
}

@test "many people are one document, in their order; each row has its own question" {
    registry
    questions
    run -1 --separate-stderr cq-eligible --letter --as-of=$DAY -o out.html <all.csv
    equal "$(grep -c '<main' out.html)" 30 letters
    equal "$(grep -c '<html\|</html>' out.html)" 2 document
    equal "$(grep -o '[0-9]\{12\}' <(visible out.html))" "$(tail -n +2 all.csv | cut -d, -f1)" order
    cq-eligible --letter --all --as-of=$DAY -o everybody.html
    equal "$(grep -c '<main' everybody.html)" 10 "all who have a role"
}

@test "no code and no untranslated word is left, and sections are balanced" {
    registry
    questions
    run -1 --separate-stderr cq-eligible --letter --as-of=$DAY -o out.html <all.csv
    run grep -nE '[A-Za-z]{3,}|_|\{|\}|%' <(visible out.html)
    equal "$output" "" "Latin words"
    equal "$(grep -o '<section lang="kk">' out.html | wc -l)" "$(grep -o '<section lang="ru">' out.html | wc -l)" sections
    run grep -nE '[әғқңөұүһіӘҒҚҢӨҰҮҺІ]' <(grep -A30 '<section lang="ru">' out.html | sed '/<section lang="kk">/,$d')
    equal "$output" "" "Kazakh in Russian"
}

# pages FILE: how many pages a browser prints.
pages() {
    command -v chromium >/dev/null && command -v pdfinfo >/dev/null || skip "no chromium or pdfinfo"
    timeout 100 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --user-data-dir="$PWD/profile" --no-pdf-header-footer --print-to-pdf="$PWD/out.pdf" \
        "file://$PWD/$1" >/dev/null 2>&1 3>&- || skip "chromium does not run here"
    pdfinfo out.pdf | sed -n 's/^Pages: *//p'
}

@test "each letter is one page of A4, set in ten points or more" {
    registry
    questions
    run -1 --separate-stderr cq-eligible --letter --as-of=$DAY -o out.html <all.csv
    equal "$(grep -oE 'font(-size)?:[0-9.]+pt' out.html | grep -oE '[0-9.]+' | awk '$1 < 10')" "" sizes
    pages out.html >count
    equal "$(cat count)" 30 pages
    contains "$(pdfinfo out.pdf)" "A4"
}

@test "names that are long, or no names, leave a letter its page" {
    registry
    local long caps
    long=$(printf 'Абдурахмангаджиева%.0s' {1..14})
    caps=$(printf 'Ш%.0s' {1..250})
    sed -i "s/Ахметова,Айгүл/$caps,$caps/; s/Қасымова,Айгүл/$long,$long/" people.csv
    sed -i "s/Орталық госпиталь/$caps/; s/Центральный госпиталь/$long/" facilities.csv
    cq-import -q --as-of=2026-01-01 --max-losses=100 people.csv
    cq-import -q --as-of=2026-01-01 --max-losses=100 -k facilities facilities.csv
    printf '%s\n' iin,service,package,profile "$EMPLOYEE,outpatient,," "$EMPLOYEE,inpatient,,$long" \
        "$SPOUSE,inpatient,," "$PENSIONER,inpatient,," "$PENSIONER,inpatient,none," \
        "$caps,outpatient,," "$STUDENT,inpatient,," >long.csv
    run -1 --separate-stderr cq-eligible --letter --as-of=$DAY -o out.html <long.csv
    pages out.html >count
    equal "$(cat count)" 7 pages
}

# The fullest of all the letters that test_letter.c writes.
@test "the longest letters fit their page, too" {
    local test=${CQ_BUILD:-$TOP/build}/unit/answers/test_letter
    [ -x "$test" ] || skip "no unit tests are built"
    registry
    cq-eligible --letter --as-of=$DAY $EMPLOYEE | sed 's/<body>.*/<body>/; /<body>/q' >full.html
    CQ_LETTERS="$PWD/full.html" "$test" >/dev/null 2>&1
    echo '</body></html>' >>full.html
    [ "$(grep -c '<main' full.html)" -gt 20 ] || fail "there are few full letters"
    pages full.html >count
    equal "$(cat count)" "$(grep -c '<main' full.html)" pages
}

@test "letters know the day, the moment and the law that are asked for" {
    registry
    local moment
    moment=$(sqlite3 cq.db "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') FROM run WHERE id = 2")
    run -1 cq-eligible --letter --as-of=$DAY --known-at="$moment" -s inpatient $SPOUSE
    contains "$output" "застрахован (ОСМС)"
    contains "$output" "По реестру после загрузки 2"
    cp -r "$TOP/lib/law" law
    sed -i 's/^letter_outcome,eligible,.*/letter_outcome,eligible,{} болады.,Можно: {}.,Yes: {}./' law/words.csv
    run -0 cq-eligible --letter --law=law --as-of=$DAY $EMPLOYEE
    contains "$output" "Можно: амбулаторную помощь."
    sed -i '/^letter,answer,/d' law/words.csv
    run -2 --separate-stderr cq-eligible --letter --law=law --as-of=$DAY $EMPLOYEE
    contains "$stderr" "letter,answer [CQ-U050]"
}

@test "a letter is HTML, and nothing else is" {
    registry
    run -0 cq-eligible --letter --format=html --as-of=$DAY $EMPLOYEE
    local format option
    for format in csv json table xlsx; do
        run -2 --separate-stderr cq-eligible --letter --format=$format --as-of=$DAY $EMPLOYEE
        contains "$stderr" "--format"
    done
    for option in --explain --roles --why-not --receipt --facts --check-law --against=x --replay=x; do
        run -2 --separate-stderr cq-eligible --letter $option </dev/null
        contains "$stderr" "--letter"
    done
    run -2 --separate-stderr cq-eligible --format=html --as-of=$DAY $EMPLOYEE
    contains "$stderr" "--letter"
}

@test "in English, where that is asked for" {
    registry
    run -0 cq-eligible --letter --lang=en --as-of=$DAY $EMPLOYEE
    contains "$output" "There is a right to outpatient care."
    contains "$output" "Government Resolution No. 78 of 18 February 2016"
    lacks "$output" 'lang="ru"'
    run -0 cq-eligible --letter --lang=ru --as-of=$DAY $EMPLOYEE
    contains "$output" "құқығы бар"
    contains "$output" "Право на амбулаторную помощь есть."
}
