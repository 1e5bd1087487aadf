/*
 * pull_model.c - a table or view as a block: its fields, its attributes.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

/* --- ignored -----------------------------------------------------------------------------------
 */

static bool is_required(const PullCx *cx, const Column *column)
{
    PullType type = pull_type(cx, column);
    return column->not_null && !type.unsupported && !type.type->list;
}

static bool id_is_required(const PullCx *cx, const PrimaryKey *id)
{
    bool required = id != NULL;
    for (size_t i = 0; required && i < id->columns.count; i++) {
        required = is_required(cx, id->columns.items[i]);
    }
    return required;
}

static bool index_is_required(const PullCx *cx, const Index *index)
{
    bool required = index->kind == INDEX_UNIQUE;
    for (size_t i = 0; required && i < index->parts.count; i++) {
        required = is_required(cx, index->parts.items[i].column);
    }
    return required && pull_index_is_written(cx, index);
}

static bool has_required_unique(const PullCx *cx, const Table *table)
{
    bool found = id_is_required(cx, table->primary_key);
    vec_each(Index *const, at, &table->indexes) {
        found = found || index_is_required(cx, *at);
    }
    return found;
}

bool pull_model_is_ignored(const PullCx *cx, const PullModel *model)
{
    bool was = model->old != NULL && model->old->ignore_attribute != NULL;
    return was || (model->view == NULL && !has_required_unique(cx, model->table));
}

/* --- fields ------------------------------------------------------------------------------------
 */

static void add_default(PullCx *cx, const PullModel *model, const PullField *field,
                        AstAttributeList *attributes)
{
    AstExpr *value = pull_default(cx, field);
    if (field->column->generated != NULL) {
        pull_note(cx, NOTE_GENERATED,
                  arena_printf(cx->arena, "%s.%s", model->name->text, field->name->text));
    }
    if (value != NULL) {
        pull_arg(cx, &pull_attribute(cx, attributes, "default")->args, NULL, value);
    }
}

/* `@unique` of a view is the schema's word: the database knows none. */
static void add_view_keys(PullCx *cx, const PullModel *model, const PullField *field,
                          AstAttributeList *attributes)
{
    if (model->view != NULL && field->old != NULL && field->old->unique != NULL) {
        pull_attribute(cx, attributes, "unique");
    }
}

static AstField *column_field(PullCx *cx, const PullModel *model, const PullField *field)
{
    AstField *made = arena_make(cx->arena, AstField);
    AstAttributeList *attributes = &made->attributes;
    const Field *old = field->old;
    made->name.name = field->name;
    made->type = pull_field_type(cx, field);
    made->doc = old == NULL ? NULL : old->ast->doc;
    pull_field_keys(cx, model, field, attributes);
    add_view_keys(cx, model, field, attributes);
    add_default(cx, model, field, attributes);
    bool is_time = made->type.name != NULL && name_is(made->type.name, "DateTime");
    if (old != NULL && old->updated_at != NULL && is_time && made->type.arity != AST_LIST) {
        pull_attribute(cx, attributes, "updatedAt");
    }
    bool was_mapped = old != NULL && old->map_attribute != NULL;
    if (was_mapped || field->name != field->column->name) {
        pull_arg_text(cx, &pull_attribute(cx, attributes, "map")->args, NULL, field->column->name);
    }
    if (old != NULL && old->ignore_attribute != NULL && !model->ignored &&
        made->type.unsupported == NULL) {
        pull_attribute(cx, attributes, "ignore");
    }
    pull_native(cx, field->column, attributes);
    if (made->type.unsupported != NULL) {
        pull_note(cx, NOTE_UNSUPPORTED,
                  arena_printf(cx->arena, "%s.%s: %s", model->name->text, field->name->text,
                               made->type.unsupported->text));
    }
    return made;
}

AstBlock *pull_model_block(PullCx *cx, PullModel *model)
{
    AstBlock *block = arena_make(cx->arena, AstBlock);
    model->block = block;
    block->kind = model->view == NULL ? AST_MODEL : AST_VIEW;
    block->name.name = model->name;
    for (size_t i = 0; i < model->table->columns.count; i++) {
        vec_push(cx->arena, &block->fields, column_field(cx, model, &model->fields[i]));
    }
    return block;
}

/* --- the rest of the block, once the relation fields are in it ---------------------------------
 */

/* `@@unique` of a view, as the schema has it. */
static void view_uniques(PullCx *cx, const PullModel *model, AstAttributeList *attributes)
{
    if (model->view == NULL || model->old == NULL) {
        return;
    }
    vec_each(Key *const, at, &model->old->uniques) {
        AstAttribute *attribute = arena_make(cx->arena, AstAttribute);
        *attribute = *(*at)->attribute;
        vec_push(cx->arena, attributes, attribute);
    }
}

void pull_model_finish(PullCx *cx, PullModel *model)
{
    AstAttributeList *attributes = &model->block->attributes;
    pull_block_keys(cx, model, attributes);
    view_uniques(cx, model, attributes);
    bool was_mapped = model->old != NULL && model->old->map_attribute != NULL;
    if (was_mapped || model->name != model->table->name) {
        pull_arg_text(cx, &pull_attribute(cx, attributes, "map")->args, NULL, model->table->name);
    }
    if (cx->with_schemas) {
        pull_arg_text(cx, &pull_attribute(cx, attributes, "schema")->args, NULL,
                      model->table->schema);
    }
    if (model->ignored) {
        pull_attribute(cx, attributes, "ignore");
    }
    if (model->old != NULL && model->name != model->table->name) {
        pull_note(cx, NOTE_KEPT_NAMES, model->name->text);
    }
    pull_note_model(cx, model);
    model->block->doc = pull_model_doc(cx, model);
}
