#!/usr/bin/env bash
# What generators receive and how they are run.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
fake=$(realpath "$(dirname "$0")/../harness/fake_generator")

# A schema with one generator; further arguments are lines of its block. URL lines as version 6 has them with `url=yes`.
generator_schema() { # PROVIDER [LINE...]
    local provider=$1
    shift
    { printf 'datasource db {\n  provider = "postgresql"\n%s}\n\n' "${with_url:-}"
      printf 'generator made {\n  provider = "%s"\n' "$provider"
      printf '  %s\n' "$@"
      printf '}\n\nmodel User {\n  id Int @id\n}\n'; } | schema
}

# What the generator was told: a path of keys, as node would write it.
told() { python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))["params"]
for key in sys.argv[2].split("."):
    value = value[int(key)] if isinstance(value, list) else value[key]
print(json.dumps(value))' "$1" "$2" 2>&1; }
told_is() { # FILE PATH JSON
    out=$(told "$1" "$2")
    [ "$out" = "$3" ] || fail "$2 is not $3"
}

case_begin "dmmf prints the schema as generators receive it"
user_schema "" "@@map(\"users\")"
expect 0 bellows dmmf
says '"dbName": "users"'
says '"createOne": "createOneUser"'
expect 0 bellows dmmf --output out.json
expect 0 grep -c '"datamodel"' out.json

case_begin "dmmf of a broken schema says what is wrong and prints nothing"
user_schema "oops Missing"
expect 1 bellows dmmf
says "E0"
says_not "datamodel"

case_begin "a generator is run and told everything"
generator_schema "$fake" 'output = env("PLACE")' 'previewFeatures = ["views", "driverAdapters"]' 'size = 3' 'words = ["a", "b"]'
echo 'PLACE=../there
SECRET=x' > .env
expect 0 bellows generate
says "Generated Fake (v1.2) to ./there in"
told_is there/params.json generator.name '"made"'
told_is there/params.json generator.output.value "\"$PWD/there\""
told_is there/params.json generator.isCustomOutput true
told_is there/params.json generator.config '{"size": "3", "words": ["a", "b"]}'
told_is there/params.json generator.previewFeatures '["driverAdapters", "views"]'
told_is there/params.json datasources.0.activeProvider '"postgresql"'
told_is there/params.json dmmf.datamodel.models.0.name '"User"'
told_is there/params.json schemaPath "\"$PWD/prisma/schema.prisma\""
told_is there/params.json allowNoModels true
grep -q '^PRISMA_GENERATOR_INVOCATION=true$' there/environment || fail "the invocation is not marked"
grep -q '^SECRET=x$' there/environment || fail "variables of .env are missing"

case_begin "without output the manifest's default counts, from the schema's folder"
generator_schema "$fake"
expect 0 bellows generate --no-engine --no-hints --allow-no-models
says "to ./made in"
told_is made/params.json generator.output.value "\"$PWD/made\""
told_is made/params.json noEngine true
told_is made/params.json noHints true

case_begin "a provider is a file beside the schema, a command of node_modules, a line for the shell"
cp "$fake" prisma/mine
generator_schema ./mine
expect 0 bellows generate
mkdir -p node_modules/.bin && cp "$fake" node_modules/.bin/some-generator
generator_schema some-generator
expect 0 bellows generate
generator_schema "cd . && some-generator plain"
expect 0 bellows generate

case_begin "only the generators that are named"
generator_schema "$fake"
printf 'generator other {\n  provider = "%s"\n  output = "../other"\n}\n' "$fake" >> prisma/schema.prisma
expect 0 bellows generate --generator other
says "./other"
says_not "./made"
expect 0 bellows generate --generator other --generator made
told_is other/params.json otherGenerators.0.name '"made"'
expect 1 bellows generate --generator othr
says "E0622"
says '`made`, `other`'

case_begin "nothing to generate is no failure; without models it is one when asked"
user_schema
expect 0 bellows generate
says "no generator"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
expect 1 bellows generate --require-models
says "E0623"
expect 1 bellows generate --sql
says "E0624"
expect 64 bellows generate --require-models --allow-no-models

case_begin "what is not there is named, with how to get it"
generator_schema no-such-generator
expect 1 bellows generate
says "E0570"
says "npm install --save-dev no-such-generator"
generator_schema prisma-client-js
expect 1 bellows generate
says "E0571"
says "@prisma/client-generator-js"
generator_schema "$fake" 'output = env("NOWHERE_SET")'
expect 1 bellows generate
says "E0576"
says "NOWHERE_SET"

