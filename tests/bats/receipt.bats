# Receipts, and the same decisions made again.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

registry() {
    cat >people.csv <<'EOF'
iin,last_name,first_name,birth_date,category,agency,special_rank,residence
850315100006,Аа,Аа,1985-03-15,employee,internal_affairs,yes,711110000
850315100016,Бб,Бб,1955-03-15,pensioner,internal_affairs,yes,353630100
EOF
    cat >facilities.csv <<'EOF'
facility,owner,kato,service
MVD-71-1,mvd,711110000,inpatient
EOF
    export CQ_DB=$PWD/cq.db
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
}

receipts() {
    printf 'iin\n850315100006\n850315100016\n850315100704\n' |
        cq-eligible --as-of=2026-03-02 -s inpatient --receipt >receipts.csv
}

# told FILE: the cells of column replay, one a line.
told() {
    awk -F, 'NR > 1 { print $(NF - 1) }' "$1"
}

# alter COLUMN VALUE FILE: the file with another value in every cell of a column. A value of -
# empties it, ~ puts the cell of the row before.
alter() {
    awk -F, -v OFS=, -v name="$1" -v value="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; print; next }
        { mine = $at; $at = value == "-" ? "" : value == "~" ? last : value; last = mine; print }' "$3"
}

# unnamed COLUMN BEFORE AFTER: rows whose cell of the column was altered, but of which the replay does
# not say so.
unnamed() {
    paste -d '\t' "$2" "$3" | awk -F '\t' -v name="$1" '
        NR == 1 { for (i = split($1, header, ","); i > 0; i--) if (header[i] == name) at = i; next }
        {
            split($1, before, ",")
            n = split($2, after, ",")
            if (before[at] != after[at] &&
                !(after[n - 1] ~ /(^|;)altered(;|$)/ && index(";" after[n], ";" name ":")))
                print name ": " before[at] ">" after[at] " is told as " after[n - 1] "," after[n]
        }'
}

# all_altered FILE COLUMN...: each column altered in turn, in four ways.
all_altered() {
    local file=$1 column value
    shift
    for column in "$@"; do
        for value in x - "~" "x;y"; do
            alter "$column" "$value" "$file" >altered.csv
            cq-eligible --replay=altered.csv >again.csv 2>err || [ $? -eq 1 ]
            unnamed "$column" "$file" again.csv
        done
    done
}

@test "a receipt holds facts, day, law, rule and outcome, and nothing of a person" {
    registry
    receipts
    local receipt law
    law=$(cq-eligible --version -v | sed -n 's/^law \(............\).*/\1/p')
    receipt=$(sed -n 2p receipts.csv | cut -d, -f20)
    [[ $receipt =~ ^2:[0-9a-f]{16}:0----:2026-03-02:2:$law:employee-inpatient:conditional:[0-9A-Za-z_-]{56}[.]{4}:[0-9a-f]{8}$ ]] ||
        fail "$receipt"
    lacks "$receipt" 850315
    printf 'category,service\nnone,abroad\n' | cq-eligible --as-of=2026-03-02 --facts --receipt >facts.csv
    contains "$(cat facts.csv)" "::2026-03-02:0:$law:not-listed:not_contingent:"
}

@test "receipts made again are the same, with and without the registry" {
    registry
    receipts
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
    equal "$(cut -d, -f1-20 again.csv)" "$(cat receipts.csv)" "the rows in front"
    cq-eligible --facts --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
    CQ_DB=none.db cq-eligible --replay=- <receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
}

@test "ten thousand receipts are the same when made again" {
    "$CQ_TOOLS/gen" facts 10000 --unknown=20 | cq-eligible --facts --receipt >receipts.csv
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | tr -s ' ')" " 10000 ok"
}

@test "twenty thousand rows of facts, several values among them, make the same receipts again" {
    "$CQ_TOOLS/gen" facts 20000 --unknown=10 --seed=3 >facts.csv
    # In every row two facts are one of two values; in every third row, three facts one of three.
    awk -F, -v OFS=, '
        function several(fact, values,    list, n) {
            n = split(values, list, " ")
            $(at[fact]) = list[1 + NR % n] "|" list[1 + (NR * 7 + 1) % n]
            if (NR % 3 == 0) $(at[fact]) = $(at[fact]) "|" list[1 + (NR + 2) % n]
        }
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
        {
            several("kin", "spouse student_child disabled_child other listed")
            several("place", "available one absent")
            if (NR % 3 == 0) several("category", "employee family pensioner none")
            print
        }' facts.csv >several.csv
    cq-eligible --facts --receipt <several.csv >receipts.csv
    [ "$(grep -vc missing_facts receipts.csv)" -gt 3000 ] || fail "few decisions"
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | xargs)" "20000 ok"
}

