/*
 * order_repair.c - renames that exchange names, keys and types whose names are wanted too early.
 *
 * In: a step of a circle.   Out: two steps; the first gives the thing a name in between. Nothing
 * here knows why the steps wait.
 */
#include "base/common.h"

#include "compiler/plan/order/order_repair.h"

#include "compiler/catalog/naming.h"

static void cut_index(Arena *arena, Names *names, Step *first, Step *second)
{
    Index *between = arena_make(arena, Index);
    *between = *second->before.index;
    between->name = name_between(names, between->name);
    first->after.index = between;
    second->before.index = between;
}

static void cut_foreign_key(Arena *arena, Names *names, Step *first, Step *second)
{
    ForeignKey *between = arena_make(arena, ForeignKey);
    *between = *second->before.foreign_key;
    between->name = name_between(names, between->name);
    first->after.foreign_key = between;
    second->before.foreign_key = between;
}

static void cut_column(Arena *arena, Names *names, Step *first, Step *second)
{
    Column *between = arena_make(arena, Column);
    *between = *second->before.column;
    between->name = name_between(names, between->name);
    first->after.column = between;
    second->before.column = between;
}

/* The table moves to its new schema with the first half. */
static void cut_table(Arena *arena, Names *names, Step *first, Step *second)
{
    Table *between = arena_make(arena, Table);
    *between = *second->before.table;
    between->name = name_between(names, between->name);
    between->schema = second->after.table->schema;
    first->after.table = between;
    second->before.table = between;
}

/* The type is dropped later, or gets its new names, its schema and those of its values, then. */
static void cut_enum(Arena *arena, Names *names, Step *first, Step *second)
{
    EnumType *between = arena_make(arena, EnumType);
    *between = *second->before.enum_type;
    between->name = name_between(names, between->name);
    first->kind = STEP_RENAME_ENUM;
    first->after.enum_type = between;
    second->before.enum_type = between;
}

/* The clause of ALTER TABLE that gives the name back: the primary key's, or a column's. */
static Clause *clause_freeing(const Step *step, Name name)
{
    vec_each(Clause, clause, &step->clauses) {
        switch ((int)clause->kind) {
        case CLAUSE_DROP_PRIMARY_KEY:
        case CLAUSE_RENAME_PRIMARY_KEY:
            if (clause->key_before->name == name) {
                return clause;
            }
            break;
        case CLAUSE_DROP_COLUMN:
        case CLAUSE_RECREATE_COLUMN:
            if (clause->before->name == name) {
                return clause;
            }
            break;
        default: /* gives no name back */
            break;
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
    between->name = name_between(names, between->name);
    const Clause rename = {.kind = CLAUSE_RENAME_PRIMARY_KEY,
                           .key_before = clause->key_before,
                           .key_after = between,
                           .cause = clause->cause};
    vec_push(arena, &first->clauses, rename);
    clause->key_before = between;
}

/* So is a column that goes. */
static void cut_dropped_column(Arena *arena, Names *names, Step *first, Clause *clause)
{
    Column *between = arena_make(arena, Column);
    *between = *clause->before;
    between->name = name_between(names, between->name);
    first->kind = STEP_RENAME_COLUMN;
    first->before.column = clause->before;
    first->after.column = between;
    clause->before = between;
}

static void cut_alter_table(Arena *arena, Names *names, Step *first, Clause *clause)
{
    without_clauses(first);
    if (clause->key_before != NULL) {
        cut_key(arena, names, first, clause);
    } else {
        cut_dropped_column(arena, names, first, clause);
    }
}

bool step_can_be_cut(const Step *step, Name wanted)
{
    switch ((int)step->kind) {
    case STEP_RENAME_INDEX:
    case STEP_RENAME_FOREIGN_KEY:
    case STEP_RENAME_COLUMN:
    case STEP_RENAME_TABLE:
    case STEP_RENAME_ENUM:
    case STEP_DROP_ENUM:
        return true;
    case STEP_ALTER_TABLE:
        return clause_freeing(step, wanted) != NULL;
    default: /* no circle is known that another kind would open */
        return false;
    }
}

Step *step_cut(Arena *arena, Names *names, Step *step, Name wanted)
{
    Step *first = arena_make(arena, Step);
    *first = *step;
    first->after_steps.count = 0;
    if (step->kind == STEP_RENAME_INDEX) {
        cut_index(arena, names, first, step);
    } else if (step->kind == STEP_RENAME_FOREIGN_KEY) {
        cut_foreign_key(arena, names, first, step);
    } else if (step->kind == STEP_RENAME_COLUMN) {
        cut_column(arena, names, first, step);
    } else if (step->kind == STEP_RENAME_TABLE) {
        cut_table(arena, names, first, step);
    } else if (step->kind == STEP_RENAME_ENUM || step->kind == STEP_DROP_ENUM) {
        cut_enum(arena, names, first, step);
    } else {
        cut_alter_table(arena, names, first, clause_freeing(step, wanted));
    }
    return first;
}

void step_follow_cut(Arena *arena, Step *step, const Step *cut)
{
    const Column *old = cut->before.column;
    vec_each(Clause, clause, &step->clauses) {
        const Column *now = clause->before;
        if (clause->after == NULL && now->name == old->name &&
            now->table->name == cut->after.table->name &&
            now->table->schema == cut->after.table->schema) {
            Column *between = arena_make(arena, Column);
            *between = *now;
            between->name = cut->after.column->name;
            clause->before = between;
        }
    }
}
