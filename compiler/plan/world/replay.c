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

bool replay_create_table(World *world, const Step *step)
{
    Catalog *catalog = world->catalog;
    const Table *source = step->after.table;
    if (!world_is_free_type(world, source->schema, source->name) ||
        !world_take_name(world, source->schema, source->name)) {
        return false;
    }
    Table *table = catalog_add_table(catalog, source->schema, source->name, source->origin);
    vec_each(Column *, column, &source->columns) {
        if (!world_add_column(world, table, *column)) {
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
    vec_each(Table *, other, &world->catalog->tables) {
        vec_each(ForeignKey *, key, &(*other)->foreign_keys) {
            if ((*key)->referenced == table && *other != table) {
                return world_refuse(world, "`%s` still references `%s`", (*other)->name->text,
                                    table->name->text);
            }
        }
    }
    world_drop_table(world, table);
    return true;
}

bool replay_rename_table(World *world, const Step *step)
{
    Table *table = world_table(world, step->before.table);
    return table != NULL &&
           world_rename_table(world, table, step->after.table->schema, step->after.table->name);
}

bool replay_rename_column(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    return table != NULL &&
           world_rename_column(world, table, step->before.column->name, step->after.column->name);
}

bool replay_rename_enum(World *world, const Step *step)
{
    const EnumType *before = step->before.enum_type, *after = step->after.enum_type;
    EnumType *type = catalog_find_enum(world->catalog, before->schema, before->name);
    const EnumType *taken = catalog_find_enum(world->catalog, after->schema, after->name);
    if (type == NULL) {
        return world_refuse(world, "there is no enum type `%s`", before->name->text);
    }
    if (taken != type && !world_is_free_type(world, after->schema, after->name)) {
        return false;
    }
    enum_rename(world->catalog, type, before, after);
    return true;
}

bool replay_create_enum(World *world, const Step *step)
{
    const EnumType *source = step->after.enum_type;
    return world_is_free_type(world, source->schema, source->name) &&
           catalog_copy_enum(world->catalog, source) != NULL;
}

bool replay_drop_enum(World *world, const Step *step)
{
    const EnumType *named = step->before.enum_type;
    Catalog *catalog = world->catalog;
    EnumType *type = catalog_find_enum(catalog, named->schema, named->name);
    if (type == NULL) {
        return world_refuse(world, "there is no enum type `%s`", named->name->text);
    }
    vec_each(Table *, table, &catalog->tables) {
        vec_each(Column *, column, &(*table)->columns) {
            if ((*column)->type.enum_type == type) {
                return world_refuse(world, "`%s.%s` is still a `%s`", (*table)->name->text,
                                    (*column)->name->text, type->name->text);
            }
        }
    }
    size_t kept = 0;
    vec_each(EnumType *, at, &catalog->enums) {
        if (*at != type) {
            catalog->enums.items[kept++] = *at;
        }
    }
    catalog->enums.count = kept;
    map_remove2(&catalog->enums_by_name, type->schema, type->name);
    return true;
}

static bool add_values(World *world, const EnumType *wanted)
{
    EnumType *type = catalog_find_enum(world->catalog, wanted->schema, wanted->name);
    if (type == NULL) {
        return world_refuse(world, "there is no enum type `%s`", wanted->name->text);
    }
    vec_each(Name, value, &wanted->values) {
        if (!enum_has_value(type, *value)) {
            (void)enum_add_value(world->arena, type, *value, wanted);
        }
    }
    return true;
}

bool replay_add_enum_values(World *world, const Step *step)
{
    return add_values(world, step->after.enum_type);
}

/* The columns of the type are named one by one; one that leaves the type becomes text. */
static bool move_column(World *world, const Clause *clause)
{
    const Column *named = clause->after != NULL ? clause->after : clause->before;
    const Table *table = world_table(world, named->table);
    Column *column = table == NULL ? NULL : world_column(world, table, named);
    if (column != NULL && clause->kind == CLAUSE_SET_TYPE && clause->after == NULL) {
        column->type = (ColumnType){.id = TYPE_TEXT, .list = column->type.list};
    }
    return column != NULL;
}

/* The server has no operator between a type and its successor: predicates and foreign keys step
 * aside for the time of a rebuild. */
static bool is_compared_in_index(World *world, const EnumType *type)
{
    vec_each(Table *, table, &world->catalog->tables) {
        vec_each(Index *, index, &(*table)->indexes) {
            vec_each(Column *, column, &(*index)->compared_columns) {
                if (column_is_of_enum(*column, type)) {
                    world_refuse(world, "the predicate of index `%s` compares values of `%s`",
                                 (*index)->name->text, type->name->text);
                    return true;
                }
            }
        }
    }
    return false;
}

static bool is_tied(World *world, const EnumType *type)
{
    vec_each(Table *, table, &world->catalog->tables) {
        vec_each(ForeignKey *, key, &(*table)->foreign_keys) {
            vec_each(Column *, column, &(*key)->columns) {
                if (column_is_of_enum(*column, type)) {
                    world_refuse(world, "foreign key `%s` ties columns of `%s`", (*key)->name->text,
                                 type->name->text);
                    return true;
                }
            }
        }
    }
    return false;
}

bool replay_rebuild_enum(World *world, const Step *step)
{
    const EnumType *wanted = step->after.enum_type;
    if (is_compared_in_index(world, wanted) || is_tied(world, wanted)) {
        return false;
    }
    vec_each(const Clause, clause, &step->clauses) {
        if (!move_column(world, clause)) {
            return false;
        }
    }
    EnumType *type = catalog_find_enum(world->catalog, wanted->schema, wanted->name);
    if (type == NULL) {
        return world_refuse(world, "there is no enum type `%s`", wanted->name->text);
    }
    type->values.count = 0;
    return add_values(world, wanted);
}

bool replay_drop_index(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    return table != NULL && world_drop_index(world, table, step->before.index->name);
}

bool replay_create_index(World *world, const Step *step)
{
    return world_add_index(world, step->after.index);
}

bool replay_add_foreign_key(World *world, const Step *step)
{
    return world_add_foreign_key(world, step->after.foreign_key);
}

bool replay_drop_foreign_key(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    return table != NULL && world_drop_foreign_key(world, table, step->before.foreign_key->name);
}

bool replay_rename_index(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    if (table == NULL) {
        return false;
    }
    return world_rename_index(world, table, step->before.index->name, step->after.index->name);
}

bool replay_rename_foreign_key(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    if (table == NULL) {
        return false;
    }
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        if ((*key)->name == step->before.foreign_key->name) {
            (*key)->name = step->after.foreign_key->name;
            return true;
        }
    }
    return world_refuse(world, "there is no foreign key `%s`",
                        step->before.foreign_key->name->text);
}

/* --- the whole ---------------------------------------------------------------------------------
 */

typedef bool (*ReplayStep)(World *world, const Step *step);

static const ReplayStep replays[] = {
#define STEP(kind, section, lock, transaction, cost, summary, emit, replay, ...)                   \
    [kind] = replay_##replay,
#include "compiler/plan/steps/steps.def"
#undef STEP
};
static_assert(lengthof(replays) == STEP_KIND_COUNT, "one effect per step kind");

bool replay_on(World *world, Step *const *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!replays[steps[i]->kind](world, steps[i])) {
            world->wrong = arena_printf(world->arena, "step %zu (%s): %s", i + 1,
                                        step_row(steps[i]->kind)->summary,
                                        world->wrong == NULL ? "impossible" : world->wrong);
            return false;
        }
    }
    return true;
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

Replay *replay_begin(Arena *arena, const Catalog *origin, const Catalog *goal)
{
    World *world = arena_make(arena, World);
    *world = world_begin(arena, origin, goal);
    return world;
}

const char *replay_end(Replay *world, const Plan *plan)
{
    if (!replay_on(world, plan->steps.items, plan->steps.count)) {
        return world->wrong;
    }
    const char *wrong = scaffold_left(world);
    if (wrong == NULL) {
        wrong = phases_out_of_order(world->arena, plan);
    }
    if (wrong == NULL && !catalog_equal(world->arena, world->catalog, plan->to, &wrong)) {
        return wrong;
    }
    return wrong;
}

const char *replay_prove(Arena *arena, const Plan *plan)
{
    return replay_end(replay_begin(arena, plan->origin, plan->to), plan);
}
