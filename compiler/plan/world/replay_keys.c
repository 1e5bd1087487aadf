/*
 * replay_keys.c - indexes, primary and foreign keys of the world, and what these rest on.
 */
#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

/* --- what foreign keys rest on ------------------------------------------------------------------
 */

enum { FEW = 16 };

static bool has_column(const ColumnList *columns, Name name)
{
    vec_each(Column *, at, columns) {
        if ((*at)->name == name) {
            return true;
        }
    }
    return false;
}

static bool same_order(const ColumnList *a, const ColumnList *b)
{
    for (size_t i = 0; i < b->count; i++) {
        if (a->items[i]->name != b->items[i]->name) {
            return false;
        }
    }
    return true;
}

/* The same columns, in any order; of many in another one a map is made. */
static bool same_columns(const ColumnList *a, const ColumnList *b)
{
    if (a->count != b->count || same_order(a, b)) {
        return a->count == b->count;
    }
    bool same = true;
    Arena *scratch = b->count > FEW ? arena_new() : NULL;
    Map names = {0};
    for (size_t i = 0; scratch != NULL && i < a->count; i++) {
        map_put(scratch, &names, a->items[i]->name, a->items[i]);
    }
    for (size_t i = 0; same && i < b->count; i++) {
        const Name name = b->items[i]->name;
        same = scratch != NULL ? map_get(&names, name) != NULL : has_column(a, name);
    }
    if (scratch != NULL) {
        arena_free(scratch);
    }
    return same;
}

static bool is_unique_by_index(const Index *index, const ColumnList *columns)
{
    const size_t count = columns->count;
    if (index->kind != INDEX_UNIQUE || index->predicate != NULL || index->parts.count != count) {
        return false;
    }
    Column *few[FEW];
    Arena *scratch = count > FEW ? arena_new() : NULL;
    const ColumnList parts = {
        .items = scratch == NULL ? few : arena_array(scratch, Column *, count), .count = count};
    bool whole = true;
    for (size_t i = 0; i < count; i++) {
        parts.items[i] = index->parts.items[i].column;
        whole = whole && parts.items[i] != NULL;
    }
    const bool unique = whole && same_columns(&parts, columns);
    if (scratch != NULL) {
        arena_free(scratch);
    }
    return unique;
}

static bool is_unique(const Table *table, const ColumnList *columns, const IndexList *indexes)
{
    if (table->primary_key != NULL && same_columns(&table->primary_key->columns, columns)) {
        return true;
    }
    vec_each(Index *, at, indexes) {
        if ((*at)->table == table && is_unique_by_index(*at, columns)) {
            return true;
        }
    }
    return false;
}

/* In the world: asked of the column that the fewest indexes are over. */
static bool is_unique_now(World *world, const Table *table, const ColumnList *columns)
{
    const IndexList *fewest = &table->indexes;
    vec_each(Column *, at, columns) {
        const IndexList *over = world_indexes_over(world, table, *at);
        fewest = over->count < fewest->count ? over : fewest;
    }
    return is_unique(table, columns, fewest);
}

/* The server keeps the last key or index that a foreign key rests on. One of those that rest on the
 * same columns stands for all. */
bool world_keeps_references(World *world, const Table *table, const ColumnList *columns)
{
    const ForeignKeyList *to = world_references_to(world, columns->items[0]);
    for (size_t i = to->count; i > 0; i--) {
        const ForeignKey *key = to->items[i - 1];
        if (key->table != NULL && same_columns(&key->referenced_columns, columns)) {
            return is_unique_now(world, table, columns) ||
                   world_refuse(world, "foreign key `%s` rests on a key of `%s` that goes",
                                key->name->text, table->name->text);
        }
    }
    return true;
}

/* A foreign key rests on indexes of columns alone. */
static bool keeps_references_of(World *world, const Table *table, const Index *index)
{
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == NULL) {
            return true;
        }
        vec_push(world->arena, &columns, part->column);
    }
    return index->kind != INDEX_UNIQUE || index->predicate != NULL ||
           world_keeps_references(world, table, &columns);
}

/* --- indexes and foreign keys ------------------------------------------------------------------
 */

/* The world's columns; false when one is not there. */
static bool find_columns(World *world, Column *const *named, size_t count, ColumnList *ret)
{
    *ret = (ColumnList){0};
    for (size_t i = 0; i < count; i++) {
        Column *column = world_column(world, named[i]);
        if (column == NULL) {
            return false;
        }
        vec_push(world->arena, ret, column);
    }
    return true;
}

static bool find_parts(World *world, Index *index)
{
    const IndexPart *items = index->parts.items;
    const size_t count = index->parts.count;
    index->parts.items = NULL;
    index->parts.count = index->parts.capacity = 0;
    for (size_t i = 0; i < count; i++) {
        IndexPart part = items[i];
        part.column = part.column == NULL ? NULL : world_column(world, part.column);
        if (items[i].column != NULL && part.column == NULL) {
            return false;
        }
        vec_push(world->arena, &index->parts, part);
    }
    return true;
}

