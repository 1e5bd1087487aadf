#!/usr/bin/env bash
# The commands over a whole life of a project: dev, deploy, status, check, resolve, reset, push, diff.
# After every migrate and push the plan must be empty.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

plan_is_empty() {
    expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma --exit-code
    expect 0 bellows migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code
}

case_begin "dev creates, applies, records, and has nothing left to do"
user_schema '  name String'
expect 0 bellows migrate dev --name init --url "$url"
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL" 1
query_gives "SELECT applied_steps_count FROM _prisma_migrations" 1
[ -f prisma/migrations/migration_lock.toml ] || fail "no lock file"
compgen -G "prisma/migrations/*_init/migration.sql" >/dev/null || fail "no script"
compgen -G "prisma/migrations/*_init/schema.snapshot" >/dev/null || fail "no snapshot"
plan_is_empty
expect 0 bellows migrate dev --url "$url"
says "in sync"
expect 0 bellows migrate status --url "$url"
says "up to date"
expect 0 bellows check --url "$url"

case_begin "dev --create-only writes and does not apply; dev applies it then"
user_schema
expect 0 bellows migrate dev --name init --create-only --url "$url"
query_gives "SELECT to_regclass('\"User\"') IS NULL" t
expect 1 bellows migrate status --url "$url"
says "_init"
expect 2 bellows check --url "$url"
says "pending"
expect 0 bellows migrate dev --url "$url"
query_gives "SELECT to_regclass('\"User\"') IS NOT NULL" t
plan_is_empty

