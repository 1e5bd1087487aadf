/*
 * dmmf.c - the DMMF document, and the enums, models and indexes of its `datamodel`.
 *
 * In: a Program (resolve.h). Out: JSON. Order is the schema text's, views after models; of a
 * model's indexes the id comes first, then those of fields, `@@index`, `@@unique`.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf.h"

#include <string.h>

#include "compiler/schema/dmmf/dmmf_internal.h"
#include "compiler/schema/lower/understand.h"

/* --- small parts --- */

static void write_key_fields(DmmfCx *cx, const char *member, const Key *key)
{
    json_out_open_member(cx->out, member, '[');
    vec_each(const KeyPart, part, &key->parts) {
        json_out_text(cx->out, NULL, part->field->name->text);
    }
    json_out_close(cx->out);
}

static void write_documentation(DmmfCx *cx, const char *doc)
{
    if (doc != NULL) {
        json_out_text(cx->out, "documentation", doc);
    }
}

static const char *text_of(Name name)
{
    return name == NULL ? NULL : name->text;
}

/* --- enums --- */

static void write_value(DmmfCx *cx, const EnumBlock *block, const AstEnumValue *value)
{
    const ValueName *mapped = map_get(&block->value_names, value->name.name);
    json_out_open(cx->out, '{');
    json_out_text(cx->out, "name", value->name.name->text);
    json_out_text(cx->out, "dbName", mapped == NULL ? NULL : mapped->name->text);
    write_documentation(cx, value->doc);
    json_out_close(cx->out);
}

static void write_enum(DmmfCx *cx, const EnumBlock *block)
{
    json_out_open(cx->out, '{');
    json_out_text(cx->out, "name", block->name->text);
    json_out_open_member(cx->out, "values", '[');
    vec_each(AstEnumValue *const, at, &block->ast->values) {
        write_value(cx, block, *at);
    }
    json_out_close(cx->out);
    json_out_text(cx->out, "dbName", block->map_attribute == NULL ? NULL : block->type->text);
    write_documentation(cx, block->ast->doc);
    json_out_close(cx->out);
}

/* --- models --- */

static void write_primary_key(DmmfCx *cx, const Model *model)
{
    if (model->id == NULL || model->id->on_field) {
        json_out_null(cx->out, "primaryKey");
        return;
    }
    json_out_open_member(cx->out, "primaryKey", '{');
    json_out_text(cx->out, "name", text_of(model->id->client_name));
    write_key_fields(cx, "fields", model->id);
    json_out_close(cx->out);
}

static void write_uniques(DmmfCx *cx, const Model *model)
{
    json_out_open_member(cx->out, "uniqueFields", '[');
    vec_each(Key *const, at, &model->uniques) {
        if (dmmf_is_whole_key(*at)) {
            write_key_fields(cx, NULL, *at);
        }
    }
    json_out_close(cx->out);
    json_out_open_member(cx->out, "uniqueIndexes", '[');
    vec_each(Key *const, at, &model->uniques) {
        if (dmmf_is_whole_key(*at)) {
            json_out_open(cx->out, '{');
            json_out_text(cx->out, "name", text_of((*at)->client_name));
            write_key_fields(cx, "fields", *at);
            json_out_close(cx->out);
        }
    }
    json_out_close(cx->out);
}

static void write_model(DmmfCx *cx, const Model *model)
{
    JsonOut *out = cx->out;
    json_out_open(out, '{');
    json_out_text(out, "name", model->name->text);
    json_out_text(out, "dbName", model->map_attribute == NULL ? NULL : model->table->text);
    json_out_text(out, "schema", model->schema_attribute == NULL ? NULL : model->schema->text);
    json_out_open_member(out, "fields", '[');
    dmmf_write_fields(cx, model);
    json_out_close(out);
    write_primary_key(cx, model);
    write_uniques(cx, model);
    json_out_bool(out, "isGenerated", false);
    write_documentation(cx, model->ast->doc);
    json_out_close(out);
}

/* --- indexes --- */

/* Generators have always been told another class for this one, and their files depend on it. */
static const char *told_class(const KeyPart *part)
{
    if (part->operator_class_raw) {
        return part->operator_class->text;
    }
    const char *word = part->operator_class_expr->name->text;
    return strcmp(word, "UuidMinMaxMultiOps") == 0 ? "BitMinMaxOps" : word;
}

