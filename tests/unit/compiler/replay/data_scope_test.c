/*
 * data_scope_test.c - statements about rows whose names mean nothing are not passed over.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/replay/sql_replay.h"

static const char made[] = "CREATE TABLE t (a int PRIMARY KEY, b text, c int);"
                           "CREATE TABLE u (a int, d int);"
                           "CREATE UNIQUE INDEX u_d ON u (d, a);\n";

static SqlReplayFinding finding_of(Arena *arena, const char *statement)
{
    Names *names = names_new(arena);
    const SqlReplayOptions options = {.default_schema = intern_cstr(names, "public"),
                                      .server_version = 150000};
    SqlReplay *replay = sql_replay_new(names, &options);
    const char *sql = arena_printf(arena, "%s%s", made, statement);
    const bool ran = sql_replay_script(replay, "one/migration.sql", sql, strlen(sql));
    SqlReplayFinding finding = *sql_replay_finding(replay);
    finding.end = ran ? SQL_REPLAY_DONE : finding.end;
    finding.message = ran ? "" : arena_strdup(arena, finding.message);
    sql_replay_free(replay);
    return finding;
}

Test(data_scope, a_name_that_nothing_bears_is_not_passed_over)
{
    static const struct {
        const char *statement, *sqlstate; /* NULL: for a server to tell */
    } rows[] = {
        {"UPDATE t SET nope = 1;", "42703"},
        {"INSERT INTO t (nope) VALUES (1);", "42703"},
        {"INSERT INTO t VALUES (1, 'x', 2, 3);", "42601"},
        {"INSERT INTO t (a, b) VALUES (1);", "42601"},
        {"INSERT INTO t (a) VALUES (1) ON CONFLICT (nope) DO NOTHING;", "42703"},
        {"INSERT INTO t (a) VALUES (1) ON CONFLICT (b) DO NOTHING;", NULL},
        {"INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.nope;", NULL},
        {"INSERT INTO t (a) SELECT nope FROM u;", NULL},
        {"INSERT INTO t (a) SELECT u.b FROM u;", NULL},
        {"DELETE FROM t WHERE nope = 1;", NULL},
        {"DELETE FROM t USING u WHERE t.a = u.nope;", NULL},
        {"UPDATE t SET a = nope.a;", NULL},
        {"UPDATE t SET a = 1 FROM u WHERE u.d = t.nope;", NULL},
        {"UPDATE t SET a = 1 RETURNING nope;", NULL},
        {"UPDATE t SET a = 1 RETURNING old.a;", NULL},
        {"WITH x AS (SELECT a AS y FROM u) UPDATE t SET a = x.a FROM x;", NULL},
        {"SELECT nope FROM t;", NULL},
        {"SELECT a FROM t WHERE EXISTS (SELECT FROM u WHERE u.b = t.b);", NULL},
        {"MERGE INTO t USING u ON t.a = u.nope WHEN MATCHED THEN DELETE;", NULL},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        const SqlReplayFinding found = finding_of(arena, rows[i].statement);
        const SqlReplayEnd end =
            rows[i].sqlstate == NULL ? SQL_REPLAY_NOT_UNDERSTOOD : SQL_REPLAY_REFUSED;
        cr_expect(found.end == end && found.line == 2, "%s: ends with %d: %s", rows[i].statement,
                  (int)found.end, found.message);
        cr_expect(rows[i].sqlstate == NULL ||
                      (found.sqlstate != NULL && strcmp(found.sqlstate, rows[i].sqlstate) == 0),
                  "%s: %s", rows[i].statement, found.message);
    }
    arena_free(arena);
}

Test(data_scope, what_means_something_is_passed_over)
{
    static const char *const statements[] = {
        "INSERT INTO t VALUES (1);",
        "INSERT INTO t DEFAULT VALUES;",
        "INSERT INTO t (a) SELECT d FROM u ON CONFLICT (a) DO UPDATE SET b = excluded.b || t.b;",
        "INSERT INTO u SELECT a, c FROM t ON CONFLICT (a, d) DO NOTHING RETURNING *;",
        "INSERT INTO t (a) SELECT generate_series FROM generate_series(1, 3);",
        "INSERT INTO t (a) SELECT x.y FROM generate_series(1, 3) AS x (y);",
        "UPDATE t AS s SET b = s.b || u.d FROM u WHERE u.a = s.a RETURNING s.a;",
        "UPDATE t SET (a, b) = (SELECT u.a, 'x' FROM u WHERE u.d = t.c);",
        "UPDATE t SET b = x.b FROM (SELECT a, 'y' AS b FROM u) AS x WHERE x.a = t.a;",
        "UPDATE t SET c = t.c WHERE ctid = '(0,1)';",
        "DELETE FROM t USING u WHERE t.a = u.a AND d = 1;",
        "DELETE FROM t WHERE a IN (SELECT d FROM u WHERE u.a = c);",
        "WITH x (y) AS (SELECT a FROM u) DELETE FROM t USING x WHERE t.a = x.y;",
        "WITH RECURSIVE x AS (SELECT a FROM u UNION ALL SELECT a + 1 FROM x WHERE a < 3) "
        "UPDATE t SET c = 1 FROM x WHERE x.a = t.a;",
        "SELECT a, count(*) AS n FROM t GROUP BY a ORDER BY n;",
        "SELECT relname FROM pg_class;",
        "SELECT t FROM t;",
        "CREATE TEMP TABLE w AS SELECT a AS q FROM t; UPDATE t SET c = w.q FROM w;",
        "MERGE INTO t USING u AS s ON t.a = s.a WHEN NOT MATCHED THEN INSERT (a) VALUES (s.d);",
        "DO $$ DECLARE nope int := 1; BEGIN UPDATE t SET c = nope; END $$;",
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(statements); i++) {
        const SqlReplayFinding found = finding_of(arena, statements[i]);
        cr_expect(found.end == SQL_REPLAY_DONE, "%s: ends with %d: %s", statements[i],
                  (int)found.end, found.message);
    }
    arena_free(arena);
}
