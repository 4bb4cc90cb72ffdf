# Registration at a polyclinic: papers seen, outpatient cards, slips; and that papers decide nothing.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

PATH="$CQ_TOOLS:$PATH"

PENSIONER_NEW=850315100016
WIDOW=850315100704

# The registry of the other tests with two people who have no card.
polyclinics() {
    registry
    cat >more.csv <<END
iin,last_name,first_name,birth_date,category,agency,special_rank,residence
$PENSIONER_NEW,Төртінші,Адам,1960-03-15,pensioner,internal_affairs,yes,711110000
$WIDOW,Бесінші,Адам,1985-03-15,employee,internal_affairs,yes,711110000
END
    import_list contingent more.csv
}

register() {
    cq-refer register --as-of=$DAY "$@"
}

# cards: IIN (its end), facility, number, papers, days of the cards that are open.
cards() {
    sqlite3 cq.db "SELECT substr(printf('%012d', iin), 7), facility, card_no, coalesce(papers, '-'),
        date(valid_from * 86400, 'unixepoch'), coalesce(date(registered_on * 86400, 'unixepoch'), '-')
        FROM card WHERE run_to IS NULL AND valid_to IS NULL ORDER BY facility, card_no"
}

runs() {
    sqlite3 cq.db 'SELECT count(*) FROM run'
}

@test "one person is registered by options: the next free number, papers in any words" {
    polyclinics
    run -0 --separate-stderr register --iin=$PENSIONER_NEW --facility=MVD-71 \
        --papers='пенсионное удостоверение; id_card' -f csv
    equal "$output" "iin,facility,card_no,opened_on,registered_on,papers,lacking,documents,category,agency,state
$PENSIONER_NEW,MVD-71,4,2026-03-02,2026-03-02,id_card+pension_certificate,,id_card+pension_certificate,pensioner,internal_affairs,opened"
    equal "$stderr" ""
    equal "$(sqlite3 cq.db 'SELECT kind, mode, read, added, changed, unchanged FROM run ORDER BY id DESC LIMIT 1')" \
        "cards|delta|1|1|0|0"
    equal "$(sqlite3 cq.db 'SELECT action, subject = (SELECT max(id) FROM run), detail FROM audit ORDER BY id DESC LIMIT 1')" \
        "register|1|1"
    run -0 --separate-stderr register --iin=$WIDOW --facility=MVD-71 --card-no=17а --on=2026-03-01 -f csv
    contains "$stderr" "papers: registered; papers still to be seen, which is no ground to refuse care (R78:14.2): ID card and service ID [CQ-W053]"
    contains "$output" "$WIDOW,MVD-71,17а,2026-03-01,2026-03-01,,id_card+service_id,"
    run -2 register --iin=$WIDOW --facility=MVD-71 --papers=diploma
    run -2 register --card-no=3 /dev/null
    run -2 register --status=issued --iin=$WIDOW
    run -2 cq-refer issue --papers=id_card
    cq-report check >check.csv || true
    equal "$(grep -c ',error,found,' check.csv)" 0
}

@test "papers are named in the language of the reader; a trial's slip says that it is one" {
    polyclinics
    run -0 --separate-stderr register -n --iin=$WIDOW --facility=MVD-71 --lang=ru
    contains "$stderr" "удостоверение личности"
    lacks "$stderr" id_card
    contains "$output" "ПРОЕКТ: человек не оформлен"
    contains "$output" "ЖОБА: адам тіркелген жоқ"
    run -0 --separate-stderr register -n --iin=$WIDOW --facility=MVD-71 --lang=en
    contains "$output" "DRAFT: not registered"
    run -0 --separate-stderr register --iin=$WIDOW --facility=MVD-71 --lang=kk
    contains "$stderr" "жеке куәлік"
    lacks "$output" "ЖОБА"
}

