/*
 * session_state.c - whose statements the connection is set for, and how it gets from one to the
 * other.
 *
 * A connection begins fresh: the path and the settings of role, database and URL, which is what a
 * script expects. Ours need a path nobody else can put anything into: with a schema of others in
 * it, an overload that fits better runs with the rights of whoever looks at the database. pg_temp
 * comes last, else a temporary `pg_class` would be found first. A switch goes out with the message
 * that needs it; only what a script may have left behind costs a message of its own, for the server
 * reads a message as a whole before the first of its statements changes how literals are read.
 * Source: PostgreSQL manual, "Schemas and Privileges", SET, RESET, "Multiple Statements in a Simple
 * Query"; CVE-2018-1058.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/session_internal.h"

static bool is_idle(const Session *session)
{
    return PQtransactionStatus(session->conn) == PQTRANS_IDLE;
}

/* --- the states --- */

StateChange session_state_begin(const Session *session)
{
    return (StateChange){.from = session->state, .was_idle = is_idle(session)};
}

/* What fails is undone with its settings. Behind a pooler they end with the transaction. */
void session_state_end(Session *session, StateChange change, SessionState reached, bool ok)
{
    if (change.was_idle && !is_idle(session)) {
        session->outside = change.from;
    }
    session->state = ok ? reached : change.from;
    if (session->pooled && is_idle(session) && session->state == SESSION_OURS) {
        session->state = SESSION_FRESH;
    }
}

const char *const session_way_back[] = {"RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL"};

bool session_must_go_back(const Session *session)
{
    return session->state == SESSION_UNKNOWN &&
           PQtransactionStatus(session->conn) != PQTRANS_INERROR;
}

bool session_clean(Session *session, bool or_ours, ServerError *ret_error)
{
    const bool is_failed = PQtransactionStatus(session->conn) == PQTRANS_INERROR;
    if (session->state == SESSION_FRESH || is_failed ||
        (or_ours && session->state == SESSION_OURS)) {
        return true;
    }
    const StateChange change = session_state_begin(session);
    const bool ok =
        session_send(session, "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL", ret_error);
    session_state_end(session, change, SESSION_FRESH, ok);
    return ok;
}

bool session_needs_settings(const Session *session)
{
    return session->state != SESSION_OURS && PQtransactionStatus(session->conn) != PQTRANS_INERROR;
}

/* Those that came with a later server stand last. */
static const char *const settings[][2] = {
    {"search_path", "pg_catalog, pg_temp"},
    {"standard_conforming_strings", "on"},
    {"DateStyle", "ISO"},
    {"IntervalStyle", "postgres"},
    {"bytea_output", "hex"},
    {"extra_float_digits", "1"},
    {"quote_all_identifiers", "off"},
    {"transform_null_equals", "off"},
    {"array_nulls", "on"},
    {"row_security", "on"},
    {"cursor_tuple_fraction", "1"},
    {"jit", "off"}, /* compiling a long query takes seconds, running it milliseconds */
    {"statement_timeout", "0"},
    {"lock_timeout", "0"},
    {"idle_in_transaction_session_timeout", "0"},
    {"default_transaction_isolation", "read committed"},
    {"default_transaction_read_only", "off"},
    {"idle_session_timeout", "0"}, /* since 14: somebody may be asked a question meanwhile */
    {"transaction_timeout", "0"},  /* since 17 */
};

/* What a script finds: the schema it makes things in, who answers, and how its transaction differs
 * from ours. */
static const char about_start[] =
    "pg_catalog.current_schema(), pg_catalog.pg_backend_pid(), "
    "CASE WHEN pg_catalog.current_setting('default_transaction_isolation') OPERATOR(pg_catalog.=) "
    "'read committed' AND pg_catalog.current_setting('default_transaction_read_only') "
    "OPERATOR(pg_catalog.=) 'off' THEN '' ELSE pg_catalog.concat('SET TRANSACTION ISOLATION LEVEL "
    "', "
    "pg_catalog.current_setting('default_transaction_isolation'), CASE WHEN "
    "pg_catalog.current_setting('default_transaction_read_only')::pg_catalog.bool THEN "
    "', READ ONLY' ELSE '' END, '; ') END";

/* What the fresh path makes of it is asked before the path changes, and who answers: on a pooler's
 * connection, which nobody may have told us of, settings must not outlive their transaction. */
static const char *write_settings(Session *session, const char *local)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "SELECT %s", about_start);
    const int version = session_server_version(session);
    const size_t count = lengthof(settings) - (version < 140000) - (version < 170000);
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&out, ", pg_catalog.set_config('%s', '%s', %s)", settings[i][0],
                      settings[i][1], local);
    }
    return strbuf_take(&out, session->arena);
}

