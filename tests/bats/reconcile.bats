# cq-report reconcile: what goes back to the sender of a list, and that it is settled by doing it.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

PATH="$PATH:$CQ_TOOLS"
head=iin,last_name,first_name,birth_date,category,sponsor_iin,valid_from,valid_to
day=--as-of=2026-11-10

# Fifteen people of nobody, in service; others to be named by hand.
people() {
    export CQ_DB="$PWD/cq.db"
    gen contingent 400 --seed=3 | awk -F, '$7 == "employee"' | head -n 15 |
        awk -F, -v OFS=, '{ print $1, $2, $3, $5, $7, "", "", "" }' >staff
    mapfile -t iin < <(cut -d, -f1 staff)
}

# list DAY AGENCY [OPTION...]: imports the rows of standard input.
list() {
    local on=$1 agency=$2
    shift 2
    { echo "$head" && cat; } >"$agency.csv"
    cq-import -q --as-of="$on" --agency="$agency" --max-bad=50 --max-losses=100 "$@" "$agency.csv" \
        2>/dev/null || [ $? -eq 1 ]
}

# cells COLUMN...: columns of the report on the couriers.
cells() {
    cq-report reconcile $day --agency=courier | awk -F, -v names="$*" '
        NR == 1 { n = split(names, want, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { line = $at[want[1]]; for (i = 2; i <= n; i++) line = line "," $at[want[i]]; print line }'
}

@test "rows that were not taken are told by line, until they are sent again" {
    people
    list 2026-11-01 courier <staff
    equal "$(cells finding)" ""
    sed "2s/,[0-9-]*,employee/,2026-02-30,employee/; 4s/employee/officer/; 6s/^../99/" staff |
        list 2026-11-02 courier
    # Of the last one the name and the birth date say whose it is.
    equal "$(cells finding run line iin field code | sort)" "rejected,2,3,${iin[1]},birth_date,CQ-R020
rejected,2,5,${iin[3]},category,CQ-R040
rejected,2,7,${iin[5]},iin,CQ-R012"
    # The page says which values are allowed; so does the CSV.
    cq-report reconcile $day --agency=courier | grep -q 'employee, family, pensioner' || fail text
    # A short list mends one of them; the others stay.
    sed -n 2p staff | list 2026-11-03 courier
    equal "$(cells finding line | sort)" "rejected,5
rejected,7"
    list 2026-11-04 courier <staff
    equal "$(cells finding)" ""
}

@test "who is held and not named, since when, and how long ago a list did" {
    people
    sed '3s/,,$/,2020-05-01,/' staff | list 2026-11-01 courier
    sed 3d staff | list 2026-11-05 courier
    sed '3d;8d' staff | list 2026-11-07 courier
    equal "$(cells finding iin since run days "do" | sort -t, -k5n)" \
        "not_named,${iin[7]},2026-11-01,2,5,add_or_end
not_named,${iin[2]},2020-05-01,1,9,add_or_end"
    # A list that is taken back named nobody.
    cq-import -q --undo=3 --max-losses=100
    equal "$(cells iin run)" "${iin[2]},1"
    cq-import -q --undo=4 --max-losses=100
    # A correction that names one of them; the end of the other.
    sed -n 8p staff | list 2026-11-08 courier
    sed -n '3s/,,$/,,2026-11-08/p' staff | list 2026-11-08 courier
    equal "$(cells finding)" ""
    # A full list leaves nothing open.
    sed '3d;8d' staff | list 2026-11-09 courier --mode=full
    equal "$(cells finding)" ""
}

@test "what other lists state otherwise, and a value that settles it" {
    people
    local sponsor=${iin[4]}
    list 2026-11-01 courier <staff
    {
        sed -n '1s/^\([^,]*\),[^,]*/\1,Басқаев/; 1s/employee/pensioner/p' staff # another last name
        sed -n '2s/,,$/,2026-10-01,/p' staff                                  # an employee here, too
        sed -n '3s/employee/pensioner/p' staff                                # nothing against that
    } | list 2026-11-02 penal
    { cat staff && echo "850315100006,Сериков,Қанат,1985-03-15,family,$sponsor,," &&
        echo '850315100016,Серикова,Әсел,1985-03-15,family,850315100704,,'; } >all
    sed "5s/,,$/,,2026-10-20/" all | list 2026-11-03 courier
    equal "$(cells finding line iin field yours theirs source "do" | sort -t, -k2n)" \
        "contradicted,2,${iin[0]},last_name,$(sed -n 1p staff | cut -d, -f2),Басқаев,penal,correct
contradicted,3,${iin[1]},valid_to,,2026-10-01,penal,end
contradicted,17,850315100006,valid_to,,2026-10-20,courier,end
contradicted,18,850315100016,sponsor_iin,850315100704,,,sponsor"
    # The other agency is told of the name alone: its employee came later.
    equal "$(cq-report reconcile $day -a penal | sed 1d | cut -d, -f1,3,7)" "contradicted,2,last_name"
    sed "1s/^\([^,]*\),[^,]*/\1,Басқаев/; 2s/,,$/,,2026-10-01/; 16s/,,$/,,2026-10-20/
        17s/850315100704//; 5s/,,$/,,2026-10-20/" all | list 2026-11-04 courier
    equal "$(cells finding)" ""
    equal "$(cq-report reconcile $day -a penal | wc -l)" 1
}

@test "the words of a stranger are not shown where the IIN may be mistyped" {
    people
    sed -n 1p staff | list 2026-11-01 penal
    { echo "${iin[0]},Бөтен,Адам,1971-01-01,employee,,," && sed 1d staff; } | list 2026-11-02 courier
    cq-report reconcile $day --agency=courier >out
    equal "$(cells finding line code source)" "rejected,2,CQ-R053,penal"
    ! grep -q "$(sed -n 1p staff | cut -d, -f2)" <(grep rejected out) || fail "a stranger's name"
}

@test "a list of several agencies goes back to each, with its own rows" {
    people
    export CQ_DB="$PWD/joint.db"
    {
        echo iin,last_name,first_name,birth_date,category,agency
        awk -F, -v OFS=, '{ print $1, $2, $3, NR == 3 ? "x" : $4, $5, NR % 2 ? "courier" : "penal" }' \
            staff
    } >joint.csv
    cq-import -q --as-of=2026-11-01 --max-bad=50 joint.csv 2>/dev/null || [ $? -eq 1 ]
    equal "$(cells finding line)" rejected,4
    equal "$(cq-report reconcile $day -a penal | wc -l)" 1
    grep -v ,courier joint.csv >penal.csv
    cq-import -q --as-of=2026-11-02 penal.csv 2>/dev/null
    equal "$(cells finding line)" rejected,4
}

@test "every form: the page in three languages with lines to sign, a workbook, no names with --mask" {
    people
    list 2026-11-01 courier <staff
    sed '2d;4s/employee/officer/' staff | list 2026-11-02 courier
    local language
    for language in kk ru en; do
        cq-report reconcile $day -a courier -f html --lang=$language >page.html
        equal "$(grep -o '<section' page.html | wc -l)" 7 # one a table, and one that scrolls
        grep -q 'class="sign"' page.html || fail "no lines to sign"
        grep -q "${iin[1]}" page.html || fail "not named"
        grep -q "CQ-R040" page.html || fail "rejected"
    done
    cq-report reconcile $day -a courier -f html --lang=kk | grep -q Лауазымы || fail kk
    cq-report reconcile $day -a courier -f html --lang=ru | grep -q Должность || fail ru
    cq-report reconcile $day -a courier -f table --lang=ru | grep -q 'Строки, которые не приняты'
    equal "$(cq-report reconcile $day -a courier -f json | wc -l)" 2
    cq-report reconcile $day -a courier -f xlsx -o back.xlsx
    [ "$(head -c 2 back.xlsx)" = PK ] || fail "no workbook"
    cq-report reconcile $day -a courier --excel | head -n 1 | grep -q 'finding;run;line' || fail excel
    run cq-report reconcile $day -a courier --mask
    local name
    for name in "${iin[1]}" "${iin[3]}" "$(sed -n 2p staff | cut -d, -f2)"; do
        [[ $output != *"$name"* ]] || fail "not masked"
    done
    equal "$(grep -c . <<<"$output")" 3
}

@test "whose list it is must be said, and is said to be one of those there are" {
    people
    list 2026-11-01 courier <staff
    run --separate-stderr cq-report reconcile
    equal "$status" 2
    contains "$stderr" "[CQ-U007]"
    contains "$stderr" courier
    run --separate-stderr cq-report reconcile --agency=army
    equal "$status" 2
    contains "$stderr" "[CQ-U002]"
    contains "$stderr" internal_affairs
    run --separate-stderr cq-report quality --agency=courier
    equal "$status" 2
    contains "$stderr" "[CQ-U005]"
    # An agency without a list has nothing to settle.
    equal "$(cq-report reconcile $day --agency=penal | wc -l)" 1
    equal "$(cq-report reconcile $day --agency=courier --known-at=2000-01-01 | wc -l)" 1
}

@test "a verdict decides who is told" {
    people
    sed -n 1p staff | list 2026-11-01 courier
    sed -n '1s/^\([^,]*\),[^,]*/\1,Басқаев/; 1s/employee/pensioner/p' staff | list 2026-11-02 penal
    equal "$(cells iin field)" "${iin[0]},last_name"
    equal "$(cq-report reconcile $day -a penal | wc -l)" 2
    # A row that names somebody else altogether is one to give a verdict on.
    echo "${iin[0]},Бөтен,Адам,1971-01-01,pensioner,,," | list 2026-11-02 penal --max-bad=100
    printf '%s\n' iin,other_iin,verdict,whose "${iin[0]},${iin[0]},same,courier" |
        cq-import -q --kind=verdicts --as-of=2026-11-03 -
    equal "$(cells iin field)" ""
    equal "$(cq-report reconcile $day -a penal | cut -d, -f1,4,7,10 | grep contradicted)" \
        "contradicted,${iin[0]},last_name,$(sed -n 1p staff | cut -d, -f2)"
}

@test "an employee in service of whom a child's row says that he was killed" {
    people
    list 2026-11-01 courier <staff
    head=$head,killed_on
    echo "850315100006,Сериков,Қанат,2015-03-15,child_of_fallen,${iin[3]},,,2026-10-05" |
        list 2026-11-02 penal
    head=${head%,killed_on}
    equal "$(cells finding line iin field yours theirs source "do")" \
        "contradicted,5,${iin[3]},valid_to,,2026-10-06,penal,end"
    sed '4s/,,$/,,2026-10-06/' staff | list 2026-11-03 courier
    equal "$(cells finding)" ""
}
