/*
 * online_switch.c - second columns (online_shadow.c) take the places of the first.
 *
 * First all that the second columns need: indexes built concurrently, NOT NULL by proof, foreign
 * keys validated. Then the switch, a script of its own for all tables that foreign keys join: the
 * old foreign keys go, each table drops its first columns and gives their names to the second, its
 * primary key is made of the index that stands there, and names are what they were. All of it is
 * catalogue only, and under one set of locks nobody sees a row without its keys.
 */
#include "base/common.h"

#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

/* An index over second columns, and the wanted one it becomes. */
typedef struct Built {
    const Index *index, *wanted; /* `wanted` is NULL for the index of a primary key */
} Built;

/* What is switched together. */
typedef struct Switch {
    Online *cx;
    uint32_t knot;
    VEC(Built) built;
} Switch;

static bool is_first_of_table(const Online *cx, const Shadow *shadow)
{
    for (const Shadow *at = cx->shadows.items; at < shadow; at++) {
        if (at->change->after.table == shadow->change->after.table) {
            return false;
        }
    }
    return true;
}

/* A step about the second column, where the first is the source's. */
static Step *second_step(Online *cx, const Shadow *shadow, StepKind kind)
{
    Step *step = online_step(cx, kind, PHASE_TIGHTEN, shadow->added);
    step->before = shadow->change->before;
    step->expression = shadow->value;
    return step;
}

/* --- indexes -----------------------------------------------------------------------------------
 */

static Column *second_of(const Online *cx, Column *wanted)
{
    const Shadow *shadow = wanted == NULL ? NULL : online_shadow_of(cx, wanted);
    return shadow != NULL ? shadow->second : wanted;
}

/* The index over the second columns in the place of the first; NULL: it is over none. */
static const Index *index_over_seconds(Online *cx, const Index *index)
{
    Index *copy = arena_make(cx->arena, Index);
    bool any = false;
    *copy = *index;
    copy->name = name_reserved(cx->plan->to->names, RESERVED_BUILT, index->name);
    copy->parts.items = NULL;
    copy->parts.count = copy->parts.capacity = 0;
    copy->include.items = NULL;
    copy->include.count = copy->include.capacity = 0;
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(cx->arena, &copy->parts, *part);
        vec_last(&copy->parts).column = second_of(cx, part->column);
        any = any || vec_last(&copy->parts).column != part->column;
    }
    vec_each(Column *, column, &index->include) {
        vec_push(cx->arena, &copy->include, second_of(cx, *column));
        any = any || vec_last(&copy->include) != *column;
    }
    return any ? copy : NULL;
}

static const Index *key_over_seconds(Online *cx, const PrimaryKey *key)
{
    Index *index = arena_make(cx->arena, Index);
    *index = (Index){.name = name_reserved(cx->plan->to->names, RESERVED_BUILT, key->name),
                     .table = key->table,
                     .kind = INDEX_UNIQUE,
                     .valid = true,
                     .origin = key->origin};
    vec_each(Column *, column, &key->columns) {
        vec_push(cx->arena, &index->parts, (IndexPart){.column = second_of(cx, *column)});
    }
    return index;
}

static void write_build(Switch *of, const Shadow *shadow, const Index *index, const Index *wanted)
{
    second_step(of->cx, shadow, STEP_CREATE_INDEX_ONLINE)->after.index = index;
    vec_push(of->cx->arena, &of->built, (Built){.index = index, .wanted = wanted});
}

static void write_builds(Switch *of, const Shadow *shadow)
{
    const Table *table = shadow->change->after.table;
    if (online_key_switches(of->cx, table)) {
        write_build(of, shadow, key_over_seconds(of->cx, table->primary_key), NULL);
    }
    vec_each(Index *, wanted, &table->indexes) {
        const Index *index = index_over_seconds(of->cx, *wanted);
        if (index != NULL) {
            write_build(of, shadow, index, *wanted);
        }
    }
}

/* --- not null ----------------------------------------------------------------------------------
 */

static void push_checks(Online *cx, const Table *table, Step *step)
{
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (shadow->change->after.table == table && shadow->change->after.column->not_null) {
            const Clause clause = {
                .kind = CLAUSE_CHECK_NOT_NULL, .after = shadow->second, .cause = shadow->added};
            vec_push(cx->arena, &step->clauses, clause);
        }
    }
}

/* One check for all columns of the table: one scan proves them all. */
static void write_not_nulls(Online *cx, const Table *table)
{
    const Shadow *first = NULL;
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (first == NULL && shadow->change->after.table == table &&
            shadow->change->after.column->not_null) {
            first = shadow;
        }
    }
    if (first == NULL) {
        return;
    }
    const Name check = name_reserved(cx->plan->to->names, RESERVED_SWITCHED, table->name);
    Step *add = second_step(cx, first, STEP_ADD_CHECK);
    push_checks(cx, table, add);
    add->name = check;
    second_step(cx, first, STEP_VALIDATE_CONSTRAINT)->name = check;
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (shadow->change->after.table == table && shadow->change->after.column->not_null) {
            second_step(cx, shadow, STEP_SET_NOT_NULL)->name = check;
        }
    }
    Step *drop = second_step(cx, first, STEP_DROP_CHECK);
    push_checks(cx, table, drop);
    drop->name = check;
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

