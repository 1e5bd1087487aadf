/*
 * replay_world.c - the world a replay works on: its names, its tables and columns.
 *
 * In: what a step does.   Out: the catalog as the server would have changed it, or the reason why
 * it would refuse. Indexes and keys: replay_keys.c.
 */
#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

#include <stdarg.h>

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

bool world_take_index_name(World *world, const Table *table, Index *index)
{
    map_put2(world->arena, &world->indexes, table->schema, index->name, index);
    return world_take_name(world, table->schema, index->name);
}

void world_free_index_name(World *world, const Index *index)
{
    map_remove2(&world->indexes, index->table->schema, index->name);
    world_free_name(world, index->table->schema, index->name);
}

/* The names within a table's schema, its own included. */
static bool take_names_of(World *world, const Table *table)
{
    bool ok = world_take_name(world, table->schema, table->name);
    if (table->primary_key != NULL) {
        ok = ok && world_take_name(world, table->schema, table->primary_key->name);
    }
    vec_each(Index *, at, &table->indexes) {
        ok = ok && world_take_index_name(world, table, *at);
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
        world_free_index_name(world, *at);
    }
}

/* Names of relations that have been seen. */
typedef struct Seen {
    Arena *scratch;
    Map names;
} Seen;

static void note_name(World *world, Seen *seen, Name schema, Name name)
{
    if (map_get2(&seen->names, schema, name) == NULL) {
        map_put2(seen->scratch, &seen->names, schema, name, world->catalog);
    } else {
        map_put2(world->arena, &world->contested, schema, name, world->catalog);
    }
}

/* Tables, primary keys and indexes. */
static size_t count_relations(const Catalog *catalog)
{
    size_t count = 0;
    vec_each(Table *, at, &catalog->tables) {
        count += 2 + (*at)->indexes.count;
    }
    return count;
}

static void note_contested(World *world, const Catalog *catalog)
{
    Seen seen = {.scratch = arena_new()};
    map_reserve(seen.scratch, &seen.names, count_relations(catalog));
    vec_each(Table *, table, &catalog->tables) {
        const Table *at = *table;
        note_name(world, &seen, at->schema, at->name);
        if (at->primary_key != NULL) {
            note_name(world, &seen, at->schema, at->primary_key->name);
        }
        vec_each(Index *, index, &at->indexes) {
            note_name(world, &seen, at->schema, (*index)->name);
        }
    }
    arena_free(seen.scratch);
    vec_each(EnumType *, type, &catalog->enums) {
        if (catalog_find_table(catalog, (*type)->schema, (*type)->name) != NULL) {
            map_put2(world->arena, &world->contested, (*type)->schema, (*type)->name,
                     world->catalog);
        }
    }
}

/* What nothing in the catalog stands for has its name, and keeps it unless its table goes. */
static void take_other_names(World *world)
{
    vec_each(const OtherName, at, &world->catalog->other_names) {
        if ((at->among & AMONG_RELATIONS) != 0) {
            map_put2(world->arena, &world->relations, at->schema, at->name, world->catalog);
        }
    }
}

static void free_other_names(World *world, const Table *table)
{
    vec_each(const OtherName, at, &world->catalog->other_names) {
        if (at->of != NULL && table->source != NULL && at->of->name == table->source->name &&
            at->of->schema == table->source->schema) {
            world_free_name(world, at->schema, at->name);
        }
    }
}

World world_begin(Arena *arena, const Plan *plan)
{
    World world = {.arena = arena, .plan = plan, .catalog = catalog_copy(arena, plan->origin)};
    world_note_renames(&world);
    map_reserve(arena, &world.relations, count_relations(world.catalog));
    note_contested(&world, plan->origin);
    note_contested(&world, plan->to);
    take_other_names(&world);
    vec_each(Table *, at, &world.catalog->tables) {
        (void)take_names_of(&world, *at);
        vec_each(ForeignKey *, key, &(*at)->foreign_keys) {
            world_note_standing(&world, (*key)->source, *key);
            world_note_reference(&world, *key);
        }
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
    if (schema != table->schema && name != table->name &&
        world_has_name(world, schema, table->name) && world_has_name(world, table->schema, name)) {
        return world_refuse(world, "`%s` cannot move: its name is taken on either way",
                            table->name->text);
    }
    world->any_renamed = true;
    free_names_of(world, table);
    map_remove2(&catalog->tables_by_name, table->schema, table->name);
    table->schema = schema;
    table->name = name;
    map_put2(world->arena, &catalog->tables_by_name, schema, name, table);
    world_note_standing(world, table->source, table);
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
    world_note_standing(world, column->source, column);
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
    world_note_column(world, column);
    return true;
}

/* What the server drops with a column: the indexes and keys it takes part in. */
bool world_drop_column(World *world, Table *table, const Column *column)
{
    bool unique = world_remove_users(world, table, column);
    const PrimaryKey *key = table->primary_key;
    if (key != NULL && column_in_list(column, key->columns.items, key->columns.count)) {
        world_free_name(world, table->schema, key->name);
        table->primary_key = NULL;
        unique = true;
    }
    world_remove_column(world, table, column);
    const ForeignKeyList *to = world_references_to(world, column);
    if (unique && to->count > 0) {
        return world_refuse(world, "foreign key `%s` rests on a key of `%s` that goes",
                            vec_last(to)->name->text, table->name->text);
    }
    return true;
}

void world_drop_table(World *world, Table *table)
{
    free_names_of(world, table);
    free_other_names(world, table);
    world_remove_table(world, table);
}
