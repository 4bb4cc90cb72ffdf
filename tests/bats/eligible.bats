# cq-eligible: rows go through as they came, the answers are the law's, bad input is told.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

EMPLOYEE=850315100006
STRANGER=850315100716

# A registry of an employee in Astana, where there is a facility of the bodies.
registry() {
    export CQ_DB="$PWD/cq.db"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency,residence \
        $EMPLOYEE,Aa,Name,1985-03-15,employee,internal_affairs,711110000 >people.csv
    printf '%s\n' facility,owner,kato,service MVD-71,mvd,711110000,outpatient >facilities.csv
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 --kind=facilities facilities.csv
}

eligible() {
    run --separate-stderr cq-eligible --as-of=2026-03-01 "$@"
}

# The columns of the input, cut off an answer: they end before the day.
passed() {
    sed 's/,2026-03-01,.*//'
}

@test "the law's cases, through the program" {
    cq-eligible --facts <"$TOP/tests/data/law-cases.csv" >out.csv
    equal "$(wc -l <out.csv)" "$(wc -l <"$TOP/tests/data/law-cases.csv")" lines
    awk -F, '
        NR == 1 {
            for (i = 1; i <= NF; i++) at[$i] = i
            for (name in at) if (name ~ /^want_/) wanted[substr(name, 6)] = at[name]
            for (name in wanted) if (!(name in at)) print "no column " name
            next
        }
        { for (name in wanted) if ($wanted[name] != "?" && $wanted[name] != $at[name])
              print "case " $1 ": " name " is " $at[name] ", wanted " $wanted[name] }
        END { if (length(wanted) != 10) print length(wanted) " columns compared" }' out.csv >wrong
    equal "$(cat wrong)" "" "wrong answers"
}

@test "columns of others pass byte for byte, in order" {
    registry
    printf '%s\n' "note;iin;Аты-жөні; blank ;empty" \
        "a,b;$EMPLOYEE;\"Әлия \"\"Қ\"\" Ұ;лы\";  two  ;" \
        "\"line
two\";$STRANGER;ңғүұқөһі;=1+1;\"\"" >in.csv
    eligible <in.csv
    equal "$status" 0
    printf '%s\n' "note,iin,Аты-жөні, blank ,empty" \
        "\"a,b\",$EMPLOYEE,\"Әлия \"\"Қ\"\" Ұ;лы\",  two  ," \
        "\"line
two\",$STRANGER,ңғүұқөһі,=1+1," >want
    echo "$output" | sed 's/,as_of,.*//' | passed >got
    diff want got
    contains "$output" "$EMPLOYEE"
    contains "$output" ",eligible,employee,internal_affairs,mvd,MVD-71,budget,"
    contains "$output" ",not_contingent,none,"
}

@test "line ends, marks and delimiters make no difference" {
    registry
    printf '%s\n' iin,x "$EMPLOYEE,1" "$STRANGER,2" >in.csv
    eligible <in.csv
    want=$output
    sed 's/$/\r/' in.csv >crlf.csv
    tr '\n' '\r' <in.csv >cr.csv
    tr , '\t' <in.csv >tab.csv
    tr , ';' <in.csv >semicolon.csv
    sed '1s/^/\xef\xbb\xbf/' in.csv >mark.csv
    head -c -1 in.csv >cut.csv
    sed '1a\\' in.csv >blank.csv
    for name in crlf cr tab semicolon mark cut blank; do
        eligible <$name.csv
        equal "$status" 0 "status of $name"
        equal "$output" "$want" $name
    done
}

@test "input columns named like answers give way" {
    registry
    printf '%s\n' outcome,iin,basis "old,$EMPLOYEE,old" >in.csv
    eligible <in.csv
    equal "${lines[0]%%,service*}" iin,as_of
    lacks "$output" old
    # What a run wrote can be asked about again, and comes out the same.
    echo "$output" >once.csv
    eligible <once.csv
    equal "$output" "$(cat once.csv)" again
}

@test "a row may ask for its own service and day" {
    registry
    printf '%s\n' iin,service,as_of "$EMPLOYEE,mental_health,15.02.2026" "$EMPLOYEE,," >in.csv
    eligible --service=sanatorium <in.csv
    contains "${lines[1]}" "$EMPLOYEE,2026-02-15,mental_health,conditional,"
    contains "${lines[2]}" "$EMPLOYEE,2026-03-01,sanatorium,not_regulated,"
}

# cells COLUMN...: these columns of a CSV on standard input, without its header.
cells() {
    awk -F, -v names="$*" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(names, name, " "); next }
        { for (i = 1; i <= n; i++) printf "%s%s", $(at[name[i]]), i < n ? "," : "\n" }'
}

