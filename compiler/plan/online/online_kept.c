/*
 * online_kept.c - the indexes of a table that second columns take along: the wanted ones, and those
 * that the language cannot say.
 *
 * An index of the database's alone (a partial one, made by hand) is in no change and in no wanted
 * catalog, and would go with its column. Here it gets a stand-in there, over the wanted columns;
 * what its predicate says is text, in which second columns take the places of the first
 * (online_text.c).
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

/* --- the database's own ------------------------------------------------------------------------
 */

static bool map_columns(Online *cx, const ColumnList *before, ColumnList *ret_after)
{
    ColumnList columns = {0};
    vec_each(Column *, at, before) {
        const Column *after = match_column_after(cx->plan->diff, *at);
        if (after == NULL) {
            return false;
        }
        vec_push(cx->arena, &columns, after->table->columns.items[after->position]);
    }
    *ret_after = columns;
    return true;
}

/* False: a column of its goes, and it with that. */
static bool stand_in(Online *cx, const Index *before, Table *after, Index **ret_index)
{
    Index *index = arena_make(cx->arena, Index);
    *index = *before;
    index->table = after;
    index->source = NULL;
    index->parts.items = NULL;
    index->parts.count = index->parts.capacity = 0;
    vec_each(const IndexPart, part, &before->parts) {
        const Column *column =
            part->column == NULL ? NULL : match_column_after(cx->plan->diff, part->column);
        if (column == NULL) {
            return false;
        }
        vec_push(cx->arena, &index->parts, *part);
        vec_last(&index->parts).column = after->columns.items[column->position];
    }
    *ret_index = index;
    return map_columns(cx, &before->include, &index->include) &&
           map_columns(cx, &before->predicate_columns, &index->predicate_columns) &&
           map_columns(cx, &before->compared_columns, &index->compared_columns);
}

static void keep_index(Online *cx, Index *index)
{
    IndexList *all = object_map_get(&cx->all_indexes, index->table);
    if (all == NULL) {
        all = arena_make(cx->marks, IndexList);
        vec_each(Index *, at, &index->table->indexes) {
            vec_push(cx->marks, all, *at);
        }
        object_map_put(cx->marks, &cx->all_indexes, index->table, all);
    }
    vec_push(cx->marks, all, index);
    online_note_index_over(cx, index);
}

/* --- what becomes of an index ------------------------------------------------------------------
 */

static void pair_indexes(Online *cx, const Index *before, const Index *after)
{
    object_map_put(cx->marks, &cx->index_after, before, (void *)(uintptr_t)after);
    if (object_map_get(&cx->index_before, after) == NULL) {
        object_map_put(cx->marks, &cx->index_before, after, (void *)(uintptr_t)before);
    }
}

/* The wanted one, as it is or under another name; NULL. */
static const Index *index_in(const Online *cx, const Map *wanted, const Index *before)
{
    const Change *rename = online_change_of(cx, CHANGE_RENAME_INDEX, before);
    return rename != NULL ? rename->after.index : map_get(wanted, before->name);
}

static void find_indexes(Online *cx, const Table *before, Table *after)
{
    Map wanted = {0};
    for (size_t i = after->indexes.count; i > 0; i--) {
        map_put(cx->marks, &wanted, after->indexes.items[i - 1]->name, after->indexes.items[i - 1]);
    }
    vec_each(Index *, at, &before->indexes) {
        const Index *found = index_in(cx, &wanted, *at);
        Index *index;
        if (found != NULL) {
            pair_indexes(cx, *at, found);
        } else if (diff_ignores_index(*at, cx->plan->to) && stand_in(cx, *at, after, &index)) {
            keep_index(cx, index);
            pair_indexes(cx, *at, index);
        }
    }
}

void online_find_kept_indexes(Online *cx)
{
    vec_each(Table *, after, &cx->plan->to->tables) {
        const Table *before = match_table_before(cx->plan->diff, *after);
        if (before != NULL) {
            find_indexes(cx, before, *after);
        }
    }
}

/* --- questions ---------------------------------------------------------------------------------
 */

const Index *online_index_after(const Online *cx, const Index *before)
{
    return object_map_get(&cx->index_after, before);
}

const Index *online_index_before(const Online *cx, const Index *after)
{
    return object_map_get(&cx->index_before, after);
}

const IndexList *online_indexes_of(const Online *cx, const Table *after)
{
    const IndexList *all = object_map_get(&cx->all_indexes, after);
    return all != NULL ? all : &after->indexes;
}

ColumnList online_index_columns(Online *cx, const Index *index)
{
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column != NULL) {
            vec_push(cx->marks, &columns, part->column);
        }
    }
    return columns;
}

const ColumnList *online_index_rests_on(Online *cx, const Index *index)
{
    ColumnList *columns = object_map_get(&cx->index_columns, index);
    if (columns != NULL) {
        return columns;
    }
    columns = arena_make(cx->marks, ColumnList);
    *columns = online_index_columns(cx, index);
    vec_each(Column *, column, &index->include) {
        vec_push(cx->marks, columns, *column);
    }
    vec_each(Column *, column, &index->predicate_columns) {
        vec_push(cx->marks, columns, *column);
    }
    object_map_put(cx->marks, &cx->index_columns, index, columns);
    return columns;
}
