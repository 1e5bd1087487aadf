#include "base/common.h"

#include "grammar/ast_make.h"

#include <string.h>

#include "base/diag/diag.h"
#include "grammar/parse_internal.h"
#include "grammar/stage.h"

/* --- cells --- */

/* Zeroed. */
static Cell *cell_take(ParseCx *cx)
{
    Cell *cell = cx->free_cells;
    if (cell == NULL) {
        return arena_make(cx->scratch, Cell);
    }
    cx->free_cells = cell->next;
    memset(cell, 0, sizeof *cell);
    return cell;
}

/* `value` is any of the members of a cell, or NULL. */
static void cell_give_back(ParseCx *cx, void *value)
{
    if (value != NULL) {
        Cell *cell = value;
        cell->next = cx->free_cells;
        cx->free_cells = cell;
    }
}

static AstAttributeList take_attributes(ParseCx *cx, AstAttributeList *list)
{
    AstAttributeList taken = list != NULL ? *list : (AstAttributeList){0};
    cell_give_back(cx, list);
    return taken;
}

static AstArgList take_args(ParseCx *cx, AstArgList *list)
{
    AstArgList taken = list != NULL ? *list : (AstArgList){0};
    cell_give_back(cx, list);
    return taken;
}

static AstExprList take_items(ParseCx *cx, AstExprList *list)
{
    AstExprList taken = list != NULL ? *list : (AstExprList){0};
    cell_give_back(cx, list);
    return taken;
}

/* --- names --- */

/* `what` for the message: "a model". Keys, generators and datasources may look as they like. */
static void check_name(ParseCx *cx, AstIdent name, const char *what)
{
    const char *text = name.name->text;
    if (text[0] >= '0' && text[0] <= '9') {
        diag_report(cx->diags, DIAG_NAME_DIGIT, name.span, what, text)->stage = STAGE_NAMES;
    } else if (strchr(text, '-') != NULL) {
        diag_report(cx->diags, DIAG_NAME_HYPHEN, name.span, what, text)->stage = STAGE_NAMES;
    }
}

static void check_block_name(ParseCx *cx, AstBlockKind kind, AstIdent name)
{
    switch (kind) {
    case AST_MODEL:
        check_name(cx, name, "a model");
        break;
    case AST_VIEW:
        check_name(cx, name, "a view");
        break;
    case AST_TYPE:
        check_name(cx, name, "a composite type");
        break;
    case AST_ENUM:
        check_name(cx, name, "an enum");
        break;
    case AST_DATASOURCE:
    case AST_GENERATOR:
        break;
    }
}

Name ast_attribute_name(ParseCx *cx, Name name, Span span)
{
    check_name(cx, (AstIdent){name, span}, "an attribute");
    return name;
}

/* --- blocks --- */

const char *block_word(AstBlockKind kind)
{
    static const char *const words[] = {
        [AST_MODEL] = "model",
        [AST_VIEW] = "view",
        [AST_TYPE] = "type",
        [AST_ENUM] = "enum",
        [AST_DATASOURCE] = "datasource",
        [AST_GENERATOR] = "generator",
    };
    return words[kind];
}

bool ast_has_attribute(const AstAttributeList *attributes, const char *name)
{
    vec_each(AstAttribute *const, at, attributes) {
        if (name_is((*at)->name.name, name)) {
            return true;
        }
    }
    return false;
}

AstSchema *schema_new(Arena *arena)
{
    AstSchema *schema = arena_make(arena, AstSchema);
    schema->arena = arena;
    return schema;
}

void ast_schema_add(ParseCx *cx, AstBlock *block)
{
    vec_push(cx->arena, &cx->schema->blocks, block);
}

void ast_type_alias(ParseCx *cx, Span keyword, AstIdent name, AstType *base)
{
    const char *meant = base->name == NULL ? "Unsupported" : base->name->text;
    diag_report(cx->diags, DIAG_LEGACY_TYPE_ALIAS, span_join(keyword, base->span), name.name->text,
                meant, name.name->text);
}

/* At their size: while they came they were in `scratch`. */
static void keep_fields(ParseCx *cx, AstBlock *body)
{
    AstField *const *found = body->fields.items;
    const size_t count = body->fields.count;
    vec_reserve(cx->arena, &body->fields, count);
    for (size_t i = 0; i < count; i++) {
        body->fields.items[i] = found[i];
    }
}

AstBlock *ast_block(ParseCx *cx, AstBlock *body, AstBlockKind kind, AstIdent name, const char *doc,
                    Span span)
{
    check_block_name(cx, kind, name);
    keep_fields(cx, body);
    body->kind = kind;
    body->name = name;
    body->doc = doc;
    body->damaged = body->damaged || cx->block_damaged;
    body->span = span;
    return body;
}

