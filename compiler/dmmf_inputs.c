/*
 * dmmf_inputs.c - input types of models: what a query may ask for and what it may write.
 *
 * Columns come before relations. A checked type leaves the columns of a reference to the relation;
 * an unchecked one has the columns and leaves out the relation.
 */
#include "base/common.h"

#include "compiler/dmmf_query.h"

#include "compiler/relations.h"

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
        if ((*at)->arity == AST_OPTIONAL) {
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
}

void dmmf_build_order_aggregation(QueryCx *cx, const QueryType *type)
{
    bool numbers = query_model_has(type->model, query_is_number);
    bool bounds = query_model_has(type->model, query_has_bounds);
    put_scalar_orders(cx, type->model);
    query_put(cx, "_count @ORDER_COUNT");
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

/* --- columns that are written --- */

static bool is_in(const Field *field, const FieldList *fields)
{
    vec_each(Field *const, at, fields) {
        if (*at == field) {
            return true;
        }
    }
    return false;
}

/* Some relation stores its reference here. */
static bool is_reference(const Field *field)
{
    vec_each(Field *const, at, &field->model->fields) {
        if ((*at)->kind == FIELD_RELATION && is_in(field, &(*at)->args->fields)) {
            return true;
        }
    }
    return false;
}

/* A number the database counts up: as a key not the client's to change, nor as an id to give. */
static bool is_counted(const Field *field)
{
    return field->dflt != NULL && field->dflt->kind == DEFAULT_SEQUENCE &&
           field->scalar == SCALAR_INT;
}

static bool is_own(const Field *field)
{
    return query_is_scalar(field) && !is_reference(field);
}

/* All columns but those of the relation that is left out. */
static bool is_unchecked(const Field *field, const Field *without)
{
    return query_is_scalar(field) && (without == NULL || !is_in(field, &without->args->fields));
}

static bool is_json(const Field *field)
{
    return field->kind == FIELD_SCALAR && field->scalar == SCALAR_JSON;
}

static void put_json(QueryCx *cx, const Field *field, bool required)
{
    query_printf(cx, "%s%s$ %sJsonNullValueInput:e|Json", field->name->text, required ? "!" : "",
                 field->arity == AST_OPTIONAL ? "Nullable" : "");
}

static bool must_be_given(const Field *field)
{
    return field->arity == AST_REQUIRED && field->default_attribute == NULL &&
           field->updated_at == NULL;
}

static void put_create(QueryCx *cx, const Field *field)
{
    const char *name = field->name->text;
    bool nullable = field->arity == AST_OPTIONAL;
    bool required = must_be_given(field);
    if (field->arity == AST_LIST) {
        query_printf(cx, "%s #%s|%s", name, query_set_input(cx, field, false),
                     query_type_text(cx, field, true));
    } else if (is_json(field)) {
        put_json(cx, field, required);
    } else {
        query_printf(cx, "%s%s%s$ %s%s", name, required ? "!" : "", nullable ? "~" : "",
                     query_type_text(cx, field, false), nullable ? "|Null" : "");
    }
}

static void put_update(QueryCx *cx, const Field *field)
{
    const char *name = field->name->text;
    bool nullable = field->arity == AST_OPTIONAL;
    if (field->arity == AST_LIST) {
        query_printf(cx, "%s #%s|%s", name, query_set_input(cx, field, true),
                     query_type_text(cx, field, true));
    } else if (is_json(field)) {
        put_json(cx, field, false);
    } else {
        query_printf(cx, "%s%s$ %s|#%s%s", name, nullable ? "~" : "",
                     query_type_text(cx, field, false), query_operations(cx, field),
                     nullable ? "|Null" : "");
    }
}

typedef void PutField(QueryCx *cx, const Field *field);

static void put_checked_creates(QueryCx *cx, const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        if (is_own(*at) && !(is_counted(*at) && dmmf_field_is_id(*at))) {
            put_create(cx, *at);
        }
    }
}

static void put_checked_updates(QueryCx *cx, const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        if (is_own(*at) && !(is_counted(*at) && query_is_unique(*at))) {
            put_update(cx, *at);
        }
    }
}

static void put_unchecked(QueryCx *cx, const QueryType *type, PutField *put)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (is_unchecked(*at, type->field)) {
            put(cx, *at);
        }
    }
}

/* --- relations that are written --- */

static const Field *other_side(const Field *field)
{
    const Relation *relation = field->relation;
    return relation->owner == field ? relation->back : relation->owner;
}

static void put_relation(QueryCx *cx, const Field *field, bool required, const char *type)
{
    query_put_for(
        cx, field->target, other_side(field),
        arena_printf(cx->arena, "%s%s @%s", field->name->text, required ? "!" : "", type));
}

/* A required reference, unless defaults make it. */
static bool must_be_referenced(const Field *field)
{
    bool by_default = true;
    vec_each(Field *const, at, &field->args->fields) {
        by_default = by_default && (*at)->default_attribute != NULL;
    }
    return field->arity == AST_REQUIRED && !by_default;
}

bool query_needs_data(const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        if ((is_own(*at) && (*at)->arity == AST_REQUIRED && (*at)->default_attribute == NULL) ||
            (query_is_relation(*at) && (*at)->arity == AST_REQUIRED)) {
            return true;
        }
    }
    return false;
}

