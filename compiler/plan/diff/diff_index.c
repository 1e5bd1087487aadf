/*
 * diff_index.c - indexes of a table that stays: matched by what they do, then by name.
 *
 * What the schema language cannot say of an index (included columns, nulls order, collation,
 * deferrability) is not compared: a person tuned it by hand, and it stays.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/canon/canon_refs.h"
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

/* Written in a schema's text: then nobody made it by hand. */
static bool is_of_schema(const Index *index)
{
    return index->origin.kind != ORIGIN_CATALOG;
}

/* Without the preview feature an index of the schema may be partial in the database, made so by
 * hand under the schema's name. */
static bool same_predicate(const DiffCx *cx, const PairInfo *pair, const Index *before,
                           const Index *after)
{
    return reads_the_same(cx, pair, before, after) ||
           (!cx->to->manages_partial_indexes && before->name == after->name &&
            !is_of_schema(before));
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

bool diff_ignores_index(const Index *index, const Catalog *wanted)
{
    return (index->predicate != NULL && !wanted->manages_partial_indexes && !is_of_schema(index)) ||
           (index->method == METHOD_OTHER && !wanted->manages_all);
}

bool index_compares_with(const Catalog *catalog, const Index *index, const EnumType *type,
                         const Name *values, size_t count)
{
    Arena *scratch = arena_new();
    const SqlRefList refs = canon_refs(scratch, catalog, index->table, NULL, index->predicate);
    bool compares = false;
    vec_each(const SqlRef, ref, &refs) {
        for (size_t i = 0; ref->type == type && i < count; i++) {
            vec_each(Name, value, &ref->values) {
                compares = compares || *value == values[i];
            }
        }
    }
    arena_free(scratch);
    return compares;
}

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
                          bool by_name)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    for (size_t i = 0; i < before->count; i++) {
        const bool ignored = diff_ignores_index(before->items[i], cx->to);
        size_t at =
            pair->indexes_after[i] == NULL ? row_of_before(pair, rows, before->items[i]) : 0;
        for (; at > 0 && pair->indexes_after[i] == NULL; at = rows->next[at - 1]) {
            const Index *wanted = after->items[at - 1];
            const bool named = before->items[i]->name == wanted->name;
            if (pair->indexes_before[at - 1] == NULL && (named || (!by_name && !ignored)) &&
                same_index(cx, pair, before->items[i], wanted)) {
                pair->indexes_after[i] = wanted;
                pair->indexes_before[at - 1] = before->items[i];
            }
        }
    }
}

void pair_indexes(DiffCx *cx, PairInfo *pair)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    pair->indexes_after = arena_array(cx->arena, const Index *, before->count + 1);
    pair->indexes_before = arena_array(cx->arena, const Index *, after->count + 1);
    const IndexRows rows = index_rows(cx, after);
    match_indexes(cx, pair, &rows, true);
    match_indexes(cx, pair, &rows, false);
}

/* --- changes -----------------------------------------------------------------------------------
 */

/* What an index becomes that steps aside; NULL: it differs, or does not come back. A type that is
 * built anew takes nothing from an index that the language cannot say. */
static const Index *comes_back_as(const DiffCx *cx, const Aside *aside, const Index *before,
                                  const Index *after)
{
    if (aside == NULL) {
        return NULL;
    }
    const bool as_it_was = aside->when == ASIDE_ENUM_ANEW && diff_ignores_index(before, cx->to);
    return as_it_was ? before : after;
}

/* Read otherwise, the predicate may be true of other rows: the one that comes is a new one. */
static bool is_over_same_rows(const Aside *aside)
{
    return aside->part != ASIDE_COMPARISON || aside->when == ASIDE_ENUM_ANEW;
}

static void add_aside(DiffCx *cx, ChangeKind kind, const PairInfo *pair, const Index *before,
                      const Index *after)
{
    const Aside *aside = aside_of(cx, before);
    const bool both = is_over_same_rows(aside), drops = kind == CHANGE_DROP_INDEX;
    const Subject old_side = {.table = pair->tables.before, .index = both || drops ? before : NULL};
    const Subject new_side = {.table = pair->tables.after, .index = both || !drops ? after : NULL};
    diff_add(cx, kind, 0, old_side, new_side)->aside = aside;
}

static void diff_old_index(DiffCx *cx, const PairInfo *pair, const Index *before,
                           const Index *after)
{
    const Index *back = comes_back_as(cx, aside_of(cx, before), before, after);
    const Subject old_side = {.table = pair->tables.before, .index = before};
    const Subject new_side = {.table = pair->tables.after, .index = after};
    if (back != NULL) {
        add_aside(cx, CHANGE_DROP_INDEX, pair, before, back);
    } else if (diff_ignores_index(before, cx->to)) {
        return;
    } else if (after == NULL) {
        diff_add(cx, CHANGE_DROP_INDEX, 0, old_side, new_side);
    } else if (before->name != after->name) {
        diff_add(cx, CHANGE_RENAME_INDEX, 0, old_side, new_side);
    }
}

static void diff_new_index(DiffCx *cx, const PairInfo *pair, const Index *before,
                           const Index *after)
{
    const Index *back =
        before == NULL ? NULL : comes_back_as(cx, aside_of(cx, before), before, after);
    if (back != NULL) {
        add_aside(cx, CHANGE_ADD_INDEX, pair, before, back);
    } else if (before == NULL) {
        diff_add(cx, CHANGE_ADD_INDEX, 0, (Subject){.table = pair->tables.before},
                 (Subject){.table = pair->tables.after, .index = after});
    }
}

void diff_indexes(DiffCx *cx, const PairInfo *pair)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    for (size_t i = 0; i < before->count; i++) {
        diff_old_index(cx, pair, before->items[i], pair->indexes_after[i]);
    }
    for (size_t j = 0; j < after->count; j++) {
        diff_new_index(cx, pair, pair->indexes_before[j], after->items[j]);
    }
    for (size_t i = 0; i < before->count; i++) {
        const Index *old = before->items[i];
        if (pair->indexes_after[i] == NULL &&
            comes_back_as(cx, aside_of(cx, old), old, NULL) != NULL) {
            add_aside(cx, CHANGE_ADD_INDEX, pair, old, old);
        }
    }
}