@test "every altered cell of a row of facts is named" {
    "$CQ_TOOLS/gen" facts 60 --seed=8 | cut -d, -f1-19 >facts.csv
    cq-eligible --facts --why-not --receipt <facts.csv >receipts.csv
    local columns
    columns=$(head -n 1 receipts.csv | tr , '\n' | grep -vx -e row -e receipt)
    equal "$(wc -l <<<"$columns")" 34 columns # the facts, the answer, would_need
    # shellcheck disable=SC2086 # one a word
    all_altered receipts.csv $columns >unnamed
    # An empty destination is local, as it was before.
    equal "$(grep -v '^destination: local> ' unnamed)" ""
}

@test "every altered cell of a row about a person is named" {
    registry
    printf 'note,iin,duty_injury\nx,850315100006,no\n,850315100016,\ny,850315100704,yes\n' >asked.csv
    cq-eligible --as-of=2026-03-02 -s inpatient --urgency=emergency --destination=astana --indicated=no \
        --package=osms --profile=eye --why-not --receipt <asked.csv >receipts.csv
    local columns column value
    columns=$(head -n 1 receipts.csv | tr , '\n' | grep -vx -e note -e iin -e receipt)
    equal "$(wc -l <<<"$columns")" 25 columns
    # shellcheck disable=SC2086 # one a word
    all_altered receipts.csv $columns >unnamed
    # Without a word about an injury there was none.
    equal "$(grep -v '^duty_injury: \(no>\|>no\) ' unnamed)" ""
    CQ_DB=none.db all_altered receipts.csv outcome payer facility agency changes_on >unnamed
    equal "$(cat unnamed)" "" "without a registry"
    # What was not asked for is asked for.
    printf 'iin,destination,indicated,package\n850315100006,,,\n' |
        cq-eligible --as-of=2026-03-02 -s inpatient --receipt >unasked.csv
    for value in x yes osms astana; do
        for column in destination indicated package; do
            alter $column $value unasked.csv >altered.csv
            cq-eligible --replay=altered.csv >again.csv || [ $? -eq 1 ]
            unnamed $column unasked.csv again.csv
        done
    done >unnamed
    equal "$(cat unnamed)" "" "what was not asked for"
    alter iin 850315100007 receipts.csv >altered.csv
    run -1 cq-eligible --replay=altered.csv
    contains "${lines[1]}" ",altered,iin:?>?"
}

@test "what a second law changes is in the receipt too" {
    registry
    cp -r "$TOP/lib/law" law
    sed -i 's/^\(employee-inpatient,.*\),mvd,budget,/\1,mvd,fund_osms,/' law/rules.csv
    printf 'iin\n850315100006\n' |
        cq-eligible --as-of=2026-03-02 -s inpatient --against=law --receipt >receipts.csv 2>err
    equal "$(wc -l <receipts.csv)" 2 rows
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv)" ok
    # shellcheck disable=SC2046 # one a word
    all_altered receipts.csv $(head -n 1 receipts.csv | tr , '\n' | grep -e effect -e against_) >unnamed
    equal "$(cat unnamed)" ""
}

@test "columns in another order, others between, other delimiters and dates are no alteration" {
    registry
    receipts
    awk -F, -v OFS=';' '{
        day = NR == 1 ? $2 : "02.03.2026"
        for (i = 1; i <= NF; i++) if ($i ~ /;/) $i = "\"" $i "\""
        print $20, " " $17 " ", NR == 1 ? "Note" : "n", $16, $15, $14, $13, $12, $11, $10, $9, $8, $7,
            $6, $5, NR == 1 ? "OUTCOME" : $4, $3, day, $1
    }' receipts.csv >other.csv
    cq-eligible --replay=other.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
    sed 's/;conditional;/;eligible;/' other.csv >altered.csv
    run -1 cq-eligible --replay=altered.csv
    contains "${lines[1]}" ",altered,outcome:conditional>eligible"
    cut -d, -f1,4,20 receipts.csv | cq-eligible --replay=- >again.csv
    equal "$(told again.csv | sort -u)" ok "with few columns"
}

