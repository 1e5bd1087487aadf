#include "base/common.h"

#include "runtime/ahead/witness.h"

#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/ahead/statements.h"

/* Sessions of one application and role; those of roles that are not to be seen have no start. */
typedef struct Seen {
    const char *application, *role, *count;
    bool hidden;
} Seen;

enum { SEEN_TOLD = 5 };

static const char sessions_sql[] =
    "SELECT CASE WHEN a.application_name OPERATOR(pg_catalog.<>) '' THEN a.application_name "
    "ELSE 'unnamed' END AS application, COALESCE(a.usename::pg_catalog.text, '?') AS role, "
    "pg_catalog.count(*)::pg_catalog.text AS count, a.backend_start IS NULL AS hidden "
    "FROM pg_catalog.pg_stat_activity AS a "
    "WHERE a.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() "
    "AND a.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid() AND a.usename IS NOT NULL "
    "AND (a.backend_start IS NULL OR (a.backend_type OPERATOR(pg_catalog.=) 'client backend' "
    "AND a.backend_start OPERATOR(pg_catalog.<) $1::pg_catalog.timestamptz)) "
    "GROUP BY a.application_name, a.usename, a.backend_start IS NULL "
    "ORDER BY a.backend_start IS NULL, pg_catalog.count(*) DESC, 1, 2";

static void tell_seen(StrBuf *out, const Seen *seen, size_t number)
{
    if (number < SEEN_TOLD) {
        strbuf_printf(out, "%s%s of `%s` (role `%s`)", number == 0 ? "" : ", ", seen->count,
                      seen->application, seen->role);
    } else if (number == SEEN_TOLD) {
        strbuf_add(out, " and others");
    }
}

static char *sentence(Arena *arena, const Gate *gate, const char *list, bool hidden)
{
    const char *program = gate->takes_back ? "the new program" : "the old program";
    if (list[0] == '\0' && !hidden) {
        return arena_printf(arena,
                            "gate `%s`: no session is older than it. That does not prove that %s "
                            "is gone: it may have reconnected, or stand behind a pooler",
                            gate->name, program);
    }
    if (list[0] == '\0') {
        return arena_printf(arena,
                            "gate `%s`: of other roles' sessions nothing is to be seen, so it is "
                            "not known whether %s is gone (pg_read_all_stats lets a role see them)",
                            gate->name, program);
    }
    return arena_printf(arena, "gate `%s`: sessions are older than it, and may be of %s: %s",
                        gate->name, program, list);
}

Witness gate_witness(Arena *arena, Session *session, const Gate *gate)
{
    static const RowField fields[] = {ROW_TEXT("application", Seen, application),
                                      ROW_TEXT("role", Seen, role), ROW_TEXT("count", Seen, count),
                                      ROW_BOOL("hidden", Seen, hidden)};
    const Query query = {.sql = sessions_sql, .params = &gate->reached_at, .param_count = 1};
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    Result *result = NULL;
    Seen seen;
    StrBuf list = strbuf_new(STRBUF_MAX);
    size_t number = 0;
    bool hidden = false;
    if (gate->reached_at == NULL || !session_query(session, query, ignored, &result)) {
        return (Witness){0};
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    while (row_next(&reader, &seen)) {
        hidden |= seen.hidden;
        if (!seen.hidden) {
            tell_seen(&list, &seen, number++);
        }
    }
    result_free(result);
    const char *told = sentence(arena, gate, strbuf_take(&list, arena), hidden);
    const StatementsSeen statements = statements_seen(arena, session, gate);
    return (Witness){.saw = number > 0 || statements.late,
                     .told = statements.told == NULL
                                 ? told
                                 : arena_printf(arena, "%s; %s", told, statements.told)};
}
