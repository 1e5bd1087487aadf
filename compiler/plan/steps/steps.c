/*
 * steps.c - the rows of the step tables, and a plan as a container of steps.
 */
#include "base/common.h"

#include "compiler/plan/steps/plan.h"

#include "compiler/catalog/casts.h"
#include "compiler/plan/steps/sql_words.h"

static const StepRow step_rows[] = {
#define STEP(kind, section, lock, transaction, cost, summary, ...)                                 \
    [kind] = {#kind, section, LOCK_##lock, TX_##transaction, COST_##cost, summary},
#include "compiler/plan/steps/steps.def"
#undef STEP
};
static_assert(lengthof(step_rows) == STEP_KIND_COUNT, "one row per step kind");

static const ClauseRow clause_rows[] = {
#define CLAUSE(kind, lock, cost, summary) [kind] = {#kind, LOCK_##lock, COST_##cost, summary},
#include "compiler/plan/steps/clauses.def"
#undef CLAUSE
};
static_assert(lengthof(clause_rows) == CLAUSE_KIND_COUNT, "one row per clause kind");

const StepRow *step_row(StepKind kind)
{
    assert(kind < STEP_KIND_COUNT);
    return &step_rows[kind];
}

const ClauseRow *clause_row(ClauseKind kind)
{
    assert(kind < CLAUSE_KIND_COUNT);
    return &clause_rows[kind];
}

LockLevel step_lock(const Step *step)
{
    LockLevel lock = step_row(step->kind)->lock;
    vec_each(Clause, clause, &step->clauses) {
        const LockLevel needed = clause_row(clause->kind)->lock;
        lock = needed > lock ? needed : lock;
    }
    return lock;
}

/* Does each row of the new column have to be written? */
static bool fills_rows(const Column *column)
{
    return column->identity != IDENTITY_NONE ||
           (column->generated != NULL && !column->generated_virtual) ||
           !default_is_instant(&column->dflt);
}

/* A rebuilt enum moves columns too that are new, or leave: those have no type on one side. */
static Cost clause_cost(const Clause *clause)
{
    const bool adds = clause->kind == CLAUSE_ADD_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN;
    if (adds && fills_rows(clause->after)) {
        return COST_REWRITE;
    }
    const bool is_free = clause->kind == CLAUSE_SET_TYPE && clause->before != NULL &&
                         clause->after != NULL &&
                         cast_is_free(&clause->before->type, &clause->after->type);
    return is_free ? COST_CATALOG : clause_row(clause->kind)->cost;
}

Cost step_cost(const Step *step)
{
    Cost cost = step_row(step->kind)->cost;
    vec_each(Clause, clause, &step->clauses) {
        const Cost needed = clause_cost(clause);
        cost = needed > cost ? needed : cost;
    }
    return cost;
}

const char *phase_name(Phase phase)
{
    static const char *const names[] = {"expand", "backfill", "tighten", "contract"};
    static_assert(lengthof(names) == PHASE_COUNT, "one name per phase");
    return names[phase];
}

const char *lock_name(LockLevel lock)
{
    static const char *const names[] = {
        "NONE",  "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",    "SHARE UPDATE EXCLUSIVE",
        "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE",
    };
    static_assert(lengthof(names) == LOCK_LEVEL_COUNT, "one name per lock level");
    return names[lock];
}

const char *cost_name(Cost cost)
{
    static const char *const names[] = {"catalog", "scan", "index build", "rewrite", "data"};
    return names[cost];
}

/* --- the container --- */

Plan *plan_new(const Catalog *from, const Catalog *to)
{
    Arena *arena = arena_new();
    Plan *plan = arena_make(arena, Plan);
    *plan = (Plan){.arena = arena, .origin = from, .from = from, .to = to};
    return plan;
}

void plan_free(Plan *plan)
{
    if (plan != NULL) {
        arena_free(plan->arena);
    }
}

bool plan_is_empty(const Plan *plan)
{
    return plan->steps.count == 0;
}

bool step_parts_programs(const Step *step)
{
    vec_each(Hazard *const, at, &step->hazards) {
        if (hazard_row((*at)->code)->parts_programs) {
            return step->phase == PHASE_CONTRACT;
        }
    }
    return false;
}

bool step_keeps_check(const Step *step)
{
    const ClauseKind first =
        step->clauses.count > 0 ? step->clauses.items[0].kind : CLAUSE_KIND_COUNT;
    return first == CLAUSE_CHECK_KEPT || first == CLAUSE_CHECK_HERE;
}

bool plan_has_phases(const Plan *plan)
{
    vec_each(Step *, step, &plan->steps) {
        if ((*step)->phase != PHASE_EXPAND) {
            return true;
        }
    }
    return false;
}

Step *plan_add_step(Plan *plan, StepKind kind, Phase phase, const Change *cause)
{
    Step *step = arena_make(plan->arena, Step);
    step->kind = kind;
    step->phase = phase;
    step->cause = cause;
    if (cause != NULL) {
        step->before = cause->before;
        step->after = cause->after;
    }
    vec_push(plan->arena, &plan->steps, step);
    return step;
}

uint32_t plan_new_group(Plan *plan)
{
    return ++plan->groups;
}

Name subject_object(const Subject *subject)
{
    if (subject->index != NULL) {
        return subject->index->name;
    }
    if (subject->foreign_key != NULL) {
        return subject->foreign_key->name;
    }
    if (subject->primary_key != NULL) {
        return subject->primary_key->name;
    }
    if (subject->column != NULL) {
        return subject->column->name;
    }
    if (subject->enum_type != NULL) {
        return subject->enum_type->name;
    }
    if (subject->extension != NULL) {
        return subject->extension->name;
    }
    return subject->schema == NULL ? NULL : subject->schema->name;
}
