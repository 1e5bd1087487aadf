/*
 * constraint_changes.c - keys, indexes and constraints dropped and renamed, with what rests on
 * them.
 *
 * Source: PostgreSQL manual, ALTER TABLE, DROP INDEX, "Dependency Tracking".
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

/* --- dropped ------------------------------------------------------------------------------------
 */

static void drop_note(Realm *realm, const Table *table, Name part)
{
    OpaqueList *list = &realm->catalog->opaque;
    for (size_t i = list->count; i > 0; i--) {
        const Opaque *at = list->items[i - 1];
        if (at->table == table && at->part == part && at->kind == OPAQUE_PARTIAL_INDEX) {
            vec_take_out(list, i - 1);
        }
    }
}

void realm_remove_index(Realm *realm, Index *index)
{
    Table *table = index->table;
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (table->indexes.items[i] == index) {
            vec_take_out(&table->indexes, i);
            break;
        }
    }
    drop_note(realm, table, index->name);
    realm_drop_parts(realm, map_get2(&realm->relations, table->schema, index->name));
    realm_free_relation(realm, table->schema, index->name);
}

void realm_remove_primary_key(Realm *realm, Table *table)
{
    drop_note(realm, table, table->primary_key->name);
    realm_drop_parts(realm, map_get2(&realm->relations, table->schema, table->primary_key->name));
    realm_free_relation(realm, table->schema, table->primary_key->name);
    table->primary_key = NULL;
}

bool realm_release(Realm *realm, const Table *table, Name index, bool cascade, const char *what)
{
    ForeignKey *key = realm_first_reference(realm, table, index, NULL);
    if (key != NULL && !cascade) {
        return realm_refuse(realm, "2BP01", "cannot drop %s %s because other objects depend on it",
                            what, index->text);
    }
    while (key != NULL) {
        realm_remove_foreign_key(key);
        key = realm_first_reference(realm, table, index, NULL);
    }
    return true;
}

static bool is_keyed(const Realm *realm, const Table *table)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        vec_each(Table *const, keyed, &(*at)->keyed) {
            if (*keyed == table) {
                return true;
            }
        }
    }
    return false;
}

static bool drop_primary_key(Realm *realm, Table *table, bool cascade)
{
    if (is_keyed(realm, table)) {
        return realm_unknown(realm, "a primary key is dropped that a view uses");
    }
    if (!realm_release(realm, table, table->primary_key->name, cascade, "constraint")) {
        return false;
    }
    realm_remove_primary_key(realm, table);
    return true;
}

