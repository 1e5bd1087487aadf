/*
 * apply_message.c - a part of a script on its way to the server: limits, claim, text and what is
 * recorded with it are one message, so one round trip, and one transaction.
 *
 * In: the text and the statements behind it. Out: done, or the error with its place in the text. A
 * message whose locks are not to be had is repeated with growing pauses, so no queue forms behind
 * it. Source: PostgreSQL manual, "Multiple Statements in a Simple Query".
 */
#include "base/common.h"

#include "runtime/apply/apply_internal.h"
#include "runtime/lock/claim.h"

/* --- the text --- */

/* What stands before the script. SET LOCAL: both end with the transaction. */
static char *sql_before(const ApplyCx *cx, bool looks)
{
    const uint64_t limit = cx->options->statement_timeout_ms;
    const char *statement = limit == 0
                                ? ""
                                : arena_printf(cx->arena, "SET LOCAL statement_timeout = %llu;\n",
                                               (unsigned long long)limit);
    return arena_printf(cx->arena, "%s%s", apply_sql_head(cx, looks), statement);
}

/* --- repeating --- */

static uint64_t budget_of(const RetryOptions *retry)
{
    return retry->budget_ms != 0 ? retry->budget_ms : GUARD_RETRY_BUDGET_MS;
}

/* Waits before the next try; false when there is none. */
static bool back_off(ApplyCx *cx, uint64_t started, unsigned attempt, ServerError *error)
{
    const RetryOptions *retry = &cx->options->retry;
    const uint64_t pause = guard_pause(attempt);
    if (retry->wait_forever || guard_now_ms() + pause - started > budget_of(retry)) {
        return false;
    }
    progress_report(cx->progress, &(ProgressEvent){
                                      .kind = PROGRESS_RETRY,
                                      .migration = cx->migration->name,
                                      .detail = guard_blockers(cx->arena, cx->session, cx->script),
                                      .attempt = attempt + 1,
                                      .wait_ms = pause,
                                  });
    error->interrupted = !guard_sleep(pause, retry->interrupted);
    return !error->interrupted;
}

/* Is it worth another try, and has its time come? False leaves the error as it is to be told. */
static bool try_again(ApplyCx *cx, uint64_t started, unsigned attempt, ServerError *error)
{
    if (error->connection_lost) {
        return false;
    }
    if (apply_is_blocked(error)) {
        return apply_wait_clear(cx, started + budget_of(&cx->options->retry), error);
    }
    if (claim_state(error) == CLAIM_HELD) {
        return guard_wait(cx->session, &cx->guard->options, started, attempt, cx->progress,
                          cx->diags);
    }
    return guard_is_lock_failure(error->sqlstate) && back_off(cx, started, attempt, error);
}

/* `looks`: it fails where an old transaction is in the way, unless that has been waited for. */
static bool send(ApplyCx *cx, bool looks, const ScriptPart *part, const char *behind,
                 ServerError *ret_error)
{
    const char *look = looks ? apply_sql_look(cx) : "";
    const char *own = script_part_settings(cx->arena, cx->script, part);
    const SessionScript script = {
        .text = script_part_text(cx->arena, cx->script, part),
        .settings = arena_printf(cx->arena, "%s%s%s", sql_before(cx, looks), own, look),
        .behind = behind,
        .meanwhile = cx->options->ahead == NULL ? NULL : apply_read_ahead,
        .cx = cx->options->ahead};
    const bool done = session_run_script(cx->session, &script, ret_error);
    if (!done) {
        session_rollback(cx->session);
    }
    return done;
}

bool apply_message(ApplyCx *cx, const ScriptPart *part, const char *behind, ServerError *ret_error)
{
    const uint64_t started = guard_now_ms();
    const bool looks = apply_looks(cx);
    bool blind = false;
    for (unsigned attempt = 0; !send(cx, looks && !blind, part, behind, ret_error); attempt++) {
        blind = apply_is_blocked(ret_error);
        if (!try_again(cx, started, attempt, ret_error)) {
            return false;
        }
    }
    return true;
}
