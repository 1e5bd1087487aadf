/*
 * online_shadow.c - a column that gets another type: a second one of that type beside it.
 *
 * A change of type in place writes the table anew while nobody can read or write it. Instead the
 * new type gets a column of its own, a trigger that keeps it like the old one, a fill in batches,
 * its indexes, keys and its NOT NULL; then one short transaction drops the old column and gives its
 * name to the new one (online_switch.c; zero-downtime facts: docs/online.md). Where both programs
 * understand the result all of that happens before the gate; else all but the switch, which waits
 * for it, and so does the proof that every value has gone over: until then the old program may
 * write one that does not fit, which leaves the second column empty and disturbs nobody.
 *
 * What ties the column to others goes over with it (online_tied.c). Where the column gets another
 * name, too, each program has a column of its own (online_named.c). What binds a column
 * (online_bound.c), or a value that it generates, makes it change in place, after the gate.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/diff/conversions.h"
#include "compiler/plan/steps/effects.h"

/* --- may it? -----------------------------------------------------------------------------------
 */

/* An index gives its name away with its column, and gets its own then: another may have neither
 * before. */
static bool passes_name_on(const Online *cx, const Index *before, const Index *after)
{
    const Name schema = after->table->schema;
    return before->name != after->name && (online_was_there(cx, schema, after->name) ||
                                           online_will_be_there(cx, schema, before->name));
}

/* An index that the language cannot say is in no change, and would go with its column. Those of a
 * column that comes with the plan do, too. */
static bool loses_index(const Online *cx, const Change *change)
{
    if (change->before.column == change->after.column) {
        return false;
    }
    vec_each(Index *const, at, online_indexes_over(cx, change->before.column)) {
        const Index *after = online_index_after(cx, *at);
        const Change *drop = online_index_changes(cx, change->before.table, (*at)->name).drop;
        if (after == NULL ? drop == NULL : passes_name_on(cx, *at, after)) {
            return true;
        }
    }
    return false;
}

/* What else the plan does with an index over the column. */
static bool changes_otherwise(Online *cx, const Change *change)
{
    return online_rename_hinders(cx, change) || online_changes_index(cx, change->before.column) ||
           online_changes_index(cx, change->after.column);
}

/* Until the gate the old program has its index. */
static bool drops_index(const Online *cx, const Change *change)
{
    vec_each(Index *const, at, online_indexes_over(cx, change->before.column)) {
        if (online_change_of(cx, CHANGE_DROP_INDEX, *at) != NULL) {
            return true;
        }
    }
    return false;
}

/* Does the second column wait for the gate? What names there are in between is not to matter. */
static bool is_late(const Online *cx, const Change *change, TypeChange kind)
{
    return kind != TYPE_CHANGE_WIDENS || online_gets_name(change) || drops_index(cx, change) ||
           online_rename_delays(cx, change->after.table);
}

/* What the second column is made with goes along; before the gate nothing may be taken away. A rule
 * that nulls break is another recipe's, but a list said nothing of nulls. */
static bool may_go_along(const Online *cx, const Change *change, TypeChange kind)
{
    const unsigned list = FACET_LIST | FACET_NULLABILITY, facets = change->facets;
    const bool relaxes = !change->after.column->not_null || (facets & FACET_LIST) != 0;
    return !is_late(cx, change, kind)
               ? facets == FACET_TYPE
               : (facets & ~(unsigned)(FACET_TYPE | FACET_DEFAULT | list)) == 0 &&
                     ((facets & FACET_NULLABILITY) == 0 || relaxes);
}

/* Text serves the program of an enum, too, where a cast helps. */
static TypeChange kind_of(Online *cx, const Change *change)
{
    const ColumnType *from = &change->before.column->type, *to = &change->after.column->type;
    if (online_asked_as(cx, change) != NULL) {
        return from->id == TYPE_ENUM ? TYPE_CHANGE_WIDENS : TYPE_CHANGE_NARROWS;
    }
    return online_type_change(from, to);
}

