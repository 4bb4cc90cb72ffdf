# Two laws compared as laws: --check-law --against prints the facts and days whose answers differ.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

LAW=$TOP/lib/law
ALL=69672960 # combinations of facts there are on a day

# without_718 DIR: the law as it was before its last edition; the predecessor goes on.
without_718() {
    cp -r "$LAW" "$1"
    sed -i '/^[^,]*,R78\.718,/d; s/,R78\.718,/,,/' "$1"/{rules,groups,clauses,paragraphs}.csv
    sed -i '/^R78\.718,/d; s/,R78\.718,/,,/' "$1"/{editions,documents,bearers}.csv
    sed -i '/^A-01,/d; s/,R78\.718,/,,/' "$1/late.csv"
}

# changed DIR SED FILE: the law with one table changed.
changed() {
    cp -r "$LAW" "$1"
    sed -i "$2" "$1/$3"
    ! cmp -s "$LAW/$3" "$1/$3" || fail "sed changed nothing"
}

setup_file() {
    without_718 "$BATS_FILE_TMPDIR/before"
    changed "$BATS_FILE_TMPDIR/payer" \
        's/^\(cp-sanatorium-duty-injury,.*\),budget,/\1,paid,/' rules.csv
}

# columns NAME...: these columns of rows on standard input, in the order of the file.
columns() {
    awk -F, -v names=" $* " '
        NR == 1 { for (i = 1; i <= NF; i++) if (index(names, " " $i " ")) keep[++n] = i }
        { for (i = 1; i <= n; i++) printf "%s%s", $keep[i], i < n ? "," : "\n" }'
}

# on_day DAY: how many combinations the rows on standard input hold on a day.
on_day() {
    columns since until combinations | awk -F, -v day="$1" '
        $1 <= day && ($2 == "" || day < $2) { total += $3 } END { printf "%d", total }'
}

@test "equal laws: a header, status 0, and the words that nothing differs" {
    run --separate-stderr -0 cq-eligible --check-law --against="$LAW"
    equal "${#lines[@]}" 1
    equal "$(messages "$stderr")" "cq-eligible: no answer differs"
    equal "$(cut -d, -f1-3,19-22,32,33,42 <<<"$output")" \
        since,until,category,duty_injury,combinations,among,changed,late_gaps,against_outcome,against_late_gaps
    run --separate-stderr -0 cq-eligible -q --check-law --law="$LAW" --against="$LAW" -f json
    equal "$output$stderr" ""
    # Rules may be written otherwise and still decide alike.
    changed split '/^abroad,/{p;s/^abroad,R78.704,/abroad-late,2026-05-05,/}' rules.csv
    sed -i 's/^abroad,R78.704,,/abroad,R78.704,2026-05-05,/' split/rules.csv
    run --separate-stderr -0 cq-eligible --check-law --against=split
    equal "${#lines[@]}" 1
}

@test "No. 718 against its predecessor: all that differs, in at most 40 rows" {
    cd "$BATS_FILE_TMPDIR"
    run --separate-stderr -1 cq-eligible --check-law --law=before --against="$LAW"
    [ "${#lines[@]}" -le 41 ] || fail "${#lines[@]} lines"
    contains "$stderr" "cells may hold several answers, joined by |; --all prints"
    contains "$stderr" "outlines, where not all combinations differ: 2"
    echo "$output" >few.csv
    # Each day of the window carries the gap, whatever the facts.
    equal "$(columns since until category combinations among changed against_late_gaps <few.csv |
        grep ^2025-09-14)" "2025-09-14,2025-09-20,*,$ALL,$ALL,late_gaps,A-01"
    # Pensioners of civil protection without a rank fall out: one category of five, two bodies of
    # four, one value of the rank.
    equal "$(columns since until category body special_rank service combinations changed against_outcome <few.csv |
        grep not_contingent | grep pensioner)" \
        "2025-09-20,,pensioner,civil_protection|fire_service,no,*,$((ALL / 5 / 2 / 2)),outcome;provider;payer;reasons;basis;gaps;certainty,not_contingent"
    # Whoever no list names is told so by part 2.
    equal "$(columns category combinations changed basis against_basis <few.csv | grep ^none)" \
        "none,$((ALL / 5)),basis;certainty,R78:1,R78:1.2"
}

