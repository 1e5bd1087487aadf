/*
 * not_nulls.c - constraints that keep nulls out, which have names from PostgreSQL 18 on.
 *
 * In: a realm behind a statement. Out: every column that is NOT NULL has its constraint's name: the
 * one it kept, or the one the server would give, numbered where another constraint of the schema
 * has it. A rename of the table or the column leaves it, so it is told where it is not what a dump
 * would make of both. Older servers have none, and nothing is done for them.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/world/realm_internal.h"

enum { NAMED_SINCE = 180000 };

static bool are_named(const Realm *realm)
{
    return realm->catalog->server_version >= NAMED_SINCE;
}

static Name name_of(const Realm *realm, const Column *column)
{
    return object_map_get(&realm->not_null_names, column);
}

/* Columns and tables that went are still in the maps. */
static bool is_there(const Realm *realm, const Column *column, Name schema)
{
    const Table *table = column->table;
    return table->schema == schema &&
           catalog_find_table(realm->catalog, schema, table->name) == table &&
           column->position < table->columns.count &&
           table->columns.items[column->position] == column;
}

bool realm_is_not_null_name(const Realm *realm, Name schema, Name name)
{
    const Column *column = map_get2(&realm->not_nulls, schema, name);
    return column != NULL && name_of(realm, column) == name && is_there(realm, column, schema);
}

Column *realm_not_null_named(const Realm *realm, const Table *table, Name name)
{
    vec_each(Column *const, at, &table->columns) {
        if (name_of(realm, *at) == name) {
            return *at;
        }
    }
    return NULL;
}

void realm_name_not_null(Realm *realm, Column *column, Name name)
{
    if (are_named(realm) && name != NULL) {
        object_map_put(realm->arena, &realm->not_null_names, column, (void *)(uintptr_t)name);
        map_put2(realm->arena, &realm->not_nulls, column->table->schema, name, column);
    }
}

void realm_copy_not_null(Realm *realm, Column *column, const Column *from)
{
    if (from->not_null) {
        realm_name_not_null(realm, column, name_of(realm, from));
    }
}

void realm_move_not_nulls(Realm *realm, const Table *table)
{
    vec_each(Column *const, at, &table->columns) {
        realm_name_not_null(realm, *at, name_of(realm, *at));
    }
}

void realm_name_not_nulls(Realm *realm)
{
    if (!are_named(realm)) {
        return;
    }
    vec_each(Table *const, table, &realm->catalog->tables) {
        vec_each(Column *const, at, &(*table)->columns) {
            if (!(*at)->not_null) {
                object_map_remove(&realm->not_null_names, *at);
            } else if (name_of(realm, *at) == NULL) {
                realm_name_not_null(
                    realm, *at,
                    realm_name_constraint(realm, *table, (*table)->name, (*at)->name, "not_null"));
            }
        }
    }
}

/* What a dump leaves out. */
static bool is_usual(const Column *column, Name name)
{
    const Name table = column->table->name, own = column->name;
    static const char label[] = "_not_null";
    return name->len == table->len + 1 + own->len + sizeof label - 1 &&
           memcmp(name->text, table->text, table->len) == 0 && name->text[table->len] == '_' &&
           memcmp(name->text + table->len + 1, own->text, own->len) == 0 &&
           strcmp(name->text + table->len + 1 + own->len, label) == 0;
}

void realm_tell_not_nulls(Realm *realm, Table *table)
{
    vec_each(Column *const, at, &table->columns) {
        const Name name = name_of(realm, *at);
        if (name == NULL || is_usual(*at, name)) {
            continue;
        }
        StrBuf out = strbuf_new(STRBUF_MAX);
        strbuf_add(&out, "NOT NULL ");
        canon_ident(&out, (*at)->name);
        const Name definition = intern(realm->names, strbuf_text(&out), out.len);
        strbuf_dispose(&out);
        (void)realm_add_opaque(realm, OPAQUE_NOT_NULL, table, table->schema, name, definition);
    }
}
