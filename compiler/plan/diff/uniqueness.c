#include "base/common.h"

#include "base/object_map.h"
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

/* Columns of the source; of many in a map. */
typedef struct Known {
    const TablePair *pair;
    Column *const *columns; /* of the wanted table */
    size_t count;
    Arena *scratch; /* NULL: they are few */
    ObjectMap marked;
} Known;

enum { FEW = 16 };

static Known known_begin(const TablePair *pair, Column *const *columns, size_t count)
{
    Known known = {.pair = pair, .columns = columns, .count = count};
    known.scratch = count > FEW ? arena_new() : NULL;
    for (size_t i = 0; known.scratch != NULL && i < count; i++) {
        const Column *before = unchanged(pair, columns[i]);
        if (before != NULL) {
            object_map_put(known.scratch, &known.marked, before, columns[i]);
        }
    }
    return known;
}

static void known_end(Known *known)
{
    if (known->scratch != NULL) {
        arena_free(known->scratch);
    }
}

static bool is_among(const Known *known, const Column *before)
{
    if (known->scratch != NULL) {
        return object_map_get(&known->marked, before) != NULL;
    }
    for (size_t i = 0; i < known->count; i++) {
        if (unchanged(known->pair, known->columns[i]) == before) {
            return true;
        }
    }
    return false;
}

static bool key_proves(const Known *known, const PrimaryKey *key)
{
    bool proves = key != NULL && !key->deferrable;
    for (size_t i = 0; proves && i < key->columns.count; i++) {
        proves = is_among(known, key->columns.items[i]);
    }
    return proves;
}

/* An expression proves nothing about its columns. */
static bool index_proves(const Known *known, const Index *index)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == NULL || !is_among(known, part->column)) {
            return false;
        }
    }
    return true;
}

/* One whose first column is among them. */
static bool any_index_proves(const Known *known)
{
    for (size_t i = 0; i < known->count; i++) {
        const Column *before = unchanged(known->pair, known->columns[i]);
        const IndexList *proofs =
            before == NULL ? NULL : map_get(&known->pair->proofs, before->name);
        for (size_t j = 0; proofs != NULL && j < proofs->count; j++) {
            if (index_proves(known, proofs->items[j])) {
                return true;
            }
        }
    }
    return false;
}

bool columns_are_unique(const Diff *diff, const Table *after, Column *const *columns, size_t count)
{
    const TablePair *pair = match_pair(diff, after);
    if (pair == NULL || pair->after != after) {
        return false; /* new, or spelled by another catalog */
    }
    Known known = known_begin(pair, columns, count);
    const bool unique = key_proves(&known, pair->before->primary_key) || any_index_proves(&known);
    known_end(&known);
    return unique;
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
           after->generated == NULL && !fill_hint_find(after->doc, FILL_HINT_UP, &start, &end);
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
