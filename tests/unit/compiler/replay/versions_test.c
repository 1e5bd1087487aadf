/*
 * versions_test.c - scripts replayed as servers of other versions carry them out.
 *
 * The grammar is PostgreSQL 15's. What only later servers can read is not understood, with its
 * line; what it reads and only later ones take is not understood where the server is older.
 * tests/live/replay.sh shows on 12 and 18 that the rest is as those servers have it.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/catalog/catalog_print.h"
#include "compiler/replay/sql_replay.h"

typedef struct Outcome {
    SqlReplayEnd end;
    size_t line;
    const char *sqlstate;
    const char *catalog; /* as text; NULL: it did not come to its end */
} Outcome;

static Outcome outcome_of(Arena *arena, const char *sql, int version)
{
    Names *names = names_new(arena);
    const SqlReplayOptions options = {
        .default_schema = intern_cstr(names, "public"), .server_version = version, .whole = true};
    SqlReplay *replay = sql_replay_new(names, &options);
    const bool ran = sql_replay_script(replay, "one/migration.sql", sql, strlen(sql));
    Catalog *catalog = ran ? sql_replay_finish(replay, NULL, 0) : NULL;
    const SqlReplayFinding *finding = sql_replay_finding(replay);
    Outcome outcome = {finding->end, finding->line, finding->sqlstate, NULL};
    if (catalog != NULL) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        canon_catalog(catalog);
        catalog_print(&out, catalog);
        outcome.catalog = strbuf_take(&out, arena);
        catalog_free(catalog);
    }
    sql_replay_free(replay);
    return outcome;
}

Test(versions, what_the_grammar_cannot_read_is_told_with_its_line)
{
    static const char *const texts[] = {
        "CREATE STATISTICS ON a, b FROM t;",
        "CREATE TABLE u (a text STORAGE EXTERNAL);",
        "ALTER TABLE t ALTER a SET STORAGE DEFAULT;",
        "GRANT r TO s WITH INHERIT FALSE, SET TRUE;",
        "CREATE TABLE u (a int DEFAULT 0x1F);",
        "CREATE TABLE u (a text CHECK (a IS JSON));",
        "CREATE VIEW v AS SELECT a FROM (SELECT a FROM t);",
        "MERGE INTO t USING t AS s ON t.a = s.a WHEN MATCHED THEN DELETE RETURNING t.*;",
        "MERGE INTO t USING t AS s ON t.a = s.a WHEN NOT MATCHED BY SOURCE THEN DELETE;",
        "ALTER TABLE t ALTER b SET EXPRESSION AS (a + 2);",
        "ALTER TABLE t ALTER a SET STATISTICS DEFAULT;",
        "CREATE VIEW v AS SELECT now() AT LOCAL AS a;",
        "CREATE TABLE u (a int, b int GENERATED ALWAYS AS (a) VIRTUAL);",
        "CREATE TABLE u (a int, b int GENERATED ALWAYS AS (a));",
        "CREATE TABLE u (a int, CONSTRAINT x NOT NULL a);",
        "CREATE TABLE u (a int NOT NULL NO INHERIT);",
        "ALTER TABLE t ADD CONSTRAINT x NOT NULL a NOT VALID;",
        "CREATE TABLE u (a int CHECK (a > 0) NOT ENFORCED);",
        "CREATE TABLE u (a int, v daterange, PRIMARY KEY (a, v WITHOUT OVERLAPS));",
        "ALTER TABLE t ADD FOREIGN KEY (a, PERIOD v) REFERENCES u (a, PERIOD v);",
        "ANALYZE ONLY t;",
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(texts); i++) {
        const char *sql = arena_printf(arena, "CREATE TABLE t (a int, b int);\n%s", texts[i]);
        for (int version = 0; version <= 180000; version += 180000) {
            const Outcome found = outcome_of(arena, sql, version);
            cr_expect(found.end == SQL_REPLAY_NOT_UNDERSTOOD && found.line == 2,
                      "%s: ends with %d, line %zu", sql, (int)found.end, found.line);
        }
    }
    arena_free(arena);
}