case_begin "a generator that fails, dies, is killed, ends early; the others still work"
generator_schema "$fake fails out-of-ink"
printf 'generator other {\n  provider = "%s"\n  output = "../other"\n}\n' "$fake" >> prisma/schema.prisma
expect 1 bellows generate
says "E0572"
says "out-of-ink"
says "Generated Fake (v1.2) to ./other"
generator_schema "$fake dies"
expect 1 bellows generate
says "out of paper"
says "exit code 4"
generator_schema "$fake killed"
expect 1 bellows generate
says "signal 9"
generator_schema "$fake early"
expect 1 bellows generate
says "no licence"
says "E0573"

case_begin "what a generator needs is checked before it generates"
generator_schema "$fake requires prisma-client-js"
expect 1 bellows generate
says "E0574"
generator_schema "$fake engine libqueryEngine"
expect 1 bellows generate
says "E0575"
expect 0 bellows generate --no-engine
PRISMA_QUERY_ENGINE_LIBRARY=/some/where expect 0 bellows generate

case_begin "lines without end are no answer"
printf '#!/bin/sh\nexec yes >&2\n' > endless
chmod +x endless
generator_schema ./endless
expect 1 bellows generate
out=$(tail -n 5 <<< "$out")
says "does not answer"

case_begin "noise on both streams is passed on"
generator_schema "$fake noise" 'output = "../made"'
expect 0 bellows generate
says "out of turn"
says "a warning"
says '"id":99'
says '{"not closed'

case_begin "an answer that breaks off is an error, not a wait for ever"
generator_schema "$fake garbles"
expect 1 bellows generate
says "E0577"

case_begin "an output that cannot be written is the generator's error"
generator_schema "$fake" 'output = "../taken/by"'
echo x > taken
expect 1 bellows generate
says "E0572"
says "taken"

case_begin "a generator that hangs ends with us, also one that is deaf"
for how in polite deaf; do
    generator_schema "$fake hangs $how"
    rm -f hanging
    "$bellows" generate > log 2>&1 &
    run=$!
    for _ in $(seq 100); do [ -s hanging ] && break; sleep 0.1; done
    kill -TERM $run
    wait $run
    code=$? out=$(cat log)
    [ $code -eq 143 ] || fail "exit code $code, not 143 ($how)"
    [ -s hanging ] && kill -0 "$(cat hanging)" 2> /dev/null && fail "the generator is still running ($how)"
done

case_begin "schemas of version 6 are generated for after dev, push and reset"
with_url='  url = env("DATABASE_URL")
'
generator_schema "$fake"
expect 0 env "DATABASE_URL=$url" "$bellows" migrate dev --name init
says "Generated Fake"
expect 0 env "DATABASE_URL=$url" "$bellows" migrate dev --skip-generate
says_not "Generated"
expect 0 env "DATABASE_URL=$url" PRISMA_MIGRATE_SKIP_GENERATE=1 "$bellows" db push
says_not "Generated"
expect 0 env "DATABASE_URL=$url" "$bellows" db push
says "Generated Fake"
expect 0 env "DATABASE_URL=$url" "$bellows" migrate reset --force
says "Generated Fake"
told_is made/params.json datasources.0.url '{"fromEnvVar": "DATABASE_URL", "value": null}'
generator_schema prisma-client-js
expect 0 env "DATABASE_URL=$url" "$bellows" db push
says "was not run"
generator_schema "$fake fails smoke"
expect 1 env "DATABASE_URL=$url" "$bellows" db push
says "E0572"
with_url=
generator_schema "$fake"
expect 0 bellows db push --url "$url"
says_not "Generated"

case_begin "a client whose package is not there is made by the project's own prisma"
generator_schema prisma-client
mkdir -p node_modules/prisma/build
printf '%s\n' 'console.log("prisma got", process.argv.slice(2).join(" "), process.env.PRISMA_SCHEMA_ENGINE_BINARY !== undefined)' \
    'process.exit(process.env.FAILS ? 9 : 0)' > node_modules/prisma/build/index.js
expect 0 bellows generate
says "prisma got generate --schema $PWD/prisma/schema.prisma --generator made --no-hints true"
expect 1 env FAILS=1 "$bellows" generate
says "\`prisma generate\` ended with 9"

finish