# A stay in Astana of an employee who lives elsewhere: R78:13.1, and O281:5(2) in an emergency.
@test "an emergency is asked for by option or column, and handed on" {
    registry
    sed -i 's/711110000/353630100/' people.csv
    sed -i 's/outpatient/inpatient/' facilities.csv
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 --kind=facilities facilities.csv
    printf '%s\n' iin,destination,urgency "$EMPLOYEE,astana," "$EMPLOYEE,astana,emergency" \
        "$EMPLOYEE,astana,жоспарлы" >in.csv
    cq-eligible --as-of=2026-03-01 -s inpatient <in.csv | cells outcome referral basis >out.csv
    equal "$(cat out.csv)" "conditional,mvd_specialist,R78:13.1;O281:5(1);R78:4.1
eligible,,R78:4.1;O281:5(2)
conditional,mvd_specialist,R78:13.1;O281:5(1);R78:4.1"
    cq-eligible --as-of=2026-03-01 -s inpatient --urgency=emergency <in.csv | cells outcome urgency >out.csv
    equal "$(cat out.csv)" "eligible,emergency
eligible,emergency
conditional,жоспарлы"
    printf 'iin\n%s\n' $EMPLOYEE |
        cq-eligible --as-of=2026-03-01 -s inpatient --urgency=emergency --destination=astana >out.csv
    cq-refer -q issue --as-of=2026-03-01 --referrer=Xx --from-facility=MVD-71 --diagnosis=C50 <out.csv |
        cells urgency basis >issued.csv
    equal "$(cat issued.csv)" "emergency,R78:4.1;O281:5(2)"
    eligible --urgency=soon $EMPLOYEE
    equal "$status" 2
    contains "$stderr" "[CQ-U002]"
}

@test "a fact may be one of several values" {
    printf '%s\n' category,body,presidential,place,service,agency \
        'employee,law_enforcement | courier,no,available|one|one,,' \
        ' Сотрудник|қызметкер ,courier,no,одно,,' \
        'employee|family,courier,no,one,outpatient|inpatient,' \
        'employee|,courier,no,one,,' \
        'employee|pensioner,courier,no,one,day_hospital,courier' >in.csv
    run --separate-stderr cq-eligible --facts --as-of=2026-03-01 <in.csv
    equal "$status" 1
    equal "$(messages "$stderr")" "cq-eligible: -:3: place: not a value of this fact [CQ-X001]
cq-eligible: -:4: service: several values where there may be one only [CQ-X003]
cq-eligible: -:5: category: not a value of this fact [CQ-X001]"
    equal "$(cells outcome category agency basis reasons missing <<<"$output")" \
        "eligible,employee,,R78:4.1,,
undetermined,,,,bad_fact,
undetermined,,,,bad_fact,
undetermined,,,,bad_fact,
undetermined,employee|pensioner,courier,,missing_facts,category;insured;package"
}

@test "the columns of a request count for their row alone" {
    registry
    sed -i 's/outpatient/inpatient/' facilities.csv
    cq-import -q --as-of=2026-01-01 --kind=facilities facilities.csv
    printf '%s\n' iin,service,profile,destination,urgency,indicated,package,duty_injury,as_of \
        "$EMPLOYEE,sanatorium,,,,,,yes," "$EMPLOYEE,inpatient,eye,local,,no,none,,2026-02-01" \
        "$EMPLOYEE,,,,,,,," >in.csv
    equal "$(cq-eligible --as-of=2026-03-01 -s medical_rehabilitation --indicated=no <in.csv |
        cells as_of service outcome basis)" "2026-03-01,sanatorium,conditional,R78:16;R78:17
2026-02-01,inpatient,conditional,R78:4.1;O781:31
2026-03-01,medical_rehabilitation,ineligible,O781:42;HC:125"
}

@test "rows that are wrong are told and answered with what is wrong" {
    registry
    printf '%s\n' iin,service,as_of "$EMPLOYEE,,," 850315100007,, "$EMPLOYEE,dentist," \
        "$EMPLOYEE,,30.02.2026" "\"$EMPLOYEE,," "$EMPLOYEE,," >in.csv
    eligible <in.csv
    equal "$status" 1
    equal "$(echo "$output" | wc -l)" 5 lines # those that could be split
    contains "${lines[1]}" ",undetermined,"
    contains "${lines[1]}" ",bad_iin,"
    contains "${lines[2]}" ",bad_fact,"
    contains "${lines[3]}" ",bad_fact,"
    contains "${lines[4]}" ",eligible,"
    contains "$stderr" "cq-eligible: -:2: another number of fields"
    contains "$stderr" "cq-eligible: -:3: iin: not a valid IIN [CQ-X002]"
    contains "$stderr" "cq-eligible: -:4: service: "
    contains "$stderr" "cq-eligible: -:5: as_of: "
    contains "$stderr" "cq-eligible: -:6: a quote"
    lacks "$stderr" 850315100
}

