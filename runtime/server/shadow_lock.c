#include "base/common.h"

#include "runtime/server/shadow_lock.h"

#include <string.h>
#include <time.h>

#include "introspect/session/rows.h"

enum { WAIT_S = 60, POLL_MS = 100 };

typedef struct LockRow {
    char locked;        /* t, f, or 0: not tried */
    const char *holder; /* who has it; NULL: nobody now */
} LockRow;

static bool try_lock(Arena *arena, Session *session, Diagnostics *diags, LockRow *ret_row)
{
    static const char sql[] =
        "SELECT CASE WHEN pg_backend_pid() = $1::int OR $2 = 'direct' THEN "
        "pg_try_advisory_lock(72707369) END AS locked, (SELECT min(format('`%s` (pid %s, role "
        "`%s`)', coalesce(nullif(a.application_name, ''), 'an unnamed application'), l.pid, "
        "coalesce(a.usename, '?'))) FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid) WHERE "
        "l.locktype = 'advisory' AND l.classid = 0 AND l.objid = 72707369 AND l.objsubid = 1 AND "
        "l.granted AND l.pid <> pg_backend_pid() AND l.database = (SELECT oid FROM pg_database "
        "WHERE datname = current_database())) AS holder";
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
        if (tries * POLL_MS >= WAIT_S * 1000) {
            diag_report(diags, DIAG_SHADOW_HELD, span_none(), url_display(arena, info),
                        diag_number(diags, WAIT_S), who);
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