const char *session_our_settings(Session *session, bool local)
{
    if (local) {
        return write_settings(session, "true");
    }
    if (session->our_settings == NULL) {
        const char *foreign =
            arena_printf(session->arena, "pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.<>) %d",
                         PQbackendPID(session->conn));
        session->our_settings = write_settings(session, session->info->direct ? "false" : foreign);
    }
    return session->our_settings;
}

bool session_learn(Session *session, const Result *result, ServerError *ret_error)
{
    const char *schema = result_text(result, 0, 0), *pid = result_text(result, 0, 1);
    if (pid == NULL) {
        *ret_error = session_malformed("it does not say who answers");
        return false;
    }
    session->has_schema = true;
    session->schema = schema == NULL ? NULL : arena_strdup(session->arena, schema);
    const char *mode = result_text(result, 0, 2);
    if (session->start_mode == NULL && mode != NULL) { /* the first answer is of a new connection */
        session->start_mode = arena_strdup(session->arena, mode);
    }
    session_note_backend(session, (int)strtol(pid, NULL, 10));
    return true;
}

static bool ask_about_start(Session *session, ServerError *ret_error)
{
    const char *sql = arena_printf(session->arena, "SELECT %s", about_start);
    Result *result = NULL;
    if (!session_ask_there(session, (Query){.sql = sql}, ret_error, &result)) {
        return false;
    }
    const bool ok = session_learn(session, result, ret_error);
    result_free(result);
    return ok;
}

bool session_know_backend(Session *session, ServerError *ret_error)
{
    if (session->knows_backend || session->pooled || session->info->direct) {
        return true;
    }
    const bool fresh = session->state == SESSION_FRESH;
    const bool ok = ask_about_start(session, ret_error);
    session->has_schema = session->has_schema && fresh;
    return ok;
}

/* --- scripts --- */

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

/* Where the URL's path could not come with the start of the connection. */
static void add_start(const Session *session, const char *settings_of_script, StrBuf *out)
{
    const char *schema = session_schema_to_set(session);
    if (schema != NULL) {
        strbuf_add(out, session->pooled ? "SET LOCAL search_path = \"" : "SET search_path = \"");
        for (const char *at = schema; *at != '\0'; at++) {
            strbuf_add(out, *at == '"' ? "\"" : "");
            strbuf_char(out, *at);
        }
        strbuf_add(out, "\";\n");
    }
    if (settings_of_script != NULL) {
        strbuf_add(out, settings_of_script);
        strbuf_char(out, '\n');
    }
}

uint32_t session_count_statements(const char *prefix)
{
    uint32_t count = 0;
    bool empty = true;
    char quote = '\0';
    for (const char *at = prefix; *at != '\0'; at++) {
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == ';') {
            count += empty ? 0 : 1;
            empty = true;
        } else if (strchr(" \t\r\n", *at) == NULL) {
            quote = *at == '\'' || *at == '"' ? *at : '\0';
            empty = false;
        }
    }
    return count;
}

/* The place in the script, where it is in there. */
static void move_position(const char *prefix, const char *text, ServerError *error)
{
    const size_t before = characters(prefix);
    const bool inside = error->position > before && error->position - before <= characters(text);
    error->position = inside ? error->position - (uint32_t)before : 0;
    const uint32_t ours = session_count_statements(prefix);
    error->statement = error->statement > ours ? error->statement - ours : 0;
}

/* RESET ALL takes back what was set after the start, too: the encoding of a pooler's connection. */
static const char encoding_sql[] =
    ";\nSELECT pg_catalog.set_config('client_encoding', 'UTF8', false) WHERE "
    "pg_catalog.current_setting('client_encoding') OPERATOR(pg_catalog.<>) 'UTF8'";

/* A transaction that began under our settings is as role and database would have begun it; through
 * a pooler the claim has said how. */
static const char *in_ours(const Session *session)
{
    const bool begins = PQtransactionStatus(session->conn) == PQTRANS_IDLE && !session->pooled;
    return begins && session->start_mode != NULL ? session->start_mode : "";
}

static bool run_shared(Session *session, const SessionScript *script, ServerError *ret_error)
{
    if (!session_clean(session, true, ret_error)) {
        return false;
    }
    const StateChange change = session_state_begin(session);
    StrBuf prefix = strbuf_new(STRBUF_MAX);
    if (session->state == SESSION_OURS) {
        strbuf_printf(&prefix, "RESET ALL;\n%s", in_ours(session));
    }
    add_start(session, script->settings, &prefix);
    StrBuf message = strbuf_new(STRBUF_MAX);
    strbuf_addn(&message, strbuf_text(&prefix), prefix.len);
    strbuf_add(&message, script->text); /* may be large */
    strbuf_add(&message, "\n;\nRESET SESSION AUTHORIZATION; RESET ROLE;\n");
    strbuf_add(&message, script->behind != NULL ? script->behind : "");
    strbuf_add(&message, "\n;\nRESET ALL");
    strbuf_add(&message, session->pooled ? encoding_sql : "");
    const bool ok = session_send_script(session, strbuf_text(&message), script, ret_error);
    if (!ok) {
        move_position(strbuf_text(&prefix), script->text, ret_error);
    }
    strbuf_dispose(&message);
    strbuf_dispose(&prefix);
    session_state_end(session, change, SESSION_FRESH, ok);
    return ok;
}

