#!/usr/bin/env bash
# The npm packages as npm and pnpm install them, made of this build's program: both files in a workspace of pnpm, whose filter runs the scripts
# a team has, against a server; npm alone; and without the package for this machine. The formula names what would be published.
#
#     BELLOWS_TEST_URL=URL tests/package/workspace.sh BUILD        # a build folder
set -u
build=$(realpath "${1:?usage: workspace.sh BUILD}")
project=$(cd "$(dirname "$0")/../.." && pwd)
cd "$project" || exit 1
command -v npm >/dev/null || { echo "SKIPPED: no npm on this machine"; exit 77; }
[ -x tests/harness/workspace/node_modules/.bin/pnpm ] || { echo "SKIPPED: no pnpm (npm install in tests/harness/workspace)"; exit 77; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
failed=0
fail() { printf 'FAILED %s\n' "$*"; failed=1; }
version=$(sed -n 's/^project(bellows VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
case $(uname -m) in aarch64 | arm64) arch=arm64 ;; *) arch=x64 ;; esac

cmake --install "$build" --prefix "$root/tree" >"$root/log" 2>&1 || { cat "$root/log"; exit 1; }
export SOURCE_DATE_EPOCH=1700000000
for folder in packages again; do
    mkdir "$root/$folder"
    packaging/npm/pack "$root/tree" $arch "$version" "$root/$folder" >"$root/log" 2>&1 || { cat "$root/log"; exit 1; }
done
diff -r "$root/packages" "$root/again" || fail "two packages of one program differ"
BELLOWS_TRY_PACKAGES=$root/packages BELLOWS_TRY_URL=$BELLOWS_TEST_URL packaging/try npm >"$root/log" 2>&1 || { cat "$root/log"; fail "npm"; }
grep -q 'db:push' "$root/log" || { cat "$root/log"; fail "the scripts were not run"; }

echo one >"$root/packages/bellows-$version-linux-x64.tar.gz"
formula=$(packaging/homebrew/formula "$root/packages") || fail "no formula"
[[ $formula == *"v$version/bellows-$version-linux-x64.tar.gz"*"$(sha256sum <<<one | cut -d' ' -f1)"* ]] || fail "the formula: $formula"
[[ $formula != *arm64* && $formula != *@VERSION* && $formula != *@SHA* ]] || fail "the formula names what there is not: $formula"
echo two >"$root/packages/bellows-$version-linux-arm64.tar.gz"
formula=$(packaging/homebrew/formula "$root/packages")
[[ $formula == *"$(sha256sum <<<one | cut -d' ' -f1)"*"$(sha256sum <<<two | cut -d' ' -f1)"* ]] || fail "the formula of both: $formula"
! command -v ruby >/dev/null || ruby -c <<<"$formula" >/dev/null || fail "the formula is no Ruby"

[ "$failed" = 0 ] && echo "ok: npm, a workspace of pnpm, the formula"
exit "$failed"
