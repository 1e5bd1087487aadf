/*
 * finish.c - the realm as a database would be read: introspect/load/load.h says in which order.
 */
#include "base/common.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/canon/canon_refs.h"
#include "compiler/world/realm_internal.h"

/* --- order --------------------------------------------------------------------------------------
 */

static int by_place(Name a_schema, Name a_name, Name b_schema, Name b_name)
{
    const int order = name_compare(a_schema, b_schema);
    return order != 0 ? order : name_compare(a_name, b_name);
}

static int compare_tables(const void *a, const void *b)
{
    const Table *x = *(Table *const *)a, *y = *(Table *const *)b;
    return by_place(x->schema, x->name, y->schema, y->name);
}

static int compare_enums(const void *a, const void *b)
{
    const EnumType *x = *(EnumType *const *)a, *y = *(EnumType *const *)b;
    return by_place(x->schema, x->name, y->schema, y->name);
}

static int compare_schemas(const void *a, const void *b)
{
    return name_compare((*(Schema *const *)a)->name, (*(Schema *const *)b)->name);
}

static int compare_extensions(const void *a, const void *b)
{
    return name_compare((*(Extension *const *)a)->name, (*(Extension *const *)b)->name);
}

static int compare_indexes(const void *a, const void *b)
{
    return name_compare((*(Index *const *)a)->name, (*(Index *const *)b)->name);
}

static int compare_keys(const void *a, const void *b)
{
    return name_compare((*(ForeignKey *const *)a)->name, (*(ForeignKey *const *)b)->name);
}

/* Kind, schema, table, name. */
static int compare_opaque(const void *a, const void *b)
{
    const Opaque *x = *(Opaque *const *)a, *y = *(Opaque *const *)b;
    int order = (int)x->kind - (int)y->kind;
    order = order != 0 ? order : name_compare(x->schema, y->schema);
    order = order != 0 ? order : name_compare(x->relation, y->relation);
    return order != 0 ? order : name_compare(x->name, y->name);
}

#define sort_list(list, compare)                                                                   \
    do {                                                                                           \
        if ((list)->count > 1) {                                                                   \
            qsort((list)->items, (list)->count, sizeof *(list)->items, (compare));                 \
        }                                                                                          \
    } while (0)

static void sort_all(Catalog *catalog)
{
    sort_list(&catalog->schemas, compare_schemas);
    sort_list(&catalog->extensions, compare_extensions);
    sort_list(&catalog->enums, compare_enums);
    sort_list(&catalog->tables, compare_tables);
    sort_list(&catalog->opaque, compare_opaque);
    vec_each(Table *, at, &catalog->tables) {
        sort_list(&(*at)->indexes, compare_indexes);
        sort_list(&(*at)->foreign_keys, compare_keys);
    }
}

/* --- scope --------------------------------------------------------------------------------------
 */

static bool is_listed(const Name *schemas, size_t count, Name schema)
{
    for (size_t i = 0; i < count; i++) {
        if (schemas[i] == schema) {
            return true;
        }
    }
    return false;
}

#define keep_list(list, place)                                                                     \
    do {                                                                                           \
        size_t kept = 0;                                                                           \
        for (size_t i = 0; i < (list)->count; i++) {                                               \
            if (is_listed(schemas, count, (list)->items[i]->place)) {                              \
                (list)->items[kept++] = (list)->items[i];                                          \
            }                                                                                      \
        }                                                                                          \
        (list)->count = kept;                                                                      \
    } while (0)

/* Told by the name of what it hangs on, which need be no table. */
static bool hangs_on_a_name(const Opaque *opaque)
{
    return opaque->kind == OPAQUE_TRIGGER || opaque->kind == OPAQUE_RULE;
}

