# cq-refer verify: every referral is decided again from what was known, and no hand leaves its mark
# on the registry unseen.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper
load refer

# Six referrals in two regions and years, some of them moved, later lists on top.
lives() {
    registry
    printf 'iin,as_of\n%s,\n%s,\n%s,\n%s,2025-12-01\n%s,2026-03-03\n%s,2026-03-03\n' \
        $EMPLOYEE $PENSIONER $CHILD $EMPLOYEE $CHILD $EMPLOYEE |
        issue --service=outpatient --indication=acute >out.csv
    mapfile -t number < <(column number out.csv)
    equal "${#number[@]}" 6 referrals
    cq-refer accept --as-of=$DAY "${number[0]}" "${number[1]}" >accepted.csv
    cq-refer admit --as-of=$DAY --reason=arrived "${number[0]}" >admitted.csv
    sed -i "/^$EMPLOYEE/s/711110000,711110000$/711210000,711110000/" people.csv
    import_list contingent people.csv 2026-03-04
    import_list facilities <(sed 's/MVD-75/MVD-75-NEW/' facilities.csv) 2026-03-04
}

# found SQL WHAT: alters a copy of the registry by hand; verify has to notice.
found() {
    cp "$CQ_DB" altered.db
    sqlite3 altered.db "$1" || fail "not altered: $1"
    ! cmp -s "$CQ_DB" altered.db || fail "nothing was altered: $1"
    local status=0
    cq-refer verify --db=altered.db >found.csv 2>err || status=$?
    equal "$status" 1 "status after $1"
    [ "$(wc -l <found.csv)" -gt 1 ] || fail "nothing found after $1"
    [ $# -lt 2 ] || contains "$(cat found.csv)" "$2"
}

@test "what was issued verifies, also after later lists and moves" {
    lives
    run --separate-stderr cq-refer verify
    equal "$status" 0 status
    equal "$output" "number,finding,detail"
    equal "$stderr" ""
    run --separate-stderr cq-refer verify -v
    contains "$stderr" "6 referrals verified, 0 findings"
    run --separate-stderr cq-refer verify "${number[0]}"
    equal "$status" 0 "status of one"
    run --separate-stderr cq-refer verify CQ-71-2026-000572-4 </dev/null
    equal "$status" 1 "status of one that is not there"
}

@test "a later list that says the same in other columns alters nothing" {
    registry
    printf 'iin\n%s\n%s\n' $EMPLOYEE $CHILD | issue --service=outpatient >/dev/null
    cut -d, -f1-8,10-12 people.csv >fewer.csv
    cut -d, -f1-4 facilities.csv >places.csv
    import_list contingent fewer.csv 2026-03-04
    import_list facilities places.csv 2026-03-04
    equal "$(cq-report runs | column unchanged - | tail -n 2 | xargs)" "5 4"
    equal "$(cq-refer verify)" "number,finding,detail"
}

# By two lists an employee of Almaty who serves in Astana, where the acts do not decide, and a
# pensioner elsewhere, who is sent to a place nearby. To such a place the employee could go too.
@test "the destination of the role that answered is not that of another role" {
    registry
    cat >roles.csv <<END
iin,last_name,first_name,birth_date,category,agency,special_rank,residence,service_place
$EMPLOYEE,Бірінші,Адам,1985-03-15,employee,internal_affairs,yes,750000000,711110000
$EMPLOYEE,Бірінші,Адам,1985-03-15,pensioner,courier,,590000000,
END
    import_list contingent roles.csv
    issue --iin=$EMPLOYEE --service=inpatient --indication=x >out.csv
    equal "$(column category out.csv)" pensioner
    equal "$(cq-refer verify)" "number,finding,detail"
    # Nothing has changed, so admission finds the right as it was.
    cq-refer accept --as-of=$DAY "$(column number out.csv)"
    run -0 cq-refer admit --as-of=$DAY "$(column number out.csv)"
}

@test "any column of a referral that is altered is noticed" {
    lives
    local name type
    while IFS='|' read -r name type; do
        case $type in
        INTEGER) found "UPDATE referral SET $name = coalesce($name, 7) + 100 WHERE serial = 2" ;;
        TEXT) found "UPDATE referral SET $name = coalesce($name, '') || 'x' WHERE serial = 2" ;;
        BLOB) found "UPDATE referral SET $name = zeroblob(length($name)) WHERE serial = 2" ;;
        esac
    done < <(sqlite3 "$CQ_DB" "SELECT name, type FROM pragma_table_info('referral')")
    found "UPDATE referral SET diagnosis = '' WHERE serial = 1" ,seal,
    found "UPDATE referral SET service = service + 4294967296 WHERE serial = 1" ,seal,
    found "UPDATE referral SET status = 1 WHERE serial = 3 AND region = 71" ,status,
}