/* Is the type there before the gate, as it will be? */
bool online_type_is_there(const Online *cx, const Column *after)
{
    const EnumType *type = after->type.enum_type;
    if (after->type.id != TYPE_ENUM) {
        return true;
    }
    if (online_change_of(cx, CHANGE_MODIFY_ENUM, type) != NULL) {
        return false;
    }
    const bool was_there = catalog_find_enum(cx->plan->from, type->schema, type->name) != NULL;
    return online_change_of(cx, CHANGE_ADD_ENUM, type) == NULL
               ? was_there
               : !was_there && !online_was_there(cx, type->schema, type->name);
}

/* A sequence goes over to the second column, and an identity to one that counts, too. */
static bool has_bound_default(const Column *column)
{
    return column->dflt.kind == DEFAULT_OPAQUE || column->generated != NULL;
}

/* A cast that lets text be asked as the enum may not be there while a column is of it. */
static bool is_asked_too_early(Online *cx, const Change *change, TypeChange kind)
{
    return kind == TYPE_CHANGE_WIDENS && is_late(cx, change, kind) &&
           online_asked_as(cx, change) != NULL;
}

static bool may_have_second(Online *cx, const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    const TypeChange kind = kind_of(cx, change);
    return !is_asked_too_early(cx, change, kind) && (change->facets & FACET_TYPE) != 0 &&
           kind != TYPE_CHANGE_FREE && may_go_along(cx, change, kind) &&
           online_carries(cx, change) &&
           !(after->type.list && cast_changes_zone(&before->type, &after->type)) &&
           !online_of_rebuilt_enum(cx, before) && online_type_is_there(cx, after) &&
           !changes_otherwise(cx, change) && !has_bound_default(before) &&
           !has_bound_default(after) && !online_is_bound(cx, before) &&
           !online_is_bound(cx, after) && !loses_index(cx, change);
}

const Shadow *online_shadow_of(const Online *cx, const Column *after)
{
    return object_map_get(&cx->shadow_by_column, after);
}

/* --- making them -------------------------------------------------------------------------------
 */

static Column *second_column(Online *cx, const Shadow *shadow)
{
    const Column *wanted = shadow->change->after.column;
    Column *column = online_column_copy(cx, wanted);
    if (shadow->renewed != NULL) {
        column->type.enum_type = shadow->renewed->successor;
    }
    if (!shadow->named) {
        column->name = name_reserved(cx->plan->to->names, RESERVED_BEHIND, wanted->name);
    }
    column->position =
        (uint32_t)wanted->table->columns.count; /* none of the table's: another one */
    column->not_null = false;
    column->dflt = (Default){.kind = DEFAULT_NONE};
    return column;
}

/* Of a column whose enum loses values: as the author says, or as it is read from its text. */
static const char *renewed_value(Online *cx, const Shadow *shadow)
{
    const Change *change = shadow->change;
    if (shadow->mapping != NULL) {
        return online_trusted_fill(cx, change->after.column, shadow->mapping);
    }
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    StrBuf text = strbuf_new(STRBUF_MAX);
    conversion_write(&text, &everywhere, change->before.column->name, &change->before.column->type,
                     &shadow->second->type);
    return strbuf_take(&text, cx->arena);
}

/* Where the first is of the enum, too, it gets the value that is said. */
static bool maps_first(const Shadow *shadow)
{
    const Change *change = shadow->change;
    return shadow->mapping != NULL && column_keeps_enum(change->before.column, change->after.column,
                                                        shadow->renewed->change->after.enum_type);
}

static void make_second(Online *cx, Shadow *shadow)
{
    const Change *change = shadow->change;
    shadow->second = second_column(cx, shadow);
    shadow->value =
        shadow->renewed != NULL ? renewed_value(cx, shadow) : online_carried_value(cx, change);
    shadow->maps_first = maps_first(shadow);
    Subject added = change->after;
    added.column = shadow->second;
    shadow->added =
        online_change(cx, CHANGE_ADD_COLUMN, 0, (Subject){.table = change->before.table}, added);
}

