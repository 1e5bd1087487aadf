#include "base/common.h"

#include "compiler/catalog/catalog_copy.h"

EnumType *catalog_copy_enum(Catalog *catalog, const EnumType *source)
{
    EnumType *copy = catalog_add_enum(catalog, source->schema, source->name, source->origin);
    copy->block = source->block;
    copy->comment = source->comment;
    copy->source = source;
    vec_each(Name, value, &source->values) {
        vec_push(catalog->arena, &copy->values, *value);
    }
    return copy;
}

bool catalog_copy_definition(const Catalog *catalog, Column *column, const Column *source)
{
    ColumnType type = source->type;
    if (type.enum_type != NULL) {
        type.enum_type = catalog_find_enum(catalog, source->type.enum_type->schema,
                                           source->type.enum_type->name);
        if (type.enum_type == NULL) {
            return false;
        }
    }
    column->type = type;
    column->not_null = source->not_null;
    column->dflt = source->dflt;
    column->client_default = source->client_default;
    column->identity = source->identity;
    column->generated = source->generated;
    return true;
}

Column *catalog_copy_column(Catalog *catalog, Table *table, const Column *source)
{
    Column definition = {0};
    if (!catalog_copy_definition(catalog, &definition, source)) {
        return NULL;
    }
    Column *copy = table_add_column(catalog, table, source->name, source->origin);
    uint32_t position = copy->position;
    *copy = *source;
    copy->table = table;
    copy->position = position;
    copy->type = definition.type;
    copy->source = source;
    return copy;
}

/* The columns of `table` that have the names of `source`; false when one is missing. */
static bool find_columns(Arena *arena, const Table *table, Column *const *source, size_t count,
                         ColumnList *ret_columns)
{
    ColumnList found = {0};
    for (size_t i = 0; i < count; i++) {
        Column *column = table_find_column(table, source[i]->name);
        if (column == NULL) {
            return false;
        }
        vec_push(arena, &found, column);
    }
    *ret_columns = found;
    return true;
}

PrimaryKey *catalog_copy_primary_key(Catalog *catalog, Table *table, const PrimaryKey *source)
{
    ColumnList columns;
    if (!find_columns(catalog->arena, table, source->columns.items, source->columns.count,
                      &columns)) {
        return NULL;
    }
    PrimaryKey *copy = table_set_primary_key(catalog, table, source->name, source->origin);
    copy->deferrable = source->deferrable;
    copy->initially_deferred = source->initially_deferred;
    vec_each(Column *, column, &columns) {
        vec_push(catalog->arena, &copy->columns, *column);
    }
    return copy;
}

static bool copy_part(const Table *table, const IndexPart *source, IndexPart *ret_part)
{
    *ret_part = *source;
    if (source->column != NULL) {
        ret_part->column = table_find_column(table, source->column->name);
        return ret_part->column != NULL;
    }
    return true;
}

Index *catalog_copy_index(Catalog *catalog, Table *table, const Index *source)
{
    Arena *arena = catalog->arena;
    ColumnList include, predicate_columns, compared_columns;
    if (!find_columns(arena, table, source->include.items, source->include.count, &include) ||
        !find_columns(arena, table, source->predicate_columns.items,
                      source->predicate_columns.count, &predicate_columns) ||
        !find_columns(arena, table, source->compared_columns.items, source->compared_columns.count,
                      &compared_columns)) {
        return NULL;
    }
    Index draft = {0};
    vec_each(IndexPart, part, &source->parts) {
        IndexPart copied;
        if (!copy_part(table, part, &copied)) {
            return NULL;
        }
        vec_push(arena, &draft.parts, copied);
    }
    Index *copy = table_add_index(catalog, table, source->name, source->origin);
    *copy = *source;
    copy->source = source;
    copy->table = table;
    copy->parts.items = draft.parts.items;
    copy->parts.capacity = draft.parts.capacity;
    copy->predicate_columns.items = predicate_columns.items;
    copy->predicate_columns.capacity = predicate_columns.capacity;
    copy->compared_columns.items = compared_columns.items;
    copy->compared_columns.capacity = compared_columns.capacity;
    copy->include.items = include.items;
    copy->include.capacity = include.capacity;
    return copy;
}

