#!/usr/bin/env bash
# cli_plans.sh BELLOWS - a plan of several scripts is in the folder whole, or is known not to be.
#
# The folder a kill leaves at each instant is made by hand: the first k scripts moved in, the others still staged.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

a_schema() { printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n%b}\n' "$1" | schema; }
dev() { expect "$1" bellows migrate dev --skip-generate --url "$url" "${@:2}"; }
scripts() { find prisma/migrations -maxdepth 1 -name "*_deep_*" | sort; }
litter() { find prisma -mindepth 1 -maxdepth 1 ! -name migrations ! -name schema.prisma; find prisma/migrations -mindepth 1 -maxdepth 1 -name '.*'; }
clean() { out=$(litter); [ -z "$out" ] || fail "left behind"; }

# A folder with a plan of several scripts that is not applied, its paths in $deep.
prepare() {
    case_begin "$1"
    a_schema ''
    dev 0 --name base
    psql_ "$url" -c 'INSERT INTO "A" VALUES (1)'
    a_schema '  /// @backfill(id * 2)\n  d Int\n'
    dev 0 --name deep --create-only
    mapfile -t deep < <(scripts)
    [ "${#deep[@]}" -gt 2 ] || fail "the plan has too few scripts for this test"
    clean
}
settled() {
    says "complete now"
    query_gives 'SELECT d FROM "A"' 2
    [ "$(scripts)" = "$(printf '%s\n' "${deep[@]}")" ] || { out=$(scripts); fail "not the plan's scripts"; }
    clean
    expect 0 bellows check --url "$url"
}

# What deploy refuses is nowhere advised.
one_advice() { # CODE of check
    expect 1 bellows migrate status --url "$url"
    says 'First see to plan'
    says_not 'Apply them with'
    expect "$1" bellows check --url "$url"
    says 'irst see to plan'
    says_not 'run `bellows migrate deploy`'
}

for k in 1 2; do
    prepare "killed behind script $k: the rest is moved in"
    mkdir prisma/migrations.bellows-new-aB3xYz
    mv "${deep[@]:$k}" prisma/migrations.bellows-new-aB3xYz/
    expect 1 bellows migrate deploy --url "$url"
    says "is incomplete: script"
    query_gives "SELECT count(*) FROM pg_attribute WHERE attrelid = '\"A\"'::regclass AND attname = 'd'" 0
    expect 1 bellows migrate status --url "$url"
    says "Incomplete: script"
    expect 2 bellows check --url "$url"
    says "is incomplete: script"
    dev 0
    settled
done

prepare "killed before the first: the staged scripts are swept, and it is planned again"
mkdir prisma/migrations.bellows-new-aB3xYz
mv "${deep[@]}" prisma/migrations.bellows-new-aB3xYz/
dev 0 --name again
query_gives 'SELECT d FROM "A"' 2
[ -z "$(scripts)" ] || fail "the old plan is there"
clean

prepare "killed behind the exchange of the folders: the old one is swept, and nothing is planned again"
cp -al prisma/migrations prisma/migrations.bellows-swap-123e4567-e89b-42d3-a456-426614174000
rm -r "prisma/migrations.bellows-swap-123e4567-e89b-42d3-a456-426614174000/$(basename "${deep[0]}")"
dev 0
query_gives 'SELECT d FROM "A"' 2
[ "$(scripts)" = "$(printf '%s\n' "${deep[@]}")" ] || { out=$(scripts); fail "not the plan's scripts"; }
clean

prepare "staged inside, where nothing can be written beside"
mkdir prisma/migrations/.bellows-new-aB3xYz
mv "${deep[@]:1}" prisma/migrations/.bellows-new-aB3xYz/
dev 0
settled

