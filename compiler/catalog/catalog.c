#include "base/common.h"

#include "compiler/catalog/catalog.h"

#include <string.h>
#include <strings.h>

Catalog *catalog_new(Names *names, Name default_schema)
{
    Arena *arena = arena_new();
    Catalog *catalog = arena_make(arena, Catalog);
    catalog->arena = arena;
    catalog->names = names;
    catalog->default_schema = default_schema;
    return catalog;
}

void catalog_free(Catalog *catalog)
{
    if (catalog != NULL) {
        arena_free(catalog->arena);
    }
}

Schema *catalog_add_schema(Catalog *catalog, Name name, Origin origin)
{
    Schema *schema = map_get(&catalog->schemas_by_name, name);
    if (schema == NULL) {
        schema = arena_make(catalog->arena, Schema);
        *schema = (Schema){.name = name, .origin = origin};
        vec_push(catalog->arena, &catalog->schemas, schema);
        map_put(catalog->arena, &catalog->schemas_by_name, name, schema);
    }
    return schema;
}

Table *catalog_add_table(Catalog *catalog, Name schema, Name name, Origin origin)
{
    Table *table = arena_make(catalog->arena, Table);
    table->schema = schema;
    table->name = name;
    table->origin = origin;
    vec_push(catalog->arena, &catalog->tables, table);
    map_put2(catalog->arena, &catalog->tables_by_name, schema, name, table);
    return table;
}

EnumType *catalog_add_enum(Catalog *catalog, Name schema, Name name, Origin origin)
{
    EnumType *type = arena_make(catalog->arena, EnumType);
    type->schema = schema;
    type->name = name;
    type->origin = origin;
    vec_push(catalog->arena, &catalog->enums, type);
    map_put2(catalog->arena, &catalog->enums_by_name, schema, name, type);
    return type;
}

void table_expect_columns(Catalog *catalog, Table *table, size_t count)
{
    assert(table->columns.count == 0);
    vec_reserve(catalog->arena, &table->columns, count);
    map_reserve(catalog->arena, &table->columns_by_name, count);
}

Column *table_add_column(Catalog *catalog, Table *table, Name name, Origin origin)
{
    Column *column = arena_make(catalog->arena, Column);
    column->name = name;
    column->table = table;
    column->origin = origin;
    column->position = (uint32_t)table->columns.count;
    column->type.arguments[0] = TYPE_NO_ARGUMENT;
    column->type.arguments[1] = TYPE_NO_ARGUMENT;
    vec_push(catalog->arena, &table->columns, column);
    map_put(catalog->arena, &table->columns_by_name, name, column);
    return column;
}

Index *table_add_index(Catalog *catalog, Table *table, Name name, Origin origin)
{
    Index *index = arena_make(catalog->arena, Index);
    index->name = name;
    index->table = table;
    index->valid = true;
    index->origin = origin;
    vec_push(catalog->arena, &table->indexes, index);
    return index;
}

PrimaryKey *table_set_primary_key(Catalog *catalog, Table *table, Name name, Origin origin)
{
    PrimaryKey *key = arena_make(catalog->arena, PrimaryKey);
    key->name = name;
    key->table = table;
    key->origin = origin;
    table->primary_key = key;
    return key;
}

ForeignKey *table_add_foreign_key(Catalog *catalog, Table *table, Name name, Origin origin)
{
    ForeignKey *key = arena_make(catalog->arena, ForeignKey);
    key->name = name;
    key->table = table;
    key->valid = true;
    key->origin = origin;
    vec_push(catalog->arena, &table->foreign_keys, key);
    return key;
}

Table *catalog_find_table(const Catalog *catalog, Name schema, Name name)
{
    return map_get2(&catalog->tables_by_name, schema, name);
}

EnumType *catalog_find_enum(const Catalog *catalog, Name schema, Name name)
{
    return map_get2(&catalog->enums_by_name, schema, name);
}

Column *table_find_column(const Table *table, Name name)
{
    return map_get(&table->columns_by_name, name);
}

bool column_in_list(const Column *column, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (columns[i] == column) {
            return true;
        }
    }
    return false;
}

bool table_is_reserved(const char *name)
{
    static const struct {
        const char *name;
        bool any_case;
    } rows[] = {
#define RESERVED_TABLE(name, any_case) {name, any_case},
#include "compiler/catalog/reserved_tables.def"
#undef RESERVED_TABLE
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].any_case ? strcasecmp(rows[i].name, name) == 0
                             : strcmp(rows[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

bool enum_has_value(const EnumType *type, Name value)
{
    vec_each(Name, at, &type->values) {
        if (*at == value) {
            return true;
        }
    }
    return false;
}

bool column_is_of_enum(const Column *column, const EnumType *type)
{
    return column->type.id == TYPE_ENUM && column->type.enum_type->schema == type->schema &&
           column->type.enum_type->name == type->name;
}

typedef struct OpaqueRule {
    OpaqueOnDrop drop;
    OpaqueOnType type;
    unsigned among;
    OpaqueOnSwitch switched;
} OpaqueRule;

static const OpaqueRule opaque_rules[] = {
#define OPAQUE(kind, word, name, drop, type, query, compared, since, among, switched)              \
    [kind] = {DROP_##drop, TYPE_##type, AMONG_##among, SWITCH_##switched},
#include "compiler/catalog/opaque_kinds.def"
#undef OPAQUE
};
static_assert(lengthof(opaque_rules) == OPAQUE_KIND_COUNT, "one row per kind");

OpaqueOnDrop opaque_on_drop(OpaqueKind kind)
{
    return opaque_rules[kind].drop;
}

OpaqueOnType opaque_on_type(OpaqueKind kind)
{
    return opaque_rules[kind].type;
}

OpaqueOnSwitch opaque_on_switch(OpaqueKind kind)
{
    return opaque_rules[kind].switched;
}

unsigned opaque_among(OpaqueKind kind)
{
    return opaque_rules[kind].among;
}

const char *opaque_word(OpaqueKind kind)
{
    static const char *const words[] = {
#define OPAQUE(kind, word, ...) [kind] = (word),
#include "compiler/catalog/opaque_kinds.def"
#undef OPAQUE
    };
    return words[kind];
}

const char *opaque_name(OpaqueKind kind)
{
    static const char *const names[] = {
#define OPAQUE(kind, word, name, ...) [kind] = (name),
#include "compiler/catalog/opaque_kinds.def"
#undef OPAQUE
    };
    return names[kind];
}