static bool find_index_columns(World *world, const Index *source, Index *index)
{
    ColumnList include, predicate, compared;
    if (!find_parts(world, index) ||
        !find_columns(world, source->include.items, source->include.count, &include) ||
        !find_columns(world, source->predicate_columns.items, source->predicate_columns.count,
                      &predicate) ||
        !find_columns(world, source->compared_columns.items, source->compared_columns.count,
                      &compared)) {
        return false;
    }
    index->include.items = include.items;
    index->predicate_columns.items = predicate.items;
    index->compared_columns.items = compared.items;
    return true;
}

bool world_add_index(World *world, const Index *source, Name name)
{
    Table *table = world_table(world, source->table);
    if (table == NULL || !world_take_name(world, table->schema, name)) {
        return false;
    }
    Index draft = *source;
    if (!find_index_columns(world, source, &draft)) {
        return false;
    }
    Index *index = table_add_index(world->catalog, table, name, source->origin);
    *index = draft;
    index->name = name;
    index->table = table;
    world_made_index(world, index, source);
    world_tie_index(world, index);
    world_note_index(world, index);
    map_put2(world->arena, &world->indexes, table->schema, name, index);
    return true;
}

bool world_add_foreign_key(World *world, const ForeignKey *source, Name name)
{
    Table *table = world_table(world, source->table);
    Table *referenced = world_table(world, source->referenced);
    ForeignKey draft = *source;
    if (table == NULL || referenced == NULL ||
        !find_columns(world, source->columns.items, source->columns.count, &draft.columns) ||
        !find_columns(world, source->referenced_columns.items, source->referenced_columns.count,
                      &draft.referenced_columns)) {
        return false;
    }
    if (!is_unique_now(world, referenced, &draft.referenced_columns) &&
        is_unique(source->referenced, &source->referenced_columns, &source->referenced->indexes)) {
        return world_refuse(world, "nothing makes what foreign key `%s` refers to unique",
                            name->text);
    }
    if (world_key_of_name(world, table, name) != NULL) {
        return world_refuse(world, "there already is a foreign key `%s`", name->text);
    }
    ForeignKey *key = table_add_foreign_key(world->catalog, table, name, source->origin);
    *key = draft;
    key->name = name;
    key->table = table;
    key->referenced = referenced;
    world_made_foreign_key(world, key, source);
    world_tie_key(world, key);
    return true;
}

static void take_index(World *world, Index *index)
{
    world_free_index_name(world, index);
    world_remove_index(world, index);
}

bool world_drop_index(World *world, const Index *named)
{
    Index *index = world_index(world, named);
    const Table *table = index == NULL ? NULL : index->table;
    if (index == NULL) {
        return false;
    }
    take_index(world, index);
    return keeps_references_of(world, table, index);
}

bool world_rename_index(World *world, Index *index, Name to)
{
    world_free_index_name(world, index);
    index->name = to;
    world_note_standing(world, index->source, index);
    return world_take_index_name(world, index->table, index);
}

bool world_add_primary_key(World *world, Table *table, const PrimaryKey *source)
{
    if (table->primary_key != NULL) {
        return world_refuse(world, "`%s` already has a primary key", table->name->text);
    }
    ColumnList columns;
    if (!world_take_name(world, table->schema, source->name) ||
        !find_columns(world, source->columns.items, source->columns.count, &columns)) {
        return false;
    }
    PrimaryKey *key = table_set_primary_key(world->catalog, table, source->name, source->origin);
    key->columns = columns;
    key->deferrable = source->deferrable;
    return true;
}

/* Foreign keys that rest on the index rest on the key from now on. */
bool world_make_primary_key(World *world, Index *index, const PrimaryKey *source)
{
    Table *table = index->table;
    take_index(world, index);
    return world_add_primary_key(world, table, source) && keeps_references_of(world, table, index);
}

bool world_drop_primary_key(World *world, Table *table)
{
    if (table->primary_key == NULL) {
        return world_refuse(world, "`%s` has no primary key", table->name->text);
    }
    world_free_name(world, table->schema, table->primary_key->name);
    const ColumnList columns = table->primary_key->columns;
    table->primary_key = NULL;
    return world_keeps_references(world, table, &columns);
}

/* A key that is gone waits for no validation. */
static void forget_validation(World *world, const Table *table, Name name)
{
    Scaffold *scaffold = world_find_scaffold(world, SCAFFOLD_UNVALIDATED, table, name);
    if (scaffold != NULL) {
        scaffold->gone = true;
        world->standing_scaffolds--;
    }
}

bool world_drop_foreign_key(World *world, const ForeignKey *named)
{
    ForeignKey *key = world_foreign_key(world, named);
    if (key == NULL) {
        return false;
    }
    forget_validation(world, key->table, key->name);
    world_remove_key(world, key);
    return true;
}
