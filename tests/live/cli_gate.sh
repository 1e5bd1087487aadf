#!/usr/bin/env bash
# The gate of a build: what waits is no failure, every format holds every finding, and the workflows of samples/ci do what they say.
# shellcheck disable=SC2154,SC2034  # $url is cli.bash's, which reads $out
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
samples=$(realpath "$here/../../samples/ci")
schemas=$(realpath "$here/../../docs/schemas")
fake=$(realpath "$(dirname "$0")/../harness/fake_generator")
command -v python3 > /dev/null || { echo "SKIPPED no python3, which reads the reports"; exit 77; }

[ -d "$here/../harness/reports/node_modules" ] ||
    echo 'SKIPPED the published schemas of SARIF and JUnit: npm install in tests/harness/reports, libxml2-utils'

# The file is a report of that form, and holds the texts.
is_report() { # FORM FILE TEXT...
    local file=$2 text
    out=$(python3 "$here/../harness/report.py" "$1" "$file" 2>&1) || fail "$file is no report of $1"
    shift 2
    out=$(cat "$file")
    for text in "$@"; do says "$text"; done
}

# All forms of one check, each a report, and each holding the texts.
all_forms() { # CODE TEXT... -- OPTION...
    local code=$1 texts=() form
    shift
    while [ "$1" != -- ]; do texts+=("$1"); shift; done
    shift
    expect "$code" bellows check --format json=r.json --format text=r.txt --format github=r.github --format sarif=r.sarif \
        --format junit=r.xml --format gitlab=r.gitlab --format markdown=r.md "$@"
    is_report "$schemas/check.schema.json" r.json "${texts[@]}"
    for form in sarif gitlab; do is_report $form r.$form "${texts[@]}"; done
    is_report junit r.xml "${texts[@]}"
    for form in txt github md; do out=$(cat r.$form); for text in "${texts[@]}"; do says "$text"; done; done
}

project() { # a package two folders below the repository's root
    mkdir -p .git packages/db/prisma
    export GITHUB_WORKSPACE=$PWD
    cd packages/db || exit 1
    user_schema '  b String?'
    expect 0 bellows format
    unset DATABASE_URL
}

case_begin 'a schema that does not compile, in every form, with its line'
project
sed -i 's/@id @default/@di @default/' prisma/schema.prisma
all_forms 1 E0217 schema.prisma --
out=$(cat r.github) && says '::error file=packages/db/prisma/schema.prisma,line=6,'
out=$(cat r.sarif) && says '"uri": "packages/db/prisma/schema.prisma"' && says '"startLine": 6'
out=$(cat r.json) && says '"file": "prisma/schema.prisma"' && says '"line": 6' && says '"schemaChecked": false'

case_begin 'a script that does not replay, in every form, with its line'
project
mkdir -p prisma/migrations/1_a
printf 'CREATE TABLE a (id int PRIMARY KEY);\n\nALTER TABLE missing ADD COLUMN b int;\n' > prisma/migrations/1_a/migration.sql
all_forms 1 P3006 1_a/migration.sql missing --
out=$(cat r.github) && says '::error file=packages/db/prisma/migrations/1_a/migration.sql,line=3,'
out=$(cat r.sarif) && says '"startLine": 3'

case_begin 'a database that cannot be reached, in every form, where the schema names it'
project
all_forms 1 P1001 schema.prisma -- --url "postgresql://nobody:secret-word@127.0.0.1:1/x?connect_timeout=2"
out=$(cat r.*) && says_not secret-word
out=$(cat r.github) && says '::error file=packages/db/prisma/schema.prisma,line=1,'

case_begin 'a configuration that cannot be read, in every form, with its line'
project
printf '{\n  "drift": { "ignoreKind": [] }\n}\n' > bellows.json
all_forms 1 E0593 bellows.json --
out=$(cat r.github) && says '::error file=packages/db/bellows.json,line=2,'
printf '{\n  "drift": {\n' > bellows.json
all_forms 1 E0592 bellows.json --

case_begin 'what the schema has more and less, each with its advice'
project
expect 0 bellows migrate dev --create-only --name init --url "$url"
user_schema '  c String?'
sed -i '/email/d' prisma/schema.prisma
all_forms 2 schema-ahead -- --url "$url"
user_schema
all_forms 2 schema-behind prisma/schema.prisma --
out=$(cat r.github) && says '::error file=packages/db/prisma/schema.prisma,line=5,'
expect 2 bellows check
says '--> prisma/schema.prisma:5'
says 'bellows db pull'
user_schema '  b String?' '' '  @@index([b])'
all_forms 2 schema-ahead --
out=$(cat r.json) && says_not schema-behind

