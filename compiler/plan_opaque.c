/*
 * plan_opaque.c - objects the schema language cannot say, and what a plan's steps do to them.
 *
 * The server drops some together with a column (checks, expression indexes) and refuses a step
 * because of others (views, rules, policies, triggers; manual, "Dependency Tracking"). Neither
 * happens unannounced: the step gets a hazard that names the object. Objects are found by the names
 * of tables and columns, because a strategy may work on copies.
 */
#include "base/common.h"

#include "compiler/plan_opaque.h"

#include <string.h>

#include "compiler/casts.h"
#include "compiler/strategy.h"

typedef struct OpaqueCx {
    Plan *plan;
    Map by_table; /* (schema, name) -> OpaqueList of what depends on the table */
} OpaqueCx;

/* --- what depends on what ----------------------------------------------------------------------
 */

static void note_dependent(OpaqueCx *cx, const Table *table, Opaque *opaque)
{
    OpaqueList *list = map_get2(&cx->by_table, table->schema, table->name);
    if (list == NULL) {
        list = arena_make(cx->plan->arena, OpaqueList);
        map_put2(cx->plan->arena, &cx->by_table, table->schema, table->name, list);
    }
    if (list->count == 0 || vec_last(list) != opaque) {
        vec_push(cx->plan->arena, list, opaque);
    }
}

static void index_opaque(OpaqueCx *cx)
{
    vec_each(Opaque *, at, &cx->plan->from->opaque) {
        vec_each(Table *, table, &(*at)->tables) {
            note_dependent(cx, *table, *at);
        }
        vec_each(Column *, column, &(*at)->columns) {
            note_dependent(cx, (*column)->table, *at);
        }
    }
}

static bool is_of_table(const Opaque *opaque, const Table *table)
{
    return opaque->table != NULL && opaque->table->name == table->name &&
           opaque->table->schema == table->schema;
}

static bool uses_column(const Opaque *opaque, const Table *table, const Column *column)
{
    vec_each(Column *, at, &opaque->columns) {
        if ((*at)->name == column->name && (*at)->table->name == table->name &&
            (*at)->table->schema == table->schema) {
            return true;
        }
    }
    return false;
}

/* --- what becomes of it ------------------------------------------------------------------------
 */

/* Constraints and indexes go with a column of theirs; everything else refuses to let it go. */
static bool goes_with_column(OpaqueKind kind)
{
    return kind == OPAQUE_CHECK || kind == OPAQUE_EXCLUSION || kind == OPAQUE_EXPRESSION_INDEX;
}

static void add_hazard(OpaqueCx *cx, Step *step, HazardCode code, const Table *table,
                       const Column *column, const Opaque *opaque)
{
    const char *detail =
        arena_printf(cx->plan->arena, "%s `%s`", opaque_name(opaque->kind), opaque->name->text);
    vec_each(Hazard *, at, &step->hazards) {
        if ((*at)->code == code && (*at)->detail != NULL && strcmp((*at)->detail, detail) == 0) {
            return;
        }
    }
    step_add_hazard(cx->plan, step, code, table, column, detail);
}

static void column_goes(OpaqueCx *cx, Step *step, const Table *table, const Column *column)
{
    const OpaqueList *list = map_get2(&cx->by_table, table->schema, table->name);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (uses_column(list->items[i], table, column)) {
            const bool lost = goes_with_column(list->items[i]->kind);
            add_hazard(cx, step, lost ? HAZARD_OPAQUE_LOST : HAZARD_OPAQUE_IN_THE_WAY, table,
                       column, list->items[i]);
        }
    }
}

/* The server rebuilds checks and indexes over a new type itself, unless the type is an enum's. */
static void type_changes(OpaqueCx *cx, Step *step, const Table *table, const Column *column)
{
    const OpaqueList *list = map_get2(&cx->by_table, table->schema, table->name);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const OpaqueKind kind = list->items[i]->kind;
        const bool follows = goes_with_column(kind) && step->kind != STEP_REBUILD_ENUM;
        if (!follows && kind != OPAQUE_FUNCTION && uses_column(list->items[i], table, column)) {
            add_hazard(cx, step, HAZARD_OPAQUE_IN_THE_WAY, table, column, list->items[i]);
        }
    }
}

static void table_goes(OpaqueCx *cx, Step *step, const Table *table)
{
    const OpaqueList *list = map_get2(&cx->by_table, table->schema, table->name);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (!is_of_table(list->items[i], table)) {
            add_hazard(cx, step, HAZARD_OPAQUE_IN_THE_WAY, table, NULL, list->items[i]);
        }
    }
}

static void look_at_clause(OpaqueCx *cx, Step *step, const Clause *clause)
{
    if (clause->before == NULL) {
        return;
    }
    const Table *table = clause->before->table;
    if (clause->kind == CLAUSE_DROP_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN) {
        column_goes(cx, step, table, clause->before);
    } else if (clause->kind == CLAUSE_SET_TYPE) {
        type_changes(cx, step, table, clause->before);
    }
}

void plan_note_opaque(Plan *plan)
{
    OpaqueCx cx = {.plan = plan};
    if (plan->from->opaque.count == 0) {
        return;
    }
    index_opaque(&cx);
    vec_each(Step *, at, &plan->steps) {
        if ((*at)->kind == STEP_DROP_TABLE) {
            table_goes(&cx, *at, (*at)->before.table);
        }
        vec_each(Clause, clause, &(*at)->clauses) {
            look_at_clause(&cx, *at, clause);
        }
    }
}
