#!/usr/bin/env bash
# cli_round_trips.sh BELLOWS - over a far network a deploy waits once for each migration, whatever else it does: a proxy in front of the
# server counts how often it is waited for.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
proxy=$(dirname "$(realpath "$0")")/round_trips.mjs
command -v node > /dev/null || { echo "SKIPPED: no node"; exit 77; }

# trips MIGRATIONS: a deploy of so many, in a database of its own; how often it waited in $waited.
trips() {
    local n
    case_begin "$1 migrations through the proxy"
    printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
    for ((n = 10; n < 10 + $1; n++)); do
        mkdir -p "prisma/migrations/202001010000${n}_m"
        echo "CREATE TABLE t$n (id int PRIMARY KEY);" > "prisma/migrations/202001010000${n}_m/migration.sql"
    done
    mkdir far
    node "$proxy" "${url##*host=}/.s.PGSQL.5432" "$PWD/far/.s.PGSQL.5432" "$PWD/count" & pid=$!
    for ((n = 0; n < 600; n++)); do [ -S far/.s.PGSQL.5432 ] && break; sleep 0.05; done
    expect 0 bellows migrate deploy --url "${url%%host=*}host=$PWD/far"
    kill "$pid"
    wait "$pid" 2> /dev/null
    waited=$(cat count)
    query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL" "$1"
}
trips 2
few=$waited
trips 12
[ $((waited - few)) -le 10 ] || fail "ten more migrations are $((waited - few)) more round trips"
[ "$few" -le 14 ] || fail "two migrations take $few round trips"
finish
