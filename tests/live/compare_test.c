/*
 * compare_test.c - everything that a dump tells is compared: a change planted for each row of
 * compare.def and opaque_kinds.def, with `pg_dump -s` as the judge; and spellings that change
 * nothing.
 *
 * One database is changed plant by plant: each plant is compared with what was there before it. A
 * row without a plant fails, and so does a plant that the judge does not see. The judge takes its
 * time: it is asked about every sixth plant, about all with BELLOWS_COMPARE=all.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/compare/compare.h"
#include "introspect/load/load.h"
#include "runtime/host/process.h"

typedef struct Bench {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    const char *database;
    Session *session; /* reads */
    Session *hand;    /* changes */
} Bench;

static void fail_with_diagnostics(const Bench *bench, const char *what)
{
    vec_each(Diagnostic *, at, &bench->diags->items) {
        fprintf(stderr, "%s: %s\n", diag_row((*at)->code)->code, (*at)->message);
    }
    cr_assert(false, "%s", what);
}

/* Each line is a message of its own: some statements stand alone. */
static void run(const Bench *bench, const char *lines)
{
    char *text = arena_strdup(bench->arena, lines), *rest = NULL;
    for (char *at = strtok_r(text, "\n", &rest); at != NULL; at = strtok_r(NULL, "\n", &rest)) {
        ServerError error;
        if (!session_control(bench->hand, at, &error)) {
            session_report(bench->hand, &error, bench->diags);
            fail_with_diagnostics(bench, at);
        }
    }
}

static Bench open_bench(const char *database, Names *names, Arena *arena)
{
    Bench bench = {.arena = arena, .names = names};
    const ConnInfo *maintenance = NULL;
    const char *url = getenv("BELLOWS_TEST_URL");
    Session *session = NULL;
    ServerError ignored;
    cr_assert_not_null(url);
    bench.diags = diagnostics_new(arena, sources_new(arena));
    cr_assert(url_parse(arena, url, bench.diags, &maintenance));
    cr_assert(session_open_maintenance(maintenance, NULL, bench.diags, &session));
    (void)!session_control(session, arena_printf(arena, "DROP DATABASE IF EXISTS %s", database),
                           &ignored);
    cr_assert(
        session_control(session, arena_printf(arena, "CREATE DATABASE %s", database), &ignored));
    session_close(session);
    const ConnInfo *info = conninfo_with_database(arena, maintenance, database);
    cr_assert(session_open(info, NULL, bench.diags, &bench.session));
    cr_assert(session_open(info, NULL, bench.diags, &bench.hand));
    run(&bench, "SET client_min_messages = error");
    bench.database = database;
    return bench;
}

static Catalog *load(const Bench *bench)
{
    const LoadOptions options = {.with_opaque = true, .complete = true, .all_schemas = true};
    Catalog *catalog = NULL;
    if (!catalog_load(bench->session, &options, bench->names, bench->diags, &catalog)) {
        fail_with_diagnostics(bench, "the database is not read");
    }
    canon_catalog(catalog);
    return catalog;
}

/* --- the judge ----------------------------------------------------------------------------------
 */

/* The lines that are others in each run. */
static const char *without_tokens(Arena *arena, const char *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    char *copy = arena_strdup(arena, text), *rest = NULL;
    for (char *at = strtok_r(copy, "\n", &rest); at != NULL; at = strtok_r(NULL, "\n", &rest)) {
        if (strncmp(at, "\\restrict", 9) != 0 && strncmp(at, "\\unrestrict", 11) != 0) {
            strbuf_printf(&out, "%s\n", at);
        }
    }
    return strbuf_take(&out, arena);
}

/* What `pg_dump -s` says; NULL where it does not run: it refuses servers newer than itself. */
static const char *dump(const Bench *bench)
{
    /* The last part of the URL is the database. */
    const char *const base = getenv("BELLOWS_TEST_URL");
    const char *query = strchr(base, '?');
    const size_t end = query == NULL ? strlen(base) : (size_t)(query - base);
    size_t slash = end;
    while (slash > 0 && base[slash - 1] != '/') {
        slash--;
    }
    const char *url = arena_printf(bench->arena, "%.*s%s%s", (int)slash, base, bench->database,
                                   query == NULL ? "" : query);
    char path[] = "/tmp/live_compare.XXXXXX";
    const int descriptor = mkstemp(path);
    cr_assert(descriptor >= 0);
    close(descriptor);
    const char *const argv[] = {"pg_dump", "-s", "-f", path, url, NULL};
    ProcessResult result;
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    const bool ok = process_run(argv, NULL, bench->arena, &result) && result.status == 0 &&
                    file_read(bench->arena, path, &text, &len, &error);
    (void)unlink(path);
    return ok ? without_tokens(bench->arena, text) : NULL;
}

/* --- plants -------------------------------------------------------------------------------------
 */

typedef enum Judge {
    DUMP,
    SILENT, /* a dump need not tell: it is the change itself that shows */
} Judge;

enum { JUDGED_EVERY = 6 };

typedef struct Plant {
    const char *word;   /* the row that has to see it */
    const char *before; /* made first, with all others */
    const char *change;
    Judge judge;
    int since; /* the first server that can do it */
} Plant;

