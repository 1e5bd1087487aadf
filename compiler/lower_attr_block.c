/*
 * lower_attr_block.c - attributes of a whole block, and of enum values: names in the database.
 */
#include "base/common.h"

#include "compiler/lower_attr.h"

#include "base/suggest.h"
#include "compiler/values.h"

/* The schema must be one of the datasource's; otherwise it is reported and *schema stays. */
static void read_schema(const AttrCx *cx, Name *schema)
{
    const AstExpr *expr = attr_arg(cx, "map");
    Name name = NULL;
    if (!expr_read_string(cx->diags, expr, &name)) {
        return;
    }
    Suggestion near = suggestion_for(name->text);
    vec_each(const Name, at, &cx->program->config->datasource.schemas) {
        if (*at == name) {
            *schema = name;
            return;
        }
        suggestion_offer(&near, (*at)->text);
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_SCHEMA_UNKNOWN, expr->span, name->text, name->text);
    suggestion_attach(&near, cx->diags, diagnostic);
}

/* --- models and views --- */

void attr_block_map(AttrCx *cx)
{
    if (attr_string(cx, "name", &cx->model->table)) {
        cx->model->map_attribute = cx->attribute;
    }
}

void attr_block_schema(AttrCx *cx)
{
    cx->model->schema_attribute = cx->attribute;
    read_schema(cx, &cx->model->schema);
}

void attr_block_ignore(AttrCx *cx)
{
    cx->model->ignore_attribute = cx->attribute;
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
    cx->enum_block->schema_attribute = cx->attribute;
    read_schema(cx, &cx->enum_block->schema);
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
