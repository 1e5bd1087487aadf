#include "base/common.h"

#include "compiler/plan/world/replay.h"

#include "compiler/catalog/catalog_copy.h"
#include "compiler/catalog/enum_order.h"
#include "compiler/plan/diff/enum_rename.h"
#include "compiler/plan/world/catalog_equal.h"
#include "compiler/plan/world/replay_world.h"

/* --- plain steps -------------------------------------------------------------------------------
 */

bool replay_create_schema(World *world, const Step *step)
{
    catalog_add_schema(world->catalog, step->after.schema->name, step->after.schema->origin);
    return true;
}

/* Nothing else knows of them. */
bool replay_extension(UNUSED World *world, UNUSED const Step *step)
{
    return true;
}

/* What the thing is called from now on: as the step says, or as its wanted side is. */
static Name name_after(const Step *step, Name wanted)
{
    return step->new_name != NULL ? step->new_name : wanted;
}

bool replay_create_table(World *world, const Step *step)
{
    Catalog *catalog = world->catalog;
    const Table *source = step->after.table;
    if (!world_is_free_type(world, source->schema, source->name) ||
        !world_take_name(world, source->schema, source->name)) {
        return false;
    }
    Table *table = catalog_add_table(catalog, source->schema, source->name, source->origin);
    world_made_table(world, table, source);
    vec_each(Column *, column, &source->columns) {
        if (!world_add_column(world, table, *column, (*column)->name)) {
            return false;
        }
    }
    return source->primary_key == NULL || world_add_primary_key(world, table, source->primary_key);
}

bool replay_drop_table(World *world, const Step *step)
{
    Table *table = world_table(world, step->before.table);
    if (table == NULL) {
        return false;
    }
    vec_each(ForeignKey *const, key, world_references(world, table)) {
        if ((*key)->table != table) {
            return world_refuse(world, "`%s` still references `%s`", (*key)->table->name->text,
                                table->name->text);
        }
    }
    world_drop_table(world, table);
    return true;
}

bool replay_rename_table(World *world, const Step *step)
{
    Table *table = world_table(world, step->before.table);
    const Table *after = step->after.table;
    return table != NULL &&
           world_rename_table(world, table, after->schema, name_after(step, after->name));
}

bool replay_rename_column(World *world, const Step *step)
{
    Column *column = world_column(world, step->before.column);
    return column != NULL &&
           world_rename_column(world, column, name_after(step, step->after.column->name));
}

/* From now on it is the wanted one: of a type and its successor each becomes another. */
bool replay_rename_enum(World *world, const Step *step)
{
    EnumType *type = world_enum(world, step->before.enum_type);
    EnumType after = *step->after.enum_type;
    after.name = name_after(step, after.name);
    if (type == NULL) {
        return false;
    }
    const EnumType *taken = catalog_find_enum(world->catalog, after.schema, after.name);
    if (taken != type && !world_is_free_type(world, after.schema, after.name)) {
        return false;
    }
    enum_rename(world->catalog, world_enum_uses(world), type, step->before.enum_type, &after);
    world_made_enum(world, type, step->after.enum_type);
    world_note_renamed(world, step->after.enum_type);
    return true;
}

bool replay_create_enum(World *world, const Step *step)
{
    EnumType source = *step->after.enum_type;
    source.name = name_after(step, source.name);
    if (!world_is_free_type(world, source.schema, source.name)) {
        return false;
    }
    world_made_enum(world, catalog_copy_enum(world->catalog, &source), step->after.enum_type);
    return true;
}

bool replay_drop_enum(World *world, const Step *step)
{
    const EnumType *type = world_enum(world, step->before.enum_type);
    const Column *column = type == NULL ? NULL : world_column_of(world, type);
    if (column != NULL) {
        return world_refuse(world, "`%s.%s` is still a `%s`", column->table->name->text,
                            column->name->text, type->name->text);
    }
    if (type != NULL) {
        world_remove_enum(world, type);
    }
    return type != NULL;
}

bool replay_add_enum_values(World *world, const Step *step)
{
    EnumType *type = world_enum(world, step->before.enum_type);
    if (type != NULL) {
        const EnumType *wanted = world_enum_now(world, world->arena, step->after.enum_type);
        (void)enum_add_values(world->arena, type, wanted);
    }
    return type != NULL;
}

