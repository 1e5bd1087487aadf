/*
 * world_ties.c - what hangs together in the world: which object became of which, what reads a
 * column, who references a table.
 *
 * A plan may make, drop and rename thousands of parts of one table, so each of these questions is
 * answered without going through the table. An object that has gone says so itself (its table is
 * NULL), and lists that still hold it forget it when they are next read. No order of the world's
 * lists means anything, so what goes leaves its place to the last.
 */
#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

#include <string.h>

/* --- places ------------------------------------------------------------------------------------
 */

static bool stands_at(const void *items, size_t at, const void *object)
{
    const void *found;
    memcpy(&found, (const char *)items + at * sizeof found, sizeof found);
    return found == object;
}

/* Things go in the order they stand in, or against it: so it is near the one that went last. */
static size_t place_of(World *world, const void *items, size_t count, const void *object)
{
    const size_t start = world->last_place < count ? world->last_place : count - 1;
    if (count > 0 && stands_at(items, count - 1, object)) {
        return count - 1; /* what came last goes first: plans are undone */
    }
    for (size_t away = 0; away < count; away++) {
        if (start + away < count && stands_at(items, start + away, object)) {
            return start + away;
        }
        if (away <= start && stands_at(items, start - away, object)) {
            return start - away;
        }
    }
    return count;
}

/* Takes the object out of a vector of pointers. */
#define vec_remove(world, vec, object)                                                             \
    do {                                                                                           \
        const size_t place = place_of((world), (vec)->items, (vec)->count, (object));              \
        if (place < (vec)->count) {                                                                \
            (vec)->items[place] = vec_last(vec);                                                   \
            (vec)->count--;                                                                        \
            (world)->last_place = place < (vec)->count ? place : (world)->last_place;              \
        }                                                                                          \
    } while (0)

/* --- what became of an object -------------------------------------------------------------------
 */

void world_note_standing(World *world, const void *identity, void *object)
{
    object_map_put(world->arena, &world->standing, identity, object);
}

void world_forget(World *world, const void *identity, const void *object)
{
    if (object_map_get(&world->standing, identity) == object) {
        object_map_remove(&world->standing, identity);
    }
}

/* --- references --------------------------------------------------------------------------------
 */

/* Of a table, or of one of its columns. */
static ForeignKeyList *references_to(World *world, const void *referenced)
{
    ForeignKeyList *keys = object_map_get(&world->references, referenced);
    if (keys == NULL) {
        keys = arena_make(world->arena, ForeignKeyList);
        object_map_put(world->arena, &world->references, referenced, keys);
    }
    return keys;
}

void world_note_reference(World *world, ForeignKey *key)
{
    vec_push(world->arena, references_to(world, key->referenced), key);
    vec_each(Column *const, column, &key->referenced_columns) {
        vec_push(world->arena, references_to(world, *column), key);
    }
}

const ForeignKeyList *world_references(World *world, const Table *table)
{
    ForeignKeyList *keys = references_to(world, table);
    size_t kept = 0;
    vec_each(ForeignKey *, at, keys) {
        if ((*at)->table != NULL) {
            keys->items[kept++] = *at;
        }
    }
    keys->count = kept;
    return keys;
}

const ForeignKeyList *world_references_to(World *world, const Column *column)
{
    static const ForeignKeyList none;
    ForeignKeyList *keys = object_map_get(&world->references, column);
    while (keys != NULL && keys->count > 0 && vec_last(keys)->table == NULL) {
        keys->count--;
    }
    return keys == NULL ? &none : keys;
}

/* --- users of columns --------------------------------------------------------------------------
 */

typedef struct Users {
    IndexList indexes;
    ForeignKeyList keys;
} Users;

static Users *users_of(World *world, const Column *column)
{
    Users *users = object_map_get(&world->users, column);
    if (users == NULL) {
        users = arena_make(world->arena, Users);
        object_map_put(world->arena, &world->users, column, users);
    }
    return users;
}

static void note_use(World *world, const Column *column, Index *index)
{
    if (column != NULL) {
        vec_push(world->arena, &users_of(world, column)->indexes, index);
    }
}

static void note_index_users(World *world, Index *index)
{
    vec_each(const IndexPart, part, &index->parts) {
        note_use(world, part->column, index);
    }
    vec_each(Column *, column, &index->include) {
        note_use(world, *column, index);
    }
    vec_each(Column *, column, &index->predicate_columns) {
        note_use(world, *column, index);
    }
}

static void note_key_users(World *world, ForeignKey *key)
{
    vec_each(Column *, column, &key->columns) {
        vec_push(world->arena, &users_of(world, *column)->keys, key);
    }
}

