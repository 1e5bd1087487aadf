/*
 * tables.c - tables and columns: made, renamed, moved, of another type.
 *
 * Source: PostgreSQL manual, CREATE TABLE, ALTER TABLE.
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

/* --- made ---------------------------------------------------------------------------------------
 */

Table *realm_add_table(Realm *realm, Name schema, Name name)
{
    const RealmType row = {.kind = REALM_ROW, .schema = schema, .name = name};
    const Relation relation = {.kind = RELATION_TABLE, .schema = schema, .name = name};
    Relation *taken = NULL;
    RealmType *type = NULL;
    if (!realm_take_relation(realm, &relation, &taken)) {
        return NULL;
    }
    if (!realm_take_type(realm, &row, &type)) {
        realm_free_relation(realm, schema, name);
        return NULL;
    }
    Table *table = catalog_add_table(realm->catalog, schema, name, realm_origin(realm));
    RealmTable *state = arena_make(realm->arena, RealmTable);
    state->table = table;
    taken->table = type->table = table;
    map_put2(realm->arena, &realm->tables, schema, name, state);
    return table;
}

bool realm_is_system_column(Name name)
{
    static const char *const system[] = {"tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"};
    for (size_t i = 0; i < lengthof(system); i++) {
        if (name_is(name, system[i])) {
            return true;
        }
    }
    return false;
}

Column *realm_add_column(Realm *realm, Table *table, Name name)
{
    enum { COLUMNS_MAX = 1600 };
    if (realm_is_system_column(name)) {
        realm_refuse(realm, "42701", "column name `%s` conflicts with a system column name",
                     name->text);
        return NULL;
    }
    if (table_find_column(table, name) != NULL) {
        realm_refuse(realm, "42701", "column `%s` of relation `%s` already exists", name->text,
                     table->name->text);
        return NULL;
    }
    if (table->columns.count >= COLUMNS_MAX) {
        realm_refuse(realm, "54011", "tables can have at most %d columns", (int)COLUMNS_MAX);
        return NULL;
    }
    return table_add_column(realm->catalog, table, name, realm_origin(realm));
}

/* --- renamed ------------------------------------------------------------------------------------
 */

static void rekey(Realm *realm, Table *table, Name schema, Name name)
{
    Relation *relation = realm_relation(realm, table->schema, table->name);
    RealmType *row = realm_type(realm, table->schema, table->name);
    RealmTable *state = realm_table_state(realm, table);
    map_remove2(&realm->relations, table->schema, table->name);
    map_remove2(&realm->types, table->schema, table->name);
    map_remove2(&realm->tables, table->schema, table->name);
    map_remove2(&realm->catalog->tables_by_name, table->schema, table->name);
    relation->schema = row->schema = table->schema = schema;
    relation->name = row->name = table->name = name;
    map_put2(realm->arena, &realm->relations, schema, name, relation);
    map_put2(realm->arena, &realm->types, schema, name, row);
    map_put2(realm->arena, &realm->tables, schema, name, state);
    map_put2(realm->arena, &realm->catalog->tables_by_name, schema, name, table);
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == table) {
            (*at)->relation = name;
            (*at)->schema = schema;
            (*at)->name = (*at)->kind == OPAQUE_ROW_SECURITY ? name : (*at)->name;
        }
    }
}

static bool is_free(Realm *realm, Name schema, Name name)
{
    if (map_get2(&realm->relations, schema, name) != NULL) {
        return realm_refuse(realm, "42P07", "relation `%s` already exists", name->text);
    }
    return map_get2(&realm->types, schema, name) == NULL ||
           realm_refuse(realm, "42710", "type `%s` already exists", name->text);
}

/* Does a function take or give its rows? Their types are told by name. */
static bool has_row_function(const Realm *realm, const Table *table)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_FUNCTION && opaque_uses_table(*at, table)) {
            return true;
        }
    }
    return false;
}

/* Views over it and what hangs on it are printed with its name. */
static void restate_users(Realm *realm, const Table *table, Name from, Name to)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const OpaqueKind kind = (*at)->kind;
        const bool prints_it = opaque_is_view(*at) || kind == OPAQUE_TRIGGER ||
                               kind == OPAQUE_POLICY || kind == OPAQUE_RULE ||
                               kind == OPAQUE_STATISTICS;
        if (prints_it && opaque_uses_table(*at, table)) {
            realm_restate(realm, *at, from, to);
        }
    }
}

bool realm_rename_table(Realm *realm, Table *table, Name name)
{
    if (!is_free(realm, table->schema, name)) {
        return false;
    }
    if (has_row_function(realm, table) || realm_has_row_users(realm, table->name, table)) {
        return realm_unknown(realm, "a table is renamed whose row type may be in use");
    }
    restate_users(realm, table, table->name, name);
    rekey(realm, table, table->schema, name);
    return true;
}

static bool relation_is_free(Realm *realm, Name schema, Name name)
{
    return map_get2(&realm->relations, schema, name) == NULL ||
           realm_refuse(realm, "42P07", "relation `%s` already exists in schema `%s`", name->text,
                        schema->text);
}

/* Indexes, keys and sequences go along under their names. */
static bool parts_are_free(Realm *realm, const Table *table, Name schema)
{
    vec_each(Index *const, at, &table->indexes) {
        if (!relation_is_free(realm, schema, (*at)->name)) {
            return false;
        }
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == table &&
            ((*at)->kind == OPAQUE_EXPRESSION_INDEX || (*at)->kind == OPAQUE_EXCLUSION)) {
            return realm_unknown(realm, "a table is moved with an index over an expression");
        }
    }
    vec_each(RealmSequence *const, at, &realm->sequences) {
        if ((*at)->owner != NULL && (*at)->owner->table == table &&
            !relation_is_free(realm, schema, (*at)->sequence->name)) {
            return false;
        }
    }
    return table->primary_key == NULL || relation_is_free(realm, schema, table->primary_key->name);
}

