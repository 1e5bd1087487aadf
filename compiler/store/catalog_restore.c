/*
 * catalog_restore.c - a stored catalog read: every number is looked at before it is used.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/catalog/catalog_check.h"
#include "compiler/store/catalog_store_internal.h"

typedef struct Reader {
    Catalog *catalog;
    Arena *arena; /* the catalog's */
    Names *interned;
    const unsigned char *at, *end;
    Name *names;
    uint32_t name_count;
    VEC(Sequence *) sequences;
    bool failed; /* whatever is read then is zero */
} Reader;

static uint32_t number(Reader *r)
{
    if (r->failed || r->end - r->at < 4) {
        r->failed = true;
        return 0;
    }
    const uint32_t value = (uint32_t)r->at[0] | (uint32_t)r->at[1] << 8 | (uint32_t)r->at[2] << 16 |
                           (uint32_t)r->at[3] << 24;
    r->at += 4;
    return value;
}

/* One of `count` values. */
static uint32_t below(Reader *r, uint32_t count)
{
    const uint32_t value = number(r);
    r->failed |= value >= count;
    return r->failed ? 0 : value;
}

static bool flag(Reader *r)
{
    return below(r, 2) == 1;
}

/* So many things follow, each of four bytes at least. */
static uint32_t many(Reader *r)
{
    const uint32_t count = number(r);
    r->failed |= count > (size_t)(r->end - r->at) / 4;
    return r->failed ? 0 : count;
}

static Name name_or_null(Reader *r)
{
    const uint32_t place = below(r, r->name_count + 1);
    return place == 0 ? NULL : r->names[place - 1];
}

static Name name(Reader *r)
{
    const Name found = name_or_null(r);
    r->failed |= found == NULL;
    return found;
}

static void read_names(Reader *r)
{
    const uint32_t count = many(r);
    r->names = arena_array(r->arena, Name, (size_t)count + 1);
    for (uint32_t i = 0; i < count && !r->failed; i++) {
        const uint32_t len = number(r);
        r->failed |= len > (size_t)(r->end - r->at);
        if (!r->failed && memchr(r->at, '\0', len) == NULL) {
            r->names[i] = intern(r->interned, (const char *)r->at, len);
            r->at += len;
        } else {
            r->failed = true;
        }
    }
    r->name_count = r->failed ? 0 : count;
}

static Origin origin(Reader *r)
{
    return origin_catalog(number(r));
}

/* --- references ---------------------------------------------------------------------------------
 */

static Table *table_ref(Reader *r)
{
    const uint32_t place = below(r, (uint32_t)r->catalog->tables.count + 1);
    return place == 0 ? NULL : r->catalog->tables.items[place - 1];
}

static Column *column_ref(Reader *r)
{
    const Table *table = table_ref(r);
    const uint32_t position = number(r);
    r->failed |= table != NULL && position >= table->columns.count;
    return r->failed || table == NULL ? NULL : table->columns.items[position];
}

static ColumnList columns(Reader *r)
{
    ColumnList list = {0};
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        Column *column = column_ref(r);
        r->failed |= column == NULL;
        vec_push(r->arena, &list, column);
    }
    return list;
}

static EnumType *enum_ref(Reader *r)
{
    const uint32_t place = below(r, (uint32_t)r->catalog->enums.count + 1);
    return place == 0 ? NULL : r->catalog->enums.items[place - 1];
}

/* --- columns ------------------------------------------------------------------------------------
 */

static ColumnType column_type(Reader *r, unsigned depth)
{
    ColumnType type = {.id = (TypeId)below(r, TYPE_OTHER + 1)};
    type.arguments[0] = (int32_t)number(r);
    type.arguments[1] = (int32_t)number(r);
    type.list = flag(r);
    type.enum_type = enum_ref(r);
    type.raw = name_or_null(r);
    type.raw_canonical = name_or_null(r);
    r->failed |= (type.id == TYPE_ENUM) != (type.enum_type != NULL) ||
                 (type.id == TYPE_OTHER && (type.raw == NULL || type.raw_canonical == NULL));
    if (flag(r)) {
        ColumnType *base = arena_make(r->arena, ColumnType);
        r->failed |= depth > 0; /* domains are resolved */
        *base = r->failed ? type : column_type(r, depth + 1);
        type.domain_of = base;
    }
    return type;
}

static Literal literal(Reader *r)
{
    Literal read = {.kind = (LiteralKind)below(r, LITERAL_ENUM + 1)};
    read.text = name_or_null(r);
    read.canonical = name_or_null(r);
    return read;
}

static Default column_default(Reader *r)
{
    Default dflt = {.kind = (DefaultKind)below(r, DEFAULT_OPAQUE + 1), .value = literal(r)};
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        const Literal item = literal(r);
        vec_push(r->arena, &dflt.items, item);
    }
    const uint32_t place = below(r, (uint32_t)r->sequences.count + 1);
    dflt.sequence = place == 0 ? NULL : r->sequences.items[place - 1];
    dflt.text = name_or_null(r);
    dflt.canonical = name_or_null(r);
    r->failed |= (dflt.kind == DEFAULT_VALUE && dflt.value.text == NULL) ||
                 (dflt.kind == DEFAULT_EXPRESSION && dflt.text == NULL);
    return dflt;
}

