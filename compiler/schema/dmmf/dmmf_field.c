/*
 * dmmf_field.c - the fields of a model in the DMMF's `datamodel`, and their defaults.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_internal.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/catalog/types.h"
#include "compiler/schema/resolve/default_literal.h"
#include "compiler/schema/resolve/relations.h"
#include "compiler/schema/resolve/values.h"

bool dmmf_sees_field(const Field *field)
{
    return field->ignore_attribute == NULL && field->kind != FIELD_UNSUPPORTED;
}

bool dmmf_is_whole_key(const Key *key)
{
    return key->where == NULL;
}

static bool key_is_just(const Key *key, const Field *field)
{
    return key->parts.count == 1 && key->parts.items[0].field == field;
}

bool dmmf_field_is_id(const Field *field)
{
    return field->model->id != NULL && key_is_just(field->model->id, field);
}

/* Alone in a unique, and in no partial one beside it. */
bool dmmf_field_is_unique(const Field *field)
{
    bool is_unique = field->unique != NULL;
    bool is_whole = field->unique == NULL || dmmf_is_whole_key(field->unique);
    vec_each(Key *const, at, &field->model->uniques) {
        if (key_is_just(*at, field)) {
            is_unique = true;
            is_whole = is_whole && dmmf_is_whole_key(*at);
        }
    }
    return is_unique && is_whole;
}

/* --- defaults --- */

/* 10 to the power of `exponent`. */
static double power_of_ten(unsigned exponent)
{
    double result = 1;
    for (double square = 10; exponent > 0; exponent /= 2, square *= square) {
        result *= exponent % 2 == 1 ? square : 1;
    }
    return result;
}

/* The digits as a whole number, moved by a rounded power of ten: `19.90` is 19.900000000000002.
 * What generators write into files depends on these last digits, so it is the reference's way. */
static double real_value(const char *decimal)
{
    const char *point = strchr(decimal, '.');
    StrBuf digits = strbuf_new(STRBUF_MAX);
    unsigned scale = point == NULL ? 0 : (unsigned)strlen(point + 1);
    strbuf_addn(&digits, decimal, point == NULL ? strlen(decimal) : (size_t)(point - decimal));
    strbuf_add(&digits, point == NULL ? "" : point + 1);
    double value = strtod(strbuf_text(&digits), NULL);
    strbuf_dispose(&digits);
    return scale == 0 ? value : value * (1 / power_of_ten(scale));
}

static void write_number(DmmfCx *cx, const Field *field, const char *key, const AstExpr *value)
{
    Name number = NULL;
    long long integer = 0;
    if (field->scalar == SCALAR_INT && number_read(value->name, INT64_MIN, INT64_MAX, &integer)) {
        json_out_integer(cx->out, key, integer);
    } else if (field->scalar == SCALAR_BIGINT &&
               number_read(value->name, INT64_MIN, INT64_MAX, &integer)) {
        json_out_text(cx->out, key, arena_printf(cx->arena, "%lld", integer));
    } else if (decimal_normalize(cx->program->names, value->name->text, &number)) {
        json_out_real(cx->out, key, real_value(number->text));
    }
}

/* One literal; enum values keep the name they have in the schema. */
static void write_literal(DmmfCx *cx, const Field *field, const char *key, const AstExpr *value)
{
    Name time = NULL;
    bool is_scalar = field->kind == FIELD_SCALAR;
    if (is_scalar && (field->scalar == SCALAR_DECIMAL || value->kind == AST_NUMBER)) {
        write_number(cx, field, key, value);
    } else if (is_scalar && field->scalar == SCALAR_BOOLEAN) {
        json_out_bool(cx->out, key, name_is(value->name, "true"));
    } else if (is_scalar && field->scalar == SCALAR_DATETIME &&
               datetime_to_rfc3339(cx->program->names, value->name->text, &time)) {
        json_out_text(cx->out, key, time->text);
    } else {
        json_out_text(cx->out, key, value->name->text);
    }
}

/* The versions that calls without an argument mean. */
static long long implied_version(Name function)
{
    return name_is(function, "uuid") ? 4 : name_is(function, "cuid") ? 1 : 0;
}

static void write_call(DmmfCx *cx, const AstExpr *call)
{
    long long number = implied_version(call->name);
    json_out_open_member(cx->out, "default", '{');
    json_out_text(cx->out, "name", call->name->text);
    json_out_open_member(cx->out, "args", '[');
    if (call->args.count == 0 && number != 0) {
        json_out_integer(cx->out, NULL, number);
    }
    vec_each(const AstArg, arg, &call->args) {
        if (arg->value->kind == AST_NUMBER &&
            number_read(arg->value->name, INT64_MIN, INT64_MAX, &number)) {
            json_out_integer(cx->out, NULL, number);
        } else {
            json_out_text(cx->out, NULL, arg->value->name->text);
        }
    }
    json_out_close(cx->out);
    json_out_close(cx->out);
}