/* What is of a partition is no more read than the partition. */
static void forget_partitions(Realm *realm)
{
    OpaqueList *list = &realm->catalog->opaque;
    for (size_t i = list->count; i > 0; i--) {
        Opaque *at = list->items[i - 1];
        if (at->table != NULL && realm_is_partition(realm, at->table)) {
            at->table = NULL;
            if (!hangs_on_a_name(at)) {
                vec_take_out(list, i - 1);
                continue;
            }
        }
        for (size_t k = at->tables.count; k > 0; k--) {
            if (realm_is_partition(realm, at->tables.items[k - 1])) {
                vec_take_out(&at->tables, k - 1);
            }
        }
        for (size_t k = at->columns.count; k > 0; k--) {
            if (realm_is_partition(realm, at->columns.items[k - 1]->table)) {
                vec_take_out(&at->columns, k - 1);
            }
        }
    }
}

static const Name *all_schemas(const Realm *realm, size_t *ret_count)
{
    const Catalog *catalog = realm->catalog;
    Name *schemas = arena_array(realm->arena, Name, catalog->schemas.count);
    size_t count = 0;
    vec_each(Schema *const, at, &catalog->schemas) {
        if ((*at)->name != realm->temporary) {
            schemas[count++] = (*at)->name;
        }
    }
    *ret_count = count;
    return schemas;
}

static void note_name(Realm *realm, const Table *table, Name name, const char *kind, unsigned among)
{
    const Table *root = table;
    while (realm_is_partition(realm, root)) {
        root = realm_table_state(realm, root)->parents.items[0];
    }
    const OtherName other = {.schema = table->schema,
                             .name = name,
                             .kind = intern_cstr(realm->names, kind),
                             .of = root,
                             .among = among};
    vec_push(realm->arena, &realm->catalog->other_names, other);
}

/* Of a table that is not read nothing is told. */
static void keep_roots(Catalog *catalog)
{
    vec_each(OtherName, at, &catalog->other_names) {
        const Table *of = at->of;
        at->of = catalog_find_table(catalog, of->schema, of->name) == of ? of : NULL;
    }
}

/* A partition is not read as a table. It has its names. */
static void note_partition(Realm *realm, const Table *table)
{
    note_name(realm, table, table->name, "partition", AMONG_BOTH);
    if (table->primary_key != NULL) {
        note_name(realm, table, table->primary_key->name, "index of a partition", AMONG_RELATIONS);
    }
    vec_each(Index *const, at, &table->indexes) {
        note_name(realm, table, (*at)->name, "index of a partition", AMONG_RELATIONS);
    }
}

static void keep_schemas(Realm *realm, const Name *schemas, size_t count)
{
    Catalog *catalog = realm->catalog;
    forget_partitions(realm);
    if (schemas == NULL) {
        schemas = all_schemas(realm, &count);
    }
    keep_list(&catalog->schemas, name);
    keep_list(&catalog->enums, schema);
    keep_list(&catalog->opaque, schema);
    size_t kept = 0;
    for (size_t i = 0; i < catalog->tables.count; i++) {
        Table *table = catalog->tables.items[i];
        if (is_listed(schemas, count, table->schema) && !table_is_reserved(table->name->text) &&
            !realm_is_partition(realm, table)) {
            catalog->tables.items[kept++] = table;
        } else {
            map_remove2(&catalog->tables_by_name, table->schema, table->name);
        }
        if (realm_is_partition(realm, table) && is_listed(schemas, count, table->schema)) {
            note_partition(realm, table);
        }
    }
    catalog->tables.count = kept;
    keep_roots(catalog);
}

/* What is read by no name, and a key that leads out of what is read, are for a server to tell. */
static bool is_uncertain(Realm *realm, const Name *schemas, size_t count)
{
    const Catalog *catalog = realm->catalog;
    vec_each(Table *const, at, &catalog->tables) {
        vec_each(ForeignKey *const, key, &(*at)->foreign_keys) {
            const Table *to = (*key)->referenced;
            if (catalog_find_table(catalog, to->schema, to->name) == NULL) {
                (void)realm_unknown(realm, "a foreign key leads out of the schemas that are read");
                return true;
            }
        }
        vec_each(Column *const, column, &(*at)->columns) {
            if ((*column)->dflt.kind == DEFAULT_OPAQUE) {
                realm->uncertain = *column;
                (void)realm_unknown(realm, "what became of the default of `%s.%s`",
                                    (*at)->name->text, (*column)->name->text);
                return true;
            }
            const EnumType *type = (*column)->type.enum_type;
            if (type != NULL && schemas != NULL && !is_listed(schemas, count, type->schema)) {
                (void)realm_unknown(realm, "a column is of an enum of another schema");
                return true;
            }
        }
    }
    return false;
}

