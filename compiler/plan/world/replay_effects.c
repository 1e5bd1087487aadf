/*
 * replay_effects.c - what a step says that it does, held against what became of it.
 *
 * The order of steps rests on their effects (effects.h). Here a second reader looks whether they
 * are true: a name that a step takes has a bearer afterwards, and that is a thing the step is
 * about; one that it frees has none; what it needs or makes is there, what it removes is not.
 */
#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

/* --- what the step is about --------------------------------------------------------------------
 */

static void note_about(World *world, const void *object)
{
    if (object != NULL) {
        vec_push(world->arena, &world->about, object);
    }
}

static void note_subject(World *world, const Subject *subject)
{
    const Table *table = subject->table == NULL ? NULL : world_find_table(world, subject->table);
    note_about(world, table);
    note_about(world, table == NULL ? NULL : table->primary_key);
    if (subject->column != NULL) {
        note_about(world, world_find_column(world, subject->column));
    }
    if (subject->index != NULL) {
        note_about(world, world_find_index(world, subject->index));
    }
    if (subject->foreign_key != NULL) {
        note_about(world, world_find_foreign_key(world, subject->foreign_key));
    }
    if (subject->enum_type != NULL) {
        note_about(world, world_find_enum(world, subject->enum_type));
    }
}

/* The world's objects, by identity. */
static void find_about(World *world, const Step *step)
{
    world->about.count = 0;
    note_subject(world, &step->before);
    note_subject(world, &step->after);
    vec_each(const Clause, clause, &step->clauses) {
        note_about(world, clause->after == NULL ? NULL : world_find_column(world, clause->after));
    }
}

static bool is_about(const World *world, const void *object)
{
    vec_each(const void *, at, &world->about) {
        if (*at == object) {
            return true;
        }
    }
    return false;
}

/* --- names -------------------------------------------------------------------------------------
 */

/* The world's object that has the name; the world itself for one that is no object of a catalog (a
 * view, a partition); NULL: nobody. */
static const void *relation_named(const World *world, const Slot *slot, const Table *beside)
{
    const Table *table = catalog_find_table(world->catalog, slot->scope, slot->name);
    const Index *index = map_get2(&world->indexes, slot->scope, slot->name);
    const PrimaryKey *key = beside == NULL ? NULL : beside->primary_key;
    if (table != NULL || index != NULL) {
        return table != NULL ? (const void *)table : index;
    }
    if (key != NULL && key->name == slot->name) {
        return key;
    }
    return map_get2(&world->relations, slot->scope, slot->name) != NULL ? world : NULL;
}

static const void *bearer_of(World *world, const Effect *effect)
{
    const Slot *slot = &effect->slot;
    const Table *table = slot->of == NULL ? NULL : world_find_table(world, slot->of);
    switch ((int)slot->space) {
    case SPACE_RELATIONS:
        return relation_named(
            world, slot, effect->beside == NULL ? NULL : world_find_table(world, effect->beside));
    case SPACE_TYPES: {
        const Table *row = catalog_find_table(world->catalog, slot->scope, slot->name);
        return row != NULL ? (const void *)row
                           : catalog_find_enum(world->catalog, slot->scope, slot->name);
    }
    case SPACE_COLUMNS:
        return table == NULL ? NULL : table_find_column(table, slot->name);
    default: /* SPACE_CONSTRAINTS */
        return table == NULL ? NULL : world_key_of_name(world, table, slot->name);
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

static bool name_comes_true(World *world, const Effect *effect)
{
    const Slot *slot = &effect->slot;
    const bool contested = map_get2(&world->contested, slot->scope, slot->name) != NULL;
    const void *bearer = bearer_of(world, effect);
    if (effect->along) {
        return true;
    }
    if (effect->kind == EFFECT_TAKES && bearer == NULL) {
        return world_refuse(world, "nothing has taken the name `%s`", slot->name->text);
    }
    if (effect->kind == EFFECT_TAKES && bearer != world && !contested && !is_about(world, bearer)) {
        return world_refuse(world, "something else has taken the name `%s`", slot->name->text);
    }
    if (effect->kind == EFFECT_FREES && bearer != NULL && slot->of == NULL && !contested &&
        !takes_too(world, slot)) {
        return world_refuse(world, "the name `%s` is not given back", slot->name->text);
    }
    return true;
}

/* --- things ------------------------------------------------------------------------------------
 */

static bool has_scaffold(World *world, const Slot *slot)
{
    const Table *table = world_find_table(world, slot->of);
    return table != NULL &&
           (world_find_scaffold(world, SCAFFOLD_CHECK, table, slot->name) != NULL ||
            world_find_scaffold(world, SCAFFOLD_UNVALIDATED, table, slot->name) != NULL ||
            world_key_of_name(world, table, slot->name) != NULL);
}

/* Of any of the catalogs (a type with a known rename ahead has a name of its own in each), or the
 * plan's own for a while. */
static bool has_enum(const World *world, const Slot *slot)
{
    const Plan *plan = world->plan;
    const Catalog *const sides[] = {plan->to, plan->from, plan->origin};
    for (size_t i = 0; i < lengthof(sides); i++) {
        const EnumType *named = catalog_find_enum(sides[i], slot->scope, slot->name);
        if (named != NULL && world_find_enum(world, named) != NULL) {
            return true;
        }
    }
    const EnumType *own = catalog_find_enum(world->catalog, slot->scope, slot->name);
    return own != NULL && own->source->schema == slot->scope && own->source->name == slot->name;
}

static bool thing_is_there(World *world, const Slot *slot)
{
    switch ((int)slot->space) {
    case SPACE_TABLE:
        return world_find_table(world, slot->of) != NULL;
    case SPACE_ENUM:
        return has_enum(world, slot);
    case SPACE_SCAFFOLD:
        return has_scaffold(world, slot);
    default: /* no object of its own */
        return true;
    }
}

static bool thing_comes_true(World *world, const Effect *effect)
{
    const Slot *slot = &effect->slot;
    const EffectKind kind = effect->kind;
    const bool stands = kind == EFFECT_NEEDS || kind == EFFECT_MAKES || kind == EFFECT_ALTERS;
    if (stands && !thing_is_there(world, slot)) {
        return world_refuse(world, "`%s` is not there", slot->name->text);
    }
    if (kind == EFFECT_REMOVES && slot->space == SPACE_SCAFFOLD && has_scaffold(world, slot)) {
        return world_refuse(world, "`%s` is still there", slot->name->text);
    }
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------
 */

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
    find_about(world, step);
    vec_each(const Effect, at, &world->effects) {
        if (!(space_is_of_names(at->slot.space) ? name_comes_true(world, at)
                                                : thing_comes_true(world, at))) {
            return false;
        }
    }
    return true;
}
