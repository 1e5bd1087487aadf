/*
 * dmmf_query_fields.c - what the client's queries see of models: columns, relations, keys, and
 * their names.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_query_internal.h"

#include <ctype.h>

#include "compiler/catalog/types.h"
#include "compiler/schema/resolve/relations.h"

bool query_is_scalar(const Field *field)
{
    return dmmf_sees_field(field) && field->kind != FIELD_RELATION;
}

/* A relation is gone from queries with either side, or a column its reference is stored in. */
bool query_is_relation(const Field *field)
{
    if (!dmmf_sees_field(field) || field->kind != FIELD_RELATION) {
        return false;
    }
    const Field *sides[] = {field->relation->owner, field->relation->back};
    for (size_t i = 0; i < lengthof(sides); i++) {
        if (!dmmf_sees_field(sides[i])) {
            return false;
        }
        vec_each(Field *const, at, &sides[i]->args->fields) {
            if (!dmmf_sees_field(*at)) {
                return false;
            }
        }
    }
    return true;
}

bool query_is_number(const Field *field)
{
    return query_is_scalar(field) && field->kind == FIELD_SCALAR &&
           (field->scalar == SCALAR_INT || field->scalar == SCALAR_BIGINT ||
            field->scalar == SCALAR_FLOAT || field->scalar == SCALAR_DECIMAL);
}

bool query_has_bounds(const Field *field)
{
    return query_is_scalar(field) && field->arity != AST_LIST &&
           (field->kind == FIELD_ENUM || field->scalar != SCALAR_JSON);
}

bool query_model_has(const Model *model, bool (*is_so)(const Field *field))
{
    vec_each(Field *const, at, &model->fields) {
        if (is_so(*at)) {
            return true;
        }
    }
    return false;
}

bool query_is_inlined(const Field *field)
{
    return field->args->fields.count > 0;
}

QueryScalar query_scalar(const Field *field)
{
    bool is_enum = field->kind == FIELD_ENUM;
    return (QueryScalar){.type =
                             is_enum ? field->enum_block->name->text : scalar_name(field->scalar),
                         .is_enum = is_enum,
                         .is_uuid = !is_enum && field->type.id == TYPE_UUID,
                         .nullable = field->arity == AST_OPTIONAL};
}

const char *query_type_text(QueryCx *cx, const Field *field, bool list)
{
    QueryScalar scalar = query_scalar(field);
    return arena_printf(cx->arena, "%s%s%s", scalar.type, list ? "[]" : "",
                        scalar.is_enum ? ":m" : "");
}

const char *query_capital(QueryCx *cx, const char *name)
{
    char *copy = arena_strdup(cx->arena, name);
    copy[0] = (char)toupper((unsigned char)copy[0]);
    return copy;
}

const char *query_model_name(QueryCx *cx, const Model *model, const char *before, const char *after)
{
    return arena_printf(cx->arena, "%s%s%s", before, query_capital(cx, model->name->text), after);
}

const char *query_key_name(QueryCx *cx, const Key *key)
{
    if (key->client_name != NULL) {
        return key->client_name->text;
    }
    const char *name = NULL;
    vec_each(const KeyPart, part, &key->parts) {
        name = name == NULL ? part->field->name->text
                            : arena_printf(cx->arena, "%s_%s", name, part->field->name->text);
    }
    return name;
}

/* Several fields, whose values the client can write; those it does not see elsewhere count here. */
static bool is_compound(const Key *key)
{
    vec_each(const KeyPart, part, &key->parts) {
        if (part->field->kind == FIELD_UNSUPPORTED) {
            return false;
        }
    }
    return key->parts.count > 1;
}

QueryKeyList query_compound_keys(QueryCx *cx, const Model *model)
{
    QueryKeyList keys = {0};
    vec_each(Key *const, at, &model->uniques) {
        if (is_compound(*at)) {
            vec_push(cx->arena, &keys, *at);
        }
    }
    if (model->id != NULL && is_compound(model->id)) {
        vec_push(cx->arena, &keys, model->id);
    }
    return keys;
}

bool query_is_unique(const Field *field)
{
    if (dmmf_field_is_id(field) || field->unique != NULL) {
        return true;
    }
    vec_each(Key *const, at, &field->model->uniques) {
        if ((*at)->parts.count == 1 && (*at)->parts.items[0].field == field) {
            return true;
        }
    }
    return false;
}

/* NULLs are never equal. */
static bool has_no_nulls(const Key *key)
{
    vec_each(const KeyPart, part, &key->parts) {
        if (part->field->arity == AST_OPTIONAL) {
            return false;
        }
    }
    return true;
}

const Key *query_row_key(const Model *model)
{
    if (model->id != NULL) {
        return model->id;
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL && has_no_nulls((*at)->unique)) {
            return (*at)->unique;
        }
    }
    vec_each(Key *const, at, &model->uniques) {
        if (has_no_nulls(*at)) {
            return *at;
        }
    }
    return NULL;
}

bool query_is_in_key(const Field *field, const Key *key)
{
    for (size_t i = 0; key != NULL && i < key->parts.count; i++) {
        if (key->parts.items[i].field == field) {
            return true;
        }
    }
    return false;
}

bool query_is_text(const Field *field)
{
    return query_is_scalar(field) && field->kind == FIELD_SCALAR && field->scalar == SCALAR_STRING;
}

bool query_database_is_known(const QueryCx *cx)
{
    return cx->dmmf->program->config->datasource.name != NULL;
}

bool query_previews(const QueryCx *cx, const char *feature)
{
    return query_database_is_known(cx) && preview_enabled(cx->dmmf->program->config, feature);
}
