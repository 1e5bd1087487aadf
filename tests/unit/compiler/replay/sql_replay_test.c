/*
 * sql_replay_test.c - scripts to catalogs without a server: default names, orders, cascades, what
 * is refused with which SQLSTATE, and what is not understood.
 *
 * That the catalogs are a server's is shown by tests/live/replay.sh; here is what it would say.
 */
#include "base/common.h"

#include "compiler/blocks/numbers_block.h"
#include "tests/unit/compiler/replay/replay_bench.h"

Test(sql_replay, names_the_server_gives)
{
    expect_line("CREATE TABLE t (id serial PRIMARY KEY, a int UNIQUE, b int CHECK (b > 0));",
                "primary key t_pkey (id)");
    expect_line("CREATE TABLE t (id serial, a int UNIQUE);", "unique t_a_key btree");
    expect_line("CREATE TABLE t (id serial);", "default sequence public.t_id_seq owned");
    expect_line("CREATE TABLE t (b int CHECK (b > 0));", "opaque check public.t_b_check on t");
    expect_line("CREATE TABLE t (a int, b int, CHECK (a > b), CHECK (b > a));",
                "opaque check public.t_check1 on t");
    expect_line("CREATE TABLE t (a int); CREATE INDEX ON t (a); CREATE INDEX ON t (a);",
                "index t_a_idx1 btree");
    expect_line("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a);",
                "foreign key b_a_fkey (a) -> public.a (id)");
}

Test(sql_replay, names_are_cut_by_whole_characters)
{
    expect_line("CREATE TABLE \"\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"
                "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"
                "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"
                "\xC3\xA4\xC3\xA4\" (id int PRIMARY KEY);",
                "\xC3\xA4_pkey (id)");
}

/* No list of schemas means all of them: an enum of any is known. */
Test(sql_replay, all_schemas_hold_all_enums)
{
    static const char sql[] = "CREATE SCHEMA b; CREATE TYPE e AS ENUM ('a');"
                              "CREATE TYPE b.f AS ENUM ('a'); CREATE TABLE t (x e, y b.f);";
    Bench bench = bench_new();
    cr_assert(sql_replay_script(bench.replay, "one/migration.sql", sql, strlen(sql)));
    Catalog *catalog = sql_replay_finish(bench.replay, NULL, 0);
    cr_assert_not_null(catalog);
    cr_expect_eq(catalog->enums.count, 2);
    catalog_free(catalog);
    bench_free(&bench);
}

Test(sql_replay, types_as_they_are_written)
{
    expect_line("CREATE TABLE t (a timestamp(3), b varchar(10)[], c numeric(5), d char, e float);",
                "column a timestamp(3)");
    expect_line("CREATE TABLE t (b varchar(10)[]);", "column b varchar(10)[]");
    expect_line("CREATE TABLE t (c numeric(5));", "column c numeric(5,0)");
    expect_line("CREATE TABLE t (d char);", "column d bpchar(1)");
    expect_line("CREATE TABLE t (e float);", "column e float8");
    expect_line("CREATE TABLE t (f interval(3), g tsvector);", "column f `interval(3)`");
}

Test(sql_replay, a_new_enum_takes_the_name_of_the_old_one)
{
    expect_line("CREATE TYPE \"R\" AS ENUM ('A', 'B');\n"
                "CREATE TABLE t (r \"R\" NOT NULL DEFAULT 'A');\n"
                "BEGIN;\n"
                "CREATE TYPE \"R_new\" AS ENUM ('A', 'C');\n"
                "ALTER TABLE t ALTER COLUMN r DROP DEFAULT;\n"
                "ALTER TABLE t ALTER COLUMN r TYPE \"R_new\" USING (r::text::\"R_new\");\n"
                "ALTER TYPE \"R\" RENAME TO \"R_old\";\n"
                "ALTER TYPE \"R_new\" RENAME TO \"R\";\n"
                "DROP TYPE \"R_old\";\n"
                "ALTER TABLE t ALTER COLUMN r SET DEFAULT 'C';\n"
                "COMMIT;",
                "column r enum public.R not null default value `C`");
    expect_line("CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b' BEFORE 'a';",
                "enum public.e (`b`, `a`)");
}

Test(sql_replay, a_column_goes_with_what_is_over_it)
{
    static const char sql[] = "CREATE TABLE t (a int, b int, c int UNIQUE, CHECK (b > 0));\n"
                              "CREATE INDEX i ON t (a, b); CREATE INDEX p ON t (a) WHERE b > 0;\n"
                              "ALTER TABLE t DROP COLUMN b;";
    expect_no_line(sql, "index i");
    expect_no_line(sql, "index p");
    expect_no_line(sql, "opaque check");
    expect_line(sql, "unique t_c_key");
}

Test(sql_replay, commands_run_in_the_order_of_the_server)
{
    expect_line("CREATE TABLE t (id int PRIMARY KEY);\n"
                "ALTER TABLE t ADD COLUMN new text NOT NULL, ADD CONSTRAINT t_pkey PRIMARY KEY "
                "(new), DROP CONSTRAINT t_pkey, DROP COLUMN id;",
                "primary key t_pkey (new)");
}

