#include "base/common.h"

#include "runtime/ahead/losses.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/history/strangers.h"
#include "runtime/script/quote.h"

/* Counting more of them would say nothing new. */
enum { LOSSES_COUNTED = 1000 };

typedef struct ColumnRow {
    bool is_list, is_filtered;
} ColumnRow;

typedef struct CountRow {
    int32_t rows;
} CountRow;

static bool find_column(Arena *arena, Session *session, const char *table, const char *column,
                        Diagnostics *diags, ColumnRow *ret_row, bool *ret_found)
{
    static const RowField fields[] = {ROW_BOOL("is_list", ColumnRow, is_list),
                                      ROW_BOOL("is_filtered", ColumnRow, is_filtered)};
    static const char sql[] =
        "SELECT t.typcategory OPERATOR(pg_catalog.=) 'A' AS is_list, "
        "pg_catalog.row_security_active(a.attrelid) AS is_filtered "
        "FROM pg_catalog.pg_attribute AS a "
        "JOIN pg_catalog.pg_type AS t ON t.oid OPERATOR(pg_catalog.=) a.atttypid "
        "WHERE a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)::pg_catalog.oid "
        "AND a.attname OPERATOR(pg_catalog.=) $2::pg_catalog.name AND NOT a.attisdropped";
    const char *const params[] = {table, column};
    const RowQuestion question = {
        arena, session, {sql, params, lengthof(params)}, ROW_FIELDS(fields), false};
    return row_query(&question, diags, ret_row, ret_found);
}

/* With a column of its own name the condition may look up nothing else: it is qualified. */
static bool count_rows(Arena *arena, Session *session, const char *table, const char *condition,
                       Diagnostics *diags, int32_t *ret_rows)
{
    static const RowField fields[] = {ROW_INT("rows", CountRow, rows)};
    const char *sql =
        arena_printf(arena,
                     "SELECT pg_catalog.count(*) AS rows FROM (SELECT FROM %s AS lost WHERE %s "
                     "LIMIT %d) AS those",
                     table, condition, LOSSES_COUNTED + 1);
    const RowQuestion question = {arena, session, {.sql = sql}, ROW_FIELDS(fields), false};
    CountRow row;
    if (!row_query(&question, diags, &row, NULL)) {
        return false;
    }
    *ret_rows = row.rows;
    return true;
}

static const char *rows_in_words(Arena *arena, int32_t rows)
{
    return rows > LOSSES_COUNTED ? arena_printf(arena, "over %d rows", LOSSES_COUNTED)
           : rows == 1           ? "1 row"
                                 : arena_printf(arena, "%d rows", (int)rows);
}

static const char *in_words(Arena *arena, const ScriptLoss *loss, const char *rows, bool is_one)
{
    if (loss->hazard == HAZARD_LIST_SHORTENED) {
        return arena_printf(arena,
                            "keeps the first value of each list in `%s.%s`: %s %s more, which "
                            "would be lost",
                            loss->table.name, loss->column, rows, is_one ? "holds" : "hold");
    }
    return arena_printf(arena, "makes `%s.%s` anew: the values of %s would be lost",
                        loss->table.name, loss->column, rows);
}

/* NULL: the rows may be looked at, and all are seen. */
static const char *why_uncounted(Arena *arena, Session *session, const char *schema,
                                 const char *table, const ColumnRow *row)
{
    if (row->is_filtered) {
        return "rows that row security hides from this role";
    }
    return strangers_let_read(arena, session, schema, table)
               ? NULL
               : "rows that are not looked at, for code of their table's owner would run,";
}

static bool check_one(Arena *arena, Session *session, const char *migration, const ScriptLoss *loss,
                      const char *default_schema, Diagnostics *diags)
{
    const char *schema = loss->table.schema != NULL ? loss->table.schema : default_schema;
    const char *table = quote_qualified(arena, schema, loss->table.name);
    const char *column = arena_printf(arena, "lost.%s", quote_name(arena, loss->column));
    const bool shortens = loss->hazard == HAZARD_LIST_SHORTENED;
    const char *condition = arena_printf(
        arena, shortens ? "pg_catalog.cardinality(%s) OPERATOR(pg_catalog.>) 1" : "%s IS NOT NULL",
        column);
    ColumnRow row;
    bool found = false;
    int32_t rows = 0;
    if (!find_column(arena, session, table, loss->column, diags, &row, &found)) {
        return false;
    }
    if (!found || (shortens && !row.is_list)) {
        return true;
    }
    const char *uncounted = why_uncounted(arena, session, schema, loss->table.name, &row);
    if (uncounted == NULL && !count_rows(arena, session, table, condition, diags, &rows)) {
        return false;
    }
    if (uncounted == NULL && rows == 0) {
        return true;
    }
    const char *counted = uncounted != NULL ? uncounted : rows_in_words(arena, rows);
    diag_report(diags, DIAG_LOSES, span_none(), migration,
                in_words(arena, loss, counted, rows == 1), hazard_row(loss->hazard)->slug);
    return false;
}

bool losses_check(Arena *arena, Session *session, const char *migration, const ParsedScript *script,
                  const bool *agreed, const char *default_schema, Diagnostics *diags)
{
    bool none = true;
    vec_each(const ScriptLoss, at, &script->losses) {
        none &=
            agreed[at->hazard] || check_one(arena, session, migration, at, default_schema, diags);
    }
    return none;
}