@test "a batch: what is refused, and the others go on" {
    polyclinics
    cat >batch.csv <<END
ЖСН;Ұйым коды;Құжаттар;Карта нөмірі
$PENSIONER_NEW;MVD-71;жеке куәлік;
$WIDOW;MVD-71;;3
$EMPLOYEE;MVD-71;id_card+service_id;2
$CHILD;CITY-59;;
$APART;NOWHERE;;
860101100008;MVD-71;;
$PENSIONER;;;
$REMOTE;MVD-75;id_card+service_id;
END
    run -1 --separate-stderr register -f csv <batch.csv
    equal "$(grep -o '^cq-refer: -:[0-9]*: [a-z_]*\|CQ-[RW]0[0-9]*' <<<"$stderr" | paste -d' ' - - | sort)" \
        "$(sort <<'END'
cq-refer: -:2: papers CQ-W053
cq-refer: -:3: card_no CQ-R076
cq-refer: -:4: card_no CQ-R077
cq-refer: -:5: facility CQ-R074
cq-refer: -:6: facility CQ-R060
cq-refer: -:7: iin CQ-R012
cq-refer: -:8: facility CQ-R004
cq-refer: -:9: facility CQ-W054
END
)"
    equal "$(cut -d, -f1-4 <<<"$output")" "iin,facility,card_no,opened_on
$PENSIONER_NEW,MVD-71,4,$DAY
$REMOTE,MVD-75,2,$DAY"
    # Whom no list names, and whose list does not name them yet.
    run -1 --separate-stderr register --iin=850315100716 --facility=MVD-71
    contains "$stderr" "iin: no list names this person on that day, and registration goes by the lists of the HR services (R78:14.1) [CQ-R075]"
    lacks "$stderr" 850315100716
    run -1 --separate-stderr register --iin=$WIDOW --facility=MVD-71 --on=2026-03-03
    contains "$stderr" "[CQ-R023]"
    # A card that was opened later is elsewhere.
    run -1 --separate-stderr register --iin=$REMOTE --facility=MVD-71 --on=2026-03-01
    contains "$stderr" "on: the person has a card that was opened after that day [CQ-R078]"
}

@test "the same person twice, in one batch and again: the number they have" {
    polyclinics
    printf '%s\n' iin,facility,papers $WIDOW,MVD-71,id_card $WIDOW,MVD-71,id_card \
        $PENSIONER_NEW,MVD-71,id_card $PENSIONER_NEW,MVD-75,id_card >batch.csv
    run -1 --separate-stderr register -f csv <batch.csv
    contains "$stderr" "-:3: iin: the same row stands twice; taken once [CQ-W013]"
    contains "$stderr" "-:4: iin: the same key stands in this list with other data [CQ-R052]"
    contains "$stderr" "-:5: iin: the same key"
    equal "$(tail -n +2 <<<"$output" | cut -d, -f1-3,11)" "$WIDOW,MVD-71,4,opened"
    local before
    before=$(runs)
    run -0 --separate-stderr register --iin=$WIDOW --facility=MVD-71 --papers=id_card --on=2026-03-01 -f csv
    equal "$(tail -n 1 <<<"$output" | cut -d, -f3-6,11)" "4,$DAY,$DAY,id_card,unchanged"
    equal "$(runs)" "$before" "nothing new, no run"
    register -q --iin=$WIDOW --facility=MVD-71 --papers=service_id --as-of=2026-03-05 -f csv >out.csv
    equal "$(tail -n 1 out.csv | cut -d, -f3-7,11)" "4,$DAY,$DAY,id_card+service_id,,added"
    equal "$(cards | grep 100704)" "100704|MVD-71|4|3|$DAY|$DAY"
}

