#include "base/common.h"

#include "runtime/undo/development.h"

#include "runtime/script/quote.h"

static const char mark[] = "bellows: applied by migrate dev";

bool development_is(Arena *arena, Session *session, const History *history)
{
    static const char sql[] =
        "SELECT 1 FROM pg_catalog.pg_description AS d "
        "WHERE d.classoid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass "
        "AND d.objoid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)::pg_catalog.oid "
        "AND d.objsubid OPERATOR(pg_catalog.=) 0 AND d.description OPERATOR(pg_catalog.=) $2";
    const char *const params[] = {history->table, mark};
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    Result *result = NULL;
    if (!session_query(session, (Query){sql, params, 2}, ignored, &result)) {
        return false;
    }
    const bool is = result_rows(result) > 0;
    result_free(result);
    return is;
}

void development_note(Arena *arena, Session *session, const History *history, bool development)
{
    ServerError ignored;
    if (development_is(arena, session, history) != development) {
        const char *sql = arena_printf(arena, "COMMENT ON TABLE %s IS %s", history->table,
                                       development ? quote_text(arena, mark) : "NULL");
        (void)!session_execute(session, sql, &ignored);
    }
}
