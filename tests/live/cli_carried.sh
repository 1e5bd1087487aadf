#!/usr/bin/env bash
# cli_carried.sh BELLOWS - what second columns take along that the schema cannot say: checks over the column, what is set for it.
# Played as production: a database beside the development's, with rows, a program that writes before, between and after.
# shellcheck disable=SC2154  # $url is cli.bash's
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

items() { # lines of model Item
    schema << END
datasource db {
  provider = "postgresql"
}

model Item {
  id   Int    @id
  name String
$(printf '%s\n' "$@")
}
END
}

# migration NAME: one that a person wrote, from stdin.
migration() {
    mkdir -p "prisma/migrations/$1"
    cat > "prisma/migrations/$1/migration.sql"
}

checks() { # URL: as they stand
    psql_ "$1" -c "SELECT conname, pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint') FROM pg_constraint
        WHERE conrelid = '\"Item\"'::regclass AND contype = 'c' ORDER BY conname"
}

production() { # a database with the migrations that are there, and rows
    live=$(database_url "${database}_live")
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live"
    expect 0 bellows migrate deploy --url "$live"
    psql_ "$live" -c "INSERT INTO \"Item\" SELECT g, 'row' FROM generate_series(1, 50) AS g" > /dev/null
}

# What the plan of the change says; nothing is rewritten in its place.
planned() {
    grep -h 'SET DATA TYPE' prisma/migrations/*_change*/migration.sql > rewrites
    [ ! -s rewrites ] || { out=$(cat rewrites) fail "changes in its place"; }
}

# write COLUMN VALUE: as a program does; its error.
write() { psql_ "$live" -c "UPDATE \"Item\" SET $1 = $2 WHERE id = 1" 2>&1 | head -1; }

case_begin "checks: over one column and over two, not valid, not inherited, with a comment, under a long name"
long=c_$(printf 'x%.0s' {1..60})
items '  qty  Int @default(1)' '  size Int @default(5)'
expect 0 bellows migrate dev --name init --url "$url"
migration 20270101000000_checks << END
ALTER TABLE "Item" ADD CONSTRAINT few CHECK (qty < 1000);
ALTER TABLE "Item" ADD CONSTRAINT "Bo th" CHECK (qty <= size OR name = 'qty') NO INHERIT;
ALTER TABLE "Item" ADD CONSTRAINT later CHECK (qty <> 13) NOT VALID;
ALTER TABLE "Item" ADD CONSTRAINT $long CHECK (qty IS NOT NULL AND (qty)::numeric > -5);
ALTER TABLE "Item" ADD CONSTRAINT other CHECK (size > 0);
COMMENT ON CONSTRAINT few ON "Item" IS 'a check''s';
END
expect 0 bellows migrate dev --url "$url"
production
items '  qty  BigInt @default(1)' '  size Int @default(5)'
expect 0 bellows migrate dev --name change --url "$url"
planned
psql_ "$live" -c "COMMENT ON CONSTRAINT \"Bo th\" ON \"Item\" IS 'nobody has told the plan'"
before=$(checks "$live")
expect 0 bellows migrate deploy --url "$live"
out=$(diff <(printf '%s\n' "$before") <(checks "$live")) || fail "the checks are not as they were"
url=$live query_gives "SELECT pg_typeof(qty) FROM \"Item\" LIMIT 1" bigint
for bad in 1000 6 13 -5; do
    out=$(write qty $bad)
    says 'violates check constraint'
done
out=$(write qty 4)
[ -z "$out" ] || fail "a value that was right"
expect 0 bellows migrate dev --name nothing --url "$url"
says 'Already in sync'
drop_database "${database}_live"

