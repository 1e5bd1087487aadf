/*
 * canon_type.c - the types expressions speak of, in one spelling.
 *
 * Source: PostgreSQL manual, "Data Types" and "Type Conversion".
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/catalog/types.h"

ColumnType canon_type_none(void)
{
    return (ColumnType){.id = TYPE_OTHER, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
}

bool canon_type_is_none(const ColumnType *type)
{
    return type->id == TYPE_OTHER && type->raw == NULL;
}

/* Types, functions and operators of the server and of the default schema go by their name alone. */
void canon_name_print(const CanonCx *cx, StrBuf *out, const char *schema, const char *name)
{
    bool plain = schema == NULL || strcmp(schema, "pg_catalog") == 0 ||
                 (cx->default_schema != NULL && name_is(cx->default_schema, schema));
    if (!plain) {
        strbuf_printf(out, "%zu:%s.", strlen(schema), schema);
    }
    strbuf_add(out, name);
}

Name canon_other_name(const CanonCx *cx, const char *schema, const char *name)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    canon_name_print(cx, &out, schema, name);
    Name made = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return made;
}

/* A modifier of a type, as text; NULL when it is not a constant. */
static const char *modifier_text(const CanonCx *cx, const Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1) {
        return node_string(node->column_ref->fields[0]);
    }
    if (node->node_case != PG_QUERY__NODE__NODE_A_CONST) {
        return NULL;
    }
    const PgQuery__AConst *constant = node->a_const;
    switch (constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return arena_printf(cx->scratch, "%d", constant->ival->ival);
    case PG_QUERY__A__CONST__VAL_SVAL:
        return constant->sval->sval;
    case PG_QUERY__A__CONST__VAL_FVAL:
        return constant->fval->fval;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
    case PG_QUERY__A__CONST__VAL_BSVAL:
    case PG_QUERY__A__CONST__VAL__NOT_SET:
    case _PG_QUERY__A__CONST__VAL__CASE_IS_INT_SIZE:
        break;
    }
    return NULL;
}

/* Arguments of a type the language has no word for stay part of its name. */
static void add_raw_modifiers(const CanonCx *cx, ColumnType *type, const PgQuery__TypeName *name)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    strbuf_add(&out, type->raw->text);
    for (size_t i = 0; i < name->n_typmods; i++) {
        const char *text = modifier_text(cx, name->typmods[i]);
        strbuf_add(&out, i == 0 ? "(" : ",");
        for (const char *at = text == NULL ? "?" : text; *at != '\0'; at++) {
            strbuf_char(&out, *at >= 'A' && *at <= 'Z' ? (char)(*at | 0x20) : *at);
        }
    }
    strbuf_add(&out, name->n_typmods > 0 ? ")" : "");
    type->raw = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
}

static void add_modifiers(const CanonCx *cx, ColumnType *type, const PgQuery__TypeName *name)
{
    if (type->id == TYPE_OTHER) {
        add_raw_modifiers(cx, type, name);
        return;
    }
    for (size_t i = 0; i < name->n_typmods && i < lengthof(type->arguments); i++) {
        const char *text = modifier_text(cx, name->typmods[i]);
        type->arguments[i] = text == NULL ? TYPE_NO_ARGUMENT : (int32_t)strtol(text, NULL, 10);
    }
    if (type->id == TYPE_DECIMAL && name->n_typmods == 1) {
        type->arguments[1] = 0;
    }
}

static void note_type(const CanonCx *cx, const PgQuery__TypeName *name, Name type)
{
    if (cx->spots != NULL && name->location >= 0) {
        const CanonSpot spot = {.start = (uint32_t)name->location, .type = type, .is_type = true};
        vec_push(cx->spots->arena, &cx->spots->items, spot);
    }
}

ColumnType canon_type_of_name(const CanonCx *cx, const PgQuery__TypeName *name)
{
    ColumnType type = canon_type_none();
    const char *last = name->n_names > 0 ? node_string(name->names[name->n_names - 1]) : NULL;
    const char *schema = name->n_names > 1 ? node_string(name->names[name->n_names - 2]) : NULL;
    if (last == NULL || name->setof || name->pct_type) {
        return type;
    }
    bool of_server = schema == NULL || strcmp(schema, "pg_catalog") == 0;
    bool citext = strcmp(last, "citext") == 0;
    if ((!of_server && !citext) || !type_find_catalog(last, &type.id)) {
        type.id = TYPE_OTHER;
        type.raw = canon_other_name(cx, schema, last);
        note_type(cx, name, type.raw);
    }
    type.list = name->n_array_bounds > 0;
    add_modifiers(cx, &type, name);
    return type;
}