@test "words of facts are compared by what they say" {
    printf 'Категория,Срочность,орган\nсотрудник,шұғыл,құқық қорғау органдары\n' |
        cq-eligible --facts --receipt --as-of=2026-03-02 >words.csv
    cq-eligible --replay=words.csv >again.csv
    equal "$(told again.csv)" ok
    sed 's/шұғыл/emergency/' words.csv >code.csv
    cq-eligible --replay=code.csv >again.csv
    equal "$(told again.csv)" ok "a code for a word"
    sed 's/шұғыл/жоспарлы/' words.csv >altered.csv
    run -1 cq-eligible --replay=altered.csv
    contains "${lines[1]}" ",altered,urgency:emergency>жоспарлы"
}

@test "a receipt in another row is told, and so is a decision without one" {
    registry
    receipts
    alter receipt "~" receipts.csv >altered.csv
    run -1 cq-eligible --replay=altered.csv
    contains "${lines[1]}" ",missing,"
    contains "${lines[2]}" ";category:employee>pensioner;"
    contains "${lines[3]}" ",altered"
}

@test "a destination that was not asked for is found again" {
    registry
    cat >people.csv <<'EOF'
iin,last_name,first_name,birth_date,category,agency,special_rank,residence,service_place
850315100006,Аа,Аа,1985-03-15,employee,internal_affairs,yes,113630100,353630100
EOF
    cat >facilities.csv <<'EOF'
facility,owner,kato,service,serves
MVD-71-0,mvd,711110000,inpatient,71
MVD-71-1,mvd,711110000,inpatient,71 11
EOF
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
    printf 'iin,destination\n850315100006,\n850315100006,astana\n850315100006,local\n' |
        cq-eligible --as-of=2026-03-02 -s inpatient --receipt >receipts.csv
    # Nearby, the one that serves the residence; where Astana is asked for, any there.
    equal "$(cut -d, -f9 receipts.csv | xargs)" "facility MVD-71-1 MVD-71-0 MVD-71-1"
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | xargs)" "3 ok"
    # The list of facilities, changed by hand, gives another one for the same run.
    sqlite3 cq.db "UPDATE facility SET facility = 'MVD-71-2' WHERE facility = 'MVD-71-1'"
    run -1 cq-eligible --replay=receipts.csv
    contains "${lines[1]}" ",data,facility:MVD-71-1>MVD-71-2"
}

@test "the receipts of referrals are made again too" {
    registry
    printf 'iin,service,planned_on,indicated\n850315100006,inpatient,2026-03-10,yes\n' >request.csv
    cq-refer -q issue --as-of=2026-03-02 --referrer=Xx --from-facility=MVD-71-1 --diagnosis=C50 \
        <request.csv >referrals.csv
    cq-eligible --replay=referrals.csv >again.csv
    equal "$(told again.csv)" ok
    sed 's/,budget,/,fund_osms,/' referrals.csv >altered.csv
    run -1 cq-eligible --replay=altered.csv
    contains "${lines[1]}" ",altered,payer:budget>fund_osms"
}

# One as cq wrote it then, and the same with a letter more.
@test "receipts of version 1 are refused by name" {
    local first=1:000d1264440b6442:2026-03-02:0:9d7c72becd7f:R78.718-employee-mvd:eligible:0b56e3dd7ccf:2f1c5129
    printf 'outcome,receipt\neligible,%s\neligible,%s\n' $first ${first}0 >old.csv
    run -1 --separate-stderr cq-eligible --replay=old.csv
    equal "$(told <(echo "$output") | xargs)" "version_1 damaged"
    equal "$(messages "$stderr")" "cq-eligible: old.csv:2: receipt: a receipt of version 1, decided on the facts of earlier law tables: it cannot be recomputed [CQ-X004]"
    run -1 --separate-stderr cq-eligible --lang=ru --replay=old.csv
    contains "$stderr" "квитанция версии 1"
    run -1 --separate-stderr cq-eligible --lang=kk --replay=old.csv
    contains "$stderr" "1-нұсқалы түбіртек"
    printf 'receipt\n3:later:%s\n' "$(printf 3:later | b2sum -l 256 | head -c 8)" >newer.csv
    run -1 --separate-stderr cq-eligible --replay=newer.csv
    contains "$output" ",newer,"
    contains "$stderr" "version 3"
    contains "$stderr" "[CQ-X005]"
}

