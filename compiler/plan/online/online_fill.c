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

static const char *hint_of(Arena *arena, const Column *column)
{
    size_t start, end;
    return fill_hint_find(column->doc, &start, &end)
               ? arena_strndup(arena, column->doc + start, end - start)
               : NULL;
}

const char *fill_expression(Arena *arena, const Catalog *to, const Column *column)
{
    const char *hint = hint_of(arena, column);
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

static const FillAnswer *answer_for(const Plan *plan, const Column *column)
{
    for (size_t i = 0; plan->fills != NULL && i < plan->fills->count; i++) {
        const FillAnswer *at = &plan->fills->items[i];
        if (at->column == column->name && at->table == column->table->name &&
            at->schema == column->table->schema) {
            return at;
        }
    }
    return NULL;
}

static const char *answered(const Plan *plan, const Column *column)
{
    const FillAnswer *answer = answer_for(plan, column);
    return answer == NULL ? NULL : answer->text;
}

const char *online_fill_hint(Online *cx, const Column *column)
{
    const char *hint = hint_of(cx->arena, column);
    const char *known = hint == NULL ? NULL : answered(cx->plan, column);
    return known != NULL ? known : hint;
}

const char *online_fill_expression(Online *cx, const Column *column)
{
    const char *known = answered(cx->plan, column);
    return known != NULL ? known : fill_expression(cx->arena, cx->plan->to, column);
}

/* The same under every search_path; when that is not known the plan is refused. */
const char *online_trusted_fill(Online *cx, const Column *column, const char *expression)
{
    const QualifyWorld world = {.to = cx->plan->to,
                                .from = cx->plan->from,
                                .table = column->table,
                                .written = cx->plan->to};
    const char *why = NULL;
    const char *trusted = qualify_expression(cx->arena, &world, expression, &why);
    if (trusted == NULL && cx->plan->unknown_fill == NULL) {
        const FillAnswer *answer = answer_for(cx->plan, column);
        cx->plan->unknown_fill = column;
        cx->plan->unknown_why = answer != NULL && answer->why != NULL ? answer->why : why;
    }
    return trusted != NULL ? trusted : expression;
}
