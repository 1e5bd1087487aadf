/*
 * online_fill.c - what the rows that are already there get in a column that becomes required.
 *
 * In this order: the author's `/// @backfill(expression)` above the field, the field's default in
 * the database, and the time of the statement for `@updatedAt`. Anything else only a person knows.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/qualify/qualify.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/plan/online/fill_question.h"
#include "compiler/plan/online/online_internal.h"

/* --- derivation --------------------------------------------------------------------------------
 */

static bool has_printable_default(const Column *column)
{
    DefaultKind kind = column->dflt.kind;
    return kind == DEFAULT_VALUE || kind == DEFAULT_LIST || kind == DEFAULT_NOW ||
           kind == DEFAULT_EXPRESSION;
}

const char *fill_hint_text(Arena *arena, const Column *column, FillHint hint)
{
    size_t start, end;
    return fill_hint_find(column->doc, hint, &start, &end)
               ? arena_strndup(arena, column->doc + start, end - start)
               : NULL;
}

const char *fill_expression(Arena *arena, const Catalog *to, const Column *column)
{
    const char *hint = fill_hint_text(arena, column, FILL_HINT_UP);
    if (hint != NULL) {
        return hint;
    }
    if (has_printable_default(column)) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        sql_default(&text, to, column);
        return strbuf_take(&text, arena);
    }
    return column->client_default == CLIENT_DEFAULT_UPDATED_AT ? "CURRENT_TIMESTAMP" : NULL;
}

static const FillAnswer *answer_for(const Plan *plan, const Column *column, FillHint hint)
{
    for (size_t i = 0; plan->fills != NULL && i < plan->fills->count; i++) {
        const FillAnswer *at = &plan->fills->items[i];
        if (at->hint == hint && at->column == column->name && at->table == column->table->name &&
            at->schema == column->table->schema) {
            return at;
        }
    }
    return NULL;
}

static const char *answered(const Plan *plan, const Column *column, FillHint hint)
{
    const FillAnswer *answer = answer_for(plan, column, hint);
    return answer == NULL ? NULL : answer->text;
}

static const char *hint_known(Online *cx, const Column *column, FillHint hint)
{
    const char *text = fill_hint_text(cx->arena, column, hint);
    const char *known = text == NULL ? NULL : answered(cx->plan, column, hint);
    return known != NULL ? known : text;
}

const char *online_fill_hint(Online *cx, const Column *column)
{
    return hint_known(cx, column, FILL_HINT_UP);
}

const char *online_down_hint(Online *cx, const Column *column)
{
    return hint_known(cx, column, FILL_HINT_DOWN);
}

const char *online_fill_expression(Online *cx, const Column *column)
{
    const char *known = answered(cx->plan, column, FILL_HINT_UP);
    return known != NULL ? known : fill_expression(cx->arena, cx->plan->to, column);
}

/* The same under every search_path; when that is not known the plan is refused. */
static const char *trusted_text(Online *cx, const Column *column, FillHint hint,
                                const char *expression)
{
    const QualifyWorld world = {.to = cx->plan->to,
                                .from = cx->plan->from,
                                .table = column->table,
                                .written = cx->plan->to};
    const char *why = NULL;
    const char *trusted = qualify_expression(cx->arena, &world, expression, &why);
    if (trusted == NULL && cx->plan->unknown_fill == NULL) {
        const FillAnswer *answer = answer_for(cx->plan, column, hint);
        cx->plan->unknown_fill = column;
        cx->plan->unknown_hint = hint;
        cx->plan->unknown_why = answer != NULL && answer->why != NULL ? answer->why : why;
    }
    return trusted != NULL ? trusted : expression;
}

const char *online_trusted_fill(Online *cx, const Column *column, const char *expression)
{
    return trusted_text(cx, column, FILL_HINT_UP, expression);
}

const char *online_trusted_down(Online *cx, const Column *column, const char *expression)
{
    return trusted_text(cx, column, FILL_HINT_DOWN, expression);
}
