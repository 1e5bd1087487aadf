/*
 * replay_online.c - the online strategy's own steps, carried out on a catalog in memory.
 */
#include "base/common.h"

#include "compiler/catalog/catalog_copy.h"
#include "compiler/catalog/naming.h"
#include "compiler/plan/world/replay_world.h"

static bool stand(World *world, Scaffold scaffold)
{
    const Name name = scaffold.name;
    if (world_find_scaffold(world, scaffold.kind, scaffold.table, name) != NULL) {
        return world_refuse(world, "`%s` is made twice", name->text);
    }
    scaffold.previous = (size_t)(uintptr_t)map_get(&world->last_scaffolds, name);
    vec_push(world->arena, &world->scaffolds, scaffold);
    world->standing_scaffolds++;
    map_put(world->arena, &world->last_scaffolds, name, (void *)(uintptr_t)world->scaffolds.count);
    return true;
}

static bool add_scaffold(World *world, ScaffoldKind kind, const Table *table, Name name)
{
    return stand(world,
                 (Scaffold){.kind = kind, .table = table, .name = name, .schema = table->schema});
}

static bool remove_scaffold(World *world, ScaffoldKind kind, const Table *table, Name name)
{
    Scaffold *scaffold = world_find_scaffold(world, kind, table, name);
    if (scaffold == NULL) {
        return world_refuse(world, "`%s` is dropped but was never made", name->text);
    }
    scaffold->gone = true;
    world->standing_scaffolds--;
    return true;
}

/* --- compatibility views -----------------------------------------------------------------------
 */

/* The table gets its new name, or a reserved one behind a view with both columns' names. */
bool replay_compatibility_view(World *world, const Step *step)
{
    Table *table = world_table(world, step->before.table);
    if (table == NULL) {
        return false;
    }
    Name schema = step->name != NULL ? table->schema : step->after.table->schema;
    Name name = step->name != NULL ? step->name : step->after.table->name;
    Name view_schema = table->schema;
    Name view = table->name;
    if (!add_scaffold(world, SCAFFOLD_VIEW, table, view) ||
        !world_rename_table(world, table, schema, name) ||
        !world_take_name(world, view_schema, view)) {
        return false;
    }
    vec_each(const Clause, clause, &step->clauses) {
        Column *column = world_column(world, clause->before);
        if (column == NULL || !world_rename_column(world, column, clause->after->name)) {
            return false;
        }
    }
    return true;
}

bool replay_drop_compatibility_view(World *world, const Step *step)
{
    Table *table = world_table(world, step->before.table);
    if (table == NULL || !remove_scaffold(world, SCAFFOLD_VIEW, table, step->before.table->name)) {
        return false;
    }
    world_free_name(world, step->before.table->schema, step->before.table->name);
    return step->name == NULL ||
           world_rename_table(world, table, step->after.table->schema, step->after.table->name);
}

/* As if it had never been raised. */
bool replay_take_back_view(World *world, const Step *step)
{
    const Table *before = step->before.table;
    Table *table = world_table(world, before);
    if (table == NULL || !remove_scaffold(world, SCAFFOLD_VIEW, table, before->name)) {
        return false;
    }
    vec_each(const Clause, clause, &step->clauses) {
        Column *column = world_column(world, clause->after);
        if (column == NULL || !world_rename_column(world, column, clause->before->name)) {
            return false;
        }
    }
    world_free_name(world, before->schema, before->name);
    return world_rename_table(world, table, before->schema, before->name);
}

/* --- filling -----------------------------------------------------------------------------------
 */

bool replay_fill(World *world, const Step *step)
{
    return world_column(world, step->after.column) != NULL;
}

bool replay_add_trigger(World *world, const Step *step)
{
    const Column *column = world_column(world, step->after.column);
    return column != NULL && add_scaffold(world, SCAFFOLD_TRIGGER, column->table, step->name);
}

bool replay_renew_trigger(World *world, const Step *step)
{
    const Column *column = world_column(world, step->after.column);
    return column != NULL &&
           (world_find_scaffold(world, SCAFFOLD_TRIGGER, column->table, step->name) != NULL ||
            world_refuse(world, "there is no trigger `%s`", step->name->text));
}

bool replay_drop_trigger(World *world, const Step *step)
{
    const Table *table = world_step_table(world, step);
    return table != NULL && remove_scaffold(world, SCAFFOLD_TRIGGER, table, step->name);
}

/* The trigger goes: from now on the column has a default. */
bool replay_settle_numbers(World *world, const Step *step)
{
    Column *column = world_column(world, step->after.column);
    if (column == NULL || !remove_scaffold(world, SCAFFOLD_TRIGGER, column->table, step->name)) {
        return false;
    }
    column->dflt = world_definition_now(world, world->arena, step->after.column).dflt;
    world_note_column(world, column);
    return true;
}

/* --- what rests on columns ----------------------------------------------------------------------
 */

/* The objects are in no world, but that they are aside is. */
bool replay_set_aside(World *world, const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        const Column *column = world_column(world, clause->after);
        if (column == NULL ||
            !add_scaffold(world, SCAFFOLD_ASIDE, column->table, clause->after->name)) {
            return false;
        }
    }
    return true;
}

bool replay_remake(World *world, const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        const Column *column = world_column(world, clause->after);
        if (column == NULL ||
            !remove_scaffold(world, SCAFFOLD_ASIDE, column->table, clause->after->name)) {
            return false;
        }
    }
    return true;
}

/* --- the switch ---------------------------------------------------------------------------------
 */

