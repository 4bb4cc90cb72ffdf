# The guard that watches answers: no list takes cover from many unseen, whatever its kind and mode,
# and no ordinary night is stopped.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

# control DIGITS: the control digit of an IIN, nothing if there is none.
# people COUNT: as many employees, each with a spouse.
people() {
    awk -v count="$1" -v OFS=, '
        function control(d,    i, n, w, s) {
            for (w = 1; w <= 2; w++) {
                s = 0
                for (i = 1; i <= 11; i++) {
                    n = w == 1 ? i : (i + 1) % 11 + 1
                    s += n * substr(d, i, 1)
                }
                if (s % 11 < 10) return s % 11
            }
            return ""
        }
        function next_iin(born,    d, c) {
            do {
                d = born sprintf("1%04d", ++serial[born])
                c = control(d)
            } while (c == "")
            return d c
        }
        function word(n,    s, letters) {
            split("б в г д ж з к л м н", letters, " ")
            for (s = "А"; n > 0; n = int(n / 10)) s = s letters[n % 10 + 1]
            return s
        }
        BEGIN {
            print "iin,last_name,first_name,birth_date,category,agency,special_rank," \
                  "sponsor_iin,relation,coresident,residence,service_place,valid_to"
            for (i = 1; i <= count; i++) {
                e = next_iin("8503" sprintf("%02d", i % 28 + 1))
                day = "1885-03-" sprintf("%02d", i % 28 + 1)
                print e, word(i), "Иван", day, "employee", "internal_affairs", "yes", "", "", "",
                      "711110000", "711110000", ""
                print next_iin("8604" sprintf("%02d", i % 28 + 1)), word(i) "а", "Анна",
                      "1886-04-" sprintf("%02d", i % 28 + 1), "family", "internal_affairs", "", e,
                      "spouse", "yes", "711110000", "", ""
            }
        }'
}

facilities() {
    cat <<'CSV'
facility,owner,kato,service,department,specialist,equipment
MVD-71-1,mvd,711110000,outpatient,yes,yes,yes
MVD-71-1,mvd,711110000,inpatient,yes,yes,yes
CSV
}

# registry COUNT: employees and their spouses, all entitled.
registry() {
    export CQ_DB="$PWD/cq.db"
    people "$1" >all.csv
    facilities >facilities.csv
    cq-import -q --as-of=2026-01-01 all.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
    cq-eligible --all --as-of=2026-02-01 >answers.csv
    equal "$(grep -c ,eligible, answers.csv)" "$((2 * $1))" "entitled"
    sqlite3 cq.db .dump >before
}

# stopped COLUMN FILE OPTION...: the list is refused with that column and a token, nothing is
# changed; the token lets it through.
stopped() {
    local column=$1 file=$2 token
    shift 2
    run --separate-stderr cq-import -q --as-of=2026-02-01 "$@" "$file"
    equal "$status" 3 "status of $file $*"
    contains "$stderr" "$column"
    equal "$output" ""
    sqlite3 cq.db .dump | cmp - before || fail "$file $*: the registry changed"
    token=$(sed -n 's/.*--approve=\([0-9a-f]*\)$/\1/p' <<<"$stderr")
    [ -n "$token" ] || fail "no token: $stderr"
    cq-import -q -n --as-of=2026-02-01 "$@" --approve="$token" "$file"
}

damage() {
    awk -F, -v OFS=, "NR > 1 { $1 } 1" all.csv >"$2"
}

@test "six lists that take cover, in both modes" {
    registry 100
    # shellcheck disable=SC2016 # fields of awk
    {
        damage '$13 = "2025-12-31"' past.csv
        damage '$10 = ""' alone.csv
        damage '$11 = $12 = ""' nowhere.csv
        damage '$5 = ($5 == "employee" ? "pensioner" : $5)' pensioners.csv
        damage 'n = $2; $2 = $3; $3 = n' swapped.csv
        damage 'sub(/-/, "-", $4); d = substr($4, 9) + 1; $4 = substr($4, 1, 8) sprintf("%02d", d)' shifted.csv
    }
    local mode
    for mode in delta full; do
        stopped valid_to past.csv -m $mode
        stopped coresident alone.csv -m $mode
        stopped residence nowhere.csv -m $mode
        stopped "of the sponsor: category" pensioners.csv -m $mode
        stopped "last_name,first_name" swapped.csv -m $mode
        stopped birth_date shifted.csv -m $mode
    done
    sed 's/,yes,yes,yes/,no,yes,yes/' facilities.csv >less.csv
    stopped department less.csv -k facilities
    stopped department less.csv -k facilities -m full
    sed 2d facilities.csv >fewer.csv
    stopped "not in the list" fewer.csv -k facilities -m full
}

