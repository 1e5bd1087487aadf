/*
 * type_changes_test.c - columns that get another type, and what rests on them: foreign keys,
 * indexes, expressions, defaults, relatives.
 *
 * That a server says the same is shown by tests/live/replay.sh; here is what is claimed.
 */
#include "base/common.h"

#include "tests/unit/compiler/replay/replay_bench.h"

/* --- foreign keys -------------------------------------------------------------------------------
 */

static void expect_key(const char *sql, bool compares)
{
    if (compares) {
        expect_line(sql, "foreign key");
    } else {
        expect_end(sql, SQL_REPLAY_REFUSED, "42804", 1);
    }
}

Test(type_changes, a_foreign_key_between_columns_of_other_types)
{
    static const struct {
        const char *key, *column;
        bool compares;
    } rows[] = {
        {"int", "bigint", true},        {"int", "numeric", false},
        {"int", "oid", false},          {"oid", "int", true},
        {"numeric", "int", true},       {"numeric", "float8", false},
        {"float8", "numeric", true},    {"real", "float8", true},
        {"int", "float8", false},       {"date", "timestamptz", true},
        {"time", "timetz", false},      {"timetz", "time", true},
        {"interval", "time", true},     {"bit(3)", "varbit", true},
        {"text", "varchar(5)", true},   {"char(3)", "varchar(3)", true},
        {"text", "name", true},         {"uuid", "text", false},
        {"cidr", "macaddr", false},     {"cidr", "inet", true},
        {"jsonb", "json", false},       {"int[]", "bigint[]", false},
        {"int[]", "int[]", true},       {"int[]", "int", false},
        {"text[]", "varchar[]", false}, {"money", "numeric", false},
    };
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_key(arena_printf(bench.arena,
                                "CREATE TABLE p (a %s PRIMARY KEY); CREATE TABLE c (b %s "
                                "REFERENCES p);",
                                rows[i].key, rows[i].column),
                   rows[i].compares);
    }
    bench_free(&bench);
    expect_end("CREATE TABLE p (a int4range PRIMARY KEY); CREATE TABLE c (b int8range REFERENCES "
               "p);",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    expect_end("CREATE CAST (text AS int) WITH INOUT AS IMPLICIT; CREATE TABLE p (a int PRIMARY "
               "KEY); CREATE TABLE c (b text REFERENCES p);",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
}

/* All commands of a statement are judged together. */
Test(type_changes, a_foreign_key_is_asked_again)
{
    static const struct {
        const char *sql;
        bool compares;
    } rows[] = {
        {"ALTER TABLE c ALTER b TYPE numeric;", false},
        {"ALTER TABLE c ALTER b TYPE bigint;", true},
        {"ALTER TABLE c ALTER b TYPE text;", false},
        {"ALTER TABLE c ALTER b TYPE int[] USING ARRAY[b];", false},
        {"ALTER TABLE p ALTER a TYPE numeric;", true},
        {"ALTER TABLE p ALTER a TYPE text;", false},
        {"ALTER TABLE p ALTER a TYPE text, ALTER up TYPE text;", false},
        {"DROP TABLE i; ALTER TABLE c DROP CONSTRAINT k, ALTER b TYPE text; ALTER TABLE p ALTER a "
         "TYPE text, "
         "ALTER up TYPE text;",
         true},
        {"ALTER TABLE c DROP CONSTRAINT k; ALTER TABLE p ALTER a TYPE text;", false},
        {"ALTER TABLE o ALTER b TYPE real;", false},
        {"ALTER TABLE o ALTER b TYPE smallint;", true},
    };
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_key(
            arena_printf(bench.arena,
                         "CREATE TABLE p (a int PRIMARY KEY, up int REFERENCES p); CREATE "
                         "TABLE c (b int CONSTRAINT k REFERENCES p); CREATE TABLE o (b int); "
                         "CREATE TABLE i () INHERITS (o); ALTER TABLE i ADD FOREIGN KEY (b) "
                         "REFERENCES p; %s",
                         rows[i].sql),
            rows[i].compares);
    }
    bench_free(&bench);
}

/* --- what else rests on a column ----------------------------------------------------------------
 */

typedef struct ChangeRow {
    const char *before, *change;
    char end;             /* y: it works, r: refused, ?: not understood */
    const char *sqlstate; /* of a refusal */
} ChangeRow;

static void expect_rows(const ChangeRow *rows, size_t count)
{
    Bench bench = bench_new();
    for (size_t i = 0; i < count; i++) {
        const char *sql = arena_printf(bench.arena, "%s\n%s", rows[i].before, rows[i].change);
        if (rows[i].end == 'y') {
            expect_line(sql, "table public.t");
        } else {
            expect_end(sql, rows[i].end == 'r' ? SQL_REPLAY_REFUSED : SQL_REPLAY_NOT_UNDERSTOOD,
                       rows[i].sqlstate, 2);
        }
    }
    bench_free(&bench);
}

