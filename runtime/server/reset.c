/*
 * reset.c - an empty schema again.
 *
 * DROP SCHEMA ... CASCADE and CREATE SCHEMA, with owner and privileges kept, in one transaction.
 * Who may not do that (a managed server, a schema of somebody else) gets the same by dropping
 * object by object, in one transaction too: a refusal half-way leaves everything as it was.
 *
 * Each object dropped is a lock until the end, so what is more than the server has locks for goes
 * in pieces first, each committed: broken off, the next reset does the rest.
 */
#include "base/common.h"

#include "runtime/server/reset.h"

#include <stdlib.h>
#include <string.h>

#include "introspect/session/session.h"
#include "runtime/script/quote.h"

/* Quoting is left to the server: format() with %I and %L. */
static const char drop_and_create[] =
    "DO $reset$\n"
    "DECLARE owner name; acl aclitem[]; entry record;\n"
    "BEGIN\n"
    "  SELECT pg_get_userbyid(nspowner), nspacl INTO owner, acl FROM pg_namespace WHERE nspname = "
    "%s;\n"
    "  IF FOUND THEN EXECUTE format('DROP SCHEMA %%I CASCADE', %s); END IF;\n"
    "  EXECUTE format('CREATE SCHEMA %%I', %s);\n"
    "  IF owner IS NOT NULL AND owner <> current_user THEN\n"
    "    EXECUTE format('ALTER SCHEMA %%I OWNER TO %%I', %s, owner);\n"
    "  END IF;\n"
    "  FOR entry IN SELECT grantee, privilege_type, is_grantable FROM aclexplode(acl) LOOP\n"
    "    EXECUTE format('GRANT %%s ON SCHEMA %%I TO %%s%%s', entry.privilege_type, %s,\n"
    "      CASE WHEN entry.grantee = 0 THEN 'PUBLIC' ELSE "
    "quote_ident(pg_get_userbyid(entry.grantee)) END,\n"
    "      CASE WHEN entry.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);\n"
    "  END LOOP;\n"
    "END $reset$";

static const char drop_objects[] =
    "DO $reset$\n"
    "DECLARE entry record;\n"
    "BEGIN\n"
    "  FOR entry IN SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = "
    "c.relnamespace\n"
    "      WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS "
    "(SELECT FROM pg_depend d\n"
    "        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', "
    "'i', 'a'))\n"
    "      ORDER BY c.relkind = 'S', c.relkind IN ('r', 'p', 'f') LOOP\n"
    "    EXECUTE format('DROP %%s IF EXISTS %%I.%%I CASCADE', CASE entry.relkind WHEN 'v' THEN "
    "'VIEW'\n"
    "      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN "
    "TABLE'\n"
    "      ELSE 'TABLE' END, %s, entry.relname);\n"
    "  END LOOP;\n"
    "  FOR entry IN SELECT p.oid::regprocedure AS what, p.prokind FROM pg_proc p JOIN pg_namespace "
    "n ON n.oid = p.pronamespace\n"
    "      WHERE n.nspname = %s AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = "
    "'pg_proc'::regclass\n"
    "        AND d.objid = p.oid AND d.deptype IN ('e', 'i')) LOOP\n"
    "    EXECUTE format('DROP %%s IF EXISTS %%s CASCADE', CASE entry.prokind WHEN 'p' THEN "
    "'PROCEDURE'\n"
    "      WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END, entry.what);\n"
    "  END LOOP;\n"
    "  FOR entry IN SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace\n"
    "      WHERE n.nspname = %s AND (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND EXISTS "
    "(SELECT FROM pg_class c\n"
    "        WHERE c.oid = t.typrelid AND c.relkind = 'c'))) AND NOT EXISTS (SELECT FROM pg_depend "
    "d\n"
    "        WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e') LOOP\n"
    "    EXECUTE format('DROP TYPE IF EXISTS %%I.%%I CASCADE', %s, entry.typname);\n"
    "  END LOOP;\n"
    "END $reset$";

/* --- in pieces --- */

enum { PIECE = 300, ONE_TRANSACTION = 1000 };

