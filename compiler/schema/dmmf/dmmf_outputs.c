/*
 * dmmf_outputs.c - output types: the two roots, models, and what aggregations give.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_query_internal.h"

#include <string.h>

#include "compiler/catalog/types.h"

/* --- needed types --- */

/* The type of the field that is put next; queued after the field's arguments. */
static const char *need_output(QueryCx *cx, const Model *model, const char *name, QueryBuild *build,
                               bool is_model)
{
    QueryType type = {.name = name,
                      .build = build,
                      .model = model,
                      .is_output = true,
                      .is_model_output = is_model};
    cx->result = type;
    return name;
}

static QueryBuild build_model, build_written, build_aggregate, build_group, build_count,
    build_average, build_sum, build_bounds, build_related_count, build_affected;

/* --- fields --- */

static void put_scalar(QueryCx *cx, const Field *field)
{
    bool list = field->arity == AST_LIST;
    const char *name =
        arena_printf(cx->arena, "%s%s", field->name->text, field->arity == AST_REQUIRED ? "" : "~");
    query_put_output(cx, name, "", query_type_text(cx, field, list));
}

static void put_scalars(QueryCx *cx, const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        if (query_is_scalar(*at)) {
            put_scalar(cx, *at);
        }
    }
}

/* Pages need an order to be pages of, or a key to begin at. */
static const char *page_arguments(const Model *model)
{
    return dmmf_has_unique(model) ? "take Int\nskip Int" : "take^ Int\nskip^ Int";
}

static const char *list_arguments(QueryCx *cx, const Model *model)
{
    return arena_printf(cx->arena, "where @WHERE\norderBy @ORDER[]|@ORDER\n%s%s",
                        dmmf_has_unique(model) ? "cursor @WHERE_UNIQUE\n" : "",
                        page_arguments(model));
}

static const char *many_arguments(QueryCx *cx, const Model *model)
{
    const char *columns = query_model_name(cx, model, "", "ScalarFieldEnum");
    return arena_printf(cx->arena, "%s\ndistinct %s:e|%s[]:e", list_arguments(cx, model), columns,
                        columns);
}

static void put_relation(QueryCx *cx, const Field *field)
{
    static const char *const marks[] = {
        [AST_REQUIRED] = "", [AST_OPTIONAL] = "~", [AST_LIST] = "~"};
    const Model *target = field->target;
    const Model *saved = cx->model;
    const char *arguments = field->arity == AST_LIST       ? many_arguments(cx, target)
                            : field->arity == AST_OPTIONAL ? "where @WHERE"
                                                           : "";
    cx->model = target;
    query_put_output(cx, arena_printf(cx->arena, "%s%s", field->name->text, marks[field->arity]),
                     arguments,
                     arena_printf(cx->arena, "%s%s:om",
                                  need_output(cx, target, target->name->text, build_model, true),
                                  field->arity == AST_LIST ? "[]" : ""));
    cx->model = saved;
}

static bool is_list_relation(const Field *field)
{
    return query_is_relation(field) && field->arity == AST_LIST;
}

static void build_model(QueryCx *cx, const QueryType *type)
{
    const Model *model = type->model;
    put_scalars(cx, model);
    vec_each(Field *const, at, &model->fields) {
        if (query_is_relation(*at)) {
            put_relation(cx, *at);
        }
    }
    if (query_model_has(model, is_list_relation)) {
        const char *name = query_model_name(cx, model, "", "CountOutputType");
        query_put_output(cx, "_count", "",
                         arena_printf(cx->arena, "%s:o",
                                      need_output(cx, model, name, build_related_count, false)));
    }
}

/* What is given back of rows written in one statement: no other table's rows but those referenced.
 */
static void build_written(QueryCx *cx, const QueryType *type)
{
    put_scalars(cx, type->model);
    vec_each(Field *const, at, &type->model->fields) {
        if (query_is_relation(*at) && query_is_inlined(*at)) {
            put_relation(cx, *at);
        }
    }
}

static void build_related_count(QueryCx *cx, const QueryType *type)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (is_list_relation(*at)) {
            cx->model = (*at)->target;
            query_put_output(cx, (*at)->name->text, "where @WHERE", "Int");
        }
    }
    cx->model = type->model;
}