static void read_column(Reader *r, Table *table)
{
    const Name called = name(r);
    if (r->failed || table_find_column(table, called) != NULL) {
        r->failed = true;
        return;
    }
    Column *column = table_add_column(r->catalog, table, called, origin_catalog(0));
    column->type = column_type(r, 0);
    column->not_null = flag(r);
    column->dflt = column_default(r);
    column->identity = (Identity)below(r, IDENTITY_BY_DEFAULT + 1);
    column->generated = name_or_null(r);
    column->generated_canonical = name_or_null(r);
    column->generated_virtual = flag(r);
    column->collation = name_or_null(r);
    column->origin = origin(r);
}

/* --- tables -------------------------------------------------------------------------------------
 */

static void read_table(Reader *r)
{
    const Name schema = name(r), called = name(r);
    if (r->failed || catalog_find_table(r->catalog, schema, called) != NULL) {
        r->failed = true;
        return;
    }
    Table *table = catalog_add_table(r->catalog, schema, called, origin_catalog(0));
    table->is_join_table = flag(r);
    table->is_partitioned = flag(r);
    table->has_row_security = flag(r);
    table->has_children = flag(r);
    table->origin = origin(r);
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_column(r, table);
    }
}

static void read_part(Reader *r, Index *index)
{
    IndexPart part = {.column = column_ref(r), .expression = name_or_null(r)};
    part.sort = (SortOrder)below(r, SORT_DESC + 1);
    part.nulls = (NullsOrder)below(r, NULLS_LAST + 1);
    part.operator_class = name_or_null(r);
    part.operator_class_is_default = flag(r);
    part.operator_class_is_optional = flag(r);
    part.collation = name_or_null(r);
    r->failed |= (part.column == NULL) == (part.expression == NULL) ||
                 (part.column != NULL && part.column->table != index->table);
    vec_push(r->arena, &index->parts, part);
}

static void push_columns(Reader *r, ColumnList *list)
{
    *list = columns(r);
}

static void read_index(Reader *r, Table *table)
{
    const Name called = name(r);
    ColumnList include, predicate, compared;
    if (r->failed) {
        return;
    }
    Index *index = table_add_index(r->catalog, table, called, origin_catalog(0));
    index->kind = (IndexKind)below(r, INDEX_UNIQUE + 1);
    index->method = (IndexMethod)below(r, METHOD_OTHER + 1);
    index->method_name = name_or_null(r);
    r->failed |= index->method == METHOD_OTHER && index->method_name == NULL;
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_part(r, index);
    }
    push_columns(r, &include);
    index->predicate = name_or_null(r);
    index->predicate_canonical = name_or_null(r);
    push_columns(r, &predicate);
    push_columns(r, &compared);
    vec_each(Column *const, at, &include) {
        vec_push(r->arena, &index->include, *at);
    }
    vec_each(Column *const, at, &predicate) {
        vec_push(r->arena, &index->predicate_columns, *at);
    }
    vec_each(Column *const, at, &compared) {
        vec_push(r->arena, &index->compared_columns, *at);
    }
    index->is_constraint = flag(r);
    index->nulls_not_distinct = flag(r);
    index->deferrable = flag(r);
    index->initially_deferred = flag(r);
    index->valid = flag(r);
    index->origin = origin(r);
    r->failed |= index->parts.count == 0;
}

static void read_foreign_key(Reader *r, Table *table)
{
    const Name called = name(r);
    if (r->failed) {
        return;
    }
    ForeignKey *key = table_add_foreign_key(r->catalog, table, called, origin_catalog(0));
    key->columns = columns(r);
    key->referenced = table_ref(r);
    key->referenced_columns = columns(r);
    key->rests_on = name_or_null(r);
    key->on_delete = (ForeignKeyAction)below(r, ACTION_SET_DEFAULT + 1);
    key->on_update = (ForeignKeyAction)below(r, ACTION_SET_DEFAULT + 1);
    key->deferrable = flag(r);
    key->initially_deferred = flag(r);
    key->valid = flag(r);
    key->origin = origin(r);
    r->failed |= key->referenced == NULL || key->columns.count == 0 ||
                 key->columns.count != key->referenced_columns.count;
}

static void read_keys(Reader *r, Table *table)
{
    if (flag(r)) {
        const Name called = name(r);
        if (r->failed) {
            return;
        }
        PrimaryKey *key = table_set_primary_key(r->catalog, table, called, origin_catalog(0));
        key->columns = columns(r);
        key->deferrable = flag(r);
        key->initially_deferred = flag(r);
        key->origin = origin(r);
        r->failed |= key->columns.count == 0;
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_index(r, table);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_foreign_key(r, table);
    }
}

