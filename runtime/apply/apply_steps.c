/*
 * apply_steps.c - a script of several transactions: part by part, the position kept beside the
 * history.
 *
 * The position of a part that is a transaction moves in that transaction. A statement that refuses
 * one moves it afterwards; when it is met again, apply_index.c asks the catalog what became of it.
 * The row of
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

/* What an earlier try has left. */
typedef struct StoredPosition {
    bool exists;
    const char *checksum;
    const char *history_id;
    size_t parts_done;
    BackfillPosition backfill;
} StoredPosition;

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

static bool refuse_position(const ApplyCx *cx, const char *why)
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
        return refuse_position(cx, fault);
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

static bool read_position(ApplyCx *cx, StoredPosition *ret_stored)
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
        return refuse_position(cx, error.message);
    }
    session_report(cx->session, &error, cx->diags);
    return false;
}

bool apply_has_position(ApplyCx *cx, bool *ret_has)
{
    StoredPosition stored;
    if (!read_position(cx, &stored)) {
        return false;
    }
    *ret_has = stored.exists && strcmp(stored.checksum, cx->migration->checksum) == 0;
    return true;
}

/* --- its statements --- */

static char *sql_create(const ApplyCx *cx)
{
    return arena_printf(cx->arena,
                        "CREATE TABLE IF NOT EXISTS %s (\n"
                        "    migration_name VARCHAR(255) PRIMARY KEY,\n"
                        "    checksum       VARCHAR(64) NOT NULL,\n"
                        "    history_id     VARCHAR(36) NOT NULL,\n"
                        "    parts_done     INTEGER NOT NULL DEFAULT 0,\n"
                        "    position       TEXT[],\n"
                        "    rows_done      BIGINT NOT NULL DEFAULT 0,\n"
                        "    updated_at     TIMESTAMPTZ NOT NULL DEFAULT now()\n"
                        ");",
                        apply_progress_table(cx));
}

static char *sql_insert(const ApplyCx *cx)
{
    return arena_printf(
        cx->arena,
        "DELETE FROM %s WHERE migration_name OPERATOR(pg_catalog.=) %s;\n"
        "INSERT INTO %s (migration_name, checksum, history_id) VALUES (%s, %s, %s);",
        apply_progress_table(cx), quote_text(cx->arena, cx->migration->name),
        apply_progress_table(cx), quote_text(cx->arena, cx->migration->name),
        quote_text(cx->arena, cx->migration->checksum), quote_text(cx->arena, cx->start.id));
}

static char *sql_part_done(const ApplyCx *cx, size_t parts_done)
{
    return arena_printf(cx->arena,
                        "UPDATE %s SET parts_done = %zu, position = NULL, rows_done = 0, "
                        "updated_at = pg_catalog.clock_timestamp() "
                        "WHERE migration_name OPERATOR(pg_catalog.=) %s;",
                        apply_progress_table(cx), parts_done,
                        quote_text(cx->arena, cx->migration->name));
}