static void put_created_relations(QueryCx *cx, const QueryType *type, bool checked)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (!query_is_relation(*at) || *at == type->field || (!checked && query_is_inlined(*at))) {
            continue;
        }
        bool list = (*at)->arity == AST_LIST;
        const char *shape = checked ? (list ? "CREATE_NESTED_MANY" : "CREATE_NESTED_ONE")
                                    : (list ? "UNCHECKED_NESTED_MANY" : "UNCHECKED_NESTED_ONE");
        put_relation(cx, *at, must_be_referenced(*at), shape);
    }
}

static void put_updated_relations(QueryCx *cx, const QueryType *type, bool checked)
{
    static const char *const shapes[2][3] = {{[AST_REQUIRED] = "UNCHECKED_UPDATE_NESTED_REQUIRED",
                                              [AST_OPTIONAL] = "UNCHECKED_UPDATE_NESTED_ONE",
                                              [AST_LIST] = "UNCHECKED_UPDATE_NESTED_MANY"},
                                             {[AST_REQUIRED] = "UPDATE_NESTED_REQUIRED",
                                              [AST_OPTIONAL] = "UPDATE_NESTED_ONE",
                                              [AST_LIST] = "UPDATE_NESTED_MANY"}};
    vec_each(Field *const, at, &type->model->fields) {
        if (query_is_relation(*at) && *at != type->field && (checked || !query_is_inlined(*at))) {
            put_relation(cx, *at, false, shapes[checked ? 1 : 0][(*at)->arity]);
        }
    }
}

void dmmf_build_create(QueryCx *cx, const QueryType *type)
{
    put_checked_creates(cx, type->model);
    put_created_relations(cx, type, true);
}

void dmmf_build_unchecked_create(QueryCx *cx, const QueryType *type)
{
    put_unchecked(cx, type, put_create);
    put_created_relations(cx, type, false);
}

void dmmf_build_update(QueryCx *cx, const QueryType *type)
{
    put_checked_updates(cx, type->model);
    put_updated_relations(cx, type, true);
}

void dmmf_build_unchecked_update(QueryCx *cx, const QueryType *type)
{
    put_unchecked(cx, type, put_update);
    put_updated_relations(cx, type, false);
}

void dmmf_build_create_many(QueryCx *cx, const QueryType *type)
{
    put_unchecked(cx, type, put_create);
}

void dmmf_build_update_many(QueryCx *cx, const QueryType *type)
{
    put_checked_updates(cx, type->model);
}

void dmmf_build_unchecked_update_many(QueryCx *cx, const QueryType *type)
{
    put_unchecked(cx, type, put_update);
}

/* --- writing through a relation --- */

static bool is_many_to_many(const QueryType *type)
{
    return type->field->relation->kind == RELATION_MANY_TO_MANY;
}

/* Creating, as far as the client can. */
static void put_creations(QueryCx *cx, const QueryType *type, bool many)
{
    if (!dmmf_can_create(type->model)) {
        return;
    }
    query_put(
        cx,
        many
            ? "create @CREATE_PART|@CREATE_PART[]|@UNCHECKED_CREATE_PART|@UNCHECKED_CREATE_PART[]\n"
              "connectOrCreate @CREATE_OR_CONNECT|@CREATE_OR_CONNECT[]"
            : "create @CREATE_PART|@UNCHECKED_CREATE_PART\n"
              "connectOrCreate @CREATE_OR_CONNECT");
}

static void put_envelope(QueryCx *cx, const QueryType *type)
{
    if (!is_many_to_many(type) && dmmf_can_create(type->model)) {
        query_put(cx, "createMany @ENVELOPE");
    }
}

void dmmf_build_create_nested(QueryCx *cx, const QueryType *type)
{
    put_creations(cx, type, true);
    put_envelope(cx, type);
    query_put(cx, "connect @WHERE_UNIQUE|@WHERE_UNIQUE[]");
}

void dmmf_build_create_nested_one(QueryCx *cx, const QueryType *type)
{
    put_creations(cx, type, false);
    query_put(cx, "connect @WHERE_UNIQUE");
}

void dmmf_build_update_nested(QueryCx *cx, const QueryType *type)
{
    put_creations(cx, type, true);
    query_put(cx, dmmf_can_create(type->model) ? "upsert @UPSERT_MANY|@UPSERT_MANY[]" : "");
    put_envelope(cx, type);
    query_put(cx, "set @WHERE_UNIQUE|@WHERE_UNIQUE[]\n"
                  "disconnect @WHERE_UNIQUE|@WHERE_UNIQUE[]\n"
                  "delete @WHERE_UNIQUE|@WHERE_UNIQUE[]\n"
                  "connect @WHERE_UNIQUE|@WHERE_UNIQUE[]\n"
                  "update @UPDATE_WITH_WHERE|@UPDATE_WITH_WHERE[]\n"
                  "updateMany @UPDATE_MANY_WITH_WHERE|@UPDATE_MANY_WITH_WHERE[]\n"
                  "deleteMany @SCALAR_WHERE|@SCALAR_WHERE[]");
}

static void put_update_one(QueryCx *cx, const QueryType *type, bool optional)
{
    put_creations(cx, type, false);
    query_put(cx, dmmf_can_create(type->model) ? "upsert @UPSERT_ONE" : "");
    query_put(cx, optional ? "disconnect Boolean|@WHERE\ndelete Boolean|@WHERE" : "");
    query_put(cx, "connect @WHERE_UNIQUE\n"
                  "update @UPDATE_TO_ONE|@UPDATE_PART|@UNCHECKED_UPDATE_PART");
}

void dmmf_build_update_optional(QueryCx *cx, const QueryType *type)
{
    put_update_one(cx, type, true);
}

void dmmf_build_update_required(QueryCx *cx, const QueryType *type)
{
    put_update_one(cx, type, false);
}
