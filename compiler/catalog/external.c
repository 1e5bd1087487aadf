#include "base/common.h"

#include "compiler/catalog/external.h"

#include "compiler/catalog/catalog_copy.h"

bool external_has_schema(const External *external, Name schema)
{
    for (size_t i = 0; external != NULL && i < external->schemas.count; i++) {
        if (external->schemas.items[i] == schema) {
            return true;
        }
    }
    return false;
}

bool external_has_table(const External *external, Name schema, Name name)
{
    for (size_t i = 0; external != NULL && i < external->tables.count; i++) {
        if (external->tables.items[i].schema == schema && external->tables.items[i].name == name) {
            return true;
        }
    }
    return external_has_schema(external, schema);
}

bool external_has_enum(const External *external, Name schema, Name name)
{
    for (size_t i = 0; external != NULL && i < external->enums.count; i++) {
        if (external->enums.items[i].schema == schema && external->enums.items[i].name == name) {
            return true;
        }
    }
    return external_has_schema(external, schema);
}

/* --- tables -------------------------------------------------------------------------------------
 */

/* Columns of types the other catalog does not hold are nobody's business here. */
static void fill_table(Catalog *catalog, Table *table, const Table *source)
{
    vec_each(Column *, at, &source->columns) {
        if (table_find_column(table, (*at)->name) == NULL) {
            (void)catalog_copy_column(catalog, table, *at);
        }
    }
    if (source->primary_key != NULL) {
        (void)catalog_copy_primary_key(catalog, table, source->primary_key);
    }
    vec_each(Index *, at, &source->indexes) {
        (void)catalog_copy_index(catalog, table, *at);
    }
}

static void empty_table(Table *table)
{
    table->columns = (ColumnList){0};
    table->columns_by_name = (Map){0};
    table->primary_key = NULL;
    table->indexes = (IndexList){0};
    table->foreign_keys = (ForeignKeyList){0};
}

/* Keys that lead to the table name its columns as they are now. */
static void aim_keys(Catalog *catalog, Table *table)
{
    vec_each(Table *, other, &catalog->tables) {
        vec_each(ForeignKey *, key, &(*other)->foreign_keys) {
            for (size_t i = 0; (*key)->referenced == table && i < (*key)->referenced_columns.count;
                 i++) {
                const Column *old = (*key)->referenced_columns.items[i];
                Column *column = table_find_column(table, old->name);
                if (column == NULL) {
                    column = catalog_copy_column(catalog, table, old);
                }
                if (column != NULL) {
                    (*key)->referenced_columns.items[i] = column;
                }
            }
        }
    }
}

static Table *copy_table(Catalog *into, const Table *source)
{
    Table *table = catalog_add_table(into, source->schema, source->name, source->origin);
    table->model = source->model;
    table->is_partitioned = source->is_partitioned;
    fill_table(into, table, source);
    return table;
}

/* In `catalog` as `source` is in the other one. */
static void mirror_table(Catalog *catalog, const Table *source)
{
    Table *table = catalog_find_table(catalog, source->schema, source->name);
    if (table == NULL) {
        (void)copy_table(catalog, source);
        return;
    }
    empty_table(table);
    table->is_partitioned = source->is_partitioned;
    fill_table(catalog, table, source);
    aim_keys(catalog, table);
}

static void mirror_tables(const External *external, const Catalog *source, Catalog *into,
                          bool replace)
{
    size_t count = source->tables.count;
    for (size_t i = 0; i < count; i++) {
        Table *table = source->tables.items[i];
        bool there = catalog_find_table(into, table->schema, table->name) != NULL;
        if (external_has_table(external, table->schema, table->name) && (replace || !there)) {
            table->foreign_keys.count = 0;
            mirror_table(into, table);
        }
    }
}

/* --- enums, schemas, the rest -------------------------------------------------------------------
 */

static void mirror_enums(const External *external, const Catalog *source, Catalog *into,
                         bool replace)
{
    size_t count = source->enums.count;
    for (size_t i = 0; i < count; i++) {
        const EnumType *type = source->enums.items[i];
        EnumType *there = catalog_find_enum(into, type->schema, type->name);
        if (!external_has_enum(external, type->schema, type->name)) {
            continue;
        }
        if (there == NULL) {
            (void)catalog_copy_enum(into, type);
        } else if (replace) {
            there->values.count = 0;
            there->words.count = 0;
            there->renamed_values.count = 0;
            vec_each(const Name, at, &type->values) {
                vec_push(into->arena, &there->values, *at);
            }
        }
    }
}

/* Schema -> something, for those that hold external objects, and for those that hold others. */
typedef struct Holdings {
    Map external, others;
} Holdings;

static void note_holding(Arena *arena, Holdings *all, Name schema, bool is_external)
{
    map_put(arena, is_external ? &all->external : &all->others, schema, all);
}

/* A schema that holds nothing else is as external as what is in it. */
static void mirror_schemas(const External *external, const Catalog *source, Catalog *into)
{
    Holdings all = {0};
    vec_each(Table *const, at, &source->tables) {
        note_holding(into->arena, &all, (*at)->schema,
                     external_has_table(external, (*at)->schema, (*at)->name));
    }
    vec_each(EnumType *const, at, &source->enums) {
        note_holding(into->arena, &all, (*at)->schema,
                     external_has_enum(external, (*at)->schema, (*at)->name));
    }
    vec_each(Schema *const, at, &source->schemas) {
        const Name name = (*at)->name;
        const bool any =
            map_get(&all.external, name) != NULL || external_has_schema(external, name);
        if (any && map_get(&all.others, name) == NULL) {
            (void)catalog_add_schema(into, name, (*at)->origin);
        }
    }
}

static void forget_opaque(const External *external, Catalog *catalog)
{
    size_t kept = 0;
    vec_each(Opaque *, at, &catalog->opaque) {
        const Table *table = (*at)->table;
        bool gone = external_has_schema(external, (*at)->schema) ||
                    (table != NULL && external_has_table(external, table->schema, table->name));
        if (!gone) {
            catalog->opaque.items[kept++] = *at;
        }
    }
    catalog->opaque.count = kept;
}

void external_align(const External *external, Catalog *from, Catalog *to)
{
    if (external == NULL ||
        external->tables.count + external->enums.count + external->schemas.count == 0) {
        return;
    }
    mirror_schemas(external, from, to);
    mirror_schemas(external, to, from);
    mirror_enums(external, from, to, true);
    mirror_enums(external, to, from, false);
    mirror_tables(external, from, to, true);
    mirror_tables(external, to, from, false);
    forget_opaque(external, from);
    forget_opaque(external, to);
}
