#!/usr/bin/env bash
# Every code of codes.def is named by a test, by its id or by its name in C, or has its reason not to
# be in errors-untested.txt; a reason for a code that a test names, or that is none, is a fault too.
set -eu
cd "$(dirname "$0")/../.."

status=0
fault() {
    echo "$*"
    status=1
}

excuses=tests/tools/errors-untested.txt
named=$(grep -rohE 'CQ-[A-Z][0-9]{3}|CQ_[A-Z]_[A-Z_0-9]+|\b[A-Z][0-9]{3}\b' tests/bats tests/unit tests/fuzz |
    sed 's/^\([A-Z][0-9]*\)$/CQ-\1/' | sort -u)
codes=$(sed -n 's/^CQ_CODE(\([A-Z_0-9]*\), "\(CQ-[A-Z][0-9]*\)".*/\2 CQ_\1/p' include/cq/codes.def)
while read -r id name; do
    if grep -qxF -e "$id" -e "$name" <<<"$named"; then
        ! grep -q "^$id " "$excuses" || fault "$id is tested: take it out of $excuses"
    else
        grep -q "^$id ." "$excuses" || fault "$id ($name): no test names it, and $excuses has no reason"
    fi
done <<<"$codes"
while read -r id _; do
    [ "$id" = '#' ] || grep -q "^$id " <<<"$codes" || fault "$excuses: there is no $id"
done <"$excuses"
exit $status
