# cq-import --mode=full: who is absent is ended on the day of the list, never in numbers that nobody
# approved, and never for a slip in a row.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

# people COUNT: a list of employees without an agency column.
people() {
    "$CQ_TOOLS/gen" contingent "$1" --seed=7 | awk -F, -v OFS=, '
        NR == 1 { print $1, $2, $3, $5, $7, $9, $13; next }
        { print $1, $2, $3, $5, NR % 4 ? "employee" : "pensioner", "yes", NR % 3 ? "711110000" : "591610000" }'
}

# registry COUNT: so many people of internal_affairs, and one of the couriers.
registry() {
    export CQ_DB="$PWD/cq.db"
    people "$1" >all.csv
    cq-import -q -a internal_affairs --list-date=2026-01-01 all.csv
    { people 1 | head -n 1; people 1000 | tail -n 1; } >courier.csv
    cq-import -q -a courier --list-date=2026-01-01 courier.csv
    dump >before
}

# The registry without its log of moments.
dump() {
    sqlite3 "$CQ_DB" .dump
}

untouched() {
    dump >after
    cmp before after || fail "the registry changed"
}

full() {
    cq-import -m full -a internal_affairs --list-date=2026-02-01 "$@"
}

standing() {
    sqlite3 "$CQ_DB" "SELECT count(*) FROM person WHERE run_to IS NULL AND valid_to IS NULL
        AND agency = 2"
}

token_in() {
    sed -n 's/.*--approve=\([0-9a-f]*\)$/\1/p' <<<"$1"
}

@test "a quarter of the people missing is refused, told and approved once, for that very list" {
    registry 60
    sed '2,16d' all.csv >less.csv
    run --separate-stderr full --changes=changes.csv less.csv
    equal "$status" 3
    equal "$output" ""
    contains "$stderr" "less.csv: too many people would leave: 15 / 60 (--max-removals=2) [CQ-F008]"
    lacks "$stderr" "$(sed -n 2p all.csv | cut -d, -f1)"
    untouched
    # By category and region, and the sum is right.
    contains "$stderr" "would lose cover: employees, Astana:"
    contains "$stderr" "would lose cover: pensioners, North Kazakhstan region:"
    equal "$(sed -n 's/.*would lose cover: [^:]*: \([0-9]*\) .*/\1/p' <<<"$stderr" | awk '{ n += $1 } END { print n }')" 15 "sum"
    # The list of them is written all the same.
    equal "$(head -n 1 changes.csv)" "iin,field,old,new"
    equal "$(tail -n +2 changes.csv | cut -d, -f1 | sort)" \
        "$(sed -n '2,16p' all.csv | cut -d, -f1 | sort)" "who would leave"
    equal "$(tail -n +2 changes.csv | cut -d, -f2- | sort -u)" "valid_to,,2026-02-01"
    token=$(token_in "$stderr")
    equal "${#token}" 16 "length of the token"

    # Not for another file, agency, day or mode, nor with a letter changed, nor empty.
    sed '2,17d' all.csv >other.csv
    for arguments in "-a internal_affairs other.csv" "-a internal_affairs --list-date=2026-02-02 less.csv" \
        "-a courier less.csv" "-a internal_affairs -m delta less.csv"; do
        # shellcheck disable=SC2086 # a list of words
        run -3 --separate-stderr cq-import -m full --list-date=2026-02-01 --approve="$token" $arguments
        contains "$stderr" "[CQ-F009]"
        untouched
    done
    for wrong in "" 0 "${token%?}" "${token}0" "$(tr 0-9a-f 1-9a-f0 <<<"$token")"; do
        run -3 --separate-stderr full --approve="$wrong" less.csv
        contains "$stderr" "[CQ-F009]"
        untouched
    done

    # A dry run of the approved import goes through and uses nothing up.
    full -q -n --approve="$token" less.csv
    untouched
    run -0 --separate-stderr full -v --approve="$token" --changes=real.csv less.csv
    contains "$stderr" "ended 15"
    cmp changes.csv real.csv
    equal "$(standing)" 45
    dump >before
    run -3 --separate-stderr full --approve="$token" less.csv
    contains "$stderr" "[CQ-F009]"
    untouched
    # Without it the list says nothing new.
    run -0 --separate-stderr full less.csv
    contains "$stderr" "nothing changed"
}