/* --- what is told at the end --------------------------------------------------------------------
 */

static bool covers(const Table *table, Column *const *columns, size_t count)
{
    return table->columns.count == 2 && count == 2 && name_is(columns[0]->name, "A") &&
           name_is(columns[1]->name, "B");
}

static bool is_join_table(const Table *table)
{
    const PrimaryKey *key = table->primary_key;
    bool has_key = key != NULL && covers(table, key->columns.items, key->columns.count);
    bool has_index = false;
    vec_each(Index *const, at, &table->indexes) {
        const Index *index = *at;
        has_key |= index->kind == INDEX_UNIQUE && index->parts.count == 2 &&
                   index->predicate == NULL && name_is(index->parts.items[0].column->name, "A") &&
                   name_is(index->parts.items[1].column->name, "B");
        has_index |= index->parts.count == 1 && name_is(index->parts.items[0].column->name, "B");
    }
    const ForeignKeyList *keys = &table->foreign_keys;
    return table->name->text[0] == '_' && table->columns.count == 2 && has_key && has_index &&
           keys->count == 2 && keys->items[0]->columns.count == 1 &&
           keys->items[1]->columns.count == 1 &&
           keys->items[0]->columns.items[0] != keys->items[1]->columns.items[0];
}

static void own_sequences(const Realm *realm)
{
    vec_each(RealmSequence *const, at, &realm->sequences) {
        const Column *owner = (*at)->owner;
        (*at)->sequence->owned = owner != NULL && owner->dflt.sequence == (*at)->sequence;
    }
}

static bool is_default_of_some(const Realm *realm, const Sequence *sequence)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            if ((*column)->dflt.sequence == sequence) {
                return true;
            }
        }
    }
    return false;
}

static bool is_used(const Realm *realm, const RealmSequence *sequence)
{
    return sequence->owner != NULL || is_default_of_some(realm, sequence->sequence);
}

static const char *printed(Name type)
{
    if (name_is(type, "int2")) {
        return "smallint";
    }
    return name_is(type, "int4") ? "integer" : "bigint";
}

static void print_settings(StrBuf *out, const RealmSequence *sequence)
{
    const SequenceSettings *settings = &sequence->settings;
    strbuf_printf(out,
                  "AS %s INCREMENT %" PRId64 " MINVALUE %" PRId64 " MAXVALUE %" PRId64
                  " START %" PRId64 " CACHE %" PRId64 "%s",
                  printed(sequence->sequence->data_type), settings->increment, settings->min,
                  settings->max, settings->start, settings->cache, settings->cycle ? " CYCLE" : "");
}

/* One that no column owns or uses is an object of its own; as queries/opaque.sql tells it. */
static void add_sequences(Realm *realm)
{
    vec_each(RealmSequence *const, at, &realm->sequences) {
        const Sequence *sequence = (*at)->sequence;
        if (sequence->schema == realm->temporary || is_used(realm, *at)) {
            continue;
        }
        StrBuf out = strbuf_new(STRBUF_MAX);
        print_settings(&out, *at);
        const Name definition = intern(realm->names, strbuf_text(&out), out.len);
        strbuf_dispose(&out);
        (void)realm_add_opaque(realm, OPAQUE_SEQUENCE, NULL, sequence->schema, sequence->name,
                               definition);
    }
}

static Name qualified(const Realm *realm, const Table *table)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (table->schema != realm->catalog->default_schema) {
        canon_ident(&out, table->schema);
        strbuf_char(&out, '.');
    }
    canon_ident(&out, table->name);
    const Name name = intern(realm->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return name;
}