Test(versions, what_older_servers_lack_is_not_understood_for_them)
{
    static const struct {
        const char *sql;
        int since;
    } rows[] = {
        {"CREATE TABLE t (a int UNIQUE NULLS NOT DISTINCT);", 150000},
        {"CREATE TABLE t (a int); CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT;", 150000},
        {"CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (a int, b int, FOREIGN "
         "KEY (a, b) REFERENCES p ON DELETE SET NULL (b));",
         150000},
        {"CREATE VIEW v WITH (security_invoker) AS SELECT 1 AS a;", 150000},
        {"CREATE PUBLICATION p FOR TABLES IN SCHEMA public;", 150000},
        {"CREATE TABLE t (a int); CREATE PUBLICATION p FOR TABLE t WHERE (a > 1);", 150000},
        {"CREATE UNLOGGED SEQUENCE s;", 150000},
        {"CREATE COLLATION c (provider = icu, locale = 'und', rules = '&a < g');", 160000},
        {"CREATE COLLATION c (provider = builtin, locale = 'C.UTF-8');", 170000},
        {"SET transaction_timeout = 0;", 170000},
        {"CREATE TABLE t (a int); GRANT MAINTAIN ON t TO PUBLIC;", 170000},
        {"CREATE EXTENSION btree_gist; CREATE TABLE t (a int, b int4range, EXCLUDE USING gist (a "
         "WITH "
         "=, b WITH &&)) PARTITION BY LIST (a);",
         170000},
        {"CREATE TABLE t (a int) PARTITION BY LIST (a) USING heap;", 170000},
        {"CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int) PARTITION BY LIST (a); ALTER "
         "TABLE c ADD FOREIGN KEY (a) REFERENCES p NOT VALID;",
         180000},
        {"CREATE PUBLICATION p WITH (publish_generated_columns = stored);", 180000},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        const int versions[] = {0, rows[i].since, rows[i].since - 10000};
        for (size_t k = 0; k < lengthof(versions); k++) {
            const Outcome found = outcome_of(arena, rows[i].sql, versions[k]);
            const SqlReplayEnd wanted = k == 2 ? SQL_REPLAY_NOT_UNDERSTOOD : SQL_REPLAY_DONE;
            cr_expect(found.end == wanted, "%s: %d ends with %d", rows[i].sql, versions[k],
                      (int)found.end);
        }
    }
    arena_free(arena);
}

Test(versions, what_a_server_does_otherwise_is_not_refused_for_all)
{
    static const char made[] = "CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED, i "
                               "int GENERATED ALWAYS AS IDENTITY);";
    static const struct {
        const char *sql;
        int version;
        SqlReplayEnd end;
    } rows[] = {
        {"INSERT INTO t (a, g) VALUES (1, DEFAULT), (2, DEFAULT);", 130000, SQL_REPLAY_REFUSED},
        {"INSERT INTO t (a, g) VALUES (1, DEFAULT), (2, DEFAULT);", 140000, SQL_REPLAY_DONE},
        {"INSERT INTO t (a, i) VALUES (1, DEFAULT), (2, DEFAULT);", 130000, SQL_REPLAY_REFUSED},
        {"INSERT INTO t (a, g) VALUES (1, DEFAULT);", 120000, SQL_REPLAY_DONE},
        {"INSERT INTO t (i) OVERRIDING USER VALUE VALUES (5);", 120000, SQL_REPLAY_REFUSED},
        {"INSERT INTO t (i) OVERRIDING USER VALUE VALUES (5);", 130000, SQL_REPLAY_DONE},
        {"CREATE PUBLICATION p FOR TABLE t (g);", 170000, SQL_REPLAY_REFUSED},
        {"CREATE PUBLICATION p FOR TABLE t (g);", 180000, SQL_REPLAY_DONE},
        {"CREATE PUBLICATION p FOR TABLE t (g);", 0, SQL_REPLAY_DONE},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *sql = arena_printf(arena, "%s %s", made, rows[i].sql);
        const Outcome found = outcome_of(arena, sql, rows[i].version);
        cr_expect(found.end == rows[i].end, "%s: %d ends with %d", rows[i].sql, rows[i].version,
                  (int)found.end);
    }
    arena_free(arena);
}

static void expect_text(const char *sql, int version, const char *text, bool there)
{
    Arena *arena = arena_new();
    const Outcome found = outcome_of(arena, sql, version);
    cr_expect(found.catalog != NULL && (strstr(found.catalog, text) != NULL) == there,
              "%s: %d: `%s` in\n%s", sql, version, text,
              found.catalog == NULL ? "nothing" : found.catalog);
    arena_free(arena);
}

