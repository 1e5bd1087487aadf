#include "base/common.h"

#include "runtime/ahead/published.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/script/quote.h"

typedef struct PublishedRow {
    const char *number, *publications;
} PublishedRow;

static const char published_sql[] =
    "SELECT c.number::pg_catalog.text AS number, "
    "pg_catalog.string_agg(DISTINCT pg_catalog.quote_ident(t.pubname), ', ') AS publications "
    "FROM pg_catalog.unnest($1::pg_catalog.text[]) WITH ORDINALITY AS c (relation, number) "
    "JOIN pg_catalog.pg_class AS k ON k.oid OPERATOR(pg_catalog.=) "
    "pg_catalog.to_regclass(c.relation)::pg_catalog.oid "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) k.relnamespace "
    "JOIN pg_catalog.pg_publication_tables AS t ON t.schemaname OPERATOR(pg_catalog.=) n.nspname "
    "AND t.tablename OPERATOR(pg_catalog.=) k.relname "
    "GROUP BY c.number ORDER BY c.number";

static const char *tables_of(Arena *arena, const ScriptChangeList *changes,
                             const char *default_schema)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(ScriptChange, at, changes) {
        const char *schema = at->table.schema != NULL ? at->table.schema : default_schema;
        strbuf_printf(&out, "%s%s", out.len == 0 ? "{" : ",",
                      quote_element(arena, quote_qualified(arena, schema, at->table.name)));
    }
    strbuf_char(&out, '}');
    return strbuf_take(&out, arena);
}

bool published_any(Arena *arena, Session *session)
{
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    Result *result = NULL;
    const Query query = {.sql = "SELECT 1 FROM pg_catalog.pg_publication LIMIT 1"};
    const bool any = session_query(session, query, ignored, &result) && result_rows(result) > 0;
    result_free(result);
    return any;
}

/* NULL: subscribers do not mind. */
static const char *felt(const ScriptChange *change)
{
    switch (change->kind) {
    case SCRIPT_RENAMES:
        return "gets another name, by which no subscriber finds it";
    case SCRIPT_RETYPES:
    case SCRIPT_SWITCHES:
        return "changes its type, and subscribers must take the values of the new one";
    case SCRIPT_ADDS:
        return "is new, and has to be at every subscriber before a row is written here";
    case SCRIPT_DROPS:
        return NULL;
    }
    unreachable();
}

bool published_check(Arena *arena, Session *session, const ScriptChangeList *changes,
                     const char *default_schema, Diagnostics *diags)
{
    static const RowField fields[] = {ROW_TEXT("number", PublishedRow, number),
                                      ROW_TEXT("publications", PublishedRow, publications)};
    PublishedRow row;
    Result *result = NULL;
    bool failed = false;
    if (changes->count == 0) {
        return true;
    }
    const char *const params[] = {tables_of(arena, changes, default_schema)};
    if (!session_query(session, (Query){published_sql, params, 1}, diags, &result)) {
        return false;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    reader.diags = diags;
    reader.failed = &failed;
    while (row_next(&reader, &row)) {
        const ScriptChange *change = &changes->items[strtoul(row.number, NULL, 10) - 1];
        const char *what = change->column == NULL
                               ? change->table.name
                               : arena_printf(arena, "%s.%s", change->table.name, change->column);
        if (felt(change) != NULL) {
            diag_report(diags, DIAG_PUBLISHED, span_none(), what, row.publications, felt(change));
        }
    }
    result_free(result);
    return !failed;
}