@test "rows merged and rows of every single change hold the same combinations" {
    cd "$BATS_FILE_TMPDIR"
    cq-eligible -q --check-law --law=before --against="$LAW" >few.csv || equal $? 1 status
    run --separate-stderr -1 cq-eligible --check-law --law=before --against="$LAW" --all -o all.csv
    lacks "$stderr" "cells may hold"
    lacks "$stderr" outlines
    [ "$(wc -l <all.csv)" -gt 1000 ] || fail "rows of --all: $(wc -l <all.csv)"
    lacks "$(cut -d, -f23-42 all.csv)" '|'
    local day
    for day in 2025-09-13 2025-09-19 2025-09-20 2025-09-30 2026-11-01; do
        equal "$(on_day $day <few.csv)" "$(on_day $day <all.csv)" "$day"
    done
    equal "$(on_day 2025-09-13 <all.csv)" 0
    equal "$(on_day 2025-09-19 <all.csv)" "$ALL"
    [ "$(on_day 2026-11-01 <all.csv)" -gt 0 ] || fail "nobody is answered otherwise"
}

@test "a payer that one rule changes is the one region there is" {
    cd "$BATS_FILE_TMPDIR"
    run --separate-stderr -1 cq-eligible --check-law --against=payer
    equal "$stderr" ""
    equal "$(columns since until category body service duty_injury combinations among changed \
        outcome payer basis against_outcome against_payer against_basis <<<"$output" | sed 1d)" \
        "2020-01-01,2025-09-20,employee,civil_protection|fire_service,sanatorium,yes,$((ALL / 5 / 2 / 8 / 2)),$((ALL / 5 / 2 / 8 / 2)),payer,conditional,budget,LES:84.3;LES:70.3,conditional,paid,LES:84.3;LES:70.3"
    # The other way round, old and new change places.
    run --separate-stderr -1 cq-eligible --check-law --law=payer --against="$LAW"
    equal "$(columns changed payer against_payer <<<"$output" | sed 1d)" payer,paid,budget
}

@test "the same as JSON and as a table in three languages" {
    cd "$BATS_FILE_TMPDIR"
    run --separate-stderr -1 cq-eligible --check-law --against=payer -f json
    equal "${#lines[@]}" 1
    contains "$output" "\"combinations\":$((ALL / 160)),\"among\":$((ALL / 160)),\"changed\":\"payer\""
    contains "$output" '"against_payer":"paid"'
    local language
    for language in en kk ru; do
        run --separate-stderr -1 cq-eligible --check-law --against=payer -f table --lang=$language
        equal "${#lines[@]}" 3 $language
        contains "${lines[2]}" "01.01.2020  20.09.2025"
        lacks "$output" sanatorium,
        case $language in
        en) contains "$output" "payer: at budget expense > for a fee" ;;
        kk) contains "$output" "төлеуші: бюджет қаражаты есебінен > ақылы негізде" ;;
        ru) contains "$output" "плательщик: за счёт бюджетных средств > на платной основе" ;;
        esac
        run --separate-stderr -0 cq-eligible --check-law --against="$LAW" --lang=$language
        echo "$stderr" >>same
    done
    equal "$(sort -u same | wc -l)" 3
}

@test "tables that give people other facts are named, though no answer to facts differs" {
    changed facts 's/^pensioner,\*,yes/pensioner,*,no/' presumptions.csv
    sed -i 's/^inpatient,osms/inpatient,gobmp/' facts/services.csv
    run --separate-stderr -0 cq-eligible --check-law --against=facts
    equal "${#lines[@]}" 1
    contains "$stderr" "people may have other facts by these tables: services.csv, presumptions.csv"
}

