# Every message says what, where and what next, in the language of the reader, and names the right word
# that is nearest to a wrong one.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# step PROGRAM ARGUMENT...: the step below the message that the command ends with.
step() {
    run --separate-stderr "$@"
    sed -n "s/^$1:   //p" <<<"$stderr"
}

# bad N: a list with N rows whose birth date is none, and one whose IIN is none.
bad() {
    echo iin,last_name,first_name,birth_date,category,agency
    for ((i = 0; i < $1; i++)); do
        echo "850315300009,Ахметов,Серик,15/03/1985,employee,courier"
    done
    echo "85031530000,Ахметов,Серик,1985-03-15,employee,courier"
}

@test "each code of a run has its step once, below its first message" {
    bad 12 >list.csv
    run --separate-stderr cq-import --max-bad=100 --as-of=2026-01-01 list.csv
    equal "$status" 1 status
    equal "$(grep -c '\[CQ-R020\]$' <<<"$stderr")" 11 "ten messages and the count"
    equal "$(grep -A1 -m1 'CQ-R020' <<<"$stderr" | tail -n1)" \
        "cq-import:   Write the day so, as 2026-11-01 or 01.11.2026; it must exist."
    equal "$(grep -c '^cq-import:   ' <<<"$stderr")" 2 steps
    lacks "$(grep '^cq-import:   ' <<<"$stderr")" "[CQ-"
    for language in kk ru; do
        run --separate-stderr cq-import --lang=$language --max-bad=100 -n --as-of=2026-01-01 list.csv
        contains "$stderr" "cq-import:   $(msgstr $language "Write the day so, as 2026-11-01 or 01.11.2026; it must exist.")"
    done
}

# msgstr LANGUAGE MSGID
msgstr() {
    awk -v id="msgid \"$2\"" '$0 == id { getline; sub(/^msgstr "/, ""); sub(/"$/, ""); print }' \
        "$TOP/lib/po/$1.po"
}

@test "with -q only refusals and what ends the run have their step" {
    bad 1 >list.csv
    run --separate-stderr cq-import -q --max-bad=100 --as-of=2026-01-01 list.csv
    equal "$(grep -c '^cq-import:   ' <<<"$stderr")" 0 "steps of rows"
    run --separate-stderr -3 cq-import -q --as-of=2026-01-01 list.csv
    contains "$stderr" "[CQ-F006]
cq-import:   Look at the first messages"
    run --separate-stderr -4 cq-import -q missing.csv
    equal "$stderr" "cq-import: missing.csv: cannot open: No such file or directory [CQ-O001]
cq-import:   Check the name and the rights of the file or folder."
}

# meant WORD COMMAND...: the command is answered with that word, in three languages.
meant() {
    local word=$1
    shift
    contains "$(step "$@")" "Did you mean $word? "
    contains "$(step "$@" --lang=kk)" "$word демек болдыңыз ба? "
    contains "$(step "$@" --lang=ru)" "Возможно, имелось в виду $word? "
}

@test "the nearest right word is named: options, values, actions, reports, columns" {
    meant --kind cq-import --knid=cards
    meant --dry-run cq-import --dryrun
    meant cards cq-import --kind=crads
    meant full cq-import --mode=ful
    meant table cq-report law --format=tabel
    meant inpatient cq-eligible --service=inpatinet
    meant inpatient cq-refer issue --iin=850315300009 --service=inpateint
    meant internal_affairs cq-import --agency=internal_afairs --mode=full list.csv
    meant issue cq-refer isue
    meant quality cq-report qualiti
    meant region cq-report contingent --by=category,regoin
    meant gap cq-report law --by=gop
    bad 1 >list.csv
    meant birth_date cq-import --map=birth_dat=Born list.csv
}

@test "a word of another language leads to the value" {
    meant inpatient cq-eligible --service=стационар
    meant inpatient cq-refer issue --iin=850315300009 --service=стацоинар
    meant courier cq-import --agency=courierr --mode=full list.csv
    # Nothing is guessed where nothing is near, or where the word is right and its value is missing.
    lacks "$(step cq-import --kind=zzz)" "Did you mean"
    lacks "$(step cq-import --kind)" "Did you mean"
    lacks "$(step cq-report)" "Did you mean"
}

@test "operands that are no IIN, and a list where an IIN stands" {
    run --separate-stderr -2 cq-eligible list.csv
    contains "$stderr" "operand 1 is no IIN [CQ-U009]"
    contains "$stderr" "cq-eligible <list.csv"
    run --separate-stderr -2 cq-eligible --indicated yes 850315300009
    contains "$stderr" "operand 1 is no IIN [CQ-U009]"
    contains "$stderr" "--indicated=yes"
    lacks "$stderr" 850315300009
    registry
    echo number >numbers
    run --separate-stderr -0 cq-refer show - <numbers
    equal "$stderr" ""
}

