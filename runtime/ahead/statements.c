#include "base/common.h"

#include "runtime/ahead/statements.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/text/show.h"
#include "introspect/session/rows.h"
#include "runtime/script/quote.h"
#include "runtime/script/script.h"

/* --- what goes --- */

/* A table, and a column of it; as arrays of regular expressions, one beside the other. */
typedef struct Words {
    Arena *arena;
    StrBuf tables, columns;
} Words;

/* The name as a word. */
static const char *word(Arena *arena, const char *name)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "\\m");
    for (const char *at = name; *at != '\0'; at++) {
        const bool sign = strchr("\\.[]{}()*+?^$|", *at) != NULL;
        strbuf_add(&out, sign ? "\\" : "");
        strbuf_char(&out, *at);
    }
    strbuf_add(&out, "\\M");
    return strbuf_take(&out, arena);
}

static void add_words(Words *words, const char *table, const char *column)
{
    const char *lead = words->tables.len == 0 ? "{" : ",";
    strbuf_printf(&words->tables, "%s%s", lead,
                  quote_element(words->arena, word(words->arena, table)));
    strbuf_printf(&words->columns, "%s%s", lead,
                  quote_element(words->arena, column == NULL ? "" : word(words->arena, column)));
}

/* Another column takes the name in the same script: statements of both programs hold it. */
static bool is_named_again(const ParsedScript *script, const ScriptChange *change)
{
    vec_each(const ScriptRename, at, &script->renames) {
        if (at->kind == NAMED_COLUMN && change->column != NULL &&
            strcmp(at->now.name, change->column) == 0) {
            return true;
        }
    }
    return false;
}

static void add_script(Words *words, const ParsedScript *script)
{
    vec_each(const ScriptChange, at, &script->changes) {
        if (at->kind != SCRIPT_RETYPES && !is_named_again(script, at)) {
            add_words(words, at->table.name, at->column);
        }
    }
    vec_each(const ViewBlock, at, &script->views) {
        for (size_t i = 0; at->lowers && i < at->gone.count; i++) {
            add_words(words, at->face, at->gone.items[i]);
        }
        if (at->lowers && at->gone.count == 0 && !at->takes_table) {
            add_words(words, at->face, NULL);
        }
    }
}

static bool find_words(Words *words, const Gate *gate)
{
    Diagnostics *ignored = diagnostics_new(words->arena, sources_new(words->arena));
    vec_each(const Migration *const, at, &gate->scripts) {
        const ParsedScript *script = NULL;
        if (script_parse(words->arena, (*at)->path, (*at)->sql, (*at)->len, ignored, &script)) {
            add_script(words, script);
        }
    }
    const bool any = words->tables.len > 0;
    strbuf_char(&words->tables, '}');
    strbuf_char(&words->columns, '}');
    return any;
}

/* --- asking --- */

typedef struct Installed {
    const char *schema; /* quoted */
    bool tells_since;   /* of each statement, since 1.11 */
    bool tells_reset;   /* of all, since 1.9 */
} Installed;

/* An extension is as old as whoever upgraded the server left it, and what it does not have another
 * role may have made beside it: only what belongs to it is read. */
static const char extension_sql[] =
    "SELECT pg_catalog.quote_ident(n.nspname) AS schema, EXISTS (SELECT FROM "
    "pg_catalog.pg_attribute AS a WHERE a.attrelid OPERATOR(pg_catalog.=) s.oid "
    "AND a.attname OPERATOR(pg_catalog.=) 'stats_since') AS tells_since, EXISTS (SELECT FROM "
    "pg_catalog.pg_depend AS i JOIN pg_catalog.pg_class AS k "
    "ON k.oid OPERATOR(pg_catalog.=) i.objid WHERE i.refobjid OPERATOR(pg_catalog.=) e.oid "
    "AND i.refclassid OPERATOR(pg_catalog.=) d.refclassid "
    "AND i.classid OPERATOR(pg_catalog.=) d.classid AND i.deptype OPERATOR(pg_catalog.=) 'e' "
    "AND k.relname OPERATOR(pg_catalog.=) 'pg_stat_statements_info') AS tells_reset "
    "FROM pg_catalog.pg_extension AS e "
    "JOIN pg_catalog.pg_depend AS d ON d.refobjid OPERATOR(pg_catalog.=) e.oid "
    "JOIN pg_catalog.pg_class AS s ON s.oid OPERATOR(pg_catalog.=) d.objid "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) s.relnamespace "
    "WHERE e.extname OPERATOR(pg_catalog.=) 'pg_stat_statements' "
    "AND s.relname OPERATOR(pg_catalog.=) 'pg_stat_statements' "
    "AND d.refclassid OPERATOR(pg_catalog.=) "
    "'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid "
    "AND d.classid OPERATOR(pg_catalog.=) "
    "'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid "
    "AND d.deptype OPERATOR(pg_catalog.=) 'e'";