@test "any column of an event that is altered is noticed" {
    lives
    local name type
    while IFS='|' read -r name type; do
        case $type in
        INTEGER) found "UPDATE referral_event SET $name = coalesce($name, 7) + 100 WHERE place = 7" ;;
        TEXT) found "UPDATE referral_event SET $name = coalesce($name, '') || 'x' WHERE place = 7" ;;
        BLOB) found "UPDATE referral_event SET $name = zeroblob(length($name)) WHERE place = 7" ;;
        esac
    done < <(sqlite3 "$CQ_DB" "SELECT name, type FROM pragma_table_info('referral_event')")
    found "UPDATE referral_chain SET events = events + 1" ,chain,end
    found "UPDATE referral_chain SET link = zeroblob(32)" ,chain,end
    found "DELETE FROM referral_chain" ,chain,end
}

# Two referrals with everything that may be recorded: 1 is of rehabilitation, 2 of a far stay that was
# answered and admitted, 3 by a commission.
bound() {
    registry
    head -n 1 people.csv | sed 's/$/,duty_injury/' >more.csv
    echo "810101100005,Төртінші,Адам,1981-01-01,employee,fire_service,yes,,,,590000000,590000000,yes" >>more.csv
    import_list contingent more.csv
    printf '%s\n' facility,owner,kato,service HOSP-75,mvd,750000000,inpatient \
        PHC-59,phc,590000000,outpatient REHAB-59,health_subject,590000000,medical_rehabilitation \
        SPA-59,sanatorium,590000000,sanatorium MIND-59,mental_health,590000000,mental_health \
        PSYCH-59,civil_protection,590000000,psychological_rehabilitation >more-facilities.csv
    import_list facilities more-facilities.csv
    printf 'iin,insured,checked_on\n810101100005,no,2026-01-01\n' >fund.csv
    import_list insurance fund.csv
    {
        issue --iin=810101100005 --service=medical_rehabilitation --indication=x --occasion=injury \
            --paid-by=other --from-facility=PHC-59
        issue --iin=$REMOTE --service=inpatient --destination=almaty --from-facility=MVD-71 \
            --referrer=X --bureau-code=B-1
        issue --iin=810101100005 --service=sanatorium --commission-no=1 --commission-on=2026-03-01
        issue --iin=810101100005 --service=psychological_rehabilitation --measure=training
    } >issued.csv
    mapfile -t number < <(column number issued.csv | grep CQ-)
    issue --iin=810101100005 --service=mental_health --consent --found-in="${number[3]}" >found.csv
    equal "$(wc -l <found.csv)" 2
    cq-refer answer --as-of=$DAY --planned-on=2026-03-09 "${number[1]}" >answered.csv
    cq-refer accept --as-of=$DAY "${number[2]}" >accepted.csv
    cq-refer admit --as-of=$DAY --bureau-code=B-2 "${number[1]}" >admitted.csv
    cq-refer admit --as-of=$DAY --commission-no=2 --commission-on=2026-02-27 "${number[2]}" >>admitted.csv
    equal "$(cq-refer verify)" "number,finding,detail"
}

# altered TABLE COLUMN KIND: every value of a column that is stated is taken out, is made another one,
# and is moved to another column of its type that states nothing.
altered() {
    local table=$1 column=$2 kind=$3 other=$4 id
    id=$(sqlite3 "$CQ_DB" "SELECT id FROM $table WHERE $column IS NOT NULL LIMIT 1")
    [ -n "$id" ] || fail "no $column is stated in $table"
    found "UPDATE $table SET $column = NULL WHERE id = $id" ",$kind,"
    found "UPDATE $table SET $column = $column || 1 WHERE id = $id" ",$kind,"
    found "UPDATE $table SET $other = $column, $column = NULL WHERE id = $id" ",$kind,"
    id=$(sqlite3 "$CQ_DB" "SELECT id FROM $table WHERE $column IS NULL LIMIT 1")
    found "UPDATE $table SET $column = 1 WHERE id = $id" ",$kind,"
    found "UPDATE $table SET $column = '' WHERE id = $id AND typeof($column) = 'null'
        AND '$column' IN ('commission_no', 'bureau_code');
        UPDATE $table SET $column = 0 WHERE id = $id AND typeof($column) = 'null'" ",$kind,"
}

