/*
 * load_opaque.c - what the schema language cannot say: read, kept, never understood.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "introspect/load/load_internal.h"

static bool read_kind(RowReader *reader, const char *name, OpaqueKind *ret_kind)
{
    for (size_t kind = 0; kind < OPAQUE_KIND_COUNT; kind++) {
        if (strcmp(opaque_word((OpaqueKind)kind), name) == 0) {
            *ret_kind = (OpaqueKind)kind;
            return true;
        }
    }
    return row_refuse(reader, arena_printf(reader->arena, "`%.40s` is no kind of object", name));
}

/* Oids are unique per kind only, so the kind is part of the key. */
Opaque *load_add_opaque(LoadCx *cx, OpaqueKind kind, Opaque opaque, uint32_t oid)
{
    Opaque *added = arena_make(cx->catalog->arena, Opaque);
    *added = opaque;
    added->kind = kind;
    added->origin = origin_catalog(oid);
    vec_push(cx->catalog->arena, &cx->catalog->opaque, added);
    oid_map_put(cx->scratch, &cx->opaque, oid, (int32_t)kind, added);
    return added;
}

typedef struct PresenceRow {
    bool has_opaque, has_names;
} PresenceRow;

void load_presence(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_BOOL("has_opaque", PresenceRow, has_opaque),
        ROW_BOOL("has_names", PresenceRow, has_names),
    };
    RowReader reader = load_reader(cx, LOAD_PRESENCE, ROW_FIELDS(fields));
    PresenceRow row;
    while (row_next(&reader, &row)) {
        cx->has_opaque = cx->has_opaque || row.has_opaque;
        cx->has_names = cx->has_names || row.has_names;
    }
}

typedef struct NameRow {
    Name schema, name, kind;
    uint32_t table_oid;
    bool is_relation, is_type;
} NameRow;

void load_names(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_NAME("schema", NameRow, schema),
        ROW_NAME("name", NameRow, name),
        ROW_NAME("kind", NameRow, kind),
        ROW_OID_OR_NULL("table_oid", NameRow, table_oid),
        ROW_BOOL("is_relation", NameRow, is_relation),
        ROW_BOOL("is_type", NameRow, is_type),
    };
    RowReader reader = load_reader(cx, LOAD_NAMES, ROW_FIELDS(fields));
    NameRow row;
    while (row_next(&reader, &row)) {
        const OtherName other = {.schema = row.schema,
                                 .name = row.name,
                                 .kind = row.kind,
                                 .of = oid_map_get(&cx->tables, row.table_oid, 0),
                                 .among = (row.is_relation ? AMONG_RELATIONS : AMONG_NONE) |
                                          (row.is_type ? AMONG_TYPES : AMONG_NONE)};
        vec_push(cx->catalog->arena, &cx->catalog->other_names, other);
    }
}

typedef struct OpaqueRow {
    const char *kind;
    uint32_t oid, table_oid, type_oid;
    int32_t column_number;
    Name schema, name, definition, part, relation;
} OpaqueRow;

/* A sequence some column takes its values from is that column's, whoever owns it: only its settings
 * are compared as such. */
static bool is_other_sequence(const LoadCx *cx, const OpaqueRow *row, OpaqueKind kind)
{
    if (kind != OPAQUE_SEQUENCE && kind != OPAQUE_SEQUENCE_SETTING) {
        return false;
    }
    const LoadedSequence *loaded = map_get2(&cx->sequences, row->schema, row->name);
    const bool used = loaded == NULL || loaded->used;
    return used == (kind == OPAQUE_SEQUENCE);
}

/* What belongs to a table that is not read (a partition) concerns no plan; views are none. */
static bool is_of_unread_table(const LoadCx *cx, const OpaqueRow *row, OpaqueKind kind)
{
    const bool of_view = kind == OPAQUE_TRIGGER || kind == OPAQUE_RULE;
    return row->table_oid != 0 && oid_map_get(&cx->tables, row->table_oid, 0) == NULL && !of_view &&
           !cx->complete;
}

static bool is_of_tools(const OpaqueRow *row)
{
    return table_is_reserved(row->name->text) ||
           (row->relation != NULL && table_is_reserved(row->relation->text));
}

static void load_object(LoadCx *cx, const OpaqueRow *row, OpaqueKind kind, Table *table)
{
    Opaque opaque = {.schema = row->schema,
                     .name = row->name,
                     .table = table,
                     .relation = table == NULL ? row->relation : table->name,
                     .definition = row->definition,
                     .part = row->part};
    Opaque *added = load_add_opaque(cx, kind, opaque, row->oid);
    Column *column = load_find_column(cx, row->table_oid, row->column_number);
    const LoadedType *type = oid_map_get(&cx->types, row->type_oid, 0);
    if (column != NULL) {
        vec_push(cx->catalog->arena, &added->columns, column);
    }
    if (type != NULL && type->enum_type != NULL) {
        vec_push(cx->catalog->arena, &added->enums, type->enum_type);
    }
}

