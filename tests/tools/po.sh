#!/bin/sh
# The catalogues: `pot` extracts the texts of the sources, `update` merges new ones into lib/po,
# `check` fails on any text that a catalogue lacks, marks as fuzzy or does not use.
set -eu

build=${CQ_BUILD:-build}
mkdir -p "$build"
pot=$build/cq.pot

xgettext --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --keyword=NP_:1,2 \
    --add-comments=Translators --package-name=cq --sort-by-file -o "$pot" \
    include/cq/codes.def lib/*/*.c cmd/*.c
# The day of extraction would make every update a change.
sed -i '/^"POT-Creation-Date/d; /^"Report-Msgid-Bugs-To/d' "$pot"

case ${1:-check} in
pot) ;;
update)
    for po in lib/po/*.po; do
        msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-location --no-wrap \
            "$po" "$pot"
        msgattrib --no-obsolete --no-wrap -o "$po" "$po"
    done
    ;;
check)
    status=0
    for po in lib/po/*.po; do
        msgfmt --check-format --check-domain -o /dev/null "$po" || status=1
        missing=$(msgcmp "$po" "$pot" 2>&1) || status=1
        if [ -n "$missing" ]; then
            echo "$missing" | grep -F "$po:" || true
            msgmerge --quiet --no-fuzzy-matching "$po" "$pot" -o - |
                msgattrib --untranslated --no-obsolete --no-wrap | sed -n "s|^msgid|$po lacks|p" |
                sed 1d
            status=1
        fi
    done
    exit $status
    ;;
esac