case_begin "a required field on a table with rows comes in phases and keeps the rows"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email) SELECT 'u' || n FROM generate_series(1, 20000) n"
user_schema '  /// @backfill(10)' '  refillAt Int'
expect 0 bellows migrate dev --name refill --url "$url"
query_gives 'SELECT count(*), min("refillAt") FROM "User"' "20000|10"
ls -d prisma/migrations/*_refill_at_1_expand > /dev/null 2>&1 || ls -d prisma/migrations/*refill*1_expand > /dev/null || fail "no expand script"
plan_is_empty
expect 0 bellows check --url "$url"

case_begin "deploy holds the contract of a rename; both names work meanwhile"
user_schema '  name String'
expect 0 bellows migrate dev --name init --url "$url"
production=$(database_url "${database}_prod")
expect 0 bellows migrate deploy --url "$production"
psql_ "$production" -c "INSERT INTO \"User\" (email, name) VALUES ('a', 'Ana')"
user_schema '  /// @renamedFrom(name)' '  fullName String'
expect 0 bellows migrate dev --name rename --url "$url"
query_gives "SELECT count(*) FROM information_schema.columns WHERE table_name = 'User' AND column_name = 'fullName'" 1
plan_is_empty
expect 0 bellows migrate deploy --url "$production"
says "--contract"
url=$production
query_gives 'SELECT name, "fullName" FROM "User"' "Ana|Ana"
psql_ "$production" -c "INSERT INTO \"User\" (email, name) VALUES ('b', 'Ben')"
psql_ "$production" -c "INSERT INTO \"User\" (email, \"fullName\") VALUES ('c', 'Cyd')"
expect 0 bellows migrate deploy --contract --url "$production"
says 'A program from before rename must not be started any more.'
says_not 'may start'
query_gives 'SELECT string_agg("fullName", $$,$$ ORDER BY email) FROM "User"' "Ana,Ben,Cyd"
plan_is_empty
drop_database "${database}_prod"

# Release 1 dropped a field, release 2 wants another: both wait, on one table, and each passes alone.
two_plans_at_their_gates() {
    user_schema '  name String' '  code String'
    expect 0 bellows migrate dev --name init --url "$url"
    expect 0 bellows migrate deploy --url "$production"
    user_schema '  code String'
    expect 0 bellows migrate dev --name one --url "$url"
    user_schema '  code String' '  /// @backfill(7)' '  level Int'
    expect 0 bellows migrate dev --name two --url "$url"
    expect 0 bellows migrate deploy --url "$production"
    says "--contract one"
    says "--contract two"
}

columns_are() { url=$production query_gives "SELECT string_agg(attname || atthasdef, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '\"User\"'::regclass AND attnum > 2 AND NOT attisdropped" "$1"; }

for order in "one two" "two one"; do
    case_begin "two plans wait on one table; contract runs for $order"
    production=$(database_url "${database}_prod")
    two_plans_at_their_gates
    psql_ "$production" -c "INSERT INTO \"User\" (email, name, code) VALUES ('a', 'n', 'c')" \
        -c "INSERT INTO \"User\" (email, code, level) VALUES ('b', 'c', 1)"
    expect 0 bellows migrate status --url "$production"
    expect 1 bellows migrate status --strict --url "$production"
    says "Waiting at their gates:"
    says "one, for "
    expect 3 bellows migrate deploy --contract --url "$production"
    says E0537
    expect 3 bellows migrate deploy --contract three --url "$production"
    says E0538
    columns_are "namefalse codefalse leveltrue"
    expect 0 bellows migrate deploy --contract "${order% *}" --url "$production"
    says "A program from before ${order% *} must not be started any more."
    says_not 'may start'
    columns_are "$([ "${order% *}" = one ] && echo "codefalse leveltrue" || echo "namefalse codefalse levelfalse")"
    expect 0 bellows migrate deploy --contract "${order% *}" --url "$production"
    directory=$(basename prisma/migrations/*_"${order#* }"_*contract)
    expect 0 bellows migrate deploy --contract "prisma/migrations/$directory/" --url "$production"
    columns_are "codefalse levelfalse"
    expect 0 bellows migrate status --url "$production"
    url=$production plan_is_empty
    drop_database "${database}_prod"
done

case_begin "where only one of the programs understands a type or a name, deploy says that the new one must not start yet"
user_schema '  age Int?'
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  age String?'
expect 0 bellows migrate dev --create-only --name worded --url "$url"
says_not 'programs=apart'
out=$(cat prisma/migrations/*_worded*contract/migration.sql)
says 'programs=apart'
expect 0 bellows migrate deploy --url "$url"
says 'The new program must not start yet'
says_not 'may start'
expect 0 bellows migrate status --url "$url"
says 'and the new program only after that'
expect 0 bellows migrate deploy --json --url "$url"
says '"mayStart": false'
expect 0 bellows migrate deploy --contract --url "$url"
says 'The new program may start now.'
expect 0 bellows migrate deploy --json --url "$url"
says '"mayStart": true'

case_begin "a gate's end is told once, also where scripts of two plans alternate"
user_schema
printf 'provider = "postgresql"\n' | install -D /dev/stdin prisma/migrations/migration_lock.toml
alternating() { printf '%s\n' "$2" | install -D /dev/stdin "prisma/migrations/2025010$1/migration.sql"; }
alternating 1000000_init 'CREATE TABLE a (i int); CREATE TABLE b (i int); CREATE TABLE c (i int);'
expect 0 bellows migrate deploy --url "$url"
alternating 2000000_one_1_contract $'-- bellows: plan=aaaaaaaa script=1/2 phase=contract\nDROP TABLE a;'
alternating 3000000_two_1_contract $'-- bellows: plan=bbbbbbbb script=1/1 phase=contract\nDROP TABLE b;'
alternating 4000000_one_2_contract $'-- bellows: plan=aaaaaaaa script=2/2 phase=contract\nDROP TABLE c;'
expect 0 bellows migrate deploy --contract one --contract two --url "$url"
[ "$(grep 'must not be started' <<< "$out")" = 'A program from before one must not be started any more.
A program from before two must not be started any more.' ] || fail 'not each once'

case_begin "what an earlier gate still changes is named, with its plan, before anything is applied"
user_schema '  name String'
expect 0 bellows migrate dev --name init --url "$url"
production=$(database_url "${database}_prod")
expect 0 bellows migrate deploy --url "$production"
user_schema '  /// @renamedFrom(name)' '  title String'
expect 0 bellows migrate dev --name one --url "$url"
expect 0 bellows migrate deploy --url "$production"
user_schema '  title String' '  extra Int?'
expect 0 bellows migrate dev --name two --url "$url"
expect 3 bellows migrate deploy --url "$production"
says "--contract one"
expect 0 bellows migrate deploy --contract one --url "$production"
url=$production plan_is_empty
drop_database "${database}_prod"

case_begin "a column widens without the table being written anew, and its values stay"
production=$(database_url "${database}_prod")
user_schema '  qty Int' '  at DateTime' '  @@index([qty])'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$production"
psql_ "$production" -c "ALTER DATABASE ${database}_prod SET timezone TO 'Europe/Berlin'" \
    -c "INSERT INTO \"User\" (email, qty, at) SELECT 'u' || n, n, '2026-07-01 12:00:00' FROM generate_series(1, 3000) n" \
    -c 'CREATE SCHEMA side; CREATE FUNCTION side.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email := NEW.email || NEW.qty; RETURN NEW; END $$' \
    -c 'CREATE TRIGGER see BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION side.see()'
file=$(psql_ "$production" -c "SELECT pg_relation_filenode('\"User\"')")
user_schema '  qty BigInt' '  at DateTime @db.Timestamptz(3)' '  n Int @default(autoincrement())' '  @@index([qty])'
expect 0 bellows migrate dev --name wide --url "$url"
says "taken for UTC"
expect 0 bellows migrate deploy --url "$production"
says "warning[E0540]"
says_not "Waiting"
url=$production
query_gives "SELECT pg_relation_filenode('\"User\"')" "$file"
query_gives "SELECT count(*), sum(qty), count(DISTINCT n) FROM \"User\" WHERE at AT TIME ZONE 'UTC' = '2026-07-01 12:00:00'" "3000|4501500|3000"
query_gives "INSERT INTO \"User\" (email, qty, at) VALUES ('v', 3000000000, now()) RETURNING email, n" "v3000000000|3001"
plan_is_empty
drop_database "${database}_prod"

case_begin "who writes a table that is not his draws its new numbers, before the gate and behind it"
production=$(database_url "${database}_prod")
item() { printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel Item {\n  id Int @id%s\n  name String\n%s}\n' "$1" "$2" | schema; }
item '' ''
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$production"
psql_ "$production" -c 'DROP ROLE IF EXISTS writer; CREATE ROLE writer; GRANT SELECT, INSERT ON "Item" TO writer' \
    -c 'DROP ROLE IF EXISTS its_owner; CREATE ROLE its_owner; GRANT ALL ON SCHEMA public TO its_owner; ALTER TABLE "Item" OWNER TO its_owner'
item ' @default(autoincrement())' $'  other Int @default(autoincrement())\n'
expect 0 bellows migrate dev --name numbers --url "$url"
expect 0 bellows migrate deploy --url "$production"
url=$production
query_gives "SET ROLE writer; INSERT INTO \"Item\" (id, name) VALUES (1, 'old'); INSERT INTO \"Item\" (name) VALUES ('new') RETURNING id, other" "2|2"
expect 0 bellows migrate deploy --contract --url "$url"
query_gives "SET ROLE writer; INSERT INTO \"Item\" (name) VALUES ('new') RETURNING id, other" "3|3"
query_gives "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relkind = 'S'" its_owner
psql_ "$url" -c 'DROP OWNED BY writer, its_owner' -c 'DROP ROLE writer, its_owner'
drop_database "${database}_prod"

case_begin "a column that changes its type takes along what stands over it, made by hand or not"
indexes() { psql_ "$url" -c "SELECT pg_get_indexdef(indexrelid), (SELECT conname FROM pg_constraint WHERE conindid = indexrelid) FROM pg_index WHERE indrelid = '\"User\"'::regclass ORDER BY 1"; }
user_schema '  qty Int @unique' '  note String' '  gone DateTime?' '  @@index([note])'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate dev --name by_hand --create-only --url "$url"
cat > "$(ls -d prisma/migrations/*_by_hand)/migration.sql" << 'END'
DROP INDEX "User_qty_key", "User_note_idx";
ALTER TABLE "User" ADD CONSTRAINT "User_qty_key" UNIQUE (qty);
CREATE INDEX "User_note_idx" ON "User"(note varchar_pattern_ops DESC);
CREATE UNIQUE INDEX live ON "User"(qty, note) WHERE gone IS NULL;
CREATE INDEX also_live ON "User"(qty) INCLUDE (note) WHERE gone IS NULL;
END
expect 0 bellows migrate dev --url "$url"
before=$(indexes)
user_schema '  qty BigInt @unique' '  note String @db.VarChar(30)' '  gone DateTime?' '  @@index([note])' '  @@index([qty, gone])'
expect 0 bellows migrate dev --name change --accept-data-loss --url "$url"
says_not rewrite-under-lock
query_gives "SELECT count(*) FROM information_schema.columns WHERE table_name = 'User' AND data_type IN ('bigint', 'character varying')" 2
psql_ "$url" -c 'DROP INDEX "User_qty_gone_idx"'
[ "$(indexes)" = "$before" ] || { out=$(diff <(printf '%s\n' "$before") <(indexes)); fail "other indexes than before"; }

case_begin "a text that becomes an enum keeps its values, or the script fails"
production=$(database_url "${database}_prod")
user_schema '  role String @default("USER")' '  @@index([role])'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$production"
psql_ "$production" -c "INSERT INTO \"User\" (email, role) VALUES ('a', 'ADMIN'), ('b', 'USER'), ('c', 'other')"
user_schema '  role Role @default(USER)' '  @@index([role])'
printf 'enum Role {\n  USER\n  ADMIN\n}\n' >> prisma/schema.prisma
expect 0 bellows migrate dev --name enum --url "$url"
expect 1 bellows migrate deploy --contract --url "$production"
says 'rows that violate it, such as: (3,c,other,'
url=$production
query_gives 'SELECT string_agg(role, $$,$$ ORDER BY email) FROM "User"' "ADMIN,USER,other"
psql_ "$production" -c "UPDATE \"User\" SET role = 'USER' WHERE role = 'other'"
expect 0 bellows migrate deploy --contract --url "$production"
query_gives 'SELECT string_agg(role::text, $$,$$ ORDER BY email) FROM "User"' "ADMIN,USER,USER"
plan_is_empty
drop_database "${database}_prod"

roles() { printf 'enum Role {\n%s}\n' "$(printf '  %s\n' "$@")"$'\n' >> prisma/schema.prisma; }
case_begin "an enum value goes: mapped before the gate where it is said what it becomes, else no row may have it behind it"
production=$(database_url "${database}_prod")
user_schema '  role Role @default(USER)' '  past Role[]' '  @@index([role])'
roles USER ADMIN OWNER
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate deploy --url "$production"
psql_ "$production" -c "INSERT INTO \"User\" (email, role, past) VALUES ('a', 'OWNER', '{USER}'), ('b', 'USER', '{OWNER,ADMIN}')"
user_schema "  /// @backfill(CASE WHEN role = 'OWNER' THEN 'ADMIN' ELSE role END)" '  role Role @default(USER)' '  past Role[]' '  @@index([role])'
roles USER ADMIN
expect 0 bellows migrate dev --name gone --url "$url"
expect 0 bellows migrate deploy --url "$production"
says '--contract'
url_=$url url=$production
query_gives 'SELECT role FROM "User" WHERE email = $$a$$' ADMIN
query_gives "INSERT INTO \"User\" (email, role) VALUES ('c', CAST('OWNER' AS \"Role\")) RETURNING role" ADMIN
query_gives "UPDATE \"User\" SET role = 'OWNER' WHERE email = 'b' RETURNING role" ADMIN
expect 1 bellows migrate deploy --contract --url "$production"
says 'rows that violate it, such as: (2,b,'
query_gives "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0" 0
query_gives "UPDATE \"User\" SET past = '{ADMIN}' WHERE email = 'b' RETURNING past" '{ADMIN}'
before=$(psql_ "$production" -c "SELECT relfilenode FROM pg_class WHERE relname = 'User'")
expect 0 bellows migrate deploy --contract --url "$production"
query_gives "SELECT relfilenode FROM pg_class WHERE relname = 'User'" "$before" # nothing was written anew
query_gives 'SELECT string_agg(email || role || coalesce(past::text, $$-$$), $$ $$ ORDER BY email) FROM "User"' 'aADMIN{USER} bADMIN{ADMIN} cADMIN-'
query_gives "SELECT string_agg(typname, ' ' ORDER BY typname) FROM pg_type WHERE typtype = 'e'" Role
query_gives "INSERT INTO \"User\" (email) VALUES ('d') RETURNING role" USER
query_gives 'SELECT count(*) FROM "User" WHERE role = CAST($$ADMIN$$ AS "Role")' 3
plan_is_empty
expect 0 bellows check --url "$production"
says_not shadow
url=$url_
drop_database "${database}_prod"

case_begin "a required field that nothing fills is not begun on a table with rows"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email) VALUES ('a'), ('b')"
user_schema '  age Int'
expect 1 bellows migrate dev --name age --url "$url"
says 'E0619'
says 'nothing says what its 2 rows get'
[ "$(find prisma/migrations -name migration.sql | wc -l)" = 1 ] || fail 'something was written'
expect 0 bellows migrate dev --name age --create-only --url "$url"

case_begin "what stands in a change's way is no matter of rows, and the help says what is"
user_schema '  age Int?'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate dev --name by_hand --create-only --url "$url"
echo 'CREATE MATERIALIZED VIEW ages AS SELECT age FROM "User";' > "$(ls -d prisma/migrations/*_by_hand)/migration.sql"
expect 0 bellows migrate dev --url "$url"
user_schema '  age BigInt?'
expect 1 bellows migrate dev --name wide --url "$url"
says 'E0619'
says 'materialized view `ages`'
says 'make it again behind it, in one migration'
expect 0 bellows migrate dev --name wide --create-only --url "$url"

case_begin "a backfill along keys of other types meets each row once"
user_schema
psql_ "$url" > /dev/null << 'S'
CREATE DOMAIN domained AS text;
CREATE DOMAIN folded AS domained;
CREATE TABLE a (id domained PRIMARY KEY, v int DEFAULT 0, w int);
CREATE TABLE b (id folded PRIMARY KEY, v int DEFAULT 0, w int);
INSERT INTO a (id) SELECT 'x' || i FROM generate_series(1, 1000) AS i;
INSERT INTO b (id) SELECT id FROM a;
S
mkdir -p prisma/migrations/20250101000000_base
echo 'SELECT 1;' > prisma/migrations/20250101000000_base/migration.sql
expect 0 bellows migrate resolve --no-verify --applied 20250101000000_base --url "$url"
for table in a b; do
    mkdir "prisma/migrations/20250102000000_$table"
    printf -- '-- bellows: backfill table="%s" key="id" batch=100\nUPDATE "%s" SET "v" = "v" + 1;\n-- bellows: backfill table="%s" key="id" batch=100\nUPDATE "%s" SET "w" = 1 WHERE "w" IS NULL;\n' \
        "$table" "$table" "$table" "$table" > "prisma/migrations/20250102000000_$table/migration.sql"
done
expect 0 bellows migrate deploy --url "$url"
query_gives 'SELECT v, w, count(*) FROM (SELECT v, w FROM a UNION ALL SELECT v, w FROM b) AS x GROUP BY v, w' '1|1|2000'

case_begin "a backfill counts the rows there are, not those its batches have room for"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email) SELECT 'e' || i FROM generate_series(1, 30000) AS i"
user_schema '  /// @backfill(length(email))' '  size Int'
expect 0 bellows migrate dev --name size --url "$url"
says '_backfill: 30000 rows'
query_gives 'SELECT count(*) FROM "User" WHERE size = length(email)' 30000

# audits BODY: a trigger on "User" runs the function side.audit(), which does BODY
audits() {
    psql_ "$1" -c "CREATE SCHEMA IF NOT EXISTS side; CREATE OR REPLACE FUNCTION side.audit() RETURNS trigger LANGUAGE plpgsql AS \$f\$ BEGIN $2 RETURN NEW; END \$f\$" \
        -c 'DROP TRIGGER IF EXISTS audit ON "User"; CREATE TRIGGER audit BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION side.audit()'
}

# parcel FIELD: a model of one column besides its key
parcel() { printf 'datasource db {\n  provider = "postgresql"\n}\nmodel Parcel {\n  id Int @id\n  %s\n}\n' "$1" | schema; }

# loses FROM TO SQL HAZARD: planned where no row is, and refused where one holds what would be lost
loses() {
    case_begin "what was planned without rows is not lost where there are some: $1 to $2"
    parcel "$1"
    expect 0 bellows migrate dev --name init --url "$url"
    parcel "$2"
    expect 0 bellows migrate dev --name less --create-only --url "$url"
    psql_ "$url" -c "$3"
    expect 0 bellows migrate deploy --url "$url"
    local before
    before=$(psql_ "$url" -c 'SELECT count(*) FROM _prisma_migrations')
    expect 3 bellows migrate deploy --dry-run --contract --url "$url"
    says E0544
    expect 3 bellows migrate deploy --contract --url "$url"
    says 'would be lost; nothing of it was applied'
    says "--allow-hazard $4"
    query_gives 'SELECT count(*) FROM _prisma_migrations' "$before"
    expect 3 bellows migrate deploy --contract --allow-hazard drop-table --url "$url"
    expect 0 bellows migrate deploy --contract --allow-hazard "$4" --url "$url"
    expect 0 bellows check --url "$url"
}
loses 'label Bytes?' 'label Int?' "INSERT INTO \"Parcel\" VALUES (1, 'x'), (2, NULL)" recreate-column
loses 'label Bytes? @map("a\"b")' 'label Int? @map("a\"b")' "INSERT INTO \"Parcel\" VALUES (1, 'x')" recreate-column
loses 'sizes Int[]' 'sizes Int?' "INSERT INTO \"Parcel\" VALUES (1, '{1,2}'), (2, '{3}')" list-shortened

case_begin "what one type can say in another is carried over"
carried() { parcel "$1"$'\n'"$2"$'\n'"$3"$'\n'"$4"$'\n'"$5"$'\n'"$6"; }
carried 'a Json' 'b Json?' 'c Int?' 'd DateTime?' 'e Boolean' 'f Float?'
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c $'INSERT INTO "Parcel" VALUES (1, \'5\', \'"6d0c1b1e-0000-4000-8000-000000000000"\', 7, \'2020-01-02 03:04:05\', true, 1), (2, \'-1\', NULL, NULL, NULL, false, NULL)'
carried 'a BigInt' 'b String? @db.Uuid' 'c Json?' 'd Json?' 'e Decimal @db.Decimal(3, 1)' 'f Boolean?'
expect 0 bellows migrate dev --name other --create-only --url "$url"
expect 0 bellows migrate deploy --url "$url"
psql_ "$url" -c $'INSERT INTO "Parcel" VALUES (3, \'8\', NULL, 9, NULL, true, 0)'
expect 0 bellows migrate deploy --contract --url "$url"
query_gives 'SELECT string_agg(concat_ws($$ $$, a, b, c, d, e, f), $$; $$ ORDER BY id) FROM "Parcel"' \
    '5 6d0c1b1e-0000-4000-8000-000000000000 7 "2020-01-02T03:04:05" 1.0 t; -1 0.0; 8 9 1.0 f'
expect 0 bellows check --url "$url"

case_begin "nothing is asked where nothing would be lost"
parcel 'label Bytes?'
expect 0 bellows migrate dev --name init --url "$url"
parcel 'label Int?'
expect 0 bellows migrate dev --name less --create-only --url "$url"
psql_ "$url" -c 'INSERT INTO "Parcel" VALUES (1, NULL)'
expect 0 bellows migrate deploy --contract --url "$url"

case_begin "code that names what goes is told before anything is changed"
user_schema '  name String?' '  code String?'
expect 0 bellows migrate dev --name init --url "$url"
audits "$url" 'NEW.code := NEW."name";'
user_schema '  code String?'
expect 3 bellows migrate dev --name drop --url "$url"
says 'trigger `audit` on `User` runs function `side.audit()`, which names `User.name`, which is dropped'
says E0539
[ "$(ls -d prisma/migrations/*drop* 2> /dev/null)" = "" ] || fail "a migration was written"
for body in "NULL; /* NEW.name */" "NEW.names := 1;" "-- NEW.name"$'\n'; do
    audits "$url" "$body"
    expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma
    expect 0 bellows migrate dev --create-only --name drop --url "$url"
    says_not E05
    rm -r prisma/migrations/*drop*
done
audits "$url" 'NEW.code := to_jsonb(NEW) ->> $$name$$;'
expect 0 bellows migrate dev --create-only --name drop --url "$url"
says "warning[E0540]"
audits "$url" 'NEW.code := NEW.NAME;'
expect 3 bellows migrate deploy --contract --url "$url"
query_gives "SELECT count(*) FROM _prisma_migrations" 1
script=$(echo prisma/migrations/*drop*/migration.sql)
printf '%s\n' 'CREATE SCHEMA IF NOT EXISTS side; CREATE OR REPLACE FUNCTION side.audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;' >> "$script"
expect 0 bellows migrate deploy --contract --url "$url"
query_gives "INSERT INTO \"User\" (email) VALUES ('a') RETURNING email" a
user_schema '  /// @renamedFrom(code)' '  sku String?'
audits "$url" "NEW.code := 'x';"
expect 3 bellows migrate dev --name rename --url "$url"
expect 0 bellows migrate dev --name rename --allow-hazard code-in-the-way --url "$url"
says "warning[E0540]"

