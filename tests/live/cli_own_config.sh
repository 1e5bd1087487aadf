#!/usr/bin/env bash
# bellows.json: each key does what docs/configuration.md says, and what is no key is refused.
# shellcheck disable=SC2154,SC2034  # $url is cli.bash's, which reads $out
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

model() {
    schema << 'END'
datasource db {
  provider = "postgresql"
}

model A {
  id Int @id
}
END
}

case_begin 'hazards that block, drift that is ignored, formats, external objects'
psql_ "$url" -c 'CREATE TABLE b (id int PRIMARY KEY); INSERT INTO b VALUES (1); CREATE TABLE theirs (id int)'
model
echo '{ "external": { "tables": ["public.theirs"] }, "hazards": { "block": ["drop-table"] } }' > bellows.json
expect 3 bellows db push --accept-data-loss --url "$url"
says 'blocks plans with the hazard `drop-table`'
query_gives 'SELECT count(*) FROM b' 1
echo '{ "external": { "tables": ["public.theirs"] } }' > bellows.json
expect 0 bellows db push --accept-data-loss --url "$url"
query_gives "SELECT to_regclass('b'), to_regclass('theirs')" '|theirs'

case_begin 'drift that is ignored, and a format'
model
expect 0 bellows migrate dev --name one --url "$url"
psql_ "$url" -c 'ALTER TABLE "A" ADD CONSTRAINT positive CHECK (id > 0)'
expect 2 bellows check --url "$url"
echo '{ "drift": { "ignoreKinds": ["check"] }, "format": { "check": "json" } }' > bellows.json
expect 0 bellows check --url "$url"
psql_ "$url" -c 'CREATE SCHEMA scratch_1; CREATE TABLE scratch_1.t (id int); CREATE TYPE scratch_1.e AS ENUM (); CREATE VIEW scratch_1.v AS SELECT 1 AS x'
expect 2 bellows check --url "$url"
echo '{ "drift": { "ignoreKinds": ["check"], "ignoreSchemas": ["scratch_*"] }, "format": { "check": "json" } }' > bellows.json
expect 0 bellows check --url "$url"
says '{'

case_begin 'what is no key is refused'
model
for text in '{ "extrnal": {} }' '{ "configNode": 1 }' '{ "hazards": { "block": ["drop-tabel"] } }' '{ "drift": 1 }' '{ "drift": { "ignoreKinds": ["chek"] } }' '[]' '{ "a": 1'; do
    echo "$text" > bellows.json
    expect 1 bellows db push --url "$url"
    says 'bellows.json'
done

finish
