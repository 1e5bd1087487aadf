/*
 * reset.c - an empty schema again.
 *
 * DROP SCHEMA ... CASCADE and CREATE SCHEMA, with owner, privileges and comment kept, in one
 * transaction. Who may not do that (a managed server, a schema of somebody else) gets the same by
 * dropping object by object, in one transaction too: a refusal half-way leaves everything as it
 * was. So does a schema that holds external objects, which stay.
 *
 * Each object dropped is a lock until the end, so what is more than the server has locks for goes
 * in pieces first, each committed: broken off, the next reset does the rest.
 */
#include "base/common.h"

#include "runtime/server/reset.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/may_write.h"
#include "runtime/script/quote.h"

/* Event triggers run behind each of these statements, and may have moved path and role. */
#define SELF "self text := pg_catalog.current_setting('role');"
#define PIN                                                                                        \
    "PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), "                  \
    "pg_catalog.set_config('role', self, false);"

/* Quoting is left to the server: format() with %I and %L. */
static const char drop_and_create[] =
    "DO $reset$\n"
    "DECLARE owner name; acl aclitem[]; said text; entry record; " SELF "\n"
    "BEGIN\n"
    "  SELECT pg_get_userbyid(nspowner), nspacl, obj_description(oid, 'pg_namespace')\n"
    "    INTO owner, acl, said FROM pg_namespace WHERE nspname = %s;\n"
    "  IF FOUND THEN EXECUTE format('DROP SCHEMA %%I CASCADE', %s); END IF;\n"
    "  " PIN "\n"
    "  EXECUTE format('CREATE SCHEMA %%I', %s);\n"
    "  " PIN "\n"
    "  IF owner IS NOT NULL AND owner <> current_user THEN\n"
    "    EXECUTE format('ALTER SCHEMA %%I OWNER TO %%I', %s, owner);\n"
    "  " PIN "\n"
    "  END IF;\n"
    "  FOR entry IN SELECT grantee, privilege_type, is_grantable FROM aclexplode(acl) LOOP\n"
    "    EXECUTE format('GRANT %%s ON SCHEMA %%I TO %%s%%s', entry.privilege_type, %s,\n"
    "      CASE WHEN entry.grantee = 0 THEN 'PUBLIC' ELSE "
    "quote_ident(pg_get_userbyid(entry.grantee)) END,\n"
    "      CASE WHEN entry.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);\n"
    "  " PIN "\n"
    "  END LOOP;\n"
    "  IF said IS NOT NULL THEN EXECUTE format('COMMENT ON SCHEMA %%I IS %%L', %s, said); END IF;\n"
    "  " PIN "\n"
    "END $reset$";

/* %s: the schema, the external tables, the external enums. What an external table is made of
 * (types, functions of its defaults and triggers, sequences) stays with it. */
