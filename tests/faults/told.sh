#!/usr/bin/env bash
# What is said while a deploy runs, and after it was interrupted: who holds the lock, that the next deploy continues, which statement failed.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

test=$(realpath "$0")
project() {
    schema << 'END'
datasource db {
  provider = "postgresql"
}

model T {
  id Int @id
}
END
    mkdir -p prisma/migrations/20250101000000_init
    printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
    printf 'CREATE TABLE "T" ("id" INTEGER NOT NULL, CONSTRAINT "T_pkey" PRIMARY KEY ("id"));\n' > prisma/migrations/20250101000000_init/migration.sql
    export DATABASE_URL=$url
    expect 0 bellows migrate deploy
    mkdir prisma/migrations/20250102000000_next
}
await() {
    local i
    for ((i = 0; i < 200; i++)); do
        [ "$(psql_ "$url" -c "$1" 2> /dev/null)" = "$2" ] && return
        sleep 0.05
    done
    fail "never $2: $1"
}
at_work="SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bellows' AND state = 'active'"

# hold: somebody's transaction on "T" stays open.
hold() {
    psql_ "$url" -c BEGIN -c 'INSERT INTO "T" VALUES (1)' -c 'SELECT pg_sleep(60)' > /dev/null 2>&1 &
    holder=$!
    await "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)'" 1
}
let_go() {
    psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)'" > /dev/null
    wait "$holder" 2> /dev/null
}

case_begin "while a deploy runs, status and check name it"
project
printf 'ALTER TABLE "T" ADD COLUMN a int;\n' > prisma/migrations/20250102000000_next/migration.sql
hold
"$bellows" migrate deploy > deploy.log 2>&1 < /dev/null &
deploy=$!
await "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369" 1
expect 1 bellows migrate status
says 'Another run is at work: `bellows` (pid '
says_not 'bellows migrate resolve'
expect 2 bellows check
says 'wait for `bellows` (pid '
kill -INT "$deploy"
wait "$deploy"
let_go
expect 1 bellows migrate status
says_not 'Another run'
says '20250102000000_next'

case_begin "after an interruption that deploy continues, nobody advises resolve"
project
printf 'CREATE INDEX CONCURRENTLY t_id ON "T" ("id");\n' > prisma/migrations/20250102000000_next/migration.sql
hold
"$bellows" migrate deploy > deploy.log 2>&1 < /dev/null &
deploy=$!
await "$at_work AND wait_event_type = 'Lock'" 1
kill -INT "$deploy"
wait "$deploy"
[ $? -eq 130 ] || fail "interrupted, it exits otherwise"
let_go
expect 1 bellows migrate status
says 'bellows migrate deploy` continues it'
says_not 'migrate resolve'
expect 2 bellows check
says 'which continues it'
psql_ "$url" -c 'DROP INDEX IF EXISTS t_id' -c 'CREATE INDEX t_id ON "T" ("id")' # finished by hand
expect 0 bellows migrate resolve --no-verify --applied 20250102000000_next
query_gives "SELECT to_regclass('_bellows_progress') IS NULL" t

case_begin "a failing statement has its place in the script"
project
printf 'INSERT INTO "T" VALUES (1);\n\n-- the same again\nINSERT INTO "T" VALUES (1);\nSELECT 1;\n' > prisma/migrations/20250102000000_next/migration.sql
expect 1 bellows migrate deploy
says 'P3018'
says 'migration.sql:4:1'

# struck SIGNAL: a deploy gets it once a statement of its sleeps, and ends with the signal's code; what it said is in $out.
struck() {
    "$bellows" migrate deploy > deploy.log 2>&1 < /dev/null &
    deploy=$!
    await "$at_work AND wait_event = 'PgSleep'" 1
    kill -INT "$deploy"
    wait "$deploy"
    code=$? out=$(cat deploy.log)
    [ "$code" -eq 130 ] || fail "exit code $code"
}
# slow_history WHEN: the server takes its time for what is written into the history, more than a request to cancel needs.
slow_history() {
    psql_ "$url" -c "CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN COALESCE(NEW, OLD); END'" \
        -c "CREATE TRIGGER later BEFORE $1 ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION later()"
}
# through late: DATABASE_URL leads through something that passes requests to cancel on a second and a half later.
through() {
    local i
    socket=$(mktemp -d)
    : > "$socket/log"
    python3 "$(dirname "$test")/../harness/odd_server.py" "$1" "$socket" "$(psql_ "$url" -c "SELECT split_part(current_setting('unix_socket_directories'), ',', 1) || '/.s.PGSQL.' || current_setting('port')")" 0 > "$socket/log" &
    between=$!
    for ((i = 0; i < 200; i++)); do
        grep -q ready "$socket/log" && break
        sleep 0.05
    done
    grep -q ready "$socket/log" || fail "nothing stands between"
    DATABASE_URL="postgresql://postgres@localhost/$database?host=$socket"
}

