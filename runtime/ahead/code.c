#include "base/common.h"

#include "runtime/ahead/code.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/plan/steps/code_words.h"
#include "introspect/session/rows.h"
#include "runtime/script/quote.h"

/* --- asking ------------------------------------------------------------------------------------
 */

typedef struct FunctionRow {
    const char *number, *function, *schema, *name, *trigger, *body;
} FunctionRow;

/* Only what may name it is sent; which does is ours to tell. */
static const char functions_sql[] =
    "SELECT c.number::text AS number, p.oid::regprocedure::text AS function, "
    "n.nspname::text AS schema, p.proname::text AS name, "
    "(SELECT min(t.tgname) FROM pg_trigger AS t WHERE t.tgfoid = p.oid AND NOT t.tgisinternal "
    "AND t.tgrelid = to_regclass(c.relation))::text AS trigger, p.prosrc AS body "
    "FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS c (relation, word, number) "
    "JOIN pg_proc AS p ON position(lower(c.word) IN lower(p.prosrc)) > 0 "
    "JOIN pg_language AS l ON l.oid = p.prolang AND l.lanname IN ('plpgsql', 'sql') "
    "JOIN pg_namespace AS n ON n.oid = p.pronamespace "
    "WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') "
    "AND left(p.proname, 13) <> 'zzzz_bellows_' AND NOT EXISTS (SELECT FROM pg_depend AS d "
    "WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e') "
    "ORDER BY 1, 2";

static const char *array_of(Arena *arena, const ScriptChangeList *changes,
                            const char *default_schema, bool of_tables)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(ScriptChange, at, changes) {
        const char *schema = at->table.schema != NULL ? at->table.schema : default_schema;
        const char *text = of_tables            ? quote_qualified(arena, schema, at->table.name)
                           : at->column != NULL ? at->column
                                                : at->table.name;
        strbuf_printf(&out, "%s%s", out.len == 0 ? "{" : ",", quote_element(arena, text));
    }
    strbuf_char(&out, '}');
    return strbuf_take(&out, arena);
}

static bool is_made(const ScriptNameList *made, const FunctionRow *row)
{
    vec_each(ScriptName, at, made) {
        if (strcmp(at->name, row->name) == 0 &&
            (at->schema == NULL || strcmp(at->schema, row->schema) == 0)) {
            return true;
        }
    }
    return false;
}

/* --- telling -----------------------------------------------------------------------------------
 */

static const char *change_text(Arena *arena, const ScriptChange *change)
{
    const char *what = change->kind == SCRIPT_DROPS     ? "is dropped"
                       : change->kind == SCRIPT_RENAMES ? "gets another name"
                                                        : "changes its type";
    return change->column == NULL
               ? arena_printf(arena, "`%s`, which %s", change->table.name, what)
               : arena_printf(arena, "`%s.%s`, which %s", change->table.name, change->column, what);
}

static const char *code_text(Arena *arena, const ScriptChange *change, const FunctionRow *row)
{
    return row->trigger == NULL
               ? arena_printf(arena, "function `%s`", row->function)
               : arena_printf(arena, "trigger `%s` on `%s` runs function `%s`, which", row->trigger,
                              change->table.name, row->function);
}

/* A function that has run in a session keeps the types it met: only statements of open connections
 * fail, and only until it is written anew. */
static bool fails(const ScriptChange *change, const FunctionRow *row)
{
    return row->trigger != NULL && change->kind != SCRIPT_RETYPES && change->column != NULL &&
           code_mentions(row->body, change->column) == MENTION_OF_ROW;
}

static bool may_fail(const ScriptChange *change, const FunctionRow *row)
{
    const bool names_column =
        change->column == NULL || code_mentions(row->body, change->column) != MENTION_NONE;
    return names_column &&
           (row->trigger != NULL || code_mentions(row->body, change->table.name) != MENTION_NONE);
}

bool code_check(Arena *arena, Session *session, const ScriptChangeList *changes,
                const ScriptNameList *made, const char *default_schema, bool allowed,
                Diagnostics *diags)
{
    static const RowField fields[] = {ROW_TEXT("number", FunctionRow, number),
                                      ROW_TEXT("function", FunctionRow, function),
                                      ROW_TEXT("schema", FunctionRow, schema),
                                      ROW_TEXT("name", FunctionRow, name),
                                      ROW_TEXT_OR_NULL("trigger", FunctionRow, trigger),
                                      ROW_TEXT("body", FunctionRow, body)};
    FunctionRow row;
    Result *result = NULL;
    bool failed = false, free_to_go = true;
    if (changes->count == 0) {
        return true;
    }
    const char *const params[] = {array_of(arena, changes, default_schema, true),
                                  array_of(arena, changes, default_schema, false)};
    if (!session_query(session, (Query){functions_sql, params, 2}, diags, &result)) {
        return false;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    reader.diags = diags;
    reader.failed = &failed;
    while (row_next(&reader, &row)) {
        const ScriptChange *change = &changes->items[strtoul(row.number, NULL, 10) - 1];
        const bool sure = fails(change, &row);
        if (is_made(made, &row) || (!sure && !may_fail(change, &row))) {
            continue;
        }
        diag_report(diags, sure && !allowed ? DIAG_CODE_IN_THE_WAY : DIAG_CODE_MAY_FAIL,
                    span_none(), code_text(arena, change, &row), change_text(arena, change));
        free_to_go &= !sure || allowed;
    }
    result_free(result);
    return free_to_go && !failed;
}
