/*
 * deploy.c - `migrate deploy`: checks, the gate, then one migration after the other.
 */
#include "base/common.h"

#include "runtime/apply/deploy.h"

#include <string.h>

#include "introspect/session/may_write.h"
#include "runtime/lock/claim.h"
#include "runtime/undo/development.h"
#include "runtime/history/squashed.h"
#include "runtime/undo/withdrawn.h"

/* --- the gates --- */

static bool is_pending(const History *history, const Migration *migration)
{
    const HistoryRow *row = history_find(history, migration->name);
    return row == NULL || row->state == HISTORY_INTERRUPTED;
}

bool deploy_plan(Arena *arena, Session *session, const Migrations *migrations,
                 const History *history, const GateOptions *gates, Diagnostics *diags,
                 DeployResult *ret_result)
{
    WithdrawnList withdrawn;
    *ret_result = (DeployResult){0};
    withdrawn_find(migrations, &withdrawn);
    vec_each(Migration *const, at, &migrations->list) {
        if (is_pending(history, *at) && !withdrawn_holds(&withdrawn, *at)) {
            vec_push(arena, &ret_result->pending, *at);
        }
    }
    gates_find(arena, migrations, history, &ret_result->pending, &ret_result->gates);
    return gates_open(migrations, gates, diags, &ret_result->gates) &&
           gates_hold(arena, session, history, &ret_result->pending, &ret_result->gates, diags,
                      &ret_result->held, &ret_result->blocked);
}

/* --- running --- */

/* One deployment on its way. */
typedef struct Deployment {
    Session *session;
    const Guard *guard;
    const Migrations *migrations;
    const DeployOptions *options;
    const Progress *progress;
    Diagnostics *diags;
} Deployment;

bool deploy_holds(const DeployResult *result, const Migration *migration)
{
    vec_each(const Migration *const, at, &result->held) {
        if (*at == migration) {
            return true;
        }
    }
    return false;
}

static PendingLook look_of(const Deployment *deployment, const History *history,
                           const DeployResult *result)
{
    return (PendingLook){.session = deployment->session,
                         .history = history,
                         .pending = &result->pending,
                         .held = &result->held,
                         .code = deployment->options->code,
                         .agreed = deployment->options->agreed,
                         .diags = deployment->diags};
}

/* --- applying --- */

/* The script applied last, or what ran before it, let go of the lock. It is taken again, and the
 * rest, from `from`, goes on if nobody else has begun it: `history` is read anew. */
static bool regain(Arena *arena, const Deployment *deployment, History *history,
                   const DeployResult *result, size_t from)
{
    const bool any = result->applied.count > 0;
    const char *name = any ? vec_last(&result->applied)->name : "what ran before";
    const char *who =
        any ? arena_printf(arena, "migration `%s` is applied, but it", name) : "what ran before";
    Session *session = deployment->session;
    Diagnostics *diags = deployment->diags;
    History *fresh = NULL;
    if (!guard_regain(session, deployment->guard, who, diags) ||
        !history_read(arena, session, diags, &fresh)) {
        return false;
    }
    for (size_t i = from; i < result->pending.count; i++) {
        const Migration *next = result->pending.items[i];
        const HistoryRow *was = history_find(history, next->name);
        const HistoryRow *now = history_find(fresh, next->name);
        if (now != NULL && (was == NULL || strcmp(was->id, now->id) != 0)) {
            diag_report(diags, DIAG_LOCK_LOST, span_none(), who,
                        arena_printf(arena, "another run went on with `%s`", next->name));
            return false;
        }
    }
    *history = *fresh;
    const char *detail =
        arena_printf(arena, "%s released the migration lock; it was taken again", name);
    progress_report(deployment->progress,
                    &(ProgressEvent){.kind = PROGRESS_WARNING, .detail = detail});
    return true;
}

