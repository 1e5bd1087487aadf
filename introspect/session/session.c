/*
 * session.c - connections opened and closed, over libpq's asynchronous interface.
 *
 * Every wait is our own poll in short slices, so that an interrupt flag or a deadline is noticed
 * wherever the server is silent. Nothing else in the project calls libpq; session_libpq.c loads it.
 * Source: PostgreSQL manual, "libpq - C Library".
 */
#include "base/common.h"

#include "introspect/session/session.h"

#include <poll.h>
#include <string.h>

#include "base/stop.h"
#include "introspect/session/connect_error.h"
#include "introspect/session/session_internal.h"
#include "introspect/session/session_libpq.h"
#include "introspect/session/startup.h"

/* --- opening ------------------------------------------------------------------------------------
 */

/* Parameters that are no options of this libpq are other programs' and left out. */
static bool is_libpq_option(const PQconninfoOption *known, const char *keyword)
{
    for (; known->keyword != NULL; known++) {
        if (strcmp(known->keyword, keyword) == 0) {
            return true;
        }
    }
    return false;
}

static PGconn *start_connection(Arena *arena, const ConnInfo *info, Startup startup)
{
    VEC(const char *) keywords = {0};
    VEC(const char *) values = {0};
    PQconninfoOption *known = PQconndefaults();
    ConnParamList params = startup_params(arena, info, startup);
    vec_each(ConnParam, param, &params) {
        if (known != NULL && is_libpq_option(known, param->keyword)) {
            vec_push(arena, &keywords, param->keyword);
            vec_push(arena, &values, param->value);
        }
    }
    vec_push(arena, &keywords, NULL);
    vec_push(arena, &values, NULL);
    PQconninfoFree(known);
    stop_harmless_begin(); /* while the host's name is looked up, nobody looks for a signal */
    PGconn *conn = PQconnectStartParams(keywords.items, values.items, 0);
    stop_harmless_end();
    return conn;
}

/* PQconnectPoll's waits; true once connected. */
static bool finish_connection(const Session *session, int64_t deadline, ConnectStage *ret_stage)
{
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    bool reached = false;
    *ret_stage = CONNECT_REFUSED;
    while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
        if (session_is_interrupted(session)) {
            return false;
        }
        if (session_now_ms() >= deadline) {
            *ret_stage = reached ? CONNECT_ANSWER_MISSING : CONNECT_TIMED_OUT;
            return false;
        }
        short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (session_poll(session, events, deadline)) {
            status = PQconnectPoll(session->conn);
            reached = PQstatus(session->conn) != CONNECTION_STARTED;
        }
    }
    return status == PGRES_POLLING_OK;
}

static int64_t connect_deadline(const ConnInfo *info)
{
    const char *hosts = conninfo_get(info, "host");
    int64_t count = 1;
    for (const char *at = hosts; at != NULL && *at != '\0'; at++) {
        count += *at == ',';
    }
    return info->connect_timeout == 0
               ? INT64_MAX
               : session_now_ms() + (int64_t)info->connect_timeout * 1000 * count;
}

/* One attempt after another until connected, refused for good, late or interrupted. */
static bool connect_session(Session *session, Startup *startup, Diagnostics *diags)
{
    const ConnInfo *info = session->info;
    int64_t deadline = connect_deadline(info);
    if (session_tidy_deadline(session) < deadline) {
        deadline = session_tidy_deadline(session);
    }
    while (true) {
        ConnectStage stage = CONNECT_REFUSED;
        session->conn = start_connection(session->arena, info, *startup);
        if (session->conn == NULL) {
            connect_error_report(info, stage, "out of memory", diags);
            return false;
        }
        PQsetErrorVerbosity(session->conn, PQERRORS_VERBOSE);
        PQsetNoticeReceiver(session->conn, session_receive_notice, session);
        bool started = PQstatus(session->conn) != CONNECTION_BAD;
        if (started && finish_connection(session, deadline, &stage)) {
            return true;
        }
        const char *message = arena_strdup(session->arena, PQerrorMessage(session->conn));
        PQfinish(session->conn);
        session->conn = NULL;
        if (session_is_interrupted(session)) {
            diag_report(diags, DIAG_INTERRUPTED, span_none(),
                        url_display_server(diags->arena, info));
            return false;
        }
        if (stage != CONNECT_REFUSED || !startup_adapt(info, message, startup)) {
            connect_error_report(info, stage, message, diags);
            return false;
        }
    }
}

