#include "base/common.h"

#include "compiler/plan/direct/duplicates.h"

#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/catalog/casts.h"

/* The column whose values count; NULL for one that begins with the same constant in every row.
 * False: not known. */
static bool key_column(const TablePair *pair, const IndexPart *part, const Column **ret_column)
{
    const Column *after = part->column;
    const bool placed = after != NULL && after->position < pair->after->columns.count;
    const Column *before = placed ? pair->columns_before[after->position] : NULL;
    *ret_column = before;
    return before != NULL ? type_same(&before->type, &after->type)
                          : placed && after->dflt.kind == DEFAULT_VALUE;
}

static void add_list(StrBuf *out, const Column *const *columns, size_t count, const char *before,
                     const char *between, const char *behind)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i == 0 ? before : between);
        sql_ident(out, columns[i]->name);
        strbuf_add(out, behind);
    }
}

/* The key's columns by the names there are; NULL: it cannot be told. */
static const Column **key_columns(Arena *arena, const TablePair *pair, const Index *index,
                                  size_t *ret_count)
{
    const Column **columns = arena_array(arena, const Column *, index->parts.count + 1);
    *ret_count = 0;
    if (pair == NULL || index->predicate != NULL) {
        return NULL;
    }
    vec_each(const IndexPart, part, &index->parts) {
        const Column *column = NULL;
        if (!key_column(pair, part, &column)) {
            return NULL;
        }
        if (column != NULL) {
            columns[(*ret_count)++] = column;
        }
    }
    return columns;
}

char *duplicates_look(Arena *arena, const Plan *plan, const Index *index)
{
    const TablePair *pair = match_pair(plan->diff, index->table);
    size_t count = 0;
    const Column **columns = key_columns(arena, pair, index, &count);
    if (columns == NULL) {
        return NULL;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    add_list(&out, columns, count, "SELECT ", ", ", "");
    strbuf_add(&out, count == 0 ? "SELECT count(*) FROM " : ", count(*) FROM ");
    sql_qualified(&out, plan->to, pair->before->schema, pair->before->name);
    add_list(&out, columns, count, " GROUP BY ", ", ", "");
    strbuf_add(&out, " HAVING count(*) > 1");
    return strbuf_take(&out, arena);
}

char *duplicates_query(Arena *arena, const Plan *plan, const Index *index)
{
    const TablePair *pair = match_pair(plan->diff, index->table);
    size_t count = 0;
    const Column **columns = key_columns(arena, pair, index, &count);
    if (columns == NULL) {
        return NULL;
    }
    const Catalog from = sql_everywhere(plan->from);
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(
        &out,
        "SELECT pg_catalog.sum(d.n)::pg_catalog.int8, pg_catalog.count(*), "
        "(pg_catalog.array_agg(d.k ORDER BY d.k))[1:3]::pg_catalog.text AS sample FROM (SELECT "
        "pg_catalog.count(*) AS n, pg_catalog.concat_ws(', '");
    add_list(&out, columns, count, ", ", ", ", "");
    strbuf_add(&out, ") AS k FROM ");
    sql_qualified(&out, &from, pair->before->schema, pair->before->name);
    add_list(&out, columns, count, " WHERE ", " AND ", " IS NOT NULL");
    add_list(&out, columns, count, " GROUP BY ", ", ", "");
    strbuf_add(&out, " HAVING pg_catalog.count(*) OPERATOR(pg_catalog.>) 1) AS d");
    return strbuf_take(&out, arena);
}
