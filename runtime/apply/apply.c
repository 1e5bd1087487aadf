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

#include "runtime/apply/apply_internal.h"
#include "runtime/lock/claim.h"

/* --- giving up --- */

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

/* A history that cannot be written either is a report of its own. One that has moved on was written
 * by others, who had the script before us. */
static void record_failure(ApplyCx *cx, bool is_started, const char *logs)
{
    const char *sql =
        history_sql_fail(cx->arena, cx->history, cx->migration, &cx->start, is_started, logs);
    const SessionTidy before = session_tidy_begin(cx->session, TIDY_RECORD);
    bool moved;
    session_rollback(cx->session);
    if (claim_run(cx->arena, cx->session, cx->guard, cx->history, sql, cx->progress, cx->diags,
                  &moved)) {
        history_note(cx->history, !is_started, false);
    }
    session_tidy_end(cx->session, before);
}

static const char *remedy(const ApplyCx *cx)
{
    static const char *const first[] = {
        [STAYS_NOTHING] = "correct the script or the data, then",
        [STAYS_PARTS] = "correct the data, then",
        [STAYS_COMMITTED] = "take back what it has committed and correct the script or the data, "
                            "then",
    };
    static const char *const last[] = {
        [STAYS_NOTHING] = "",
        [STAYS_PARTS] = "; a text that is changed runs from its start, so what is applied of it "
                        "is to be taken back first",
        [STAYS_COMMITTED] = "; or finish it by hand, then `--applied`",
    };
    return arena_printf(cx->arena,
                        "%s `bellows migrate resolve --rolled-back %s` and deploy again%s",
                        first[cx->stays], cx->migration->name, last[cx->stays]);
}

static void report_failure(ApplyCx *cx, const ServerError *error, Span span, bool withdrawn,
                           const char *violators, const char *remains)
{
    const char *help =
        withdrawn ? "bring the rows in order that violate it, then deploy again: it is made anew"
                  : remedy(cx);
    Diagnostic *diagnostic =
        apply_report_error(cx->diags, DIAG_SCRIPT_FAILED, cx->migration->name, span, error, help);
    diag_note_lines(cx->diags, diagnostic, "", remains);
    if (violators != NULL) {
        diag_note(cx->diags, diagnostic, span_none(), "rows that violate it, such as: %s",
                  violators);
    }
    if (withdrawn) {
        diag_note(cx->diags, diagnostic, span_none(),
                  "the constraint `%s` is taken away, so that no program runs into it",
                  error->constraint);
    }
}

bool apply_fail(ApplyCx *cx, const ServerError *error, size_t offset, bool is_started,
                const char *remains)
{
    const Migration *migration = cx->migration;
    const Span span = apply_error_span(cx->diags, migration->path, cx->script, offset, error);
    const char *logs = apply_logs(cx->arena, migration, cx->diags, span, error, remains);
    const char *failure =
        history_sql_fail(cx->arena, cx->history, migration, &cx->start, is_started, logs);
    const char *violators = error->connection_lost ? NULL : apply_violators(cx, error);
    const SessionTidy before = session_tidy_begin(cx->session, TIDY_RECORD);
    const bool withdrawn = !is_started && apply_withdraw_proof(cx, error, failure);
    session_tidy_end(cx->session, before);
    report_failure(cx, error, span, withdrawn, violators, remains);
    if (!withdrawn) {
        record_failure(cx, is_started, logs);
    }
    return false;
}

bool apply_write_row(ApplyCx *cx, const char *sql, const char *remains)
{
    ServerError error;
    const bool written = session_execute(cx->session, sql, &error);
    if (!written) {
        history_report(cx->session, &error, remains, cx->diags);
    }
    return written;
}

/* The same behind a script, which an interrupt does not undo. */
static bool write_row_behind(ApplyCx *cx, const char *sql, const char *remains)
{
    const SessionTidy before = session_tidy_begin(cx->session, TIDY_RECORD);
    const bool written = apply_write_row(cx, sql, remains);
    session_tidy_end(cx->session, before);
    return written;
}

