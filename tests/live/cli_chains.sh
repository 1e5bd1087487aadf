#!/usr/bin/env bash
# cli_chains.sh BELLOWS - schemas one after the other, each script planned from the schema before it and run by psql alone.
#
# A schema text does not know what a database made of it is called in the end: after each script the database has to be
# what its schema says, directly and by the online strategy. `made` begins with a database made by hand instead.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

schema() { printf 'datasource db {\n  provider = "postgresql"\n}\n\n%b\n' "$2" > "$1.prisma"; }

# run FROM...: the script that `migrate diff` makes from there to $step.prisma, applied; then nothing may differ.
run() {
    expect 0 bellows migrate diff "$@" --to-schema "$step.prisma" --script
    printf '%s\n' "$out" > "$step.sql"
    expect 0 psql -X -q -v ON_ERROR_STOP=1 "$url" -f "$step.sql"
    expect 0 bellows migrate diff --from-url "$url" --to-schema "$step.prisma" --exit-code
}

# chain NAME SCHEMA...: both strategies, from nothing to the last.
chain() {
    local name=$1 strategy model from
    shift
    for strategy in '' --online; do
        case_begin "$name${strategy:+, online}"
        from=--from-empty step=0
        for model in "$@"; do
            step=$((step + 1))
            schema $step "$model"
            # shellcheck disable=SC2086
            run $from $strategy
            from="--from-schema $step.prisma"
        done
    done
}

# made NAME SQL SCHEMA: both strategies, from what SQL has made.
made() {
    local strategy
    for strategy in '' --online; do
        case_begin "$1${strategy:+, online}"
        psql_ "$url" -c "$2" > /dev/null
        step=1
        schema 1 "$3"
        # shellcheck disable=SC2086
        run --from-url "$url" $strategy
    done
}

fare='model Fare {\n  id Int @id'
chain 'a field begins to count and stops' "$fare\n}" "$fare @default(autoincrement())\n}" "$fare\n}" "$fare @default(autoincrement())\n}"
counts='  id Int @id @default(autoincrement())\n'
chain 'a table is renamed, then stops counting' "model Visit {\n$counts}" "model Visit {\n$counts\n  @@map(\"visits\")\n}" \
    'model Visit {\n  id Int @id\n\n  @@map("visits")\n}'
chain 'a table is renamed, then counts farther' "model Visit {\n$counts}" "model Visit {\n$counts\n  @@map(\"visits\")\n}" \
    'model Visit {\n  id BigInt @id @default(autoincrement())\n\n  @@map("visits")\n}'
chain 'a counting field is renamed, then stops' "model T {\n  id Int @id\n  n Int @default(autoincrement())\n}" \
    "model T {\n  id Int @id\n  n Int @default(autoincrement()) @map(\"it's\")\n}" "model T {\n  id Int @id\n  n Int @map(\"it's\")\n}"
chain 'names with quotes and dollars' 'model T {\n  id Int @id @default(autoincrement())\n\n  @@map("a\\"b$bellows$")\n}' \
    'model T {\n  id Int @id\n\n  @@map("a\\"b$bellows$")\n}'
log='model Log {\n  id Int @id\n  ts T[]\n\n  @@map("_PRISMA_MIGRATIONS")\n}\n\n'
log+='model T {\n  id Int @id\n  logId Int\n  log Log @relation(fields: [logId], references: [id])\n}'
chain 'a table called like the history in another case' "$log" "${log/@@map/n Int?\\n\\n  @@map}"
size='}\n\nmodel T {\n  id Int @id\n  s Size\n}'
chain 'values come between others' "enum Size {\n  S\n  L\n$size" "enum Size {\n  XS\n  S\n  M\n  M2\n  L\n  XL\n$size"
query_gives "SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum" 'XS S M M2 L XL'
chain 'a value is renamed, another comes beside it' "enum Size {\n  S @map(\"s\")\n  L\n$size" "enum Size {\n  S @map(\"small\")\n  M\n  L\n$size"
coded='model A {\n  id Int'
chain 'a unique field becomes the key' "$coded @id\n  code String @unique\n}" "$coded\n  code String @id\n}" "$coded @id\n  code String @unique\n}"
chain 'unique fields become the key' 'model A {\n  a Int\n  b Int\n  c Int @id\n\n  @@unique([a, b])\n}' 'model A {\n  a Int\n  b Int\n  c Int\n\n  @@id([a, b])\n}'
chain 'they do in another order' 'model A {\n  a Int\n  b Int\n  c Int @id\n\n  @@unique([a, b])\n}' 'model A {\n  a Int\n  b Int\n  c Int\n\n  @@id([b, a])\n}'
chain 'a unique field under a relation becomes the key' "$coded @id\n  code String @unique\n  bs B[]\n}\n\nmodel B {\n  id Int @id\n  c String\n  a A @relation(fields: [c], references: [code])\n}" \
    "$coded\n  code String @id\n  bs B[]\n}\n\nmodel B {\n  id Int @id\n  c String\n  a A @relation(fields: [c], references: [code])\n}"
made 'a unique constraint becomes the key' 'CREATE TABLE "A" (id int, code text NOT NULL UNIQUE)' "$coded?\n  code String @id\n}"
made 'a unique index in descending order becomes the key' 'CREATE TABLE "A" (id int, code text NOT NULL); CREATE UNIQUE INDEX u ON "A" (code DESC)' "$coded?\n  code String @id\n}"
made 'a partial unique index becomes the key' 'CREATE TABLE "A" (id int, code text NOT NULL); CREATE UNIQUE INDEX u ON "A" (code) WHERE id > 0' "$coded?\n  code String @id\n}"
key='model T {\n  id Int @id\n  f '
identity='CREATE TABLE "T" (id int PRIMARY KEY, f int GENERATED ALWAYS AS IDENTITY)'
made 'an identity column becomes optional' "$identity" "${key}Int?\n}"
made 'an identity column becomes optional and gets a default' "$identity" "${key}Int? @default(5)\n}"
made 'an identity column becomes plain' "$identity" "${key}Int\n}"
made 'an identity column becomes wide and optional' "${identity/ALWAYS/BY DEFAULT}" "${key}BigInt?\n}"
made 'an identity column becomes a text' "$identity" "${key}String?\n}"
made 'a sequence of another name' 'CREATE SEQUENCE odd; CREATE TABLE "T" (id int PRIMARY KEY, f int NOT NULL DEFAULT nextval($$odd$$))' "${key}Int\n}"
finish
