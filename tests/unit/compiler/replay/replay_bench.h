/*
 * replay_bench.h - scripts replayed in memory, and what is expected of their catalog or their end.
 */
#ifndef BELLOWS_TESTS_UNIT_COMPILER_REPLAY_BENCH_H
#define BELLOWS_TESTS_UNIT_COMPILER_REPLAY_BENCH_H

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/catalog/catalog_print.h"
#include "compiler/replay/sql_replay.h"

typedef struct Bench {
    Arena *arena;
    Names *names;
    SqlReplay *replay;
} Bench;

static inline Bench bench_new(void)
{
    Bench bench = {.arena = arena_new()};
    bench.names = names_new(bench.arena);
    const SqlReplayOptions options = {.default_schema = intern_cstr(bench.names, "public"),
                                      .server_version = 150000};
    bench.replay = sql_replay_new(bench.names, &options);
    return bench;
}

static inline void bench_free(Bench *bench)
{
    sql_replay_free(bench->replay);
    arena_free(bench->arena);
}

/* The catalog of the scripts as text. */
static inline const char *catalog_of(Bench *bench, const char *sql)
{
    const Name schema = intern_cstr(bench->names, "public");
    StrBuf out = strbuf_new(STRBUF_MAX);
    const bool ok = sql_replay_script(bench->replay, "one/migration.sql", sql, strlen(sql));
    cr_assert(ok, "%s", ok ? "" : sql_replay_finding(bench->replay)->message);
    Catalog *catalog = sql_replay_finish(bench->replay, &schema, 1);
    cr_assert_not_null(catalog);
    canon_catalog(catalog);
    catalog_print(&out, catalog);
    catalog_free(catalog);
    return strbuf_take(&out, bench->arena);
}

static inline void expect_line(const char *sql, const char *line)
{
    Bench bench = bench_new();
    const char *text = catalog_of(&bench, sql);
    cr_expect(strstr(text, line) != NULL, "`%s` is not in\n%s", line, text);
    bench_free(&bench);
}

static inline void expect_no_line(const char *sql, const char *line)
{
    Bench bench = bench_new();
    const char *text = catalog_of(&bench, sql);
    cr_expect(strstr(text, line) == NULL, "`%s` is in\n%s", line, text);
    bench_free(&bench);
}

static inline void expect_end(const char *sql, SqlReplayEnd end, const char *sqlstate, size_t line)
{
    Bench bench = bench_new();
    const bool ok = sql_replay_script(bench.replay, "one/migration.sql", sql, strlen(sql));
    const SqlReplayFinding *finding = sql_replay_finding(bench.replay);
    cr_expect(!ok && finding->end == end, "%s: ends with %d: %s", sql, (int)finding->end,
              finding->message);
    cr_expect(line == finding->line, "%s: line %zu", sql, finding->line);
    cr_expect(sqlstate == NULL ||
                  (finding->sqlstate != NULL && strcmp(finding->sqlstate, sqlstate) == 0),
              "%s: %s", sql, finding->message);
    bench_free(&bench);
}

#endif