@test "tables that tell only where facts are unknown are named, and the laws are not equal" {
    # Of the fire service, one possible value of the rank would no longer be enough.
    changed possible 's/^A-23,,,O61,\*,,special_rank,/A-23,,,O61,*,,,/' late.csv
    run --separate-stderr -1 cq-eligible --check-law --against=possible
    equal "${#lines[@]}" 1
    contains "$stderr" "no answer to known facts differs"
    contains "$stderr" "where facts are unknown, answers may differ by these tables: late.csv"
    # Of a family member who may be a minor, the first row that can apply counts.
    changed papers '/^R78.718,,family,\*,yes,/{h;d};/^R78.718,,family,\*,no,/G' documents.csv
    run --separate-stderr -1 cq-eligible --check-law --against=papers
    equal "${#lines[@]}" 1
    contains "$stderr" "by these tables: documents.csv"
    # The order of late.csv has no effect.
    changed order '/^A-02,/{h;d};/^A-04,/G' late.csv
    run --separate-stderr -0 cq-eligible --check-law --against=order
    equal "$(messages "$stderr")" "cq-eligible: no answer differs"
}

@test "a law that cannot be used stops the comparison, and the message names its folder" {
    changed holed '/^not-listed,/d' rules.csv
    changed slip 's/,A-21,/,A-77,/' rules.csv
    run --separate-stderr -3 cq-eligible --check-law --against=holed -o rows.csv
    contains "$stderr" "cq-eligible: holed: "
    contains "$stderr" "[CQ-L004]"
    [ ! -e rows.csv ] || fail "rows were written"
    run --separate-stderr -3 cq-eligible --check-law --law=holed --against="$LAW"
    contains "$stderr" "cq-eligible: holed: "
    run --separate-stderr -3 cq-eligible --check-law --against=slip
    contains "$stderr" "slip/rules.csv:28: gaps: "
    run --separate-stderr -4 cq-eligible --check-law --against=nowhere
    contains "$stderr" nowhere/acts.csv
}

@test "a full disk is an error, and --all alone stays a question about people" {
    run -4 --separate-stderr bash -c "cq-eligible --check-law --against='$BATS_FILE_TMPDIR/payer' >/dev/full"
    contains "$stderr" "[CQ-O003]"
    run -2 cq-eligible --check-law --all
    run -2 cq-eligible --check-law --against="$LAW" --facts
}

# Minor children of the fallen, where no organisation of the bodies can treat them and either package
# covers them. Body, rank, sponsor, kin, coresidence, the list of the Affairs Administration and the
# duty injury are free.
@test "the amendment that cq-law(5) teaches is that region, and nothing else" {
    local free=$((4 * 2 * 3 * 7 * 2 * 2 * 2)) outpatient inpatient day_hospital rehabilitation
    # Destination, home, indications; covered are 3 of 6 cases of package and insurance if planned,
    # and all in an emergency.
    outpatient=$((free * 3 * 3 * 2 * (3 + 6)))
    inpatient=$((free * (3 + 1 + 1) * 2 * (3 + 6))) # local from anywhere, or one's own city
    day_hospital=$((free * 3 * 3 * 2 * (3 + 3)))
    rehabilitation=$((free * 3 * 3 * (3 + 3)))
    cp -r "$LAW" law
    "$TOP/tests/tools/examples.sh" run "$TOP/cmd/cq-law.5" >printed 3>&-
    run --separate-stderr -0 cq-eligible --check-law --law=draft
    equal "${#lines[@]}" 1
    run --separate-stderr -1 cq-eligible --check-law --law=law --against=draft -o rows.csv
    equal "$(on_day 2026-12-31 <rows.csv)" 0
    equal "$(on_day 2027-01-01 <rows.csv)" $((outpatient + inpatient + day_hospital + rehabilitation))
    equal "$(columns since until category minor place changed <rows.csv | sed 1d | sort -u)" \
        "2027-01-01,,child_of_fallen,yes,absent,basis;gaps"
    # Cases of the years before are answered as they were.
    run -0 --separate-stderr cq-eligible --cases="$TOP/tests/data/law-cases.csv" --law=draft
    contains "$stderr" " 0 differ"
}
