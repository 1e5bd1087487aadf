#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

#include <stdarg.h>
#include <string.h>

#include "compiler/catalog/catalog_copy.h"

bool world_refuse(World *world, const char *format, ...)
{
    if (world->wrong == NULL) {
        va_list args;
        va_start(args, format);
        world->wrong = arena_vprintf(world->arena, format, args);
        va_end(args);
    }
    return false;
}

/* --- names -------------------------------------------------------------------------------------
 */

static bool is_contested(const World *world, Name schema, Name name)
{
    return map_get2(&world->contested, schema, name) != NULL;
}

bool world_take_name(World *world, Name schema, Name name)
{
    if (map_get2(&world->relations, schema, name) != NULL && !is_contested(world, schema, name)) {
        return world_refuse(world, "there already is a relation `%s`", name->text);
    }
    map_put2(world->arena, &world->relations, schema, name, world->catalog);
    return true;
}

void world_free_name(World *world, Name schema, Name name)
{
    map_remove2(&world->relations, schema, name);
}

bool world_is_free_type(World *world, Name schema, Name name)
{
    if (!is_contested(world, schema, name) &&
        (catalog_find_table(world->catalog, schema, name) != NULL ||
         catalog_find_enum(world->catalog, schema, name) != NULL)) {
        return world_refuse(world, "there already is a type `%s`", name->text);
    }
    return true;
}

static bool take_index_name(World *world, const Table *table, Index *index)
{
    map_put2(world->arena, &world->indexes, table->schema, index->name, index);
    return world_take_name(world, table->schema, index->name);
}

static void free_index_name(World *world, const Table *table, const Index *index)
{
    map_remove2(&world->indexes, table->schema, index->name);
    world_free_name(world, table->schema, index->name);
}

/* The names within a table's schema, its own included. */
static bool take_names_of(World *world, const Table *table)
{
    bool ok = world_take_name(world, table->schema, table->name);
    if (table->primary_key != NULL) {
        ok = ok && world_take_name(world, table->schema, table->primary_key->name);
    }
    vec_each(Index *, at, &table->indexes) {
        ok = ok && take_index_name(world, table, *at);
    }
    return ok;
}

static void free_names_of(World *world, const Table *table)
{
    world_free_name(world, table->schema, table->name);
    if (table->primary_key != NULL) {
        world_free_name(world, table->schema, table->primary_key->name);
    }
    vec_each(Index *, at, &table->indexes) {
        free_index_name(world, table, *at);
    }
}

static void note_name(World *world, Map *seen, Name schema, Name name)
{
    Map *map = map_get2(seen, schema, name) == NULL ? seen : &world->contested;
    map_put2(world->arena, map, schema, name, world->catalog);
}

static void note_contested(World *world, const Catalog *catalog)
{
    Map relations = {0};
    vec_each(Table *, table, &catalog->tables) {
        const Table *at = *table;
        note_name(world, &relations, at->schema, at->name);
        if (at->primary_key != NULL) {
            note_name(world, &relations, at->schema, at->primary_key->name);
        }
        vec_each(Index *, index, &at->indexes) {
            note_name(world, &relations, at->schema, (*index)->name);
        }
    }
    vec_each(EnumType *, type, &catalog->enums) {
        if (catalog_find_table(catalog, (*type)->schema, (*type)->name) != NULL) {
            map_put2(world->arena, &world->contested, (*type)->schema, (*type)->name,
                     world->catalog);
        }
    }
}

World world_begin(Arena *arena, const Plan *plan)
{
    World world = {.arena = arena, .plan = plan, .catalog = catalog_copy(arena, plan->origin)};
    note_contested(&world, plan->origin);
    note_contested(&world, plan->to);
    vec_each(Table *, at, &world.catalog->tables) {
        (void)take_names_of(&world, *at);
    }
    return world;
}

/* --- finding -----------------------------------------------------------------------------------
 */

Scaffold *world_find_scaffold(const World *world, ScaffoldKind kind, const Table *table, Name name)
{
    size_t at = (size_t)(uintptr_t)map_get(&world->last_scaffolds, name);
    while (at > 0) {
        Scaffold *scaffold = &world->scaffolds.items[at - 1];
        if (!scaffold->gone && scaffold->kind == kind && scaffold->table == table) {
            return scaffold;
        }
        at = scaffold->previous;
    }
    return NULL;
}

Table *world_table(World *world, const Table *named)
{
    assert(named != NULL);
    Table *found = world_find_table(world, named);
    if (found == NULL) {
        world_refuse(world, "there is no table `%s` at this point", named->name->text);
    }
    return found;
}

