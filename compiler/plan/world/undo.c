#include "base/common.h"

#include "compiler/plan/world/undo.h"

/* A step of `kind` about the other side of `step`. */
static Step *turn(Arena *arena, const Step *step, StepKind kind, StepList *undo)
{
    Step *turned = arena_make(arena, Step);
    *turned = (Step){.kind = kind,
                     .phase = step->phase,
                     .cause = step->cause,
                     .before = step->after,
                     .after = step->before,
                     .name = step->name,
                     .new_name = step->last_name,
                     .last_name = step->new_name,
                     .expression = step->expression};
    if (turned->before.table == NULL) {
        turned->before.table = step->before.table;
    }
    if (turned->after.table == NULL || step->last_name != NULL) {
        turned->after.table = step->after.table; /* half a rename: the table has moved already */
    }
    vec_push(arena, undo, turned);
    return turned;
}

/* --- clauses -----------------------------------------------------------------------------------
 */

static bool default_clause(const Clause *clause, Clause *ret_clause)
{
    const Column *old = clause->before;
    if (old == NULL || old->dflt.kind == DEFAULT_SEQUENCE || old->dflt.kind == DEFAULT_OPAQUE) {
        return false;
    }
    ret_clause->kind = old->dflt.kind == DEFAULT_NONE ? CLAUSE_DROP_DEFAULT : CLAUSE_SET_DEFAULT;
    return true;
}

static bool turn_clause(const Clause *clause, Clause *ret_clause)
{
    *ret_clause = (Clause){.before = clause->after,
                           .after = clause->before,
                           .key_before = clause->key_after,
                           .key_after = clause->key_before,
                           .cause = clause->cause};
    switch (clause->kind) {
    case CLAUSE_ADD_COLUMN:
        ret_clause->kind = CLAUSE_DROP_COLUMN;
        return true;
    case CLAUSE_SET_NOT_NULL:
        ret_clause->kind = CLAUSE_DROP_NOT_NULL;
        return true;
    case CLAUSE_DROP_NOT_NULL:
        ret_clause->kind = CLAUSE_SET_NOT_NULL;
        return true;
    case CLAUSE_SET_DEFAULT:
    case CLAUSE_DROP_DEFAULT:
        return default_clause(clause, ret_clause);
    case CLAUSE_DROP_PRIMARY_KEY:
        ret_clause->kind = CLAUSE_ADD_PRIMARY_KEY;
        return true;
    case CLAUSE_ADD_PRIMARY_KEY:
        ret_clause->kind = CLAUSE_DROP_PRIMARY_KEY;
        return true;
    case CLAUSE_RENAME_PRIMARY_KEY:
        ret_clause->kind = CLAUSE_RENAME_PRIMARY_KEY;
        return true;
    case CLAUSE_DROP_COLUMN:
    case CLAUSE_RECREATE_COLUMN:
    case CLAUSE_ADD_SEQUENCE:
    case CLAUSE_DROP_SEQUENCE:
    case CLAUSE_SET_TYPE:
    case CLAUSE_TAKE_PRIMARY_KEY: /* the index's name is gone */
    case CLAUSE_RENAME_COLUMN:
    case CLAUSE_CHECK_NOT_NULL:
    case CLAUSE_LOCK_KEY:
    case CLAUSE_CHECK_CARRIED:
    case CLAUSE_CHECK_KEPT:
    case CLAUSE_CHECK_HERE:
    case CLAUSE_LEAVE_EMPTY:
    case CLAUSE_SET_ASIDE:
    case CLAUSE_KEEP_FIRST:
    case CLAUSE_EMPTY_FIRST:
    case CLAUSE_MAP_FIRST:
        return false;
    case CLAUSE_KIND_COUNT:
        break;
    }
    unreachable();
}