Test(type_changes, an_index_takes_the_new_type)
{
    static const ChangeRow rows[] = {
        {"CREATE TABLE t (a text UNIQUE);", "ALTER TABLE t ALTER a TYPE xml USING NULL;", 'r',
         "42704"},
        {"CREATE TABLE t (a jsonb); CREATE INDEX ON t USING gin (a jsonb_path_ops);",
         "ALTER TABLE t ALTER a TYPE json;", '?', NULL},
        {"CREATE TABLE t (a text); CREATE INDEX ON t (a text_pattern_ops);",
         "ALTER TABLE t ALTER a TYPE int USING 1;", '?', NULL},
        {"CREATE TABLE t (a text); CREATE INDEX ON t (a text_pattern_ops);",
         "ALTER TABLE t ALTER a TYPE varchar(9);", 'y', NULL},
        {"CREATE TABLE t (a text); CREATE INDEX ON t (a COLLATE \"C\");",
         "ALTER TABLE t ALTER a TYPE int USING 1;", 'r', "42804"},
        {"CREATE TABLE t (a text);", "ALTER TABLE t ALTER a TYPE int COLLATE \"C\" USING 1;", 'r',
         "42804"},
        {"CREATE TABLE t (a int[] UNIQUE);", "ALTER TABLE t ALTER a TYPE bigint[];", 'y', NULL},
    };
    expect_rows(rows, lengthof(rows));
}

Test(type_changes, an_expression_keeps_what_it_means)
{
    static const ChangeRow rows[] = {
        {"CREATE TABLE t (a int, CHECK (a % 2 = 0));", "ALTER TABLE t ALTER a TYPE bigint;", 'y',
         NULL},
        {"CREATE TABLE t (a int, CHECK (a % 2 = 0));", "ALTER TABLE t ALTER a TYPE float8;", '?',
         NULL},
        {"CREATE TABLE t (a int, CHECK (a > -1));", "ALTER TABLE t ALTER a TYPE oid;", '?', NULL},
        {"CREATE TABLE t (a int, CHECK (chr(a) <> 'x'));", "ALTER TABLE t ALTER a TYPE bigint;",
         '?', NULL},
        {"CREATE TABLE t (a date, CHECK (a - a > 3));", "ALTER TABLE t ALTER a TYPE timestamp;",
         '?', NULL},
        {"CREATE TABLE t (a text, CHECK (a IN ('x', 'y')));",
         "ALTER TABLE t ALTER a TYPE varchar(3);", 'y', NULL},
        {"CREATE TABLE t (a text, CHECK (a ~ 'x'));", "ALTER TABLE t ALTER a TYPE char(3);", '?',
         NULL},
        {"CREATE TABLE t (a int[], CHECK (cardinality(a) > 0));",
         "ALTER TABLE t ALTER a TYPE int USING 1;", '?', NULL},
        {"CREATE TABLE t (a int, b int); CREATE INDEX ON t (b) WHERE a % 2 = 0;",
         "ALTER TABLE t ALTER a TYPE real;", '?', NULL},
        {"CREATE TABLE t (a int); CREATE INDEX ON t ((a + 1));",
         "ALTER TABLE t ALTER a TYPE int[] USING ARRAY[a];", '?', NULL},
    };
    expect_rows(rows, lengthof(rows));
}

Test(type_changes, what_a_table_is_to_others)
{
    static const ChangeRow rows[] = {
        {"CREATE TABLE t (a int); CREATE TABLE c () INHERITS (t);",
         "ALTER TABLE c ALTER a TYPE bigint;", 'r', "42P16"},
        {"CREATE TABLE t (a int); CREATE TABLE c () INHERITS (t);",
         "ALTER TABLE t ALTER a TYPE bigint;", 'y', NULL},
        {"CREATE TABLE t (a int);", "ALTER TABLE t ALTER a TYPE bigint, ALTER a TYPE text;", 'r',
         "0A000"},
        {"CREATE TABLE t (a int);", "ALTER TABLE t ALTER ctid TYPE int;", 'r', "0A000"},
        {"CREATE TABLE t (a int); CREATE TABLE u (x t);", "ALTER TABLE t ALTER a TYPE bigint;", '?',
         NULL},
        {"CREATE TYPE c AS (a int); CREATE TABLE t (x c[]);",
         "ALTER TYPE c ALTER ATTRIBUTE a TYPE bigint;", '?', NULL},
        {"CREATE TYPE c AS (a int); CREATE TABLE t (x int);",
         "ALTER TYPE c ALTER ATTRIBUTE a TYPE bigint;", 'y', NULL},
        {"CREATE TABLE t (a int PRIMARY KEY, b int); CREATE PUBLICATION p FOR TABLE t (a, b);",
         "ALTER TABLE t ALTER b TYPE bigint;", '?', NULL},
        {"CREATE TABLE t (a int PRIMARY KEY, b int); CREATE PUBLICATION p FOR TABLE t (a, b);",
         "ALTER TABLE t DROP b;", '?', NULL},
        {"CREATE TABLE t (a int PRIMARY KEY, b int); CREATE PUBLICATION p FOR TABLE t;",
         "ALTER TABLE t ALTER b TYPE bigint;", 'y', NULL},
    };
    expect_rows(rows, lengthof(rows));
}