/* Of one that a column owns or uses; as queries/compared.sql tells it. */
static void add_sequence_settings(Realm *realm)
{
    vec_each(RealmSequence *const, at, &realm->sequences) {
        const Sequence *sequence = (*at)->sequence;
        const Column *owner = (*at)->owner;
        StrBuf out = strbuf_new(STRBUF_MAX);
        if (sequence->schema == realm->temporary || !is_used(realm, *at) ||
            (owner != NULL && table_is_reserved(owner->table->name->text))) {
            continue;
        }
        print_settings(&out, *at);
        if (owner != NULL) {
            strbuf_printf(&out, "%s%s.", (*at)->is_identity ? " IDENTITY OF " : " OWNED BY ",
                          qualified(realm, owner->table)->text);
            canon_ident(&out, owner->name);
        }
        const Name definition = intern(realm->names, strbuf_text(&out), out.len);
        (void)realm_add_opaque(realm, OPAQUE_SEQUENCE_SETTING, NULL, sequence->schema,
                               sequence->name, definition);
        strbuf_dispose(&out);
    }
}

/* By age, as dependencies are read. */
static int by_age(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_columns(const void *a, const void *b)
{
    const Column *x = *(Column *const *)a, *y = *(Column *const *)b;
    const int order = by_age(x->table->origin.oid, y->table->origin.oid);
    return order != 0 ? order : by_age(x->position, y->position);
}

static int compare_table_ages(const void *a, const void *b)
{
    return by_age((*(Table *const *)a)->origin.oid, (*(Table *const *)b)->origin.oid);
}

static int compare_enum_ages(const void *a, const void *b)
{
    return by_age((*(EnumType *const *)a)->origin.oid, (*(EnumType *const *)b)->origin.oid);
}

static void add_table(Realm *realm, Opaque *opaque, Table *table)
{
    bool there = table == NULL;
    vec_each(Table *const, at, &opaque->tables) {
        there |= *at == table;
    }
    if (!there) {
        vec_push(realm->arena, &opaque->tables, table);
    }
}

/* What an expression over one table names of enums: their constants. */
static void add_enums(Realm *realm, Opaque *opaque)
{
    const bool has_text =
        opaque->kind == OPAQUE_PARTIAL_INDEX || opaque->kind == OPAQUE_GENERATED_COLUMN;
    if (!has_text || realm->catalog->enums.count == 0) {
        return;
    }
    const SqlRefList refs =
        canon_refs(realm->arena, realm->catalog, opaque->table, NULL, opaque->definition);
    vec_each(const SqlRef, ref, &refs) {
        if (ref->kind == SQL_REF_COLUMN) {
            continue;
        }
        EnumType *type = catalog_find_enum(realm->catalog, ref->type->schema, ref->type->name);
        bool there = type == NULL;
        vec_each(EnumType *const, at, &opaque->enums) {
            there |= *at == type;
        }
        if (!there) {
            vec_push(realm->arena, &opaque->enums, type);
        }
    }
}

Catalog *realm_finish(Realm *realm, const Name *schemas, size_t count)
{
    Catalog *catalog = realm->catalog;
    own_sequences(realm);
    add_sequences(realm);
    if (realm->is_whole) {
        realm_tell_whole(realm);
        add_sequence_settings(realm);
        catalog->is_complete = !realm->is_beyond;
    }
    keep_schemas(realm, schemas, count);
    if (is_uncertain(realm, schemas, count)) {
        return NULL;
    }
    sort_all(catalog);
    vec_each(Table *, at, &catalog->tables) {
        (*at)->is_join_table = is_join_table(*at);
    }
    vec_each(Opaque *, at, &catalog->opaque) {
        Opaque *opaque = *at;
        if (opaque->kind != OPAQUE_EXPRESSION_INDEX) {
            sort_list(&opaque->columns, compare_columns);
        }
        add_table(realm, opaque, opaque->table);
        sort_list(&opaque->tables, compare_table_ages);
        sort_list(&opaque->enums, compare_enum_ages);
        add_enums(realm, opaque);
    }
    return catalog;
}
