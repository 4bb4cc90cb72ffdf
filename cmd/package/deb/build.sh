#!/bin/sh
# Builds the Debian packages: build/cq_VERSION_ARCH.deb, the programs, and build/libcq-dev_VERSION_ARCH.deb,
# the library. The same sources make the same bytes, whatever the folder, the hour and the user.
# $MAINTAINER, "Name <address>", says who packages; $SOURCE_DATE_EPOCH when.
set -eu
cd "$(dirname "$0")/../../.."
umask 022
export LC_ALL=C.UTF-8 TZ=UTC

version=$(sed -n 's/^VERSION *= *//p' Makefile)
maintainer=${MAINTAINER:-cq packagers <cq@packages.invalid>}
build=${CQ_BUILD:-$PWD/build}
work=$build/deb
here=cmd/package/deb

for tool in dpkg-deb dpkg-shlibdeps dpkg-architecture strip; do
    command -v $tool >/dev/null || {
        echo "make deb: $tool is missing: sudo apt-get install --yes dpkg-dev binutils" >&2
        exit 1
    }
done
arch=$(dpkg --print-architecture)
multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH)

# The day of the packages is that of the last commit; outside a repository, that of the version.
released=$(sed -n "s/^## $version (\(.*\))\$/\1/p" cmd/CHANGES.md)
[ -n "$released" ] || {
    echo "make deb: cmd/CHANGES.md has no heading: ## $version (YYYY-MM-DD)" >&2
    exit 1
}
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=
    [ ! -e .git ] || SOURCE_DATE_EPOCH=$(git -c safe.directory="$PWD" log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=
fi
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(date -d "$released" +%s)}"

# No path of this machine is compiled in.
make --no-print-directory all BUILD="${work#"$PWD"/}/build" CPPFLAGS= LDFLAGS= EXTRA= V="${V:-}" \
    CFLAGS="-O2 -g -ffile-prefix-map=$PWD=."
rm -rf "$work/cq" "$work/libcq-dev" "$work/debian"
make --no-print-directory install BUILD="${work#"$PWD"/}/build" DESTDIR="$work/cq" PREFIX=/usr \
    LIBDIR="lib/$multiarch"
rm -r "$work/cq/usr/share/cq"

# split FOLDER: out of cq into libcq-dev.
split() {
    mkdir -p "$work/libcq-dev/$(dirname "$1")"
    mv "$work/cq/$1" "$work/libcq-dev/$1"
}
split usr/include
split "usr/lib/$multiarch"

# Where Debian wants it. A page in another language is told to be a translation by its folder.
mkdir -p "$work/cq/lib" "$work/cq/etc/default"
mv "$work/cq/usr/lib/systemd" "$work/cq/lib/"
mv "$work/cq/usr/share/zsh/site-functions" "$work/cq/usr/share/zsh/vendor-completions"
mv "$work/cq/usr/share/doc/cq/examples/cq.default" "$work/cq/etc/default/cq"
mv "$work/cq/usr/share/doc/cq/CHANGES.md" "$work/cq/usr/share/doc/cq/NEWS"
gzip -9n "$work/cq/usr/share/doc/cq/NEWS"
find "$work/cq/usr/share/man" -type f -exec gzip -9n {} +
strip --remove-section=.comment --remove-section=.note "$work"/cq/usr/bin/*
strip --strip-debug --enable-deterministic-archives "$work/libcq-dev/usr/lib/$multiarch/libcq.a"

# changelog: CHANGES.md as Debian writes it.
changelog() {
    awk -v who="$maintainer" '
        function close_version() {
            if (day == "") return
            command = "date -R -d " day
            command | getline date
            close(command)
            printf "\n -- %s  %s\n", who, date
        }
        /^## / {
            close_version()
            day = $3
            gsub(/[()]/, "", day)
            printf "%scq (%s) unstable; urgency=medium\n\n", (seen++ ? "\n" : ""), $2
            next
        }
        !seen { next }
        /^- / { sub(/^- /, "  * "); print; next }
        /^  / { sub(/^  /, "    "); print; next }
        /./ { print "  " $0 }
        END { close_version() }' cmd/CHANGES.md
}

# papers PACKAGE
papers() {
    mkdir -p "$work/$1/usr/share/doc/$1"
    install -m 644 $here/copyright "$work/$1/usr/share/doc/$1/copyright"
    changelog | gzip -9n >"$work/$1/usr/share/doc/$1/changelog.gz"
}
papers cq
papers libcq-dev

# The packages that hold what the programs are linked with, and what they load when a workbook comes.
depends() {
    mkdir -p "$work/debian"
    printf 'Source: cq\n\nPackage: cq\nArchitecture: any\n' >"$work/debian/control"
    (cd "$work" && dpkg-shlibdeps -O --ignore-missing-info cq/usr/bin/* 2>shlibdeps.log) | sed -n 's/^shlibs:Depends=//p'
    for library in zip xlsxwriter; do
        file=$(readlink -f "$(${CC:-cc} -print-file-name="lib$library.so")")
        dpkg-query -S "$file" "/usr${file#/usr}" 2>/dev/null | sed -n '1s/:.*//p'
    done
}

# size PACKAGE: kibibytes, a file rounded up, a folder one.
size() {
    find "$work/$1" -mindepth 1 ! -path "$work/$1/DEBIAN*" -printf '%y %s\n' |
        awk '{ sum += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print sum }'
}

# pack PACKAGE DEPENDS: the fields of control, its scripts and sums, and the package.
pack() {
    mkdir -p "$work/$1/DEBIAN"
    sed -e "s|@version@|$version|" -e "s|@arch@|$arch|" -e "s|@maintainer@|$maintainer|" \
        -e "s#@depends@#$2#" -e "s|@size@|$(size "$1")|" "$here/$1.control.in" >"$work/$1/DEBIAN/control"
    for script in preinst postinst prerm postrm; do
        [ ! -f "$here/$1.$script" ] || install -m 755 "$here/$1.$script" "$work/$1/DEBIAN/$script"
    done
    [ ! -d "$work/$1/etc" ] || (cd "$work/$1" && find etc -type f -printf '/%p\n' | sort >DEBIAN/conffiles)
    (cd "$work/$1" && find . -path ./DEBIAN -prune -o -path ./etc -prune -o -type f -printf '%P\0' | sort -z |
        xargs -0 md5sum >DEBIAN/md5sums)
    find "$work/$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$work/$1" "$build/${1}_${version}_$arch.deb" >/dev/null
    echo "${build#"$PWD"/}/${1}_${version}_$arch.deb"
}
pack cq "$(depends | paste -sd, | sed 's/,\([^ ]\)/, \1/g')"
pack libcq-dev 'libexpat1-dev, libcsv-dev, libjansson-dev, libqrencode-dev, libsodium-dev, libsqlite3-dev, libutf8proc-dev'