static void note_shadows(Online *cx)
{
    cx->shadow_by_column = (ObjectMap){0};
    vec_each(Shadow, shadow, &cx->shadows) {
        object_map_put(cx->marks, &cx->shadow_by_column, shadow->change->after.column, shadow);
    }
    online_note_renewals(cx);
}

/* The indexes of a new column all come. Of one that is renamed both programs ask for the old type.
 */
static bool renewal_changes_otherwise(Online *cx, const Shadow *shadow)
{
    const Change *change = shadow->change;
    return online_gets_name(change) ||
           (shadow->mapping != NULL && online_renames_in(cx, change->after.table)) ||
           (shadow->is_new ? online_rename_hinders(cx, change) : changes_otherwise(cx, change));
}

/* What else is over the column of an enum that loses values. */
static bool renewal_is_bound(Online *cx, const Shadow *shadow)
{
    const Change *change = shadow->change;
    const Column *before = change->before.column, *after = change->after.column;
    return shadow->renewed != NULL &&
           (renewal_changes_otherwise(cx, shadow) || online_is_bound(cx, before) ||
            online_is_bound(cx, after) || before->generated != NULL || loses_index(cx, change));
}

/* One that stays behind may hold back those it is tied to. */
static bool leave_behind(Online *cx)
{
    size_t kept = 0;
    online_hold_back(cx);
    vec_each(Shadow, shadow, &cx->shadows) {
        shadow->held_back |= renewal_is_bound(cx, shadow) || !online_renewal_holds(cx, shadow);
    }
    for (size_t i = 0; i < cx->shadows.count; i++) {
        if (!cx->shadows.items[i].held_back) {
            cx->shadows.items[kept++] = cx->shadows.items[i];
        }
    }
    const bool any = kept < cx->shadows.count;
    cx->shadows.count = kept;
    if (any) {
        note_shadows(cx);
    }
    return any;
}

void online_find_shadows(Online *cx)
{
    if (cx->by_kind[CHANGE_MODIFY_COLUMN].count == 0 &&
        cx->by_kind[CHANGE_MODIFY_ENUM].count == 0) {
        return;
    }
    online_find_kept_checks(cx);
    online_find_bound(cx);
    online_find_kept_indexes(cx);
    online_find_renewed(cx);
    online_note_renewals(cx);
    vec_each(const Change *, change, &cx->by_kind[CHANGE_MODIFY_COLUMN]) {
        if (may_have_second(cx, *change)) {
            const bool late = is_late(cx, *change, kind_of(cx, *change));
            vec_push(cx->arena, &cx->shadows,
                     (Shadow){.change = *change,
                              .late = late,
                              .named = online_gets_name(*change),
                              .asked_as = online_asked_as(cx, *change),
                              .may_refuse = late && online_may_refuse(cx, *change)});
        }
    }
    note_shadows(cx);
    online_delay_tied(cx);
    while (leave_behind(cx)) {
    }
    vec_each(Shadow, shadow, &cx->shadows) {
        make_second(cx, shadow);
    }
    online_tie_shadows(cx);
}

void online_add_shadow(Online *cx, const Change *change)
{
    const Shadow *shadow = online_shadow_of(cx, change->after.column);
    vec_push(cx->arena, &cx->expand, shadow->added);
    if (shadow->named) {
        online_free_first(cx, shadow);
    }
}

/* A column that it is over, includes, or reads in its predicate. */
static bool any_switches(Online *cx, const Index *index)
{
    vec_each(Column *const, column, online_index_rests_on(cx, index)) {
        if (online_shadow_of(cx, *column) != NULL) {
            return true;
        }
    }
    return false;
}

/* Until the gate programs work with a new column itself, and its indexes. */
static bool is_over_new(Online *cx, const Index *index)
{
    vec_each(Column *const, column, online_index_rests_on(cx, index)) {
        const Shadow *shadow = online_shadow_of(cx, *column);
        if (shadow != NULL && shadow->is_new) {
            return true;
        }
    }
    return false;
}

/* The halves of one that dies with a column, and would come back with it, know each other; a new
 * one is built over second columns alone. */
