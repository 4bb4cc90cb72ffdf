#!/usr/bin/env bash
# Attacks a published book: attack.sh PLAIN.html KEPT.html N
# Reads all numbers of all tables and figures back from the page with hidden counts, and asks a
# solver of linear programs (glpsol) for the most that each hidden count of 1 to N could be, given
# everything that is shown. The plain page says what the counts are, and gives the attacker more
# than a reader has: by how much overlapping parts exceed their totals. Prints every small count
# that cannot be larger than N or is shown, then how many counts of how many are hidden.
set -u -o pipefail
LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# chapter, table or "figures", part of the table, cells: tab-separated.
published() {
    tr -d '\n' <"$1" | sed 's/<wbr>//g; s/</\n</g' | awk '
        function text() { sub(/^<[^>]*>/, ""); return $0 }
        { gsub(/\xc2\xa0|\xe2\x80\xaf|\xe2\x80\x89/, "") }
        /^<article / { match($0, /id="[a-z0-9]*"/); chapter = substr($0, RSTART + 4, RLENGTH - 5) }
        /^<dt/ { label = text() }
        /^<dd/ { print chapter "\tfigures\tbody\t" label "\t" text() }
        /^<caption/ { caption = text() }
        /^<(thead|tbody|tfoot)/ { part = substr($0, 3, 4) }
        /^<tr/ { row = "" }
        /^<t[hd][ >]/ { row = row "\t" text() }
        /^<\/tr/ { print chapter "\t" caption "\t" (part == "head" ? part : part == "foot" ? part : "body") row }'
}

# counts FILE: the name of each published count, a pattern over the parts of its table, and its
# value; "*" is any.
counts() {
    published "$1" | awk -F'\t' '
        function put(name, value) { if (name in seen) { if (seen[name] != value) print "differs", name, seen[name], value >"/dev/stderr" }
            else { seen[name] = value; print name "\t" value } }
        $3 == "head" && $1 != "contingent" { next }
        function contingent(values,    i, name) { name = "c"; for (i = 1; i <= by; i++) name = name "|" values[i]; return name }
        $1 == "contingent" && $3 == "head" && $2 == "In detail" {
            by = NF - 4
            if ($NF == "Total") for (i = 4; $i ~ /^(Region|Agency|Category|Body|Sex|Age, years)$/; i++) by = i - 2
        }
        $1 == "contingent" && $3 == "head" && $2 != "In detail" && !($2 in place) { place[$2] = ++places }
        $1 == "contingent" { lines[++count] = $0; parts[count] = $3; next }
        function later(    i, k, n, cells, at, v) {
            by = by ? by : 1
            for (i = 1; i <= count; i++) {
                n = split(lines[i], cells, "\t"); split("", v)
                for (k = 1; k <= by; k++) v[k] = "*"
                if (cells[2] == "figures") { if (cells[4] == "people") put(contingent(v), cells[5]); continue }
                if (cells[3] == "head") { for (k = 4; k <= n; k++) at[k] = cells[k]; at[n + 1] = ""; continue }
                if (cells[2] != "In detail") { v[place[cells[2]]] = cells[4]; put(contingent(v), cells[5])
                    if (cells[2] == "By category") link = place[cells[2]]; continue }
                if (n == by + 4) { for (k = 1; k <= by; k++) v[k] = cells[3 + k]; put(contingent(v), cells[n]); continue }
                if (cells[3] != "foot") for (k = 1; k < by; k++) v[k] = cells[3 + k]
                first = cells[3] == "foot" ? 5 : 3 + by
                for (k = first; k <= n; k++) {
                    head_of = at[k + (cells[3] == "foot" ? by - 2 : 0)]
                    v[by] = head_of == "Total" ? "*" : head_of
                    if (cells[k] != "–") put(contingent(v), cells[k])
                }
            }
            print "link\t" link "\t" by
        }
        END { later() }
        $1 == "eligibility" {
            if ($2 == "figures" && $4 == "people") put("e|*|*|*|*", $5)
            else if ($2 == "figures") put("e|*|" ($4 == "entitled" ? "ENTITLED" : $4) "|*|*", $5)
            else if ($2 == "Outcomes by category") put("e|" $4 "|" $5 "|*|*", $6)
            else if ($2 == "By payer") put("e|*|*|" $4 "|*", $5)
            else put("e|" $4 "|" $5 "|" $6 "|" $7, $8)
        }
        $1 == "referrals" {
            if ($2 == "figures" && $4 == "referrals") put("r|*|*|*|*", $5)
            else if ($2 == "figures") put("s|*|*|*|*", $5)
            else if ($2 == "By service") put("r|*|" $4 "|*|" $5, $6)
            else if ($2 == "By payer") { put("s|*|*|" $4 "|*", $5); put("r|*|*|" $4 "|*", $6) }
            else if ($2 == "Rehabilitation by occasion") put("o|" $4, $5)
            else { put("r|" $4 "|" $5 "|" $6 "|" $7, $8); put("s|" $4 "|" $5 "|" $6 "|" $7, $9) }
        }'
}