/* Through a pooler nothing is begun that one of the scripts would leave half done. */
static bool suit_pooler(const DeployResult *result, Diagnostics *diags)
{
    bool all = true;
    vec_each(const Migration *const, at, &result->pending) {
        all &= deploy_holds(result, *at) || apply_suits_pooler(*at, diags);
    }
    return all;
}

/* The next one that runs; NULL: none. */
static const Migration *next_to(const DeployResult *result, size_t done)
{
    for (size_t i = done + 1; i < result->pending.count; i++) {
        if (!deploy_holds(result, result->pending.items[i])) {
            return result->pending.items[i];
        }
    }
    return NULL;
}

/* Once for all scripts, or those that a run has got to. */
static void drop_positions(Arena *arena, const Deployment *deployment, History *history)
{
    if (history->progress_exists && !deployment->guard->pooled) {
        apply_drop_positions(arena, deployment->session, history);
    }
}

/* A script that has failed leaves its own position; where the lock went with it, the table may be
 * another run's by now. */
static void drop_positions_before(Arena *arena, const Deployment *deployment, History *history)
{
    const SessionTidy before = session_tidy_begin(deployment->session, TIDY_RECORD);
    if (guard_holds(deployment->session, deployment->guard)) {
        drop_positions(arena, deployment, history);
    }
    session_tidy_end(deployment->session, before);
}

static ApplyResult apply_all_with(Arena *arena, const Deployment *deployment,
                                  const ApplyOptions *options, History *history,
                                  DeployResult *result)
{
    const Progress *progress = deployment->progress;
    const PendingLook look = look_of(deployment, history, result);
    for (size_t i = 0; i < result->pending.count; i++) {
        const Migration *migration = result->pending.items[i];
        if (deploy_holds(result, migration)) {
            progress_report(progress,
                            &(ProgressEvent){.kind = PROGRESS_HELD, .migration = migration->name});
            continue;
        }
        if (!pending_check_loss(arena, &look, migration)) {
            return APPLY_FAILED;
        }
        options->ahead->next = next_to(result, i);
        ApplyResult applied = APPLY_UNLOCKED;
        while (applied == APPLY_UNLOCKED) {
            applied = apply_migration(deployment->session, deployment->guard, history, migration,
                                      options, progress, deployment->diags);
            if (applied == APPLY_UNLOCKED && !regain(arena, deployment, history, result, i)) {
                return APPLY_FAILED;
            }
        }
        if (applied == APPLY_FAILED) {
            drop_positions_before(arena, deployment, history);
        }
        if (applied == APPLY_FAILED || applied == APPLY_MOVED) {
            return applied;
        }
        vec_push(arena, &result->applied, migration);
        if (applied == APPLY_LET_GO) {
            drop_positions(arena, deployment, history);
        }
        if (applied == APPLY_LET_GO && !regain(arena, deployment, history, result, i + 1)) {
            return APPLY_FAILED;
        }
    }
    return APPLY_DONE;
}

static ApplyResult apply_all(Arena *arena, const Deployment *deployment, History *history,
                             DeployResult *result)
{
    ApplyAhead ahead = {0};
    ApplyPrepared prepared = {0};
    ApplyOptions options = deployment->options->apply;
    options.folder = deployment->migrations;
    options.ahead = &ahead;
    options.prepared = &prepared;
    const ApplyResult applied = apply_all_with(arena, deployment, &options, history, result);
    apply_drop_ahead(&ahead);
    return applied;
}

/* No table may be there without a history; through a pooler one that is may be the first of another
 * deployment, whose history has come meanwhile. */
static ApplyResult is_free(Arena *arena, Deployment *deployment, const History *history)
{
    Diagnostics *said = diagnostics_new(arena, deployment->diags->sources);
    History *now = NULL;
    if (deploy_check_empty(arena, deployment->session, deployment->options, history, said)) {
        return APPLY_DONE;
    }
    if (deployment->guard->pooled &&
        history_read(arena, deployment->session, deployment->diags, &now) && now->exists) {
        return APPLY_MOVED;
    }
    diag_merge(deployment->diags, said);
    return APPLY_FAILED;
}

