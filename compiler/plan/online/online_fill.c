/*
 * online_fill.c - what the rows that are already there get in a column that becomes required.
 *
 * In this order: the author's `/// @backfill(expression)` above the field, the field's default in
 * the database, and the time of the statement for `@updatedAt`. Anything else only a person knows.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/canon/qualify.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/plan/online/online_internal.h"

/* --- derivation --------------------------------------------------------------------------------
 */

static bool has_printable_default(const Column *column)
{
    DefaultKind kind = column->dflt.kind;
    return kind == DEFAULT_VALUE || kind == DEFAULT_LIST || kind == DEFAULT_NOW ||
           kind == DEFAULT_EXPRESSION;
}

const char *online_fill_hint(Online *cx, const Column *column)
{
    size_t start, end;
    return fill_hint_find(column->doc, &start, &end)
               ? arena_strndup(cx->arena, column->doc + start, end - start)
               : NULL;
}

const char *online_fill_expression(Online *cx, const Column *column)
{
    const char *hint = online_fill_hint(cx, column);
    if (hint != NULL) {
        return hint;
    }
    if (has_printable_default(column)) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        sql_default(&text, cx->plan->to, column);
        return strbuf_take(&text, cx->arena);
    }
    return column->client_default == CLIENT_DEFAULT_UPDATED_AT ? "CURRENT_TIMESTAMP" : NULL;
}

/* The same under every search_path; when that is not known the plan is refused. */
const char *online_trusted_fill(Online *cx, const Column *column, const char *expression)
{
    const QualifyWorld world = {cx->plan->to, cx->plan->from, column->table, cx->plan->to};
    const char *why = NULL;
    const char *trusted = qualify_expression(cx->arena, &world, expression, &why);
    if (trusted == NULL && cx->plan->unknown_fill == NULL) {
        cx->plan->unknown_fill = column;
        cx->plan->unknown_why = why;
    }
    return trusted != NULL ? trusted : expression;
}
