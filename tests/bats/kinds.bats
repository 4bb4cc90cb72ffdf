# The lists of the Fund, of outpatient cards and of the President's Affairs Administration.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006
B=850315100016

registry() {
    export CQ_DB="$PWD/cq.db"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency,residence,coresident,sponsor_iin \
        $A,Бірінші,Адам,1885-03-15,pensioner,internal_affairs,711110000,, \
        $B,Екінші,Адам,1885-03-15,employee,internal_affairs,711110000,, >people.csv
    cq-import -q --list-date=2024-01-01 people.csv
    printf '%s\n' facility,owner,kato,service M,mvd,711110000,inpatient >facilities.csv
    cq-import -q -k facilities --list-date=2024-01-01 facilities.csv
}

# take KIND HEADER ROW... : a list of the day 2026-01-01.
take() {
    local kind=$1
    shift
    printf '%s\n' "$@" >list.csv
    cq-import -q -k "$kind" --list-date=2026-01-01 list.csv
}

# outcome DAY: of a pensioner's request outside the free package, which hangs on insurance alone.
outcome() {
    cq-eligible --as-of="$1" --service=inpatient --package=osms --indicated=yes $A |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "outcome") at = i; next } { print $at }'
}

@test "insurance covers three months after the last paid month, to the day" {
    registry
    for paid in 2026-01-01 2026-01-15 2026-01-31; do
        take insurance iin,insured,paid_until,checked_on $A,yes,$paid,2026-01-02
        equal "$(outcome 2026-01-02)" conditional "paid until $paid"
        equal "$(outcome 2026-02-01)" conditional "paid until $paid"
        equal "$(outcome 2026-04-30)" conditional "paid until $paid"
        equal "$(outcome 2026-05-01)" ineligible "paid until $paid"
        equal "$(outcome 2027-01-01)" ineligible "paid until $paid"
    done
    take insurance iin,insured,paid_until,checked_on $A,yes,2026-11-30,2026-01-02 # over the year
    equal "$(outcome 2027-02-28)" conditional
    equal "$(outcome 2027-03-01)" ineligible
    take insurance iin,insured,paid_until,checked_on $A,yes,,2026-01-02 # no end is known
    equal "$(outcome 2030-01-01)" conditional
    # Before the Fund was asked a pensioner is presumed to be insured.
    take insurance iin,insured,paid_until,checked_on $A,no,,2026-01-02
    equal "$(outcome 2026-01-01)" conditional "before"
    equal "$(outcome 2026-01-02)" ineligible "the Fund's no"
}

@test "the Fund's no counts from the day it was asked; a later word replaces an earlier one" {
    registry
    take insurance iin,insured,paid_until,checked_on $A,yes,2026-06-30,2026-01-02
    equal "$(outcome 2026-03-01)" conditional
    take insurance iin,insured,paid_until,checked_on $A,no,,2026-02-01
    equal "$(outcome 2026-01-31)" conditional "day before"
    equal "$(outcome 2026-02-01)" ineligible
    take insurance iin,insured,paid_until,checked_on $A,yes,2026-12-31,2026-02-10
    equal "$(outcome 2026-02-09)" ineligible
    equal "$(outcome 2026-02-10)" conditional "asked again"
    equal "$(sqlite3 cq.db "SELECT insured, date(valid_from * 86400, 'unixepoch'), date(valid_to * 86400, 'unixepoch')
        FROM insurance WHERE run_to IS NULL ORDER BY valid_from")" "1|2026-01-02|2026-02-01
0|2026-02-01|2026-02-10
1|2026-02-10|"
}

@test "one open card a person: a new one closes the old" {
    registry
    take cards iin,facility,card_no,opened_on $A,F1,1,2020-05-05 $B,F1,2,2020-05-05
    take cards iin,facility,card_no,opened_on $A,F2,7,2025-01-01
    equal "$(sqlite3 cq.db "SELECT iin % 10000, facility, card_no, date(valid_from * 86400, 'unixepoch'),
        date(valid_to * 86400, 'unixepoch') FROM card WHERE run_to IS NULL ORDER BY iin, valid_from")" \
        "6|F1|1|2020-05-05|2025-01-01
6|F2|7|2025-01-01|
16|F1|2|2020-05-05|"
    run -3 --separate-stderr take cards iin,facility,card_no,opened_on $A,F1,1,2020-05-05 $A,F2,2,2020-05-06
    contains "$stderr" "list.csv:2: iin: the same key stands in this list with other data [CQ-R052]"
    contains "$stderr" "list.csv:3: iin:"
    run -3 --separate-stderr take cards iin,facility,card_no,opened_on $A,,1,2020-05-05
    contains "$stderr" "facility: a required value is missing [CQ-R004]"
    equal "$(sqlite3 cq.db "SELECT max(n) FROM (SELECT count(*) AS n FROM card WHERE run_to IS NULL AND valid_to IS NULL GROUP BY iin)")" 1
}

