/*
 * schemas.c - schemas dropped, with all that is in them, and renamed.
 *
 * Source: PostgreSQL manual, DROP SCHEMA, ALTER SCHEMA.
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

static bool is_used(const Realm *realm, Name schema)
{
    const Catalog *catalog = realm->catalog;
    bool used = false;
    vec_each(Table *const, at, &catalog->tables) {
        used |= (*at)->schema == schema;
    }
    vec_each(EnumType *const, at, &catalog->enums) {
        used |= (*at)->schema == schema;
    }
    vec_each(Opaque *const, at, &catalog->opaque) {
        used |= (*at)->schema == schema;
    }
    vec_each(RealmSequence *const, at, &realm->sequences) {
        used |= (*at)->sequence->schema == schema;
    }
    vec_each(Extension *const, at, &catalog->extensions) {
        used |= (*at)->schema == schema;
    }
    return used;
}

static bool drop_views_in(Realm *realm, Name schema)
{
    const OpaqueList *list = &realm->catalog->opaque;
    for (size_t i = 0; i < list->count;) {
        Relation *view =
            list->items[i]->schema == schema ? realm_view_of(realm, list->items[i]) : NULL;
        if (view == NULL) {
            i++;
            continue;
        }
        if (!realm_drop_view(realm, view, true)) {
            return false;
        }
        i = 0;
    }
    return true;
}

static bool drop_tables_in(Realm *realm, Name schema)
{
    TableList tables = {0};
    vec_each(Table *const, at, &realm->catalog->tables) {
        if ((*at)->schema == schema) {
            vec_push(realm->arena, &tables, *at);
        }
    }
    return realm_drop_tables(realm, tables.items, tables.count, true);
}

static bool drop_types_in(Realm *realm, Name schema)
{
    const EnumTypeList *enums = &realm->catalog->enums;
    for (size_t i = enums->count; i > 0; i--) {
        const EnumType *at = enums->items[i - 1];
        if (at->schema == schema &&
            !realm_drop_type(realm, realm_type(realm, schema, at->name), true)) {
            return false;
        }
    }
    return true;
}

static bool drop_sequences_in(Realm *realm, Name schema)
{
    for (size_t i = realm->sequences.count; i > 0; i--) {
        RealmSequence *at = realm->sequences.items[i - 1];
        if (at->sequence->schema == schema && !realm_drop_sequence(realm, at, true)) {
            return false;
        }
    }
    return true;
}

static bool drop_routines_in(Realm *realm, Name schema)
{
    for (size_t i = realm->routines.count; i > 0; i--) {
        RealmRoutine *at = realm->routines.items[i - 1];
        if (at->schema == schema && !realm_drop_routine(realm, at, true)) {
            return false;
        }
    }
    return true;
}

static bool drop_all_in(Realm *realm, Name schema)
{
    return (drop_views_in(realm, schema) && drop_tables_in(realm, schema) &&
            drop_routines_in(realm, schema) && drop_types_in(realm, schema) &&
            drop_sequences_in(realm, schema)) &&
           (!is_used(realm, schema) ||
            realm_unknown(realm, "a schema is dropped with all it holds"));
}

static void take_out(Realm *realm, Name name)
{
    Catalog *catalog = realm->catalog;
    for (size_t i = 0; i < catalog->schemas.count; i++) {
        if (catalog->schemas.items[i]->name == name) {
            vec_take_out(&catalog->schemas, i);
            break;
        }
    }
    map_remove(&catalog->schemas_by_name, name);
}

bool realm_drop_schema(Realm *realm, Name name, bool cascade)
{
    if (map_get(&realm->catalog->schemas_by_name, name) == NULL) {
        return realm_refuse(realm, "3F000", "schema `%s` does not exist", name->text);
    }
    if (is_used(realm, name) && !cascade) {
        return realm_refuse(realm, "2BP01",
                            "cannot drop schema %s because other objects depend on it", name->text);
    }
    if (!drop_all_in(realm, name)) {
        return false;
    }
    take_out(realm, name);
    return true;
}

bool realm_rename_schema(Realm *realm, Name from, Name to)
{
    if (map_get(&realm->catalog->schemas_by_name, from) == NULL) {
        return realm_refuse(realm, "3F000", "schema `%s` does not exist", from->text);
    }
    if (is_used(realm, from)) {
        return realm_unknown(realm, "a schema is renamed that holds something");
    }
    if (!realm_add_schema(realm, to)) {
        return false;
    }
    take_out(realm, from);
    return true;
}
