#!/usr/bin/env bash
# bellows.json: each key does what docs/configuration.md says, and what is no key is refused.
# shellcheck disable=SC2154,SC2034  # $url is cli.bash's, which reads $out
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
sources=$(realpath "$(dirname "$0")/../..")

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

case_begin 'the schema that is published is that of the keys that are read'
python3 - "$sources" << 'END' || fail 'schema, keys and pages differ'
import json, os, re, sys
root = sys.argv[1]
schema = json.load(open(f'{root}/docs/schemas/bellows.schema.json'))
def keys(part, prefix=''):
    for name, below in part.get('properties', {}).items():
        yield prefix + name
        yield from keys(below, f'{prefix}{name}.')
published = set(keys(schema)) - {'$schema'}
read = set(re.findall(r'^    \{"([a-zA-Z.]+)", (?:read_\w+|NULL)\},$', open(f'{root}/cli/project/own_config.c').read(), re.M))
page = open(f'{root}/docs/configuration.md').read()
hazards = schema['properties']['hazards']['properties']['block']['items']['enum']
pages = {name[:-3] for name in os.listdir(f'{root}/docs/hazards')} - {'README'}
faults = [f'{key}: read or published only' for key in read ^ published]
faults += [f'{key}: not in docs/configuration.md' for key in read if f'`{key}`' not in page and not any(k.startswith(key + '.') for k in read)]
faults += [f'{name}: a hazard or a page only' for name in set(hazards) ^ pages]
print(*faults, sep='\n')
open('example.json', 'w').write(re.search(r'```json\n(.*?)```', page.split('## bellows.json')[1], re.S)[1])
sys.exit(bool(faults) or len(read) < 10)
END
model
cp example.json bellows.json
python3 "$sources/tests/harness/report.py" "$sources/docs/schemas/bellows.schema.json" bellows.json || fail 'the example is none'
expect 0 bellows plan --from empty
expect 0 bellows validate

case_begin 'each fault has its place'
model
place() { # TEXT MESSAGE LINE:COLUMN [COMMAND...]
    printf '%b' "$1" > bellows.json
    shift
    local message=$1 at=$2
    shift 2
    "$bellows" "${@:-plan}" --from empty > /dev/null 2> said && fail "taken: $(cat bellows.json)"
    out=$(cat said)
    says "$message"
    says "bellows.json:$at"
}
place '{"hazards": {"block": ["drop-column", "drop-tabel"]}}' 'did you mean `drop-table`' 1:39
place '{"external": {"tables": ["sign"]},\n "sign": 1}' '`sign` of `bellows.json` is not true or false' 2:10
place '{"external": {"tables": ["a.b", ""]}}' 'an empty text' 1:33
place '{"external.tables": ["a.b"]}' '`external.tables` of `bellows.json` is no key' 1:2
place '{"cache": true, // no\n}' 'JSON has no comments' 1:17
place '{"cache": true,\n}' 'not behind the last' 2:1
place '{"cache": true, "cache": true}' 'duplicate object key' 1:23
place '\xef\xbb\xbf{"cache": 1}' 'not true or false' 1:12
place '{"format": {"plan": "html"}}' '`html` is no value for `format.plan of bellows.json`' 1:21
printf '%b' '\xef\xbb\xbf{"cache": true}' > bellows.json
expect 0 bellows plan --from empty

case_begin 'what is no key is refused'
model
for text in '{ "extrnal": {} }' '{ "configNode": 1 }' '{ "hazards": { "block": ["drop-tabel"] } }' '{ "drift": 1 }' '{ "drift": { "ignoreKinds": ["chek"] } }' '[]' '{ "a": 1'; do
    echo "$text" > bellows.json
    expect 1 bellows db push --url "$url"
    says 'bellows.json'
done
for words in validate "migrate status --url $url" "migrate squash"; do # which use nothing of it
    # shellcheck disable=SC2086 # words
    expect 1 bellows $words
    says 'bellows.json'
done

finish
