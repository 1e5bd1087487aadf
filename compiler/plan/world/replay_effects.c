/*
 * replay_effects.c - what a step says of names, held against what became of them.
 *
 * The order of steps rests on their effects (effects.h). Here a second reader looks whether they
 * are true: a name that a step takes has a bearer afterwards, one that it frees has none.
 */
#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

static bool is_borne(World *world, const Slot *slot)
{
    const Table *table = slot->of == NULL ? NULL : world_find_table(world, slot->of);
    switch ((int)slot->space) {
    case SPACE_RELATIONS:
        return map_get2(&world->relations, slot->scope, slot->name) != NULL;
    case SPACE_TYPES:
        return catalog_find_table(world->catalog, slot->scope, slot->name) != NULL ||
               catalog_find_enum(world->catalog, slot->scope, slot->name) != NULL;
    case SPACE_COLUMNS:
        return table != NULL && table_find_column(table, slot->name) != NULL;
    default: /* SPACE_CONSTRAINTS */
        return table != NULL && world_key_of_name(world, table, slot->name) != NULL;
    }
}

/* The same name comes back to what the step makes in the place of what it takes away. */
static bool takes_too(const World *world, const Slot *slot)
{
    vec_each(const Effect, at, &world->effects) {
        if (at->kind == EFFECT_TAKES && at->slot.space == slot->space &&
            at->slot.scope == slot->scope && at->slot.name == slot->name) {
            return true;
        }
    }
    return false;
}

/* The schema of names beside a table is the one that the table is in by now. */
static void read_effects(World *world, const Step *step)
{
    world->effects.count = 0;
    step_effects(world->arena, world->plan->diff, step, &world->effects);
    vec_each(Effect, at, &world->effects) {
        const Table *table = at->beside == NULL ? NULL : world_find_table(world, at->beside);
        at->slot.scope = table != NULL ? table->schema : at->slot.scope;
    }
}

bool world_bears_out(World *world, const Step *step)
{
    read_effects(world, step);
    vec_each(const Effect, at, &world->effects) {
        const Slot *slot = &at->slot;
        const bool frees = at->kind == EFFECT_FREES && !at->along && slot->of == NULL &&
                           map_get2(&world->contested, slot->scope, slot->name) == NULL &&
                           !takes_too(world, slot);
        if (at->kind == EFFECT_TAKES && !at->along && !is_borne(world, slot)) {
            return world_refuse(world, "nothing has taken the name `%s`", slot->name->text);
        }
        if (frees && is_borne(world, slot)) {
            return world_refuse(world, "the name `%s` is not given back", slot->name->text);
        }
    }
    return true;
}
