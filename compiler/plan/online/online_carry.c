/*
 * online_carry.c - what the values of a column become when it gets another type, and what of them
 * is lost.
 *
 * A conversion that keeps values is preferred to a column made anew, whatever the reference does
 * (conversions.h); the author may say another one, `/// @backfill(expression)` over the column
 * itself.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/catalog/casts.h"
#include "compiler/plan/direct/misfits.h"
#include "compiler/plan/diff/conversions.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/steps/type_words.h"
#include "compiler/plan/online/online_internal.h"

/* What the author says a value becomes: an expression over the column itself. Another one is of a
 * change before, for rows that had nothing. */
const char *online_stated_value(Online *cx, const Change *change)
{
    const char *hint = online_fill_hint(cx, change->after.column);
    const bool reads = hint != NULL && sql_reads_column(hint, change->before.column->name);
    return reads ? hint : NULL;
}

bool online_carries(Online *cx, const Change *change)
{
    const ColumnType *from = &change->before.column->type, *to = &change->after.column->type;
    return conversion_between(from, to) != CONVERSION_NONE ||
           online_stated_value(cx, change) != NULL;
}

/* An empty list has no first. */
bool online_may_refuse(Online *cx, const Change *change)
{
    const ColumnType *from = &change->before.column->type, *to = &change->after.column->type;
    const bool lacks =
        conversion_between(from, to) == CONVERSION_FIRST_OF_LIST && change->after.column->not_null;
    return lacks || conversion_may_refuse(from, to) || online_stated_value(cx, change) != NULL;
}

/* Times without zone are UTC: that is what clients send (docs/online.md). */
const char *online_carried_value(Online *cx, const Change *change)
{
    const char *stated = online_stated_value(cx, change);
    if (stated != NULL) {
        return online_trusted_fill(cx, change->after.column, stated);
    }
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    StrBuf text = strbuf_new(STRBUF_MAX);
    conversion_write(&text, &everywhere, change->before.column->name, &change->before.column->type,
                     &change->after.column->type);
    return strbuf_take(&text, cx->arena);
}

/* --- what is said ------------------------------------------------------------------------------
 */

/* Of lists that hold more than their first. */
static const char *longer_lists(Online *cx, const Change *change)
{
    const Catalog everywhere = sql_everywhere(cx->plan->from);
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE "
                     "pg_catalog.cardinality(");
    sql_ident(&out, change->before.column->name);
    strbuf_add(&out, ") OPERATOR(pg_catalog.>) 1) FROM ");
    sql_qualified(&out, &everywhere, change->before.table->schema, change->before.table->name);
    return strbuf_take(&out, cx->arena);
}

/* Of lists that have no first, and of no list. */
static const char *empty_lists(Online *cx, const Change *change)
{
    const Catalog everywhere = sql_everywhere(cx->plan->from);
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE (");
    sql_ident(&out, change->before.column->name);
    strbuf_add(&out, ")[1] IS NULL) FROM ");
    sql_qualified(&out, &everywhere, change->before.table->schema, change->before.table->name);
    return strbuf_take(&out, cx->arena);
}

static void note_list(Online *cx, const Change *change)
{
    online_note(cx, change, HAZARD_LIST_SHORTENED, NULL);
    vec_last(&cx->notes).query = longer_lists(cx, change);
    if (change->after.column->not_null) {
        online_note(cx, change, HAZARD_MAKE_REQUIRED, NULL);
        vec_last(&cx->notes).query = empty_lists(cx, change);
    }
}

void online_note_carried(Online *cx, const Change *change)
{
    const ColumnType *from = &change->before.column->type, *to = &change->after.column->type;
    if (online_stated_value(cx, change) != NULL) {
        online_note(cx, change, HAZARD_RISKY_CAST, types_in_words(cx->arena, from, to));
        return;
    }
    if (conversion_between(from, to) == CONVERSION_FIRST_OF_LIST) {
        note_list(cx, change);
    }
    const bool rounds = cast_rounds(from, to);
    if (conversion_may_refuse(from, to) || rounds) {
        online_note(cx, change, rounds ? HAZARD_ROUNDING_CAST : HAZARD_RISKY_CAST,
                    types_in_words(cx->arena, from, to));
        const MisfitQueries queries = misfit_queries(cx->plan, change->before.column, to);
        vec_last(&cx->notes).query = queries.query;
        vec_last(&cx->notes).look = queries.look;
    }
}
