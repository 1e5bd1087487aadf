#!/usr/bin/env bash
# cli_locks.sh BELLOWS - one at a time: the migration lock of the database, the lock of the folder.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

migration() { mkdir -p "prisma/migrations/$1" && cat > "prisma/migrations/$1/migration.sql"; }
a_schema() { printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n%s\n}\n' "$1" | schema; }

# Somebody holds the lock from now until `let_go`.
hold() {
    mkfifo hold
    psql -X -q -At "$url" < hold > held 2>&1 &
    exec 7> hold
    echo 'SELECT pg_advisory_lock(72707369), 1;' >&7
    until [ -s held ]; do sleep 0.05; done
}
let_go() { exec 7>&-; wait; rm -f hold held; }

case_begin "while somebody holds the lock nothing is touched"
a_schema '  b String?'
expect 0 bellows migrate dev --name base --skip-generate --url "$url"
psql_ "$url" -c "INSERT INTO \"A\" VALUES (1, 'x')"
hold
pids=()
a_schema ''
for command in 'migrate reset --force --skip-seed' 'db push --accept-data-loss' 'db push --force-reset' 'migrate dev --name x --accept-data-loss'; do
    # shellcheck disable=SC2086
    "$bellows" $command --skip-generate --url "$url" > "out$((${#pids[@]}))" 2>&1 < /dev/null &
    pids+=($!)
done
for i in "${!pids[@]}"; do
    wait "${pids[$i]}"; code=$?
    out=$(cat "out$i")
    # The second of two in one folder may also wait for the first.
    [ "$code" = 75 ] || fail "exit code $code, not 75"
done
query_gives 'SELECT b FROM "A"' x
[ "$(find prisma/migrations -name migration.sql | wc -l)" = 1 ] || fail "a migration was written"
let_go

case_begin "a lock that is let go in time is waited for, and then everything is done"
a_schema ''
hold
(sleep 1; echo 'SELECT pg_advisory_unlock(72707369);' >&7) &
expect 0 bellows db push --force-reset --skip-generate --url "$url"
says "Waiting for the migration lock"
query_gives "SELECT to_regclass('\"A\"')" '"A"'
let_go

case_begin "a script that lets go of the lock: it is taken again, and the rest goes on"
a_schema ''
migration 20250101000000_a <<< 'SELECT pg_advisory_unlock_all();'
migration 20250101000001_b <<< 'DISCARD ALL;'
migration 20250101000002_c <<< 'COMMIT; SELECT pg_advisory_unlock_all();'
migration 20250101000003_d <<< 'CREATE TABLE "A" (id int NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY (id));'
migration 20250101000004_e <<< "CREATE TABLE held AS SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid = 72707369;"
expect 0 bellows migrate deploy --url "$url"
says "20250101000000_a released the migration lock; it was taken again"
says "20250101000001_b released the migration lock; it was taken again"
says "20250101000002_c released the migration lock; it was taken again"
query_gives "SELECT n FROM held" 1
expect 0 bellows migrate reset --force --skip-generate --url "$url"
query_gives "SELECT n FROM held" 1

case_begin "code behind plain definitions lets go of the lock: no script runs without it"
a_schema ''
psql_ "$url" -c 'CREATE SCHEMA aside' -c "CREATE FUNCTION aside.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_unlock_all(); END'" \
    -c 'CREATE EVENT TRIGGER behind ON ddl_command_end EXECUTE FUNCTION aside.f()' \
    -c "CREATE FUNCTION aside.g(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_unlock_all(); RETURN 1; END'"
held="(SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid = 72707369 AND objsubid = 1)"
migration 20250101000000_a <<< 'CREATE TABLE a (i int);'
migration 20250101000001_b <<< "CREATE TABLE b AS $held;"
migration 20250101000002_c <<< "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE c AS $held;"
migration 20250101000003_d <<< "CREATE TABLE d AS $held; CREATE INDEX CONCURRENTLY i ON a (i); INSERT INTO d $held;"
migration 20250101000004_e <<< 'DROP EVENT TRIGGER behind; INSERT INTO a VALUES (1);'
migration 20250101000005_f <<< 'CREATE INDEX ON a (aside.g(i));'
migration 20250101000006_g <<< "CREATE TABLE g AS $held;"
expect 0 bellows migrate deploy --url "$url"
says "20250101000003_d released the migration lock; it was taken again"
says "20250101000005_f released the migration lock; it was taken again"
query_gives "SELECT b.n, c.n, g.n, (SELECT min(n) FROM d) FROM b, c, g" '1|1|1|1'
query_gives "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())" 0

case_begin "a lock that somebody else has got meanwhile: stopped, and said"
a_schema ''
migration 20250101000000_a <<< "SELECT pg_advisory_unlock_all(); COMMIT; SELECT pg_sleep(2);"
migration 20250101000001_b <<< 'CREATE TABLE late (i int);'
mkfifo hold
psql -X -q -At "$url" < hold > held 2>&1 &
exec 7> hold
(sleep 0.7; echo 'SELECT pg_advisory_lock(72707369), 1;' >&7) &
expect 1 bellows migrate deploy --url "$url"
says "migration \`20250101000000_a\` is applied, but it released the migration lock"
query_gives "SELECT to_regclass('late')" ''
query_gives "SELECT count(finished_at) FROM _prisma_migrations" 1
let_go
expect 0 bellows migrate deploy --url "$url"

