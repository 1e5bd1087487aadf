/*
 * load_index.c - indexes and unique constraints; those over expressions stay opaque.
 *
 * Source: PostgreSQL manual, "pg_index".
 */
#include "base/common.h"

#include "introspect/load/load_internal.h"

typedef struct IndexRow {
    uint32_t oid, table_oid;
    Name name, method, predicate, definition;
    bool is_unique, is_valid, nulls_not_distinct;
    int32_t key_count;
    IntList columns, options, classes, collations;
} IndexRow;

static const RowField index_fields[] = {
    ROW_OID("oid", IndexRow, oid),
    ROW_OID("table_oid", IndexRow, table_oid),
    ROW_NAME("name", IndexRow, name),
    ROW_NAME("method", IndexRow, method),
    ROW_BOOL("is_unique", IndexRow, is_unique),
    ROW_BOOL("is_valid", IndexRow, is_valid),
    ROW_INT("key_count", IndexRow, key_count),
    ROW_INTS("columns", IndexRow, columns),
    ROW_INTS("options", IndexRow, options),
    ROW_INTS("classes", IndexRow, classes),
    ROW_INTS("collations", IndexRow, collations),
    ROW_BOOL("nulls_not_distinct", IndexRow, nulls_not_distinct),
    ROW_NAME_OR_NULL("predicate", IndexRow, predicate),
    ROW_NAME_OR_NULL("definition", IndexRow, definition),
};

/* Bits of pg_index.indoption. */
enum { OPTION_DESC = 1, OPTION_NULLS_FIRST = 2 };

/* An operator class or a collation. */
typedef struct ClassRow {
    uint32_t oid;
    Name name;
    char kind; /* o: operator class, c: collation */
    bool is_default;
} ClassRow;

typedef struct IndexCx {
    LoadCx *load;
    OidMap classes, collations; /* ClassRow */
} IndexCx;

static void load_classes(IndexCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", ClassRow, oid),
        ROW_CHAR("kind", ClassRow, kind),
        ROW_NAME("name", ClassRow, name),
        ROW_BOOL("is_default", ClassRow, is_default),
    };
    LoadCx *load = cx->load;
    RowReader reader = load_reader(load, LOAD_OPERATOR_CLASSES, ROW_FIELDS(fields));
    ClassRow row;
    while (row_next(&reader, &row) && row_letter(&reader, "kind", row.kind, "oc")) {
        ClassRow *kept = arena_make(load->scratch, ClassRow);
        *kept = row;
        oid_map_put(load->scratch, row.kind == 'o' ? &cx->classes : &cx->collations, row.oid, 0,
                    kept);
    }
}

static IndexMethod method_of(Name name)
{
    static const struct {
        const char *name;
        IndexMethod method;
    } methods[] = {
        {"btree", METHOD_BTREE}, {"hash", METHOD_HASH},     {"gist", METHOD_GIST},
        {"gin", METHOD_GIN},     {"spgist", METHOD_SPGIST}, {"brin", METHOD_BRIN},
    };
    for (size_t i = 0; i < lengthof(methods); i++) {
        if (name_is(name, methods[i].name)) {
            return methods[i].method;
        }
    }
    return METHOD_OTHER;
}

static int64_t entry(const IntList *list, size_t i)
{
    return i < list->count ? list->items[i] : 0;
}

/* Without a word of its own, an ascending part has its nulls last and a descending one first. */
static void set_order(IndexPart *part, int64_t options)
{
    bool desc = (options & OPTION_DESC) != 0;
    bool nulls_first = (options & OPTION_NULLS_FIRST) != 0;
    part->sort = desc ? SORT_DESC : SORT_DEFAULT;
    if (desc != nulls_first) {
        part->nulls = nulls_first ? NULLS_FIRST : NULLS_LAST;
    }
}

static void add_part(IndexCx *cx, Index *index, const IndexRow *row, size_t i)
{
    const LoadCx *load = cx->load;
    const LoadedColumn *loaded =
        oid_map_get(&load->columns, row->table_oid, (int32_t)entry(&row->columns, i));
    const ClassRow *class = oid_map_get(&cx->classes, (uint32_t)entry(&row->classes, i), 0);
    uint32_t collation = (uint32_t)entry(&row->collations, i);
    IndexPart part = {.column = loaded == NULL ? NULL : loaded->column};
    set_order(&part, entry(&row->options, i));
    if (class != NULL) {
        part.operator_class = class->name;
        part.operator_class_is_default = class->is_default;
        part.operator_class_is_optional = index->method == METHOD_BTREE;
    }
    if (loaded != NULL && collation != 0 && collation != loaded->collation) {
        const ClassRow *named = oid_map_get(&cx->collations, collation, 0);
        part.collation = named == NULL ? NULL : named->name;
    }
    vec_push(load->catalog->arena, &index->parts, part);
}

static void add_index(IndexCx *cx, Table *table, const IndexRow *row)
{
    LoadCx *load = cx->load;
    const LoadedUnique *unique = oid_map_get(&load->unique_constraints, row->oid, 0);
    Index *index = table_add_index(load->catalog, table, row->name, origin_catalog(row->oid));
    index->kind = row->is_unique ? INDEX_UNIQUE : INDEX_NORMAL;
    index->method = method_of(row->method);
    index->method_name = index->method == METHOD_OTHER ? row->method : NULL;
    index->predicate = row->predicate;
    index->is_constraint = unique != NULL;
    index->deferrable = unique != NULL && unique->deferrable;
    index->nulls_not_distinct = row->nulls_not_distinct;
    index->valid = row->is_valid;
    for (size_t i = 0; i < row->columns.count; i++) {
        Column *column = load_find_column(load, row->table_oid, row->columns.items[i]);
        if (i < (size_t)row->key_count) {
            add_part(cx, index, row, i);
        } else if (column != NULL) {
            vec_push(load->catalog->arena, &index->include, column);
        }
    }
}

