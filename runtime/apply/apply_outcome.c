/*
 * apply_outcome.c - whose fault an error is, and what became of a script whose connection is gone.
 *
 * A server that lost its client works on: it may commit a minute later. So the answer is not looked
 * for in the history alone: a new session waits until the old one's backend is gone, and then reads
 * what it left. Where that does not come to an end in time, the outcome is not known yet, and said
 * so. Source: PostgreSQL manual, "PostgreSQL Error Codes".
 */
#include "base/common.h"

#include <string.h>

#include "introspect/session/rows.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/script/quote.h"

enum {
    RECONNECT_MS = 15000, /* a server that restarts is back by then */
    BACKEND_MS = 60000,   /* for the old backend to end */
    LOOK_MS = 300,
};

/* --- whose fault --- */

/* Beginnings of SQLSTATEs for which no statement is to blame: connections, resources, operators,
 * time-outs of the role, locks, serialisation, a server that takes no changes. */
static const char *const states_of_world[] = {
    "08", "53", "57P", "57014", "25006", "25P03", "25P04", "40001", "40P01", "55P03", "58030",
};

bool apply_is_failure_of_world(const ServerError *error)
{
    for (size_t i = 0; i < lengthof(states_of_world); i++) {
        if (strncmp(states_of_world[i], error->sqlstate, strlen(states_of_world[i])) == 0) {
            return true;
        }
    }
    return error->connection_lost || error->interrupted || error->timed_out || error->malformed;
}

/* How many results the server tells of the part before ours: what is blanked out has none. */
static size_t results_of(const ParsedScript *script, const ScriptPart *part)
{
    size_t count = 0;
    vec_each(const ScriptStatement, at, &script->statements) {
        const bool blank = at->kind == STATEMENT_BEGIN || at->kind == STATEMENT_COMMIT;
        count += at->start >= part->start && at->end <= part->end && !blank;
    }
    return count;
}

bool apply_is_of_history(const ApplyCx *cx, const ScriptPart *part, const ServerError *error)
{
    enum { RESETS = 2 }; /* of authorization and role, behind the script */
    const char *table = error->table != NULL ? error->table : ""; /* no server has spoken */
    const bool refused =
        strncmp(error->sqlstate, "42", 2) == 0 || strncmp(error->sqlstate, "22", 2) == 0;
    const bool ours =
        strcmp(table, "_prisma_migrations") == 0 || strcmp(table, "_bellows_progress") == 0;
    return cx->script->readable && error->statement > results_of(cx->script, part) + RESETS &&
           (refused || ours);
}

/* --- the old backend --- */

static Session *reconnect(ApplyCx *cx)
{
    const SessionOptions options = {.interrupted = cx->options->retry.interrupted};
    const uint64_t started = guard_now_ms();
    Session *session = NULL;
    while (guard_now_ms() - started < RECONNECT_MS) {
        Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
        if (session_open(session_info(cx->session), &options, ignored, &session)) {
            return session;
        }
        if (!guard_sleep(LOOK_MS, cx->options->retry.interrupted)) {
            return NULL;
        }
    }
    return NULL;
}

typedef struct AliveRow {
    bool alive;
} AliveRow;

/* A pid may be given to somebody else: a backend of ours works on this database as this role. */
static bool ask_alive(ApplyCx *cx, Session *session, bool *ret_alive)
{
    static const RowField fields[] = {ROW_BOOL("alive", AliveRow, alive)};
    static const char sql[] =
        "SELECT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid::text = $1 "
        "AND a.datname = current_database() AND a.usename = session_user) AS alive";
    const char *pid = arena_printf(cx->arena, "%d", session_backend_pid(cx->session));
    const RowQuestion question = {cx->arena, session, {sql, &pid, 1}, ROW_FIELDS(fields), false};
    ServerError ignored;
    AliveRow row;
    if (!row_ask(&question, &ignored, &row, NULL)) {
        return false;
    }
    *ret_alive = row.alive;
    return true;
}

/* A session to ask once the old backend is gone; NULL: that did not come. A server that falls down
 * meanwhile takes the old backend with it. */
static Session *outlive(ApplyCx *cx)
{
    const uint64_t started = guard_now_ms();
    bool alive = true;
    Session *session = reconnect(cx);
    while (session != NULL && alive) {
        if (!ask_alive(cx, session, &alive)) {
            session_close(session);
            session = reconnect(cx);
        }
        const bool late = guard_now_ms() - started > BACKEND_MS;
        if (session != NULL && alive &&
            (late || !guard_sleep(LOOK_MS, cx->options->retry.interrupted))) {
            session_close(session);
            return NULL;
        }
    }
    return session;
}

/* --- what it left --- */

static const char not_known[] =
    "whether it was applied is not known yet: the server did not tell; run `bellows migrate "
    "status` once the server is at rest";

typedef struct PartsRow {
    int32_t parts_done;
} PartsRow;

/* -1: no position is stored. */
static int32_t ask_parts(ApplyCx *cx, Session *session)
{
    static const RowField fields[] = {ROW_INT("parts_done", PartsRow, parts_done)};
    const char *sql =
        arena_printf(cx->arena, "SELECT parts_done FROM %s WHERE migration_name = %s",
                     apply_progress_table(cx), quote_text(cx->arena, cx->migration->name));
    const RowQuestion question = {cx->arena, session, {.sql = sql}, ROW_FIELDS(fields), false};
    ServerError ignored;
    PartsRow row = {-1};
    bool found = false;
    return row_ask(&question, &ignored, &row, &found) && found ? row.parts_done : -1;
}

static const char *outcome_of_steps(ApplyCx *cx, Session *session, const ScriptPartList *parts)
{
    const int32_t done = ask_parts(cx, session);
    return done < 0 ? not_known
                    : arena_printf(cx->arena,
                                   "%d of its %zu parts are applied and stay; `bellows migrate "
                                   "deploy` continues behind them",
                                   (int)done, parts->count);
}

const char *apply_learn_outcome(ApplyCx *cx, const ScriptPartList *parts)
{
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    bool finished = false;
    progress_report(cx->progress,
                    &(ProgressEvent){.kind = PROGRESS_OUTCOME, .migration = cx->migration->name});
    Session *session = outlive(cx);
    const bool known = session != NULL &&
                       history_is_finished(session, cx->history, cx->start.id, ignored, &finished);
    const char *outcome = !known          ? not_known
                          : finished      ? "it was applied and recorded"
                          : parts == NULL ? "nothing of it was applied"
                                          : outcome_of_steps(cx, session, parts);
    session_close(session);
    return outcome;
}
