/*
 * diff_index.c - indexes of a table that stays: matched by what they do, then by name.
 *
 * What the schema language cannot say of an index (included columns, nulls order, collation,
 * deferrability) is not compared: a person tuned it by hand, and it stays.
 */
#include "base/common.h"

#include "compiler/diff_internal.h"

/* Not written and "the type's default" are the same operator class. */
static bool same_operator_class(const IndexPart *before, const IndexPart *after)
{
    const bool default_before = before->operator_class == NULL || before->operator_class_is_default;
    const bool default_after = after->operator_class == NULL || after->operator_class_is_default;
    return before->operator_class == after->operator_class || (default_before && default_after);
}

static bool same_part(const PairInfo *pair, const IndexPart *before, const IndexPart *after)
{
    if (before->column == NULL || after->column == NULL) {
        return before->column == after->column && before->expression == after->expression;
    }
    return pair->after[before->column->position] == after->column &&
           (before->sort == SORT_DESC) == (after->sort == SORT_DESC) &&
           same_operator_class(before, after);
}

static bool same_index(const PairInfo *pair, const Index *before, const Index *after)
{
    if (before->kind != after->kind || before->method != after->method ||
        before->method_name != after->method_name ||
        before->predicate_canonical != after->predicate_canonical ||
        before->parts.count != after->parts.count) {
        return false;
    }
    for (size_t i = 0; i < before->parts.count; i++) {
        if (!same_part(pair, &before->parts.items[i], &after->parts.items[i])) {
            return false;
        }
    }
    return true;
}

/* An index dies with a column that is dropped and created anew. */
static bool is_lost_with_column(const PairInfo *pair, const Index *before)
{
    vec_each(IndexPart, part, &before->parts) {
        if (part->column != NULL && pair_column_recreated(pair, part->column)) {
            return true;
        }
    }
    return false;
}

/* Partial indexes are somebody else's until the schema may speak of them. */
static bool is_unmanaged(const DiffCx *cx, const Index *before)
{
    return before->predicate != NULL && !cx->to->manages_partial_indexes;
}

typedef struct IndexMatch {
    const Index **after; /* by position in the source's table */
    bool *taken;         /* by position in the wanted table */
} IndexMatch;

static void match_indexes(const DiffCx *cx, const PairInfo *pair, IndexMatch *match, bool by_name)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    for (size_t i = 0; i < before->count; i++) {
        if (is_unmanaged(cx, before->items[i]) || is_lost_with_column(pair, before->items[i])) {
            continue;
        }
        for (size_t j = 0; j < after->count && match->after[i] == NULL; j++) {
            const bool named = before->items[i]->name == after->items[j]->name;
            if (!match->taken[j] && (named || !by_name) &&
                same_index(pair, before->items[i], after->items[j])) {
                match->after[i] = after->items[j];
                match->taken[j] = true;
            }
        }
    }
}

static void lose_unique(DiffCx *cx, PairInfo *pair, const Index *before)
{
    Column **columns = arena_array(cx->arena, Column *, before->parts.count + 1);
    for (size_t i = 0; i < before->parts.count; i++) {
        columns[i] = before->parts.items[i].column;
    }
    const LostKey lost = {columns, before->parts.count};
    vec_push(cx->arena, &pair->lost_keys, lost);
}

static void diff_kept_index(DiffCx *cx, PairInfo *pair, const Index *before, const Index *after)
{
    const Subject old_side = {.table = pair->tables.before, .index = before};
    const Subject new_side = {.table = pair->tables.after, .index = after};
    if (after != NULL) {
        if (before->name != after->name) {
            diff_add(cx, CHANGE_RENAME_INDEX, 0, old_side, new_side);
        }
        return;
    }
    diff_add(cx, CHANGE_DROP_INDEX, 0, old_side, (Subject){.table = pair->tables.after});
    if (before->kind == INDEX_UNIQUE) {
        lose_unique(cx, pair, before);
    }
}

void diff_indexes(DiffCx *cx, PairInfo *pair)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    IndexMatch match = {.after = arena_array(cx->arena, const Index *, before->count + 1),
                        .taken = arena_array(cx->arena, bool, after->count + 1)};
    match_indexes(cx, pair, &match, true);
    match_indexes(cx, pair, &match, false);
    for (size_t i = 0; i < before->count; i++) {
        if (!is_unmanaged(cx, before->items[i])) {
            diff_kept_index(cx, pair, before->items[i], match.after[i]);
        }
    }
    for (size_t j = 0; j < after->count; j++) {
        if (!match.taken[j]) {
            diff_add(cx, CHANGE_ADD_INDEX, 0, (Subject){.table = pair->tables.before},
                     (Subject){.table = pair->tables.after, .index = after->items[j]});
        }
    }
}