static const char drop_objects[] =
    "DO $reset$\n"
    "DECLARE entry record; " SELF "\n"
    "  space oid := (SELECT oid FROM pg_namespace WHERE nspname = %s);\n"
    "  kept oid[] := ARRAY(SELECT oid FROM pg_class WHERE relnamespace = space AND relname = ANY "
    "(%s::text[]));\n"
    "  needed text[] := ARRAY(SELECT d.refclassid || ' ' || d.refobjid FROM pg_depend d WHERE "
    "(d.classid = 'pg_class'::regclass AND d.objid = ANY (kept))\n"
    "    OR (d.classid = 'pg_attrdef'::regclass AND d.objid IN (SELECT oid FROM pg_attrdef WHERE "
    "adrelid = ANY (kept)))\n"
    "    OR (d.classid = 'pg_constraint'::regclass AND d.objid IN (SELECT oid FROM pg_constraint "
    "WHERE conrelid = ANY (kept)))\n"
    "    OR (d.classid = 'pg_trigger'::regclass AND d.objid IN (SELECT oid FROM pg_trigger WHERE "
    "tgrelid = ANY (kept)))\n"
    "    OR (d.classid = 'pg_policy'::regclass AND d.objid IN (SELECT oid FROM pg_policy WHERE "
    "polrelid = ANY (kept)))\n"
    "    UNION SELECT 'pg_type'::regclass::oid || ' ' || CASE WHEN t.typelem <> 0 AND t.typlen = "
    "-1 "
    "THEN t.typelem ELSE t.oid END FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE "
    "a.attrelid = ANY (kept)\n"
    "    UNION SELECT 'pg_type'::regclass::oid || ' ' || oid FROM pg_type WHERE typnamespace = "
    "space "
    "AND typname = ANY (%s::text[]));\n"
    "BEGIN\n"
    "  FOR entry IN SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = "
    "c.relnamespace\n"
    "      WHERE n.oid = space AND c.oid <> ALL (kept) AND 'pg_class'::regclass::oid || ' ' || "
    "c.oid <> ALL (CASE WHEN c.relkind = 'S' THEN needed ELSE '{}' END)\n"
    "        AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS "
    "(SELECT FROM pg_depend d\n"
    "        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', "
    "'i', 'a'))\n"
    "      ORDER BY c.relkind = 'S', c.relkind IN ('r', 'p', 'f') LOOP\n"
    "    EXECUTE format('DROP %%s IF EXISTS %%I.%%I CASCADE', CASE entry.relkind WHEN 'v' THEN "
    "'VIEW'\n"
    "      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN "
    "TABLE'\n"
    "      ELSE 'TABLE' END, (SELECT nspname FROM pg_namespace WHERE oid = space), "
    "entry.relname);\n"
    "  " PIN "\n"
    "  END LOOP;\n"
    "  FOR entry IN SELECT p.oid::regprocedure AS what, p.prokind FROM pg_proc p JOIN pg_namespace "
    "n ON n.oid = p.pronamespace\n"
    "      WHERE n.oid = space AND 'pg_proc'::regclass::oid || ' ' || p.oid <> ALL (needed) AND "
    "NOT "
    "EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass\n"
    "        AND d.objid = p.oid AND d.deptype IN ('e', 'i')) LOOP\n"
    "    EXECUTE format('DROP %%s IF EXISTS %%s CASCADE', CASE entry.prokind WHEN 'p' THEN "
    "'PROCEDURE'\n"
    "      WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END, entry.what);\n"
    "  " PIN "\n"
    "  END LOOP;\n"
    "  FOR entry IN SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace\n"
    "      WHERE n.oid = space AND 'pg_type'::regclass::oid || ' ' || t.oid <> ALL (needed) AND "
    "(t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND EXISTS "
    "(SELECT FROM pg_class c\n"
    "        WHERE c.oid = t.typrelid AND c.relkind = 'c'))) AND NOT EXISTS (SELECT FROM pg_depend "
    "d\n"
    "        WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e') LOOP\n"
    "    EXECUTE format('DROP TYPE IF EXISTS %%I.%%I CASCADE', (SELECT nspname FROM pg_namespace "
    "WHERE oid = space), entry.typname);\n"
    "  " PIN "\n"
    "  END LOOP;\n"
    "END $reset$";

/* --- what stays --- */

/* The names of a schema as a text of an array. */
static const char *names_in(Arena *arena, const ExternalName *names, size_t count,
                            const char *schema)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_char(&out, '{');
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i].schema->text, schema) == 0) {
            strbuf_printf(&out, "%s%s", out.len > 1 ? "," : "",
                          quote_element(arena, names[i].name->text));
        }
    }
    strbuf_char(&out, '}');
    return strbuf_take(&out, arena);
}

