/*
 * apply_position.c - how far a script of several transactions is: `_bellows_progress`, a row each.
 *
 * In: a migration. Out: its row, and the statements that move it on. The row of
 * `_bellows_progress` goes with the last part, and the table with its last row: the reference tool,
 * which would take it for drift, does not get to see it.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/script/quote.h"

static const char progress_name[] = "_bellows_progress";

/* --- the table --- */

char *apply_progress_table(const ApplyCx *cx)
{
    return quote_qualified(cx->arena, cx->history->schema, progress_name);
}

typedef struct PresenceRow {
    bool is_there;
} PresenceRow;

static bool table_exists(ApplyCx *cx, bool *ret_exists)
{
    static const RowField fields[] = {ROW_BOOL("is_there", PresenceRow, is_there)};
    const char *const params[] = {apply_progress_table(cx)};
    const RowQuestion question = {
        cx->arena,
        cx->session,
        {"SELECT pg_catalog.to_regclass($1) IS NOT NULL AS is_there", params, 1},
        ROW_FIELDS(fields),
        false};
    PresenceRow row;
    if (!row_query(&question, cx->diags, &row, NULL)) {
        return false;
    }
    *ret_exists = row.is_there;
    return true;
}

typedef struct PositionRow {
    const char *checksum, *history_id, *rows_done, *position;
    int32_t parts_done, rows;
} PositionRow;

bool position_refuse(const ApplyCx *cx, const char *why)
{
    diag_report(cx->diags, DIAG_PROGRESS_SHAPE, span_none(), cx->migration->name, why,
                apply_progress_table(cx));
    return false;
}

/* NULL when the row can be believed. */
static const char *fault_of(const PositionRow *row, const NameList *keys)
{
    vec_each(Name, key, keys) {
        if (*key == NULL) {
            return "there is a null among its keys";
        }
    }
    return row->rows > 1         ? "there is more than one"
           : row->parts_done < 0 ? "it has a negative number of parts"
                                 : NULL;
}

static bool decode_position(const ApplyCx *cx, const PositionRow *row, StoredPosition *ret_stored)
{
    Names *names = names_new(cx->arena);
    const NameList keys = row_parse_names(cx->arena, names, row->position);
    const char *fault = fault_of(row, &keys);
    if (fault != NULL) {
        return position_refuse(cx, fault);
    }
    *ret_stored = (StoredPosition){
        .exists = true,
        .checksum = row->checksum,
        .history_id = row->history_id,
        .parts_done = (size_t)row->parts_done,
        .backfill.rows_done = strtoll(row->rows_done, NULL, 10),
    };
    vec_each(Name, key, &keys) {
        vec_push(cx->arena, &ret_stored->backfill.keys, arena_strdup(cx->arena, (*key)->text));
    }
    return true;
}

bool position_read(ApplyCx *cx, StoredPosition *ret_stored)
{
    static const RowField fields[] = {
        ROW_TEXT("checksum", PositionRow, checksum),
        ROW_TEXT("history_id", PositionRow, history_id),
        ROW_INT("parts_done", PositionRow, parts_done),
        ROW_TEXT("rows_done", PositionRow, rows_done),
        ROW_TEXT_OR_NULL("position", PositionRow, position),
        ROW_INT("rows", PositionRow, rows),
    };
    bool exists = false, found = false;
    *ret_stored = (StoredPosition){0};
    if (!table_exists(cx, &exists) || !exists) {
        return !exists;
    }
    const char *const params[] = {cx->migration->name};
    const char *sql = arena_printf(cx->arena,
                                   "SELECT checksum, history_id, parts_done, rows_done, "
                                   "position::pg_catalog.text[]::pg_catalog.text AS position, "
                                   "pg_catalog.count(*) OVER () AS rows "
                                   "FROM %s WHERE migration_name OPERATOR(pg_catalog.=) $1 LIMIT 1",
                                   apply_progress_table(cx));
    const RowQuestion question = {
        cx->arena, cx->session, {sql, params, 1}, ROW_FIELDS(fields), false};
    PositionRow row;
    ServerError error;
    if (row_ask(&question, &error, &row, &found)) {
        return !found || decode_position(cx, &row, ret_stored);
    }
    if (error.malformed || history_is_of_other_shape(&error)) {
        return position_refuse(cx, error.message);
    }
    session_report(cx->session, &error, cx->diags);
    return false;
}

bool position_of_before(ApplyCx *cx, StoredPosition *ret_stored)
{
    *ret_stored = (StoredPosition){0};
    return !cx->history->progress_stood || position_read(cx, ret_stored);
}

bool apply_has_position(ApplyCx *cx, bool *ret_has)
{
    StoredPosition stored;
    if (!position_of_before(cx, &stored)) {
        return false;
    }
    *ret_has = stored.exists && strcmp(stored.checksum, cx->migration->checksum) == 0;
    return true;
}

/* --- its statements --- */

