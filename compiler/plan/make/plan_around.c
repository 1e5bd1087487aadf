#include "base/common.h"

#include "compiler/plan/make/plan_around.h"

#include <string.h>

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

static bool index_serves(Arena *arena, const Index *index, const ForeignKey *key)
{
    Column **columns = arena_array(arena, Column *, index->parts.count + 1);
    for (size_t i = 0; i < index->parts.count; i++) {
        columns[i] = index->parts.items[i].column;
    }
    return index->method == METHOD_BTREE && index->predicate == NULL &&
           leads_with(columns, index->parts.count, key);
}

/* Does the referencing table find the rows of a key without looking at all? */
static bool is_served(Arena *arena, const ForeignKey *key)
{
    const PrimaryKey *primary = key->table->primary_key;
    if (primary != NULL && leads_with(primary->columns.items, primary->columns.count, key)) {
        return true;
    }
    vec_each(Index *, at, &key->table->indexes) {
        if (index_serves(arena, *at, key)) {
            return true;
        }
    }
    return false;
}

/* The last step that a change leads to; strategies cut changes into parts of their own. */
static Step *step_of(const Plan *plan, const Change *change)
{
    Step *found = NULL;
    vec_each(Step *, at, &plan->steps) {
        const Change *cause = (*at)->cause;
        if (cause != NULL && cause->kind == change->kind &&
            cause->after.index == change->after.index &&
            cause->after.foreign_key == change->after.foreign_key) {
            found = *at;
        }
    }
    return found;
}

/* Was there a key over the same columns before? */
static bool had_key(const Plan *plan, const ForeignKey *key)
{
    const Table *before = match_table_before(plan->diff, key->table);
    for (size_t i = 0; i < before->foreign_keys.count; i++) {
        const ForeignKey *old = before->foreign_keys.items[i];
        bool same = old->columns.count == key->columns.count;
        for (size_t k = 0; same && k < old->columns.count; k++) {
            same = match_column_after(plan->diff, old->columns.items[k]) == key->columns.items[k];
        }
        if (same) {
            return true;
        }
    }
    return false;
}

/* A new table has no rows yet. */
static void note_key(Plan *plan, const Change *change)
{
    const ForeignKey *key = change->after.foreign_key;
    Step *step = change->kind == CHANGE_ADD_FOREIGN_KEY ? step_of(plan, change) : NULL;
    if (step != NULL && match_table_before(plan->diff, key->table) != NULL && !had_key(plan, key) &&
        !is_served(plan->arena, key)) {
        step_add_hazard(plan, step, HAZARD_KEY_WITHOUT_INDEX, key->table, key->columns.items[0],
                        key->name->text);
    }
}

static void note_dropped_index(Plan *plan, Step *step)
{
    const bool drops = step->kind == STEP_DROP_INDEX || step->kind == STEP_DROP_INDEX_ONLINE;
    const Index *index = drops && step->after.index == NULL ? step->before.index : NULL;
    const TablePair *pair = index == NULL ? NULL : match_pair(plan->diff, index->table);
    if (pair == NULL) {
        return;
    }
    vec_each(ForeignKey *, at, &index->table->foreign_keys) {
        bool stays = false;
        vec_each(ForeignKey *, now, &pair->after->foreign_keys) {
            stays |= (*now)->name == (*at)->name && !is_served(plan->arena, *now);
        }
        if (stays && index_serves(plan->arena, index, *at)) {
            step_add_hazard(plan, step, HAZARD_INDEX_BACKS_KEY, index->table, NULL,
                            arena_printf(plan->arena, "index `%s`, foreign key `%s`",
                                         index->name->text, (*at)->name->text));
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

static void note_new_index(Plan *plan, const Change *change)
{
    const Index *index = change->after.index;
    Step *step = change->kind == CHANGE_ADD_INDEX ? step_of(plan, change) : NULL;
    for (size_t i = 0; step != NULL && i < index->table->indexes.count; i++) {
        const Index *other = index->table->indexes.items[i];
        if (other != index && is_same_index(other, index)) {
            step_add_hazard(
                plan, step, HAZARD_DUPLICATE_INDEX, index->table, NULL,
                arena_printf(plan->arena, "`%s` and `%s`", index->name->text, other->name->text));
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

static bool is_of(const Plan *plan, const Opaque *trigger, const Table *table)
{
    return trigger->kind == OPAQUE_TRIGGER && trigger->table != NULL &&
           trigger->table == match_source(plan->diff, table) &&
           strncmp(trigger->name->text, own_trigger, strlen(own_trigger)) != 0;
}

static bool says(const Opaque *trigger, const char *word)
{
    return trigger->definition != NULL && strstr(trigger->definition->text, word) != NULL;
}

static void note_fill(Plan *plan, Step *step)
{
    const Table *table = step->after.table != NULL ? step->after.table : step->before.table;
    vec_each(Opaque *, at, &plan->from->opaque) {
        if (step->kind == STEP_BACKFILL && is_of(plan, *at, table) && says(*at, "UPDATE")) {
            step_add_hazard(plan, step, HAZARD_FIRES_TRIGGERS, table, NULL,
                            arena_printf(plan->arena, "trigger `%s`", (*at)->name->text));
        }
    }
}

static void note_order(Plan *plan, Step *step)
{
    const bool fills = step->kind == STEP_FILL_TRIGGER || step->kind == STEP_SYNC_TRIGGER;
    const Table *table = step->after.table != NULL ? step->after.table : step->before.table;
    vec_each(Opaque *, at, &plan->from->opaque) {
        if (fills && is_of(plan, *at, table) && says(*at, "BEFORE") &&
            strcmp((*at)->name->text, own_trigger) > 0) {
            step_add_hazard(plan, step, HAZARD_TRIGGER_SORTS_LAST, table, NULL,
                            arena_printf(plan->arena, "trigger `%s`", (*at)->name->text));
        }
    }
}

/* --- all ---------------------------------------------------------------------------------------
 */

void plan_note_around(Plan *plan)
{
    vec_each(Change *, at, &plan->diff->changes) {
        note_key(plan, *at);
        note_new_index(plan, *at);
    }
    vec_each(Step *, at, &plan->steps) {
        note_dropped_index(plan, *at);
        note_build(plan, *at);
        note_fill(plan, *at);
        note_order(plan, *at);
    }
}
