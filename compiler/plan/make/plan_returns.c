#include "base/common.h"

#include "compiler/plan/make/plan_returns.h"

#include <string.h>

/* A column beside the one that it was to replace: RESERVED(BEHIND). */
static bool is_own(const Column *column)
{
    static const char end[] = "__bellows";
    const size_t len = column == NULL ? 0 : column->name->len;
    return len > sizeof end - 1 &&
           memcmp(column->name->text + len - (sizeof end - 1), end, sizeof end - 1) == 0;
}

static void forgive_own(Step *step)
{
    HazardList kept = step->hazards;
    kept.count = 0;
    vec_each(Hazard *, at, &step->hazards) {
        if ((*at)->code != HAZARD_DROP_COLUMN || !is_own((*at)->column)) {
            kept.items[kept.count++] = *at;
        }
    }
    step->hazards = kept;
}

static void note(Plan *plan, Step *step)
{
    if (step->kind == STEP_CREATE_TABLE) {
        step_add_hazard(plan, step, HAZARD_COMES_BACK_EMPTY, step->after.table, NULL, NULL);
    }
    vec_each(const Clause, clause, &step->clauses) {
        if (step->kind == STEP_ALTER_TABLE && clause->kind == CLAUSE_ADD_COLUMN) {
            step_add_hazard(plan, step, HAZARD_COMES_BACK_EMPTY, clause->after->table,
                            clause->after, NULL);
        }
    }
}

void plan_note_returns(Plan *plan)
{
    vec_each(Step *, at, &plan->steps) {
        forgive_own(*at);
        note(plan, *at);
    }
}
