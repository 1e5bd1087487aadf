/*
 * keys.c - primary keys, indexes and foreign keys made.
 *
 * Source: PostgreSQL manual, CREATE TABLE, CREATE INDEX, "Constraints", "Dependency Tracking".
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

/* --- made ---------------------------------------------------------------------------------------
 */

bool realm_constraint_is_free(Realm *realm, const Table *table, Name name)
{
    return !realm_has_constraint(realm, table, name) ||
           realm_refuse(realm, "42710", "constraint `%s` for relation `%s` already exists",
                        name->text, table->name->text);
}

bool realm_covers_partitions(Realm *realm, const Table *table, const ColumnList *columns,
                             const char *what)
{
    const RealmTable *state = realm_table_state(realm, table);
    if (!table->is_partitioned) {
        return true;
    }
    if (state->has_expression_key) {
        return realm_refuse(realm, "0A000",
                            "unsupported %s constraint with partition key definition", what);
    }
    vec_each(Column *const, at, &state->partition_key) {
        if (!column_in_list(*at, columns->items, columns->count)) {
            return realm_refuse(realm, "0A000",
                                "unique constraint on partitioned table must include all "
                                "partitioning columns");
        }
    }
    return true;
}

static bool covers_partitions(Realm *realm, const Index *index)
{
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(realm->arena, &columns, part->column);
    }
    return index->kind != INDEX_UNIQUE ||
           realm_covers_partitions(realm, index->table, &columns, "UNIQUE");
}

PrimaryKey *realm_add_primary_key(Realm *realm, Table *table, Name name, const ColumnList *columns)
{
    if (table->primary_key != NULL) {
        realm_refuse(realm, "42P16", "multiple primary keys for table `%s` are not allowed",
                     table->name->text);
        return NULL;
    }
    vec_each(Column *const, at, columns) {
        if (!realm_may_be_key(realm, *at) || !realm_compares(realm, &(*at)->type)) {
            return NULL;
        }
    }
    if (!realm_covers_partitions(realm, table, columns, "PRIMARY KEY")) {
        return NULL;
    }
    const Name taken =
        name != NULL ? name : realm_name_relation(realm, table->schema, table->name, NULL, "pkey");
    const Relation relation = {
        .kind = RELATION_INDEX, .schema = table->schema, .name = taken, .table = table};
    Relation *index = NULL;
    if (!realm_constraint_is_free(realm, table, taken) ||
        !realm_take_relation(realm, &relation, &index)) {
        return NULL;
    }
    PrimaryKey *key = table_set_primary_key(realm->catalog, table, taken, realm_origin(realm));
    index->key = key;
    vec_each(Column *const, at, columns) {
        vec_push(realm->arena, &key->columns, *at);
        realm_set_not_null(realm, *at);
    }
    return key;
}

bool realm_add_index(Realm *realm, Index *index, Name name)
{
    Table *table = index->table;
    const Relation relation = {.kind = RELATION_INDEX,
                               .schema = table->schema,
                               .name = name,
                               .table = table,
                               .index = index};
    if (!covers_partitions(realm, index) ||
        (index->is_constraint && !realm_constraint_is_free(realm, table, name)) ||
        !realm_take_relation(realm, &relation, NULL)) {
        return false;
    }
    index->name = name;
    index->origin = realm_origin(realm);
    vec_push(realm->arena, &table->indexes, index);
    return true;
}

/* --- foreign keys -------------------------------------------------------------------------------
 */

/* Equal sets, in whatever order. */
static bool is_over(const Index *index, const ColumnList *columns)
{
    if (index->kind != INDEX_UNIQUE || index->predicate != NULL || index->deferrable ||
        index->parts.count != columns->count) {
        return false;
    }
    vec_each(const IndexPart, part, &index->parts) {
        if (!column_in_list(part->column, columns->items, columns->count)) {
            return false;
        }
    }
    return true;
}

static bool key_is_over(const PrimaryKey *key, const ColumnList *columns)
{
    if (key == NULL || key->deferrable || key->columns.count != columns->count) {
        return false;
    }
    vec_each(Column *const, at, &key->columns) {
        if (!column_in_list(*at, columns->items, columns->count)) {
            return false;
        }
    }
    return true;
}

/* One that would do if it did not wait. */
static bool has_waiting_support(const Table *table, const ColumnList *columns)
{
    bool found = false;
    if (table->primary_key != NULL && table->primary_key->deferrable) {
        PrimaryKey key = *table->primary_key;
        key.deferrable = false;
        found = key_is_over(&key, columns);
    }
    vec_each(Index *const, at, &table->indexes) {
        Index index = **at;
        index.deferrable = false;
        found |= (*at)->deferrable && is_over(&index, columns);
    }
    return found;
}

/* The oldest that fits. */
static Name find_support(const Table *table, const ColumnList *columns)
{
    const PrimaryKey *key = table->primary_key;
    Name best = NULL;
    uint32_t age = UINT32_MAX;
    if (key_is_over(key, columns)) {
        best = key->name;
        age = key->origin.oid;
    }
    vec_each(Index *const, at, &table->indexes) {
        if (is_over(*at, columns) && (*at)->origin.oid < age) {
            best = (*at)->name;
            age = (*at)->origin.oid;
        }
    }
    return best;
}

static bool take_key_columns(Realm *realm, ForeignKey *key)
{
    const PrimaryKey *target = key->referenced->primary_key;
    if (key->referenced_columns.count > 0) {
        return true;
    }
    if (target == NULL) {
        return realm_refuse(realm, "42704", "there is no primary key for referenced table `%s`",
                            key->referenced->name->text);
    }
    vec_each(Column *const, at, &target->columns) {
        vec_push(realm->arena, &key->referenced_columns, *at);
    }
    return true;
}

bool realm_add_foreign_key(Realm *realm, ForeignKey *key)
{
    Table *table = key->table;
    if (!take_key_columns(realm, key)) {
        return false;
    }
    if (key->columns.count != key->referenced_columns.count) {
        return realm_refuse(
            realm, "42830",
            "number of referencing and referenced columns for foreign key disagree");
    }
    key->rests_on = find_support(key->referenced, &key->referenced_columns);
    if (key->rests_on == NULL && has_waiting_support(key->referenced, &key->referenced_columns)) {
        return realm_refuse(realm, "55000",
                            "cannot use a deferrable unique constraint for referenced table `%s`",
                            key->referenced->name->text);
    }
    if (key->rests_on == NULL) {
        return realm_refuse(
            realm, "42830",
            "there is no unique constraint matching given keys for referenced table `%s`",
            key->referenced->name->text);
    }
    if (key->name == NULL) {
        NameList columns = {0};
        vec_each(Column *const, at, &key->columns) {
            vec_push(realm->arena, &columns, (*at)->name);
        }
        key->name =
            realm_name_constraint(realm, table, table->name, realm_joined(realm, &columns), "fkey");
    }
    if (!realm_columns_compare(realm, key) || !realm_constraint_is_free(realm, table, key->name)) {
        return false;
    }
    key->origin = realm_origin(realm);
    vec_push(realm->arena, &table->foreign_keys, key);
    return true;
}
