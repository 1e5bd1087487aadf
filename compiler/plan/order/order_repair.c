/*
 * order_repair.c - renames that exchange names, keys and types whose names are wanted too early.
 *
 * In: a step of a circle.   Out: two steps; the first gives the thing a name in between. Nothing
 * here knows why the steps wait.
 */
#include "base/common.h"

#include "compiler/plan/order/order_repair.h"

#include "compiler/catalog/naming.h"

/* The clause of ALTER TABLE that gives the name back: the primary key's, or a column's. */
static Clause *clause_freeing(const Step *step, Name name)
{
    vec_each(Clause, clause, &step->clauses) {
        const ClauseKind kind = clause->kind;
        const bool key = kind == CLAUSE_DROP_PRIMARY_KEY || kind == CLAUSE_RENAME_PRIMARY_KEY;
        const bool column = kind == CLAUSE_DROP_COLUMN || kind == CLAUSE_RECREATE_COLUMN;
        if ((key && clause->key_before->name == name) || (column && clause->before->name == name)) {
            return clause;
        }
    }
    return NULL;
}

static void without_clauses(Step *step)
{
    step->clauses.items = NULL;
    step->clauses.count = step->clauses.capacity = 0;
    step->hazards.items = NULL;
    step->hazards.count = step->hazards.capacity = 0;
}

/* The old primary key is renamed, and dropped with the rest. */
static void cut_key(Arena *arena, Names *names, Step *first, Clause *clause)
{
    PrimaryKey *between = arena_make(arena, PrimaryKey);
    *between = *clause->key_before;
    between->name = name_reserved(names, RESERVED_BETWEEN, between->name);
    const Clause rename = {.kind = CLAUSE_RENAME_PRIMARY_KEY,
                           .key_before = clause->key_before,
                           .key_after = between,
                           .cause = clause->cause};
    vec_push(arena, &first->clauses, rename);
    clause->key_before = between;
}

static void cut_alter_table(Arena *arena, Names *names, Step *first, Clause *clause)
{
    without_clauses(first);
    if (clause->key_before != NULL) {
        cut_key(arena, names, first, clause);
        return;
    }
    first->kind = STEP_RENAME_COLUMN; /* the column that goes */
    first->before.column = first->after.column = clause->before;
    first->new_name = name_reserved(names, RESERVED_BETWEEN, clause->before->name);
}

/* Of another kind no circle is known that it would open. */
bool step_can_be_cut(const Step *step, Name wanted)
{
    const StepKind kind = step->kind;
    return kind == STEP_RENAME_INDEX || kind == STEP_RENAME_FOREIGN_KEY ||
           kind == STEP_RENAME_COLUMN || kind == STEP_RENAME_TABLE || kind == STEP_RENAME_ENUM ||
           kind == STEP_DROP_ENUM ||
           (kind == STEP_ALTER_TABLE && clause_freeing(step, wanted) != NULL);
}

Step *step_cut(Arena *arena, Names *names, Step *step, Name wanted)
{
    Step *first = arena_make(arena, Step);
    *first = *step;
    if (step->kind == STEP_ALTER_TABLE) {
        cut_alter_table(arena, names, first, clause_freeing(step, wanted));
        return first;
    }
    if (step->kind == STEP_RENAME_ENUM || step->kind == STEP_DROP_ENUM) {
        /* Its new names, its schema and those of its values, come with the second half. */
        first->kind = STEP_RENAME_ENUM;
        first->after.enum_type = step->before.enum_type;
    } else if (step->kind != STEP_RENAME_TABLE) {
        /* A table moves to its new schema with the first half. */
        first->after.index = step->before.index;
        first->after.foreign_key = step->before.foreign_key;
        first->after.column = step->before.column;
    }
    first->new_name = name_reserved(names, RESERVED_BETWEEN, wanted);
    step->last_name = first->new_name;
    return first;
}
