/*
 * replay_alter.c - the clauses of ALTER TABLE, carried out on a catalog in memory.
 */
#include "base/common.h"

#include "compiler/canon/canon.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/catalog_copy.h"
#include "compiler/plan/world/replay_world.h"

static Column *clause_column(World *world, const Clause *clause)
{
    return world_column(world, clause->after != NULL ? clause->after : clause->before);
}

static bool set_nullability(World *world, const Clause *clause, bool not_null)
{
    Column *column = clause_column(world, clause);
    const PrimaryKey *key = column == NULL ? NULL : column->table->primary_key;
    if (!not_null && key != NULL &&
        column_in_list(column, key->columns.items, key->columns.count)) {
        return world_refuse(world, "`%s.%s` is in a primary key, which takes no nulls",
                            column->table->name->text, column->name->text);
    }
    if (column != NULL) {
        column->not_null = not_null;
    }
    return column != NULL;
}

static bool set_default(World *world, const Clause *clause, bool keep)
{
    Column *column = clause_column(world, clause);
    if (column != NULL) {
        column->dflt = keep ? world_definition_now(world, world->arena, clause->after).dflt
                            : (Default){.kind = DEFAULT_NONE};
        column->identity = keep ? clause->after->identity : IDENTITY_NONE;
        world_note_column(world, column);
    }
    return column != NULL;
}

/* The server makes the index again, and finds no operator for its predicate. */
static bool is_compared(World *world, const Column *column, const ColumnType *to)
{
    vec_each(Index *const, at, world_indexes_over(world, column->table, column)) {
        const ColumnList *compared = &(*at)->compared_columns;
        if (column_in_list(column, compared->items, compared->count) &&
            !type_keeps_comparisons(&column->type, to)) {
            world_refuse(world, "the predicate of index `%s` compares values of `%s.%s`",
                         (*at)->name->text, column->table->name->text, column->name->text);
            return true;
        }
    }
    return false;
}

/* Nor one between an enum and another type for a foreign key. */
static bool is_tied(World *world, const Column *column, const ColumnType *to)
{
    if ((column->type.id != TYPE_ENUM && to->id != TYPE_ENUM) ||
        type_keeps_comparisons(&column->type, to)) {
        return false;
    }
    const ForeignKey *over = world_key_over(world, column->table, column);
    if (over != NULL) {
        world_refuse(world, "foreign key `%s` is over `%s.%s`", over->name->text,
                     column->table->name->text, column->name->text);
        return true;
    }
    const ForeignKeyList *to_it = world_references_to(world, column);
    if (to_it->count > 0) {
        world_refuse(world, "foreign key `%s` refers to `%s.%s`", vec_last(to_it)->name->text,
                     column->table->name->text, column->name->text);
    }
    return to_it->count > 0;
}

/* A change of type may come with an array's or a default's: the clause's column says all. */
static bool set_type(World *world, const Clause *clause)
{
    Column *column = clause_column(world, clause);
    const ColumnType *type = &clause->after->type;
    if (column == NULL) {
        return false;
    }
    if (type->id == TYPE_ENUM && world_enum(world, type->enum_type) == NULL) {
        return false;
    }
    const Column typed = world_definition_now(world, world->arena, clause->after);
    if (is_compared(world, column, &typed.type) || is_tied(world, column, &typed.type)) {
        return false;
    }
    if (default_is_cast(column, clause->after) && default_follows(column, clause->after)) {
        column->dflt = typed.dflt;
    }
    column->type = typed.type;
    world_note_column(world, column);
    return true;
}

static bool drop_column(World *world, Table *table, const Column *named)
{
    const Column *column = world_column(world, named);
    return column != NULL && world_drop_column(world, table, column);
}

/* Under the name it has. */
static bool recreate_column(World *world, Table *table, const Clause *clause)
{
    const Column *column = world_column(world, clause->before);
    const Name name = column == NULL ? NULL : column->name;
    return name != NULL && world_drop_column(world, table, column) &&
           world_add_column(world, table, clause->after, name);
}

static bool take_primary_key(World *world, const Clause *clause)
{
    Index *index = world_index(world, clause->cause->before.index);
    return index != NULL && world_make_primary_key(world, index, clause->key_after);
}

static bool rename_primary_key(World *world, Table *table, Name name)
{
    if (table->primary_key == NULL) {
        return world_refuse(world, "`%s` has no primary key", table->name->text);
    }
    if (!world_take_name(world, table->schema, name)) {
        return false;
    }
    world_free_name(world, table->schema, table->primary_key->name);
    table->primary_key->name = name;
    return true;
}

static bool replay_clause(World *world, Table *table, const Clause *clause)
{
    switch (clause->kind) {
    case CLAUSE_DROP_PRIMARY_KEY:
        return world_drop_primary_key(world, table);
    case CLAUSE_RENAME_PRIMARY_KEY:
        return rename_primary_key(world, table, clause->key_after->name);
    case CLAUSE_DROP_COLUMN:
        return drop_column(world, table, clause->before);
    case CLAUSE_ADD_COLUMN:
        return world_add_column(world, table, clause->after, clause->after->name);
    case CLAUSE_RECREATE_COLUMN:
        return recreate_column(world, table, clause);
    case CLAUSE_SET_NOT_NULL:
        return set_nullability(world, clause, true);
    case CLAUSE_DROP_NOT_NULL:
        return set_nullability(world, clause, false);
    case CLAUSE_SET_DEFAULT:
    case CLAUSE_ADD_SEQUENCE:
        return set_default(world, clause, true);
    case CLAUSE_DROP_DEFAULT:
        return set_default(world, clause, false);
    case CLAUSE_DROP_SEQUENCE: /* within one statement the server takes away before it gives */
        return set_default(world, clause, true);
    case CLAUSE_SET_TYPE:
        return set_type(world, clause);
    case CLAUSE_ADD_PRIMARY_KEY:
        return world_add_primary_key(world, table, clause->key_after);
    case CLAUSE_TAKE_PRIMARY_KEY:
        return take_primary_key(world, clause);
    case CLAUSE_RENAME_COLUMN:
    case CLAUSE_CHECK_NOT_NULL:
    case CLAUSE_LOCK_KEY:
    case CLAUSE_CHECK_CARRIED:
    case CLAUSE_CHECK_KEPT:
    case CLAUSE_CHECK_HERE:
    case CLAUSE_LEAVE_EMPTY:
    case CLAUSE_SET_ASIDE:
    case CLAUSE_KEEP_FIRST:
    case CLAUSE_EMPTY_FIRST:
    case CLAUSE_MAP_FIRST:
    case CLAUSE_KIND_COUNT:
        break;
    }
    unreachable();
}

/* The server reads predicates again when a type changes. */
static void read_predicates_again(World *world, Table *table)
{
    vec_each(Index *, at, &table->indexes) {
        if ((*at)->predicate != NULL) {
            (*at)->predicate_canonical =
                canon_predicate(world->catalog, table, (*at)->predicate->text);
        }
    }
}

bool replay_alter_table(World *world, const Step *step)
{
    bool sets_type = false;
    Table *table = world_step_table(world, step);
    if (table == NULL) {
        return false;
    }
    vec_each(const Clause, clause, &step->clauses) {
        if (!replay_clause(world, table, clause)) {
            return false;
        }
        sets_type = sets_type || clause->kind == CLAUSE_SET_TYPE;
    }
    if (sets_type) {
        read_predicates_again(world, table);
    }
    return true;
}
