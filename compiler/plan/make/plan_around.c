/*
 * plan_around.c - see plan_around.h.
 *
 * In: a plan's changes and steps. Out: hazards on the steps. Whoever asks about a key or an index
 * looks only at those that share a column with it, and of its columns at the one that fewest share:
 * a table may have thousands of either.
 */
#include "base/common.h"

#include "compiler/plan/make/plan_around.h"

#include <string.h>

#include "base/object_map.h"

typedef VEC(const Index *) UsingIndexes;
typedef VEC(const ForeignKey *) UsingKeys;
typedef VEC(const Opaque *) TriggerList;

/* What a column stands in. */
typedef struct ColumnUse {
    UsingIndexes indexes;
    UsingKeys keys;
} ColumnUse;

typedef struct Around {
    Plan *plan;
    Arena *arena;       /* for as long as it is looked */
    ObjectMap steps;    /* index or foreign key -> the last step of the change that adds it */
    ObjectMap drops;    /* index -> the step that drops it */
    ObjectMap known;    /* tables whose columns are in `uses` */
    ObjectMap uses;     /* Column -> ColumnUse */
    ObjectMap triggers; /* Table of the source -> TriggerList, without our own */
} Around;

/* --- what stands where -------------------------------------------------------------------------
 */

static ColumnUse *use_of(Around *cx, const Column *column)
{
    ColumnUse *use = object_map_get(&cx->uses, column);
    if (use == NULL) {
        use = arena_make(cx->arena, ColumnUse);
        object_map_put(cx->arena, &cx->uses, column, use);
    }
    return use;
}

static void know(Around *cx, const Table *table)
{
    if (object_map_get(&cx->known, table) != NULL) {
        return;
    }
    object_map_put(cx->arena, &cx->known, table, cx);
    vec_each(Index *const, at, &table->indexes) {
        vec_each(const IndexPart, part, &(*at)->parts) {
            if (part->column != NULL) {
                vec_push(cx->arena, &use_of(cx, part->column)->indexes, *at);
            }
        }
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        vec_each(Column *const, column, &(*at)->columns) {
            vec_push(cx->arena, &use_of(cx, *column)->keys, *at);
        }
    }
}

/* Those over one of the columns: of that which fewest are over. */
static const UsingIndexes *indexes_over(Around *cx, const Table *table, Column *const *columns,
                                        size_t count)
{
    static const UsingIndexes none = {0};
    const UsingIndexes *fewest = NULL;
    know(cx, table);
    for (size_t i = 0; i < count; i++) {
        const UsingIndexes *list = columns[i] == NULL ? &none : &use_of(cx, columns[i])->indexes;
        fewest = fewest == NULL || list->count < fewest->count ? list : fewest;
    }
    return fewest == NULL ? &none : fewest;
}

static Column **columns_of(Arena *arena, const Index *index)
{
    Column **columns = arena_array(arena, Column *, index->parts.count + 1);
    for (size_t i = 0; i < index->parts.count; i++) {
        columns[i] = index->parts.items[i].column;
    }
    return columns;
}

/* The last step that a change leads to; strategies cut changes into parts of their own. */
static void know_steps(Around *cx)
{
    vec_each(Step *, at, &cx->plan->steps) {
        Step *step = *at;
        const Change *cause = step->cause;
        const bool adds_index = cause != NULL && cause->kind == CHANGE_ADD_INDEX;
        const bool adds_key = cause != NULL && cause->kind == CHANGE_ADD_FOREIGN_KEY;
        const bool drops = step->kind == STEP_DROP_INDEX || step->kind == STEP_DROP_INDEX_ONLINE;
        if (adds_index || adds_key) {
            object_map_put(cx->arena, &cx->steps,
                           adds_index ? (const void *)cause->after.index : cause->after.foreign_key,
                           step);
        }
        if (drops && step->after.index == NULL && step->before.index != NULL) {
            object_map_put(cx->arena, &cx->drops, step->before.index, step);
        }
    }
}

/* --- indexes of foreign keys -------------------------------------------------------------------
 */

/* Do the first of these columns, in any order, make up those of the key? */
static bool leads_with(Column *const *columns, size_t count, const ForeignKey *key)
{
    for (size_t i = 0; i < key->columns.count && i < count; i++) {
        if (columns[i] == NULL ||
            !column_in_list(columns[i], key->columns.items, key->columns.count)) {
            return false;
        }
    }
    return count >= key->columns.count;
}