case_begin "what rests on a column in a schema that is nobody's is told before anything is changed"
user_schema '  name String?' '  size Int?' '  code String?'
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c 'CREATE SCHEMA "else"' -c 'CREATE MATERIALIZED VIEW "else".report AS SELECT id, name, size FROM "User"' \
    -c 'CREATE FUNCTION "else".read(i int) RETURNS text LANGUAGE sql AS $$ SELECT name FROM "User" WHERE id = i $$' \
    -c 'CREATE TABLE "else".child (id int REFERENCES "User" (id), up int GENERATED ALWAYS AS (id + 1) STORED)'
user_schema '  size BigInt?' '  code String?'
expect 3 bellows migrate dev --name change --url "$url"
says 'error[E0542]: materialized view `"else".report` depends on `User.name`, which is dropped: the server would refuse that; nothing was changed'
says 'materialized view `"else".report` depends on `User.size`, which changes its type'
says_not child
[ "$(ls -d prisma/migrations/*change* 2> /dev/null)" = "" ] || fail "a migration was written"
user_schema '  name String?' '  size Int?'
expect 0 bellows migrate dev --name code --url "$url"
user_schema '  name String?' '  size BigInt?'
expect 0 bellows migrate dev --create-only --name wide --url "$url"
says 'warning[W0543]: materialized view `"else".report` depends on `User.size`'
expect 3 bellows migrate deploy --contract --url "$url"
says E0542
query_gives "SELECT count(*) FROM _prisma_migrations WHERE migration_name LIKE '%wide%'" 0
script=$(grep -l 'DROP COLUMN "size"' prisma/migrations/*wide*/migration.sql)
sed -i -e '1a DROP MATERIALIZED VIEW "else".report;' -e '$a CREATE MATERIALIZED VIEW "else".report AS SELECT id, size FROM "User";' "$script"
expect 0 bellows migrate deploy --contract --url "$url"
query_gives "SELECT pg_typeof(max(size)) FROM \"else\".report" bigint
printf 'datasource db {\n  provider = "postgresql"\n}\nmodel Other {\n  id Int @id\n}\n' > prisma/schema.prisma
expect 3 bellows db push --accept-data-loss --url "$url"
says 'view `"else".report` depends on `User`, which is dropped'
says 'foreign key `child_id_fkey on "else".child` depends on `User`, which is dropped'

