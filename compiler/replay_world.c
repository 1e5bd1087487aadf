#include "base/common.h"

#include "compiler/replay_world.h"

#include <stdarg.h>

#include "compiler/catalog_copy.h"

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

static bool has_index(const Table *table, Name name)
{
    vec_each(Index *, at, &table->indexes) {
        if ((*at)->name == name) {
            return true;
        }
    }
    return false;
}

/* The statement names an index of a schema, not its table, which may be called otherwise by now. */
static Table *table_of_index(const World *world, const Step *step)
{
    const Table *before = step->before.table;
    const bool speaks_of_it = step->kind == STEP_DROP_INDEX || step->kind == STEP_RENAME_INDEX ||
                              step->kind == STEP_DROP_INDEX_ONLINE;
    vec_each(Table *, at, &world->catalog->tables) {
        if (speaks_of_it && before != NULL && step->before.index != NULL &&
            (*at)->schema == before->schema && has_index(*at, step->before.index->name)) {
            return *at;
        }
    }
    return NULL;
}

Table *world_step_table(World *world, const Step *step)
{
    const Table *after = step->after.table;
    Table *of_index = table_of_index(world, step);
    if (of_index != NULL) {
        return of_index;
    }
    if (after != NULL && catalog_find_table(world->catalog, after->schema, after->name) != NULL) {
        return world_table(world, after);
    }
    return world_table(world, step->before.table != NULL ? step->before.table : after);
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
    if (catalog_find_table(catalog, schema, name) != NULL) {
        return world_refuse(world, "there already is a table `%s`", name->text);
    }
    map_remove2(&catalog->tables_by_name, table->schema, table->name);
    table->schema = schema;
    table->name = name;
    map_put2(world->arena, &catalog->tables_by_name, schema, name, table);
    return true;
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
        for (size_t place = (at); place + 1 < (vec)->count; place++) {                             \
            (vec)->items[place] = (vec)->items[place + 1];                                         \
        }                                                                                          \
        (vec)->count--;                                                                            \
    } while (0)

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
void world_drop_column(Table *table, const Column *column)
{
    for (size_t i = table->indexes.count; i-- > 0;) {
        if (index_uses(table->indexes.items[i], column)) {
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
        table->primary_key = NULL;
    }
    for (size_t i = table->columns.count; i-- > 0;) {
        if (table->columns.items[i] == column) {
            vec_take(&table->columns, i);
        }
    }
    map_remove(&table->columns_by_name, column->name);
}

void world_drop_table(World *world, Table *table)
{
    Catalog *catalog = world->catalog;
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
    vec_each(Index *, index, &table->indexes) {
        if ((*index)->name == source->name) {
            return world_refuse(world, "there already is an index `%s`", source->name->text);
        }
    }
    return catalog_copy_index(world->catalog, table, source) != NULL ||
           world_refuse(world, "a column of index `%s` is not there", source->name->text);
}

bool world_add_foreign_key(World *world, const ForeignKey *source)
{
    Table *table = world_table(world, source->table);
    if (table == NULL || world_table(world, source->referenced) == NULL) {
        return false;
    }
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        if ((*key)->name == source->name) {
            return world_refuse(world, "there already is a foreign key `%s`", source->name->text);
        }
    }
    return catalog_copy_foreign_key(world->catalog, table, source) != NULL ||
           world_refuse(world, "a column of foreign key `%s` is not there", source->name->text);
}

bool world_drop_index(World *world, Table *table, Name name)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (table->indexes.items[i]->name == name) {
            vec_take(&table->indexes, i);
            return true;
        }
    }
    return world_refuse(world, "there is no index `%s` on `%s`", name->text, table->name->text);
}

bool world_drop_foreign_key(World *world, Table *table, Name name)
{
    for (size_t i = 0; i < table->foreign_keys.count; i++) {
        if (table->foreign_keys.items[i]->name == name) {
            vec_take(&table->foreign_keys, i);
            return true;
        }
    }
    return world_refuse(world, "there is no foreign key `%s` on `%s`", name->text,
                        table->name->text);
}
