#!/usr/bin/env bash
# Every form of CONCURRENTLY, broken off while it waits for an old transaction, then deployed again: what it was to do is done once, what it
# left is gone, and an invalid index that was there before stays.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

holder=''
# hold STATEMENT: a transaction of somebody else's that stays open with that statement in it.
hold() {
    psql_ "$url" -c BEGIN -c "INSERT INTO t VALUES (-1)" -c "$1" -c "SELECT pg_sleep(60)" > /dev/null 2>&1 &
    holder=$!
    await "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)'" 1
}
let_go() {
    psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)'" > /dev/null
    wait "$holder" 2> /dev/null
}
await() {
    local i
    for ((i = 0; i < 200; i++)); do
        [ "$(psql_ "$url" -c "$1" 2> /dev/null)" = "$2" ] && return
        sleep 0.05
    done
    fail "never $2: $1"
}
# broken_off STATEMENT [HELD]: deploy waits for the held transaction inside STATEMENT, and is interrupted there.
broken_off() {
    local pid
    mkdir -p prisma/migrations/20250102000000_work
    printf '%s\n' "$1" > prisma/migrations/20250102000000_work/migration.sql
    hold "${2:-SELECT 1}"
    "$bellows" migrate deploy > deploy.log 2>&1 < /dev/null &
    pid=$!
    await "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bellows' AND wait_event_type = 'Lock'" 1
    kill -INT "$pid"
    wait "$pid"
    code=$?
    out=$(cat deploy.log)
    [ "$code" -eq 130 ] || fail "interrupted, exit code $code"
    let_go
}
project() {
    user_schema '  name String'
    mkdir -p prisma/migrations/20250101000000_init
    printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
    cat > prisma/migrations/20250101000000_init/migration.sql
    export DATABASE_URL=$url
    expect 0 bellows migrate deploy
    # Somebody else's: invalid before anything of ours began.
    psql_ "$url" -c 'CREATE INDEX others_ccnew ON t (a)' -c 'CREATE INDEX others_t_a_idx ON t (a)' \
        -c "UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('others_ccnew'::regclass, 'others_t_a_idx'::regclass)" > /dev/null
}
continued() {
    expect 0 bellows migrate deploy
    query_gives "SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY 1) FROM pg_index WHERE NOT indisvalid" "others_ccnew others_t_a_idx"
    query_gives "SELECT to_regclass('_bellows_progress') IS NULL" t
    query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL" 0
}
plain='CREATE TABLE t (a int, b text); CREATE INDEX "Odd ""name""" ON t (b); CREATE SCHEMA "other one"; CREATE TABLE "other one"."T" (a int, b text); CREATE INDEX i ON "other one"."T" (b);'

case_begin "CREATE INDEX without a name"
project <<< "$plain"
broken_off 'CREATE INDEX CONCURRENTLY ON t (b, a);'
query_gives "SELECT count(*) FROM pg_index WHERE NOT indisvalid" 3
continued
query_gives "SELECT string_agg(indexname, ' ' ORDER BY 1) FROM pg_indexes WHERE tablename = 't'" 'Odd "name" others_ccnew others_t_a_idx t_b_a_idx'

case_begin "CREATE INDEX of an expression, without a name, in another schema"
project <<< "$plain"
broken_off 'CREATE UNIQUE INDEX CONCURRENTLY ON "other one"."T" USING btree (lower(b), a);' 'INSERT INTO "other one"."T" VALUES (1)'
continued
query_gives "SELECT count(*) FROM pg_indexes WHERE schemaname = 'other one'" 2

case_begin "CREATE INDEX with a name"
project <<< "$plain"
broken_off 'CREATE INDEX CONCURRENTLY IF NOT EXISTS "New one" ON t (b);'
continued
query_gives "SELECT indisvalid FROM pg_index WHERE indexrelid = '\"New one\"'::regclass" t

case_begin "CREATE INDEX with the name of another one, which is invalid: it is somebody else's"
project <<< "$plain"
psql_ "$url" -c 'CREATE UNIQUE INDEX taken ON t (a, b)' -c "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'taken'::regclass" > /dev/null
mkdir -p prisma/migrations/20250102000000_work
echo 'CREATE INDEX CONCURRENTLY taken ON t (b);' > prisma/migrations/20250102000000_work/migration.sql
expect 1 bellows migrate deploy
says 'already exists'
query_gives "SELECT indisunique AND NOT indisvalid FROM pg_index WHERE indexrelid = 'taken'::regclass" t

case_begin "DROP INDEX"
project <<< "$plain"
broken_off 'DROP INDEX CONCURRENTLY "Odd ""name""";'
continued
query_gives "SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'Odd%'" 0

case_begin "REINDEX INDEX of a quoted name"
project <<< "$plain"
broken_off 'REINDEX INDEX CONCURRENTLY "Odd ""name""";'
continued

case_begin "REINDEX TABLE with its toast table, in another schema"
project <<< "$plain"
broken_off 'REINDEX TABLE CONCURRENTLY "other one"."T";' 'INSERT INTO "other one"."T" VALUES (1)'
continued

case_begin "REINDEX SCHEMA"
project <<< "$plain"
broken_off 'REINDEX SCHEMA CONCURRENTLY "other one";' 'INSERT INTO "other one"."T" VALUES (1)'
continued

version=$(psql_ "$BELLOWS_TEST_URL" -c 'SHOW server_version_num')
if [ "$version" -ge 140000 ]; then # before it, servers skip partitioned tables, and have no DETACH CONCURRENTLY
    case_begin "REINDEX TABLE of a partitioned table"
    project <<< "$plain CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE INDEX ON p (a);"
    broken_off 'REINDEX TABLE CONCURRENTLY p;' 'INSERT INTO p VALUES (1)'
    continued

    case_begin "DETACH PARTITION"
    project <<< "$plain CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE \"p 1\" PARTITION OF p FOR VALUES IN (1);"
    broken_off 'ALTER TABLE p DETACH PARTITION "p 1" CONCURRENTLY;' 'SELECT * FROM p'
    query_gives "SELECT inhdetachpending FROM pg_inherits" t
    continued
    query_gives "SELECT count(*) FROM pg_inherits" 0
fi

finish