static Index *find_index(const Table *table, Name name)
{
    vec_each(Index *const, at, &table->indexes) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static ForeignKey *find_foreign_key(const Table *table, Name name)
{
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static Opaque *find_opaque(const Realm *realm, const Table *table, Name name)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const bool is_constraint = (*at)->kind == OPAQUE_CHECK || (*at)->kind == OPAQUE_EXCLUSION;
        if (is_constraint && (*at)->table == table && (*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static bool is_part(const Realm *realm, const Table *table, Name name)
{
    const Relation *index = map_get2(&realm->relations, table->schema, name);
    return index != NULL && index->kind == RELATION_INDEX && index->part_of != NULL;
}

/* The copies that partitions have of it. */
static void drop_key_below(Realm *realm, const Table *table, Name name)
{
    const TableList children = realm_children(realm, table);
    for (size_t i = 0; table->is_partitioned && i < children.count; i++) {
        ForeignKey *key = find_foreign_key(children.items[i], name);
        drop_key_below(realm, children.items[i], name);
        if (key != NULL) {
            realm_remove_foreign_key(key);
        }
    }
}

bool realm_drop_constraint(Realm *realm, Table *table, Name name, bool cascade, bool missing_ok)
{
    Index *index = find_index(table, name);
    ForeignKey *key = find_foreign_key(table, name);
    Opaque *opaque = find_opaque(realm, table, name);
    Column *kept = realm_not_null_named(realm, table, name);
    if (is_part(realm, table, name) || realm_is_inherited_check(realm, table, name) ||
        (key != NULL && realm_is_partition(realm, table))) {
        return realm_refuse(realm, "42P16",
                            "cannot drop inherited constraint `%s` of relation `%s`", name->text,
                            table->name->text);
    }
    if (table->primary_key != NULL && table->primary_key->name == name) {
        return drop_primary_key(realm, table, cascade);
    }
    if (index != NULL && index->is_constraint) {
        if (!realm_release(realm, table, name, cascade, "constraint")) {
            return false;
        }
        realm_remove_index(realm, index);
    } else if (key != NULL) {
        drop_note(realm, table, name);
        drop_key_below(realm, table, name);
        realm_remove_foreign_key(key);
    } else if (opaque != NULL) {
        realm_drop_inherited_check(realm, table, name);
        realm_drop_opaque(realm, opaque);
    } else if (kept != NULL) {
        return realm_drop_not_null(realm, kept);
    } else if (!missing_ok) {
        return realm_refuse(realm, "42704", "constraint `%s` of relation `%s` does not exist",
                            name->text, table->name->text);
    }
    return true;
}

bool realm_drop_index(Realm *realm, Relation *relation, bool cascade)
{
    const bool is_constraint =
        relation->key != NULL || (relation->index != NULL && relation->index->is_constraint) ||
        (relation->opaque != NULL && relation->opaque->kind == OPAQUE_EXCLUSION);
    if (is_constraint) {
        return realm_refuse(
            realm, "2BP01", "cannot drop index %s because constraint %s on table %s requires it",
            relation->name->text, relation->name->text, relation->table->name->text);
    }
    if (relation->part_of != NULL) {
        return realm_refuse(realm, "2BP01", "cannot drop index %s because index %s requires it",
                            relation->name->text, relation->part_of->name->text);
    }
    if (relation->opaque != NULL) {
        realm_drop_parts(realm, relation);
        realm_drop_opaque(realm, relation->opaque);
        return true;
    }
    if (!realm_release(realm, relation->table, relation->name, cascade, "index")) {
        return false;
    }
    realm_remove_index(realm, relation->index);
    return true;
}

/* --- renamed ------------------------------------------------------------------------------------
 */

static void rename_rests_on(Realm *realm, const Table *table, Name from, Name to)
{
    for (ForeignKey *key = realm_first_reference(realm, table, from, NULL); key != NULL;
         key = realm_first_reference(realm, table, from, NULL)) {
        key->rests_on = to;
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == table && (*at)->part == from) {
            (*at)->part = to;
            (*at)->name = (*at)->name == from ? to : (*at)->name;
        }
    }
}

bool realm_rename_index(Realm *realm, Relation *relation, Name name)
{
    Relation renamed = *relation;
    const Name from = relation->name;
    renamed.name = name;
    const bool constraint =
        relation->key != NULL || (relation->index != NULL && relation->index->is_constraint);
    if ((constraint && !realm_constraint_is_free(realm, relation->table, name)) ||
        !realm_take_relation(realm, &renamed, NULL)) {
        return false;
    }
    realm_free_relation(realm, relation->schema, from);
    if (relation->over != NULL) {
        realm_forget_view_index(relation);
        vec_push(realm->arena, &relation->over->indexes, name);
        return true;
    }
    if (relation->key != NULL) {
        relation->key->name = name;
    } else if (relation->index != NULL) {
        relation->index->name = name;
    } else {
        relation->opaque->name = name;
        relation->opaque->definition =
            realm_text_renamed(realm, relation->opaque->definition, from, name);
    }
    rename_rests_on(realm, relation->table, from, name);
    return true;
}

bool realm_rename_constraint(Realm *realm, Table *table, Name from, Name to)
{
    ForeignKey *key = find_foreign_key(table, from);
    Opaque *opaque = find_opaque(realm, table, from);
    const Index *index = find_index(table, from);
    const bool is_key = table->primary_key != NULL && table->primary_key->name == from;
    if (is_key || (index != NULL && index->is_constraint) ||
        (opaque != NULL && opaque->kind == OPAQUE_EXCLUSION)) {
        return realm_rename_index(realm, realm_relation(realm, table->schema, from), to);
    }
    Column *kept = realm_not_null_named(realm, table, from);
    if (key == NULL && opaque == NULL && kept == NULL) {
        return realm_refuse(realm, "42704", "constraint `%s` for table `%s` does not exist",
                            from->text, table->name->text);
    }
    if (!realm_constraint_is_free(realm, table, to)) {
        return false;
    }
    if (key != NULL && table->is_partitioned) {
        return realm_unknown(realm, "a foreign key of a partitioned table is renamed");
    }
    if (key != NULL) {
        key->name = to;
    } else if (opaque == NULL) {
        realm_name_not_null(realm, kept, to);
    } else {
        opaque->name = to;
        realm_rename_inherited_check(realm, table, from, to);
    }
    return true;
}
