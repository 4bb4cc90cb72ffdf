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
    take "$B,$A,один человек,МВД"
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
    contains "$stderr" "verdicts.csv:2: other_iin: no list names this IIN"
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
