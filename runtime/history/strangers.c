/*
 * strangers.c - the question, asked where a table of the history is another role's or has triggers,
 * and what is said.
 */
#include "base/common.h"

#include "runtime/history/strangers.h"

#include "introspect/session/rows.h"
#include "runtime/history/history.h"
#include "runtime/history/strangers_query.inc"

static const RowField fields[] = {
    ROW_TEXT("role", Stranger, role),     ROW_TEXT("relation", Stranger, relation),
    ROW_TEXT("why", Stranger, why),       ROW_TEXT_OR_NULL("owned", Stranger, owned),
    ROW_BOOL("writes", Stranger, writes), ROW_BOOL("of_stranger", Stranger, of_stranger),
};

static bool ask(Arena *arena, Session *session, const char *const *params, size_t param_count,
                Diagnostics *diags, Stranger *ret_stranger, bool *ret_found)
{
    const Query query = {strangers_sql, params, param_count};
    const RowQuestion question = {arena, session, query, ROW_FIELDS(fields), false};
    ret_stranger->schema = params[0];
    return row_query(&question, diags, ret_stranger, ret_found);
}

bool strangers_find(Arena *arena, Session *session, const char *const *params, size_t param_count,
                    Diagnostics *diags, const Stranger **ret_stranger)
{
    Stranger *stranger = arena_make(arena, Stranger);
    bool found = false;
    if (!ask(arena, session, params, param_count, diags, stranger, &found)) {
        return false;
    }
    if (found && !stranger->writes) {
        strangers_report(stranger, diags);
        return false;
    }
    *ret_stranger = found ? stranger : NULL;
    return true;
}

typedef struct OwnerRow {
    bool of_stranger;
} OwnerRow;

/* Mostly the cheap question is all. */
bool strangers_let_read(Arena *arena, Session *session, const char *schema, const char *relation)
{
    static const char sql[] =
        "SELECT NOT pg_catalog.pg_has_role(c.relowner, SESSION_USER, 'MEMBER') AS of_stranger "
        "FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass("
        "pg_catalog.format('%I.%I', $1::pg_catalog.text, $2::pg_catalog.text))::pg_catalog.oid";
    static const RowField owner[] = {ROW_BOOL("of_stranger", OwnerRow, of_stranger)};
    const char *const params[] = {schema, relation, relation};
    const RowQuestion question = {arena, session, {sql, params, 2}, ROW_FIELDS(owner), false};
    Diagnostics *silent = diagnostics_new(arena, sources_new(arena));
    OwnerRow row = {0};
    Stranger stranger = {0};
    bool there = false, found = false;
    if (!row_query(&question, silent, &row, &there)) {
        return false;
    }
    return !there || !row.of_stranger ||
           (ask(arena, session, params, lengthof(params), silent, &stranger, &found) &&
            (!found || stranger.writes));
}

/* A table that is given away keeps what it runs, so the remedy is about that. */
void strangers_report(const Stranger *stranger, Diagnostics *diags)
{
    const char *as_owner = arena_printf(diags->arena, "run as `%s`", stranger->role);
    const char *given =
        stranger->owned == NULL
            ? "see to it that roles you trust own all that runs by it"
            : arena_printf(diags->arena, "give it to a role you trust: `%s`", stranger->owned);
    const char *remedy = !stranger->of_stranger ? given
                         : stranger->owned == NULL
                             ? as_owner
                             : arena_printf(diags->arena, "%s, or %s", as_owner, given);
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
