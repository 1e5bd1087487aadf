/*
 * immutable_test.c - what an index, a predicate and a generated column may call.
 *
 * That a server says the same: tests/conformance/replay_hand.mjs.
 */
#include "base/common.h"

#include "tests/unit/compiler/replay/replay_bench.h"

enum { DONE = SQL_REPLAY_DONE, REFUSED = SQL_REPLAY_REFUSED, UNKNOWN = SQL_REPLAY_NOT_UNDERSTOOD };

static const char table[] = "CREATE TYPE mood AS ENUM ('a'); CREATE EXTENSION unaccent; "
                            "CREATE EXTENSION pgcrypto; CREATE TABLE t (a int, b text, z "
                            "timestamptz, s timestamp, d date, e mood, j jsonb, x boolean, l "
                            "text[], m money);";

static void expect_of(const char *before, const char *expression, const char *after, int end)
{
    Bench bench = bench_new();
    char *statement = arena_printf(bench.arena, "%s%s%s;", before, expression, after);
    const char *sql = arena_printf(bench.arena, "%s %s", table, statement);
    const bool ok = sql_replay_script(bench.replay, "one", sql, strlen(sql));
    const SqlReplayFinding *finding = sql_replay_finding(bench.replay);
    cr_expect_eq(ok ? DONE : (int)finding->end, end, "%s: %s", statement,
                 ok ? "done" : finding->message);
    if (!ok && finding->end == SQL_REPLAY_REFUSED) {
        cr_expect_str_eq(finding->sqlstate, "42P17", "%s", statement);
    }
    bench_free(&bench);
}

Test(immutable, expressions_of_an_index)
{
    static const struct {
        const char *expression;
        int end;
    } rows[] = {
        {"lower(b)", DONE},
        {"date_trunc('day', s)", DONE},
        {"date_trunc('day', z)", REFUSED},
        {"date_trunc('day', z, 'UTC')", UNKNOWN},
        {"extract(epoch FROM s)", DONE},
        {"extract(epoch FROM z)", REFUSED},
        {"now()", REFUSED},
        {"CURRENT_TIMESTAMP", REFUSED},
        {"random()", REFUSED},
        {"(s::date)", DONE},
        {"(z::date)", REFUSED},
        {"(d::text)", REFUSED},
        {"(e::text)", REFUSED},
        {"(m::text)", REFUSED},
        {"(a::text)", DONE},
        {"(l::text)", UNKNOWN},
        {"unaccent(b)", UNKNOWN},
        {"digest(b, 'md5')", DONE},
        {"concat(b, b)", UNKNOWN},
        {"to_tsvector(b)", UNKNOWN},
        {"to_tsvector('english', b)", DONE},
        {"(b || a)", UNKNOWN},
        {"(b || b)", DONE},
        {"(j ->> 'a')", DONE},
        {"count(*)", UNKNOWN},
        {"generate_series(1, a)", UNKNOWN},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_of("CREATE INDEX ON t ((", rows[i].expression, "))", rows[i].end);
    }
}

Test(immutable, conditions)
{
    static const struct {
        const char *expression;
        int end;
    } rows[] = {
        {"a > 3", DONE},
        {"z > now()", REFUSED},
        {"x AND s <= CURRENT_TIMESTAMP", REFUSED},
        {"d IS NULL OR d > CURRENT_DATE", REFUSED},
        {"b = 'q' AND NOT (z > now())", REFUSED},
        {"a = 3 AND z > now()", UNKNOWN},
        {"s > '2020-01-01'", DONE},
        {"s > '2020-01-01'::timestamptz", UNKNOWN},
        {"s > z", UNKNOWN},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_of("CREATE INDEX ON t (a) WHERE ", rows[i].expression, "", rows[i].end);
    }
}

Test(immutable, generated_columns)
{
    static const struct {
        const char *expression;
        int end;
    } rows[] = {
        {"lower(b)", DONE}, {"CURRENT_USER", UNKNOWN}, {"z::date::text", UNKNOWN},
        {"a::text", DONE},  {"s::text", REFUSED},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_of("ALTER TABLE t ADD g text GENERATED ALWAYS AS (", rows[i].expression, ") STORED",
                  rows[i].end);
    }
    expect_end(
        "CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a) STORED, h int GENERATED ALWAYS "
        "AS (g) STORED);",
        SQL_REPLAY_REFUSED, "42P17", 1);
    expect_end("CREATE TABLE t (a int, g int DEFAULT 1 GENERATED ALWAYS AS (a) STORED);",
               SQL_REPLAY_REFUSED, "42601", 1);
}

Test(immutable, functions_of_the_scripts)
{
    expect_end(
        "CREATE FUNCTION f(text) RETURNS text LANGUAGE sql AS 'SELECT $1'; CREATE TABLE t (b "
        "text); CREATE INDEX ON t (f(b));",
        SQL_REPLAY_NOT_UNDERSTOOD, NULL, 1);
    expect_line(
        "CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'; CREATE "
        "TABLE t (b text); CREATE INDEX i ON t (f(b));",
        "f(b)");
}