prepare "a script was deleted, nothing is applied: the plan is taken out and made again"
rm -r "${deep[1]}"
expect 1 bellows migrate deploy --url "$url"
says "script 2 of ${#deep[@]}"
one_advice 2
dev 0 --name again
says "is incomplete (script 2 of ${#deep[@]} is missing)"
says "removed $(basename "${deep[0]}")"
query_gives 'SELECT d FROM "A"' 2
[ -z "$(scripts)" ] || fail "the old plan is there"
expect 0 bellows check --url "$url"

prepare "a script was deleted, others are applied: a person has to bring it back, and no reset empties the database"
mkdir away
mv "${deep[@]:1}" away/
psql_ "$url" -f "${deep[0]}/migration.sql" > /dev/null
expect 0 bellows migrate resolve --applied "$(basename "${deep[0]}")" --url "$url"
mv away/* prisma/migrations/
mv "${deep[1]}" away/
dev 1
says "is incomplete: script 2 of"
expect 1 bellows migrate reset --force --skip-generate --url "$url"
query_gives 'SELECT count(*) FROM "A"' 1
mv away/* prisma/migrations/
dev 0
query_gives 'SELECT d FROM "A"' 2

prepare "folders were given other names: scripts would run in another order"
mv "${deep[2]}" prisma/migrations/20010101000000_deep_moved
expect 1 bellows migrate deploy --contract --url "$url"
says 'E0599'
says "\`20010101000000_deep_moved\` is its script 3, and stands before script 2"
query_gives "SELECT count(*) FROM pg_attribute WHERE attrelid = '\"A\"'::regclass AND attname = 'd'" 0
expect 1 bellows migrate status --url "$url"
says "is out of order: \`20010101000000_deep_moved\`"
one_advice 1
expect 1 bellows migrate status --json --url "$url"
says '"missing": null'
expect 1 bellows check --url "$url" # nor can it be replayed
says 'is out of order'
dev 1
says 'E0599'
mv prisma/migrations/20010101000000_deep_moved "${deep[2]}"
mv "${deep[0]}" x && mv "${deep[1]}" "${deep[0]}" && mv x "${deep[1]}"
dev 1 --name again # nothing is applied, and they are somebody's all the same
says 'E0599'
[ "$(scripts)" = "$(printf '%s\n' "${deep[@]}")" ] || { out=$(scripts); fail "not the plan's scripts"; }
mv "${deep[0]}" x && mv "${deep[1]}" "${deep[0]}" && mv x "${deep[1]}"
dev 0
query_gives 'SELECT d FROM "A"' 2

prepare "a file somebody else put there is kept"
rm -r "${deep[2]}"
touch "${deep[0]}/notes.txt"
dev 1
says "notes.txt"
[ -e "${deep[0]}/notes.txt" ] || fail "it is gone"

case_begin "a proof that fails takes its check away, and the next deploy makes it anew"
note_schema() { printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n  a String?\n  b Int?\n%b}\n' "$1" | schema; }
checks() { query_gives "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conrelid = '\"A\"'::regclass" "$1"; }
note_schema '  c Int?\n  d Int?\n'
dev 0 --name base
psql_ "$url" -c "INSERT INTO \"A\" SELECT i, CASE WHEN i <> 7 THEN 'x' END FROM generate_series(1, 20) AS i"
note_schema '  /// @backfill(length(a))\n  c Int\n  d Int?\n'
dev 0 --name required --create-only
for try in 1 2; do
    expect 1 bellows migrate deploy --url "$url"
    says 'P3018'
    says 'is taken away, so that no program runs into it'
    checks 0
    query_gives "UPDATE \"A\" SET b = $try WHERE id = 7 RETURNING b" "$try"
done
expect 1 bellows migrate status --url "$url"
says 'an earlier try was rolled back'
psql_ "$url" -c 'UPDATE "A" SET c = 0 WHERE c IS NULL'
expect 0 bellows migrate deploy --contract --url "$url"
checks 0
query_gives "SELECT count(*) FROM pg_attribute WHERE attrelid = '\"A\"'::regclass AND attname = 'c' AND attnotnull" 1
expect 0 bellows check --url "$url"

case_begin "a foreign key that rows violate goes again, and a check behind the gate, too"
two_schema() { printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n%b}\nmodel B {\n  id Int @id\n  a Int\n%b}\n' "$1" "$2" | schema; }
constraints() { query_gives "SELECT count(*) FROM pg_constraint WHERE conrelid <> 0 AND contype IN ('c', 'f')" "$1"; }
two_schema '  n Int?\n' ''
dev 0 --name base
psql_ "$url" -c 'INSERT INTO "A" VALUES (1, NULL)' -c 'INSERT INTO "B" VALUES (1, 1), (2, 7)'
two_schema '  n Int?\n  bs B[]\n' '  to A @relation(fields: [a], references: [id])\n'
dev 0 --name key --create-only --accept-data-loss
for try in 1 2; do
    expect 1 bellows migrate deploy --url "$url"
    says 'P3018'
    says 'Key (a)=(7) is not present'
    says '`B_a_fkey` is taken away, so that no program runs into it'
    constraints 0
    psql_ "$url" -c "INSERT INTO \"B\" VALUES (2 + $try, 7)"
done
expect 1 bellows migrate status --url "$url"
says 'an earlier try was rolled back'
psql_ "$url" -c 'INSERT INTO "A" VALUES (7, NULL)'
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT convalidated FROM pg_constraint WHERE conname = 'B_a_fkey'" t
two_schema '  n Int\n  bs B[]\n' '  to A @relation(fields: [a], references: [id])\n'
dev 0 --name required --create-only --accept-data-loss
first=$(echo prisma/migrations/*_required_1_contract/migration.sql)
head -n 1 "$first" > header && mv header "$first" # the look for nulls goes: as if they came behind it
expect 1 bellows migrate deploy --contract --url "$url"
says 'is taken away, so that no program runs into it'
query_gives 'UPDATE "A" SET id = id RETURNING 1' $'1\n1'
psql_ "$url" -c 'UPDATE "A" SET n = 0'
expect 0 bellows migrate deploy --contract --url "$url"
expect 0 bellows check --url "$url"

# A limit on the size of files stands for a full disk: half of the plan is staged when it strikes.
for blocks in 0 1; do
    case_begin "a disk that is full after $blocks KiB: nothing is there, nothing is left"
    a_schema ''
    dev 0 --name base
    a_schema "  /// @backfill(id * 2)\n  d Int\n$(printf '  f%s Int?\\n' $(seq 60))"
    # shellcheck disable=SC2016
    expect 1 bash -c 'trap "" XFSZ; ulimit -f "$0"; exec "$@"' "$blocks" "$bellows" migrate dev --name deep --skip-generate --url "$url"
    says "cannot be written"
    [ -z "$(scripts)" ] || { out=$(scripts); fail "a part of the plan is there"; }
    clean
    dev 0 --name deep
done

case_begin "what subscribers of a publication feel is told, when a plan is made and before it is deployed"
a_schema '  x Int?\n'
dev 0 --name base
psql_ "$url" -c 'CREATE PUBLICATION everything FOR TABLE "A"' 2> /dev/null
a_schema '  /// @renamedFrom(x)\n  y Int?\n  more Int?\n'
expect 0 bellows migrate dev --name more --create-only --skip-generate --url "$url"
says W0541
says '`A.x` is published by everything: it gets another name'
says '`A.more` is published by everything: it is new'
psql_ "$url" -c 'CREATE TABLE apart (id int PRIMARY KEY)' -c 'DROP PUBLICATION everything'
expect 0 bellows migrate deploy --dry-run --url "$url"
says_not 'is published'
psql_ "$url" -c 'CREATE PUBLICATION everything FOR TABLE "A"' 2> /dev/null
expect 1 bellows migrate deploy --url "$url"
says '`A.more` is published by everything: it is new'
says 'a published table cannot be renamed behind a view'

finish