static bool undo_alter_table(Arena *arena, const Step *step, StepKind reverse, StepList *undo)
{
    Step *turned = turn(arena, step, reverse, undo);
    for (size_t i = step->clauses.count; i-- > 0;) {
        Clause clause;
        if (!turn_clause(&step->clauses.items[i], &clause)) {
            return false;
        }
        vec_push(arena, &turned->clauses, clause);
    }
    return true;
}

/* --- online steps ------------------------------------------------------------------------------
 */

/* The view leaves; table and columns get their old names back. */
static bool undo_view(Arena *arena, const Step *step, StepKind reverse, StepList *undo)
{
    Step *back = turn(arena, step, reverse, undo);
    back->before = step->before;
    back->after = step->after;
    vec_each(const Clause, clause, &step->clauses) {
        vec_push(arena, &back->clauses, *clause);
    }
    return true;
}

static bool undo_check(Arena *arena, const Step *step, StepKind reverse, StepList *undo)
{
    Step *turned = turn(arena, step, reverse, undo);
    turned->after = step->after;
    vec_each(const Clause, clause, &step->clauses) {
        vec_push(arena, &turned->clauses, *clause);
    }
    return true;
}

static bool undo_set_not_null(Arena *arena, const Step *step, StepKind reverse, StepList *undo)
{
    Step *turned = turn(arena, step, reverse, undo);
    Clause clause = {.kind = CLAUSE_DROP_NOT_NULL,
                     .before = step->after.column,
                     .after = step->after.column,
                     .cause = step->cause};
    turned->after.table = step->after.table;
    vec_push(arena, &turned->clauses, clause);
    return true;
}

/* Nulls that were filled cannot be told from values; in a column of our own nothing is lost. */
static bool undo_backfill(UNUSED Arena *arena, const Step *step, UNUSED StepKind reverse,
                          UNUSED StepList *undo)
{
    return step->cause->kind == CHANGE_ADD_COLUMN;
}

/* The trigger's step speaks of the wanted side only. */
static bool undo_trigger(Arena *arena, const Step *step, StepKind reverse, StepList *undo)
{
    turn(arena, step, reverse, undo)->after = step->after;
    return true;
}

/* --- any ---------------------------------------------------------------------------------------
 */

static bool undo_turned(Arena *arena, const Step *step, StepKind reverse, StepList *undo)
{
    turn(arena, step, reverse, undo);
    return true;
}

/* A valid constraint is undone with its addition. */
static bool undo_with_what_it_is_about(UNUSED Arena *arena, UNUSED const Step *step,
                                       UNUSED StepKind reverse, UNUSED StepList *undo)
{
    return true;
}

/* When all else is undone: undo_steps makes it. */
static bool undo_afterwards(UNUSED Arena *arena, UNUSED const Step *step, UNUSED StepKind reverse,
                            UNUSED StepList *undo)
{
    return true;
}

static bool undo_never(UNUSED Arena *arena, UNUSED const Step *step, UNUSED StepKind reverse,
                       UNUSED StepList *undo)
{
    return false;
}

typedef struct Undo {
    bool (*make)(Arena *arena, const Step *step, StepKind reverse, StepList *undo);
    StepKind reverse;
} Undo;

static const Undo undos[] = {
#define STEP(kind, section, lock, transaction, cost, summary, effects, emit, replay, undo,         \
             reverse)                                                                              \
    [kind] = {undo_##undo, reverse},
#include "compiler/plan/steps/steps.def"
#undef STEP
};
static_assert(lengthof(undos) == STEP_KIND_COUNT, "one undo per step kind");

bool undo_steps(Arena *arena, Step *const *steps, size_t count, StepList *ret_undo)
{
    StepList undo = {0};
    for (size_t i = count; i-- > 0;) {
        const Undo *row = &undos[steps[i]->kind];
        if (!row->make(arena, steps[i], row->reverse, &undo)) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (undos[steps[i]->kind].make == undo_afterwards) {
            (void)undo_trigger(arena, steps[i], undos[steps[i]->kind].reverse, &undo);
        }
    }
    *ret_undo = undo;
    return true;
}
