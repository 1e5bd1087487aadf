/*
 * whole.c - what of tables only a whole comparison reads (compare.h), told as introspect/load/
 * queries/compared.sql tells it: what rows are spread by, and when a key is looked at.
 *
 * In: a realm at the end of its scripts. Out: properties beside its tables; what is not known here
 * (partitions, tables that inherit, a key spread by an expression) makes it incomplete.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/world/realm_internal.h"

static Name take(Realm *realm, StrBuf *text)
{
    const Name name = intern(realm->names, strbuf_text(text), text->len);
    strbuf_dispose(text);
    return name;
}

static void add_columns(StrBuf *out, Column *const *columns, size_t count)
{
    strbuf_add(out, " (");
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        canon_ident(out, columns[i]->name);
    }
    strbuf_char(out, ')');
}

/* As pg_get_partkeydef() prints it. */
static void tell_partition_key(Realm *realm, Table *table)
{
    const RealmTable *state = realm_table_state(realm, table);
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (state->partition_method == NULL) {
        realm_goes_beyond(realm, "a partition key that is more than columns");
        return;
    }
    strbuf_add(&out, state->partition_method);
    add_columns(&out, state->partition_key.items, state->partition_key.count);
    (void)realm_add_opaque(realm, OPAQUE_PARTITION_KEY, table, table->schema, table->name,
                           take(realm, &out));
}

/* As pg_get_constraintdef() prints it. */
static void tell_constraint(Realm *realm, Table *table, Name name, StrBuf *text, bool deferrable,
                            bool initially_deferred)
{
    strbuf_add(text, deferrable ? " DEFERRABLE" : "");
    strbuf_add(text, initially_deferred ? " INITIALLY DEFERRED" : "");
    (void)realm_add_opaque(realm, OPAQUE_CONSTRAINT, table, table->schema, name, take(realm, text));
}

static void tell_primary_key(Realm *realm, Table *table)
{
    const PrimaryKey *key = table->primary_key;
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "PRIMARY KEY");
    add_columns(&out, key->columns.items, key->columns.count);
    tell_constraint(realm, table, key->name, &out, true, key->initially_deferred);
}

static void tell_unique(Realm *realm, Table *table, const Index *index)
{
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(realm->arena, &columns, part->column);
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, index->nulls_not_distinct ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE");
    add_columns(&out, columns.items, columns.count);
    if (index->include.count > 0) {
        strbuf_add(&out, " INCLUDE");
        add_columns(&out, index->include.items, index->include.count);
    }
    tell_constraint(realm, table, index->name, &out, index->deferrable, index->initially_deferred);
}

/* Keys that wait or carry columns besides; a primary key with the latter has made the realm
 * incomplete. */
static void tell_keys(Realm *realm, Table *table)
{
    if (table->primary_key != NULL && table->primary_key->deferrable) {
        tell_primary_key(realm, table);
    }
    vec_each(Index *const, at, &table->indexes) {
        if ((*at)->is_constraint && ((*at)->deferrable || (*at)->include.count > 0)) {
            tell_unique(realm, table, *at);
        }
    }
}

void realm_tell_whole(Realm *realm)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        if ((*at)->has_children || realm_is_partition(realm, *at)) {
            realm_goes_beyond(realm, "a partitioned or inherited table");
        }
        if ((*at)->is_partitioned) {
            tell_partition_key(realm, *at);
        }
        tell_keys(realm, *at);
        realm_tell_not_nulls(realm, *at);
    }
}
