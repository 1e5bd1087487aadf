/*
 * catalog_store.c - a catalog written as bytes; catalog_store_internal.h has the form.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/store/catalog_store_internal.h"

typedef struct Writer {
    const Catalog *catalog;
    Arena *scratch;
    StrBuf names, objects;
    Map places;     /* name -> its place, as a pointer into `numbers` */
    uint32_t count; /* of names */
    VEC(Sequence *) sequences;
    bool ok;
} Writer;

static void put(StrBuf *out, uint32_t number)
{
    const char bytes[4] = {(char)(number & 0xff), (char)(number >> 8 & 0xff),
                           (char)(number >> 16 & 0xff), (char)(number >> 24 & 0xff)};
    strbuf_addn(out, bytes, sizeof bytes);
}

static void put_number(Writer *w, uint32_t number)
{
    put(&w->objects, number);
}

static void put_name(Writer *w, Name name)
{
    if (name == NULL) {
        put_number(w, 0);
        return;
    }
    const uint32_t *place = map_get(&w->places, name);
    if (place == NULL) {
        uint32_t *made = arena_make(w->scratch, uint32_t);
        *made = ++w->count;
        map_put(w->scratch, &w->places, name, made);
        put(&w->names, (uint32_t)name->len);
        strbuf_addn(&w->names, name->text, name->len);
        place = made;
    }
    put_number(w, *place);
}

/* --- references ---------------------------------------------------------------------------------
 */

static void put_table_ref(Writer *w, const Table *table)
{
    uint32_t place = 0;
    for (size_t i = 0; table != NULL && i < w->catalog->tables.count; i++) {
        place = w->catalog->tables.items[i] == table ? (uint32_t)i + 1 : place;
    }
    w->ok &= table == NULL || place != 0;
    put_number(w, place);
}

static void put_column_ref(Writer *w, const Column *column)
{
    put_table_ref(w, column == NULL ? NULL : column->table);
    put_number(w, column == NULL ? 0 : column->position);
    w->ok &= column == NULL || (column->position < column->table->columns.count &&
                                column->table->columns.items[column->position] == column);
}

static void put_columns(Writer *w, Column *const *columns, size_t count)
{
    put_number(w, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        put_column_ref(w, columns[i]);
    }
}

static void put_enum_ref(Writer *w, const EnumType *type)
{
    uint32_t place = 0;
    for (size_t i = 0; type != NULL && i < w->catalog->enums.count; i++) {
        place = w->catalog->enums.items[i] == type ? (uint32_t)i + 1 : place;
    }
    w->ok &= type == NULL || place != 0;
    put_number(w, place);
}

static void put_sequence_ref(Writer *w, Sequence *sequence)
{
    uint32_t place = 0;
    for (size_t i = 0; sequence != NULL && i < w->sequences.count; i++) {
        place = w->sequences.items[i] == sequence ? (uint32_t)i + 1 : place;
    }
    put_number(w, place);
}

/* Only what a catalog of a database may have. */
static void put_origin(Writer *w, const Origin *origin)
{
    w->ok &= origin->kind == ORIGIN_CATALOG;
    put_number(w, origin->oid);
}

/* --- columns ------------------------------------------------------------------------------------
 */

static void put_type(Writer *w, const ColumnType *type)
{
    put_number(w, (uint32_t)type->id);
    put_number(w, (uint32_t)type->arguments[0]);
    put_number(w, (uint32_t)type->arguments[1]);
    put_number(w, type->list);
    put_enum_ref(w, type->enum_type);
    put_name(w, type->raw);
    put_name(w, type->raw_canonical);
    put_number(w, type->domain_of != NULL);
    if (type->domain_of != NULL) {
        put_type(w, type->domain_of);
    }
}

static void put_literal(Writer *w, const Literal *literal)
{
    put_number(w, (uint32_t)literal->kind);
    put_name(w, literal->text);
    put_name(w, literal->canonical);
}

static void put_default(Writer *w, const Default *dflt)
{
    put_number(w, (uint32_t)dflt->kind);
    put_literal(w, &dflt->value);
    put_number(w, (uint32_t)dflt->items.count);
    vec_each(const Literal, at, &dflt->items) {
        put_literal(w, at);
    }
    put_sequence_ref(w, dflt->sequence);
    put_name(w, dflt->text);
    put_name(w, dflt->canonical);
}