# seen: the cards that are known, in words.
seen() {
    sqlite3 cq.db "SELECT iin % 10000, facility, card_no, papers, date(registered_on * 86400, 'unixepoch')
        FROM card WHERE run_to IS NULL ORDER BY iin, valid_from"
}

@test "papers seen at registration, in any order and language; a list without them leaves them" {
    registry
    printf '%s\n' facility,owner,kato,service F1,mvd,711110000,outpatient >polyclinics.csv
    cq-import -q -k facilities --list-date=2024-01-01 polyclinics.csv
    take cards iin,facility,card_no,opened_on,papers,registered_on \
        "$A,F1,1,2020-05-05,Pension_certificate + id_card,2025-10-01" \
        "$B,F1,2,2020-05-05,удостоверение личности; қызметтік куәлік,"
    equal "$(seen)" "6|F1|1|5|2025-10-01
16|F1|2|3|"
    take cards iin,facility,card_no,opened_on "$A,F1,1,2020-05-05" "$B,F1,7,2020-05-05"
    equal "$(seen)" "6|F1|1|5|2025-10-01
16|F1|7|3|" "a list without the columns"
    take cards ЖСН,Ұйым\ коды,Карта\ нөмірі,Ашылған\ күні,Құжаттар,Тіркелген\ күні \
        "$A,F1,1,2020-05-05,,2025-10-01" "$B,F1,7,2020-05-05,паспорт,02.10.2025"
    equal "$(seen)" "6|F1|1||2025-10-01
16|F1|7|16|2025-10-02" "an empty cell: not known"
    run -3 --separate-stderr take cards iin,facility,card_no,opened_on,papers "$A,F1,1,2020-05-05,id_card+диплом"
    contains "$stderr" "list.csv:2: papers: not one of the values allowed here: id_card, service_id, pension_certificate, birth_certificate, passport [CQ-R040]"
    run -0 cq-import -k cards --list-date=2026-01-01 --undo=6
    equal "$(seen)" "6|F1|1|5|2025-10-01
16|F1|7|3|" "taken back"
}

@test "cards elsewhere, of one number, of people whom no list names" {
    registry
    printf '%s\n' facility,owner,kato,service,valid_to F1,mvd,711110000,outpatient, \
        F2,health_subject,711110000,outpatient, F3,mvd,711110000,outpatient,2026-01-01 >polyclinics.csv
    cq-import -q -k facilities --list-date=2024-01-01 polyclinics.csv
    told() {
        printf '%s\n' iin,facility,card_no,opened_on "$@" >list.csv
        cq-import -k cards --list-date=2026-01-01 list.csv 2>&1 | sed -n 's/.*list.csv:\([0-9]*\): \([a-z_]*\):.*\(CQ-W0[0-9]*\).*/\1 \2 \3/p'
    }
    equal "$(told $A,F1,1,2020-05-05 $B,F1,2,2020-05-05)" ""
    equal "$(told $A,F1,1,2020-05-05 $B,F1,2,2020-05-05)" "" "the same again"
    equal "$(told $A,F1,1,2020-05-05 $B,F1,1,2020-05-05)" "3 card_no CQ-W051"
    equal "$(told $A,F2,1,2021-05-05 $B,F3,3,2021-05-05)" "2 facility CQ-W050
3 facility CQ-W050"
    equal "$(told $A,M,1,2022-05-05 $B,F1,1,2022-05-05)" "2 facility CQ-W050" "no longer the number of another"
    equal "$(told 850315100704,F1,9,2022-05-05)" "2 iin CQ-W052"
    equal "$(told $A,F1,5,2023-05-05 $B,F1,5,2023-05-05)" "2 card_no CQ-W051
3 card_no CQ-W051" "both in one list"
}

@test "the list of the Affairs Administration has days" {
    registry
    answer() { cq-eligible --as-of="$1" --service=inpatient --indicated=yes $B | tail -n 1 | cut -d, -f4,7; }
    equal "$(answer 2026-02-01)" conditional,mvd
    take presidential iin,valid_from,valid_to $B,2026-02-01,2026-07-01
    equal "$(answer 2026-01-31)" conditional,mvd before
    equal "$(answer 2026-02-01)" "$(answer 2026-06-30)" "first and last day"
    [ "$(answer 2026-02-01)" != conditional,mvd ]
    equal "$(answer 2026-07-01)" conditional,mvd after
    run -3 --separate-stderr take presidential iin,valid_from,valid_to $B,2026-02-01,2026-02-01
    contains "$stderr" "[CQ-R022]"
}

@test "--agency belongs to people alone, and kinds have their own columns" {
    registry
    run -2 cq-import -k cards -a courier people.csv
    run -2 cq-import -k nothing people.csv
    run -3 --separate-stderr cq-import -k cards people.csv
    contains "$stderr" "the header lacks a required column: facility, card_no, opened_on [CQ-F002]"
}
