# cq-report: check, audit, person: what is found when something is wrong, and who is told.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

PATH="$PATH:$CQ_TOOLS"
day=--as-of=2026-11-01

# A registry in which every check is in order: people with cards, and a referral.
sound() {
    export CQ_DB="$PWD/sound.db"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency,residence,sponsor_iin,relation,coresident \
        850315100006,Сериков,Қанат,1985-03-15,employee,courier,710000000,,, \
        850315100016,Серикова,Әсел,1985-03-15,family,courier,710000000,850315100006,spouse,yes |
        cq-import -q -a courier -m full $day - 2>/dev/null
    printf '%s\n' facility,owner,kato,service,profile,department,specialist,equipment,capacity \
        M71,mvd,710000000,outpatient,,yes,yes,yes,50 | cq-import -q -k facilities $day -
    printf '%s\n' iin,facility,card_no,opened_on 850315100006,M71,1,2026-01-01 \
        850315100016,M71,2,2026-01-01 | cq-import -q -k cards $day -
    printf '%s\n' iin,insured,paid_until,checked_on 850315100006,yes,2026-10-31,2026-10-31 |
        cq-import -q -k insurance $day -
    cq-refer issue $day --iin=850315100006 --service=outpatient --facility=M71 >/dev/null
}

@test "a sound registry passes every check" {
    sound
    run --separate-stderr cq-report check $day
    equal "$status" 0 "$(grep -v ',ok,' <<<"$output")"
    equal "${lines[0]}" check,severity,result,count,what,advice
    [ "${#lines[@]}" -gt 50 ] || fail "only ${#lines[@]} checks"
    equal "$(cut -d, -f1 <<<"$output" | sort | uniq -d)" "" "names that stand twice"
    # Notices tell of what is open in the law, and do not fail.
    equal "$(sed 1d <<<"$output" | grep -c -v ',ok,')" \
        "$(sed 1d <<<"$output" | grep -c '^law_superseded,notice,found,')"
}

@test "each check finds what it is for" {
    sound
    local name sql
    while IFS='|' read -r name sql; do
        cp sound.db broken.db
        sqlite3 broken.db "PRAGMA writable_schema = ON; $sql"
        cq-report check $day -d broken.db >found || [ $? -eq 1 ]
        grep -qE "^$name,(error|warning|notice),found,[1-9]" found ||
            fail "$name: $(grep "^$name," found)"
        case $(grep "^$name," found) in
        *,notice,*) ;;
        *)
            run cq-report check $day -d broken.db
            equal "$status" 1 "$name"
            ;;
        esac
    done <<'SQL'
