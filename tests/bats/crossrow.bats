# Checks that look beyond one row: the same person twice, sponsors, moves, regions and their days.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006
B=850315100016
C=850315100704
D=850315100716
HEAD=iin,last_name,first_name,birth_date,category,agency,sponsor_iin,relation,coresident,killed_on,residence,valid_from

# person IIN NAME CATEGORY AGENCY [SPONSOR RELATION CORESIDENT KILLED RESIDENCE FROM]
person() {
    echo "$1,$2,Адам,1885-03-15,$3,$4,$5,$6,$7,$8,$9,${10}"
}

list() {
    { echo $HEAD; cat; }
}

# import DAY [ARGUMENT]...: standard input is the rows; every row may be bad.
import() {
    export CQ_DB="$PWD/cq.db"
    local day=$1
    shift
    list >list.csv
    run --separate-stderr cq-import -v --list-date="$day" --max-bad=100 "$@" list.csv
    findings=$(sed -n 's/^cq-import: list.csv:\([0-9]*\): .*\[CQ-\(.*\)\]$/\1:\2/p' <<<"$stderr" |
        grep -v ':W010$' | sort -n | paste -sd' ')
    counts=$(sed -n 's/.*accepted [0-9]* = added \([0-9]*\) + changed \([0-9]*\) + unchanged \([0-9]*\)/+\1 ~\2 =\3/p' <<<"$stderr")
}

# found FINDINGS COUNTS
found() {
    equal "$findings" "$1" findings
    equal "$counts" "$2" counts
}

standing() {
    sqlite3 "$CQ_DB" "SELECT iin % 10000, last_name, category, agency, date(valid_from * 86400, 'unixepoch'),
        date(valid_to * 86400, 'unixepoch') FROM person WHERE run_to IS NULL ORDER BY id, valid_from"
}

@test "the same person twice: the same row once, with a warning; different rows both out" {
    import 2026-01-01 <<END
$(person $A Бірінші employee courier)
$(person $B Екінші employee courier)
$(person $A Бірінші employee courier)
$(person $B Екінші pensioner courier)
$(person $C Үшінші employee courier)
$(person $A Бірінші employee courier)
END
    equal "$status" 1
    found "3:R052 4:W013 5:R052 7:W013" "+2 ~0 =2"
    contains "$stderr" "read 6 = accepted 4 + rejected 2"
    equal "$(standing)" "6|Бірінші|1|7||
704|Үшінші|1|7||"
    # What is written otherwise but says the same is the same row.
    import 2026-01-01 <<END
$A,"Бірінші", Адам ,15.03.1885,сотрудник,Courier,,,,,,
$(person $A Бірінші employee courier)
END
    found "3:W013" "+0 ~0 =2"
}

@test "another name and another birth date are another person: rejected, and kept for review" {
    import 2026-01-01 < <(person $A Бірінші employee courier)
    found "" "+1 ~0 =0"
    import 2026-01-02 <<END
$(person $A Бөтен employee courier | sed 's/1885-03-15/1886-04-16/')
$(person $B Екінші employee courier)
END
    found "2:R053" "+1 ~0 =0"
    equal "$(standing)" "6|Бірінші|1|7||
16|Екінші|1|7||"
    equal "$(sqlite3 "$CQ_DB" "SELECT run, line, iin, agency, code FROM review")" "2|2|$A|7|CQ-R053"
    import 2026-01-03 < <(person $A Бөтен employee internal_affairs | sed 's/1885-03-15/1886-04-16/')
    found "2:R053" "+0 ~0 =0" # in another agency's list too
    equal "$(sqlite3 "$CQ_DB" "SELECT count(*) FROM review")" 2
    # A new name, or a corrected birth date, is the same person; one after the other too.
    import 2026-01-04 < <(person $A Жаңа employee courier "" "" "" "" "" 2026-01-04)
    found "" "+0 ~1 =0"
    import 2026-01-05 < <(person $A Жаңа employee courier "" "" "" "" "" 2026-01-05 | sed 's/1885-03-15/1886-04-16/')
    found "" "+0 ~1 =0"
    # Undone with their runs or not: a dry run leaves none.
    import 2026-01-06 -n < <(person $B Бөтен employee courier | sed 's/1885-03-15/1886-04-16/')
    found "2:R053" "+0 ~0 =0"
    equal "$(sqlite3 "$CQ_DB" "SELECT count(*) FROM review")" 2
}

