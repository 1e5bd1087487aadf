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

/* Looked for one by one only where two have the name. */
Index *world_find_index(const World *world, const Table *table, Name name)
{
    Index *index = map_get2(&world->indexes, table->schema, name);
    if ((index != NULL && index->table == table) || !is_contested(world, table->schema, name)) {
        return index != NULL && index->table == table ? index : NULL;
    }
    vec_each(Index *, at, &table->indexes) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
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

World world_begin(Arena *arena, const Catalog *source, const Catalog *goal)
{
    World world = {.arena = arena, .catalog = catalog_copy(arena, source)};
    note_contested(&world, source);
    if (goal != NULL) {
        note_contested(&world, goal);
    }
    vec_each(Table *, at, &world.catalog->tables) {
        (void)take_names_of(&world, *at);
    }
    return world;
}

/* --- finding -----------------------------------------------------------------------------------
 */

static bool is_view(const World *world, const Table *named)
{
    vec_each(const Scaffold, scaffold, &world->scaffolds) {
        if (scaffold->kind == SCAFFOLD_VIEW && !scaffold->gone && scaffold->name == named->name &&
            scaffold->schema == named->schema) {
            return true;
        }
    }
    return false;
}

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
    Table *found = catalog_find_table(world->catalog, named->schema, named->name);
    if (found == NULL) {
        world_refuse(world,
                     is_view(world, named) ? "`%s` is a view at this point"
                                           : "there is no table `%s` at this point",
                     named->name->text);
    }
    return found;
}

/* The statement names an index of a schema, not its table, which may be called otherwise by now. */
static Table *table_of_index(const World *world, const Step *step)
{
    const Table *before = step->before.table;
    const bool speaks_of_it = step->kind == STEP_DROP_INDEX || step->kind == STEP_RENAME_INDEX ||
                              step->kind == STEP_DROP_INDEX_ONLINE;
    if (!speaks_of_it || before == NULL || step->before.index == NULL) {
        return NULL;
    }
    const Index *index = map_get2(&world->indexes, before->schema, step->before.index->name);
    if (index != NULL) {
        return index->table;
    }
    return NULL;
}

Table *world_step_table(World *world, const Step *step)
{
    Table *of_index = table_of_index(world, step);
    if (of_index != NULL) {
        return of_index;
    }
    return world_table(world, step->after.table != NULL ? step->after.table : step->before.table);
}

Column *world_column(World *world, const Table *table, const Column *named)
{
    Column *found = table_find_column(table, named->name);
    if (found == NULL) {
        world_refuse(world, "there is no column `%s.%s` at this point", table->name->text,
                     named->name->text);
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
    free_names_of(world, table);
    map_remove2(&catalog->tables_by_name, table->schema, table->name);
    table->schema = schema;
    table->name = name;
    map_put2(world->arena, &catalog->tables_by_name, schema, name, table);
    return take_names_of(world, table);
}

bool world_rename_column(World *world, Table *table, Name from, Name to)
{
    Column *column = table_find_column(table, from);
    if (column == NULL || table_find_column(table, to) != NULL) {
        return world_refuse(world, "`%s.%s` cannot be renamed to `%s`", table->name->text,
                            from->text, to->text);
    }
    map_remove(&table->columns_by_name, from);
    column->name = to;
    map_put(world->arena, &table->columns_by_name, to, column);
    return true;
}

bool world_add_column(World *world, Table *table, const Column *source)
{
    if (table_find_column(table, source->name) != NULL) {
        return world_refuse(world, "there already is a column `%s.%s`", table->name->text,
                            source->name->text);
    }
    return catalog_copy_column(world->catalog, table, source) != NULL ||
           world_refuse(world, "the type of `%s.%s` does not exist yet", table->name->text,
                        source->name->text);
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

bool world_add_index(World *world, const Index *source)
{
    Table *table = world_table(world, source->table);
    if (table == NULL) {
        return false;
    }
    if (!world_take_name(world, table->schema, source->name)) {
        return false;
    }
    Index *copy = catalog_copy_index(world->catalog, table, source);
    if (copy == NULL) {
        return world_refuse(world, "a column of index `%s` is not there", source->name->text);
    }
    map_put2(world->arena, &world->indexes, table->schema, copy->name, copy);
    return true;
}

bool world_add_foreign_key(World *world, const ForeignKey *source)
{
    Table *table = world_table(world, source->table);
    const Table *referenced = world_table(world, source->referenced);
    if (table == NULL || referenced == NULL) {
        return false;
    }
    if (is_unique(source->referenced, &source->referenced_columns) &&
        !is_unique(referenced, &source->referenced_columns)) {
        return world_refuse(world, "nothing makes what foreign key `%s` refers to unique",
                            source->name->text);
    }
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        if ((*key)->name == source->name) {
            return world_refuse(world, "there already is a foreign key `%s`", source->name->text);
        }
    }
    return catalog_copy_foreign_key(world->catalog, table, source) != NULL ||
           world_refuse(world, "a column of foreign key `%s` is not there", source->name->text);
}

static bool take_index(World *world, Table *table, Name name)
{
    const Index *index = world_find_index(world, table, name);
    for (size_t i = 0; index != NULL && i < table->indexes.count; i++) {
        if (table->indexes.items[i] == index) {
            free_index_name(world, table, index);
            vec_take(&table->indexes, i);
            return true;
        }
    }
    return world_refuse(world, "there is no index `%s` on `%s`", name->text, table->name->text);
}

bool world_drop_index(World *world, Table *table, Name name)
{
    return take_index(world, table, name) && are_references_kept(world, table);
}

bool world_rename_index(World *world, Table *table, Name from, Name to)
{
    Index *index = world_find_index(world, table, from);
    if (index != NULL) {
        free_index_name(world, table, index);
        index->name = to;
        return take_index_name(world, table, index);
    }
    return world_refuse(world, "there is no index `%s`", from->text);
}

bool world_add_primary_key(World *world, Table *table, const PrimaryKey *source)
{
    if (table->primary_key != NULL) {
        return world_refuse(world, "`%s` already has a primary key", table->name->text);
    }
    return world_take_name(world, table->schema, source->name) &&
           (catalog_copy_primary_key(world->catalog, table, source) != NULL ||
            world_refuse(world, "a column of the primary key of `%s` is not there",
                         table->name->text));
}

/* Foreign keys that rest on the index rest on the key from now on. */
bool world_make_primary_key(World *world, Table *table, Name index, const PrimaryKey *source)
{
    return take_index(world, table, index) && world_add_primary_key(world, table, source) &&
           are_references_kept(world, table);
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

bool world_drop_foreign_key(World *world, Table *table, Name name)
{
    for (size_t i = 0; i < table->foreign_keys.count; i++) {
        if (table->foreign_keys.items[i]->name == name) {
            vec_take(&table->foreign_keys, i);
            forget_validation(world, table, name);
            return true;
        }
    }
    return world_refuse(world, "there is no foreign key `%s` on `%s`", name->text,
                        table->name->text);
}