@test "the table has who would lose, by category and region, and their open referrals" {
    registry 30
    sed 1d all.csv | cut -d, -f1 | head -5 | sed 's/$/,outpatient,planned/; 1i iin,service,urgency' |
        cq-refer issue -q --as-of=2026-01-15 >/dev/null
    sqlite3 cq.db .dump >before
    damage '$10 = ""' alone.csv
    run --separate-stderr -3 cq-import --as-of=2026-02-01 alone.csv
    equal "$(messages "$stderr" | sed 's/=[0-9a-f]*$/=T/')" \
        "cq-import: alone.csv:1: coresident: empty in rows for which the registry knows a value: 30 / 60 [CQ-W040]
cq-import: alone.csv: too many people would lose an entitlement: 30 / 60 (--max-losses=2) [CQ-F031]
cq-import: would lose cover: family members, Astana: 30 (cause: coresident; open referrals: 2)
cq-import: nothing was changed; if this is right, repeat the command with --approve=T"
    damage '$7 = ""' rankless.csv
    run --separate-stderr -0 cq-import -n --as-of=2026-02-01 rankless.csv
    contains "$stderr" "rankless.csv:1: special_rank: empty in rows for which the registry knows a value: 30 / 60 [CQ-W040]"
    # --quiet hides nothing of it; a dry run shows the same table of an import that may go in.
    run --separate-stderr -3 cq-import -q --as-of=2026-02-01 alone.csv
    contains "$stderr" "would lose cover: family members, Astana: 30"
    contains "$stderr" --approve=
    # With another token it is shown again, beside the right one.
    run --separate-stderr -3 cq-import -q --as-of=2026-02-01 --approve=1234 alone.csv
    contains "$stderr" "[CQ-F009]"
    contains "$stderr" "would lose cover: family members, Astana: 30"
    contains "$stderr" --approve=
    run --separate-stderr -0 cq-import -n -v --as-of=2026-02-01 --max-losses=50 alone.csv
    contains "$stderr" "would lose cover: family members, Astana: 30 (cause: coresident; open referrals: 2)"
    run -3 cq-import -n --as-of=2026-02-01 --max-losses=49 alone.csv
    run -3 cq-import --as-of=2026-02-01 --lang=kk alone.csv
    contains "$output" "құқығынан айырылар еді: отбасы мүшелері, Астана қаласы: 30"
    sqlite3 cq.db .dump | cmp - before
    # who comes back is a gain
    cq-import -q --as-of=2026-02-01 --max-losses=100 alone.csv
    run -0 cq-import -n -v --as-of=2026-02-02 all.csv
    contains "$output" "would gain cover: family members, Astana: 30 (cause: coresident)"
}

@test "lists of the Fund, an undo, and days far ahead" {
    registry 30
    { echo iin,insured,checked_on && sed '1d; s/,.*/,yes,2026-01-10/' all.csv; } >yes.csv
    cq-import -q -k insurance --as-of=2026-01-10 yes.csv
    sqlite3 cq.db .dump >before
    sed 's/,yes,.*/,no,2026-02-01/' yes.csv >no.csv
    stopped insured no.csv -k insurance
    # the undo of the first list takes cover from everybody
    run --separate-stderr -3 cq-import --undo=1 --as-of=2026-02-01
    contains "$stderr" "too many people would lose an entitlement: 60 / 60 (--max-losses=2) [CQ-F031]"
    contains "$stderr" "would lose cover: employees, Astana: 30 (cause: not in the list"
    sqlite3 cq.db .dump | cmp - before
    cq-import -q --undo=1 --as-of=2026-02-01 \
        --approve="$(sed -n 's/.*--approve=\([0-9a-f]*\)$/\1/p' <<<"$stderr")"
    equal "$(cq-eligible --all --as-of=2026-02-01 | wc -l)" 1
    run -3 cq-import -q --as-of=2026-02-01 --list-date=2062-12-01 all.csv
    contains "$output" CQ-F033
    run -3 cq-import -q --as-of=2026-02-01 --list-date=2026-03-05 all.csv
    cq-import -q --as-of=2026-02-01 --list-date=2026-03-04 all.csv
}