@test "codes are words where somebody is refused, or a move is" {
    registry
    local number
    number=$(issue --iin=$EMPLOYEE --service=outpatient --as-of=$DAY -q 2>/dev/null | sed -n 2p | cut -d, -f1)
    run --separate-stderr -3 cq-refer complete --lang=ru --as-of=$DAY "$number"
    contains "$stderr" "завершение, выдано (принятие, отказ, отмена, истечение срока) – complete, issued (accept, reject, cancel, expire) [CQ-F013]"
    run --separate-stderr cq-refer issue --lang=kk --as-of=$DAY --iin=$REMOTE --service=outpatient
    contains "$stderr" "анықтау мүмкін емес: деректер жетіспейді: медициналық көрсетілімдер немесе оңалту әлеуеті (undetermined: missing_facts: indicated) [CQ-R061]"
}

# The words in Latin letters that no translation may lack: options, and what is a whole string of its
# own in the sources without being a text for people: columns, values, formats, encodings; the codes and
# columns of the law tables; programs and their actions.
codes() {
    {
        for program in $PROGRAMS; do
            echo "$program"
            "$program" --help | grep -oE -- '--[a-z-]+'
        done
        sed -E 's/\b(N_|_)\("[^"]*"\)//g' "$TOP"/lib/*/*.c "$TOP"/cmd/*.c | grep -oE '"[A-Za-z0-9_.;|-]+"'
        cut -d, -f1,2 "$TOP"/lib/law/*.csv
        head -qn1 "$TOP"/lib/law/*.csv
        (cd "$TOP/lib/law" && ls ./*.csv)
    } | grep -oE '[A-Za-z]+' | sort -u
}

# Commands that fail or warn, one a line.
wrong_calls() {
    cat <<'END'
cq-import --knid=cards
cq-import --kind=zzz
cq-import --kind
cq-import missing.csv
cq-import /
cq-import -d list.csv good.csv
cq-import -d /missing/cq.db good.csv
cq-import --law=/missing good.csv
cq-import --law=holed good.csv
cq-import --as-of=x
cq-import --known-at=x
cq-import --max-bad=x
cq-import --undo=99
cq-import --undo=1 good.csv
cq-import --mode=full good.csv
cq-import --mode=full --agency=x good.csv
cq-import good.csv good.csv --rejects=r.csv
cq-import good.csv -o good.csv --changes=good.csv
cq-import --map=x=y good.csv
cq-import --approve=1234 good.csv
cq-import --sheet=2 good.csv
cq-import --encoding=latin1 good.csv
cq-import --delimiter=x good.csv
cq-import --kind=cards cards.csv
cq-import list.csv
cq-import -v --max-bad=100 list.csv
cq-import twice.csv
cq-import empty.csv
cq-import headless.csv
cq-import zip.csv
cq-import --summary=/missing/s.json -n good.csv
cq-eligible list.csv
cq-eligible --all --facts
cq-eligible --service=zzz
cq-eligible --until=2026-01-01
cq-eligible --letter --facts
cq-eligible --letter --format=csv 850315300009
cq-eligible --against=/missing --facts
cq-eligible --check-law --law=holed
cq-eligible 850315300008
cq-eligible -d missing.db 850315300009
cq-eligible --claims claims.csv -v
cq-eligible --facts facts.csv
cq-eligible --cases=missing.csv
cq-eligible --replay=missing.csv
cq-eligible -o /missing/out 850315300009
cq-refer
cq-refer isue
cq-refer issue --iin=850315300009
cq-refer issue --iin=850315300009 --service=zzz
cq-refer issue --iin=850315300009 --service=outpatient --diagnosis=?
cq-refer issue --iin=850315300009 --service=inpatient
cq-refer issue --iin=850315300009 --service=outpatient --facility=none
cq-refer accept CQ-71-2026-000001-X
cq-refer accept 12
cq-refer accept --status=issued
cq-refer list --status=zzz
cq-refer print CQ-71-2026-000001-X
cq-refer register --iin=850315300009
cq-refer register --card-no=1
cq-report
cq-report qualiti
cq-report law extra
cq-report law --days=3
cq-report person
cq-report person --iin=1
cq-report find
cq-report find --name=1
cq-report find --born=x
cq-report form2
cq-report form2 --year=2025 --line=98
cq-report contingent --by=x
cq-report changes --since=foo
cq-report changes --since=99
cq-report all
cq-report contingent --format=prometheus
cq-report law --dialect=sqlite
cq-report contingent --excel --format=json
cq-report contingent -o /missing/out
cq-report contingent --suppress=x
END
}

@test "a terminal in place of a list, and one name for another person each" {
    script -qec 'cq-eligible --facts' /dev/null >typed </dev/null || true
    contains "$(cat typed)" "standard input is a terminal [CQ-U004]"
    "$CQ_TOOLS/gen" contingent 60 >all.csv
    cq-import -q --as-of=2026-01-01 --max-bad=100 all.csv >/dev/null 2>&1 || true
    awk -F, -v OFS=, 'NR > 1 { $2 = $2 "ский" } { print }' all.csv >renamed.csv
    run --separate-stderr -3 cq-import -q --as-of=2026-01-02 --max-bad=100 renamed.csv
    contains "$stderr" "[CQ-F032]
cq-import:   Look whether columns are swapped"
    contains "$(tail -n1 <<<"$stderr")" --approve=
}

@test "no English word in Kazakh and Russian messages of any program" {
    local language call word
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        850315300009,Ахметов,Серик,1985-03-15,employee,courier >good.csv
    bad 12 >list.csv
    echo 'iin,facility,card_no,opened_on
850315300009,MVD-1,1,2027-01-01' >cards.csv
    sed '1s/last_name/iin/' good.csv >twice.csv
    sed 1d good.csv >headless.csv
    : >empty.csv
    printf 'PK\5\6%018d' 0 | tr 0 '\0' >zip.csv
    printf 'iin,payer\n850315300009,me\n850315300009,budget\n' >claims.csv
    printf 'category\nx\n' >facts.csv
    cp -r "$TOP/lib/law" holed
    sed -i '/^not-listed,/d' holed/rules.csv
    cq-import -q --as-of=2026-01-01 good.csv
    codes >known
    # Abbreviations and names that all three languages write alike, and the files of this test.
    printf '%s\n' CSV UTF HTML JSON NUL KATO IIN cq CQ CODE SQL XDG man xlsx MVD form Caps Lock \
        soffice headless convert to pid list good zip claims facts missing holed cards twice empty \
        none out db s csv json p A R O Z T D xls ods >>known
    for language in kk ru; do
        while read -r call; do
            # shellcheck disable=SC2086 # the words of a call
            run --separate-stderr $call --lang=$language --as-of=2026-01-01 <facts.csv
            # Without codes, citations, what was given or may be: options, paths, tokens, forms of numbers.
            for word in $(sed -E 's/\[CQ-[A-Z][0-9]+\]//g; s/[A-Z]+[0-9]+(:[0-9.]+)?//g; s/--[a-z-]+//g
                s,/[^ ]*/[^ :]*,,g; s/[0-9a-f]{16,}//g; s/[YMDHSTNRCZ-]{6,}//g; s/:MM:SSZ//' <<<"$stderr" |
                grep -oE '[A-Za-z]{2,}' | sort -u); do
                grep -qxiF "$word" known || echo "$language: $word: $call: $stderr" >>english
            done
        done < <(wrong_calls)
    done
    [ ! -e english ] || fail "$(cat english)"
}

