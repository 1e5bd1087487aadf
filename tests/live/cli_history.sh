#!/usr/bin/env bash
# cli_history.sh BELLOWS - the history's own tools: resolve looks before it marks, squash and rebase are proved by replay.
# shellcheck disable=SC2154,SC2016  # $url is cli.bash's; dollar signs of SQL
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

migration() { # NAME, its script on standard input
    mkdir -p "prisma/migrations/$1"
    cat > "prisma/migrations/$1/migration.sql"
    printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
}
folder() { (cd prisma/migrations && printf '%s ' */ | tr -d /); }
shape() { pg_dump -s -T _prisma_migrations "$1" 2> /dev/null | grep -vE '^(--|SET|SELECT|\\(un)?restrict|$)'; }
state() { psql_ "$url" -c 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY started_at'; }

# --- resolve ---

three() {
    user_schema '  b String?' '  c Int @default(7)'
    migration 20260101000000_init <<< 'CREATE TABLE "User" ("id" SERIAL NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");'
    migration 20260102000000_b <<< 'ALTER TABLE "User" ADD COLUMN "b" TEXT;'
    migration 20260103000000_c <<< 'ALTER TABLE "User" ADD COLUMN "c" INTEGER NOT NULL DEFAULT 7;'
}

case_begin "a baseline: the database holds all of it, and each is marked in turn"
three
cat prisma/migrations/*/migration.sql | psql_ "$url"
psql_ "$url" -c 'CREATE TABLE of_others (x int)' -c 'CREATE VIEW seen AS SELECT email FROM "User"'
for name in 20260101000000_init 20260102000000_b 20260103000000_c; do
    expect 0 bellows migrate resolve --applied $name --url "$url"
    says "Migration $name marked as applied."
    says_not warning
done
expect 0 bellows migrate status --url "$url"

case_begin "of a script that was interrupted the person's word counts"
three
expect 0 bellows migrate deploy --url "$url"
migration 20260104000000_half <<< 'CREATE TABLE half (a int);'
psql_ "$url" -c "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ('1', 'x', '20260104000000_half', now())"
expect 0 bellows migrate resolve --applied 20260104000000_half --url "$url"
says W0553
says 'half'
expect 2 bellows check --url "$url"
says 'half'

case_begin "what is not there is not marked, unless a person says so"
three
head -n 1 prisma/migrations/20260101000000_init/migration.sql | psql_ "$url"
expect 3 bellows migrate resolve --applied 20260101000000_init --url "$url"
says E0548
says 'User_email_key'
query_gives "SELECT to_regclass('_prisma_migrations') IS NULL" t
tail -n 1 prisma/migrations/20260101000000_init/migration.sql | psql_ "$url"
expect 0 bellows migrate resolve --applied 20260101000000_init --url "$url"
expect 3 bellows migrate resolve --applied 20260103000000_c --url "$url"
says '`c`'
says_not '`b`'
psql_ "$url" -c 'ALTER TABLE "User" ADD COLUMN "c" INTEGER NOT NULL DEFAULT 8, ADD COLUMN "b" TEXT'
expect 3 bellows migrate resolve --applied 20260103000000_c --url "$url"
expect 0 bellows migrate resolve --applied 20260103000000_c --no-verify --url "$url"
expect 0 bellows migrate resolve --applied 20260102000000_b --url "$url"

case_begin "a failed one that was finished by hand; what it takes away has to be gone"
three
migration 20260104000000_less <<< 'ALTER TABLE "User" DROP COLUMN "b";'
mkdir aside && mv prisma/migrations/20260104000000_less aside/
expect 0 bellows migrate deploy --url "$url"
mv aside/20260104000000_less prisma/migrations/
psql_ "$url" -c 'CREATE VIEW in_the_way AS SELECT b FROM "User"'
expect 1 bellows migrate deploy --url "$url"
expect 3 bellows migrate resolve --applied 20260104000000_less --url "$url"
says '`b`'
psql_ "$url" -c 'DROP VIEW in_the_way' -c 'ALTER TABLE "User" DROP COLUMN "b"'
expect 0 bellows migrate resolve --applied 20260104000000_less --url "$url"
expect 1 bellows migrate resolve --rolled-back 20260104000000_less --url "$url"
says 'cannot be rolled back because it is not in a failed state'
expect 0 bellows migrate status --url "$url"

case_begin "a failed one that fails on any server: what is not there at all is told"
three
migration 20260104000000_fails <<< 'ALTER TABLE "User" ADD COLUMN "d" TEXT;
SELECT 1/0;'
expect 1 bellows migrate deploy --url "$url"
expect 3 bellows migrate resolve --applied 20260104000000_fails --url "$url"
says E0548
says '`d`'
psql_ "$url" -c 'ALTER TABLE "User" ADD COLUMN "d" TEXT'
expect 0 bellows migrate resolve --applied 20260104000000_fails --url "$url"

case_begin "other kinds: a function, an index, an enum's value, a right"
user_schema
migration 20260101000000_init <<< 'CREATE TABLE "User" ("id" SERIAL NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));'
migration 20260102000000_more <<< "CREATE TYPE mood AS ENUM ('ok', 'bad');
CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * x';
CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");"
expect 0 bellows migrate resolve --applied 20260101000000_init --no-verify --url "$url"
head -n 1 prisma/migrations/20260101000000_init/migration.sql | psql_ "$url"
expect 3 bellows migrate resolve --applied 20260102000000_more --url "$url"
says mood
says twice
says User_email_key
sed 's/2 \* x/3 * x/' prisma/migrations/20260102000000_more/migration.sql | psql_ "$url"
expect 3 bellows migrate resolve --applied 20260102000000_more --url "$url"
says twice
says_not mood
sed -n 's/CREATE FUNCTION/CREATE OR REPLACE FUNCTION/p' prisma/migrations/20260102000000_more/migration.sql | psql_ "$url"
expect 0 bellows migrate resolve --applied 20260102000000_more --url "$url"
migration 20260103000000_seen <<< 'CREATE VIEW seen AS SELECT * FROM "User" WHERE id > 1;
CREATE RULE quiet AS ON DELETE TO seen DO INSTEAD NOTHING;
CREATE STATISTICS pair ON id, email FROM "User";
ALTER TABLE "User" ADD EXCLUDE USING btree (email WITH =);'
psql_ "$url" < prisma/migrations/20260103000000_seen/migration.sql
psql_ "$url" -c 'CREATE OR REPLACE VIEW seen AS SELECT * FROM "User" WHERE id > 2'
expect 3 bellows migrate resolve --applied 20260103000000_seen --url "$url"
says seen
says_not pair
says_not quiet
psql_ "$url" -c 'CREATE OR REPLACE VIEW seen AS SELECT * FROM "User" WHERE id > 1'
expect 0 bellows migrate resolve --applied 20260103000000_seen --url "$url"

case_begin "where nobody can tell, the word counts, with a warning"
user_schema
migration 20260101000000_init <<< 'DO $$ BEGIN EXECUTE (SELECT $q$CREATE TABLE t (id int)$q$ FROM pg_class LIMIT 1); END $$;'
expect 0 bellows migrate resolve --applied 20260101000000_init --replay=memory --url "$url"
says W0547

# --- squash ---

case_begin "squashed by replay: the same catalog, taken over where it was deployed, run where not"
user_schema '  b String?'
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  b String?' '  c Int @default(7)' '  @@index([c])'
expect 0 bellows migrate dev --name c --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email) VALUES ('x')"
user_schema '  b String?' '  c Int @default(7)' '  /// @backfill(upper(email))' '  d String' '  @@index([c])'
expect 0 bellows migrate dev --name d --url "$url"
before=$(shape "$url")
cp -r prisma/migrations old
count=$(find old -name migration.sql | wc -l)
expect 0 bellows migrate squash --name "All so far"
says "$count migrations are folded into one"
[ "$(find prisma/migrations -name migration.sql | wc -l)" = 1 ] || fail "the folder: $(folder)"
grep -q _init prisma/migrations/*_all_so_far/replaces || fail "nothing says what it replaces"
expect 0 bellows check --url "$url"
expect 0 bellows migrate status --url "$url"
says 'up to date'
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT count(*) FROM _prisma_migrations WHERE migration_name LIKE '%all_so_far' AND finished_at IS NOT NULL" 1
expect 0 bellows migrate deploy --url "$url"
query_gives 'SELECT d FROM "User"' X
[ "$before" = "$(shape "$url")" ] || fail "the deployed database has changed"
fresh=$(database_url "${database}_fresh")
expect 0 bellows migrate deploy --url "$fresh"
[ "$before" = "$(shape "$fresh")" ] || { out=$(diff <(echo "$before") <(shape "$fresh")); fail "a new database is another one"; }
expect 0 bellows check --url "$fresh"
user_schema '  b String?' '  c Int @default(7)' '  /// @backfill(upper(email))' '  d String' '  e Int?' '  @@index([c])'
expect 0 bellows migrate dev --name e --url "$url"
expect 0 bellows migrate deploy --url "$fresh"
drop_database "${database}_fresh"

case_begin "squashed twice: taken over by who has the old ones, the first squash, or ran it"
three
others=("$(database_url "${database}_took")" "$(database_url "${database}_ran")" "$(database_url "${database}_part")")
cp -r prisma/migrations old
for database_has in "$url" "${others[0]}"; do expect 0 bellows migrate deploy --url "$database_has"; done
mv prisma/migrations/20260102000000_b prisma/migrations/20260103000000_c .
expect 0 bellows migrate deploy --url "${others[2]}"
mv 20260102000000_b 20260103000000_c prisma/migrations/
expect 0 bellows migrate squash --up-to 20260102000000_b --name first
expect 0 bellows migrate deploy --url "${others[0]}"
expect 0 bellows migrate deploy --url "${others[1]}"
expect 0 bellows migrate squash --name second
for database_has in "$url" "${others[0]}" "${others[1]}"; do
    expect 0 bellows migrate deploy --url "$database_has"
    says 'stands for migrations that are applied'
    expect 0 bellows migrate status --url "$database_has"
done
expect 4 bellows migrate deploy --url "${others[2]}"
says 'has 1 of 3'
for name in took ran part; do drop_database "${database}_$name"; done

case_begin "names without a time: the squashed one has the last time there is"
three
mv prisma/migrations/20260103000000_c 'prisma/migrations/by hand'
expect 0 bellows migrate squash
[ "$(folder)" = '20260102000000_squashed ' ] || fail "the folder: $(folder)"
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows migrate dev --name next --create-only --url "$url"
mv prisma/migrations/20260102000000_squashed prisma/migrations/one
mv prisma/migrations/*_next prisma/migrations/two
expect 1 bellows migrate squash
says 'begins with a time'

case_begin "a database that has a part of them is told, and gets the rest first"
three
mkdir aside
mv prisma/migrations/20260103000000_c aside/
expect 0 bellows migrate deploy --url "$url"
mv aside/20260103000000_c prisma/migrations/
cp -r prisma/migrations old
expect 0 bellows migrate squash
expect 4 bellows migrate deploy --url "$url"
says E0550
says '2 of 3'
rm -r prisma/migrations && cp -r old prisma/migrations
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows migrate squash
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows check --url "$url"

case_begin "what a schema cannot say is told, and the folder stays; up to there it is folded"
three
migration 20260104000000_code <<< "CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql AS 'SELECT 2 * x';"
before=$(folder)
expect 1 bellows migrate squash
says E0549
says twice
[ "$before" = "$(folder)" ] || fail "the folder was changed: $(folder)"
expect 0 bellows migrate squash --up-to 20260103000000_c
[ "$(folder)" = '20260103000000_squashed 20260104000000_code migration_lock.toml ' ] || [ "$(folder)" = '20260103000000_squashed 20260104000000_code ' ] || fail "the folder: $(folder)"
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows check --url "$url"

case_begin "rows, plans that would be cut, and a folder of one"
three
migration 20260104000000_rows <<< "INSERT INTO \"User\" (\"email\") VALUES ('first');"
expect 1 bellows migrate squash
says 'it writes rows'
expect 0 bellows migrate squash --drop-rows
expect 1 bellows migrate squash
says 'no two migrations'
expect 1 bellows migrate squash --up-to nothing
says P3017

# --- two branches ---

branches() { # the folder of main, and of a branch whose migration is named by time $1
    user_schema '  b String?'
    expect 0 bellows migrate dev --name base --url "$url"
    cp -r prisma base
    user_schema '  b String?' '  theirs Int?'
    expect 0 bellows migrate dev --name theirs --url "$url"
    theirs=$(basename prisma/migrations/*_theirs)
    cp -r prisma theirs
    rm -r prisma && cp -r base prisma
    drop_database "$database"
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE $database"
    user_schema '  b String?' '  mine Int?'
    expect 0 bellows migrate dev --name mine --url "$url"
    mine=$(basename prisma/migrations/*_mine)
    # Theirs is merged.
    mv "prisma/migrations/$mine" "prisma/migrations/$1_mine"
    mine=$1_mine
    psql_ "$url" -c "UPDATE _prisma_migrations SET migration_name = '$mine' WHERE migration_name LIKE '%mine'"
    cp -r "theirs/migrations/$theirs" prisma/migrations/
    user_schema '  b String?' '  mine Int?' '  theirs Int?'
}

case_begin "two branches are told; the later one is taught what came before it"
branches "$(date -u -d '+1 day' +%Y%m%d%H%M%S)"
expect 2 bellows check --url "$url"
says branches
expect 1 bellows migrate status --url "$url"
says 'Two branches'
says 'bellows migrate rebase'
expect 0 bellows migrate rebase --url "$url"
says _mine
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows check --strict --url "$url"
says_not branches
expect 0 bellows migrate rebase
says 'nothing to order'
user_schema '  b String?' '  mine Int?' '  theirs Int?' '  next Int?'
expect 0 bellows migrate dev --name next --url "$url"
says_not 'rebase'

case_begin "mine sorts before theirs, which is deployed: it goes behind"
branches "$(date -u -d '-1 hour' +%Y%m%d%H%M%S)"
sed -i "s/after .*_base/after $(basename prisma/migrations/*_base)/" prisma/migrations/*/schema.snapshot
mv prisma/migrations/*_base prisma/migrations/20200101000000_base
sed -i 's/after [0-9]*_base/after 20200101000000_base/' prisma/migrations/*/schema.snapshot
psql_ "$url" -c "UPDATE _prisma_migrations SET migration_name = '20200101000000_base' WHERE migration_name LIKE '%base'"
expect 1 bellows migrate rebase nothing
expect 0 bellows migrate rebase "$mine" --url "$url"
[[ $(folder) == *_theirs\ *_mine* ]] || fail "the order is $(folder)"
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows check --strict --url "$url"

case_begin "where one script of a plan goes, all of it goes"
user_schema
expect 0 bellows migrate dev --name base --url "$url"
user_schema '  /// @backfill(lower("email"))' '  low String'
expect 0 bellows migrate dev --name low --create-only --url "$url"
expect 0 bellows migrate deploy --url "$url"
user_schema '  /// @backfill(lower("email"))' '  low String' '  next Int?'
expect 0 bellows migrate dev --name next --create-only --url "$url"
expect 0 bellows migrate rebase "$(basename prisma/migrations/*_low_2_*)" --url "$url"
[[ $(folder) =~ ^[0-9]+_base\ [0-9]+_next\ ([0-9]+_low_[1-6]_[a-z]+\ ?)+$ ]] || fail "the order is $(folder)"
expect 0 bellows migrate deploy --contract --url "$url"
expect 0 bellows check --strict --url "$url"

case_begin "an order that leads elsewhere is refused, and nothing is touched"
three
migration 20260104000000_twice <<< 'ALTER TABLE "User" ALTER COLUMN "c" SET DEFAULT 9;'
migration 20260105000000_again <<< 'ALTER TABLE "User" ALTER COLUMN "c" SET DEFAULT 10;'
before=$(folder)
expect 1 bellows migrate rebase 20260104000000_twice
says E0551
[ "$before" = "$(folder)" ] || fail "the folder was changed: $(folder)"
expect 1 bellows migrate rebase 20260101000000_init
[ "$before" = "$(folder)" ] || fail "the folder was changed: $(folder)"

finish