/* --- the others ---------------------------------------------------------------------------------
 */

static void read_enum(Reader *r)
{
    const Name schema = name(r), called = name(r);
    if (r->failed || catalog_find_enum(r->catalog, schema, called) != NULL) {
        r->failed = true;
        return;
    }
    EnumType *type = catalog_add_enum(r->catalog, schema, called, origin(r));
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        const Name value = name(r);
        vec_push(r->arena, &type->values, value);
    }
}

static void read_sequence(Reader *r)
{
    Sequence *sequence = arena_make(r->arena, Sequence);
    sequence->schema = name(r);
    sequence->name = name(r);
    sequence->owned = flag(r);
    sequence->data_type = name_or_null(r);
    vec_push(r->arena, &r->sequences, sequence);
}

static void read_opaque(Reader *r)
{
    Opaque *opaque = arena_make(r->arena, Opaque);
    opaque->kind = (OpaqueKind)below(r, OPAQUE_KIND_COUNT);
    opaque->schema = name_or_null(r);
    opaque->name = name(r);
    opaque->table = table_ref(r);
    opaque->relation = name_or_null(r);
    opaque->definition = name(r);
    opaque->part = name_or_null(r);
    opaque->has_other_path = flag(r);
    const ColumnList used = columns(r);
    vec_each(Column *const, at, &used) {
        vec_push(r->arena, &opaque->columns, *at);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        Table *table = table_ref(r);
        r->failed |= table == NULL;
        vec_push(r->arena, &opaque->tables, table);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        Table *table = table_ref(r);
        r->failed |= table == NULL;
        vec_push(r->arena, &opaque->keyed, table);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        EnumType *type = enum_ref(r);
        r->failed |= type == NULL;
        vec_push(r->arena, &opaque->enums, type);
    }
    opaque->origin = origin(r);
    vec_push(r->arena, &r->catalog->opaque, opaque);
}

static void read_other_name(Reader *r)
{
    OtherName other = {.schema = name(r), .name = NULL};
    other.name = name(r);
    other.kind = name(r);
    other.of = table_ref(r);
    other.among = below(r, AMONG_BOTH + 1);
    vec_push(r->arena, &r->catalog->other_names, other);
}

static void read_head(Reader *r)
{
    Catalog *catalog = r->catalog;
    catalog->default_schema = name_or_null(r);
    catalog->server_version = (int)below(r, INT32_MAX);
    catalog->has_default_schema = flag(r);
    catalog->manages_extensions = flag(r);
    catalog->manages_partial_indexes = flag(r);
    catalog->manages_all = flag(r);
    catalog->without_foreign_keys = flag(r);
    catalog->as_written = flag(r);
    catalog->is_complete = flag(r);
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        const Name called = name(r);
        const Origin from = origin(r);
        if (!r->failed) {
            (void)catalog_add_schema(catalog, called, from);
        }
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        Extension *extension = arena_make(r->arena, Extension);
        extension->name = name(r);
        extension->schema = name_or_null(r);
        extension->version = name_or_null(r);
        extension->relocatable = flag(r);
        extension->origin = origin(r);
        vec_push(r->arena, &catalog->extensions, extension);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        const Name unread = name(r);
        vec_push(r->arena, &catalog->unread_schemas, unread);
    }
}

static void read_objects(Reader *r)
{
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_enum(r);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_sequence(r);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_table(r);
    }
    for (size_t i = 0; i < r->catalog->tables.count && !r->failed; i++) {
        read_keys(r, r->catalog->tables.items[i]);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_opaque(r);
    }
    for (uint32_t i = many(r); i > 0 && !r->failed; i--) {
        read_other_name(r);
    }
    r->failed |= r->at != r->end;
}

static bool is_as_written(const char *bytes, size_t len)
{
    char sum[DIGEST_HEX_SIZE];
    const size_t head = STORE_HEAD_SIZE + STORE_SUM_SIZE;
    if (len < head || memcmp(bytes, STORE_HEAD, STORE_HEAD_SIZE) != 0) {
        return false;
    }
    digest_hex(bytes + head, len - head, sum);
    return memcmp(bytes + STORE_HEAD_SIZE, sum, STORE_SUM_SIZE) == 0;
}

Catalog *catalog_restore(Names *names, const char *bytes, size_t len)
{
    if (!is_as_written(bytes, len)) {
        return NULL;
    }
    Catalog *catalog = catalog_new(names, NULL);
    Reader r = {.catalog = catalog,
                .arena = catalog->arena,
                .interned = names,
                .at = (const unsigned char *)bytes + STORE_HEAD_SIZE + STORE_SUM_SIZE,
                .end = (const unsigned char *)bytes + len};
    read_names(&r);
    read_head(&r);
    read_objects(&r);
    catalog->canonical = !r.failed;
    if (r.failed || catalog_broken(catalog) != NULL) {
        catalog_free(catalog);
        return NULL;
    }
    return catalog;
}