static char *sql_finish(const ApplyCx *cx)
{
    return arena_printf(cx->arena,
                        "%s\nDELETE FROM %s WHERE migration_name OPERATOR(pg_catalog.=) %s;",
                        history_sql_finish(cx->arena, cx->history, cx->start.id),
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
static void drop_empty_table(ApplyCx *cx)
{
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    ServerError error;
    Result *result = NULL;
    char *sql = arena_printf(cx->arena, "SELECT 1 FROM %s LIMIT 1", apply_progress_table(cx));
    if (session_query(cx->session, (Query){.sql = sql}, ignored, &result) &&
        result_rows(result) == 0) {
        (void)!session_execute(cx->session,
                               arena_printf(cx->arena, "DROP TABLE %s", apply_progress_table(cx)),
                               &error);
    }
    result_free(result);
}

/* --- starting and continuing --- */

static const HistoryRow *interrupted_row(const ApplyCx *cx)
{
    const HistoryRow *row = history_find(cx->history, cx->migration->name);
    return row != NULL && row->state == HISTORY_INTERRUPTED ? row : NULL;
}

static bool start_anew(ApplyCx *cx)
{
    return apply_write_row(
        cx,
        arena_printf(cx->arena, "%s\n%s\n%s",
                     history_sql_started(cx->arena, cx->history, cx->migration, &cx->start),
                     sql_create(cx), sql_insert(cx)),
        "nothing of the migration was applied");
}

/* The old history row goes on if it still stands; a failed and rolled back one gets a successor. */
static bool start_again(ApplyCx *cx, const StoredPosition *stored)
{
    const HistoryRow *row = interrupted_row(cx);
    if (row != NULL && strcmp(row->id, stored->history_id) == 0) {
        memcpy(cx->start.id, row->id, UUID_SIZE);
        return true;
    }
    return apply_write_row(
        cx,
        arena_printf(
            cx->arena,
            "%s\nUPDATE %s SET history_id = %s WHERE migration_name OPERATOR(pg_catalog.=) %s;",
            history_sql_started(cx->arena, cx->history, cx->migration, &cx->start),
            apply_progress_table(cx), quote_text(cx->arena, cx->start.id),
            quote_text(cx->arena, cx->migration->name)),
        "it is where it was");
}

static bool start(ApplyCx *cx, size_t part_count, StoredPosition *stored)
{
    if (!read_position(cx, stored)) {
        return false;
    }
    const bool continues = stored->exists && strcmp(stored->checksum, cx->migration->checksum) == 0;
    if (continues && stored->parts_done >= part_count) {
        return refuse_position(cx, arena_printf(cx->arena, "%zu of its %zu parts are done",
                                                stored->parts_done, part_count));
    }
    if (!continues) {
        *stored = (StoredPosition){0};
        return start_anew(cx);
    }
    progress_report(cx->progress,
                    &(ProgressEvent){.kind = PROGRESS_RESUMING,
                                     .migration = cx->migration->name,
                                     .detail = arena_printf(cx->arena, "part %zu of %zu",
                                                            stored->parts_done + 1, part_count),
                                     .rows_done = stored->backfill.rows_done,
                                     .rows_total = -1});
    return start_again(cx, stored);
}

/* --- running --- */

/* The noted indexes as an array's text; NULL when none were noted, so that the statement was not
 * begun. */
static const char *noted_indexes(const ApplyCx *cx, const BackfillPosition *position)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const char *, oid, &position->keys) {
        strbuf_printf(&out, "%s%s", out.len == 0 ? "{" : ",", *oid);
    }
    strbuf_char(&out, '}');
    const char *text = strbuf_take(&out, cx->arena);
    return position->keys.count == 0 ? NULL : text;
}

/* `from`: what an earlier try of this part has left; NULL: there was none. */
static bool run_index(ApplyCx *cx, const ScriptPart *part, const StoredPosition *from,
                      ServerError *ret_error)
{
    const bool unnamed = apply_makes_unnamed_indexes(part->statement);
    const char *known = unnamed && from != NULL ? noted_indexes(cx, &from->backfill) : NULL;
    const bool begun = from != NULL && (!unnamed || known != NULL);
    if (unnamed && known == NULL && !apply_leftover_note(cx, part, &known, ret_error)) {
        return false;
    }
    return apply_index(cx, part, begun, known, ret_error);
}

static bool run_statement(ApplyCx *cx, const ScriptPart *part, const StoredPosition *from,
                          ServerError *ret_error)
{
    const StatementClass kind = part->statement->kind;
    if (kind == STATEMENT_BUILD_INDEX || kind == STATEMENT_DROP_INDEX ||
        kind == STATEMENT_REINDEX) {
        return run_index(cx, part, from, ret_error);
    }
    if (kind == STATEMENT_DETACH) {
        return apply_detach(cx, part, from != NULL, ret_error);
    }
    const SessionScript script = {.text = script_part_text(cx->arena, cx->script, part),
                                  .settings = apply_alone_settings(cx, part),
                                  .alone = true};
    return session_run_script(cx->session, &script, ret_error);
}

/* A statement that refuses a transaction waits for others as long as it takes: a lock_timeout would
 * break an index build off that waits for an old snapshot. */
const char *apply_alone_settings(const ApplyCx *cx, const ScriptPart *part)
{
    return arena_printf(cx->arena, "SET lock_timeout = 0; SET statement_timeout = 0;\n%s",
                        script_part_settings(cx->arena, cx->script, part));
}

