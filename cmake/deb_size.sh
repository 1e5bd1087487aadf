#!/bin/sh
# The Installed-Size of a .deb, as dpkg-gencontrol counts it: what each file fills in kibibytes, one for each folder. CPack adds what the
# file system it packs on says of folders, 4096 on one and 80 on another, so that its package is not the same bytes everywhere.
#
#     cmake/deb_size.sh FILE.deb            after CPack, which calls it (cmake/deb_size.cmake)
#
# The control file alone is changed; the other members stay as they are, byte for byte.
set -eu
deb=$(realpath "$1")
stamp=${SOURCE_DATE_EPOCH:-$(date +%s)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/control" "$work/members"
cd "$work/members"
ar x "$deb"
tar -xzf control.tar.gz -C ../control
size=$(dpkg-deb --fsys-tarfile "$deb" | tar -tv --numeric-owner |
    awk '/^-/ { size += int(($3 + 1023) / 1024) } !/^-/ { size++ } END { print size }')
sed -i "s/^Installed-Size: .*/Installed-Size: $size/" ../control/control
(
    cd ../control
    tar --sort=name --format=gnu --mtime="@$stamp" --owner=root:0 --group=root:0 --mode=u=rwX,go=rX -cf - ./*
) | gzip -9n >control.tar.gz
{
    printf '!<arch>\n'
    for member in debian-binary control.tar.gz data.tar.*; do
        bytes=$(wc -c <"$member")
        printf '%-16s%-12s%-6s%-6s%-8s%-10s`\n' "$member" "$stamp" 0 0 100644 "$bytes"
        cat "$member"
        [ $((bytes % 2)) = 0 ] || printf '\n'
    done
} >../deb
cat ../deb >"$deb"
