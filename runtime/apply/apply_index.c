/*
 * apply_index.c - CREATE INDEX, DROP INDEX and REINDEX CONCURRENTLY, which can leave half an index
 * behind (where the server names it, apply_leftover.c finds it), and DETACH PARTITION CONCURRENTLY,
 * which can leave a partition whose detaching is pending.
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

bool apply_drop_leftover(ApplyCx *cx, const char *index, ServerError *ret_error)
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
    return state != INDEX_INVALID || apply_drop_leftover(cx, index, ret_error);
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

/* --- partitions --- */

typedef struct FoundName {
    const char *oids;
} FoundName;

bool apply_find_object(ApplyCx *cx, const ScriptPart *part, const ScriptName *name,
                       const char **ret_oids, ServerError *ret_error)
{
    static const RowField fields[] = {ROW_TEXT("oids", FoundName, oids)};
    static const char sql[] =
        "SELECT pg_catalog.array_remove(ARRAY[pg_catalog.to_regclass($1)::pg_catalog.oid], "
        "NULL)::pg_catalog.text AS oids";
    const char *quoted = quote_qualified(cx->arena, name->schema, name->name);
    const RowQuestion question = {
        cx->arena, cx->session, {sql, &quoted, 1}, ROW_FIELDS(fields), true};
    FoundName row;
    if (!session_enter_script(cx->session, apply_alone_settings(cx, part), ret_error) ||
        !row_ask(&question, ret_error, &row, NULL)) {
        return false;
    }
    *ret_oids = row.oids;
    return true;
}

typedef struct DetachRow {
    bool attached, pending;
} DetachRow;

/* Servers before 14 have neither the statement nor the column. */
static bool ask_detach(ApplyCx *cx, const ScriptPart *part, DetachRow *ret_row,
                       ServerError *ret_error)
{
    static const RowField fields[] = {ROW_BOOL("attached", DetachRow, attached),
                                      ROW_BOOL("pending", DetachRow, pending)};
    const char *table = NULL, *partition = NULL;
    if (!apply_find_object(cx, part, &part->statement->table, &table, ret_error) ||
        !apply_find_object(cx, part, &part->statement->object, &partition, ret_error)) {
        return false;
    }
    const char *sql =
        arena_printf(cx->arena,
                     "SELECT pg_catalog.count(*) OPERATOR(pg_catalog.>) 0 AS attached, "
                     "COALESCE(pg_catalog.bool_or(inhdetachpending), false) AS pending "
                     "FROM pg_catalog.pg_inherits WHERE "
                     "inhparent OPERATOR(pg_catalog.=) ANY (%s::pg_catalog.oid[]) "
                     "AND inhrelid OPERATOR(pg_catalog.=) ANY (%s::pg_catalog.oid[])",
                     quote_text(cx->arena, table), quote_text(cx->arena, partition));
    const RowQuestion question = {cx->arena, cx->session, {.sql = sql}, ROW_FIELDS(fields), true};
    return row_ask(&question, ret_error, ret_row, NULL);
}

/* FINALIZE takes ACCESS EXCLUSIVE on the partition: briefly or not at all, like a transaction. */
static bool finalize(ApplyCx *cx, const ScriptPart *part, ServerError *ret_error)
{
    const ScriptName *table = &part->statement->table, *partition = &part->statement->object;
    const char *name = quote_qualified(cx->arena, partition->schema, partition->name);
    const SessionScript script = {
        .text = arena_printf(cx->arena, "ALTER TABLE %s DETACH PARTITION %s FINALIZE",
                             quote_qualified(cx->arena, table->schema, table->name), name),
        .settings = arena_printf(cx->arena, "SET LOCAL lock_timeout = %llu;\n%s",
                                 (unsigned long long)cx->lock_timeout_ms,
                                 script_part_settings(cx->arena, cx->script, part)),
        .behind = ""};
    progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_CLEANED,
                                                   .migration = cx->migration->name,
                                                   .detail = name});
    const uint64_t started = guard_now_ms();
    for (unsigned attempt = 0; !session_run_script(cx->session, &script, ret_error); attempt++) {
        session_rollback(cx->session);
        if (ret_error->connection_lost || !guard_is_lock_failure(ret_error->sqlstate) ||
            guard_now_ms() - started > GUARD_RETRY_BUDGET_MS ||
            !guard_sleep(guard_pause(attempt), cx->options->retry.interrupted)) {
            return false;
        }
    }
    return true;
}

bool apply_detach(ApplyCx *cx, const ScriptPart *part, bool resuming, ServerError *ret_error)
{
    const SessionScript script = {.text = script_part_text(cx->arena, cx->script, part),
                                  .settings = apply_alone_settings(cx, part),
                                  .alone = true};
    DetachRow row = {.attached = true};
    if (resuming && !ask_detach(cx, part, &row, ret_error)) {
        return false;
    }
    if (row.pending) {
        return finalize(cx, part, ret_error);
    }
    return !row.attached || session_run_script(cx->session, &script, ret_error);
}