@test "two rows of one list under one number that are two people are both rejected" {
    import 2026-01-01 <<END
$(person $A Бірінші employee courier)
$(person $A Бөтен employee prosecution | sed 's/1885-03-15/1886-04-16/')
$(person $B Екінші employee courier)
END
    found "2:R053 3:R053" "+1 ~0 =0"
    equal "$(standing)" "16|Екінші|1|7||"
}

@test "a person in the lists of two agencies: both kept, reported once" {
    import 2026-01-01 <<END
$(person $A Бірінші employee courier)
$(person $B Екінші employee courier)
END
    import 2026-01-02 <<END
$(person $A Бірінші employee prosecution)
$(person $C Үшінші employee prosecution)
END
    found "2:W020" "+2 ~0 =0"
    equal "$(standing | cut -d'|' -f1,4)" "6|1
6|7
16|7
704|1"
    # A role that ended before is not two at once.
    import 2026-02-01 -m full -a courier < <(person $A Бірінші employee courier)
    import 2026-03-01 < <(person $B Екінші employee prosecution)
    found "" "+1 ~0 =0"
}

@test "sponsors: missing, oneself, unknown, no employee, no longer one" {
    import 2026-01-01 <<END
$(person $A Бірінші employee courier)
$(person $B Екінші family courier)
$(person $C Үшінші family courier $C child yes)
$(person $D Төртінші family courier $A spouse yes)
END
    found "3:W027 4:R051" "+3 ~0 =0"
    import 2026-01-01 < <(person $B Екінші family courier 850315100726 child yes)
    found "2:R012" "+0 ~0 =0"
    import 2026-01-01 <<END
$(person $B Екінші family courier 770101100005 child yes)
$(person $C Үшінші family courier $D child yes)
END
    found "2:W018 3:W019" "+1 ~1 =0"
    # The sponsor may stand in the same list, behind the family; and stops being one.
    rm cq.db
    import 2026-01-01 <<END
$(person $A Бірінші family courier $B spouse yes)
$(person $B Екінші employee courier)
END
    found "" "+2 ~0 =0"
    import 2026-02-01 < <(person $B Екінші pensioner courier)
    import 2026-01-31 -n < <(person $C Үшінші family courier $B child yes)
    found "" "+1 ~0 =0"
    import 2026-02-01 < <(person $C Үшінші family courier $B child yes)
    found "2:W019" "+1 ~0 =0"
}

@test "a child of the fallen: without the day, and with a sponsor who need not serve" {
    import 2026-01-01 <<END
$(person $A Бірінші pensioner courier)
$(person $B Екінші child_of_fallen courier $A child "" 2020-05-05)
$(person $C Үшінші child_of_fallen courier $A child)
$(person $D Төртінші child_of_fallen courier "" child "" 2020-05-05)
END
    found "4:W024 5:R050" "+3 ~0 =0"
    import 2026-01-01 < <(person $D Төртінші child_of_fallen courier $A child "" 2026-01-02)
    found "2:R023" "+0 ~0 =0"
}

