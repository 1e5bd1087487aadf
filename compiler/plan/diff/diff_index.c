/*
 * diff_index.c - indexes of a table that stays: matched by what they do, then by name.
 *
 * What the schema language cannot say of an index (included columns, nulls order, collation,
 * deferrability) is not compared: a person tuned it by hand, and it stays.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/diff/diff_internal.h"

/*
 * Classes the server takes by itself for the types they are for (manual, "Operator Classes and
 * Operator Families"). Of a btree's or hash's only a database tells.
 */
static bool is_default_class(IndexMethod method, Name class)
{
    static const struct {
        IndexMethod method;
        const char *class;
    } defaults[] = {
        {METHOD_GIN, "jsonb_ops"},           {METHOD_GIN, "array_ops"},
        {METHOD_SPGIST, "inet_ops"},         {METHOD_SPGIST, "text_ops"},
        {METHOD_BRIN, "inet_inclusion_ops"},
    };
    for (size_t i = 0; i < lengthof(defaults); i++) {
        if (defaults[i].method == method && name_is(class, defaults[i].class)) {
            return true;
        }
    }
    static const char minmax[] = "_minmax_ops";
    const size_t len = sizeof minmax - 1;
    return method == METHOD_BRIN && class->len > len && !name_is(class, "inet_minmax_ops") &&
           strcmp(class->text + class->len - len, minmax) == 0;
}

/* Not written and "the type's default" are the same operator class. */
static bool is_default_part(const Index *index, const IndexPart *part)
{
    return part->operator_class == NULL || part->operator_class_is_default ||
           is_default_class(index->method, part->operator_class);
}

/* The classes of text are those of VARCHAR; any other type has its own. */
static bool keeps_classes(const ColumnType *before, const ColumnType *after)
{
    const bool words = (before->id == TYPE_TEXT || before->id == TYPE_VARCHAR) &&
                       (after->id == TYPE_TEXT || after->id == TYPE_VARCHAR);
    return before->list == after->list && (words || before->id == after->id);
}

/* A class chosen by hand stays where the schema names none, as long as it suits the column. */
static bool may_be_unsaid(const IndexPart *named, const IndexPart *unnamed)
{
    return named->operator_class_is_optional && unnamed->operator_class == NULL &&
           keeps_classes(&named->column->type, &unnamed->column->type);
}

/* The class of a column that is created anew goes with it, whatever it was. */
static bool goes_with_column(const PairInfo *pair, const IndexPart *before, const IndexPart *after)
{
    return before->operator_class_is_optional && after->operator_class == NULL &&
           pair_column_recreated(pair, before->column);
}

static bool same_part(const PairInfo *pair, const Index *before, const Index *after, size_t i)
{
    const IndexPart *left = &before->parts.items[i], *right = &after->parts.items[i];
    if (left->column == NULL || right->column == NULL) {
        return left->column == right->column && left->expression == right->expression;
    }
    return pair->after[left->column->position] == right->column &&
           (left->sort == SORT_DESC) == (right->sort == SORT_DESC) &&
           (left->operator_class == right->operator_class || may_be_unsaid(left, right) ||
            may_be_unsaid(right, left) || goes_with_column(pair, left, right) ||
            (is_default_part(before, left) && is_default_part(after, right)));
}

/* Of one type or kin. An enum compares with itself alone. */
static bool are_comparable(const ColumnType *a, const ColumnType *b)
{
    return type_same(a, b) ||
           (a->id < TYPE_ENUM && a->list == b->list && types_are_kin(a->id, b->id));
}

/* The server keeps a predicate as it was read: literals have the type their column had. */
static bool predicate_still_reads(const PairInfo *pair, const Index *before)
{
    vec_each(Column *, at, &before->compared_columns) {
        const Column *after = pair->after[(*at)->position];
        if (after != NULL && !pair_column_recreated(pair, *at) &&
            !are_comparable(&(*at)->type, &after->type)) {
            return false;
        }
    }
    return true;
}

/* Read with the types the columns had, do both say the same? */
static bool reads_the_same(const DiffCx *cx, const PairInfo *pair, const Index *before,
                           const Index *after)
{
    if (before->predicate == NULL || after->predicate == NULL) {
        return before->predicate == after->predicate;
    }
    return before->predicate_canonical == after->predicate_canonical ||
           before->predicate_canonical ==
               canon_predicate(cx->from, pair->tables.before, after->predicate->text);
}

/* Without the preview feature an index of the schema may be partial in the database, made so by
 * hand under the schema's name. */
static bool same_predicate(const DiffCx *cx, const PairInfo *pair, const Index *before,
                           const Index *after)
{
    return (predicate_still_reads(pair, before) && reads_the_same(cx, pair, before, after)) ||
           (!cx->to->manages_partial_indexes && before->name == after->name);
}

