# What people settle: quality --review lists it, --kind=verdicts takes it back, and it stays settled
# until a fact changes.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

A=850315100006
B=850315100016
C=850315100105
D=770101100005

# people: a registry with two spellings of one man, his neighbour, and a row that contradicts C.
people() {
    export CQ_DB="$PWD/v.db"
    printf '%s\n' iin,last_name,first_name,middle_name,birth_date,sex,category,agency \
        "$A,Әбдіқадыров,Ыбырай,Серікұлы,1985-03-15,m,employee,internal_affairs" \
        "$B,Абдыкадыров,Ибрай,Серикович,1985-03-15,m,employee,courier" \
        "$C,Ахметов,Нұрлан,,1985-03-15,m,employee,internal_affairs" \
        "$D,Омаров,Асқар,,1977-01-01,m,employee,penal" >people.csv
    cq-import -q --as-of=2026-01-02 people.csv
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        "$C,Кузнецова,Анна,1990-05-05,employee,courier" >other.csv
}

# take ROW...: imports verdicts.
take() {
    printf '%s\n' iin,other_iin,verdict,whose "$@" >verdicts.csv
    cq-import --kind=verdicts --as-of=2026-01-05 --max-bad=100 --summary=s.json verdicts.csv
}

contradict() {
    run -1 --separate-stderr cq-import -q --as-of="${1:-2026-01-03}" --max-bad=100 other.csv
}

@test "verdicts are a list: codes and words, pairs in any order, taken back by --undo" {
    people
    take "$A,$B,same,internal_affairs"
    take "$B,$A,одно лицо,МВД"
    contains "$(cat s.json)" '"unchanged":1,"added":0,"changed":0'
    run -0 --separate-stderr take "$A,$B,әртүрлі адамдар,"
    contains "$(cat s.json)" '"changed":1'
    equal "$(sqlite3 v.db 'SELECT iin, other_iin, verdict, whose, run_from, run_to FROM verdict ORDER BY id')" \
        "$A|$B|0|2|2|4
$A|$B|1||4|"
    cq-import -q --undo=4
    equal "$(sqlite3 v.db 'SELECT verdict, whose FROM verdict WHERE run_to IS NULL')" "0|2"
    cq-import -q --undo=5 --as-of=2026-01-05
    cq-import -q --undo=6 --as-of=2026-01-05
    cq-import -n --kind=verdicts --changes=c.csv verdicts.csv
    equal "$(cat c.csv)" "iin,other_iin,field,old,new
$A,$B,verdict,same,different
$A,$B,whose,internal_affairs,"
}

@test "rows without a verdict are passed over and counted" {
    people
    run -0 --separate-stderr take "$A,$B,," "$A,$D, ," "$C,$D,different,"
    contains "$(cat s.json)" '"read":1,"accepted":1'
    contains "$(cat s.json)" '"unsettled":2'
    run -0 --separate-stderr take "$A,$B,,"
    lacks "$stderr" W023
}

@test "what no list names, what nothing contradicts and what is said twice is rejected" {
    people
    run -3 --separate-stderr cq-import --kind=verdicts --as-of=2026-01-05 - <<<iin,other_iin
    contains "$stderr" "lacks a required column: verdict"
    run -1 --separate-stderr take "$A,850315100704,same," "$A,,same," "$C,$C,same," "$B,$D,same," \
        "$D,$B,different," "$A,$C,perhaps," "$A,$C,same,fishery"
    contains "$stderr" "verdicts.csv:2: other_iin: no list names this IIN [CQ-R070]"
    contains "$stderr" "verdicts.csv:3: other_iin: no row of a list contradicts this IIN"
    contains "$stderr" "verdicts.csv:4: other_iin: no row of a list contradicts this IIN"
    contains "$stderr" "verdicts.csv:5: iin: the same key stands in this list with other data [CQ-R052]"
    contains "$stderr" "verdicts.csv:7: verdict: not one of the values allowed here: same, different [CQ-R040]"
    contains "$stderr" "verdicts.csv:8: whose: not one of the values allowed here: prosecution, "
    lacks "$stderr" 850315
    contradict
    run -0 --separate-stderr take "$C,$C,different,internal_affairs"
    run -0 --separate-stderr take "$C,,different,internal_affairs"
    contains "$(cat s.json)" '"unchanged":1'
}