Table *world_step_table(World *world, const Step *step)
{
    return world_table(world, step->before.table != NULL ? step->before.table : step->after.table);
}

Column *world_column(World *world, const Column *named)
{
    Column *found = world_find_column(world, named);
    if (found == NULL) {
        world_refuse(world, "there is no column `%s.%s` at this point", named->table->name->text,
                     named->name->text);
    }
    return found;
}

Index *world_index(World *world, const Index *named)
{
    Index *found = world_find_index(world, named);
    if (found == NULL) {
        world_refuse(world, "there is no index `%s` at this point", named->name->text);
    }
    return found;
}

ForeignKey *world_foreign_key(World *world, const ForeignKey *named)
{
    ForeignKey *found = world_find_foreign_key(world, named);
    if (found == NULL) {
        world_refuse(world, "there is no foreign key `%s` at this point", named->name->text);
    }
    return found;
}

EnumType *world_enum(World *world, const EnumType *named)
{
    EnumType *found = world_find_enum(world, named);
    if (found == NULL) {
        world_refuse(world, "there is no enum type `%s` at this point", named->name->text);
    }
    return found;
}

/* --- tables and columns ------------------------------------------------------------------------
 */

bool world_rename_table(World *world, Table *table, Name schema, Name name)
{
    Catalog *catalog = world->catalog;
    if (!world_is_free_type(world, schema, name)) {
        return false;
    }
    world->any_renamed = true;
    free_names_of(world, table);
    map_remove2(&catalog->tables_by_name, table->schema, table->name);
    table->schema = schema;
    table->name = name;
    map_put2(world->arena, &catalog->tables_by_name, schema, name, table);
    return take_names_of(world, table);
}

bool world_rename_column(World *world, Column *column, Name to)
{
    Table *table = column->table;
    if (table_find_column(table, to) != NULL) {
        return world_refuse(world, "`%s.%s` cannot be renamed to `%s`", table->name->text,
                            column->name->text, to->text);
    }
    map_remove(&table->columns_by_name, column->name);
    column->name = to;
    map_put(world->arena, &table->columns_by_name, to, column);
    return true;
}

bool world_add_column(World *world, Table *table, const Column *source, Name name)
{
    if (table_find_column(table, name) != NULL) {
        return world_refuse(world, "there already is a column `%s.%s`", table->name->text,
                            name->text);
    }
    if (source->type.id == TYPE_ENUM && world_find_enum(world, source->type.enum_type) == NULL) {
        return world_refuse(world, "the type of `%s.%s` does not exist yet", table->name->text,
                            name->text);
    }
    Column *column = table_add_column(world->catalog, table, name, source->origin);
    const uint32_t position = column->position;
    *column = world_definition_now(world, world->arena, source);
    column->name = name;
    column->table = table;
    column->position = position;
    world_made_column(world, column, source);
    return true;
}

/* Takes item `at` out of a vector of pointers, keeping the order. */
#define vec_take(vec, at)                                                                          \
    do {                                                                                           \
        memmove((vec)->items + (at), (vec)->items + (at) + 1,                                      \
                ((vec)->count - (at)-1) * sizeof *(vec)->items);                                   \
        (vec)->count--;                                                                            \
    } while (0)

/* --- what foreign keys rest on ------------------------------------------------------------------
 */

static bool has_column(const ColumnList *columns, Name name)
{
    vec_each(Column *, at, columns) {
        if ((*at)->name == name) {
            return true;
        }
    }
    return false;
}

static bool is_unique_by_index(const Index *index, const ColumnList *columns)
{
    if (index->kind != INDEX_UNIQUE || index->predicate != NULL ||
        index->parts.count != columns->count) {
        return false;
    }
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == NULL || !has_column(columns, part->column->name)) {
            return false;
        }
    }
    return true;
}

static bool is_unique(const Table *table, const ColumnList *columns)
{
    const PrimaryKey *key = table->primary_key;
    bool by_key = key != NULL && key->columns.count == columns->count;
    for (size_t i = 0; by_key && i < columns->count; i++) {
        by_key = has_column(&key->columns, columns->items[i]->name);
    }
    if (by_key) {
        return true;
    }
    vec_each(Index *, at, &table->indexes) {
        if (is_unique_by_index(*at, columns)) {
            return true;
        }
    }
    return false;
}

/* The server keeps the last key or index that a foreign key rests on. */
static bool are_references_kept(World *world, const Table *table)
{
    vec_each(Table *, other, &world->catalog->tables) {
        vec_each(ForeignKey *, key, &(*other)->foreign_keys) {
            if ((*key)->referenced == table && !is_unique(table, &(*key)->referenced_columns)) {
                return world_refuse(world, "foreign key `%s` rests on a key of `%s` that goes",
                                    (*key)->name->text, table->name->text);
            }
        }
    }
    return true;
}

