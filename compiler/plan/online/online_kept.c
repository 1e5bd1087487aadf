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

static const Index *index_in(const Online *cx, const Index *before, const Table *after)
{
    vec_each(const Change *, at, &cx->by_kind[CHANGE_RENAME_INDEX]) {
        if ((*at)->before.index == before) {
            return (*at)->after.index;
        }
    }
    vec_each(Index *, at, &after->indexes) {
        if ((*at)->name == before->name) {
            return *at;
        }
    }
    return NULL;
}

const Index *online_index_after(const Online *cx, const Index *before, const Table *after)
{
    vec_each(const KeptIndex, at, &cx->kept_indexes) {
        if (at->before == before) {
            return at->after;
        }
    }
    return index_in(cx, before, after);
}

const Index *online_index_before(const Online *cx, const Index *after)
{
    const Table *table = match_table_before(cx->plan->diff, after->table);
    for (size_t i = 0; table != NULL && i < table->indexes.count; i++) {
        if (online_index_after(cx, table->indexes.items[i], after->table) == after) {
            return table->indexes.items[i];
        }
    }
    return NULL;
}

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

static void keep_indexes(Online *cx, const Table *before, Table *after)
{
    vec_each(Index *, at, &before->indexes) {
        Index *index;
        if (diff_ignores_index(*at, cx->plan->to) && index_in(cx, *at, after) == NULL &&
            stand_in(cx, *at, after, &index)) {
            vec_push(cx->arena, &cx->kept_indexes, (KeptIndex){.before = *at, .after = index});
        }
    }
}

void online_find_kept_indexes(Online *cx)
{
    vec_each(Table *, after, &cx->plan->to->tables) {
        const Table *before = match_table_before(cx->plan->diff, *after);
        if (before != NULL) {
            keep_indexes(cx, before, *after);
        }
    }
}

/* --- questions ---------------------------------------------------------------------------------
 */

IndexList online_indexes_of(Online *cx, const Table *after)
{
    IndexList list = {0};
    vec_each(Index *, at, &after->indexes) {
        vec_push(cx->arena, &list, *at);
    }
    vec_each(const KeptIndex, at, &cx->kept_indexes) {
        if (at->after->table == after) {
            vec_push(cx->arena, &list, at->after);
        }
    }
    return list;
}

ColumnList online_index_columns(Online *cx, const Index *index, bool included)
{
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column != NULL) {
            vec_push(cx->arena, &columns, part->column);
        }
    }
    for (size_t i = 0; included && i < index->include.count; i++) {
        vec_push(cx->arena, &columns, index->include.items[i]);
    }
    for (size_t i = 0; included && i < index->predicate_columns.count; i++) {
        vec_push(cx->arena, &columns, index->predicate_columns.items[i]);
    }
    return columns;
}