static bool index_serves(Around *cx, const Index *index, const ForeignKey *key)
{
    return index->method == METHOD_BTREE && index->predicate == NULL &&
           leads_with(columns_of(cx->arena, index), index->parts.count, key);
}

/* Does the referencing table find the rows of a key without looking at all? */
static bool is_served(Around *cx, const ForeignKey *key)
{
    const PrimaryKey *primary = key->table->primary_key;
    if (primary != NULL && leads_with(primary->columns.items, primary->columns.count, key)) {
        return true;
    }
    const UsingIndexes *indexes =
        indexes_over(cx, key->table, key->columns.items, key->columns.count);
    vec_each(const Index *const, at, indexes) {
        if (index_serves(cx, *at, key)) {
            return true;
        }
    }
    return false;
}

static bool is_over_same(const Plan *plan, const ForeignKey *before, const ForeignKey *after)
{
    bool same = before->columns.count == after->columns.count;
    for (size_t i = 0; same && i < before->columns.count; i++) {
        same = match_column_after(plan->diff, before->columns.items[i]) == after->columns.items[i];
    }
    return same;
}

/* Was there a key over the same columns before? */
static bool had_key(Around *cx, const Table *before, const ForeignKey *key)
{
    const Column *first = match_column_before(cx->plan->diff, key->columns.items[0]);
    know(cx, before);
    if (first != NULL) {
        vec_each(const ForeignKey *const, at, &use_of(cx, first)->keys) {
            if (is_over_same(cx->plan, *at, key)) {
                return true;
            }
        }
    }
    return false;
}

/* A new table has no rows yet. */
static void note_key(Around *cx, const Change *change)
{
    const ForeignKey *key = change->after.foreign_key;
    Step *step = change->kind == CHANGE_ADD_FOREIGN_KEY ? object_map_get(&cx->steps, key) : NULL;
    const Table *before = step == NULL ? NULL : match_table_before(cx->plan->diff, key->table);
    if (before != NULL && !had_key(cx, before, key) && !is_served(cx, key)) {
        step_add_hazard(cx->plan, step, HAZARD_KEY_WITHOUT_INDEX, key->table, key->columns.items[0],
                        key->name->text);
    }
}

/* The key as it is wanted, under its name. */
static const ForeignKey *key_that_stays(Around *cx, const TablePair *pair, const ForeignKey *key)
{
    const Column *first = match_column_after(cx->plan->diff, key->columns.items[0]);
    know(cx, pair->after);
    if (first != NULL) {
        vec_each(const ForeignKey *const, at, &use_of(cx, first)->keys) {
            if ((*at)->name == key->name) {
                return *at;
            }
        }
    }
    return NULL;
}

/* An index goes, and nothing else serves the key that stays. */
static void note_dropped(Around *cx, const TablePair *pair, const ForeignKey *key)
{
    const UsingIndexes *indexes =
        indexes_over(cx, key->table, key->columns.items, key->columns.count);
    vec_each(const Index *const, at, indexes) {
        Step *step = object_map_get(&cx->drops, *at);
        if (step == NULL || !index_serves(cx, *at, key)) {
            continue;
        }
        const ForeignKey *stays = key_that_stays(cx, pair, key);
        if (stays != NULL && !is_served(cx, stays)) {
            step_add_hazard(cx->plan, step, HAZARD_INDEX_BACKS_KEY, key->table, NULL,
                            arena_printf(cx->plan->arena, "index `%s`, foreign key `%s`",
                                         (*at)->name->text, key->name->text));
        }
    }
}

static void note_dropped_indexes(Around *cx)
{
    ObjectMap seen = {0};
    vec_each(Step *, at, &cx->plan->steps) {
        const Index *index = (*at)->before.index;
        const TablePair *pair = index == NULL || object_map_get(&cx->drops, index) != *at
                                    ? NULL
                                    : match_pair(cx->plan->diff, index->table);
        if (pair == NULL || object_map_get(&seen, index->table) != NULL) {
            continue;
        }
        object_map_put(cx->arena, &seen, index->table, cx);
        vec_each(ForeignKey *const, key, &index->table->foreign_keys) {
            note_dropped(cx, pair, *key);
        }
    }
}

/* --- indexes twice -----------------------------------------------------------------------------
 */

static bool is_same_part(const IndexPart *a, const IndexPart *b)
{
    return a->column == b->column && a->column != NULL && a->nulls == b->nulls &&
           (a->sort == SORT_DESC) == (b->sort == SORT_DESC) &&
           a->operator_class == b->operator_class && a->collation == b->collation;
}