static bool same_index(const DiffCx *cx, const PairInfo *pair, const Index *before,
                       const Index *after)
{
    if (before->kind != after->kind || before->method != after->method ||
        before->method_name != after->method_name || !same_predicate(cx, pair, before, after) ||
        before->parts.count != after->parts.count) {
        return false;
    }
    for (size_t i = 0; i < before->parts.count; i++) {
        if (!same_part(pair, before, after, i)) {
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
    vec_each(Column *, at, &before->predicate_columns) {
        if (pair_column_recreated(pair, *at)) {
            return true;
        }
    }
    return false;
}

bool diff_ignores_index(const Index *index, const Catalog *wanted)
{
    return (index->predicate != NULL && !wanted->manages_partial_indexes) ||
           (index->method == METHOD_OTHER && !wanted->manages_all);
}

typedef struct IndexMatch {
    const Index **after;  /* by position in the source's table */
    const Index **before; /* by position in the wanted table */
} IndexMatch;

/* Wanted indexes in rows, each of those that begin alike: nothing else can be the same. */
typedef struct IndexRows {
    Map first;    /* name of the first part's column -> position + 1 of the first of its row */
    size_t *next; /* by position: position + 1 of the next one; 0: none */
    size_t expressions; /* the row of those that begin with an expression */
} IndexRows;

/* NULL: an expression. */
static const Column *first_column(const Index *index)
{
    return index->parts.count == 0 ? NULL : index->parts.items[0].column;
}

static size_t row_of(const IndexRows *rows, Name column)
{
    return column == NULL ? rows->expressions : (size_t)(uintptr_t)map_get(&rows->first, column);
}

static IndexRows index_rows(DiffCx *cx, const IndexList *after)
{
    IndexRows rows = {.next = arena_array(cx->arena, size_t, after->count + 1)};
    for (size_t i = after->count; i-- > 0;) {
        const Column *column = first_column(after->items[i]);
        rows.next[i] = row_of(&rows, column == NULL ? NULL : column->name);
        if (column == NULL) {
            rows.expressions = i + 1;
        } else {
            map_put(cx->arena, &rows.first, column->name, (void *)(uintptr_t)(i + 1));
        }
    }
    return rows;
}

/* The row of the wanted indexes that begin with the same column, under the name it gets. */
static size_t row_of_before(const PairInfo *pair, const IndexRows *rows, const Index *before)
{
    const Column *column = first_column(before);
    if (column == NULL) {
        return rows->expressions;
    }
    const Column *after = pair->after[column->position];
    return after == NULL ? 0 : row_of(rows, after->name);
}

static void match_indexes(const DiffCx *cx, const PairInfo *pair, const IndexRows *rows,
                          IndexMatch *match, bool by_name)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    for (size_t i = 0; i < before->count; i++) {
        const bool ignored = diff_ignores_index(before->items[i], cx->to);
        size_t at = match->after[i] == NULL ? row_of_before(pair, rows, before->items[i]) : 0;
        for (; at > 0 && match->after[i] == NULL; at = rows->next[at - 1]) {
            const Index *wanted = after->items[at - 1];
            const bool named = before->items[i]->name == wanted->name;
            if (match->before[at - 1] == NULL && (named || (!by_name && !ignored)) &&
                same_index(cx, pair, before->items[i], wanted)) {
                match->after[i] = wanted;
                match->before[at - 1] = before->items[i];
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
    const LostKey lost = {before->name, columns, before->parts.count};
    vec_push(cx->arena, &pair->lost_keys, lost);
}

/* What dies with a column and comes back with it: the drop knows what comes, the addition what was.
 */
static void diff_lost_index(DiffCx *cx, PairInfo *pair, const Index *before, const Index *after)
{
    const Subject old_side = {.table = pair->tables.before, .index = before};
    const Subject new_side = {.table = pair->tables.after, .index = after};
    diff_add(cx, CHANGE_DROP_INDEX, 0, old_side, new_side);
    diff_add(cx, CHANGE_ADD_INDEX, 0, old_side, new_side);
}

static void diff_kept_index(DiffCx *cx, PairInfo *pair, const Index *before, const Index *after)
{
    const Subject old_side = {.table = pair->tables.before, .index = before};
    const Subject new_side = {.table = pair->tables.after, .index = after};
    if (after == NULL) {
        diff_add(cx, CHANGE_DROP_INDEX, 0, old_side, new_side);
    } else if (before->name != after->name) {
        diff_add(cx, CHANGE_RENAME_INDEX, 0, old_side, new_side);
    }
}

static void diff_old_indexes(DiffCx *cx, PairInfo *pair, const IndexMatch *match)
{
    const IndexList *before = &pair->tables.before->indexes;
    for (size_t i = 0; i < before->count; i++) {
        const Index *old = before->items[i], *after = match->after[i];
        if (diff_ignores_index(old, cx->to)) {
            continue;
        }
        const bool lost = is_lost_with_column(pair, old);
        if (after == NULL || !lost) {
            diff_kept_index(cx, pair, old, after);
        }
        if (old->kind == INDEX_UNIQUE && old->predicate == NULL && (after == NULL || lost)) {
            lose_unique(cx, pair, old);
        }
    }
}

/* The match of a wanted index that died with its column; NULL for all others. */
static const Index *lost_match(const PairInfo *pair, const Index *before)
{
    return before != NULL && is_lost_with_column(pair, before) ? before : NULL;
}

void diff_indexes(DiffCx *cx, PairInfo *pair)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    IndexMatch match = {.after = arena_array(cx->arena, const Index *, before->count + 1),
                        .before = arena_array(cx->arena, const Index *, after->count + 1)};
    const IndexRows rows = index_rows(cx, after);
    match_indexes(cx, pair, &rows, &match, true);
    match_indexes(cx, pair, &rows, &match, false);
    diff_old_indexes(cx, pair, &match);
    for (size_t j = 0; j < after->count; j++) {
        const Index *wanted = after->items[j], *lost = lost_match(pair, match.before[j]);
        if (lost != NULL) {
            diff_lost_index(cx, pair, lost, wanted);
        } else if (match.before[j] == NULL) {
            diff_add(cx, CHANGE_ADD_INDEX, 0, (Subject){.table = pair->tables.before},
                     (Subject){.table = pair->tables.after, .index = wanted});
        }
    }
}
