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

/* Wanted indexes in rows, each of those that begin and end alike: nothing else can be the same. */
typedef struct IndexRows {
    Map firsts; /* names of the first and the last part's columns -> size_t: the first of the row */
    size_t *next; /* by position: position + 1 of the next one; 0: none */
    Map names;    /* of the index -> position + 1 */
    Name nothing; /* stands for an expression */
} IndexRows;

static const Column *first_column(const Index *index)
{
    return index->parts.count == 0 ? NULL : index->parts.items[0].column;
}

static const Column *last_column(const Index *index)
{
    return index->parts.count == 0 ? NULL : vec_last(&index->parts).column;
}

static Name end_name(const IndexRows *rows, const Column *column)
{
    return column == NULL ? rows->nothing : column->name;
}

static IndexRows index_rows(DiffCx *cx, const IndexList *after)
{
    IndexRows rows = {.next = arena_array(cx->arena, size_t, after->count + 1),
                      .nothing = intern_cstr(cx->to->names, "")};
    for (size_t i = after->count; i-- > 0;) {
        const Index *index = after->items[i];
        const Name first = end_name(&rows, first_column(index));
        const Name last = end_name(&rows, last_column(index));
        size_t *head = map_get2(&rows.firsts, first, last);
        if (head == NULL) {
            head = arena_make(cx->arena, size_t);
            map_put2(cx->arena, &rows.firsts, first, last, head);
        }
        rows.next[i] = *head;
        *head = i + 1;
        map_put(cx->arena, &rows.names, index->name, (void *)(uintptr_t)(i + 1));
    }
    return rows;
}

/* False: the column goes. Else under the name it gets. */
static bool end_after(const PairInfo *pair, const IndexRows *rows, const Column *before, Name *ret)
{
    const Column *after = before == NULL ? NULL : pair->after[before->position];
    *ret = end_name(rows, after);
    return before == NULL || after != NULL;
}

/* The row of the wanted indexes that begin and end with the same columns; NULL: it is empty. */
static size_t *row_of(const PairInfo *pair, const IndexRows *rows, const Index *before)
{
    Name first, last;
    return end_after(pair, rows, first_column(before), &first) &&
                   end_after(pair, rows, last_column(before), &last)
               ? map_get2(&rows->firsts, first, last)
               : NULL;
}

static void pair_index(PairInfo *pair, size_t before, size_t after)
{
    pair->indexes_after[before] = pair->tables.after->indexes.items[after];
    pair->indexes_before[after] = pair->tables.before->indexes.items[before];
}

static void match_by_name(const DiffCx *cx, PairInfo *pair, const IndexRows *rows)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    for (size_t i = 0; i < before->count; i++) {
        const size_t at = (size_t)(uintptr_t)map_get(&rows->names, before->items[i]->name);
        if (at > 0 && pair->indexes_before[at - 1] == NULL &&
            same_index(cx, pair, before->items[i], after->items[at - 1])) {
            pair_index(pair, i, at - 1);
        }
    }
}

/* The first of the row that is nobody's yet; those that are somebody's leave it. */
static void match_in_row(const DiffCx *cx, PairInfo *pair, const IndexRows *rows, size_t number)
{
    const Index *before = pair->tables.before->indexes.items[number];
    size_t *link = row_of(pair, rows, before);
    while (link != NULL && *link > 0) {
        const size_t at = *link - 1;
        if (pair->indexes_before[at] != NULL) {
            *link = rows->next[at];
        } else if (same_index(cx, pair, before, pair->tables.after->indexes.items[at])) {
            pair_index(pair, number, at);
            return;
        } else {
            link = &rows->next[at];
        }
    }
}

void pair_indexes(DiffCx *cx, PairInfo *pair)
{
    const IndexList *before = &pair->tables.before->indexes, *after = &pair->tables.after->indexes;
    pair->indexes_after = arena_array(cx->arena, const Index *, before->count + 1);
    pair->indexes_before = arena_array(cx->arena, const Index *, after->count + 1);
    const IndexRows rows = index_rows(cx, after);
    match_by_name(cx, pair, &rows);
    for (size_t i = 0; i < before->count; i++) {
        if (pair->indexes_after[i] == NULL && !diff_ignores_index(before->items[i], cx->to)) {
            match_in_row(cx, pair, &rows, i);
        }
    }
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
