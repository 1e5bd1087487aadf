/*
 * lower_attr_block.c - attributes of a whole block, and of enum values: names in the database.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_attr.h"

/* --- models and views --- */

void attr_block_map(AttrCx *cx)
{
    if (attr_string(cx, "name", &cx->model->table)) {
        cx->model->map_attribute = cx->attribute;
    }
}

void attr_block_schema(AttrCx *cx)
{
    if (attr_string(cx, "map", &cx->model->schema)) {
        cx->model->schema_attribute = cx->attribute;
    }
}

void attr_block_ignore(AttrCx *cx)
{
    cx->model->ignore_attribute = cx->attribute;
    vec_each(Field *const, at, &cx->model->fields) {
        if ((*at)->ignore_attribute != NULL && (*at)->kind != FIELD_RELATION) {
            diag_report(cx->diags, DIAG_IGNORE_TWICE, (*at)->ignore_attribute->span,
                        (*at)->name->text, cx->model->name->text);
        }
    }
}

/* --- enums --- */

void attr_enum_map(AttrCx *cx)
{
    if (attr_string(cx, "name", &cx->enum_block->type)) {
        cx->enum_block->map_attribute = cx->attribute;
    }
}

void attr_enum_schema(AttrCx *cx)
{
    if (attr_string(cx, "map", &cx->enum_block->schema)) {
        cx->enum_block->schema_attribute = cx->attribute;
    }
}

void attr_value_map(AttrCx *cx)
{
    Name text = NULL;
    if (attr_string(cx, "name", &text)) {
        ValueName *value = arena_make(cx->program->arena, ValueName);
        value->name = text;
        map_put(cx->program->arena, &cx->enum_block->value_names, cx->value->name.name, value);
    }
}
