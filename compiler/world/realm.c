/*
 * realm.c - the names of a realm: who has which, and what is said where one is taken or missing.
 */
#include "base/common.h"

#include "compiler/world/realm.h"

#include <stdarg.h>
#include <string.h>

Realm *realm_new(Names *names, Name default_schema, int server_version)
{
    Catalog *catalog = catalog_new(names, default_schema);
    Realm *realm = arena_make(catalog->arena, Realm);
    *realm = (Realm){.catalog = catalog, .arena = catalog->arena, .names = names};
    catalog->server_version = server_version;
    catalog->manages_partial_indexes = true;
    catalog->manages_all = true;
    catalog->as_written = true;
    (void)catalog_add_schema(catalog, intern_cstr(names, "public"), realm_origin(realm));
    (void)catalog_add_schema(catalog, default_schema, realm_origin(realm));
    realm->temporary = intern_cstr(names, "pg_temp");
    vec_push(realm->arena, &realm->path, default_schema);
    return realm;
}

/* --- faults -------------------------------------------------------------------------------------
 */

bool realm_refuse(Realm *realm, const char *sqlstate, const char *format, ...)
{
    va_list args;
    char *server_words = arena_strdup(realm->arena, format);
    for (char *at = strchr(server_words, '`'); at != NULL; at = strchr(at, '`')) {
        *at = '"'; /* in which the server's messages set names */
    }
    va_start(args, format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the checked format, with other marks */
    realm->fault = (RealmFault){sqlstate, arena_vprintf(realm->arena, server_words, args)};
#pragma GCC diagnostic pop
    va_end(args);
    return false;
}

bool realm_unknown(Realm *realm, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    realm->fault = (RealmFault){NULL, arena_vprintf(realm->arena, format, args)};
    va_end(args);
    return false;
}

bool realm_since(Realm *realm, int version, const char *what)
{
    const int own = realm->catalog->server_version;
    return own == 0 || own >= version ||
           realm_unknown(realm, "%s, which servers have from %d on", what, version / 10000);
}

bool realm_has_common_path(const Realm *realm)
{
    const NameList *path = &realm->path;
    return path->count == 0 ||
           (path->count == 1 && path->items[0] == realm->catalog->default_schema);
}

void realm_goes_beyond(Realm *realm, const char *why)
{
    realm->beyond_why = realm->is_beyond ? realm->beyond_why : why;
    realm->is_beyond = true;
}

Origin realm_origin(Realm *realm)
{
    realm->clock++;
    return origin_catalog(realm->clock);
}

/* --- looking up ---------------------------------------------------------------------------------
 */

static void *find(const Realm *realm, const Map *map, Name schema, Name name)
{
    if (name == NULL) {
        return NULL; /* which no object is called */
    }
    if (schema != NULL) {
        return map_get2(map, schema, name);
    }
    void *temporary = map_get2(map, realm->temporary, name);
    if (temporary != NULL) {
        return temporary;
    }
    vec_each(const Name, at, &realm->path) {
        void *found = map_get2(map, *at, name);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

Relation *realm_relation(const Realm *realm, Name schema, Name name)
{
    return find(realm, &realm->relations, schema, name);
}

RealmType *realm_type(const Realm *realm, Name schema, Name name)
{
    return find(realm, &realm->types, schema, name);
}

bool realm_is_server_schema(Name schema)
{
    return schema != NULL && (name_is(schema, "pg_catalog") ||
                              name_is(schema, "information_schema") || name_is(schema, "pg_toast"));
}

bool realm_has_schema(Realm *realm, Name schema)
{
    return schema == NULL || realm_is_server_schema(schema) || schema == realm->temporary ||
           map_get(&realm->catalog->schemas_by_name, schema) != NULL ||
           realm_refuse(realm, "3F000", "schema `%s` does not exist", schema->text);
}

static bool fits(Name name, const char *pattern)
{
    const size_t len = strlen(pattern);
    return pattern[len - 1] == '*' ? strncmp(name->text, pattern, len - 1) == 0
                                   : name_is(name, pattern);
}

/* May the extension have brought a function of that name? */
static bool may_bring(const Extension *extension, Name name)
{
    static const struct {
        const char *extension, *name;
    } rows[] = {
#define EXTENSION_ROUTINE(extension, name) {extension, name},
#include "compiler/world/extension_routines.def"
#undef EXTENSION_ROUTINE
    };
    bool is_known = name_is(extension->name, "plpgsql");
    for (size_t i = 0; i < lengthof(rows); i++) {
        const bool is_its = name_is(extension->name, rows[i].extension);
        if (is_its && fits(name, rows[i].name)) {
            return true;
        }
        is_known |= is_its;
    }
    return !is_known;
}

static bool may_be_extensions(const Realm *realm, RealmMissing kind, Name name)
{
    if (kind == MISSING_RELATION) {
        return realm->has_unknown_extension || realm_has_extension(realm, "pg_stat_statements");
    }
    bool may = kind != MISSING_ROUTINE && realm->catalog->extensions.count > 0;
    for (size_t i = 0; kind == MISSING_ROUTINE && i < realm->catalog->extensions.count; i++) {
        may |= name == NULL || may_bring(realm->catalog->extensions.items[i], name);
    }
    return may;
}

bool realm_missing(Realm *realm, RealmMissing kind, Name schema, Name name, const char *what)
{
    static const char *const states[] = {
        [MISSING_RELATION] = "42P01", [MISSING_TYPE] = "42704", [MISSING_ROUTINE] = "42883"};
    const char *text = name == NULL ? "" : name->text;
    if (realm_is_server_schema(schema) || (schema == NULL && strncmp(text, "pg_", 3) == 0)) {
        return realm_unknown(realm, "%s `%s`, which may be the server's own", what, text);
    }
    if (!realm_has_schema(realm, schema)) {
        return false;
    }
    if (may_be_extensions(realm, kind, name)) {
        return realm_unknown(realm, "%s `%s`, which may be an extension's", what, text);
    }
    return realm_refuse(realm, states[kind], "%s `%s%s%s` does not exist", what,
                        schema == NULL ? "" : schema->text, schema == NULL ? "" : ".", text);
}

bool realm_missing_to_read(Realm *realm, Name schema, Name name)
{
    (void)realm_missing(realm, MISSING_RELATION, schema, name, "relation");
    if (realm->fault.sqlstate != NULL && schema != NULL) {
        (void)realm_refuse(realm, "42P01", "relation `%s.%s` does not exist", schema->text,
                           name->text);
    }
    return false;
}

Table *realm_table(Realm *realm, Name schema, Name name)
{
    const Relation *relation = realm_relation(realm, schema, name);
    if (relation == NULL) {
        realm_missing(realm, MISSING_RELATION, schema, name, "relation");
        return NULL;
    }
    if (relation->kind == RELATION_TEMPORARY) {
        realm_unknown(realm, "a temporary table made of a query");
        return NULL;
    }
    if (relation->kind == RELATION_FOREIGN) {
        realm_unknown(realm, "what is done to a foreign table");
        return NULL;
    }
    if (relation->kind != RELATION_TABLE) {
        realm_refuse(realm, "42809", "`%s` is not a table", name->text);
        return NULL;
    }
    return relation->table;
}

RealmTable *realm_table_state(const Realm *realm, const Table *table)
{
    return map_get2(&realm->tables, table->schema, table->name);
}

Column *realm_column(Realm *realm, const Table *table, Name name)
{
    Column *column = table_find_column(table, name);
    if (column == NULL) {
        realm_refuse(realm, "42703", "column `%s` of relation `%s` does not exist", name->text,
                     table->name->text);
    }
    return column;
}

Name realm_creation_schema(Realm *realm, Name schema)
{
    const Map *schemas = &realm->catalog->schemas_by_name;
    if (schema != NULL) {
        if (map_get(schemas, schema) == NULL) {
            realm_refuse(realm, "3F000", "schema `%s` does not exist", schema->text);
            return NULL;
        }
        return schema;
    }
    vec_each(Name, at, &realm->path) {
        if (map_get(schemas, *at) != NULL) {
            return *at;
        }
    }
    realm_refuse(realm, "3F000", "no schema has been selected to create in");
    return NULL;
}

/* --- taking and freeing -------------------------------------------------------------------------
 */

static bool has_unknown_rights(Realm *realm, const Relation *relation)
{
    const RelationKind kind = relation->kind;
    const bool is_table = kind == RELATION_TABLE || kind == RELATION_VIEW ||
                          kind == RELATION_MATERIALIZED_VIEW || kind == RELATION_FOREIGN;
    return relation->schema != realm->temporary &&
           ((is_table && realm->unknown_rights.tables) ||
            (kind == RELATION_SEQUENCE && realm->unknown_rights.sequences));
}

bool realm_take_relation(Realm *realm, const Relation *relation, Relation **ret_relation)
{
    if (has_unknown_rights(realm, relation)) {
        return realm_unknown(realm, "what is made after ALTER DEFAULT PRIVILEGES");
    }
    if (map_get2(&realm->relations, relation->schema, relation->name) != NULL) {
        return realm_refuse(realm, "42P07", "relation `%s` already exists", relation->name->text);
    }
    Relation *taken = arena_make(realm->arena, Relation);
    *taken = *relation;
    map_put2(realm->arena, &realm->relations, taken->schema, taken->name, taken);
    if (ret_relation != NULL) {
        *ret_relation = taken;
    }
    return true;
}

void realm_free_relation(Realm *realm, Name schema, Name name)
{
    map_remove2(&realm->relations, schema, name);
}

bool realm_take_type(Realm *realm, const RealmType *type, RealmType **ret_type)
{
    if (realm->unknown_rights.types && type->kind != REALM_ROW) {
        return realm_unknown(realm, "a type made after ALTER DEFAULT PRIVILEGES");
    }
    if (map_get2(&realm->types, type->schema, type->name) != NULL) {
        return realm_refuse(realm, "42710", "type `%s` already exists", type->name->text);
    }
    RealmType *taken = arena_make(realm->arena, RealmType);
    *taken = *type;
    map_put2(realm->arena, &realm->types, taken->schema, taken->name, taken);
    if (ret_type != NULL) {
        *ret_type = taken;
    }
    return true;
}

/* --- schemas and extensions ---------------------------------------------------------------------
 */

bool realm_add_schema(Realm *realm, Name name)
{
    if (map_get(&realm->catalog->schemas_by_name, name) != NULL) {
        return realm_refuse(realm, "42P06", "schema `%s` already exists", name->text);
    }
    if (strncmp(name->text, "pg_", 3) == 0) {
        return realm_refuse(realm, "42939", "unacceptable schema name `%s`", name->text);
    }
    (void)catalog_add_schema(realm->catalog, name, realm_origin(realm));
    return true;
}

static const Extension *find_extension(const Realm *realm, const char *name)
{
    vec_each(Extension *const, at, &realm->catalog->extensions) {
        if (name_is((*at)->name, name)) {
            return *at;
        }
    }
    return NULL;
}

bool realm_has_extension(const Realm *realm, const char *name)
{
    return find_extension(realm, name) != NULL;
}

/* All of whose types are rows of server_types.def, or that have none; no trigger and no function of
 * theirs runs unasked. */
static bool is_known_extension(Name name)
{
    static const char *const known[] = {
        "citext",     "vector",   "hstore",        "ltree",    "cube",      "seg",
        "lo",         "intarray", "isn",           "pg_trgm",  "btree_gin", "btree_gist",
        "uuid-ossp",  "pgcrypto", "fuzzystrmatch", "unaccent", "tablefunc", "pg_stat_statements",
        "pgstattuple"};
    for (size_t i = 0; i < lengthof(known); i++) {
        if (name_is(name, known[i])) {
            return true;
        }
    }
    return false;
}

bool realm_add_extension(Realm *realm, Name name, Name schema)
{
    if (find_extension(realm, name->text) != NULL) {
        return realm_refuse(realm, "42710", "extension `%s` already exists", name->text);
    }
    Extension *extension = arena_make(realm->arena, Extension);
    *extension = (Extension){
        .name = name, .schema = schema, .relocatable = true, .origin = realm_origin(realm)};
    vec_push(realm->arena, &realm->catalog->extensions, extension);
    realm->has_unknown_extension |= !is_known_extension(name);
    return true;
}

bool realm_drop_extension(Realm *realm, Name name, bool cascade)
{
    Catalog *catalog = realm->catalog;
    if (name_is(name, "plpgsql")) {
        return realm_unknown(realm, "the extension that comes with each server is dropped");
    }
    if (find_extension(realm, name->text) == NULL) {
        return realm_refuse(realm, "42704", "extension `%s` does not exist", name->text);
    }
    vec_each(Table *const, at, &catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            const TypeId id = (*column)->type.id;
            if (id == TYPE_OTHER || id == TYPE_CITEXT || cascade) {
                return realm_unknown(realm, "an extension is dropped that columns may use");
            }
        }
    }
    for (size_t i = 0; i < catalog->extensions.count; i++) {
        if (catalog->extensions.items[i]->name == name) {
            memmove(catalog->extensions.items + i, catalog->extensions.items + i + 1,
                    (catalog->extensions.count - i - 1) * sizeof(Extension *));
            catalog->extensions.count--;
            break;
        }
    }
    return true;
}
