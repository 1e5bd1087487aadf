/*
 * inheritance.c - tables that inherit from others, partitions among them: columns and checks that
 * come from above, and what happens to them there.
 *
 * Source: PostgreSQL manual, "Inheritance", "Table Partitioning", CREATE TABLE, ALTER TABLE.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/world/realm_internal.h"

TableList realm_children(Realm *realm, const Table *table)
{
    TableList children = {0};
    vec_each(Table *const, at, &realm->catalog->tables) {
        const RealmTable *state = realm_table_state(realm, *at);
        for (size_t i = 0; state != NULL && i < state->parents.count; i++) {
            if (state->parents.items[i] == table) {
                vec_push(realm->arena, &children, *at);
            }
        }
    }
    return children;
}

bool realm_is_partition(const Realm *realm, const Table *table)
{
    const RealmTable *state = realm_table_state(realm, table);
    return state != NULL && state->is_partition;
}

static bool is_own(const RealmTable *state, const Column *column)
{
    return column_in_list(column, state->own.items, state->own.count);
}

bool realm_is_inherited(Realm *realm, const Column *column)
{
    const RealmTable *state = realm_table_state(realm, column->table);
    for (size_t i = 0; i < state->parents.count; i++) {
        if (table_find_column(state->parents.items[i], column->name) != NULL) {
            return true;
        }
    }
    return false;
}

/* --- columns ------------------------------------------------------------------------------------
 */

static Column *same_column(const Table *table, const Column *column)
{
    return table_find_column(table, column->name);
}

bool realm_map_columns(Realm *realm, const Table *table, const ColumnList *columns,
                       ColumnList *ret_columns)
{
    ColumnList found = {0};
    vec_each(Column *const, at, columns) {
        Column *column = (*at)->table == NULL ? NULL : same_column(table, *at);
        if (column == NULL) {
            return realm_unknown(realm, "a column that is not in every table of a family");
        }
        vec_push(realm->arena, &found, column);
    }
    *ret_columns = found;
    return true;
}

static bool copy_generated(Realm *realm, Column *column, const Column *from)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        ColumnList used = {0};
        if ((*at)->kind != OPAQUE_GENERATED_COLUMN || (*at)->table != from->table ||
            (*at)->name != from->name) {
            continue;
        }
        const ColumnList uses = {(*at)->columns.items, (*at)->columns.count, 0};
        if (!realm_map_columns(realm, column->table, &uses, &used)) {
            return false;
        }
        column->generated = from->generated;
        Opaque *made = realm_add_opaque(realm, OPAQUE_GENERATED_COLUMN, column->table,
                                        column->table->schema, column->name, column->generated);
        vec_each(Column *const, use, &used) {
            vec_push(realm->arena, &made->columns, *use);
        }
        return true;
    }
    return true;
}

bool realm_copy_generated(Realm *realm, Column *column, const Column *from)
{
    return from->generated == NULL || copy_generated(realm, column, from);
}

Column *realm_copy_column(Realm *realm, Table *table, const Column *from)
{
    Column *column = realm_add_column(realm, table, from->name);
    if (column != NULL) {
        column->type = from->type;
        column->collation = from->collation;
        column->not_null = from->not_null;
        realm_copy_not_null(realm, column, from);
    }
    return column;
}

/* One that is there already must be like it. */
static bool merge_column(Realm *realm, Column *column, const Column *from)
{
    if (!type_same(&column->type, &from->type)) {
        return realm_refuse(realm, "42804", "child table `%s` has different type for column `%s`",
                            column->table->name->text, column->name->text);
    }
    column->not_null |= from->not_null;
    return true;
}

bool realm_inherit_column(Realm *realm, Table *table, const Column *from)
{
    Column *column = same_column(table, from);
    if (column != NULL) {
        return merge_column(realm, column, from);
    }
    column = realm_copy_column(realm, table, from);
    if (column == NULL) {
        return false;
    }
    column->dflt = from->identity == IDENTITY_NONE ? from->dflt : (Default){.kind = DEFAULT_NONE};
    return true;
}