ForeignKey *catalog_copy_foreign_key(Catalog *catalog, Table *table, const ForeignKey *source)
{
    Table *referenced =
        catalog_find_table(catalog, source->referenced->schema, source->referenced->name);
    ColumnList columns;
    ColumnList referenced_columns;
    if (referenced == NULL ||
        !find_columns(catalog->arena, table, source->columns.items, source->columns.count,
                      &columns) ||
        !find_columns(catalog->arena, referenced, source->referenced_columns.items,
                      source->referenced_columns.count, &referenced_columns)) {
        return NULL;
    }
    ForeignKey *copy = table_add_foreign_key(catalog, table, source->name, source->origin);
    *copy = *source;
    copy->source = source;
    copy->table = table;
    copy->referenced = referenced;
    copy->columns.items = columns.items;
    copy->columns.capacity = columns.capacity;
    copy->referenced_columns.items = referenced_columns.items;
    copy->referenced_columns.capacity = referenced_columns.capacity;
    return copy;
}

static void copy_table(Catalog *copy, const Table *source)
{
    Table *table = catalog_add_table(copy, source->schema, source->name, source->origin);
    table->model = source->model;
    table->is_join_table = source->is_join_table;
    table->is_partitioned = source->is_partitioned;
    table->has_row_security = source->has_row_security;
    table->has_children = source->has_children;
    table->renamed_from = source->renamed_from;
    table->doc = source->doc;
    table->source = source;
    table->comment = source->comment;
    table_expect_columns(copy, table, source->columns.count);
    vec_each(Column *, column, &source->columns) {
        catalog_copy_column(copy, table, *column);
    }
    if (source->primary_key != NULL) {
        catalog_copy_primary_key(copy, table, source->primary_key);
    }
    vec_each(Index *, index, &source->indexes) {
        catalog_copy_index(copy, table, *index);
    }
}

static void copy_settings(Catalog *copy, const Catalog *source)
{
    copy->server_version = source->server_version;
    copy->as_written = source->as_written;
    copy->has_default_schema = source->has_default_schema;
    copy->manages_extensions = source->manages_extensions;
    copy->manages_partial_indexes = source->manages_partial_indexes;
    copy->manages_all = source->manages_all;
    copy->without_foreign_keys = source->without_foreign_keys;
    copy->canonical = source->canonical;
    vec_each(Schema *, schema, &source->schemas) {
        catalog_add_schema(copy, (*schema)->name, (*schema)->origin);
    }
    vec_each(Extension *, extension, &source->extensions) {
        vec_push(copy->arena, &copy->extensions, *extension);
    }
    vec_each(DeclaredView *, view, &source->views) {
        vec_push(copy->arena, &copy->views, *view);
    }
}

/* Opaque objects keep pointing into the source: nothing that works on copies reads their lists. */
Catalog *catalog_copy(Arena *arena, const Catalog *source)
{
    Catalog *copy = arena_make(arena, Catalog);
    copy->arena = arena;
    copy->names = source->names;
    copy->default_schema = source->default_schema;
    copy_settings(copy, source);
    vec_each(EnumType *, type, &source->enums) {
        catalog_copy_enum(copy, *type);
    }
    vec_each(Table *, table, &source->tables) {
        copy_table(copy, *table);
    }
    vec_each(Table *, table, &source->tables) {
        Table *twin = copy->tables.items[table - source->tables.items];
        vec_each(ForeignKey *, key, &(*table)->foreign_keys) {
            catalog_copy_foreign_key(copy, twin, *key);
        }
    }
    vec_each(const OtherName, other, &source->other_names) {
        vec_push(arena, &copy->other_names, *other);
    }
    vec_each(Opaque *, opaque, &source->opaque) {
        vec_push(arena, &copy->opaque, *opaque);
    }
    return copy;
}