static bool is_of_knot(const Switch *of, const TiedKey *tied)
{
    vec_each(const Shadow, shadow, &of->cx->shadows) {
        const Column *column = shadow->change->after.column;
        const ForeignKey *key = tied->after;
        if (shadow->knot == of->knot &&
            (column_in_list(column, key->columns.items, key->columns.count) ||
             column_in_list(column, key->referenced_columns.items,
                            key->referenced_columns.count))) {
            return true;
        }
    }
    return false;
}

static void write_foreign_keys(Switch *of)
{
    static const StepKind kinds[] = {STEP_ADD_FOREIGN_KEY_ONLINE, STEP_VALIDATE_CONSTRAINT};
    for (size_t i = 0; i < lengthof(kinds); i++) {
        vec_each(const TiedKey, tied, &of->cx->tied_keys) {
            if (is_of_knot(of, tied)) {
                Step *step = online_step(of->cx, kinds[i], PHASE_TIGHTEN, tied->add);
                step->after.foreign_key = tied->built;
                step->name = tied->built->name;
            }
        }
    }
}

/* --- the switch --------------------------------------------------------------------------------
 */

static Step *switch_step(Switch *of, StepKind kind, const Change *cause)
{
    Step *step = online_step(of->cx, kind, PHASE_TIGHTEN, cause);
    step->together = of->knot;
    return step;
}

static void write_columns(Switch *of, const Shadow *first)
{
    Online *cx = of->cx;
    Step *step = switch_step(of, STEP_SWITCH_COLUMN, first->change);
    vec_each(const Shadow, shadow, &cx->shadows) {
        const Change *change = shadow->change;
        if (change->after.table != first->change->after.table) {
            continue;
        }
        vec_push(cx->arena, &step->clauses,
                 (Clause){.kind = CLAUSE_RENAME_COLUMN,
                          .before = shadow->second,
                          .after = change->after.column,
                          .cause = change});
        step_add_hazard(cx->plan, step, HAZARD_STALE_PLANS, change->before.table,
                        change->before.column, NULL);
    }
    step_add_hazard(cx->plan, step, HAZARD_COLUMN_MOVES, first->change->before.table, NULL, NULL);
}

static void write_names(Switch *of)
{
    vec_each(const Built, built, &of->built) {
        const Table *table = built->index->table;
        Online *cx = of->cx;
        const Table *before = match_table_before(cx->plan->diff, table);
        if (built->wanted == NULL) {
            const Subject old_side = {.table = before, .primary_key = before->primary_key};
            const Subject new_side = {.table = table, .primary_key = table->primary_key};
            Step *step =
                switch_step(of, STEP_ADD_PRIMARY_KEY_ONLINE,
                            online_change(cx, CHANGE_MODIFY_PRIMARY_KEY, 0, old_side, new_side));
            step->before.index = built->index;
            step->name = built->index->name;
        } else {
            const Subject old_side = {.table = table, .index = built->index};
            const Subject new_side = {.table = table, .index = built->wanted};
            switch_step(of, STEP_RENAME_INDEX,
                        online_change(cx, CHANGE_RENAME_INDEX, 0, old_side, new_side));
        }
    }
}

static void write_switch(Switch *of)
{
    Online *cx = of->cx;
    vec_each(const TiedKey, tied, &cx->tied_keys) {
        if (is_of_knot(of, tied)) {
            switch_step(of, STEP_DROP_FOREIGN_KEY, tied->drop);
        }
    }
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (shadow->knot == of->knot && is_first_of_table(cx, shadow)) {
            write_columns(of, shadow);
        }
    }
    write_names(of);
    vec_each(const TiedKey, tied, &cx->tied_keys) {
        if (is_of_knot(of, tied)) {
            Step *rename = switch_step(of, STEP_RENAME_FOREIGN_KEY, tied->add);
            rename->before = tied->add->after;
            rename->before.foreign_key = tied->built;
        }
    }
}

static void write_knot(Switch *of)
{
    Online *cx = of->cx;
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (shadow->knot == of->knot && is_first_of_table(cx, shadow)) {
            write_builds(of, shadow);
        }
    }
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (shadow->knot == of->knot && is_first_of_table(cx, shadow)) {
            write_not_nulls(cx, shadow->change->after.table);
        }
    }
    write_foreign_keys(of);
    write_switch(of);
}

void online_write_switches(Online *cx)
{
    for (uint32_t knot = 1; knot <= cx->shadows.count; knot++) {
        Switch of = {.cx = cx, .knot = knot};
        write_knot(&of);
    }
}
