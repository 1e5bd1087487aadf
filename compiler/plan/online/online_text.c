/*
 * online_text.c - expressions that read a column: what they say of a second one in its place.
 *
 * Only marked references (canon_refs.h) are written otherwise. A text that names a column anywhere
 * else, an enum, or is not understood, stays as it is, and its columns with it (online_bound.c).
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/online/online_internal.h"

static const Catalog *catalog_of(const Online *cx, const Table *table)
{
    const Catalog *to = cx->plan->to;
    const bool wanted = catalog_find_table(to, table->schema, table->name) == table;
    return wanted ? to : cx->plan->from;
}

/* What is left of the text without the references. */
static const char *rest_of(Online *cx, Name text, const SqlRefList *refs)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t at = 0;
    vec_each(const SqlRef, ref, refs) {
        strbuf_addn(&out, text->text + at, ref->start - at);
        strbuf_char(&out, ' ');
        at = ref->end;
    }
    strbuf_add(&out, text->text + at);
    return strbuf_take(&out, cx->arena);
}

bool online_text_moves(Online *cx, const Table *table, Name text)
{
    const SqlRefList refs = canon_refs(cx->arena, catalog_of(cx, table), table, NULL, text);
    vec_each(const SqlRef, ref, &refs) {
        if (ref->kind != SQL_REF_COLUMN) {
            return false;
        }
    }
    return !sql_reads_row(rest_of(cx, text, &refs), table);
}

ColumnList online_text_columns(Online *cx, const Table *table, Name text)
{
    ColumnList columns = {0};
    const SqlRefList refs = canon_refs(cx->arena, catalog_of(cx, table), table, NULL, text);
    vec_each(const SqlRef, ref, &refs) {
        if (ref->kind == SQL_REF_COLUMN &&
            !column_in_list(ref->column, columns.items, columns.count)) {
            vec_push(cx->arena, &columns, table->columns.items[ref->column->position]);
        }
    }
    return columns;
}

const Column *online_wanted_of(const Online *cx, const Column *column)
{
    return catalog_of(cx, column->table) == cx->plan->to
               ? column
               : match_column_after(cx->plan->diff, column);
}

Name online_text_over(Online *cx, const Table *table, Name text, uint32_t knot)
{
    const SqlRefList refs = canon_refs(cx->arena, catalog_of(cx, table), table, NULL, text);
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t at = 0;
    vec_each(const SqlRef, ref, &refs) {
        const Column *wanted =
            ref->kind == SQL_REF_COLUMN ? online_wanted_of(cx, ref->column) : NULL;
        const Shadow *shadow = wanted == NULL ? NULL : online_shadow_of(cx, wanted);
        if (shadow != NULL && shadow->knot == knot) {
            strbuf_addn(&out, text->text + at, ref->start - at);
            sql_ident(&out, shadow->second->name);
            at = ref->end;
        }
    }
    strbuf_add(&out, text->text + at);
    const Name made = at == 0 ? text : intern(cx->plan->to->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return made;
}