bool replay_create_index(World *world, const Step *step)
{
    const Index *index = step->after.index;
    return world_add_index(world, index, name_after(step, index->name));
}

bool replay_add_foreign_key(World *world, const Step *step)
{
    const ForeignKey *key = step->after.foreign_key;
    return world_add_foreign_key(world, key, name_after(step, key->name));
}

bool replay_drop_index(World *world, const Step *step)
{
    return world_drop_index(world, step->before.index);
}

bool replay_drop_foreign_key(World *world, const Step *step)
{
    return world_drop_foreign_key(world, step->before.foreign_key);
}

/* From now on it is the wanted one. */
bool replay_rename_index(World *world, const Step *step)
{
    Index *index = world_index(world, step->before.index);
    const Index *after = step->after.index;
    if (index == NULL) {
        return false;
    }
    world_made_index(world, index, after);
    return world_rename_index(world, index, name_after(step, after->name));
}

bool replay_add_unique_online(World *world, const Step *step)
{
    Index *index = world_index(world, step->before.index);
    return index != NULL && replay_rename_index(world, step) && (index->is_constraint = true);
}

bool replay_rename_foreign_key(World *world, const Step *step)
{
    ForeignKey *key = world_foreign_key(world, step->before.foreign_key);
    const ForeignKey *after = step->after.foreign_key;
    if (key == NULL) {
        return false;
    }
    world_made_foreign_key(world, key, after);
    world_rename_key(world, key, name_after(step, after->name));
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------
 */

typedef bool (*ReplayStep)(World *world, const Step *step);

static const ReplayStep replays[] = {
#define STEP(kind, section, lock, transaction, cost, summary, effects, emit, replay, ...)          \
    [kind] = replay_##replay,
#include "compiler/plan/steps/steps.def"
#undef STEP
};
static_assert(lengthof(replays) == STEP_KIND_COUNT, "one effect per step kind");

static void look_away(UNUSED const World *world, UNUSED Step *step, UNUSED void *of)
{
}

bool replay_step(World *world, const Step *step, size_t number)
{
    if (replays[step->kind](world, step) && world_bears_out(world, step)) {
        return true;
    }
    world->wrong =
        arena_printf(world->arena, "step %zu (%s): %s", number, step_row(step->kind)->summary,
                     world->wrong == NULL ? "impossible" : world->wrong);
    return false;
}

bool replay_watched(World *world, Step *const *steps, size_t count, ReplayWatch watch, void *of)
{
    for (size_t i = 0; i < count; i++) {
        watch(world, steps[i], of);
        if (!replay_step(world, steps[i], i + 1)) {
            return false;
        }
    }
    return true;
}

bool replay_on(World *world, Step *const *steps, size_t count)
{
    return replay_watched(world, steps, count, look_away, NULL);
}

/* --- proof -------------------------------------------------------------------------------------
 */

static const char *scaffold_left(World *world)
{
    vec_each(const Scaffold, scaffold, &world->scaffolds) {
        if (!scaffold->gone) {
            return arena_printf(world->arena, "`%s` is made and never %s", scaffold->name->text,
                                scaffold->kind == SCAFFOLD_UNVALIDATED ? "validated" : "dropped");
        }
    }
    return NULL;
}

static const char *phases_out_of_order(Arena *arena, const Plan *plan)
{
    for (size_t i = 1; i < plan->steps.count; i++) {
        if (plan->steps.items[i]->phase < plan->steps.items[i - 1]->phase) {
            return arena_printf(arena, "step %zu belongs to an earlier phase than the one before",
                                i + 1);
        }
    }
    return NULL;
}

Replay *replay_begin(Arena *arena, const Plan *plan)
{
    World *world = arena_make(arena, World);
    *world = world_begin(arena, plan);
    return world;
}

const char *replay_wrong(Replay *world)
{
    const char *wrong = world->wrong;
    if (wrong == NULL) {
        wrong = scaffold_left(world);
    }
    if (wrong == NULL) {
        wrong = phases_out_of_order(world->arena, world->plan);
    }
    if (wrong == NULL && !catalog_equal(world->arena, world->catalog, world->plan->to, &wrong)) {
        return wrong;
    }
    return wrong;
}

const char *replay_prove(Arena *arena, const Plan *plan)
{
    Replay *world = replay_begin(arena, plan);
    (void)replay_on(world, plan->steps.items, plan->steps.count);
    return replay_wrong(world);
}