case_begin "a changed @map is a rename, known from the snapshot"
user_schema '  name String @map("n1")'
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email, n1) VALUES ('a', 'Ana')"
user_schema '  name String @map("n2")'
expect 0 bellows migrate dev --name map --url "$url"
query_gives 'SELECT n2 FROM "User"' Ana
plan_is_empty

case_begin "on a terminal, what goes and what comes is asked about; no is respected"
user_schema '  name String'
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email, name) VALUES ('a', 'Ana')"
user_schema '  fullName String'
if command -v script > /dev/null; then
    out=$(printf 'n\nn\n' | env -u CI script -qec "'$bellows' migrate dev --name no --url '$url'" /dev/null 2>&1)
    says "renamed?"
    query_gives 'SELECT name FROM "User"' Ana
    out=$(printf 'y\nyes\n' | env -u CI script -qec "'$bellows' migrate dev --url '$url'" /dev/null 2>&1)
    says "in sync"
    query_gives 'SELECT "fullName" FROM "User"' Ana
    plan_is_empty
else
    skip "the question about renames" "no script(1)"
fi

# enum_schema LINE... - an account with a role, and the lines of its enum
enum_schema() {
    local enum=$1
    shift
    {
        printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel Account {\n  id   Int @id\n  role %s\n}\n\n' "${enum##* }"
        printf '%s\nenum %s {\n' "${hint-}" "${enum##* }"
        printf '%s\n' "$@" '}'
    } > prisma/schema.prisma
}

