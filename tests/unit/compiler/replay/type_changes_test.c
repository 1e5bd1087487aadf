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
