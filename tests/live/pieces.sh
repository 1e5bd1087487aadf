#!/usr/bin/env bash
# pieces.sh BELLOWS - more tables than the server's table of locks holds in one transaction: `db push` and `migrate reset` commit
# in pieces, and go on where they were broken off. The server has room for some 120 locks. A migration stays one transaction.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

many=1100
tables() { printf 'datasource db {\n  provider = "postgresql"\n}\n\n'; seq "$1" | sed 's/.*/model T& {\n  id Int @id\n}\n/'; }
count() { query_gives "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace" "$1"; }

case_begin "$many tables are pushed and reset"
tables $many | schema
expect 0 bellows db push --skip-generate --url "$url"
count $many
expect 0 bellows db push --skip-generate --url "$url"
says 'already in sync'
mkdir -p prisma/migrations/20200101000000_one
echo 'provider = "postgresql"' > prisma/migrations/migration_lock.toml
echo 'CREATE TABLE one (id int);' > prisma/migrations/20200101000000_one/migration.sql
expect 0 bellows migrate reset --force --skip-generate --skip-seed --url "$url"
count 2

case_begin "a push that is broken off keeps what is committed, and the next does the rest"
tables 600 | schema
psql_ "$url" -c 'CREATE TABLE "T600" (other int)' -c 'CREATE VIEW v AS SELECT * FROM "T600"'
expect 1 bellows db push --skip-generate --accept-data-loss --url "$url"
psql_ "$url" -c 'DROP VIEW v' -c 'DROP TABLE "T600"'
expect 0 bellows db push --skip-generate --url "$url"
count 600

# stopped WORDS...: somebody holds a lock on a table, and the command is interrupted while it waits for it.
stopped() {
    local i
    psql_ "$url" -c BEGIN -c "LOCK TABLE $1 IN SHARE MODE" -c 'SELECT pg_sleep(60)' > /dev/null 2>&1 &
    holder=$!
    for ((i = 0; i < 200; i++)); do
        [ "$(psql_ "$url" -c "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'")" = 1 ] && break
        sleep 0.05
    done
    "$bellows" "${@:2}" --url "$url" > stopped.log 2>&1 < /dev/null &
    waiter=$!
    for ((i = 0; i < 600; i++)); do
        [ "$(psql_ "$url" -c "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")" = 1 ] && break
        sleep 0.05
    done
    kill -INT "$waiter"
    wait "$waiter"
    code=$? out=$(cat stopped.log)
    [ "$code" -eq 130 ] || fail "interrupted, exit code $code"
    psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'" > /dev/null
    wait "$holder" 2> /dev/null
}

case_begin "interrupted between pieces: what stays is said, and the next run does the rest"
tables 600 | schema
expect 0 bellows db push --skip-generate --url "$url"
sed 's/id Int @id/&\n  more Int?/' prisma/schema.prisma > more.prisma
mv more.prisma prisma/schema.prisma
stopped '"T600"' db push --skip-generate
says 'what was committed before stays; run it again for the rest'
expect 0 bellows db push --skip-generate --url "$url"
says 'in sync'
tables $many | schema
expect 0 bellows db push --skip-generate --accept-data-loss --url "$url"
# So many are dropped in pieces from the start, the youngest first.
stopped "\"T$many\"" migrate reset --force --skip-generate --skip-seed
says 'part of schema `public` may be dropped: run it again for the rest'
expect 0 bellows migrate reset --force --skip-generate --skip-seed --url "$url"
count 1
tables 3 | schema
expect 0 bellows db push --skip-generate --url "$url"
stopped '"T3"' migrate reset --force --skip-generate --skip-seed
says_not 'may be dropped'
count 4

case_begin "a migration is one transaction: its error names the setting"
mkdir -p prisma/migrations/20200101000000_all
echo 'provider = "postgresql"' > prisma/migrations/migration_lock.toml
tables 0 | schema
seq 4000 | sed 's/.*/CREATE TABLE t& (id int PRIMARY KEY);/' > prisma/migrations/20200101000000_all/migration.sql
expect 1 bellows migrate deploy --url "$url"
says 'max_locks_per_transaction'
count 1
finish