@test "who comes back has the number and the papers of before, which nobody else gets" {
    polyclinics
    register -q --iin=$WIDOW --facility=MVD-71 --papers=id_card+service_id -f csv >out.csv
    equal "$(tail -n 1 out.csv | cut -d, -f3)" 4
    cq-refer register -q --as-of=2026-03-05 --iin=$WIDOW --facility=MVD-75 --papers=id_card -f csv >out.csv
    run -1 --separate-stderr cq-refer register --as-of=2026-03-06 --iin=$PENSIONER_NEW --facility=MVD-71 --card-no=4 -f csv
    contains "$stderr" "card_no: another person has a card of this number there"
    run -0 --separate-stderr cq-refer register --as-of=2026-03-09 --iin=$WIDOW --facility=MVD-71 -f csv
    equal "$(tail -n 1 <<<"$output" | cut -d, -f2-7,11)" "MVD-71,4,2026-03-09,2026-03-09,id_card+service_id,,opened"
    lacks "$stderr" CQ-W053
    # Another number may be given; the papers are the person's.
    cq-refer register -q --as-of=2026-03-10 --iin=$WIDOW --facility=MVD-75 --card-no=9 -f csv >out.csv
    equal "$(tail -n 1 out.csv | cut -d, -f3,6)" "9,id_card"
    # Where another list gave the number to somebody else, it is the next free one.
    printf '%s\n' iin,facility,card_no,opened_on "$PENSIONER_NEW,MVD-71,4,2026-03-11" >own.csv
    import_list cards own.csv 2026-03-11
    cq-refer register -q --as-of=2026-03-12 --iin=$WIDOW --facility=MVD-71 -f csv >out.csv
    equal "$(tail -n 1 out.csv | cut -d, -f3)" 5
}

@test "a polyclinic may head its column by what it is" {
    polyclinics
    printf '%s\n' 'ИИН;Поликлиника;Предъявленные документы' "$WIDOW;MVD-71;служебное удостоверение" >ru.csv
    printf '%s\n' 'ЖСН;Емхана;Карта нөмірі;Ашылған күні' "$PENSIONER_NEW;MVD-71;31;01.03.2026" >kk.csv
    register -q -f csv ru.csv >out.csv
    equal "$(tail -n 1 out.csv | cut -d, -f1-3,6)" "$WIDOW,MVD-71,4,service_id"
    import_list cards kk.csv $DAY
    contains "$(cards)" "100016|MVD-71|31|-|2026-03-01|-"
}

@test "eight registrars at once never give one number twice" {
    polyclinics
    gen contingent 40 --seed=5 >many.csv
    import_list contingent many.csv
    tail -n +2 many.csv | cut -d, -f1 >iins
    split -n l/8 iins part.
    for part in part.*; do
        for iin in $(cat "$part"); do
            cq-refer register -q --as-of=2026-11-01 --iin="$iin" --facility=MVD-71 --papers=id_card \
                -f csv 2>>errors | tail -n +2
        done >"$part.out" &
    done
    wait
    cat part.*.out >all
    local listed
    listed=$(wc -l <all)
    [ "$listed" -gt 30 ] || fail "only $listed registered: $(sort errors | uniq -c)"
    equal "$(cut -d, -f3 all | sort -n)" "$(seq 4 $((listed + 3)))" "numbers without a gap"
    equal "$(cut -d, -f1,3 all | sort)" "$(sqlite3 -csv cq.db "SELECT printf('%012d', iin), card_no FROM card
        WHERE facility = 'MVD-71' AND run_to IS NULL AND CAST(card_no AS INTEGER) > 3" | tr -d '\r"' | sort)"
    cq-report audit --verify >/dev/null
}

@test "numbers: as wide as the greatest, given ones first, words do not count, none comes back" {
    polyclinics
    printf '%s\n' iin,facility,card_no,opened_on "$PENSIONER_NEW,MVD-75,0099,2025-01-01" "$APART,MVD-75,12/б,2025-01-01" >own.csv
    import_list cards own.csv
    printf '%s\n' iin,facility,card_no $CHILD,MVD-75, $WIDOW,MVD-75,0100 $EMPLOYEE,MVD-75,0100 $REMOTE,MVD-75, >batch.csv
    run -1 --separate-stderr register -f csv <batch.csv
    contains "$stderr" "-:4: card_no: another person has a card of this number there"
    equal "$(tail -n +2 <<<"$output" | cut -d, -f1,3)" "$CHILD,0101
$WIDOW,0100
$REMOTE,0102"
    cq-import -q --as-of=$DAY --undo="$(runs)"
    register -q --iin=$CHILD --facility=MVD-75 -f csv >out.csv
    equal "$(tail -n 1 out.csv | cut -d, -f3)" 0103 "a number that was on paper once"
}