AstBlock *ast_body(ParseCx *cx)
{
    return arena_make(cx->arena, AstBlock);
}

AstBlock *ast_body_field(ParseCx *cx, AstBlock *body, AstField *field)
{
    if (field != NULL) {
        vec_push(cx->scratch, &body->fields, field);
    } else {
        body->damaged = true;
    }
    return body;
}

AstBlock *ast_body_value(ParseCx *cx, AstBlock *body, AstEnumValue *value)
{
    vec_push(cx->arena, &body->values, value);
    return body;
}

AstBlock *ast_body_property(ParseCx *cx, AstBlock *body, AstProperty *property)
{
    vec_push(cx->arena, &body->properties, property);
    return body;
}

AstBlock *ast_body_attribute(ParseCx *cx, AstBlock *body, AstAttribute *attribute)
{
    if (attribute != NULL) {
        vec_push(cx->arena, &body->attributes, attribute);
    } else {
        body->damaged = true;
    }
    return body;
}

AstBlock *ast_body_stray(ParseCx *cx, AstBlock *body, AstAttributeList *attributes)
{
    body->damaged = true;
    AstAttributeList taken = take_attributes(cx, attributes);
    if (taken.count > 0) {
        const AstAttribute *first = taken.items[0];
        const char *text = first->name.name->text;
        diag_report(cx->diags, DIAG_STRAY_ATTRIBUTE, first->span, text, text, text);
    }
    return body;
}

AstBlock *ast_body_damaged(AstBlock *body)
{
    body->damaged = true;
    return body;
}

/* --- lines --- */

/* From `first` to the last attribute; to the end of `otherwise` when there is none. */
static Span line_span(Span first, Span otherwise, const AstAttributeList *attributes)
{
    return span_join(first, attributes->count > 0 ? vec_last(attributes)->span : otherwise);
}

AstField *ast_field(ParseCx *cx, AstIdent name, AstType *type, AstAttributeList *attributes,
                    const char *doc)
{
    check_name(cx, name, "a field");
    AstField *field = arena_make(cx->arena, AstField);
    field->name = name;
    field->type = *type;
    cell_give_back(cx, type);
    field->attributes = take_attributes(cx, attributes);
    field->damaged = cx->line_damaged;
    field->doc = doc;
    field->span = line_span(name.span, field->type.span, &field->attributes);
    return field;
}

AstField *ast_field_untyped(ParseCx *cx, AstIdent name, AstAttributeList *attributes,
                            const char *doc)
{
    (void)doc;
    cell_give_back(cx, attributes);
    if (parse_may_complain(cx)) {
        diag_report(cx->diags, DIAG_FIELD_WITHOUT_TYPE, name.span, name.name->text,
                    name.name->text);
    }
    return NULL;
}

AstField *ast_field_colon(ParseCx *cx, Span colon, AstIdent name, AstType *type,
                          AstAttributeList *attributes, const char *doc)
{
    diag_report(cx->diags, DIAG_LEGACY_COLON, colon, name.name->text);
    if (type == NULL) {
        cell_give_back(cx, attributes);
        return NULL;
    }
    return ast_field(cx, name, type, attributes, doc);
}

AstEnumValue *ast_enum_value(ParseCx *cx, AstIdent name, AstAttributeList *attributes,
                             const char *doc)
{
    check_name(cx, name, "an enum value");
    AstEnumValue *value = arena_make(cx->arena, AstEnumValue);
    value->name = name;
    value->attributes = take_attributes(cx, attributes);
    value->doc = doc;
    value->span = line_span(name.span, name.span, &value->attributes);
    return value;
}

AstProperty *ast_property(ParseCx *cx, AstIdent key, AstExpr *value)
{
    AstProperty *property = arena_make(cx->arena, AstProperty);
    property->key = key;
    property->value = value;
    property->span = span_join(key.span, value->span);
    return property;
}

AstProperty *ast_property_empty(ParseCx *cx, AstIdent key, Span equals)
{
    AstProperty *property = arena_make(cx->arena, AstProperty);
    property->key = key;
    property->span = span_join(key.span, equals);
    diag_report(cx->diags, DIAG_PROPERTY_WITHOUT_VALUE, property->span, key.name->text)->stage =
        STAGE_DATASOURCE;
    return property;
}

/* --- types --- */

AstType *ast_type_named(ParseCx *cx, Name name, Span span)
{
    AstType *type = &cell_take(cx)->type;
    type->name = name;
    type->span = span;
    return type;
}

AstType *ast_type_unsupported(ParseCx *cx, Name text, Span span)
{
    AstType *type = ast_type_named(cx, NULL, span);
    type->unsupported = text;
    return type;
}

