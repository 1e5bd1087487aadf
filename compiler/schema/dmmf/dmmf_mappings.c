/*
 * dmmf_mappings.c - `mappings` of the DMMF: what the client's operations on each model are called.
 *
 * The operations are rows of operations.def.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_internal.h"

typedef enum Needs {
    NEEDS_READ,
    NEEDS_READ_ONE,
    NEEDS_WRITE,
    NEEDS_WRITE_ONE,
    NEEDS_CREATE,
    NEEDS_CREATE_ONE,
} Needs;

typedef enum Database { DATABASE_ANY, DATABASE_KNOWN } Database;

typedef struct Operation {
    const char *key, *before, *after;
    Needs needs;
    Database database;
} Operation;

static const Operation operations[] = {
#define OPERATION(key, before, after, needs, database)                                             \
    {key, before, after, NEEDS_##needs, DATABASE_##database},
#include "compiler/schema/dmmf/operations.def"
#undef OPERATION
};

/* Names one row for certain: NULLs are never equal. Fields the client does not see count here. */
static bool key_names_a_row(const Key *key)
{
    vec_each(const KeyPart, part, &key->parts) {
        if (part->field->arity == AST_OPTIONAL || part->field->kind == FIELD_UNSUPPORTED) {
            return false;
        }
    }
    return true;
}

bool dmmf_has_unique(const Model *model)
{
    if (model->id != NULL && key_names_a_row(model->id)) {
        return true;
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL && key_names_a_row((*at)->unique)) {
            return true;
        }
    }
    vec_each(Key *const, at, &model->uniques) {
        if (key_names_a_row(*at)) {
            return true;
        }
    }
    return false;
}

/* Some required column is of a type the client cannot write, and the database does not fill it. */
static bool has_unfillable_field(const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        const Field *field = *at;
        if (field->kind == FIELD_UNSUPPORTED && field->arity == AST_REQUIRED &&
            field->default_attribute == NULL) {
            return true;
        }
    }
    return false;
}

bool dmmf_can_create(const Model *model)
{
    return !model->is_view && !has_unfillable_field(model);
}

static bool operation_exists(const Operation *operation, const Model *model)
{
    switch (operation->needs) {
    case NEEDS_READ:
        return true;
    case NEEDS_READ_ONE:
        return dmmf_has_unique(model);
    case NEEDS_WRITE:
        return !model->is_view;
    case NEEDS_WRITE_ONE:
        return !model->is_view && dmmf_has_unique(model);
    case NEEDS_CREATE:
        return dmmf_can_create(model);
    case NEEDS_CREATE_ONE:
        return dmmf_can_create(model) && dmmf_has_unique(model);
    }
    unreachable();
}

static bool database_is_known(const DmmfCx *cx)
{
    return cx->program->config->datasource.name != NULL;
}

static void write_model(DmmfCx *cx, const Model *model)
{
    json_out_open(cx->out, '{');
    json_out_text(cx->out, "model", model->name->text);
    for (size_t i = 0; i < lengthof(operations); i++) {
        const Operation *operation = &operations[i];
        if (operation_exists(operation, model) &&
            (operation->database == DATABASE_ANY || database_is_known(cx))) {
            json_out_text(cx->out, operation->key,
                          arena_printf(cx->arena, "%s%s%s", operation->before, model->name->text,
                                       operation->after));
        }
    }
    json_out_close(cx->out);
}

void dmmf_write_mappings(DmmfCx *cx)
{
    JsonOut *out = cx->out;
    json_out_open_member(out, "mappings", '{');
    json_out_open_member(out, "modelOperations", '[');
    vec_each(const Model *, model, &cx->models) {
        write_model(cx, *model);
    }
    json_out_close(out);
    json_out_open_member(out, "otherOperations", '{');
    json_out_open_member(out, "read", '[');
    json_out_close(out);
    json_out_open_member(out, "write", '[');
    if (database_is_known(cx)) {
        json_out_text(out, NULL, "executeRaw");
        json_out_text(out, NULL, "queryRaw");
    }
    json_out_close(out);
    json_out_close(out);
    json_out_close(out);
}
