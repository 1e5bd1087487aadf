#!/usr/bin/env bash
# cli_scripts.sh BELLOWS - scripts as people have them: other encodings, dumps, what only psql understands.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

migration() { mkdir -p "prisma/migrations/$1" && cat > "prisma/migrations/$1/migration.sql"; }
table='CREATE TABLE "T" ("id" INTEGER NOT NULL, CONSTRAINT "T_pkey" PRIMARY KEY ("id"));'
t_schema() { printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel T {\n  id Int @id\n}\n' | schema; }
checksum() { sha256sum < "prisma/migrations/$1/migration.sql" | cut -d' ' -f1; }

case_begin "a byte order mark and pg_dump's lines are skipped everywhere, the checksum is the file's"
t_schema
printf '\xef\xbb\xbf\\restrict abc\r\n%s\r\n\r\n\\unrestrict abc\r\n' "$table" | migration 20250101000000_a
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT checksum FROM _prisma_migrations" "$(checksum 20250101000000_a)"
expect 0 bellows migrate status --url "$url"
expect 0 bellows check --url "$url"
expect 0 bellows migrate dev --name b --skip-generate --url "$url"
says "Already in sync"
printf '\xef\xbb\xbfCREATE TABLE u (a int);\n\\restrict x' > script.sql
expect 0 bellows db execute --file script.sql --url "$url"
query_gives "SELECT to_regclass('u')" u

case_begin "the line of an error is the file's"
t_schema
printf '\xef\xbb\xbf\\restrict \xc3\xa9\xc3\xa9\r\n-- caf\xc3\xa9\r\nSELECT 1 FROM nowhere;\r\n' | migration 20250101000000_a
expect 1 bellows migrate deploy --url "$url"
says 20250101000000_a/migration.sql:3:15
query_gives "SELECT logs LIKE '%>   3  SELECT 1 FROM nowhere;%' FROM _prisma_migrations" t

case_begin "what psql alone understands is named with its line before anything is applied"
t_schema
migration 20250101000000_a <<< "$table"
while IFS='|' read -r what text; do
    printf '%b' "SELECT 1;\n$text" | migration 20250101000001_b
    expect 1 bellows migrate deploy --url "$url"
    says 20250101000001_b/migration.sql:2:
    says "\`$what\` is for psql, not for the server"
    expect 1 bellows db execute --file prisma/migrations/20250101000001_b/migration.sql --url "$url"
    says "migration.sql:2:"
    query_gives "SELECT to_regclass('\"T\"')" ''
done << 'END'
\connect|\\connect other
\i|\\i more.sql
\set|\\set x 1
COPY ... FROM stdin|COPY "T" FROM stdin;\n1\n\\.\n
\copy|\\copy "T" from t.csv
END
expect 1 bellows check --url "$url"
says "is for psql"

case_begin "what is no UTF-8 is said so, and leaves no row"
t_schema
while IFS='|' read -r why text; do
    printf '%b' "$text" | migration 20250101000000_a
    expect 1 bellows migrate deploy --url "$url"
    says "$why"
    query_gives "SELECT count(*) FROM _prisma_migrations" 0
done << 'END'
is UTF-16|\xff\xfeS\x00
is UTF-16|\xfe\xff\x00S
holds a zero byte|SELECT 1;\x00
holds the byte 0xE9|SELECT 'caf\xe9';
END

case_begin "empty scripts, comments alone, lone carriage returns"
t_schema
: | migration 20250101000000_a
printf -- '-- nothing' | migration 20250101000001_b
printf -- '-- a table\r%s\r' "$table" | migration 20250101000002_c
printf '\xef\xbb\xbf' | migration 20250101000003_d
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT count(finished_at) FROM _prisma_migrations" 4
expect 0 bellows check --url "$url"

case_begin "no migration is written before one that sorts behind every time"
t_schema
migration init <<< 'CREATE TABLE u (a int);'
expect 1 bellows migrate dev --name b --skip-generate --url "$url"
says "\`init\` sorts behind every new migration"
[ "$(find prisma/migrations -name migration.sql | wc -l)" = 1 ] || fail "something was written"

case_begin "db execute runs all of a script or nothing, or says what stays"
execute() { printf '%s' "$2" > script.sql; expect "$1" bellows db execute --file script.sql --url "$url"; }
execute 1 'CREATE TABLE a (i int); SELECT 1/0;'
says "nothing was changed"
query_gives "SELECT to_regclass('a')" ''
execute 1 'CREATE TABLE a (i int); CREATE INDEX CONCURRENTLY x ON a (i); CREATE TABLE b (i int); SELECT 1/0; CREATE TABLE c (i int);'
says "is committed and stays"
query_gives "SELECT to_regclass('a'), to_regclass('x'), to_regclass('b'), to_regclass('c')" 'a|x||'
execute 1 'BEGIN; CREATE TABLE b (i int); SAVEPOINT s; COMMIT; SELECT 1/0;'
says "what it committed before that stays"
query_gives "SELECT to_regclass('b')" b
for open in 'BEGIN' 'start transaction' 'BEGIN; COMMIT AND CHAIN' 'BEGIN; SAVEPOINT s' 'BEGIN; ROLLBACK AND CHAIN'; do
    execute 1 "CREATE TABLE c (i int); $open; CREATE TABLE d (i int);"
    says "begins a transaction and does not end it; nothing of it was run"
    says "script.sql:1:"
    query_gives "SELECT to_regclass('c')" ''
done
execute 1 "BEGIN; CREATE TABLE c (i int); PREPARE TRANSACTION 'p';"
says "prepares a transaction"
execute 1 'BEGIN; SELECT 1/0;'
says "does not end it"
execute 0 'BEGIN; CREATE TABLE c (i int); ROLLBACK; BEGIN; CREATE TABLE d (i int); END;'
says "Script executed"
query_gives "SELECT to_regclass('c'), to_regclass('d')" '|d'
execute 0 'DISCARD ALL;'

case_begin "one DO or CALL may commit, as it may for the reference; among others it may not"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
one() { rm -rf prisma/migrations; mkdir -p prisma/migrations/20250101000000_one; printf '%s' "$2" > prisma/migrations/20250101000000_one/migration.sql; expect "$1" bellows migrate deploy --url "$url"; }
one 0 "DO \$\$BEGIN CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int); END\$\$;"
query_gives "SELECT to_regclass('a'), to_regclass('b'), count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL" 'a|b|1'
psql_ "$url" -c 'DROP TABLE _prisma_migrations, a, b'
one 1 "DO \$\$BEGIN CREATE TABLE a (i int); COMMIT; PERFORM 1/0; END\$\$;"
says "what it committed before the error stays"
psql_ "$url" -c 'DROP TABLE _prisma_migrations, a'
one 1 "SELECT 1; DO \$\$BEGIN COMMIT; END\$\$;"
says "Nothing of this script was applied"
execute 0 "DO \$\$BEGIN CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int); END\$\$;"
query_gives "SELECT to_regclass('a'), to_regclass('b')" 'a|b'
execute 1 "DO \$\$BEGIN CREATE TABLE c (i int); COMMIT; PERFORM 1/0; END\$\$;"
says "what it committed before that stays"
query_gives "SELECT to_regclass('c')" c

case_begin "a script may say how its transaction is isolated, and for that transaction only"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
rm -rf prisma/migrations
migration 20250101000000_0 <<< 'CREATE TABLE t (isolation text);'
expect 0 bellows migrate deploy --url "$url"
migration 20250101000000_a << 'END'
BEGIN;
-- first in its transaction, or the server refuses it
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
ALTER TABLE t ADD COLUMN i int;
INSERT INTO t SELECT current_setting('transaction_isolation');
COMMIT;
END
migration 20250101000001_b << 'END'
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
INSERT INTO t SELECT current_setting('transaction_isolation');
CREATE INDEX CONCURRENTLY t_i ON t (i);
INSERT INTO t SELECT current_setting('transaction_isolation');
END
migration 20250101000002_c <<< "INSERT INTO t SELECT current_setting('transaction_isolation');"
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT string_agg(isolation, ', ' ORDER BY ctid) FROM t" 'repeatable read, serializable, read committed, read committed'
execute 0 "BEGIN; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; INSERT INTO t SELECT current_setting('transaction_isolation'); COMMIT;"
query_gives "SELECT count(*) FROM t WHERE isolation = 'repeatable read'" 2

case_begin "what holds to its COMMIT only is kept apart, and replayed so"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
fresh() { psql_ "$url" -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public' > /dev/null 2>&1; }
one 0 'CREATE SCHEMA s; BEGIN; SET LOCAL search_path TO s; CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int);'
query_gives "SELECT to_regclass('s.a'), to_regclass('public.b')" 's.a|b'
fresh
one 0 "BEGIN; SELECT 1; COMMIT; BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE a (i int); COMMIT;"
fresh
one 0 'BEGIN; CREATE TEMP TABLE t ON COMMIT DROP AS SELECT 1; COMMIT; BEGIN; CREATE TEMP TABLE t ON COMMIT DROP AS SELECT 1; COMMIT;'
fresh
one 0 'BEGIN; CREATE TABLE a (i int UNIQUE, r int REFERENCES a (i) DEFERRABLE INITIALLY DEFERRED); INSERT INTO a VALUES (1, 1); COMMIT; BEGIN; ALTER TABLE a ADD COLUMN x int; COMMIT;'
query_gives "SELECT count(x) FROM a" 0

case_begin "an open transaction is told of before anything runs, by the preview too"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
mkdir -p prisma/migrations/20240101000000_first
echo 'CREATE TABLE first (i int);' > prisma/migrations/20240101000000_first/migration.sql
for script in 'BEGIN; CREATE TABLE a (i int); COMMIT AND CHAIN; CREATE TABLE b (i int);' 'start transaction; SELECT 1;' "BEGIN; PREPARE TRANSACTION 'p';"; do
    mkdir -p prisma/migrations/20250101000000_one
    printf '%s' "$script" > prisma/migrations/20250101000000_one/migration.sql
    for preview in --dry-run ''; do
        # shellcheck disable=SC2086
        expect 1 bellows migrate deploy $preview --url "$url"
        says E0505
    done
    query_gives "SELECT to_regclass('first')" ''
done

case_begin "a script that steers its transactions and is stopped before its first COMMIT leaves no row"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
psql_ "$url" -c "ALTER DATABASE $database SET statement_timeout = '300ms'"
one 1 'BEGIN; SAVEPOINT s; CREATE TABLE a (i int); SELECT pg_sleep(5); COMMIT;'
says "nothing of it was applied"
query_gives "SELECT count(*) FROM _prisma_migrations" 0
one 1 'BEGIN; SAVEPOINT s; CREATE TABLE a (i int); COMMIT; SELECT pg_sleep(5);'
says "what it committed before the error stays"
query_gives "SELECT count(*), to_regclass('a') FROM _prisma_migrations" '1|a'
psql_ "$url" -c 'DROP TABLE _prisma_migrations, a'
one 1 'BEGIN; SAVEPOINT s; CREATE TABLE a (i int); SELECT 1/0; COMMIT;'
says "failed before its first COMMIT"

case_begin "what this program prepares for itself a script may let go of"
t_schema
migration 20250101000000_a <<< "$table"
migration 20250101000001_b <<< 'DEALLOCATE ALL; CREATE TABLE b (id int);'
migration 20250101000002_c <<< 'CREATE TABLE c (id int); DO $$ BEGIN EXECUTE '"'DEALLOCATE ALL'"'; END $$; CREATE TABLE d (id int);'
migration 20250101000003_e <<< "PREPARE e AS SELECT 1; CREATE TABLE e (id int);"
migration 20250101000004_f <<< "DEALLOCATE e; CREATE TABLE f (id int);"
migration 20250101000005_g <<< "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; ALTER TABLE f ADD COLUMN g int; DEALLOCATE ALL;"
migration 20250101000006_h <<< 'ALTER TABLE f ADD COLUMN h int;'
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT count(finished_at), count(*) FROM _prisma_migrations" '7|7'
query_gives "SELECT to_regclass('b'), to_regclass('c'), to_regclass('d'), to_regclass('e'), count(*) FROM pg_attribute WHERE attrelid = 'f'::regclass AND attnum > 0" 'b|c|d|e|3'
psql_ "$url" -c 'CREATE TABLE noted (name text); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;'
migration 20250101000007_i <<< 'CREATE TABLE i (id int);'
migration 20250101000008_j <<< 'CREATE TABLE j (id int); CREATE TRIGGER note BEFORE INSERT ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION note();'
expect 4 bellows migrate deploy --url "$url"
says E0552
query_gives "SELECT to_regclass('i'), to_regclass('j'), count(*) FROM _prisma_migrations" 'i||8'
psql_ "$url" -c 'CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.noted VALUES (NEW.migration_name); RETURN NEW; END $$;'
migration 20250101000009_k <<< 'ALTER TABLE j ADD COLUMN k int;'
migration 20250101000010_l <<< 'ALTER TABLE j ADD COLUMN l int;'
expect 0 bellows migrate deploy --url "$url" # a trigger that does no harm; each row is written once
query_gives "SELECT count(*), count(DISTINCT name), (SELECT count(finished_at) FROM _prisma_migrations) FROM noted" '3|3|11'
psql_ "$url" -c 'DROP TRIGGER note ON _prisma_migrations' -c BEGIN -c "SELECT 'somebody at work', pg_sleep(60)" > /dev/null 2>&1 &
for ((i = 0; i < 200; i++)); do
    [ "$(psql_ "$url" -c "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^SELECT .somebody at work' AND xact_start < clock_timestamp() - interval '200 ms'")" = 1 ] && break
    sleep 0.1
done
for i in 1 2 3; do migration "2025010100002${i}_m" <<< "ALTER TABLE j ADD COLUMN m$i int;"; done
expect 0 bellows migrate deploy --url "$url"
psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ '^SELECT .somebody at work'" > /dev/null
wait
query_gives "SELECT count(finished_at) FROM _prisma_migrations" 14
migration 20250101000031_n <<< 'CREATE TABLE n (id int);'
migration 20250101000032_o <<< "ALTER TABLE n ADD COLUMN o int; SELECT 'bellows: somebody has been at work for a while'::int;"
expect 1 timeout 60 "$bellows" migrate deploy --url "$url" # a script that speaks with our words is sent once more, no oftener
says P3018

case_begin "a right on the history that is missing is not the script's fault"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
rm -rf prisma/migrations
migration 20250101000000_a <<< 'CREATE TABLE a (i int);'
expect 0 bellows migrate deploy --url "$url"
psql_ "$url" -c "CREATE ROLE reader_$$ LOGIN" -c "GRANT SELECT ON _prisma_migrations TO reader_$$" -c "GRANT CREATE ON SCHEMA public TO reader_$$"
migration 20250101000001_b <<< 'BEGIN; CREATE TABLE b (i int); COMMIT;'
expect 1 bellows migrate deploy --url "${url/postgres@/reader_$$@}"
says_not P3018
says 'permission denied for table _prisma_migrations'
says 'nothing of the migration was applied'
query_gives "SELECT count(*), to_regclass('b') FROM _prisma_migrations" '1|'
psql_ "$url" -c "GRANT INSERT ON _prisma_migrations TO reader_$$"
migration 20250101000001_b <<< 'CREATE TABLE b (i int); CREATE INDEX CONCURRENTLY c ON b (i);'
expect 1 bellows migrate deploy --url "${url/postgres@/reader_$$@}"
says_not P3018
says 'permission denied for table _prisma_migrations'
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT indisvalid, (SELECT count(finished_at) FROM _prisma_migrations) FROM pg_index WHERE indexrelid = 'c'::regclass" 't|2'
psql_ "$url" -c "DROP OWNED BY reader_$$; DROP ROLE reader_$$"

finish
