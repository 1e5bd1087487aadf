#!/usr/bin/env bash
# shellcheck disable=SC2154,SC2034  # $url is cli.bash's, which reads $out
# `db pull`: the texts of tests/conformance/databases, what is kept, what is written where, what goes wrong.
source "$(dirname "$0")/../harness/cli.bash"
databases=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../conformance/databases")
major=$(($(psql_ "$BELLOWS_TEST_URL" -c 'SHOW server_version_num') / 10000))

# The text on standard output alone.
pulled() { "$bellows" db pull --print --url "$url" "$@" 2> notes; }

# same NAME OPTION...: pulled, it is expected/NAME.prisma; how the server prints expressions is another matter before 15.
same() {
    local name=$1
    shift
    pulled "$@" > "$name.out" || { out=$(cat notes); fail "db pull $*"; }
    if [ "$major" -ge 15 ] && ! cmp -s "$name.out" "$databases/expected/$name.prisma"; then
        out=$(diff "$databases/expected/$name.prisma" "$name.out")
        fail "another text: expected/$name.prisma"
    fi
    expect 0 bellows validate --schema "$name.out"
}

for file in "$databases"/*.sql; do
    name=$(basename "$file" .sql)
    needs=$(sed -n '1s/^-- needs PostgreSQL \([0-9]*\).*/\1/p' "$file")
    [ "$major" -ge "${needs:-12}" ] || continue
    case_begin "$name"
    psql_ "$url" -f "$file" > /dev/null
    if [ -f "$databases/$name.prisma" ]; then
        cp "$databases/$name.prisma" .
        same "$name" --schema "$name.prisma" --force
        same "$name-again" --schema "$name.prisma"
    else
        same "$name"
    fi
done

tables() { psql_ "$url" -c 'CREATE TABLE users (id int PRIMARY KEY, mail text UNIQUE); CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users);' > /dev/null; }
datasource() { printf 'datasource db {\n  provider = "postgresql"\n}\n'; }

case_begin "the schema is written in place, and a second time nothing changes"
tables
datasource > prisma/schema.prisma
expect 0 bellows db pull --url "$url"
says "2 models"
cp prisma/schema.prisma first
expect 0 bellows validate
expect 0 bellows db pull --url "$url"
cmp -s first prisma/schema.prisma || fail "the second text is another"
expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma --exit-code

case_begin "--print writes nothing, the text alone is on standard output"
tables
datasource > prisma/schema.prisma
pulled > text
datasource | cmp -s - prisma/schema.prisma || fail "the schema was written"
[ "$(head -1 text)" = "datasource db {" ] || fail "standard output begins with $(head -1 text)"

case_begin "names, comments and what only programs know are kept; --force forgets them"
tables
schema << 'END_SCHEMA'
datasource db {
  provider = "postgresql"
}

/// A person.
model User {
  id    Int     @id
  email String? @unique @default(cuid()) @map("mail")
  posts Post[]

  @@map("users")
}

model Post {
  id       Int   @id
  authorId Int?  @map("author")
  author   User? @relation(fields: [authorId], references: [id], onDelete: NoAction, onUpdate: NoAction)

  @@map("posts")
}
END_SCHEMA
cp prisma/schema.prisma before
expect 0 bellows db pull --url "$url"
cmp -s before prisma/schema.prisma || { out=$(diff before prisma/schema.prisma); fail "the text changed"; }
expect 0 bellows db pull --url "$url" --force
out=$(cat prisma/schema.prisma)
says "model users"
says_not "A person"

case_begin "a schema in several files: blocks stay where they are, new ones get a file"
tables
mkdir prisma/schema
datasource > prisma/schema/db.prisma
printf 'model users {\n  id   Int     @id\n  mail String? @unique\n}\n' > prisma/schema/people.prisma
printf '// nothing but a comment\n' > prisma/schema/notes.prisma
expect 0 bellows db pull --url "$url"
out=$(cat prisma/schema/people.prisma)
says "posts posts[]"
out=$(cat prisma/schema/introspected.prisma)
says "model posts"
[ "$(cat prisma/schema/notes.prisma)" = "// nothing but a comment" ] || fail "notes.prisma was written"
expect 0 bellows validate
expect 0 bellows db pull --url "$url" --print
says "// prisma/schema/people.prisma"

case_begin "views and their queries"
tables
psql_ "$url" -c 'CREATE VIEW mails AS SELECT mail FROM users' > /dev/null
{ datasource; printf 'generator g {\n  provider        = "g"\n  previewFeatures = ["views"]\n}\n'; } > prisma/schema.prisma
expect 0 bellows db pull --url "$url"
out=$(cat prisma/schema.prisma prisma/views/public/mails.sql)
says "view mails"
says "SELECT"

case_begin "several schemas, and a key that leads out of them"
psql_ "$url" -c 'CREATE SCHEMA b; CREATE TABLE b.t (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, b int REFERENCES b.t)' > /dev/null
datasource > prisma/schema.prisma
expect 1 bellows db pull --url "$url"
says "P4002"
expect 0 bellows db pull --url "$url" --schemas public,b --print
says '@@schema("b")'

case_begin "an index made partial by hand under the schema's name is the schema's"
psql_ "$url" -c 'CREATE TABLE t (id int PRIMARY KEY, a int); CREATE INDEX t_a_idx ON t (a) WHERE a > 1; CREATE INDEX other ON t (a) WHERE a > 2' > /dev/null
{ datasource; printf 'model t {\n  id Int  @id\n  a  Int?\n\n  @@index([a])\n}\n'; } > prisma/schema.prisma
expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma --exit-code

case_begin "without a schema a URL is enough"
tables
expect 0 bellows db pull --url "$url" --composite-type-depth 2
grep -q "model posts" prisma/schema.prisma || fail "no model posts"
expect 0 bellows validate

case_begin "what is missing is named"
expect 1 bellows db pull
says "no schema found"
expect 1 bellows db pull --schema missing.prisma --url "$url"
says "missing.prisma"
datasource > prisma/schema.prisma
expect 1 bellows db pull --url "$url"
says "P4001"
expect 1 bellows db pull --url "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2"
says "P1001"
tables
printf 'model users {\n  id Foo\n}\n' >> prisma/schema.prisma
cp prisma/schema.prisma before
expect 1 bellows db pull --url "$url"
says "Foo"
cmp -s before prisma/schema.prisma || fail "a broken schema was written over"
expect 0 bellows db pull --url "$url" --force

case_begin "a role without rights sees what it may"
tables
psql_ "$url" -c 'DROP ROLE IF EXISTS pull_guest; CREATE ROLE pull_guest LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC' > /dev/null
datasource > prisma/schema.prisma
guest=$(sed 's#//postgres@#//pull_guest@#' <<< "$url")
expect 0 bellows db pull --url "$guest" --print
says "model users"
psql_ "$url" -c 'DROP ROLE pull_guest' > /dev/null

finish
