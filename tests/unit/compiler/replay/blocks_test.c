/*
 * blocks_test.c - DO blocks: what they ask of the catalogs, what they leave, and what is not known.
 *
 * That a server does the same is shown by tests/live/replay/blocks.sql.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/replay/sql_replay.h"

static const char made[] =
    "CREATE SCHEMA other; CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN word AS text;"
    "CREATE TABLE t (id int PRIMARY KEY, a float8[], b mood NOT NULL, c varchar(3), d word);"
    "CREATE TABLE other.u (id int);\n";

/* Behind the statement, is there a table `made`? '?': it is not understood. */
static char makes(const char *statement)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const SqlReplayOptions options = {.default_schema = intern_cstr(names, "public"),
                                      .server_version = 150000};
    SqlReplay *replay = sql_replay_new(names, &options);
    const char *sql = arena_printf(arena, "%s%s", made, statement);
    char end = '?';
    if (sql_replay_script(replay, "one/migration.sql", sql, strlen(sql))) {
        Catalog *catalog = sql_replay_finish(replay, NULL, 0);
        end = 'n';
        vec_each(Table *const, at, &catalog->tables) {
            end = name_is((*at)->name, "made") ? 'y' : end;
        }
        catalog_free(catalog);
    } else if (sql_replay_finding(replay)->end == SQL_REPLAY_REFUSED) {
        end = 'r';
    }
    sql_replay_free(replay);
    arena_free(arena);
    return end;
}

typedef struct Row {
    const char *statement;
    char end;
} Row;

static void expect_rows(const Row *rows, size_t count, const char *before, const char *after)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        const char *text = arena_printf(arena, "%s%s%s", before, rows[i].statement, after);
        const char end = makes(text);
        cr_expect(end == rows[i].end, "%s: %c, not %c", text, end, rows[i].end);
    }
    arena_free(arena);
}

Test(blocks, what_a_column_is)
{
    static const Row rows[] = {
        {"column_name = 'a' AND udt_name = '_float8'", 'y'},
        {"column_name = 'a' AND udt_name <> 'vector'", 'y'},
        {"column_name = 'a' AND udt_name <> '_float8'", 'n'},
        {"column_name = 'a' AND data_type = 'ARRAY'", 'y'},
        {"column_name = 'b' AND data_type = 'USER-DEFINED' AND udt_name = 'mood'", 'y'},
        {"column_name = 'b' AND is_nullable = 'NO' AND data_type != 'text'", 'y'},
        {"column_name = 'b' AND is_nullable <> 'NO'", 'n'},
        {"column_name = 'c' AND data_type = 'character varying'", 'y'},
        {"column_name = 'c' AND data_type = 'CHARACTER VARYING'", 'n'},
        {"column_name = 'd' AND data_type = 'text'", 'y'},
        {"column_name = 'd' AND udt_name = 'text'", 'y'},
        {"column_name = 'nope' AND data_type = 'text'", 'n'},
        {"column_name = 'a' AND column_name = 'b'", '?'},
        {"data_type = 'text'", '?'},
        {"is_nullable = 'NO'", '?'},
    };
    expect_rows(rows, lengthof(rows),
                "DO $$ BEGIN IF EXISTS (SELECT FROM information_schema.columns "
                "WHERE table_name = 't' AND ",
                ") THEN CREATE TABLE made (); END IF; END $$;");
}

/* The catalogs tell of all schemas, the path leads to some. */
Test(blocks, names_of_other_schemas)
{
    static const Row rows[] = {
        {"pg_class WHERE relname = 'u'", '?'},
        {"pg_tables WHERE tablename = 'u'", '?'},
        {"information_schema.tables WHERE table_name = 'u'", '?'},
        {"information_schema.tables WHERE table_name = 'u' AND table_schema = 'other'", 'y'},
        {"information_schema.tables WHERE table_name = 'u' AND table_schema = 'public'", 'n'},
        {"information_schema.tables WHERE table_name = 'u' AND table_schema = current_schema()",
         'n'},
        {"information_schema.columns WHERE table_name = 'u' AND column_name = 'id'", '?'},
        {"pg_class WHERE relname = 'v'", 'n'},
        {"pg_type WHERE typname = 'mood'", 'y'},
    };
    expect_rows(rows, lengthof(rows), "DO $$ BEGIN IF EXISTS (SELECT FROM ",
                ") THEN CREATE TABLE made (); END IF; END $$;");
}