case_begin 'the history: pending, out of order, edited, missing'
project
for n in 1 2 3; do
    mkdir -p prisma/migrations/${n}_m
    echo "CREATE TABLE t$n (id int PRIMARY KEY);" > prisma/migrations/${n}_m/migration.sql
done
mv prisma/migrations/2_m .
expect 0 bellows migrate deploy --url "$url"
mv 2_m prisma/migrations
mkdir -p prisma/migrations/4_m && echo 'CREATE TABLE t4 (id int PRIMARY KEY);' > prisma/migrations/4_m/migration.sql
echo '-- edited' >> prisma/migrations/1_m/migration.sql
mv prisma/migrations/3_m .
all_forms 2 missing edited pending -- --url "$url"
mv 3_m prisma/migrations
all_forms 2 out-of-order 2_m pending 4_m -- --url "$url"
expect 1 bellows migrate status --json --url "$url"
"$bellows" migrate status --json --url "$url" > s.json 2> /dev/null
is_report "$schemas/status.schema.json" s.json '"outOfOrder": true' '"edited": true'

case_begin 'views, checks, functions, triggers: compared by meaning, without a shadow database'
project
mkdir -p prisma/migrations/1_a
cat > prisma/migrations/1_a/migration.sql << 'END'
CREATE EXTENSION citext;
CREATE TABLE a (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'x', age int CONSTRAINT adult CHECK (age BETWEEN 18 AND 200), "user" text CHECK ("user" IN ('a', 'b')));
CREATE INDEX a_lower ON a (lower(name)) WHERE age IS NOT NULL;
CREATE FUNCTION stamp() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE TRIGGER a_stamp BEFORE UPDATE OF name ON a FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE PROCEDURE stamp();
CREATE VIEW adults AS SELECT id, lower(name) AS called FROM a WHERE age >= 18;
CREATE VIEW both_of AS SELECT a.id, count(*) AS n FROM adults JOIN a ON a.id = adults.id GROUP BY a.id ORDER BY n DESC;
END
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows db pull --url "$url"
expect 0 bellows check --url "$url" --replay=memory
says 'Schema, migrations and database agree.'
says_not shadow
expect 0 bellows check --url "$url" --replay=shadow
expect 0 bellows check --url "$url"
says_not shadow
psql_ "$url" -c 'CREATE OR REPLACE VIEW adults AS SELECT id, lower(name) AS called FROM a WHERE age >= 21'
expect 2 bellows check --url "$url"
says 'Changed view `adults`'
says_not 'both_of'
expect 2 bellows check --url "$url" --replay=memory
says 'replayed in memory only'
psql_ "$url" -c 'CREATE OR REPLACE VIEW adults AS SELECT id, lower(name) AS called FROM a WHERE age >= 18' -c "COMMENT ON EXTENSION citext IS 'by hand'"
expect 2 bellows check --url "$url"
says 'comment `extension citext`'

