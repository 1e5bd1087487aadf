/*
 * load_type.c - enums, sequences, and the types columns have.
 *
 * Types the schema language has words for are found by their catalog name; everything else, domains
 * and enums of unread schemas included, is TYPE_OTHER with the server's own text.
 * Source: PostgreSQL manual, "pg_type"; type modifiers as the types' typmod functions encode them.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/catalog/types.h"
#include "introspect/load/load_internal.h"

/* --- enums --------------------------------------------------------------------------------------
 */

typedef struct EnumRow {
    uint32_t oid;
    Name schema, name, value;
} EnumRow;

void load_enums(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", EnumRow, oid),
        ROW_NAME("schema", EnumRow, schema),
        ROW_NAME("name", EnumRow, name),
        ROW_NAME_OR_NULL("value", EnumRow, value),
    };
    RowReader reader = load_reader(cx, LOAD_ENUMS, ROW_FIELDS(fields));
    EnumRow row;
    while (row_next(&reader, &row)) {
        EnumType *type = oid_map_get(&cx->enums, row.oid, 0);
        if (type == NULL) {
            type = catalog_add_enum(cx->catalog, row.schema, row.name, origin_catalog(row.oid));
            oid_map_put(cx->scratch, &cx->enums, row.oid, 0, type);
        }
        if (row.value != NULL) {
            vec_push(cx->catalog->arena, &type->values, row.value);
        }
    }
}

/* --- types --------------------------------------------------------------------------------------
 */

typedef struct TypeDbRow {
    uint32_t oid, array_oid;
    Name schema, name, text;
    char kind; /* b base, c composite, d domain, e enum, m multirange, p pseudo, r range */
    bool in_extension, domain_not_null;
    uint32_t base_oid;
    int32_t base_modifier;
    Name base_text;
} TypeDbRow;

static TypeId find_type(const LoadCx *cx, const TypeDbRow *row)
{
    TypeId id = TYPE_OTHER;
    bool of_server = name_is(row->schema, "pg_catalog");
    bool citext = row->in_extension && name_is(row->name, "citext");
    if (row->kind == 'e' && oid_map_get(&cx->enums, row->oid, 0) != NULL) {
        return TYPE_ENUM;
    }
    if (of_server && name_is(row->name, "char")) {
        return TYPE_CHAR;
    }
    if (row->kind != 'b' || (!of_server && !citext) || !type_find_catalog(row->name->text, &id)) {
        return TYPE_OTHER;
    }
    return id;
}

void load_types(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", TypeDbRow, oid),
        ROW_OID("array_oid", TypeDbRow, array_oid),
        ROW_NAME("schema", TypeDbRow, schema),
        ROW_NAME("name", TypeDbRow, name),
        ROW_NAME("text", TypeDbRow, text),
        ROW_CHAR("kind", TypeDbRow, kind),
        ROW_BOOL("in_extension", TypeDbRow, in_extension),
        ROW_BOOL("domain_not_null", TypeDbRow, domain_not_null),
        ROW_OID("base_oid", TypeDbRow, base_oid),
        ROW_INT("base_modifier", TypeDbRow, base_modifier),
        ROW_NAME_OR_NULL("base_text", TypeDbRow, base_text),
    };
    RowReader reader = load_reader(cx, LOAD_TYPES, ROW_FIELDS(fields));
    TypeDbRow row;
    while (row_next(&reader, &row)) {
        LoadedType *types = arena_array(cx->scratch, LoadedType, 2);
        types[0] = (LoadedType){
            .id = find_type(cx, &row),
            .text = row.text,
            .name = row.name,
            .enum_type = oid_map_get(&cx->enums, row.oid, 0),
            .base_oid = row.base_oid,
            .base_modifier = row.base_modifier,
            .base_text = row.base_text,
            .domain_not_null = row.domain_not_null,
        };
        types[1] = types[0];
        types[1].list = true;
        types[1].base_oid = 0;
        oid_map_put(cx->scratch, &cx->types, row.oid, 0, &types[0]);
        if (row.array_oid != 0) {
            oid_map_put(cx->scratch, &cx->types, row.array_oid, 0, &types[1]);
        }
    }
}

/* Type modifiers count the four bytes of a length word. */
enum { LENGTH_WORD = 4, NUMERIC_SCALE_BITS = 11 };

static void set_arguments(ColumnType *type, int32_t modifier)
{
    int32_t digits = modifier - LENGTH_WORD;
    int32_t sign = 1 << (NUMERIC_SCALE_BITS - 1);
    switch (type_row(type->id)->arguments) {
    case ARGUMENTS_NONE:
        break;
    case ARGUMENTS_LENGTH: {
        bool bits = type->id == TYPE_BIT || type->id == TYPE_VARBIT;
        type->arguments[0] = bits ? modifier : digits;
        break;
    }
    case ARGUMENTS_DECIMAL:
        type->arguments[0] = (digits >> 16) & 0xffff;
        type->arguments[1] = ((digits & ((1 << NUMERIC_SCALE_BITS) - 1)) ^ sign) - sign;
        break;
    case ARGUMENTS_PRECISION:
        type->arguments[0] = modifier;
        break;
    }
}