static bool run_alone(ApplyCx *cx, const ScriptPart *part, const char *behind,
                      const StoredPosition *from, ServerError *ret_error)
{
    progress_report(cx->progress,
                    &(ProgressEvent){.kind = PROGRESS_STATEMENT,
                                     .migration = cx->migration->name,
                                     .detail = script_part_text(cx->arena, cx->script, part)});
    return run_statement(cx, part, from, ret_error) &&
           session_execute(cx->session, behind, ret_error);
}

static bool is_transaction(const ApplyCx *cx, const ScriptPart *part)
{
    return part->statement == NULL ||
           (cx->options->no_batches && part->statement->kind == STATEMENT_BACKFILL);
}

/* What of the script is applied when part `at` fails. */
static const char *remains_of(ApplyCx *cx, const ScriptPartList *parts, size_t at)
{
    const ScriptStatement *statement = parts->items[at].statement;
    if (statement != NULL && statement->kind == STATEMENT_BACKFILL) {
        return "The batches before it stay; the next try continues behind them.";
    }
    if (at > 0) {
        return arena_printf(cx->arena,
                            "%zu of its %zu parts are applied and stay; the same text continues "
                            "behind them.",
                            at, parts->count);
    }
    return statement == NULL ? "Nothing of it is applied."
                             : "Nothing of it is in effect; the next try clears away what an index "
                               "build may have left.";
}

static bool are_numbers(const BackfillPosition *position)
{
    vec_each(const char *, key, &position->keys) {
        if (strspn(*key, "0123456789") != strlen(*key)) {
            return false;
        }
    }
    return true;
}

/* A position holds as many keys as the walk has, or a page, or the indexes noted. */
static bool fits(const ApplyCx *cx, const ScriptPart *part, const BackfillPosition *position)
{
    const ScriptStatement *statement = part->statement;
    const size_t count = position->keys.count;
    bool good = count == 0;
    if (!good && statement != NULL && statement->backfill != NULL) {
        const size_t keys = statement->backfill->keys.count;
        good = keys > 0 ? count == keys : count == 1 && are_numbers(position);
    } else if (!good && statement != NULL) {
        good = apply_makes_unnamed_indexes(statement) && are_numbers(position);
    }
    return good || refuse_position(cx, "its keys are not those of the statement");
}

static bool run_part(ApplyCx *cx, const ScriptPartList *parts, size_t at, StoredPosition *stored,
                     bool resuming)
{
    const ScriptPart *part = &parts->items[at];
    if (!fits(cx, part, &stored->backfill)) {
        return false;
    }
    const char *behind = at + 1 == parts->count ? sql_finish(cx) : sql_part_done(cx, at + 1);
    ServerError error;
    bool done;
    if (is_transaction(cx, part)) {
        done = apply_message(cx, part, behind, &error);
    } else if (part->statement->kind == STATEMENT_BACKFILL) {
        done = apply_backfill(cx, part, &stored->backfill, &error) &&
               session_execute(cx->session, behind, &error);
    } else {
        done = run_alone(cx, part, behind, resuming ? stored : NULL, &error);
    }
    if (done) {
        return true;
    }
    if (history_lost_row(&error)) {
        history_report(cx->session, &error, remains_of(cx, parts, at), cx->diags);
        return false;
    }
    if (!is_transaction(cx, part)) {
        error.position = 0; /* of a message that we made around it */
        error.statement = 1;
    }
    const char *remains = error.connection_lost && !error.interrupted
                              ? apply_learn_outcome(cx, parts)
                              : remains_of(cx, parts, at);
    return apply_is_failure_of_world(&error) ? apply_give_up(cx, &error, remains)
                                             : apply_fail(cx, &error, part->start, true, remains);
}

bool apply_steps(ApplyCx *cx, const ScriptPartList *parts)
{
    StoredPosition stored;
    if (!start(cx, parts->count, &stored)) {
        return false;
    }
    const bool resuming = stored.exists;
    for (size_t i = stored.parts_done; i < parts->count; i++) {
        if (!run_part(cx, parts, i, &stored, resuming && i == stored.parts_done)) {
            return false;
        }
        stored.backfill = (BackfillPosition){0};
    }
    drop_empty_table(cx);
    return true;
}

/* --- for deploy --- */

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
    drop_empty_table(&cx);
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
    if (!read_position(&cx, &stored)) {
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
