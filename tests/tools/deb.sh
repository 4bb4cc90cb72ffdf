#!/bin/sh
# Installs, upgrades, removes and purges the package cq in a bare Debian, with a registry in place, and
# fails where something of that is not as it should be. Needs root, the network for the packages that
# cq depends on, and build/cq_*.deb of `make deb`.
# $CQ_BARE: a folder with a bare Debian, which is copied and not changed; `new` makes one with debootstrap.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${CQ_BUILD:-$top/build}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

if [ "$(id -u)" != 0 ]; then
    echo "deb.sh: only root can change its root folder" >&2
    exit 1
fi
# What is mounted in here is gone when this ends, so that nothing outside is ever removed through it.
if [ "${1:-}" != inside ]; then
    work=$(mktemp -d "${TMPDIR:-/tmp}/cq-deb.XXXXXX")
    status=0
    unshare --mount --propagation private "$0" inside "$work" || status=$?
    rm -rf --one-file-system "$work"
    exit $status
fi
work=$2
root=$work/root

check() {
    echo "== $*"
}

fail() {
    echo "deb.sh: $*" >&2
    exit 1
}

# bare COMMAND...: in the bare Debian.
bare() {
    env -u TMPDIR -u CQ_DB -u XDG_DATA_HOME HOME=/root chroot "$root" "$@"
}

# as_cq COMMAND...: as the user of the services.
as_cq() {
    bare runuser -u cq -- env CQ_DB=/var/lib/cq/cq.db "$@"
}

apt() {
    bare apt-get -qq -o Dpkg::Use-Pty=0 --yes --no-install-recommends "$@" >"$work/apt.out" 2>&1 || {
        cat "$work/apt.out"
        fail "apt-get $*"
    }
}

# world: every file and folder that packages and people may leave, but for what apt, dpkg and ldconfig
# write for any package.
world() {
    bare find / -xdev \( -path /proc -o -path /tmp -o -path /var/cache -o -path /var/lib/apt -o \
        -path /var/lib/dpkg -o -path /var/log -o -path /root -o -path /etc/ld.so.cache \) -prune -o -print |
        grep -v '^/etc/\(passwd\|group\|shadow\|gshadow\|subuid\|subgid\|\.pwd\.lock\)-*$' | sort
}

answers() {
    as_cq cq-eligible --all --service=outpatient --as-of=2026-11-25
}

check "a bare Debian"
case ${CQ_BARE:-} in
'') fail "CQ_BARE names no folder; new makes one" ;;
new) debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >"$work/debootstrap.out" ;;
*)
    mkdir "$root"
    cp -ax "$CQ_BARE/." "$root"
    ;;
esac
cp /etc/resolv.conf "$root/etc/resolv.conf"
for file in /etc/apt/sources.list.d/debian.sources /etc/apt/apt.conf.d/99*; do
    [ ! -f "$file" ] || cp "$file" "$root$file"
done
[ ! -f "$root/etc/apt/sources.list.d/debian.sources" ] || rm -f "$root/etc/apt/sources.list"
mkdir -p "$root/proc"
mount -t proc proc "$root/proc"
apt update
world >"$work/before"

check "an earlier version of the package"
new=$build/cq_$(sed -n 's/^VERSION *= *//p' "$top/Makefile")_$(dpkg --print-architecture).deb
[ -f "$new" ] || fail "no package in $build; make deb"
dpkg-deb -R "$new" "$work/old"
sed -i 's/^Version: .*/Version: 0.0.9/' "$work/old/DEBIAN/control"
dpkg-deb --root-owner-group -b "$work/old" "$root/tmp/old.deb" >/dev/null
cp "$new" "$root/tmp/new.deb"
cp "$(dirname "$new")/libcq-dev_${new##*/cq_}" "$root/tmp/dev.deb"
cp -r "$top/tests/data/manual" "$root/tmp/lists"

check "installs with what it depends on"
apt install /tmp/old.deb
[ "$(bare stat -c '%U %G %a' /var/lib/cq)" = "cq cq 750" ] || fail "/var/lib/cq is not as tmpfiles.d says"
bare find /etc/systemd -name 'cq*' | grep . && fail "a service has been enabled"
as_cq cq-import -q --as-of=2026-11-01 /tmp/lists/staff.csv
as_cq cq-import -q --as-of=2026-11-01 --kind=facilities /tmp/lists/facilities.csv
as_cq cq-import -q --as-of=2026-11-01 --agency=courier /tmp/lists/staff.xlsx
as_cq cq-report --lang=ru runs -f xlsx -o /var/lib/cq/runs.xlsx
answers >"$work/answers"
[ "$(wc -l <"$work/answers")" -gt 5 ] || fail "no answers"
bare cq-import --help --lang=kk | grep -q Қолданылуы || fail "no catalogues"

check "the watched folder, a list dropped by a member of the group"
bare useradd --groups cq -M clerk
bare runuser -u clerk -- cp /tmp/lists/staff-december.csv /var/lib/cq/incoming/contingent/internal_affairs/
bare runuser -u clerk -- cat /var/lib/cq/cq.db >/dev/null 2>&1 && fail "a clerk reads the registry"
bare env CQ_TAKE_SETTLE=0 cq-take || fail "cq-take: status $?"
[ "$(bare sh -c 'stat -c "%U %a" /var/lib/cq/done/contingent/internal_affairs/*/list.csv')" = "cq 600" ] ||
    fail "the list has not become ours"
answers >"$work/answers"
# A registry that an earlier version of the programs made.
sqlite3 "$root/var/lib/cq/v1.db" <"$top/tests/data/v1/registry.sql" >/dev/null
bare chown cq:cq /var/lib/cq/v1.db
bare chmod 600 /var/lib/cq/v1.db

check "upgrades, and the registry answers as before"
apt install /tmp/new.deb
[ "$(bare dpkg-query --show cq | cut -f2)" != 0.0.9 ] || fail "not upgraded"
answers | cmp - "$work/answers"
as_cq cq-report --db=/var/lib/cq/v1.db contingent | grep -q ',' || fail "a registry of version 1 does not answer"
[ -f "$root/var/lib/cq/v1.db.v1" ] || fail "the registry has not been copied before its upgrade"

check "what the library depends on can be had"
apt install --simulate /tmp/dev.deb

check "removes, and keeps the settings and the registry"
apt remove cq
bare sh -c 'command -v cq-import cq-take' && fail "a program is left"
[ -f "$root/etc/default/cq" ] && [ -f "$root/var/lib/cq/cq.db" ] || fail "something is gone"

check "purges all but people's data, and says so"
apt purge cq
grep -q "people's data in /var/lib/cq" "$work/apt.out" || fail "nothing is said of /var/lib/cq: $(cat "$work/apt.out")"
[ "$(bare stat -c %U /var/lib/cq/cq.db)" = cq ] || fail "the registry has lost its owner"
bare userdel clerk
apt autoremove --purge
world | grep -v '^/var/lib/cq' | diff "$work/before" - || fail "the package left the files above"

check "purges the folder and the user too where there are no data"
apt install /tmp/new.deb
bare sh -c 'rm -rf /var/lib/cq/*'
apt purge cq
[ ! -e "$root/var/lib/cq" ] || fail "an empty /var/lib/cq is left"
bare getent passwd cq && fail "the user is left"
bare getent group cq && fail "the group is left"
apt autoremove --purge
world | diff "$work/before" - || fail "the package left the files above"
echo "installed, upgraded, removed and purged"
