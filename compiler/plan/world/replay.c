#include "base/common.h"

#include "compiler/plan/world/replay.h"

#include "compiler/catalog/catalog_copy.h"
#include "compiler/catalog/enum_order.h"
#include "compiler/plan/diff/enum_rename.h"
#include "compiler/plan/world/catalog_equal.h"
#include "compiler/plan/world/replay_world.h"

/* --- plain steps -------------------------------------------------------------------------------
 */

static bool create_table(World *world, const Table *source)
{
    Catalog *catalog = world->catalog;
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

static bool drop_table(World *world, const Table *named)
{
    Table *table = world_table(world, named);
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

static bool rename_table(World *world, const Step *step)
{
    Table *table = world_table(world, step->before.table);
    return table != NULL &&
           world_rename_table(world, table, step->after.table->schema, step->after.table->name);
}

static bool rename_column(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    return table != NULL &&
           world_rename_column(world, table, step->before.column->name, step->after.column->name);
}

static bool rename_enum_step(World *world, const Step *step)
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

static bool create_enum(World *world, const EnumType *source)
{
    return world_is_free_type(world, source->schema, source->name) &&
           catalog_copy_enum(world->catalog, source) != NULL;
}

static bool drop_enum(World *world, const EnumType *named)
{
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

static bool add_enum_values(World *world, const EnumType *wanted)
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

static bool rebuild_enum(World *world, const Step *step)
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
    return add_enum_values(world, wanted);
}

static bool drop_index(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    return table != NULL && world_drop_index(world, table, step->before.index->name);
}

static bool drop_foreign_key(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    return table != NULL && world_drop_foreign_key(world, table, step->before.foreign_key->name);
}

static bool rename_index(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    if (table == NULL) {
        return false;
    }
    return world_rename_index(world, table, step->before.index->name, step->after.index->name);
}

static bool rename_foreign_key(World *world, const Step *step)
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

/* --- dispatch ----------------------------------------------------------------------------------
 */

static bool replay_step(World *world, const Step *step)
{
    switch (step->kind) {
    case STEP_CREATE_SCHEMA:
        catalog_add_schema(world->catalog, step->after.schema->name, step->after.schema->origin);
        return true;
    case STEP_DROP_EXTENSION:
    case STEP_CREATE_EXTENSION:
    case STEP_ALTER_EXTENSION:
        return true;
    case STEP_RENAME_TABLE:
        return rename_table(world, step);
    case STEP_RENAME_COLUMN:
        return rename_column(world, step);
    case STEP_RENAME_ENUM:
        return rename_enum_step(world, step);
    case STEP_CREATE_ENUM:
        return create_enum(world, step->after.enum_type);
    case STEP_ADD_ENUM_VALUES:
        return add_enum_values(world, step->after.enum_type);
    case STEP_REBUILD_ENUM:
        return rebuild_enum(world, step);
    case STEP_DROP_FOREIGN_KEY:
        return drop_foreign_key(world, step);
    case STEP_DROP_INDEX:
        return drop_index(world, step);
    case STEP_ALTER_TABLE:
        return replay_alter_table(world, step);
    case STEP_DROP_TABLE:
        return drop_table(world, step->before.table);
    case STEP_DROP_ENUM:
        return drop_enum(world, step->before.enum_type);
    case STEP_CREATE_TABLE:
        return create_table(world, step->after.table);
    case STEP_CREATE_INDEX:
        return world_add_index(world, step->after.index);
    case STEP_RENAME_FOREIGN_KEY:
        return rename_foreign_key(world, step);
    case STEP_ADD_FOREIGN_KEY:
        return world_add_foreign_key(world, step->after.foreign_key);
    case STEP_RENAME_INDEX:
        return rename_index(world, step);
    case STEP_COMPATIBILITY_VIEW:
    case STEP_DROP_COMPATIBILITY_VIEW:
    case STEP_BACKFILL:
    case STEP_FILL_BY_HAND:
    case STEP_CREATE_INDEX_ONLINE:
    case STEP_DROP_INDEX_ONLINE:
    case STEP_ADD_CHECK:
    case STEP_VALIDATE_CONSTRAINT:
    case STEP_SET_NOT_NULL:
    case STEP_DROP_CHECK:
    case STEP_ADD_FOREIGN_KEY_ONLINE:
    case STEP_FILL_TRIGGER:
    case STEP_DROP_FILL_TRIGGER:
    case STEP_ADD_PRIMARY_KEY_ONLINE:
        return replay_online_step(world, step);
    case STEP_KIND_COUNT:
        break;
    }
    unreachable();
}

bool replay_on(World *world, Step *const *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!replay_step(world, steps[i])) {
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
