#include "base/common.h"

#include "runtime/server/shadow_lock.h"

#include <string.h>
#include <time.h>

#include "introspect/session/rows.h"

enum { WAIT_MS = 60000, POLL_MS = 100 };

typedef struct LockRow {
    char locked;        /* t, f, or 0: not tried */
    const char *holder; /* who has it; NULL: nobody now */
} LockRow;

static bool try_lock(Arena *arena, Session *session, Diagnostics *diags, LockRow *ret_row)
{
    static const char sql[] =
        "SELECT CASE WHEN pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) $1::pg_catalog.int4 "
        "OR $2::pg_catalog.text OPERATOR(pg_catalog.=) 'direct' "
        "THEN pg_catalog.pg_try_advisory_lock(72707369) END AS locked, "
        "(SELECT pg_catalog.min(pg_catalog.format('`%s` (pid %s, role `%s`)', "
        "CASE WHEN a.application_name OPERATOR(pg_catalog.<>) '' THEN a.application_name "
        "ELSE 'an unnamed application' END, l.pid, COALESCE(a.usename, '?'))) "
        "FROM pg_catalog.pg_locks AS l LEFT JOIN pg_catalog.pg_stat_activity AS a "
        "ON a.pid OPERATOR(pg_catalog.=) l.pid "
        "WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' "
        "AND l.classid OPERATOR(pg_catalog.=) 0::pg_catalog.oid "
        "AND l.objid OPERATOR(pg_catalog.=) 72707369::pg_catalog.oid "
        "AND l.objsubid OPERATOR(pg_catalog.=) 1 AND l.granted "
        "AND l.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid() "
        "AND l.database OPERATOR(pg_catalog.=) (SELECT d.oid FROM pg_catalog.pg_database AS d "
        "WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())) AS holder";
    static const RowField fields[] = {ROW_CHAR_OR_NULL("locked", LockRow, locked),
                                      ROW_TEXT_OR_NULL("holder", LockRow, holder)};
    const char *const params[] = {diag_number(diags, session_backend_pid(session)),
                                  session_info(session)->direct ? "direct" : ""};
    const RowQuestion question = {
        arena, session, {sql, params, lengthof(params)}, ROW_FIELDS(fields), false};
    return row_query(&question, diags, ret_row, NULL);
}

/* False when it was interrupted. */
static bool pause(const volatile sig_atomic_t *interrupted)
{
    const struct timespec moment = {.tv_nsec = POLL_MS * 1000000L};
    nanosleep(&moment, NULL);
    return interrupted == NULL || *interrupted == 0;
}

static bool wait_for(Arena *arena, Session *session, const ShadowOptions *options,
                     Diagnostics *diags)
{
    const ConnInfo *info = session_info(session);
    const unsigned wait_ms = options->wait_ms != 0 ? options->wait_ms : WAIT_MS;
    LockRow row;
    for (unsigned tries = 0;; tries++) {
        if (!try_lock(arena, session, diags, &row)) {
            return false;
        }
        if (row.locked != 'f') {
            return true;
        }
        const char *who = row.holder == NULL ? "it has just let go" : row.holder;
        if (tries == 0 && options->waits != NULL) {
            options->waits(options->waits_cx, who);
        }
        if (tries * POLL_MS >= wait_ms) {
            diag_report(diags, DIAG_SHADOW_HELD, span_none(), url_display(arena, info),
                        diag_number(diags, (long long)(wait_ms / 1000)), who);
            return false;
        }
        if (!pause(options->interrupted)) {
            diag_report(diags, DIAG_INTERRUPTED, span_none(), url_display_server(arena, info));
            return false;
        }
    }
}

bool shadow_lock(Arena *arena, const ConnInfo *info, const ShadowOptions *options,
                 Diagnostics *diags, Session **ret_holder)
{
    const SessionOptions opening = {.interrupted = options->interrupted};
    Session *session = NULL;
    if (!session_open(info, &opening, diags, &session)) {
        return false;
    }
    if (!wait_for(arena, session, options, diags)) {
        session_close(session);
        return false;
    }
    *ret_holder = session;
    return true;
}