@test "an end in the days to come takes cover, too" {
    local mode
    registry 100
    damage '$13 = "2026-02-02"' tomorrow.csv
    damage '$13 = "2026-03-04"' month.csv
    damage '$13 = ($5 == "employee" ? "2026-02-20" : $13)' sponsors.csv
    damage '$13 = "2027-02-01"' next.csv
    for mode in delta full; do
        stopped valid_to tomorrow.csv -m $mode
        stopped valid_to month.csv -m $mode
        stopped "of the sponsor: valid_to" sponsors.csv -m $mode
        cq-import -q -n --as-of=2026-02-01 -m $mode next.csv
    done
}

@test "an undo that brings near ends back takes cover, too" {
    export CQ_DB="$PWD/cq.db"
    people 20 | awk -F, -v OFS=, 'NR > 1 { $13 = "2026-02-10" } 1' >ends.csv
    facilities >facilities.csv
    cq-import -q --as-of=2026-01-01 ends.csv
    cq-import -q --as-of=2026-01-01 -k facilities facilities.csv
    sed '2,$s/2026-02-10$/2027-02-10/' ends.csv >longer.csv
    cq-import -q --as-of=2026-02-01 longer.csv
    run -3 --separate-stderr cq-import --undo=3 --as-of=2026-02-01
    contains "$stderr" valid_to
    contains "$stderr" --approve=
}

@test "fifty damages of five to a hundred per cent of a list: none gets through" {
    registry 250
    local n share rows what
    # shellcheck disable=SC2016
    local damages=('$13 = "2025-06-30"' '$10 = "no"' '$10 = ""' '$11 = $12 = ""'
        '$5 = ($5 == "employee" ? "pensioner" : "employee")' 'n = $2; $2 = $3; $3 = n'
        '$4 = "1885-07-" substr($4, 9)' '$9 = ($9 == "" ? "" : "other")' '$2 = "Петров" NR % 7'
        '$11 = ($11 == "" ? "" : "591610000"); $12 = ($12 == "" ? "" : "591610000")')
    for ((n = 0; n < 50; n++)); do
        share=$((5 + 19 * (n / 10) + n % 10))
        what=${damages[n % 10]}
        rows=$((share * 500 / 100))
        # The damage is in rows that it concerns, spread over the list.
        awk -F, -v OFS=, -v rows="$rows" -v seed="$n" -v share="$share" \
            'BEGIN { srand(seed) } NR > 1 && (rand() * 100 < share + 2 || NR > 499 - rows / 8) { '"$what"' } 1' all.csv >damaged.csv
        run cq-import -q --as-of=2026-02-01 -m "$( ((n % 2)) && echo full || echo delta)" damaged.csv
        equal "$status" 3 "damage $n ($what, $share %)"
    done
    sqlite3 cq.db .dump | cmp - before
}

@test "a year of nights of which none is stopped" {
    registry 500
    local night day
    for ((night = 1; night <= 365; night++)); do
        day=$(date -d "2026-01-01 + $night days" +%F)
        # 0.7 per cent change: somebody leaves, marries, moves, gets a rank, is no longer coresident.
        awk -F, -v OFS=, -v night="$night" -v day="$day" '
            BEGIN { srand(night) }
            NR > 1 && $13 != "" { next } # who had an end is gone
            NR > 1 && rand() < 0.007 {
                k = int(rand() * 6)
                if (k == 0) next
                if (k == 1) $2 = $2 "к"
                if (k == 2) $11 = "751110000"
                if (k == 3 && $5 == "family") $10 = "no"
                if (k == 4 && $5 == "employee") $5 = "pensioner"
                if (k == 5) $13 = day
            } 1' all.csv >next.csv
        cq-import -q --as-of="$day" -m "$( ((night % 3)) && echo full || echo delta)" next.csv ||
            fail "night $night was stopped"
        mv next.csv all.csv
    done
}
