#include "base/common.h"

#include "runtime/apply/destructive.h"

#include <stdlib.h>
#include <string.h>

#include "introspect/session/session.h"
#include "runtime/history/strangers.h"
#include "runtime/lock/guard.h"
#include "runtime/script/script.h"

/* To look at a table must not run what a stranger has made of it (docs/decisions/0038). */
static bool may_look(Arena *arena, Session *session, const char *query)
{
    Diagnostics *silent = diagnostics_new(arena, sources_new(arena));
    const ParsedScript *script = NULL;
    if (!script_parse(arena, "count.sql", query, strlen(query), silent, &script) ||
        script->touches_anything) {
        return false;
    }
    vec_each(const ScriptName, at, &script->tables) {
        if (at->schema != NULL && !strangers_let_read(arena, session, at->schema, at->name)) {
            return false;
        }
    }
    return true;
}

/* Runs one counting query under what is left of the budget. A failure leaves the hazard uncounted.
 */
static void count_hazard(Arena *arena, Session *session, const char *query, uint64_t left_ms,
                         const Sources *sources, Hazard *hazard)
{
    Sources *places = arena_make(arena, Sources);
    *places = *sources;
    Diagnostics *silent = diagnostics_new(arena, places);
    Result *result = NULL, *limit = NULL;
    const char *timeout =
        arena_printf(arena, "SELECT pg_catalog.set_config('statement_timeout', '%llu', true)",
                     (unsigned long long)left_ms);
    if (!session_begin(session, silent)) {
        return;
    }
    if (session_query(session, (Query){.sql = timeout}, silent, &limit) &&
        session_query(session, (Query){.sql = query}, silent, &result)) {
        const char *rows = result_text(result, 0, 0);
        const char *values = result_text(result, 0, 1);
        hazard->rows = rows == NULL ? HAZARD_UNCOUNTED : strtoll(rows, NULL, 10);
        hazard->values = values == NULL ? HAZARD_UNCOUNTED : strtoll(values, NULL, 10);
        const int column = result_column(result, "sample");
        if (column >= 0) {
            const char *sample = result_text(result, 0, column);
            hazard->sample = sample == NULL ? "" : arena_strdup(arena, sample);
        }
        result_free(result);
    }
    result_free(limit);
    session_rollback(session);
}

bool destructive_count(Arena *arena, Session *session, const Catalog *live,
                       const HazardList *hazards, uint64_t budget_ms, Diagnostics *diags,
                       HazardList *ret_standing)
{
    HazardList standing = {0};
    uint64_t start = guard_now_ms();
    vec_each(Hazard *, at, hazards) {
        const char *query = hazard_query(arena, live, *at);
        uint64_t used = guard_now_ms() - start;
        if (query != NULL && used < budget_ms && may_look(arena, session, query)) {
            count_hazard(arena, session, query, budget_ms - used, diags->sources, *at);
        }
        if (hazard_stands(*at)) {
            vec_push(arena, &standing, *at);
        }
    }
    if (!session_is_alive(session)) {
        /* Say it the way every statement on a lost connection says it. */
        return session_run(session, "SELECT 1", diags);
    }
    *ret_standing = standing;
    return true;
}