Test(versions, not_null_constraints_have_names_from_18_on)
{
    static const char renamed[] = "CREATE TABLE t (a int NOT NULL); ALTER TABLE t RENAME TO u;";
    expect_text(renamed, 180000, "t_a_not_null", true);
    expect_text(renamed, 170000, "t_a_not_null", false);
    expect_text("CREATE TABLE t (a int NOT NULL);", 180000, "t_a_not_null", false);
    expect_text("CREATE TABLE t (a int CONSTRAINT x NOT NULL); ALTER TABLE t DROP CONSTRAINT x;",
                180000, "not null", false);
    /* The first one still has its name. */
    expect_text("CREATE TABLE t (a int NOT NULL); ALTER TABLE t RENAME TO u; CREATE TABLE t (a int "
                "NOT NULL);",
                180000, "t_a_not_null1", true);
    expect_text("CREATE TABLE t (a int NOT NULL); DROP TABLE t; CREATE TABLE t (a int NOT NULL);",
                180000, "t_a_not_null1", false);
}

Test(versions, rights_and_arguments_are_told_as_the_server_tells_them)
{
    static const char all[] = "CREATE TABLE t (a int); GRANT ALL ON t TO PUBLIC;";
    static const char procedure[] = "CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1';";
    expect_text(all, 170000, "MAINTAIN", true);
    expect_text(all, 160000, "MAINTAIN", false);
    expect_text(procedure, 140000, "p(IN a integer)", true);
    expect_text(procedure, 130000, "p(a integer)", true);
}

Test(versions, a_key_keeps_nulls_out_of_children_too)
{
    expect_text("CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); ALTER TABLE p ADD PRIMARY "
                "KEY (a);",
                150000, "column a integer null", false);
}

Test(versions, what_a_server_refuses_is_refused)
{
    Arena *arena = arena_new();
    Outcome found =
        outcome_of(arena, "CREATE TABLE t (a int, EXCLUDE USING gist (a WITH =));", 150000);
    cr_expect(found.end == SQL_REPLAY_REFUSED && strcmp(found.sqlstate, "42704") == 0);
    found = outcome_of(arena, "CREATE UNLOGGED TABLE t (a int) PARTITION BY LIST (a);", 180000);
    cr_expect(found.end == SQL_REPLAY_REFUSED && strcmp(found.sqlstate, "0A000") == 0);
    found = outcome_of(arena, "CREATE TABLE t (a text DEFAULT SYSTEM_USER);", 160000);
    cr_expect(found.end == SQL_REPLAY_NOT_UNDERSTOOD);
    arena_free(arena);
}

Test(versions, a_default_that_is_lost_is_told_where_it_was_lost)
{
    static const char lost[] = "CREATE TABLE t (a jsonb DEFAULT '{}');\n"
                               "ALTER TABLE t ALTER a TYPE text;\n";
    Arena *arena = arena_new();
    Outcome found = outcome_of(arena, lost, 150000);
    cr_expect(found.end == SQL_REPLAY_NOT_UNDERSTOOD && found.line == 2);
    found = outcome_of(arena, arena_printf(arena, "%sALTER TABLE t ALTER a DROP DEFAULT;", lost),
                       150000);
    cr_expect(found.end == SQL_REPLAY_DONE);
    arena_free(arena);
}

Test(versions, a_server_that_is_not_known_may_be_any)
{
    static const char asks[] = "CREATE TABLE t (a int);\nDO $$ BEGIN IF "
                               "current_setting('server_version_num')::int >= %d THEN ALTER TABLE "
                               "t ADD b int; END IF; END $$;";
    Arena *arena = arena_new();
    cr_expect_eq(outcome_of(arena, arena_printf(arena, asks, 150000), 0).end,
                 SQL_REPLAY_NOT_UNDERSTOOD);
    const Outcome old = outcome_of(arena, arena_printf(arena, asks, 90600), 0);
    cr_assert_not_null(old.catalog);
    cr_expect_not_null(strstr(old.catalog, "column b"), "%s", old.catalog);
    const Outcome known = outcome_of(arena, arena_printf(arena, asks, 150000), 140000);
    cr_assert_not_null(known.catalog);
    cr_expect_null(strstr(known.catalog, "column b"), "%s", known.catalog);
    arena_free(arena);
}
