#include "base/common.h"

#include "compiler/plan/make/plan_version_8.h"

/* Until the gate the wanted table's name is a view's, which the new contract misses as the old one
 * does; where the table moves, the view has the old name alone. */
static void note_view(Plan *plan, Step *step)
{
    const Table *before = step->before.table, *after = step->after.table;
    if (step->kind == STEP_COMPATIBILITY_VIEW && before != NULL && after != NULL &&
        before->name == after->name) {
        step_add_hazard(plan, step, HAZARD_VERIFY_FINDS_VIEW, before, NULL, NULL);
    }
}

/* A literal or now(), which the client of version 7 sends and that of version 8 does not. */
static bool is_left_out(const Column *column)
{
    return column != NULL &&
           (column->dflt.kind == DEFAULT_VALUE || column->dflt.kind == DEFAULT_LIST ||
            column->dflt.kind == DEFAULT_NOW);
}

/* Before the gate the old program is alive, and relies on the default it knows. */
static void note_defaults(Plan *plan, Step *step)
{
    vec_each(const Clause, at, &step->clauses) {
        if (at->kind == CLAUSE_SET_DEFAULT && step->phase != PHASE_CONTRACT &&
            is_left_out(at->before)) {
            step_add_hazard(plan, step, HAZARD_DEFAULT_REACHES_OLD, at->before->table, at->before,
                            NULL);
        }
    }
}

void plan_note_version_8(Plan *plan)
{
    vec_each(Step *, at, &plan->steps) {
        note_view(plan, *at);
        note_defaults(plan, *at);
    }
}