static void put_column(Writer *w, const Column *column)
{
    w->ok &= column->field == NULL && column->renamed_from == NULL && column->doc == NULL &&
             column->comment == NULL && column->source == NULL &&
             column->client_default == CLIENT_DEFAULT_NONE;
    put_name(w, column->name);
    put_type(w, &column->type);
    put_number(w, column->not_null);
    put_default(w, &column->dflt);
    put_number(w, (uint32_t)column->identity);
    put_name(w, column->generated);
    put_name(w, column->generated_canonical);
    put_number(w, column->generated_virtual);
    put_name(w, column->collation);
    put_origin(w, &column->origin);
}

/* --- tables -------------------------------------------------------------------------------------
 */

static void put_table(Writer *w, const Table *table)
{
    w->ok &= table->model == NULL && table->renamed_from == NULL && table->doc == NULL &&
             table->comment == NULL && table->source == NULL && !table->is_view;
    put_name(w, table->schema);
    put_name(w, table->name);
    put_number(w, table->is_join_table);
    put_number(w, table->is_partitioned);
    put_number(w, table->has_row_security);
    put_number(w, table->has_children);
    put_origin(w, &table->origin);
    put_number(w, (uint32_t)table->columns.count);
    vec_each(Column *const, at, &table->columns) {
        put_column(w, *at);
    }
}

static void put_index(Writer *w, const Index *index)
{
    w->ok &= index->source == NULL;
    put_name(w, index->name);
    put_number(w, (uint32_t)index->kind);
    put_number(w, (uint32_t)index->method);
    put_name(w, index->method_name);
    put_number(w, (uint32_t)index->parts.count);
    vec_each(const IndexPart, part, &index->parts) {
        put_column_ref(w, part->column);
        put_name(w, part->expression);
        put_number(w, (uint32_t)part->sort);
        put_number(w, (uint32_t)part->nulls);
        put_name(w, part->operator_class);
        put_number(w, part->operator_class_is_default);
        put_number(w, part->operator_class_is_optional);
        put_name(w, part->collation);
    }
    put_columns(w, index->include.items, index->include.count);
    put_name(w, index->predicate);
    put_name(w, index->predicate_canonical);
    put_columns(w, index->predicate_columns.items, index->predicate_columns.count);
    put_columns(w, index->compared_columns.items, index->compared_columns.count);
    put_number(w, index->is_constraint);
    put_number(w, index->nulls_not_distinct);
    put_number(w, index->deferrable);
    put_number(w, index->initially_deferred);
    put_number(w, index->valid);
    put_origin(w, &index->origin);
}

static void put_foreign_key(Writer *w, const ForeignKey *key)
{
    w->ok &= key->source == NULL;
    put_name(w, key->name);
    put_columns(w, key->columns.items, key->columns.count);
    put_table_ref(w, key->referenced);
    put_columns(w, key->referenced_columns.items, key->referenced_columns.count);
    put_name(w, key->rests_on);
    put_number(w, (uint32_t)key->on_delete);
    put_number(w, (uint32_t)key->on_update);
    put_number(w, key->deferrable);
    put_number(w, key->initially_deferred);
    put_number(w, key->valid);
    put_origin(w, &key->origin);
}

static void put_keys(Writer *w, const Table *table)
{
    const PrimaryKey *key = table->primary_key;
    put_number(w, key != NULL);
    if (key != NULL) {
        put_name(w, key->name);
        put_columns(w, key->columns.items, key->columns.count);
        put_number(w, key->deferrable);
        put_number(w, key->initially_deferred);
        put_origin(w, &key->origin);
    }
    put_number(w, (uint32_t)table->indexes.count);
    vec_each(Index *const, at, &table->indexes) {
        put_index(w, *at);
    }
    put_number(w, (uint32_t)table->foreign_keys.count);
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        put_foreign_key(w, *at);
    }
}

/* --- the others ---------------------------------------------------------------------------------
 */

static void put_enum(Writer *w, const EnumType *type)
{
    w->ok &= type->block == NULL && type->words.count == 0 && type->renamed_from == NULL &&
             type->renamed_values.count == 0 && type->comment == NULL && type->source == NULL;
    put_name(w, type->schema);
    put_name(w, type->name);
    put_origin(w, &type->origin);
    put_number(w, (uint32_t)type->values.count);
    vec_each(const Name, at, &type->values) {
        put_name(w, *at);
    }
}

static void put_opaque(Writer *w, const Opaque *opaque)
{
    put_number(w, (uint32_t)opaque->kind);
    put_name(w, opaque->schema);
    put_name(w, opaque->name);
    put_table_ref(w, opaque->table);
    put_name(w, opaque->relation);
    put_name(w, opaque->definition);
    put_name(w, opaque->part);
    put_number(w, opaque->has_other_path);
    put_columns(w, opaque->columns.items, opaque->columns.count);
    put_number(w, (uint32_t)opaque->tables.count);
    vec_each(Table *const, at, &opaque->tables) {
        put_table_ref(w, *at);
    }
    put_number(w, (uint32_t)opaque->keyed.count);
    vec_each(Table *const, at, &opaque->keyed) {
        put_table_ref(w, *at);
    }
    put_number(w, (uint32_t)opaque->enums.count);
    vec_each(EnumType *const, at, &opaque->enums) {
        put_enum_ref(w, *at);
    }
    put_origin(w, &opaque->origin);
}