@test "an employee becomes a pensioner: the old role ends the day the new one begins" {
    import 2026-01-01 < <(person $A Бірінші employee courier "" "" "" "" "" 2010-01-01)
    import 2026-03-10 < <(person $A Бірінші pensioner courier "" "" "" "" "" 2026-03-01)
    found "" "+0 ~1 =0"
    equal "$(standing)" "6|Бірінші|1|7|2010-01-01|2026-03-01
6|Бірінші|3|7|2026-03-01|"
    equal "$(cq-eligible --as-of=2026-02-28 $A | tail -n 1 | cut -d, -f5)" employee
    equal "$(cq-eligible --as-of=2026-03-01 $A | tail -n 1 | cut -d, -f5)" pensioner
    # Without a day of its own the change is of the day of the list.
    rm cq.db
    import 2026-01-01 < <(person $A Бірінші employee courier)
    import 2026-03-10 < <(person $A Бірінші pensioner courier)
    equal "$(standing)" "6|Бірінші|1|7||2026-03-10
6|Бірінші|3|7|2026-03-10|"
}

@test "A-12 and A-13 are warned about" {
    import 2026-01-01 <<END
$(person $A Бірінші employee anticorruption)
$(person $B Екінші family courier $C other yes)
$(person $C Үшінші employee courier)
$(person $D Төртінші family courier "" child yes)
END
    found "2:W017 3:W016 5:W027" "+4 ~0 =0"
    contains "$stderr" "(A-12)"
    contains "$stderr" "(A-13)"
    rm cq.db
    import 2024-01-01 < <(person $A Бірінші employee anticorruption)
    found "" "+1 ~0 =0"
}

# regions DAY CODE...: each as a residence on the day of the list.
regions() {
    local day=$1 code
    shift
    rm -f cq.db
    import "$day" < <(for code; do
        case $code in
        10*) person $A Бірінші employee courier "" "" "" "" "$code" ;;
        33*) person $B Бірінші employee courier "" "" "" "" "$code" ;;
        62*) person $C Бірінші employee courier "" "" "" "" "$code" ;;
        *) person $D Бірінші employee courier "" "" "" "" "$code" ;;
        esac
    done)
}

@test "regions have days: 10, 33 and 62 from 2022-06-08, and before it 63, 19 and 35 held them" {
    regions 2022-06-07 10 330000000 62
    found "2:R031 3:R031 4:R031" "+0 ~0 =0"
    regions 2022-06-08 10 330000000 62
    found "" "+3 ~0 =0"
    for code in 63 190000000 35; do
        regions 2022-06-07 $code
        found "2:W015" "+1 ~0 =0"
        regions 2022-06-08 $code
        found "" "+1 ~0 =0"
    done
    regions 2026-01-01 51
    found "2:R032" "+0 ~0 =0"
    for code in 99 12 00 7; do
        regions 2026-01-01 $code
        found "2:R030" "+0 ~0 =0"
    done
}

@test "a known line is checked again when a region has come or gone since" {
    import 2022-06-08 < <(person $A Бірінші employee courier "" "" "" "" 10)
    import 2022-06-07 < <(person $A Бірінші employee courier "" "" "" "" 10)
    found "2:R031" "+0 ~0 =0"
    import 2023-01-01 < <(person $A Бірінші employee courier "" "" "" "" 10)
    found "" "+0 ~0 =1"
}

@test "a column that is not there says nothing; an empty cell says that nothing is known" {
    place() { sqlite3 "$CQ_DB" "SELECT residence FROM person WHERE run_to IS NULL"; }
    import 2026-01-01 < <(person $A Бірінші employee courier "" "" "" "" 711110000)
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        $A,Бірінші,Адам,1885-03-15,employee,courier >part.csv
    run -0 --separate-stderr cq-import --list-date=2026-01-02 part.csv
    contains "$stderr" "nothing changed"
    equal "$(place)" 711110000
    import 2026-01-03 < <(person $A Бірінші employee courier)
    found "" "+0 ~1 =0"
    equal "$(place)" ""
    run -0 --separate-stderr cq-import --list-date=2026-01-04 part.csv
    contains "$stderr" "nothing changed"
    import 2026-01-05 < <(person $A Бірінші employee courier)
    found "" "+0 ~0 =1"
}
