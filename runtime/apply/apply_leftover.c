/*
 * apply_leftover.c - what a broken-off CREATE INDEX without a name or REINDEX, both CONCURRENTLY,
 * has left behind: found, and cleared away.
 *
 * The server names what these make (`A_id_idx1`, `ai_ccnew`, `ai_ccold2`), so a name tells nothing.
 * Before the first try the indexes that are there already are noted in the position: those are
 * never ours. What came since, fits the statement and is not valid is a leftover, unless somebody
 * is at work on its table: that is waited for. Source: PostgreSQL manual, "Rebuilding Indexes
 * Concurrently".
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/script/quote.h"

enum { BUSY_POLL_MS = 500 };

bool apply_makes_unnamed_indexes(const ScriptStatement *statement)
{
    return statement->kind == STATEMENT_REINDEX ||
           (statement->kind == STATEMENT_BUILD_INDEX && statement->object.name == NULL);
}

/* --- which tables --- */

static const ScriptName *scope_name(const ScriptStatement *statement)
{
    return statement->kind == STATEMENT_BUILD_INDEX ? &statement->table : &statement->object;
}

/* The oids of the tables a statement works on. An index stands for its table, a table for its
 * partitions. */
static bool make_scope(ApplyCx *cx, const ScriptPart *part, const char **ret_sql,
                       ServerError *ret_error)
{
    const ScriptName *object = scope_name(part->statement);
    const char *oids = NULL;
    if (object->name == NULL) {
        *ret_sql = object->schema == NULL
                       ? "SELECT oid FROM pg_class"
                       : arena_printf(cx->arena,
                                      "SELECT c.oid FROM pg_class c JOIN pg_namespace n "
                                      "ON n.oid = c.relnamespace WHERE n.nspname = %s",
                                      quote_text(cx->arena, object->schema));
        return true;
    }
    if (!apply_find_object(cx, part, object, &oids, ret_error)) {
        return false;
    }
    *ret_sql = arena_printf(cx->arena,
                            "WITH named AS (SELECT coalesce(i.indrelid, r.oid) AS oid "
                            "FROM unnest(%s::oid[]) AS r (oid) "
                            "LEFT JOIN pg_index i ON i.indexrelid = r.oid) "
                            "SELECT oid FROM named UNION SELECT t.relid::oid FROM named, "
                            "LATERAL pg_partition_tree(named.oid::regclass) AS t",
                            quote_text(cx->arena, oids));
    return true;
}

/* --- what is there before --- */

typedef struct KnownRow {
    const char *known;
} KnownRow;

bool apply_leftover_note(ApplyCx *cx, const ScriptPart *part, const char **ret_known,
                         ServerError *ret_error)
{
    static const RowField fields[] = {ROW_TEXT("known", KnownRow, known)};
    const char *scope = "SELECT NULL::oid";
    if (part->statement->kind == STATEMENT_BUILD_INDEX &&
        !make_scope(cx, part, &scope, ret_error)) {
        return false;
    }
    const char *sql =
        arena_printf(cx->arena,
                     "UPDATE %s SET position = ARRAY['0'] || ARRAY(SELECT i.indexrelid::text "
                     "FROM pg_index i WHERE NOT i.indisvalid OR i.indrelid IN (%s)) "
                     "WHERE migration_name = %s RETURNING position::text AS known",
                     apply_progress_table(cx), scope, quote_text(cx->arena, cx->migration->name));
    const RowQuestion question = {cx->arena, cx->session, {.sql = sql}, ROW_FIELDS(fields), false};
    KnownRow row;
    if (!row_ask(&question, ret_error, &row, NULL)) {
        return false;
    }
    *ret_known = row.known;
    return true;
}

/* --- what has come since --- */

/* The conditions on an index `i` named `c` by which it can be of the statement. */
static const char *sql_fits(const ApplyCx *cx, const ScriptStatement *statement)
{
    if (statement->kind == STATEMENT_REINDEX) {
        return "NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'";
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    const ScriptIndexShape *shape = statement->shape;
    strbuf_printf(&out, "i.indisunique = %s AND i.indnkeyatts = %zu AND a.amname = %s",
                  shape->unique ? "true" : "false", shape->columns.count,
                  quote_text(cx->arena, shape->method));
    for (size_t i = 0; i < shape->columns.count; i++) {
        const char *column = shape->columns.items[i];
        if (column[0] != '\0') {
            strbuf_printf(&out,
                          " AND pg_get_indexdef(i.indexrelid, %zu, false) = "
                          "quote_ident(%s)",
                          i + 1, quote_text(cx->arena, column));
        }
    }
    return strbuf_take(&out, cx->arena);
}

/* Somebody who builds or rebuilds an index holds SHARE UPDATE EXCLUSIVE on its table to the end;
 * others' progress is not for everybody to see, their locks are. */
static const char *sql_found(const ApplyCx *cx, const ScriptStatement *statement, const char *scope,
                             const char *known)
{
    return arena_printf(
        cx->arena,
        "WITH scope AS (%s) SELECT n.nspname AS schema, c.relname AS name, i.indisvalid AS valid, "
        "EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'relation' "
        "AND l.relation IN (i.indrelid, i.indexrelid) AND l.granted "
        "AND l.pid <> pg_backend_pid() AND l.database = (SELECT d.oid "
        "FROM pg_database d WHERE d.datname = current_database()) "
        "AND l.mode IN ('ShareUpdateExclusiveLock', 'AccessExclusiveLock')) AS busy "
        "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_am a ON a.oid = c.relam "
        "WHERE NOT i.indexrelid = ANY (%s::oid[]) AND i.indrelid IN (SELECT s.oid "
        "FROM scope s UNION SELECT t.reltoastrelid FROM pg_class t "
        "JOIN scope s ON s.oid = t.oid) AND %s ORDER BY i.indisvalid DESC, busy DESC, c.oid "
        "LIMIT 1",
        scope, quote_text(cx->arena, known), sql_fits(cx, statement));
}

typedef struct FoundRow {
    const char *schema, *name;
    bool valid, busy;
} FoundRow;

/* Its own table's lock was ours to wait for; toast indexes have no other way either. */
static bool drop_found(ApplyCx *cx, const FoundRow *found, ServerError *ret_error)
{
    return apply_drop_leftover(cx, quote_qualified(cx->arena, found->schema, found->name),
                               ret_error);
}

bool apply_leftover_clear(ApplyCx *cx, const ScriptPart *part, const char *known, bool *ret_done,
                          ServerError *ret_error)
{
    const char *scope = NULL;
    static const RowField fields[] = {
        ROW_TEXT("schema", FoundRow, schema),
        ROW_TEXT("name", FoundRow, name),
        ROW_BOOL("valid", FoundRow, valid),
        ROW_BOOL("busy", FoundRow, busy),
    };
    if (!make_scope(cx, part, &scope, ret_error)) {
        return false;
    }
    const char *sql = sql_found(cx, part->statement, scope, known);
    const RowQuestion question = {cx->arena, cx->session, {.sql = sql}, ROW_FIELDS(fields), false};
    *ret_done = false;
    while (true) {
        FoundRow row;
        bool found = false;
        if (!row_ask(&question, ret_error, &row, &found)) {
            return false;
        }
        if (!found || row.valid) {
            *ret_done = found;
            return true;
        }
        if (row.busy && !guard_sleep(BUSY_POLL_MS, cx->options->retry.interrupted)) {
            *ret_error = (ServerError){.interrupted = true, .message = ""};
            return false;
        }
        if (!row.busy && !drop_found(cx, &row, ret_error)) {
            return false;
        }
    }
}