static const Plant plants[] = {
    /* objects the language knows */
    {"schema", "CREATE SCHEMA s1", "DROP SCHEMA s1", DUMP, 0},
    {"schema", "", "CREATE SCHEMA s2", DUMP, 0},
    {"extension", "CREATE EXTENSION pg_trgm", "DROP EXTENSION pg_trgm", DUMP, 0},
    {"extension", "", "CREATE EXTENSION intarray", DUMP, 0},
    {"extension schema", "CREATE SCHEMA s3\nCREATE EXTENSION btree_gist",
     "ALTER EXTENSION btree_gist SET SCHEMA s3", DUMP, 0},
    {"extension version", "CREATE EXTENSION hstore VERSION '1.6'",
     "ALTER EXTENSION hstore UPDATE TO '1.7'", SILENT, 130000},
    {"enum", "CREATE TYPE e1 AS ENUM ('a')", "DROP TYPE e1", DUMP, 0},
    {"enum values", "CREATE TYPE e2 AS ENUM ('a', 'b')", "ALTER TYPE e2 ADD VALUE 'c' BEFORE 'b'",
     DUMP, 0},
    {"enum values", "CREATE TYPE e3 AS ENUM ('a', 'b')",
     "ALTER TYPE e3 RENAME VALUE 'a' TO 'x'\nALTER TYPE e3 RENAME VALUE 'b' TO 'a'\n"
     "ALTER TYPE e3 RENAME VALUE 'x' TO 'b'",
     DUMP, 0},
    {"table", "CREATE TABLE t1 (a int)", "DROP TABLE t1", DUMP, 0},
    {"table", "", "CREATE TABLE t2 ()", DUMP, 0},
    {"table", "CREATE SCHEMA s4\nCREATE TABLE s4.t3 (a int)", "DROP TABLE s4.t3", DUMP, 0},
    {"table column", "CREATE TABLE c1 (a int, b int)", "ALTER TABLE c1 DROP b", DUMP, 0},
    {"column order", "CREATE TABLE c2 (a int, b int, c int)", "ALTER TABLE c2 DROP a, ADD a int",
     DUMP, 0},
    {"type", "CREATE TABLE c3 (a int)", "ALTER TABLE c3 ALTER a TYPE bigint", DUMP, 0},
    {"type", "CREATE DOMAIN cd AS int\nCREATE TABLE c4 (a int)", "ALTER TABLE c4 ALTER a TYPE cd",
     DUMP, 0},
    {"type", "CREATE TABLE c5 (a varchar(3))", "ALTER TABLE c5 ALTER a TYPE varchar(4)", DUMP, 0},
    {"type", "CREATE TABLE c6 (a point)", "ALTER TABLE c6 ALTER a TYPE point[] USING NULL", DUMP,
     0},
    {"type", "CREATE TABLE c6a (a bpchar)", "ALTER TABLE c6a ALTER a TYPE char", DUMP, 0},
    {"nullability", "CREATE TABLE c7 (a int)", "ALTER TABLE c7 ALTER a SET NOT NULL", DUMP, 0},
    {"nullability", "CREATE TABLE c8 (a int[] NOT NULL)", "ALTER TABLE c8 ALTER a DROP NOT NULL",
     DUMP, 0},
    {"default", "CREATE TABLE c9 (a int DEFAULT 1)", "ALTER TABLE c9 ALTER a SET DEFAULT 2", DUMP,
     0},
    {"default", "CREATE SEQUENCE cs1\nCREATE TABLE c10 (a serial)",
     "ALTER TABLE c10 ALTER a SET DEFAULT nextval('cs1')", DUMP, 0},
    {"default", "CREATE TABLE c11 (a timestamptz DEFAULT now())",
     "ALTER TABLE c11 ALTER a SET DEFAULT clock_timestamp()", DUMP, 0},
    {"identity", "CREATE TABLE c12 (a int GENERATED ALWAYS AS IDENTITY)",
     "ALTER TABLE c12 ALTER a SET GENERATED BY DEFAULT", DUMP, 0},
    {"generation", "CREATE TABLE c13 (a int, b int GENERATED ALWAYS AS (a + 1) STORED)",
     "ALTER TABLE c13 DROP b, ADD b int GENERATED ALWAYS AS (a + 2) STORED", DUMP, 0},
    {"column collation", "CREATE TABLE c14 (a text)",
     "ALTER TABLE c14 ALTER a TYPE text COLLATE \"C\"", DUMP, 0},
    {"primary key", "CREATE TABLE k1 (a int PRIMARY KEY)", "ALTER TABLE k1 DROP CONSTRAINT k1_pkey",
     DUMP, 0},
    {"primary key", "CREATE TABLE k2 (a int PRIMARY KEY)",
     "ALTER TABLE k2 RENAME CONSTRAINT k2_pkey TO other", DUMP, 0},
    {"key columns", "CREATE TABLE k3 (a int, b int, CONSTRAINT k3p PRIMARY KEY (a, b))",
     "ALTER TABLE k3 DROP CONSTRAINT k3p, ADD CONSTRAINT k3p PRIMARY KEY (b, a)", DUMP, 0},
    {"table index", "CREATE TABLE i1 (a int)\nCREATE INDEX i1x ON i1 (a)", "DROP INDEX i1x", DUMP,
     0},
    {"table index", "CREATE TABLE i2 (a int)\nCREATE INDEX i2x ON i2 (a)",
     "ALTER INDEX i2x RENAME TO i2y", DUMP, 0},
    {"uniqueness", "CREATE TABLE i3 (a int)\nCREATE INDEX i3x ON i3 (a)",
     "DROP INDEX i3x\nCREATE UNIQUE INDEX i3x ON i3 (a)", DUMP, 0},
    {"method", "CREATE TABLE i4 (a int)\nCREATE INDEX i4x ON i4 (a)",
     "DROP INDEX i4x\nCREATE INDEX i4x ON i4 USING hash (a)", DUMP, 0},
    {"index columns", "CREATE TABLE i5 (a int)\nCREATE INDEX i5x ON i5 (a)",
     "DROP INDEX i5x\nCREATE INDEX i5x ON i5 (a DESC)", DUMP, 0},
    {"index columns", "CREATE TABLE i6 (a int)\nCREATE INDEX i6x ON i6 (a)",
     "DROP INDEX i6x\nCREATE INDEX i6x ON i6 (a NULLS FIRST)", DUMP, 0},
    {"index columns", "CREATE TABLE i7 (a text)\nCREATE INDEX i7x ON i7 (a)",
     "DROP INDEX i7x\nCREATE INDEX i7x ON i7 (a text_pattern_ops)", DUMP, 0},
    {"index columns", "CREATE TABLE i8 (a text)\nCREATE INDEX i8x ON i8 (a)",
     "DROP INDEX i8x\nCREATE INDEX i8x ON i8 (a COLLATE \"C\")", DUMP, 0},
    {"included columns", "CREATE TABLE i9 (a int, b int)\nCREATE INDEX i9x ON i9 (a)",
     "DROP INDEX i9x\nCREATE INDEX i9x ON i9 (a) INCLUDE (b)", DUMP, 0},
    {"predicate", "CREATE TABLE i10 (a int)\nCREATE INDEX i10x ON i10 (a) WHERE a > 1",
     "DROP INDEX i10x\nCREATE INDEX i10x ON i10 (a) WHERE a > 2", DUMP, 0},
    {"unique constraint", "CREATE TABLE i11 (a int, CONSTRAINT i11x UNIQUE (a))",
     "ALTER TABLE i11 DROP CONSTRAINT i11x\nCREATE UNIQUE INDEX i11x ON i11 (a)", DUMP, 0},
    {"nulls not distinct", "CREATE TABLE i12 (a int)\nCREATE UNIQUE INDEX i12x ON i12 (a)",
     "DROP INDEX i12x\nCREATE UNIQUE INDEX i12x ON i12 (a) NULLS NOT DISTINCT", DUMP, 150000},
    {"index validity", "CREATE TABLE i13 (a int)\nCREATE INDEX i13x ON i13 (a)",
     "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i13x'::regclass", SILENT, 0},
    {"foreign key", "CREATE TABLE f1 (a int PRIMARY KEY, b int REFERENCES f1)",
     "ALTER TABLE f1 DROP CONSTRAINT f1_b_fkey", DUMP, 0},
    {"referencing columns",
     "CREATE TABLE f2 (a int PRIMARY KEY, b int, c int, CONSTRAINT f2x FOREIGN KEY (b) REFERENCES "
     "f2)",
     "ALTER TABLE f2 DROP CONSTRAINT f2x, ADD CONSTRAINT f2x FOREIGN KEY (c) REFERENCES f2", DUMP,
     0},
    {"referenced columns",
     "CREATE TABLE f3 (a int PRIMARY KEY, b int UNIQUE, c int, CONSTRAINT f3x FOREIGN KEY (c) "
     "REFERENCES f3 (a))",
     "ALTER TABLE f3 DROP CONSTRAINT f3x, ADD CONSTRAINT f3x FOREIGN KEY (c) REFERENCES f3 (b)",
     DUMP, 0},
    {"on delete",
     "CREATE TABLE f4 (a int PRIMARY KEY, b int, CONSTRAINT f4x FOREIGN KEY (b) REFERENCES f4)",
     "ALTER TABLE f4 DROP CONSTRAINT f4x, ADD CONSTRAINT f4x FOREIGN KEY (b) REFERENCES f4 ON "
     "DELETE CASCADE",
     DUMP, 0},
    {"on update",
     "CREATE TABLE f5 (a int PRIMARY KEY, b int, CONSTRAINT f5x FOREIGN KEY (b) REFERENCES f5)",
     "ALTER TABLE f5 DROP CONSTRAINT f5x, ADD CONSTRAINT f5x FOREIGN KEY (b) REFERENCES f5 ON "
     "UPDATE SET NULL",
     DUMP, 0},
    {"deferrability",
     "CREATE TABLE f6 (a int PRIMARY KEY, b int, CONSTRAINT f6x FOREIGN KEY (b) REFERENCES f6)",
     "ALTER TABLE f6 ALTER CONSTRAINT f6x DEFERRABLE INITIALLY DEFERRED", DUMP, 0},
    {"validity",
     "CREATE TABLE f7 (a int PRIMARY KEY, b int)\n"
     "ALTER TABLE f7 ADD CONSTRAINT f7x FOREIGN KEY (b) REFERENCES f7 NOT VALID",
     "ALTER TABLE f7 VALIDATE CONSTRAINT f7x", DUMP, 0},

    /* opaque objects of old */
    {"check", "CREATE TABLE o1 (a int CONSTRAINT o1x CHECK (a > 0))",
     "ALTER TABLE o1 DROP CONSTRAINT o1x", DUMP, 0},
    {"check", "CREATE TABLE o2 (a int)\nALTER TABLE o2 ADD CONSTRAINT o2x CHECK (a > 0) NOT VALID",
     "ALTER TABLE o2 VALIDATE CONSTRAINT o2x", DUMP, 0},
    {"exclusion", "CREATE TABLE o3 (r int4range, CONSTRAINT o3x EXCLUDE USING gist (r WITH &&))",
     "ALTER TABLE o3 DROP CONSTRAINT o3x", DUMP, 0},
    {"trigger",
     "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'\n"
     "CREATE TABLE o4 (a int)\nCREATE TRIGGER o4x BEFORE INSERT ON o4 FOR EACH ROW EXECUTE "
     "FUNCTION tf()",
     "ALTER TABLE o4 DISABLE TRIGGER o4x", DUMP, 0},
    {"trigger", "CREATE VIEW o4v AS SELECT 1 AS a",
     "CREATE TRIGGER o4y INSTEAD OF INSERT ON o4v FOR EACH ROW EXECUTE FUNCTION tf()", DUMP, 0},
    {"function", "CREATE FUNCTION o5() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "ALTER FUNCTION o5() IMMUTABLE", DUMP, 0},
    {"function", "CREATE FUNCTION o6() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "ALTER FUNCTION o6() SET search_path = public", DUMP, 0},
    {"function", "CREATE PROCEDURE o7() LANGUAGE sql AS 'SELECT 1'", "DROP PROCEDURE o7", DUMP, 0},
    {"view", "CREATE VIEW o8 AS SELECT 1 AS a", "CREATE OR REPLACE VIEW o8 AS SELECT 2 AS a", DUMP,
     0},
    {"materialized view", "CREATE MATERIALIZED VIEW o9 AS SELECT 1 AS a",
     "DROP MATERIALIZED VIEW o9", DUMP, 0},
    {"rule", "CREATE TABLE o10 (a int)\nCREATE RULE o10x AS ON UPDATE TO o10 DO INSTEAD NOTHING",
     "ALTER TABLE o10 DISABLE RULE o10x", DUMP, 0},
    {"policy", "CREATE TABLE o11 (a int)\nCREATE POLICY o11x ON o11 USING (a > 0)",
     "ALTER POLICY o11x ON o11 USING (a > 1)", DUMP, 0},
    {"row security", "CREATE TABLE o12 (a int)", "ALTER TABLE o12 ENABLE ROW LEVEL SECURITY", DUMP,
     0},
    {"row security", "CREATE TABLE o13 (a int)", "ALTER TABLE o13 FORCE ROW LEVEL SECURITY", DUMP,
     0},
    {"domain", "CREATE DOMAIN o14 AS int", "ALTER DOMAIN o14 ADD CHECK (VALUE > 0)", DUMP, 0},
    {"domain", "CREATE DOMAIN o15 AS text",
     "DROP DOMAIN o15\nCREATE DOMAIN o15 AS text COLLATE \"C\"", DUMP, 0},
    {"composite type", "CREATE TYPE o16 AS (a int)", "ALTER TYPE o16 ADD ATTRIBUTE b text", DUMP,
     0},
    {"expression index", "CREATE TABLE o17 (a int)\nCREATE INDEX o17x ON o17 ((a + 1))",
     "DROP INDEX o17x\nCREATE INDEX o17x ON o17 ((a + 2))", DUMP, 0},
    {"sequence", "CREATE SEQUENCE o18", "ALTER SEQUENCE o18 CYCLE", DUMP, 0},
    {"statistics", "CREATE TABLE o19 (a int, b int)\nCREATE STATISTICS o19x ON a, b FROM o19",
     "DROP STATISTICS o19x", DUMP, 0},
    {"statistics", "CREATE TABLE o20 (a int, b int)\nCREATE STATISTICS o20x ON a, b FROM o20",
     "ALTER STATISTICS o20x SET STATISTICS 7", DUMP, 130000},
    {"privilege", "CREATE TABLE p1 (a int)\nGRANT SELECT ON p1 TO PUBLIC",
     "REVOKE SELECT ON p1 FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE TABLE p2 (a int)\nGRANT SELECT (a) ON p2 TO PUBLIC",
     "REVOKE SELECT (a) ON p2 FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE FUNCTION p3() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "REVOKE EXECUTE ON FUNCTION p3() FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE SCHEMA p4\nGRANT USAGE ON SCHEMA p4 TO PUBLIC",
     "REVOKE USAGE ON SCHEMA p4 FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE SEQUENCE p5\nGRANT USAGE ON SEQUENCE p5 TO PUBLIC",
     "REVOKE USAGE ON SEQUENCE p5 FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE TYPE p6 AS ENUM ('a')", "REVOKE USAGE ON TYPE p6 FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE TYPE p7 AS RANGE (subtype = float8)",
     "REVOKE USAGE ON TYPE p7 FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE TABLE p8 (a int)", "REVOKE INSERT ON p8 FROM CURRENT_USER", DUMP, 0},
    {"privilege", "", "REVOKE USAGE ON SCHEMA public FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE VIEW p9 AS SELECT 1 AS a\nGRANT SELECT (a) ON p9 TO PUBLIC",
     "REVOKE SELECT (a) ON p9 FROM PUBLIC", DUMP, 0},
    {"privilege",
     "CREATE TABLE p10 (a int) PARTITION BY LIST (a)\nCREATE TABLE p10a PARTITION OF p10 DEFAULT\n"
     "GRANT SELECT ON p10a TO PUBLIC",
     "REVOKE SELECT ON p10a FROM PUBLIC", DUMP, 0},
    {"privilege",
     "CREATE TABLE p11 (a int) PARTITION BY LIST (a)\nCREATE TABLE p11a PARTITION OF p11 DEFAULT\n"
     "GRANT SELECT (a) ON p11a TO PUBLIC",
     "REVOKE SELECT (a) ON p11a FROM PUBLIC", DUMP, 0},
    {"privilege", "", "REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(float8) FROM PUBLIC", DUMP,
     0},
    {"privilege", "", "REVOKE SELECT ON pg_catalog.pg_operator FROM PUBLIC", DUMP, 0},
    {"privilege beyond", "", "GRANT SELECT (rolname) ON pg_catalog.pg_authid TO PUBLIC", DUMP, 0},
    {"privilege", "", "REVOKE USAGE ON TYPE pg_catalog.macaddr FROM PUBLIC", DUMP, 0},
    {"privilege", "", "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC", DUMP, 0},
    {"privilege beyond", "", "GRANT CREATE ON SCHEMA pg_catalog TO PUBLIC", DUMP, 0},
    {"privilege", "CREATE EXTENSION fuzzystrmatch",
     "REVOKE EXECUTE ON FUNCTION soundex(text) FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE EXTENSION isn", "REVOKE USAGE ON TYPE isbn FROM PUBLIC", DUMP, 0},
    {"privilege", "CREATE EXTENSION lo", "REVOKE USAGE ON TYPE lo FROM PUBLIC", DUMP, 0},
    {"privilege beyond", "CREATE EXTENSION pg_buffercache",
     "GRANT SELECT ON pg_buffercache TO PUBLIC", DUMP, 0},
    {"privilege beyond", "CREATE EXTENSION pg_freespacemap",
     "GRANT EXECUTE ON FUNCTION pg_freespace(regclass) TO PUBLIC", DUMP, 0},
    {"privilege beyond", "CREATE EXTENSION postgres_fdw",
     "GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO PUBLIC", DUMP, 0},
    {"privilege beyond", "", "GRANT UPDATE (datname) ON pg_catalog.pg_stat_activity TO PUBLIC",
     DUMP, 0},
    {"privilege", "", "REVOKE SELECT ON pg_catalog.pg_tables FROM PUBLIC", DUMP, 0},
    {"privilege beyond", "", "GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO PUBLIC", DUMP,
     0},
    {"comment", "CREATE TABLE m1 (a int)", "COMMENT ON TABLE m1 IS 'x'", DUMP, 0},
    {"comment", "CREATE TABLE m2 (a int)", "COMMENT ON COLUMN m2.a IS 'x'", DUMP, 0},
    {"comment", "CREATE TABLE m3 (a int PRIMARY KEY)", "COMMENT ON CONSTRAINT m3_pkey ON m3 IS 'x'",
     DUMP, 0},
    {"comment",
     "CREATE TABLE m4 (a int)\nCREATE TRIGGER m4x BEFORE INSERT ON m4 FOR EACH ROW EXECUTE "
     "FUNCTION tf()",
     "COMMENT ON TRIGGER m4x ON m4 IS 'x'", DUMP, 0},
    {"comment", "CREATE TABLE m5 (a int)\nCREATE POLICY m5x ON m5 USING (true)",
     "COMMENT ON POLICY m5x ON m5 IS 'x'", DUMP, 0},
    {"comment", "CREATE SCHEMA m6", "COMMENT ON SCHEMA m6 IS 'x'", DUMP, 0},
    {"comment", "CREATE EXTENSION citext", "COMMENT ON EXTENSION citext IS 'x'", DUMP, 0},
    {"comment", "CREATE TABLE m7 (a int)\nCREATE INDEX m7x ON m7 (a)",
     "COMMENT ON INDEX m7x IS 'x'", DUMP, 0},
    {"comment", "CREATE FUNCTION m8() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "COMMENT ON FUNCTION m8() IS 'x'", DUMP, 0},
    {"comment", "CREATE VIEW m9 AS SELECT 1 AS a", "COMMENT ON COLUMN m9.a IS 'x'", DUMP, 0},
    {"comment", "CREATE VIEW m12 AS SELECT 1 AS a, 2 AS b\nCOMMENT ON COLUMN m12.a IS 'x'",
     "COMMENT ON COLUMN m12.a IS NULL\nCOMMENT ON COLUMN m12.b IS 'x'", DUMP, 0},
    {"comment", "CREATE DOMAIN m10 AS int", "COMMENT ON DOMAIN m10 IS 'x'", DUMP, 0},
    {"comment", "CREATE PUBLICATION m11", "COMMENT ON PUBLICATION m11 IS 'x'", DUMP, 0},
    {"comment", "", "COMMENT ON SCHEMA public IS 'x'", DUMP, 0},
    {"comment", "COMMENT ON SCHEMA public IS 'standard public schema'",
     "COMMENT ON SCHEMA public IS NULL", DUMP, 0},
    {"comment", "CREATE SCHEMA \"M 13\"", "COMMENT ON SCHEMA \"M 13\" IS 'x'", DUMP, 0},

    /* properties and objects that only a comparison reads */
    {"owner", "CREATE ROLE compare_somebody\nCREATE TABLE q1 (a int)",
     "ALTER TABLE q1 OWNER TO compare_somebody", DUMP, 0},
    {"owner", "CREATE FUNCTION q2() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "ALTER FUNCTION q2() OWNER TO compare_somebody", DUMP, 0},
    {"owner", "CREATE TYPE q3 AS ENUM ('a')", "ALTER TYPE q3 OWNER TO compare_somebody", DUMP, 0},
    {"owner", "CREATE SCHEMA q4", "ALTER SCHEMA q4 OWNER TO compare_somebody", DUMP, 0},
    {"owner", "CREATE VIEW q5 AS SELECT 1 AS a", "ALTER VIEW q5 OWNER TO compare_somebody", DUMP,
     0},
    {"default privilege",
     "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC",
     "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM PUBLIC", DUMP, 0},
    {"default privilege", "", "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
     DUMP, 0},
    {"security label", "CREATE TABLE q6 (a int)",
     "INSERT INTO pg_seclabel VALUES ('q6'::regclass, 'pg_class'::regclass, 0, 'planted', 'x')",
     DUMP, 0},
    {"extension dependence", "CREATE FUNCTION q6e() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "ALTER FUNCTION q6e() DEPENDS ON EXTENSION plpgsql", DUMP, 0},
    {"persistence", "CREATE TABLE q7 (a int)", "ALTER TABLE q7 SET UNLOGGED", DUMP, 0},
    {"storage parameter", "CREATE TABLE q8 (a int)", "ALTER TABLE q8 SET (fillfactor = 70)", DUMP,
     0},
    {"storage parameter", "CREATE TABLE q9 (a text)",
     "ALTER TABLE q9 SET (toast.autovacuum_enabled = false)", DUMP, 0},
    {"storage parameter", "CREATE VIEW q10 WITH (security_barrier = true) AS SELECT 1 AS a",
     "ALTER VIEW q10 RESET (security_barrier)", DUMP, 0},
    {"storage parameter", "CREATE TABLE q11 (a int)\nCREATE VIEW q11v AS SELECT a FROM q11",
     "CREATE OR REPLACE VIEW q11v AS SELECT a FROM q11 WITH CASCADED CHECK OPTION", DUMP, 0},
    {"storage parameter", "CREATE VIEW q12 WITH (security_invoker = true) AS SELECT 1 AS a",
     "ALTER VIEW q12 SET (security_invoker = false)", DUMP, 150000},
    {"storage parameter", "CREATE TABLE q13 (a int)\nCREATE INDEX q13x ON q13 (a)",
     "ALTER INDEX q13x SET (fillfactor = 70)", DUMP, 0},
    {"replica identity", "CREATE TABLE q14 (a int)", "ALTER TABLE q14 REPLICA IDENTITY FULL", DUMP,
     0},
    {"replica identity", "CREATE TABLE q15 (a int NOT NULL)\nCREATE UNIQUE INDEX q15x ON q15 (a)",
     "ALTER TABLE q15 REPLICA IDENTITY USING INDEX q15x", DUMP, 0},
    {"cluster", "CREATE TABLE q16 (a int)\nCREATE INDEX q16x ON q16 (a)",
     "ALTER TABLE q16 CLUSTER ON q16x", DUMP, 0},
    {"access method",
     "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler\nCREATE TABLE q17 (a int)",
     "DROP TABLE q17\nCREATE TABLE q17 (a int) USING heap2", DUMP, 0},
    {"tablespace",
     "SET allow_in_place_tablespaces = on\nCREATE TABLESPACE compare_space LOCATION ''\nCREATE "
     "TABLE q18 (a int)",
     "ALTER TABLE q18 SET TABLESPACE compare_space", DUMP, 150000},
    {"inheritance", "CREATE TABLE q19 (a int)\nCREATE TABLE q20 (a int)",
     "ALTER TABLE q20 INHERIT q19", DUMP, 0},
    {"partition key", "CREATE TABLE q21 (a int, b int) PARTITION BY LIST (a)",
     "DROP TABLE q21\nCREATE TABLE q21 (a int, b int) PARTITION BY LIST (b)", DUMP, 0},
    {"partition",
     "CREATE TABLE q22 (a int) PARTITION BY LIST (a)\nCREATE TABLE q22a PARTITION OF q22 FOR "
     "VALUES IN (1)",
     "DROP TABLE q22a", DUMP, 0},
    {"partition",
     "CREATE TABLE q23 (a int) PARTITION BY RANGE (a)\nCREATE TABLE q23a PARTITION OF q23 FOR "
     "VALUES FROM (1) TO (5)",
     "ALTER TABLE q23 DETACH PARTITION q23a\nALTER TABLE q23 ATTACH PARTITION q23a FOR VALUES FROM "
     "(1) TO (6)",
     DUMP, 0},
    {"foreign table",
     "CREATE FOREIGN DATA WRAPPER w1\nCREATE SERVER v1 FOREIGN DATA WRAPPER w1\nCREATE FOREIGN "
     "TABLE q24 (a int) SERVER v1",
     "ALTER FOREIGN TABLE q24 OPTIONS (ADD x '1')", DUMP, 0},
    {"population", "CREATE MATERIALIZED VIEW q25 AS SELECT 1 AS a",
     "REFRESH MATERIALIZED VIEW q25 WITH NO DATA", SILENT, 0},
    {"column",
     "CREATE TABLE q26 (a int, b int) PARTITION BY LIST (a)\nCREATE TABLE q26a PARTITION OF q26 "
     "FOR VALUES IN (1)",
     "ALTER TABLE q26a ALTER b SET DEFAULT 7", DUMP, 0},
    {"column",
     "CREATE TABLE q66 (a int, b int) PARTITION BY LIST (a)\nCREATE TABLE q66a PARTITION OF q66 "
     "FOR VALUES IN (1)",
     "DROP TABLE q66a\nCREATE TABLE q66a (b int, a int)\nALTER TABLE q66 ATTACH PARTITION q66a "
     "FOR VALUES IN (1)",
     DUMP, 0},
    {"column", "CREATE VIEW q27 AS SELECT 1 AS a", "ALTER VIEW q27 ALTER a SET DEFAULT 7", DUMP, 0},
    {"column", "CREATE FOREIGN TABLE q28 (a int) SERVER v1", "ALTER FOREIGN TABLE q28 ADD b int",
     DUMP, 0},
    {"column setting", "CREATE TABLE q29 (a text)", "ALTER TABLE q29 ALTER a SET STORAGE EXTERNAL",
     DUMP, 0},
    {"column setting", "CREATE TABLE q30 (a text)", "ALTER TABLE q30 ALTER a SET STATISTICS 7",
     DUMP, 0},
    {"column setting", "CREATE TABLE q31 (a text)", "ALTER TABLE q31 ALTER a SET (n_distinct = 5)",
     DUMP, 0},
    {"column setting", "CREATE TABLE q32 (a text)", "ALTER TABLE q32 ALTER a SET COMPRESSION pglz",
     DUMP, 140000},
    {"column setting", "CREATE TABLE q33 (a int)\nCREATE INDEX q33x ON q33 ((a + 1))",
     "ALTER INDEX q33x ALTER 1 SET STATISTICS 7", DUMP, 0},
    {"constraint",
     "CREATE TABLE q34 (a int PRIMARY KEY, b int, CONSTRAINT q34x FOREIGN KEY (b) REFERENCES q34)",
     "ALTER TABLE q34 DROP CONSTRAINT q34x, ADD CONSTRAINT q34x FOREIGN KEY (b) REFERENCES q34 "
     "MATCH FULL",
     DUMP, 0},
    {"constraint", "CREATE TABLE q35 (a int, CONSTRAINT q35x UNIQUE (a))",
     "ALTER TABLE q35 DROP CONSTRAINT q35x, ADD CONSTRAINT q35x UNIQUE (a) DEFERRABLE INITIALLY "
     "DEFERRED",
     DUMP, 0},
    {"constraint", "CREATE TABLE q36 (a int, b int, CONSTRAINT q36x PRIMARY KEY (a))",
     "ALTER TABLE q36 DROP CONSTRAINT q36x, ADD CONSTRAINT q36x PRIMARY KEY (a) INCLUDE (b)", DUMP,
     0},
    {"constraint",
     "CREATE TABLE q37 (a int) PARTITION BY LIST (a)\nCREATE TABLE q37a PARTITION OF q37 FOR "
     "VALUES IN (1)",
     "ALTER TABLE q37a ADD CONSTRAINT q37x CHECK (a > 0)", DUMP, 0},
    {"not null", "CREATE TABLE q38 (a int NOT NULL)",
     "ALTER TABLE q38 RENAME CONSTRAINT q38_a_not_null TO other_not_null", DUMP, 180000},
    {"index",
     "CREATE TABLE q39 (a int, b int) PARTITION BY LIST (a)\nCREATE TABLE q39a PARTITION OF q39 "
     "FOR VALUES IN (1)",
     "CREATE UNIQUE INDEX q39x ON q39a (b)", DUMP, 0},
    {"index", "CREATE MATERIALIZED VIEW q40 AS SELECT 1 AS a\nCREATE INDEX q40x ON q40 (a)",
     "DROP INDEX q40x\nCREATE UNIQUE INDEX q40x ON q40 (a)", DUMP, 0},
    {"index setting", "CREATE TABLE q41 (a int)\nCREATE INDEX q41x ON q41 ((a + 1))",
     "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'q41x'::regclass", SILENT, 0},
    {"sequence setting", "CREATE TABLE q42 (a serial)", "ALTER SEQUENCE q42_a_seq CACHE 7", DUMP,
     0},
    {"sequence setting", "CREATE TABLE q43 (a serial, b int)",
     "ALTER SEQUENCE q43_a_seq OWNED BY q43.b", DUMP, 0},
    {"range type", "CREATE TYPE q44 AS RANGE (subtype = float8)", "DROP TYPE q44", DUMP, 0},
    {"base type",
     "CREATE TYPE q45\nCREATE FUNCTION q45i(cstring) RETURNS q45 LANGUAGE internal IMMUTABLE "
     "STRICT AS 'int4in'\n"
     "CREATE FUNCTION q45o(q45) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out'\n"
     "CREATE TYPE q45 (INPUT = q45i, OUTPUT = q45o, LIKE = int4)",
     "DROP TYPE q45 CASCADE", DUMP, 0},
    {"base type", "CREATE TYPE q45s", "DROP TYPE q45s", DUMP, 0},
    {"aggregate", "CREATE AGGREGATE q46(int) (SFUNC = int4pl, STYPE = int)",
     "DROP AGGREGATE q46(int)\nCREATE AGGREGATE q46(int) (SFUNC = int4pl, STYPE = int, INITCOND = "
     "'7')",
     DUMP, 0},
    {"operator", "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
     "DROP OPERATOR === (int, int)", DUMP, 0},
    {"operator class", "CREATE OPERATOR CLASS q47 FOR TYPE int USING hash AS OPERATOR 1 =",
     "DROP OPERATOR CLASS q47 USING hash", DUMP, 0},
    {"operator family", "CREATE OPERATOR FAMILY q48 USING btree",
     "ALTER OPERATOR FAMILY q48 USING btree ADD FUNCTION 1 (int, int) btint4cmp(int, int)", DUMP,
     0},
    {"cast",
     "CREATE TYPE q49 AS (a int)\nCREATE FUNCTION q49f(q49) RETURNS int LANGUAGE sql IMMUTABLE AS "
     "'SELECT $1.a'\n"
     "CREATE CAST (q49 AS int) WITH FUNCTION q49f(q49)",
     "DROP CAST (q49 AS int)", DUMP, 0},
    {"transform",
     "CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL "
     "WITH FUNCTION int4recv(internal))",
     "DROP TRANSFORM FOR int LANGUAGE sql", DUMP, 0},
    {"language", "CREATE LANGUAGE q50 HANDLER plpgsql_call_handler", "DROP LANGUAGE q50", DUMP, 0},
    {"index method", "CREATE ACCESS METHOD q51 TYPE INDEX HANDLER gisthandler",
     "DROP ACCESS METHOD q51", DUMP, 0},
    {"collation", "CREATE COLLATION q52 (LOCALE = 'C')", "DROP COLLATION q52", DUMP, 0},
    {"conversion", "CREATE CONVERSION q53 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
     "DROP CONVERSION q53", DUMP, 0},
    {"text search parser",
     "CREATE TEXT SEARCH PARSER q54 (START = prsd_start, GETTOKEN = prsd_nexttoken, END = "
     "prsd_end, LEXTYPES = prsd_lextype)",
     "DROP TEXT SEARCH PARSER q54", DUMP, 0},
    {"text search template",
     "CREATE TEXT SEARCH TEMPLATE q55 (INIT = dsimple_init, LEXIZE = dsimple_lexize)",
     "DROP TEXT SEARCH TEMPLATE q55", DUMP, 0},
    {"text search dictionary", "CREATE TEXT SEARCH DICTIONARY q56 (TEMPLATE = simple)",
     "ALTER TEXT SEARCH DICTIONARY q56 (accept = false)", DUMP, 0},
    {"text search configuration", "CREATE TEXT SEARCH CONFIGURATION q57 (COPY = simple)",
     "ALTER TEXT SEARCH CONFIGURATION q57 DROP MAPPING FOR email", DUMP, 0},
    {"foreign data wrapper", "CREATE FOREIGN DATA WRAPPER q58",
     "ALTER FOREIGN DATA WRAPPER q58 OPTIONS (ADD x '1')", DUMP, 0},
    {"server", "CREATE SERVER q59 FOREIGN DATA WRAPPER w1", "ALTER SERVER q59 OPTIONS (ADD x '1')",
     DUMP, 0},
    {"user mapping", "CREATE USER MAPPING FOR PUBLIC SERVER v1 OPTIONS (password 'one')",
     "ALTER USER MAPPING FOR PUBLIC SERVER v1 OPTIONS (SET password 'two')", DUMP, 0},
    {"event trigger",
     "CREATE FUNCTION q60() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'\n"
     "CREATE EVENT TRIGGER q60 ON sql_drop EXECUTE FUNCTION q60()",
     "ALTER EVENT TRIGGER q60 DISABLE", DUMP, 0},
    {"publication", "CREATE PUBLICATION q61", "ALTER PUBLICATION q61 SET (publish = 'insert')",
     DUMP, 0},
    {"publication table", "CREATE TABLE q62 (a int)\nCREATE PUBLICATION q62 FOR TABLE q62",
     "ALTER PUBLICATION q62 DROP TABLE q62", DUMP, 0},
    {"publication table", "CREATE TABLE q63 (a int, b int)\nCREATE PUBLICATION q63 FOR TABLE q63",
     "ALTER PUBLICATION q63 SET TABLE q63 (a) WHERE (b > 0)", DUMP, 150000},
    {"publication table", "CREATE PUBLICATION q64",
     "ALTER PUBLICATION q64 ADD TABLES IN SCHEMA public", DUMP, 150000},
    {"subscription",
     "CREATE SUBSCRIPTION q65 CONNECTION 'dbname=none' PUBLICATION x WITH (connect = false, "
     "slot_name = NONE)",
     "DROP SUBSCRIPTION q65", DUMP, 0},
};

static bool has_word(const DifferenceList *list, const char *word)
{
    vec_each(const Difference, at, list) {
        if (strcmp(at->word, word) == 0) {
            return true;
        }
    }
    return false;
}

static void expect_seen(const Plant *plant, const Comparison *found)
{
    StrBuf said = strbuf_new(STRBUF_MAX);
    vec_each(const Difference, at, &found->differences) {
        strbuf_printf(&said, " [%s]", at->word);
        difference_print(&said, at);
    }
    cr_expect(has_word(&found->differences, plant->word) || has_word(&found->beyond, plant->word),
              "%s: not seen: %s\nseen:%s", plant->word, plant->change, strbuf_text(&said));
    strbuf_dispose(&said);
}

Test(compare, each_planted_change_is_seen, .timeout = 300)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Bench bench = open_bench("live_compare_plants", names, arena);
    static const char *const stated[] = {"hstore"};
    const CompareOptions options = {.stated_versions = stated, .stated_count = 1};
    const int version = session_server_version(bench.session);
    const bool all = getenv("BELLOWS_COMPARE") != NULL;
    for (size_t i = 0; i < lengthof(plants); i++) {
        if (version >= plants[i].since) {
            run(&bench, plants[i].before);
        }
    }
    Catalog *before = load(&bench);
    const char *dump_before = dump(&bench);
    if (dump_before == NULL) {
        fprintf(stderr, "compare: no pg_dump for this server: nothing judges the plants\n");
    }
    for (size_t i = 0; i < lengthof(plants); i++) {
        const Plant *plant = &plants[i];
        if (version < plant->since) {
            continue;
        }
        run(&bench, plant->change);
        Catalog *after = load(&bench);
        const Comparison found = compare_catalogs(arena, before, after, &options);
        expect_seen(plant, &found);
        const bool judged = all || i % JUDGED_EVERY == 0;
        if (dump_before != NULL && (judged || (i + 1) % JUDGED_EVERY == 0)) {
            const char *dump_after = dump(&bench);
            cr_assert_not_null(dump_after, "no dump after: %s", plant->change);
            cr_expect(!judged || plant->judge == SILENT || strcmp(dump_before, dump_after) != 0,
                      "%s: the judge says otherwise: %s", plant->word, plant->change);
            dump_before = dump_after;
        }
        catalog_free(before);
        before = after;
    }
    run(&bench, "ALTER SCHEMA q4 OWNER TO CURRENT_USER\nREASSIGN OWNED BY compare_somebody TO "
                "CURRENT_USER\n"
                "DROP ROLE compare_somebody");
    catalog_free(before);
    session_close(bench.hand);
    session_close(bench.session);
    arena_free(arena);
}

static bool is_planted(const char *word)
{
    for (size_t i = 0; i < lengthof(plants); i++) {
        if (strcmp(plants[i].word, word) == 0) {
            return true;
        }
    }
    return false;
}

Test(compare, each_row_has_a_plant)
{
    static const struct {
        const char *word, *how;
    } rows[] = {
#define COMPARED(id, Owner, word, name, query, same) {word, "TEXT"},
#include "compiler/compare/compare.def"
#undef COMPARED
#define OPAQUE(kind, word, name, drop, type, query, compared, since, ...) {word, #compared},
#include "compiler/catalog/opaque_kinds.def"
#undef OPAQUE
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        const bool elsewhere = strcmp(rows[i].how, "ELSEWHERE") == 0;
        cr_expect(elsewhere != is_planted(rows[i].word), "`%s`: %s", rows[i].word,
                  elsewhere ? "compared elsewhere, and planted" : "no change is planted for it");
    }
}
