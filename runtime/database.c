#include "base/common.h"

#include "runtime/database.h"

#include "base/strbuf.h"

enum { STATEMENT_LIMIT = 4096 };

/* "name" with quotes doubled; runtime writes no other identifier by hand. */
static void add_identifier(StrBuf *out, const char *name)
{
    strbuf_char(out, '"');
    for (const char *at = name; *at != '\0'; at++) {
        if (*at == '"') {
            strbuf_char(out, '"');
        }
        strbuf_char(out, *at);
    }
    strbuf_char(out, '"');
}

static bool run_with_name(Session *session, const char *statement, const char *name,
                          Diagnostics *diags)
{
    StrBuf sql = strbuf_new(STATEMENT_LIMIT);
    strbuf_add(&sql, statement);
    add_identifier(&sql, name);
    bool ok = session_run(session, strbuf_text(&sql), diags);
    strbuf_dispose(&sql);
    return ok;
}

static bool create_database(const ConnInfo *info, const SessionOptions *options, Diagnostics *diags)
{
    Session *session = NULL;
    if (!session_open_maintenance(info, options, diags, &session)) {
        return false;
    }
    bool ok = run_with_name(session, "CREATE DATABASE ", conninfo_get(info, "dbname"), diags);
    session_close(session);
    return ok;
}

static bool only_says_missing(const Diagnostics *attempt)
{
    return attempt->items.count == 1 && attempt->items.items[0]->code == DIAG_NO_DATABASE;
}

bool database_create_schema(Session *session, const char *schema, Diagnostics *diags)
{
    Result *result = NULL;
    Query query = {"SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", &schema, 1};
    if (!session_query(session, query, diags, &result)) {
        return false;
    }
    bool exists = result_rows(result) > 0;
    result_free(result);
    return exists || run_with_name(session, "CREATE SCHEMA ", schema, diags);
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
        if (!create_database(info, &options->session, diags) ||
            !session_open(info, &options->session, diags, &session)) {
            return false;
        }
        created = true;
    }
    if (options->create && info->schema != NULL &&
        !database_create_schema(session, info->schema, diags)) {
        session_close(session);
        return false;
    }
    if (ret_created != NULL) {
        *ret_created = created;
    }
    *ret_session = session;
    return true;
}