foreign_keys|INSERT INTO review (id, run, line, iin, agency, code) VALUES (1, 99, 1, 850315100006, 7, 'CQ-R053')
name_index|UPDATE name_index SET keys = zeroblob(0)
run_moments|UPDATE run SET at = 5 WHERE id = 2
run_future|UPDATE run SET at = 9999999999999 WHERE id = 4
run_gaps|UPDATE run SET id = 9 WHERE id = 4
run_counts|UPDATE run SET read = read + 1 WHERE id = 1
run_undo|UPDATE run SET undoes = 1 WHERE id = 3
run_undone_twice|INSERT INTO run SELECT 8, at + 5000, kind, 'undo', agency, list_date, '', encoding, 0, 0, 0, 0, 0, 0, 0, 3, law, engine FROM run WHERE id = 1; INSERT INTO run SELECT 9, at + 6000, kind, 'undo', agency, list_date, '', encoding, 0, 0, 0, 0, 0, 0, 0, 3, law, engine FROM run WHERE id = 1
run_rejected|UPDATE run SET rejected = 1, read = read + 1 WHERE id = 1
run_agencies|UPDATE run_agency SET warnings = 9
run_named|UPDATE run SET kind = 'contingent' WHERE kind = 'cards'
version_runs|UPDATE person SET run_from = 77 WHERE category = 1
version_ends|UPDATE card SET run_to = 1
version_days|UPDATE person SET valid_from = 20000, valid_to = 20000 WHERE category = 1
overlap_person|INSERT INTO person (id, hash, line, run_from, valid_from, valid_to, category, birth_date, last_name, first_name) SELECT id + 1, hash, line, run_from, valid_from, valid_to, category, birth_date, last_name, first_name FROM person WHERE category = 1
overlap_card|INSERT INTO card (id, hash, line, run_from, valid_from, valid_to, facility, card_no) SELECT id + 1, hash, line, run_from, valid_from, valid_to, facility, card_no FROM card LIMIT 1
overlap_insurance|INSERT INTO insurance (id, hash, line, run_from, valid_from, valid_to, insured) SELECT id + 1, hash, line, run_from, valid_from, valid_to, insured FROM insurance
overlap_presidential|INSERT INTO presidential (id, hash, line, run_from, valid_to) VALUES ((850315100006 << 23) + 1, 1, 0, 1, NULL), ((850315100006 << 23) + 2, 1, 0, 1, 20800)
overlap_facility|INSERT INTO facility (id, hash, line, run_from, valid_from, valid_to, facility, service, profile, owner, kato) SELECT id + 1, hash, line, run_from, valid_from, valid_to, facility, service, profile, owner, kato FROM facility
orphans|UPDATE person SET sponsor_iin = 850315100704 WHERE category = 2
sponsor_left|UPDATE person SET category = 3 WHERE category = 1
sponsor_left|UPDATE person SET valid_to = 20700 WHERE category = 1
no_sponsor|UPDATE person SET sponsor_iin = NULL WHERE category = 2
sponsor_self|UPDATE person SET sponsor_iin = id >> 23 WHERE category = 2
killed_on|UPDATE person SET category = 4 WHERE category = 2
child_of_age|UPDATE person SET category = 4 WHERE category = 2
review|INSERT INTO review (id, run, line, iin, agency, code) VALUES (1, 1, 2, 850315100006, 7, 'CQ-R053')
list_overdue|UPDATE run SET list_date = 20700 WHERE kind = 'contingent'
list_none|UPDATE run SET kind = 'cards' WHERE kind = 'contingent'
insurance_overdue|UPDATE run SET list_date = 20700 WHERE kind = 'insurance'
facilities_overdue|UPDATE run SET list_date = 20300 WHERE kind = 'facilities'
insurance_unknown|UPDATE insurance SET id = (850315100704 << 23) + 1
facility_owner|INSERT INTO facility (id, hash, line, run_from, valid_from, valid_to, facility, service, profile, owner, kato) SELECT id + (1 << 23), hash, line, run_from, valid_from, valid_to, facility, 1, profile, 2, kato FROM facility
facility_capacity|UPDATE facility SET service = 1, capacity = NULL
card_facility|UPDATE card SET facility = 'X1'
no_card|DELETE FROM card WHERE id >> 23 = 850315100016
referral_status|UPDATE referral SET status = 1
referral_issue|UPDATE referral_event SET status = 1
referral_numbers|UPDATE referral SET id = id + 5
referral_frozen|UPDATE referral SET basis = ''
referral_days|UPDATE referral SET valid_until = issued_on - 1
referral_run|UPDATE referral SET run = 99
referral_facility|UPDATE referral SET facility = 'X1'
referral_overdue|UPDATE referral SET issued_on = 20000, valid_until = 20030
referral_verify|UPDATE referral SET payer = 'fund_osms'
referral_verify|UPDATE referral_event SET actor = 'nobody'
audit_runs|DELETE FROM audit WHERE id = 4
audit_hashes|UPDATE run SET file_hash = 'x' WHERE id = 1
audit_moments|UPDATE audit SET at = 5 WHERE id = 2
audit_chain|UPDATE audit SET actor = 'nobody' WHERE id = 2
law_changed|UPDATE run SET law = 'x'
iin_control|UPDATE person SET id = id + (1 << 23) WHERE category = 2
agency_unknown|UPDATE person SET id = id + (8 << 19) WHERE category = 2
agency_moved|UPDATE person SET id = id - (4 << 19) WHERE category = 2
category_unknown|UPDATE person SET category = 9 WHERE category = 2
region_unknown|UPDATE person SET residence = 990000000 WHERE category = 2
region_unknown|UPDATE person SET residence = 510000000 WHERE category = 2
name_empty|UPDATE person SET first_name = '' WHERE category = 2
birth_day|UPDATE person SET birth_date = 20760 WHERE category = 2
birth_day|UPDATE person SET birth_date = -60000 WHERE category = 2
two_agencies|INSERT INTO person (id, hash, line, run_from, valid_from, valid_to, category, birth_date, last_name, first_name) SELECT id - (1 << 19), hash, line, run_from, valid_from, valid_to, category, birth_date, last_name, first_name FROM person WHERE category = 1
two_births|INSERT INTO person (id, hash, line, run_from, valid_from, valid_to, category, birth_date, last_name, first_name) SELECT id - (1 << 19), hash, line, run_from, valid_from, valid_to, category, birth_date + 1, last_name, first_name FROM person WHERE category = 1
SQL
}