Test(blocks, ways_out)
{
    static const Row rows[] = {
        {"RETURN; CREATE TABLE made ();", 'n'},
        {"IF true THEN RETURN; END IF; CREATE TABLE made ();", 'n'},
        {"IF false THEN RETURN; END IF; CREATE TABLE made ();", 'y'},
        {"IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'nope') THEN RAISE NOTICE 'no';"
         "RETURN; END IF; CREATE TABLE made ();",
         'n'},
        {"IF random() > 0.5 THEN RETURN; END IF; CREATE TABLE made ();", '?'},
        {"IF random() > 0.5 THEN RETURN; END IF; UPDATE t SET c = 'x';", 'n'},
        {"BEGIN RETURN; END; CREATE TABLE made ();", 'n'},
        {"BEGIN CREATE TABLE t (); EXCEPTION WHEN duplicate_table THEN RETURN; END;"
         "CREATE TABLE made ();",
         'n'},
        {"FOR i IN 1..3 LOOP IF i > 1 THEN RETURN; END IF; END LOOP; CREATE TABLE made ();", '?'},
        {"FOR i IN 1..3 LOOP CONTINUE WHEN i > 1; EXIT; END LOOP; CREATE TABLE made ();", 'y'},
        {"WHILE random() > 0.5 LOOP UPDATE t SET c = 'x'; END LOOP; CREATE TABLE made ();", 'y'},
        {"LOOP EXIT; END LOOP; CREATE TABLE made ();", 'y'},
        {"LOOP CREATE TABLE made (); EXIT; END LOOP;", '?'},
        {"FOREACH n IN ARRAY '{1,2}'::int[] LOOP UPDATE t SET c = 'x'; END LOOP;"
         "CREATE TABLE made ();",
         'y'},
        {"EXIT; CREATE TABLE made ();", '?'},
    };
    expect_rows(rows, lengthof(rows), "DO $$ DECLARE n int; BEGIN ", " END $$;");
}

Test(blocks, variables_that_queries_fill)
{
    static const Row rows[] = {
        {"SELECT count(*) INTO n FROM t; CREATE TABLE made ();", 'y'},
        {"SELECT id, c INTO n, w FROM t; CREATE TABLE made ();", 'y'},
        {"SELECT * INTO r FROM t LIMIT 1; CREATE TABLE made ();", 'y'},
        {"INSERT INTO t (id, b) VALUES (1, 'a') RETURNING id INTO n; CREATE TABLE made ();", 'y'},
        {"UPDATE t SET c = 'x' RETURNING t.id INTO r.id; CREATE TABLE made ();", 'y'},
        {"GET DIAGNOSTICS n = ROW_COUNT; CREATE TABLE made ();", 'y'},
        {"SELECT id INTO STRICT n FROM t; CREATE TABLE made ();", '?'},
        {"SELECT id INTO n FROM nope; CREATE TABLE made ();", 'r'},
        {"SELECT mine() INTO n; CREATE TABLE made ();", '?'},
        {"SELECT count(*) INTO n FROM t; IF n = 0 THEN CREATE TABLE made (); END IF;", '?'},
    };
    expect_rows(rows, lengthof(rows), "DO $$ DECLARE n int; w text; r record; BEGIN ", " END $$;");
}

Test(blocks, whatever_the_database_is_called)
{
    static const Row rows[] = {
        {"'GRANT CONNECT ON DATABASE %I TO PUBLIC'", 'n'},
        {"'COMMENT ON DATABASE %I IS ''x'''", 'n'},
        {"'CREATE TABLE %I ()'", '?'},
        {"'COMMENT ON TABLE t IS %L'", '?'},
    };
    expect_rows(rows, lengthof(rows), "DO $$ BEGIN EXECUTE format(",
                ", current_database()); END $$;");
}
