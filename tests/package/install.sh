#!/usr/bin/env bash
# `cmake --install` into a root of its own: all is there, the program runs from there, says what it was made of and what the machine
# has not, and what was installed is all that is there.
#
#     tests/package/install.sh BUILD        # a build folder
set -u
build=$(realpath "${1:?usage: install.sh BUILD}")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
failed=0
fail() { printf 'FAILED %s\n' "$*"; failed=1; }
says() { case $out in *"$1"*) ;; *) fail "no \"$1\" in: $out" ;; esac }

DESTDIR=$root/dest cmake --install "$build" --prefix /usr >"$root/log" 2>&1 || { cat "$root/log"; exit 1; }
doc=usr/share/doc/bellows
for file in usr/bin/bellows $doc/README.md $doc/LICENSE $doc/docs/language.md $doc/docs/hazards/drop-table.md \
    usr/share/man/man1/bellows.1 usr/share/man/man1/bellows-migrate-deploy.1 usr/share/bash-completion/completions/bellows \
    usr/share/zsh/site-functions/_bellows usr/share/fish/vendor_completions.d/bellows.fish $doc/licences/openssl.txt $doc/licences/libpg_query.txt; do
    [ -s "$root/dest/$file" ] || fail "$file is not installed"
done
[ -z "$(find "$root/dest" -path '*decisions*' -o -name '*.h' -o -name '*.a')" ] || fail "more than belongs there"

bellows=$root/dest/usr/bin/bellows
mkdir -p "$root/project/prisma" && cd "$root/project" || exit 1
printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n}\n' >prisma/schema.prisma
out=$("$bellows" version 2>&1) || fail "version"
says "bellows "
out=$("$bellows" validate 2>&1) || fail "validate: $out"
out=$("$bellows" plan --from empty --format sql 2>&1) || fail "plan: $out"
says 'CREATE TABLE "A"'

# No PostgreSQL on this machine, as far as the program can see: told, with what to do.
mkdir "$root/nothing"
out=$(PATH=$root/nothing BELLOWS_PG_BINDIR=$root/nothing "$bellows" server start 2>&1)
[ $? = 1 ] || fail "server start without PostgreSQL: $out"
says "PostgreSQL"
says "help:"

# Away again.
while IFS= read -r file || [ -n "$file" ]; do rm "$root/dest$file"; done <"$build/install_manifest.txt"
[ -z "$(find "$root/dest" -type f -o -type l)" ] || fail "files are left that the manifest does not name"

[ "$failed" = 0 ] && echo "ok: installed, run, removed"
exit "$failed"
