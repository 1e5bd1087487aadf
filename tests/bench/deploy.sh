#!/usr/bin/env bash
# Deployments beside psql: many small migrations, one large script, a backfill. Each pair in one run, on databases of its own.
#
#     build/dev/tests/harness/private_server -- tests/bench/deploy.sh BELLOWS [MIGRATIONS [MEGABYTES [ROWS]]]
#
# psql gets the same files, each as a transaction, and records nothing; the backfill is compared with the one UPDATE that it replaces.
# Times are seconds of whole processes, once: repeat on an idle machine before believing a ratio.
set -euo pipefail
bellows=$(realpath "${1:?usage: deploy.sh BELLOWS [MIGRATIONS [MEGABYTES [ROWS]]]}")
migrations=${2:-3000} megabytes=${3:-50} rows=${4:-1000000}
: "${BELLOWS_TEST_URL:?start this through private_server, see docs/testing.md}"
# shellcheck source=tests/harness/psql.bash
source "$(dirname "${BASH_SOURCE[0]}")/../harness/psql.bash"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sql() { psql -X -q -At -v ON_ERROR_STOP=1 "$@"; }
database() { # NAME: a new one; its URL
    sql "$BELLOWS_TEST_URL" -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" > /dev/null 2>&1
    sed "s#/postgres?#/$1?#" <<< "$BELLOWS_TEST_URL"
}
project() { # NAME: a folder with a schema and a lock file
    mkdir -p "$work/$1/prisma/migrations"
    cd "$work/$1"
    printf 'datasource db {\n  provider = "postgresql"\n}\n' > prisma/schema.prisma
    echo 'provider = "postgresql"' > prisma/migrations/migration_lock.toml
}
seconds() { # COMMAND...: how long it takes
    local from=$EPOCHREALTIME
    "$@" > "$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
    awk -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }'
}
row() { printf '%-34s %9s %9s %7s\n' "$1" "$2" "$3" "$(awk -v a="$2" -v b="$3" 'BEGIN { printf "%.2f", b == 0 ? 0 : a / b }')"; }

printf '%-34s %9s %9s %7s\n' '' 'bellows s' 'psql s' ratio

project small
for i in $(seq "$migrations"); do
    folder=prisma/migrations/$(printf '2026%010d_m' "$i")
    mkdir "$folder"
    if [ $((i % 2)) = 1 ]; then echo "CREATE TABLE \"T$i\" (\"id\" INTEGER NOT NULL, \"name\" TEXT, CONSTRAINT \"T${i}_pkey\" PRIMARY KEY (\"id\"));"
    else echo "ALTER TABLE \"T$((i - 1))\" ADD COLUMN \"more\" TEXT;"; fi > "$folder/migration.sql"
    echo "BEGIN;"; cat "$folder/migration.sql"; echo "COMMIT;"
done > all.sql
theirs=$(seconds sql "$(database bench_psql)" -f all.sql)
row "$migrations small migrations" "$(seconds "$bellows" migrate deploy --url "$(database bench_small)")" "$theirs"

project large
mkdir prisma/migrations/20260101000000_large
{
    echo 'CREATE TABLE "T" ("id" INTEGER NOT NULL, "name" TEXT, CONSTRAINT "T_pkey" PRIMARY KEY ("id"));'
    awk -v bytes=$((megabytes * 1000000)) 'BEGIN {
        for (i = 1; n < bytes; i++) { line = "INSERT INTO \"T\" (\"id\", \"name\") VALUES (" i ", '\''a name that is about as long as names are " i "'\'');"; n += length(line) + 1; print line } }'
} > prisma/migrations/20260101000000_large/migration.sql
theirs=$(seconds sql -1 "$(database bench_psql)" -f prisma/migrations/20260101000000_large/migration.sql)
row "a script of $megabytes MB" "$(seconds "$bellows" migrate deploy --url "$(database bench_large)")" "$theirs"

project backfill
fill="UPDATE \"T\" SET \"level\" = \"id\" * 2 WHERE \"level\" IS NULL;"
table="CREATE TABLE \"T\" (\"id\" INTEGER NOT NULL, \"name\" TEXT, \"level\" INTEGER, CONSTRAINT \"T_pkey\" PRIMARY KEY (\"id\"))"
mkdir prisma/migrations/20260101000000_table
echo "$table;" > prisma/migrations/20260101000000_table/migration.sql
url=$(database bench_fill)
"$bellows" migrate deploy --url "$url" > /dev/null 2>&1
mkdir prisma/migrations/20260102000000_fill
printf -- '-- bellows: backfill table="T" key="id"\n%s\n' "$fill" > prisma/migrations/20260102000000_fill/migration.sql
filled="INSERT INTO \"T\" SELECT g, repeat('x', 50) FROM generate_series(1, $rows) g"
other=$(database bench_psql)
sql "$other" -c "$table" -c "$filled" -c 'VACUUM ANALYZE "T"' -c CHECKPOINT
sql "$url" -c "$filled" -c 'VACUUM ANALYZE "T"' -c CHECKPOINT
theirs=$(seconds sql "$other" -c "$fill")
row "a backfill of $rows rows" "$(seconds "$bellows" migrate deploy --url "$url")" "$theirs"