@test "what the acts bind referrals to is not altered unseen" {
    bound
    altered referral occasion seal found_in
    altered referral paid_by seal occasion
    altered referral commission_no seal bureau_code
    altered referral commission_on seal found_in
    altered referral found_in seal commission_on
    altered referral_event planned_on link commission_on
    altered referral_event bureau_code link commission_no
    altered referral_event commission_no link bureau_code
    altered referral_event commission_on link planned_on
    # The answer is a move like others.
    found "UPDATE referral_event SET status = 2, reason = 'x' WHERE planned_on IS NOT NULL" ,link,
    found "DELETE FROM referral_event WHERE planned_on IS NOT NULL" ,chain,
}

@test "referrals and events that are taken out or put in are noticed" {
    lives
    local columns
    columns=$(sqlite3 "$CQ_DB" "SELECT group_concat(name) FROM pragma_table_info('referral')
        WHERE name <> 'id'")
    found "DELETE FROM referral WHERE id = 712026000001" "${number[0]},missing,1"
    found "DELETE FROM referral WHERE id = 712026000004" ",orphan,"
    found "DELETE FROM referral WHERE id = 712026000004;
        DELETE FROM referral_event WHERE referral = 712026000004" ",chain,"
    found "DELETE FROM referral_event WHERE place = 9" "${number[0]},status,"
    found "DELETE FROM referral_event WHERE place = 2" "${number[1]},events,"
    found "DELETE FROM referral_event" ,events,
    found "INSERT INTO referral (id, $columns) SELECT 712026000005, $columns FROM referral
        WHERE id = 712026000004" ,seal,
    found "INSERT INTO referral (id, $columns) SELECT 712026000009, $columns FROM referral
        WHERE id = 712026000004" ",missing,4"
    found "INSERT INTO referral_event (id, place, at, day, status, actor, reason, consent,
        differs, despite, link) SELECT id + 1, 10, at, day, 5, actor, reason, consent, differs,
        despite, link FROM referral_event WHERE place = 8" ",link,"
    found "UPDATE referral SET id = -id WHERE id = 712026000002;
        UPDATE referral SET id = 712026000002 WHERE id = 712026000003;
        UPDATE referral SET id = 712026000003 WHERE id = -712026000002" ,seal,
    found "UPDATE referral SET id = id + 1000000 WHERE id = 712026000004" ,number,
}

@test "rows that referrals were decided from are not altered unseen" {
    lives
    local column
    for column in last_name first_name; do
        found "UPDATE person SET $column = $column || 'а' WHERE iin = $EMPLOYEE" "${number[0]},people,"
    done
    for column in birth_date residence service_place category valid_from run_from special_rank; do
        found "UPDATE person SET $column = coalesce($column, 0) + 1 WHERE iin = $EMPLOYEE" ,people,
    done
    found "UPDATE person SET birth_date = birth_date - 9000 WHERE iin = $CHILD" ,facts,'kin:minor_child>disabled_child|other;minor:yes>no;insured:yes>'
    found "DELETE FROM person WHERE iin = $PENSIONER" "${number[1]},decision,"
    found "UPDATE person SET run_to = 1 WHERE iin = $PENSIONER" ,people,
    found "INSERT INTO insurance (id, hash, line, run_from, insured)
        VALUES ($CHILD << 23 | 1, 1, 0, 1, 0)" "${number[2]},people,"
    found "INSERT INTO presidential (id, hash, line, run_from)
        VALUES ($EMPLOYEE << 23 | 1, 1, 0, 1)" "presidential:no>yes"
    found "UPDATE facility SET capacity = 3 WHERE facility = 'MVD-71' AND service = 1" ,facilities,
    found "DELETE FROM facility WHERE facility = 'MVD-71'" ,facts,place
    found "UPDATE run SET at = at - 1 WHERE id = 1" ,runs,
    found "DELETE FROM run WHERE id = 2" ,runs,
    found "UPDATE run SET file_hash = 'x' WHERE id = 2" ,runs,
}

@test "another law is told, and what it decides otherwise is found" {
    lives
    cp -r "$TOP/lib/law" law
    echo >>law/acts.csv
    run --separate-stderr cq-refer verify --law=law
    equal "$status" 0 status
    contains "$stderr" "6 referrals were decided under other law tables"
    sed -i 's/^\(@mvd,.*\),R78:4.1,/\1,LES:70.1,/' law/clauses.csv
    run --separate-stderr cq-refer verify --law=law
    equal "$status" 1 status
    contains "$output" "${number[0]},decision,basis: R78:4.1 > LES:70.1; certainty: text > read; law: other tables"
}