@test "numbers as operands: status 1 if one is not entitled" {
    registry
    eligible $EMPLOYEE
    equal "$status" 0
    contains "${lines[1]}" ",eligible,"
    eligible $EMPLOYEE $STRANGER
    equal "$status" 1
    equal "${#lines[@]}" 3 lines
    for iin in 850315100007 85031510006 "" abc 8503151000060; do
        eligible "$iin"
        equal "$status" 1 "status of '$iin'"
        contains "${lines[1]}" ",bad_iin,"
    done
    eligible --all
    equal "$status" 0
    equal "${#lines[@]}" 2 lines
}

@test "input that is no list is refused" {
    registry
    printf 'number\n%s\n' $EMPLOYEE >columns.csv
    printf 'iin,ИИН\n%s,1\n' $EMPLOYEE >twice.csv
    printf 'iin\n%s\n\0\n' $EMPLOYEE >nul.csv
    printf 'iin,"x\n%s,1\n' $EMPLOYEE >quote.csv
    : >empty.csv
    while read -r name code; do
        status=0
        cq-eligible -o out.csv <$name.csv 2>err || status=$?
        equal "$status" 3 "status of $name"
        contains "$(cat err)" "[$code]"
        [ ! -e out.csv ]
    done <<'END'
columns CQ-F002
twice CQ-F003
nul CQ-F005
quote CQ-F007
empty CQ-F001
END
    status=0
    cq-eligible </ 2>err || status=$?
    equal "$status" 4 "status of a folder"
    contains "$(cat err)" "[CQ-O004]"
}

@test "options that do not go together, or have no such value" {
    registry
    for option in --service=dentist --destination=moscow --package=all --indicated=perhaps; do
        eligible $option $EMPLOYEE
        equal "$status" 2 "status of $option"
        contains "$stderr" "[CQ-U002]"
    done
    for options in "--all $EMPLOYEE" "--all --facts" "--facts --roles" "--facts --profile=x"; do
        # shellcheck disable=SC2086 # several options
        eligible $options </dev/null
        equal "$status" 2 "status of $options"
        contains "$stderr" "[CQ-U005]"
    done
}

@test "output onto the input file replaces it whole" {
    registry
    printf '%s\n' iin $EMPLOYEE >in.csv
    cq-eligible --as-of=2026-03-01 -o in.csv <in.csv
    equal "$(wc -l <in.csv)" 2 lines
    contains "$(cat in.csv)" ",eligible,"
}

@test "a rule taken away is found by --check-law, and no program decides without it" {
    registry
    run --separate-stderr cq-eligible --check-law
    equal "$status" 0
    equal "${#lines[@]}" 1 "the built-in law has findings"
    cp -r "$TOP/lib/law" law
    run --separate-stderr cq-eligible --law=law --check-law
    equal "$status" 0
    grep -n 'not_coresident' law/rules.csv | tail -n 1 >found
    sed -i "$(cut -d: -f1 found)d" law/rules.csv
    run --separate-stderr cq-eligible --law=law --check-law
    equal "$status" 1
    contains "$output" missing
    contains "$output" family
    eligible --law=law $EMPLOYEE
    equal "$status" 3
    equal "$output" "" stdout
    contains "$stderr" "[CQ-L004]"
    status=0
    cq-eligible --law=law --facts </dev/null 2>err || status=$?
    equal "$status" 3 "--facts"
    run --separate-stderr cq-import --law=law --as-of=2026-01-01 people.csv
    equal "$status" 3 "status of cq-import"
    cp "$TOP/lib/law/rules.csv" law/
    sed -n 3p law/rules.csv | sed 's/^[^,]*/twin/' >>law/rules.csv
    run --separate-stderr cq-eligible --law=law --check-law
    equal "$status" 1
    contains "$output" twin
    eligible --law=law $EMPLOYEE
    contains "$stderr" "[CQ-L003]"
    rm law/gaps.csv
    eligible --law=law $EMPLOYEE
    equal "$status" 4
    contains "$stderr" "[CQ-L001]"
}

@test "answers as the registry stood" {
    registry
    first=$(sqlite3 cq.db "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') FROM run
        WHERE id = 2")
    sed 's/employee/pensioner/' people.csv >later.csv
    sleep 0.01
    cq-import -q --as-of=2026-01-01 later.csv
    eligible $EMPLOYEE
    contains "$output" pensioner
    eligible --known-at="$first" $EMPLOYEE
    contains "$output" employee
    eligible --known-at=2000-01-01 $EMPLOYEE
    contains "$output" not_listed
}

@test "the encoding that was found is said under -v" {
    printf 'category\nemployee\n' >plain.csv
    run --separate-stderr cq-eligible --facts -v <plain.csv
    contains "$stderr" "encoding UTF-8"
    printf '\xff\xfe' >wide.csv
    iconv -f UTF-8 -t UTF-16LE plain.csv >>wide.csv
    run --separate-stderr cq-eligible --facts -v <wide.csv
    contains "$stderr" "encoding UTF-16LE"
    run --separate-stderr cq-eligible --facts <wide.csv
    equal "$stderr" ""
}
