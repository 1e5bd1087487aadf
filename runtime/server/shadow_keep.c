#include "base/common.h"

#include "runtime/server/shadow_keep.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/history/strangers.h"
#include "runtime/script/quote.h"

#include "runtime/server/queries.inc"

#define RECORD_SCHEMA "public"
#define RECORD_NAME   "_bellows_shadow"
#define RECORD        RECORD_SCHEMA "." RECORD_NAME

static const char *text_list(Arena *arena, const char *const *texts, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_char(&out, '{');
    for (size_t i = 0; i < count; i++) {
        strbuf_add(&out, i > 0 ? "," : "");
        strbuf_add(&out, quote_element(arena, texts[i]));
    }
    strbuf_char(&out, '}');
    return strbuf_take(&out, arena);
}

/* One text, NULL for a null; false after a report. */
static bool ask_text(Arena *arena, Session *session, Query query, Diagnostics *diags,
                     const char **ret_text)
{
    Result *result = NULL;
    if (!session_query(session, query, diags, &result)) {
        return false;
    }
    const char *text = result_rows(result) == 0 ? NULL : result_text(result, 0, 0);
    *ret_text = text == NULL ? NULL : arena_strdup(arena, text);
    result_free(result);
    return true;
}

/* --- what is there ------------------------------------------------------------------------------
 */

/* `condition` on `i`: what of it. */
static bool take_inventory(Arena *arena, Session *session, const char *condition,
                           const char *const *params, size_t param_count, Diagnostics *diags,
                           const char **ret_list)
{
    const char *sql =
        arena_printf(arena, "SELECT coalesce(jsonb_agg(to_jsonb(i)), '[]') FROM (%s) AS i%s",
                     shadow_inventory_sql, condition);
    const Query query = {.sql = sql, .params = params, .param_count = param_count};
    if (!ask_text(arena, session, query, diags, ret_list)) {
        return false;
    }
    if (*ret_list == NULL) {
        const ServerError error = session_malformed("it does not say what there is");
        session_report(session, &error, diags);
    }
    return *ret_list != NULL;
}

static bool read_record(Arena *arena, Session *session, Diagnostics *diags, const char **ret_before)
{
    static const char *const params[] = {RECORD_SCHEMA, RECORD_NAME, RECORD_NAME};
    const Stranger *writes = NULL; /* it is only read */
    const char *there = NULL;
    *ret_before = NULL;
    return ask_text(arena, session, (Query){.sql = "SELECT to_regclass('" RECORD "')"}, diags,
                    &there) &&
           (there == NULL ||
            (strangers_find(arena, session, params, lengthof(params), diags, &writes) &&
             ask_text(arena, session, (Query){.sql = "SELECT before FROM " RECORD}, diags,
                      ret_before)));
}

/* Who may make nothing there does without: then a kill is answered like another tool's replay. */
static void write_record(Arena *arena, Session *session, const char *before)
{
    ServerError ignored;
    const char *sql = arena_printf(arena,
                                   "CREATE TABLE " RECORD " (before jsonb NOT NULL); "
                                   "INSERT INTO " RECORD " VALUES (%s)",
                                   quote_text(arena, before));
    (void)!session_execute(session, sql, &ignored);
}

/* A script may have dropped the language this is written in, which every new database has. */
static bool clean(Arena *arena, Session *session, const char *before, ServerError *ret_error)
{
    const char *sql = arena_printf(arena,
                                   "CREATE EXTENSION IF NOT EXISTS plpgsql; "
                                   "SELECT pg_catalog.set_config('search_path', 'pg_catalog, "
                                   "pg_temp', true), pg_catalog.set_config('bellows.before', %s, "
                                   "false); %s",
                                   quote_text(arena, before),
                                   arena_printf(arena, shadow_clean_sql, shadow_inventory_sql));
    return session_execute(session, sql, ret_error);
}

/* --- may it go? ---------------------------------------------------------------------------------
 */

static bool is_part_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || ((unsigned char)c & 0x80) != 0;
}

/* As a word, in any case: the server folds what is not quoted. */
static bool holds_word(const char *text, const char *word)
{
    const size_t len = strlen(word);
    for (const char *at = text; *at != '\0'; at++) {
        size_t same = 0;
        while (same < len &&
               tolower((unsigned char)at[same]) == tolower((unsigned char)word[same])) {
            same++;
        }
        if (same == len && (at == text || !is_part_of_name(at[-1])) && !is_part_of_name(at[len])) {
            return true;
        }
    }
    return false;
}

static bool is_named(const KeepOptions *options, const char *table)
{
    for (size_t i = 0; i < options->count; i++) {
        if (holds_word(options->migrations[i]->sql, table)) {
            return true;
        }
    }
    return false;
}

