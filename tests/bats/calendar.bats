# Working days: the law's holidays, and the lists that correct single days.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# take ROW...: imports a list of the calendar of 2026-01-02. MODE: delta or full.
take() {
    export CQ_DB="$PWD/c.db"
    printf '%s\n' day,working,act "$@" >days.csv
    cq-import --kind=calendar -m "${MODE:-delta}" --list-date="${ON:-2026-01-02}" \
        --as-of="${ON:-2026-01-02}" --max-bad=100 --summary=s.json days.csv
}

# standing: the days that are corrected now, as the programs read them.
standing() {
    sqlite3 c.db "SELECT date(day * 86400, 'unixepoch'), working, act FROM calendar
        WHERE run_to IS NULL AND (valid_to IS NULL OR valid_to > day) ORDER BY day"
}

@test "a list of the calendar in three languages, again, changed and taken back" {
    take 2026-05-27,no,"Kurban ait" 2026-07-04,yes,"PP 1"
    contains "$(cat s.json)" '"kind":"calendar","mode":"delta"'
    equal "$(standing)" "2026-05-27|0|Kurban ait
2026-07-04|1|PP 1"
    printf '%s\n' 'Дата;Рабочий день;Основание' '27.05.2026;нет;Kurban ait' >ru.csv
    cq-import -q --kind=calendar --as-of=2026-01-02 --summary=s.json ru.csv
    contains "$(cat s.json)" '"unchanged":1,"added":0'
    printf '%s\n' 'Күні;Жұмыс күні;Негізі' '27.05.2026;иә;' >kk.csv
    cq-import -q --kind=calendar --as-of=2026-01-02 --changes=c.csv --summary=s.json kk.csv
    contains "$(cat s.json)" '"unchanged":0,"added":0,"changed":1'
    equal "$(cat c.csv)" "day,field,old,new
2026-05-27,working,no,yes
2026-05-27,act,Kurban ait,"
    cq-import -q --undo=3
    equal "$(standing)" "2026-05-27|0|Kurban ait
2026-07-04|1|PP 1"
    equal "$(cq-report runs | cut -d, -f3,4 | tail -n +2 | tr '\n' ' ')" \
        "calendar,delta calendar,delta calendar,delta calendar,undo "
    cq-report check --as-of=2026-01-02 | grep -E '^(overlap_calendar|version_)' | grep -v ',ok,' && false
    true
}

@test "a full list speaks of its own day and later ones; who comes back holds for its day" {
    take 2025-06-06,no,a 2026-05-27,no,b 2026-07-04,yes,c
    MODE=full ON=2026-01-10 take 2026-05-27,no,b
    contains "$(cat s.json)" '"unchanged":1,"added":0,"changed":0,"ended":1'
    equal "$(standing)" "2025-06-06|0|a
2026-05-27|0|b"
    # Told again after its own day, it is what the day was.
    ON=2026-08-01 take 2026-07-04,yes,c
    equal "$(standing)" "2025-06-06|0|a
2026-05-27|0|b
2026-07-04|1|c"
    # A day that a slip rejects is not taken for absent.
    ON=2026-08-02 take 2026-10-26,no,d 2026-10-27,no,e
    MODE=full ON=2026-08-03 run -1 --separate-stderr take 2026-10-26,nope,d
    equal "$(standing | tail -n 1)" "2026-10-26|0|d"
}

@test "a wrong list of the calendar is told: twice a day, a slip of the year, many days" {
    run -1 --separate-stderr take 2026-05-27,no,a 2026-05-27,yes,a 2062-05-27,no,a ,no,a 2026-05-28,,a
    contains "$stderr" "days.csv:2: day: the same key stands in this list with other data [CQ-R052]"
    contains "$stderr" "days.csv:4: day: a day two years ahead or more: is the year right? [CQ-W061]"
    contains "$stderr" "days.csv:5: day: "
    contains "$stderr" "days.csv:6: working: "
    seq 0 364 | awk '{ print strftime("%Y-%m-%d", 1767225600 + $1 * 86400, 1) "," ($1 % 7 == 2 || $1 % 7 == 3 ? "yes" : "no") "," }' >year
    mapfile -t rows <year
    run -0 --separate-stderr take "${rows[@]}"
    contains "$stderr" "days.csv:1: many days of one year are stated otherwise than the law has them: "
    contains "$stderr" "(2026) [CQ-W060]"
    lacks "$stderr" "would lose"
    # A right calendar of the whole year is not.
    sed 's/,yes,/,x,/; s/,no,/,yes,/; s/,x,/,no,/' year | grep -vE '2026-(01-0[127]|03-(09|2[345])|05-(01|07|11)|07-06|10-26|12-16)' >right
    mapfile -t rows <right
    rm -f c.db
    run -0 --separate-stderr take "${rows[@]}"
    lacks "$stderr" W060
}