case_begin "what the author says of a value holds beside a rename that it speaks of, where the column changes in its place"
items '  price Decimal @default(0) @db.Decimal(12, 2)' '  rate  Int @default(3)'
expect 0 bellows migrate dev --name init --url "$url"
production
items '  /// @renamedFrom(price)' '  /// @backfill(("price" * "factor")::int)' '  total  Int @default(0)' '  /// @renamedFrom(rate)' '  factor Int @default(3)'
expect 0 bellows migrate dev --name change --url "$url"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"Item\" (id, name, price) VALUES (101, 'old', 2.50)"
expect 0 bellows migrate deploy --contract --url "$live"
url=$live query_gives "SELECT total FROM \"Item\" WHERE id = 101" 8
expect 0 bellows check --strict --url "$live"
drop_database "${database}_live"

case_begin "another name with another type: what the new program writes comes back as the author says, by a function of the project's"
items '  price Decimal @default(0) @db.Decimal(12, 2)'
expect 0 bellows migrate dev --name init --url "$url"
migration 20270101000000_function << 'END'
CREATE FUNCTION in_money(cents bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT cents / 100.0';
END
expect 0 bellows migrate dev --url "$url"
production
items '  /// @renamedFrom(price)' '  /// @backfill(("price" * 100)::bigint)' '  /// @down(in_money(cents))' '  cents BigInt'
expect 0 bellows migrate dev --name change --url "$url"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"Item\" (id, name, price) VALUES (101, 'old', 7.25)" -c "INSERT INTO \"Item\" (id, name, cents) VALUES (102, 'new', 1234)" \
    -c "UPDATE \"Item\" SET cents = 250 WHERE id = 1" -c "UPDATE \"Item\" SET price = 9.99 WHERE id = 2" -c "UPDATE \"Item\" SET cents = 1e15 WHERE id = 3"
url=$live query_gives "SELECT string_agg(concat(id, ': ', price, ' ', cents), ', ' ORDER BY id) FROM \"Item\" WHERE id IN (1, 2, 3, 4, 101, 102)" \
    '1: 2.50 250, 2: 9.99 999, 3:  1000000000000000, 4: 0.00 0, 101: 7.25 725, 102: 12.34 1234'
expect 0 bellows migrate deploy --contract --url "$live"
expect 0 bellows check --strict --url "$live"
drop_database "${database}_live"

case_begin "checks behind the gate: until then the old program is asked what it was asked before"
items '  qty  BigInt' '  name2 String @default("")'
expect 0 bellows migrate dev --name init --url "$url"
migration 20270101000000_checks << 'END'
ALTER TABLE "Item" ADD CONSTRAINT few CHECK (qty < 3000000000 AND name2 <> 'qty');
END
expect 0 bellows migrate dev --url "$url"
live=$(database_url "${database}_live")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"Item\" SELECT g, 'row', g FROM generate_series(1, 50) AS g" > /dev/null
items '  qty  Int' '  name2 String @default("")'
expect 0 bellows migrate dev --name change --accept-data-loss --url "$url"
planned
before=$(checks "$live")
expect 0 bellows migrate deploy --url "$live"
out=$(write qty 2900000000)
[ -z "$out" ] || fail "the old program is refused"
out=$(write qty 3000000000)
says 'violates check constraint "few"'
[ -z "$(write qty 7)" ] || fail "the old program is refused"
expect 0 bellows migrate deploy --contract --url "$live"
out=$(diff <(printf '%s\n' "$before" | sed "s/'3000000000'::bigint/'3000000000'::bigint/") <(checks "$live")) || fail "the checks are not as they were"
drop_database "${database}_live"

case_begin "a check that nobody has told the plan of stands in the way before anything is changed; what goes over does not"
items '  qty  Int @default(1)'
expect 0 bellows migrate dev --name init --url "$url"
migration 20270101000000_checks << 'END'
ALTER TABLE "Item" ADD CONSTRAINT few CHECK (qty < 1000);
END
expect 0 bellows migrate dev --url "$url"
production
items '  qty  BigInt @default(1)'
expect 0 bellows migrate dev --name change --url "$url"
psql_ "$live" -c 'ALTER TABLE "Item" ADD CONSTRAINT odd CHECK (qty > -7)'
expect 3 bellows migrate deploy --dry-run --url "$live"
says E0542 # what it would refuse, a dry run tells
expect 3 bellows migrate deploy --url "$live"
says E0542
says 'constraint odd on table public."Item"'
says_not 'constraint few'
url=$live query_gives "SELECT count(*) FROM pg_attribute WHERE attname = 'qty__bellows'" 0
psql_ "$live" -c 'ALTER TABLE "Item" DROP CONSTRAINT odd'
# One that comes while the plan is under way is not lost without a word either.
last=$(echo prisma/migrations/*_change*_tighten | tr ' ' '\n' | tail -1)/migration.sql
for script in prisma/migrations/*_change*/migration.sql; do
    [ "$script" = "$last" ] && psql_ "$live" -c 'ALTER TABLE "Item" ADD CONSTRAINT odd CHECK (qty > -7)'
    [ "$script" = "$last" ] && { expect 3 psql -X -q -v ON_ERROR_STOP=1 -1 "$live" -f "$script"; says 'constraint odd on table public."Item"'; break; }
    expect 0 psql -X -q -v ON_ERROR_STOP=1 "$live" -f "$script"
done
drop_database "${database}_live"

case_begin "undone before the gate: the checks are those of before"
items '  qty  BigInt'
expect 0 bellows migrate dev --name init --url "$url"
migration 20270101000000_checks << 'END'
ALTER TABLE "Item" ADD CONSTRAINT few CHECK (qty < 1000);
END
expect 0 bellows migrate dev --url "$url"
before=$(checks "$url")
items '  qty  Int'
expect 0 bellows migrate dev --name change --accept-data-loss --url "$url"
expect 0 bellows migrate undo --accept-data-loss --url "$url"
out=$(diff <(printf '%s\n' "$before") <(checks "$url")) || fail "the checks are not as they were"
query_gives "SELECT pg_typeof(NULL::\"Item\") IS NOT NULL, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = '\"Item\"'::regclass AND attname = 'qty'" 't|bigint'

case_begin "two columns of one check at once, one under another name"
items '  qty Int' '  size Int @default(5)'
expect 0 bellows migrate dev --name init --url "$url"
migration 20270101000000_checks << 'END'
ALTER TABLE "Item" ADD CONSTRAINT few CHECK (qty < size * 2 AND length(qty::text) < 9 AND ("Item".qty)::text <> 'text');
END
expect 0 bellows migrate dev --url "$url"
items '  /// @renamedFrom(qty)' '  amount BigInt' '  size BigInt @default(5)'
expect 0 bellows migrate dev --name change --url "$url"
query_gives "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'few'" \
    "CHECK (((amount < (size * 2)) AND (length((amount)::text) < 9) AND ((amount)::text <> 'text'::text)))"
expect 0 bellows migrate dev --name nothing --url "$url"
says 'Already in sync'

case_begin "indexes made by hand whose predicates read the column, one of them unique: upserts go on"
items '  qty  Int @default(1)'
expect 0 bellows migrate dev --name init --url "$url"
migration 20270101000000_indexes << 'END'
CREATE INDEX few ON "Item" (name) WHERE qty > 5 AND id < qty;
CREATE UNIQUE INDEX "On e" ON "Item" (name) INCLUDE (qty) WHERE qty <> 1;
END
expect 0 bellows migrate dev --url "$url"
production
indexes() { psql_ "$1" -c "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = '\"Item\"'::regclass ORDER BY 1"; }
before=$(indexes "$live")
items '  qty  BigInt @default(1)'
expect 0 bellows migrate dev --name change --url "$url"
planned
rm -f writer.end writer.failed
for _ in 1 2; do
    while [ ! -e writer.end ]; do
        psql_ "$live" -c "INSERT INTO \"Item\" VALUES (1000 + (random() * 20)::int, 'w' || (random() * 3)::int, 2)
            ON CONFLICT (name) WHERE qty <> 1 DO UPDATE SET qty = excluded.qty" 2>&1 | grep -v 'Item_pkey\|Key (id)' >> writer.failed
    done &
done
expect 0 bellows migrate deploy --url "$live"
touch writer.end
wait
[ ! -s writer.failed ] || { out=$(cat writer.failed) fail "an upsert failed"; }
out=$(diff <(printf '%s\n' "$before") <(indexes "$live" | sed 's/ (id < qty)/ (id < qty)/')) || fail "the indexes are not as they were"
expect 0 bellows migrate dev --name nothing --url "$url"
says 'Already in sync'
drop_database "${database}_live"

case_begin "an identity: its sequence is where it was, with its settings, rights and name"
numbered() { # TYPE
    schema << END
datasource db {
  provider = "postgresql"
}

model Item {
  id   $1 @id @default(autoincrement())
  name String
  nr   $1 @default(autoincrement())
}
END
}
mkdir -p prisma/migrations
printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
migration 20270101000000_init << 'END'
CREATE TABLE "Item" (
    id integer GENERATED BY DEFAULT AS IDENTITY,
    name text NOT NULL,
    nr integer NOT NULL GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "Odd nr" START WITH 50 INCREMENT BY 5 MAXVALUE 900 CYCLE),
    CONSTRAINT "Item_pkey" PRIMARY KEY (id)
);
END
numbered Int
expect 0 bellows migrate dev --url "$url"
live=$(database_url "${database}_live")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c "INSERT INTO \"Item\" (name) SELECT 'row' FROM generate_series(1, 10)" -c 'DELETE FROM "Item" WHERE id > 7' \
    -c 'GRANT SELECT ON SEQUENCE "Odd nr" TO PUBLIC' -c "COMMENT ON SEQUENCE \"Odd nr\" IS 'its own'"
numbers() {
    psql_ "$1" -c "SELECT seqrelid::regclass, seqstart, seqincrement, seqmin, seqmax, seqcycle, relacl, relowner::regrole,
            obj_description(seqrelid, 'pg_class'), attname, attidentity, format_type(seqtypid, NULL) FROM pg_sequence
        JOIN pg_class AS c ON c.oid = seqrelid JOIN pg_depend ON objid = seqrelid AND deptype = 'i'
        JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
}
before=$(numbers "$live")
numbered BigInt
expect 0 bellows migrate dev --name change --url "$url"
planned
psql_ "$live" -c "CREATE TABLE log (nr int DEFAULT nextval('\"Odd nr\"'))"
expect 3 bellows migrate deploy --url "$live"
says 'default value for column nr of table public.log'
psql_ "$live" -c 'DROP TABLE log'
expect 0 bellows migrate deploy --url "$live"
out=$(diff <(printf '%s\n' "$before" | sed 's/integer/bigint/; s/|2147483647|/|9223372036854775807|/') <(numbers "$live")) || fail "it counts otherwise"
url=$live query_gives "INSERT INTO \"Item\" (name) VALUES ('new') RETURNING id, nr, pg_typeof(id), pg_typeof(nr)" '11|100|bigint|bigint'
expect 0 bellows migrate dev --name nothing --url "$url"
says 'Already in sync'
numbered Int
expect 0 bellows migrate dev --name back --accept-data-loss --url "$url"
query_gives "SELECT string_agg(concat(attname, attidentity, format_type(atttypid, NULL)), ' ' ORDER BY attname) FROM pg_attribute
    WHERE attrelid = '\"Item\"'::regclass AND attidentity <> ''" 'iddinteger nrainteger'
drop_database "${database}_live"

case_begin "what is set for the column: storage, compression, statistics, options, rights"
items '  text String' '  doc  Json?' '  same String @default("")'
expect 0 bellows migrate dev --name init --url "$url"
live=$(database_url "${database}_live")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live" -c 'CREATE ROLE carried_reader'
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c 'ALTER TABLE "Item" ALTER text SET STORAGE EXTERNAL, ALTER doc SET STORAGE MAIN' \
    -c 'ALTER TABLE "Item" ALTER text SET STATISTICS 77, ALTER text SET (n_distinct = -0.5, n_distinct_inherited = 3)' \
    -c 'GRANT SELECT (text), UPDATE (doc) ON "Item" TO carried_reader'
[ "$(psql_ "$live" -c 'SHOW server_version_num')" -lt 140000 ] || psql_ "$live" -c 'ALTER TABLE "Item" ALTER doc SET COMPRESSION pglz'
settings() {
    psql_ "$1" -c "SELECT attname, attstorage, to_jsonb(a) ->> 'attcompression', attstattarget, attoptions, attacl FROM pg_attribute AS a
        WHERE attrelid = '\"Item\"'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1"
}
before=$(settings "$live")
items '  text String @db.VarChar(60)' '  doc  Json? @db.Json' '  same String @default("")'
expect 0 bellows migrate dev --name change --accept-data-loss --url "$url"
planned
expect 0 bellows migrate deploy --url "$live"
expect 0 bellows migrate deploy --contract --url "$live"
out=$(diff <(printf '%s\n' "$before") <(settings "$live")) || fail "not as it was set"
drop_database "${database}_live"
psql_ "$BELLOWS_TEST_URL" -c 'DROP ROLE carried_reader'

case_begin "partitions: what rests on one alone, or on all of them, is named before anything is changed"
parts() { # TYPE, lines of Other
    schema << END
datasource db {
  provider = "postgresql"
}

model Item {
  id  Int @id
  qty $1
}

model Other {
  id   Int    @id
  name String
${2:-}
}
END
}
mkdir -p prisma/migrations
printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
migration 20270101000000_init << 'END'
CREATE TABLE "Item" (id integer NOT NULL, qty integer NOT NULL, CONSTRAINT "Item_pkey" PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE item_1 PARTITION OF "Item" FOR VALUES FROM (0) TO (1000) PARTITION BY RANGE (id);
CREATE TABLE item_2 PARTITION OF item_1 FOR VALUES FROM (0) TO (100);
CREATE TABLE "Other" (id integer NOT NULL, name text NOT NULL, CONSTRAINT "Other_pkey" PRIMARY KEY (id));
CREATE VIEW known AS SELECT id, qty FROM "Item" WHERE qty > 0;
END
parts Int
expect 0 bellows migrate dev --url "$url"
live=$(database_url "${database}_live")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live"
expect 0 bellows migrate deploy --url "$live"
psql_ "$live" -c 'INSERT INTO "Item" SELECT g, g FROM generate_series(1, 50) AS g' -c "INSERT INTO \"Other\" VALUES (1, 'one')"
parts BigInt '  /// @backfill(name)
  more String'
expect 0 bellows migrate dev --name change --accept-data-loss --allow-hazard object-in-the-way --url "$url"
psql_ "$live" -c 'CREATE VIEW of_one AS SELECT qty FROM item_2'
expect 3 bellows migrate deploy --url "$live"
says E0542
says 'of_one'
says_not 'known'
url=$live query_gives "SELECT count(*) FROM _prisma_migrations; SELECT count(*) FROM pg_attribute WHERE attname = 'more'" $'1\n0'
psql_ "$live" -c 'DROP VIEW of_one'
expect 0 bellows migrate deploy --url "$live"
expect 0 bellows migrate deploy --contract --url "$live"
url=$live query_gives "SELECT DISTINCT format_type(atttypid, NULL) FROM pg_attribute WHERE attname = 'qty'; SELECT count(*) FROM known" $'bigint\n50'
drop_database "${database}_live"

finish
