/*
 * diff.c - the walk over two catalogs: pairs what is the same on both sides, finds what steps
 * aside, and lets the parts say what differs.
 *
 * In:  two canonical catalogs and the renames known between them.   Out: Change[].
 * The order of the changes of one kind is the order their steps run in: what is dropped or altered
 * in the source's order, what is added in the wanted catalog's.
 */
#include "base/common.h"

#include "compiler/plan/diff/diff.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/plan/diff/diff_internal.h"

Change *diff_add(DiffCx *cx, ChangeKind kind, unsigned facets, Subject before, Subject after)
{
    Change *change = arena_make(cx->arena, Change);
    *change = (Change){.kind = kind, .facets = facets, .before = before, .after = after};
    vec_push(cx->arena, &cx->diff->changes, change);
    return change;
}

PairInfo *pair_of_before(const DiffCx *cx, const Table *table)
{
    return map_get2(&cx->pair_by_before, table->schema, table->name);
}

PairInfo *pair_of_after(const DiffCx *cx, const Table *table)
{
    return map_get2(&cx->pair_by_after, table->schema, table->name);
}

bool pair_column_recreated(const PairInfo *pair, const Column *before)
{
    return (pair->happens[before->position] & (1U << ASIDE_COLUMN_ANEW)) != 0;
}

bool pair_same_columns(const PairInfo *pair, Column *const *before, size_t before_count,
                       Column *const *after, size_t after_count)
{
    if (before_count != after_count) {
        return false;
    }
    for (size_t i = 0; i < before_count; i++) {
        if (pair->after[before[i]->position] != after[i]) {
            return false;
        }
    }
    return true;
}

bool diff_ignores(const Table *table)
{
    return table_is_reserved(table->name->text);
}

static void remember_renames(DiffCx *cx, const RenameList *renames)
{
    for (size_t i = 0; renames != NULL && i < renames->count; i++) {
        Rename *rename = &renames->items[i];
        if (rename->column == NULL) {
            map_put2(cx->arena, &cx->table_renames, rename->schema, rename->table, rename);
            map_put2(cx->arena, &cx->renamed_tables, rename->new_schema, rename->new_table, rename);
            continue;
        }
        RenameRefs *refs = map_get2(&cx->column_renames, rename->schema, rename->table);
        if (refs == NULL) {
            refs = arena_make(cx->arena, RenameRefs);
            map_put2(cx->arena, &cx->column_renames, rename->schema, rename->table, refs);
        }
        vec_push(cx->arena, refs, rename);
    }
}

/* The wanted table that `before` becomes; NULL when there is none. Renames first: two tables may
 * exchange their names. */
static const Table *find_after(const DiffCx *cx, const Table *before, bool *ret_renamed)
{
    const Rename *rename = map_get2(&cx->table_renames, before->schema, before->name);
    *ret_renamed = rename != NULL;
    if (rename != NULL) {
        return catalog_find_table(cx->to, rename->new_schema, rename->new_table);
    }
    const bool taken = map_get2(&cx->renamed_tables, before->schema, before->name) != NULL;
    return taken ? NULL : catalog_find_table(cx->to, before->schema, before->name);
}

static void note_proof(Arena *arena, TablePair *pair, const Column *first, Index *index)
{
    IndexList *proofs = map_get(&pair->proofs, first->name);
    if (proofs == NULL) {
        proofs = arena_make(arena, IndexList);
        map_put(arena, &pair->proofs, first->name, proofs);
    }
    vec_push(arena, proofs, index);
}

/* At the end of each statement rows are unique by a plain index over whole columns alone. */
static void find_proofs(Arena *arena, TablePair *pair)
{
    vec_each(Index *, at, &pair->before->indexes) {
        const Index *index = *at;
        const Column *first = index->parts.count == 0 ? NULL : index->parts.items[0].column;
        if (first != NULL && index->kind == INDEX_UNIQUE && index->predicate == NULL &&
            !index->deferrable && index->valid) {
            note_proof(arena, pair, first, *at);
        }
    }
}

static void pair_tables(DiffCx *cx)
{
    vec_each(Table *, at, &cx->from->tables) {
        bool renamed = false;
        const Table *after = diff_ignores(*at) ? NULL : find_after(cx, *at, &renamed);
        if (after == NULL || diff_ignores(after) || pair_of_after(cx, after) != NULL) {
            continue;
        }
        PairInfo *pair = arena_make(cx->arena, PairInfo);
        pair->tables = (TablePair){.before = *at, .after = after};
        pair->renamed = renamed;
        vec_push(cx->arena, &cx->pairs, pair);
        map_put2(cx->arena, &cx->pair_by_before, (*at)->schema, (*at)->name, pair);
        map_put2(cx->arena, &cx->pair_by_after, after->schema, after->name, pair);
        pair_columns(cx, pair);
        pair_primary_key(pair);
        pair_indexes(cx, pair);
        pair->tables.columns_after = pair->after;
        pair->tables.columns_before = pair->before;
        pair->tables.facets = pair->facets;
        find_proofs(cx->arena, &pair->tables);
        vec_push(cx->arena, &cx->diff->tables, pair->tables);
        map_put2(cx->arena, &cx->diff->pairs_by_before, (*at)->schema, (*at)->name, &pair->tables);
        map_put2(cx->arena, &cx->diff->pairs_by_after, after->schema, after->name, &pair->tables);
    }
    vec_each(PairInfo *, at, &cx->pairs) {
        pair_foreign_keys(cx, *at);
    }
}

/* A schema text stands for a database that has the default schema it names, if in use or not: every
 * new database has a `public`. */
static bool has_schema(const Catalog *catalog, Name name)
{
    const bool is_implied = catalog->has_default_schema && catalog->default_schema == name;
    return is_implied || map_get(&catalog->schemas_by_name, name) != NULL;
}