case_begin "an interrupt while rows are looked for that break a check"
project
slow_history INSERT
psql_ "$url" -c "CREATE FUNCTION slow(i int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN IF i > 1 THEN PERFORM pg_sleep(60); END IF; RETURN i > 1; END'" \
    -c 'INSERT INTO "T" VALUES (1), (2)' -c 'ALTER TABLE "T" ADD CONSTRAINT c CHECK (slow(id)) NOT VALID'
printf 'ALTER TABLE "T" VALIDATE CONSTRAINT c;\n' > prisma/migrations/20250102000000_next/migration.sql
struck
says P3018
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL AND logs LIKE '%violated%'" 1
psql_ "$url" -c 'DELETE FROM _prisma_migrations WHERE finished_at IS NULL'
through late # and although the request arrives when nobody waits for its statement any more
struck
says P3018
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL AND logs LIKE '%violated%'" 1
kill "$between"
wait "$between" 2> /dev/null
rm -r "$socket"

case_begin "an interrupt while it is written down what has become of a script"
project
printf 'VACUUM "T";\n' > prisma/migrations/20250102000000_next/migration.sql
slow_history UPDATE
struck
query_gives "SELECT count(*), to_regclass('_bellows_progress') FROM _prisma_migrations WHERE finished_at IS NOT NULL" '2|'
columns='migration_name text, checksum text, history_id text, parts_done int, position text[], rows_done bigint'
for rows in 0 1; do # as a run leaves it that is killed behind the last part: empty it goes, with the next
    psql_ "$url" -c "CREATE TABLE _bellows_progress ($columns)" -c "INSERT INTO _bellows_progress SELECT 'x', 'x', 'x', 0, NULL, 0 FROM generate_series(1, $rows)"
    expect 0 bellows migrate deploy
    query_gives "SELECT to_regclass('_bellows_progress') IS NULL" "$([ $rows = 0 ] && echo t || echo f)"
done
psql_ "$url" -c 'DROP TABLE _bellows_progress'
mkdir prisma/migrations/20250103000000_steers
printf 'BEGIN;\nSELECT pg_sleep(60);\nCOMMIT;\nBEGIN;\nSELECT 1;\nCOMMIT;\n' > prisma/migrations/20250103000000_steers/migration.sql
psql_ "$url" -c 'DROP TRIGGER later ON _prisma_migrations' -c 'DROP FUNCTION later'
slow_history DELETE
struck
says 'nothing of it was applied'
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL" 0
mkdir prisma/migrations/20250102000001_before # nothing is begun behind one
printf 'CREATE TABLE before (i int);\nSELECT pg_sleep(0.3);\n' > prisma/migrations/20250102000001_before/migration.sql
printf 'CREATE TABLE behind (i int);\n' > prisma/migrations/20250103000000_steers/migration.sql
through late
struck
query_gives "SELECT to_regclass('before'), to_regclass('behind')" 'before|'
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL" 0
kill "$between"
wait "$between" 2> /dev/null
rm -r "$socket"

case_begin "a backend that an administrator ends is not the script's fault"
project
printf 'CREATE TABLE a (i int);\nSELECT pg_sleep(60);\n' > prisma/migrations/20250102000000_next/migration.sql
"$bellows" migrate deploy > deploy.log 2>&1 < /dev/null &
deploy=$!
await "$at_work AND wait_event = 'PgSleep'" 1
psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bellows'" > /dev/null
wait "$deploy"
code=$? out=$(cat deploy.log)
[ "$code" -eq 1 ] || fail "exit code $code"
says P1017
says "nothing of it was applied"
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL" 0

