/*
 * apply_index.c - CREATE INDEX, DROP INDEX and REINDEX CONCURRENTLY, which can leave half an index
 * behind; where the server names it, apply_leftover.c finds it.
 *
 * The catalog, not our notes, tells what became of an earlier try: a valid index is done, an
 * invalid one that nobody builds any more is dropped and built again. IF NOT EXISTS would take an
 * invalid one for success, so the question is asked before every try. Data that a unique index
 * refuses (23505) is the user's to mend; an index of that name which is another one (of another
 * table, or not what the statement would build) is somebody else's and stays; everything transient
 * is tried again. All of it runs in the state the script is in, where its names mean what it means
 * by them: questions are qualified.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/script/quote.h"

enum { BUILD_POLL_MS = 500 };

typedef enum IndexState {
    INDEX_ABSENT,
    INDEX_VALID,
    INDEX_INVALID,  /* left by a try that died */
    INDEX_BUILDING, /* by another session, right now */
    INDEX_OTHERS,   /* of that name, but of another table, another shape, or no index at all */
} IndexState;

typedef struct StateRow {
    bool ours, valid, building;
} StateRow;

/* Can `i`, of the relation `c`, be what the statement builds? */
static const char *sql_fits(Arena *arena, const ScriptIndexShape *shape)
{
    if (shape == NULL) {
        return "true";
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(
        &out,
        "i.indisunique OPERATOR(pg_catalog.=) %s AND i.indnkeyatts "
        "OPERATOR(pg_catalog.=) %zu AND (SELECT a.amname FROM pg_catalog.pg_am AS a WHERE "
        "a.oid OPERATOR(pg_catalog.=) c.relam) OPERATOR(pg_catalog.=) %s",
        shape->unique ? "true" : "false", shape->columns.count, quote_text(arena, shape->method));
    for (size_t i = 0; i < shape->columns.count; i++) {
        const char *column = shape->columns.items[i];
        if (column[0] != '\0') {
            strbuf_printf(&out,
                          " AND pg_catalog.pg_get_indexdef(i.indexrelid, %zu, false) "
                          "OPERATOR(pg_catalog.=) pg_catalog.quote_ident(%s)",
                          i + 1, quote_text(arena, column));
        }
    }
    return strbuf_take(&out, arena);
}

/* Of the index a statement names; one that is dropped may be of any table and shape. */
static bool ask_state(ApplyCx *cx, const ScriptStatement *statement, IndexState *ret_state,
                      ServerError *ret_error)
{
    static const char form[] =
        "SELECT COALESCE(i.indexrelid IS NOT NULL AND ($2::pg_catalog.text IS NULL "
        "OR i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($2)) AND %s, false) AS ours, "
        "COALESCE(i.indisvalid, false) AS valid, "
        "EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index AS p "
        "WHERE p.index_relid OPERATOR(pg_catalog.=) c.oid) "
        "OR EXISTS (SELECT FROM pg_catalog.pg_locks AS l "
        "WHERE l.relation OPERATOR(pg_catalog.=) i.indrelid AND l.granted "
        "AND l.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid() "
        "AND l.mode OPERATOR(pg_catalog.=) 'ShareUpdateExclusiveLock' "
        "AND l.database OPERATOR(pg_catalog.=) (SELECT d.oid FROM pg_catalog.pg_database AS d "
        "WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())) AS building "
        "FROM pg_catalog.pg_class AS c LEFT JOIN pg_catalog.pg_index AS i "
        "ON i.indexrelid OPERATOR(pg_catalog.=) c.oid "
        "WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)";
    static const RowField fields[] = {ROW_BOOL("ours", StateRow, ours),
                                      ROW_BOOL("valid", StateRow, valid),
                                      ROW_BOOL("building", StateRow, building)};
    const bool builds = statement->kind == STATEMENT_BUILD_INDEX;
    const ScriptName *name = &statement->object, *table = &statement->table;
    const char *const params[] = {quote_qualified(cx->arena, name->schema, name->name),
                                  builds ? quote_qualified(cx->arena, table->schema, table->name)
                                         : NULL};
    const char *sql = arena_printf(cx->arena, form, sql_fits(cx->arena, statement->shape));
    const RowQuestion question = {
        cx->arena, cx->session, {sql, params, lengthof(params)}, ROW_FIELDS(fields), true};
    StateRow row;
    bool found = false;
    if (!row_ask(&question, ret_error, &row, &found)) {
        return false;
    }
    *ret_state = !found         ? INDEX_ABSENT
                 : !row.ours    ? INDEX_OTHERS
                 : row.valid    ? INDEX_VALID
                 : row.building ? INDEX_BUILDING
                                : INDEX_INVALID;
    return true;
}

static bool drop_leftover(ApplyCx *cx, const char *index, ServerError *ret_error)
{
    progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_CLEANED,
                                                   .migration = cx->migration->name,
                                                   .detail = index});
    return session_control(cx->session,
                           arena_printf(cx->arena, "DROP INDEX CONCURRENTLY IF EXISTS %s", index),
                           ret_error);
}

