/*
 * apply.c - apply one migration: as one transaction where it can be, else handed to apply_steps.c.
 *
 * The history row of an atomic script is the last statement of its message, so the server makes
 * both true at once (manual, "Multiple Statements in a Simple Query"). A script that steers its own
 * transactions is run as the reference tool runs it: row, script, finish.
 */
#include "base/common.h"

#include "runtime/apply/apply.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/script/quote.h"

/* The script may have become somebody else; the history belongs to the role that connected. */
static const char as_ourselves[] = "\n;\nRESET SESSION AUTHORIZATION; RESET ROLE;\n";

/* --- giving up --- */

/* The statement is not to blame. */
bool apply_is_failure_of_world(const ServerError *error)
{
    return error->connection_lost || error->interrupted || error->timed_out ||
           guard_is_lock_failure(error->sqlstate);
}

static bool report_locked(ApplyCx *cx, const ServerError *error, const char *remains)
{
    const uint64_t budget =
        cx->options->retry.budget_ms != 0 ? cx->options->retry.budget_ms : GUARD_RETRY_BUDGET_MS;
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_TABLE_LOCKED, span_none(), cx->migration->name,
                    diag_number(cx->diags, (long long)(budget / 1000)), remains);
    diag_note_lines(cx->diags, diagnostic, "", error->message);
    const char *blockers = guard_blockers(cx->arena, cx->session, cx->script);
    if (blockers != NULL) {
        diag_note_lines(cx->diags, diagnostic, "these sessions hold locks on its tables:\n",
                        blockers);
    }
    return false;
}

bool apply_give_up(ApplyCx *cx, const ServerError *error, const char *remains)
{
    if (!error->connection_lost && !error->interrupted && guard_is_lock_failure(error->sqlstate)) {
        return report_locked(cx, error, remains);
    }
    Diagnostic *diagnostic = session_report(cx->session, error, cx->diags);
    diag_note(cx->diags, diagnostic, span_none(), "migration `%s`: %s", cx->migration->name,
              remains);
    return false;
}

/* A history that cannot be written either is a report of its own. */
static void record_failure(ApplyCx *cx, bool is_started, const char *logs)
{
    (void)!history_fail(cx->session, cx->history, cx->migration, &cx->start, is_started, logs,
                        cx->diags);
}

bool apply_fail(ApplyCx *cx, const ServerError *error, size_t offset, bool is_started,
                const char *remains)
{
    const Migration *migration = cx->migration;
    const Span span = apply_error_span(cx->diags, migration->path, cx->script->text, migration->len,
                                       offset, error);
    const char *help = arena_printf(cx->arena,
                                    "correct the script or the data, then `bellows migrate resolve "
                                    "--rolled-back %s` and deploy "
                                    "again",
                                    migration->name);
    Diagnostic *diagnostic =
        apply_report_error(cx->diags, DIAG_SCRIPT_FAILED, migration->name, span, error, help);
    diag_note_lines(cx->diags, diagnostic, "", remains);
    const char *logs = apply_logs(cx->arena, migration, cx->diags, span, error, remains);
    record_failure(cx, is_started, logs);
    return false;
}

/* --- messages --- */

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

bool apply_message(ApplyCx *cx, const char *message, ServerError *ret_error)
{
    const uint64_t started = guard_now_ms();
    for (unsigned attempt = 0;; attempt++) {
        if (session_execute(cx->session, message, ret_error)) {
            return true;
        }
        session_rollback(cx->session);
        if (ret_error->connection_lost || !guard_is_lock_failure(ret_error->sqlstate) ||
            !back_off(cx, started, attempt, ret_error)) {
            return false;
        }
    }
}

/* --- atomic --- */

/* After a lost connection: did the server commit? Asked on a new one. */
static const char *learn_outcome(ApplyCx *cx)
{
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    Session *session = NULL;
    bool finished = false;
    bool known = false;
    if (session_open(session_info(cx->session), NULL, ignored, &session)) {
        known = history_is_finished(session, cx->history, cx->start.id, ignored, &finished);
    }
    session_close(session);
    if (!known) {
        return "it was applied as a whole or not at all; `bellows migrate status` will tell";
    }
    return finished ? "it was applied and recorded" : "nothing of it was applied";
}

static bool run_whole(ApplyCx *cx);

/* A value added to an enum cannot be used before its commit (55P04): run in pieces. A statement the
 * parser did not know refuses company (25001): run alone. Nothing was applied in either case. */
static bool retry_otherwise(ApplyCx *cx, const ServerError *error, bool *ret_applied)
{
    if (strcmp(error->sqlstate, "55P04") == 0) {
        const ScriptPartList parts = script_cut_values(cx->arena, cx->script);
        if (parts.count > 0) {
            *ret_applied = apply_steps(cx, &parts);
            return true;
        }
    }
    if (strcmp(error->sqlstate, "25001") == 0 && !cx->script->readable) {
        *ret_applied = run_whole(cx);
        return true;
    }
    return false;
}

static bool run_atomic(ApplyCx *cx)
{
    const char *text = script_part_text(cx->arena, cx->script, &cx->script->parts.items[0]);
    const char *row = history_sql_applied(cx->arena, cx->history, cx->migration, &cx->start);
    const char *message = arena_printf(cx->arena, "%s%s%s", text, as_ourselves, row);
    ServerError error;
    bool applied = false;
    if (apply_message(cx, message, &error)) {
        return true;
    }
    if (error.connection_lost) {
        return apply_give_up(cx, &error, learn_outcome(cx));
    }
    if (apply_is_failure_of_world(&error)) {
        return apply_give_up(cx, &error, "nothing of it was applied");
    }
    if (retry_otherwise(cx, &error, &applied)) {
        return applied;
    }
    return apply_fail(cx, &error, 0, false, history_nothing_applied);
}

