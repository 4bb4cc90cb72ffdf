# Lists as people send them: what stands around the rows does not matter, and nothing vanishes
# unsaid.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006
B=850315100016
HEADER=iin,last_name,first_name,birth_date,category,agency

import() {
    cq-import -d x.db --list-date=2026-01-01 --summary=s.json "$@"
}

# counted COUNT VALUE...: the summary says so.
counted() {
    while [ $# -gt 0 ]; do
        contains "$(cat s.json)" "\"$1\":$2,"
        shift 2
    done
}

@test "rows that state nothing are passed over and counted, in every kind of list" {
    local kind
    printf '%s\n' "$HEADER" "$A,Бірінші,Адам,1885-03-15,employee,courier" >contingent.csv
    printf '%s\n' facility,owner,kato,service H1,mvd,71,outpatient >facilities.csv
    printf '%s\n' iin,insured,paid_until "$A,yes," >insurance.csv
    printf '%s\n' iin,valid_from "$A,2025-01-01" >presidential.csv
    printf '%s\n' iin,facility,card_no,opened_on "$A,H1,7,2025-01-01" >cards.csv
    printf '%s\n' iin,other_iin,verdict "$A,$B,same" >verdicts.csv
    import -q -k contingent - <<<"$HEADER"$'\n'"$B,Екінші,Адам,1885-03-15,employee,courier"
    for kind in contingent facilities insurance presidential cards verdicts; do
        printf '%s\n' ,, '"",""' ' ; ' ',,,,,,,,,' "" >>$kind.csv
        printf ',\302\240,\n ,\t,,,\n' >>$kind.csv
        # em space, ideographic space, word joiner, zero width space, page break
        printf '\342\200\203,\343\200\200\n\342\201\240,,\n,"\342\200\213"\n\f\n' >>$kind.csv
        run -0 --separate-stderr import -v -k $kind $kind.csv
        contains "$stderr" "passed over: blank rows 11, titles and totals 0"
        counted read 1 accepted 1 rejected 0 blank 11 skipped 0
        import -q -k $kind $kind.csv
        counted read 1 unchanged 1 blank 11 skipped 0
    done
}

@test "titles, sep= and totals are passed over and counted" {
    { printf 'sep=;\r\nDept of Police; 2026;;;;;\r\n\r\n"Signed ""A""\r\nB";;\r\n'
      printf '№;%s\r\n1;2;3;4;5;6;7\r\n' "${HEADER//,/;}"
      printf '1;%s;Бірінші;Адам;15.03.1885;employee;courier\r\n' $A
      printf 'Итого:;60;;;;;\r\n2;%s;Всего;Анна;15.03.1885;employee;courier\r\n' $B
      printf ';Барлығы;60 адам;;;;\r\n;Барлығы;60;Адам;;;\r\n'; } >list.csv
    run -1 --separate-stderr import -v --max-bad=50 --rejects=r.csv list.csv
    contains "$stderr" "list.csv:12: iin: an IIN has 12 digits [CQ-R010]"
    contains "$stderr" "passed over: blank rows 1, titles and totals 6"
    lacks "$stderr" "W001"
    counted read 3 rejected 1 blank 1 skipped 6
    equal "$(tail -n +2 r.csv | cut -d, -f2,3,8)" "Барлығы,60,12"
    equal "$(sqlite3 x.db 'SELECT last_name FROM person ORDER BY id')" "Бірінші
Всего"
}

@test "questions and moves are passed over alike; facts, cases and receipts are not" {
    printf '%s\n' "$HEADER" "$A,Бірінші,Адам,1885-03-15,employee,courier" >list.csv
    import -q list.csv
    printf '%s\n' "Who asks" "" note,iin ",$A" , "Total,2" " , " "x,$A" >in.csv
    run -0 --separate-stderr cq-eligible -v -d x.db --as-of=2026-01-02 <in.csv
    equal "$(cut -d, -f1-3 <<<"$output")" "note,iin,as_of
,$A,2026-01-02
x,$A,2026-01-02"
    contains "$stderr" "passed over: blank rows 3, titles and totals 2"
    printf '%s\n' "Referrals" iin,service , "Итого,2" >in.csv
    run -0 --separate-stderr cq-refer issue -v -d x.db --as-of=2026-01-02 <in.csv
    contains "$stderr" "passed over: blank rows 1, titles and totals 2"
    printf '%s\n' Numbers number ' ' 'Всего: 0' >in.csv
    run -0 --separate-stderr cq-refer cancel -v --reason=x -d x.db <in.csv
    contains "$stderr" "passed over: blank rows 1, titles and totals 2"
    printf '%s\n' "Facts, of 2026" "category,body" , "none," >in.csv
    run -0 cq-eligible --facts --as-of=2026-01-02 <in.csv
    equal "$(cut -d, -f1-5 <<<"$output")" "body,as_of,service,outcome,category
,2026-01-02,outpatient,undetermined,
,2026-01-02,outpatient,not_contingent,none"
    cq-eligible --facts --receipt --as-of=2026-01-02 <in.csv >out.csv
    run -0 cq-eligible --replay=out.csv
    equal "$(wc -l <<<"$output")" 3
    printf '%s\n' "Cases;;" ";" "category;want_outcome" "none;not_contingent" ";?" >in.csv
    run -0 --separate-stderr cq-eligible --cases=in.csv --as-of=2026-01-02
    contains "$stderr" "cases: 2 agree, 0 differ, 0 cannot be read"
}

@test "a header is told of even below a title" {
    printf '%s\n' "A list" "" "iin,last_name,frstname,birth_date,category,agency" x >list.csv
    run -3 --separate-stderr import list.csv
    contains "$stderr" "list.csv:3: unknown column ignored: frstname (first_name?) [CQ-W001]"
    contains "$stderr" "list.csv:3: the header lacks a required column: first_name [CQ-F002]"
}

@test "blanks around quotes, and delimiters at the end of the lines" {
    "$CQ_TOOLS/gen" contingent 50 --seed=8 >list.csv
    import -q list.csv
    sqlite3 x.db 'SELECT id, hash, last_name, first_name FROM person ORDER BY id' >want
    sed 's/^/"/; s/,/", "/g; s/$/" /' list.csv >quoted.csv
    sed '1s/$/,/' list.csv >header.csv
    sed '2,$s/$/,/' list.csv >rows.csv
    sed '2,$s/$/, ,/; 1s/$/,/' list.csv >both.csv
    for list in quoted header rows both; do
        rm x.db
        import -q $list.csv
        sqlite3 x.db 'SELECT id, hash, last_name, first_name FROM person ORDER BY id' >got
        cmp want got
        run -0 --separate-stderr import $list.csv
        equal "$(messages "$stderr")" "cq-import: nothing changed" "$list"
        counted read 50 unchanged 50
    done
    # A row that has lost a delimiter may have lost a cell.
    { sed 's/$/,/' list.csv | sed '1s/,$//; 7s/,$//'; } >odd.csv
    run -1 --separate-stderr import odd.csv
    contains "$stderr" "odd.csv:7: another number of fields than the header has"
    printf '%s\n' 'iin, "a, b"' "$A, \"1\"," >in.csv
    run -0 cq-eligible -d x.db --as-of=2026-01-01 <in.csv
    equal "$(cut -d, -f1-5 <<<"$output")" 'iin,"a, b",as_of,service
850315100006,1,2026-01-01,outpatient,not_contingent'
}

@test "a full name serves for its parts, and decorated headers are known" {
    printf '%s\n' 'ИИН*;Ф.И.О.;Дата рождения (дд.мм.гггг);Санаты / Категория;1. agency' \
        "$A;Сынақов Ерлан Серікұлы;15.03.1885;сотрудник;courier" \
        "$B;\"Ван ден Берг, Анна\";15.03.1885;қызметкер;courier" >list.csv
    run -0 --separate-stderr import list.csv
    equal "$stderr" ""
    equal "$(sqlite3 x.db 'SELECT last_name, first_name, middle_name FROM person ORDER BY id')" \
        "Сынақов|Ерлан|Серікұлы
Ван ден Берг|Анна|"
    # The same people by the parts of their names.
    printf '%s\n' "$HEADER,middle_name" "$A,Сынақов,Ерлан,1885-03-15,employee,courier,Серікұлы" \
        "$B,Ван ден Берг,Анна,1885-03-15,employee,courier," >parts.csv
    run -0 --separate-stderr import parts.csv
    contains "$stderr" "nothing changed"
    # Both at once must agree; what one lacks the other says.
    printf '%s\n' "$HEADER,middle_name,full_name" \
        "$A,Сынақов,,1885-03-15,employee,courier,,СЫНАҚОВ Ерлан Серікұлы" \
        "$B,Берг,Анна,1885-03-15,employee,courier,,\"Ван ден Берг, Анна\"" >both.csv
    run -1 --separate-stderr import --max-bad=100 --rejects=r.csv both.csv
    contains "$stderr" "both.csv:3: full_name: two columns of this row contradict each other [CQ-R059]"
    counted read 2 rejected 1 unchanged 1
    printf '%s\n' 'iin,ФИО,birth_date,category,agency' "$A,Сынақов Е.С.,1885-03-15,employee,courier" >list.csv
    run -3 --separate-stderr import list.csv
    contains "$stderr" "list.csv:2: full_name: not a full name: last, first and middle name, no initials"
    contains "$stderr" "[CQ-R056]"
    lacks "$stderr" "R004"
    printf '%s\n' 'iin,ФИО,birth_date,category,agency' "$A,,1885-03-15,employee,courier" >list.csv
    run -3 --separate-stderr import list.csv
    contains "$stderr" "list.csv:2: last_name: a required value is missing [CQ-R004]"
}

@test "a last day is the day before the end, by its header" {
    local header
    day=$(sqlite3 :memory: "SELECT julianday('2027-01-01') - julianday('1970-01-01')")
    for header in "действует по" "Күні дейін қоса" "Действует до (включительно)" valid_through \
        "valid_to (inclusive)" "Қолданылу аяқталатын күн (қоса алғанда)"; do
        rm -f x.db
        printf '%s\n' "$HEADER,$header" "$A,Бірінші,Адам,1885-03-15,employee,courier,2026-12-31" >list.csv
        run -0 --separate-stderr import list.csv
        equal "$stderr" ""
        equal "$(sqlite3 x.db 'SELECT valid_to FROM person')" "${day%.0}" "$header"
    done
    for header in "действует до" "valid_to" "Действует до (не включительно)" "қолданылу аяқталатын күн"; do
        rm -f x.db
        printf '%s\n' "$HEADER,$header" "$A,Бірінші,Адам,1885-03-15,employee,courier,2027-01-01" >list.csv
        import -q list.csv
        equal "$(sqlite3 x.db 'SELECT valid_to FROM person')" "${day%.0}" "$header"
    done
    printf '%s\n' "$HEADER,valid_to,valid_through" \
        "$A,Бірінші,Адам,1885-03-15,employee,courier,2026-12-31,2026-12-31" \
        "$B,Екінші,Адам,1885-03-15,employee,courier,2026-12-31,2026-12-30" >list.csv
    run -1 --separate-stderr import --max-bad=50 list.csv
    contains "$stderr" "list.csv:2: valid_through: two columns of this row contradict each other [CQ-R059]"
    counted rejected 1
    printf '%s\n' "iin,действует с,действует по" "$A,2026-01-01,2026-01-01" "$B,2026-01-02,2026-01-01" >list.csv
    run -1 --separate-stderr import -k presidential --max-bad=50 list.csv
    contains "$stderr" "list.csv:3: valid_to: the dates are not in order [CQ-R022]"
    printf '%s\n' "facility,owner,kato,service,действует по" H1,mvd,71,outpatient,2026-12-31 >list.csv
    run -0 import -k facilities list.csv
    equal "$(sqlite3 x.db 'SELECT valid_to FROM facility')" "${day%.0}"
}

@test "words for codes are understood in three languages, and what may mean two is not" {
    local C=850315100704 D=850315100716
    { echo 'ИИН;Фамилия;Имя;Дата рождения;Пол;Категория;Ведомство;Родство;ИИН сотрудника;Проживает совместно;Место жительства;Документ'
      echo "$A;Сынақов;Ерлан;15.03.1885;мужчина;Сотрудники;МВД;;;;г. Астана;уд. личности"
      echo "$B;Сынақова;Айгүл;15.03.1885;Женщины;Члены семьи;ішкі істер органдары;жена;$A;есть;Алматы облысы;ПАСПОРТ"
      echo "$C;Сынақова;Асель;15.03.1885;әйел;отбасы мүшесі;ІІМ;балалары;$A;иә;АСТАНА Қ.;свидетельство о рождении"
      echo "$D;Sample;Ann;1885-03-15;female;retired;police;;;;Akmola region;identity card"; } >list.csv
    run -0 --separate-stderr import -q list.csv
    equal "$stderr" ""
    { echo 'iin,last_name,first_name,birth_date,sex,category,agency,relation,sponsor_iin,coresident,residence,document'
      echo "$A,Сынақов,Ерлан,1885-03-15,m,employee,internal_affairs,,,,71,id_card"
      echo "$B,Сынақова,Айгүл,1885-03-15,f,family,internal_affairs,spouse,$A,yes,19,passport"
      echo "$C,Сынақова,Асель,1885-03-15,f,family,internal_affairs,child,$A,yes,71,birth_certificate"
      echo "$D,Sample,Ann,1885-03-15,f,pensioner,internal_affairs,,,,11,id_card"; } >codes.csv
    run -0 --separate-stderr import codes.csv
    contains "$stderr" "nothing changed"
    # The bodies of agencies by what everybody calls them.
    sed -n "1p; s/^$A\(.*\)МВД/$A\1КУИС/p" list.csv >other.csv
    run -0 import -q -n other.csv
    sed 's/МВД/министерство/; s/уд. личности/удостоверение/' list.csv >bad.csv
    run -3 --separate-stderr import bad.csv
    contains "$stderr" "bad.csv:2: agency: not one of the values allowed here: prosecution, internal_affairs, anticorruption,"
    contains "$stderr" "bad.csv:2: document: not one of the values allowed here: id_card, birth_certificate, passport [CQ-R040]"
    printf '%s\n' 'код организации;владелец;КАТО;услуга;обслуживает' \
        'H1;МВД;г. Алматы;стационар;"г. Алматы; 19"' 'H2;ПМСП;область Абай;поликлиника;' >facilities.csv
    run -0 import -q -k facilities facilities.csv
    equal "$(sqlite3 x.db 'SELECT facility, owner, kato, serves, service FROM facility ORDER BY facility')" \
        "H1|0|75|75 19|1
H2|2|10||0"
    # The program of answers writes codes all the same.
    printf '%s\n' 'Санат,Қызмет,destination' 'Члены семьи,Стационар,г. Алматы' >facts.csv
    run -0 cq-eligible --facts --as-of=2026-11-01 <facts.csv
    contains "$output" "family"
    contains "$output" "inpatient"
}

@test "a rank is kept as it is written, and says that there is one" {
    local rows='SELECT special_rank, rank FROM person ORDER BY id'
    printf '%s\n' "$HEADER,Звание" "$A,Бірінші,Адам,1885-03-15,employee,courier,капитан полиции" \
        "$B,Екінші,Адам,1885-03-15,employee,courier,не присвоено" >list.csv
    run -0 import -q list.csv
    equal "$(sqlite3 x.db "$rows")" "1|капитан полиции
0|"
    rm x.db
    sed 's/Звание/Специальное звание/; s/не присвоено/Жоқ/' list.csv >special.csv
    run -0 import -q special.csv
    equal "$(sqlite3 x.db "$rows")" "1|капитан полиции
0|"
    sed 's/капитан полиции/водитель/' special.csv >bad.csv
    run -1 --separate-stderr import --max-bad=50 bad.csv
    contains "$stderr" "bad.csv:2: special_rank: not yes or no [CQ-R041]"
    sed 's/капитан полиции/-/' list.csv >bad.csv
    run -1 --separate-stderr import --max-bad=50 bad.csv
    contains "$stderr" "bad.csv:2: rank: not a rank [CQ-R057]"
    for rank in 'полиция капитаны' 'әділет аға лейтенанты' 'полиция полковнигі' 'прапорщик юстиции'; do
        rm x.db
        sed "s/капитан полиции/$rank/" special.csv >kk.csv
        run -0 import -q kk.csv
        equal "$(sqlite3 x.db "$rows")" "1|$rank
0|"
    done
    for rank in 'Б/з' служащий 'азаматтық қызметші'; do
        rm x.db
        sed "s|капитан полиции|$rank|" list.csv >none.csv
        run -0 import -q none.csv
        equal "$(sqlite3 x.db "$rows")" "0|
0|"
    done
    sed 's/капитан полиции/0/' list.csv >bad.csv
    run -1 --separate-stderr import --max-bad=50 bad.csv
    contains "$stderr" "bad.csv:2: rank: not a rank"
    # Another column may say otherwise; what a list states by its rank is not taken from the one before.
    printf '%s\n' "$HEADER,special_rank,rank" "$A,Бірінші,Адам,1885-03-15,employee,courier,no,капитан полиции" >list.csv
    import -q list.csv
    equal "$(sqlite3 x.db "SELECT special_rank, rank FROM person WHERE run_to IS NULL AND rank IS NOT NULL")" "0|капитан полиции"
    printf '%s\n' "$HEADER,rank" "$A,Бірінші,Адам,1885-03-15,employee,courier,майор полиции" >list.csv
    import -q list.csv
    equal "$(sqlite3 x.db "SELECT special_rank, rank FROM person WHERE run_to IS NULL AND rank IS NOT NULL")" "1|майор полиции"
}

@test "numbers as spreadsheets write them, and letters where digits belong" {
    printf '%s\n' "$HEADER,residence" "\"=\"\"$A\"\"\",Бірінші,Адам,1885-03-15 00:00:00,employee,courier,710000000.0" \
        "8503 1510 0016,Екінші,Адам,15.03.1885 0:00,employee,courier,711-110-000" >list.csv
    run -0 --separate-stderr import list.csv
    equal "$stderr" ""
    printf '%s\n' "$HEADER,residence" "$A,Бірінші,Адам,1885-03-15,employee,courier,710000000" \
        "$B,Екінші,Адам,1885-03-15,employee,courier,711110000" >plain.csv
    run -0 --separate-stderr import plain.csv
    contains "$stderr" "nothing changed"
    # Without quotes around it, as some programs write it; a row that stays wrong is kept as it was.
    printf '%s\n' "$HEADER,residence" "=\"$A\",Бірінші,Адам,1885-03-15,employee,courier, =\"710000000\"" >formula.csv
    run -0 --separate-stderr import formula.csv
    contains "$stderr" "nothing changed"
    printf '%s\n' "$HEADER" "=\"$A\",Бірінші\",Адам,1885-03-15,employee,courier" >formula.csv
    run -3 --separate-stderr import --rejects=kept.csv formula.csv
    contains "$stderr" "formula.csv:2: a quote stands where none may"
    contains "$(cat kept.csv)" "\"=\"\"$A\"\","
    printf '%s\n' "$HEADER" "85O315100006,Бірінші,Адам,1885-03-15,employee,courier" \
        "8.50315E+11,Бірінші,Адам,1885-03-15,employee,courier" >bad.csv
    run -3 --separate-stderr import bad.csv
    contains "$stderr" "bad.csv:2: iin: a letter among the digits of the IIN, as O for 0 [CQ-R016]"
    contains "$stderr" "bad.csv:3: iin: a number in scientific notation"
    printf '%s\n' iin "\"=\"\"$A\"\"\"" >in.csv
    run -0 cq-eligible -d x.db --as-of=2026-01-01 <in.csv
    lacks "$output" bad_iin
    printf '%s\n' iin,service,diagnosis "$A,outpatient,Ф32.0" >in.csv
    run -1 --separate-stderr cq-refer issue -d x.db --as-of=2026-01-01 <in.csv
    contains "$stderr" "diagnosis: the letter of an ICD-10 code is a Latin one [CQ-R069]"
}