static void build_affected(QueryCx *cx, UNUSED const QueryType *type)
{
    query_put_output(cx, "count", "", "Int");
}

/* --- aggregations --- */

static void put_aggregate(QueryCx *cx, const Model *model, const char *field, const char *word,
                          QueryBuild *build)
{
    const char *name =
        query_model_name(cx, model, "", arena_printf(cx->arena, "%sAggregateOutputType", word));
    query_put_output(cx, field, "",
                     arena_printf(cx->arena, "%s:o", need_output(cx, model, name, build, false)));
}

static void build_aggregate(QueryCx *cx, const QueryType *type)
{
    const Model *model = type->model;
    if (query_model_has(model, query_is_scalar)) {
        put_aggregate(cx, model, "_count~", "Count", build_count);
    }
    if (query_model_has(model, query_is_number)) {
        put_aggregate(cx, model, "_avg~", "Avg", build_average);
        put_aggregate(cx, model, "_sum~", "Sum", build_sum);
    }
    if (query_model_has(model, query_has_bounds)) {
        put_aggregate(cx, model, "_min~", "Min", build_bounds);
        put_aggregate(cx, model, "_max~", "Max", build_bounds);
    }
}

static void build_group(QueryCx *cx, const QueryType *type)
{
    put_scalars(cx, type->model);
    build_aggregate(cx, type);
}

static void build_count(QueryCx *cx, const QueryType *type)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (query_is_scalar(*at)) {
            query_put_output(cx, (*at)->name->text, "", "Int");
        }
    }
    query_put_output(cx, "_all", "", "Int");
}

static void put_nullable(QueryCx *cx, const Field *field, const char *type)
{
    query_put_output(cx, arena_printf(cx->arena, "%s~", field->name->text), "", type);
}

static void build_average(QueryCx *cx, const QueryType *type)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (query_is_number(*at)) {
            put_nullable(cx, *at, (*at)->scalar == SCALAR_DECIMAL ? "Decimal" : "Float");
        }
    }
}

static void build_sum(QueryCx *cx, const QueryType *type)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (query_is_number(*at)) {
            put_nullable(cx, *at, query_type_text(cx, *at, (*at)->arity == AST_LIST));
        }
    }
}

static void build_bounds(QueryCx *cx, const QueryType *type)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (query_has_bounds(*at)) {
            put_nullable(cx, *at, query_type_text(cx, *at, false));
        }
    }
}

/* --- the roots --- */

/* One operation: the model's name between two texts. */
static void put_operation(QueryCx *cx, const Model *model, const char *before, const char *after,
                          const char *arguments, const char *type)
{
    cx->model = model;
    query_put_output(cx, arena_printf(cx->arena, "%s%s%s", before, model->name->text, after),
                     arguments, type);
}

/* One that gives rows with what they relate to. */
static void put_loading(QueryCx *cx, const Model *model, const char *before, const char *after,
                        const char *arguments, const char *type)
{
    if (query_previews(cx, "relationJoins")) {
        arguments =
            arena_printf(cx->arena, "%s\nrelationLoadStrategy RelationLoadStrategy:e", arguments);
    }
    put_operation(cx, model, before, after, arguments, type);
}

static const char *model_type(QueryCx *cx, const Model *model, const char *list)
{
    return arena_printf(cx->arena, "%s%s:om",
                        need_output(cx, model, model->name->text, build_model, true), list);
}

static void put_group_by(QueryCx *cx, const Model *model)
{
    const char *name = query_model_name(cx, model, "", "GroupByOutputType");
    const char *columns = query_model_name(cx, model, "", "ScalarFieldEnum");
    const char *arguments =
        arena_printf(cx->arena,
                     "where @WHERE\norderBy @ORDER_AGGREGATION[]|@ORDER_AGGREGATION\n"
                     "by! %s[]:e|%s:e\nhaving @HAVING\n%s",
                     columns, columns, page_arguments(model));
    put_operation(
        cx, model, "groupBy", "", arguments,
        arena_printf(cx->arena, "%s[]:o", need_output(cx, model, name, build_group, false)));
}

static void put_aggregation(QueryCx *cx, const Model *model)
{
    const char *name = query_model_name(cx, model, "Aggregate", "");
    put_operation(
        cx, model, "aggregate", "", list_arguments(cx, model),
        arena_printf(cx->arena, "%s:o", need_output(cx, model, name, build_aggregate, false)));
}

