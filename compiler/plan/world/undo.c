#include "base/common.h"

#include "compiler/plan/world/undo.h"

/* A step of `kind` about the other side of `step`; the table keeps the name the step left it with.
 */
static Step *turn(Arena *arena, const Step *step, StepKind kind, StepList *undo)
{
    Step *turned = arena_make(arena, Step);
    *turned = (Step){.kind = kind,
                     .phase = step->phase,
                     .cause = step->cause,
                     .before = step->after,
                     .after = step->before,
                     .name = step->name,
                     .expression = step->expression};
    if (step->after.table != NULL && kind != STEP_RENAME_TABLE) {
        turned->after.table = step->after.table;
    }
    if (turned->before.table == NULL) {
        turned->before.table = step->before.table;
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
        return false;
    case CLAUSE_KIND_COUNT:
        break;
    }
    unreachable();
}

static bool turn_alter_table(Arena *arena, const Step *step, StepList *undo)
{
    Step *turned = turn(arena, step, STEP_ALTER_TABLE, undo);
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

/* The view leaves, then table and columns get their old names back. */
static bool turn_view(Arena *arena, const Step *step, StepList *undo)
{
    Step *drop = turn(arena, step, STEP_DROP_COMPATIBILITY_VIEW, undo);
    drop->before = step->before;
    drop->after = step->after;
    vec_each(const Clause, clause, &step->clauses) {
        Step *rename = turn(arena, step, STEP_RENAME_COLUMN, undo);
        rename->after.table = step->after.table;
        rename->before.column = clause->after;
        rename->after.column = clause->before;
    }
    if (step->name == NULL) {
        turn(arena, step, STEP_RENAME_TABLE, undo);
    }
    return true;
}

static bool turn_check(Arena *arena, const Step *step, StepKind kind, StepList *undo)
{
    Step *turned = turn(arena, step, kind, undo);
    turned->after = step->after;
    vec_each(const Clause, clause, &step->clauses) {
        vec_push(arena, &turned->clauses, *clause);
    }
    return true;
}

static bool turn_set_not_null(Arena *arena, const Step *step, StepList *undo)
{
    Step *turned = turn(arena, step, STEP_ALTER_TABLE, undo);
    Clause clause = {.kind = CLAUSE_DROP_NOT_NULL,
                     .before = step->after.column,
                     .after = step->after.column,
                     .cause = step->cause};
    turned->after.table = step->after.table;
    vec_push(arena, &turned->clauses, clause);
    return true;
}

/* Nulls that were filled cannot be told from values; in a column of our own nothing is lost. */
static bool turn_backfill(const Step *step)
{
    return step->cause->kind == CHANGE_ADD_COLUMN;
}

/* --- dispatch ----------------------------------------------------------------------------------
 */

static bool turn_to(Arena *arena, const Step *step, StepKind kind, StepList *undo)
{
    turn(arena, step, kind, undo);
    return true;
}

/* The trigger's step speaks of the wanted side only. */
static bool turn_trigger(Arena *arena, const Step *step, StepKind kind, StepList *undo)
{
    turn(arena, step, kind, undo)->after = step->after;
    return true;
}

static bool turn_step(Arena *arena, const Step *step, StepList *undo)
{
    switch (step->kind) {
    case STEP_RENAME_TABLE:
    case STEP_RENAME_COLUMN:
    case STEP_RENAME_ENUM:
    case STEP_RENAME_FOREIGN_KEY:
    case STEP_RENAME_INDEX:
        return turn_to(arena, step, step->kind, undo);
    case STEP_CREATE_ENUM:
        return turn_to(arena, step, STEP_DROP_ENUM, undo);
    case STEP_DROP_ENUM:
        return turn_to(arena, step, STEP_CREATE_ENUM, undo);
    case STEP_DROP_FOREIGN_KEY:
        return turn_to(arena, step, STEP_ADD_FOREIGN_KEY, undo);
    case STEP_ADD_FOREIGN_KEY:
    case STEP_ADD_FOREIGN_KEY_ONLINE:
        return turn_to(arena, step, STEP_DROP_FOREIGN_KEY, undo);
    case STEP_DROP_INDEX:
        return turn_to(arena, step, STEP_CREATE_INDEX, undo);
    case STEP_CREATE_INDEX:
        return turn_to(arena, step, STEP_DROP_INDEX, undo);
    case STEP_DROP_INDEX_ONLINE:
        return turn_to(arena, step, STEP_CREATE_INDEX_ONLINE, undo);
    case STEP_CREATE_INDEX_ONLINE:
        return turn_to(arena, step, STEP_DROP_INDEX_ONLINE, undo);
    case STEP_CREATE_TABLE:
        return turn_to(arena, step, STEP_DROP_TABLE, undo);
    case STEP_ALTER_TABLE:
        return turn_alter_table(arena, step, undo);
    case STEP_COMPATIBILITY_VIEW:
        return turn_view(arena, step, undo);
    case STEP_ADD_CHECK:
        return turn_check(arena, step, STEP_DROP_CHECK, undo);
    case STEP_DROP_CHECK:
        return turn_check(arena, step, STEP_ADD_CHECK, undo);
    case STEP_SET_NOT_NULL:
        return turn_set_not_null(arena, step, undo);
    case STEP_FILL_TRIGGER:
        return turn_trigger(arena, step, STEP_DROP_FILL_TRIGGER, undo);
    case STEP_DROP_FILL_TRIGGER:
        return turn_trigger(arena, step, STEP_FILL_TRIGGER, undo);
    case STEP_VALIDATE_CONSTRAINT:
        return true; /* a valid constraint is undone with its addition */
    case STEP_BACKFILL:
    case STEP_FILL_BY_HAND:
        return turn_backfill(step);
    case STEP_CREATE_SCHEMA:
    case STEP_DROP_EXTENSION:
    case STEP_CREATE_EXTENSION:
    case STEP_ALTER_EXTENSION:
    case STEP_ADD_ENUM_VALUES:
    case STEP_REBUILD_ENUM:
    case STEP_DROP_TABLE:
    case STEP_DROP_COMPATIBILITY_VIEW:
    case STEP_ADD_PRIMARY_KEY_ONLINE:
        return false;
    case STEP_KIND_COUNT:
        break;
    }
    unreachable();
}

bool undo_steps(Arena *arena, Step *const *steps, size_t count, StepList *ret_undo)
{
    StepList undo = {0};
    for (size_t i = count; i-- > 0;) {
        if (!turn_step(arena, steps[i], &undo)) {
            return false;
        }
    }
    *ret_undo = undo;
    return true;
}