static void add_expression_index(LoadCx *cx, Table *table, const IndexRow *row)
{
    Opaque opaque = {.schema = table->schema,
                     .name = row->name,
                     .table = table,
                     .relation = table->name,
                     .definition = row->definition};
    Opaque *added = load_add_opaque(cx, OPAQUE_EXPRESSION_INDEX, opaque, row->oid);
    vec_each(int64_t, number, &row->columns) {
        Column *column = load_find_column(cx, row->table_oid, *number);
        if (column != NULL && !column_in_list(column, added->columns.items, added->columns.count)) {
            vec_push(cx->catalog->arena, &added->columns, column);
        }
    }
}

/* What its predicate uses comes with opaque_depends.sql. */
static void add_partial_index(LoadCx *cx, Table *table, const IndexRow *row)
{
    Opaque opaque = {.schema = table->schema,
                     .name = row->name,
                     .table = table,
                     .relation = table->name,
                     .definition = row->predicate,
                     .part = row->name};
    (void)load_add_opaque(cx, OPAQUE_PARTIAL_INDEX, opaque, row->oid);
}

/* Is every key a column? Keys over expressions and over system columns have none. */
static bool has_columns_only(const LoadCx *cx, const IndexRow *row)
{
    for (size_t i = 0; i < row->columns.count; i++) {
        if (load_find_column(cx, row->table_oid, row->columns.items[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/* --- the indexes foreign keys rest on -----------------------------------------------------------
 */

typedef struct IndexName {
    Name name;
} IndexName;

void load_name_index(LoadCx *cx, uint32_t oid, Name name)
{
    IndexName *named = arena_make(cx->scratch, IndexName);
    named->name = name;
    oid_map_put(cx->scratch, &cx->index_names, oid, 0, named);
}

static void name_foreign_keys(LoadCx *cx)
{
    vec_each(LoadedForeignKey, at, &cx->foreign_keys) {
        const IndexName *named = oid_map_get(&cx->index_names, at->index_oid, 0);
        at->key->rests_on = named == NULL ? NULL : named->name;
    }
}

/* --- join tables --------------------------------------------------------------------------------
 */

static bool covers(const Table *table, Column *const *columns, size_t count, const char *first,
                   const char *second)
{
    return table->columns.count == 2 && count == 2 && name_is(columns[0]->name, first) &&
           name_is(columns[1]->name, second);
}

static bool has_key_over_both(const Table *table)
{
    const PrimaryKey *key = table->primary_key;
    if (key != NULL && covers(table, key->columns.items, key->columns.count, "A", "B")) {
        return true;
    }
    vec_each(Index *, at, &table->indexes) {
        const Index *index = *at;
        if (index->kind == INDEX_UNIQUE && index->parts.count == 2 && index->predicate == NULL &&
            name_is(index->parts.items[0].column->name, "A") &&
            name_is(index->parts.items[1].column->name, "B")) {
            return true;
        }
    }
    return false;
}

static bool has_index_on_second(const Table *table)
{
    vec_each(Index *, at, &table->indexes) {
        const Index *index = *at;
        if (index->parts.count == 1 && name_is(index->parts.items[0].column->name, "B")) {
            return true;
        }
    }
    return false;
}

/* One foreign key from each of the two columns. */
static bool has_both_foreign_keys(const Table *table)
{
    if (table->foreign_keys.count != 2 || table->foreign_keys.items[0]->columns.count != 1 ||
        table->foreign_keys.items[1]->columns.count != 1) {
        return false;
    }
    const Column *first = table->foreign_keys.items[0]->columns.items[0];
    const Column *second = table->foreign_keys.items[1]->columns.items[0];
    return first != second;
}

/* An implicit many-to-many table is known by its shape alone: docs/language.md, "Many to many". */
static void mark_join_tables(LoadCx *cx)
{
    vec_each(Table *, at, &cx->catalog->tables) {
        Table *table = *at;
        table->is_join_table = table->name->text[0] == '_' && table->columns.count == 2 &&
                               has_both_foreign_keys(table) && has_key_over_both(table) &&
                               has_index_on_second(table);
    }
}

/* What no server answers would leave an index without a part, or a part without its options. */
static bool is_whole(RowReader *reader, const IndexRow *row)
{
    const size_t keys = row->key_count < 1 ? 0 : (size_t)row->key_count;
    bool whole = keys > 0 && row->columns.count >= keys && row->options.count >= keys &&
                 row->classes.count >= keys && row->collations.count >= keys;
    vec_each(int64_t, number, &row->columns) {
        whole &= *number != 0 || row->definition != NULL;
    }
    return whole || row_refuse(reader, arena_printf(reader->arena, "index `%s` lacks its keys",
                                                    row->name->text));
}

/* --- all of them --------------------------------------------------------------------------------
 */

void load_indexes(LoadCx *load)
{
    IndexCx cx = {.load = load};
    load_classes(&cx);
    RowReader reader = load_reader(load, LOAD_INDEXES, ROW_FIELDS(index_fields));
    IndexRow row;
    while (row_next(&reader, &row) && is_whole(&reader, &row)) {
        load_name_index(load, row.oid, row.name);
        Table *table = oid_map_get(&load->tables, row.table_oid, 0);
        if (table == NULL) {
            continue;
        }
        if (has_columns_only(load, &row)) {
            add_index(&cx, table, &row);
            if (row.predicate != NULL && load->with_opaque) {
                add_partial_index(load, table, &row);
            }
        } else if (load->with_opaque) {
            add_expression_index(load, table, &row);
        }
    }
    name_foreign_keys(load);
    mark_join_tables(load);
}
