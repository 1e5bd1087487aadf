#!/usr/bin/env bash
# The package of Debian: made twice it is the same bytes, it names what it needs, dpkg puts it into a root of its own, where the program
# runs, and takes it out again without leaving anything.
#
#     tests/package/deb.sh BUILD        # a release build with BELLOWS_LINK=archives
set -u
build=$(realpath "${1:?usage: deb.sh BUILD}")
for tool in dpkg dpkg-deb dpkg-shlibdeps cpack; do
    command -v "$tool" >/dev/null || { echo "SKIPPED: no $tool on this machine"; exit 77; }
done
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
failed=0
fail() { printf 'FAILED %s\n' "$*"; failed=1; }

made() { # FOLDER
    SOURCE_DATE_EPOCH=1700000000 cpack --config "$build/CPackConfig.cmake" -B "$root/$1" >"$root/log" 2>&1 || { cat "$root/log"; exit 1; }
}
cmake --build "$build" --target debian_changelog -- --quiet || exit 1
made first
sleep 1.1 # the clock's next second: nothing of it may be in the package
made second
deb=$(compgen -G "$root/first/*.deb") || { echo "FAILED no package was made"; exit 1; }
cmp "$deb" "$root/second/$(basename "$deb")" || fail "two packages of one build differ"

# As dpkg-gencontrol counts: what a file fills in kibibytes, one for each folder, whatever file system it was packed on.
counted=$(dpkg-deb --fsys-tarfile "$deb" | tar -tv --numeric-owner | awk '/^-/ { size += int(($3 + 1023) / 1024) } !/^-/ { size++ } END { print size }')
stated=$(dpkg-deb -f "$deb" Installed-Size)
[ "$stated" = "$counted" ] || fail "Installed-Size is $stated, the files say $counted"

depends=$(dpkg-deb -f "$deb" Depends)
[[ $depends == *"libpq5 (>= 14)"* ]] || fail "libpq is not asked for: $depends"
[[ $depends == *libc6* ]] || fail "libc is not asked for: $depends"
[[ $(tr ',' '\n' <<<"$depends" | wc -l) = 2 ]] || fail "more is asked for than libc and libpq: $depends"
dpkg-deb -c "$deb" >"$root/contents"
for file in usr/bin/bellows usr/share/doc/bellows/copyright usr/share/doc/bellows/changelog.gz usr/share/doc/bellows/docs/language.md \
    usr/share/man/man1/bellows.1.gz usr/share/bash-completion/completions/bellows; do
    grep -q " \./$file\$" "$root/contents" || fail "$file is not in it"
done
! grep -v ' root/root ' "$root/contents" || fail "not all is root's"
# LICENSE and licences stand in `copyright` here.
! grep -E 'LICENSE|licences|/lib/|/include/' "$root/contents" || fail "more is in it than belongs there"

# dpkg's own records, in a root of its own. What it depends on is not there, so that is not asked.
mkdir -p "$root/dest/var/lib/dpkg/updates" "$root/dest/var/lib/dpkg/info"
touch "$root/dest/var/lib/dpkg/status"
dpkg_() { dpkg --root="$root/dest" --force-not-root --force-depends --force-script-chrootless --log=/dev/null "$@" >"$root/log" 2>&1; }
if dpkg_ --install "$deb"; then
    [[ $("$root/dest/usr/bin/bellows" version) == "bellows $(dpkg-deb -f "$deb" Version)"* ]] || fail "the installed program says something else"
    dpkg_ --purge bellows || { cat "$root/log"; fail "it cannot be removed"; }
    left=$(find "$root/dest" -path "$root/dest/var" -prune -o ! -path "$root/dest" -print)
    [ -z "$left" ] || fail "left behind: $left"
else
    cat "$root/log"
    fail "it cannot be installed"
fi

if command -v lintian >/dev/null; then
    # The address of who answers is the packager's to give (BELLOWS_MAINTAINER).
    lintian --allow-root --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog,initial-upload-closes-no-bugs "$deb" \
        >"$root/lintian" 2>/dev/null
    ! grep -E '^[EW]:' "$root/lintian" || fail "lintian"
fi
[ "$failed" = 0 ] && echo "ok: $(basename "$deb"), $(du -k "$deb" | cut -f1) KB: made twice, installed, removed"
exit "$failed"