@test "moves that are not allowed, and moments that ran backwards, are found" {
    sound
    number=$(cq-refer list | sed -n 2p | cut -d, -f1)
    cq-refer accept --as-of=2026-11-02 "$number" >/dev/null
    cp sound.db moved.db
    sqlite3 moved.db "UPDATE referral_event SET status = 4 WHERE status = 1;
        UPDATE referral SET status = 4; UPDATE referral_event SET at = 5 WHERE status = 4"
    cq-report check $day -d moved.db >found || true
    grep -q '^referral_moves,error,found,1' found || fail moves
    grep -q '^referral_moments,error,found,1' found || fail moments
}

@test "a page of the file that is damaged is found, or refused" {
    sound
    cp sound.db broken.db
    printf '\377%.0s' {1..200} | dd of=broken.db bs=1 seek=8192 conv=notrunc 2>/dev/null
    cq-report check $day -d broken.db >found 2>said && status=0 || status=$?
    case $status in
    1) grep -q '^integrity,error,found' found || fail "$(cat found)" ;;
    5) grep -q 'CQ-D005' said || fail "$(cat said)" ;;
    *) fail "status $status" ;;
    esac
}

@test "law tables that do not hold together are found" {
    sound
    cp -r "$TOP/lib/law" law
    echo 'reason,nothing,жоқ,нет,nothing' >>law/words.csv
    cq-report check $day --law=law >found && fail "status 0"
    grep -q '^law_tables,warning,found,1' found || fail "$(grep ^law found)"
}

@test "check speaks to monitoring" {
    sound
    run --separate-stderr cq-report check $day -f prometheus
    equal "$status" 0
    equal "$stderr" ""
    # Every line is a comment or a sample.
    run grep -cvE '^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[a-z_]+"(,[a-z]+="[a-z_]+")*\})? [0-9]+)$' \
        <<<"$output"
    equal "$output" 0
    cq-report check $day -f prometheus >samples
    grep -qx 'cq_check_findings{check="integrity",severity="error"} 0' samples || fail samples
    grep -qx 'cq_registry_run 4' samples || fail samples
    equal "$(grep -c '^cq_check_findings{' samples)" "$(cq-report check $day | sed 1d | wc -l)"
    run cq-report runs -f prometheus
    equal "$status" 2
}

@test "a person's history is whole, and its reading logged" {
    sound
    run --separate-stderr cq-report person --iin=850315100006
    equal "$status" 0
    equal "$(cut -d, -f3 <<<"$output")" "source
contingent
family
card
insurance
referral
event"
    contains "$output" "Сериков Қанат; birth_date=1985-03-15"
    contains "$output" "; residence=710000000"
    lacks "$(grep ,contingent, <<<"$output")" "sponsor_iin" # nobody
    cq-report audit >log
    equal "$(cut -d, -f1,4,5 log | sed 1d | sed 's/CQ-.*/NUMBER/')" "7,read,850315100006
6,read,850315100016
5,issue,NUMBER
4,import,4
3,import,3
2,import,2
1,import,1"
    lacks "$(cq-report audit --mask)" 850315100006
    # Who is not there is asked about all the same.
    run --separate-stderr cq-report person --iin=850315100704
    equal "${#lines[@]}" 1
    equal "$(cq-report audit | sed -n 2p | cut -d, -f4,5)" "read,850315100704"
    run cq-report person
    equal "$status" 2
    run --separate-stderr cq-report person --iin=850315100007
    equal "$status" 2
    lacks "$stderr" 850315
}

@test "a reading that cannot be logged shows nothing" {
    sound
    chmod 400 sound.db
    if [ -w sound.db ]; then
        skip "this user may write every file"
    fi
    run --separate-stderr cq-report person --iin=850315100006
    equal "$status" 5
    equal "$output" ""
}

@test "audit --verify tells of a line that was altered" {
    sound
    run --separate-stderr cq-report audit --verify -f table
    equal "$status" 0
    contains "$output" "The chain holds over all lines: 5."
    sqlite3 sound.db "UPDATE audit SET actor = 'other' WHERE id = 3"
    run --separate-stderr cq-report audit --verify -f table
    equal "$status" 1
    contains "$output" "The chain is broken at line 3."
    run cq-report audit
    equal "$status" 0 "without --verify nothing is judged"
}

@test "an undo stands in the log" {
    sound
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        850315100704,А,Б,1985-03-15,employee,courier | cq-import -q $day - 2>/dev/null
    cq-import -q --undo=5
    equal "$(cq-report audit | sed -n 2p | cut -d, -f4-6)" "undo,6,5"
    equal "$(cq-report check $day | grep -c '^audit.*,ok,')" 4
}