# review [DAY]: what is to be settled: kind, reason, both IINs. The check counts the same
# contradictions.
review() {
    local listed counted
    listed=$(cq-report quality --review --as-of="${1:-2026-01-10}" | cut -d, -f1,2,3,9 | tail -n +2)
    counted=$(cq-report check --as-of="${1:-2026-01-10}" | sed -n 's/^review,warning,[a-z]*,\([0-9]*\),.*/\1/p')
    [ "$(grep -c ^contradiction <<<"$listed")" = "$counted" ] || listed="check counts $counted: $listed"
    echo -n "${listed:+$listed$'\n'}"
}

@test "--review lists twins with reasons and contradictions once, both sides named" {
    people
    contradict 2026-01-03
    contradict 2026-01-04
    contradict 2026-01-05
    cq-report quality --review --as-of=2026-01-10 >review.csv
    equal "$(cat review.csv)" "kind,reason,iin,agency,last_name,first_name,middle_name,birth_date,other_iin,other_agency,other_last_name,other_first_name,other_middle_name,other_birth_date,run,line,verdict,whose
contradiction,other_person,$C,courier,,,,,$C,internal_affairs,Ахметов,Нұрлан,,1985-03-15,4,2,,
twin,spelling;iin_digit,$A,internal_affairs,Әбдіқадыров,Ыбырай,Серікұлы,1985-03-15,$B,courier,Абдыкадыров,Ибрай,Серикович,1985-03-15,,,,"
    cq-report quality --review --as-of=2026-01-10 --mask >masked
    lacks "$(cat masked)" 8503
    lacks "$(cat masked)" Ахметов
    lacks "$(cat masked)" 1985
    LC_ALL=C.UTF-8 cq-report quality --review --as-of=2026-01-10 -f table --lang=ru >table
    contains "$(cat table)" "другое написание имени"
    contains "$(cat table)" "при этом ИИН другие имя и дата рождения"
}

@test "a swapped name, one letter and a day for the month have their reasons" {
    export CQ_DB="$PWD/r.db"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        "$A,Омаров,Асқар,1985-03-05,employee,courier" \
        "$B,Асқар,Омаров,1985-03-05,employee,courier" \
        "$C,Омаров,Асқр,1985-03-05,employee,courier" \
        "$D,Омаров,Асқар,1985-05-03,employee,courier" \
        "850315100704,Омаров,Болат,1985-03-05,employee,courier" >list.csv
    cq-import -q --as-of=2026-01-02 list.csv
    equal "$(review)" "twin,birth_swapped,$D,$A
twin,swapped_names;iin_digit,$A,$B
twin,one_letter;iin_digit,$A,$C"
}

@test "the review filled in is a list of verdicts, without a warning, and empties the review" {
    people
    contradict
    cq-report quality --review --as-of=2026-01-10 |
        sed '2s/,,$/,different,internal_affairs/; 3s/,,$/,same,/' >filled.csv
    run -0 --separate-stderr cq-import -v --kind=verdicts --as-of=2026-01-10 filled.csv
    contains "$stderr" "added 2"
    contains "$stderr" "warnings 0"
    equal "$(review)" ""
    contradict 2026-01-11
    equal "$(review 2026-01-12)" "" "the same row again"
    cq-import -q --as-of=2026-01-12 --undo=3
    equal "$(review 2026-01-12 | wc -l)" 2 "the verdicts were taken back"
    # A workbook, or a table for a spreadsheet, serves as well.
    cq-report quality --review --as-of=2026-01-12 --excel | sed 's/;;\r*$/;same;/' >filled.csv
    cq-import -q --kind=verdicts --as-of=2026-01-12 filled.csv
    equal "$(review 2026-01-12)" ""
}

@test "a settled pair comes back when a name, birth date or sex changes, and only then" {
    people
    take "$A,$B,different,"
    equal "$(review)" ""
    # Another place of service is no fact of who somebody is; nor is leaving and coming back.
    printf '%s\n' iin,last_name,first_name,middle_name,birth_date,sex,category,agency,service_place \
        "$A,Әбдіқадыров,Ыбырай,Серікұлы,1985-03-15,m,employee,internal_affairs,710000000" >moved.csv
    cq-import -q --as-of=2026-01-06 moved.csv
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency,valid_to \
        "$B,Абдыкадыров,Ибрай,1985-03-15,employee,courier,2026-01-08" >left.csv
    cq-import -q --as-of=2026-01-07 left.csv
    sed -i 's/,valid_to//; s/,2026-01-08//' left.csv
    cq-import -q --as-of=2026-01-09 left.csv
    equal "$(review 2026-01-10)" ""
    sed 's/Серікұлы/Серікбайұлы/' people.csv | head -n 2 >named.csv
    cq-import -q --as-of=2026-01-10 named.csv
    equal "$(review 2026-01-11)" "" "another father's name: no twins any more"
    sed 's/,Ыбырай,Серікұлы/,Ибрай,Серікұлы/' people.csv | head -n 2 >named.csv
    cq-import -q --as-of=2026-01-11 named.csv
    equal "$(review 2026-01-12)" "twin,spelling;iin_digit;changed_since,$A,$B"
    # The same verdict, stated again, settles it on the facts of the day.
    take "$B,$A,different,"
    contains "$(cat s.json)" '"changed":1'
    equal "$(review 2026-01-12)" ""
    take "$B,$A,different,"
    contains "$(cat s.json)" '"unchanged":1'
    equal "$(cq-report quality --review --as-of=2026-01-12 --known-at="$(sqlite3 v.db \
        "SELECT strftime('%Y-%m-%dT%H:%M:%f', at / 1000.0, 'unixepoch') FROM run WHERE id = 7")" | wc -l)" 2
}