static void write_default(DmmfCx *cx, const Field *field)
{
    if (field->default_attribute == NULL) {
        return;
    }
    const AstExpr *value = field->default_attribute->args.items[0].value;
    if (value->kind == AST_CALL) {
        write_call(cx, value);
    } else if (value->kind == AST_ARRAY) {
        json_out_open_member(cx->out, "default", '[');
        vec_each(AstExpr *const, at, &value->items) {
            write_literal(cx, field, NULL, *at);
        }
        json_out_close(cx->out);
    } else {
        write_literal(cx, field, "default", value);
    }
}

/* --- types --- */

static const char *kind_word(FieldKind kind)
{
    return kind == FIELD_RELATION ? "object" : kind == FIELD_ENUM ? "enum" : "scalar";
}

/* Its arguments are handed on as they are written, `007` too. */
static void write_native_type(DmmfCx *cx, const Field *field)
{
    if (field->native == NULL) {
        json_out_null(cx->out, "nativeType");
        return;
    }
    json_out_open_member(cx->out, "nativeType", '[');
    json_out_text(cx->out, NULL, type_row(field->type.id)->native);
    json_out_open(cx->out, '[');
    vec_each(const AstArg, arg, &field->native->args) {
        json_out_text(cx->out, NULL, arg->value->name->text);
    }
    json_out_close(cx->out);
    json_out_close(cx->out);
}

/* --- relations --- */

static void write_field_names(DmmfCx *cx, const char *key, const FieldList *fields)
{
    json_out_open_member(cx->out, key, '[');
    vec_each(Field *const, at, fields) {
        json_out_text(cx->out, NULL, (*at)->name->text);
    }
    json_out_close(cx->out);
}

static void write_relation(DmmfCx *cx, const Field *field)
{
    const RelationArgs *args = field->args;
    json_out_text(cx->out, "relationName",
                  relation_client_name(cx->program, field->relation)->text);
    write_field_names(cx, "relationFromFields", &args->fields);
    write_field_names(cx, "relationToFields", &args->references);
    if (args->on_delete_expr != NULL) {
        json_out_text(cx->out, "relationOnDelete", args->on_delete_expr->name->text);
    }
    if (args->on_update_expr != NULL) {
        json_out_text(cx->out, "relationOnUpdate", args->on_update_expr->name->text);
    }
}

/* The fields that some relation of the model stores its reference in. */
static Map referencing_fields(DmmfCx *cx, const Model *model)
{
    Map fields = {0};
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->kind == FIELD_RELATION) {
            vec_each(Field *const, from, &(*at)->args->fields) {
                map_put(cx->arena, &fields, (*from)->name, *from);
            }
        }
    }
    return fields;
}

/* --- all of it --- */

static void write_field(DmmfCx *cx, const Field *field, const Map *referencing)
{
    JsonOut *out = cx->out;
    json_out_open(out, '{');
    json_out_text(out, "name", field->name->text);
    if (field->map_attribute != NULL) {
        json_out_text(out, "dbName", field->column->text);
    }
    json_out_text(out, "kind", kind_word(field->kind));
    json_out_bool(out, "isList", field->arity == AST_LIST);
    json_out_bool(out, "isRequired", field->arity != AST_OPTIONAL);
    json_out_bool(out, "isUnique", dmmf_field_is_unique(field) && !dmmf_field_is_id(field));
    json_out_bool(out, "isId", dmmf_field_is_id(field));
    json_out_bool(out, "isReadOnly", map_get(referencing, field->name) != NULL);
    json_out_bool(out, "hasDefaultValue", field->default_attribute != NULL);
    json_out_text(out, "type", field->ast->type.name->text);
    write_native_type(cx, field);
    write_default(cx, field);
    if (field->kind == FIELD_RELATION) {
        write_relation(cx, field);
    }
    json_out_bool(out, "isGenerated", false);
    json_out_bool(out, "isUpdatedAt", field->updated_at != NULL);
    if (field->ast->doc != NULL) {
        json_out_text(out, "documentation", field->ast->doc);
    }
    json_out_close(out);
}

void dmmf_write_fields(DmmfCx *cx, const Model *model)
{
    Map referencing = referencing_fields(cx, model);
    vec_each(Field *const, at, &model->fields) {
        if (dmmf_sees_field(*at)) {
            write_field(cx, *at, &referencing);
        }
    }
}