counts "$1" >"$work/plain" && counts "$2" >"$work/kept" || exit 4
# The system: a variable for each count, an equation for each sum.
awk -F'\t' -v limit="$3" -v work="$work" '
    function matches(pattern, name,    p, n, k, i) {
        k = split(pattern, p, "|")
        if (split(name, n, "|") != k) return 0
        for (i = 1; i <= k; i++) if (p[i] != "*" && p[i] != n[i] && !(p[i] == "ENTITLED" && n[i] ~ /^entitled/)) return 0
        return 1
    }
    $1 == "link" { link = $2; by = $3; next }
    FNR == NR { truth[$1] = $2; id[$1] = "x" FNR; name[FNR] = $1; n = FNR; next }
    { shown[$1] = $2 }
    function add(    i) { print " c" ++rows ":" left " = " right >out; left = ""; right = 0 }
    END {
        out = work "/system"
        for (i = 1; i <= n; i++) {
            if (name[i] !~ /[*]|ENTITLED/) continue
            left = " - " id[name[i]]; right = -truth[name[i]]
            for (k = 1; k <= n; k++) if (name[k] !~ /[*]/ && matches(name[i], name[k])) {
                left = left " + " id[name[k]]; right += truth[name[k]] }
            if (left ~ /[+]/) add()
        }
        # Stays are the referrals of those who were admitted.
        for (i = 1; i <= n; i++) { r = name[i]; sub(/^s/, "r", r)
            if (name[i] ~ /^s/ && name[i] !~ /[*]/ && truth[name[i]] > 0) {
                left = " " id[name[i]] " - " id[r]; right = truth[name[i]] - truth[r]; add() } }
        # People of a category are the same in two chapters, but for what the attacker knows.
        for (i = 1; i <= n; i++) if (name[i] ~ /^c/) {
            split(name[i], part, "|"); others = 0
            for (k = 1; k <= by; k++) others += part[k + 1] != "*" && k != link
            if (others || part[link + 1] == "*") continue
            left = " - " id[name[i]]; right = -truth[name[i]]
            for (k = 1; k <= n; k++) if (matches("e|" part[link + 1] "|*|*|*", name[k]) && name[k] !~ /[*]/) {
                left = left " + " id[name[k]]; right += truth[name[k]] }
            if (left ~ /[+]/) add()
        }
        print "Bounds" >out
        for (i = 1; i <= n; i++) {
            v = shown[name[i]]
            total++
            if (name[i] in shown && v != "…" && v != "") { print " " id[name[i]] " = " v >out
                if (v + 0 >= 1 && v + 0 <= limit) print "shown", name[i], v >(work "/bad")
                if (v + 0 != truth[name[i]]) print "wrong", name[i], v, truth[name[i]] >(work "/bad")
            } else { print " " id[name[i]] " >= " (truth[name[i]] > 0) >out; hidden++
                if (truth[name[i]] >= 1 && truth[name[i]] <= limit) { small++; print id[name[i]] "\t" name[i] "\t" truth[name[i]] >(work "/targets") } }
        }
        print "End" >out
        printf "hidden %d, of them small %d, of %d counts\n", hidden, small, total >(work "/share")
    }' "$work/plain" "$work/kept" || exit 4
touch "$work/targets" "$work/bad"
cat "$work/bad"
while IFS=$'\t' read -r id name truth; do
    { echo "Maximize"; echo " most: $id"; echo "Subject To"; cat "$work/system"; } >"$work/lp"
    glpsol --lp "$work/lp" -o "$work/solution" >"$work/log" 2>&1 || { cat "$work/log"; exit 4; }
    # An unbounded program has no greatest number.
    grep -q 'UNBOUNDED\|UNDEFINED' "$work/solution" && continue
    most=$(awk '/^Objective:/ { print $4 }' "$work/solution")
    grep -q 'UNBOUNDED' "$work/log" && continue
    awk -v most="$most" -v limit="$3" 'BEGIN { exit !(most < limit + 1) }' &&
        echo "exposed $name: $truth is at most $most" | tee -a "$work/bad"
done <"$work/targets"
cat "$work/share"
[ ! -s "$work/bad" ]
