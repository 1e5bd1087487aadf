#!/usr/bin/env bash
# The launcher of the npm package, in the layouts of npm, pnpm and a workspace: it finds the program, hands on arguments, input, exit
# code and signals, and names what is missing.
#
#     tests/package/npm.sh BELLOWS
set -u
bellows=$(realpath "${1:?usage: npm.sh BELLOWS}")
source=$(cd "$(dirname "$0")/../../packaging/npm" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
failed=0
fail() { printf 'FAILED %s\n' "$*"; failed=1; }
case $(uname -m) in aarch64 | arm64) arch=arm64 ;; *) arch=x64 ;; esac

# package FOLDER, program FOLDER: as unpacked into a node_modules.
package() { mkdir -p "$1/bellows/bin" && cp "$source/bellows" "$1/bellows/bin/"; }
program() { mkdir -p "$1/@bellows/linux-$arch/bin" && ln -s "$bellows" "$1/@bellows/linux-$arch/bin/bellows"; }
linked() { mkdir -p "$(dirname "$2")" && ln -s "$1" "$2"; }

runs() { # NAME PROGRAM
    local out
    out=$("$2" --version 2>&1) || fail "$1: $out"
    [[ $out == "bellows "* ]] || fail "$1 says: $out"
    "$2" no-such-command >/dev/null 2>&1
    [ $? = 64 ] || fail "$1: the exit code is lost"
    out=$(printf 'model  A {\n  id Int @id\n}\n' | "$2" format - 2>&1) || fail "$1: no input: $out"
    [[ $out == "model A {"* ]] || fail "$1: format says: $out"
}

package "$root/npm/node_modules" && program "$root/npm/node_modules"
linked ../bellows/bin/bellows "$root/npm/node_modules/.bin/bellows"
runs npm "$root/npm/node_modules/.bin/bellows"

store=$root/pnpm/node_modules/.pnpm
package "$store/bellows@1/node_modules" && program "$store/bellows-linux@1/node_modules"
linked "$store/bellows-linux@1/node_modules/@bellows/linux-$arch" "$store/bellows@1/node_modules/@bellows/linux-$arch"
linked "$store/bellows@1/node_modules/bellows" "$root/pnpm/packages/database/node_modules/bellows"
linked ../bellows/bin/bellows "$root/pnpm/packages/database/node_modules/.bin/bellows"
runs pnpm "$root/pnpm/packages/database/node_modules/.bin/bellows"

# A workspace of npm: the launcher in a package, the program hoisted; and a folder with blanks in its name.
package "$root/a work space/packages/db/node_modules" && program "$root/a work space/node_modules"
linked ../bellows/bin/bellows "$root/a work space/packages/db/node_modules/.bin/bellows"
runs workspace "$root/a work space/packages/db/node_modules/.bin/bellows"

package "$root/bare/node_modules"
out=$("$root/bare/node_modules/bellows/bin/bellows" --version 2>&1)
[ $? = 1 ] || fail "a missing package is no failure: $out"
[[ $out == *"@bellows/linux-$arch is not installed"*"npm install @bellows/linux-$arch"* ]] || fail "a missing package: $out"

# Another system, as its uname would say.
mkdir "$root/other"
# shellcheck disable=SC2016 # the script's own
printf '#!/bin/sh\n[ "$1" = -s ] && echo Darwin || echo arm64\n' >"$root/other/uname" && chmod +x "$root/other/uname"
out=$(PATH=$root/other:$PATH "$root/npm/node_modules/.bin/bellows" --version 2>&1)
[ $? = 1 ] || fail "another system: $out"
[[ $out == *"no package for Darwin on arm64"* ]] || fail "another system: $out"

# What npm would publish names what the launcher looks for.
for name in linux-x64 linux-arm64; do grep -q "\"@bellows/$name\"" "$source/package.json.in" || fail "$name is no optional dependency"; done

[ "$failed" = 0 ] && echo "ok: three layouts, a missing package, another system"
exit "$failed"