@test "a token dies with the state of the registry that it was given for" {
    registry 60
    sed '2,16d' all.csv >less.csv
    run -3 --separate-stderr full less.csv
    token=$(token_in "$stderr")
    cq-import -q -a courier --list-date=2026-01-02 courier.csv
    dump >before
    run -3 --separate-stderr full --approve="$token" less.csv
    contains "$stderr" "[CQ-F009]"
    untouched
    fresh=$(token_in "$stderr")
    [ "$fresh" != "$token" ]
    full -q --approve="$fresh" less.csv
    equal "$(standing)" 45
}

@test "ten people may always leave, eleven may not; --max-removals moves the line" {
    registry 60
    sed '2,12d' all.csv >eleven.csv
    sed '2,11d' all.csv >ten.csv
    run -3 full eleven.csv
    run -3 full --max-removals=18 eleven.csv
    untouched
    full -q -n --max-removals=19 eleven.csv # 11 of 60 are 18.3 per cent
    full -q -n --max-removals=0 ten.csv
    full -q ten.csv
    equal "$(standing)" 50
    registry_of_600
    sed '2,13d' all.csv >twelve.csv
    sed '2,14d' all.csv >thirteen.csv
    full -q -n twelve.csv # 2 per cent of 600
    run -3 full thirteen.csv
}

registry_of_600() {
    rm -f cq.db
    registry 600
}

@test "an empty list or one of strangers ends nobody unasked" {
    registry 60
    head -n 1 all.csv >empty.csv
    run -3 --separate-stderr full empty.csv
    contains "$stderr" "[CQ-W023]"
    contains "$stderr" "60 / 60"
    untouched
    { head -n 1 all.csv; people 200 | tail -n 60; } >strangers.csv
    run -3 --separate-stderr full strangers.csv
    contains "$stderr" "[CQ-F008]"
    untouched
}

@test "who is absent is ended on the day of the list and not a day sooner; others stay" {
    registry 20
    gone=$(sed -n 5p all.csv | cut -d, -f1)
    sed 5d all.csv >less.csv
    run -0 --separate-stderr full -v --changes=changes.csv less.csv
    contains "$stderr" "read 19 = accepted 19 + rejected 0"
    contains "$stderr" "accepted 19 = added 0 + changed 0 + unchanged 19"
    contains "$stderr" "ended 1,"
    equal "$(tail -n +2 changes.csv)" "$gone,valid_to,,2026-02-01"
    category() { cq-eligible --as-of="$1" "$gone" | tail -n 1 | cut -d, -f5; }
    equal "$(category 2026-01-31)" "$(sed -n 5p all.csv | cut -d, -f5)" "day before"
    equal "$(category 2026-02-01)" none "the day"
    equal "$(sqlite3 cq.db "SELECT count(*) FROM person WHERE agency = 7 AND run_to IS NULL AND valid_to IS NULL")" 1 couriers
    # The next list without them changes nothing; one with them takes them in again.
    run -0 --separate-stderr cq-import -m full -a internal_affairs --list-date=2026-02-20 less.csv
    contains "$stderr" "nothing changed"
    cq-import -q -m full -a internal_affairs --list-date=2026-03-01 all.csv
    equal "$(category 2026-02-28)" none "between"
    equal "$(category 2026-03-01)" "$(sed -n 5p all.csv | cut -d, -f5)" "back"
}

@test "an older list is refused, and can be approved" {
    registry 20
    full -q all.csv
    sed 5d all.csv >less.csv
    dump >before
    run -3 --separate-stderr cq-import -m full -a internal_affairs --list-date=2026-01-31 less.csv
    contains "$stderr" "less.csv: a newer list of this agency has been imported: 2026-02-01 [CQ-F010]"
    untouched
    token=$(token_in "$stderr")
    run -3 cq-import -m full -a internal_affairs --list-date=2026-01-30 --approve="$token" less.csv
    cq-import -q -m full -a internal_affairs --list-date=2026-01-31 --approve="$token" less.csv
    equal "$(standing)" 19
    # The same day again is not older; another agency has its own days.
    cq-import -q -m full -a internal_affairs --list-date=2026-02-01 all.csv
    cq-import -q -m full -a courier --list-date=2026-01-05 courier.csv
    equal "$(standing)" 20
}

@test "a list that was taken back is not the newest any more" {
    registry 20
    cq-import -q -m full -a internal_affairs --as-of=2029-02-01 all.csv # a slip of the pen
    run -3 full all.csv
    cq-import -q --undo=3
    full -q all.csv
}