Test(type_changes, values_become_the_new_type)
{
    static const struct {
        const char *from, *to;
        char end;
        const char *sqlstate;
    } rows[] = {
        {"int", "uuid", 'r', "42804"},
        {"int", "d", 'y', NULL},
        {"numeric DEFAULT 1", "numeric(9,2)", 'y', NULL},
        {"bigint", "oid", 'y', NULL},
        {"text[]", "uuid[]", 'r', "42804"},
        {"text DEFAULT '1'", "int USING a::int", 'r', "42804"},
        {"e DEFAULT 'a'", "f USING a::text::f", 'r', "42804"},
        {"e", "f USING a::text::f", 'y', NULL},
        {"e", "f USING a::f", 'r', "42846"},
        {"e[]", "f[] USING a::text[]::f[]", 'y', NULL},
        {"int", "uuid USING a", 'r', "42804"},
        {"int", "uuid USING NULL", 'y', NULL},
        {"int", "bool USING 1", 'r', "42804"},
        {"int", "bool USING a = 1", 'y', NULL},
        {"int", "date USING a = 1", 'r', "42804"},
        {"text", "int USING b::int", 'r', "42703"},
        {"text", "int USING (SELECT 1)", '?', NULL},
        {"text", "int USING nullif(a, '')::int", 'y', NULL},
        {"text", "bool USING CASE WHEN a = 'y' THEN true ELSE false END", 'y', NULL},
        {"text", "text[] USING ARRAY[a]", 'y', NULL},
        {"text", "int[] USING ARRAY[a]", 'r', "42804"},
        {"int", "date USING 'nope'", '?', NULL},
        {"int", "date USING to_timestamp(a)", 'y', NULL},
        {"int", "timestamp USING CASE WHEN a > 0 THEN to_timestamp(a) ELSE NULL END", 'y', NULL},
        {"text", "int USING to_timestamp(a)", '?', NULL},
        {"timestamp", "timestamptz USING a AT TIME ZONE 'UTC'", 'y', NULL},
        {"timestamp", "int USING a AT TIME ZONE 'UTC'", 'r', "42804"},
        {"text[]", "jsonb USING to_json(a)", 'y', NULL},
        {"text", "date USING to_date(a, 'YYYY')", '?', NULL},
        {"text", "e USING CASE a WHEN 'x' THEN 'a'::e ELSE 'a' END", 'y', NULL},
        {"text", "e USING CASE a WHEN 'x' THEN 'a' ELSE 'a' END", 'r', "42804"},
        {"text", "e USING CASE a WHEN 'x' THEN 'a'::e ELSE 'q' END", 'r', "22P02"},
        {"text", "e USING 'a'", 'y', NULL},
        {"text", "e USING 'q'", 'r', "22P02"},
        {"text", "int USING CASE a WHEN 'x' THEN '1' ELSE '2' END", 'r', "42804"},
        {"text", "int USING CASE a WHEN 'x' THEN 1 ELSE '2' END", 'y', NULL},
        {"text", "int USING CASE a WHEN 'x' THEN 1 ELSE a END", 'r', "42804"},
        {"text", "text[] USING ARRAY['x', a]", 'y', NULL},
        {"text", "int USING coalesce(a, '2')", 'r', "42804"},
        {"int", "text USING lower('x')", 'y', NULL},
        {"bool", "smallint USING a::smallint", 'r', "42846"},
        {"bool", "smallint USING a::int::smallint", 'y', NULL},
    };
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        const ChangeRow row = {
            arena_printf(
                bench.arena,
                "CREATE TYPE e AS ENUM ('a'); CREATE TYPE f AS ENUM ('a'); CREATE DOMAIN d "
                "AS int; CREATE TABLE t (a %s);",
                rows[i].from),
            arena_printf(bench.arena, "ALTER TABLE t ALTER a TYPE %s;", rows[i].to), rows[i].end,
            rows[i].sqlstate};
        expect_rows(&row, 1);
    }
    bench_free(&bench);
}