@test "a settled contradiction comes back when the row says something else" {
    people
    contradict
    take "$C,$C,different,internal_affairs"
    contradict 2026-01-06
    equal "$(review)" $'twin,spelling;iin_digit,'"$A,$B"
    sed -i 's/Анна/Инна/' other.csv
    contradict 2026-01-07
    equal "$(review | head -n 1)" "contradiction,other_person;changed_since,$C,$C"
}

@test "a contradiction is gone once the row was taken, or a whole list says it no more" {
    people
    contradict
    equal "$(review | wc -l)" 2
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        "$C,Ахметов,Нұрлан,1985-03-15,employee,courier" >mended.csv
    cq-import -q --as-of=2026-01-04 mended.csv
    equal "$(review | grep -c contradiction)" 0
    people2() { sed "s/$C,Кузнецова/$D,Кузнецова/" other.csv >third.csv; }
    people2
    run -1 cq-import -q --as-of=2026-01-05 --max-bad=100 third.csv
    equal "$(review | grep -c contradiction)" 1
    cq-import -q -m full -a courier --as-of=2026-01-06 --max-removals=100 mended.csv
    equal "$(review | grep -c contradiction)" 0
}

@test "what is settled is counted no more by quality and check" {
    people
    sed "s/$B/850315100704/; s/$D/$D/" people.csv | head -n 2 | sed "s/^$A/850315100704/" >again.csv
    cq-import -q --as-of=2026-01-03 again.csv
    contradict 2026-01-04
    count() { cq-report quality --as-of=2026-01-10 | tail -n +2 | cut -d, -f"1,$1" | tr "\n" " "; }
    equal "$(count 7)" "internal_affairs,0 courier,1 penal,0 "
    equal "$(count 11)" "internal_affairs,2 courier,1 penal,0 "
    contains "$(cq-report check --as-of=2026-01-10)" "review,warning,found,1,"
    cq-report quality --review --as-of=2026-01-10 | sed 's/,,$/,different,/' >filled.csv
    cq-import -q --kind=verdicts --as-of=2026-01-10 filled.csv
    equal "$(count 7)" "internal_affairs,0 courier,0 penal,0 "
    equal "$(count 11)" "internal_affairs,0 courier,0 penal,0 "
    contains "$(cq-report check --as-of=2026-01-10)" "review,warning,ok,0,"
}

@test "two IINs of one person are linked, and no answer changes" {
    people
    cq-eligible --all --service=outpatient --as-of=2026-01-10 >before.csv
    cq-report contingent --by=agency --as-of=2026-01-10 -f table >table
    contains "$(cat table)" "people: 4"
    take "$A,$B,same," "$B,$D,same," "$C,$D,different,"
    cq-report person --iin=$B --as-of=2026-01-10 -f table --lang=en >person
    contains "$(cat person)" "Also listed under: $D, $A"
    contains "$(cq-report person --iin=$A --as-of=2026-01-10)" "verdict,2,,,,,,same; other_iin=$B"
    lacks "$(cq-report person --iin=$C --as-of=2026-01-10 -f table)" "Also listed"
    cq-report contingent --by=agency --as-of=2026-01-10 -f table >table
    contains "$(cat table)" "people: 2"
    equal "$(cq-report contingent --by=agency --as-of=2026-01-10)" "agency,people
internal_affairs,2
courier,1
penal,1"
    equal "$(cq-report contingent --by=category --as-of=2026-01-10)" "category,people
employee,2"
    cq-eligible --all --service=outpatient --as-of=2026-01-10 | cmp - before.csv
}