bool realm_inherit_columns(Realm *realm, Table *table, const Table *parent)
{
    vec_each(Column *const, at, &parent->columns) {
        if (same_column(table, *at) != NULL) {
            return realm_unknown(realm, "a column that two parents have");
        }
        if (!realm_inherit_column(realm, table, *at)) {
            return false;
        }
    }
    vec_each(Column *const, at, &parent->columns) {
        if (!realm_copy_generated(realm, same_column(table, *at), *at)) {
            return false;
        }
    }
    return true;
}

void realm_own_column(Realm *realm, Column *column)
{
    RealmTable *state = realm_table_state(realm, column->table);
    if (!is_own(state, column)) {
        vec_push(realm->arena, &state->own, column);
    }
}

/* What the parent's loses the children's lose, unless it is theirs too. */
bool realm_drop_inherited(Realm *realm, Table *table, Name name, bool cascade)
{
    const TableList children = realm_children(realm, table);
    vec_each(Table *const, at, &children) {
        Column *column = table_find_column(*at, name);
        const RealmTable *state = realm_table_state(realm, *at);
        const bool kept = column == NULL || is_own(state, column) || state->parents.count > 1;
        if (!kept && (!realm_drop_inherited(realm, *at, name, cascade) ||
                      !realm_drop_column(realm, column, cascade))) {
            return false;
        }
    }
    return true;
}

/* --- checks -------------------------------------------------------------------------------------
 */

