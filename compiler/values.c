#include "base/common.h"

#include "compiler/values.h"

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

bool expr_read_constant(Diagnostics *diags, const AstExpr *expr, Name *ret_name)
{
    if (expr->kind != AST_CONSTANT) {
        return expr_wrong_kind(diags, expr, "a name");
    }
    *ret_name = expr->name;
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

/* --- suggestions --- */

enum { SUGGESTION_LEN_MAX = 64 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

static char lower_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Levenshtein's distance over bytes, case ignored; texts of at most SUGGESTION_LEN_MAX bytes. */
static size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t row[SUGGESTION_LEN_MAX + 1];
    for (size_t j = 0; j <= b_len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t above = row[j];
            size_t change = lower_letter(a[i - 1]) == lower_letter(b[j - 1]) ? 0 : 1;
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + change);
            diagonal = above;
        }
    }
    return row[b_len];
}

Suggestion suggestion_for(Name wrong)
{
    return (Suggestion){.wrong = wrong->text, .distance = wrong->len / 3 + 2};
}

void suggestion_offer(Suggestion *suggestion, const char *candidate)
{
    size_t wrong_len = strlen(suggestion->wrong);
    size_t len = strlen(candidate);
    if (wrong_len > SUGGESTION_LEN_MAX || len > SUGGESTION_LEN_MAX) {
        return;
    }
    size_t apart = wrong_len > len ? wrong_len - len : len - wrong_len;
    if (apart > suggestion->distance) {
        return;
    }
    size_t distance = edit_distance(suggestion->wrong, wrong_len, candidate, len);
    if (distance < suggestion->distance) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}

void suggestion_attach(const Suggestion *suggestion, Diagnostics *diags, Diagnostic *diagnostic)
{
    if (suggestion->best != NULL) {
        diag_help(diags, diagnostic, "did you mean `%s`?", suggestion->best);
    }
}