case_begin "a terminal that goes away stops what runs on the server, unless nohup is in front"
project
printf 'SELECT pg_sleep(60);\n' > prisma/migrations/20250102000000_next/migration.sql
"$bellows" migrate deploy > deploy.log 2>&1 < /dev/null &
deploy=$!
await "$at_work AND wait_event = 'PgSleep'" 1
kill -HUP "$deploy"
wait "$deploy"
code=$? out=$(cat deploy.log)
[ "$code" -eq 129 ] || fail "exit code $code"
says "nothing of it was applied"
await "$at_work" 0
printf 'ALTER TABLE "T" ADD COLUMN a int;\n' > prisma/migrations/20250102000000_next/migration.sql
hold
nohup "$bellows" migrate deploy > deploy.log 2>&1 < /dev/null &
deploy=$!
await "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())" 1
kill -HUP "$deploy"
let_go
wait "$deploy"
code=$? out=$(cat deploy.log)
[ "$code" -eq 0 ] || fail "exit code $code"

case_begin "where transactions are read-only, no script runs, the first like the others"
project
printf 'CREATE TABLE b (i int);\n' > prisma/migrations/20250102000000_next/migration.sql
psql_ "$url" -c "ALTER DATABASE $database SET default_transaction_read_only = on"
expect 1 bellows migrate deploy
says E0406
query_gives "SELECT count(*) FROM _prisma_migrations" 1
expect 1 bellows migrate resolve --no-verify --applied 20250102000000_next
says E0406
query_gives "SELECT count(*) FROM _prisma_migrations" 1
psql_ "$url" -c 'SET default_transaction_read_only = off' -c 'INSERT INTO "T" VALUES (7)'
for command in 'migrate reset --force' 'db push --force-reset'; do
    # shellcheck disable=SC2086
    expect 1 bellows $command --skip-generate # which could empty it, and no script could fill it again
    says E0406
done
query_gives 'SELECT id FROM "T"' 7
psql_ "$url" -c 'SET default_transaction_read_only = off' -c 'CREATE SCHEMA aside' -c "CREATE FUNCTION aside.no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE read_only_sql_transaction; END'" \
    -c 'CREATE EVENT TRIGGER no ON sql_drop EXECUTE FUNCTION aside.no()' # as a standby refuses
expect 1 bellows migrate reset --force
says E0406
psql_ "$url" -c 'SET default_transaction_read_only = off' -c 'DROP EVENT TRIGGER no' -c "ALTER DATABASE $database SET default_transaction_read_only = off" \
    -c "ALTER DATABASE $database SET default_transaction_isolation = 'repeatable read'"
printf 'CREATE TABLE b AS SELECT current_setting($$transaction_isolation$$) AS i;\n' > prisma/migrations/20250102000000_next/migration.sql
expect 0 bellows migrate deploy
query_gives 'SELECT i FROM b' 'repeatable read'

case_begin "a push is stopped by what no statement of its own is to blame for, and says so"
project
printf '\nmodel U {\n  id Int @id\n}\n' >> prisma/schema.prisma
for state in read_only_sql_transaction:E0406 query_canceled:P1008; do
    psql_ "$url" -c "CREATE OR REPLACE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ${state%:*}; END'"
    [ "$state" != read_only_sql_transaction:E0406 ] || psql_ "$url" -c "CREATE EVENT TRIGGER no ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION no()"
    expect 1 bellows db push --skip-generate
    says "${state#*:}"
    says 'nothing was changed'
    says_not 'bring the data in order'
done
query_gives "SELECT to_regclass('\"U\"') IS NULL" t

case_begin "a transaction in a database from the same template is in nobody's way"
project
printf 'ALTER TABLE "T" ADD COLUMN a int;\n' > prisma/migrations/20250102000000_next/migration.sql
here=$url
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_twin TEMPLATE $database"
url=$(database_url "${database}_twin")
hold
await "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start < clock_timestamp() - interval '1 s'" 1
expect 0 bellows migrate deploy --url "$here"
says_not "waiting"
let_go
drop_database "${database}_twin"

finish
