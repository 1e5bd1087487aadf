#!/usr/bin/env bash
# record_replies.sh: what a real server answers to the questions of a catalog's load, as fuzz_replies reads it. Run it again when a
# query of introspect/load/queries or their order (introspect/load/load_ask.c) has changed:
#
#     build/dev/tests/harness/private_server -- tests/fuzz/record_replies.sh > tests/fuzz/corpus/replies/database
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
queries=$here/../../introspect/load/queries
server=${BELLOWS_TEST_URL:?needs a server: run through private_server}
# shellcheck source=tests/harness/psql.bash
source "$here/../harness/psql.bash"
database=replies_$$
psql -X -q "$server" -c "CREATE DATABASE $database"
url=$(sed "s#/postgres?#/$database?#" <<< "$server")
trap 'psql -X -q "$server" -c "DROP DATABASE $database"' EXIT
psql -X -q -v ON_ERROR_STOP=1 "$url" << 'END'
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE DOMAIN short AS varchar(10) NOT NULL CHECK (value <> '');
CREATE TYPE pair AS (a int, b text);
CREATE TABLE "User" (id serial PRIMARY KEY, email varchar(50) COLLATE "C" NOT NULL UNIQUE, mood mood DEFAULT 'low', tags text[] DEFAULT '{}',
    short short, total numeric(10, 2) GENERATED ALWAYS AS (id * 2) STORED, at timestamptz(3) DEFAULT now(), CHECK (id > 0));
CREATE TABLE "Post" (id bigint GENERATED ALWAYS AS IDENTITY, author int REFERENCES "User" ON DELETE CASCADE, p point,
    PRIMARY KEY (id), EXCLUDE USING gist (p WITH ~=));
CREATE TABLE "_PostToUser" ("A" bigint REFERENCES "Post", "B" int REFERENCES "User", UNIQUE ("A", "B"));
CREATE INDEX ON "_PostToUser" ("B");
CREATE INDEX post_author ON "Post" (author DESC NULLS LAST) INCLUDE (p);
CREATE INDEX user_lower ON "User" (lower(email));
CREATE INDEX user_some ON "User" (mood) WHERE id > 10;
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE VIEW v AS SELECT id, email FROM "User";
CREATE MATERIALIZED VIEW mv AS SELECT id FROM "Post";
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;
CREATE POLICY pol ON "User" FOR SELECT USING (id > 0);
CREATE STATISTICS st ON id, mood FROM "User";
CREATE SEQUENCE lonely;
GRANT SELECT (id) ON "User" TO PUBLIC;
COMMENT ON TABLE "User" IS 'people';
COMMENT ON COLUMN "User".email IS 'where to write';
END
tables="(SELECT array_agg(oid) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition)"

# As load_ask.c asks; settings and transaction control have no answer here.
record() {
    local sql
    sql=$(sed "s/\$1::text\[\]/'{public}'::text[]/g; s/\$1::oid\[\]/$tables/g" "$queries/$1.sql")
    psql -X -q -v ON_ERROR_STOP=1 "$url" << END
COPY ($sql
) TO STDOUT (HEADER);
END
}
whole() {
    local name divider=
    for name in schemas tables extensions enums types sequences operator_classes presence defaults columns constraints indexes \
        names opaque opaque_depends views view_columns comments; do
        printf '%s' "$divider"
        divider=$'=====\n'
        record "$name"
    done
}
text=$(whole)
printf '# whole %s\n%s' "$(printf '%s' "$text" | sha256sum | cut -d ' ' -f 1)" "$text"