@test "roles: a minor of the family, a pensioner without the certificate, a child of the fallen" {
    polyclinics
    lacking() {
        register -q "$@" -f csv | tail -n 1 | cut -d, -f7
    }
    equal "$(lacking --iin=$CHILD --facility=MVD-71)" id_card/birth_certificate
    equal "$(lacking --iin=$CHILD --facility=MVD-71 --papers=passport)" id_card/birth_certificate
    equal "$(lacking --iin=$CHILD --facility=MVD-71 --papers=birth_certificate)" ""
    # Of age, the certificate is not enough.
    cp cq.db minor.db
    register -q --iin=$CHILD --facility=MVD-75 --papers=birth_certificate --as-of=2026-03-20 -f csv >adult.csv
    equal "$(tail -n 1 adult.csv | cut -d, -f7)" id_card
    equal "$(lacking --iin=$PENSIONER --facility=MVD-75 --papers=id_card)" pension_certificate
    equal "$(lacking --iin=$PENSIONER --facility=MVD-75 --papers=service_id)" pension_certificate
    equal "$(lacking --iin=$EMPLOYEE --facility=MVD-71 --papers=pension_certificate)" id_card+service_id
}

@test "a run of cards: taken back, known at its hour, and -n keeps nothing" {
    polyclinics
    local before after
    before=$(cards)
    register -q -n --iin=$WIDOW --facility=MVD-71 --papers=id_card -f csv >dry.csv
    contains "$(cat dry.csv)" "$WIDOW,MVD-71,4,$DAY"
    equal "$(cards)" "$before" "a dry run"
    register -q --iin=$EMPLOYEE --facility=MVD-75 --papers=id_card -f csv >out.csv
    register -q --iin=$WIDOW --facility=MVD-71 --papers=id_card -f csv >>out.csv
    after=$(cards)
    contains "$after" "100006|MVD-75|2|1|$DAY|$DAY"
    equal "$(sqlite3 cq.db "SELECT date(valid_to * 86400, 'unixepoch') FROM card WHERE facility = 'MVD-71' AND card_no = 1 AND run_to IS NULL")" \
        "$DAY" "the card elsewhere ends"
    equal "$(cq-report person --iin=$EMPLOYEE --as-of=$DAY --known-at=2026-01-01T00:00:00Z 2>/dev/null | grep -c MVD-75)" 0
    cq-import -q --as-of=$DAY --undo="$(runs)"
    cq-import -q --as-of=$DAY --undo="$(($(runs) - 2))"
    equal "$(cards)" "$before" "taken back"
    cq-report check >check.csv || true
    equal "$(grep -c ',error,found,' check.csv)" 0
}

@test "the slip: A5, a page a person, two languages or English, nothing from outside" {
    polyclinics
    printf '%s\n' iin,facility,papers "$WIDOW,MVD-71,id_card" "$PENSIONER_NEW,MVD-71," >batch.csv
    register -q --referrer='Тіркеуші <А. Б.>' -o slip.html <batch.csv
    equal "$(grep -o '<main>' slip.html | wc -l)" 2
    contains "$(cat slip.html)" "size:A5"
    contains "$(cat slip.html)" "02.03.2026"
    contains "$(cat slip.html)" "Бесінші Адам"
    contains "$(cat slip.html)" "қызметтік куәлік"
    contains "$(cat slip.html)" "служебное удостоверение"
    contains "$(cat slip.html)" "не записаны"
    contains "$(cat slip.html)" "Тіркеуші &lt;А. Б.&gt;"
    lacks "$(cat slip.html)" "http"
    lacks "$(cat slip.html)" "<script"
    register -q --lang=en -o english.html <batch.csv
    contains "$(cat english.html)" "Papers still to be seen"
    lacks "$(cat english.html)" "Предстоит"
    equal "$(sqlite3 cq.db "SELECT actor FROM audit WHERE action = 'register' ORDER BY id LIMIT 1")" 'Тіркеуші <А. Б.>'
}

