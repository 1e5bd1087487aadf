/*
 * pull_enum.c - an enum type as a block.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

static bool value_was_mapped(const PullEnum *type, const PullValue *value)
{
    return value->old != NULL && map_get(&type->old->value_names, value->old->name.name) != NULL;
}

static AstEnumValue *value_line(PullCx *cx, const PullEnum *type, const PullValue *value)
{
    AstEnumValue *line = arena_make(cx->arena, AstEnumValue);
    line->name.name = value->name;
    line->doc = value->old == NULL ? NULL : value->old->doc;
    if (value_was_mapped(type, value) || value->name != value->value) {
        pull_arg_text(cx, &pull_attribute(cx, &line->attributes, "map")->args, NULL, value->value);
    }
    return line;
}

AstBlock *pull_enum_block(PullCx *cx, const PullEnum *type)
{
    AstBlock *block = arena_make(cx->arena, AstBlock);
    block->kind = AST_ENUM;
    block->name.name = type->name;
    for (size_t i = 0; i < type->type->values.count; i++) {
        vec_push(cx->arena, &block->values, value_line(cx, type, &type->values[i]));
    }
    bool was_mapped = type->old != NULL && type->old->map_attribute != NULL;
    if (was_mapped || type->name != type->type->name) {
        pull_arg_text(cx, &pull_attribute(cx, &block->attributes, "map")->args, NULL,
                      type->type->name);
    }
    if (cx->with_schemas) {
        pull_arg_text(cx, &pull_attribute(cx, &block->attributes, "schema")->args, NULL,
                      type->type->schema);
    }
    if (type->old != NULL && type->name != type->type->name) {
        pull_note(cx, NOTE_KEPT_NAMES, type->name->text);
    }
    pull_note_enum(cx, type);
    block->doc = pull_enum_doc(cx, type);
    return block;
}
