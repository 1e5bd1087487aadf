#!/usr/bin/env bash
# cli_undo.sh BELLOWS - plans are taken back, and undone by migrations: before their contract and behind it, recipe by recipe.
# BELLOWS_UNDO=all, or names: every golden plan, or these, each way, instead of some of them.
# shellcheck disable=SC2154,SC2016  # $url is cli.bash's; dollar signs of SQL
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
plans=$(realpath "$(dirname "$0")/../golden/plan")

shape() { pg_dump -s -T _prisma_migrations "$1" 2> /dev/null | grep -vE '^(--|SET|SELECT|\\(un)?restrict|$)' | sed 's/,$//' | sort; }
folder() { (cd prisma/migrations && printf '%s ' */ | tr -d /); }
rows() { psql_ "$1" -c 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name'; }
same_shape() { # BEFORE AFTER
    [ "$1" = "$2" ] || { out=$(diff <(printf '%s\n' "$1") <(printf '%s\n' "$2")); fail "another shape than before"; }
}
# Where programs run, beside the database of the developer.
production() {
    live=$(database_url "${database}_live")
    psql_ "$BELLOWS_TEST_URL" -c "DROP DATABASE IF EXISTS ${database}_live" -c "CREATE DATABASE ${database}_live"
}
production_ends() { drop_database "${database}_live"; }
hand_written() { # NAME, its script on standard input
    mkdir -p "prisma/migrations/$1"
    cat > "prisma/migrations/$1/migration.sql"
}

# --- in a database of a developer ---

case_begin "the last plan is taken back: database, rows and folder"
user_schema '  name String?'
expect 0 bellows migrate dev --name init --url "$url"
before=$(shape "$url") old=$(folder)
user_schema '  /// @renamedFrom(name)' '  fullName String?' '  age Int @default(3)'
expect 0 bellows migrate dev --name more --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email, \"fullName\") VALUES ('a', 'A')"
expect 3 bellows migrate undo --url "$url"
says 'column `age` of the table `User` will be dropped; that loses 1 value'
says E0618
expect 0 bellows migrate undo --dry-run --url "$url"
says 'RENAME COLUMN "fullName" TO "name"'
says 'Nothing was changed'
expect 0 bellows migrate undo --accept-data-loss --json --url "$url"
says '"forward": false'
same_shape "$before" "$(shape "$url")"
[ "$(folder)" = "$old" ] || fail "the folder: $(folder)"
query_gives 'SELECT name FROM "User"' A
query_gives "SELECT count(*) FROM _prisma_migrations WHERE rolled_back_at IS NOT NULL AND migration_name LIKE '%more%'" 3
user_schema '  name String?'
expect 0 bellows migrate dev --name nothing --url "$url"
says 'Already in sync'

case_begin "kept in the folder; taken out of it where nothing is applied; nothing to undo"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  b String?'
expect 0 bellows migrate dev --name b --url "$url"
kept=$(folder)
expect 0 bellows migrate undo --keep --url "$url"
[ "$(folder)" = "$kept" ] || fail "the folder: $(folder)"
query_gives "SELECT count(*) FROM information_schema.columns WHERE column_name = 'b'" 0
expect 0 bellows migrate dev --url "$url"
query_gives "SELECT count(*) FROM information_schema.columns WHERE column_name = 'b'" 1
user_schema '  b String?' '  c String?'
expect 0 bellows migrate dev --name c --create-only --url "$url"
expect 0 bellows migrate undo --url "$url"
[ "$(folder)" = "$kept" ] || fail "the folder: $(folder)"
expect 0 bellows migrate undo b --url "$url"
expect 0 bellows migrate undo --url "$url"
expect 1 bellows migrate undo --url "$url"
says 'there is no migration in it'
expect 64 bellows migrate undo --forward --take-back --url "$url"

case_begin "what a plan cannot make anew is not said to be taken back"
user_schema
hand_written 20200101000000_made <<< 'CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; CREATE VIEW seen AS SELECT 1 AS a;'
expect 0 bellows migrate dev --name init --url "$url"
hand_written 20990101000000_other <<< 'CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 2 $$; DROP VIEW seen;'
expect 0 bellows migrate dev --url "$url"
before=$(shape "$url") old=$(folder)
for way in --dry-run --take-back --keep; do
    expect 1 bellows migrate undo $way --url "$url"
    says E0535
    says seen
done
same_shape "$before" "$(shape "$url")"
[ "$(folder)" = "$old" ] || fail "the folder: $(folder)"

case_begin "a file that is not ours stops it before anything is changed"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  b String?'
expect 0 bellows migrate dev --name b --url "$url"
old=$(folder)
touch "prisma/migrations/$(basename prisma/migrations/*_b)/README.md"
expect 1 bellows migrate undo --url "$url"
says E0514
query_gives "SELECT count(*) FROM information_schema.columns WHERE column_name = 'b'" 1
[ "$(folder)" = "$old" ] || fail "the folder: $(folder)"
expect 0 bellows migrate status --url "$url"
rm prisma/migrations/*_b/README.md
expect 0 bellows migrate undo --url "$url"

case_begin "killed while it waits for a lock: nothing is done, and the next run does it"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
before=$(shape "$url")
user_schema '  b String?'
expect 0 bellows migrate dev --name b --url "$url"
psql_ "$url" -c 'BEGIN' -c 'LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE' -c 'SELECT pg_sleep(600)' > /dev/null 2>&1 &
holder=$!
for _ in $(seq 600); do
    [ "$(psql_ "$url" -c "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = '\"User\"'::regclass AND granted")" = 1 ] && break
    sleep 0.1
done
"$bellows" migrate undo --url "$url" > /dev/null 2>&1 &
undo=$!
for _ in $(seq 600); do
    [ "$(psql_ "$url" -c "SELECT count(*) FROM pg_locks WHERE NOT granted")" -ge 1 ] && break
    sleep 0.1
done
kill -KILL $undo
wait $undo 2> /dev/null
[ "$(rows "$url" | grep -c _b)" = 1 ] || fail "the row is not true"
psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()" > /dev/null
wait $holder 2> /dev/null
expect 0 bellows migrate undo --url "$url"
same_shape "$before" "$(shape "$url")"
[ "$(rows "$url" | grep -c _b)" = 0 ] || fail "the row stayed"

case_begin "what a remote of git has is undone by a migration"
if ! command -v git > /dev/null; then
    skip "$case_name" "git is not installed"
else
    user_schema
    expect 0 bellows migrate dev --name init --url "$url"
    user_schema '  b String?'
    expect 0 bellows migrate dev --name b --url "$url"
    git init -q . && git -c user.name=a -c user.email=a@b add prisma && git -c user.name=a -c user.email=a@b commit -qm all
    git update-ref refs/remotes/origin/main HEAD
    expect 1 bellows migrate undo --take-back --url "$url"
    says 'a remote branch of git has it'
    expect 0 bellows migrate undo --create-only --dry-run --url "$url"
    says undo_b
    # No answer is not a no.
    mv .git away && echo 'gitdir: nowhere' > .git
    expect 1 bellows migrate undo --url "$url"
    says 'git does not tell whether others have it (fatal: '
    expect 0 bellows migrate undo --take-back --dry-run --url "$url"
    rm .git && mv away .git
    expect 0 bellows migrate undo --create-only --url "$url"
    says undo_b
fi

case_begin "a database that has a colleague's migration"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  b String?'
expect 0 bellows migrate dev --name b --url "$url"
rm -r prisma/migrations/*_b
expect 1 bellows migrate undo --url "$url"
says "_b\` is applied to this database and is not in the folder"

case_begin "what another tool has deployed since counts as deployed"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
hand_written 20990101000000_theirs <<< 'ALTER TABLE "User" ADD COLUMN theirs INTEGER;'
psql_ "$url" -c 'ALTER TABLE "User" ADD COLUMN theirs INTEGER' -c "INSERT INTO _prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
    VALUES ('theirs', '$(sha256sum < prisma/migrations/20990101000000_theirs/migration.sql | cut -d' ' -f1)', now(), now(), '20990101000000_theirs', 1)"
expect 0 bellows migrate undo --dry-run --url "$url"
says 'Would write'
expect 0 bellows migrate undo --take-back --url "$url"
user_schema '  mine Int?'
expect 0 bellows migrate dev --name mine --url "$url"
expect 0 bellows migrate undo --url "$url"
says 'Taken back'
expect 0 bellows migrate dev --name mine --url "$url"
expect 0 bellows migrate undo --url "$url"
says 'Taken back'

case_begin "a comment that somebody wrote on the history stays"
comment="SELECT obj_description('_prisma_migrations'::regclass, 'pg_class')"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "COMMENT ON TABLE _prisma_migrations IS E'ours\nand theirs'"
user_schema '  mine Int?'
expect 0 bellows migrate dev --name mine --url "$url"
query_gives "$comment" $'ours\nand theirs\nbellows: applied by migrate dev, rows 2'
expect 0 bellows migrate undo --url "$url"
says 'Taken back'
query_gives "$comment" $'ours\nand theirs\nbellows: applied by migrate dev, rows 2'
hand_written 20990101000000_more <<< 'CREATE TABLE more (id INTEGER PRIMARY KEY);'
expect 0 bellows migrate deploy --url "$url"
query_gives "$comment" $'ours\nand theirs'

# --- where programs run ---

renamed_and_filled() {
    user_schema '  /// @renamedFrom(name)' '  fullName String?' '  age Int @default(3)' '  /// @backfill(upper(email))' '  up String'
}

case_begin "before the contract: a migration leads back, and nothing of the old program is lost"
production
user_schema '  name String?'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"User\" (email, name) VALUES ('a', 'A')"
before=$(shape "$live")
renamed_and_filled
expect 0 bellows migrate dev --name two --url "$url"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"User\" (email, name) VALUES ('b', 'B')"
expect 3 bellows migrate undo --url "$live"
says E0618
planned=$(folder)
expect 0 bellows migrate undo --dry-run --url "$live"
says 'DROP VIEW "User"'
[ "$(folder)" = "$planned" ] || fail "a dry run has written: $(folder)"
expect 0 bellows migrate undo --accept-data-loss --url "$live"
says 'bellows migrate deploy --contract undo_two'
says_not contract_two
[ "$(find prisma/migrations -name '*_two_*_contract' | grep -cv undo)" = 0 ] || fail "held scripts stay: $(folder)"
grep -q 'undoes=' prisma/migrations/*_undo_two_1_contract/migration.sql || fail "the header does not say what it undoes"
expect 0 bellows migrate status --url "$live"
says 'undo_two'
says 'until no program needs what it undoes'
psql_ "$live" -c "INSERT INTO \"User\" (email, name) VALUES ('c', 'C')"     # the old program is alive
psql_ "$live" -c "INSERT INTO \"User\" (email, \"fullName\", up) VALUES ('d', 'D', 'D')"     # so is the new one

# Held itself, it can be called off: what it took away stands in the folder again.
cp -r prisma/migrations with_undo
expect 0 bellows migrate undo --take-back --url "$live"
[ "$(folder)" = "$planned" ] || fail "not called off: $(folder)"
rm -rf prisma/migrations && mv with_undo prisma/migrations

expect 0 bellows migrate deploy --contract undo_two --url "$live"
says 'A program that needs what undo_two undoes must not be started any more.'
says_not 'may start'
same_shape "$before" "$(shape "$live")"
url_=$url url=$live
query_gives 'SELECT string_agg(name, $$$$ ORDER BY email) FROM "User"' ABCD
url=$url_
rows "$live" | grep -q two_1_expand || fail "rows of the plan are gone"

# A developer's database has the contract script.
expect 4 bellows migrate deploy --url "$url"
says E0536
user_schema '  name String?'
expect 0 bellows migrate dev --accept-data-loss --url "$url"
says 'this database got the difference'
says 'Already in sync'
same_shape "$before" "$(shape "$url")"
expect 0 bellows migrate status --url "$url"

# Undone again: the plan's end, by a plan of its own.
expect 0 bellows migrate undo --accept-data-loss --url "$live"
says 'comes back without its values'
expect 0 bellows migrate deploy --contract undo_undo_two --url "$live"
renamed_and_filled
expect 0 bellows check --url "$live"
production_ends

case_begin "behind the contract: what comes back empty is named; a rename loses nothing"
production
user_schema '  name String?' '  gone Int?'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"User\" (email, name) VALUES ('a', 'A')"
PGAPPNAME=old_program psql_ "$live" -c 'SELECT pg_sleep(600)' > /dev/null 2>&1 &
old_program=$!
for _ in $(seq 600); do
    [ "$(psql_ "$live" -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'old_program'")" = 1 ] && break
    sleep 0.1
done
user_schema '  /// @renamedFrom(name)' '  fullName String?' '  gone Int?'
expect 0 bellows migrate dev --name renamed --url "$url"
expect 0 bellows migrate deploy --url "$live"
says_not old_program
expect 0 bellows migrate deploy --contract --url "$live"
says 'gate `renamed`: sessions are older than it, and may be of the old program: 1 of `old_program` (role `'
psql_ "$live" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'old_program'" > /dev/null
wait $old_program 2> /dev/null
expect 0 bellows migrate undo --url "$live"
expect 0 bellows migrate deploy --contract --url "$live"
says 'gate `undo_renamed`: no session is older than it. That does not prove that the new program is gone'
url_=$url url=$live
query_gives 'SELECT name FROM "User"' A
url=$url_
production_ends

case_begin "a dropped column: before its contract there is nothing to run, behind it it comes back empty"
production
user_schema '  gone Int?'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$live"
user_schema
expect 0 bellows migrate dev --name less --accept-data-loss --url "$url"
expect 0 bellows migrate deploy --url "$live"
planned=$(folder)
expect 0 bellows migrate undo --create-only --url "$live"
says 'Out of the folder'
# What it took away is in one file alone: without it nothing is called off, and nothing else is written.
undo=$(basename prisma/migrations/*_undo_less)
cp "prisma/migrations/$undo/withdrawn" "$root/withdrawn"
for damage in 'd' 's/ .*_less$/ ..\/..\/elsewhere/' 's/ALTER/ALTERED/'; do
    sed -i "$damage" "prisma/migrations/$undo/withdrawn"
    expect 1 bellows migrate undo --take-back --url "$live"
    says 'bring the file back'
    { [ -d "prisma/migrations/$undo" ] && [ "$(echo *)" = prisma ]; } || fail "something was written, or removed"
    cp "$root/withdrawn" "prisma/migrations/$undo/withdrawn"
done
# Killed before the script had left the folder.
sed 1d "$root/withdrawn" | hand_written "$(sed '1{s/^[0-9]* //;q}' "$root/withdrawn")"
expect 0 bellows migrate undo --take-back --url "$live"
[ "$(folder)" = "$planned" ] || fail "not called off: $(folder)"
expect 0 bellows migrate deploy --contract less --url "$live"
expect 3 bellows migrate undo --url "$live"
says '`User.gone`: what the undone plan dropped comes back without its values'
expect 0 bellows migrate undo --accept-data-loss --url "$live"
production_ends

case_begin "an enum becomes text: the cast that let it be asked goes before the enum comes back"
production
user_schema '  k K @default(A)' '}' 'enum K {' '  A'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$live"
before=$(shape "$live")
user_schema '  k String @default("A")'
expect 0 bellows migrate dev --name two --accept-data-loss --url "$url"
expect 0 bellows migrate deploy --url "$live"
expect 0 bellows migrate undo --accept-data-loss --url "$live"
expect 0 bellows migrate deploy --contract undo_two --url "$live"
same_shape "$before" "$(shape "$live")"
production_ends

case_begin "an enum shrinks and a model comes: a function goes before its table, which would take the trigger along"
production
user_schema '  k K @default(B)' '}' 'enum K {' '  A' '  B'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"User\" (email) VALUES ('a')"
before=$(shape "$live")
user_schema '  k K @default(A)' '}' 'model Item {' '  id Int @id' '  k K' '}' 'enum K {' '  A'
expect 0 bellows migrate dev --name two --accept-data-loss --url "$url"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"User\" (email, k) VALUES ('b', 'B')" -c "INSERT INTO \"Item\" (id, k) VALUES (1, 'A')"
expect 0 bellows migrate undo --accept-data-loss --url "$live"
says_not 'DROP of a cast'
expect 0 bellows migrate deploy --contract undo_two --url "$live"
same_shape "$before" "$(shape "$live")"
production_ends

case_begin "by hand: what a schema cannot say goes, too; a plan in the middle is undone forward"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
before=$(shape "$url")
hand_written 20990101000000_hand << 'END'
ALTER TABLE "User" ADD COLUMN "seen" TIMESTAMP(3);
CREATE FUNCTION mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.seen := now(); RETURN NEW; END $$;
CREATE TRIGGER mark BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION mark();
CREATE VIEW mails AS SELECT email FROM "User";
CREATE PROCEDURE tidy(days integer) LANGUAGE sql AS $$ SELECT 1 $$;
CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer);
END
expect 0 bellows migrate deploy --url "$url"
hand_written 20990102000000_later <<< 'CREATE TABLE later (id INTEGER PRIMARY KEY);'
expect 0 bellows migrate deploy --url "$url"
expect 1 bellows migrate undo 20990101000000_hand --take-back --url "$url"
says '`20990102000000_later` was written behind it'
expect 0 bellows migrate undo hand --url "$url"
expect 0 bellows migrate deploy --contract undo_hand --url "$url"
query_gives "SELECT count(*) FROM pg_proc WHERE proname = 'mark'" 0
expect 0 bellows migrate undo later --url "$url"
expect 0 bellows migrate deploy --contract undo_later --url "$url"
same_shape "$before" "$(shape "$url")"

# --- what has to be settled first ---

case_begin "failed, interrupted, edited, drifted, unknown: refused, and nothing is changed"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  b String?'
expect 0 bellows migrate dev --name b --url "$url"
psql_ "$url" -c 'ALTER TABLE "User" ADD COLUMN by_hand int'
expect 1 bellows migrate undo --url "$url"
says E0535
says 'the database is not what its applied migrations make'
says by_hand
psql_ "$url" -c 'ALTER TABLE "User" DROP COLUMN by_hand'
name=$(basename prisma/migrations/*_b)
psql_ "$url" -c "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '$name'"
expect 1 bellows migrate undo --url "$url"
says 'was begun and is not finished'
psql_ "$url" -c "UPDATE _prisma_migrations SET logs = 'x' WHERE migration_name = '$name'"
expect 4 bellows migrate undo --url "$url"
says P3009
psql_ "$url" -c "UPDATE _prisma_migrations SET logs = NULL, finished_at = now() WHERE migration_name = '$name'"
echo '-- more' >> "prisma/migrations/$name/migration.sql"
expect 1 bellows migrate undo --url "$url"
says 'was edited after it was applied'
expect 1 bellows migrate undo nobody --url "$url"
says P3017
query_gives "SELECT count(*) FROM information_schema.columns WHERE column_name = 'b'" 1

# --- recipe by recipe ---

recipe() { # CASE WAY
    local way=$2 undone before
    case_begin "$1, undone $way"
    production
    cp "$plans/$1/from.prisma" prisma/schema.prisma
    expect 0 bellows migrate dev --name init --url "$url"
    expect 0 bellows migrate deploy --url "$live"
    undone=$([ "$way" = back ] && echo "$url" || echo "$live")
    before=$(shape "$undone")
    cp "$plans/$1/to.prisma" prisma/schema.prisma
    expect 0 bellows migrate dev --name two --accept-data-loss --url "$url"
    [ "$way" = back ] || expect 0 bellows migrate deploy --url "$live"
    if [ "$way" = behind ]; then expect 0 bellows migrate deploy --contract --url "$live"; fi
    expect 0 bellows migrate undo --accept-data-loss --url "$undone"
    [ "$way" = back ] || expect 0 bellows migrate deploy --contract --url "$live"
    same_shape "$before" "$(shape "$undone")"
    production_ends
}

# A schema that a plan makes stays.
all=$(cd "$plans" && printf '%s\n' */ | tr -d / | grep -v '^index-changed-in-a-table-that-moves$')
if [ -n "${BELLOWS_UNDO:-}" ]; then
    [ "$BELLOWS_UNDO" = all ] || all=$BELLOWS_UNDO
    for name in $all; do recipe "$name" before; recipe "$name" behind; recipe "$name" back; done
else
    recipe key-widens before
    recipe founding-document before
    recipe enum-renamed back
    recipe table-renamed behind
    recipe text-becomes-enum before
fi

finish
