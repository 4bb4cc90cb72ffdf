# cq-report overtaken: referrals and stays of whose day later lists say something else, by hand, and
# against what cq-eligible answers for the day as known then and as known now.

load helper
load refer

PATH="$PATH:$CQ_TOOLS"

# cells COLUMN...: the named columns of a CSV on standard input.
cells() {
    awk -F, -v names="$*" '
        NR == 1 { n = split(names, want, " ")
                  for (i = 1; i <= NF; i++) at[$i] = i; next }
        { line = $at[want[1]]
          for (i = 2; i <= n; i++) line = line "," $at[want[i]]
          print line }'
}

rows() {
    cq-report overtaken | cells "$@"
}

# late KIND DATE: imports the list of standard input.
late() {
    cat >late.csv
    import_list "$1" late.csv "$2"
}

# Three referrals for outpatient care on 2026-03-02; the employee is admitted on 2026-03-10.
decided() {
    registry
    printf 'iin\n%s\n%s\n%s\n' $EMPLOYEE $PENSIONER $CHILD | issue --service=outpatient >out.csv
    first=$(column number out.csv | sed -n 1p)
    second=$(column number out.csv | sed -n 2p)
    third=$(column number out.csv | sed -n 3p)
    cq-refer accept --as-of=2026-03-03 "$first" >/dev/null
    cq-refer admit --as-of=2026-03-10 "$first" >/dev/null
}

# retired DATE: the employee has been a pensioner from that day on.
retired() {
    late contingent 2026-04-01 <<END
iin,last_name,first_name,birth_date,category,agency,residence,valid_from
$REMOTE,Екінші,Адам,1977-01-01,employee,prosecution,590000000,
$EMPLOYEE,Бірінші,Адам,1985-03-15,pensioner,internal_affairs,711110000,$1
END
}

@test "nothing is overtaken until a list speaks of the day" {
    decided
    equal "$(rows number)" "" "no list came"
    retired 2026-03-11
    equal "$(rows number)" "" "of the day after the admission"
    late contingent 2026-04-01 <<END
iin,last_name,first_name,birth_date,category,agency,pension_certificate
$PENSIONER,Үшінші,Адам,1960-07-04,pensioner,internal_affairs,7
END
    equal "$(rows number)" "" "of what decides nothing"
}

@test "a late start overtakes the stay, not the issue before it" {
    decided
    retired 2026-03-05
    equal "$(rows number kind status day iin differs category category_now payer payer_now)" \
        "$first,stay,admitted,2026-03-10,$EMPLOYEE,category;payer,employee,pensioner,budget,fund_gobmp"
    equal "$(rows outcome outcome_now facility facility_now basis_now)" \
        "eligible,eligible,MVD-71,MVD-71,R78:6.1;R78:6.2(1)"
    equal "$(rows told run list list_date line)" \
        "person,4,$(b2sum -l 256 late.csv | cut -d' ' -f1),2026-04-01,3"
    equal "$(cq-report overtaken --mask | cells iin number)" ",$first"
    run cq-refer verify
    equal "$status" 0 "what was known then is as it was"
}

@test "an earlier start overtakes both, and the child by its sponsor" {
    decided
    retired 2026-02-01
    equal "$(rows number kind day outcome_now told line)" \
        "$first,referral,2026-03-02,eligible,person,3
$third,referral,2026-03-02,not_contingent,sponsor,3
$first,stay,2026-03-10,eligible,person,3"
    cq-report overtaken -f table >table
    equal "$(sed -n 2p table)" "referrals overtaken: 2; stays overtaken: 1; of both, with another payer: 3"
    equal "$(sed -n '/^By month/,$p' table | grep ^2026 | tr -s ' ')" \
        "2026-03 at budget expense Fund, guaranteed volume of free care (GOBMP) 1 1
2026-03 Fund, guaranteed volume of free care (GOBMP) no payer 1 0"
}