static bool take_place(World *world, Table *table, const Clause *clause)
{
    const Column *wanted = clause->after;
    Column *first = world_column(world, wanted);
    Column *second = world_column(world, clause->before);
    const bool is_named = second != NULL && second->name == wanted->name;
    const Name name = first == NULL ? NULL : is_named ? second->name : first->name;
    const bool draws = first != NULL && wanted->dflt.kind == DEFAULT_SEQUENCE;
    const Identity identity = draws ? first->identity : IDENTITY_NONE;
    const Name trigger = name_reserved_of_column(world->plan->to->names, RESERVED_TRIGGER,
                                                 wanted->table->name, wanted->name);
    if (world_find_scaffold(world, SCAFFOLD_ASIDE, table, wanted->name) == NULL) {
        return world_refuse(world, "what rests on `%s.%s` is not set aside", table->name->text,
                            wanted->name->text);
    }
    if (first == NULL || second == NULL ||
        !remove_scaffold(world, SCAFFOLD_TRIGGER, table, trigger) ||
        !world_drop_column(world, table, first) ||
        (!is_named && !world_rename_column(world, second, name))) {
        return false;
    }
    /* What a list takes is not compared: in a key it takes no nulls all the same. */
    const bool may_be_stricter = wanted->type.list;
    if (wanted->not_null ? !second->not_null : second->not_null && !may_be_stricter) {
        return world_refuse(world, "nothing proves what `%s.%s` takes", table->name->text,
                            name->text);
    }
    world_made_column(world, second, wanted);
    second->identity = identity;
    second->dflt = world_definition_now(world, world->arena, wanted).dflt;
    world_note_column(world, second);
    return true;
}

/* The second columns, kept like the first by their triggers, get their names; what the first had
 * goes. */
bool replay_switch_column(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    vec_each(const Clause, clause, &step->clauses) {
        if (table == NULL || !take_place(world, table, clause)) {
            return false;
        }
    }
    return true;
}

/* --- casts -------------------------------------------------------------------------------------
 */

bool replay_create_cast(World *world, const Step *step)
{
    const EnumType *type = world_enum(world, step->after.enum_type);
    return type != NULL && stand(world, (Scaffold){.kind = SCAFFOLD_CAST,
                                                   .name = step->after.enum_type->name,
                                                   .schema = type->schema});
}

bool replay_drop_cast(World *world, const Step *step)
{
    return world_enum(world, step->before.enum_type) != NULL &&
           remove_scaffold(world, SCAFFOLD_CAST, NULL, step->before.enum_type->name);
}

/* --- constraints -------------------------------------------------------------------------------
 */

bool replay_add_check(World *world, const Step *step)
{
    const Table *table = world_step_table(world, step);
    return table != NULL && add_scaffold(world, SCAFFOLD_CHECK, table, step->name);
}

bool replay_drop_check(World *world, const Step *step)
{
    const Table *table = world_step_table(world, step);
    return table != NULL && remove_scaffold(world, SCAFFOLD_CHECK, table, step->name);
}

/* The first one's is in no world: it takes that place. */
bool replay_switch_check(World *world, const Step *step)
{
    return replay_drop_check(world, step);
}

bool replay_validate_constraint(World *world, const Step *step)
{
    const Table *table = world_step_table(world, step);
    if (table == NULL) {
        return false;
    }
    if (step->after.foreign_key != NULL) {
        ForeignKey *key = world_foreign_key(world, step->after.foreign_key);
        return key != NULL && remove_scaffold(world, SCAFFOLD_UNVALIDATED, table, key->name) &&
               (key->valid = true);
    }
    Scaffold *check = world_find_scaffold(world, SCAFFOLD_CHECK, table, step->name);
    if (check == NULL) {
        return world_refuse(world, "`%s` is validated but was never added", step->name->text);
    }
    check->validated = true;
    return true;
}

/* Only a valid check spares the scan under ACCESS EXCLUSIVE: the recipe is wrong without it. */
bool replay_set_not_null(World *world, const Step *step)
{
    Column *column = world_column(world, step->after.column);
    const Scaffold *check =
        column == NULL ? NULL
                       : world_find_scaffold(world, SCAFFOLD_CHECK, column->table, step->name);
    if (check == NULL || !check->validated) {
        return world_refuse(world, "nothing proves that `%s` has no nulls",
                            step->after.column->name->text);
    }
    column->not_null = true;
    return true;
}

bool replay_add_foreign_key_online(World *world, const Step *step)
{
    if (!replay_add_foreign_key(world, step)) {
        return false;
    }
    ForeignKey *key = world_foreign_key(world, step->after.foreign_key);
    if (key == NULL) {
        return false;
    }
    key->valid = false;
    return add_scaffold(world, SCAFFOLD_UNVALIDATED, key->table, key->name);
}

/* The unique index becomes the key's own, without a scan only where no column takes nulls. */
bool replay_add_primary_key_online(World *world, const Step *step)
{
    Table *table = world_step_table(world, step);
    if (table == NULL) {
        return false;
    }
    vec_each(Column *, named, &step->after.primary_key->columns) {
        const Column *column = world_column(world, *named);
        if (column == NULL || !column->not_null) {
            return world_refuse(world, "`%s.%s` of a primary key still takes nulls",
                                table->name->text, (*named)->name->text);
        }
    }
    Index *index = map_get2(&world->indexes, table->schema, step->name);
    if (index == NULL || index->table != table) {
        return world_refuse(world, "there is no index `%s`", step->name->text);
    }
    return world_make_primary_key(world, index, step->after.primary_key);
}
