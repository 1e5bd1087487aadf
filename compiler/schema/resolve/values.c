#include "base/common.h"

#include "compiler/schema/resolve/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_TEXT_MAX = 48 }; /* bytes of source repeated in a message */

const char *span_text(Diagnostics *diags, Span span)
{
    const SourceFile *file = sources_file(diags->sources, span.file);
    if (file == NULL) {
        return "";
    }
    const char *text = file->text + span.start;
    size_t len = span.end - span.start;
    if (len <= SHOWN_TEXT_MAX) {
        return arena_strndup(diags->arena, text, len);
    }
    size_t kept = SHOWN_TEXT_MAX;
    while (kept > 0 && ((unsigned char)text[kept] & 0xC0) == 0x80) {
        kept--;
    }
    return arena_printf(diags->arena, "%.*s...", (int)kept, text);
}

static const char *kind_word(AstExprKind kind)
{
    switch (kind) {
    case AST_STRING:
        return "the string";
    case AST_NUMBER:
        return "the number";
    case AST_CONSTANT:
        return "the name";
    case AST_ARRAY:
        return "the list";
    case AST_CALL:
        return "the function call";
    case AST_OBJECT:
        return "the object";
    }
    unreachable();
}

const char *expr_describe(Diagnostics *diags, const AstExpr *expr)
{
    return arena_printf(diags->arena, "%s `%s`", kind_word(expr->kind),
                        span_text(diags, expr->span));
}

bool expr_wrong_kind(Diagnostics *diags, const AstExpr *expr, const char *wanted)
{
    Diagnostic *diagnostic =
        diag_report(diags, DIAG_VALUE_KIND, expr->span, wanted, expr_describe(diags, expr));
    diag_label(diags, diagnostic, "expected %s", wanted);
    return false;
}

bool expr_read_string(Diagnostics *diags, const AstExpr *expr, Name *ret_text)
{
    if (expr->kind != AST_STRING) {
        return expr_wrong_kind(diags, expr, "a string");
    }
    *ret_text = expr->name;
    return true;
}

size_t expr_item_count(const AstExpr *expr)
{
    return expr->kind == AST_ARRAY ? expr->items.count : 1;
}

const AstExpr *expr_item(const AstExpr *expr, size_t i)
{
    return expr->kind == AST_ARRAY ? expr->items.items[i] : expr;
}

/* --- numbers --- */

bool number_is_integer(Name number)
{
    return strchr(number->text, '.') == NULL;
}

bool number_read(Name number, long long min, long long max, long long *ret_value)
{
    if (!number_is_integer(number)) {
        return false;
    }
    errno = 0;
    long long value = strtoll(number->text, NULL, 10);
    if (errno == ERANGE || value < min || value > max) {
        return false;
    }
    *ret_value = value;
    return true;
}