bool online_index_switches(Online *cx, const Change *change)
{
    const Index *after = change->after.index;
    return after != NULL && any_switches(cx, after) &&
           (change->before.index != NULL ||
            (change->kind == CHANGE_ADD_INDEX && !is_over_new(cx, after)));
}

/* --- writing -----------------------------------------------------------------------------------
 */

static Step *shadow_step(Online *cx, const Shadow *shadow, StepKind kind, Phase phase)
{
    Step *step = online_step(cx, kind, phase, shadow->added);
    step->before = shadow->change->before;
    step->expression = shadow->value;
    if (shadow->may_refuse) {
        vec_push(
            cx->arena, &step->clauses,
            (Clause){.kind = CLAUSE_LEAVE_EMPTY, .after = shadow->second, .cause = shadow->added});
    }
    if (shadow->maps_first) {
        vec_push(
            cx->arena, &step->clauses,
            (Clause){.kind = CLAUSE_MAP_FIRST, .after = shadow->second, .cause = shadow->added});
    }
    return step;
}

static void push_lock(Online *cx, Step *step, Name name, const ColumnList *columns)
{
    PrimaryKey *key = arena_make(cx->arena, PrimaryKey);
    *key = (PrimaryKey){.name = name, .table = (Table *)(uintptr_t)step->after.table};
    vec_each(Column *, column, columns) {
        vec_push(cx->arena, &key->columns, *column);
    }
    vec_push(cx->arena, &step->clauses,
             (Clause){.kind = CLAUSE_LOCK_KEY, .key_after = key, .cause = step->cause});
}

void online_lock_keys(Online *cx, Step *step, const Column *wanted)
{
    const Table *table = wanted->table;
    if (online_in_primary_key(cx, wanted)) {
        push_lock(cx, step, table->primary_key->name, &table->primary_key->columns);
    }
    vec_each(Index *const, index, online_indexes_over(cx, wanted)) {
        if ((*index)->kind == INDEX_UNIQUE && online_index_before(cx, *index) != NULL) {
            const ColumnList columns = online_index_columns(cx, *index);
            push_lock(cx, step, (*index)->name, &columns);
        }
    }
}

void online_write_shadow_triggers(Online *cx)
{
    vec_each(const Shadow, shadow, &cx->shadows) {
        const Column *wanted = shadow->change->after.column;
        Step *step = shadow_step(cx, shadow, STEP_SYNC_TRIGGER, PHASE_EXPAND);
        step->name = name_reserved_of_column(cx->plan->to->names, RESERVED_TRIGGER,
                                             wanted->table->name, wanted->name);
        if (shadow->named) {
            online_follow_back(cx, shadow, step);
        }
        online_lock_keys(cx, step, wanted);
        if (step->clauses.count > 0 && vec_last(&step->clauses).kind == CLAUSE_LOCK_KEY) {
            step_add_hazard(cx->plan, step, HAZARD_KEY_TWICE, step->before.table,
                            step->before.column, NULL);
        }
    }
}

/* A row that is written fills all second columns of its table by their triggers: where one of them
 * tells whether the row has been written since, no other walk is needed. */
static ObjectMap tables_that_tell(Online *cx)
{
    ObjectMap firsts = {0}; /* table -> the first of such columns */
    vec_each(Shadow, shadow, &cx->shadows) {
        const Column *column = shadow->change->after.column;
        const Shadow *first = object_map_get(&firsts, column->table);
        if (column->not_null &&
            (first == NULL || column->position < first->change->after.column->position)) {
            object_map_put(cx->marks, &firsts, column->table, shadow);
        }
    }
    return firsts;
}

void online_write_shadow_fills(Online *cx)
{
    const ObjectMap telling = tables_that_tell(cx);
    vec_each(const Shadow, shadow, &cx->shadows) {
        const Shadow *tells = object_map_get(&telling, shadow->change->after.table);
        if (tells == NULL || tells == shadow) {
            shadow_step(cx, shadow, STEP_BACKFILL, PHASE_BACKFILL);
        }
    }
}
