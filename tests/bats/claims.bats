# cq-eligible --claims: who was due, and the verdict on what is claimed.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

EMPLOYEE=850315100006
REMOTE=770101100005
PENSIONER=600704200006
WIFE=900512200005
HEAD=iin,last_name,first_name,birth_date,category,agency,special_rank,residence,sponsor_iin,relation,coresident,valid_from,valid_to

# An employee in Astana with the wife, one where the bodies have no facility, and a pensioner.
registry() {
    export CQ_DB="$PWD/cq.db"
    cat >people.csv <<END
$HEAD
$EMPLOYEE,Ал,Бір,1985-03-15,employee,internal_affairs,yes,711110000,,,,2020-01-01,
$REMOTE,Ал,Екі,1977-01-01,employee,fire_service,yes,590000000,,,,2020-01-01,
$PENSIONER,Ал,Үш,1960-07-04,pensioner,internal_affairs,yes,711110000,,,,2020-01-01,
$WIFE,Ал,Төрт,1990-05-12,family,internal_affairs,,711110000,$EMPLOYEE,spouse,yes,2020-01-01,
END
    cat >facilities.csv <<'END'
facility,owner,kato,service
M71,mvd,711110000,outpatient
C59,health_subject,590000000,outpatient
END
    import_list contingent people.csv
    import_list facilities facilities.csv
}

# import_list KIND FILE [DATE]
import_list() {
    cq-import -q --kind="$1" --as-of="${3-2026-01-01}" --list-date="${3-2026-01-01}" "$2" 2>/dev/null
}

# known_since RUN MOMENT: as if the run had been made then.
known_since() {
    sqlite3 "$CQ_DB" "UPDATE run SET at = unixepoch('$2') * 1000 WHERE id = $1"
}

# verdicts: due payer and verdict of each row that is read.
verdicts() {
    cq-eligible --claims --as-of=2026-03-01 "$@" 2>/dev/null |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            { print $at["due_payer"] " " $at["verdict"] }'
}

@test "claims pass through as they are; who is due, the verdict and the ground follow" {
    registry
    printf '%s\n' 'note;ЖСН;Плательщик;Сумма;күн;service;outcome' \
        "\"a,b\";$EMPLOYEE;из бюджета;1 234,50;;outpatient;x" \
        ";$PENSIONER;бюджет; 10 ;;outpatient;" >claims.csv
    run --separate-stderr cq-eligible --claims --as-of=2026-03-01 claims.csv
    equal "$status" 0
    equal "$output" 'note,ЖСН,Плательщик,Сумма,күн,service,as_of,due_payer,verdict,outcome,category,agency,provider,reasons,missing,rule,basis,certainty,gaps
"a,b",'$EMPLOYEE',из бюджета,"1 234,50",,outpatient,2026-03-01,budget,agrees,eligible,employee,internal_affairs,mvd,,,employee-outpatient,R78:4.1,text,
,'$PENSIONER',бюджет, 10 ,,outpatient,2026-03-01,fund_gobmp,other_payer,eligible,pensioner,internal_affairs,mvd,,,others-outpatient-gobmp,R78:6.1;R78:6.2(1),text,'
    # The same from standard input, and from a workbook.
    equal "$(cq-eligible --claims --as-of=2026-03-01 - <claims.csv)" "$output"
    equal "$(cq-eligible --claims --as-of=2026-03-01 <claims.csv)" "$output"
    contains "$(cq-eligible --claims -f json --as-of=2026-03-01 <claims.csv)" '"Сумма":"1 234,50"'
}