@test "--law=DIR brings other holidays, and a broken table is refused" {
    mkdir law
    cp "$TOP"/lib/law/*.csv law
    cq-report law -f table | grep -q 'Republic Day'
    cq-report law -f table --lang=kk | grep -q 'Республика күні'
    sed -i 's/Republic Day/Day of the Republic/' law/holidays.csv
    cq-report law --law=law -f table | grep -q 'Day of the Republic'
    cq-report law --as-of=2026-11-01 -f html --lang=ru >h.html
    grep -q 'День Независимости' h.html
    lacks "$(cat h.html)" 'День Первого Президента'
    sed -i 's/^10,25/10,32/' law/holidays.csv
    run -3 --separate-stderr cq-report law --law=law
    contains "$stderr" "law/holidays.csv:15: day: "
    rm law/holidays.csv
    run -4 --separate-stderr cq-report law --law=law
    contains "$stderr" "law/holidays.csv: "
}

# far: a planned stay in Astana of somebody who lives elsewhere, sent on 2026-03-16, Monday; Nauryz
# lies before its fifth working day.
far() {
    registry
    printf '%s\n' iin,service,profile,urgency,destination,from_facility,referrer \
        "$REMOTE,inpatient,,planned,astana,MVD-71,Specialist" |
        cq-refer issue --as-of=2026-03-16 >far.csv
    column number far.csv
}

@test "answer_by is the fifth working day, and lists of the calendar move it" {
    local number
    export CQ_DB="$PWD/cq.db"
    number=$(far)
    # 17, 18, 19, 20 March, then 26: 21 to 23 are Nauryz, 24 and 25 off for Saturday and Sunday.
    equal "$(column answer_by far.csv)" 2026-03-26
    issue --iin=$EMPLOYEE --service=outpatient >near.csv
    equal "$(column answer_by near.csv)" ""
    printf 'day,working\n2026-03-18,no\n2026-03-21,yes\n' >days.csv
    cq-import -q --kind=calendar --as-of=2026-03-17 days.csv
    # 17, 19, 20, Saturday 21; one day off less is given: 24; so 25.
    equal "$(cq-refer show "$number" | column answer_by -)" 2026-03-25
    cq-import -q --undo=4
    equal "$(cq-refer list | column answer_by - | head -n 1)" 2026-03-26
}

@test "a late answer is recorded with a warning, and overdue lists who waits and who was late" {
    local number
    export CQ_DB="$PWD/cq.db"
    number=$(far)
    equal "$(cq-report overdue --as-of=2026-03-26 | tail -n +2)" "" "on the last day"
    equal "$(cq-report overdue --as-of=2026-03-27 | tail -n +2 | cut -d, -f2,3,8,10,11)" \
        "answer_waiting,issued,11,2026-03-26,"
    cp cq.db before.db
    run -0 --separate-stderr cq-refer answer --on=2026-03-26 --planned-on=2026-04-06 "$number"
    lacks "$stderr" W062
    equal "$(cq-report overdue --as-of=2026-03-27 | tail -n +2)" "" "answered in time"
    cp before.db cq.db
    run -0 --separate-stderr cq-refer answer --on=2026-03-27 --planned-on=2026-04-06 "$number"
    contains "$stderr" "$number: answered after the last day for it (O281:7): 2026-03-26 [CQ-W062]"
    equal "$(cq-report overdue --as-of=2026-03-30 | tail -n +2 | cut -d, -f2,3,8,10,11)" \
        "answered_late,accepted,14,2026-03-26,2026-03-27"
    equal "$(cq-report overdue --as-of=2026-04-10 --days=5 | tail -n +2 | cut -d, -f2)" waiting
    equal "$(cq-report overdue --as-of=2026-04-02 --days=20 | tail -n +2 | cut -d, -f2)" answered_late
    # Whoever accepts or rejects answers, too.
    for move in accept "reject --reason=full"; do
        cp before.db cq.db
        # shellcheck disable=SC2086 # several words
        run -0 --separate-stderr cq-refer $move --on=2026-03-27 "$number"
        contains "$stderr" "2026-03-26 [CQ-W062]"
    done
    cp before.db cq.db
    run -0 --separate-stderr cq-refer answer --on=2026-04-01 --reason="орын жоқ" "$number"
    contains "$stderr" W062
    equal "$(cq-report overdue --as-of=2026-05-30 --days=10 | tail -n +2)" "" "long ago"
    equal "$(cq-report overdue --as-of=2026-04-08 --days=10 | tail -n +2 | cut -d, -f2,3,8)" \
        "answered_late,rejected,16"
    cq-report overdue --as-of=2026-04-08 --lang=kk -f table | grep -q 'жауап кеш берілген'
    cq-report overdue --as-of=2026-04-08 --lang=ru -f html | grep -q 'ответ дан позже срока'
}
