/*
 * values.h - reading the literals of the schema text, with one wording for a value of a wrong kind.
 *
 * Readers report and return false when the expression is not what they read; outputs are then
 * untouched. Used for attribute arguments and for datasource and generator properties.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_RESOLVE_VALUES_H
#define BELLOWS_COMPILER_SCHEMA_RESOLVE_VALUES_H

#include "base/diag/diag.h"
#include "grammar/ast.h"

/* The text at `span`, shortened when long. Lives in the sink's arena. */
const char *span_text(Diagnostics *diags, Span span);
/* "the string `\"a\"`", "the number `3`", ... */
const char *expr_describe(Diagnostics *diags, const AstExpr *expr);

/* Reports "expected `wanted`, found ..."; returns false. */
bool expr_wrong_kind(Diagnostics *diags, const AstExpr *expr, const char *wanted);

MUST_CHECK bool expr_read_string(Diagnostics *diags, const AstExpr *expr, Name *ret_text);

/*
 * An array's items, or the expression itself as the only item: the language lets a single item
 * stand without its brackets.
 */
size_t expr_item_count(const AstExpr *expr);
const AstExpr *expr_item(const AstExpr *expr, size_t i);

/* A number without fraction; and its value, when it lies in [min, max]. Nothing is reported. */
bool number_is_integer(Name number);
bool number_read(Name number, long long min, long long max, long long *ret_value);

#endif
