#!/usr/bin/env bash
# The examples of a manual page. An example is a literal block (.Bd -literal … .Ed) whose first
# line begins with "$ "; such lines are commands ("> " continues one), the others are what the
# command prints, on both outputs. A line ".Dl $ command" is one whose output is not shown: it only
# has to succeed.
#   examples.sh show PAGE   the examples as they are in the page
#   examples.sh run PAGE    the same commands, run one after the other in the current folder by one
#                           shell, with what they really print
#   examples.sh update PAGE run, and write what they print into the page; check the difference
set -u

show() {
    awk '
        /^\.Bd -literal/ { block = 1; first = 1; example = 0; next }
        /^\.Ed/ { block = 0; next }
        sub(/^\.Dl \$ /, "$! ") { block = first = example = 1 }
        block {
            if (first) example = /^\$!? /
            first = 0
            if (!example) next
            gsub(/\\&/, "")
            gsub(/\\-/, "-")
            gsub(/\\e/, "\\")
            print
            if (/^\$! /) block = 0
        }
    ' "$1"
}

# run_one SIGN COMMAND: runs a command as if it were typed, with $? of the command before.
status=0
run_one() {
    printf '%s\n' "$1 ${2//$'\n'/$'\n> '}"
    (exit "$status")
    eval "$2" >"$output" 2>&1 </dev/null
    status=$?
    if [ "$1" = '$' ]; then
        cat "$output"
    elif [ "$status" -ne 0 ]; then
        cat "$output"
        echo "(status $status)"
    fi
}

run() {
    local line sign command='' output
    output=$(mktemp)
    while IFS= read -r line <&3; do
        case $line in
        '$ '* | '$! '*)
            [ -z "$command" ] || run_one "$sign" "$command"
            sign=${line%% *}
            command=${line#* }
            ;;
        '> '*) command+=$'\n'${line#'> '} ;;
        esac
    done 3< <(show "$1")
    [ -z "$command" ] || run_one "$sign" "$command"
    rm -f "$output"
}

update() {
    local printed
    printed=$(mktemp)
    run "$1" >"$printed"
    awk '
        FNR == NR {
            if (/^\$!? /) n++
            else if (!/^> / || output[n] != "") {
                gsub(/\\/, "\\e")
                sub(/^[.\047]/, "\\\\\\&&")
                output[n] = output[n] $0 "\n"
            }
            next
        }
        /^\.Dl \$ / { at++ }
        /^\.Bd -literal/ { block = 1; first = 1; example = 0; print; next }
        block && first { first = 0; example = /^\$ / }
        example && (/^\$ / || /^\.Ed/) {
            if (shown) printf "%s", output[at]
            shown = /^\$ /
            at += shown
        }
        /^\.Ed/ { block = example = shown = 0 }
        !example || /^\$ / || /^> / { print }
    ' "$printed" "$1" >"$printed.page" && cat "$printed.page" >"$1"
    rm -f "$printed" "$printed.page"
}

case ${1-} in
show | run | update) "$1" "$2" ;;
*)
    echo "usage: examples.sh show|run|update PAGE" >&2
    exit 2
    ;;
esac
