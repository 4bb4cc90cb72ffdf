#!/bin/sh
# Installs the Debian packages that are missing for the groups named: build, test, clang, package.
# Without the right to do so, prints the one command that would, and fails.
set -eu

missing=

# need PACKAGE PROBE...: the probe checks whether the content of the package is installed already.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

header() {
    echo "#include <$1>" | "${CC:-cc}" -E -
}

for group in "$@"; do
    case $group in
    build)
        need gcc command -v "${CC:-cc}"
        need libc6-dev header stdlib.h
        need make command -v make
        need gettext command -v xgettext
        need libsqlite3-dev header sqlite3.h
        need libcsv-dev header csv.h
        need libutf8proc-dev header utf8proc.h
        need libsodium-dev header sodium.h
        need libqrencode-dev header qrencode.h
        need libjansson-dev header jansson.h
        need libexpat1-dev header expat.h
        need libzip-dev header zip.h
        need libxlsxwriter-dev header xlsxwriter.h
        need binutils command -v objdump
        ;;
    test)
        need bats command -v bats
        # cmocka's header asks for others before it.
        need libcmocka-dev test -e /usr/include/cmocka.h
        need sqlite3 command -v sqlite3
        need mandoc command -v mandoc
        need shellcheck command -v shellcheck
        need dpkg-dev command -v dpkg-shlibdeps
        need glpk-utils command -v glpsol
        need pkgconf command -v pkg-config
        need zsh command -v zsh
        need fish command -v fish
        ;;
    package)
        need dpkg-dev command -v dpkg-shlibdeps
        ;;
    clang)
        need clang command -v clang
        need clang-format command -v clang-format
        ;;
    *)
        echo "deps.sh: unknown group: $group" >&2
        exit 2
        ;;
    esac
done

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    as_root=no
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null; then
    echo "Some packages are missing. To install them:" >&2
    echo "  sudo apt-get install --yes --no-install-recommends$missing" >&2
    exit 1
fi
echo "Installing:$missing"
install() {
    # shellcheck disable=SC2086 # both are lists of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        -o Dpkg::Use-Pty=0 -qq $missing >/dev/null
}
# The lists of packages may be absent or too old: then they are fetched and it is tried again.
install 2>/dev/null || {
    $as_root apt-get update -qq
    install
}
