#!/usr/bin/env bash
# Brings the tables of completions/ up to date with the programs: the options of --help, the values
# that a program names when it refuses one, and which action or report takes what, by trying.
#   tests/tools/completions.sh update    writes them into the three files
#   tests/tools/completions.sh check     says what is out of date
#   tests/tools/completions.sh table     prints the table
# A line is PROGRAM|PLACES|LETTER|OPTION|ARGUMENT|WORDS|TEXT in English|in Kazakh|in Russian.
#   PLACES    the actions or reports that take it, or an option; - where none is named yet; * anywhere
#   OPTION    empty for what is no option
#   ARGUMENT  = needed, ? may follow after =, - none
#   WORDS     the values there are; FILE, LIST (a CSV, a workbook) or DIR; a comma or + in front
#             means a list that is joined by it
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
PATH=${CQ_BIN:-$top/build/bin}:$PATH
export LC_ALL=C.UTF-8 TZ=UTC
unset CQ_DB LANG LANGUAGE
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work XDG_DATA_HOME=$work

# The options in --help: SECTION|LETTER|OPTION|ARGUMENT|TEXT, a line each, with what their help
# says first.
options() {
    "$1" --help --lang="$2" | awk '
    # Ends before the first semicolon or full stop that is not in brackets.
    function first(text, i, c, depth) {
        for (i = 1; i < length(text); i++) {
            c = substr(text, i, 1)
            depth += (c == "(") - (c == ")")
            if (depth == 0 && substr(text, i, 2) ~ /[;.] /)
                return substr(text, 1, i - 1)
        }
        return text
    }
    function flush() {
        gsub(/[|]/, "/", text)
        if (name != "")
            print section "|" letter "|" name "|" argument "|" first(text)
        name = text = ""
    }
    /^  (-[A-Za-z],|   ) --[a-z]/ {
        flush()
        letter = substr($0, 3, 1) == "-" ? substr($0, 4, 1) : ""
        head = substr($0, 9)
        text = ""
        if (match(head, /  +/)) {
            text = substr(head, RSTART + RLENGTH)
            head = substr(head, 1, RSTART - 1)
        }
        name = argument = head
        sub(/[[=].*/, "", name)
        argument = substr(head, length(name) + 1)
        gsub(/[|]/, "/", argument)
        next
    }
    /^          / && name != "" {
        sub(/^ +/, "")
        text = text (text == "" ? "" : " ") $0
        next
    }
    { flush() }
    /^[^ ].*:$/ { section++ }
    END { flush() }'
}

# described TEXT PLACES: the text without the actions or reports in front.
described() {
    local place
    for place in $2; do
        if [[ ${1%%: *} =~ (^|\ )$place(,|\ |$) ]]; then
            echo "${1#*: }"
            return
        fi
    done
    echo "$1"
}

# said PROGRAM WORD...: puts what it says in English, in an empty folder, into $said.
said() {
    said=$("$@" --lang=en </dev/null 2>&1 >/dev/null) || true
}

# The actions or reports of a program, or none.
places() {
    case $1 in
    cq-refer | cq-report)
        said "$1" @
        sed -n 's/.*there are: \(.*\) \[.*/\1/p' <<<"$said" | tr -d ','
        ;;
    esac
}

# beside PROGRAM PLACE OPTION: puts what else has to be on the command line, for the option to be
# looked at, into extra.
beside() {
    case "$1 $2 $3" in
    'cq-refer register papers') extra=(--iin=850315100006 --facility=x) ;;
    'cq-report law service') extra=(--by=gap) ;;
    'cq-report '*' dialect') extra=(--format=sql) ;;
    'cq-report '*' excel') extra=(--format=csv) ;;
    'cq-report all format') extra=() ;;
    'cq-report all '*) extra=(--format=html) ;;
    *) extra=() ;;
    esac
    case "$1 $2" in
    'cq-report person') extra+=(--iin=850315100006) ;;
    'cq-report find') extra+=(--name=Akhmetov --born=2000) ;;
    'cq-report form2') extra+=(--year=2024) ;;
    esac
}

# sample ARGUMENT WORD: puts a value of that kind, else the word, into value.
sample() {
    case $1 in
    =DATE) value='=2026-01-01' ;;
    =IIN) value='=850315100006' ;;
    =YYYY) value='=2024' ;;
    =N | =NN) value='=1' ;;
    =RUN) value='=last' ;;
    =*) value="=${2:-x}" ;;
    *) value= ;;
    esac
}

# taken PROGRAM PLACE OPTION VALUE: whether it says nothing against having the option there.
taken() {
    beside "$1" "$2" "$3"
    said "$1" "$2" "${extra[@]}" "--$3$4"
    case $said in
    *"$2, --$3"*CQ-U005* | *"$2, --format"*CQ-U005* | *"--format ($2:"*CQ-U002* | *CQ-U006*) return 1 ;;
    esac
}

# The words that a refusal of the option's value names.
refused() {
    beside "$1" "$2" "$3"
    # shellcheck disable=SC2086 # no place where there are none
    said "$1" $2 "${extra[@]}" "--$3=$4"
    sed -n "s/.*--$3 (\(.*\)) \[CQ-U002\].*/\1/p" <<<"$said" | tr ',' '\n' | tr -d ' ' |
        grep -xE '[A-Za-z][A-Za-z0-9_-]+|[0-9]{2}' | grep -vxE 'RUN|YYYY-MM-DD' | paste -sd' '
}

