/*
 * online_over.c - what is over a column: its primary key, indexes, foreign keys.
 *
 * In: both catalogs, and the changes by what they are about (online_changes.c).   Out: for each
 * column what is over it, for each foreign key what it becomes; noted once, since recipes ask it of
 * every column of a plan.
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

/* --- columns -----------------------------------------------------------------------------------
 */

ColumnUses *online_uses(Online *cx, const Column *column)
{
    ColumnUses *uses = object_map_get(&cx->uses, column);
    if (uses == NULL) {
        uses = arena_make(cx->marks, ColumnUses);
        object_map_put(cx->marks, &cx->uses, column, uses);
    }
    return uses;
}

static void note_index(Online *cx, const Column *column, Index *index)
{
    ColumnUses *uses = column == NULL ? NULL : online_uses(cx, column);
    if (uses != NULL && (uses->indexes.count == 0 || vec_last(&uses->indexes) != index)) {
        vec_push(cx->marks, &uses->indexes, index);
    }
}

void online_note_index_over(Online *cx, Index *index)
{
    vec_each(const IndexPart, part, &index->parts) {
        note_index(cx, part->column, index);
    }
    vec_each(Column *, column, &index->include) {
        note_index(cx, *column, index);
    }
    vec_each(Column *, column, &index->predicate_columns) {
        note_index(cx, *column, index);
    }
}

static void note_key(Online *cx, const ForeignKey *key, const ColumnList *columns)
{
    vec_each(Column *, column, columns) {
        vec_push(cx->marks, &online_uses(cx, *column)->keys, key);
    }
}

static void note_table(Online *cx, const Table *table)
{
    for (size_t i = 0; table->primary_key != NULL && i < table->primary_key->columns.count; i++) {
        online_uses(cx, table->primary_key->columns.items[i])->in_primary_key = true;
    }
    vec_each(Index *, index, &table->indexes) {
        online_note_index_over(cx, *index);
    }
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        note_key(cx, *key, &(*key)->columns);
        note_key(cx, *key, &(*key)->referenced_columns);
    }
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

bool online_columns_become(const Online *cx, const ColumnList *before, const ColumnList *after)
{
    if (before->count != after->count) {
        return false;
    }
    for (size_t i = 0; i < before->count; i++) {
        const Column *column = match_column_after(cx->plan->diff, before->items[i]);
        if (column == NULL || column != after->items[i]) {
            return false;
        }
    }
    return true;
}

/* All that it can become is over its first column, and over the first that it refers to: there may
 * be many over one of the two. */
static const ForeignKey *find_key_after(const Online *cx, const ForeignKey *before)
{
    const Column *own = match_column_after(cx->plan->diff, before->columns.items[0]);
    const Column *other = match_column_after(cx->plan->diff, before->referenced_columns.items[0]);
    if (own == NULL || other == NULL) {
        return NULL;
    }
    const KeyList *of_own = online_keys_over(cx, own), *of_other = online_keys_over(cx, other);
    vec_each(const ForeignKey *, at, of_own->count <= of_other->count ? of_own : of_other) {
        if ((*at)->table == own->table && (*at)->on_delete == before->on_delete &&
            (*at)->on_update == before->on_update &&
            online_columns_become(cx, &before->columns, &(*at)->columns) &&
            online_columns_become(cx, &before->referenced_columns, &(*at)->referenced_columns)) {
            return *at;
        }
    }
    return NULL;
}

static void note_key_after(Online *cx, const ForeignKey *before)
{
    const ForeignKey *after = find_key_after(cx, before);
    if (after == NULL) {
        return;
    }
    object_map_put(cx->marks, &cx->key_after, before, (void *)(uintptr_t)after);
    if (object_map_get(&cx->key_before, after) == NULL) {
        object_map_put(cx->marks, &cx->key_before, after, (void *)(uintptr_t)before);
    } else {
        object_map_put(cx->marks, &cx->twin_keys, after, cx);
    }
}

/* --- columns that get other names --------------------------------------------------------------
 */

static void count_renamed(Online *cx, const void *key)
{
    const uintptr_t count = (uintptr_t)object_map_get(&cx->renamed_in, key);
    object_map_put(cx->marks, &cx->renamed_in, key, (void *)(count + 1));
}

static void count_renames(Online *cx)
{
    vec_each(const Change *, at, &cx->by_kind[CHANGE_RENAME_COLUMN]) {
        const Column *column = (*at)->after.column;
        if (online_in_primary_key(cx, column)) {
            count_renamed(cx, column->table->primary_key);
        }
        vec_each(Index *const, index, online_indexes_over(cx, column)) {
            if ((*index)->kind == INDEX_UNIQUE && index_has_part(*index, column)) {
                count_renamed(cx, *index);
            }
        }
    }
}

/* --- all of it ---------------------------------------------------------------------------------
 */

/* Nobody asks of a plan that changes no column, no enum and no foreign key. */
static bool is_asked(const Online *cx)
{
    return cx->by_kind[CHANGE_MODIFY_COLUMN].count > 0 ||
           cx->by_kind[CHANGE_MODIFY_ENUM].count > 0 ||
           cx->by_kind[CHANGE_DROP_FOREIGN_KEY].count > 0;
}

void online_find_uses(Online *cx)
{
    const Catalog *const sides[] = {cx->plan->from, cx->plan->to};
    for (size_t i = 0; is_asked(cx) && i < lengthof(sides); i++) {
        vec_each(Table *, table, &sides[i]->tables) {
            note_table(cx, *table);
        }
    }
    for (size_t i = 0; is_asked(cx) && i < cx->plan->from->tables.count; i++) {
        vec_each(ForeignKey *, key, &cx->plan->from->tables.items[i]->foreign_keys) {
            note_key_after(cx, *key);
        }
    }
    count_renames(cx);
}

/* --- questions ---------------------------------------------------------------------------------
 */

static const ColumnUses *uses_of(const Online *cx, const Column *column)
{
    static const ColumnUses none;
    const ColumnUses *uses = object_map_get(&cx->uses, column);
    return uses == NULL ? &none : uses;
}

const IndexList *online_indexes_over(const Online *cx, const Column *column)
{
    return &uses_of(cx, column)->indexes;
}

const KeyList *online_keys_over(const Online *cx, const Column *column)
{
    return &uses_of(cx, column)->keys;
}

bool online_in_primary_key(const Online *cx, const Column *column)
{
    return uses_of(cx, column)->in_primary_key;
}

const ForeignKey *online_key_after(const Online *cx, const ForeignKey *before)
{
    return object_map_get(&cx->key_after, before);
}