static ColumnType parse_raw(const CanonCx *cx, Name raw)
{
    CanonTree tree = canon_parse_type(raw->text);
    ColumnType type = canon_type_none();
    if (tree.type_name != NULL) {
        type = canon_type_of_name(cx, tree.type_name);
    }
    canon_tree_free(&tree);
    if (canon_type_is_none(&type)) {
        type.raw = raw;
    }
    return type;
}

ColumnType canon_type_of_column(const CanonCx *cx, const ColumnType *type)
{
    ColumnType made = *type;
    if (type->id == TYPE_ENUM) {
        made.id = TYPE_OTHER;
        made.raw = canon_other_name(cx, type->enum_type->schema->text, type->enum_type->name->text);
        made.enum_type = NULL;
    } else if (type->id == TYPE_OTHER && type->raw != NULL) {
        made = parse_raw(cx, type->raw);
        made.list = made.list || type->list;
    }
    return made;
}

bool canon_type_same_base(const ColumnType *a, const ColumnType *b)
{
    if (canon_type_is_none(a) || a->id != b->id || a->list != b->list) {
        return false;
    }
    return a->id != TYPE_OTHER || a->raw == b->raw;
}

bool canon_type_is_text(const ColumnType *type)
{
    return (type->id == TYPE_TEXT || type->id == TYPE_VARCHAR) && !canon_type_has_arguments(type);
}

/* Rank in the order of implicit conversion; 0: not a number. */
static int numeric_rank(const ColumnType *type)
{
    static const TypeId order[] = {TYPE_SMALLINT, TYPE_INTEGER, TYPE_BIGINT,
                                   TYPE_DECIMAL,  TYPE_REAL,    TYPE_DOUBLE_PRECISION};
    for (size_t i = 0; i < lengthof(order) && !type->list; i++) {
        if (order[i] == type->id) {
            return (int)i + 1;
        }
    }
    return 0;
}

bool canon_type_is_numeric(const ColumnType *type)
{
    return numeric_rank(type) > 0;
}

bool canon_type_has_arguments(const ColumnType *type)
{
    return type->arguments[0] != TYPE_NO_ARGUMENT;
}

/* A float4 beside anything else that is not one becomes a float8. */
ColumnType canon_type_common(const ColumnType *a, const ColumnType *b)
{
    ColumnType common = numeric_rank(a) >= numeric_rank(b) ? *a : *b;
    if (common.id == TYPE_REAL && a->id != b->id) {
        common.id = TYPE_DOUBLE_PRECISION;
    }
    common.arguments[0] = common.arguments[1] = TYPE_NO_ARGUMENT;
    return common;
}

ColumnType canon_type_of_many(const ColumnType *a, const ColumnType *b)
{
    ColumnType common = canon_type_common(a, b);
    if (common.id == TYPE_DOUBLE_PRECISION && a->id != common.id && b->id != common.id) {
        common.id = TYPE_REAL;
    }
    return common;
}

void canon_type_print_exactly(StrBuf *out, const ColumnType *type)
{
    if (type->id == TYPE_VARCHAR && canon_type_is_text(type)) {
        strbuf_printf(out, "varchar%s", type->list ? "[]" : "");
    } else {
        canon_type_print(out, type);
    }
}

void canon_type_print(StrBuf *out, const ColumnType *type)
{
    bool varchar = type->id == TYPE_VARCHAR && canon_type_is_text(type);
    if (type->id == TYPE_OTHER) {
        strbuf_add(out, type->raw == NULL ? "?" : type->raw->text);
    } else {
        strbuf_add(out, varchar ? "text" : type_row(type->id)->catalog_name);
    }
    if (type->arguments[1] != TYPE_NO_ARGUMENT) {
        strbuf_printf(out, "(%d,%d)", (int)type->arguments[0], (int)type->arguments[1]);
    } else if (canon_type_has_arguments(type)) {
        strbuf_printf(out, "(%d)", (int)type->arguments[0]);
    }
    strbuf_add(out, type->list ? "[]" : "");
}