static bool is_same_index(const Index *a, const Index *b)
{
    bool same = a->kind == b->kind && a->method == b->method && a->predicate == NULL &&
                b->predicate == NULL && a->parts.count == b->parts.count && a->include.count == 0 &&
                b->include.count == 0;
    for (size_t i = 0; same && i < a->parts.count; i++) {
        same = is_same_part(&a->parts.items[i], &b->parts.items[i]);
    }
    return same;
}

static void note_new_index(Around *cx, const Change *change)
{
    const Index *index = change->after.index;
    Step *step = change->kind == CHANGE_ADD_INDEX ? object_map_get(&cx->steps, index) : NULL;
    if (step == NULL) {
        return;
    }
    const UsingIndexes *others =
        indexes_over(cx, index->table, columns_of(cx->arena, index), index->parts.count);
    vec_each(const Index *const, at, others) {
        if (*at != index && is_same_index(*at, index)) {
            step_add_hazard(cx->plan, step, HAZARD_DUPLICATE_INDEX, index->table, NULL,
                            arena_printf(cx->plan->arena, "`%s` and `%s`", index->name->text,
                                         (*at)->name->text));
            return;
        }
    }
}

/* PostgreSQL 14.4's release notes: indexes that were built concurrently by 14.0 to 14.3 may lack
 * rows. */
static void note_build(Plan *plan, Step *step)
{
    const int version = plan->from->server_version;
    if (step->kind == STEP_CREATE_INDEX_ONLINE && version >= 140000 && version < 140004 &&
        step->after.index != NULL) {
        step_add_hazard(plan, step, HAZARD_BUILD_CORRUPTS, step->after.index->table, NULL, NULL);
    }
}

/* --- triggers of others ------------------------------------------------------------------------
 */

static const char *own_trigger = "zzzz_bellows_";

static void know_triggers(Around *cx)
{
    vec_each(Opaque *const, at, &cx->plan->from->opaque) {
        const Opaque *trigger = *at;
        if (trigger->kind != OPAQUE_TRIGGER || trigger->table == NULL ||
            strncmp(trigger->name->text, own_trigger, strlen(own_trigger)) == 0) {
            continue;
        }
        TriggerList *list = object_map_get(&cx->triggers, trigger->table);
        if (list == NULL) {
            list = arena_make(cx->arena, TriggerList);
            object_map_put(cx->arena, &cx->triggers, trigger->table, list);
        }
        vec_push(cx->arena, list, trigger);
    }
}

static bool says(const Opaque *trigger, const char *word)
{
    return trigger->definition != NULL && strstr(trigger->definition->text, word) != NULL;
}

/* A fill fires those on UPDATE; ours that fill run before one whose name sorts behind theirs. */
static bool concerns(const Step *step, const Opaque *trigger, HazardCode *ret_code)
{
    if (step->kind == STEP_BACKFILL) {
        *ret_code = HAZARD_FIRES_TRIGGERS;
        return says(trigger, "UPDATE");
    }
    *ret_code = HAZARD_TRIGGER_SORTS_LAST;
    return (step->kind == STEP_FILL_TRIGGER || step->kind == STEP_SYNC_TRIGGER ||
            step->kind == STEP_NUMBER_TRIGGER) &&
           says(trigger, "BEFORE") && strcmp(trigger->name->text, own_trigger) > 0;
}

static void note_triggers(Around *cx, Step *step)
{
    const Table *table = step->after.table != NULL ? step->after.table : step->before.table;
    const TriggerList *triggers =
        table == NULL ? NULL : object_map_get(&cx->triggers, match_source(cx->plan->diff, table));
    for (size_t i = 0; triggers != NULL && i < triggers->count; i++) {
        HazardCode code;
        if (concerns(step, triggers->items[i], &code)) {
            step_add_hazard(
                cx->plan, step, code, table, NULL,
                arena_printf(cx->plan->arena, "trigger `%s`", triggers->items[i]->name->text));
        }
    }
}

/* --- all ---------------------------------------------------------------------------------------
 */

void plan_note_around(Plan *plan)
{
    Around cx = {.plan = plan, .arena = arena_new()};
    know_steps(&cx);
    know_triggers(&cx);
    vec_each(Change *, at, &plan->diff->changes) {
        note_key(&cx, *at);
        note_new_index(&cx, *at);
    }
    note_dropped_indexes(&cx);
    vec_each(Step *, at, &plan->steps) {
        note_build(plan, *at);
        note_triggers(&cx, *at);
    }
    arena_free(cx.arena);
}
