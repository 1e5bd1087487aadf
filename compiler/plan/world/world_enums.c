/*
 * world_enums.c - enums of the world: their known renames, and who uses them.
 *
 * A plan may rename or drop thousands of them, so neither question goes through the catalog. Who
 * uses them is found when it is first asked: most plans change no enum.
 */
#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

/* --- known renames -----------------------------------------------------------------------------
 */

typedef struct KnownRename {
    const EnumRename *rename;
    Map values; /* of its type after it -> before it; empty: not asked for yet */
} KnownRename;

void world_note_renames(World *world)
{
    const EnumRenameList *renames = world->plan->enum_renames;
    for (size_t i = renames == NULL ? 0 : renames->count;
         i-- > 0;) { /* the first of a name counts */
        const EnumRename *rename = &renames->items[i];
        KnownRename *known = arena_make(world->arena, KnownRename);
        known->rename = rename;
        object_map_put(world->arena, &world->renames_from, rename->before, known);
        object_map_put(world->arena, &world->renames_after, rename->after, known);
        map_put2(world->arena, &world->renames_to, rename->after->schema, rename->after->name,
                 known);
    }
}

static const EnumRename *rename_of(const KnownRename *known)
{
    return known == NULL ? NULL : known->rename;
}

const EnumRename *world_rename_from(const World *world, const EnumType *before)
{
    return rename_of(object_map_get(&world->renames_from, before));
}

const EnumRename *world_rename_to(const World *world, const EnumType *wanted)
{
    return rename_of(map_get2(&world->renames_to, wanted->schema, wanted->name));
}

void world_note_renamed(World *world, const EnumType *after)
{
    KnownRename *known = object_map_get(&world->renames_after, after);
    if (known != NULL) {
        object_map_put(world->arena, &world->enums_renamed, known->rename->before, known);
    }
    object_map_remove(&world->enums_renamed, after);
}

Name world_value_before(const World *world, const EnumRename *rename, Name value)
{
    KnownRename *known = object_map_get(&world->renames_from, rename->before);
    const EnumType *before = rename->before, *after = rename->after;
    for (size_t i = known->values.count == 0 ? after->values.count : 0; i-- > 0;) {
        map_put(world->arena, &known->values, after->values.items[i],
                (void *)(uintptr_t)before->values.items[i]);
    }
    const Name found = map_get(&known->values, value);
    return found != NULL ? found : value;
}

/* --- users -------------------------------------------------------------------------------------
 */

EnumUses *world_enum_uses(World *world)
{
    if (world->enum_uses == NULL) {
        world->enum_uses = enum_uses_of(world->arena, world->catalog);
    }
    return world->enum_uses;
}

void world_note_column(World *world, Column *column)
{
    if (world->enum_uses != NULL) {
        enum_uses_note_column(world->enum_uses, column);
    }
}

void world_note_index(World *world, Index *index)
{
    if (world->enum_uses != NULL) {
        enum_uses_note_index(world->enum_uses, index);
    }
}

static bool still_is_of(const World *world, const Column *column, const EnumType *type)
{
    const Table *table = column->table;
    return column->type.id == TYPE_ENUM && column->type.enum_type == type &&
           catalog_find_table(world->catalog, table->schema, table->name) == table &&
           table_find_column(table, column->name) == column;
}

/* Those that have left it are forgotten. */
const Column *world_column_of(World *world, const EnumType *type)
{
    ColumnList *columns = enum_uses_columns(world_enum_uses(world), type);
    while (columns->count > 0 && !still_is_of(world, vec_last(columns), type)) {
        columns->count--;
    }
    return columns->count == 0 ? NULL : vec_last(columns);
}
