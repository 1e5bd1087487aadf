/*
 * plan.c - makes a plan: difference, strategy, ids, hazards, identity; and the rows of the step
 * tables.
 */
#include "base/common.h"

#include "compiler/plan/steps/plan.h"

#include <string.h>

#include "base/digest.h"
#include "compiler/catalog/casts.h"
#include "compiler/plan/direct/strategy.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/make/plan_opaque.h"
#include "compiler/plan/world/replay.h"

static const StepRow step_rows[] = {
#define STEP(kind, section, lock, transaction, cost, summary)                                      \
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

/* A rebuilt enum moves columns too that are new, or leave: those have no type on one side. */
static Cost clause_cost(const Clause *clause)
{
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

/* --- making ------------------------------------------------------------------------------------
 */

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

static Plan *plan_new(const Catalog *from, const Catalog *to)
{
    Arena *arena = arena_new();
    Plan *plan = arena_make(arena, Plan);
    *plan = (Plan){.arena = arena, .origin = from, .from = from, .to = to};
    return plan;
}

static void number_steps(Plan *plan)
{
    for (size_t i = 0; i < plan->steps.count; i++) {
        Step *step = plan->steps.items[i];
        step->id = (uint32_t)i;
        vec_each(Hazard *, hazard, &step->hazards) {
            vec_push(plan->arena, &plan->hazards, *hazard);
        }
    }
}

/* The direct script names the change whatever the strategy is. */
static void identify(Plan *plan)
{
    Plan direct = {.arena = plan->arena, .from = plan->from, .to = plan->to, .diff = plan->diff};
    if (plan->online) {
        direct_steps(&direct, &plan->diff->changes, PHASE_EXPAND);
    } else {
        direct.steps = plan->steps;
    }
    const char *script = emit_script(plan->arena, &direct);
    char hex[DIGEST_HEX_SIZE];
    digest_hex(script, strlen(script), hex);
    memcpy(plan->id, hex, sizeof plan->id - 1);
}

/* Debug builds carry every plan out in memory before anybody sees it. */
static bool is_proved(const Plan *plan UNUSED, Diagnostics *diags UNUSED)
{
#ifndef NDEBUG
    Arena *scratch = arena_new();
    const char *wrong = replay_prove(scratch, plan);
    if (wrong != NULL) {
        diag_report(diags, DIAG_PLAN_UNPROVED, span_none(), wrong);
    }
    arena_free(scratch);
    return wrong == NULL;
#else
    return true;
#endif
}

static Plan *discard(Plan *plan)
{
    plan_free(plan);
    return NULL;
}

/* Known renames of enums come first; the rest is the difference that is left after them. */
static void plan_diff(Plan *plan, const PlanOptions *options)
{
    static const Renames none = {0};
    const Renames *renames = options->renames == NULL ? &none : options->renames;
    if (renames->enums.count > 0) {
        plan->from = enum_renames_done(plan->arena, plan->origin, &renames->enums);
    }
    Diff *diff = diff_catalogs(plan->arena, plan->from, plan->to, &renames->named);
    vec_each(const EnumRename, at, &renames->enums) {
        Change *change = arena_make(plan->arena, Change);
        *change = (Change){.kind = CHANGE_RENAME_ENUM,
                           .before = {.enum_type = at->before},
                           .after = {.enum_type = at->after}};
        vec_push(plan->arena, &diff->changes, change);
    }
    plan->diff = diff;
}

Plan *plan_make(const Catalog *from, const Catalog *to, const PlanOptions *options,
                Diagnostics *diags)
{
    assert(from->canonical && to->canonical);
    Plan *plan = plan_new(from, to);
    plan_diff(plan, options);
    plan->online = options->online;
    if (options->online) {
        online_steps(plan);
    } else {
        direct_steps(plan, &plan->diff->changes, PHASE_EXPAND);
    }
    plan_note_opaque(plan);
    number_steps(plan);
    identify(plan);
    return is_proved(plan, diags) ? plan : discard(plan);
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

bool plan_has_phases(const Plan *plan)
{
    vec_each(Step *, step, &plan->steps) {
        if ((*step)->phase != PHASE_EXPAND) {
            return true;
        }
    }
    return false;
}
