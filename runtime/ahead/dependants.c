#include "base/common.h"

#include "runtime/ahead/dependants.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/steps/code_words.h"
#include "introspect/session/rows.h"
#include "runtime/script/quote.h"

typedef struct DependantRow {
    const char *number, *kind, *object, *name, *schema;
} DependantRow;

/*
 * Of a column or a table, and of those of its partitions and other heirs, everything else that is
 * not dropped with it. A view hangs on its rule;
 * before PostgreSQL 14 a generated column does so itself, later its expression. Functions of
 * bellows and what an extension brought are nobody's to write anew.
 */
static const char dependants_sql[] =
    "WITH used AS (SELECT DISTINCT c.number, d.refobjid, CASE WHEN c.part <> '' THEN d.refobjsubid "
    "END AS attnum, d.classid, d.objid, CASE WHEN c.part <> '' THEN d.objsubid END AS objsubid "
    "FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS c (relation, part, number) "
    "CROSS JOIN LATERAL (WITH RECURSIVE family AS (SELECT to_regclass(c.relation)::oid AS member "
    "UNION SELECT i.inhrelid FROM family AS p JOIN pg_inherits AS i ON i.inhparent = p.member) "
    "SELECT member FROM family) AS f "
    "JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass "
    "AND d.refobjid = f.member AND (d.deptype = 'n' OR (c.part <> '' "
    "AND d.deptype = 'a' AND d.classid = 'pg_class'::regclass AND d.objsubid <> 0)) "
    "WHERE c.part = '' OR EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = d.refobjid "
    "AND a.attname = c.part AND a.attnum = d.refobjsubid AND a.attnum > 0)) "
    "SELECT u.number::text AS number, x.kind, x.object, x.name, n.nspname::text AS schema FROM "
    "used AS u "
    "CROSS JOIN LATERAL ("
    "SELECT CASE WHEN r.rulename <> '_RETURN' THEN 'rule' WHEN c.relkind = 'm' THEN "
    "'materialized view' ELSE 'view' END AS kind, CASE WHEN r.rulename = '_RETURN' THEN "
    "c.oid::regclass::text ELSE concat(quote_ident(r.rulename), ' on ', c.oid::regclass) END "
    "AS object, CASE WHEN r.rulename = '_RETURN' THEN c.relname ELSE r.rulename END::text AS name, "
    "c.relnamespace AS home, c.oid AS member FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = "
    "r.ev_class WHERE u.classid = 'pg_rewrite'::regclass AND r.oid = u.objid "
    "UNION ALL SELECT 'policy', concat(quote_ident(p.polname), ' on ', p.polrelid::regclass), "
    "p.polname, c.relnamespace, c.oid FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid "
    "WHERE u.classid = 'pg_policy'::regclass AND p.oid = u.objid "
    "UNION ALL SELECT 'trigger', concat(quote_ident(t.tgname), ' on ', t.tgrelid::regclass), "
    "t.tgname, c.relnamespace, c.oid FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid "
    "WHERE u.classid = 'pg_trigger'::regclass AND t.oid = u.objid AND NOT t.tgisinternal "
    "UNION ALL SELECT 'function', p.oid::regprocedure::text, p.proname, p.pronamespace, p.oid "
    "FROM pg_proc AS p WHERE u.classid = 'pg_proc'::regclass AND p.oid = u.objid "
    "UNION ALL SELECT 'foreign key', concat(quote_ident(k.conname), ' on ', k.conrelid::regclass), "
    "k.conname, c.relnamespace, c.oid FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = "
    "k.conrelid WHERE u.classid = 'pg_constraint'::regclass AND k.oid = u.objid AND u.attnum IS "
    "NULL "
    "UNION ALL SELECT 'generated column', concat(c.oid::regclass, '.', quote_ident(g.attname)), "
    "g.attname, c.relnamespace, c.oid FROM pg_attribute AS g JOIN pg_class AS c ON c.oid = "
    "g.attrelid WHERE g.attgenerated <> '' AND g.attnum <> u.attnum AND CASE u.classid "
    "WHEN 'pg_class'::regclass THEN g.attrelid = u.objid AND g.attnum = u.objsubid "
    "WHEN 'pg_attrdef'::regclass THEN EXISTS (SELECT FROM pg_attrdef AS e WHERE e.oid = u.objid "
    "AND e.adrelid = g.attrelid AND e.adnum = g.attnum) ELSE false END) AS x "
    "JOIN pg_namespace AS n ON n.oid = x.home AND n.nspname <> ALL ($3::text[]) "
    "WHERE (u.attnum IS NOT NULL OR x.member <> u.refobjid) AND left(x.name, 13) <> "
    "'zzzz_bellows_' AND NOT EXISTS (SELECT FROM pg_depend AS e "
    "WHERE e.objid = x.member AND e.deptype = 'e') ORDER BY u.number, x.kind, x.object";

