/*
 * complete_columns.c - what a reference that is to be completed can name, and the columns it is
 * stored in.
 */
#include "base/common.h"

#include "compiler/schema/complete/complete_columns.h"

#include "compiler/schema/complete/field_names.h"

static bool part_identifies(const Field *field)
{
    return field->arity != AST_OPTIONAL && field->kind != FIELD_UNSUPPORTED;
}

static bool key_identifies(const Key *key)
{
    vec_each(const KeyPart, at, &key->parts) {
        if (!part_identifies(at->field)) {
            return false;
        }
    }
    return key->parts.count > 0;
}

/* The id, else the first unique. */
static const Key *first_key(const Model *model)
{
    if (model->id != NULL) {
        return model->id;
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL) {
            return (*at)->unique;
        }
    }
    return model->uniques.count > 0 ? model->uniques.items[0] : NULL;
}

/* The model's id, or its first unique that always has a value; NULL when there is none. */
static const Key *criterion(const Model *model)
{
    if (model->id != NULL) {
        return key_identifies(model->id) ? model->id : NULL;
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL && part_identifies(*at)) {
            return (*at)->unique;
        }
    }
    vec_each(Key *const, at, &model->uniques) {
        if (key_identifies(*at)) {
            return *at;
        }
    }
    return NULL;
}

bool complete_name_is_free(const Model *model, Name name)
{
    bool is_free = model->id == NULL || model->id->client_name != name;
    vec_each(Key *const, at, &model->uniques) {
        is_free = is_free && (*at)->client_name != name;
    }
    return is_free && model_find_field(model, name) == NULL;
}

/* The fields that columns of a reference to `referenced` are named after. The reference tool takes
 * the first key even where it may be NULL and refers to another; that is right as long as the types
 * are the same, and is done alike then. */
static FieldList naming_fields(const Program *program, const Model *target,
                               const FieldList *referenced)
{
    const Key *key = first_key(target);
    FieldList fields = {0};
    if (key == NULL || key->parts.count != referenced->count) {
        return *referenced;
    }
    for (size_t i = 0; i < referenced->count; i++) {
        Field *field = key->parts.items[i].field;
        const Field *other = referenced->items[i];
        if (field->kind != FIELD_SCALAR || other->kind != FIELD_SCALAR ||
            field->scalar != other->scalar) {
            return *referenced;
        }
        vec_push(program->arena, &fields, field);
    }
    return fields;
}

FieldList complete_referenced(const Program *program, const FieldList *given, const Model *target)
{
    FieldList fields = {0};
    const Key *key = given->count > 0 ? NULL : criterion(target);
    if (key == NULL) {
        return *given;
    }
    vec_each(const KeyPart, at, &key->parts) {
        vec_push(program->arena, &fields, at->field);
    }
    return fields;
}

bool complete_columns(const Program *program, const Map *used, const Model *model,
                      const Model *target, const FieldList *referenced,
                      StoredColumnList *ret_columns)
{
    FieldList fields = naming_fields(program, target, referenced);
    vec_each(Field *const, at, &fields) {
        StoredColumn column = {.referenced = *at};
        column.name = field_name_column(program->names, target->name, (*at)->name);
        column.existing = model_find_field(model, column.name);
        bool is_usable = column.existing == NULL
                             ? complete_name_is_free(model, column.name)
                             : field_is_column(column.existing) &&
                                   map_get2(used, model->name, column.name) == NULL;
        if (!is_usable) {
            return false;
        }
        vec_push(program->arena, ret_columns, column);
    }
    return referenced->count > 0;
}