@test "a rejected row still names its person" {
    registry 60
    iin=$(sed -n 2p all.csv | cut -d, -f1)
    # One slip at a time: date, choice, KATO, another agency, width, control digit (same name and
    # birth date), letters instead of the number, an eaten zero.
    zero=$(grep -n '^0' all.csv | head -n 1 | cut -d: -f1)
    [ -n "$zero" ]
    slip() {
        sed "$1" all.csv >slip.csv
        cmp -s all.csv slip.csv && fail "no slip: $1"
        run --separate-stderr full -n --changes=changes.csv slip.csv
        equal "$status" 1 "$1"
        contains "$stderr" "[CQ-R$2]"
        equal "$(tail -n +2 changes.csv)" "" "changes after $1"
    }
    slip '2s/,[0-9-]*,\(employee\|pensioner\)/,1985-13-15,\1/' 020
    slip '2s/,\(employee\|pensioner\),/,nobody,/' 040
    slip '2s/,[0-9]*$/,99/' 030
    slip '2s/$/,surplus/' 002
    slip '2s/,yes,[0-9]*$//' 002
    slip "2s/^$iin/x$iin/" 010
    slip "2s/^\(...........\)\(.\)/\1x/" 016
    slip "${zero}s/^0//" 011
    sed '1s/$/,agency/; 2,$s/$/,internal_affairs/; 2s/internal_affairs/courier/' all.csv >slip.csv
    run --separate-stderr full -n --changes=changes.csv slip.csv
    contains "$stderr" "[CQ-R054]"
    equal "$(tail -n +2 changes.csv)" "" "another agency"
    { cat all.csv; sed -n 2p all.csv | sed 's/,yes,/,no,/'; } >slip.csv # twice, and not alike
    run --separate-stderr full -n --changes=changes.csv slip.csv
    contains "$stderr" "[CQ-R052]"
    equal "$(tail -n +2 changes.csv)" "" "twice"
}

@test "a zero is put back only where that gives a birth date" {
    export CQ_DB="$PWD/cut.db"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        850315100076,Бірінші,Адам,1985-03-15,employee,courier >one.csv
    cq-import -q --as-of=2026-01-01 one.csv
    sed 's/^850315100076/85031510007/' one.csv >cut.csv # 085031510007 has the right control digit
    run -1 cq-import -q --mode=full --agency=courier --max-bad=100 --as-of=2026-01-02 cut.csv
    equal "$(sqlite3 cut.db "SELECT count(*) FROM person WHERE valid_to IS NOT NULL")" 0
}

@test "facilities: the whole list ends what it does not name, within the guard" {
    export CQ_DB="$PWD/cq.db"
    echo "facility,owner,kato,service" >f.csv
    for i in $(seq 1 30); do echo "F$i,mvd,71,outpatient"; done >>f.csv
    cq-import -q -k facilities --list-date=2026-01-01 f.csv
    sed 2d f.csv >less.csv
    cq-import -q -k facilities -m full --list-date=2026-02-01 --changes=changes.csv less.csv
    equal "$(cat changes.csv)" "facility,service,profile,field,old,new
F1,outpatient,,valid_to,,2026-02-01"
    sed 2,20d f.csv >few.csv
    run -3 --separate-stderr cq-import -k facilities -m full --list-date=2026-03-01 few.csv
    contains "$stderr" "[CQ-F008]"
    sed '3s/mvd/nobody/' less.csv >slip.csv # a rejected row names its facility
    run -1 cq-import -q -k facilities -m full --list-date=2026-03-01 --changes=changes.csv slip.csv
    equal "$(tail -n +2 changes.csv)" "" "changes"
}

@test "rows that end their own people count as leaving" {
    registry 60
    awk -F, -v OFS=, 'NR == 1 { print $0, "valid_to"; next } { print $0, NR <= 16 ? "2026-01-15" : "" }' \
        all.csv >ending.csv
    run --separate-stderr full ending.csv
    equal "$status" 3
    contains "$stderr" "too many people would leave: 15 / 60"
    untouched
    full -q --approve="$(token_in "$stderr")" ending.csv
    equal "$(standing)" 45
}

@test "an older whole list of facilities is refused, and is no list of an agency" {
    printf '%s\n' facility,owner,kato,service M71,mvd,710000000,outpatient M75,mvd,750000000,outpatient >places.csv
    cq-import -q -d f.db -k facilities -m full --as-of=2026-03-02 --list-date=2026-03-02 places.csv
    equal "$(sqlite3 f.db "SELECT count(*) FROM run_agency")" 0
    run -3 --separate-stderr cq-import -d f.db -k facilities -m full --as-of=2026-03-02 --list-date=2026-03-01 places.csv
    contains "$stderr" "[CQ-F010]"
}
