/*
 * strangers.c - the question, asked where a table of the history is another role's, and what is
 * said.
 */
#include "base/common.h"

#include "runtime/history/strangers.h"

#include "introspect/session/rows.h"
#include "runtime/history/history.h"
#include "runtime/history/strangers_query.inc"

static const RowField fields[] = {
    ROW_TEXT("role", Stranger, role),     ROW_TEXT("relation", Stranger, relation),
    ROW_TEXT("why", Stranger, why),       ROW_TEXT_OR_NULL("owned", Stranger, owned),
    ROW_BOOL("writes", Stranger, writes),
};

bool strangers_find(Arena *arena, Session *session, const char *const *params, size_t param_count,
                    Diagnostics *diags, const Stranger **ret_stranger)
{
    const Query query = {strangers_sql, params, param_count};
    const RowQuestion question = {arena, session, query, ROW_FIELDS(fields), false};
    Stranger *stranger = arena_make(arena, Stranger);
    bool found = false;
    stranger->schema = params[0];
    if (!row_query(&question, diags, stranger, &found)) {
        return false;
    }
    if (found && !stranger->writes) {
        strangers_report(stranger, diags);
        return false;
    }
    *ret_stranger = found ? stranger : NULL;
    return true;
}

/* A table that is given away keeps what it runs, so the remedy is about that. */
void strangers_report(const Stranger *stranger, Diagnostics *diags)
{
    const char *as_owner = arena_printf(diags->arena, "run as `%s`", stranger->role);
    const char *remedy =
        stranger->owned == NULL
            ? as_owner
            : arena_printf(diags->arena, "%s, or give it to a role you trust: `%s`", as_owner,
                           stranger->owned);
    diag_report(diags, DIAG_HISTORY_STRANGER, span_none(), stranger->schema, stranger->relation,
                stranger->role, stranger->why, stranger->writes ? "written" : "read", remedy);
}

bool history_may_write(const History *history, Diagnostics *diags)
{
    if (history->stranger != NULL) {
        strangers_report(history->stranger, diags);
    }
    return history->stranger == NULL;
}