static bool is_external(const KeepOptions *options, const char *schema, const char *table)
{
    if (options->external != NULL) {
        vec_each(const ExternalName, at, &options->external->tables) {
            if (strcmp(at->schema->text, schema) == 0 && strcmp(at->name->text, table) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The tables that would go. A history says that the database is deployed to: it is no shadow. */
static const char tables_sql[] =
    "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON "
    "n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> "
    "'information_schema' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = "
    "'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') AND "
    "CASE WHEN $2::text IS NULL THEN n.nspname = ANY ($1::text[]) ELSE NOT "
    "EXISTS (SELECT FROM jsonb_to_recordset($2::jsonb) AS b (class "
    "oid, object oid) WHERE b.class = "
    "'pg_class'::regclass AND b.object = c.oid) END ORDER BY 1, 2";

/* *ret_found: is there any? `before` NULL: of the schemas. */
static bool may_go(Session *session, const KeepOptions *options, const char *schemas,
                   const char *before, Diagnostics *diags, bool *ret_found)
{
    Result *result = NULL;
    const char *const params[] = {schemas, before};
    bool ok = true;
    *ret_found = false;
    if (!session_query(session, (Query){tables_sql, params, 2}, diags, &result)) {
        return false;
    }
    for (size_t i = 0; ok && i < result_rows(result); i++) {
        const char *schema = result_text(result, i, 0), *table = result_text(result, i, 1);
        schema = schema == NULL ? "" : schema;
        table = table == NULL ? "" : table; /* nobody's: it may not go */
        if (is_external(options, schema, table) || strcmp(table, RECORD_NAME) == 0) {
            continue;
        }
        *ret_found = true;
        const bool of_tool = table_is_reserved(table) && strcmp(table, "_prisma_migrations") != 0;
        if (!options->force && !of_tool && !is_named(options, table)) {
            diag_report(diags, DIAG_SHADOW_NOT_EMPTY, span_none(), table);
            ok = false;
        }
    }
    result_free(result);
    return ok;
}

/* --- another tool's replay ----------------------------------------------------------------------
 */

/* All that is not in a schema of the project's, nor in one that a script makes and that is there.
 */
static const char elsewhere[] =
    " WHERE CASE WHEN i.class = 'pg_namespace'::regclass THEN i.name = "
    "'public' OR i.name <> ALL ($2::text[]) ELSE NOT EXISTS (SELECT FROM "
    "pg_namespace n WHERE n.oid = i.space AND n.nspname = ANY ($1::text[] || "
    "$2::text[])) OR EXISTS (SELECT FROM pg_namespace n WHERE n.oid = "
    "i.space AND n.nspname || '.' || i.name = ANY ($3::text[])) END";

static const char *external_list(Arena *arena, const KeepOptions *options)
{
    ClusterNameList names = {0};
    if (options->external != NULL) {
        vec_each(const ExternalName, at, &options->external->tables) {
            vec_push(arena, &names, arena_printf(arena, "%s.%s", at->schema->text, at->name->text));
        }
    }
    return text_list(arena, names.items, names.count);
}

static bool has_schema(Arena *arena, Session *session, const char *names, Diagnostics *diags,
                       bool *ret_found)
{
    const char *found = NULL;
    const Query query = {.sql = "SELECT min(nspname::text) FROM "
                                "pg_namespace WHERE nspname = ANY "
                                "($1::text[]) AND nspname <> 'public'",
                         .params = &names,
                         .param_count = 1};
    const bool ok = ask_text(arena, session, query, diags, &found);
    *ret_found = ok && found != NULL;
    return ok;
}

static bool clean_and_report(Arena *arena, Session *session, const char *before, Diagnostics *diags)
{
    ServerError error;
    const bool ok = clean(arena, session, before, &error);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

static bool clear_rest(Arena *arena, Session *session, const KeepOptions *options,
                       Diagnostics *diags)
{
    const char *before = NULL;
    bool tables = false, schemas = false;
    const char *made =
        text_list(arena, options->names->schemas.items, options->names->schemas.count);
    const char *const params[] = {text_list(arena, options->schemas, options->schema_count), made,
                                  external_list(arena, options)};
    const char *both = arena_printf(
        arena, "%.*s%s%s", (int)strlen(params[0]) - 1, params[0],
        options->names->schemas.count > 0 && options->schema_count > 0 ? "," : "", made + 1);
    if (!may_go(session, options, both, NULL, diags, &tables) ||
        !has_schema(arena, session, made, diags, &schemas)) {
        return false;
    }
    return (!tables && !schemas) ||
           (take_inventory(arena, session, elsewhere, params, 3, diags, &before) &&
            clean_and_report(arena, session, before, diags));
}

/* --- begin and end ------------------------------------------------------------------------------
 */

static bool clear_killed(Arena *arena, Session *session, const KeepOptions *options,
                         const char *before, Diagnostics *diags)
{
    bool found = false;
    return may_go(session, options, "{}", before, diags, &found) &&
           clean_and_report(arena, session, before, diags) &&
           session_run(session, "DROP TABLE IF EXISTS " RECORD, diags);
}

bool keep_begin(Arena *arena, Session *session, const KeepOptions *options, Diagnostics *diags,
                const char **ret_before)
{
    const char *before = NULL;
    if (!read_record(arena, session, diags, &before) ||
        !(before != NULL ? clear_killed(arena, session, options, before, diags)
                         : clear_rest(arena, session, options, diags)) ||
        !take_inventory(arena, session, "", NULL, 0, diags, ret_before)) {
        return false;
    }
    write_record(arena, session, *ret_before);
    return true;
}

void keep_end(Arena *arena, Session *session, const char *before, Diagnostics *diags)
{
    ServerError error;
    if (!clean(arena, session, before, &error) ||
        !session_execute(session, "DROP TABLE IF EXISTS " RECORD, &error)) {
        diag_report(diags, DIAG_SHADOW_NOT_CLEANED, span_none(), error.message);
    }
}

/* --- roles --------------------------------------------------------------------------------------
 */

/* The mark is of the server, too, and says for which database: one that is there may be at work. */
#define MARK "bellows: made for a replay in "

static void drop_role(Arena *arena, Session *session, const char *role)
{
    ServerError ignored;
    const char *name = quote_name(arena, role);
    (void)!session_execute(session, arena_printf(arena, "DROP OWNED BY %s CASCADE", name),
                           &ignored);
    (void)!session_execute(session, arena_printf(arena, "DROP ROLE IF EXISTS %s", name), &ignored);
}

static void list_roles(Arena *arena, Session *session, Query query, ClusterNameList *ret_roles)
{
    ServerError ignored;
    Result *result = NULL;
    if (session_ask(session, query, &ignored, &result)) {
        for (size_t i = 0; i < result_rows(result); i++) {
            const char *role = result_text(result, i, 0);
            if (role != NULL) {
                vec_push(arena, ret_roles, arena_strdup(arena, role));
            }
        }
        result_free(result);
    }
}

static void drop_forgotten(Arena *arena, Session *session)
{
    static const char sql[] = "SELECT r.rolname FROM pg_roles r JOIN pg_shdescription d ON "
                              "d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass WHERE "
                              "left(d.description, length('" MARK "')) = '" MARK "' AND "
                              "(substr(d.description, length('" MARK "') + 1) = "
                              "current_database() OR NOT EXISTS (SELECT FROM pg_database b WHERE "
                              "b.datname = substr(d.description, length('" MARK "') + 1)))";
    ClusterNameList roles = {0};
    list_roles(arena, session, (Query){.sql = sql}, &roles);
    vec_each(const char *, at, &roles) {
        drop_role(arena, session, *at);
    }
}

void keep_make_roles(Arena *arena, Session *session, const ClusterNameList *roles,
                     ClusterNameList *ret_made)
{
    ClusterNameList missing = {0};
    const char *names = text_list(arena, roles->items, roles->count);
    const char *mark = NULL;
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    const Query query = {.sql = "SELECT r FROM unnest($1::text[]) r WHERE r "
                                "<> ALL ('{public,none}') AND r !~ '^pg_' AND NOT EXISTS (SELECT "
                                "FROM pg_roles WHERE rolname = r)",
                         .params = &names,
                         .param_count = 1};
    drop_forgotten(arena, session);
    list_roles(arena, session, query, &missing);
    if (missing.count == 0 ||
        !ask_text(arena, session, (Query){.sql = "SELECT '" MARK "' || current_database()"},
                  ignored, &mark)) {
        return;
    }
    vec_each(const char *, at, &missing) {
        ServerError error;
        const char *name = quote_name(arena, *at);
        const char *make = arena_printf(arena, "CREATE ROLE %s; COMMENT ON ROLE %s IS %s", name,
                                        name, quote_text(arena, mark));
        if (session_execute(session, make, &error)) {
            vec_push(arena, ret_made, *at);
            (void)!session_execute(session, arena_printf(arena, "GRANT %s TO CURRENT_USER", name),
                                   &error);
        }
    }
}

void keep_drop_roles(Arena *arena, Session *session, const ClusterNameList *made)
{
    vec_each(const char *, at, made) {
        drop_role(arena, session, *at);
    }
}