static bool find_installed(Arena *arena, Session *session, Diagnostics *ignored,
                           Installed *ret_extension)
{
    static const RowField fields[] = {ROW_TEXT("schema", Installed, schema),
                                      ROW_BOOL("tells_since", Installed, tells_since),
                                      ROW_BOOL("tells_reset", Installed, tells_reset)};
    Result *result = NULL;
    if (!session_query(session, (Query){.sql = extension_sql}, ignored, &result)) {
        return false;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    const bool there = row_next(&reader, ret_extension);
    result_free(result);
    return there;
}

/* Those that we run ourselves name the server's schema. */
static const char *statements_sql(Arena *arena, const Installed *extension)
{
    const char *since = extension->tells_since ? "s.stats_since"
                        : extension->tells_reset
                            ? "(SELECT i.stats_reset FROM %s.pg_stat_statements_info AS i)"
                            : "NULL";
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "SELECT pg_catalog.count(*) FILTER (WHERE x.named)::pg_catalog.text AS known, "
                     "pg_catalog.count(*) FILTER (WHERE x.named AND x.since OPERATOR(pg_catalog.>) "
                     "$3::pg_catalog.timestamptz)::pg_catalog.text AS late, "
                     "pg_catalog.count(*) FILTER (WHERE x.hidden) OPERATOR(pg_catalog.>) 0 AS "
                     "hidden, pg_catalog.min(x.query) FILTER (WHERE x.named) AS sample "
                     "FROM (SELECT s.query, ");
    const char *schema = strstr(since, "%s");
    strbuf_addn(&out, since, schema == NULL ? strlen(since) : (size_t)(schema - since));
    if (schema != NULL) {
        strbuf_printf(&out, "%s%s", extension->schema, schema + 2);
    }
    strbuf_printf(
        &out,
        "::pg_catalog.timestamptz AS since, "
        "s.query OPERATOR(pg_catalog.=) '<insufficient privilege>' AS hidden, "
        "s.query OPERATOR(pg_catalog.~*) '^\\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)' "
        "AND s.query OPERATOR(pg_catalog.!~) 'pg_catalog[.]|__bellows' "
        "AND EXISTS (SELECT FROM pg_catalog.generate_subscripts($1::pg_catalog.text[], 1) AS i "
        "WHERE s.query OPERATOR(pg_catalog.~) ($1::pg_catalog.text[])[i] "
        "AND s.query OPERATOR(pg_catalog.~) ($2::pg_catalog.text[])[i]) "
        "AS named FROM %s.pg_stat_statements AS s JOIN pg_catalog.pg_database AS d "
        "ON d.oid OPERATOR(pg_catalog.=) s.dbid "
        "WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) AS x",
        extension->schema);
    return strbuf_take(&out, arena);
}

/* --- telling --- */

typedef struct Found {
    const char *known, *late, *sample;
    bool hidden;
} Found;

static const char *tell(Arena *arena, const Found *found)
{
    if (strcmp(found->late, "0") != 0) {
        return show_format(
            arena, "pg_stat_statements has %s of what goes that ran since then, such as: %s",
            found->late, found->sample);
    }
    if (strcmp(found->known, "0") != 0) {
        return show_format(arena,
                           "pg_stat_statements has %s of what goes, and does not tell whether they "
                           "ran since then, such as: %s",
                           found->known, found->sample);
    }
    return found->hidden ? "what pg_stat_statements has of other roles is not to be seen"
                         : "pg_stat_statements has none of what goes";
}

StatementsSeen statements_seen(Arena *arena, Session *session, const Gate *gate)
{
    static const RowField fields[] = {
        ROW_TEXT("known", Found, known), ROW_TEXT("late", Found, late),
        ROW_TEXT_OR_NULL("sample", Found, sample), ROW_BOOL("hidden", Found, hidden)};
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    Words words = {
        .arena = arena, .tables = strbuf_new(STRBUF_MAX), .columns = strbuf_new(STRBUF_MAX)};
    Installed extension;
    Result *result = NULL;
    Found found;
    StatementsSeen seen = {0};
    const bool any = find_words(&words, gate);
    const char *const params[] = {strbuf_take(&words.tables, arena),
                                  strbuf_take(&words.columns, arena), gate->reached_at};
    if (!any || !find_installed(arena, session, ignored, &extension)) {
        return seen;
    }
    const Query query = {statements_sql(arena, &extension), params, lengthof(params)};
    if (!session_query(session, query, ignored, &result)) {
        return seen;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    if (row_next(&reader, &found)) {
        seen = (StatementsSeen){.late = strcmp(found.late, "0") != 0, .told = tell(arena, &found)};
    }
    result_free(result);
    return seen;
}