static ApplyResult make_history(Arena *arena, Deployment *deployment, History *history)
{
    const char *sql = history_sql_create(arena, history);
    const ApplyResult free = is_free(arena, deployment, history);
    bool moved = false;
    if (free != APPLY_DONE) {
        return free;
    }
    if (!claim_run(arena, deployment->session, deployment->guard, NULL, sql, deployment->progress,
                   deployment->diags, &moved)) {
        return APPLY_FAILED;
    }
    history->exists = true;
    return APPLY_DONE;
}

/* Migrations that stand for those this database has are applied: their rows say so from now on. */
static ApplyResult write_taken_over(Arena *arena, Deployment *deployment, History *history)
{
    const char *sql = history_sql_taken_over(arena, history, deployment->migrations);
    bool moved = false;
    if (sql == NULL) {
        return APPLY_DONE;
    }
    if (!claim_run(arena, deployment->session, deployment->guard, history, sql,
                   deployment->progress, deployment->diags, &moved)) {
        return moved ? APPLY_MOVED : APPLY_FAILED;
    }
    vec_each(HistoryRow, row, &history->rows) {
        if (row->is_taken_over) {
            const char *detail = arena_printf(
                arena, "%s stands for migrations that are applied: so is it", row->name);
            row->is_taken_over = false;
            history_note(history, true, true);
            progress_report(deployment->progress,
                            &(ProgressEvent){.kind = PROGRESS_STATEMENT, .detail = detail});
        }
    }
    return APPLY_DONE;
}

/* Where nothing is to be done, nothing is written. */
static bool may_write(const History *history, const DeployResult *result, Diagnostics *diags)
{
    bool writes = result->pending.count > result->held.count;
    vec_each(const HistoryRow, row, &history->rows) {
        writes |= row->is_taken_over;
    }
    return !writes || history_may_write(history, diags);
}

/* From what the history says now to the end, or to where others have gone on. `ret_result` keeps
 * what was applied before. */
static ApplyResult run_once(Arena *arena, Deployment *deployment, DeployResult *ret_result)
{
    const DeployOptions *options = deployment->options;
    const Migrations *migrations = deployment->migrations;
    Session *session = deployment->session;
    Diagnostics *diags = deployment->diags;
    History *history = NULL;
    DeployResult result = {0};
    if (!history_read(arena, session, diags, &history)) {
        return APPLY_FAILED;
    }
    const ApplyResult made =
        history->exists ? APPLY_DONE : make_history(arena, deployment, history);
    if (made != APPLY_DONE) {
        return made;
    }
    if (!history_take_over(history, migrations, diags) ||
        !deploy_check_rows(arena, session, migrations, history, diags) ||
        !deploy_plan(arena, session, migrations, history, &options->gates, diags, &result)) {
        return APPLY_FAILED;
    }
    result.applied = ret_result->applied;
    *ret_result = result;
    const PendingLook look = look_of(deployment, history, ret_result);
    if (!may_write(history, ret_result, diags) ||
        !deploy_check_pending(migrations, &ret_result->pending, diags) ||
        !deploy_check_withdrawn(arena, history, ret_result, diags) ||
        (deployment->guard->pooled && !suit_pooler(ret_result, diags)) ||
        !pending_check_code(arena, &look) || !pending_check_losses(arena, &look)) {
        return APPLY_FAILED;
    }
    deploy_tell_witness(arena, session, options, ret_result, deployment->progress);
    const ApplyResult taken = write_taken_over(arena, deployment, history);
    if (taken != APPLY_DONE) {
        return taken;
    }
    const ApplyResult applied = apply_all(arena, deployment, history, ret_result);
    if (applied == APPLY_DONE) {
        drop_positions(arena, deployment, history);
    }
    const SessionTidy before = session_tidy_begin(session, TIDY_RELEASE);
    if (ret_result->applied.count > 0 && session_is_alive(session)) {
        development_note(arena, session, history, options->development);
    }
    session_tidy_end(session, before);
    return applied;
}