@test "every verdict: what is conditional, not regulated or unsaid" {
    registry
    cat >claims.csv <<END
iin,payer,as_of,service
$WIFE,ТМККК,2026-02-01,outpatient
$WIFE,fund_osms,2026-02-02,outpatient
$WIFE,budget,2026-02-03,sanatorium
$REMOTE,fund_gobmp,2026-02-03,mental_health
$REMOTE,budget,2026-02-03,psychological_rehabilitation
$REMOTE,fund_osms,2026-02-03,inpatient
850315100704,budget,2026-02-03,outpatient
$EMPLOYEE,budget,2019-02-03,outpatient
$EMPLOYEE,paid,2026-02-03,outpatient
END
    equal "$(verdicts claims.csv)" "fund_gobmp agrees
fund_gobmp other_payer
 unknown
fund_gobmp agrees
not_stated unknown
 unknown
 not_entitled
 unknown
budget other_payer"
    # Indications that are stated decide the stay.
    equal "$(verdicts --indicated claims.csv | sed -n 6p)" "fund_osms agrees"
}

@test "what a list took back later is no fault of who claimed" {
    registry
    # On 20 February a list says that the employee had left on 1 February, another that the pensioner
    # was an employee all along.
    printf '%s\n' $HEAD "$EMPLOYEE,Ал,Бір,1985-03-15,employee,internal_affairs,yes,711110000,,,,2020-01-01,2026-02-01" \
        "$PENSIONER,Ал,Үш,1960-07-04,employee,internal_affairs,yes,711110000,,,,2020-01-01," >late.csv
    import_list contingent late.csv 2026-02-20
    # And one says on 25 February what has nothing to do with them.
    printf '%s\n' $HEAD "850315100704,Ал,Бес,1985-03-15,employee,penal,yes,711110000,,,,2020-01-01," >other.csv
    import_list contingent other.csv 2026-02-25
    known_since 4 '2026-02-25 08:00'
    known_since 1 '2026-01-01 08:00'
    known_since 2 '2026-01-01 08:01'
    known_since 3 '2026-02-20 00:00'
    cat >claims.csv <<END
iin,payer,as_of
$EMPLOYEE,budget,2026-01-31
$EMPLOYEE,budget,2026-02-01
$EMPLOYEE,fund_gobmp,2026-02-02
$EMPLOYEE,budget,2026-02-19
$EMPLOYEE,budget,2026-02-20
$EMPLOYEE,budget,2026-02-18
$EMPLOYEE,budget,2025-12-31
$WIFE,fund_gobmp,2026-02-03
$PENSIONER,fund_gobmp,2026-02-03
$PENSIONER,fund_gobmp,2026-02-21
$PENSIONER,budget,2026-02-04
END
    equal "$(verdicts claims.csv)" "budget agrees
 then_entitled
 not_entitled
 then_entitled
 not_entitled
 then_entitled
budget agrees
 then_entitled
budget then_entitled
budget other_payer
budget agrees"
    # As known before that list, all of this was in order.
    equal "$(verdicts --known-at=2026-02-19T23:59:59Z claims.csv | sort | uniq -c | tr -s ' ')" \
        " 6 budget agrees
 1 budget other_payer
 3 fund_gobmp agrees
 1 fund_gobmp other_payer"
}

@test "the same care twice: whoever claims, under any IIN, but not another profile or day" {
    registry
    cat >claims.csv <<END
iin,payer,amount,service,profile,as_of
$EMPLOYEE,budget,1,outpatient,eye,2026-02-01
$EMPLOYEE,fund_osms,2,outpatient, EYE ,01.02.2026
$EMPLOYEE,budget,1,outpatient,,2026-02-01
$EMPLOYEE,budget,1,outpatient,ear,2026-02-01
$EMPLOYEE,budget,1,outpatient,eye,2026-02-02
$PENSIONER,fund_gobmp,1,outpatient,eye,2026-02-01
$EMPLOYEE,budget,x,outpatient,lung,2026-02-01
$EMPLOYEE,budget,1,outpatient,lung,2026-02-01
$PENSIONER,nobody,1,outpatient,eye,2026-02-01
END
    equal "$(verdicts claims.csv | cut -d' ' -f2 | tr '\n' ' ')" \
        "agrees twice agrees agrees agrees agrees  agrees  "
    # Two IINs that are settled to be one person's.
    printf '%s\n' iin,other_iin,verdict $EMPLOYEE,$PENSIONER,same >same.csv
    cq-import -q --kind=verdicts --as-of=2026-01-01 --list-date=2026-01-01 same.csv
    equal "$(verdicts claims.csv | sed -n 6p)" "fund_gobmp twice"
}