AstType *ast_type(AstType *base, AstArity arity, Span span)
{
    base->arity = arity;
    base->span = span;
    return base;
}

static const char *type_text(AstType *base)
{
    return base->name == NULL ? "Unsupported(…)" : base->name->text;
}

AstType *ast_type_required(ParseCx *cx, AstType *base, Span span, Span bang)
{
    diag_report(cx->diags, DIAG_LEGACY_REQUIRED, bang, type_text(base));
    return ast_type(base, AST_REQUIRED, span);
}

AstType *ast_type_optional_list(ParseCx *cx, AstType *base, Span span)
{
    diag_report(cx->diags, DIAG_OPTIONAL_LIST, span, type_text(base), type_text(base));
    return ast_type(base, AST_LIST, span);
}

AstType *ast_type_bracketed(ParseCx *cx, AstType *base, Span span)
{
    diag_report(cx->diags, DIAG_LEGACY_LIST, span, type_text(base), type_text(base));
    return ast_type(base, AST_LIST, span);
}

/* --- attributes and arguments --- */

AstAttribute *ast_attribute_bare(ParseCx *cx, AstIdent name, Span span)
{
    AstAttribute *attribute = arena_make(cx->arena, AstAttribute);
    attribute->name = name;
    attribute->span = span;
    return attribute;
}

AstAttribute *ast_attribute(ParseCx *cx, AstIdent name, AstArgList *args, Span span)
{
    AstAttribute *attribute = ast_attribute_bare(cx, name, span);
    attribute->has_parentheses = true;
    attribute->args = take_args(cx, args);
    return attribute;
}

AstAttributeList *ast_attribute_list(ParseCx *cx, AstAttributeList *list, AstAttribute *attribute)
{
    if (attribute == NULL) {
        return list;
    }
    AstAttributeList *grown = list != NULL ? list : &cell_take(cx)->attributes;
    vec_push(cx->arena, grown, attribute);
    return grown;
}

AstArg *ast_arg(ParseCx *cx, AstIdent name, AstExpr *value, Span span)
{
    AstArg *arg = &cell_take(cx)->arg;
    *arg = (AstArg){.name = name, .value = value, .span = span};
    return arg;
}

AstArg *ast_arg_empty(ParseCx *cx, AstIdent name, Span span)
{
    diag_report(cx->diags, DIAG_ARGUMENT_WITHOUT_VALUE, span, name.name->text)->stage =
        STAGE_ATTRIBUTES;
    return ast_arg(cx, name, NULL, span);
}

AstArgList *ast_arg_list(ParseCx *cx, AstArgList *list, AstArg *arg)
{
    AstArgList *grown = list != NULL ? list : &cell_take(cx)->args;
    vec_push(cx->arena, grown, *arg);
    cell_give_back(cx, arg);
    return grown;
}

AstArgList *ast_args_comma(ParseCx *cx, AstArgList *list, Span comma)
{
    diag_report_plain(cx->diags, DIAG_TRAILING_COMMA, comma)->stage = STAGE_ATTRIBUTES;
    return list;
}

/* --- values --- */

AstExpr *ast_expr(ParseCx *cx, AstExprKind kind, Name name, Span span)
{
    AstExpr *expr = arena_make(cx->arena, AstExpr);
    expr->kind = kind;
    expr->name = name;
    expr->span = span;
    return expr;
}

/* What starts with a digit was meant as a number: `1e5`, `0x10`, `1_000`, `1.`. */
AstExpr *ast_constant(ParseCx *cx, Name path, Span span)
{
    char first = path->text[0];
    if (first >= '0' && first <= '9') {
        diag_report(cx->diags, DIAG_BAD_NUMBER, span, path->text);
    }
    return ast_expr(cx, AST_CONSTANT, path, span);
}

AstExpr *ast_call(ParseCx *cx, Name path, AstArgList *args, Span span)
{
    AstExpr *expr = ast_expr(cx, AST_CALL, path, span);
    expr->args = take_args(cx, args);
    return expr;
}

AstExpr *ast_array(ParseCx *cx, AstExprList *items, Span span)
{
    AstExpr *expr = ast_expr(cx, AST_ARRAY, NULL, span);
    expr->items = take_items(cx, items);
    return expr;
}

AstExpr *ast_object(ParseCx *cx, AstArgList *members, Span span)
{
    AstExpr *expr = ast_expr(cx, AST_OBJECT, NULL, span);
    expr->args = take_args(cx, members);
    return expr;
}

AstExprList *ast_expr_list(ParseCx *cx, AstExprList *list, AstExpr *expr)
{
    AstExprList *grown = list != NULL ? list : &cell_take(cx)->items;
    vec_push(cx->arena, grown, expr);
    return grown;
}
