#!/usr/bin/env bash
# The demo: 2,000 synthetic people from the HR list to decisions, referrals and a report, in a
# fresh folder. Every command is shown before it runs, so the screen is a recipe to repeat.
# $CQ_BUILD, $CQ_BIN, $CQ_TOOLS say what was built and where.
set -u -o pipefail

build=${CQ_BUILD:-$(cd "$(dirname "$0")/../.." && pwd)/build}
path=${CQ_BIN:-$build/bin}:${CQ_TOOLS:-$build/tools}
demo=$build/demo
rm -rf "$demo"
mkdir -p "$demo" && cd "$demo" || exit 4
export PATH="$path:$PATH" CQ_DB=cq.db
export LC_ALL=C.UTF-8 TZ=Asia/Almaty
day=2026-11-01
SECONDS=0

heading() {
    printf '\n== %s\n' "$1"
}

# run STATUS COMMAND: shows the command and runs it; another exit status ends the demo.
run() {
    local got=0
    printf '   $ %s\n' "$2"
    bash -o pipefail -c "$2" || got=$?
    case " $1 " in
        *" $got "*) ;;
        *)
            printf 'demo: status %s where %s was expected\n' "$got" "${1// / or }" >&2
            exit 1
            ;;
    esac
}

# count COLUMN FILE: how often each value is in a column of a CSV file.
count() {
    awk -F, -v name="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
        { n[$c]++ }
        END { for (v in n) printf "   %6d  %s\n", n[v], v == "" ? "(empty)" : v }
    ' "$2" | sort -k1,1nr -k2
}

heading "Synthetic lists: the seventh digit of every IIN is 1 or 2, so nobody living has one"
run 0 "gen contingent 2000 --full --seed=2026 --bad=14 > contingent.csv"
run 0 "gen facilities 90 --seed=2026 > facilities.csv"
run 0 "gen insurance 2000 --seed=2026 > insurance.csv"
run 0 "gen presidential 2000 --seed=2026 > presidential.csv"

heading "The HR list into a new registry"
echo "   Fourteen rows are wrong on purpose: they are rejected, the others go in, status 1."
run 1 "cq-import --as-of=$day --list-date=$day --rejects=rejects.csv \
--summary=summary.json contingent.csv 2> import.log"
echo "   What was done, from summary.json:"
tr -d '{}" ' < summary.json | tr ',' '\n' |
    grep -E '^(read|accepted|added|rejected|warnings):' | sed 's/^/     /'
echo "   Why rows were rejected; rejects.csv can be mended and imported:"
grep -Eo 'CQ-R[0-9]+' rejects.csv | sort | uniq -c | sed 's/^/  /'
echo "   The same list again changes nothing (it is still wrong in fourteen rows):"
run 1 "cq-import -q --as-of=$day --list-date=$day --summary=again.json contingent.csv \
2>> import.log"
tr -d '{}" ' < again.json | tr ',' '\n' |
    grep -E '^(unchanged|added|changed|ended):' | sed 's/^/     /'

heading "Facilities, the Fund's list of insured people, the President's Affairs list"
run 0 "cq-import -q --kind=facilities --as-of=$day --list-date=$day facilities.csv"
run 0 "cq-import -q --kind=insurance --as-of=$day --list-date=$day insurance.csv"
run 0 "cq-import -q --kind=presidential --as-of=$day --list-date=$day presidential.csv"

heading "Who is entitled to outpatient care on $day"
run 0 "cq-eligible --all --service=outpatient --as-of=$day -o outpatient.csv"
echo "   Outcomes:"
count outcome outpatient.csv
echo "   Payers:"
count payer outpatient.csv
echo "   Reasons of refusals, and facts that are missing:"
count reasons outpatient.csv
count missing outpatient.csv

heading "Rehabilitation for every fortieth person, and referrals for the entitled among them"
echo "   Decisions are piped on; who is not entitled is refused with the reasons, status 1."
run 0 "cut -d, -f1 outpatient.csv | awk 'NR == 1 || NR % 40 == 0' > chosen.csv"
run 0 "cq-eligible -s medical_rehabilitation --indicated --as-of=$day -o rehabilitation.csv \
< chosen.csv"
echo "   Outcomes:"
count outcome rehabilitation.csv
run "0 1" "cq-refer issue --as-of=$day -o referrals.csv < rehabilitation.csv 2> refer.log"
echo "   Referrals issued: $(sed 1d referrals.csv | wc -l)"
count provider referrals.csv

heading "One decision, explained"
iin=$(awk -F, 'NR > 1 { print $1; exit }' chosen.csv)
run "0 1" "cq-eligible --explain --as-of=$day $iin"

heading "Reports"
run 0 "cq-report contingent --by=category --as-of=$day --format=table"
run 0 "cq-report runs --format=table"
run 0 "cq-report contingent --as-of=$day --format=html -o contingent.html"
run 0 "cq-report all --as-of=$day --format=html --lang=kk -o book.html"

heading "Done in $SECONDS s; all files are in $demo"
cat <<END
   Open contingent.html and book.html (in Kazakh) in a browser. To try the commands above by hand:
     cd $demo
     export PATH="$path:\$PATH" CQ_DB=cq.db
END