/* --- atomic --- */

static bool run_whole(ApplyCx *cx);

/* A value added to an enum cannot be used before its commit (55P04), nor a table be altered whose
 * deferred constraints wait for it (55006): run in pieces. A statement the parser did not know
 * refuses company (25001), and so does a single DO or CALL that commits (2D000): run alone. Nothing
 * was applied in any case. */
static bool retry_otherwise(ApplyCx *cx, const ServerError *error, bool *ret_applied)
{
    if (cx->guard->pooled) {
        return false;
    }
    if (strcmp(error->sqlstate, "55P04") == 0 || strcmp(error->sqlstate, "55006") == 0) {
        const ScriptPartList parts = script_cut_apart(cx->arena, cx->script);
        if (parts.count > 0) {
            *ret_applied = apply_steps(cx, &parts);
            return true;
        }
    }
    if (script_wants_no_company(cx->script, error->sqlstate)) {
        *ret_applied = run_whole(cx);
        return true;
    }
    return false;
}

/* Its message, and again, with more in it, where what is prepared does not do. */
static bool send_atomic(ApplyCx *cx, ServerError *ret_error)
{
    const ScriptPart *part = &cx->script->parts.items[0];
    cx->is_brief = true;
    bool sent = apply_message(cx, part, apply_sql_applied(cx), ret_error);
    while (!sent && apply_says_too_little(cx, ret_error)) {
        sent = apply_message(cx, part, apply_sql_applied(cx), ret_error);
    }
    return sent;
}

