/*
 * apply_violators.c - which rows break a check, when the server says only that some do.
 *
 * A check that is added without looking and validated later fails with its name alone (SQLSTATE
 * 23514 without a detail), and a check of a plan's own means nothing to whoever has to mend the
 * rows. A few are shown, as the server writes a row. Asked under the trusted path: the server
 * prints the condition so that it means there what it means in the check. Only of the table that
 * the server names: its children's rows are not the check's where it is not inherited. A table that
 * would run a stranger's code is left alone. The failure is not recorded yet, so what is in the way
 * of the answer is not waited for.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/history/strangers.h"
#include "runtime/script/quote.h"

enum { SHOWN_MAX = 3 };

static const char check_violation[] = "23514";

/* A check may call what writes, too. */
static const char sql_begin[] = "BEGIN READ ONLY";
static const char sql_limits[] = "SELECT pg_catalog.set_config('lock_timeout', '1s', true), "
                                 "pg_catalog.set_config('statement_timeout', '10s', true)";

static const char sql_condition[] =
    "SELECT pg_catalog.pg_get_expr(c.conbin, c.conrelid) FROM pg_catalog.pg_constraint AS c "
    "WHERE c.contype OPERATOR(pg_catalog.=) 'c'::pg_catalog.\"char\" "
    "AND c.conname OPERATOR(pg_catalog.=) $2::pg_catalog.name "
    "AND c.conrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)::pg_catalog.oid";

/* The check's condition; NULL: it is not there (its script was rolled back), or not to be read. */
static const char *condition_of(const ApplyCx *cx, const char *table, const char *constraint)
{
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    const char *const params[] = {table, constraint};
    const char *found = NULL;
    Result *result = NULL;
    if (session_query(cx->session, (Query){sql_condition, params, lengthof(params)}, ignored,
                      &result) &&
        result_rows(result) == 1 && result_text(result, 0, 0) != NULL) {
        found = arena_strdup(cx->arena, result_text(result, 0, 0));
    }
    result_free(result);
    return found;
}

/* NULL: none are to be seen. */
static const char *rows_of(const ApplyCx *cx, const char *table, const char *condition)
{
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    const char *sql =
        arena_printf(cx->arena,
                     "SELECT pg_catalog.left(ROW(t.*)::pg_catalog.text, 120) FROM ONLY %s AS t "
                     "WHERE NOT (%s) LIMIT %d",
                     table, condition, SHOWN_MAX);
    StrBuf out = strbuf_new(STRBUF_MAX);
    Result *result = NULL;
    if (session_query(cx->session, (Query){.sql = sql}, ignored, &result)) {
        for (size_t i = 0; i < result_rows(result); i++) {
            const char *row = result_text(result, i, 0);
            strbuf_printf(&out, "%s%s", i == 0 ? "" : ", ", row == NULL ? "?" : row);
        }
    }
    result_free(result);
    const char *rows = strbuf_take(&out, cx->arena);
    return rows[0] == '\0' ? NULL : rows;
}

const char *apply_violators(const ApplyCx *cx, const ServerError *error)
{
    if (strcmp(error->sqlstate, check_violation) != 0 || error->table[0] == '\0' ||
        error->detail[0] != '\0') {
        return NULL;
    }
    const char *table = quote_qualified(cx->arena, error->schema, error->table);
    const char *rows = NULL;
    ServerError ignored;
    Result *limits = NULL;
    if (session_control(cx->session, sql_begin, &ignored) &&
        session_ask(cx->session, (Query){.sql = sql_limits}, &ignored, &limits) &&
        strangers_let_read(cx->arena, cx->session, error->schema, error->table)) {
        const char *condition = condition_of(cx, table, error->constraint);
        rows = condition == NULL ? NULL : rows_of(cx, table, condition);
    }
    session_rollback(cx->session);
    result_free(limits);
    return rows;
}