static void load_rows(LoadCx *cx, LoadQuery query)
{
    static const RowField fields[] = {
        ROW_TEXT("kind", OpaqueRow, kind),
        ROW_OID("oid", OpaqueRow, oid),
        ROW_NAME_OR_NULL("schema", OpaqueRow, schema),
        ROW_NAME("name", OpaqueRow, name),
        ROW_OID_OR_NULL("table_oid", OpaqueRow, table_oid),
        ROW_NAME("definition", OpaqueRow, definition),
        ROW_OID_OR_NULL("type_oid", OpaqueRow, type_oid),
        ROW_INT_OR_NULL("column_number", OpaqueRow, column_number),
        ROW_NAME_OR_NULL("part", OpaqueRow, part),
        ROW_NAME_OR_NULL("relation", OpaqueRow, relation),
    };
    RowReader reader = load_reader(cx, query, ROW_FIELDS(fields));
    OpaqueRow row;
    OpaqueKind kind = OPAQUE_KIND_COUNT;
    while (row_next(&reader, &row) && read_kind(&reader, row.kind, &kind)) {
        if (!is_of_unread_table(cx, &row, kind) && !is_other_sequence(cx, &row, kind) &&
            !is_of_tools(&row)) {
            load_object(cx, &row, kind, oid_map_get(&cx->tables, row.table_oid, 0));
        }
    }
}

void load_opaque(LoadCx *cx)
{
    load_rows(cx, LOAD_OPAQUE);
}

void load_compared(LoadCx *cx)
{
    load_rows(cx, LOAD_COMPARED);
}

void load_compared_14(LoadCx *cx)
{
    load_rows(cx, LOAD_COMPARED_14);
}

void load_compared_15(LoadCx *cx)
{
    load_rows(cx, LOAD_COMPARED_15);
}

void load_deployer(LoadCx *cx)
{
    static const RowField fields[] = {ROW_NAME("name", OpaqueRow, name)};
    RowReader reader = load_reader(cx, LOAD_DEPLOYER, ROW_FIELDS(fields));
    OpaqueRow row;
    while (row_next(&reader, &row)) {
        cx->catalog->deploying_role = row.name;
    }
}

/* --- dependencies -------------------------------------------------------------------------------
 */

typedef struct DependRow {
    const char *kind;
    uint32_t oid, referenced_oid;
    int32_t column_number;
    bool is_type, is_key;
} DependRow;

static void add_table(LoadCx *cx, Opaque *opaque, Table *table)
{
    vec_each(Table *, at, &opaque->tables) {
        if (*at == table) {
            return;
        }
    }
    vec_push(cx->catalog->arena, &opaque->tables, table);
}

static void add_column(LoadCx *cx, Opaque *opaque, Column *column)
{
    if (!column_in_list(column, opaque->columns.items, opaque->columns.count)) {
        vec_push(cx->catalog->arena, &opaque->columns, column);
    }
}

static void add_enum(LoadCx *cx, Opaque *opaque, EnumType *type)
{
    vec_each(EnumType *, at, &opaque->enums) {
        if (*at == type) {
            return;
        }
    }
    vec_push(cx->catalog->arena, &opaque->enums, type);
}

static void add_dependency(LoadCx *cx, Opaque *opaque, const DependRow *row)
{
    if (row->is_type) {
        const LoadedType *type = oid_map_get(&cx->types, row->referenced_oid, 0);
        if (type != NULL && type->enum_type != NULL) {
            add_enum(cx, opaque, type->enum_type);
        }
        return;
    }
    Table *table = oid_map_get(&cx->tables, row->referenced_oid, 0);
    Column *column = load_find_column(cx, row->referenced_oid, row->column_number);
    /* A generated column hangs on itself, too. */
    const bool is_itself = opaque->kind == OPAQUE_GENERATED_COLUMN && column != NULL &&
                           column->name == opaque->name && column->table == opaque->table;
    if (is_itself) {
        return;
    }
    if (table != NULL) {
        add_table(cx, opaque, table);
    }
    if (table != NULL && row->is_key) {
        vec_push(cx->catalog->arena, &opaque->keyed, table);
    }
    if (column != NULL) {
        add_column(cx, opaque, column);
    }
}

void load_opaque_depends(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_TEXT("kind", DependRow, kind),
        ROW_OID("oid", DependRow, oid),
        ROW_BOOL("is_type", DependRow, is_type),
        ROW_BOOL("is_key", DependRow, is_key),
        ROW_OID("referenced_oid", DependRow, referenced_oid),
        ROW_INT("column_number", DependRow, column_number),
    };
    RowReader reader = load_reader(cx, LOAD_OPAQUE_DEPENDS, ROW_FIELDS(fields));
    DependRow row;
    OpaqueKind kind = OPAQUE_KIND_COUNT;
    while (row_next(&reader, &row) && read_kind(&reader, row.kind, &kind)) {
        Opaque *opaque = oid_map_get(&cx->opaque, row.oid, (int32_t)kind);
        if (opaque != NULL) {
            add_dependency(cx, opaque, &row);
        }
    }
}

/* --- order --------------------------------------------------------------------------------------
 */

/* Kind, schema, table, name: the order every run and every server gives. */
static int compare_opaque(const void *left, const void *right)
{
    const Opaque *a = *(Opaque *const *)left;
    const Opaque *b = *(Opaque *const *)right;
    int order = (int)a->kind - (int)b->kind;
    order = order != 0 ? order : name_compare(a->schema, b->schema);
    order = order != 0 ? order : name_compare(a->relation, b->relation);
    return order != 0 ? order : name_compare(a->name, b->name);
}

void load_opaque_end(LoadCx *cx)
{
    OpaqueList *list = &cx->catalog->opaque;
    vec_each(Opaque *, at, list) {
        Opaque *opaque = *at;
        if (opaque->table != NULL) {
            add_table(cx, opaque, opaque->table);
        }
    }
    if (list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, compare_opaque);
    }
}
