#include "base/common.h"

#include "runtime/server/database.h"

#include "runtime/script/quote.h"

static bool create_database(Arena *arena, const ConnInfo *info, const SessionOptions *options,
                            Diagnostics *diags)
{
    Session *session = NULL;
    if (!session_open_maintenance(info, options, diags, &session)) {
        return false;
    }
    ServerError error;
    const char *name = quote_name(arena, conninfo_get(info, "dbname"));
    bool ok = session_control(session, arena_printf(arena, "CREATE DATABASE %s", name), &error);
    if (!ok) {
        session_report(session, &error, diags);
    }
    session_close(session);
    return ok;
}

static bool only_says_missing(const Diagnostics *attempt)
{
    return attempt->items.count == 1 && attempt->items.items[0]->code == DIAG_NO_DATABASE;
}

bool database_create_schema(Arena *arena, Session *session, const char *schema, Diagnostics *diags)
{
    Result *result = NULL;
    const Query query = {
        .sql = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) $1",
        .params = &schema,
        .param_count = 1};
    if (!session_query(session, query, diags, &result)) {
        return false;
    }
    bool exists = result_rows(result) > 0;
    result_free(result);
    return exists ||
           session_run(session, arena_printf(arena, "CREATE SCHEMA %s", quote_name(arena, schema)),
                       diags);
}

bool database_open(Arena *arena, const ConnInfo *info, const DatabaseOptions *options,
                   Diagnostics *diags, Session **ret_session, bool *ret_created)
{
    Session *session = NULL;
    bool created = false;
    Diagnostics *attempt = diagnostics_new(arena, diags->sources);
    if (!session_open(info, &options->session, attempt, &session)) {
        if (!options->create || !only_says_missing(attempt)) {
            diag_merge(diags, attempt);
            return false;
        }
        if (!create_database(arena, info, &options->session, diags) ||
            !session_open(info, &options->session, diags, &session)) {
            return false;
        }
        created = true;
    }
    if (options->create && info->schema != NULL &&
        !database_create_schema(arena, session, info->schema, diags)) {
        session_close(session);
        return false;
    }
    if (ret_created != NULL) {
        *ret_created = created;
    }
    *ret_session = session;
    return true;
}