# words PROGRAM PLACE OPTION ARGUMENT: the values of an option there.
words() {
    local found mark rest
    case $4 in
    =FILE | =DIR) echo "${4#=}" && return ;;
    '[=yes/no]') echo 'yes no' && return ;;
    =IIN | =N | =PCT | =DATE | =TIME | =YYYY | =TEXT | =REASON | =NUMBER | '') return ;; # no words
    esac
    case $3 in
    profile) awk -F, '$1 == "profile" { print $2 }' "$top/lib/law/words.csv" | paste -sd' ' && return ;;
    line) found=$(refused "$1" "$2" "$3" 99) ;;
    *) found=$(refused "$1" "$2" "$3" @) ;;
    esac
    # Whether two of them may be joined.
    rest=${found#* }
    if [[ $found == *' '* ]]; then
        for mark in '+' ','; do
            refused "$1" "$2" "$3" "${found%% *}$mark${rest%% *}" >/dev/null
            if [[ $said != *CQ-U002* ]]; then
                found=$mark$found
                break
            fi
        done
    fi
    echo "$found"
}

# The formats of a report or action, of those there are.
formats() {
    local word list=
    for word in $3; do
        ! taken "$1" "$2" format "=$word" || list="$list $word"
    done
    echo "${list# }"
}

# by_words PROGRAM OPTION ARGUMENT PLACES: the places where it is taken, as PLACES<tab>WORDS: a line for each set of words.
by_words() {
    local place word list=
    if [ -z "$4" ]; then
        printf '*\t%s\n' "$(words "$1" "" "$2" "$3")"
        return
    fi
    for place in $4; do
        if [ -z "$list" ] || [ "$2" = by ]; then
            list=$(words "$1" "$place" "$2" "$3")
        fi
        if [ "$2" = format ]; then
            printf '%s\t%s\n' "$place" "$(formats "$1" "$place" "$list")"
            continue
        fi
        word=${list%% *}
        sample "$3" "${word#[,+]}"
        ! taken "$1" "$place" "$2" "$value" || printf '%s\t%s\n' "$place" "$list"
    done | awk -F'\t' -v all="$4" '
        # Before the place is named, any of the words may come.
        function add(list, i, word, parts) {
            if (list ~ /^[,+]/) {
                mark = substr(list, 1, 1)
                list = substr(list, 2)
            }
            for (i = 1; i <= split(list, parts, " "); i++)
                if (!(parts[i] in seen)) {
                    seen[parts[i]] = 1
                    any = any (any == "" ? "" : " ") parts[i]
                }
        }
        !($2 in places) { order[++n] = $2; add($2) }
        { places[$2] = places[$2] " " $1 }
        END {
            if (n > 1)
                print "-\t" mark any
            for (i = 1; i <= n; i++) {
                where = n > 1 ? substr(places[order[i]], 2) : "-" places[order[i]]
                print (where == "- " all ? "*" : where) "\t" order[i]
            }
        }'
}

# Where a program reads lists, by its usage.
lists() {
    "$1" --help --lang=en | sed -n "s/^.* $1 \(.*\[FILE\].*\)/\1/p" | sed 's/^\[OPTION\].*/*/; s/ .*//' |
        paste -sd' '
}

# text_of OPTION FILE: what its help says, by what `options` wrote.
text_of() {
    awk -F'|' -v name="$1" '$3 == name { print $5 }' "$2"
}

program_table() {
    local program=$1 all section letter name argument text where list need tried
    all=$(places "$program")
    [ -z "$all" ] || echo "$program|-||||$all|||"
    list=$(lists "$program")
    [ -z "$list" ] || echo "$program|$list||||LIST|||"
    options "$program" en >"$program.en"
    options "$program" kk >"$program.kk"
    options "$program" ru >"$program.ru"
    while IFS='|' read -r section letter name argument text; do
        case $argument in
        =*) need='=' ;;
        '['*) need='?' ;;
        *) need='-' ;;
        esac
        text="$(described "$text" "$all")|$(described "$(text_of "$name" "$program.kk")" "$all")"
        text="$text|$(described "$(text_of "$name" "$program.ru")" "$all")"
        tried=$all
        [ "$section" = 1 ] || [ "$name" = format ] || tried= # the others are for every place
        while IFS=$'\t' read -r where list; do
            echo "$program|$where|$letter|$name|$need|$list|$text"
        done < <(by_words "$program" "$name" "$argument" "$tried")
    done <"$program.en"
}

# renewed FILE: the file with the table between its marks, as its shell quotes it.
renewed() {
    local columns=1- quote="s/'/'\\\\''/g"
    case $1 in
    */bash/*) columns=1-6 ;; # bash shows no texts
    */fish/*) quote="s/[\\\\']/\\\\&/g" ;;
    esac
    cut -d'|' -f$columns "$work/table" | sed "$quote" >"$work/quoted"
    sed -e "/^# The table begins/,/^# The table ends/{/^cq-/d; /table[= ]'\$/r $work/quoted
        }" "$top/$1"
}

for program in cq-import cq-eligible cq-refer cq-report; do
    program_table "$program" >"$work/$program" &
done
wait
cat cq-import cq-eligible cq-refer cq-report >"$work/table"
status=0
case ${1:-} in
table) cat "$work/table" ;;
check | update)
    for file in completions/bash/cq completions/zsh/_cq completions/fish/cq.fish; do
        renewed "$file" >"$work/new"
        if [ "$1" = update ]; then
            cat "$work/new" >"$top/$file"
        elif ! diff -u "$top/$file" "$work/new"; then
            echo "$file is not what completions.sh update makes" >&2
            status=1
        fi
    done
    ;;
*)
    echo "completions.sh: update, check or table" >&2
    exit 2
    ;;
esac
exit $status