static void write_index_field(DmmfCx *cx, const KeyPart *part)
{
    json_out_open(cx->out, '{');
    json_out_text(cx->out, "name", part->field->name->text);
    if (part->sort != SORT_DEFAULT) {
        json_out_text(cx->out, "sortOrder", part->sort == SORT_ASC ? "asc" : "desc");
    }
    if (part->operator_class_raw || part->operator_class_expr != NULL) {
        json_out_text(cx->out, "operatorClass", told_class(part));
    }
    json_out_close(cx->out);
}

static void write_index(DmmfCx *cx, const Key *key)
{
    static const char *const types[] = {
        [KEY_ID] = "id", [KEY_UNIQUE] = "unique", [KEY_INDEX] = "normal"};
    JsonOut *out = cx->out;
    json_out_open(out, '{');
    json_out_text(out, "model", key->model->name->text);
    json_out_text(out, "type", types[key->kind]);
    json_out_bool(out, "isDefinedOnField", key->on_field);
    if (key->client_name != NULL) {
        json_out_text(out, "name", key->client_name->text);
    }
    if (key->map != NULL) {
        json_out_text(out, "dbName", key->map->text);
    }
    if (key->method_expr != NULL) {
        json_out_text(out, "algorithm", key->method_expr->name->text);
    }
    json_out_open_member(out, "fields", '[');
    vec_each(const KeyPart, part, &key->parts) {
        write_index_field(cx, part);
    }
    json_out_close(out);
    json_out_close(out);
}

static void write_indexes(DmmfCx *cx, const Model *model)
{
    if (model->id != NULL) {
        write_index(cx, model->id);
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL) {
            write_index(cx, (*at)->unique);
        }
    }
    vec_each(Key *const, at, &model->indexes) {
        write_index(cx, *at);
    }
    vec_each(Key *const, at, &model->uniques) {
        write_index(cx, *at);
    }
}

/* --- the document --- */

static void find_models(DmmfCx *cx, bool views)
{
    vec_each(Model *const, at, &cx->program->models) {
        if ((*at)->is_view == views && (*at)->ignore_attribute == NULL) {
            vec_push(cx->arena, &cx->models, *at);
        }
    }
}

static void write_datamodel(DmmfCx *cx)
{
    JsonOut *out = cx->out;
    json_out_open_member(out, "datamodel", '{');
    json_out_open_member(out, "enums", '[');
    vec_each(EnumBlock *const, at, &cx->program->enums) {
        write_enum(cx, *at);
    }
    json_out_close(out);
    json_out_open_member(out, "models", '[');
    vec_each(const Model *, at, &cx->models) {
        write_model(cx, *at);
    }
    json_out_close(out);
    json_out_open_member(out, "types", '[');
    json_out_close(out);
    json_out_open_member(out, "indexes", '[');
    vec_each(const Model *, at, &cx->models) {
        write_indexes(cx, *at);
    }
    json_out_close(out);
    json_out_close(out);
}

typedef struct Wanted {
    unsigned parts;
    JsonOut *out;
} Wanted;

static void write_document(const Program *program, void *context)
{
    const Wanted *wanted = context;
    DmmfCx cx = {.arena = program->arena, .program = program, .out = wanted->out};
    find_models(&cx, false);
    find_models(&cx, true);
    json_out_open(cx.out, '{');
    if ((wanted->parts & DMMF_DATAMODEL) != 0) {
        write_datamodel(&cx);
    }
    if ((wanted->parts & DMMF_SCHEMA) != 0) {
        dmmf_write_queries(&cx);
    }
    if ((wanted->parts & DMMF_MAPPINGS) != 0) {
        dmmf_write_mappings(&cx);
    }
    json_out_close(cx.out);
}

bool dmmf_write(const DmmfInput *input, unsigned parts, JsonOut *out)
{
    Wanted wanted = {.parts = parts, .out = out};
    Name schema = intern_cstr(input->names, "public");
    return program_use(input->ast, input->config, schema, input->names, input->diags,
                       write_document, &wanted);
}
