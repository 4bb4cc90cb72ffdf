#!/usr/bin/env bash
# registry.sh LISTS >registry.sql: a registry as the programs in $CQ_BIN make it from the lists of a
# folder (tests/data/v1), as SQL: runs of every kind, one taken back; referrals of every service in
# every state; a history that was read. Before a step changes the schema, the programs of before make
# the file from which the step is tested.
set -eu -o pipefail

lists=$(realpath "$1")
tests=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PATH="${CQ_BIN:?}:$PATH" CQ_DB="$work/cq.db" LC_ALL=C.UTF-8 TZ=UTC HOME="$work"
"${CC:-cc}" -O1 -shared -fPIC -o moment.so "$tests/bats/moment.c"

# on DAY PROGRAM...: a program as it runs at nine on that day, and a second later each time.
second=0
on() {
    local day=$1
    shift
    second=$((second + 1))
    CQ_MOMENT=$(($(date -d "$day 09:00" +%s) + second)) LD_PRELOAD="$work/moment.so" "$@"
}

# list DAY KIND FILE [OPTION...]
list() {
    local day=$1 kind=$2 file=$3
    shift 3
    on "$day" cq-import -q --as-of="$day" --list-date="$day" --kind="$kind" "$@" "$file"
}

list 2026-01-05 contingent "$lists/people.csv"
list 2026-01-05 facilities "$lists/facilities.csv"
list 2026-01-07 insurance "$lists/insurance.csv"
list 2026-01-07 presidential "$lists/presidential.csv"
list 2026-01-08 cards "$lists/cards.csv"
list 2026-02-01 contingent "$lists/february.csv" --agency=internal_affairs --mode=full
# A list with a wrong column, taken back; a row that contradicts, and one that cannot be read.
sed '2,$s/,courier,yes,/,courier,no,/' "$lists/people.csv" | grep -E '^iin|courier' >wrong.csv
list 2026-02-02 contingent wrong.csv
on 2026-02-03 cq-import -q --undo=7
{
    grep -E '^iin|,courier,' "$lists/people.csv"
    grep ,prosecution, "$lists/people.csv" | sed 's/Үшінші/Төртінші/; s/1979-09-20/1979-09-21/'
    grep ,economic_investigation, "$lists/people.csv" | sed 's/1983-07-07/1983-02-30/'
} >review.csv
list 2026-02-04 contingent review.csv --max-bad=90 || [ $? = 1 ]

# refer DAY ACTION...
refer() {
    local day=$1
    shift
    on "$day" cq-refer "$@" --as-of="$day" >>referrals 2>>said || [ $? = 1 ] || { cat said >&2; false; }
}

refer 2026-03-02 issue --iin=850315100006 --service=outpatient --indication=x
refer 2026-03-02 issue --iin=850315100006 --service=inpatient --diagnosis=J18.9 --indication=x \
    --planned-on=2026-03-09 --bureau-code=B-1
refer 2026-03-02 issue --iin=880402200000 --service=outpatient --indication=x --from-facility=PHC-59
refer 2026-03-02 issue --iin=880402200000 --service=sanatorium --indication=x
refer 2026-03-02 issue --iin=750505100008 --service=medical_rehabilitation --indication=x \
    --from-facility=PHC-59
refer 2026-03-02 issue --iin=860630200007 --service=psychological_rehabilitation \
    --measure=training --indication=x
refer 2026-03-02 issue --iin=860630200007 --service=mental_health --consent --indication=x
refer 2026-03-02 issue --iin=901111200008 --service=inpatient --indication=x
refer 2026-03-02 issue --iin=910101100006 --service=inpatient --urgency=emergency --indication=x
refer 2026-03-03 issue --iin=600704200006 --service=outpatient
refer 2026-03-03 issue --iin=120320100001 --service=outpatient
refer 2026-03-03 issue --iin=890228200007 --service=outpatient
refer 2026-03-03 issue --iin=150601200000 --service=outpatient
refer 2026-03-03 issue --iin=080320100001 --service=mental_health --consent --indication=x
printf '%s\n' iin,package,indicated,paid_by 750505100008,none,yes,own_funds |
    refer 2026-03-03 issue --service=medical_rehabilitation --from-facility=PHC-59
refer 2026-03-03 issue --iin=880402200000 --service=inpatient --destination=astana --indication=x \
    --from-facility=MVD-71 --referrer=x --planned-on=2026-03-10

# nth N: the number of the Nth referral there is.
nth() {
    cq-refer list | sed -n "$(($1 + 1))s/,.*//p"
}
refer 2026-03-04 accept "$(nth 1)"
refer 2026-03-05 admit "$(nth 1)"
refer 2026-03-06 complete "$(nth 1)"
refer 2026-03-06 accept "$(nth 2)"
refer 2026-03-07 admit "$(nth 2)"
refer 2026-03-07 accept "$(nth 3)"
refer 2026-03-07 reject --reason=full "$(nth 4)"
refer 2026-03-07 cancel --reason=moved "$(nth 5)"
refer 2026-04-20 expire "$(nth 6)"
on 2026-04-21 cq-report person --iin=850315100006 >history

version=$(sqlite3 "$CQ_DB" 'PRAGMA user_version')
echo "-- A registry of version $version, as its programs made it: tests/tools/registry.sh."
echo "PRAGMA application_id = $(sqlite3 "$CQ_DB" 'PRAGMA application_id');"
echo "PRAGMA user_version = $version;"
sqlite3 "$CQ_DB" .dump