static void note_sequences(Writer *w)
{
    vec_each(Table *const, at, &w->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            Sequence *sequence = (*column)->dflt.sequence;
            bool there = sequence == NULL;
            for (size_t i = 0; !there && i < w->sequences.count; i++) {
                there = w->sequences.items[i] == sequence;
            }
            if (!there) {
                vec_push(w->scratch, &w->sequences, sequence);
            }
        }
    }
    put_number(w, (uint32_t)w->sequences.count);
    for (size_t i = 0; i < w->sequences.count; i++) {
        const Sequence *at = w->sequences.items[i];
        put_name(w, at->schema);
        put_name(w, at->name);
        put_number(w, at->owned);
        put_name(w, at->data_type);
    }
}

static void put_other_names(Writer *w)
{
    put_number(w, (uint32_t)w->catalog->other_names.count);
    vec_each(const OtherName, at, &w->catalog->other_names) {
        put_name(w, at->schema);
        put_name(w, at->name);
        put_name(w, at->kind);
        put_table_ref(w, at->of);
        put_number(w, at->among);
    }
}

static void put_head(Writer *w)
{
    const Catalog *catalog = w->catalog;
    w->ok &= catalog->canonical && catalog->views.count == 0 && catalog->deploying_role == NULL;
    put_name(w, catalog->default_schema);
    put_number(w, (uint32_t)catalog->server_version);
    put_number(w, catalog->has_default_schema);
    put_number(w, catalog->manages_extensions);
    put_number(w, catalog->manages_partial_indexes);
    put_number(w, catalog->manages_all);
    put_number(w, catalog->without_foreign_keys);
    put_number(w, catalog->as_written);
    put_number(w, catalog->is_complete);
    put_number(w, (uint32_t)catalog->schemas.count);
    vec_each(Schema *const, at, &catalog->schemas) {
        put_name(w, (*at)->name);
        put_origin(w, &(*at)->origin);
    }
    put_number(w, (uint32_t)catalog->extensions.count);
    vec_each(Extension *const, at, &catalog->extensions) {
        put_name(w, (*at)->name);
        put_name(w, (*at)->schema);
        put_name(w, (*at)->version);
        put_number(w, (*at)->relocatable);
        put_origin(w, &(*at)->origin);
    }
    put_number(w, (uint32_t)catalog->unread_schemas.count);
    vec_each(const Name, at, &catalog->unread_schemas) {
        put_name(w, *at);
    }
}

bool catalog_store(const Catalog *catalog, StrBuf *out)
{
    char sum[DIGEST_HEX_SIZE];
    Writer w = {.catalog = catalog,
                .scratch = arena_new(),
                .names = strbuf_new(STRBUF_MAX),
                .objects = strbuf_new(STRBUF_MAX),
                .ok = true};
    put_head(&w);
    put_number(&w, (uint32_t)catalog->enums.count);
    vec_each(EnumType *const, at, &catalog->enums) {
        put_enum(&w, *at);
    }
    note_sequences(&w);
    put_number(&w, (uint32_t)catalog->tables.count);
    vec_each(Table *const, at, &catalog->tables) {
        put_table(&w, *at);
    }
    vec_each(Table *const, at, &catalog->tables) {
        put_keys(&w, *at);
    }
    put_number(&w, (uint32_t)catalog->opaque.count);
    vec_each(Opaque *const, at, &catalog->opaque) {
        put_opaque(&w, *at);
    }
    put_other_names(&w);
    StrBuf rest = strbuf_new(STRBUF_MAX);
    put(&rest, w.count);
    strbuf_addn(&rest, strbuf_text(&w.names), w.names.len);
    strbuf_addn(&rest, strbuf_text(&w.objects), w.objects.len);
    digest_hex(strbuf_text(&rest), rest.len, sum);
    strbuf_add(out, STORE_HEAD);
    strbuf_addn(out, sum, STORE_SUM_SIZE);
    strbuf_addn(out, strbuf_text(&rest), rest.len);
    strbuf_dispose(&rest);
    strbuf_dispose(&w.names);
    strbuf_dispose(&w.objects);
    arena_free(w.scratch);
    return w.ok;
}