@test "every message of those calls is followed by a step" {
    local call
    bad 1 >list.csv
    printf 'iin\n850315300009\n' >good.csv
    while read -r call; do
        # shellcheck disable=SC2086 # the words of a call
        run --separate-stderr $call </dev/null
        awk '/\[CQ-[A-Z][0-9]+\]$/ && !/more message/ { code = substr($NF, 2, 7); if (!(code in seen)) wait = code; seen[code] = 1; next }
            wait { if ($0 !~ /^cq-[a-z]+:   ./) exit 1; wait = "" }
            END { exit wait != "" }' <<<"$stderr" || fail "$call: $stderr"
    done < <(wrong_calls)
}

# figures LANGUAGE: the words and numbers at the head of the contingent, one a line.
figures() {
    cq-report contingent -f html --lang="$1" --as-of=2026-01-01 | tr -d '\n' |
        sed 's/.*class="figures">//; s,</dl>.*,,; s,</dd>,\n,g' | sed 's/<[^>]*>/ /g; s/^ *//; s/  */ /g; s/ $//'
}

@test "a number and its word agree" {
    for case in "1|person|человек|строка списков" "2|people|человека|строки списков" \
        "5|people|человек|строк списков" "21|people|человек|строка списков"; do
        IFS='|' read -r n english people rows <<<"$case"
        rm -rf data
        "$CQ_TOOLS/gen" contingent "$n" --seed=1 >all.csv
        cq-import -q --as-of=2026-01-01 all.csv
        contains "$(figures en)" "$english $n
"
        contains "$(figures ru)" "$people $n
$rows $n
"
        contains "$(figures kk)" "адам $n
"
    done
}
