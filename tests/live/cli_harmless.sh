#!/usr/bin/env bash
# What is said in two ways and is one thing: the migrations say the left, the database was made by the right, and check is quiet.
# Each pair has a schema of its own, `@` in the texts; a difference names it.
# shellcheck disable=SC2154,SC2034  # $url is cli.bash's, which reads $out
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

shopt -u patsub_replacement 2> /dev/null # `&` in a text is itself
count=0
pair() { # LEFT RIGHT
    count=$((count + 1))
    printf 'CREATE SCHEMA s%d;\n%s;\n' "$count" "${1//@/s$count}" >> left.sql
    printf 'CREATE SCHEMA s%d;\n%s;\n' "$count" "${2//@/s$count}" >> right.sql
    printf '%d: %s | %s\n' "$count" "$1" "$2" >> pairs
}
types() { while read -r a b; do [ -z "$a" ] || pair "CREATE TABLE @.t (c ${a//\~/ })" "CREATE TABLE @.t (c ${b//\~/ })"; done; }
of() { while IFS='|' read -r a b; do [ -z "$a" ] || pair "${1//<>/$a}" "${1//<>/$b}"; done; }

case_begin 'two hundred pairs'
types << 'END'
int integer
int4 integer
int8 bigint
int2 smallint
float8 double~precision
float double~precision
float(53) float8
float4 real
float(24) real
bool boolean
decimal numeric
decimal(10,2) numeric(10,2)
numeric(10) numeric(10,0)
varchar character~varying
varchar(20) character~varying(20)
char character(1)
char(5) character(5)
bpchar(5) char(5)
timestamp timestamp~without~time~zone
timestamp(3) timestamp(3)~without~time~zone
timestamptz timestamp~with~time~zone
timestamptz(6) timestamp(6)~with~time~zone
time time~without~time~zone
timetz time~with~time~zone
bit bit(1)
varbit bit~varying
varbit(8) bit~varying(8)
int[] integer~array
int[3] int[]
text[][] text[]
dec(5,1) numeric(5,1)
interval pg_catalog.interval
text pg_catalog.text
uuid pg_catalog.uuid
END
of 'CREATE TABLE @.t (a int, b text, d timestamptz, j jsonb, f boolean, n numeric, g int[], c text DEFAULT <>)' << 'END'
'x'|'x'::text
'x'|('x')
'x'|'x'::varchar
'it''s'|E'it\'s'
lower('A')|lower('A'::text)
lower('A')|pg_catalog.lower('A')
upper('a')|(upper('a'))
current_user|CURRENT_USER
md5('a')|md5('a'::text)
NULL|NULL::text
concat('a', 'b')|concat('a'::text, 'b'::text)
END
of 'CREATE TABLE @.t (c timestamptz DEFAULT <>)' << 'END'
now()|CURRENT_TIMESTAMP
now()|pg_catalog.now()
now()|transaction_timestamp()
now() + interval '1 day'|now() + '1 day'::interval
now() - '1 hour'::interval|(now() - interval '1 hour')
END
of 'CREATE TABLE @.t (c int DEFAULT <>)' << 'END'
1|'1'
1|(1)
-1|(-1)
-1|'-1'::int
0|0::int
1|1::integer
1 + 2|(1 + 2)
1 + 2 * 3|(1 + (2 * 3))
END
of 'CREATE TABLE @.t (c bigint DEFAULT <>)' << 'END'
1|'1'::bigint
5|5::bigint
END
of 'CREATE TABLE @.t (c numeric(10,2) DEFAULT <>)' << 'END'
1.50|'1.50'
0|0.0::int
END
of 'CREATE TABLE @.t (c boolean DEFAULT <>)' << 'END'
true|'t'
true|TRUE
false|'f'::boolean
false|'no'
(NOT true)|((NOT true))
END
of 'CREATE TABLE @.t (c jsonb DEFAULT <>)' << 'END'
'{}'|'{}'::jsonb
'[]'|('[]'::jsonb)
'{"a": 1}'|'{"a":1}'
END
of 'CREATE TABLE @.t (c int[] DEFAULT <>)' << 'END'
'{}'|ARRAY[]::int[]
'{1,2}'|ARRAY[1, 2]
'{1,2}'|'{1, 2}'::int[]
END
of 'CREATE TABLE @.t (c text[] DEFAULT <>)' << 'END'
'{}'|ARRAY[]::text[]
'{a,b}'|ARRAY['a', 'b']
'{}'|'{}'::text[]
END
of 'CREATE TABLE @.t (a int, b text, d date, e int, CONSTRAINT k CHECK (<>))' << 'END'
a > 0|(a > 0)
a > 0|((a) > (0))
a>0 AND e>0|(a > 0) AND (e > 0)
a > 0 OR e > 0 AND a < 9|(a > 0) OR ((e > 0) AND (a < 9))
a IN (1, 2)|a = ANY (ARRAY[1, 2])
b IN ('x', 'y')|b = ANY (ARRAY['x'::text, 'y'::text])
a NOT IN (1, 2)|a <> ALL (ARRAY[1, 2])
a BETWEEN 1 AND 9|a >= 1 AND a <= 9
a != 3|a <> 3
b IS NOT NULL|(b IS NOT NULL)
b LIKE 'a%'|b ~~ 'a%'::text
b NOT LIKE 'a%'|b !~~ 'a%'
b ILIKE 'a%'|b ~~* 'a%'
length(b) < 5|length(b) < (5)
char_length(b) < 5|pg_catalog.char_length(b) < 5
coalesce(a, 0) > 1|COALESCE(a, 0) > 1
NOT a > 3|NOT (a > 3)
a = 1 IS TRUE|(a = 1) IS TRUE
a + e > 3|(a + e) > 3
cast(a AS text) = b|a::text = b
d > '2020-01-01'|d > '2020-01-01'::date
CASE WHEN a > 1 THEN true ELSE false END|CASE WHEN (a > 1) THEN TRUE ELSE FALSE END
b SIMILAR TO 'a'|b SIMILAR TO 'a'::text
a IS DISTINCT FROM e|(a) IS DISTINCT FROM (e)
nullif(a, 0) IS NULL|NULLIF(a, 0) IS NULL
greatest(a, e) > 1|GREATEST(a, e) > 1
END
of 'CREATE TABLE @.t (a int, b text, e int); CREATE INDEX i ON @.t <>' << 'END'
(a)|USING btree (a)
(a)|(a ASC)
(a)|(a ASC NULLS LAST)
(a DESC)|(a DESC NULLS FIRST)
(a NULLS LAST)|(a)
(lower(b))|(lower(b) ASC)
(lower(b))|(pg_catalog.lower(b))
((a + 1))|((a+1))
(a) WHERE a > 0|(a) WHERE (a > 0)
(a) WHERE b IS NULL|(a) WHERE (b IS NULL)
(a) WHERE b = 'x'|(a) WHERE b = 'x'::text
(b text_ops)|(b)
(a int4_ops)|(a)
(a) INCLUDE (e)|(a) INCLUDE (e)
(b COLLATE "default")|(b)
(a, e)|USING BTREE (a, e)
USING hash (a)|USING HASH (a)
(a) TABLESPACE pg_default|(a)
END
of '<>' << 'END'
CREATE TABLE @.t (a int PRIMARY KEY)|CREATE TABLE @.t (a int NOT NULL); ALTER TABLE @.t ADD PRIMARY KEY (a)
CREATE TABLE @.t (a int PRIMARY KEY)|CREATE TABLE @.t (a int, CONSTRAINT t_pkey PRIMARY KEY (a))
CREATE TABLE @.t (a int PRIMARY KEY)|CREATE TABLE @.t (a int NOT NULL); CREATE UNIQUE INDEX t_pkey ON @.t (a); ALTER TABLE @.t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey
CREATE TABLE @.t (a int UNIQUE)|CREATE TABLE @.t (a int, CONSTRAINT t_a_key UNIQUE (a))
CREATE TABLE @.t (a int UNIQUE)|CREATE TABLE @.t (a int); ALTER TABLE @.t ADD UNIQUE (a)
CREATE TABLE @.t (a int CHECK (a > 0))|CREATE TABLE @.t (a int, CONSTRAINT t_a_check CHECK (a > 0))
CREATE TABLE @.t (a int CHECK (a > 0))|CREATE TABLE @.t (a int); ALTER TABLE @.t ADD CONSTRAINT t_a_check CHECK (a > 0) NOT VALID; ALTER TABLE @.t VALIDATE CONSTRAINT t_a_check
CREATE TABLE @.t (a int NOT NULL)|CREATE TABLE @.t (a int); ALTER TABLE @.t ALTER a SET NOT NULL
CREATE TABLE @.t (a int)|CREATE TABLE @.t (a int NOT NULL); ALTER TABLE @.t ALTER a DROP NOT NULL
CREATE TABLE @.t (a int DEFAULT 1)|CREATE TABLE @.t (a int); ALTER TABLE @.t ALTER a SET DEFAULT 1
CREATE TABLE @.t (a int, b int)|CREATE TABLE @.t (a int); ALTER TABLE @.t ADD b int
CREATE TABLE @.t (a int, b int)|CREATE TABLE @.t (a int, x int); ALTER TABLE @.t DROP x; ALTER TABLE @.t ADD b int
CREATE TABLE @.t (a int)|CREATE TABLE @.u (a int); ALTER TABLE @.u RENAME TO t
CREATE TABLE @.t (a int)|CREATE TABLE @.t (x int); ALTER TABLE @.t RENAME x TO a
CREATE TABLE @.t (a text)|CREATE TABLE @.t (a varchar(3)); ALTER TABLE @.t ALTER a TYPE text
CREATE TABLE @.t (a int)|CREATE TABLE @.t (x text); DROP TABLE @.t; CREATE TABLE @.t (a int)
CREATE TABLE @.t (a int); CREATE TABLE @.u (a int)|CREATE TABLE @.u (a int); CREATE TABLE @.t (a int)
CREATE TABLE @.t (a int, b int); CREATE INDEX i ON @.t (a); CREATE INDEX j ON @.t (b)|CREATE TABLE @.t (a int, b int); CREATE INDEX j ON @.t (b); CREATE INDEX i ON @.t (a)
CREATE TABLE @.t (a int); CREATE INDEX i ON @.t (a)|CREATE TABLE @.t (a int); CREATE INDEX x ON @.t (a); ALTER INDEX @.x RENAME TO i
CREATE TABLE @.t (a int); CREATE INDEX i ON @.t (a)|CREATE TABLE @.t (a int); CREATE INDEX i ON @.t (a); DROP INDEX @.i; CREATE INDEX i ON @.t (a)
CREATE TABLE @.t (a serial)|CREATE SEQUENCE @.t_a_seq AS int; CREATE TABLE @.t (a int NOT NULL DEFAULT nextval('@.t_a_seq')); ALTER SEQUENCE @.t_a_seq OWNED BY @.t.a
CREATE TABLE @.t (a bigserial)|CREATE TABLE @.t (a serial8)
CREATE TABLE @.t (a smallserial)|CREATE TABLE @.t (a serial2)
CREATE TABLE @.t (a int GENERATED ALWAYS AS IDENTITY)|CREATE TABLE @.t (a int NOT NULL); ALTER TABLE @.t ALTER a ADD GENERATED ALWAYS AS IDENTITY
CREATE SEQUENCE @.s|CREATE SEQUENCE @.s AS bigint START 1 INCREMENT 1 CACHE 1 NO CYCLE
CREATE SEQUENCE @.s|CREATE SEQUENCE @.s MINVALUE 1 MAXVALUE 9223372036854775807
CREATE SEQUENCE @.s INCREMENT 2|CREATE SEQUENCE @.s; ALTER SEQUENCE @.s INCREMENT BY 2
CREATE TYPE @.e AS ENUM ('a', 'b')|CREATE TYPE @.e AS ENUM ('a'); ALTER TYPE @.e ADD VALUE 'b'
CREATE TYPE @.e AS ENUM ('a', 'b', 'c')|CREATE TYPE @.e AS ENUM ('a', 'c'); ALTER TYPE @.e ADD VALUE 'b' BEFORE 'c'
CREATE TYPE @.e AS ENUM ('a', 'b')|CREATE TYPE @.e AS ENUM ('x', 'b'); ALTER TYPE @.e RENAME VALUE 'x' TO 'a'
CREATE TYPE @.e AS ENUM ('a')|CREATE TYPE @.f AS ENUM ('a'); ALTER TYPE @.f RENAME TO e
CREATE DOMAIN @.d AS int CHECK (VALUE > 0)|CREATE DOMAIN @.d AS integer CONSTRAINT d_check CHECK ((VALUE > 0))
CREATE DOMAIN @.d AS text NOT NULL|CREATE DOMAIN @.d AS text; ALTER DOMAIN @.d SET NOT NULL
CREATE DOMAIN @.d AS text DEFAULT 'x'|CREATE DOMAIN @.d AS text; ALTER DOMAIN @.d SET DEFAULT 'x'::text
CREATE TYPE @.c AS (a int, b text)|CREATE TYPE @.c AS (a integer); ALTER TYPE @.c ADD ATTRIBUTE b text
CREATE TABLE @.p (a int PRIMARY KEY); CREATE TABLE @.t (a int REFERENCES @.p)|CREATE TABLE @.p (a int PRIMARY KEY); CREATE TABLE @.t (a int, CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES @.p (a))
CREATE TABLE @.p (a int PRIMARY KEY); CREATE TABLE @.t (a int REFERENCES @.p)|CREATE TABLE @.p (a int PRIMARY KEY); CREATE TABLE @.t (a int REFERENCES @.p MATCH SIMPLE ON DELETE NO ACTION ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE)
CREATE TABLE @.p (a int PRIMARY KEY); CREATE TABLE @.t (a int REFERENCES @.p)|CREATE TABLE @.p (a int PRIMARY KEY); CREATE TABLE @.t (a int); ALTER TABLE @.t ADD FOREIGN KEY (a) REFERENCES @.p NOT VALID; ALTER TABLE @.t VALIDATE CONSTRAINT t_a_fkey
CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT a FROM @.t|CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT t.a FROM @.t
CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT * FROM @.t|CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT a FROM @.t
CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT a FROM @.t WHERE a > 0|CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT a FROM @.t WHERE ((a > 0))
CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT a FROM @.t|CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT 1 AS a; CREATE OR REPLACE VIEW @.v AS SELECT a FROM @.t
CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT count(*) AS n FROM @.t|CREATE TABLE @.t (a int); CREATE VIEW @.v (n) AS SELECT pg_catalog.count(*) FROM @.t
CREATE TABLE @.t (a int); CREATE MATERIALIZED VIEW @.v AS SELECT a FROM @.t|CREATE TABLE @.t (a int); CREATE MATERIALIZED VIEW @.v AS SELECT a FROM @.t WITH NO DATA; REFRESH MATERIALIZED VIEW @.v
CREATE FUNCTION @.f() RETURNS int LANGUAGE sql AS 'SELECT 1'|CREATE FUNCTION @.f() RETURNS integer AS $$SELECT 1$$ LANGUAGE sql VOLATILE
CREATE FUNCTION @.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'|CREATE OR REPLACE FUNCTION @.f(IN a integer) RETURNS int LANGUAGE sql CALLED ON NULL INPUT AS 'SELECT 1'
CREATE FUNCTION @.f() RETURNS int LANGUAGE sql STRICT AS 'SELECT 1'|CREATE FUNCTION @.f() RETURNS int LANGUAGE sql RETURNS NULL ON NULL INPUT AS 'SELECT 1'
CREATE TABLE @.t (a int); COMMENT ON TABLE @.t IS 'x'|CREATE TABLE @.t (a int); COMMENT ON TABLE @.t IS 'y'; COMMENT ON TABLE @.t IS 'x'
CREATE TABLE @.t (a int)|CREATE TABLE @.t (a int); COMMENT ON TABLE @.t IS 'x'; COMMENT ON TABLE @.t IS NULL
CREATE TABLE @.t (a int); GRANT SELECT, INSERT ON @.t TO PUBLIC|CREATE TABLE @.t (a int); GRANT INSERT ON @.t TO PUBLIC; GRANT SELECT ON @.t TO PUBLIC
CREATE TABLE @.t (a int)|CREATE TABLE @.t (a int); GRANT SELECT ON @.t TO PUBLIC; REVOKE SELECT ON @.t FROM PUBLIC
CREATE TABLE @.t (a int)|CREATE TABLE @.t (a int); GRANT ALL ON @.t TO CURRENT_USER
CREATE TABLE @.t (a int)|CREATE TABLE @.t (a int); ALTER TABLE @.t ENABLE ROW LEVEL SECURITY; ALTER TABLE @.t DISABLE ROW LEVEL SECURITY
CREATE TABLE @.t (a int) WITH (fillfactor = 70)|CREATE TABLE @.t (a int); ALTER TABLE @.t SET (fillfactor = 70)
CREATE TABLE @.t (a int)|CREATE TABLE @.t (a int) WITH (fillfactor = 70); ALTER TABLE @.t RESET (fillfactor)
CREATE TABLE @.t (a int)|CREATE UNLOGGED TABLE @.t (a int); ALTER TABLE @.t SET LOGGED
CREATE TABLE @.t (a int)|CREATE TABLE @.t (a int); ALTER TABLE @.t REPLICA IDENTITY FULL; ALTER TABLE @.t REPLICA IDENTITY DEFAULT
CREATE TABLE @.t (a int) PARTITION BY RANGE (a); CREATE TABLE @.u PARTITION OF @.t FOR VALUES FROM (1) TO (5)|CREATE TABLE @.t (a int) PARTITION BY RANGE (a); CREATE TABLE @.u (a int); ALTER TABLE @.t ATTACH PARTITION @.u FOR VALUES FROM ('1') TO ('5')
CREATE TABLE @.t (a text) PARTITION BY LIST (a); CREATE TABLE @.u PARTITION OF @.t FOR VALUES IN ('x')|CREATE TABLE @.t (a text) PARTITION BY LIST (a); CREATE TABLE @.u (a text); ALTER TABLE @.t ATTACH PARTITION @.u FOR VALUES IN ('x')
CREATE TABLE @.p (a int); CREATE TABLE @.t () INHERITS (@.p)|CREATE TABLE @.p (a int); CREATE TABLE @.t (a int); ALTER TABLE @.t INHERIT @.p; ALTER TABLE @.t NO INHERIT @.p; DROP TABLE @.t; CREATE TABLE @.t () INHERITS (@.p)
CREATE TABLE @.t (a int, b int GENERATED ALWAYS AS (a + 1) STORED)|CREATE TABLE @.t (a int, b int GENERATED ALWAYS AS ((a+1)) STORED)
CREATE TABLE @.t (a int, b text); CREATE POLICY p ON @.t USING (a > 0)|CREATE TABLE @.t (a int, b text); CREATE POLICY p ON @.t AS PERMISSIVE FOR ALL TO PUBLIC USING ((a > 0))
CREATE TABLE @.t (a int); CREATE RULE r AS ON DELETE TO @.t DO INSTEAD NOTHING|CREATE TABLE @.t (a int); CREATE OR REPLACE RULE r AS ON DELETE TO @.t DO INSTEAD NOTHING
CREATE TABLE @.t (a int); CREATE FUNCTION @.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x BEFORE INSERT ON @.t FOR EACH ROW EXECUTE FUNCTION @.f()|CREATE TABLE @.t (a int); CREATE FUNCTION @.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x BEFORE INSERT ON @.t FOR EACH ROW EXECUTE PROCEDURE @.f()
CREATE TABLE @.t (a int); CREATE FUNCTION @.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x BEFORE INSERT ON @.t FOR EACH ROW EXECUTE FUNCTION @.f()|CREATE TABLE @.t (a int); CREATE FUNCTION @.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x BEFORE INSERT ON @.t FOR EACH ROW EXECUTE FUNCTION @.f(); ALTER TABLE @.t DISABLE TRIGGER x; ALTER TABLE @.t ENABLE TRIGGER x
CREATE TABLE @.t (a int); CREATE FUNCTION @.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x AFTER INSERT OR UPDATE ON @.t FOR EACH ROW EXECUTE FUNCTION @.f()|CREATE TABLE @.t (a int); CREATE FUNCTION @.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x AFTER UPDATE OR INSERT ON @.t FOR EACH ROW EXECUTE FUNCTION @.f()
CREATE TABLE @.t (a int, CONSTRAINT x CHECK (a > 0))|CREATE TABLE @.t (a int, CONSTRAINT y CHECK (a > 0)); ALTER TABLE @.t RENAME CONSTRAINT y TO x
CREATE TABLE @.t (a int UNIQUE)|CREATE TABLE @.t (a int); CREATE UNIQUE INDEX t_a_key ON @.t (a); ALTER TABLE @.t ADD CONSTRAINT t_a_key UNIQUE USING INDEX t_a_key
CREATE TABLE @.t (a int, b int, PRIMARY KEY (a, b))|CREATE TABLE @.t (a int, b int); ALTER TABLE @.t ADD CONSTRAINT t_pkey PRIMARY KEY (a, b)
CREATE TABLE @.t (a text)|CREATE TABLE @.t (a text COLLATE "default")
CREATE TABLE @.t (a text COLLATE "C")|CREATE TABLE @.t (a text COLLATE pg_catalog."C")
CREATE TABLE @.t (a text)|CREATE TABLE @.t (a text); ALTER TABLE @.t ALTER a SET STORAGE MAIN; ALTER TABLE @.t ALTER a SET STORAGE EXTENDED
CREATE TABLE @.t (a int); ALTER TABLE @.t ALTER a SET STATISTICS 50|CREATE TABLE @.t (a int); ALTER TABLE @.t ALTER a SET STATISTICS 10; ALTER TABLE @.t ALTER a SET STATISTICS 50
CREATE TABLE @.t (a int, e tsrange, EXCLUDE USING gist (e WITH &&))|CREATE TABLE @.t (a int, e tsrange, CONSTRAINT t_e_excl EXCLUDE USING gist (e WITH OPERATOR(pg_catalog.&&)))
CREATE TABLE @.t (LIKE pg_catalog.pg_enum)|CREATE TABLE @.t (oid oid NOT NULL, enumtypid oid NOT NULL, enumsortorder real NOT NULL, enumlabel name COLLATE "C" NOT NULL)
CREATE TABLE @.t AS SELECT 1 AS a, 'x'::text AS b|CREATE TABLE @.t (a int, b text)
CREATE AGGREGATE @.a (int) (SFUNC = int4pl, STYPE = int)|CREATE AGGREGATE @.a (int) (SFUNC = pg_catalog.int4pl, STYPE = integer, PARALLEL = UNSAFE)
CREATE PROCEDURE @.p() LANGUAGE sql AS 'SELECT 1'|CREATE OR REPLACE PROCEDURE @.p() AS 'SELECT 1' LANGUAGE sql SECURITY INVOKER
CREATE OPERATOR @.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)|CREATE OPERATOR @.=== (FUNCTION = pg_catalog.int4eq, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE @.t (a int); CREATE VIEW @.v AS SELECT a FROM @.t|CREATE TABLE @.t (a int); CREATE VIEW @.v WITH (security_barrier) AS SELECT a FROM @.t; ALTER VIEW @.v RESET (security_barrier)
CREATE TYPE @.r AS RANGE (subtype = int)|CREATE TYPE @.r AS RANGE (SUBTYPE = integer, SUBTYPE_OPCLASS = int4_ops)
CREATE TABLE @.t (a int, b int); CREATE STATISTICS @.s ON a, b FROM @.t|CREATE TABLE @.t (a int, b int); CREATE STATISTICS @.s ON b, a FROM @.t
END
[ "$count" -ge 200 ] || fail "only $count pairs"
printf 'datasource db {\n  provider = "postgresql"\n}\n' | schema
mkdir -p prisma/migrations/1_left
mv left.sql prisma/migrations/1_left/migration.sql
expect 0 psql -X -q -v ON_ERROR_STOP=1 "$url" -f right.sql
expect 0 bellows migrate resolve --applied 1_left --url "$url"
expect 0 bellows check --url "$url"
if [ "$code" -ne 0 ]; then
    grep -oE '\bs[0-9]+\b' <<< "$out" | sort -u | while read -r name; do grep "^${name#s}: " pairs; done
fi

finish