static void move_relation(Realm *realm, Name from, Name to, Name name)
{
    Relation *relation = realm_relation(realm, from, name);
    map_remove2(&realm->relations, from, name);
    relation->schema = to;
    map_put2(realm->arena, &realm->relations, to, name, relation);
}

static void move_parts(Realm *realm, const Table *table, Name schema)
{
    vec_each(Index *const, at, &table->indexes) {
        move_relation(realm, table->schema, schema, (*at)->name);
    }
    if (table->primary_key != NULL) {
        move_relation(realm, table->schema, schema, table->primary_key->name);
    }
}

/* Those that its columns own. */
static void move_sequences(Realm *realm, const Table *table, Name from, Name to)
{
    vec_each(RealmSequence *const, at, &realm->sequences) {
        if ((*at)->owner != NULL && (*at)->owner->table == table &&
            (*at)->sequence->schema == from) {
            move_relation(realm, from, to, (*at)->sequence->name);
            (*at)->sequence->schema = to;
        }
    }
}

bool realm_move_table(Realm *realm, Table *table, Name schema)
{
    if (map_get(&realm->catalog->schemas_by_name, schema) == NULL) {
        return realm_refuse(realm, "3F000", "schema `%s` does not exist", schema->text);
    }
    if (table->schema == schema) {
        return true;
    }
    if (!is_free(realm, schema, table->name)) {
        return false;
    }
    if (has_row_function(realm, table) || realm_has_row_users(realm, table->name, table)) {
        return realm_unknown(realm, "a table is moved whose row type may be in use");
    }
    if (!parts_are_free(realm, table, schema)) {
        return false;
    }
    const Name from = table->schema;
    restate_users(realm, table, from, schema);
    move_parts(realm, table, schema);
    rekey(realm, table, schema, table->name);
    realm_move_not_nulls(realm, table);
    move_sequences(realm, table, from, schema);
    return true;
}

static void rename_in_texts(Realm *realm, Column *column, Name from, Name to)
{
    Table *table = column->table;
    vec_each(Index *const, at, &table->indexes) {
        if ((*at)->predicate != NULL && index_uses(*at, column)) {
            (*at)->predicate = realm_text_renamed(realm, (*at)->predicate, from, to);
        }
    }
    vec_each(Column *const, at, &table->columns) {
        if ((*at)->generated != NULL) {
            (*at)->generated = realm_text_renamed(realm, (*at)->generated, from, to);
        }
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        Opaque *opaque = *at;
        const bool is_own = opaque->kind == OPAQUE_GENERATED_COLUMN && opaque->table == table;
        if (is_own && opaque->name == from) {
            opaque->name = to;
        }
        if (opaque->table == table && opaque->kind != OPAQUE_COMMENT &&
            (is_own || opaque_uses_column(opaque, column))) {
            opaque->definition = realm_text_renamed(realm, opaque->definition, from, to);
        }
    }
}

static bool rename_one(Realm *realm, Column *column, Name name);

static bool rename_below(Realm *realm, const Table *table, Name from, Name to)
{
    const TableList children = realm_children(realm, table);
    vec_each(Table *const, at, &children) {
        Column *column = table_find_column(*at, from);
        if (column != NULL && !rename_one(realm, column, to)) {
            return false;
        }
    }
    return true;
}

bool realm_rename_column(Realm *realm, Column *column, Name name)
{
    return realm_is_inherited(realm, column)
               ? realm_refuse(realm, "42P16", "cannot rename inherited column `%s`",
                              column->name->text)
               : rename_one(realm, column, name);
}

static bool rename_one(Realm *realm, Column *column, Name name)
{
    Table *table = column->table;
    const Name from = column->name;
    if (table_find_column(table, name) != NULL) {
        return realm_refuse(realm, "42701", "column `%s` of relation `%s` already exists",
                            name->text, table->name->text);
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table != table && opaque_uses_column(*at, column)) {
            realm_restate(realm, *at, from, name);
        }
    }
    map_remove(&table->columns_by_name, from);
    column->name = name;
    map_put(realm->arena, &table->columns_by_name, name, column);
    rename_in_texts(realm, column, from, name);
    return rename_below(realm, table, from, name);
}

/* --- altered ------------------------------------------------------------------------------------
 */

void realm_set_not_null(Realm *realm, Column *column)
{
    column->not_null = true;
    if (!column->table->has_children && !column->table->is_partitioned) {
        return;
    }
    const TableList children = realm_children(realm, column->table);
    vec_each(Table *const, at, &children) {
        Column *below = table_find_column(*at, column->name);
        if (below != NULL) {
            realm_set_not_null(realm, below);
        }
    }
}

bool realm_drop_not_null(Realm *realm, Column *column)
{
    if (key_has_column(column->table->primary_key, column)) {
        return realm_refuse(realm, "42P16", "column `%s` is in a primary key", column->name->text);
    }
    if (column->identity != IDENTITY_NONE) {
        return realm_refuse(realm, "55000", "column `%s` of relation `%s` is an identity column",
                            column->name->text, column->table->name->text);
    }
    column->not_null = false;
    return true;
}