static bool run_alone(Session *session, const SessionScript *script, ServerError *ret_error)
{
    if (!session_enter_script(session, script->settings, ret_error)) {
        return false;
    }
    const StateChange change = session_state_begin(session);
    const bool ok = session_send(session, script->text, ret_error);
    session_state_end(session, change, SESSION_UNKNOWN, ok);
    session->state = SESSION_UNKNOWN; /* what it committed before an error stays */
    return ok;
}

bool session_run_script(Session *session, const SessionScript *script, ServerError *ret_error)
{
    session->has_schema = false;
    return script->alone ? run_alone(session, script, ret_error)
                         : run_shared(session, script, ret_error);
}

/* From ours the way is one message: nothing has changed how its literals are read. */
static bool enter(Session *session, const char *start, ServerError *ret_error)
{
    const bool changes = start[0] != '\0';
    const bool is_ours = changes && session->state == SESSION_OURS && !session->pooled;
    if (!session_clean(session, is_ours, ret_error)) {
        return false;
    }
    const StateChange change = session_state_begin(session);
    const char *message = is_ours ? arena_printf(session->arena, "RESET ALL;\n%s", start) : start;
    const bool ok = !changes || session_send(session, message, ret_error);
    session_state_end(session, change, changes ? SESSION_UNKNOWN : SESSION_FRESH, ok);
    return ok;
}

bool session_enter_script(Session *session, const char *script_settings, ServerError *ret_error)
{
    StrBuf start = strbuf_new(STRBUF_MAX);
    add_start(session, script_settings, &start);
    const char *text = strbuf_take(&start, session->arena);
    if (session->entered != NULL && strcmp(session->entered, text) == 0) {
        return true;
    }
    const bool ok = enter(session, text, ret_error);
    session->entered = ok ? text : NULL;
    return ok;
}

/* --- asking --- */

/* What is made there, the history too, goes with the session. */
static const char *lasting(const char *schema, Diagnostics *diags)
{
    static const char temporary[] = "pg_temp_";
    if (schema == NULL) {
        return "public";
    }
    if (strncmp(schema, temporary, sizeof temporary - 1) == 0) {
        diag_report_plain(diags, DIAG_TEMPORARY_SCHEMA, span_none());
        return NULL;
    }
    return schema;
}

const char *session_schema(Session *session, Diagnostics *diags)
{
    ServerError error;
    if (session->info->schema != NULL) {
        return session->info->schema;
    }
    if (!session->has_schema &&
        (!session_clean(session, false, &error) || !ask_about_start(session, &error))) {
        session_report(session, &error, diags);
        return NULL;
    }
    return lasting(session->schema, diags);
}

bool session_check_settings(Session *session, Diagnostics *diags)
{
    static const char sql[] =
        "SELECT pg_catalog.pg_get_userbyid(s.setrole), d.datname "
        "FROM pg_catalog.pg_db_role_setting AS s "
        "LEFT JOIN pg_catalog.pg_database AS d ON d.oid OPERATOR(pg_catalog.=) s.setdatabase "
        "WHERE 'standard_conforming_strings=off' OPERATOR(pg_catalog.=) ANY (s.setconfig) "
        "AND (s.setrole OPERATOR(pg_catalog.=) 0 OR s.setrole OPERATOR(pg_catalog.=) "
        "(SELECT r.oid FROM pg_catalog.pg_roles AS r "
        "WHERE r.rolname OPERATOR(pg_catalog.=) session_user)) "
        "AND (d.datname IS NULL "
        "OR d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) LIMIT 1";
    Result *result = NULL;
    if (session->is_checked) {
        return true;
    }
    if (session_schema(session, diags) == NULL ||
        !session_query(session, (Query){.sql = sql}, diags, &result)) {
        return false;
    }
    session->is_checked = true;
    if (result_rows(result) > 0) {
        const char *role = result_text(result, 0, 0), *database = result_text(result, 0, 1);
        diag_report(diags, DIAG_ESCAPES_OFF, span_none(),
                    database != NULL ? arena_printf(diags->arena, "database `%s`", database)
                    : role != NULL   ? arena_printf(diags->arena, "role `%s`", role)
                                     : "every role");
    }
    result_free(result);
    return true;
}
