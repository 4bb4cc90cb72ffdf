#!/bin/sh
# Puts files below $PREFIX and takes them away again.
#   install.sh add MODE:SOURCE:TARGET...      TARGET is relative to $PREFIX
#   install.sh remove MODE:SOURCE:TARGET...
# What was put there, and each folder that had to be made for it, is written down in
# share/cq/installed, so that no file of an earlier version and no empty folder stays behind, and
# nobody else's folder goes. $DESTDIR comes before all of it, as usual.
set -eu

prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}
kept=$prefix/share/cq/installed
umask 022

# note KIND PATH: without $DESTDIR; a folder above that is noted as it is.
note() {
    case $2/ in
    "$root"/*) notes="$notes
$1 ${2#"$root"}" ;;
    *) notes="$notes
above $2" ;;
    esac
}

# make_folders FOLDER: makes it and what is missing above it, and notes each.
make_folders() {
    [ ! -d "$1" ] || return 0
    make_folders "$(dirname "$1")"
    mkdir "$1"
    note folder "$1"
}

# put MODE SOURCE TARGET: a source that ends in .in names the folders of this installation.
put() {
    make_folders "$(dirname "$3")"
    case $2 in
    *.in)
        sed -e "s|@prefix@|$prefix|g" -e "s|@libdir@|$prefix/${LIBDIR:-lib}|g" \
            -e "s|@version@|${VERSION:-}|g" "$2" >"$3.new"
        chmod "$1" "$3.new"
        mv -f "$3.new" "$3"
        ;;
    *) install -m "$1" "$2" "$3" ;;
    esac
    note file "$3"
}

# What is noted already is noted once.
write_notes() {
    make_folders "$(dirname "$root$kept")"
    {
        [ ! -f "$root$kept" ] || cat "$root$kept"
        printf '%s\n' "$notes" | sed '/^$/d'
    } | awk '!seen[$0]++' >"$root$kept.new"
    mv -f "$root$kept.new" "$root$kept"
}

# The deepest folders first; one that holds something else stays.
take_away() {
    sed -n 's/^file //p' "$1" | while IFS= read -r file; do
        rm -f "$root$file"
    done
    {
        sed -n 's/^folder //p' "$1" | while IFS= read -r folder; do
            printf '%s\n' "$root$folder"
        done
        sed -n 's/^above //p' "$1"
    } | LC_ALL=C sort -r >"$1.folders"
    rm -f "$root$kept"
    while IFS= read -r folder; do
        rmdir "$folder" 2>/dev/null || true
    done <"$1.folders"
}

action=$1
shift
case $action in
add)
    notes=
    for item in "$@"; do
        mode=${item%%:*}
        item=${item#*:}
        put "$mode" "${item%%:*}" "$root$prefix/${item#*:}"
    done
    write_notes
    ;;
remove)
    notes=$(mktemp)
    trap 'rm -f "$notes" "$notes.folders"' EXIT
    # An installation without notes is one of before there were any.
    [ ! -f "$root$kept" ] || cat "$root$kept" >"$notes"
    for item in "$@"; do
        echo "file $prefix/${item##*:}"
    done >>"$notes"
    take_away "$notes"
    ;;
*)
    echo "install.sh: add or remove" >&2
    exit 2
    ;;
esac
