# Installed like a program: make install and uninstall, the services, the Debian packages.
# shellcheck disable=SC2154 # output comes from run

load helper

BUILD=${CQ_BUILD:-$TOP/build}

# in_top ARGUMENT...: make in the top folder, of this build.
in_top() {
    env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$TOP" BUILD="$BUILD" "$@" >make.out 2>&1 ||
        fail "$(cat make.out)"
}

sanitized() {
    ldd "$(command -v cq-import)" | grep -q libasan
}

@test "make install brings programs, pages, completions, catalogues, samples, library and services" {
    in_top install DESTDIR="$PWD/root" PREFIX=/usr
    local page
    for file in bin/cq-import bin/cq-refer sbin/cq-take share/man/man7/cq.7 share/man/man8/cq-take.8 \
        share/bash-completion/completions/cq-report share/zsh/site-functions/_cq \
        share/fish/vendor_completions.d/cq-refer.fish share/locale/kk/LC_MESSAGES/cq.mo \
        share/doc/cq/examples/staff.csv share/doc/cq/examples/crontab share/doc/cq/CHANGES.md \
        lib/libcq.a lib/pkgconfig/cq.pc include/cq/cq.h include/cq/codes.def \
        lib/systemd/system/cq-import@.path lib/systemd/system/cq-expire.timer lib/sysusers.d/cq.conf \
        lib/tmpfiles.d/cq.conf; do
        [ -f "root/usr/$file" ] || fail "$file is not installed"
    done
    for page in "$TOP"/cmd/*.[1578] "$TOP"/cmd/??/*.[1578]; do
        [ -e "$page" ] || continue
        find root/usr/share/man -name "${page##*/}" | grep -q . || fail "$page is not installed"
    done
    equal "$(grep -rl '@[a-z]*@' root/usr/lib/systemd root/usr/lib/pkgconfig root/usr/lib/sysusers.d)" ""
    equal "$(find root -type f ! -perm 644 ! -perm 755)" "" "files that not everybody can read"
    root/usr/bin/cq-import --lang=kk --help | grep -q Қолданылуы
}

@test "uninstall removes it all and the folders that install made, and nothing else" {
    mkdir -p root/usr/share/man/man1 root/usr/share/bash-completion
    in_top install DESTDIR="$PWD/root" PREFIX=/usr
    in_top install DESTDIR="$PWD/root" PREFIX=/usr
    echo "of somebody else" >root/usr/share/doc/cq/examples/own.csv
    # A file of an earlier version, that this one knows no more.
    mkdir -p root/usr/lib/cq
    touch root/usr/lib/cq/old
    printf 'file /usr/lib/cq/old\nfolder /usr/lib/cq\n' >>root/usr/share/cq/installed
    in_top uninstall DESTDIR="$PWD/root" PREFIX=/usr
    equal "$(find root | LC_ALL=C sort)" "root
root/usr
root/usr/share
root/usr/share/bash-completion
root/usr/share/doc
root/usr/share/doc/cq
root/usr/share/doc/cq/examples
root/usr/share/doc/cq/examples/own.csv
root/usr/share/man
root/usr/share/man/man1"
    in_top install DESTDIR="$PWD/new/root" PREFIX=/opt/cq
    in_top uninstall DESTDIR="$PWD/new/root" PREFIX=/opt/cq
    [ ! -e new ] || fail "left: $(find new)"
    in_top uninstall DESTDIR="$PWD/new/root" PREFIX=/opt/cq
}

@test "a program is built with the installed library, by pkg-config" {
    command -v pkg-config >/dev/null || skip "pkg-config is not installed"
    ! sanitized || skip "a sanitizer wants to be linked first"
    in_top install PREFIX="$PWD/root"
    cat >own.c <<'C'
#include <cq/cq.h>
#include <stdio.h>
int main(void)
{
    int64_t iin;
    return cq_iin_parse("850315100016", 12, &iin) ? 1 : puts("yes") < 0;
}
C
    export PKG_CONFIG_PATH=$PWD/root/lib/pkgconfig
    equal "$(pkg-config --modversion cq)" "$(cq-import --version | sed -n '1s/.* //p')"
    # shellcheck disable=SC2046 # words
    ${CC:-cc} own.c $(pkg-config --cflags --libs cq) -o own
    equal "$(./own)" yes
}

