/*
 * load_table.c - tables and their columns, defaults and identities included.
 */
#include "base/common.h"

#include "compiler/canon/canon.h"
#include "introspect/load/load_internal.h"

typedef struct TableRow {
    uint32_t oid;
    Name schema, name;
    bool is_partitioned, has_row_security, has_children;
} TableRow;

void load_tables(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", TableRow, oid),
        ROW_NAME("schema", TableRow, schema),
        ROW_NAME("name", TableRow, name),
        ROW_BOOL("is_partitioned", TableRow, is_partitioned),
        ROW_BOOL("has_row_security", TableRow, has_row_security),
        ROW_BOOL("has_children", TableRow, has_children),
    };
    RowReader reader = load_reader(cx, LOAD_TABLES, ROW_FIELDS(fields));
    TableRow row;
    while (row_next(&reader, &row)) {
        if (table_is_reserved(row.name->text)) {
            continue;
        }
        Table *table =
            catalog_add_table(cx->catalog, row.schema, row.name, origin_catalog(row.oid));
        table->is_partitioned = row.is_partitioned;
        table->has_row_security = row.has_row_security;
        table->has_children = row.has_children;
        oid_map_put(cx->scratch, &cx->tables, row.oid, 0, table);
    }
}

typedef struct DefaultRow {
    uint32_t oid, table_oid;
    int32_t number;
    Name expression;
} DefaultRow;

/* They come before the columns they belong to. */
static void load_default_rows(LoadCx *cx, LoadQuery query)
{
    static const RowField fields[] = {
        ROW_OID_OR_NULL("oid", DefaultRow, oid),
        ROW_OID("table_oid", DefaultRow, table_oid),
        ROW_INT("number", DefaultRow, number),
        ROW_NAME_OR_NULL("expression", DefaultRow, expression),
    };
    RowReader reader = load_reader(cx, query, ROW_FIELDS(fields));
    DefaultRow row;
    while (row_next(&reader, &row)) {
        if (row.oid == 0) {
            continue; /* a view's columns and defaults are one result */
        }
        if (row.expression == NULL) {
            (void)row_refuse(&reader, "a default has no text");
            return;
        }
        LoadedDefault *dflt = arena_make(cx->scratch, LoadedDefault);
        *dflt = (LoadedDefault){row.oid, row.expression};
        oid_map_put(cx->scratch, &cx->default_texts, row.table_oid, row.number, dflt);
    }
}

void load_defaults(LoadCx *cx)
{
    load_default_rows(cx, LOAD_DEFAULTS);
}

typedef struct ColumnRow {
    uint32_t table_oid, type_oid, collation_oid;
    int32_t number, modifier;
    Name name, type_text, collation_name;
    bool not_null, has_privileges;
    char identity, generated;
} ColumnRow;

static const RowField column_fields[] = {
    ROW_OID("table_oid", ColumnRow, table_oid),
    ROW_INT("number", ColumnRow, number),
    ROW_NAME("name", ColumnRow, name),
    ROW_OID("type_oid", ColumnRow, type_oid),
    ROW_INT("modifier", ColumnRow, modifier),
    ROW_NAME_OR_NULL("type_text", ColumnRow, type_text),
    ROW_BOOL("not_null", ColumnRow, not_null),
    ROW_CHAR("identity", ColumnRow, identity),
    ROW_CHAR("generated", ColumnRow, generated),
    ROW_BOOL("has_privileges", ColumnRow, has_privileges),
    ROW_OID("collation_oid", ColumnRow, collation_oid),
    ROW_NAME_OR_NULL("collation_name", ColumnRow, collation_name),
};

/* The sequence behind nextval() is the one of the catalog, so that its owner can be compared. */
static void link_sequence(const LoadCx *cx, Default *dflt)
{
    if (dflt->kind != DEFAULT_SEQUENCE || dflt->sequence == NULL) {
        return;
    }
    LoadedSequence *loaded = map_get2(&cx->sequences, dflt->sequence->schema, dflt->sequence->name);
    if (loaded != NULL) {
        dflt->sequence = loaded->sequence;
        loaded->used = true;
    }
}

