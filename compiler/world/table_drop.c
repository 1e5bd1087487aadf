/*
 * table_drop.c - tables and columns dropped, with what the server drops with them.
 *
 * Source: PostgreSQL manual, DROP TABLE, ALTER TABLE, "Dependency Tracking".
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

/* --- what rests on what -------------------------------------------------------------------------
 */

bool index_uses(const Index *index, const Column *column)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == column) {
            return true;
        }
    }
    return column_in_list(column, index->include.items, index->include.count) ||
           column_in_list(column, index->predicate_columns.items, index->predicate_columns.count);
}

ForeignKey *realm_first_reference(const Realm *realm, const Table *table, Name rests_on,
                                  const Table *but)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(ForeignKey *const, key, &(*at)->foreign_keys) {
            if ((*key)->referenced == table && *at != but &&
                (rests_on == NULL || (*key)->rests_on == rests_on)) {
                return *key;
            }
        }
    }
    return NULL;
}

void realm_remove_foreign_key(ForeignKey *key)
{
    ForeignKeyList *list = &key->table->foreign_keys;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == key) {
            vec_take_out(list, i);
            return;
        }
    }
}

/* Out of every list of opaque objects: nothing points to what is gone. */
static void forget_table(Realm *realm, const Table *table)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        for (size_t i = (*at)->tables.count; i > 0; i--) {
            if ((*at)->tables.items[i - 1] == table) {
                vec_take_out(&(*at)->tables, i - 1);
            }
        }
        for (size_t i = (*at)->columns.count; i > 0; i--) {
            if ((*at)->columns.items[i - 1]->table == table) {
                vec_take_out(&(*at)->columns, i - 1);
            }
        }
    }
}

static bool is_among(const Table *table, Table *const *tables, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (tables[i] == table) {
            return true;
        }
    }
    return false;
}

/* Views, functions and the like of others that use the table. */
static Opaque *first_user(const Realm *realm, const Table *table, Table *const *going, size_t count)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const bool goes_along = (*at)->table != NULL && is_among((*at)->table, going, count);
        if (!goes_along && opaque_uses_table(*at, table) &&
            opaque_on_drop((*at)->kind) == DROP_REFUSES) {
            return *at;
        }
    }
    return NULL;
}

bool realm_has_row_users(const Realm *realm, Name name, const Table *but)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            if ((*column)->type.id == TYPE_OTHER && *at != but &&
                realm_text_names((*column)->type.raw, name)) {
                return true;
            }
        }
    }
    return false;
}

/* --- dropped ------------------------------------------------------------------------------------
 */

static bool takes_from(const Table *table, const Sequence *sequence, const Column *but)
{
    bool takes = false;
    vec_each(Column *const, at, &table->columns) {
        takes |=
            *at != but && (*at)->dflt.kind == DEFAULT_SEQUENCE && (*at)->dflt.sequence == sequence;
    }
    return takes;
}

/* Does another column, of a table that stays, take its values from a sequence of this one's? */
static bool lends_sequence(const Realm *realm, const Column *column, Table *const *going,
                           size_t count)
{
    bool lends = false;
    vec_each(RealmSequence *const, sequence, &realm->sequences) {
        if ((*sequence)->owner != column) {
            continue;
        }
        vec_each(Table *const, at, &realm->catalog->tables) {
            lends |= !is_among(*at, going, count) && takes_from(*at, (*sequence)->sequence, column);
        }
    }
    return lends;
}

static bool may_drop(Realm *realm, const Table *table, Table *const *going, size_t count,
                     bool cascade)
{
    const Opaque *user = first_user(realm, table, going, count);
    if (realm_has_row_users(realm, table->name, table)) {
        return realm_unknown(realm, "a table is dropped whose row type may be in use");
    }
    if (user != NULL && cascade && !opaque_is_view(user) && user->kind != OPAQUE_POLICY &&
        user->kind != OPAQUE_TRIGGER) {
        return realm_unknown(realm, "a table is dropped that a %s uses", opaque_name(user->kind));
    }
    bool referenced = false;
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(ForeignKey *const, key, &(*at)->foreign_keys) {
            referenced |= (*key)->referenced == table && !is_among(*at, going, count);
        }
    }
    vec_each(Column *const, at, &table->columns) {
        referenced |= lends_sequence(realm, *at, going, count);
    }
    if ((user != NULL || referenced) && !cascade) {
        return realm_refuse(realm, "2BP01",
                            "cannot drop table %s because other objects depend on it",
                            table->name->text);
    }
    return true;
}