@test "the services verify, and are walled in" {
    command -v systemd-analyze >/dev/null || skip "systemd-analyze is not installed"
    in_top install PREFIX="$PWD/root"
    local unit exposure
    cp root/lib/systemd/system/* .
    # An instance stands for its template; there are no pages here for man to find.
    sed -i '/^Documentation=/d' ./cq-*
    for unit in service path; do
        mv "cq-import@.$unit" "cq-import@contingent-penal.$unit"
    done
    run systemd-analyze --man=no verify ./*.service ./*.timer ./*.path
    equal "$status" 0 "status of verify"
    equal "$(echo "$output" | grep cq-)" ""
    for unit in ./*.service; do
        exposure=$(systemd-analyze security --offline=yes "$unit" 2>&1 | sed -n 's/.*Overall exposure.*: \([0-9.]*\) .*/\1/p')
        awk -v e="$exposure" 'BEGIN { exit !(e != "" && e < 1) }' || fail "$unit: exposure $exposure"
        for line in User=cq UMask=0077 NoNewPrivileges=yes ProtectSystem=strict PrivateNetwork=yes \
            ReadWritePaths=/var/lib/cq; do
            grep -qx "$line" "$unit" || fail "$unit lacks $line"
        done
    done
}

@test "what services and crontab run are command lines that the programs take" {
    local command
    mkdir reports
    cq-import -q --db=cq.db "$TOP/tests/data/manual/staff.csv"
    sed -n 's/^ExecStart=@prefix@\/s*bin\///p' "$TOP"/cmd/package/systemd/*.service.in | grep -v '^cq-take' >commands
    sed -n 's/^[0-9*].*umask 077; //p' "$TOP/cmd/package/crontab" | tr ';' '\n' | grep -v '^cq-take' >>commands
    [ "$(wc -l <commands)" -ge 6 ]
    sed -i "s|/var/lib/cq|$PWD|" commands
    while read -r command; do
        CQ_DB=cq.db sh -c "$command" >told 2>&1 || fail "$command: $(cat told)"
        equal "$(cat told)" "" "what is written to the journal by $command"
    done <commands
    [ -s reports/book.html ] && [ -s reports/check.csv ]
}

# sources FOLDER: a copy of what the packages are made of.
sources() {
    mkdir -p "$1"
    tar -C "$TOP" -cf - Makefile schema.sql cmd lib include completions tests/data tests/tools | tar -C "$1" -xf -
}

@test "make deb makes the same bytes in any folder, and lintian finds no errors" {
    command -v dpkg-shlibdeps >/dev/null || skip "dpkg-dev is not installed"
    ! sanitized || skip "packages are built without sanitizers"
    local package
    export -n CQ_BUILD
    sources one
    sources another/folder/with/a/longer/name
    (
        cd one
        env -u MAKEFLAGS -u MAKELEVEL -u CQ_BUILD TZ=Asia/Almaty LC_ALL=C make deb >make.out 2>&1
    ) || fail "$(tail one/make.out)"
    (
        cd another/folder/with/a/longer/name
        umask 077
        env -u MAKEFLAGS -u MAKELEVEL -u CQ_BUILD HOME=/ CFLAGS=-O0 make -j1 deb >make.out 2>&1
    ) || fail "$(tail another/folder/with/a/longer/name/make.out)"
    for package in cq libcq-dev; do
        cmp one/build/${package}_*.deb another/folder/with/a/longer/name/build/${package}_*.deb
    done
    contains "$(dpkg-deb --field one/build/cq_*.deb Depends)" libzip
    contains "$(dpkg-deb --field one/build/cq_*.deb Depends)" libxlsxwriter
    contains "$(dpkg-deb --field one/build/cq_*.deb Depends)" libsqlite3-0
    equal "$(dpkg-deb --contents one/build/cq_*.deb | awk '$2 != "root/root"')" "" "files of another owner"
    contains "$(dpkg-deb --contents one/build/cq_*.deb)" /zsh/vendor-completions/_cq
    command -v lintian >/dev/null || skip "lintian is not installed; the rest passed"
    run lintian --fail-on error,warning --allow-root one/build/*.deb
    equal "$output" "" "what lintian finds"
    equal "$status" 0
}

@test "the package installs, upgrades and goes in a bare Debian" {
    [ -n "${CQ_BARE:-}" ] || skip "CQ_BARE names no bare Debian; see tests/tools/deb.sh"
    run "$TOP/tests/tools/deb.sh"
    echo "$output"
    equal "$status" 0
}