static void diff_schemas(DiffCx *cx)
{
    vec_each(Schema *, at, &cx->to->schemas) {
        if (!has_schema(cx->from, (*at)->name)) {
            diff_add(cx, CHANGE_ADD_SCHEMA, 0, (Subject){0}, (Subject){.schema = *at});
        }
    }
}

static const Extension *find_extension(const Catalog *catalog, Name name)
{
    vec_each(Extension *, at, &catalog->extensions) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    const Extension *const *left = a, *const *right = b;
    return name_compare((*left)->name, (*right)->name);
}

/* What the schema does not state about an extension is not its business. */
static void diff_extension(DiffCx *cx, const Extension *before, const Extension *after)
{
    unsigned facets = 0;
    if (after->version != NULL && after->version != before->version) {
        facets |= FACET_VERSION;
    }
    if (after->schema != NULL && after->schema != before->schema) {
        facets |= FACET_SCHEMA;
    }
    if (facets != 0) {
        diff_add(cx, CHANGE_MODIFY_EXTENSION, facets, (Subject){.extension = before},
                 (Subject){.extension = after});
    }
}

static void diff_extensions(DiffCx *cx)
{
    const size_t count = cx->to->extensions.count;
    if (!cx->to->manages_extensions || count == 0) {
        return;
    }
    const Extension **wanted = arena_array(cx->arena, const Extension *, count);
    for (size_t i = 0; i < count; i++) {
        wanted[i] = cx->to->extensions.items[i];
    }
    qsort(wanted, count, sizeof *wanted, by_name);
    for (size_t i = 0; i < count; i++) {
        const Extension *before = find_extension(cx->from, wanted[i]->name);
        if (before == NULL) {
            diff_add(cx, CHANGE_ADD_EXTENSION, 0, (Subject){0}, (Subject){.extension = wanted[i]});
        } else {
            diff_extension(cx, before, wanted[i]);
        }
    }
}

/* New tables come before the changed ones: so do their indexes in a script. */
static void diff_tables_added(DiffCx *cx)
{
    vec_each(Table *, at, &cx->to->tables) {
        if (!diff_ignores(*at) && pair_of_after(cx, *at) == NULL) {
            diff_add(cx, CHANGE_ADD_TABLE, 0, (Subject){0}, (Subject){.table = *at});
            vec_each(Index *, index, &(*at)->indexes) {
                diff_add(cx, CHANGE_ADD_INDEX, 0, (Subject){0},
                         (Subject){.table = *at, .index = *index});
            }
        }
    }
}

static void diff_pair(DiffCx *cx, PairInfo *pair)
{
    const Subject before = {.table = pair->tables.before}, after = {.table = pair->tables.after};
    if (pair->renamed) {
        diff_add(cx, CHANGE_RENAME_TABLE, 0, before, after);
    }
    diff_columns(cx, pair);
    diff_primary_key(cx, pair);
    diff_indexes(cx, pair);
}

static void diff_tables_kept_and_dropped(DiffCx *cx)
{
    vec_each(Table *, at, &cx->from->tables) {
        PairInfo *pair = pair_of_before(cx, *at);
        if (pair != NULL) {
            diff_pair(cx, pair);
        } else if (!diff_ignores(*at)) {
            diff_add(cx, CHANGE_DROP_TABLE, 0, (Subject){.table = *at}, (Subject){0});
        }
    }
}

static void note_enums(Arena *arena, const Catalog *catalog, Map *map)
{
    vec_each(Table *, table, &catalog->tables) {
        vec_each(Column *, column, &(*table)->columns) {
            const EnumType *type =
                (*column)->type.id == TYPE_ENUM ? (*column)->type.enum_type : NULL;
            ColumnList *columns = type == NULL ? NULL : map_get2(map, type->schema, type->name);
            if (type != NULL && columns == NULL) {
                columns = arena_make(arena, ColumnList);
                map_put2(arena, map, type->schema, type->name, columns);
            }
            if (type != NULL) {
                vec_push(arena, columns, *column);
            }
        }
    }
}

static RelationNames *relation_names(Arena *arena, const Catalog *catalog)
{
    RelationNames *names = arena_make(arena, RelationNames);
    *names = (RelationNames){.arena = arena, .catalog = catalog};
    return names;
}

static Diff *compare(Arena *arena, const Catalog *from, const Catalog *to,
                     const RenameList *renames, bool converts)
{
    Diff *diff = arena_make(arena, Diff);
    *diff = (Diff){.arena = arena, .from = from, .to = to, .origin = from};
    DiffCx cx = {.diff = diff, .arena = arena, .from = from, .to = to, .converts = converts};
    remember_renames(&cx, renames);
    note_enums(arena, from, &diff->of_enum_before);
    note_enums(arena, to, &diff->of_enum_after);
    diff->names_before = relation_names(arena, from);
    diff->names_after = relation_names(arena, to);
    find_rebuilt_enums(&cx);
    pair_tables(&cx);
    aside_close(&cx);
    diff_schemas(&cx);
    diff_extensions(&cx);
    diff_enums_added(&cx);
    diff_enums_kept_and_dropped(&cx);
    diff_tables_added(&cx);
    diff_tables_kept_and_dropped(&cx);
    diff_foreign_keys(&cx);
    return diff;
}

Diff *diff_catalogs(Arena *arena, const Catalog *from, const Catalog *to, const RenameList *renames)
{
    return compare(arena, from, to, renames, false);
}

Diff *diff_catalogs_converting(Arena *arena, const Catalog *from, const Catalog *to,
                               const RenameList *renames)
{
    return compare(arena, from, to, renames, true);
}

bool diff_is_empty(const Diff *diff)
{
    return diff->changes.count == 0;
}