static void remove_references(Realm *realm, const Table *table)
{
    for (ForeignKey *key = realm_first_reference(realm, table, NULL, NULL); key != NULL;
         key = realm_first_reference(realm, table, NULL, NULL)) {
        realm_remove_foreign_key(key);
    }
}

static void remove_parts(Realm *realm, Table *table)
{
    while (table->indexes.count > 0) {
        realm_remove_index(realm, table->indexes.items[0]);
    }
    if (table->primary_key != NULL) {
        realm_remove_primary_key(realm, table);
    }
    vec_each(Column *const, at, &table->columns) {
        realm_drop_owned_sequences(realm, *at);
    }
    OpaqueList *list = &realm->catalog->opaque;
    for (size_t i = 0; i < list->count;) {
        Opaque *opaque = list->items[i];
        if (opaque->table == table) {
            realm_drop_opaque(realm, opaque);
            i = 0;
        } else {
            i++;
        }
    }
}

/* Agreed to: CASCADE. */
static bool remove_users(Realm *realm, const Table *table, Table *const *going, size_t count)
{
    for (Opaque *user = first_user(realm, table, going, count); user != NULL;
         user = first_user(realm, table, going, count)) {
        Relation *view = realm_view_of(realm, user);
        if (view != NULL && !realm_drop_view(realm, view, true)) {
            return false;
        }
        if (view == NULL) {
            realm_drop_opaque(realm, user);
        }
    }
    return true;
}

static void remove_table(Realm *realm, Table *table)
{
    Catalog *catalog = realm->catalog;
    remove_references(realm, table);
    remove_parts(realm, table);
    forget_table(realm, table);
    for (size_t i = 0; i < catalog->tables.count; i++) {
        if (catalog->tables.items[i] == table) {
            vec_take_out(&catalog->tables, i);
            break;
        }
    }
    map_remove2(&catalog->tables_by_name, table->schema, table->name);
    map_remove2(&realm->tables, table->schema, table->name);
    map_remove2(&realm->types, table->schema, table->name);
    realm_free_relation(realm, table->schema, table->name);
}

/* Partitions go with their table, tables that inherit with CASCADE only. */
static bool add_children(Realm *realm, Table *table, bool cascade, TableList *going)
{
    const TableList children = realm_children(realm, table);
    if (is_among(table, going->items, going->count)) {
        return true;
    }
    vec_push(realm->arena, going, table);
    vec_each(Table *const, at, &children) {
        if ((realm_is_partition(realm, *at) || cascade) &&
            !add_children(realm, *at, cascade, going)) {
            return false;
        }
    }
    return true;
}

static bool leaves_children(Realm *realm, const TableList *going)
{
    vec_each(Table *const, at, going) {
        const TableList children = realm_children(realm, *at);
        vec_each(Table *const, child, &children) {
            if (!is_among(*child, going->items, going->count)) {
                return !realm_refuse(realm, "2BP01",
                                     "cannot drop table %s because other objects depend on it",
                                     (*at)->name->text);
            }
        }
    }
    return false;
}

static bool drop_all(Realm *realm, Table *const *tables, size_t count, bool cascade);

bool realm_drop_tables(Realm *realm, Table *const *tables, size_t count, bool cascade)
{
    TableList going = {0};
    for (size_t i = 0; i < count; i++) {
        if (!add_children(realm, tables[i], cascade, &going)) {
            return false;
        }
    }
    return !leaves_children(realm, &going) && drop_all(realm, going.items, going.count, cascade);
}

static bool drop_all(Realm *realm, Table *const *tables, size_t count, bool cascade)
{
    for (size_t i = 0; i < count; i++) {
        if (!may_drop(realm, tables[i], tables, count, cascade)) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!remove_users(realm, tables[i], tables, count)) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        remove_table(realm, tables[i]);
    }
    return true;
}

bool realm_drop_table(Realm *realm, Table *table, bool cascade)
{
    return realm_drop_tables(realm, &table, 1, cascade);
}

/* --- a column dropped ---------------------------------------------------------------------------
 */

bool key_has_column(const PrimaryKey *key, const Column *column)
{
    return key != NULL && column_in_list(column, key->columns.items, key->columns.count);
}

