/*
 * claim.c - the statements of a claim, and what their failing means.
 *
 * In: what is to hold. Out: the statements that stop a message where it does not (unless.h).
 */
#include "base/common.h"

#include "runtime/lock/claim.h"

#include "runtime/history/unless.h"
#include "runtime/script/quote.h"

static const char word_held[] = "bellows: the migration lock is held";
static const char word_lost[] = "bellows: the migration lock was let go of";
static const char word_moved[] = "bellows: the history has moved on";

/* --- texts --- */

static char *sql_unmoved(Arena *arena, const History *history)
{
    const char *condition =
        arena_printf(arena,
                     "pg_catalog.concat(pg_catalog.count(*), ' ', pg_catalog.count(finished_at), "
                     "' ', pg_catalog.count(rolled_back_at)) OPERATOR(pg_catalog.=) '%zu %zu %zu'",
                     history->counts.rows, history->counts.finished, history->counts.rolled_back);
    return arena_printf(arena, "%s FROM %s;\n", sql_unless(arena, condition, word_moved),
                        history->table);
}

/* The pooler's connection has the path of whoever made it, the role's and database's. */
static char *sql_path(Arena *arena, const Session *session)
{
    const char *schema = session_schema_to_set(session);
    return arena_printf(arena, "SET LOCAL search_path TO %s;\n",
                        schema == NULL ? "DEFAULT" : quote_name(arena, schema));
}

char *claim_sql(Arena *arena, const Session *session, const Guard *guard, const History *history,
                bool ours)
{
    if (!guard->pooled) {
        return arena_strdup(arena, "");
    }
    const char *lock =
        guard->options.disabled
            ? ""
            : arena_printf(
                  arena, "%s;\n",
                  sql_unless(arena, "pg_catalog.pg_try_advisory_xact_lock(72707369)", word_held));
    static_assert(GUARD_KEY == 72707369, "the key in the statement");
    return arena_printf(arena,
                        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;\n"
                        "SET LOCAL search_path TO pg_catalog, pg_temp;\n%s%s%s",
                        lock, history == NULL ? "" : sql_unmoved(arena, history),
                        ours ? "" : sql_path(arena, session));
}

char *claim_sql_kept(Arena *arena, const Guard *guard, const char *also)
{
    const bool holds = !guard->pooled && !guard->options.disabled;
    return holds
               ? arena_printf(arena, "%s%s;\n", sql_unless(arena, guard_sql_kept, word_lost), also)
               : arena_strdup(arena, "");
}

/* --- what became of it --- */

ClaimState claim_state(const ServerError *error)
{
    return failed_unless(error, word_held)    ? CLAIM_HELD
           : failed_unless(error, word_moved) ? CLAIM_MOVED
           : failed_unless(error, word_lost)  ? CLAIM_LOST
                                              : CLAIM_STANDS;
}

/* A claim makes the state itself: nothing may stand before its first statement. */
static bool run_ours(Session *session, const Guard *guard, const char *message,
                     ServerError *ret_error)
{
    return guard->pooled ? session_control(session, message, ret_error)
                         : session_execute(session, message, ret_error);
}

/* Tries again while somebody else is at work. */
static bool run_until_free(Session *session, const Guard *guard, const char *message,
                           const Progress *progress, Diagnostics *diags, bool *ret_moved)
{
    const uint64_t started = guard_now_ms();
    ServerError error;
    *ret_moved = false;
    for (unsigned attempt = 0; !run_ours(session, guard, message, &error); attempt++) {
        session_rollback(session);
        const ClaimState state = claim_state(&error);
        if (state == CLAIM_STANDS) {
            history_report(session, &error, "nothing was changed", diags);
            return false;
        }
        *ret_moved = state == CLAIM_MOVED;
        if (*ret_moved ||
            !guard_wait(session, &guard->options, started, attempt, progress, diags)) {
            return false;
        }
    }
    return true;
}

/* What is let go of on the way is taken again; nothing was read under it that is not known. */
static bool begin_kept(Session *session, const Guard *guard, const char *message,
                       Diagnostics *diags)
{
    ServerError error;
    while (!session_control(session, message, &error)) {
        session_rollback(session);
        if (claim_state(&error) != CLAIM_LOST) {
            session_report(session, &error, diags);
            return false;
        }
        if (!guard_regain(session, guard, "a statement of this run", diags)) {
            return false;
        }
    }
    return true;
}

bool claim_begin(Arena *arena, Session *session, const Guard *guard, const Progress *progress,
                 Diagnostics *diags)
{
    bool moved;
    const char *message = arena_printf(arena, "BEGIN;\n%s%s", claim_sql_kept(arena, guard, ""),
                                       claim_sql(arena, session, guard, NULL, false));
    if (!guard->pooled) {
        return begin_kept(session, guard, message, diags);
    }
    return run_until_free(session, guard, message, progress, diags, &moved);
}

bool claim_run(Arena *arena, Session *session, const Guard *guard, const History *history,
               const char *sql, const Progress *progress, Diagnostics *diags, bool *ret_moved)
{
    const char *message =
        arena_printf(arena, "%s%s", claim_sql(arena, session, guard, history, true), sql);
    return run_until_free(session, guard, message, progress, diags, ret_moved);
}
