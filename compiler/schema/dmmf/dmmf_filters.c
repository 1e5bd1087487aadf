/*
 * dmmf_filters.c - input types of single values: filters, operations of an update, parts of keys.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_query_internal.h"

#include <string.h>

/* "Int", "Bool", "EnumRole": what names of types begin with. */
static const char *stem(QueryCx *cx, const QueryScalar *scalar)
{
    if (scalar->is_enum) {
        return arena_printf(cx->arena, "Enum%s", scalar->type);
    }
    return scalar->is_uuid ? "Uuid" : strcmp(scalar->type, "Boolean") == 0 ? "Bool" : scalar->type;
}

/* The type in the notation. */
static const char *value(QueryCx *cx, const QueryScalar *scalar, bool list)
{
    return arena_printf(cx->arena, "%s%s%s", scalar->type, list ? "[]" : "",
                        scalar->is_enum ? ":m" : "");
}

static const char *reference(QueryCx *cx, const QueryScalar *scalar, bool list)
{
    return arena_printf(cx->arena, "%s%s%sFieldRefInput:f", list ? "List" : "",
                        scalar->is_enum ? "Enum" : "", scalar->type);
}

/* --- filters --- */

static bool is_type(const QueryScalar *scalar, const char *type)
{
    return !scalar->is_enum && strcmp(scalar->type, type) == 0;
}

static bool has_order(const QueryScalar *scalar)
{
    return !scalar->is_enum && !is_type(scalar, "Boolean") && !is_type(scalar, "Bytes");
}

static bool is_number(const QueryScalar *scalar)
{
    return is_type(scalar, "Int") || is_type(scalar, "BigInt") || is_type(scalar, "Float") ||
           is_type(scalar, "Decimal");
}

static void put_comparisons(QueryCx *cx, const QueryScalar *scalar)
{
    static const char *const names[] = {"lt", "lte", "gt", "gte"};
    for (size_t i = 0; i < lengthof(names); i++) {
        query_printf(cx, "%s$ %s|%s", names[i], value(cx, scalar, false),
                     reference(cx, scalar, false));
    }
}

static void put_json(QueryCx *cx, const QueryScalar *scalar)
{
    if (!query_database_is_known(cx)) {
        const char *mark = scalar->nullable ? "~$" : "$";
        const char *null = scalar->nullable ? "|Null" : "";
        query_printf(cx, "equals%s Json|JsonFieldRefInput:f%s", mark, null);
        query_printf(cx, "not%s Json|JsonFieldRefInput:f%s", mark, null);
        return;
    }
    query_put(cx, "equals$ Json|JsonFieldRefInput:f|JsonNullValueFilter:e\n"
                  "path String[]\n"
                  "mode QueryMode:e|EnumQueryModeFieldRefInput:f\n"
                  "string_contains$ String|StringFieldRefInput:f\n"
                  "string_starts_with$ String|StringFieldRefInput:f\n"
                  "string_ends_with$ String|StringFieldRefInput:f\n"
                  "array_starts_with~$ Json|JsonFieldRefInput:f|Null\n"
                  "array_ends_with~$ Json|JsonFieldRefInput:f|Null\n"
                  "array_contains~$ Json|JsonFieldRefInput:f|Null\n"
                  "lt$ Json|JsonFieldRefInput:f\n"
                  "lte$ Json|JsonFieldRefInput:f\n"
                  "gt$ Json|JsonFieldRefInput:f\n"
                  "gte$ Json|JsonFieldRefInput:f\n"
                  "not$ Json|JsonFieldRefInput:f|JsonNullValueFilter:e");
}

static void put_plain(QueryCx *cx, const QueryType *type)
{
    const QueryScalar *scalar = &type->scalar;
    const char *mark = scalar->nullable ? "~$" : "$";
    const char *null = scalar->nullable ? "|Null" : "";
    query_printf(cx, "equals%s %s|%s%s", mark, value(cx, scalar, false),
                 reference(cx, scalar, false), null);
    if (!is_type(scalar, "Boolean")) {
        query_printf(cx, "in%s %s|+%s%s", mark, value(cx, scalar, true),
                     reference(cx, scalar, true), null);
        query_printf(cx, "notIn%s %s|+%s%s", mark, value(cx, scalar, true),
                     reference(cx, scalar, true), null);
    }
    if (has_order(scalar)) {
        put_comparisons(cx, scalar);
    }
    if (is_type(scalar, "String") && !scalar->is_uuid) {
        query_put(cx, "contains$ String|StringFieldRefInput:f\n"
                      "startsWith$ String|StringFieldRefInput:f\n"
                      "endsWith$ String|StringFieldRefInput:f");
    }
    if (is_type(scalar, "String") && query_previews(cx, "fullTextSearchPostgres")) {
        query_put(cx, "search$ String");
    }
    if (is_type(scalar, "String") && !type->nested) {
        query_put(cx, "+mode QueryMode:e");
    }
    query_printf(cx, "not%s %s|#%s%s", mark, value(cx, scalar, false),
                 query_filter(cx, *scalar, true, type->aggregated), null);
}

/* `_count`, `_avg` and the others filter what a group has. */
static void put_aggregates(QueryCx *cx, const QueryType *type)
{
    const QueryScalar *scalar = &type->scalar;
    QueryScalar count = {.type = "Int", .nullable = scalar->nullable};
    QueryScalar average = {.type = is_type(scalar, "Decimal") ? "Decimal" : "Float",
                           .nullable = scalar->nullable};
    query_printf(cx, "_count #%s", query_filter(cx, count, true, false));
    if (is_number(scalar)) {
        query_printf(cx, "_avg #%s", query_filter(cx, average, true, false));
        query_printf(cx, "_sum #%s", query_filter(cx, *scalar, true, false));
    }
    QueryScalar bound = *scalar;
    bound.is_uuid = false;
    query_printf(cx, "_min #%s", query_filter(cx, bound, true, false));
    query_printf(cx, "_max #%s", query_filter(cx, bound, true, false));
}

