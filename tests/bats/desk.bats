# What a slip at the desk meets: a message that says where, what and what next, in three languages,
# and that never holds the name or the IIN that was typed.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# slip STATUS CODE PROGRAM ARGUMENT...: refused with this code in each language, nobody's data told.
slip() {
    local expected=$1 code=$2 language english=
    shift 2
    for language in en kk ru; do
        run --separate-stderr "$@" --lang=$language
        equal "$status" "$expected" "status of $*"
        contains "$stderr" "[$code]"
        lacks "$stderr" Серіков
        lacks "$stderr" $EMPLOYEE
        [ "$language" != en ] || english=$stderr
        [ "$language" = en ] || [ "$stderr" != "$english" ] || fail "not in $language: $stderr"
    done
    said=$english
}

@test "no message holds a name or an IIN that stands in a wrong place" {
    registry
    slip 2 CQ-U003 cq-report find --name=Асқар Серіков
    contains "$said" "operand 2 is one too many"
    slip 2 CQ-U003 cq-report person $EMPLOYEE
    slip 2 CQ-U003 cq-refer list $EMPLOYEE
    slip 2 CQ-U003 cq-eligible --claims claims.csv $EMPLOYEE
    slip 2 CQ-U006 cq-report Серіков
    contains "$said" "person, find, reconcile"
    slip 2 CQ-U006 cq-refer $EMPLOYEE
    contains "$said" "there are: issue, accept, reject"
    slip 2 CQ-U008 cq-refer register $EMPLOYEE
    slip 2 CQ-U008 cq-refer issue $EMPLOYEE
    slip 2 CQ-U008 cq-eligible --claims $EMPLOYEE
    slip 2 CQ-U008 cq-import $EMPLOYEE
}

@test "a value that is none: the values there are, or what is wrong with it" {
    registry
    slip 2 CQ-U002 cq-refer register --iin=$EMPLOYEE --facility=MVD-71 --papers=idcard
    contains "$said" "--papers (id_card, service_id, pension_certificate"
    slip 2 CQ-U002 cq-refer issue --iin=$EMPLOYEE --service=outpat
    contains "$said" "--service (outpatient, inpatient"
    slip 2 CQ-U002 cq-refer issue --iin=$EMPLOYEE --service=outpatient --planned-on=1.2
    contains "$said" "--planned-on (not a date: YYYY-MM-DD or DD.MM.YYYY)"
    slip 2 CQ-U002 cq-report person --iin=850315100007
    contains "$said" "--iin (the control digit of the IIN does not match)"
    slip 2 CQ-U002 cq-report form2 --year=26
    contains "$said" "--year (2000-2999)"
}

@test "an option that is missing is named" {
    registry
    slip 2 CQ-U007 cq-report person
    contains "$said" "person: --iin"
    slip 2 CQ-U007 cq-refer issue --iin=$EMPLOYEE
    contains "$said" "issue --iin: --service"
    slip 2 CQ-U007 cq-refer register --iin=$EMPLOYEE
    contains "$said" "register --iin: --facility"
}

@test "a reason of the system is told in the language asked for" {
    slip 4 CQ-O001 cq-import missing.csv
    equal "$(messages "$said")" "cq-import: missing.csv: cannot open: No such file or directory [CQ-O001]"
    contains "$(cq-import --lang=kk missing.csv 2>&1)" "мұндай файл немесе қалта жоқ"
    contains "$(cq-import --lang=ru missing.csv 2>&1)" "нет такого файла или папки"
}

@test "a wrong IIN on the command line is told by its place" {
    registry
    run --separate-stderr cq-eligible --as-of=$DAY $EMPLOYEE 850315100007
    equal "$status" 1 status
    equal "$(messages "$stderr")" "cq-eligible: 2: iin: the control digit of the IIN does not match [CQ-R012]"
}

@test "help names every form that a program has" {
    contains "$(cq-refer --help | tr -s ' \n' ' ')" "show and list also fhir"
    contains "$(cq-report --help | tr -s ' \n' ' ')" "of check also prometheus, of law also sql"
    contains "$(cq-eligible --help | tr -s ' \n' ' ')" "--letter html alone"
}

@test "the name of a column is the same in every language" {
    printf 'owner,kato,service\nmvd,711110000,outpatient\n' >places.csv
    for language in kk ru en; do
        run --separate-stderr cq-import -n -d new.db -k facilities --lang=$language places.csv
        equal "$status" 3
        contains "$stderr" ": facility [CQ-F002]"
    done
}