/* A start without settings: whose connection is it? */
static bool ask_backend(Session *session, Diagnostics *diags)
{
    ServerError error;
    const bool ok = session_know_backend(session, &error);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

static bool load_library(Diagnostics *diags)
{
    const char *why = NULL;
    if (!libpq_load(&why)) {
        diag_report(diags, DIAG_NO_LIBPQ, span_none(), why);
        return false;
    }
    return true;
}

bool session_open(const ConnInfo *info, const SessionOptions *options, Diagnostics *diags,
                  Session **ret_session)
{
    Arena *arena = arena_new();
    Session *session = arena_make(arena, Session);
    Startup startup = {.plain = info->pgbouncer};
    session->arena = arena;
    session->info = info;
    session->pooled = info->pgbouncer;
    if (options != NULL) {
        session->options = *options;
        session->tidy = options->tidy;
    }
    bool ok = load_library(diags) && connect_session(session, &startup, diags);
    if (ok) {
        session->backend_pid =
            PQbackendPID(session->conn); /* libpq forgets it with the connection */
        session->plain = startup.plain;
        ok = !startup.plain || session->pooled || info->schema == NULL ||
             ask_backend(session, diags);
    }
    if (!ok) {
        session_close(session);
        return false;
    }
    *ret_session = session;
    return true;
}

bool session_open_maintenance(const ConnInfo *info, const SessionOptions *options,
                              Diagnostics *diags, Session **ret_session)
{
    static const char *const databases[] = {"postgres", "template1", "defaultdb"};
    for (size_t i = 0; i < lengthof(databases); i++) {
        bool last = i + 1 == lengthof(databases);
        Arena *scratch = arena_new();
        Diagnostics *attempt = last ? diags : diagnostics_new(scratch, diags->sources);
        const ConnInfo *there = conninfo_with_database(diags->arena, info, databases[i]);
        bool ok = session_open(there, options, attempt, ret_session);
        /* a server that does not answer, or an interrupt, is the same for every database */
        DiagCode code = ok || last ? DIAG_CODE_COUNT : attempt->items.items[0]->code;
        bool other_may_work = code == DIAG_NO_DATABASE || code == DIAG_ACCESS_DENIED;
        arena_free(scratch);
        if (ok || last) {
            return ok;
        }
        if (!other_may_work) {
            return session_open(there, options, diags, ret_session);
        }
    }
    return false;
}

void session_close(Session *session)
{
    if (session == NULL) {
        return;
    }
    PQfinish(session->conn);
    arena_free(session->arena);
}

/* --- facts --------------------------------------------------------------------------------------
 */

const ConnInfo *session_info(const Session *session)
{
    return session->info;
}

int session_server_version(const Session *session)
{
    return PQserverVersion(session->conn);
}

int session_backend_pid(const Session *session)
{
    return session->backend_pid;
}

bool session_in_transaction(const Session *session)
{
    PGTransactionStatusType status = PQtransactionStatus(session->conn);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool session_is_alive(Session *session)
{
    ServerError error;
    return session_control(session, "", &error);
}

bool session_is_pooled(const Session *session)
{
    return session->pooled;
}

void session_note_backend(Session *session, int pid)
{
    session->knows_backend = true;
    session->pooled |= !session->info->direct && pid != PQbackendPID(session->conn);
}

/* A pooler may take the start-up packet's options and forget them. */
const char *session_schema_to_set(const Session *session)
{
    return session->pooled || session->plain ? session->info->schema : NULL;
}

/* --- transactions -------------------------------------------------------------------------------
 */

bool session_control(Session *session, const char *statement, ServerError *ret_error)
{
    const StateChange change = session_state_begin(session);
    const bool ok = session_send(session, statement, ret_error);
    session_state_end(session, change, change.from, ok);
    return ok;
}

static bool control_reported(Session *session, const char *statement, Diagnostics *diags)
{
    ServerError error;
    const bool ok = session_control(session, statement, &error);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

bool session_begin(Session *session, Diagnostics *diags)
{
    return control_reported(session, "BEGIN", diags);
}

bool session_commit(Session *session, Diagnostics *diags)
{
    return control_reported(session, "COMMIT", diags);
}

void session_rollback(Session *session)
{
    ServerError ignored;
    const SessionTidy before = session_tidy_begin(session, TIDY_RELEASE);
    if (session_in_transaction(session)) {
        (void)!session_control(session, "ROLLBACK", &ignored);
        session->state = session->outside;
    }
    session_tidy_end(session, before);
}
