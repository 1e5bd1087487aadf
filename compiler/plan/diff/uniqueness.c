#include "base/common.h"

#include "compiler/plan/diff/fill_hint.h"
#include "compiler/plan/diff/uniqueness.h"

/* The column of the source whose values it keeps; NULL when it has none, or they may change. */
static const Column *unchanged(const TablePair *pair, const Column *after)
{
    const Column *before = pair->columns_before[after->position];
    const bool changes =
        before != NULL && (pair->facets[before->position] & (FACET_TYPE | FACET_LIST)) != 0;
    return changes ? NULL : before;
}

static bool is_among(const TablePair *pair, const Column *before, Column *const *columns,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (unchanged(pair, columns[i]) == before) {
            return true;
        }
    }
    return false;
}

static bool all_among(const TablePair *pair, Column *const *before, size_t before_count,
                      Column *const *columns, size_t count)
{
    for (size_t i = 0; i < before_count; i++) {
        if (!is_among(pair, before[i], columns, count)) {
            return false;
        }
    }
    return true;
}

/* An expression proves nothing about its columns. */
static bool index_proves(const TablePair *pair, const Index *index, Column *const *columns,
                         size_t count)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == NULL || !is_among(pair, part->column, columns, count)) {
            return false;
        }
    }
    return true;
}

bool columns_are_unique(const Diff *diff, const Table *after, Column *const *columns, size_t count)
{
    const TablePair *pair = match_pair(diff, after);
    if (pair == NULL || pair->after != after) {
        return false; /* new, or spelled by another catalog */
    }
    const PrimaryKey *key = pair->before->primary_key;
    if (key != NULL && !key->deferrable &&
        all_among(pair, key->columns.items, key->columns.count, columns, count)) {
        return true;
    }
    vec_each(Index *const, at, &pair->proofs) {
        if (index_proves(pair, *at, columns, count)) {
            return true;
        }
    }
    return false;
}

static bool take_no_nulls(const TablePair *pair, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Column *before = unchanged(pair, columns[i]);
        if (before == NULL || !before->not_null) {
            return false;
        }
    }
    return true;
}

bool columns_are_key(const Diff *diff, const Table *after, Column *const *columns, size_t count)
{
    return columns_are_unique(diff, after, columns, count) &&
           take_no_nulls(match_pair(diff, after), columns, count);
}

static bool begins_null(const Diff *diff, const Column *after)
{
    size_t start, end;
    return match_column_before(diff, after) == NULL && !after->not_null &&
           after->dflt.kind == DEFAULT_NONE && after->identity == IDENTITY_NONE &&
           after->generated == NULL && !fill_hint_find(after->doc, &start, &end);
}

bool index_begins_empty(const Diff *diff, const Index *after)
{
    vec_each(const IndexPart, part, &after->parts) {
        if (part->column != NULL && begins_null(diff, part->column)) {
            return !after->nulls_not_distinct;
        }
    }
    return false;
}

static bool part_is_plain(const IndexPart *part)
{
    const bool usual_class = part->operator_class == NULL || part->operator_class_is_default;
    return part->column != NULL && part->sort != SORT_DESC && part->nulls != NULLS_FIRST &&
           usual_class && part->collation == NULL;
}

static bool index_is_plain(const Index *index)
{
    return index->kind == INDEX_UNIQUE && index->method == METHOD_BTREE && index->valid &&
           index->predicate == NULL && index->include.count == 0 && !index->is_constraint &&
           !index->nulls_not_distinct && !index->deferrable;
}

bool index_can_be_key(const Diff *diff, const Index *before, const PrimaryKey *after)
{
    const TablePair *pair = match_pair(diff, after->table);
    if (pair == NULL || pair->after != after->table || before->table != pair->before ||
        !index_is_plain(before) || before->parts.count != after->columns.count ||
        pair->before->is_partitioned) {
        return false;
    }
    for (size_t i = 0; i < before->parts.count; i++) {
        const IndexPart *part = &before->parts.items[i];
        if (!part_is_plain(part) || unchanged(pair, after->columns.items[i]) != part->column) {
            return false;
        }
    }
    return take_no_nulls(pair, after->columns.items, after->columns.count);
}
