/*
 * deploy_diagnose.c - the history against the folder, as deploy would find them: for who only asks.
 *
 * In: folder, history, session. Out: facts; nothing is changed, and no lock is taken.
 */
#include "base/common.h"

#include "runtime/apply/deploy.h"

#include "introspect/session/session.h"

static void mark_gate(const DeployResult *plan, DiagnosedMigration *item)
{
    item->waits = deploy_holds(plan, item->local);
    item->out_of_order = item->out_of_order && !item->waits;
    vec_each(const BlockedMigration, at, &plan->blocked) {
        if (at->migration == item->local) {
            item->blocked_by = at->waiting->name;
            item->gate = at->gate;
        }
    }
    vec_each(const Gate, at, &plan->gates) {
        vec_each(const Migration *const, script, &at->scripts) {
            item->gate = *script == item->local ? at->name : item->gate;
        }
    }
}

/* A script that cannot be read waits for nothing: deploy says what is wrong with it. */
static bool mark_gates(Arena *arena, Session *session, const Migrations *migrations,
                       const History *history, Diagnostics *diags, Diagnosis *diagnosis)
{
    DeployResult plan;
    Diagnostics *said = diagnostics_new(arena, diags->sources);
    if (!deploy_plan(arena, session, migrations, history, &(GateOptions){0}, said, &plan) &&
        !session_is_alive(session)) {
        diag_merge(diags, said);
        return false;
    }
    vec_each(DiagnosedMigration, at, &diagnosis->items) {
        if (at->local != NULL && at->state == MIGRATION_PENDING) {
            mark_gate(&plan, at);
            diagnosis->waiting += at->waits;
        }
    }
    return true;
}

bool deploy_diagnose(Arena *arena, Session *session, const Migrations *migrations, History *history,
                     Diagnostics *diags, Diagnosis *ret_diagnosis)
{
    Diagnosis diagnosis;
    diagnose_history(arena, migrations, history, &diagnosis);
    vec_each(DiagnosedMigration, at, &diagnosis.items) {
        const char *reason = "";
        if (at->state != MIGRATION_INTERRUPTED) {
            continue;
        }
        if (!apply_can_resume(arena, session, history, at->row, at->local, diags, &at->resumes,
                              &reason)) {
            return false;
        }
        diagnosis.resuming += at->resumes;
    }
    if (diagnosis.pending > 0 &&
        !mark_gates(arena, session, migrations, history, diags, &diagnosis)) {
        return false;
    }
    diagnosis.holder = guard_holder(arena, session);
    *ret_diagnosis = diagnosis;
    return true;
}
