/*
 * direct.c - plain DDL: one step per change, one ALTER TABLE per table, in the order of steps.def.
 *
 * In:  changes, in the order the differ found them.   Out: steps, in the order they run.
 * The order inside a kind is the order of the changes; order.c then moves a step only where
 * something else has to happen before it. Nothing here knows SQL.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/plan/direct/direct_internal.h"
#include "compiler/plan/order/order.h"

TableWork *work_of_before(const DirectCx *cx, const Table *table)
{
    return table == NULL ? NULL : map_get2(&cx->work_by_before, table->schema, table->name);
}

bool change_recreates(const Change *change)
{
    return change->kind == CHANGE_MODIFY_COLUMN && (change->facets & (FACET_TYPE | FACET_LIST)) &&
           cast_between(&change->before.column->type, &change->after.column->type) ==
               CAST_IMPOSSIBLE;
}

/* --- sorting the changes -----------------------------------------------------------------------
 */

static TableWork *work_for(DirectCx *cx, const Change *change)
{
    const Table *before = change->before.table, *after = change->after.table;
    TableWork *work = work_of_before(cx, before);
    if (work == NULL) {
        work = arena_make(cx->arena, TableWork);
        work->before = before;
        work->after = after;
        vec_push(cx->arena, &cx->work, work);
        map_put2(cx->arena, &cx->work_by_before, before->schema, before->name, work);
    }
    return work;
}

/* Changes that are parts of an ALTER TABLE go to their table's work. */
static void file_change(DirectCx *cx, Change *change)
{
    vec_push(cx->arena, &cx->by_kind[change->kind], change);
    if (change->kind == CHANGE_DROP_COLUMN) {
        vec_push(cx->arena, &work_for(cx, change)->dropped, change);
    } else if (change->kind == CHANGE_ADD_COLUMN) {
        vec_push(cx->arena, &work_for(cx, change)->added, change);
    } else if (change->kind == CHANGE_MODIFY_COLUMN) {
        vec_push(cx->arena, &work_for(cx, change)->modified, change);
    } else if (change->kind == CHANGE_RENAME_COLUMN) {
        vec_push(cx->arena, &work_for(cx, change)->renamed, change);
    } else if (change->kind >= CHANGE_ADD_PRIMARY_KEY && change->kind <= CHANGE_DROP_PRIMARY_KEY) {
        work_for(cx, change)->key = change;
    }
}

/* --- steps -------------------------------------------------------------------------------------
 */

static Step *add_step(DirectCx *cx, StepKind kind, const Change *change)
{
    Step *step = plan_add_step(cx->plan, kind, cx->phase, change);
    direct_hazards(cx, step);
    return step;
}

static void add_steps(DirectCx *cx, ChangeKind from, StepKind to)
{
    vec_each(Change *, at, &cx->by_kind[from]) {
        add_step(cx, to, *at);
    }
}

/* An extension that cannot be moved or updated in place is dropped and created again. */
static void extensions(DirectCx *cx)
{
    const ChangeList *modified = &cx->by_kind[CHANGE_MODIFY_EXTENSION];
    vec_each(Change *, at, modified) {
        if (!(*at)->before.extension->relocatable) {
            add_step(cx, STEP_DROP_EXTENSION, *at);
        }
    }
    vec_each(Change *, at, modified) {
        if (!(*at)->before.extension->relocatable) {
            add_step(cx, STEP_CREATE_EXTENSION, *at);
        }
    }
    add_steps(cx, CHANGE_ADD_EXTENSION, STEP_CREATE_EXTENSION);
    vec_each(Change *, at, modified) {
        if ((*at)->before.extension->relocatable) {
            add_step(cx, STEP_ALTER_EXTENSION, *at);
        }
    }
}

static void enums(DirectCx *cx)
{
    add_steps(cx, CHANGE_ADD_ENUM, STEP_CREATE_ENUM);
    direct_note_early(cx);
    vec_each(Change *, at, &cx->by_kind[CHANGE_MODIFY_ENUM]) {
        if ((*at)->facets & FACET_VALUES_REMOVED) {
            direct_rebuild_enum(cx, *at);
        } else {
            add_step(cx, STEP_ADD_ENUM_VALUES, *at);
        }
    }
}

/* It went with its column: nothing is left to drop. */
static bool goes_with_column(const Change *change)
{
    const Aside *aside = change->aside;
    return aside != NULL && (aside->when == ASIDE_COLUMN_ANEW || aside->when == ASIDE_COLUMN_GOES);
}

static void drop_indexes(DirectCx *cx)
{
    vec_each(Change *, at, &cx->by_kind[CHANGE_DROP_INDEX]) {
        if (!goes_with_column(*at)) {
            add_step(cx, STEP_DROP_INDEX, *at);
        }
    }
}

void direct_add_steps(Plan *plan, const ChangeList *changes, Phase phase)
{
    DirectCx cx = {.plan = plan, .arena = plan->arena, .phase = phase};
    vec_each(Change *, at, changes) {
        file_change(&cx, *at);
    }
    add_steps(&cx, CHANGE_ADD_SCHEMA, STEP_CREATE_SCHEMA);
    extensions(&cx);
    add_steps(&cx, CHANGE_RENAME_TABLE, STEP_RENAME_TABLE);
    add_steps(&cx, CHANGE_RENAME_COLUMN, STEP_RENAME_COLUMN);
    add_steps(&cx, CHANGE_RENAME_ENUM, STEP_RENAME_ENUM);
    enums(&cx);
    add_steps(&cx, CHANGE_DROP_FOREIGN_KEY, STEP_DROP_FOREIGN_KEY);
    drop_indexes(&cx);
    vec_each(TableWork *, at, &cx.work) {
        direct_alter_table(&cx, *at);
    }
    add_steps(&cx, CHANGE_DROP_TABLE, STEP_DROP_TABLE);
    add_steps(&cx, CHANGE_DROP_ENUM, STEP_DROP_ENUM);
    add_steps(&cx, CHANGE_ADD_TABLE, STEP_CREATE_TABLE);
    add_steps(&cx, CHANGE_ADD_INDEX, STEP_CREATE_INDEX);
    add_steps(&cx, CHANGE_RENAME_FOREIGN_KEY, STEP_RENAME_FOREIGN_KEY);
    add_steps(&cx, CHANGE_ADD_FOREIGN_KEY, STEP_ADD_FOREIGN_KEY);
    add_steps(&cx, CHANGE_RENAME_INDEX, STEP_RENAME_INDEX);
}

void direct_steps(Plan *plan, const ChangeList *changes, Phase phase)
{
    direct_add_steps(plan, changes, phase);
    order_steps(plan);
}