static bool run_atomic(ApplyCx *cx)
{
    ServerError error;
    bool applied = false;
    if (send_atomic(cx, &error)) {
        apply_note_prepared(cx);
        history_note(cx->history, true, true);
        return true;
    }
    cx->is_brief = false;
    if (claim_state(&error) != CLAIM_STANDS) {
        cx->moved = claim_state(&error) == CLAIM_MOVED;
        cx->unlocked = claim_state(&error) == CLAIM_LOST;
        return false;
    }
    if (history_lost_row(&error) || apply_is_of_history(cx, &cx->script->parts.items[0], &error)) {
        history_report(cx->session, &error, "nothing of the migration was applied", cx->diags);
        return false;
    }
    if (error.connection_lost) {
        return apply_give_up(cx, &error, apply_learn_outcome(cx, NULL));
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

/* What is applied of it only the server knows, unless no COMMIT of its own stands before the
 * statement that failed: then a failure that is not its own leaves no row. */
static bool fail_whole(ApplyCx *cx, const ServerError *error)
{
    static const char remains[] =
        "It steers its own transactions: what it committed before the error stays.";
    const bool untouched = cx->script->mode == SCRIPT_WHOLE && !error->connection_lost &&
                           script_untouched_before(cx->script, error->statement);
    session_rollback(cx->session);
    if (untouched && apply_is_failure_of_world(error)) {
        const char *forget = history_sql_forget(cx->arena, cx->history, cx->start.id);
        return write_row_behind(cx, forget,
                                "nothing of it was applied, and it counts as started") &&
               apply_give_up(cx, error, "nothing of it was applied");
    }
    cx->stays = untouched ? STAYS_NOTHING : STAYS_COMMITTED;
    return error->connection_lost
               ? apply_give_up(cx, error, remains)
               : apply_fail(cx, error, 0, true,
                            untouched ? "Nothing of this script was applied: it failed before its "
                                        "first COMMIT."
                                      : remains);
}

/* As the reference tool does it. */
static bool run_whole(ApplyCx *cx)
{
    const char *started = history_sql_started(cx->arena, cx->history, cx->migration, &cx->start);
    const SessionScript script = {
        .text = cx->script->text, .settings = "SET lock_timeout = 0;\n", .alone = true};
    ServerError error;
    if (!apply_write_row(cx, started, "nothing of the migration was applied")) {
        return false;
    }
    if (!session_run_script(cx->session, &script, &error)) {
        return fail_whole(cx, &error);
    }
    if (session_in_transaction(cx->session)) {
        return report_left_open(cx);
    }
    return write_row_behind(cx,
                            history_sql_finish(cx->arena, cx->history, cx->migration, cx->start.id),
                            "the migration is applied, and counts as interrupted");
}

/* --- the front door --- */

/* A script that had to be cut apart was atomic when it was read; its position tells. */
static bool run_script(ApplyCx *cx)
{
    bool resumes = false;
    ScriptPartList parts = script_cut_apart(cx->arena, cx->script);
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

/* Where the script's first message does not look itself: the row that says that it starts is a
 * message of its own, and no query may stand before SET TRANSACTION. */
static bool may_start(ApplyCx *cx)
{
    const bool asks = cx->script->mode != SCRIPT_ATOMIC || cx->script->sets_transaction;
    cx->unlocked = asks && !guard_holds(cx->session, cx->guard);
    return !cx->unlocked;
}

static ApplyResult run_prepared(ApplyCx *cx)
{
    const bool only_scans = script_only_scans(cx->script);
    const bool one_transaction = cx->script->mode == SCRIPT_ATOMIC;
    cx->lock_timeout_ms = guard_lock_timeout(cx->guard, &cx->options->retry, only_scans);
    cx->start = history_start(cx->arena);
    const bool applied = may_start(cx) && run_script(cx);
    session_rollback(cx->session);
    if (!applied) {
        return cx->moved ? APPLY_MOVED : cx->unlocked ? APPLY_UNLOCKED : APPLY_FAILED;
    }
    const bool asks = !one_transaction || cx->script->runs_functions;
    return !asks || guard_holds(cx->session, cx->guard) ? APPLY_DONE : APPLY_LET_GO;
}

/* The claim is a query that must see the latest history: no isolation of the script's own. */
static bool suits_pooler(const ApplyCx *cx)
{
    const bool one = cx->script->mode == SCRIPT_ATOMIC;
    if (!one || cx->script->sets_transaction) {
        diag_report(cx->diags, DIAG_POOLER, span_none(), cx->migration->name,
                    one ? "sets how its transaction is isolated" : "is not one transaction");
        return false;
    }
    return true;
}

bool apply_suits_pooler(const Migration *migration, Diagnostics *diags)
{
    Arena *arena = arena_new();
    ApplyCx cx = {.migration = migration, .diags = diags};
    const bool suits =
        script_parse(arena, migration->path, migration->sql, migration->len, diags, &cx.script) &&
        suits_pooler(&cx);
    arena_free(arena);
    return suits;
}

ApplyResult apply_migration(Session *session, const Guard *guard, History *history,
                            const Migration *migration, const ApplyOptions *options,
                            const Progress *progress, Diagnostics *diags)
{
    Arena *arena = NULL;
    const ParsedScript *ahead = apply_take_ahead(options->ahead, migration, &arena);
    arena = ahead == NULL ? arena_new() : arena;
    ApplyCx cx = {.arena = arena,
                  .session = session,
                  .guard = guard,
                  .history = history,
                  .migration = migration,
                  .script = ahead,
                  .options = options,
                  .progress = progress,
                  .diags = diags};
    const uint64_t started = guard_now_ms();
    ApplyResult applied = APPLY_FAILED;
    if ((ahead != NULL ||
         script_parse(arena, migration->path, migration->sql, migration->len, diags, &cx.script)) &&
        script_check_ends(cx.script, migration->path, called(&cx), diags) &&
        (!guard->pooled || suits_pooler(&cx))) {
        progress_report(progress,
                        &(ProgressEvent){.kind = PROGRESS_APPLYING, .migration = migration->name});
        applied = run_prepared(&cx);
    }
    if (applied == APPLY_DONE || applied == APPLY_LET_GO) {
        progress_report(progress, &(ProgressEvent){.kind = PROGRESS_APPLIED,
                                                   .migration = migration->name,
                                                   .elapsed_ms = guard_now_ms() - started});
    }
    arena_free(arena);
    return applied;
}