/* Under the lock nothing moves. Through a pooler each round means that somebody applied something,
 * so the rounds end. */
static bool run_locked(Arena *arena, Deployment *deployment, DeployResult *ret_result)
{
    ApplyResult result = APPLY_MOVED;
    while (result == APPLY_MOVED) {
        result = run_once(arena, deployment, ret_result);
    }
    return result == APPLY_DONE;
}

bool deploy_preview(Arena *arena, Session *session, const Migrations *migrations,
                    const DeployOptions *options, Diagnostics *diags, DeployResult *ret_result)
{
    const Deployment would = {
        .session = session, .migrations = migrations, .options = options, .diags = diags};
    History *history = NULL;
    *ret_result = (DeployResult){0};
    if (!(migrations_check_lock(migrations, diags) && session_check_settings(session, diags) &&
          history_read(arena, session, diags, &history) &&
          (history->exists || deploy_check_empty(arena, session, options, history, diags)) &&
          history_take_over(history, migrations, diags) &&
          deploy_check_rows(arena, session, migrations, history, diags) &&
          deploy_plan(arena, session, migrations, history, &options->gates, diags, ret_result) &&
          may_write(history, ret_result, diags) &&
          deploy_check_pending(migrations, &ret_result->pending, diags) &&
          deploy_check_withdrawn(arena, history, ret_result, diags))) {
        return false;
    }
    const PendingLook look = look_of(&would, history, ret_result);
    return pending_check_code(arena, &look) && pending_check_losses(arena, &look);
}

bool deploy_run(Arena *arena, Session *session, const Migrations *migrations,
                const DeployOptions *options, const Progress *progress, Diagnostics *diags,
                DeployResult *ret_result)
{
    Guard guard;
    *ret_result = (DeployResult){0};
    if (!migrations_check_lock(migrations, diags) ||
        !guard_acquire(session, &options->guard, progress, diags, &guard)) {
        return false;
    }
    Deployment deployment = {session, &guard, migrations, options, progress, diags};
    bool done =
        session_check_settings(session, diags) && run_locked(arena, &deployment, ret_result);
    if (done && guard.options.held && ret_result->applied.count > 0 &&
        !guard_holds(session, &guard)) { /* the caller goes on under it */
        done = guard_regain(session, &guard, "a migration is applied, but it", diags);
    }
    guard_release(session, &guard);
    return done;
}

/* --- resolve --- */

bool deploy_resolve(Arena *arena, Session *session, const Migrations *migrations,
                    const char *applied, const char *rolled_back, const GuardOptions *guard,
                    const Progress *progress, Diagnostics *diags)
{
    Guard held;
    History *history = NULL;
    if (!migrations_check_lock(migrations, diags) || !session_may_write(session, diags) ||
        !guard_acquire(session, guard, progress, diags, &held)) {
        return false;
    }
    char *sql = NULL;
    bool moved = true, done = false;
    while (moved) {
        moved = false;
        done = history_read(arena, session, diags, &history) && history_may_write(history, diags) &&
               (applied != NULL ? history_resolve_applied(history, migrations, applied, diags, &sql)
                                : history_resolve_rolled_back(history, rolled_back, diags, &sql)) &&
               claim_run(arena, session, &held, history->exists ? history : NULL, sql, progress,
                         diags, &moved);
    }
    const SessionTidy before = session_tidy_begin(session, TIDY_RECORD);
    done = done && (applied == NULL || apply_forget(arena, session, history, applied, diags));
    session_tidy_end(session, before);
    guard_release(session, &held);
    return done;
}
