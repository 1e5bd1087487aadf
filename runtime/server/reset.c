/*
 * reset.c - an empty schema again.
 *
 * DROP SCHEMA ... CASCADE and CREATE SCHEMA, with owner and privileges kept, in one transaction.
 * Who may not do that (a managed server, a schema of somebody else) gets the same by dropping
 * object by object, in one transaction too: a refusal half-way leaves everything as it was.
 */
#include "base/common.h"

#include "runtime/server/reset.h"

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

static bool reset_schema(Arena *arena, Session *session, const char *schema, Diagnostics *diags)
{
    ServerError error;
    const char *name = quote_text(arena, schema);
    const char *whole = arena_printf(arena, drop_and_create, name, name, name, name, name);
    if (session_execute(session, whole, &error)) {
        return true;
    }
    const char *piecewise = arena_printf(arena, drop_objects, name, name, name, name, name);
    if (!error.connection_lost && !error.interrupted &&
        session_execute(session, piecewise, &error)) {
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
