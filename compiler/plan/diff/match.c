/*
 * match.c - which objects of the two catalogs are one thing.
 *
 * In: the pairs that the differ has made, once.   Out: the other side of a table or column, by
 * identity; who has a name on either side. Whoever asks later asks here, and nobody searches
 * changes or catalogs for it.
 */
#include "base/common.h"

#include "compiler/plan/diff/diff.h"

const TablePair *match_pair(const Diff *diff, const Table *named)
{
    if (diff == NULL || named == NULL) {
        return NULL;
    }
    const TablePair *pair = map_get2(&diff->pairs_by_after, named->schema, named->name);
    if (pair != NULL && pair->after == named) {
        return pair;
    }
    pair = map_get2(&diff->pairs_by_before, named->schema, named->name);
    return pair != NULL && pair->before == named ? pair : NULL;
}

const Table *match_table_before(const Diff *diff, const Table *after)
{
    const TablePair *pair = match_pair(diff, after);
    return pair == NULL ? NULL : pair->before;
}

const Table *match_source(const Diff *diff, const Table *named)
{
    const Table *before = match_table_before(diff, named);
    return before != NULL ? before : named;
}

const Column *match_column_before(const Diff *diff, const Column *after)
{
    const TablePair *pair = match_pair(diff, after->table);
    const bool placed =
        pair != NULL && pair->after == after->table && after->position < pair->after->columns.count;
    return placed ? pair->columns_before[after->position] : NULL;
}

const Column *match_column_after(const Diff *diff, const Column *before)
{
    const TablePair *pair = match_pair(diff, before->table);
    const bool placed = pair != NULL && pair->before == before->table &&
                        before->position < pair->before->columns.count;
    return placed ? pair->columns_after[before->position] : NULL;
}

static const ColumnList *columns_of(const Map *map, const EnumType *type)
{
    static const ColumnList none;
    const ColumnList *columns = map_get2(map, type->schema, type->name);
    return columns == NULL ? &none : columns;
}

const ColumnList *match_enum_before(const Diff *diff, const EnumType *type)
{
    return columns_of(&diff->of_enum_before, type);
}

const ColumnList *match_enum_after(const Diff *diff, const EnumType *type)
{
    return columns_of(&diff->of_enum_after, type);
}

/* --- names of relations ------------------------------------------------------------------------
 */

static void note_bearer(RelationNames *names, Name schema, Name name, unsigned bearer)
{
    const uintptr_t known = (uintptr_t)map_get2(&names->bearers, schema, name);
    map_put2(names->arena, &names->bearers, schema, name, (void *)(known | bearer));
}

static void make_names(RelationNames *names)
{
    names->made = true;
    vec_each(Table *const, at, &names->catalog->tables) {
        const Table *table = *at;
        note_bearer(names, table->schema, table->name, BEARER_TABLE);
        if (table->primary_key != NULL) {
            note_bearer(names, table->schema, table->primary_key->name, BEARER_KEY);
        }
        vec_each(Index *const, index, &table->indexes) {
            note_bearer(names, table->schema, (*index)->name, BEARER_INDEX);
        }
    }
}

static unsigned bearer_of(RelationNames *names, Name schema, Name name)
{
    if (!names->made) {
        make_names(names);
    }
    return (unsigned)(uintptr_t)map_get2(&names->bearers, schema, name);
}

unsigned match_bearer_before(const Diff *diff, Name schema, Name name)
{
    return bearer_of(diff->names_before, schema, name);
}

unsigned match_bearer_after(const Diff *diff, Name schema, Name name)
{
    return bearer_of(diff->names_after, schema, name);
}