@test "who are both one with a third are not asked about, but what contradicts them is" {
    people
    sed 's/^850315100006/850315100204/; s/internal_affairs/penal/; 3,$d' people.csv >third.csv
    cq-import -q --as-of=2026-01-02 third.csv
    equal "$(review | wc -l)" 3
    take "$A,$B,same," "850315100204,$B,same,"
    equal "$(review)" ""
    sed -i "s/^$C/$B/" other.csv
    contradict
    equal "$(review | cut -d, -f1,3)" "contradiction,$B"
    take "$A,850315100204,different,"
    equal "$(review | cut -d, -f1)" contradiction
}

@test "check finds verdicts about people whom a run that was taken back had named" {
    people
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        850315100704,Омаров,Болат,1985-03-15,employee,fire_service >third.csv
    cq-import -q --as-of=2026-01-03 third.csv
    take "$A,850315100704,different,"
    contains "$(cq-report check --as-of=2026-01-10)" "verdict_unknown,warning,ok,0,"
    cq-import -q --undo=2
    contains "$(cq-report check --as-of=2026-01-10)" "verdict_unknown,warning,found,1,"
}

@test "a list of verdicts in Russian words, in CP1251 and as a workbook; its rejects can be mended" {
    people
    cq-report quality --review --as-of=2026-01-10 -f xlsx -o review.xlsx
    printf '%s\n' 'ИИН;Второй ИИН;Решение;Чьи сведения верны' "$A;$B;один человек;МВД" \
        "$A;$C;разные люди;" "$A;$D;наверное;" >list.csv
    iconv -f UTF-8 -t CP1251 list.csv >coded.csv
    run -1 --separate-stderr cq-import --kind=verdicts --as-of=2026-01-05 --max-bad=50 \
        --rejects=rejects.csv coded.csv
    equal "$(sqlite3 v.db 'SELECT count(*), sum(verdict), max(whose) FROM verdict')" "2|1|2"
    sed 's/наверное/другое лицо/' rejects.csv >mended.csv
    cq-import -q --kind=verdicts --as-of=2026-01-05 mended.csv
    equal "$(sqlite3 v.db 'SELECT count(*), sum(verdict) FROM verdict')" "3|2"
    run -0 --separate-stderr cq-import -v --kind=verdicts --as-of=2026-01-10 review.xlsx
    contains "$stderr" "without a verdict yet: 1 rows"
}

@test "two lists that name one IIN otherwise are listed until somebody says whose words are right" {
    local H=iin,last_name,first_name,birth_date,category,agency
    export CQ_DB="$PWD/v.db"
    printf '%s\n' $H "$A,Ахметов,Нұрлан,1985-03-15,employee,internal_affairs" \
        "$B,Қасымов,Қанат,1985-03-15,employee,internal_affairs" >one.csv
    printf '%s\n' $H "$A,Сергеев,Нұрлан,1985-03-15,pensioner,courier" \
        "$B,Касымов,Канат,1985-03-15,pensioner,courier" >two.csv
    cq-import -q --list-date=2026-01-01 one.csv 2>/dev/null
    cq-import -q --list-date=2026-01-02 two.csv 2>/dev/null
    # Another spelling is no other name.
    equal "$(review)" "contradiction,lists_differ,$A,$A"
    run cq-report quality --review --as-of=2026-02-01
    contains "$output" "contradiction,lists_differ,$A,courier,Сергеев,Нұрлан,,1985-03-15,$A,internal_affairs,Ахметов,Нұрлан,,1985-03-15,2,2,,"
    printf '%s\n' iin,other_iin,verdict,whose "$A,$A,same,penal" >neither.csv
    run -3 --separate-stderr cq-import --kind=verdicts --as-of=2026-02-01 neither.csv
    contains "$stderr" "neither.csv:2: whose: no list of this agency names either of them"
    contains "$stderr" "[CQ-R072]"
    printf '%s\n' iin,other_iin,verdict,whose "$A,$A,same,internal_affairs" >settled.csv
    cq-import -q --kind=verdicts --as-of=2026-02-01 settled.csv
    equal "$(review)" ""
    # Nothing contradicts the other one.
    printf '%s\n' iin,other_iin,verdict "850315100704,850315100704,same" >none.csv
    printf '%s\n' $H "850315100704,Ааа,Ббб,1985-03-15,employee,courier" | cq-import -q --list-date=2026-01-03 - 2>/dev/null
    run -3 --separate-stderr cq-import --kind=verdicts --as-of=2026-02-01 none.csv
    contains "$stderr" "[CQ-R071]"
    sed -i s/Сергеев/Сергеева/ two.csv
    cq-import -q --list-date=2026-02-02 two.csv 2>/dev/null
    equal "$(review 2026-02-03)" "contradiction,lists_differ;changed_since,$A,$A"
}
