/*
 * guard.c - the advisory lock, lock time-outs, and who stands in the way.
 */
#include "base/common.h"

#include "runtime/lock/guard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "introspect/session/session.h"
#include "runtime/ahead/lookup.h"
#include "runtime/host/chance.h"

enum { POLL_MIN_MS = 50, POLL_MAX_MS = 250, PAUSE_FIRST_MS = 100, PAUSE_MAX_MS = 10000 };

/* --- time --- */

uint64_t guard_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* In slices, so that an interrupt is noticed even when its signal went elsewhere. */
bool guard_sleep(uint64_t ms, const volatile sig_atomic_t *interrupted)
{
    enum { SLICE_MS = 100 };
    for (uint64_t left = ms; left > 0;) {
        if (interrupted != NULL && *interrupted != 0) {
            return false;
        }
        const uint64_t slice = left < SLICE_MS ? left : SLICE_MS;
        const struct timespec pause = {.tv_nsec = (long)slice * 1000000};
        nanosleep(&pause, NULL);
        left -= slice;
    }
    return interrupted == NULL || *interrupted == 0;
}

/* --- the advisory lock --- */

typedef struct LockRow {
    int32_t pid;
    char locked; /* t, f, or 0: not tried */
    const char *deadlock_ms, *database;
} LockRow;

/* The lock, and beside it one that nobody else asks for: see guard_sql_kept. Unless this is not the
 * backend the connection was made to: then it would stay with a pooler's connection. Nothing but
 * the backend's number is certain before the answer is here, so one statement asks and acts. */
static bool try_lock(Session *session, Diagnostics *diags, Guard *guard, bool *ret_held)
{
    static const char sql[] = "SELECT b.pid AS pid, CASE WHEN b.pid = $1::int OR $2 = 'direct'"
                              " THEN CASE WHEN pg_try_advisory_lock(72707369)"
                              " THEN pg_try_advisory_lock(72707369, b.pid) ELSE false END END"
                              " AS locked,"
                              " (date_part('epoch', current_setting('deadlock_timeout')::interval)"
                              " * 1000)::bigint AS deadlock_ms, (SELECT d.oid FROM pg_database d"
                              " WHERE d.datname = current_database())::text AS database"
                              " FROM (SELECT pg_backend_pid() AS pid) AS b";
    static_assert(GUARD_KEY == 72707369, "the key in the statement");
    const bool may_lock =
        !guard->options.disabled && !guard->options.held && !session_is_pooled(session);
    const char *pid = may_lock ? diag_number(diags, session_backend_pid(session)) : "0";
    const bool direct = may_lock && session_info(session)->direct;
    const char *const params[] = {pid, direct ? "direct" : ""};
    static const RowField fields[] = {
        ROW_INT("pid", LockRow, pid),
        ROW_CHAR_OR_NULL("locked", LockRow, locked),
        ROW_TEXT("deadlock_ms", LockRow, deadlock_ms),
        ROW_TEXT("database", LockRow, database),
    };
    const RowQuestion question = {
        diags->arena, session, {sql, params, lengthof(params)}, ROW_FIELDS(fields), false};
    LockRow row;
    if (!row_query(&question, diags, &row, NULL)) {
        return false;
    }
    session_note_backend(session, row.pid);
    guard->pooled = session_is_pooled(session);
    *ret_held =
        guard->pooled || guard->options.disabled || guard->options.held || row.locked == 't';
    (void)snprintf(guard->database, sizeof guard->database, "%s", row.database);
    const uint64_t half = strtoull(row.deadlock_ms, NULL, 10) / 2;
    guard->table_timeout_ms = half == 0                      ? 1
                              : half < GUARD_LOCK_TIMEOUT_MS ? half
                                                             : GUARD_LOCK_TIMEOUT_MS;
    return true;
}