/* Relations that are dropped for themselves, the youngest first. */
static const char drop_piece[] =
    "DO $reset$\n"
    "DECLARE entry record;\n"
    "BEGIN\n"
    "  FOR entry IN SELECT c.oid, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON "
    "n.oid "
    "= c.relnamespace\n"
    "      WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS "
    "(SELECT FROM pg_depend d\n"
    "        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', "
    "'i', 'a'))\n"
    "      ORDER BY c.oid DESC LIMIT %zu LOOP\n"
    "    EXECUTE format('DROP %%s IF EXISTS %%I.%%I CASCADE', CASE entry.relkind WHEN 'v' THEN "
    "'VIEW'\n"
    "      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, %s, "
    "entry.relname);\n"
    "  END LOOP;\n"
    "END $reset$";

/* -1 after a report. */
static long long count_relations(Session *session, const char *schema, Diagnostics *diags)
{
    static const char sql[] =
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
    Result *result = NULL;
    if (!session_query(session, (Query){sql, &schema, 1}, diags, &result)) {
        return -1;
    }
    const long long count = strtoll(result_text(result, 0, 0), NULL, 10);
    result_free(result);
    return count;
}

/* Until `leave` relations are left. Where a piece removes nothing, as what belongs to an extension,
 * it ends as well: the rest is told what is wrong. */
static bool thin_out(Arena *arena, Session *session, const char *schema, long long leave,
                     Diagnostics *diags)
{
    long long before = count_relations(session, schema, diags);
    size_t piece = PIECE;
    while (before > leave && piece > 0) {
        ServerError error;
        const char *name = quote_text(arena, schema);
        const bool ok =
            session_execute(session, arena_printf(arena, drop_piece, name, piece, name), &error);
        if (!ok && (error.connection_lost || error.interrupted)) {
            session_report(session, &error, diags);
            return false;
        }
        const long long now = count_relations(session, schema, diags);
        piece = ok && now < before ? piece : piece / 2;
        before = now;
    }
    return before >= 0;
}

/* Whole, else object by object. */
static bool reset_at_once(Arena *arena, Session *session, const char *schema,
                          ServerError *ret_error)
{
    const char *name = quote_text(arena, schema);
    const char *whole = arena_printf(arena, drop_and_create, name, name, name, name, name);
    const char *piecewise = arena_printf(arena, drop_objects, name, name, name, name, name);
    return session_execute(session, whole, ret_error) ||
           (!ret_error->connection_lost && !ret_error->interrupted &&
            session_execute(session, piecewise, ret_error));
}

static bool reset_schema(Arena *arena, Session *session, const char *schema, Diagnostics *diags)
{
    ServerError error;
    if (!thin_out(arena, session, schema, ONE_TRANSACTION, diags)) {
        return false;
    }
    bool done = reset_at_once(arena, session, schema, &error);
    if (!done && strcmp(error.sqlstate, "53200") == 0) { /* the table of locks is smaller yet */
        if (!thin_out(arena, session, schema, 0, diags)) {
            return false;
        }
        done = reset_at_once(arena, session, schema, &error);
    }
    if (done) {
        return true;
    }
    if (error.connection_lost || error.interrupted) {
        session_report(session, &error, diags);
    } else {
        diag_report(diags, DIAG_RESET_FAILED, span_none(), schema, error.message);
    }
    return false;
}

bool reset_schemas(Arena *arena, Session *session, const char *const *schemas, size_t count,
                   Diagnostics *diags)
{
    const char *schema = session_schema(session, diags);
    if (schema == NULL) {
        return false;
    }
    if (schemas == NULL) {
        return reset_schema(arena, session, schema, diags);
    }
    for (size_t i = 0; i < count; i++) {
        if (!reset_schema(arena, session, schemas[i], diags)) {
            return false;
        }
    }
    const char *drop = arena_printf(arena, "DROP TABLE IF EXISTS %s, %s",
                                    quote_qualified(arena, schema, "_prisma_migrations"),
                                    quote_qualified(arena, schema, "_bellows_progress"));
    return session_run(session, drop, diags);
}
