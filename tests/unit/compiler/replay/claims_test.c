/*
 * claims_test.c - what a server refuses, or ends otherwise, and was once claimed: each row is a
 * script whose end a server told.
 */
#include "base/common.h"

#include "tests/unit/compiler/replay/replay_bench.h"

typedef struct ClaimRow {
    const char *before, *script;
    const char *end; /* SQLSTATE; NULL: it is not understood; "": it is claimed */
} ClaimRow;

static void expect_rows(const ClaimRow *rows, size_t count)
{
    Bench bench = bench_new();
    for (size_t i = 0; i < count; i++) {
        const char *sql = arena_printf(bench.arena, "%s\n%s", rows[i].before, rows[i].script);
        const char *end = rows[i].end;
        if (end != NULL && end[0] == '\0') {
            expect_line(sql, "schema public");
        } else {
            expect_end(sql, end == NULL ? SQL_REPLAY_NOT_UNDERSTOOD : SQL_REPLAY_REFUSED, end, 2);
        }
    }
    bench_free(&bench);
}

Test(claims, rows_of_columns_that_are_computed)
{
    static const char made[] = "CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED, i "
                               "int GENERATED ALWAYS AS IDENTITY, d int);";
    static const ClaimRow rows[] = {
        {made, "INSERT INTO t (g) VALUES (1);", "428C9"},
        {made, "INSERT INTO t (g) VALUES (DEFAULT);", ""},
        {made, "INSERT INTO t (a, g) VALUES (1, DEFAULT), (2, 3);", "428C9"},
        {made, "INSERT INTO t VALUES (1, 2);", "428C9"},
        {made, "INSERT INTO t VALUES (1);", ""},
        {made, "INSERT INTO t (g) SELECT 1;", "428C9"},
        {made, "INSERT INTO t SELECT 1, 2;", "428C9"},
        {made, "INSERT INTO t (i) VALUES (1);", "428C9"},
        {made, "INSERT INTO t (i) OVERRIDING SYSTEM VALUE VALUES (1);", ""},
        {made, "INSERT INTO t (i) OVERRIDING USER VALUE VALUES (1);", ""},
        {made, "UPDATE t SET g = 3;", "428C9"},
        {made, "UPDATE t SET g = DEFAULT;", ""},
        {made, "UPDATE t SET i = 3;", "428C9"},
        {made, "UPDATE t SET a = 3, d = g;", ""},
        {made, "UPDATE t SET (a, g) = (SELECT 1, 2);", "428C9"},
        {made, "INSERT INTO t VALUES (1) UNION ALL VALUES (2);", ""},
        {made, "INSERT INTO t VALUES (1, 2) UNION ALL VALUES (3, 4);", "428C9"},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, rows_of_computed_columns_by_merge)
{
    static const char made[] = "CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED, i "
                               "int GENERATED ALWAYS AS IDENTITY);";
    static const struct {
        const char *insert, *end;
    } rows[] = {
        {"(a, g) VALUES (x, 5)", "428C9"},
        {"(a, g) VALUES (x, DEFAULT)", ""},
        {"VALUES (x, 5)", "428C9"},
        {"VALUES (x)", ""},
        {"DEFAULT VALUES", ""},
        {"(i) VALUES (5)", "428C9"},
        {"(i) OVERRIDING SYSTEM VALUE VALUES (5)", ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        const ClaimRow row = {
            made,
            arena_printf(arena,
                         "MERGE INTO t USING (SELECT 1 AS x) s ON t.a = s.x WHEN NOT MATCHED THEN "
                         "INSERT %s;",
                         rows[i].insert),
            rows[i].end};
        expect_rows(&row, 1);
    }
    arena_free(arena);
}

Test(claims, bounds_of_partitions)
{
    static const char number[] = "CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 "
                                 "PARTITION OF p FOR VALUES FROM (1) TO (10);";
    static const char text[] = "CREATE TABLE p (a text) PARTITION BY RANGE (a); CREATE TABLE p1 "
                               "PARTITION OF p FOR VALUES FROM ('1') TO ('5');";
    static const char list[] = "CREATE TABLE p (a text) PARTITION BY LIST (a); CREATE TABLE p1 "
                               "PARTITION OF p FOR VALUES IN ('a', 'b');";
    static const char truth[] = "CREATE TABLE p (a bool) PARTITION BY LIST (a); CREATE TABLE p1 "
                                "PARTITION OF p FOR VALUES IN (true);";
    static const char moment[] =
        "CREATE TABLE p (a timestamptz) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR "
        "VALUES FROM ('2024-01-01 00:00:00') TO ('2024-02-01');";
    static const char pair[] =
        "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a, b); CREATE TABLE p1 PARTITION OF p "
        "FOR VALUES FROM (1, 1) TO (2, 1);";
    static const char renamed[] =
        "CREATE TYPE e AS ENUM ('a', 'c'); CREATE TABLE p (a e) PARTITION BY LIST (a); CREATE "
        "TABLE p1 PARTITION OF p FOR VALUES IN ('a'); ALTER TYPE e RENAME VALUE 'a' TO 'b'; ALTER "
        "TYPE e ADD VALUE 'a';";
    static const ClaimRow rows[] = {
        {number, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (9) TO (20);", "42P17"},
        {number, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('10') TO (20);", ""},
        {text, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('10') TO ('9');", "42P17"},
        {text, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('9') TO ('95');", ""},
        {text, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('b') TO ('a');", NULL},
        {text, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('b') TO ('b');", "42P17"},
        {list, "CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('b');", "42P17"},
        {list, "CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('c', '1');", ""},
        {truth, "CREATE TABLE p2 PARTITION OF p FOR VALUES IN (true);", "42P17"},
        {truth, "CREATE TABLE p2 PARTITION OF p FOR VALUES IN (false);", ""},
        {moment, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2024-01-31') TO ('2024-03-01');",
         "42P17"},
        {moment,
         "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2024-02-01 00:00:00') TO "
         "('2024-03-01');",
         ""},
        {moment,
         "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2024-02-01 00:00:00+00') TO "
         "('2024-03-01');",
         NULL},
        {pair, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1, 5) TO (1, 9);", "42P17"},
        {pair, "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (2, 1) TO (2, 9);", ""},
        {renamed, "CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('a');", ""},
        {renamed, "CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('b');", "42P17"},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, operators_that_are_said_to_be_the_servers)
{
    static const ClaimRow rows[] = {
        {"CREATE TABLE t (a numeric, b int);",
         "ALTER TABLE t ALTER a TYPE int USING (CAST(a OPERATOR(pg_catalog.*) b AS int));", ""},
        {"CREATE TABLE t (a numeric, b int);",
         "ALTER TABLE t ALTER a TYPE int USING (CAST(a OPERATOR(public.*) b AS int));", NULL},
        {"CREATE TABLE t (a date, b int);",
         "ALTER TABLE t ALTER a TYPE int USING (a OPERATOR(pg_catalog.-) b);", NULL},
        {"CREATE TABLE t (a text, b int);", "ALTER TABLE t ADD CHECK (a OPERATOR(pg_catalog.=) b);",
         "42883"},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, operators_of_exclusions)
{
    static const ClaimRow rows[] = {
        {"", "CREATE TABLE t (v tsvector, EXCLUDE USING gist (v WITH =));", NULL},
        {"", "CREATE TABLE t (v tsvector, EXCLUDE USING gist (v tsvector_ops WITH &&));", NULL},
        {"", "CREATE TABLE t (v int4range, EXCLUDE USING gist (v WITH &&));", ""},
        {"", "CREATE TABLE t (v int4range, EXCLUDE USING gist (v WITH <<));", NULL},
        {"", "CREATE TABLE t (v int, EXCLUDE (v WITH =));", ""},
        {"", "CREATE TABLE t (v int, EXCLUDE (v WITH &&));", NULL},
        {"CREATE EXTENSION btree_gist;",
         "CREATE TABLE t (v int, w tsrange, EXCLUDE USING gist (v WITH =, w WITH &&));", ""},
        {"CREATE EXTENSION btree_gist;", "CREATE TABLE t (v int, EXCLUDE USING gist (v WITH <>));",
         ""},
        {"", "CREATE TABLE t (v int, w int, EXCLUDE USING gist (int4range(v, w) WITH &&));", ""},
        {"", "CREATE TABLE t (v date, w date, EXCLUDE USING gist (daterange(v, w, '[]') WITH &&));",
         ""},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, columns_of_publications)
{
    static const char made[] =
        "CREATE TABLE t (a int PRIMARY KEY, b int, g int GENERATED ALWAYS AS (b * 2) STORED);";
    static const char parts[] = "CREATE TABLE t (a int) PARTITION BY LIST (a);";
    static const char some[] = "CREATE TABLE t (a int); CREATE PUBLICATION p FOR TABLE t (a);";
    static const ClaimRow rows[] = {
        {made, "CREATE PUBLICATION p FOR TABLE t (a, b);", ""},
        {made, "CREATE PUBLICATION p FOR TABLE t (a, nope);", "42703"},
        {made, "CREATE PUBLICATION p FOR TABLE t (a, a);", "42710"},
        {made, "CREATE PUBLICATION p FOR TABLE t (a, g);", "42P10"},
        {made, "CREATE PUBLICATION p FOR TABLE t (a, ctid);", "42P10"},
        {made, "CREATE PUBLICATION p FOR TABLE t (a), TABLES IN SCHEMA public;", "22023"},
        {"CREATE VIEW w AS SELECT 1 AS a;", "CREATE PUBLICATION p FOR TABLE w;", "22023"},
        {parts, "CREATE PUBLICATION p FOR TABLE t;", ""},
        {parts, "CREATE PUBLICATION p FOR TABLE t (a);", "22023"},
        {parts, "CREATE PUBLICATION p FOR TABLE t WHERE (a > 1);", "22023"},
        {parts, "CREATE PUBLICATION p FOR TABLE t (a) WITH (publish_via_partition_root);", ""},
        {parts, "CREATE PUBLICATION p FOR TABLE t (a) WITH (publish_via_partition_root = 'off');",
         NULL},
        {parts, "CREATE PUBLICATION p; ALTER PUBLICATION p ADD TABLE t (a);", NULL},
        {parts, "CREATE PUBLICATION p; ALTER PUBLICATION p ADD TABLE t;", ""},
        {some, "ALTER PUBLICATION p ADD TABLES IN SCHEMA public;", NULL},
        {some, "ALTER PUBLICATION p SET TABLES IN SCHEMA public;", ""},
        {"CREATE TABLE t (a int); CREATE PUBLICATION p FOR TABLES IN SCHEMA public;",
         "ALTER PUBLICATION p ADD TABLE t (a);", NULL},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, bodies_of_plpgsql)
{
    static const ClaimRow rows[] = {
        {"", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN; END';", "42601"},
        {"", "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';",
         "42804"},
        {"", "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN RETURN; END';", ""},
        {"", "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN; END';",
         "42601"},
        {"", "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RETURN; END';",
         ""},
        {"", "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';",
         "42804"},
        {"",
         "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN /* RETURN; */ RETURN 1; END';",
         ""},
        {"", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 1; END';",
         "42804"},
        {"",
         "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT 1; END';",
         "42804"},
        {"", "CREATE FUNCTION f(OUT a int) LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';", "42804"},
        {"", "CREATE PROCEDURE f() LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';", "42601"},
        {"",
         "CREATE FUNCTION f() RETURNS TABLE (q int) LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 1; "
         "END';",
         "42804"},
        {"",
         "CREATE FUNCTION f() RETURNS TABLE (q int) LANGUAGE plpgsql AS 'BEGIN q := 1; RETURN "
         "NEXT; RETURN QUERY SELECT 1; RETURN; END';",
         ""},
        {"", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN EXIT; RETURN 1; END';",
         NULL},
        {"", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN x := 1; RETURN 1; END';",
         NULL},
        {"", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN SELEC 1; RETURN 1; END';",
         NULL},
        {"",
         "SET check_function_bodies = off; CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS "
         "'BEGIN RETURN; END';",
         ""},
        {"CREATE TABLE u (x int);",
         "CREATE FUNCTION f(a u) RETURNS u LANGUAGE plpgsql AS 'BEGIN a.x := 1; RETURN a; END';",
         ""},
        {"",
         "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'DECLARE c CURSOR FOR SELECT 1; r "
         "record; BEGIN OPEN c; FETCH c INTO r; CLOSE c; END';",
         ""},
        {"CREATE TABLE u (a int, return int);",
         "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'DECLARE x int; BEGIN SELECT CASE "
         "WHEN a > 1 THEN return ELSE return END INTO x FROM u WHERE a > return; END';",
         ""},
        {"",
         "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN IF CASE WHEN true THEN true "
         "END THEN RETURN 1; END IF; END';",
         "42804"},
        {"",
         "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN CASE 1 WHEN 1 THEN NULL; "
         "ELSE RETURN 1; END CASE; END';",
         "42804"},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, defaults_that_a_type_refuses)
{
    static const char tf[] =
        "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; ";
    Bench bench = bench_new();
    const char *table = arena_printf(bench.arena, "%sCREATE TABLE t (a json);", tf);
    const ClaimRow rows[] = {
        {table, "ALTER TABLE t ALTER a SET DEFAULT tf();", NULL},
        {"CREATE TYPE c AS (a int);", "CREATE TABLE t (a c DEFAULT 'x');", NULL},
        {"CREATE DOMAIN iv AS interval;", "CREATE TABLE t (a iv DEFAULT 'x');", NULL},
    };
    expect_rows(rows, lengthof(rows));
    bench_free(&bench);
}

Test(claims, columns_of_views)
{
    static const ClaimRow rows[] = {
        {"CREATE TABLE t (a int);", "CREATE VIEW v AS SELECT a, a FROM t;", "42701"},
        {"CREATE TABLE t (a int);", "CREATE MATERIALIZED VIEW v AS SELECT a, a FROM t;", "42701"},
        {"CREATE TABLE t (a int);", "CREATE VIEW s.v AS SELECT a FROM u;", "42P01"},
        {"CREATE TEMP TABLE t (a int);", "CREATE VIEW public.v AS SELECT a FROM t;", "42P16"},
        {"CREATE TEMP TABLE t (a int);", "CREATE VIEW v AS SELECT a FROM t;", NULL},
        {"CREATE TABLE t (a int, b int);", "CREATE VIEW v AS SELECT (t).a, b FROM t;", NULL},
        {"CREATE TABLE t (a point);", "CREATE VIEW v AS SELECT a FROM t GROUP BY a;", "42883"},
        {"CREATE TABLE t (a inet);", "CREATE VIEW v AS SELECT a FROM t GROUP BY a;", ""},
        {"CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT * FROM v;",
         "DROP VIEW v;", ""},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, families_of_tables)
{
    static const ClaimRow rows[] = {
        {"CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p FOR VALUES "
         "IN "
         "(1);",
         "CREATE TABLE t () INHERITS (q);", "42809"},
        {"CREATE TABLE t (d int);", "CREATE TEMP TABLE t (d uuid, LIKE t);", "42701"},
        {"CREATE TABLE t (d int);", "CREATE TEMP TABLE t (e uuid, LIKE t);", NULL},
        {"CREATE TABLE q (d int);", "CREATE TABLE t (e uuid, LIKE t);", "42P01"},
    };
    expect_rows(rows, lengthof(rows));
}

Test(claims, an_identity_is_copied_with_its_settings)
{
    expect_end(
        "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);\n"
        "CREATE TABLE u (LIKE t INCLUDING IDENTITY); ALTER SEQUENCE u_a_seq START 2147483648;",
        SQL_REPLAY_REFUSED, "22023", 2);
}