static void build_filter(QueryCx *cx, const QueryType *type)
{
    if (is_type(&type->scalar, "Json")) {
        put_json(cx, &type->scalar);
    } else {
        put_plain(cx, type);
    }
    if (type->aggregated) {
        put_aggregates(cx, type);
    }
}

const char *query_filter(QueryCx *cx, QueryScalar scalar, bool nested, bool aggregated)
{
    QueryType type = {.name = arena_printf(cx->arena, "%s%s%s%sFilter", nested ? "Nested" : "",
                                           stem(cx, &scalar), scalar.nullable ? "Nullable" : "",
                                           aggregated ? "WithAggregates" : ""),
                      .build = build_filter,
                      .scalar = scalar,
                      .nested = nested,
                      .aggregated = aggregated};
    return query_need(cx, &type);
}

static void build_list_filter(QueryCx *cx, const QueryType *type)
{
    const char *one = value(cx, &type->scalar, false);
    const char *many = value(cx, &type->scalar, true);
    const char *to_one = reference(cx, &type->scalar, false);
    const char *to_many = reference(cx, &type->scalar, true);
    query_printf(cx, "equals~$ %s|%s|Null", many, to_many);
    query_printf(cx, "has~$ %s|%s|Null", one, to_one);
    query_printf(cx, "hasEvery$ %s|%s", many, to_many);
    query_printf(cx, "hasSome$ %s|%s", many, to_many);
    query_put(cx, "isEmpty Boolean");
}

const char *query_list_filter(QueryCx *cx, const Field *field)
{
    QueryScalar scalar = query_scalar(field);
    scalar.is_uuid = false;
    QueryType type = {.name = arena_printf(cx->arena, "%sNullableListFilter", stem(cx, &scalar)),
                      .build = build_list_filter,
                      .model = field->model,
                      .limits = LIMITS_JUST_ONE,
                      .scalar = scalar};
    return query_need(cx, &type);
}

/* --- what an update may do --- */

static void build_operations(QueryCx *cx, const QueryType *type)
{
    static const char *const names[] = {"increment", "decrement", "multiply", "divide"};
    const char *text = value(cx, &type->scalar, false);
    query_printf(cx, "set%s %s%s", type->scalar.nullable ? "~$" : "$", text,
                 type->scalar.nullable ? "|Null" : "");
    for (size_t i = 0; is_number(&type->scalar) && i < lengthof(names); i++) {
        query_printf(cx, "%s$ %s", names[i], text);
    }
}

const char *query_operations(QueryCx *cx, const Field *field)
{
    QueryScalar scalar = query_scalar(field);
    scalar.is_uuid = false;
    QueryType type = {.name = arena_printf(cx->arena, "%s%sFieldUpdateOperationsInput",
                                           scalar.nullable ? "Nullable" : "", stem(cx, &scalar)),
                      .build = build_operations,
                      .model = field->model,
                      .limits = LIMITS_JUST_ONE,
                      .scalar = scalar};
    return query_need(cx, &type);
}

static void build_set(QueryCx *cx, const QueryType *type)
{
    query_printf(cx, "set!$ %s", value(cx, &type->scalar, true));
}

static void build_push(QueryCx *cx, const QueryType *type)
{
    query_printf(cx, "set$ %s", value(cx, &type->scalar, true));
    query_printf(cx, "push$ %s|%s", value(cx, &type->scalar, false),
                 value(cx, &type->scalar, true));
}

const char *query_set_input(QueryCx *cx, const Field *field, bool update)
{
    QueryType type = {.name = arena_printf(cx->arena, "%s%s%sInput", field->model->name->text,
                                           update ? "Update" : "Create", field->name->text),
                      .build = update ? build_push : build_set,
                      .model = field->model,
                      .limits = LIMITS_JUST_ONE,
                      .scalar = query_scalar(field)};
    return query_need(cx, &type);
}

/* --- keys, sorting --- */

static void build_compound(QueryCx *cx, const QueryType *type)
{
    vec_each(const KeyPart, part, &type->key->parts) {
        query_printf(cx, "%s!$ %s", part->field->name->text,
                     query_type_text(cx, part->field, part->field->arity == AST_LIST));
    }
}

const char *query_compound(QueryCx *cx, const Key *key)
{
    StrBuf name = strbuf_new(STRBUF_MAX);
    strbuf_add(&name, key->model->name->text);
    if (key->client_name != NULL) {
        strbuf_add(&name, query_capital(cx, key->client_name->text));
    }
    vec_each(const KeyPart, part, &key->parts) {
        if (key->client_name == NULL) {
            strbuf_add(&name, query_capital(cx, part->field->name->text));
        }
    }
    strbuf_add(&name, "CompoundUniqueInput");
    QueryType type = {.name = strbuf_take(&name, cx->arena),
                      .build = build_compound,
                      .model = key->model,
                      .key = key};
    return query_need(cx, &type);
}

const char *query_sort_input(QueryCx *cx)
{
    QueryType type = {.name = "SortOrderInput", .fields = "sort! SortOrder:e\nnulls NullsOrder:e"};
    return query_need(cx, &type);
}