/* The first column of a query of ours; NULL when there is no row or the server refuses. */
static char *query_text(Arena *arena, Session *session, Query query)
{
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    Result *result = NULL;
    if (!session_query(session, query, ignored, &result)) {
        return NULL;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < result_rows(result); i++) {
        const char *text = result_text(result, i, 0);
        strbuf_printf(&out, "%s%s", i > 0 ? "\n" : "", text == NULL ? "" : text);
    }
    result_free(result);
    char *text = strbuf_take(&out, arena);
    return text[0] == '\0' ? NULL : text;
}

char *guard_holder(Arena *arena, Session *session)
{
    /* A 64-bit key is kept in two halves; objsubid 1 marks that. */
    static const char sql[] =
        "SELECT format('`%s` (pid %s, role `%s`), connected since %s',"
        " coalesce(nullif(a.application_name, ''), 'an unnamed application'), l.pid,"
        " coalesce(a.usename, '?'),"
        " coalesce(to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'), 'an unknown time')) "
        "FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid) "
        "WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = 72707369 "
        "AND l.objsubid = 1 AND l.granted AND l.pid <> pg_backend_pid() "
        "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    return query_text(arena, session, (Query){.sql = sql});
}

static const char *holder_or_unknown(Diagnostics *diags, Session *session)
{
    const char *holder = guard_holder(diags->arena, session);
    return holder != NULL ? holder : "it has just let go, or is not to be seen";
}

static bool report_interrupted(Session *session, Diagnostics *diags)
{
    diag_report(diags, DIAG_INTERRUPTED, span_none(),
                url_display_server(diags->arena, session_info(session)));
    return false;
}

bool guard_wait(Session *session, const GuardOptions *options, uint64_t started, unsigned attempt,
                const Progress *progress, Diagnostics *diags)
{
    const uint64_t wait = options->wait_ms != 0 ? options->wait_ms : GUARD_WAIT_MS;
    if (guard_now_ms() - started >= wait) {
        diag_report(diags, DIAG_LOCK_HELD, span_none(),
                    diag_number(diags, (long long)(wait / 1000)),
                    holder_or_unknown(diags, session));
        return false;
    }
    if (attempt == 0) {
        progress_report(progress, &(ProgressEvent){.kind = PROGRESS_WAITING_FOR_LOCK,
                                                   .detail = holder_or_unknown(diags, session)});
    }
    const uint64_t pause = POLL_MIN_MS + chance_below(POLL_MAX_MS - POLL_MIN_MS);
    return guard_sleep(pause, options->interrupted) || report_interrupted(session, diags);
}

bool guard_acquire(Session *session, const GuardOptions *options, const Progress *progress,
                   Diagnostics *diags, Guard *ret_guard)
{
    const uint64_t started = guard_now_ms();
    Guard guard = {.options = *options};
    bool held = false;
    for (unsigned attempt = 0; !held; attempt++) {
        if (!try_lock(session, diags, &guard, &held) ||
            (!held && !guard_wait(session, options, started, attempt, progress, diags))) {
            return false;
        }
    }
    *ret_guard = guard;
    return true;
}

void guard_release(Session *session, const Guard *guard)
{
    static const char sql[] = "SELECT pg_advisory_unlock(72707369), "
                              "pg_advisory_unlock(72707369, pg_backend_pid())";
    ServerError ignored;
    Result *result = NULL;
    if (guard->options.disabled || guard->options.held || guard->pooled) {
        return;
    }
    const SessionTidy before = session_tidy_begin(session, TIDY_RELEASE);
    if (session_ask(session, (Query){.sql = sql}, &ignored, &result)) {
        result_free(result);
    }
    session_tidy_end(session, before);
}

static const char sql_holds[] =
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks AS l WHERE l.locktype OPERATOR(pg_catalog.=) "
    "'advisory' AND l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() AND l.granted "
    "AND l.classid::pg_catalog.int8 OPERATOR(pg_catalog.=) 0 "
    "AND l.objid::pg_catalog.int8 OPERATOR(pg_catalog.=) 72707369 "
    "AND l.objsubid OPERATOR(pg_catalog.=) 1)";