/* Equal defaults of equal types are read once: databases repeat few of them a thousand times. */
static Default read_default(LoadCx *cx, const ColumnRow *row, Name text, const ColumnType *type)
{
    Name type_key = intern_printf(cx->names, "%u %d", row->type_oid, (int)row->modifier);
    const Default *seen = map_get2(&cx->defaults, text, type_key);
    if (seen != NULL) {
        return *seen;
    }
    Default *dflt = arena_make(cx->scratch, Default);
    *dflt = canon_read_default(cx->catalog, text->text, type);
    if (dflt->kind != DEFAULT_SEQUENCE) {
        map_put2(cx->scratch, &cx->defaults, text, type_key, dflt);
    }
    return *dflt;
}

static void add_generated(LoadCx *cx, const Column *column, const LoadedDefault *dflt)
{
    Opaque opaque = {.schema = column->table->schema,
                     .name = column->name,
                     .table = column->table,
                     .relation = column->table->name,
                     .definition = dflt->expression};
    (void)load_add_opaque(cx, OPAQUE_GENERATED_COLUMN, opaque, dflt->oid);
}

static void fill_column(LoadCx *cx, Column *column, const ColumnRow *row)
{
    const LoadedDefault *dflt = oid_map_get(&cx->default_texts, row->table_oid, row->number);
    column->type = load_column_type(cx, row->type_oid, row->modifier, row->type_text);
    column->not_null = row->not_null || load_type_not_null(cx, row->type_oid);
    column->collation = row->collation_name;
    if (row->identity != '\0') {
        column->identity = row->identity == 'a' ? IDENTITY_ALWAYS : IDENTITY_BY_DEFAULT;
        column->dflt.kind = DEFAULT_SEQUENCE;
    } else if (row->generated != '\0' && dflt != NULL) {
        column->generated = dflt->expression;
        column->generated_virtual = row->generated == 'v';
        if (cx->with_opaque) {
            add_generated(cx, column, dflt);
        }
    } else if (dflt != NULL) {
        column->dflt = read_default(cx, row, dflt->expression, &column->type);
        link_sequence(cx, &column->dflt);
    }
}

Column *load_find_column(const LoadCx *cx, uint32_t table_oid, int64_t number)
{
    const LoadedColumn *loaded = oid_map_get(&cx->columns, table_oid, (int32_t)number);
    return loaded == NULL ? NULL : loaded->column;
}

/* A serial's sequence belongs to the column that uses it; an identity's is found only this way. */
static void link_owners(LoadCx *cx)
{
    vec_each(LoadedSequence *, at, &cx->sequence_list) {
        LoadedSequence *loaded = *at;
        Column *column = load_find_column(cx, loaded->table_oid, loaded->column_number);
        if (loaded->ownership == '\0') {
            continue;
        }
        loaded->used = true;
        if (column != NULL && column->identity != IDENTITY_NONE) {
            column->dflt.sequence = loaded->sequence;
        }
        loaded->sequence->owned = column != NULL && column->dflt.sequence == loaded->sequence;
    }
}

static void load_rows(LoadCx *cx, LoadQuery query)
{
    RowReader reader = load_reader(cx, query, ROW_FIELDS(column_fields));
    ColumnRow row;
    while (row_next(&reader, &row)) {
        Table *table = oid_map_get(&cx->tables, row.table_oid, 0);
        if (table == NULL) {
            continue;
        }
        if (!row_letter(&reader, "identity", row.identity, "ad") ||
            !row_letter(&reader, "generated", row.generated, "sv")) {
            return;
        }
        Column *column =
            table_add_column(cx->catalog, table, row.name, origin_catalog(row.table_oid));
        LoadedColumn *loaded = arena_make(cx->scratch, LoadedColumn);
        *loaded = (LoadedColumn){column, row.collation_oid};
        oid_map_put(cx->scratch, &cx->columns, row.table_oid, row.number, loaded);
        fill_column(cx, column, &row);
        cx->has_opaque = cx->has_opaque || row.has_privileges;
    }
}

void load_columns(LoadCx *cx)
{
    load_rows(cx, LOAD_COLUMNS);
    link_owners(cx);
}

void load_view_columns(LoadCx *cx)
{
    load_default_rows(cx, LOAD_VIEW_COLUMNS);
    load_rows(cx, LOAD_VIEW_COLUMNS);
}