/* --- whole --- */

static const char *called(const ApplyCx *cx)
{
    return arena_printf(cx->arena, "migration `%s`", cx->migration->name);
}

static bool report_left_open(ApplyCx *cx)
{
    const ServerError error = {.sqlstate = "25000",
                               .message = "the script left its transaction open",
                               .detail = "",
                               .hint = "",
                               .context = ""};
    const char *remains = "What stood behind its last BEGIN was rolled back.";
    const char *logs =
        apply_logs(cx->arena, cx->migration, cx->diags, span_none(), &error, remains);
    session_rollback(cx->session);
    diag_report(cx->diags, DIAG_TRANSACTION_LEFT_OPEN, span_none(), called(cx),
                "leaves a transaction open", "that part was rolled back");
    record_failure(cx, true, logs);
    return false;
}

/* As the reference tool does it. What is applied when it fails only the server knows. */
static bool run_whole(ApplyCx *cx)
{
    static const char remains[] =
        "It steers its own transactions: what it committed before the error stays.";
    ServerError error;
    if (!session_run(cx->session,
                     history_sql_started(cx->arena, cx->history, cx->migration, &cx->start),
                     cx->diags) ||
        !session_run(cx->session, "SET lock_timeout = 0", cx->diags)) {
        return false;
    }
    if (!session_execute(cx->session, cx->script->text, &error)) {
        session_rollback(cx->session);
        return error.connection_lost ? apply_give_up(cx, &error, remains)
                                     : apply_fail(cx, &error, 0, true, remains);
    }
    if (session_in_transaction(cx->session)) {
        return report_left_open(cx);
    }
    const char *finish = history_sql_finish(cx->arena, cx->history, cx->start.id);
    return session_run(cx->session, arena_printf(cx->arena, "%s%s", as_ourselves, finish),
                       cx->diags);
}

/* --- the session around a script --- */

/* Limits for the script; what it changes itself is undone behind it. */
static bool prepare_session(ApplyCx *cx, const char **ret_search_path)
{
    GuardLimit limit;
    if (!guard_limit_locks(cx->arena, cx->session, &cx->options->retry,
                           script_only_scans(cx->script), cx->diags, &limit)) {
        return false;
    }
    cx->lock_timeout_ms = limit.lock_timeout_ms;
    *ret_search_path = limit.search_path;
    if (cx->options->statement_timeout_ms == 0) {
        return true;
    }
    const char *set = arena_printf(cx->arena, "SET statement_timeout = %llu",
                                   (unsigned long long)cx->options->statement_timeout_ms);
    return session_run(cx->session, set, cx->diags);
}

/* In one round trip with the question whether the lock is still ours: a script may end all. */
static void restore_session(ApplyCx *cx, const char *search_path)
{
    const char *const path[] = {search_path};
    const Query queries[] = {
        {.sql = "RESET SESSION AUTHORIZATION"},
        {.sql = "RESET ROLE"},
        {.sql = "RESET ALL"},
        {"SELECT pg_catalog.set_config('search_path', $1, false)", path, 1},
        {.sql = guard_sql_holds},
    };
    Result *results[lengthof(queries)];
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    session_rollback(cx->session);
    cx->locked = session_query_all(cx->session, queries, lengthof(queries), ignored, results);
    for (size_t i = 0; cx->locked && i < lengthof(queries); i++) {
        const bool last = i + 1 == lengthof(queries);
        cx->locked = !last || result_text(results[i], 0, 0)[0] == 't';
        result_free(results[i]);
    }
}

/* --- the front door --- */

/* A script cut behind its new values was atomic when it was read; its position tells. */
static bool run_script(ApplyCx *cx)
{
    bool resumes = false;
    ScriptPartList parts = script_cut_values(cx->arena, cx->script);
    switch (cx->script->mode) {
    case SCRIPT_STEPS:
        return apply_steps(cx, &cx->script->parts);
    case SCRIPT_WHOLE:
        return run_whole(cx);
    case SCRIPT_ATOMIC:
        break;
    }
    if (parts.count > 0 && !apply_has_position(cx, &resumes)) {
        return false;
    }
    return resumes ? apply_steps(cx, &parts) : run_atomic(cx);
}

static bool run_prepared(ApplyCx *cx)
{
    const char *search_path = NULL;
    if (!prepare_session(cx, &search_path)) {
        return false;
    }
    cx->start = history_start(cx->arena);
    const bool applied = run_script(cx);
    restore_session(cx, search_path);
    return applied;
}

bool apply_migration(Session *session, History *history, const Migration *migration,
                     const ApplyOptions *options, const Progress *progress, Diagnostics *diags,
                     bool *ret_locked)
{
    Arena *arena = arena_new();
    ApplyCx cx = {.arena = arena,
                  .session = session,
                  .history = history,
                  .migration = migration,
                  .options = options,
                  .progress = progress,
                  .diags = diags};
    const uint64_t started = guard_now_ms();
    bool applied =
        script_parse(arena, migration->path, migration->sql, migration->len, diags, &cx.script) &&
        script_check_ends(cx.script, migration->path, called(&cx), diags);
    if (applied) {
        progress_report(progress,
                        &(ProgressEvent){.kind = PROGRESS_APPLYING, .migration = migration->name});
        applied = run_prepared(&cx);
    }
    if (applied) {
        progress_report(progress, &(ProgressEvent){.kind = PROGRESS_APPLIED,
                                                   .migration = migration->name,
                                                   .elapsed_ms = guard_now_ms() - started});
    }
    *ret_locked = cx.locked;
    arena_free(arena);
    return applied;
}