bool guard_holds(Session *session, const Guard *guard)
{
    ServerError ignored;
    Result *result = NULL;
    if (guard->pooled || guard->options.disabled) {
        return true;
    }
    if (!session_ask(session, (Query){.sql = sql_holds}, &ignored, &result)) {
        return false;
    }
    const char *holds = result_text(result, 0, 0);
    const bool held = holds != NULL && holds[0] == 't';
    result_free(result);
    return held;
}

/* pg_locks is a view of all locks of the server, and dear. Whatever lets go of all locks of the
 * session lets go of the one that nobody else asks for too, so that one may be given back and taken
 * again to see. */
const char guard_sql_kept[] =
    "CASE WHEN pg_catalog.pg_advisory_unlock(72707369, pg_catalog.pg_backend_pid()) "
    "THEN pg_catalog.pg_try_advisory_lock(72707369, pg_catalog.pg_backend_pid()) "
    "AND pg_catalog.pg_try_advisory_xact_lock(72707369) ELSE false END";

/* What is still held of the two goes first: each is taken once, and letting go once is enough. */
bool guard_regain(Session *session, const Guard *guard, const char *who, Diagnostics *diags)
{
    Guard again = *guard;
    bool held = false;
    again.options.held = false;
    guard_release(session, &again);
    if (!try_lock(session, diags, &again, &held)) {
        return false;
    }
    if (!held) {
        const char *holder = holder_or_unknown(diags, session);
        diag_report(diags, DIAG_LOCK_LOST, span_none(), who,
                    arena_printf(diags->arena, "%s has it now", holder));
    }
    return held;
}

/* --- table locks --- */

uint64_t guard_lock_timeout(const Guard *guard, const RetryOptions *options, bool only_scans)
{
    if (options->wait_forever) {
        return 0;
    }
    if (options->lock_timeout_ms != 0) {
        return options->lock_timeout_ms;
    }
    return only_scans ? GUARD_SCAN_TIMEOUT_MS : guard->table_timeout_ms;
}

bool guard_is_lock_failure(const char *sqlstate)
{
    return strcmp(sqlstate, "55P03") == 0 || strcmp(sqlstate, "40P01") == 0;
}

uint64_t guard_pause(unsigned attempt)
{
    const uint64_t grown = (uint64_t)PAUSE_FIRST_MS << (attempt < 16 ? attempt : 16);
    return chance_below((grown < PAUSE_MAX_MS ? grown : PAUSE_MAX_MS) + 1);
}

/* A session's statement is shown up to its first literal: what follows may be a secret. */
char *guard_blockers(Arena *arena, Session *session, const ParsedScript *script)
{
    static const char sql[] =
        "SELECT format('pid %s (`%s`, role `%s`), %s%s: %s', a.pid,"
        " coalesce(nullif(a.application_name, ''), 'unnamed'), coalesce(a.usename, '?'),"
        " coalesce(a.state, 'state unknown'),"
        " coalesce(format(', transaction open for %s s',"
        " floor(extract(epoch FROM clock_timestamp() - a.xact_start))), ''),"
        " left(split_part(regexp_replace(coalesce(a.query, ''), '\\s+', ' ', 'g'), '''', 1), 80)) "
        "FROM pg_stat_activity a WHERE a.pid <> pg_backend_pid() AND a.pid IN ("
        " SELECT l.pid FROM pg_locks l WHERE l.granted AND l.relation IN ("
        "  SELECT unnest($1::oid[]))"
        " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) "
        "ORDER BY a.xact_start, a.pid LIMIT 5";
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    const char *tables = lookup_relations(arena, session, &script->tables, ignored);
    return tables == NULL ? NULL : query_text(arena, session, (Query){sql, &tables, 1});
}