case_begin 'a baseline of a database that holds a bit of everything: check agrees with it'
project
psql_ "$url" << 'END'
CREATE EXTENSION citext;
CREATE TYPE level AS ENUM ('low', 'high');
CREATE DOMAIN positive AS int NOT NULL DEFAULT 1 CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE TYPE pair AS (a int, b text);
CREATE SEQUENCE numbers AS int INCREMENT 5 CYCLE;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n';
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE "User" (id serial PRIMARY KEY, "user" text NOT NULL, email citext CONSTRAINT one_email UNIQUE, l level DEFAULT 'low', n positive NOT NULL, w int CHECK (w > twice(2)), r int4range, EXCLUDE USING gist (r WITH &&));
ALTER SEQUENCE "User_id_seq" CACHE 7;
CREATE FUNCTION of_user(u "User") RETURNS text LANGUAGE sql STABLE AS 'SELECT u."user"';
CREATE INDEX user_lower ON "User" (lower("user"));
CREATE VIEW adults WITH (security_barrier) AS SELECT id, "user" FROM "User" WHERE id > 1;
CREATE VIEW of_adults AS SELECT a.id FROM adults a;
CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS n FROM of_adults;
CREATE UNIQUE INDEX counts_n ON counts (n);
CREATE TRIGGER stamp BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE "User" DISABLE TRIGGER stamp;
CREATE TRIGGER insteads INSTEAD OF INSERT ON adults FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE RULE nothing AS ON DELETE TO "User" DO INSTEAD NOTHING;
CREATE POLICY own ON "User" USING (id > 1);
ALTER TABLE "User" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE STATISTICS together ON id, w FROM "User";
CREATE UNLOGGED TABLE scratch (id int PRIMARY KEY) WITH (fillfactor = 70);
ALTER TABLE scratch REPLICA IDENTITY FULL;
COMMENT ON TABLE "User" IS 'it''s';
COMMENT ON COLUMN "User"."user" IS 'a name';
COMMENT ON VIEW adults IS 'grown';
COMMENT ON FUNCTION twice(int) IS 'two';
COMMENT ON TRIGGER stamp ON "User" IS 'mark';
COMMENT ON CONSTRAINT one_email ON "User" IS 'one';
GRANT SELECT, UPDATE (w) ON "User" TO PUBLIC;
END
expect 0 bellows db pull --url "$url"
mkdir -p prisma/migrations/0_init
echo 'provider = "postgresql"' > prisma/migrations/migration_lock.toml
"$bellows" migrate diff --from-empty --to-url "$url" --script > prisma/migrations/0_init/migration.sql 2> /dev/null || fail 'no baseline'
out=$(cat prisma/migrations/0_init/migration.sql) && says_not 'Left out'
expect 0 bellows migrate resolve --applied 0_init --url "$url"
expect 0 bellows check --url "$url"
says 'Schema, migrations and database agree.'
psql_ "$url" -c 'CREATE SCHEMA elsewhere'
"$bellows" migrate diff --from-empty --to-url "$url" --script > baseline.sql 2> /dev/null || fail 'no baseline'
out=$(cat baseline.sql) && says "--   schema, which is not the project's: elsewhere"

# The commands of a step of the workflow for GitHub, of a job of the one for GitLab.
github_step() { sed -n "/- name: $1\$/,/run: /{ s/^ *run: //p; }" "$samples/github.yml" | head -n 1; }
gitlab_job() { sed -n "/^$1:/,/^\$/p" "$samples/gitlab.yml" | sed -n '/script:/,/^  [a-z]/{ s/^    - //p; }'; }
step() { # CODE COMMAND
    [ -n "$2" ] || fail "no such step"
    expect "$1" bash -c "bellows() { '$bellows' \"\$@\"; }; $2"
}
job() { while read -r line; do step 0 "$line"; done < <(gitlab_job "$1"); }

case_begin 'GitHub: a pull request, deploy, waiting, contract, drift'
project
export GITHUB_STEP_SUMMARY=$PWD/page.md
expect 0 bellows migrate dev --create-only --name init --url "$url"
step 0 "$(github_step files)"
export DATABASE_URL=$url
step 0 "$(github_step 'what would run')"
says 'Would apply:'
says _init
query_gives "SELECT to_regclass('_prisma_migrations') IS NULL" t
step 0 "$(github_step deploy)"
step 0 "$(github_step gate)"
user_schema '  /// @renamedFrom(b)' '  c String?'
expect 0 bellows format
DATABASE_URL='' step 2 "$(github_step files)"
says '::error file=packages/db/prisma/schema.prisma,line='
step 0 "$(github_step page)"
out=$(cat page.md) && says 'schema-ahead'
expect 0 bellows migrate dev --create-only --name rename
DATABASE_URL='' step 0 "$(github_step layout)"
DATABASE_URL='' step 0 "$(github_step files)"
step 2 "$(github_step gate)" # nobody has deployed it
step 0 "$(github_step 'what would run')"
says 'keeps everybody out of User'
says 'Would wait for `--contract`:'
step 0 "$(github_step deploy)"
says 'Waiting for `--contract`'
step 0 "$(github_step gate)"
says '::notice file=packages/db/prisma/migrations/'
says waiting
step 0 "$(github_step drift)"
expect 2 bellows check --strict
expect 0 bellows migrate status
says 'Waiting at their gates:'
says 'up to date'
expect 1 bellows migrate status --strict
"$bellows" migrate status --json > s.json 2> /dev/null || fail "waiting is no failure"
is_report "$schemas/status.schema.json" s.json '"state": "waiting"' '"upToDate": true'
all_forms 0 waiting --
all_forms 2 waiting -- --strict
step 0 "$(github_step contract)"
step 0 "$(github_step 'nothing waits')"
says_not waiting
psql_ "$url" -c 'ALTER TABLE "User" ADD COLUMN by_hand int'
step 2 "$(github_step drift)"
says 'bellows drift'
all_forms 2 drift by_hand --

