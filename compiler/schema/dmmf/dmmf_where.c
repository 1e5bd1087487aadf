/*
 * dmmf_where.c - input types of models for questions: which rows, in which order.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_query_internal.h"

#include "compiler/schema/resolve/relations.h"

/* --- where --- */

static void put_logic(QueryCx *cx, const char *type)
{
    query_printf(cx, "AND @%s|@%s[]", type, type);
    query_printf(cx, "OR @%s[]", type);
    query_printf(cx, "NOT @%s|@%s[]", type, type);
}

static void put_scalar_filter(QueryCx *cx, const Field *field, bool aggregated)
{
    QueryScalar scalar = query_scalar(field);
    const char *name = field->name->text;
    if (field->arity == AST_LIST) {
        query_printf(cx, "%s #%s", name, query_list_filter(cx, field));
        return;
    }
    const char *filter = query_filter(cx, scalar, false, aggregated);
    if (!scalar.is_enum && field->scalar == SCALAR_JSON) {
        query_printf(cx, "%s #%s", name, filter);
    } else {
        query_printf(cx, "%s%s #%s|%s%s", name, scalar.nullable ? "~$" : "$", filter,
                     query_type_text(cx, field, false), scalar.nullable ? "|Null" : "");
    }
}

static void put_relation_filter(QueryCx *cx, const Field *field)
{
    static const char *const types[] = {
        [AST_REQUIRED] = "@ONE_FILTER|@WHERE",
        [AST_OPTIONAL] = "@OPTIONAL_FILTER|@WHERE|Null",
        [AST_LIST] = "@LIST_FILTER",
    };
    query_put_for(cx, field->target, NULL,
                  arena_printf(cx->arena, "%s%s %s", field->name->text,
                               field->arity == AST_OPTIONAL ? "~" : "", types[field->arity]));
}

static void put_scalar_filters(QueryCx *cx, const Model *model, bool aggregated)
{
    vec_each(Field *const, at, &model->fields) {
        if (query_is_scalar(*at)) {
            put_scalar_filter(cx, *at, aggregated);
        }
    }
}

static void put_relation_filters(QueryCx *cx, const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        if (query_is_relation(*at)) {
            put_relation_filter(cx, *at);
        }
    }
}

void dmmf_build_where(QueryCx *cx, const QueryType *type)
{
    put_logic(cx, "WHERE");
    put_scalar_filters(cx, type->model, false);
    put_relation_filters(cx, type->model);
}

void dmmf_build_scalar_where(QueryCx *cx, const QueryType *type)
{
    put_logic(cx, "SCALAR_WHERE");
    put_scalar_filters(cx, type->model, false);
}

void dmmf_build_having(QueryCx *cx, const QueryType *type)
{
    put_logic(cx, "HAVING");
    put_scalar_filters(cx, type->model, true);
}

void dmmf_build_where_unique(QueryCx *cx, const QueryType *type)
{
    const Model *model = type->model;
    vec_each(Field *const, at, &model->fields) {
        if (query_is_scalar(*at) && query_is_unique(*at)) {
            query_printf(cx, "%s$ %s", (*at)->name->text,
                         query_type_text(cx, *at, (*at)->arity == AST_LIST));
        }
    }
    QueryKeyList keys = query_compound_keys(cx, model);
    vec_each(const Key *, at, &keys) {
        query_printf(cx, "%s #%s", query_key_name(cx, *at), query_compound(cx, *at));
    }
    put_logic(cx, "WHERE");
    vec_each(Field *const, at, &model->fields) {
        if (query_is_scalar(*at) && !query_is_unique(*at)) {
            put_scalar_filter(cx, *at, false);
        }
    }
    put_relation_filters(cx, model);
}

/* --- order --- */

static void put_scalar_orders(QueryCx *cx, const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        if (!query_is_scalar(*at)) {
            continue;
        }
        if ((*at)->arity == AST_OPTIONAL && query_database_is_known(cx)) {
            query_printf(cx, "%s SortOrder:e|#%s", (*at)->name->text, query_sort_input(cx));
        } else {
            query_printf(cx, "%s SortOrder:e", (*at)->name->text);
        }
    }
}

void dmmf_build_order(QueryCx *cx, const QueryType *type)
{
    put_scalar_orders(cx, type->model);
    vec_each(Field *const, at, &type->model->fields) {
        if (query_is_relation(*at)) {
            query_put_for(cx, (*at)->target, NULL,
                          arena_printf(cx->arena, "%s %s", (*at)->name->text,
                                       (*at)->arity == AST_LIST ? "@ORDER_RELATED" : "@ORDER"));
        }
    }
    if (query_previews(cx, "fullTextSearchPostgres") &&
        query_model_has(type->model, query_is_text)) {
        query_put(cx, "_relevance @RELEVANCE");
    }
}

/* Unlike the model's other enums it keeps the model's small letter. */
const char *query_relevance_enum(QueryCx *cx, const Model *model)
{
    return arena_printf(cx->arena, "%sOrderByRelevanceFieldEnum", model->name->text);
}

void dmmf_build_relevance(QueryCx *cx, const QueryType *type)
{
    const char *fields = query_relevance_enum(cx, type->model);
    query_printf(cx, "fields! %s:e|%s[]:e", fields, fields);
    query_put(cx, "sort! SortOrder:e\nsearch!$ String");
}

void dmmf_build_order_aggregation(QueryCx *cx, const QueryType *type)
{
    bool numbers = query_model_has(type->model, query_is_number);
    bool bounds = query_model_has(type->model, query_has_bounds);
    put_scalar_orders(cx, type->model);
    query_put(cx, query_model_has(type->model, query_is_scalar) ? "_count @ORDER_COUNT" : "");
    query_put(cx, numbers ? "_avg @ORDER_AVG" : "");
    query_put(cx, bounds ? "_max @ORDER_MAX\n_min @ORDER_MIN" : "");
    query_put(cx, numbers ? "_sum @ORDER_SUM" : "");
}

static void put_orders(QueryCx *cx, const Model *model, bool (*is_so)(const Field *field))
{
    vec_each(Field *const, at, &model->fields) {
        if (is_so(*at)) {
            query_printf(cx, "%s SortOrder:e", (*at)->name->text);
        }
    }
}

void dmmf_build_order_count(QueryCx *cx, const QueryType *type)
{
    put_orders(cx, type->model, query_is_scalar);
}

void dmmf_build_order_number(QueryCx *cx, const QueryType *type)
{
    put_orders(cx, type->model, query_is_number);
}

void dmmf_build_order_bound(QueryCx *cx, const QueryType *type)
{
    put_orders(cx, type->model, query_has_bounds);
}
