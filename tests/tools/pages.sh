#!/usr/bin/env bash
# Compares the manual pages of other languages, cmd/LANG/PAGE, with the English ones, cmd/PAGE: a
# page that lags behind fails. Sections, items and displays must follow each other alike, examples
# be the same byte by byte, and each section name the same options, words of commands, files and
# variables, and each column the same headers of lists. What a sentence says is for its reader to compare.
#   pages.sh            all pages; the status is 1 if one differs
#   pages.sh show PAGE  what is compared of a page
set -u
cd "$(dirname "$0")/../.." || exit 1

# The frame of a page in its order; after each section the names in it, sorted, each once.
# A drawing (a display with a line of "+---") may have other words, but as many lines. Example
# output follows --lang, so the language there is any.
frame() {
    awk '
        function names_of(line,    token, count, i, mode, name) {
            count = split(line, token, " ")
            mode = ""
            for (i = 1; i <= count; i++) {
                name = token[i]
                if (name ~ /^(Fl|Cm|Pa|Ev|Xr)$/) {
                    mode = name
                } else if (name ~ /^(Ar|Ns|Op|Oo|Oc|Pq|Po|Pc|Em|Ta|No|Ql|Dq|Sq|Sx|Li|Nm|Nd)$/) {
                    mode = ""
                } else if (mode != "" && name !~ /^[][(),.;:=|]*$/) {
                    gsub(/[,.;:]$/, "", name)
                    seen[mode " " name] = 1
                }
            }
        }
        function put(line) { print section ": " line }
        function flush_names(    name, sort) {
            sort = "sort"
            for (name in seen) print section ":   " name | sort
            close(sort)
            split("", seen)
        }
        function cells(line,    token, count, i, all) {
            count = split(line, token, " ")
            for (i = 1; i <= count; i++) all += token[i] == "Ta"
            return all + 0
        }
        /^\.\\"/ { next }
        /^\.Bd/ { $0 = $1 " " $2; put($0); display = 1; drawing = ""; lines = 0; next }
        display && /^\.Ed/ {
            if (drawing ~ /\+---/) put("a drawing of " lines " lines")
            else printf "%s", drawing
            put($0)
            display = 0
            next
        }
        display {
            sub(/--lang=[a-z][a-z]/, "--lang=xx")
            drawing = drawing section ": " $0 "\n"
            lines++
            next
        }
        /^\.Dl/ { sub(/--lang=[a-z][a-z]/, "--lang=xx"); put($0); next }
        /^\.Dt/ { section = chapter = 0; put($0); next }
        /^\.Sh/ { flush_names(); section = ++chapter; part = 0; put($1); next }
        /^\.Ss/ { flush_names(); section = chapter "." ++part; put($1); next }
        /^\.Bl/ { put($1 " " $2); next }
        /^\.(El|Pp)/ { put($1) ; next }
        /^\.It/ {
            put($1 ($2 ~ /^([0-9]+|Fl|Cm|Pa|Ev|Xr)$/ ? " " $2 " " $3 " " $4 : "") " with " cells($0))
            names_of($0)
            next
        }
        after_break && /^[^.(][^:]*: / { put("headers " substr($0, index($0, ": ") + 2)) }
        { after_break = /^\.br/ }
        /^\./ { names_of(substr($0, 2)) }
        END { flush_names() }
    ' "$1"
}

compare() {
    local page english status=0
    for page in cmd/[a-z][a-z]/*.[1578]; do
        case $page in */cq-errors.5) continue ;; esac # made by errors-page.sh
        [ -e "$page" ] || continue
        english=cmd/${page##*/}
        if [ ! -e "$english" ]; then
            echo "$page: there is no $english"
            status=1
        elif ! diff --label "$english" --label "$page" -U1 <(frame "$english") <(frame "$page"); then
            status=1
        fi
    done
    return $status
}

case ${1-} in
'') compare ;;
show) frame "$2" ;;
*)
    echo "usage: pages.sh [show PAGE]" >&2
    exit 2
    ;;
esac