@test "bad rows are told and get no verdict; sums are exact, and an overflow is told" {
    registry
    {
        echo iin,payer,amount,as_of
        echo "85031510000,budget,1,2026-02-01"
        echo "$EMPLOYEE,фонд,1,2026-02-02"
        echo "$EMPLOYEE,,1,2026-02-03"
        echo "$EMPLOYEE,budget,\"1,234\",2026-02-04"
        echo "$EMPLOYEE,budget,1,2026-02-31"
        echo "$EMPLOYEE,budget,0.1,2026-02-06"
        echo "$EMPLOYEE,budget,0.2,2026-02-07"
        echo "$EMPLOYEE,budget,,2026-02-08"
        for i in {1..93}; do
            echo "$PENSIONER,paid,999999999999999.99,$(date -u -d "2025-10-01 +$i days" +%F)"
        done
    } >claims.csv
    run --separate-stderr cq-eligible --claims -v claims.csv
    equal "$status" 1
    contains "$stderr" "claims.csv:2: iin: "
    contains "$stderr" "claims.csv:3: payer: not a payer that is known: budget, fund_gobmp, fund_osms or paid, or the words for them [CQ-X010]"
    contains "$stderr" "claims.csv:4: payer: the claim names no payer [CQ-X011]"
    contains "$stderr" "claims.csv:5: amount: not an amount"
    contains "$stderr" "claims.csv:6: as_of: "
    contains "$stderr" "agrees: claims 3, tenge 0.30, without an amount 1"
    contains "$stderr" "other_payer: claims 93, their sum is too large to be told"
    contains "$stderr" "without a verdict: claims 5"
    equal "$(grep -c ',,undetermined,,,,bad_\(iin\|fact\),' <<<"$output")" 5
    equal "$(wc -l <<<"$output")" 102
    lacks "$stderr" "$EMPLOYEE"
    # One less fits.
    sed -i '$d' claims.csv
    run --separate-stderr cq-eligible --claims -v claims.csv
    contains "$stderr" "other_payer: claims 92, tenge 91999999999999999.08, "
    # In words of three languages.
    contains "$(cq-eligible --claims -v --lang=ru claims.csv 2>&1)" "без суммы 1"
    contains "$(cq-eligible --claims -v --lang=kk claims.csv 2>&1)" "сомасыз 1"
}

@test "claims need a payer column, and go with no other question" {
    registry
    printf '%s\n' iin,amount "$EMPLOYEE,1" >claims.csv
    run --separate-stderr cq-eligible --claims claims.csv
    equal "$status" 3
    contains "$stderr" "payer"
    local option
    for option in --all --facts --roles --explain --why-not --receipt --against=x --replay=x --check-law; do
        run --separate-stderr cq-eligible --claims $option claims.csv
        equal "$status" 2 "$option"
    done
    run --separate-stderr cq-eligible --claims claims.csv other.csv
    equal "$status" 2
    run --separate-stderr cq-eligible --claims nothing.csv
    equal "$status" 4
}

@test "claims without a day of care are decided for today only with a warning" {
    registry
    printf 'iin,payer,дата\n%s,budget,2026-02-01\n' $EMPLOYEE >claims.csv
    run --separate-stderr cq-eligible --claims claims.csv
    contains "$stderr" "claims.csv:1: no column says on which day care was given: every claim is decided for today [CQ-W063]"
    run --separate-stderr cq-eligible --claims --as-of=2026-03-01 claims.csv
    equal "$stderr" "" "with a day that was given"
    sed -i '1s/дата/дата помощи/' claims.csv
    run --separate-stderr cq-eligible --claims claims.csv
    equal "$stderr" "" "with a day of care"
    equal "${lines[1]}" "$EMPLOYEE,budget,2026-02-01,outpatient,budget,agrees,eligible,employee,internal_affairs,mvd,,,employee-outpatient,R78:4.1,text,"
}