@test "receipts cut off, doubled or garbled are damaged" {
    registry
    receipts
    local receipt n
    receipt=$(sed -n 2p receipts.csv | cut -d, -f20)
    {
        echo receipt
        for ((n = 1; n < ${#receipt}; n++)); do
            echo "${receipt:0:n}"
            echo "${receipt:n}"
            echo "${receipt:0:n-1}~${receipt:n}"
        done
        echo "$receipt$receipt"
        tr a-z A-Z <<<"$receipt"
    } >garbled.csv
    run -1 cq-eligible --replay=garbled.csv
    equal "$(printf '%s\n' "${lines[@]:1}" | grep -vc ',damaged,$')" 0
    equal "${#lines[@]}" $((3 * ${#receipt}))
}

@test "later lists do not change what was known" {
    registry
    receipts
    sed 's/employee/pensioner/' people.csv >later.csv
    cq-import -q --as-of=2026-02-01 later.csv
    cq-eligible --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort -u)" ok
}

@test "a registry that gives other facts is told, fact by fact" {
    registry
    receipts
    rm cq.db
    sed -i 's/employee/pensioner/' people.csv
    cq-import -q --as-of=2026-01-01 people.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
    run -1 cq-eligible --replay=receipts.csv
    contains "${lines[1]}" ",data,category:employee>pensioner"
    contains "${lines[2]}" ",ok,"
}

@test "other law tables are told, and what they change" {
    registry
    receipts
    cp -r "$TOP/lib/law" law
    sed -i 's/^\(employee-inpatient,.*\),mvd,budget,/\1,mvd,fund_osms,/' law/rules.csv
    run -1 cq-eligible --law=law --replay=receipts.csv
    [[ ${lines[1]} =~ ,law,law:[0-9a-f]{12}\>[0-9a-f]{12}\;payer:budget\>fund_osms$ ]] ||
        fail "${lines[1]}"
    [[ ${lines[2]} =~ ,law,law:[0-9a-f]{12}\>[0-9a-f]{12}$ ]] || fail "${lines[2]}"
}

@test "a receipt that was changed is told" {
    registry
    receipts
    sed 's/:conditional:/:eligible:/; 3s/,2:/,1:/' receipts.csv >changed.csv
    run -1 cq-eligible --replay=changed.csv
    contains "${lines[1]}" ",damaged,"
    contains "${lines[2]}" ",damaged,"
    printf 'receipt\nnonsense\n1:2:3\n\n""\n:\n' >odd.csv
    run -1 cq-eligible --replay=odd.csv
    equal "$output" 'receipt,replay,differs
nonsense,damaged,
1:2:3,damaged,
,,
:,damaged,'
}

@test "a file without receipts is refused, and so is what does not go together" {
    printf 'iin\n850315100006\n' >people.csv
    run -3 cq-eligible --replay=people.csv
    contains "$output" "[CQ-F002]"
    run -4 cq-eligible --replay=nofile.csv
    local option
    for option in --all --check-law --against=x --receipt --why-not --roles --explain 850315100006; do
        run -2 cq-eligible --replay=people.csv $option
        contains "$output" "[CQ-U005]"
    done
}

@test "a wrong IIN has an empty receipt" {
    registry
    printf 'iin\n850315100007\n' >bad.csv
    run -1 --separate-stderr cq-eligible --receipt --as-of=2026-03-02 <bad.csv
    equal "$(echo "${lines[1]}" | cut -d, -f4,12,20)" undetermined,bad_iin,
}

@test "a duty injury is asked for again in every word that says yes, and from an option" {
    registry
    printf 'iin,duty_injury,destination\n' >asked.csv
    for word in yes 1 да иә YES '' no; do
        printf '850315100006,%s,\n' "$word" >>asked.csv
    done
    cq-eligible --as-of=2026-03-02 -s sanatorium --receipt <asked.csv >receipts.csv
    cq-eligible --as-of=2026-03-02 --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | xargs)" "7 ok"
    cq-eligible --as-of=2026-03-02 -s inpatient --duty-injury --destination=astana --receipt \
        <asked.csv >receipts.csv
    cq-eligible --as-of=2026-03-02 --replay=receipts.csv >again.csv
    equal "$(told again.csv | sort | uniq -c | xargs)" "7 ok"
    equal "$(sed -n 7p receipts.csv | cut -d, -f1-3)" 850315100006,yes,astana
}