static ColumnType other_type(const LoadCx *cx, const LoadedType *type, Name text)
{
    ColumnType made = {.id = TYPE_OTHER, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    Name full = text != NULL || type == NULL ? text : type->text;
    made.list = type != NULL && type->list;
    made.raw = full;
    if (full == NULL) {
        made.raw = intern_cstr(cx->names, "unknown");
    } else if (made.list && full->len > 2 && strcmp(full->text + full->len - 2, "[]") == 0) {
        made.raw = intern(cx->names, full->text, full->len - 2);
    }
    return made;
}

/* `text`: as format_type prints the type with its modifier; NULL without one. */
static ColumnType plain_type(const LoadCx *cx, uint32_t type_oid, int32_t modifier, Name text)
{
    const LoadedType *type = oid_map_get(&cx->types, type_oid, 0);
    if (type == NULL || type->id == TYPE_OTHER) {
        return other_type(cx, type, text);
    }
    ColumnType made = {
        .id = type->id,
        .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT},
        .list = type->list,
        .enum_type = type->enum_type,
    };
    if (made.id != TYPE_ENUM && modifier >= 0) {
        set_arguments(&made, modifier);
    }
    bool negative_scale = made.id == TYPE_DECIMAL && modifier >= 0 && made.arguments[1] < 0;
    return negative_scale ? other_type(cx, type, text) : made;
}

enum { DOMAINS_DEEP = 1000 };

/* The type a domain is over, through domains over domains: the server allows no ring of them, and
 * an answer that holds one leads nowhere. */
static const ColumnType *domain_of(const LoadCx *cx, const LoadedType *domain)
{
    const LoadedType *last = domain;
    const LoadedType *base = oid_map_get(&cx->types, domain->base_oid, 0);
    for (size_t i = 0; base != NULL && base->base_oid != 0; i++) {
        if (i == DOMAINS_DEEP) {
            return NULL;
        }
        last = base;
        base = oid_map_get(&cx->types, base->base_oid, 0);
    }
    if (base == NULL) {
        return NULL;
    }
    ColumnType *type = arena_make(cx->catalog->arena, ColumnType);
    *type = plain_type(cx, last->base_oid, last->base_modifier, last->base_text);
    return type;
}

ColumnType load_column_type(const LoadCx *cx, uint32_t type_oid, int32_t modifier, Name text)
{
    const LoadedType *loaded = oid_map_get(&cx->types, type_oid, 0);
    ColumnType type = plain_type(cx, type_oid, modifier, text);
    if (loaded != NULL && loaded->base_oid != 0) {
        type.domain_of = domain_of(cx, loaded);
    }
    return type;
}

bool load_type_not_null(const LoadCx *cx, uint32_t type_oid)
{
    const LoadedType *type = oid_map_get(&cx->types, type_oid, 0);
    return type != NULL && !type->list && type->domain_not_null;
}

/* --- sequences ----------------------------------------------------------------------------------
 */

typedef struct SequenceRow {
    uint32_t oid, table_oid;
    Name schema, name, data_type;
    int32_t column_number;
    char ownership;
} SequenceRow;

void load_sequences(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", SequenceRow, oid),
        ROW_NAME("schema", SequenceRow, schema),
        ROW_NAME("name", SequenceRow, name),
        ROW_NAME("data_type", SequenceRow, data_type),
        ROW_OID_OR_NULL("table_oid", SequenceRow, table_oid),
        ROW_INT_OR_NULL("column_number", SequenceRow, column_number),
        ROW_CHAR_OR_NULL("ownership", SequenceRow, ownership),
    };
    RowReader reader = load_reader(cx, LOAD_SEQUENCES, ROW_FIELDS(fields));
    SequenceRow row;
    while (row_next(&reader, &row) && row_letter(&reader, "ownership", row.ownership, "ai")) {
        LoadedSequence *loaded = arena_make(cx->scratch, LoadedSequence);
        loaded->sequence = arena_make(cx->catalog->arena, Sequence);
        *loaded->sequence =
            (Sequence){.schema = row.schema, .name = row.name, .data_type = row.data_type};
        loaded->oid = row.oid;
        loaded->table_oid = row.table_oid;
        loaded->column_number = row.column_number;
        loaded->ownership = row.ownership;
        map_put2(cx->scratch, &cx->sequences, row.schema, row.name, loaded);
        vec_push(cx->scratch, &cx->sequence_list, loaded);
    }
}