static bool is_external(const External *external, const char *schema)
{
    if (external != NULL) {
        vec_each(const Name, at, &external->schemas) {
            if (strcmp((*at)->text, schema) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* A schema, and what of it others own. */
typedef struct Emptied {
    const char *name, *tables, *enums; /* quoted; the latter as texts of arrays */
    bool keeps;
    bool thinned; /* a piece was dropped, or was to be */
} Emptied;

static Emptied what_stays(Arena *arena, const char *schema, const External *external)
{
    static const External none = {0};
    const External *kept = external == NULL ? &none : external;
    const char *tables = names_in(arena, kept->tables.items, kept->tables.count, schema);
    const char *enums = names_in(arena, kept->enums.items, kept->enums.count, schema);
    return (Emptied){.name = quote_text(arena, schema),
                     .tables = quote_text(arena, tables),
                     .enums = quote_text(arena, enums),
                     .keeps = tables[1] != '}' || enums[1] != '}'};
}

/* --- in pieces --- */

enum { PIECE = 300, ONE_TRANSACTION = 1000 };

/* Relations that are dropped for themselves, the youngest first. */
static const char drop_piece[] =
    "DO $reset$\n"
    "DECLARE entry record; " SELF "\n"
    "BEGIN\n"
    "  FOR entry IN SELECT c.oid, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON "
    "n.oid "
    "= c.relnamespace\n"
    "      WHERE n.nspname = %s AND c.relname <> ALL (%s::text[]) AND c.relkind IN ('r', 'p', 'v', "
    "'m', 'f') AND NOT EXISTS (SELECT FROM pg_depend d\n"
    "        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', "
    "'i', 'a'))\n"
    "      ORDER BY c.oid DESC LIMIT %zu LOOP\n"
    "    EXECUTE format('DROP %%s IF EXISTS %%I.%%I CASCADE', CASE entry.relkind WHEN 'v' THEN "
    "'VIEW'\n"
    "      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, %s, "
    "entry.relname);\n"
    "  " PIN "\n"
    "  END LOOP;\n"
    "END $reset$";

/* A large schema goes in pieces. */
static void report_stopped(Session *session, const char *schema, bool thinned,
                           const ServerError *error, Diagnostics *diags)
{
    Diagnostic *diagnostic = session_report(session, error, diags);
    if (thinned) {
        diag_note(diags, diagnostic, span_none(),
                  "part of schema `%s` may be dropped: run it again for the rest", schema);
    }
}

/* -1 after a report. */
static long long count_relations(Session *session, const char *schema, bool thinned,
                                 Diagnostics *diags)
{
    static const char sql[] =
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
    long long count = -1;
    ServerError error = session_malformed("it does not say how many relations there are");
    Result *result = NULL;
    if (session_ask(session, (Query){sql, &schema, 1}, &error, &result)) {
        const char *text = result_text(result, 0, 0);
        count = text == NULL ? -1 : strtoll(text, NULL, 10);
        result_free(result);
    }
    if (count < 0) {
        report_stopped(session, schema, thinned, &error, diags);
    }
    return count;
}

/* Until `leave` relations are left. Where a piece removes nothing, as what belongs to an extension,
 * it ends as well: the rest is told what is wrong. */
static bool thin_out(Arena *arena, Session *session, const char *schema, Emptied *emptied,
                     long long leave, Diagnostics *diags)
{
    long long before = count_relations(session, schema, false, diags);
    size_t piece = PIECE;
    while (before > leave && piece > 0) {
        ServerError error;
        const char *sql =
            arena_printf(arena, drop_piece, emptied->name, emptied->tables, piece, emptied->name);
        emptied->thinned = true;
        const bool ok = session_execute(session, sql, &error);
        if (!ok && (error.connection_lost || error.interrupted)) {
            report_stopped(session, schema, true, &error, diags);
            return false;
        }
        const long long now = count_relations(session, schema, true, diags);
        piece = ok && now < before ? piece : piece / 2;
        before = now;
    }
    return before >= 0;
}

/* Whole, else object by object. */
static bool reset_at_once(Arena *arena, Session *session, const Emptied *emptied,
                          ServerError *ret_error)
{
    const char *name = emptied->name;
    const char *whole = arena_printf(arena, drop_and_create, name, name, name, name, name, name);
    const char *piecewise =
        arena_printf(arena, drop_objects, name, emptied->tables, emptied->enums);
    if (emptied->keeps) {
        return session_execute(session, piecewise, ret_error);
    }
    return session_execute(session, whole, ret_error) ||
           (!ret_error->connection_lost && !ret_error->interrupted &&
            session_execute(session, piecewise, ret_error));
}

/* Nothing about the schema is at fault: a standby, a time-out, a connection that is gone. */
static bool is_of_server(const ServerError *error)
{
    return error->connection_lost || error->interrupted || error->timed_out ||
           strcmp(error->sqlstate, "25006") == 0 || strcmp(error->sqlstate, "57014") == 0;
}

static bool reset_schema(Arena *arena, Session *session, const char *schema,
                         const External *external, Diagnostics *diags)
{
    ServerError error;
    Emptied emptied = what_stays(arena, schema, external);
    if (is_external(external, schema)) {
        return true;
    }
    if (!thin_out(arena, session, schema, &emptied, ONE_TRANSACTION, diags)) {
        return false;
    }
    bool done = reset_at_once(arena, session, &emptied, &error);
    if (!done && strcmp(error.sqlstate, "53200") == 0) { /* the table of locks is smaller yet */
        if (!thin_out(arena, session, schema, &emptied, 0, diags)) {
            return false;
        }
        done = reset_at_once(arena, session, &emptied, &error);
    }
    if (done) {
        return true;
    }
    if (is_of_server(&error)) {
        report_stopped(session, schema, emptied.thinned, &error, diags);
    } else {
        diag_report(diags, DIAG_RESET_FAILED, span_none(), schema, error.message);
    }
    return false;
}

/* Each schema is a transaction of its own: those before the one that failed are empty. */
static void tell_emptied(const char *const *schemas, size_t count, Diagnostics *diags)
{
    for (size_t i = 0; i < count; i++) {
        diag_note(diags, vec_last(&diags->items), span_none(),
                  "schema `%s` is empty already; run it again for the rest", schemas[i]);
    }
}

bool reset_schemas(Arena *arena, Session *session, const char *const *schemas, size_t count,
                   const External *external, Diagnostics *diags)
{
    const char *schema = session_schema(session, diags);
    if (schema == NULL || !session_may_write(session, diags)) {
        return false;
    }
    if (schemas == NULL) {
        return reset_schema(arena, session, schema, external, diags);
    }
    for (size_t i = 0; i < count; i++) {
        if (!reset_schema(arena, session, schemas[i], external, diags)) {
            tell_emptied(schemas, i, diags);
            return false;
        }
    }
    const char *drop = arena_printf(arena, "DROP TABLE IF EXISTS %s, %s",
                                    quote_qualified(arena, schema, "_prisma_migrations"),
                                    quote_qualified(arena, schema, "_bellows_progress"));
    return session_run(session, drop, diags);
}