case_begin "the rows that break a check are not waited for, nor those of a table that it is not on"
a_schema ''
migration 20250101000000_a <<'SQL'
CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); CREATE TABLE w (a int);
INSERT INTO p VALUES (5); INSERT INTO c VALUES (77); INSERT INTO w VALUES (6);
CREATE FUNCTION slow(a int) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN
  WHILE NOT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE NOT granted AND relation = 'public.w'::regclass) LOOP
    PERFORM pg_catalog.pg_sleep(0.02); END LOOP; RETURN false; END $$;
ALTER TABLE p ADD CONSTRAINT few CHECK (a < 0) NO INHERIT NOT VALID;
ALTER TABLE w ADD CONSTRAINT waits CHECK (slow(a)) NOT VALID;
SQL
expect 0 bellows migrate deploy --url "$url"
migration 20250101000001_b <<< 'ALTER TABLE p VALIDATE CONSTRAINT few;'
expect 1 bellows migrate deploy --url "$url"
says "rows that violate it, such as: (5)"
says_not "77"
expect 0 bellows migrate resolve --rolled-back 20250101000001_b --url "$url"
migration 20250101000001_b <<< 'ALTER TABLE w VALIDATE CONSTRAINT waits;'
mkfifo hold
psql -X -q -At "$url" < hold > held 2>&1 &
exec 7> hold
validates="SELECT count(*) FROM pg_locks WHERE relation = 'public.w'::regclass AND mode = 'ShareUpdateExclusiveLock'"
(until [ "$(psql_ "$url" -c "$validates")" = 1 ]; do sleep 0.02; done; echo 'BEGIN; LOCK TABLE w; SELECT 1;' >&7) &
locker=$!
expect 1 timeout 60 "$bellows" migrate deploy --url "$url"
says "P3018"
says_not "such as"
query_gives "SELECT count(*) FROM _prisma_migrations WHERE logs LIKE '%waits%' AND finished_at IS NULL AND rolled_back_at IS NULL" 1
wait "$locker"
let_go

case_begin "two migrate dev in one folder: one after the other"
a_schema ''
(
    for i in 1 2 3 4; do "$bellows" migrate dev --name "x" --skip-generate --url "$url" > "out$i" 2>&1 < /dev/null; echo $? > "code$i" & done
    wait
)
for i in 1 2 3 4; do
    out=$(cat "out$i")
    [ "$(cat "code$i")" = 0 ] || fail "exit code $(cat "code$i")"
done
[ "$(find prisma/migrations -name migration.sql | wc -l)" = 1 ] || { out=$(ls prisma/migrations); fail "written more than once"; }
expect 0 bellows check --url "$url"

case_begin "two migrate dev in one folder for two databases: nothing is written twice"
a_schema ''
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_b" > /dev/null
other=$(database_url "${database}_b")
(
    "$bellows" migrate dev --name x --skip-generate --url "$url" > out1 2>&1 < /dev/null &
    "$bellows" migrate dev --name x --skip-generate --url "$other" > out2 2>&1 < /dev/null &
    wait
)
out=$(cat out1 out2)
[ "$(find prisma/migrations -name migration.sql | wc -l)" = 1 ] || fail "written more than once"
drop_database "${database}_b"

case_begin "a reset that stops at the second schema says which are empty, and does the rest when it is run again"
psql_ "$url" -c "CREATE ROLE resets_$$ LOGIN" -c "GRANT CREATE ON DATABASE $database TO resets_$$" -c "GRANT ALL ON SCHEMA public TO resets_$$"
printf 'datasource db {\n  provider = "postgresql"\n  schemas = ["a", "b"]\n}\n\nmodel A {\n  id Int @id\n\n  @@schema("a")\n}\n\nmodel B {\n  id Int @id\n\n  @@schema("b")\n}\n' | schema
theirs=${url/postgres@/resets_$$@}
expect 0 bellows migrate dev --name init --skip-generate --url "$theirs"
psql_ "$url" -c 'ALTER TABLE b."B" OWNER TO postgres' -c 'ALTER SCHEMA b OWNER TO postgres'
expect 1 bellows migrate reset --force --skip-generate --skip-seed --url "$theirs"
says 'P3016'
says 'schema `a` is empty already; run it again for the rest'
query_gives "SELECT to_regclass('a.\"A\"') IS NULL, to_regclass('b.\"B\"') IS NULL" 't|f'
psql_ "$url" -c "ALTER TABLE b.\"B\" OWNER TO resets_$$" -c "ALTER SCHEMA b OWNER TO resets_$$"
expect 0 bellows migrate reset --force --skip-generate --skip-seed --url "$theirs"
query_gives "SELECT to_regclass('a.\"A\"') IS NULL, to_regclass('b.\"B\"') IS NULL, count(finished_at) FROM _prisma_migrations" 'f|f|1'
psql_ "$url" -c "DROP OWNED BY resets_$$ CASCADE" -c "DROP ROLE resets_$$"
finish