static void add_element(Arena *arena, StrBuf *array, const char *text)
{
    strbuf_printf(array, "%s%s", array->len == 0 ? "{" : ",", quote_element(arena, text));
}

static const char *end_array(Arena *arena, StrBuf *array)
{
    strbuf_add(array, array->len == 0 ? "{}" : "}");
    return strbuf_take(array, arena);
}

/* What a rename changes the server follows, and nothing rests yet on what is added. */
static bool is_asked(const ScriptChange *change)
{
    return change->kind == SCRIPT_DROPS || change->kind == SCRIPT_RETYPES ||
           change->kind == SCRIPT_SWITCHES;
}

static void ask_for(Arena *arena, const ScriptChangeList *changes, const char *default_schema,
                    const char *ret_arrays[2])
{
    StrBuf tables = strbuf_new(STRBUF_MAX), columns = strbuf_new(STRBUF_MAX);
    vec_each(ScriptChange, at, changes) {
        const char *schema = at->table.schema != NULL ? at->table.schema : default_schema;
        add_element(arena, &tables, quote_qualified(arena, schema, at->table.name));
        add_element(arena, &columns, at->column == NULL ? "" : at->column);
    }
    ret_arrays[0] = end_array(arena, &tables);
    ret_arrays[1] = end_array(arena, &columns);
}

const char *dependants_text(Arena *arena, const char *script)
{
    const char *end = script + strlen(script);
    StrBuf out = strbuf_new(STRBUF_MAX);
    while (script < end) {
        const SqlToken token = sql_scan(script, end);
        if (token.kind != SQL_STRING || !sql_is_dollar(token.text, token.len)) {
            strbuf_addn(&out, token.text, token.len);
        }
        script += token.len;
    }
    return strbuf_take(&out, arena);
}

/* Does a script name it, or the schema that it is in? */
static bool is_seen_to(const ScriptTexts *scripts, const DependantRow *row, const char *usual)
{
    vec_each(const char *, text, scripts) {
        if (code_mentions(*text, row->name) != MENTION_NONE ||
            (strcmp(row->schema, usual) != 0 &&
             code_mentions(*text, row->schema) != MENTION_NONE)) {
            return true;
        }
    }
    return false;
}

/* Do the blocks around the change make it anew? */
static bool is_made_anew(const ScriptChange *change, const DependantRow *row)
{
    static const char *const kinds[] = {"view", "rule", "policy", "trigger"};
    for (size_t i = 0; change->kind == SCRIPT_SWITCHES && i < lengthof(kinds); i++) {
        if (strcmp(row->kind, kinds[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void tell(Arena *arena, const ScriptChange *change, const DependantRow *row, bool applied,
                 Diagnostics *diags)
{
    diag_report(diags, applied ? DIAG_DEPENDANT : DIAG_DEPENDANT_TO_SEE, span_none(),
                arena_printf(arena, "%s `%s`", row->kind, row->object),
                change->column == NULL
                    ? change->table.name
                    : arena_printf(arena, "%s.%s", change->table.name, change->column),
                change->kind == SCRIPT_DROPS ? "is dropped" : "changes its type");
}

bool dependants_check(Arena *arena, Session *session, const ScriptChangeList *changes,
                      const ScriptTexts *scripts, const ScriptTexts *known,
                      const char *default_schema, bool applied, Diagnostics *diags)
{
    static const RowField fields[] = {
        ROW_TEXT("number", DependantRow, number), ROW_TEXT("kind", DependantRow, kind),
        ROW_TEXT("object", DependantRow, object), ROW_TEXT("name", DependantRow, name),
        ROW_TEXT("schema", DependantRow, schema)};
    ScriptChangeList asked = {0};
    StrBuf schemas = strbuf_new(STRBUF_MAX);
    const char *params[3];
    DependantRow row;
    Result *result = NULL;
    bool failed = false, free_to_go = true;
    vec_each(ScriptChange, change, changes) {
        if (is_asked(change)) {
            vec_push(arena, &asked, *change);
        }
    }
    if (asked.count == 0) {
        return true;
    }
    vec_each(const char *, schema, known) {
        add_element(arena, &schemas, *schema);
    }
    ask_for(arena, &asked, default_schema, params);
    params[2] = end_array(arena, &schemas);
    if (!session_query(session, (Query){dependants_sql, params, 3}, diags, &result)) {
        return false;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    reader.diags = diags;
    reader.failed = &failed;
    while (row_next(&reader, &row)) {
        const ScriptChange *change = &asked.items[strtoul(row.number, NULL, 10) - 1];
        if (!is_made_anew(change, &row) && !is_seen_to(scripts, &row, default_schema)) {
            tell(arena, change, &row, applied, diags);
            free_to_go = !applied;
        }
    }
    result_free(result);
    return free_to_go && !failed;
}