/* Others that the server keeps the column for. */
/* By a key that does not go with the column itself. */
static bool is_referenced(const Realm *realm, const Column *column, Name rests_on)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(ForeignKey *const, key, &(*at)->foreign_keys) {
            if ((*key)->referenced == column->table && (*key)->rests_on == rests_on &&
                !column_in_list(column, (*key)->columns.items, (*key)->columns.count)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_held(const Realm *realm, const Column *column)
{
    const Table *table = column->table;
    if (key_has_column(table->primary_key, column) &&
        is_referenced(realm, column, table->primary_key->name)) {
        return true;
    }
    vec_each(Index *const, at, &table->indexes) {
        if (index_uses(*at, column) && is_referenced(realm, column, (*at)->name)) {
            return true;
        }
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if (opaque_uses_column(*at, column) && opaque_on_drop((*at)->kind) == DROP_REFUSES &&
            !((*at)->kind == OPAQUE_GENERATED_COLUMN && (*at)->name == column->name &&
              (*at)->table == table)) {
            return true;
        }
    }
    return false;
}

static bool remove_opaque_of(Realm *realm, const Column *column)
{
    OpaqueList *list = &realm->catalog->opaque;
    for (size_t i = 0; i < list->count;) {
        Opaque *opaque = list->items[i];
        const bool is_own = opaque->kind == OPAQUE_GENERATED_COLUMN &&
                            opaque->table == column->table && opaque->name == column->name;
        Relation *view = opaque_uses_column(opaque, column) ? realm_view_of(realm, opaque) : NULL;
        if (view != NULL) {
            if (!realm_drop_view(realm, view, true)) {
                return false;
            }
            i = 0;
        } else if (is_own || (opaque_uses_column(opaque, column) &&
                              opaque_on_drop(opaque->kind) != DROP_KEEPS)) {
            realm_drop_opaque(realm, opaque);
            i = 0;
        } else {
            i++;
        }
    }
    return true;
}

static void remove_keys_of(Realm *realm, Column *column)
{
    Table *table = column->table;
    for (size_t i = 0; i < table->foreign_keys.count;) {
        ForeignKey *key = table->foreign_keys.items[i];
        if (column_in_list(column, key->columns.items, key->columns.count)) {
            realm_remove_foreign_key(key);
        } else {
            i++;
        }
    }
    if (key_has_column(table->primary_key, column)) {
        (void)realm_release(realm, table, table->primary_key->name, true, "");
        realm_remove_primary_key(realm, table);
    }
    for (size_t i = 0; i < table->indexes.count;) {
        Index *index = table->indexes.items[i];
        if (index_uses(index, column)) {
            (void)realm_release(realm, table, index->name, true, "");
            realm_remove_index(realm, index);
        } else {
            i++;
        }
    }
}

static void close_up(Table *table, const Column *column)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i] == column) {
            vec_take_out(&table->columns, i);
            break;
        }
    }
    for (size_t i = 0; i < table->columns.count; i++) {
        table->columns.items[i]->position = (uint32_t)i;
    }
    map_remove(&table->columns_by_name, column->name);
}

bool realm_drop_column(Realm *realm, Column *column, bool cascade)
{
    const RealmTable *state = realm_table_state(realm, column->table);
    if (column_in_list(column, state->partition_key.items, state->partition_key.count)) {
        return realm_refuse(realm, "42P16",
                            "cannot drop column `%s` because it is part of the partition key",
                            column->name->text);
    }
    if (state->is_published_in_part) {
        return realm_unknown(realm, "a column is dropped that a publication may name");
    }
    const bool held = is_held(realm, column) || lends_sequence(realm, column, NULL, 0);
    if (held && !cascade) {
        return realm_refuse(realm, "2BP01",
                            "cannot drop column %s of table %s because other objects depend on it",
                            column->name->text, column->table->name->text);
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const bool goes =
            opaque_uses_column(*at, column) && opaque_on_drop((*at)->kind) == DROP_REFUSES;
        if (goes && !opaque_is_view(*at) && (*at)->kind != OPAQUE_POLICY &&
            (*at)->kind != OPAQUE_TRIGGER) {
            return realm_unknown(realm, "a column is dropped that a %s uses",
                                 opaque_name((*at)->kind));
        }
    }
    if (!remove_opaque_of(realm, column)) {
        return false;
    }
    remove_keys_of(realm, column);
    realm_drop_owned_sequences(realm, column);
    close_up(column->table, column);
    return true;
}
