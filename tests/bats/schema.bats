# The views of the registry, as somebody with a SQL shell sees them: their words are those that the
# programs write.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# query SQL: with a header, NULL as nothing, CRLF as the programs do not write it.
query() {
    sqlite3 -init /dev/null -readonly -csv -header "$CQ_DB" "$1" | tr -d '\r'
}

# cells FILE: rows of a CSV with one cell a line, without the quotes that writers choose to set.
cells() {
    sqlite3 -init /dev/null :memory: ".import --csv $1 t" "SELECT * FROM t"
}

@test "person_now has the columns and words of the list, as the import reports them" {
    local column columns
    export CQ_DB="$PWD/cq.db"
    "$CQ_TOOLS/gen" contingent 3000 --seed=11 --full >list.csv
    cq-import -q --as-of=2026-01-01 --max-bad=50 --changes=changes.csv list.csv
    columns=$(head -n 1 list.csv | tr , '\n' | sort)
    equal "$(query 'SELECT * FROM person_now LIMIT 1' | head -n 1 | tr , '\n' |
        grep -vxE 'run|list_line|id' | sort)" "$columns" columns
    # Rows that have ended, or have yet to begin, are reported too and are not there now.
    query "SELECT iin FROM person_now" | tail -n +2 | sort -u >there
    [ "$(wc -l <there)" -gt 2000 ] || fail "only $(wc -l <there) people"
    for column in $columns; do
        case $column in iin | agency) continue ;; esac # the key: no change
        query "SELECT iin, '$column', '', $column FROM person_now WHERE $column IS NOT NULL" | tail -n +2
    done >got.csv
    sed -i '1i iin,field,old,new' got.csv
    cells changes.csv | sort | join -t '|' - there >want
    cells got.csv | sort >got
    cmp want got
    # Each word of each code is in it.
    for column in sex category relation document special_rank coresident presidential duty_injury \
        disabled_before_18 dependent; do
        cut -d '|' -f 2,4 got | grep "^$column|" | sort -u
    done >words
    for word in 'sex|m' 'sex|f' 'category|employee' 'category|family' 'category|pensioner' \
        'category|child_of_fallen' 'relation|spouse' 'relation|child' 'relation|parent' \
        'relation|ward' 'relation|other' 'disabled_before_18|yes' 'dependent|no' \
        'document|id_card' 'document|birth_certificate'; do
        grep -qxF "$word" words || fail "$word is not tried: $(cat words)"
    done
}

@test "person_now has the versions that hold today" {
    export CQ_DB="$PWD/cq.db"
    cat >list.csv <<END
iin,last_name,first_name,birth_date,category,agency,valid_from,valid_to
850315100006,Aa,Name,1985-03-15,employee,courier,,
850315100016,Bb,Name,1985-03-15,employee,courier,2001-01-01,2020-01-01
850315100704,Cc,Name,1985-03-15,employee,courier,2099-01-01,
770101100005,Dd,Name,1977-01-01,employee,courier,2001-01-01,2099-01-01
END
    cq-import -q --as-of=2026-01-01 list.csv
    sed 's/,Aa,/,Ab,/' list.csv >changed.csv
    cq-import -q --as-of=2026-01-02 changed.csv
    equal "$(query 'SELECT iin, last_name, valid_from, valid_to FROM person_now ORDER BY iin')" \
        "iin,last_name,valid_from,valid_to
770101100005,Dd,2001-01-01,2099-01-01
850315100006,Ab,,"
    equal "$(query "SELECT category, count(*) FROM person_now GROUP BY category" | tail -n +2)" \
        "$(cq-report contingent --by=category | tail -n +2)"
}

@test "agencies of the views are those of the law" {
    local id number
    export CQ_DB="$PWD/cq.db"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        850315100006,Aa,Name,1985-03-15,employee,courier >list.csv
    cq-import -q --as-of=2026-01-01 list.csv
    while IFS=, read -r id number _; do
        sqlite3 "$CQ_DB" "UPDATE person SET id = (id & ~(15 << 19)) | $number << 19"
        equal "$(query 'SELECT agency FROM person_now' | tail -n +2)" "$id"
    done < <(tail -n +2 "$TOP/lib/law/agencies.csv")
}

@test "referral_now is what cq-refer list writes" {
    local action service
    registry
    for service in outpatient inpatient day_hospital; do
        issue --service=$service --urgency=emergency --indication=x --iin=$EMPLOYEE >/dev/null || [ $? -eq 1 ]
        issue --service=$service --iin=$REMOTE --indication=x >/dev/null || [ $? -eq 1 ]
        issue --service=$service --iin=$PENSIONER --indication=x >/dev/null || [ $? -eq 1 ]
        issue --service=$service --iin=$CHILD --indication=x >/dev/null || [ $? -eq 1 ]
    done
    issue --service=mental_health --iin=$CHILD --consent --indication=x >/dev/null || [ $? -eq 1 ]
    issue --service=psychological_rehabilitation --iin=$EMPLOYEE --measure=training \
        --indication=x >/dev/null || [ $? -eq 1 ]
    "$CQ_TOOLS/gen" contingent 300 --seed=5 >generated.csv
    import_list contingent generated.csv
    cut -d, -f1 generated.csv | issue --service=outpatient --indication='a, "b"' >/dev/null || [ $? -eq 1 ]
    cq-refer list | sed -n 2,40p >numbers
    for action in accept reject cancel; do
        sed -n '1~3p' numbers | cut -d, -f1 >some
        sed -i '1~3d' numbers
        xargs cq-refer $action --as-of=$DAY --reason=x <some >/dev/null
    done
    cq-refer list >list.csv
    [ "$(wc -l <list.csv)" -gt 150 ] || fail "only $(wc -l <list.csv) referrals"
    [ "$(cut -d, -f2 list.csv | sort -u | wc -l)" -ge 5 ] || fail "few states"
    # The last day for an answer follows from the calendar of the law, which no view has.
    query "SELECT $(head -n 1 list.csv | sed 's/,answer_by,/,NULL AS answer_by,/') FROM referral_now ORDER BY id" >view.csv
    equal "$(head -n 1 view.csv)" "$(head -n 1 list.csv)"
    grep -q ,day_hospital, list.csv || fail "no day hospital"
    cells list.csv | sort >want
    cells view.csv | sort >got
    cmp want got
}

@test "the CHECKs refuse what can never be right" {
    local sql
    registry
    issue --service=outpatient --iin=$EMPLOYEE --indication=x >/dev/null
    while read -r sql; do
        run sqlite3 "$CQ_DB" "$sql"
        contains "$output" "CHECK constraint failed"
    done <<'SQL'
UPDATE run SET agency = 16 WHERE id = 1
UPDATE run SET ended = -1 WHERE id = 1
UPDATE facility SET facility = ''
UPDATE facility SET department = 2
UPDATE facility SET kato = -1
UPDATE card SET card_no = ''
UPDATE referral SET seal = x'00'
SQL
    run cq-report check --as-of=$DAY
    equal "$(sqlite3 "$CQ_DB" 'PRAGMA integrity_check')" ok
}

@test "no program reads a view" {
    run grep -rnE '(person|referral)_now' "$TOP/lib" "$TOP/cmd" --include=*.[ch]
    equal "$status" 1
}
