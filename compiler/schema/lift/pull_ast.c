/*
 * pull_ast.c - small constructors of syntax that was never text: it has no place.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

AstExpr *pull_expr(const PullCx *cx, AstExprKind kind, Name name)
{
    AstExpr *expr = arena_make(cx->arena, AstExpr);
    expr->kind = kind;
    expr->name = name;
    return expr;
}

AstExpr *pull_string(const PullCx *cx, const char *text)
{
    return pull_expr(cx, AST_STRING, intern_cstr(cx->names, text));
}

AstExpr *pull_constant(const PullCx *cx, const char *text)
{
    return pull_expr(cx, AST_CONSTANT, intern_cstr(cx->names, text));
}

AstExpr *pull_call_text(const PullCx *cx, const char *function, Name text)
{
    AstExpr *call = pull_expr(cx, AST_CALL, intern_cstr(cx->names, function));
    pull_arg_text(cx, &call->args, NULL, text);
    return call;
}

AstAttribute *pull_attribute(const PullCx *cx, AstAttributeList *list, const char *name)
{
    AstAttribute *attribute = arena_make(cx->arena, AstAttribute);
    attribute->name.name = intern_cstr(cx->names, name);
    vec_push(cx->arena, list, attribute);
    return attribute;
}

void pull_arg(const PullCx *cx, AstArgList *args, const char *name, AstExpr *value)
{
    AstArg arg = {.value = value};
    arg.name.name = name == NULL ? NULL : intern_cstr(cx->names, name);
    vec_push(cx->arena, args, arg);
}

void pull_arg_text(const PullCx *cx, AstArgList *args, const char *name, Name text)
{
    pull_arg(cx, args, name, pull_expr(cx, AST_STRING, text));
}
