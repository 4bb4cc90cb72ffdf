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