@test "an output that cannot be written is an error, and what the registry holds is told" {
    polyclinics
    for format in csv json table; do
        # shellcheck disable=SC2016 # for the inner shell
        run -4 sh -c 'cq-refer register --as-of='$DAY' --iin='$WIDOW' --facility=MVD-71 --papers=id_card+service_id -f '$format' >/dev/full'
    done
    contains "$output" "[CQ-O003]"
    # shellcheck disable=SC2016
    run -4 sh -c 'cq-refer register --as-of='$DAY' --iin='$PENSIONER_NEW' --facility=MVD-71 >/dev/full'
    contains "$output" "the registry holds these registrations all the same: run $(runs)"
}

@test "papers change no answer: every person, every service, byte for byte" {
    polyclinics
    gen contingent 300 --seed=9 >many.csv
    import_list contingent many.csv
    answers() {
        for service in outpatient inpatient day_hospital medical_rehabilitation psychological_rehabilitation \
            sanatorium mental_health abroad; do
            cq-eligible --all --as-of=2026-11-01 --service=$service --why-not
        done
    }
    answers >before
    for papers in '' id_card service_id+passport birth_certificate+pension_certificate+id_card+service_id; do
        printf '%s\n' iin,facility,papers >batch.csv
        tail -n +2 many.csv | cut -d, -f1 | sed "s/\$/,MVD-71,$papers/" >>batch.csv
        run cq-refer register -q --as-of=2026-11-01 -o slips.html batch.csv
        [ "$status" -le 1 ] || fail "$output"
        answers >after
        cmp before after
    done
    [ "$(sqlite3 cq.db 'SELECT count(*) FROM card WHERE papers IS NOT NULL AND run_to IS NULL')" -gt 200 ]
}

@test "answers are piped in as they stand" {
    polyclinics
    printf '%s\n' iin $EMPLOYEE $PENSIONER $WIDOW |
        cq-eligible --as-of=$DAY -s outpatient | cq-refer register --as-of=$DAY -q --papers=id_card -f csv >out.csv
    equal "$(tail -n +2 out.csv | cut -d, -f1-3,7)" "$EMPLOYEE,MVD-71,1,service_id
$PENSIONER,MVD-75,1,pension_certificate
$WIDOW,MVD-71,4,service_id"
}

@test "a request that is refused writes nothing, whatever cards the person has there" {
    polyclinics
    printf 'iin,facility,card_no,opened_on\n%s,MVD-71,A1,2025-01-01\n' "$WIDOW" >first.csv
    printf 'iin,facility,card_no,opened_on\n%s,MVD-71,B2,%s\n' "$WIDOW" "$DAY" >second.csv
    import_list cards first.csv
    import_list cards second.csv
    sqlite3 cq.db .dump >before
    # Two cards there, one of them later than the day: neither number nor day is guessed.
    for number in "" --card-no=A1 --card-no=B2; do
        run -1 --separate-stderr register --iin=$WIDOW --facility=MVD-71 --on=2026-02-01 \
            --papers=id_card -f csv $number
        equal "$(grep -o 'CQ-R07[78]' <<<"$stderr" | tail -n 1)" \
            "$([ "$number" = --card-no=B2 ] && echo CQ-R077 || echo CQ-R078)" "$number"
        equal "$(wc -l <<<"$output")" 1
    done
    # What is known now decides; what was once known, a dry run tells.
    run -2 register --iin=$PENSIONER_NEW --facility=MVD-71 --known-at=2026-03-01
    sqlite3 cq.db .dump | cmp - before
    run -0 --separate-stderr register -n --iin=$PENSIONER_NEW --facility=MVD-71 --known-at=2099-01-01
}