static bool index_uses(const Index *index, const Column *column)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == column) {
            return true;
        }
    }
    return column_in_list(column, index->include.items, index->include.count) ||
           column_in_list(column, index->predicate_columns.items, index->predicate_columns.count);
}

/* What the server drops with a column: the indexes and keys it takes part in. */
bool world_drop_column(World *world, Table *table, const Column *column)
{
    for (size_t i = table->indexes.count; i-- > 0;) {
        if (index_uses(table->indexes.items[i], column)) {
            free_index_name(world, table, table->indexes.items[i]);
            vec_take(&table->indexes, i);
        }
    }
    for (size_t i = table->foreign_keys.count; i-- > 0;) {
        const ForeignKey *key = table->foreign_keys.items[i];
        if (column_in_list(column, key->columns.items, key->columns.count)) {
            vec_take(&table->foreign_keys, i);
        }
    }
    const PrimaryKey *key = table->primary_key;
    if (key != NULL && column_in_list(column, key->columns.items, key->columns.count)) {
        world_free_name(world, table->schema, key->name);
        table->primary_key = NULL;
    }
    for (size_t i = table->columns.count; i-- > 0;) {
        if (table->columns.items[i] == column) {
            vec_take(&table->columns, i);
        }
    }
    map_remove(&table->columns_by_name, column->name);
    return are_references_kept(world, table);
}

void world_drop_table(World *world, Table *table)
{
    Catalog *catalog = world->catalog;
    free_names_of(world, table);
    for (size_t i = catalog->tables.count; i-- > 0;) {
        if (catalog->tables.items[i] == table) {
            vec_take(&catalog->tables, i);
        }
    }
    map_remove2(&catalog->tables_by_name, table->schema, table->name);
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
    world_made_index(index, source);
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
    if (is_unique(source->referenced, &source->referenced_columns) &&
        !is_unique(referenced, &draft.referenced_columns)) {
        return world_refuse(world, "nothing makes what foreign key `%s` refers to unique",
                            name->text);
    }
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        if ((*key)->name == name) {
            return world_refuse(world, "there already is a foreign key `%s`", name->text);
        }
    }
    ForeignKey *key = table_add_foreign_key(world->catalog, table, name, source->origin);
    *key = draft;
    key->name = name;
    key->table = table;
    key->referenced = referenced;
    world_made_foreign_key(key, source);
    return true;
}

static void take_index(World *world, const Index *index)
{
    Table *table = index->table;
    free_index_name(world, table, index);
    for (size_t i = table->indexes.count; i-- > 0;) {
        if (table->indexes.items[i] == index) {
            vec_take(&table->indexes, i);
            break;
        }
    }
}

bool world_drop_index(World *world, const Index *named)
{
    const Index *index = world_index(world, named);
    if (index == NULL) {
        return false;
    }
    take_index(world, index);
    return are_references_kept(world, index->table);
}

bool world_rename_index(World *world, Index *index, Name to)
{
    free_index_name(world, index->table, index);
    index->name = to;
    return take_index_name(world, index->table, index);
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
bool world_make_primary_key(World *world, const Index *index, const PrimaryKey *source)
{
    Table *table = index->table;
    take_index(world, index);
    return world_add_primary_key(world, table, source) && are_references_kept(world, table);
}

bool world_drop_primary_key(World *world, Table *table)
{
    if (table->primary_key == NULL) {
        return world_refuse(world, "`%s` has no primary key", table->name->text);
    }
    world_free_name(world, table->schema, table->primary_key->name);
    table->primary_key = NULL;
    return are_references_kept(world, table);
}

/* A key that is gone waits for no validation. */
static void forget_validation(World *world, const Table *table, Name name)
{
    Scaffold *scaffold = world_find_scaffold(world, SCAFFOLD_UNVALIDATED, table, name);
    if (scaffold != NULL) {
        scaffold->gone = true;
    }
}

bool world_drop_foreign_key(World *world, const ForeignKey *named)
{
    const ForeignKey *key = world_foreign_key(world, named);
    if (key == NULL) {
        return false;
    }
    Table *table = key->table;
    forget_validation(world, table, key->name);
    for (size_t i = 0; i < table->foreign_keys.count; i++) {
        if (table->foreign_keys.items[i] == key) {
            vec_take(&table->foreign_keys, i);
            break;
        }
    }
    return true;
}