/* Asked of few tables: of these, what is added from now on is noted as well. */
static Users *note_users(World *world, const Table *table, const Column *column)
{
    if (object_map_get(&world->with_users, table) == NULL) {
        object_map_put(world->arena, &world->with_users, table, world);
        vec_each(Index *, at, &table->indexes) {
            note_index_users(world, *at);
        }
        vec_each(ForeignKey *, at, &table->foreign_keys) {
            note_key_users(world, *at);
        }
    }
    return object_map_get(&world->users, column);
}

const IndexList *world_indexes_over(World *world, const Table *table, const Column *column)
{
    static const IndexList none;
    Users *users = note_users(world, table, column);
    size_t kept = 0;
    for (size_t i = 0; users != NULL && i < users->indexes.count; i++) {
        if (users->indexes.items[i]->table != NULL) {
            users->indexes.items[kept++] = users->indexes.items[i];
        }
    }
    if (users == NULL) {
        return &none;
    }
    users->indexes.count = kept;
    return &users->indexes;
}

const ForeignKey *world_key_over(World *world, const Table *table, const Column *column)
{
    const Users *users = note_users(world, table, column);
    for (size_t i = 0; users != NULL && i < users->keys.count; i++) {
        if (users->keys.items[i]->table != NULL) {
            return users->keys.items[i];
        }
    }
    return NULL;
}

/* --- names of foreign keys ----------------------------------------------------------------------
 */

static Map *names_of_keys(World *world, const Table *table)
{
    Map *names = object_map_get(&world->key_names, table);
    if (names == NULL) {
        names = arena_make(world->arena, Map);
        object_map_put(world->arena, &world->key_names, table, names);
        vec_each(ForeignKey *, at, &table->foreign_keys) {
            map_put(world->arena, names, (*at)->name, *at);
        }
    }
    return names;
}

const ForeignKey *world_key_of_name(World *world, const Table *table, Name name)
{
    const ForeignKey *key = map_get(names_of_keys(world, table), name);
    return key != NULL && key->table == table && key->name == name ? key : NULL;
}

void world_rename_key(World *world, ForeignKey *key, Name name)
{
    Map *names = names_of_keys(world, key->table);
    key->name = name;
    map_put(world->arena, names, name, key);
}

/* --- coming and going --------------------------------------------------------------------------
 */

void world_tie_index(World *world, Index *index)
{
    if (object_map_get(&world->with_users, index->table) != NULL) {
        note_index_users(world, index);
    }
}

void world_tie_key(World *world, ForeignKey *key)
{
    world_note_reference(world, key);
    map_put(world->arena, names_of_keys(world, key->table), key->name, key);
    if (object_map_get(&world->with_users, key->table) != NULL) {
        note_key_users(world, key);
    }
}

void world_remove_index(World *world, Index *index)
{
    vec_remove(world, &index->table->indexes, index);
    world_forget(world, index->source, index);
    index->table = NULL;
}

void world_remove_key(World *world, ForeignKey *key)
{
    vec_remove(world, &key->table->foreign_keys, key);
    world_forget(world, key->source, key);
    key->table = NULL;
}

void world_remove_column(World *world, Table *table, const Column *column)
{
    vec_remove(world, &table->columns, column);
    map_remove(&table->columns_by_name, column->name);
    world_forget(world, column->source, column);
}

void world_remove_table(World *world, Table *table)
{
    vec_remove(world, &world->catalog->tables, table);
    map_remove2(&world->catalog->tables_by_name, table->schema, table->name);
    world_forget(world, table->source, table);
    vec_each(ForeignKey *, at, &table->foreign_keys) {
        world_forget(world, (*at)->source, *at);
        (*at)->table = NULL;
    }
}

void world_remove_enum(World *world, const EnumType *type)
{
    vec_remove(world, &world->catalog->enums, type);
    map_remove2(&world->catalog->enums_by_name, type->schema, type->name);
    world_forget(world, type->source, type);
}

bool world_remove_users(World *world, Table *table, const Column *column)
{
    Users *users = note_users(world, table, column);
    bool unique = false;
    if (users == NULL) {
        return false;
    }
    vec_each(Index *, at, &users->indexes) {
        if ((*at)->table != NULL) {
            unique = unique || (*at)->kind == INDEX_UNIQUE;
            world_free_index_name(world, *at);
            world_remove_index(world, *at);
        }
    }
    vec_each(ForeignKey *, at, &users->keys) {
        if ((*at)->table != NULL) {
            world_remove_key(world, *at);
        }
    }
    object_map_remove(&world->users, column);
    return unique;
}