/* Makes room for the index. *ret_done: it is there already, whole. */
static bool clear_place(ApplyCx *cx, const ScriptPart *part, bool resuming, bool *ret_done,
                        ServerError *ret_error)
{
    const ScriptStatement *statement = part->statement;
    const char *index =
        quote_qualified(cx->arena, statement->object.schema, statement->object.name);
    IndexState state = INDEX_BUILDING;
    *ret_done = false;
    if (!session_enter_script(cx->session, apply_alone_settings(cx, part), ret_error)) {
        return false;
    }
    while (state == INDEX_BUILDING) {
        if (!ask_state(cx, statement, &state, ret_error)) {
            return false;
        }
        if (state == INDEX_BUILDING &&
            !guard_sleep(BUILD_POLL_MS, cx->options->retry.interrupted)) {
            *ret_error = (ServerError){.interrupted = true, .message = ""};
            return false;
        }
    }
    *ret_done = state == INDEX_VALID && resuming;
    return state != INDEX_INVALID || drop_leftover(cx, index, ret_error);
}

/* Killed by a time-out, a deadlock or an administrator, not by what it met. */
static bool is_transient(const ServerError *error)
{
    return !error->interrupted && !error->connection_lost &&
           (guard_is_lock_failure(error->sqlstate) || strcmp(error->sqlstate, "57014") == 0);
}

/* What stands in the statement's way goes. *ret_done: nothing is left to do. */
static bool clear(ApplyCx *cx, const ScriptPart *part, bool resuming, const char *known,
                  bool *ret_done, ServerError *ret_error)
{
    if (known == NULL) {
        return clear_place(cx, part, resuming, ret_done, ret_error);
    }
    return !resuming || apply_leftover_clear(cx, part, known, ret_done, ret_error);
}

/* What was asked before may have left the script's state. */
static bool run_there(ApplyCx *cx, const ScriptPart *part, ServerError *ret_error)
{
    return session_enter_script(cx->session, apply_alone_settings(cx, part), ret_error) &&
           session_control(cx->session, script_part_text(cx->arena, cx->script, part), ret_error);
}

static bool build(ApplyCx *cx, const ScriptPart *part, bool resuming, const char *known,
                  ServerError *ret_error)
{
    bool done = false;
    if (!clear(cx, part, resuming, known, &done, ret_error)) {
        return false;
    }
    if (done || run_there(cx, part, ret_error)) {
        return true;
    }
    if (!ret_error->connection_lost && !ret_error->interrupted) {
        ServerError ignored;
        (void)!clear(cx, part, known != NULL, known, &done, &ignored);
    }
    return false;
}

static bool drop(ApplyCx *cx, const ScriptPart *part, bool resuming, ServerError *ret_error)
{
    const ScriptName *name = &part->statement->object;
    IndexState state = INDEX_VALID;
    if (resuming && name->name != NULL &&
        (!session_enter_script(cx->session, apply_alone_settings(cx, part), ret_error) ||
         !ask_state(cx, part->statement, &state, ret_error))) {
        return false;
    }
    return state == INDEX_ABSENT || run_there(cx, part, ret_error);
}

bool apply_index(ApplyCx *cx, const ScriptPart *part, bool resuming, const char *known,
                 ServerError *ret_error)
{
    const RetryOptions *retry = &cx->options->retry;
    const uint64_t started = guard_now_ms();
    const uint64_t budget = retry->budget_ms != 0 ? retry->budget_ms : GUARD_RETRY_BUDGET_MS;
    const bool drops = part->statement->kind == STATEMENT_DROP_INDEX;
    for (unsigned attempt = 0;; attempt++) {
        const bool again = resuming || attempt > 0;
        if (drops ? drop(cx, part, again, ret_error) : build(cx, part, again, known, ret_error)) {
            return true;
        }
        const uint64_t pause = guard_pause(attempt);
        if (!is_transient(ret_error) || guard_now_ms() + pause - started > budget) {
            return false;
        }
        progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_RETRY,
                                                       .migration = cx->migration->name,
                                                       .detail = ret_error->message,
                                                       .attempt = attempt + 1,
                                                       .wait_ms = pause});
        ret_error->interrupted = !guard_sleep(pause, retry->interrupted);
        if (ret_error->interrupted) {
            return false;
        }
    }
}
