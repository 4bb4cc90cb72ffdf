# cq-report person: the whole of one person, and the timeline.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

day=--as-of=2026-11-01

lists() {
    export CQ_DB="$PWD/cq.db"
    printf '%s\n' iin,last_name,first_name,birth_date,sex,category,agency,residence,sponsor_iin,relation,coresident,valid_from \
        850315100006,Сериков,Қанат,1985-03-15,m,employee,courier,710000000,,,,2021-02-01 \
        850315100016,Серикова,Әсел,1985-03-15,f,family,courier,710000000,850315100006,spouse,yes,2021-02-01 \
        850315100704,Сериков,Ерлан,2010-03-15,m,family,courier,710000000,850315100006,child,yes,2021-02-01 >list.csv
    cq-import -q -a courier -m full $day list.csv 2>/dev/null
    printf '%s\n' facility,owner,kato,service,profile,department,specialist,equipment,capacity \
        M71,mvd,710000000,outpatient,,yes,yes,yes,50 | cq-import -q -k facilities $day -
    printf '%s\n' iin,insured,paid_until,checked_on 850315100016,yes,2026-08-31,2026-06-01 |
        cq-import -q -k insurance $day -
}

# periods SERVICE IIN: the cells of the timeline that follow, of one service.
periods() {
    cq-report person --timeline --iin="$2" | awk -F, -v service="$1" '$1 == service {
        print $2, $3, $4, $18, $19, $21, $24 }'
}

# of SOURCE IIN COLUMN...: the named columns of the person's rows of a source.
of() {
    local source=$1 iin=$2
    shift 2
    cq-report person --iin="$iin" -f json | sed -n "/\"source\":\"$source\"/p" | while IFS= read -r line; do
        for column in "$@"; do
            sed -n "s/.*\"$column\":\"\{0,1\}\([^\",}]*\).*/\1/p" <<<"$line"
        done | paste -sd' '
    done
}

@test "the family stands around the person, in both directions" {
    lists
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency,sponsor_iin,killed_on \
        850315100716,Сериков,Нұр,2015-01-01,child_of_fallen,penal,850315100006,2020-01-01 >fallen.csv
    cq-import -q $day fallen.csv 2>/dev/null
    equal "$(of family 850315100006 iin category line | sort)" "850315100016 family 3
850315100704 family 4
850315100716 child_of_fallen 2"
    equal "$(of sponsor 850315100006 iin)" ""
    equal "$(of sponsor 850315100704 iin category line)" "850315100006 employee 2"
    equal "$(of family 850315100704 iin | sort)" "850315100016
850315100716"
    # Each relative is read, too.
    equal "$(cq-report audit | sed -n '2,5p' | cut -d, -f4,5 | sort)" "read,850315100006
read,850315100016
read,850315100704
read,850315100716"
    lacks "$(cq-report person --iin=850315100006)" 000000000000
    lacks "$(cq-report person --iin=850315100006 -f table)" "sponsor_iin"
}

@test "who ended what, by which line of which list" {
    lists
    sed '2d;s/710000000,850315100006,spouse/750000000,850315100006,spouse/' list.csv >later.csv
    cq-import -q -a courier -m full --max-removals=100 --max-losses=100 --as-of=2026-11-20 later.csv 2>/dev/null
    # The wife's row was replaced by line 2; the husband's was left out.
    of contingent 850315100016 run line ended_by ended_line >got
    equal "$(head -n 1 got)" "1 3 4 2"
    equal "$(of contingent 850315100006 run line ended_by ended_line | head -n 1)" "1 2 4 null"
    equal "$(of contingent 850315100016 ended_list | head -n 1)" \
        "$(cq-report runs -f json | sed -n 's/.*"run":4,.*"file_hash":"\([^"]*\)".*/\1/p')"
    cq-import -q --as-of=2026-11-21 --undo=4 --max-losses=100
    of contingent 850315100006 run ended_by | grep -qx '5 null' || fail "$(of contingent 850315100006 run ended_by)"
}

@test "numbers in full, words for people, one person in the singular" {
    lists
    number=$(cq-refer issue $day --iin=850315100006 --service=outpatient --facility=M71 | sed -n 2p | cut -d, -f1)
    contains "$(of referral 850315100006 text)" "$number; M71; budget"
    contains "$(of event 850315100006 text)" "$number; "
    printf '%s\n' facility,owner,kato,service,department,specialist,equipment,name_ru \
        'M71,mvd,710000000,outpatient,yes,yes,yes,"Поликлиника № 1"' >named.csv
    cq-import -q -k facilities $day named.csv
    local people rule
    rule=$(of referral 850315100006 text | sed 's/.*; //')
    people=$(cq-report person --iin=850315100006 -f table --lang=ru)
    contains "$people" "Поликлиника № 1 (M71)"
    [ -n "$rule" ] || fail "no rule in the data"
    lacks "$people" "$rule"
    contains "$(cq-report person --iin=850315100006 -f html --lang=kk)" "; M71; "
    people=$(cq-report person --iin=850315100006 -f table --lang=ru)
    contains "$people" "за счёт бюджетных средств"
    contains "$people" "Пол: мужчина"
    contains "$people" "Место жительства: 710000000 ("
    contains "$people" "сотрудник "
    lacks "$people" "сотрудники"
    contains "$(cq-report person --iin=850315100016 -f table --lang=kk)" "Сақтандырылған: иә"
    contains "$(of insurance 850315100016 text)" "insured=yes; paid_until=2026-08-31"
    cq-report person --iin=850315100006 -f html --lang=en >page
    contains "$(cat page)" "Sex: man"
    lacks "$(cat page)" "residence="
}

@test "the timeline names what changes an entitlement, and the line that told it" {
    lists
    # The sponsor leaves: a full list does not name him.
    sed '2d' list.csv >later.csv
    cq-import -q -a courier -m full --max-removals=100 --max-losses=100 --as-of=2026-11-20 later.csv 2>/dev/null
    periods outpatient 850315100016 >got
    grep -qx '2021-02-01 2022-11-06 eligible entitlement_begins person 1 3' got || fail "$(cat got)"
    grep -qx '2026-11-20  not_contingent entitlement_ends sponsor 4 ' got || fail "$(cat got)"
    periods inpatient 850315100016 >got
    grep -q '^2026-06-01 .* insurance_begins insurance 3 2$' got || fail "$(cat got)"
    periods outpatient 850315100704 >got
    grep -q ' law   $' got || fail "$(cat got)"
    # As it was known before.
    cq-report person --timeline --iin=850315100016 --known-at="$(cq-report runs -f json |
        sed -n 's/.*"run":3,"at":"\([^"]*\)".*/\1/p')" | grep -q ',sponsor,' && fail "known too early"
    equal "$(cq-report audit | sed -n 2p | cut -d, -f4,5)" read,850315100016
}

@test "the timeline covers every service and day, and speaks three languages" {
    lists
    cq-report person --timeline --iin=850315100016 >csv
    equal "$(sed 1d csv | cut -d, -f1 | sort -u | wc -l)" 8
    sed 1d csv | awk -F, '$1 == service && $2 != to { print; bad = 1 }
        { service = $1; to = $3 } END { exit bad }' || fail "a gap between periods"
    contains "$(cq-report person --timeline --iin=850315100016 -f table --lang=kk)" "бар"
    run cq-report runs --timeline
    equal "$status" 2
}
