/*
 * online_names.c - names that are free only after the gate.
 *
 * What is dropped waits for the contract phase and keeps its name until then; so does a view under
 * a table's old name. A new table, index or type of that name has to wait as well, and with it all
 * that builds on it. Tables, indexes, keys and types of a schema share one space of names (manual,
 * "CREATE TABLE"; a table has a type of its name).
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

/* A set: any value will do. */
static void take(Online *cx, Name schema, Name name)
{
    map_put2(cx->arena, &cx->taken, schema, name, cx);
}

/* The names of what goes wherever the table goes. */
static void take_parts(Online *cx, const Table *table, Name schema)
{
    if (table->primary_key != NULL) {
        take(cx, schema, table->primary_key->name);
    }
    vec_each(Index *, index, &table->indexes) {
        take(cx, schema, (*index)->name);
    }
}

/* Of a table that moves: whether before or after the gate, its parts come along. */
static void take_where_they_move(Online *cx)
{
    vec_each(TablePair, pair, &cx->plan->diff->tables) {
        if (pair->before->schema != pair->after->schema) {
            take_parts(cx, pair->before, pair->after->schema);
        }
    }
}

typedef struct Renaming {
    Name schema, new_schema, from, to;
} Renaming;

/* Of an index or a primary key: nothing else gives a name back before the gate. */
static bool is_renaming(const Change *change, Renaming *ret_renaming)
{
    const Subject *before = &change->before;
    const Subject *after = &change->after;
    if (change->kind == CHANGE_RENAME_INDEX) {
        *ret_renaming = (Renaming){before->table->schema, after->table->schema, before->index->name,
                                   after->index->name};
        return true;
    }
    if (change->kind == CHANGE_RENAME_PRIMARY_KEY) {
        *ret_renaming = (Renaming){before->table->schema, after->table->schema,
                                   before->primary_key->name, after->primary_key->name};
        return true;
    }
    return false;
}

/* A rename to a name that is taken until the gate has to wait, and keeps its own. */
static bool take_back(Online *cx)
{
    bool any = false;
    Renaming renaming;
    vec_each(Change *, change, &cx->plan->diff->changes) {
        if (is_renaming(*change, &renaming) &&
            !online_name_taken(cx, renaming.new_schema, renaming.from) &&
            online_name_taken(cx, renaming.new_schema, renaming.to)) {
            take(cx, renaming.schema, renaming.from);
            take(cx, renaming.new_schema, renaming.from);
            any = true;
        }
    }
    return any;
}

static void free_renamed(Online *cx)
{
    Renaming renaming;
    vec_each(Change *, change, &cx->plan->diff->changes) {
        if (is_renaming(*change, &renaming)) {
            map_remove2(&cx->taken, renaming.schema, renaming.from);
            map_remove2(&cx->taken, renaming.new_schema, renaming.from);
        }
    }
    while (take_back(cx)) {
    }
}

void online_find_names(Online *cx)
{
    vec_each(Table *, table, &cx->plan->from->tables) {
        take(cx, (*table)->schema, (*table)->name);
        take_parts(cx, *table, (*table)->schema);
    }
    take_where_they_move(cx);
    vec_each(EnumType *, type, &cx->plan->origin->enums) {
        take(cx, (*type)->schema, (*type)->name);
    }
    free_renamed(cx);
}

bool online_name_taken(const Online *cx, Name schema, Name name)
{
    return map_get2(&cx->taken, schema, name) != NULL;
}

/* Only a new type can find its name taken; one of both catalogs is the owner itself. */
bool online_enum_waits(const Online *cx, const EnumType *after)
{
    return after != NULL && catalog_find_enum(cx->plan->from, after->schema, after->name) == NULL &&
           online_name_taken(cx, after->schema, after->name);
}

/* Its name may be that of a column that leaves, or gets another name, after the gate. */
bool online_new_column_waits(const Online *cx, const Column *added)
{
    const Table *before = online_table_before(cx, added->table);
    return online_enum_waits(cx, added->type.enum_type) ||
           (before != NULL && table_find_column(before, added->name) != NULL);
}

bool online_table_waits(const Online *cx, const Table *after)
{
    if (online_table_exists(cx, after)) {
        return false;
    }
    const PrimaryKey *key = after->primary_key;
    if (online_name_taken(cx, after->schema, after->name) ||
        (key != NULL && online_name_taken(cx, after->schema, key->name))) {
        return true;
    }
    vec_each(Column *, column, &after->columns) {
        if (online_enum_waits(cx, (*column)->type.enum_type)) {
            return true;
        }
    }
    return false;
}
