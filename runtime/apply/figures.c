#include "base/common.h"

#include "runtime/apply/figures.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/history/strangers.h"
#include "runtime/lock/guard.h"
#include "runtime/script/quote.h"

enum { SAMPLE_BYTES = 64 * 1000 * 1000, SAMPLE_LEAST = 8 * 1000 * 1000, SAMPLE_MS = 2000 };

typedef struct SizeRow {
    const char *number, *rows, *heap, *indexes;
} SizeRow;

static const char sizes_sql[] =
    "SELECT c.number::pg_catalog.text AS number, k.reltuples::pg_catalog.int8::pg_catalog.text AS "
    "rows, pg_catalog.pg_relation_size(k.oid)::pg_catalog.text AS heap, "
    "pg_catalog.pg_indexes_size(k.oid)::pg_catalog.text AS indexes "
    "FROM pg_catalog.unnest($1::pg_catalog.text[]) WITH ORDINALITY AS c (relation, number) "
    "JOIN pg_catalog.pg_class AS k ON k.oid OPERATOR(pg_catalog.=) "
    "pg_catalog.to_regclass(c.relation)::pg_catalog.oid "
    "WHERE k.relkind OPERATOR(pg_catalog.=) 'r' ORDER BY c.number";

static const char *qualified(Arena *arena, const Table *table)
{
    return quote_qualified(arena, table->schema->text, table->name->text);
}

static const char *names_of(Arena *arena, const FigureTables *tables)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const Table *, at, tables) {
        strbuf_printf(&out, "%s%s", out.len == 0 ? "{" : ",",
                      quote_element(arena, qualified(arena, *at)));
    }
    strbuf_char(&out, '}');
    return strbuf_take(&out, arena);
}

static bool read_sizes(Arena *arena, Session *session, const FigureTables *tables,
                       Diagnostics *diags, PlanFigures *figures)
{
    static const RowField fields[] = {
        ROW_TEXT("number", SizeRow, number), ROW_TEXT("rows", SizeRow, rows),
        ROW_TEXT("heap", SizeRow, heap), ROW_TEXT("indexes", SizeRow, indexes)};
    const char *const params[] = {names_of(arena, tables)};
    Result *result = NULL;
    SizeRow row;
    if (!session_query(session, (Query){sizes_sql, params, 1}, diags, &result)) {
        return false;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    while (row_next(&reader, &row)) {
        const size_t number = strtoull(row.number, NULL, 10);
        const TableFigures of = {.table = tables->items[number - 1],
                                 .rows = strtoll(row.rows, NULL, 10),
                                 .heap = strtoll(row.heap, NULL, 10),
                                 .indexes = strtoll(row.indexes, NULL, 10)};
        vec_push(arena, &figures->tables, of);
    }
    result_free(result);
    return true;
}

static const TableFigures *largest(const PlanFigures *figures)
{
    const TableFigures *found = NULL;
    vec_each(const TableFigures, at, &figures->tables) {
        if (at->heap >= SAMPLE_LEAST && (found == NULL || at->heap > found->heap)) {
            found = at;
        }
    }
    return found;
}

/* A sample that fails, takes too long, or would run a stranger's code, leaves the rate that is
 * common. */
static void measure(Arena *arena, Session *session, PlanFigures *figures)
{
    const TableFigures *of = largest(figures);
    Diagnostics *silent = diagnostics_new(arena, sources_new(arena));
    Result *result = NULL;
    if (of == NULL ||
        !strangers_let_read(arena, session, of->table->schema->text, of->table->name->text) ||
        !session_begin(session, silent)) {
        return;
    }
    const int percent = of->heap <= SAMPLE_BYTES ? 100 : (int)(SAMPLE_BYTES * 100LL / of->heap) + 1;
    const long long bytes = of->heap / 100 * percent;
    const char *sql =
        arena_printf(arena, "SELECT pg_catalog.count(*) FROM ONLY %s TABLESAMPLE SYSTEM (%d)",
                     qualified(arena, of->table), percent);
    const char *timeout = arena_printf(arena, "SET LOCAL statement_timeout = %d", SAMPLE_MS);
    if (session_run(session, timeout, silent)) {
        const uint64_t begin = guard_now_ms();
        if (session_query(session, (Query){.sql = sql}, silent, &result)) {
            const uint64_t took = guard_now_ms() - begin;
            figures->rate = bytes * 1000 / (long long)(took == 0 ? 1 : took);
            figures->read = bytes;
        }
        result_free(result);
    }
    session_rollback(session);
}

bool figures_read(Arena *arena, Session *session, const FigureTables *tables, Diagnostics *diags,
                  PlanFigures *ret_figures)
{
    *ret_figures = (PlanFigures){.rate = FIGURES_COMMON_RATE};
    if (tables->count == 0) {
        return true;
    }
    if (!read_sizes(arena, session, tables, diags, ret_figures)) {
        return false;
    }
    measure(arena, session, ret_figures);
    return true;
}
