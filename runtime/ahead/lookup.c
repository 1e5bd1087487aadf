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