@test "what stands where there is no number is no card number" {
    polyclinics
    run -0 --separate-stderr register -f csv <<<"iin,facility,card_no
$PENSIONER_NEW,MVD-71,-
$WIDOW,MVD-71,н/д"
    equal "$(cut -d, -f1-3 <<<"$output")" "iin,facility,card_no
$PENSIONER_NEW,MVD-71,4
$WIDOW,MVD-71,5"
    run -1 --separate-stderr cq-import --as-of=$DAY --list-date=$DAY --max-bad=100 --kind=cards - <<<"iin,facility,card_no,opened_on
$PENSIONER_NEW,MVD-71,-,$DAY
$WIDOW,#N/A,7,$DAY"
    equal "$(grep -o '[0-9]: [a-z_]*: .*' <<<"$stderr")" "2: card_no: a required value is missing [CQ-R004]
3: facility: a required value is missing [CQ-R004]"
}

@test "a number that was given is given to nobody else, however long" {
    polyclinics
    printf 'iin,facility,card_no,opened_on\n%s,MVD-71,999999999999999,2025-01-01\n' "$PENSIONER" >long.csv
    cq-import -q --as-of=$DAY --list-date=$DAY --kind=cards long.csv
    for iin in $PENSIONER_NEW $WIDOW; do
        register -f csv --iin=$iin --facility=MVD-71 2>/dev/null | sed -n '2s/^[^,]*,[^,]*,\([^,]*\),.*/\1/p'
    done >given
    equal "$(cat given)" "4
5"
}

@test "a card that opens later is no registration today, and keeps nobody from one where the card is" {
    polyclinics
    printf 'iin,facility,card_no,opened_on\n%s,MVD-71,77,2062-03-01\n' "$WIDOW" >later.csv
    run -0 --separate-stderr cq-import --as-of=2026-01-05 --list-date=2026-01-05 -k cards later.csv
    contains "$stderr" "later.csv:2: opened_on: a card opened more than a month after the day of the list: is the year right? [CQ-W066]"
    run -1 --separate-stderr register --iin=$WIDOW --facility=MVD-71 --papers=id_card -f csv
    contains "$stderr" "[CQ-R078]"
    run -1 --separate-stderr cq-import --as-of=2026-01-05 --list-date=2026-01-05 --max-bad=100 -k cards - <<<"iin,facility,card_no,opened_on,registered_on
$PENSIONER_NEW,MVD-71,78,2026-01-01,2062-01-01"
    contains "$stderr" "2: registered_on: "
    contains "$stderr" "[CQ-R023]"
    # The employee moves to MVD-75 in December; until then papers are recorded where the card is.
    printf 'iin,facility,card_no,opened_on\n%s,MVD-75,9,2026-12-01\n' "$EMPLOYEE" >move.csv
    import_list cards move.csv
    run -0 --separate-stderr register --iin=$EMPLOYEE --facility=MVD-71 --papers=id_card -f csv
    equal "$(column card_no - <<<"$output")" 1
}

@test "the number of a registration that was taken back stays its own, that of a wrong list does not" {
    polyclinics
    register -q --iin=$WIDOW --facility=MVD-71 -f csv >given.csv
    equal "$(column card_no given.csv)" 4
    cq-import -q --as-of=$DAY --undo="$(runs)"
    printf 'iin,facility,card_no\n%s,MVD-71,4\n' "$PENSIONER_NEW" >taken.csv
    run -1 --separate-stderr register -f csv taken.csv
    contains "$stderr" "[CQ-R076]"
    printf 'iin,facility,card_no,opened_on\n%s,MVD-71,8,2026-01-01\n' "$WIDOW" >wrong.csv
    import_list cards wrong.csv
    cq-import -q --as-of=$DAY --undo="$(runs)"
    sed -i s/,4/,8/ taken.csv
    run -0 --separate-stderr register -f csv taken.csv
    equal "$(column card_no - <<<"$output")" 8
}

@test "a slip of somebody who is registered already adds a line to the log" {
    polyclinics
    register -q --iin=$WIDOW --facility=MVD-71 --papers=id_card >slip.html
    local lines
    lines=$(sqlite3 cq.db 'SELECT count(*) FROM audit')
    register -q --iin=$WIDOW --facility=MVD-71 --papers=id_card >slip.html
    contains "$(cat slip.html)" Бесінші
    equal "$(sqlite3 cq.db 'SELECT count(*) FROM audit')" "$((lines + 1))"
    equal "$(cq-report audit | grep -c ",read,")" 1
}