@test "facilities, the Fund and the Affairs Administration speak late too" {
    decided
    late facilities 2026-04-01 <<END
facility,owner,kato,service,profile,valid_to
MVD-75,mvd,750000000,outpatient,,2026-02-15
END
    equal "$(rows number differs provider_now facility facility_now told line)" \
        "$second,provider;facility,health_subject,MVD-75,,facility,2"
    late presidential 2026-04-02 <<END
iin,valid_from,valid_to
$EMPLOYEE,2026-03-09,2026-03-11
END
    equal "$(rows number kind provider_now told run)" \
        "$second,referral,health_subject,facility,4
$first,stay,presidential,presidential,5"
}

@test "the run is the one since which the answer is as now" {
    decided
    retired 2026-03-05
    cq-import -q --undo=4
    equal "$(rows number)" "" "taken back"
    cq-import -q --undo=5
    equal "$(rows number kind told run list line)" "$first,stay,person;undo,6,,"
    late contingent 2026-04-02 <<END
iin,last_name,first_name,birth_date,category,agency,residence,service_id
$EMPLOYEE,Бірінші,Адам,1985-03-15,pensioner,internal_affairs,711110000,5
END
    equal "$(rows number run)" "$first,6" "what changed no answer told nothing"
}

@test "only what still counts does, as it was at the moment asked about" {
    decided
    retired 2026-02-01
    local moment
    moment=$(sqlite3 "$CQ_DB" "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch')
        FROM run WHERE id = 4")
    cq-refer cancel --as-of=2026-04-02 --reason=x "$third" >/dev/null
    cq-refer complete --as-of=2026-04-02 "$first" >/dev/null
    equal "$(rows number kind status)" "$first,referral,completed
$first,stay,completed"
    equal "$(cq-report overtaken --known-at="$moment" | cells number kind status)" \
        "$first,referral,admitted
$third,referral,issued
$first,stay,admitted"
}

# answers MOMENT: for the day and service of each referral, as known at a moment.
answers() {
    cq-eligible --known-at="$1" <asked.csv |
        cells number outcome category agency provider facility payer
}

@test "it is what cq-eligible answers as known then and as known now" {
    export CQ_DB="$PWD/cq.db"
    gen contingent 400 --full --seed=5 >people.csv
    gen facilities 40 --seed=5 >facilities.csv
    gen insurance 400 --seed=5 >insurance.csv
    import_list contingent people.csv 2>/dev/null
    import_list facilities facilities.csv
    cq-eligible --all --as-of=$DAY --service=outpatient |
        awk -F, 'NR == 1 || $4 == "eligible"' >entitled.csv
    cq-refer issue --as-of=$DAY <entitled.csv >out.csv 2>/dev/null || true
    local moment
    moment=$(sqlite3 "$CQ_DB" "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', max(at) / 1000.0, 'unixepoch')
        FROM run")
    { echo number,iin,service,destination,as_of
      cq-refer list | cells number iin service destination issued_on; } >asked.csv
    # Some had moved, retired or left before that day, and the Fund had been asked before it.
    awk -F, 'NR > 1 && NR % 4 == 0 { $13 = $14 = "710000000" }
        NR > 1 && NR % 5 == 0 && $7 == "employee" { $7 = "pensioner"; $16 = "2026-02-01" }
        NR > 1 && NR % 11 == 0 { $24 = "2026-02-15" }
        NR == 1 || NR % 4 == 0 || NR % 5 == 0 || NR % 11 == 0' OFS=, people.csv >late.csv
    cq-import -q --as-of=2026-04-01 --max-losses=100 --max-bad=100 late.csv 2>/dev/null || true
    sed -i '2,$s/[^,]*$/2026-01-10/' insurance.csv
    cq-import -q --as-of=2026-04-01 --max-losses=100 -k insurance insurance.csv 2>/dev/null
    answers "$moment" >then.csv
    answers 2100-01-01T00:00:00Z >now.csv
    diff then.csv now.csv | sed -n 's/^> \([^,]*\),.*/\1/p' | sort >expected
    rows number | sort >got
    [ "$(wc -l <expected)" -gt 20 ] || fail "little was overtaken: this proves nothing"
    [ "$(wc -l <expected)" -lt "$(wc -l <then.csv)" ] || fail "all was overtaken"
    diff expected got
    join -t, <(rows number outcome_now category_now agency_now provider_now facility_now payer_now |
        sort) <(sort now.csv) | awk -F, '{ for (i = 2; i <= 7; i++) if ($i != $(i + 6)) exit 1 }'
}