case_begin "enums and their values are renamed by hints, flags and a changed @map, online and direct"
enum_schema Role '  USER' '  ADMIN' '  GUEST' '  @@map("role")'
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"Account\" VALUES (1, 'USER'), (2, 'ADMIN'), (3, 'GUEST')"
enum_schema Role '  USER @map("user")' '  ADMIN' '  GUEST' '  @@map("roles")'
expect 0 bellows migrate dev --name map --url "$url"
grep -q "phase=contract" prisma/migrations/*_map/migration.sql || fail "the rename does not wait for the gate"
query_gives 'SELECT string_agg(role::text, $$,$$ ORDER BY id) FROM "Account"' user,ADMIN,GUEST
plan_is_empty
hint='/// @renamedFrom(roles)' enum_schema Level '  USER @map("user")' '  /// @renamedFrom(ADMIN)' '  OWNER' '  GUEST'
expect 0 bellows migrate dev --name hint --url "$url"
query_gives 'SELECT string_agg(role::text, $$,$$ ORDER BY id) FROM "Account"' user,OWNER,GUEST
plan_is_empty
enum_schema Rank '  USER @map("user")' '  BOSS' '  VISITOR'
expect 0 bellows migrate dev --name flag --direct --url "$url" --rename Level=Rank --rename Level.OWNER=BOSS \
    --rename Rank.GUEST=VISITOR
query_gives 'SELECT string_agg(role::text, $$,$$ ORDER BY id) FROM "Account"' user,BOSS,VISITOR
plan_is_empty
expect 3 bellows migrate dev --name none --url "$url" --rename Rank.NOBODY=BOSS
says E0302

case_begin "an enum's rename is asked about on a terminal, and so is a value's"
if command -v script > /dev/null; then
    enum_schema Role '  USER' '  ADMIN'
    expect 0 bellows migrate dev --name init --url "$url"
    psql_ "$url" -c "INSERT INTO \"Account\" VALUES (1, 'USER')"
    enum_schema Kind '  USER' '  ADMIN'
    out=$(printf 'y\n' | env -u CI script -qec "'$bellows' migrate dev --name type --url '$url'" /dev/null 2>&1)
    says "renamed?"
    enum_schema Kind '  PERSON' '  ADMIN'
    out=$(printf 'y\n' | env -u CI script -qec "'$bellows' migrate dev --name value --url '$url'" /dev/null 2>&1)
    says "renamed?"
    query_gives 'SELECT role FROM "Account"' PERSON
    plan_is_empty
else
    skip "the question about enums" "no script(1)"
fi

case_begin "of notes of one kind the first five are said, and how many more"
user_schema '  a String? @db.VarChar(9)' '  b String? @db.VarChar(9)' '  c String? @db.VarChar(9)' '  d String? @db.VarChar(9)' \
    '  e String? @db.VarChar(9)' '  f String? @db.VarChar(9)' '  g String? @db.VarChar(9)'
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  a String?' '  b String?' '  c String?' '  d String?' '  e String?' '  f String?' '  g String?'
expect 0 bellows migrate dev --name wide --url "$url"
says "\`User.e\`: prepared statements of open connections fail after the change of type"
says_not "\`User.f\`: prepared"
says "prepared statements of open connections fail after the change of type: 2 more"

case_begin "losing data needs consent: refused without a terminal, done with the flag"
user_schema '  name String'
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email, name) VALUES ('a', 'Ana')"
user_schema
expect 3 bellows migrate dev --name drop --url "$url"
says "--accept-data-loss"
query_gives 'SELECT name FROM "User"' Ana
expect 0 bellows migrate dev --name drop --accept-data-loss --url "$url"
query_gives "SELECT count(*) FROM information_schema.columns WHERE table_name = 'User'" 2
plan_is_empty

case_begin "drift is told and never answered with a reset; what is missing is added"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email) VALUES ('a')" -c 'ALTER TABLE "User" ADD COLUMN by_hand text'
expect 2 bellows check --url "$url"
says "by_hand"
expect 0 bellows migrate dev --url "$url"
says "by_hand"
expect 0 bellows migrate dev --name later --create-only --url "$url"
expect 0 bellows migrate dev --json --url "$url"
says '"drift": "'
says "by_hand"
query_gives 'SELECT email FROM "User"' a
user_schema '  by_hand String?' '  more Int?'
expect 0 bellows migrate dev --name catch_up --url "$url"
query_gives "SELECT count(*) FROM information_schema.columns WHERE table_name = 'User'" 4
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL" 3
plan_is_empty
expect 0 bellows check --url "$url"

case_begin "a B-tree's operator class chosen by hand stays, is seen when it changes, and is replaced when the schema names one"
user_schema '  name String' '  @@index([name])'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate dev --name by_hand --create-only --url "$url"
cat > "$(ls -d prisma/migrations/*_by_hand)/migration.sql" << 'END'
DROP INDEX "User_name_idx";
CREATE INDEX "User_name_idx" ON "User"("name" text_pattern_ops);
END
expect 0 bellows migrate dev --url "$url"
expect 0 bellows migrate dev --url "$url"
plan_is_empty
expect 0 bellows check --url "$url"
user_schema '  name String' '  @@index([name(ops: raw("text_pattern_ops"))])'
plan_is_empty
psql_ "$url" -c 'DROP INDEX "User_name_idx"; CREATE INDEX "User_name_idx" ON "User"("name")'
expect 2 bellows check --url "$url"
user_schema '  name String' '  @@index([name(ops: raw("varchar_pattern_ops"))])'
expect 0 bellows migrate dev --name class --url "$url"
query_gives "SELECT indexdef LIKE '%varchar_pattern_ops%' FROM pg_indexes WHERE indexname = 'User_name_idx'" t
plan_is_empty
user_schema '  name Int' '  @@index([name])'
expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma --script
says 'DROP COLUMN "name"'
says_not 'DROP INDEX'
expect 0 bellows migrate dev --name number --accept-data-loss --url "$url"
plan_is_empty

case_begin "what the language cannot say lives in migrations: no drift, never dropped, seen when it changes"
user_schema '  age Int?'
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows migrate dev --name by_hand --create-only --url "$url"
cat > "$(ls -d prisma/migrations/*_by_hand)/migration.sql" << 'END'
ALTER TABLE "User" ADD CONSTRAINT adult CHECK (age >= 18);
CREATE VIEW adults AS SELECT id FROM "User";
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';
CREATE STATISTICS together ON id, age FROM "User";
COMMENT ON COLUMN "User".age IS 'in years';
GRANT SELECT ON "User" TO PUBLIC;
END
expect 0 bellows migrate dev --url "$url"
expect 0 bellows migrate dev --url "$url"
says_not drift
expect 0 bellows check --url "$url"
user_schema '  age Int?' '  more Int?'
expect 0 bellows migrate dev --name more --url "$url"
query_gives "SELECT count(*) FROM pg_constraint WHERE conname = 'adult'" 1
plan_is_empty
psql_ "$url" -c 'GRANT INSERT ON "User" TO PUBLIC'
expect 0 bellows check --url "$url" # rights beyond the migrations' are the operator's
says 'Added privilege `INSERT to PUBLIC`'
echo '{"drift": {"ignoreKinds": ["privilege beyond"]}}' > bellows.json
expect 0 bellows check --url "$url"
says_not INSERT
rm bellows.json
psql_ "$url" -c 'REVOKE ALL ON "User" FROM PUBLIC' -c 'DROP STATISTICS together' -c "COMMENT ON COLUMN \"User\".age IS 'in months'" \
    -c 'ALTER TABLE "User" DROP CONSTRAINT adult' -c "CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 3 * n'"
expect 2 bellows check --url "$url"
says adult
says twice
says 'statistics object `together`'
says 'comment `age`'
says 'privilege `SELECT to PUBLIC`'
psql_ "$url" -c 'REVOKE EXECUTE ON FUNCTION twice FROM PUBLIC'
expect 2 bellows check --url "$url"
says 'Removed privilege `EXECUTE on function public.twice(integer) to PUBLIC`'

case_begin "check speaks JSON and GitHub"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  age Int?'
expect 2 bellows check --format json --url "$url"
says '"kind": "schema-ahead"'
expect 2 bellows check --format github --url "$url"
says "::error file=prisma/schema.prisma,line="

case_begin "push makes the database match without a history, and again has nothing to do"
user_schema '  name String'
expect 0 bellows db push --url "$url"
query_gives "SELECT to_regclass('_prisma_migrations') IS NULL" t
expect 0 bellows db push --url "$url"
says "already in sync"
psql_ "$url" -c "INSERT INTO \"User\" (email, name) VALUES ('a', 'Ana')"
user_schema
expect 3 bellows db push --url "$url"
expect 0 bellows db push --accept-data-loss --url "$url"
expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma --exit-code
user_schema '  must Int'
expect 1 bellows db push --url "$url"
says "nothing was changed"
expect 0 bellows db push --force-reset --url "$url"
query_gives 'SELECT count(*) FROM "User"' 0

# task_schema VALUES DEFAULT [ATTRIBUTE]: an enum in use, and a column that may become unique
task_schema() {
    cat > prisma/schema.prisma <<EOF
datasource db {
  provider = "postgresql"
}

enum State {
  ${1// /$'\n'  }
}

model Task {
  id    Int   @id
  rank  Int   ${3-}
  state State @default($2)
}
EOF
}

case_begin "push that fails leaves nothing behind, no new enum value and no enum built anew"
values="SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum"
task_schema "open closed" open
expect 0 bellows db push --url "$url"
psql_ "$url" -c 'INSERT INTO "Task" SELECT i, 1 FROM generate_series(1, 2) AS i'
task_schema "open closed late" late @unique
expect 1 bellows db push --accept-data-loss --url "$url"
says "nothing was changed"
query_gives "$values" "open closed"
task_schema "open late" late @unique
expect 1 bellows db push --accept-data-loss --url "$url"
says "nothing was changed"
query_gives "$values" "open closed"
psql_ "$url" -c 'UPDATE "Task" SET rank = id'
task_schema "open closed late" late @unique
expect 0 bellows db push --accept-data-loss --url "$url"
query_gives "$values" "open closed late"
query_gives "INSERT INTO \"Task\" VALUES (3, 3) RETURNING state" late
expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma --exit-code

case_begin "a foreign key over rows that refer to nothing is refused with their number, before anything runs"
posts_schema() {
    cat > prisma/schema.prisma <<EOF
datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  ${2-}
}

model Post {
  id     Int  @id
  author Int?
  ${1-}
}
EOF
}
posts_schema
expect 0 bellows db push --url "$url"
psql_ "$url" -c 'INSERT INTO "User" VALUES (1)' \
    -c 'INSERT INTO "Post" VALUES (1, 1), (2, 2), (3, 7), (4, NULL)'
posts_schema 'user User? @relation(fields: [author], references: [id])' 'posts Post[]'
expect 1 bellows db push --url "$url"
says '`Post_author_fkey` to `User` is added to the table `Post`, but 2 rows have no counterpart'
query_gives "SELECT count(*) FROM pg_constraint WHERE contype = 'f'" 0
psql_ "$url" -c 'DELETE FROM "Post" WHERE author > 1'
expect 0 bellows db push --url "$url"
query_gives "SELECT count(*) FROM pg_constraint WHERE contype = 'f'" 1

case_begin "a cast that rounds is told with the number of values, and nobody is asked"
cat > prisma/schema.prisma <<'EOF'
datasource db {
  provider = "postgresql"
}

model Event {
  id Int      @id
  at DateTime @db.Timestamp(6)
}
EOF
expect 0 bellows db push --url "$url"
psql_ "$url" -c "INSERT INTO \"Event\" VALUES (1, '2026-01-02 03:04:05.678901')"
sed -i 's/Timestamp(6)/Date/' prisma/schema.prisma
expect 0 bellows db push --url "$url"
says 'changes from `Timestamp(6)` to `Date`; that rounds or cuts 1 value'

case_begin "a cast is told by the values that do not fit, and not at all where all do; --allow-hazard agrees to it by name"
casts() { # NUMBER CODE
    printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel Bill {\n  id Int @id\n  sum %s\n  code String? %s\n}\n' "$1" "${2-}" > prisma/schema.prisma
}
casts BigInt
expect 0 bellows db push --url "$url"
psql_ "$url" -c "INSERT INTO \"Bill\" VALUES (1, 2147483647, 'abc')"
casts Int '@db.VarChar(3)'
expect 0 bellows db push --url "$url" # nobody is asked
says_not 'data loss'
casts BigInt
expect 0 bellows db push --url "$url"
psql_ "$url" -c "INSERT INTO \"Bill\" VALUES (2, -2147483649, 'four'), (3, 4, 'ab')"
casts Int '@db.VarChar(3)'
expect 3 bellows db push --url "$url"
says 'column `sum` of the table `Bill` changes from `BigInt` to `Integer`, but 1 value does not fit, such as {-2147483649}; such values'
says 'column `code` of the table `Bill` changes from `Text` to `VarChar(3)`, but 1 value does not fit, such as {four}; such values'
expect 64 bellows db push --allow-hazard risky-cas --url "$url"
says 'did you mean `risky-cast`?'
expect 64 bellows plan --allow-hazard nothing --from database --url "$url"
expect 0 bellows plan --allow-hazard risky-cast --from database --url "$url"
says 'hazard risky-cast (allowed)'
psql_ "$url" -c "UPDATE \"Bill\" SET sum = 1 WHERE id = 2" -c "UPDATE \"Bill\" SET code = 'fou  ' WHERE id = 2"
expect 3 bellows db push --url "$url"
expect 0 bellows db push --allow-hazard risky-cast --url "$url" # the spaces are cut
says 'such values make it fail or are cut (allowed)'
query_gives 'SELECT string_agg(sum || code, $$,$$ ORDER BY id) FROM "Bill"' '2147483647abc,1fou,4ab'

case_begin "a plan from a database says how large its tables are, what steps will take, and which hazards stand"
casts BigInt
expect 0 bellows db push --url "$url"
psql_ "$url" -c "INSERT INTO \"Bill\" SELECT i, i, 'abc' FROM generate_series(1, 2000) AS i" -c 'ANALYZE "Bill"'
casts Int '@db.VarChar(3)'
expect 0 bellows plan --from database --url "$url"
says 'updates rows (about 2000 rows, '
says ': less than a second)'
says 'as if a scan read 500 MB a second'
says 'like the first (`BigInt` to `Integer`)'
says_not risky-cast
expect 0 bellows plan --from database --format json --url "$url"
says '"rows": 2000'
expect 0 bellows plan --from database --format sql --url "$url"
says 'values that do not fit make it fail' # scripts are every database's
says_not 'about 2000'
psql_ "$url" -c "INSERT INTO \"Bill\" SELECT i, i, repeat('x', 900) FROM generate_series(2001, 12000) AS i"
expect 0 bellows plan --from database --url "$url"
says ' were read here at '
says 'values do not fit, such as {xxx'
expect 0 bellows plan --from empty --url "$url"
says_not 'Bill, '
psql_ "$url" -c 'CREATE TABLE "a table whose name has  blanks where a narrow page would be broken" AS SELECT 1 AS id'
expect 0 bellows plan --from database --url "$url" # what is to be pasted is one line
says 'look: SELECT count(*) FROM "a table whose name has  blanks where a narrow page would be bro";'
psql_ "$url" -c 'DROP TABLE "a table whose name has  blanks where a narrow page would be bro"'

case_begin "baseline: deploy refuses a database with tables, resolve --applied adopts it"
user_schema
expect 0 bellows db push --url "$url"
expect 0 bellows migrate dev --name init --create-only --url "$(database_url postgres | sed "s#/postgres?#/${database}_other?#")"
drop_database "${database}_other"
name=$(basename prisma/migrations/*_init)
expect 1 bellows migrate deploy --url "$url"
says P3005
expect 0 bellows migrate resolve --applied "$name" --url "$url"
expect 0 bellows migrate deploy --url "$url"
says "No pending"
expect 1 bellows migrate resolve --applied "$name" --url "$url"
says P3008
expect 1 bellows migrate resolve --rolled-back nothing --url "$url"
says P3011

case_begin "what seeds by itself is version 6; with a configuration or a client of 7 only db seed does"
seeded() { cat seeded.txt 2> /dev/null | wc -l; }
user_schema
psql_ "$url" -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public'
expect 0 bellows migrate dev --name init --url "$url"
printf '{ "prisma": { "seed": "echo x >> seeded.txt" } }\n' > package.json
expect 0 bellows migrate reset --force --url "$url"
[ "$(seeded)" = 1 ] || fail "$(seeded) runs without a version"
printf '{ "prisma": { "seed": "echo x >> seeded.txt" }, "dependencies": { "prisma": "7.10.1" } }\n' > package.json
expect 0 bellows migrate reset --force --url "$url"
[ "$(seeded)" = 1 ] || fail "$(seeded) runs with a client of version 7"
rm package.json
echo "export default { migrations: { seed: 'sh seed.sh' } }" > prisma.config.ts
echo 'echo x >> seeded.txt' > seed.sh
expect 0 bellows migrate reset --force --url "$url"
[ "$(seeded)" = 1 ] || fail "$(seeded) runs with a configuration of version 7"
expect 0 bellows db seed --url "$url"
[ "$(seeded)" = 2 ] || fail "$(seeded) runs after db seed"
sed -i 's/provider = "postgresql"/&\n  url = env("SOME_URL")/' prisma/schema.prisma
expect 0 env SOME_URL="$url" "$bellows" migrate reset --force --url "$url"
[ "$(seeded)" = 3 ] || fail "$(seeded) runs with a schema of version 6"
expect 0 env SOME_URL="$url" "$bellows" migrate reset --force --skip-seed --url "$url"
[ "$(seeded)" = 3 ] || fail "$(seeded) runs in spite of --skip-seed"

case_begin "reset asks for --force, empties, applies, seeds"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (email) VALUES ('a')"
printf '{ "prisma": { "seed": "echo seeding >> seeded.txt" } }\n' > package.json
expect 3 bellows migrate reset --url "$url"
query_gives 'SELECT count(*) FROM "User"' 1
expect 0 bellows migrate reset --force --url "$url"
query_gives 'SELECT count(*) FROM "User"' 0
[ "$(cat seeded.txt)" = seeding ] || fail "not seeded"
expect 0 bellows check --url "$url"
says_not 'granted: '
query_gives "SELECT obj_description('public'::regnamespace)" 'standard public schema'
psql_ "$url" -c 'GRANT CREATE ON SCHEMA public TO PUBLIC'
expect 0 bellows check --url "$url"
says 'CREATE on schema public to PUBLIC'
for form in json github sarif junit gitlab markdown; do
    expect 0 bellows check --strict --format $form --url "$url"
    says 'CREATE on schema public to PUBLIC'
done
expect 0 bellows migrate reset --force --skip-seed --url "$url"
[ "$(cat seeded.txt)" = seeding ] || fail "seeded in spite of --skip-seed"
printf '{ "prisma": { "seed": "cd . && sh deaf.sh; echo behind >> seeded.txt" } }\n' > package.json
printf 'trap "" INT TERM HUP\necho $$ > seeding.new && mv seeding.new seeding\nwhile :; do sleep 1; done\n' > deaf.sh
"$bellows" db seed < /dev/null > seed.log 2>&1 & seeding=$!
for ((i = 0; i < 600; i++)); do [ -s seeding ] && break; sleep 0.05; done
[ -s seeding ] || fail "the seed command does not begin"
kill -TERM "$seeding"
wait "$seeding"
[ $? -eq 143 ] || fail "stopped, it exits otherwise"
case $(ps -o stat= -p "$(cat seeding)") in '' | Z*) ;; *) fail "what the seed command has started goes on" ;; esac
rm package.json
# Who is interrupted does not wait for a seed that never ends, whether it listens or not.
for command in 'exec sleep 600' "trap '' INT TERM; while :; do read -r nothing < pipe; done"; do
    rm -f pipe started; mkfifo pipe
    printf '{ "prisma": { "seed": "touch started; %s" } }\n' "$command" > package.json
    "$bellows" db seed > seed.log 2>&1 < /dev/null & pid=$!
    for ((i = 0; i < 400; i++)); do [ -e started ] && break; sleep 0.05; done
    kill -INT "$pid"
    wait "$pid"; code=$?
    out=$(cat seed.log)
    [ "$code" -eq 130 ] || fail "exit code $code, not 130"
done
printf '{ "prisma": { "seed": "echo seeding >> seeded.txt" } }\n' > package.json
expect 0 bellows db seed -- a 'b c'
[ "$(tail -1 seeded.txt)" = "seeding a b c" ] || fail "arguments not passed on"

case_begin "db execute runs a file or standard input, all or nothing"
user_schema
printf 'CREATE TABLE a (); CREATE TABLE b ();' > two.sql
expect 0 bellows db execute --file two.sql --url "$url"
query_gives "SELECT count(*) FROM pg_tables WHERE tablename IN ('a', 'b')" 2
printf 'CREATE TABLE c (); CREATE TABLE a ();' > bad.sql
expect 1 bellows db execute --file bad.sql --url "$url"
query_gives "SELECT to_regclass('c') IS NULL" t
out=$(printf 'CREATE TABLE d ();' | "$bellows" db execute --stdin --url "$url" 2>&1) || fail "--stdin failed"
query_gives "SELECT to_regclass('d') IS NOT NULL" t

case_begin "the database: .env, DATABASE_URL, the datasource's variable, directUrl"
user_schema
expect 1 bellows migrate status
says "E0613"
printf 'DATABASE_URL="%s"\n' "$url" > .env
expect 0 bellows migrate dev --name init
expect 0 bellows migrate status
sed -i 's#provider = "postgresql"#provider = "postgresql"\n  url = env("OTHER_URL")\n  directUrl = env("DIRECT_URL")#' prisma/schema.prisma
DIRECT_URL=$url OTHER_URL=postgresql://nowhere.invalid/x expect 0 bellows migrate status
rm .env
expect 1 bellows migrate status
says OTHER_URL

case_begin "several schemas, several files"
mkdir -p prisma/schema
rm -f prisma/schema.prisma
cat > prisma/schema/base.prisma << 'END'
datasource db {
  provider = "postgresql"
  schemas  = ["public", "auth"]
}
END
cat > prisma/schema/models.prisma << 'END'
model User {
  id   Int    @id
  role Role   @default(A)
  post Post[]

  @@schema("auth")
}

model Post {
  id   Int  @id
  uid  Int
  user User @relation(fields: [uid], references: [id])

  @@schema("public")
}

enum Role {
  A
  B

  @@schema("auth")
}
END
expect 0 bellows validate
expect 0 bellows migrate dev --name init --url "$url"
query_gives "SELECT to_regclass('auth.\"User\"') IS NOT NULL" t
expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema --exit-code
expect 0 bellows check --url "$url"

case_begin "plan: text, SQL, JSON; the URL's password is never shown"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
user_schema '  age Int?' '  @@index([age])'
expect 0 bellows plan --url "$url"
says "age"
expect 0 bellows plan --format sql --url "$url"
says "ADD COLUMN"
expect 0 bellows plan --format json --url "$url"
says '"phases"'
expect 1 bellows migrate status --url "postgresql://me:topsecret@127.0.0.1:9/x"
says_not topsecret

case_begin "init begins a project in which migrate dev works"
expect 0 bellows init --url "$url" --with-model
expect 0 bellows migrate dev --name init
says "Your database is now in sync with your schema."
query_gives "SELECT count(*) FROM \"User\"" 0
expect 1 bellows init
says "prisma/schema.prisma"
[ "$(cat .gitignore)" = $'.env\n.bellows/' ] || { out=$(cat .gitignore); fail "another .gitignore"; }

case_begin "init follows the client that is installed"
rm -r prisma
printf '{"devDependencies": {"prisma": "^7.10.0"}}' > package.json
expect 0 bellows init --output ../client
expect 0 grep -q 'output   = "../client"' prisma/schema.prisma
expect 0 grep -q "url: process.env" prisma.config.ts
expect 0 bellows migrate status --migrations prisma --url "$url"
rm -r prisma prisma.config.ts
mkdir -p node_modules/@prisma/client
printf '{"version": "6.19.0"}' > node_modules/@prisma/client/package.json
expect 0 bellows init
says $'write a model into prisma/schema.prisma\n  bellows migrate dev'
expect 0 grep -q 'provider = "prisma-client-js"' prisma/schema.prisma
expect 0 grep -q 'url      = env("DATABASE_URL")' prisma/schema.prisma
expect 0 bellows version --json
says '"client": 6'

case_begin "what Prisma's users type: its options are taken, its other commands named"
user_schema
expect 0 bellows migrate dev --name init --preview-feature --telemetry-information x --url "$url"
says "\`--preview-feature\` changes nothing"
expect 0 bellows db pull --print --local-d1 --url "$url"
says "\`--local-d1\` changes nothing"
expect 64 bellows migrate diff --from-local-d1 --to-empty
expect 64 bellows studio
says "npx prisma studio"
expect 64 bellows db sign
says "npx prisma db sign"
expect 64 bellows migrate up
says "bellows migrate deploy"
for spelling in version --version -v; do expect 0 bellows $spelling --json; says '"bellows"'; done
expect 0 bellows --json -v
mkdir -p elsewhere && mv prisma/schema.prisma elsewhere/
echo "export default { schema: 'elsewhere/schema.prisma', migrations: { path: 'prisma/migrations' } }" > other.config.ts
expect 0 bellows --config other.config.ts validate
expect 0 bellows --config=other.config.ts migrate status --url "$url"
expect 0 bellows migrate --config other.config.ts status --url "$url"
expect 1 bellows migrate --config none.config.ts status --url "$url"
expect 64 bellows migrate --config other.config.ts
says "Usage: bellows migrate COMMAND"
expect 64 bellows migrate dev --name --create-only --url "$url"
says "needs a"
expect 64 bellows init --db
says "npx prisma init --db"
expect 64 bellows --nothing validate
says "no command \`--nothing\`"

case_begin "a program that acts of its own accord needs a person's word"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" VALUES (1, 'x')" > /dev/null
for variable in CLAUDECODE=1 OR_APP_NAME=Aider AGENT=goose REPLIT_SESSION=agent-7; do
    expect 3 env "$variable" "$bellows" migrate reset --force --url "$url"
    says "PRISMA_USER_CONSENT_FOR_DANGEROUS_AI_ACTION"
    expect 3 env "$variable" "$bellows" db push --force-reset --url "$url"
done
expect 3 env OR_APP_NAME=Other AI_AGENT=1 "$bellows" migrate reset --force --url "$url"
query_gives 'SELECT count(*) FROM "User"' 1
expect 0 env OR_APP_NAME=Other REPLIT_SESSION=shell-7 CLAUDECODE= "$bellows" db push --force-reset --url "$url"
expect 0 env CLAUDECODE=1 PRISMA_USER_CONSENT_FOR_DANGEROUS_AI_ACTION=yes "$bellows" migrate reset --force --url "$url"

case_begin "consent: for one plan, and not for what is only written"
user_schema '  gone String?'
expect 0 bellows migrate dev --name init --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" VALUES (1, 'x', 'y')" > /dev/null
user_schema
expect 3 bellows migrate dev --name less --url "$url"
plan=$(grep -oE -- '--confirm [0-9a-f]+' <<< "$out" | cut -d' ' -f2)
expect 3 bellows migrate dev --name less --confirm 000000 --url "$url"
says "this one is $plan"
expect 3 bellows migrate dev --name less --direct --confirm "$plan" --url "$url"
says "agrees to another plan"
query_gives 'SELECT count(gone) FROM "User"' 1
expect 3 env CLAUDECODE=1 "$bellows" migrate dev --name less --confirm "$plan" --url "$url"
expect 0 bellows migrate dev --name less --confirm "$plan" --url "$url"
query_gives "SELECT count(*) FROM pg_attribute WHERE attrelid = '\"User\"'::regclass AND attname = 'gone'" 0
user_schema '  gone String?'
expect 0 bellows migrate dev --name more --url "$url"
# The word is for what runs, a hint's text included.
psql_ "$url" -c "UPDATE \"User\" SET gone = 'z'" > /dev/null
filled() { user_schema "  /// @backfill($1)
  more String"; }
filled 'lower("email")'
expect 3 bellows migrate dev --name filled --url "$url"
plan=$(grep -oE -- '--confirm [0-9a-f]+' <<< "$out" | cut -d' ' -f2)
filled 'upper("email")'
expect 3 bellows migrate dev --name filled --confirm "$plan" --url "$url"
says "agrees to another plan"
query_gives 'SELECT count(gone) FROM "User"' 1
filled 'lower("email")'
expect 0 bellows migrate dev --name filled --confirm "$plan" --url "$url"
query_gives 'SELECT more = lower(email) FROM "User"' t
user_schema '  gone String?'
expect 0 bellows migrate dev --name more --accept-data-loss --url "$url"
psql_ "$url" -c "UPDATE \"User\" SET gone = 'z'" > /dev/null
user_schema
expect 0 bellows migrate dev --name less_again --create-only --url "$url"
says "Prisma Migrate created the following migration without applying it"
says "There might be data loss"
query_gives 'SELECT count(gone) FROM "User"' 1

finish