char *position_sql_create(const ApplyCx *cx)
{
    return arena_printf(
        cx->arena,
        "CREATE TABLE IF NOT EXISTS %s (\n"
        "    migration_name VARCHAR(255) PRIMARY KEY,\n"
        "    checksum       VARCHAR(64) NOT NULL,\n"
        "    history_id     VARCHAR(36) NOT NULL,\n"
        "    parts_done     INTEGER NOT NULL DEFAULT 0,\n"
        "    position       pg_catalog.text[],\n"
        "    rows_done      BIGINT NOT NULL DEFAULT 0,\n"
        "    updated_at     pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.now()\n"
        ");\n" SQL_AS_OURSELVES,
        apply_progress_table(cx));
}

char *position_sql_insert(const ApplyCx *cx)
{
    return arena_printf(
        cx->arena,
        "DELETE FROM %s WHERE migration_name OPERATOR(pg_catalog.=) %s;\n"
        "INSERT INTO %s (migration_name, checksum, history_id) VALUES (%s, %s, %s);",
        apply_progress_table(cx), quote_text(cx->arena, cx->migration->name),
        apply_progress_table(cx), quote_text(cx->arena, cx->migration->name),
        quote_text(cx->arena, cx->migration->checksum), quote_text(cx->arena, cx->start.id));
}

char *position_sql_part_done(const ApplyCx *cx, size_t parts_done)
{
    return arena_printf(cx->arena,
                        "UPDATE %s SET parts_done = %zu, position = NULL, rows_done = 0, "
                        "updated_at = pg_catalog.clock_timestamp() "
                        "WHERE migration_name OPERATOR(pg_catalog.=) %s;",
                        apply_progress_table(cx), parts_done,
                        quote_text(cx->arena, cx->migration->name));
}

char *position_sql_finish(const ApplyCx *cx)
{
    return arena_printf(cx->arena,
                        "%s\nDELETE FROM %s WHERE migration_name OPERATOR(pg_catalog.=) %s;",
                        history_sql_finish(cx->arena, cx->history, cx->migration, cx->start.id),
                        apply_progress_table(cx), quote_text(cx->arena, cx->migration->name));
}

char *apply_sql_position(const ApplyCx *cx, const BackfillPosition *position)
{
    StrBuf keys = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < position->keys.count; i++) {
        strbuf_printf(&keys, "%s%s", i > 0 ? ", " : "",
                      quote_text(cx->arena, position->keys.items[i]));
    }
    char *sql = arena_printf(cx->arena,
                             "UPDATE %s SET position = ARRAY[%s]::pg_catalog.text[], "
                             "rows_done = %lld, updated_at = pg_catalog.clock_timestamp() "
                             "WHERE migration_name OPERATOR(pg_catalog.=) %s;",
                             apply_progress_table(cx), strbuf_text(&keys), position->rows_done,
                             quote_text(cx->arena, cx->migration->name));
    strbuf_dispose(&keys);
    return sql;
}

/* Drops the table when it is empty. A failure here changes nothing that counts. */
static void position_drop_table(ApplyCx *cx)
{
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    ServerError error;
    Result *result = NULL;
    const SessionTidy before = session_tidy_begin(cx->session, TIDY_RECORD);
    char *sql = arena_printf(cx->arena, "SELECT 1 FROM %s LIMIT 1", apply_progress_table(cx));
    if (session_query(cx->session, (Query){.sql = sql}, ignored, &result) &&
        result_rows(result) == 0) {
        (void)!session_execute(cx->session,
                               arena_printf(cx->arena, "DROP TABLE %s", apply_progress_table(cx)),
                               &error);
    }
    session_tidy_end(cx->session, before);
    result_free(result);
}

/* --- for deploy --- */

void apply_drop_positions(Arena *arena, Session *session, History *history)
{
    ApplyCx cx = {.arena = arena, .session = session, .history = history};
    position_drop_table(&cx);
}

bool apply_forget(Arena *arena, Session *session, History *history, const char *name,
                  Diagnostics *diags)
{
    ApplyCx cx = {.arena = arena, .session = session, .history = history, .diags = diags};
    bool exists = false;
    if (!table_exists(&cx, &exists) || !exists) {
        return !exists;
    }
    const char *sql =
        arena_printf(arena, "DELETE FROM %s WHERE migration_name OPERATOR(pg_catalog.=) %s",
                     apply_progress_table(&cx), quote_text(arena, name));
    if (!session_run(session, sql, diags)) {
        return false;
    }
    position_drop_table(&cx);
    return true;
}

bool apply_can_resume(Arena *arena, Session *session, History *history, const HistoryRow *row,
                      const Migration *migration, Diagnostics *diags, bool *ret_can,
                      const char **ret_reason)
{
    ApplyCx cx = {.arena = arena,
                  .session = session,
                  .history = history,
                  .migration = migration,
                  .diags = diags};
    StoredPosition stored;
    if (migration == NULL) {
        *ret_can = false;
        *ret_reason = "was interrupted, and is not in the migrations folder";
        return true;
    }
    if (!position_read(&cx, &stored)) {
        return false;
    }
    *ret_can = stored.exists && strcmp(stored.history_id, row->id) == 0 &&
               strcmp(stored.checksum, migration->checksum) == 0;
    if (!stored.exists) {
        *ret_reason = "was interrupted, and nothing tells how much of it is applied";
    } else if (!*ret_can) {
        *ret_reason = arena_printf(
            arena, "was interrupted behind its part %zu, and its text has changed since",
            stored.parts_done);
    }
    return true;
}