Test(sql_replay, blocks_that_can_be_read)
{
    expect_line("CREATE TYPE e AS ENUM ('a');\n"
                "DO $$ BEGIN CREATE TYPE e AS ENUM ('b'); EXCEPTION WHEN duplicate_object THEN "
                "NULL; END $$;",
                "enum public.e (`a`)");
    expect_line("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'e') THEN CREATE "
                "TYPE e AS ENUM ('b'); END IF; END $$;",
                "enum public.e (`b`)");
    expect_end("DO $$ BEGIN EXECUTE format('CREATE TABLE %I ()', current_user); END $$;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
}

Test(sql_replay, paths_that_scripts_set)
{
    expect_line("CREATE SCHEMA s; SET search_path TO s; CREATE TABLE t (a int);\n"
                "SET search_path TO public; CREATE TABLE u (a int);",
                "table public.u");
    expect_no_line("CREATE SCHEMA s; SET search_path TO s; CREATE TABLE t (a int);", "table");
    expect_line("SELECT pg_catalog.set_config('search_path', '', false);\n"
                "CREATE TABLE public.t (a integer);",
                "table public.t");
}

/* What a server refuses of them, or deploy, is not claimed to be understood. */
Test(sql_replay, transactions_that_scripts_steer)
{
    static const char *const others[] = {
        "BEGIN; CREATE TABLE t (a int); COMMIT AND CHAIN; CREATE TABLE u (a int);",
        "CREATE TABLE t (a int); COMMIT AND CHAIN; COMMIT;",
        "BEGIN; CREATE TABLE t (a int); ROLLBACK AND CHAIN; COMMIT;",
        "BEGIN READ ONLY; CREATE TABLE t (a int); COMMIT;",
        "BEGIN; SET TRANSACTION READ ONLY; CREATE TABLE t (a int); COMMIT;",
        "BEGIN; CREATE TABLE t (a int); SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; COMMIT;",
        "SAVEPOINT s; CREATE TABLE t (a int); RELEASE s;",
        "CREATE TABLE t (a int); BEGIN ISOLATION LEVEL SERIALIZABLE; COMMIT;",
        "BEGIN; SAVEPOINT s; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; COMMIT;",
        "BEGIN; SAVEPOINT s; RELEASE t; COMMIT;",
        "BEGIN; SAVEPOINT s; RELEASE s; RELEASE s; COMMIT;",
        "BEGIN; SAVEPOINT s; SAVEPOINT t; RELEASE s; RELEASE t; COMMIT;",
        "BEGIN; SAVEPOINT s; COMMIT; BEGIN; RELEASE s; COMMIT;",
        "CREATE TABLE t (a int); COMMIT; CREATE INDEX CONCURRENTLY i ON t (a);",
        "CREATE TABLE t (a int); DO $$ BEGIN CREATE TABLE u (a int); COMMIT; END $$;",
        "CREATE TABLE t (a int); DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON t (a); END $$;",
    };
    for (size_t i = 0; i < lengthof(others); i++) {
        expect_end(others[i], SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    }
    expect_line("BEGIN; CREATE TABLE t (a int); COMMIT AND CHAIN; CREATE TABLE u (a int); COMMIT;",
                "table public.u");
    expect_line(
        "BEGIN; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; CREATE TABLE t (a int); COMMIT;",
        "table public.t");
    expect_line("CREATE TABLE u (a int); COMMIT; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; "
                "CREATE TABLE t (a int);",
                "table public.t");
    expect_line("BEGIN; SAVEPOINT s; CREATE TABLE t (a int); RELEASE s; COMMIT;", "table public.t");
    expect_line("BEGIN; SAVEPOINT s; SAVEPOINT s; CREATE TABLE t (a int); RELEASE s; RELEASE s; "
                "BEGIN; COMMIT; BEGIN ISOLATION LEVEL SERIALIZABLE; COMMIT;",
                "table public.t");
    expect_line("BEGIN; CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY i ON t (a); COMMIT;",
                "index i btree");
}

Test(sql_replay, refused_with_the_state_of_the_server)
{
    expect_end("CREATE TABLE t (a int);\n\nALTER TABLE u ADD COLUMN b int;", SQL_REPLAY_REFUSED,
               "42P01", 3);
    expect_end("CREATE TABLE t (a int);\nCREATE TABLE t (a int);", SQL_REPLAY_REFUSED, "42P07", 2);
    expect_end("CREATE TABLE t (a int, a int);", SQL_REPLAY_REFUSED, "42701", 1);
    expect_end("CREATE TABLE t (a nothing);", SQL_REPLAY_REFUSED, "42704", 1);
    expect_end("CREATE TABLE t (a int);\n-- why\nALTER TABLE t DROP COLUMN b;", SQL_REPLAY_REFUSED,
               "42703", 3);
    expect_end("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a);\n"
               "DROP TABLE a;",
               SQL_REPLAY_REFUSED, "2BP01", 2);
    expect_end("CREATE TABLE t (a int); CREATE TABLE u (a int REFERENCES t (a));",
               SQL_REPLAY_REFUSED, "42830", 1);
    expect_end("CREATE TYPE e AS ENUM ('a'); CREATE TYPE e AS ENUM ('a');", SQL_REPLAY_REFUSED,
               "42710", 1);
    expect_end("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'b');", SQL_REPLAY_REFUSED,
               "22P02", 1);
}

Test(sql_replay, not_understood_is_said)
{
    expect_end("CREATE TABLE t (a int);\nCREATE RULE r AS ON INSERT TO t DO DELETE FROM t;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end("CREATE TYPE c AS (a int); CREATE TABLE t OF c;", SQL_REPLAY_NOT_UNDERSTOOD, NULL,
               1);
    expect_end("SELECT dangerous();", SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    expect_end("BEGIN; CREATE TABLE t (a int);", SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    expect_end("CREATE TABLE;", SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
}

Test(sql_replay, a_partial_index_follows_a_key_that_its_predicate_does_not_name)
{
    static const char made[] = "CREATE TABLE t (a uuid, b bool, c interval year);\n"
                               "CREATE INDEX i ON t (a, c) WHERE b;\n%s";
    Bench bench = bench_new();
    expect_line(arena_printf(bench.arena, made, "ALTER TABLE t ALTER a TYPE text;"),
                "index i btree");
    expect_end(arena_printf(bench.arena, made, "ALTER TABLE t ALTER b TYPE text;"),
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 3);
    bench_free(&bench);
}

Test(sql_replay, a_key_is_over_what_has_an_order)
{
    expect_end("CREATE TABLE t (a json PRIMARY KEY);", SQL_REPLAY_REFUSED, "42704", 1);
    expect_end("CREATE TABLE t (a int, b json, PRIMARY KEY (a, b));", SQL_REPLAY_REFUSED, "42704",
               1);
    expect_end("CREATE TABLE t (a jsonb PRIMARY KEY);\nALTER TABLE t ALTER a TYPE json;",
               SQL_REPLAY_REFUSED, "42704", 2);
    expect_line("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e, b int[], PRIMARY KEY (a, b));",
                "primary key t_pkey (a, b)");
}

Test(sql_replay, what_an_interval_cuts_of_its_default_is_not_known)
{
    expect_line("CREATE TABLE t (a interval day to second(2));", "interval day to second(2)");
    expect_line("CREATE TABLE t (a interval(3) DEFAULT '1 day'::interval(3));", "'1 day'");
    expect_end("CREATE TABLE t (a interval(0) DEFAULT '1.5 s');", SQL_REPLAY_NOT_UNDERSTOOD, NULL,
               1);
    expect_end("CREATE TABLE t (a interval year DEFAULT '1-3');", SQL_REPLAY_NOT_UNDERSTOOD, NULL,
               1);
    static const char *const kept[][2] = {
        {"day to second", "3 days"}, {"hour", "1 day 2 hours"}, {"second(0)", "5 secs"},
        {"year to month", "1 mon"},  {"minute", "2 weeks"},
    };
    static const char *const cut[][2] = {
        {"month", "3 days"}, {"year", "18 months"},        {"hour", "20 minutes"},
        {"day", "5"},        {"minute to second", "1:30"}, {"day to second(1)", "1.25 s"},
    };
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(kept); i++) {
        expect_line(arena_printf(bench.arena, "CREATE TABLE t (a interval %s DEFAULT '%s');",
                                 kept[i][0], kept[i][1]),
                    kept[i][1]);
    }
    for (size_t i = 0; i < lengthof(cut); i++) {
        expect_end(arena_printf(bench.arena, "CREATE TABLE t (a interval %s DEFAULT '%s');",
                                cut[i][0], cut[i][1]),
                   SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    }
    bench_free(&bench);
}

Test(sql_replay, a_moment_is_known_where_its_time_zone_is)
{
    static const char *const kept[][2] = {
        {"timestamptz", "2020-01-01 00:00:00 +00:00"},
        {"timestamptz", "2020-01-01T12:00:00Z"},
        {"timestamptz", "infinity"},
        {"timetz", "12:00:00+02"},
        {"timestamp", "2020-01-01"},
    };
    static const char *const others[][2] = {
        {"timestamptz", "2020-01-01"},
        {"timestamptz", "2020-01-01 00:00:00"},
        {"timetz", "12:00"},
    };
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(kept); i++) {
        expect_line(arena_printf(bench.arena, "CREATE TABLE t (a %s DEFAULT '%s');", kept[i][0],
                                 kept[i][1]),
                    kept[i][1]);
    }
    for (size_t i = 0; i < lengthof(others); i++) {
        expect_end(arena_printf(bench.arena, "CREATE TABLE t (a %s DEFAULT '%s');", others[i][0],
                                others[i][1]),
                   SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    }
    bench_free(&bench);
}

Test(sql_replay, an_alias_of_oid_is_looked_up_as_an_oid)
{
    expect_line("CREATE TABLE t (a regclass, b regtype);\nCREATE INDEX i ON t (a);",
                "index i btree");
    expect_line("CREATE TABLE t (a regrole PRIMARY KEY);", "primary key t_pkey (a)");
}

Test(sql_replay, functions_are_told_apart_by_their_arguments)
{
    static const char two[] = "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
                              "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';\n";
    Bench bench = bench_new();
    expect_line(two, "opaque function public.f(a text)");
    expect_no_line(arena_printf(bench.arena, "%sDROP FUNCTION f(int);", two), "f(a integer)");
    expect_end(arena_printf(bench.arena, "%sDROP FUNCTION f;", two), SQL_REPLAY_REFUSED, "42725",
               3);
    expect_end(arena_printf(bench.arena, "%sDROP FUNCTION f(bigint);", two), SQL_REPLAY_REFUSED,
               "42883", 3);
    expect_end(arena_printf(bench.arena,
                            "%sCREATE OR REPLACE FUNCTION f(a int) RETURNS text LANGUAGE sql AS "
                            "'SELECT 1';",
                            two),
               SQL_REPLAY_REFUSED, "42P13", 3);
    bench_free(&bench);
}

Test(sql_replay, pseudo_types_are_types_of_arguments)
{
    expect_line("CREATE AGGREGATE cat_all(anycompatiblearray) (SFUNC = array_cat, STYPE = "
                "anycompatiblearray, INITCOND = '{}');",
                "cat_all(anycompatiblearray)");
    expect_line("CREATE FUNCTION f(VARIADIC \"any\") RETURNS bool LANGUAGE internal AS "
                "'pg_num_nulls';",
                "f(VARIADIC \"any\")");
    expect_end("CREATE TABLE t (a anycompatible);", SQL_REPLAY_REFUSED, NULL, 1);
}

Test(sql_replay, merge_is_about_rows)
{
    static const char made[] = "CREATE TABLE t (a int, b int); CREATE TABLE u (a int);\n";
    static const char merge[] =
        "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = "
        "%s WHEN NOT MATCHED THEN INSERT (%s) VALUES (u.a);";
    Bench bench = bench_new();
    Arena *arena = bench.arena;
    const char *good = arena_printf(arena, merge, "1", "a");
    expect_line(arena_printf(arena, "%s%s", made, good), "table public.t");
    expect_end(arena_printf(arena, "%s%s", made, arena_printf(arena, merge, "1", "c")),
               SQL_REPLAY_REFUSED, "42703", 2);
    expect_end(arena_printf(arena, "%s%s", made, arena_printf(arena, merge, "f()", "a")),
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end(
        arena_printf(arena,
                     "%sCREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DROP "
                     "TABLE u; RETURN NEW; END'; CREATE TRIGGER w BEFORE INSERT ON t FOR EACH "
                     "ROW EXECUTE FUNCTION g();\n%s",
                     made, good),
        SQL_REPLAY_NOT_UNDERSTOOD, NULL, 3);
    bench_free(&bench);
}

Test(sql_replay, what_is_said_follows_a_name)
{
    static const char made[] = "CREATE TABLE t (a int);\nCOMMENT ON TABLE t IS 'x';\n"
                               "GRANT SELECT ON t TO app;\n";
    Bench bench = bench_new();
    expect_line(arena_printf(bench.arena, "%sALTER TABLE t RENAME TO u;", made),
                "opaque comment public.u on u");
    expect_line(arena_printf(bench.arena, "%sALTER TABLE t RENAME TO u;", made),
                "opaque privilege public.SELECT to app on u");
    expect_no_line(arena_printf(bench.arena, "%sDROP TABLE t; CREATE TABLE t (a int);", made),
                   "opaque");
    expect_no_line(arena_printf(bench.arena, "%sALTER TABLE t OWNER TO app;", made),
                   "opaque privilege");
    expect_end("CREATE TABLE t (a int);\nCOMMENT ON COLUMN t.b IS 'x';", SQL_REPLAY_REFUSED,
               "42703", 2);
    bench_free(&bench);
}

Test(sql_replay, what_an_owner_was_granted_goes_with_what_he_owns)
{
    expect_no_line("CREATE TABLE t (a serial); GRANT SELECT, UPDATE (a) ON t TO x; "
                   "GRANT USAGE ON SEQUENCE t_a_seq TO x; ALTER TABLE t OWNER TO x; "
                   "ALTER TABLE t OWNER TO CURRENT_USER;",
                   "privilege");
    expect_no_line("CREATE TABLE t (a int); ALTER TABLE t OWNER TO x; GRANT SELECT (a) ON t TO x; "
                   "ALTER TABLE t OWNER TO y;",
                   "privilege");
    expect_line("CREATE TABLE t (a int); GRANT SELECT ON t TO x, y; ALTER TABLE t OWNER TO x;",
                "SELECT to y");
}

Test(sql_replay, who_may_insert_may_draw_numbers)
{
    static const NumbersBlock block = {.table = "t", .sequence = "s"};
    static const char *const granted[] = {"INSERT", "INSERT (a)", "ALL"};
    Arena *arena = arena_new();
    StrBuf body = strbuf_new(STRBUF_MAX);
    numbers_block_write(&body, &block);
    const char *text = strbuf_take(&body, arena);
    for (size_t i = 0; i < lengthof(granted); i++) {
        expect_line(arena_printf(arena,
                                 "CREATE TABLE t (a int); GRANT %s ON t TO app; CREATE SEQUENCE s; "
                                 "DO $b$%s$b$;",
                                 granted[i], text),
                    "opaque privilege public.USAGE on s to app");
    }
    expect_no_line(arena_printf(arena,
                                "CREATE TABLE t (a int); GRANT SELECT ON t TO app; CREATE SEQUENCE "
                                "s; DO $b$%s$b$;",
                                text),
                   "USAGE");
    arena_free(arena);
}

Test(sql_replay, partitions_are_no_tables)
{
    static const char made[] =
        "CREATE TABLE t (a int PRIMARY KEY, b text) PARTITION BY RANGE (a);\n"
        "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (10);\n";
    Bench bench = bench_new();
    expect_no_line(made, "table public.t_1");
    expect_line(arena_printf(bench.arena, "%sALTER TABLE t DETACH PARTITION t_1;", made),
                "table public.t_1");
    expect_line(arena_printf(bench.arena, "%sDROP TABLE t; CREATE TABLE t_1 (a int);", made),
                "table public.t_1");
    expect_end(arena_printf(bench.arena, "%sDROP INDEX t_1_pkey;", made), SQL_REPLAY_REFUSED,
               "2BP01", 3);
    expect_end(arena_printf(bench.arena, "%sALTER TABLE t DROP COLUMN a;", made),
               SQL_REPLAY_REFUSED, "42P16", 3);
    bench_free(&bench);
}

Test(sql_replay, a_block_asks_for_what_is_there)
{
    static const char made[] = "CREATE TABLE t (a int);\nCREATE VIEW v AS SELECT a FROM t;\n";
    Bench bench = bench_new();
    expect_no_line(arena_printf(bench.arena,
                                "%sDO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_tables WHERE "
                                "tablename = 'v') THEN DROP TABLE t; END IF; END $$;"
                                "ALTER TABLE t ADD COLUMN c int;",
                                made),
                   "nothing");
    expect_end(arena_printf(bench.arena,
                            "%sDO $$ BEGIN IF random() > 0.5 THEN DROP VIEW v; END IF; END $$;",
                            made),
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 3);
    expect_end(arena_printf(bench.arena,
                            "%sDO $$ DECLARE n int; BEGIN SELECT 1 INTO STRICT n; DROP VIEW "
                            "v; END $$;",
                            made),
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 3);
    bench_free(&bench);
}

Test(sql_replay, a_block_executes_texts_that_are_known)
{
    static const char made[] = "CREATE TABLE \"T\" (a serial, b int);\nDO $$ DECLARE owned "
                               "CONSTANT text := pg_catalog.pg_get_serial_sequence('\"T\"', '%s'); "
                               "BEGIN IF owned IS NOT NULL THEN EXECUTE %s; END IF; END $$;";
    Bench bench = bench_new();
    expect_line(
        arena_printf(bench.arena, made, "a", "concat('ALTER SEQUENCE ', owned, ' RENAME TO x')"),
        "sequence public.x owned");
    expect_line(arena_printf(bench.arena, made, "a",
                             "'COMMENT ON SEQUENCE ' || owned || ' IS ' || quote_literal('it''s')"),
                "it's");
    expect_no_line(arena_printf(bench.arena, made, "b", "'DROP TABLE \"T\"'"), "nothing");
    expect_line(arena_printf(bench.arena, made, "b", "'DROP TABLE \"T\"'"), "table public.T");
    bench_free(&bench);
    /* a variable has no value that is known, and what gives it one may do anything */
    static const char *const types[] = {"boolean",    "char(3)",       "int",     "name",
                                        "varchar(3)", "text NOT NULL", "regclass"};
    for (size_t i = 0; i < lengthof(types); i++) {
        bench = bench_new();
        expect_end(arena_printf(bench.arena,
                                "CREATE TABLE t (a int);\nDO $$ DECLARE n CONSTANT %s := 't'; "
                                "BEGIN EXECUTE format('COMMENT ON TABLE t IS %%L', n); END $$;",
                                types[i]),
                   SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
        bench_free(&bench);
    }
    expect_end("CREATE TABLE t (a int);\nDO $$ DECLARE n text := 'DROP TABLE t'; BEGIN EXECUTE n; "
               "END $$;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN DROP TABLE t; RETURN 1; "
               "END';\nDO $$ DECLARE n CONSTANT int := f(); BEGIN NULL; END $$;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
}

Test(sql_replay, a_value_is_renamed_where_it_is_meant)
{
    static const char made[] = "CREATE TYPE e AS ENUM ('old', 'b');\n"
                               "CREATE TABLE t (a e DEFAULT 'old', w text, CONSTRAINT c CHECK (a "
                               "<> 'old' OR w = 'old'));\n"
                               "CREATE INDEX i ON t (w) WHERE a = 'old' AND w = 'old';\n"
                               "ALTER TYPE e RENAME VALUE 'old' TO 'new';";
    expect_line(made, "default value `new`");
    expect_line(made, "where `a = 'new' AND w = 'old'`");
    expect_line(made, "CHECK ((a <> 'new' OR w = 'old'))");
    expect_end("CREATE TYPE e AS ENUM ('old', 'b');\nCREATE TABLE t (a e, CHECK (f('old') > 1));\n"
               "ALTER TYPE e RENAME VALUE 'old' TO 'new';",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
}

Test(sql_replay, a_name_is_found_however_it_is_written)
{
    static const char made[] = "CREATE TYPE e AS ENUM ('it''s', 'b');\n"
                               "CREATE TABLE t (a e, CONSTRAINT c CHECK (a <> 'it''s'));\n";
    Bench bench = bench_new();
    expect_line(arena_printf(bench.arena, "%sALTER TYPE e RENAME VALUE 'it''s' TO 'new';", made),
                "CHECK ((a <> 'new'))");
    bench_free(&bench);
    expect_line("CREATE TYPE \"e\"\"x\" AS ENUM ('b');\n"
                "CREATE TABLE t (a \"e\"\"x\", CONSTRAINT c CHECK (a <> 'b'::\"e\"\"x\"));\n"
                "ALTER TYPE \"e\"\"x\" RENAME TO y;",
                "CHECK ((a <> 'b'::\"y\"))");
    expect_line("CREATE TYPE est AS ENUM ('b');\n"
                "CREATE TABLE t (a est, CONSTRAINT c CHECK (a <> 'b'::EST));\n"
                "ALTER TYPE est RENAME TO y;",
                "CHECK ((a <> 'b'::\"y\"))");
    static const char *const unknown[] = {"a <> E'\\x61'", "a <> U&'\\0061'", "'a' = ANY (s)",
                                          "array_position(s, 'a') > 0", "(a, 1) <> ('a', 2)"};
    for (size_t i = 0; i < lengthof(unknown); i++) {
        bench = bench_new();
        expect_end(arena_printf(bench.arena,
                                "CREATE TYPE e AS ENUM ('a', 'b');\n"
                                "CREATE TABLE t (a e, s e[], CHECK (%s));\n"
                                "ALTER TYPE e RENAME VALUE 'a' TO 'new';",
                                unknown[i]),
                   SQL_REPLAY_NOT_UNDERSTOOD, NULL, 3);
        bench_free(&bench);
    }
}

/* What took its values from there has no default any more. */
Test(sql_replay, a_sequence_that_others_use_goes)
{
    expect_no_line("CREATE TABLE t (id serial); CREATE TABLE u (LIKE t INCLUDING ALL); "
                   "CREATE TABLE v (LIKE t INCLUDING ALL); DROP TABLE t CASCADE;",
                   "default sequence");
    expect_line("CREATE TABLE t (id serial); CREATE TABLE u (LIKE t INCLUDING ALL); "
                "DROP TABLE t, u; CREATE TABLE w (a int);",
                "table public.w");
}

Test(sql_replay, what_a_default_cannot_be)
{
    static const char *const unknown[] = {
        "int DEFAULT 'x'",  "boolean DEFAULT 'maybe'", "numeric DEFAULT 'x'",
        "uuid DEFAULT 'x'", "int[] DEFAULT '3'",       "int4range DEFAULT 'x'",
    };
    static const char *const refused[] = {
        "boolean DEFAULT 1",  "int DEFAULT true",          "timestamp DEFAULT 1",
        "int[] DEFAULT 1",    "int DEFAULT lower('x')",    "json DEFAULT 1 + 1",
        "uuid DEFAULT now()", "int[] DEFAULT ARRAY[true]",
    };
    static const char *const fine[] = {
        "int DEFAULT '5'",
        "boolean DEFAULT 'true'",
        "boolean DEFAULT false",
        "text DEFAULT 1",
        "text DEFAULT true",
        "numeric(5,2) DEFAULT '1.50'",
        "double precision DEFAULT 1",
        "uuid DEFAULT '00000000-0000-0000-0000-000000000000'",
        "int[] DEFAULT '{1}'",
        "bigint DEFAULT -1",
        "timestamp DEFAULT '2020-01-01'",
        "int DEFAULT NULL",
    };
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(unknown); i++) {
        expect_end(arena_printf(bench.arena, "CREATE TABLE t (a %s);", unknown[i]),
                   SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    }
    for (size_t i = 0; i < lengthof(refused); i++) {
        expect_end(arena_printf(bench.arena, "CREATE TABLE t (a %s);", refused[i]),
                   SQL_REPLAY_REFUSED, "42804", 1);
    }
    for (size_t i = 0; i < lengthof(fine); i++) {
        expect_line(arena_printf(bench.arena, "CREATE TABLE t (a %s);", fine[i]), "column a");
    }
    bench_free(&bench);
}

/* Of rows that are there for certain. */
Test(sql_replay, a_column_that_rows_cannot_have)
{
    static const struct {
        const char *sql;
        bool works;
    } rows[] = {
        {"INSERT INTO t VALUES (1); ALTER TABLE t ADD b int NOT NULL;", false},
        {"INSERT INTO t DEFAULT VALUES; ALTER TABLE t ADD b int NOT NULL;", false},
        {"INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING; ALTER TABLE t ADD b int NOT NULL;",
         false},
        {"INSERT INTO t VALUES (1); ALTER TABLE t ADD b int NOT NULL DEFAULT 1;", true},
        {"INSERT INTO t VALUES (1); ALTER TABLE t ADD b serial NOT NULL;", true},
        {"INSERT INTO t VALUES (1); ALTER TABLE t ADD b int NOT NULL GENERATED ALWAYS AS (a) "
         "STORED;",
         true},
        {"INSERT INTO t VALUES (1); ALTER TABLE t ADD b int;", true},
        {"INSERT INTO t VALUES (1); DELETE FROM t; ALTER TABLE t ADD b int NOT NULL;", true},
        {"INSERT INTO t VALUES (1); TRUNCATE t; ALTER TABLE t ADD b int NOT NULL;", true},
        {"INSERT INTO t SELECT a FROM t; ALTER TABLE t ADD b int NOT NULL;", true},
        {"ALTER TABLE t ADD b int NOT NULL;", true},
    };
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *sql = arena_printf(bench.arena, "CREATE TABLE t (a int); %s", rows[i].sql);
        if (rows[i].works) {
            expect_line(sql, "table public.t");
        } else {
            expect_end(sql, SQL_REPLAY_REFUSED, "23502", 1);
        }
    }
    bench_free(&bench);
}

/* What a common extension brings is known. */
Test(sql_replay, functions_of_extensions)
{
    static const struct {
        const char *sql;
        SqlReplayEnd end;
    } rows[] = {
        {"DROP FUNCTION IF EXISTS gen_salt(text);", SQL_REPLAY_NOT_UNDERSTOOD},
        {"DROP FUNCTION gen_random_bytes(int);", SQL_REPLAY_NOT_UNDERSTOOD},
        {"DROP FUNCTION mine();", SQL_REPLAY_REFUSED},
        {"CREATE EXTENSION vector; DROP FUNCTION mine();", SQL_REPLAY_NOT_UNDERSTOOD},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        Bench bench = bench_new();
        expect_end(arena_printf(bench.arena, "CREATE EXTENSION pgcrypto;\n%s", rows[i].sql),
                   rows[i].end, NULL, 2);
        bench_free(&bench);
    }
    expect_line("CREATE EXTENSION pgcrypto; DROP FUNCTION IF EXISTS mine(int);"
                "CREATE TABLE t (a int);",
                "table public.t");
}

/* Row security bears its table's name. */
Test(sql_replay, row_security_goes_with_its_table)
{
    expect_line("CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; "
                "ALTER TABLE t RENAME TO u;",
                "opaque row security public.u on u");
}

Test(sql_replay, rights_that_are_usual_by_then)
{
    static const char *const unknown[] = {
        "ALTER DEFAULT PRIVILEGES FOR ROLE x GRANT SELECT ON TABLES TO y; CREATE TABLE t (a int);",
        "ALTER DEFAULT PRIVILEGES FOR ROLE x GRANT ALL ON FUNCTIONS TO y; CREATE FUNCTION f() "
        "RETURNS int LANGUAGE sql AS 'SELECT 1';",
        "ALTER DEFAULT PRIVILEGES FOR ROLE x GRANT ALL ON TYPES TO y; CREATE DOMAIN d AS int;",
        "ALTER DEFAULT PRIVILEGES GRANT MAINTAIN ON TABLES TO y;",
    };
    for (size_t i = 0; i < lengthof(unknown); i++) {
        expect_end(unknown[i], SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    }
    expect_end("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON TABLES TO y;", SQL_REPLAY_REFUSED,
               "0LP01", 1);
    expect_end("ALTER DEFAULT PRIVILEGES IN SCHEMA nope GRANT SELECT ON TABLES TO y;",
               SQL_REPLAY_REFUSED, "3F000", 1);
    expect_line("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO y; CREATE TABLE t (a int);",
                "SELECT to y");
    expect_no_line("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO y; DO $$ BEGIN "
                   "CREATE TABLE t (a int); REVOKE SELECT ON t FROM y; END $$;",
                   "SELECT to y");
    expect_no_line("CREATE TABLE t (a int); ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO y;",
                   "SELECT to y");
}

Test(sql_replay, what_a_server_may_refuse_is_not_understood)
{
    static const char *const unknown[] = {
        "CREATE TABLE t (a int, b int) PARTITION BY LIST (a, b);",
        "CREATE TABLE t (a json) PARTITION BY RANGE (a);",
        "CREATE TABLE t (a int UNIQUE, UNIQUE (a));",
        "CREATE TABLE t (a int, b int, UNIQUE (a, b), CONSTRAINT x UNIQUE (a, b));",
        "CREATE TYPE e AS ENUM ('a'); CREATE CAST (text AS e) WITH INOUT; DROP TYPE e;",
        "CREATE TYPE e AS ENUM ('a'); CREATE CAST (text AS e) WITH INOUT; DROP TYPE e CASCADE;",
    };
    for (size_t i = 0; i < lengthof(unknown); i++) {
        expect_end(unknown[i], SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    }
    expect_line("CREATE TYPE e AS ENUM ('a'); CREATE CAST (text AS e) WITH INOUT; "
                "DROP CAST (text AS e); DROP TYPE e; CREATE TABLE t (a int);",
                "table public.t");
    expect_end("CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a) DEFERRABLE);\n"
               "ALTER TABLE t ALTER CONSTRAINT u NOT DEFERRABLE;",
               SQL_REPLAY_REFUSED, "42809", 2);
}

Test(sql_replay, what_a_server_looks_at_when_it_makes_things)
{
    static const struct {
        const char *sql, *sqlstate;
    } rows[] = {
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT a FROM nope';", "42P01"},
        {"CREATE FOREIGN TABLE t (a int) SERVER nope;", "42704"},
        {"CREATE SERVER s FOREIGN DATA WRAPPER nope;", "42704"},
        {"CREATE PUBLICATION p FOR TABLE nope;", "42P01"},
        {"CREATE PUBLICATION p; ALTER PUBLICATION p ADD TABLE nope;", "42P01"},
        {"ALTER TABLE nope.t ADD COLUMN a int;", "3F000"},
        {"DROP TABLE nope.t;", "3F000"},
        {"CREATE TABLE t (a nope.e);", "3F000"},
        {"CREATE TYPE e AS ENUM ('a'); ALTER TYPE e RENAME VALUE 'a' TO "
         "'0123456789012345678901234567890123456789012345678901234567890123';",
         "42602"},
        {"CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION p() TO "
         "PUBLIC;",
         "42809"},
        {"CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION IF EXISTS p();", "42809"},
        {"SET check_function_bodies = off; RESET ALL; CREATE FUNCTION f() RETURNS int LANGUAGE sql "
         "AS 'SELECT a FROM nope';",
         "42P01"},
        {"BEGIN; SET LOCAL check_function_bodies = off; COMMIT; CREATE FUNCTION f() RETURNS int "
         "LANGUAGE sql AS 'SELECT a FROM nope';",
         "42P01"},
        {"CREATE TABLE t (a int); GRANT SELECT ON t TO x, PUBLIC WITH GRANT OPTION;", "0LP01"},
        {"CREATE TABLE t (a int); GRANT USAGE ON TABLE t TO PUBLIC;", "0LP01"},
        {"CREATE TABLE t (a int); GRANT DELETE (a) ON t TO PUBLIC;", "0LP01"},
        {"CREATE SEQUENCE q; GRANT INSERT ON SEQUENCE q TO PUBLIC;", "0LP01"},
        {"CREATE TYPE e AS ENUM ('a'); GRANT USAGE ON DOMAIN e TO PUBLIC;", "42809"},
        {"CREATE TYPE e AS ENUM ('a', 'b', 'a');", "23505"},
        {"CREATE TABLE t (id serial); CREATE TABLE u (LIKE t INCLUDING ALL); DROP TABLE t;",
         "2BP01"},
        {"CREATE TABLE t (id serial, b int DEFAULT nextval('t_id_seq')); ALTER TABLE t DROP id;",
         "2BP01"},
        {"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE TABLE t (a "
         "int); CREATE TRIGGER x AFTER INSERT OR UPDATE ON t REFERENCING NEW TABLE AS n EXECUTE "
         "FUNCTION f();",
         "0A000"},
        {"CREATE TABLE t (a int UNIQUE DEFERRABLE); CREATE TABLE u (b int REFERENCES t (a));",
         "55000"},
        {"CREATE TABLE t (a int PRIMARY KEY DEFERRABLE); CREATE TABLE u (b int REFERENCES t);",
         "55000"},
        {"CREATE TYPE e AS ENUM ('a'); ALTER DOMAIN e OWNER TO x;", "42809"},
        {"CREATE TYPE e AS ENUM ('a'); COMMENT ON DOMAIN e IS 'x';", "42809"},
        {"CREATE TABLE t (a int); COMMENT ON VIEW t IS 'x';", "42809"},
        {"CREATE SEQUENCE q; COMMENT ON TABLE q IS 'x';", "42809"},
        {"CREATE TABLE t (a int); ALTER VIEW t OWNER TO x;", "42809"},
        {"CREATE SCHEMA s; GRANT USAGE ON SCHEMA s TO PUBLIC WITH GRANT OPTION;", "0LP01"},
        {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC WITH GRANT OPTION;", "0LP01"},
        {"CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION p RENAME TO q;", "42883"},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER PROCEDURE f() OWNER TO "
         "x;",
         "42809"},
        {"CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE u (a int PRIMARY KEY); ALTER "
         "TABLE ONLY p ADD FOREIGN KEY (a) REFERENCES u;",
         "42809"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_end(rows[i].sql, SQL_REPLAY_REFUSED, rows[i].sqlstate, 1);
    }
    expect_line(
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE f(int) "
        "LANGUAGE sql AS 'SELECT 1'; COMMENT ON PROCEDURE f IS 'x'; DROP FUNCTION f; "
        "COMMENT ON ROUTINE f IS 'y';",
        "opaque comment public.procedure public.f(integer) as `y`");
    expect_no_line("CREATE SEQUENCE q; GRANT INSERT, SELECT ON TABLE q TO PUBLIC;", "INSERT");
    expect_line("SET check_function_bodies = false; CREATE FUNCTION f() RETURNS int LANGUAGE sql "
                "AS 'SELECT a FROM nope';",
                "opaque function public.f()");
    expect_line("SET check_function_bodies = 0; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS "
                "'SELECT a FROM nope';",
                "opaque function public.f()");
    expect_end("SET check_function_bodies = off; RESET check_function_bodies; CREATE FUNCTION f() "
               "RETURNS int LANGUAGE sql AS 'SELECT a FROM nope';",
               SQL_REPLAY_REFUSED, "42P01", 1);
    expect_end("SET check_function_bodies = 'of';", SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    expect_end("CREATE EXTENSION hstore; CREATE SERVER s FOREIGN DATA WRAPPER another;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    expect_end("DROP TABLE pg_temp.t;", SQL_REPLAY_REFUSED, "42P01", 1);
    expect_line(
        "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE FUNCTION f() "
        "RETURNS bigint LANGUAGE sql AS 'WITH x AS (SELECT a FROM v) SELECT count(*) FROM x "
        "JOIN pg_class ON true';",
        "opaque function public.f()");
    expect_line("CREATE TABLE t (a \"char\", b int2vector);", "\"char\"");
}

Test(sql_replay, a_new_table_keeps_nothing_that_is_not_valid)
{
    expect_no_line("CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NOT VALID);", "NOT VALID");
    expect_line("CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
                "NOT VALID");
}

Test(sql_replay, what_is_the_servers_own_is_not_refused)
{
    expect_line("CREATE TABLE t (a int); GRANT SELECT ON pg_proc TO PUBLIC;", "table public.t");
    expect_end("CREATE TABLE t (a information_schema.cardinal_number);", SQL_REPLAY_NOT_UNDERSTOOD,
               NULL, 1);
    expect_end("GRANT EXECUTE ON FUNCTION pg_sleep(float8) TO PUBLIC;", SQL_REPLAY_NOT_UNDERSTOOD,
               NULL, 1);
    expect_end("CREATE TABLE b (a int); CREATE DOMAIN d AS b;", SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
}

Test(sql_replay, what_may_be_the_servers_or_an_extensions_is_not_refused)
{
    static const char *const own[] = {
        "GRANT USAGE ON TYPE int4 TO PUBLIC;",
        "COMMENT ON TYPE tsvector IS 'x';",
        "REVOKE USAGE ON TYPE information_schema.sql_identifier FROM PUBLIC;",
        "ALTER TABLE information_schema.sql_features OWNER TO CURRENT_USER;",
        "DROP EXTENSION plpgsql;",
    };
    static const char *const of_extension[] = {
        "CREATE EXTENSION hstore;\nCOMMENT ON FUNCTION akeys(hstore) IS 'x';",
        "CREATE EXTENSION hstore;\nALTER FUNCTION akeys(hstore) COST 7;",
        "CREATE EXTENSION hstore;\nGRANT EXECUTE ON FUNCTION akeys TO PUBLIC;",
        "CREATE EXTENSION hstore;\nREVOKE USAGE ON TYPE hstore FROM PUBLIC;",
        "CREATE EXTENSION postgis;\nDROP TABLE spatial_ref_sys;",
        "CREATE EXTENSION pg_stat_statements;\nGRANT SELECT ON pg_stat_statements TO PUBLIC;",
    };
    for (size_t i = 0; i < lengthof(own); i++) {
        expect_end(own[i], SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    }
    for (size_t i = 0; i < lengthof(of_extension); i++) {
        expect_end(of_extension[i], SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    }
    expect_line("CREATE TABLE t (a int);\nCOMMENT ON COLUMN pg_catalog.pg_class.relname IS 'x';\n"
                "GRANT USAGE ON SCHEMA pg_catalog TO PUBLIC;",
                "table public.t");
    expect_end("CREATE EXTENSION hstore;\nDROP TABLE nowhere;", SQL_REPLAY_REFUSED, "42P01", 2);
    expect_end("COMMENT ON TYPE nowhere IS 'x';", SQL_REPLAY_REFUSED, "42704", 1);
    expect_end("GRANT USAGE ON SCHEMA nowhere TO PUBLIC;", SQL_REPLAY_REFUSED, "3F000", 1);
}

Test(sql_replay, what_other_relations_take_is_not_refused)
{
    static const char foreign[] = "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA "
                                  "WRAPPER w; CREATE FOREIGN TABLE f (a int) SERVER s;\n%s";
    static const char function[] = "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN "
                                   "RETURN NEW; END';\n%s";
    Bench bench = bench_new();
    expect_end(arena_printf(bench.arena, foreign, "COMMENT ON COLUMN f.a IS 'x';"),
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end(arena_printf(bench.arena, foreign,
                            "CREATE TABLE t (a int) PARTITION BY LIST (a); ALTER TABLE t ATTACH "
                            "PARTITION f FOR VALUES IN (1);"),
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end(arena_printf(bench.arena, function,
                            "CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE u "
                            "PARTITION OF t DEFAULT; CREATE TRIGGER x BEFORE INSERT ON t FOR EACH "
                            "ROW EXECUTE FUNCTION g(); ALTER TABLE u DISABLE TRIGGER x;"),
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end("CREATE MATERIALIZED VIEW m AS SELECT 1 AS a, 2 AS b;\n"
               "CREATE STATISTICS s ON a, b FROM m;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end("CREATE TYPE r AS RANGE (subtype = float8);\nDROP TYPE r;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end("CREATE TABLE t (a int);\nCREATE POLICY p ON t TO CURRENT_USER;",
               SQL_REPLAY_NOT_UNDERSTOOD, NULL, 2);
    expect_end("CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);\nCOMMENT ON COLUMN i.a IS 'x';",
               SQL_REPLAY_REFUSED, "42809", 3);
    bench_free(&bench);
}