static void put_reads(QueryCx *cx, const Model *model)
{
    const char *many = many_arguments(cx, model);
    put_loading(cx, model, "findFirst", "~", many, model_type(cx, model, ""));
    put_loading(cx, model, "findFirst", "OrThrow~", many, model_type(cx, model, ""));
    put_loading(cx, model, "findMany", "", many, model_type(cx, model, "[]"));
    put_aggregation(cx, model);
    put_group_by(cx, model);
    if (dmmf_has_unique(model)) {
        const char *one = "where! @WHERE_UNIQUE";
        put_loading(cx, model, "findUnique", "~", one, model_type(cx, model, ""));
        put_loading(cx, model, "findUnique", "OrThrow~", one, model_type(cx, model, ""));
    }
}

static void build_query(QueryCx *cx, UNUSED const QueryType *type)
{
    vec_each(const Model *, at, &cx->dmmf->models) {
        put_reads(cx, *at);
    }
}

static const char *affected(QueryCx *cx)
{
    return arena_printf(cx->arena, "%s:o",
                        need_output(cx, NULL, "AffectedRowsOutput", build_affected, false));
}

static const char *written(QueryCx *cx, const Model *model, const char *verb)
{
    const char *name =
        arena_printf(cx->arena, "%sMany%sAndReturnOutputType", verb, model->name->text);
    return arena_printf(cx->arena, "%s[]:om", need_output(cx, model, name, build_written, true));
}

static void put_creations(QueryCx *cx, const Model *model)
{
    const char *many = "data! @CREATE_MANY|@CREATE_MANY[]\nskipDuplicates Boolean";
    put_loading(cx, model, "createOne", "",
                query_needs_data(model) ? "data! @CREATE|@UNCHECKED_CREATE"
                                        : "data @CREATE|@UNCHECKED_CREATE",
                model_type(cx, model, ""));
    if (dmmf_has_unique(model)) {
        put_loading(cx, model, "upsertOne", "",
                    "where! @WHERE_UNIQUE\ncreate! @CREATE|@UNCHECKED_CREATE\n"
                    "update! @UPDATE|@UNCHECKED_UPDATE",
                    model_type(cx, model, ""));
    }
    if (query_database_is_known(cx)) {
        put_operation(cx, model, "createMany", "", many, affected(cx));
        put_operation(cx, model, "createMany", "AndReturn", many, written(cx, model, "Create"));
    }
}

static void put_changes(QueryCx *cx, const Model *model)
{
    const char *many = "data! @UPDATE_MANY|@UNCHECKED_UPDATE_MANY\nwhere @WHERE\nlimit Int";
    if (dmmf_has_unique(model)) {
        put_loading(cx, model, "deleteOne", "~", "where! @WHERE_UNIQUE", model_type(cx, model, ""));
        put_loading(cx, model, "updateOne", "~",
                    "data! @UPDATE|@UNCHECKED_UPDATE\nwhere! @WHERE_UNIQUE",
                    model_type(cx, model, ""));
    }
    put_operation(cx, model, "updateMany", "", many, affected(cx));
    if (query_database_is_known(cx)) {
        put_operation(cx, model, "updateMany", "AndReturn", many, written(cx, model, "Update"));
    }
    put_operation(cx, model, "deleteMany", "", "where @WHERE\nlimit Int", affected(cx));
}

static void build_mutation(QueryCx *cx, UNUSED const QueryType *type)
{
    vec_each(const Model *, at, &cx->dmmf->models) {
        if (dmmf_can_create(*at)) {
            put_creations(cx, *at);
        }
        if (!(*at)->is_view) {
            put_changes(cx, *at);
        }
    }
    if (query_database_is_known(cx)) {
        query_put_output(cx, "executeRaw", "query! String\nparameters Json", "Json");
        query_put_output(cx, "queryRaw", "query! String\nparameters Json", "Json");
    }
}

void query_start(QueryCx *cx)
{
    need_output(cx, NULL, "Query", build_query, false);
    query_need(cx, &cx->result);
    need_output(cx, NULL, "Mutation", build_mutation, false);
    query_need(cx, &cx->result);
    cx->result = (QueryType){0};
}
