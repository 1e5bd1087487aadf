/*
 * dmmf_inputs.c - input types of models for changes: what a query may write.
 *
 * Columns come before relations. A checked type leaves the columns of a reference to the relation;
 * an unchecked one has the columns and leaves out the relation.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_query_internal.h"

#include "compiler/schema/resolve/relations.h"

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

/* Not all databases change what a row goes by. */
static bool can_change(const QueryCx *cx, const Field *field, const Key *key)
{
    return query_database_is_known(cx) || !query_is_in_key(field, key);
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

/* With kinds of null of its own where the database is known; `types` are its types elsewhere. */
static void put_json(QueryCx *cx, const Field *field, bool required, const char *types)
{
    bool nullable = field->arity == AST_OPTIONAL;
    const char *mark = required ? "!" : "";
    if (query_database_is_known(cx)) {
        query_printf(cx, "%s%s$ %sJsonNullValueInput:e|Json", field->name->text, mark,
                     nullable ? "Nullable" : "");
    } else {
        query_printf(cx, "%s%s%s$ %s%s", field->name->text, mark, nullable ? "~" : "", types,
                     nullable ? "|Null" : "");
    }
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
        put_json(cx, field, required, "Json");
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
        put_json(cx, field, false, "Json|Json");
    } else {
        query_printf(cx, "%s%s$ %s|#%s%s", name, nullable ? "~" : "",
                     query_type_text(cx, field, false), query_operations(cx, field),
                     nullable ? "|Null" : "");
    }
}

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
        if (is_own(*at) && can_change(cx, *at, query_row_key(model)) &&
            !(is_counted(*at) && query_is_unique(*at))) {
            put_update(cx, *at);
        }
    }
}

static void put_unchecked_creates(QueryCx *cx, const QueryType *type)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (is_unchecked(*at, type->field)) {
            put_create(cx, *at);
        }
    }
}

static void put_unchecked_updates(QueryCx *cx, const QueryType *type)
{
    vec_each(Field *const, at, &type->model->fields) {
        if (is_unchecked(*at, type->field) && can_change(cx, *at, type->model->id)) {
            put_update(cx, *at);
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
        if ((query_is_scalar(*at) && (*at)->arity == AST_REQUIRED &&
             (*at)->default_attribute == NULL) ||
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
    put_unchecked_creates(cx, type);
    put_created_relations(cx, type, false);
}

void dmmf_build_update(QueryCx *cx, const QueryType *type)
{
    put_checked_updates(cx, type->model);
    put_updated_relations(cx, type, true);
}

void dmmf_build_unchecked_update(QueryCx *cx, const QueryType *type)
{
    put_unchecked_updates(cx, type);
    put_updated_relations(cx, type, false);
}

void dmmf_build_create_many(QueryCx *cx, const QueryType *type)
{
    put_unchecked_creates(cx, type);
}

void dmmf_build_update_many(QueryCx *cx, const QueryType *type)
{
    put_checked_updates(cx, type->model);
}

void dmmf_build_unchecked_update_many(QueryCx *cx, const QueryType *type)
{
    put_unchecked_updates(cx, type);
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
        query_put(cx, "+createMany @ENVELOPE");
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
    /* Where the reference is stored here, not all databases look at the other row. */
    const char *mark = query_is_inlined(type->field) ? "" : "+";
    if (optional) {
        query_printf(cx, "disconnect Boolean|%s@WHERE\ndelete Boolean|@WHERE", mark);
    }
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
