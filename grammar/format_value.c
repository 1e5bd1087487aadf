/*
 * format_value.c - values, arguments and attributes on their line.
 *
 * Strings are copied from the text, so that escapes stay as they were written.
 */
#include "base/common.h"

#include "grammar/format_internal.h"

#include <string.h>

static void args(StrBuf *out, const char *text,
                 const AstArgList *list) /* NOLINT(misc-no-recursion): see format_expr */
{
    vec_each(const AstArg, arg, list) {
        strbuf_add(out, arg == list->items ? "" : ", ");
        if (arg->name.name != NULL) {
            strbuf_addn(out, arg->name.name->text, arg->name.name->len);
            strbuf_addn(out, ": ", 2);
        }
        format_expr(out, text, arg->value);
    }
}

static void array(StrBuf *out, const char *text,
                  const AstExprList *items) /* NOLINT(misc-no-recursion): see format_expr */
{
    strbuf_char(out, '[');
    vec_each(AstExpr *const, item, items) {
        strbuf_add(out, item == items->items ? "" : ", ");
        format_expr(out, text, *item);
    }
    strbuf_char(out, ']');
}

/* Bounded: the parser refuses brackets nested deeper than NESTING_LIMIT. */
void format_expr(StrBuf *out, const char *text,
                 const AstExpr *expr) /* NOLINT(misc-no-recursion): see above */
{
    switch (expr->kind) {
    case AST_STRING:
        strbuf_addn(out, text + expr->span.start, expr->span.end - expr->span.start);
        break;
    case AST_NUMBER:
    case AST_CONSTANT:
        strbuf_addn(out, expr->name->text, expr->name->len);
        break;
    case AST_ARRAY:
        array(out, text, &expr->items);
        break;
    case AST_CALL:
        strbuf_addn(out, expr->name->text, expr->name->len);
        strbuf_char(out, '(');
        args(out, text, &expr->args);
        strbuf_char(out, ')');
        break;
    case AST_OBJECT:
        strbuf_add(out, "{ ");
        args(out, text, &expr->args);
        strbuf_add(out, " }");
        break;
    }
}

void format_attribute(StrBuf *out, const char *text, const char *marks,
                      const AstAttribute *attribute)
{
    strbuf_add(out, marks);
    strbuf_addn(out, attribute->name.name->text, attribute->name.name->len);
    if (attribute->has_parentheses) {
        strbuf_char(out, '(');
        args(out, text, &attribute->args);
        strbuf_char(out, ')');
    }
}

uint32_t attribute_rank(const AstAttribute *attribute)
{
    static const char *const order[] = {"id",       "unique", "default",  "updatedAt", "index",
                                        "fulltext", "map",    "relation", "ignore",    "schema"};
    static_assert(lengthof(order) + 1 == ATTRIBUTE_RANKS, "and one for all others");
    for (uint32_t i = 0; i < lengthof(order); i++) {
        if (strcmp(attribute->name.name->text, order[i]) == 0) {
            return i;
        }
    }
    return lengthof(order);
}
