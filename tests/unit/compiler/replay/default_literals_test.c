/*
 * default_literals_test.c - constants that a type may have no room for: a server computes the
 * default of a column that is added, and refuses it there (22001, 22003, 22026).
 */
#include "base/common.h"

#include "tests/unit/compiler/replay/replay_bench.h"

static void expect_added(const char *type, const char *dflt, bool known)
{
    Bench bench = bench_new();
    const char *sql = arena_printf(
        bench.arena, "CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN b %s DEFAULT %s;", type,
        dflt);
    const bool ok = sql_replay_script(bench.replay, "one", sql, strlen(sql));
    cr_expect_eq(ok, known, "%s DEFAULT %s", type, dflt);
    cr_expect(ok || sql_replay_finding(bench.replay)->end == SQL_REPLAY_NOT_UNDERSTOOD, "%s", sql);
    bench_free(&bench);
}

Test(default_literals, what_a_type_has_room_for_is_claimed)
{
    static const char *const rows[][2] = {
        {"smallint", "-9999"},
        {"int", "999999999"},
        {"bigint", "3000000000"},
        {"decimal(3,1)", "12.34"},
        {"decimal(4,1)", "'998.97'"},
        {"decimal(3,3)", "0"},
        {"decimal", "123456789"},
        {"varchar(3)", "'abc'"},
        {"varchar(3)", "'\u00e9\u00e9\u00e9'"},
        {"char(2)", "'a'"},
        {"varchar", "'as long as it is'"},
        {"bit(3)", "'101'"},
        {"varbit(3)", "'10'"},
        {"varchar(3)[]", "'{abc,d}'"},
        {"varchar(5)", "12345"},
        {"double precision", "1e30"},
        {"text[]", "'{\"a,b\"}'"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_added(rows[i][0], rows[i][1], true);
    }
}

Test(default_literals, what_it_may_have_none_for_is_not)
{
    static const char *const rows[][2] = {
        {"smallint", "40000"},
        {"int", "3000000000"},
        {"oid", "-1"},
        {"decimal(3,3)", "-1"},
        {"decimal(3,1)", "'1234'"},
        {"decimal(3,0)", "999.7"},
        {"decimal(4,1)", "'999.97'"},
        {"decimal(5,1)", "1e9"},
        {"varchar(3)", "'abcdef'"},
        {"varchar(3)", "12345"},
        {"char(2)", "'abc'"},
        {"bit(3)", "'1010'"},
        {"bit(3)", "'10'"},
        {"varbit(3)", "'1010'"},
        {"varchar(3)[]", "'{abcdef}'"},
        {"varchar(4)[]", "'{\"abc,def\"}'"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_added(rows[i][0], rows[i][1], false);
    }
}
