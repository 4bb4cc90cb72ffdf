# shellcheck shell=bash
# What the objects of $objects define and need, and what files include, a fact a line; for
# floors.sh and circles.sh.

# "D SYMBOL FILE" for each symbol that an object defines, "U SYMBOL FILE" for each that it needs.
symbols() {
    find "$objects/lib" "$objects/cmd" -name '*.o' | LC_ALL=C sort | while read -r object; do
        file=${object#"$objects"/}
        nm -g "$object" | awk -v file="${file%.o}" '
            NF == 2 && $1 == "U" && $2 ~ /^cq_/ { print "U", $2, file }
            NF == 3 && $3 ~ /^cq_/ { print "D", $3, file }'
    done
}

# "P SYMBOL HEADER" for each function or object that a public header declares.
declarations() {
    for header in include/cq/*.h; do
        sed -e 's,//.*,,' -e 's,/\*[^*]*\*/,,g' "$header" | awk -v header="$header" '
            /\/\*/ { comment = 1 }
            !comment && /^[a-z]/ && !/^static/ && !/^typedef/ {
                line = $0
                while (match(line, /cq_[a-z0-9_]+[[(;]/)) {
                    print "P", substr(line, RSTART, RLENGTH - 1), header
                    line = substr(line, RSTART + RLENGTH)
                }
            }
            /\*\// { comment = 0 }'
    done
}

# "I FILE INCLUDED" for each include of a file of the project.
includes() {
    grep -HoE '^ *# *include *"[^"]+"' lib/*/*.[ch] cmd/*.[ch] include/cq/*.h |
        sed -E 's/^([^:]+):.*"([^"]+)"$/\1 \2/' | while read -r file name; do
        case $name in
        cq/*) echo "I $file include/$name" ;;
        */*) echo "I $file lib/$name" ;;
        *) echo "I $file $(dirname "$file")/$name" ;;
        esac
    done
}
