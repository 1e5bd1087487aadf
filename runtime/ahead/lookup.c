#include "base/common.h"

#include "runtime/ahead/lookup.h"

#include "base/strbuf.h"
#include "introspect/session/session.h"
#include "runtime/script/quote.h"

char *lookup_relations(Arena *arena, Session *session, const ScriptNameList *names,
                       Diagnostics *diags)
{
    static const char sql[] =
        "SELECT pg_catalog.array_agg(pg_catalog.to_regclass(n)::pg_catalog.oid) "
        "FROM pg_catalog.unnest($1::pg_catalog.text[]) AS n";
    ServerError error;
    Result *result = NULL;
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const ScriptName, name, names) {
        strbuf_printf(&out, "%s%s", out.len == 0 ? "{" : ",",
                      quote_element(arena, quote_qualified(arena, name->schema, name->name)));
    }
    const char *array = arena_printf(arena, "%s}", out.len == 0 ? "{" : strbuf_text(&out));
    strbuf_dispose(&out);
    const Query query = {.sql = sql, .params = &array, .param_count = 1};
    if (!session_enter_script(session, NULL, &error) ||
        !session_ask_there(session, query, &error, &result)) {
        session_report(session, &error, diags);
        return NULL;
    }
    const char *oids = result_text(result, 0, 0);
    char *copy = arena_strdup(arena, oids == NULL ? "{}" : oids);
    result_free(result);
    return copy;
}

/* --- expressions --- */

/* Objects that others than those trusted have made, as the server describes them. */
static const char look[] =
    "SELECT pg_catalog.pg_get_viewdef('pg_temp.bellows_fill'::pg_catalog.regclass), "
    "(SELECT pg_catalog.min(pg_catalog.concat(pg_catalog.pg_describe_object(u.class, u.object, 0), "
    "' belongs to ', pg_catalog.pg_get_userbyid(u.owner)) COLLATE pg_catalog.\"C\") FROM ("
    "SELECT d.refclassid AS class, d.refobjid AS object, COALESCE("
    "(SELECT p.proowner FROM pg_catalog.pg_proc AS p WHERE p.oid OPERATOR(pg_catalog.=) d.refobjid "
    "AND d.refclassid OPERATOR(pg_catalog.=) 1255::pg_catalog.oid), "
    "(SELECT o.oprowner FROM pg_catalog.pg_operator AS o WHERE o.oid OPERATOR(pg_catalog.=) "
    "d.refobjid AND d.refclassid OPERATOR(pg_catalog.=) 2617::pg_catalog.oid), "
    "(SELECT t.typowner FROM pg_catalog.pg_type AS t WHERE t.oid OPERATOR(pg_catalog.=) "
    "d.refobjid AND d.refclassid OPERATOR(pg_catalog.=) 1247::pg_catalog.oid), "
    "(SELECT c.collowner FROM pg_catalog.pg_collation AS c WHERE c.oid OPERATOR(pg_catalog.=) "
    "d.refobjid AND d.refclassid OPERATOR(pg_catalog.=) 3456::pg_catalog.oid)) AS owner "
    "FROM pg_catalog.pg_depend AS d, pg_catalog.pg_rewrite AS r "
    "WHERE d.classid OPERATOR(pg_catalog.=) 2618::pg_catalog.oid "
    "AND d.objid OPERATOR(pg_catalog.=) r.oid "
    "AND r.ev_class OPERATOR(pg_catalog.=) "
    "'pg_temp.bellows_fill'::pg_catalog.regclass::pg_catalog.oid "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS e WHERE e.classid OPERATOR(pg_catalog.=) "
    "d.refclassid AND e.objid OPERATOR(pg_catalog.=) d.refobjid "
    "AND e.deptype OPERATOR(pg_catalog.=) 'e'::pg_catalog.\"char\")) AS u "
    "WHERE u.owner IS NOT NULL AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS a "
    "WHERE a.oid OPERATOR(pg_catalog.=) u.owner AND (a.rolsuper "
    "OR a.rolname OPERATOR(pg_catalog.=) CURRENT_USER "
    "OR EXISTS (SELECT FROM pg_catalog.pg_database AS b WHERE b.datname OPERATOR(pg_catalog.=) "
    "pg_catalog.current_database() AND b.datdba OPERATOR(pg_catalog.=) a.oid) "
    "OR EXISTS (SELECT FROM pg_catalog.pg_class AS k WHERE k.oid OPERATOR(pg_catalog.=) "
    "pg_catalog.to_regclass($1)::pg_catalog.oid AND k.relowner OPERATOR(pg_catalog.=) a.oid))))";

static bool ask(Session *session, const char *sql, ServerError *ret_error)
{
    Result *result = NULL;
    const bool ok = session_ask_there(session, (Query){.sql = sql}, ret_error, &result);
    result_free(ok ? result : NULL);
    return ok;
}

static bool look_up(Arena *arena, Session *session, const char *select, const char *table,
                    ServerError *ret_error, Result **ret_result)
{
    const char *view =
        arena_printf(arena, "CREATE TEMPORARY VIEW pg_temp.bellows_fill AS %s", select);
    const Query query = {.sql = look, .params = &table, .param_count = 1};
    return session_enter_script(session, NULL, ret_error) &&
           session_control(session, "BEGIN READ WRITE", ret_error) &&
           ask(session, view, ret_error) && ask(session, "SET LOCAL search_path = ''", ret_error) &&
           session_ask_there(session, query, ret_error, ret_result);
}

bool lookup_expression(Arena *arena, Session *session, const char *select, const char *table,
                       Diagnostics *diags, const char **ret_definition, const char **ret_why)
{
    ServerError error;
    Result *result = NULL;
    *ret_definition = *ret_why = NULL;
    if (!look_up(arena, session, select, table, &error, &result)) {
        if (error.connection_lost || error.interrupted) {
            session_report(session, &error, diags);
            return false;
        }
        *ret_why = arena_printf(arena, "the server says: %s", error.message);
    } else {
        const char *definition = result_text(result, 0, 0), *others = result_text(result, 0, 1);
        others = others == NULL && definition == NULL ? "the server does not say" : others;
        *ret_definition = others != NULL ? NULL : arena_strdup(arena, definition);
        *ret_why = others == NULL ? NULL : arena_strdup(arena, others);
        result_free(result);
    }
    session_rollback(session);
    return true;
}