case_begin 'GitLab: the same'
project
unset GITHUB_WORKSPACE
export CI_PROJECT_DIR=$root/$number
expect 0 bellows migrate dev --create-only --name init --url "$url"
job pull-request
export DATABASE_URL=$url
job deploy
is_report junit check.xml
user_schema '  /// @renamedFrom(b)' '  c String?'
expect 0 bellows format
expect 0 bellows migrate dev --create-only --name rename
DATABASE_URL='' job pull-request
is_report gitlab quality.json
job deploy
is_report junit check.xml waiting
job contract
job drift
unset DATABASE_URL CI_PROJECT_DIR

case_begin "every command answers in one object, whatever happens"
answers() { # CODE COMMAND...: standard output is an answer, and nothing else
    local want=$1
    shift
    "$bellows" "$@" --json > answer.json 2> answer.err
    code=$?
    [ "$code" -eq "$want" ] || { out=$(cat answer.json answer.err); fail "exit code $code, not $want: $*"; }
    is_report "$schemas/answer.schema.json" answer.json "\"exitCode\": $want"
}
schema <<< ''
while read -r command; do
    # shellcheck disable=SC2086 # one or two words
    "$bellows" $command --nonsense --json > answer.json 2> answer.err && fail "$command takes nonsense"
    is_report "$schemas/answer.schema.json" answer.json "\"command\": \"$command\"" '"exitCode": 64' '"code": "E0602"'
    # shellcheck disable=SC2086 # one or two words
    "$bellows" $command --help --json > answer.json || fail "$command --help --json"
    is_report "$schemas/answer.schema.json" answer.json "Usage: bellows $command"
done < <("$bellows" help --as markdown | sed -n 's/^## bellows //p')
user_schema '  b String?'
answers 64 frobnicate
answers 0 format
answers 0 validate
says '"valid": true'
answers 1 migrate status --url postgresql://127.0.0.1:9/x
says '"P1001"'
answers 0 migrate dev --name init --url "$url"
says '_init"'
printf '{ "prisma": { "seed": "echo of the seed" } }\n' > package.json
answers 0 db seed --url "$url"
grep -q 'of the seed' answer.err || fail "the seed's words are lost"
says_not '"output": "of the seed'
psql_ "$url" -c "INSERT INTO \"User\" VALUES (1, 'a', 'x'), (2, 'b', 'x')"
user_schema
answers 3 migrate dev --name less --url "$url"
says '"name": "drop-column"'
says '"level": "loses data"'
user_schema '  b String? @unique'
answers 1 migrate dev --name unique --url "$url"
says '"name": "add-unique"'
says '2 rows share a value with another one: {x}'
psql_ "$url" -c "UPDATE \"User\" SET b = id"
answers 0 migrate dev --name unique --url "$url"
answers 0 migrate status --url "$url"
is_report "$schemas/status.schema.json" answer.json
answers 0 check --url "$url"
is_report "$schemas/check.schema.json" answer.json
answers 0 plan --url "$url"
answers 0 db pull --print --url "$url"
answers 0 dmmf
answers 0 migrate diff --from-empty --to-schema prisma/schema.prisma --script
answers 0 migrate deploy --url "$url"
answers 0 migrate reset --force --url "$url"
answers 0 db push --url "$url"
answers 1 server status
answers 64 help nonsense
{ printf 'datasource db {\n  provider = "postgresql"\n}\n\ngenerator made {\n  provider = "%s"\n  output = "../there"\n}\n' "$fake"
  printf '\ngenerator absent {\n  provider = "no-such-program-here"\n}\n\nmodel User {\n  id Int @id\n}\n'; } | schema
answers 0 generate --generator made
is_report "$schemas/answer.schema.json" answer.json '"name": "made"' '"version": "1.2"' '"output": "./there"' '"generated": true'
answers 1 generate
is_report "$schemas/answer.schema.json" answer.json '"name": "absent"' '"generated": false' '"generated": true' '"code": "E05'

finish
