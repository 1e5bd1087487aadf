#!/usr/bin/env bash
# cli_round_trips.sh BELLOWS - over a far network a deploy waits once for each migration, whatever else it does: a proxy in front of the
# server counts how often it is waited for.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
proxy=$(dirname "$(realpath "$0")")/round_trips.mjs
command -v node > /dev/null || { echo "SKIPPED: no node"; exit 77; }

# deploy_far [MS]: through the proxy, so far away; how often it waited in $waited.
deploy_far() {
    local n
    mkdir far
    node "$proxy" "${url##*host=}/.s.PGSQL.5432" "$PWD/far/.s.PGSQL.5432" "$PWD/count" "${1:-10}" & pid=$!
    for ((n = 0; n < 600; n++)); do [ -S far/.s.PGSQL.5432 ] && break; sleep 0.05; done
    expect 0 bellows migrate deploy --url "${url%%host=*}host=$PWD/far"
    kill "$pid"
    wait "$pid" 2> /dev/null
    waited=$(cat count)
}

# trips MIGRATIONS [STATEMENT]: a deploy of so many, in a database of its own; how often it waited in $waited. @ is a migration's number.
trips() {
    local n statement=${2:-CREATE TABLE t@ (id int PRIMARY KEY);}
    case_begin "$1 migrations through the proxy: $statement"
    psql_ "$url" -c 'CREATE SCHEMA side CREATE TABLE built (id int)'
    printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
    for ((n = 10; n < 10 + $1; n++)); do
        mkdir -p "prisma/migrations/202001010000${n}_m"
        echo "${statement//@/$n}" > "prisma/migrations/202001010000${n}_m/migration.sql"
    done
    deploy_far
    query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL" "$1"
}
trips 2
few=$waited
trips 12
[ $((waited - few)) -le 10 ] || fail "ten more migrations are $((waited - few)) more round trips"
[ "$few" -le 14 ] || fail "two migrations take $few round trips"

# What refuses a transaction takes several: its row, whether the lock still holds, what stands there, the statement, the end.
build='CREATE INDEX CONCURRENTLY i@ ON side.built (id);'
trips 2 "$build"
few=$waited
trips 12 "$build"
[ $((waited - few)) -le 95 ] || fail "ten more index builds are $((waited - few)) more round trips"
query_gives "SELECT to_regclass('_bellows_progress') IS NULL" t

# A batch is sized by what the server does in it: what the network takes holds nobody's rows.
case_begin "a backfill over a far network"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
mkdir -p prisma/migrations/20200101000000_base
echo 'CREATE TABLE t (id int PRIMARY KEY, v int);' > prisma/migrations/20200101000000_base/migration.sql
expect 0 bellows migrate deploy --url "$url"
psql_ "$url" -c 'INSERT INTO t SELECT g FROM generate_series(1, 3000) AS g'
mkdir prisma/migrations/20200102000000_fill
printf -- '-- bellows: backfill table="t" key="id"\nUPDATE t SET v = id WHERE v IS NULL;\n' > prisma/migrations/20200102000000_fill/migration.sql
deploy_far 120
[ "$waited" -le 40 ] || fail "3000 rows take $waited round trips"
query_gives 'SELECT count(*) FROM t WHERE v = id' 3000
finish
