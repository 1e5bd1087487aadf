#!/usr/bin/env bash
# Through a transaction pooler (PgBouncer): deployments exclude each other, what cannot is refused, and nothing stays
# on a connection that belongs to everybody. Statement pooling, too, where a message is all there is.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

command -v pgbouncer > /dev/null || { echo "SKIPPED: pgbouncer is not installed"; exit 77; }
socket=$(sed -n 's/.*[?&]host=\([^&]*\).*/\1/p' <<< "$BELLOWS_TEST_URL")
user=$(sed -n 's#.*//\([^@/]*\)@.*#\1#p' <<< "$BELLOWS_TEST_URL")
[ -n "$socket" ] || { echo "SKIPPED: the test server has no socket"; exit 77; }
socket=${socket//%2F//}
poolers=()
stop_poolers() { [ ${#poolers[@]} -eq 0 ] || kill "${poolers[@]}" 2> /dev/null; }
trap 'stop_poolers; rm -rf "$root"' EXIT

# pooler MODE: starts one; its socket is in $pool, and stays in $pool_MODE.
pooler() {
    pool=$root/$1.pool
    mkdir "$pool"
    printf '"%s" ""\n' "${user:-postgres}" > "$pool/users"
    cat > "$pool/ini" << END
[databases]
* = host=$socket user=${user:-postgres}
[pgbouncer]
listen_addr =
unix_socket_dir = $pool
auth_type = any
auth_file = $pool/users
pool_mode = $1
default_pool_size = 4
server_reset_query =
logfile = $pool/log
pidfile = $pool/pid
END
    chmod -R a+rwX "$pool"
    if [ "$(id -u)" = 0 ]; then
        # The server's own account: its socket may be nobody else's.
        runuser -u "$(stat -c %U "$socket")" -- pgbouncer -q -d "$pool/ini" > /dev/null 2>&1
    else
        pgbouncer -q -d "$pool/ini" > /dev/null 2>&1
    fi
    for _ in $(seq 100); do [ -s "$pool/pid" ] && [ -S "$pool/.s.PGSQL.6432" ] && break; sleep 0.05; done
    [ -s "$pool/pid" ] || { echo "pgbouncer does not start"; cat "$pool/log"; exit 1; }
    poolers+=("$(cat "$pool/pid")")
}
pooled_url() { printf 'postgresql://%s@/%s?host=%s&port=6432%s' "${user:-postgres}" "$database" "$1" "${2-}"; }

migration() { mkdir -p "prisma/migrations/$1"; cat > "prisma/migrations/$1/migration.sql"; }
begin() {
    case_begin "$1"
    user_schema
    through=$(pooled_url "$root/transaction.pool")
    migration 20260101000000_init <<< 'CREATE TABLE "User" ("id" SERIAL NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id")); CREATE UNIQUE INDEX "User_email_key" ON "User"("email");'
}
locks="SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
# Every connection of the pool, asked at once.
settings() {
    local i
    for i in 1 2 3 4; do
        psql_ "$through" -c "BEGIN" -c "SELECT pg_sleep(0.2)" -c "SELECT current_setting('search_path'), current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('synchronous_commit')" -c COMMIT > "settings$i" &
    done
    wait
    sort -u settings? | grep -v '^$'
}
direct_settings() {
    psql_ "$url" -c "SELECT current_setting('search_path'), current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('synchronous_commit')"
}
nothing_stays() {
    out=$(settings)
    [ "$out" = "$(direct_settings)" ] || fail "settings stay"
    query_gives "$locks" 0
}

pooler transaction
pooler statement

begin "two deployments at once take turns"
for i in 1 2 3 4 5 6; do
    migration "2026010200000${i}_m" <<< "SELECT pg_sleep(0.1); CREATE TABLE t$i (i int); INSERT INTO t$i SELECT 1;"
done
"$bellows" migrate deploy --url "$through" > one 2>&1 &
first=$!
"$bellows" migrate deploy --url "$through" > two 2>&1 &
second=$!
wait $first; codes=$?
wait $second; codes=$codes$?
[ "$codes" = 00 ] || { out=$(cat one two); fail "exit codes $codes"; }
query_gives "SELECT count(*), count(finished_at), count(DISTINCT migration_name) FROM _prisma_migrations" "7|7|7"
query_gives "SELECT count(*) FROM t6" 1
query_gives "$locks" 0

begin "a pooler is noticed without being told, and nothing stays on its connections"
psql_ "$url" -c 'CREATE SCHEMA tenant' > /dev/null
migration 20260102000000_sets <<< "SET search_path = pg_catalog; SET lock_timeout = '7s'; SET statement_timeout = '9min'; SET synchronous_commit = off; SELECT 1;"
expect 0 bellows migrate deploy --url "$through&schema=tenant"
query_gives "SELECT to_regclass('tenant.\"User\"') IS NOT NULL, to_regclass('public.\"User\"') IS NULL" "t|t"
nothing_stays

begin "what is not one transaction is refused before anything is applied"
migration 20260102000000_index <<< 'CREATE INDEX CONCURRENTLY i ON "User" ("email");'
expect 3 bellows migrate deploy --url "$through"
says "E0530"
says "directUrl"
migration 20260102000000_index <<< 'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1;'
expect 3 bellows migrate deploy --url "$through"
says "sets how its transaction is isolated"
query_gives "SELECT to_regclass('\"User\"') IS NULL" t
expect 0 bellows migrate deploy --url "$url"

begin "a lock held by a session is respected, and named"
psql_ "$url" -c "SET application_name = 'somebody'" -c "SELECT pg_advisory_lock(72707369)" -c "SELECT pg_sleep(14)" > /dev/null 2>&1 &
holder=$!
for _ in $(seq 100); do [ "$(psql_ "$url" -c "$locks")" = 1 ] && break; sleep 0.05; done
"$bellows" db push --url "$through" > pushed 2>&1 &
push=$!
expect 75 bellows migrate deploy --url "$through"
says "somebody"
wait $push
[ $? = 75 ] || { out=$(cat pushed); fail "db push does not wait for the lock"; }
query_gives "SELECT to_regclass('\"User\"') IS NULL" t
kill "$holder" 2> /dev/null
psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'somebody'" > /dev/null
expect 0 bellows migrate deploy --url "$through"

begin "a failure is recorded once, resolved, and gone on from"
migration 20260102000000_wrong <<< 'CREATE TABLE t (i int); SELECT 1/0;'
expect 1 bellows migrate deploy --url "$through&pgbouncer=true"
says "division by zero"
query_gives "SELECT count(*), count(finished_at) FROM _prisma_migrations" "2|1"
expect 0 bellows migrate resolve --rolled-back 20260102000000_wrong --url "$through"
migration 20260102000000_wrong <<< 'CREATE TABLE t (i int);'
expect 0 bellows migrate deploy --url "$through"
expect 0 bellows migrate status --url "$through"
query_gives "SELECT count(*), count(finished_at), count(rolled_back_at) FROM _prisma_migrations" "3|2|1"
query_gives "$locks" 0

begin "the other commands"
psql_ "$url" -c 'CREATE SCHEMA tenant' > /dev/null
expect 0 bellows db push --url "$through&schema=tenant"
query_gives "SELECT to_regclass('tenant.\"User\"') IS NOT NULL, to_regclass('public.\"User\"') IS NULL" "t|t"
expect 0 bellows db push --url "$through&schema=tenant&pgbouncer=true" --force-reset
expect 0 bellows db pull --url "$through&schema=tenant" --print
says "model User"
echo 'CREATE TABLE here (i int); SET search_path = pg_catalog;' > here.sql
expect 0 bellows db execute --url "$through&schema=tenant" --file here.sql
query_gives "SELECT to_regclass('tenant.here') IS NOT NULL" t
expect 0 bellows migrate reset --force --skip-seed --url "$through"
query_gives "SELECT count(*), count(finished_at) FROM _prisma_migrations" "1|1"
migration 20990102000000_index <<< 'CREATE INDEX CONCURRENTLY i ON "User" ("email");'
psql_ "$url" -c "INSERT INTO \"User\" (\"email\") VALUES ('kept')" > /dev/null
expect 3 bellows migrate reset --force --skip-seed --url "$through"
says E0530
query_gives "SELECT count(*) FROM \"User\" WHERE \"email\" = 'kept'" 1
rm -r prisma/migrations/20990102000000_index
user_schema 'name String?'
expect 0 bellows migrate dev --name more --url "$through"
psql_ "$url" -c 'DROP SCHEMA tenant CASCADE' > /dev/null 2>&1
expect 0 bellows check --url "$through"
nothing_stays

begin "a pooler of statements takes deployments"
through=$(pooled_url "$root/statement.pool")
expect 0 bellows migrate deploy --url "$through"
expect 0 bellows migrate deploy --url "$through"
query_gives "SELECT count(*), count(finished_at) FROM _prisma_migrations" "1|1"
query_gives "$locks" 0

finish
