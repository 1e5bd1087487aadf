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

case_begin "a migration is one transaction: its error names the setting"
mkdir -p prisma/migrations/20200101000000_all
echo 'provider = "postgresql"' > prisma/migrations/migration_lock.toml
tables 0 | schema
seq 4000 | sed 's/.*/CREATE TABLE t& (id int PRIMARY KEY);/' > prisma/migrations/20200101000000_all/migration.sql
expect 1 bellows migrate deploy --url "$url"
says 'max_locks_per_transaction'
count 1
finish