static Opaque *find_check(const Realm *realm, const Table *table, Name name)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_CHECK && (*at)->table == table && (*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static bool is_handed_down(const Opaque *opaque)
{
    return opaque->kind == OPAQUE_CHECK && strstr(opaque->definition->text, " NO INHERIT") == NULL;
}

bool realm_copy_check(Realm *realm, Table *table, const Opaque *from)
{
    const ColumnList uses = {from->columns.items, from->columns.count, 0};
    ColumnList used = {0};
    if (!realm_map_columns(realm, table, &uses, &used)) {
        return false;
    }
    if (realm_has_constraint(realm, table, from->name)) {
        return realm_refuse(realm, "42710", "constraint `%s` for relation `%s` already exists",
                            from->name->text, table->name->text);
    }
    Opaque *made =
        realm_add_opaque(realm, OPAQUE_CHECK, table, table->schema, from->name, from->definition);
    vec_each(Column *const, at, &used) {
        vec_push(realm->arena, &made->columns, *at);
    }
    vec_each(EnumType *const, at, &from->enums) {
        vec_push(realm->arena, &made->enums, *at);
    }
    return true;
}

bool realm_inherit_checks(Realm *realm, Table *table, const Table *parent)
{
    const OpaqueList *list = &realm->catalog->opaque;
    const size_t count = list->count; /* the copies come behind */
    for (size_t i = 0; i < count; i++) {
        const Opaque *at = list->items[i];
        if (at->table != parent || !is_handed_down(at) ||
            find_check(realm, table, at->name) != NULL) {
            continue;
        }
        if (!realm_copy_check(realm, table, at)) {
            return false;
        }
        vec_push(realm->arena, &realm_table_state(realm, table)->inherited_checks, at->name);
    }
    const TableList children = realm_children(realm, table);
    vec_each(Table *const, at, &children) {
        if (!realm_inherit_checks(realm, *at, table)) {
            return false;
        }
    }
    return true;
}

static NameList *inherited_checks(const Realm *realm, const Table *table)
{
    return &realm_table_state(realm, table)->inherited_checks;
}

bool realm_is_inherited_check(const Realm *realm, const Table *table, Name name)
{
    vec_each(const Name, at, inherited_checks(realm, table)) {
        if (*at == name) {
            return true;
        }
    }
    return false;
}

bool realm_own_check(Realm *realm, const Table *table, Name name)
{
    NameList *names = inherited_checks(realm, table);
    for (size_t i = names->count; i > 0; i--) {
        if (names->items[i - 1] == name) {
            vec_take_out(names, i - 1);
        }
    }
    return true;
}

void realm_drop_inherited_check(Realm *realm, const Table *table, Name name)
{
    const TableList children = realm_children(realm, table);
    vec_each(Table *const, at, &children) {
        Opaque *check = find_check(realm, *at, name);
        if (check == NULL || !realm_is_inherited_check(realm, *at, name)) {
            continue;
        }
        realm_drop_inherited_check(realm, *at, name);
        realm_drop_opaque(realm, check);
        (void)realm_own_check(realm, *at, name);
    }
}

void realm_rename_inherited_check(Realm *realm, const Table *table, Name from, Name to)
{
    const TableList children = realm_children(realm, table);
    vec_each(Table *const, at, &children) {
        Opaque *check = find_check(realm, *at, from);
        if (check == NULL) {
            continue;
        }
        check->name = to;
        vec_each(Name, name, inherited_checks(realm, *at)) {
            *name = *name == from ? to : *name;
        }
        realm_rename_inherited_check(realm, *at, from, to);
    }
}

/* --- families -----------------------------------------------------------------------------------
 */

static bool is_above(Realm *realm, const Table *above, const Table *table)
{
    const RealmTable *state = realm_table_state(realm, table);
    for (size_t i = 0; i < state->parents.count; i++) {
        if (state->parents.items[i] == above || is_above(realm, above, state->parents.items[i])) {
            return true;
        }
    }
    return false;
}

bool realm_add_parent(Realm *realm, Table *table, Table *parent)
{
    if (table == parent || is_above(realm, table, parent)) {
        return realm_refuse(realm, "42P07", "circular inheritance not allowed");
    }
    vec_push(realm->arena, &realm_table_state(realm, table)->parents, parent);
    parent->has_children = true;
    realm_table_state(realm, table)->has_triggers |= realm_table_state(realm, parent)->has_triggers;
    return true;
}

static bool any_below(Realm *realm, const Table *table)
{
    bool any = realm_table_state(realm, table)->may_have_rows;
    const TableList children = realm_children(realm, table);
    for (size_t i = 0; !any && i < children.count; i++) {
        any = any_below(realm, children.items[i]);
    }
    return any;
}

/* Rows of a partitioned table are in one of its partitions. */
static bool any_above(const Realm *realm, const Table *table)
{
    const RealmTable *state = realm_table_state(realm, table);
    return state->may_have_rows ||
           (state->is_partition && any_above(realm, state->parents.items[0]));
}

bool realm_may_have_rows(Realm *realm, const Table *table)
{
    return any_above(realm, table) || any_below(realm, table);
}

/* Columns and checks that only came from there are its own from now on. */
bool realm_remove_parent(Realm *realm, Table *table, const Table *parent)
{
    RealmTable *state = realm_table_state(realm, table);
    for (size_t i = 0; i < state->parents.count; i++) {
        if (state->parents.items[i] != parent) {
            continue;
        }
        vec_take_out(&state->parents, i);
        vec_each(Column *const, at, &table->columns) {
            realm_own_column(realm, *at);
        }
        state->inherited_checks.count = 0;
        return state->parents.count == 0 ||
               realm_unknown(realm, "a table that goes on inheriting from another one");
    }
    return realm_refuse(realm, "42P01", "relation `%s` is not a parent of relation `%s`",
                        parent->name->text, table->name->text);
}

/* A table that is there becomes a child: its columns and checks must be those of the parent. */
bool realm_join_family(Realm *realm, Table *table, Table *parent)
{
    if (realm_table_state(realm, table)->parents.count > 0) {
        return realm_unknown(realm, "a table that inherits from several others");
    }
    vec_each(Column *const, at, &parent->columns) {
        const Column *column = same_column(table, *at);
        if (column == NULL) {
            return realm_refuse(realm, "42804", "child table is missing column `%s`",
                                (*at)->name->text);
        }
        if (!type_same(&column->type, &(*at)->type)) {
            return realm_refuse(realm, "42804",
                                "child table `%s` has different type for column `%s`",
                                table->name->text, column->name->text);
        }
        if ((*at)->not_null && !column->not_null) {
            return realm_refuse(realm, "42804",
                                "column `%s` in child table must be marked NOT NULL",
                                column->name->text);
        }
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == parent && is_handed_down(*at)) {
            if (find_check(realm, table, (*at)->name) == NULL) {
                return realm_refuse(realm, "42804", "child table is missing constraint `%s`",
                                    (*at)->name->text);
            }
        }
    }
    return realm_add_parent(realm, table, parent);
}
