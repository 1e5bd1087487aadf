/*
 * session.c - connections, over libpq's asynchronous interface.
 *
 * Every wait is our own poll in short slices, so that an interrupt flag or a deadline is noticed
 * wherever the server is silent. Nothing else in the project calls libpq; session_libpq.c loads it.
 * Source: PostgreSQL manual, "libpq - C Library".
 */
#include "base/common.h"

#include "introspect/session.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "introspect/connect_error.h"
#include "introspect/session_libpq.h"
#include "introspect/startup.h"

enum {
    POLL_SLICE_MS = 200,    /* how soon a flag set between two polls is seen */
    CANCEL_GRACE_MS = 5000, /* how long a cancelled statement may take to end */
};

struct Session {
    Arena *arena;
    const ConnInfo *info;
    SessionOptions options;
    PGconn *conn;
    PGcancel *cancel;
    NoticeList notices;
    bool stop_sent;         /* we asked the server to cancel the running statement */
    ServerError stop_cause; /* why */
};

/* --- waiting ------------------------------------------------------------------------------------
 */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_interrupted(const Session *session)
{
    const volatile sig_atomic_t *flag = session->options.interrupted;
    return flag != NULL && *flag != 0;
}

/* One slice of waiting for the socket; true when it is ready. */
static bool poll_socket(const Session *session, short events, int64_t deadline)
{
    int64_t left = deadline - now_ms();
    int slice = left < POLL_SLICE_MS ? (int)(left < 0 ? 0 : left) : POLL_SLICE_MS;
    struct pollfd fd = {.fd = PQsocket(session->conn), .events = events};
    return poll(&fd, 1, slice) > 0;
}

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
    return PQconnectStartParams(keywords.items, values.items, 0);
}

/* PQconnectPoll's waits; true once connected. */
static bool finish_connection(const Session *session, int64_t deadline, ConnectStage *ret_stage)
{
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    bool reached = false;
    *ret_stage = CONNECT_REFUSED;
    while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
        if (is_interrupted(session)) {
            return false;
        }
        if (now_ms() >= deadline) {
            *ret_stage = reached ? CONNECT_ANSWER_MISSING : CONNECT_TIMED_OUT;
            return false;
        }
        short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (poll_socket(session, events, deadline)) {
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
    return info->connect_timeout == 0 ? INT64_MAX
                                      : now_ms() + (int64_t)info->connect_timeout * 1000 * count;
}

static void notice_receiver(void *arg, const PGresult *result);

/* One attempt after another until connected, refused for good, late or interrupted. */
static bool connect_session(Session *session, Startup *startup, Diagnostics *diags)
{
    const ConnInfo *info = session->info;
    int64_t deadline = connect_deadline(info);
    while (true) {
        ConnectStage stage = CONNECT_REFUSED;
        session->conn = start_connection(session->arena, info, *startup);
        if (session->conn == NULL) {
            connect_error_report(info, stage, "out of memory", diags);
            return false;
        }
        PQsetErrorVerbosity(session->conn, PQERRORS_VERBOSE);
        PQsetNoticeReceiver(session->conn, notice_receiver, session);
        bool started = PQstatus(session->conn) != CONNECTION_BAD;
        if (started && finish_connection(session, deadline, &stage)) {
            return true;
        }
        const char *message = arena_strdup(session->arena, PQerrorMessage(session->conn));
        PQfinish(session->conn);
        session->conn = NULL;
        if (is_interrupted(session)) {
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

/* Behind a pooler the search path goes by SET. */
static bool set_search_path(Session *session, Diagnostics *diags)
{
    static const char sql[] = "SELECT set_config('search_path', quote_ident($1), false)";
    Result *result = NULL;
    const char *const params[] = {session->info->schema};
    bool ok = session_query(session, (Query){sql, params, 1}, diags, &result);
    result_free(result);
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
    if (options != NULL) {
        session->options = *options;
    }
    bool ok = load_library(diags) && connect_session(session, &startup, diags);
    if (ok) {
        session->cancel = PQgetCancel(session->conn);
        ok = !startup.plain || info->schema == NULL || set_search_path(session, diags);
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
    PQfreeCancel(session->cancel);
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
    return PQbackendPID(session->conn);
}

bool session_in_transaction(const Session *session)
{
    PGTransactionStatusType status = PQtransactionStatus(session->conn);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool session_is_alive(Session *session)
{
    ServerError error;
    return session_execute(session, "", &error);
}

/* --- what the server says -----------------------------------------------------------------------
 */

static const char *error_field(const Session *session, const PGresult *result, int field)
{
    const char *text = PQresultErrorField(result, field);
    return text == NULL ? "" : arena_strdup(session->arena, text);
}

static void copy_sqlstate(char ret_sqlstate[6], const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    memset(ret_sqlstate, 0, 6);
    memcpy(ret_sqlstate, state == NULL ? "XX000" : state, 5);
}

static void notice_receiver(void *arg, const PGresult *result)
{
    Session *session = arg;
    Notice notice = {
        .severity = error_field(session, result, PG_DIAG_SEVERITY_NONLOCALIZED),
        .message = error_field(session, result, PG_DIAG_MESSAGE_PRIMARY),
        .detail = error_field(session, result, PG_DIAG_MESSAGE_DETAIL),
        .hint = error_field(session, result, PG_DIAG_MESSAGE_HINT),
    };
    copy_sqlstate(notice.sqlstate, result);
    vec_push(session->arena, &session->notices, notice);
}

NoticeList session_take_notices(Session *session)
{
    NoticeList notices = session->notices;
    session->notices = (NoticeList){0};
    return notices;
}

static ServerError no_error(void)
{
    return (ServerError){.message = "",
                         .detail = "",
                         .hint = "",
                         .context = "",
                         .schema = "",
                         .table = "",
                         .column = "",
                         .constraint = ""};
}

/* The connection's own complaint, when there is no result to ask. */
static ServerError connection_error(const Session *session)
{
    ServerError error = no_error();
    error.message = connect_error_text(session->arena, PQerrorMessage(session->conn));
    error.connection_lost = PQstatus(session->conn) == CONNECTION_BAD;
    memcpy(error.sqlstate, error.connection_lost ? "08006" : "XX000", 6);
    return error;
}

static ServerError result_error(const Session *session, const PGresult *result)
{
    if (PQresultErrorField(result, PG_DIAG_SQLSTATE) == NULL) {
        return connection_error(session);
    }
    ServerError error = {
        .message = error_field(session, result, PG_DIAG_MESSAGE_PRIMARY),
        .detail = error_field(session, result, PG_DIAG_MESSAGE_DETAIL),
        .hint = error_field(session, result, PG_DIAG_MESSAGE_HINT),
        .context = error_field(session, result, PG_DIAG_CONTEXT),
        .schema = error_field(session, result, PG_DIAG_SCHEMA_NAME),
        .table = error_field(session, result, PG_DIAG_TABLE_NAME),
        .column = error_field(session, result, PG_DIAG_COLUMN_NAME),
        .constraint = error_field(session, result, PG_DIAG_CONSTRAINT_NAME),
        .position =
            (uint32_t)strtoul(error_field(session, result, PG_DIAG_STATEMENT_POSITION), NULL, 10),
        .connection_lost = PQstatus(session->conn) == CONNECTION_BAD,
    };
    copy_sqlstate(error.sqlstate, result);
    return error;
}

Diagnostic *session_report(const Session *session, const ServerError *error, Diagnostics *diags)
{
    const char *server = url_display_server(diags->arena, session->info);
    Diagnostic *diagnostic = NULL;
    if (error->interrupted) {
        return diag_report(diags, DIAG_INTERRUPTED, span_none(), server);
    }
    if (error->timed_out) {
        return diag_report(diags, DIAG_QUERY_TIMEOUT, span_none(), "no answer in time");
    }
    if (error->connection_lost) {
        return diag_report(diags, DIAG_CONNECTION_LOST, span_none(), server, error->message);
    }
    if (strcmp(error->sqlstate, "57014") == 0) {
        diagnostic = diag_report(diags, DIAG_QUERY_TIMEOUT, span_none(), error->message);
    } else {
        diagnostic =
            diag_report(diags, DIAG_SERVER_ERROR, span_none(), error->message, error->sqlstate);
    }
    if (error->detail[0] != '\0') {
        diag_note(diags, diagnostic, span_none(), "%s", error->detail);
    }
    if (error->hint[0] != '\0') {
        diag_help(diags, diagnostic, "%s", error->hint);
    }
    return diagnostic;
}

/* --- running ------------------------------------------------------------------------------------
 */

bool session_cancel(const Session *session)
{
    char ignored[256];
    return session->cancel != NULL && PQcancel(session->cancel, ignored, sizeof ignored) == 1;
}

static int64_t statement_deadline(const Session *session)
{
    uint32_t seconds = session->info->socket_timeout;
    return seconds == 0 ? INT64_MAX : now_ms() + (int64_t)seconds * 1000;
}

/* Asks the server to stop, once, and gives it a moment to say so. */
static void stop_statement(Session *session, bool interrupted, int64_t *deadline)
{
    session->stop_sent = true;
    session->stop_cause = (ServerError){.interrupted = interrupted, .timed_out = !interrupted};
    (void)session_cancel(session);
    *deadline = now_ms() + CANCEL_GRACE_MS;
}

/* Waits until PQgetResult will not block; false when the connection broke or never answered. */
static bool wait_result(Session *session)
{
    int64_t deadline = statement_deadline(session);
    while (PQisBusy(session->conn) == 1) {
        bool late = now_ms() >= deadline;
        if (session->stop_sent && late) {
            return false;
        }
        if (!session->stop_sent && (late || is_interrupted(session))) {
            stop_statement(session, !late, &deadline);
        }
        if (poll_socket(session, POLLIN, deadline) && PQconsumeInput(session->conn) == 0) {
            return false;
        }
    }
    return true;
}

/* The next result, NULL after the last; false when the wait failed. */
static bool next_result(Session *session, PGresult **ret_result)
{
    if (!wait_result(session)) {
        return false;
    }
    *ret_result = PQgetResult(session->conn);
    return true;
}

static void mark_stop(const Session *session, ServerError *error)
{
    if (session->stop_sent) {
        error->interrupted = session->stop_cause.interrupted;
        error->timed_out = session->stop_cause.timed_out;
    }
}

/* COPY inside a script has no partner here: end it, so that the next result comes. */
static void end_copy(Session *session, ExecStatusType status)
{
    if (status == PGRES_COPY_IN) {
        (void)PQputCopyEnd(session->conn, "no data can follow COPY FROM STDIN here");
    }
    char *row = NULL;
    while (status == PGRES_COPY_OUT && PQgetCopyData(session->conn, &row, 0) > 0) {
        PQfreemem(row);
    }
}

static bool is_success(ExecStatusType status)
{
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY ||
           status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_PIPELINE_SYNC;
}

/* Reads all results of a simple query; keeps the first error. */
static bool drain_script(Session *session, ServerError *ret_error)
{
    bool ok = true;
    while (true) {
        PGresult *result = NULL;
        if (!next_result(session, &result)) {
            *ret_error = connection_error(session);
            return false;
        }
        if (result == NULL) {
            return ok;
        }
        ExecStatusType status = PQresultStatus(result);
        if (!is_success(status) && ok) {
            *ret_error = result_error(session, result);
            ok = false;
        }
        PQclear(result);
        end_copy(session, status);
        if (!ok && PQstatus(session->conn) == CONNECTION_BAD) {
            return false;
        }
    }
}

bool session_execute(Session *session, const char *script, ServerError *ret_error)
{
    ServerError error = no_error();
    session->stop_sent = false;
    bool ok = PQsendQuery(session->conn, script) == 1;
    if (ok) {
        ok = drain_script(session, &error);
    } else {
        error = connection_error(session);
    }
    if (!ok) {
        mark_stop(session, &error);
        *ret_error = error;
    }
    return ok;
}

bool session_run(Session *session, const char *script, Diagnostics *diags)
{
    ServerError error;
    bool ok = session_execute(session, script, &error);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

/* --- queries ------------------------------------------------------------------------------------
 */

static bool send_query(Session *session, const Query *query)
{
    return PQsendQueryParams(session->conn, query->sql, (int)query->param_count, NULL,
                             query->params, NULL, NULL, 0) == 1;
}

static bool send_all(Session *session, const Query *queries, size_t count)
{
    bool ok = PQenterPipelineMode(session->conn) == 1;
    for (size_t i = 0; ok && i < count; i++) {
        ok = send_query(session, &queries[i]);
    }
    return ok && PQpipelineSync(session->conn) == 1;
}

typedef enum Received { RECEIVED_RESULT, RECEIVED_ERROR, RECEIVED_NOTHING } Received;

/* One query's result and the NULL behind it. `ret_error` is set unless it is RECEIVED_RESULT; after
 * RECEIVED_NOTHING there is nobody left to ask. */
static Received receive_one(Session *session, bool is_sync, ServerError *ret_error,
                            PGresult **ret_result)
{
    PGresult *result = NULL;
    PGresult *end = NULL;
    bool answered = next_result(session, &result) && (is_sync || next_result(session, &end));
    bool good = answered && is_success(PQresultStatus(result));
    PQclear(end);
    if (good) {
        *ret_result = result;
        return RECEIVED_RESULT;
    }
    *ret_error =
        answered && result != NULL ? result_error(session, result) : connection_error(session);
    PQclear(result);
    bool broken = !answered || PQstatus(session->conn) == CONNECTION_BAD;
    return broken ? RECEIVED_NOTHING : RECEIVED_ERROR;
}

/* The whole pipeline ends with PGRES_PIPELINE_SYNC. After the first error the rest is read over. */
static bool receive_all(Session *session, size_t count, ServerError *error, TakeResult take,
                        void *cx)
{
    bool ok = true;
    for (size_t i = 0; i <= count; i++) {
        PGresult *result = NULL;
        ServerError said;
        Received received = receive_one(session, i == count, &said, &result);
        if (received != RECEIVED_RESULT && ok) {
            *error = said;
            ok = false;
        }
        if (ok && i < count) {
            take(cx, i, result);
        } else {
            PQclear(result);
        }
        if (received == RECEIVED_NOTHING) {
            return false;
        }
    }
    return ok;
}

static bool query_each(Session *session, const Query *queries, size_t count, ServerError *ret_error,
                       TakeResult take, void *cx)
{
    ServerError error = no_error();
    session->stop_sent = false;
    bool ok = send_all(session, queries, count);
    if (ok) {
        ok = receive_all(session, count, &error, take, cx);
    } else {
        error = connection_error(session);
    }
    (void)PQexitPipelineMode(session->conn);
    if (!ok) {
        mark_stop(session, &error);
        *ret_error = error;
    }
    return ok;
}

bool session_query_each(Session *session, const Query *queries, size_t count, Diagnostics *diags,
                        TakeResult take, void *cx)
{
    ServerError error;
    bool ok = query_each(session, queries, count, &error, take, cx);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

static void keep_result(void *cx, size_t index, Result *result)
{
    Result **results = cx;
    results[index] = result;
}

/* Fills `ret_results`, or frees them all and tells the first error. */
static bool query_all(Session *session, const Query *queries, size_t count, ServerError *ret_error,
                      Result **ret_results)
{
    Result **results = arena_array(session->arena, Result *, count);
    bool ok = query_each(session, queries, count, ret_error, keep_result, results);
    for (size_t i = 0; i < count; i++) {
        if (ok) {
            ret_results[i] = results[i];
        } else {
            PQclear(results[i]);
        }
    }
    return ok;
}

bool session_query_all(Session *session, const Query *queries, size_t count, Diagnostics *diags,
                       Result **ret_results)
{
    ServerError error;
    bool ok = query_all(session, queries, count, &error, ret_results);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

bool session_query(Session *session, Query query, Diagnostics *diags, Result **ret_result)
{
    return session_query_all(session, &query, 1, diags, ret_result);
}

bool session_ask(Session *session, Query query, ServerError *ret_error, Result **ret_result)
{
    return query_all(session, &query, 1, ret_error, ret_result);
}

/* --- transactions -------------------------------------------------------------------------------
 */

bool session_begin(Session *session, Diagnostics *diags)
{
    return session_run(session, "BEGIN", diags);
}

bool session_commit(Session *session, Diagnostics *diags)
{
    return session_run(session, "COMMIT", diags);
}

void session_rollback(Session *session)
{
    ServerError ignored;
    SessionOptions options = session->options;
    session->options.interrupted = NULL; /* an interrupt must not stop the way back */
    if (session_in_transaction(session)) {
        (void)!session_execute(session, "ROLLBACK", &ignored);
    }
    session->options = options;
}

/* --- results ------------------------------------------------------------------------------------
 */

Result *result_make(const char *const *columns, size_t column_count, const char *const *cells,
                    size_t row_count)
{
    const char *why = NULL;
    bool loaded = libpq_load(&why);
    assert(loaded); /* a test without libpq is no test */
    (void)loaded;
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    PGresAttDesc attributes[64] = {0};
    assert(column_count <= lengthof(attributes));
    for (size_t i = 0; i < column_count; i++) {
        /* libpq copies the name; its struct forgot a const */
        attributes[i].name = (char *)(uintptr_t)columns[i];
    }
    (void)PQsetResultAttrs(result, (int)column_count, attributes);
    for (size_t i = 0; i < row_count * column_count; i++) {
        char *cell = (char *)(uintptr_t)cells[i];
        (void)PQsetvalue(result, (int)(i / column_count), (int)(i % column_count), cell,
                         cell == NULL ? -1 : (int)strlen(cell));
    }
    return result;
}

void result_free(Result *result)
{
    PQclear(result);
}

size_t result_rows(const Result *result)
{
    return (size_t)PQntuples(result);
}

/* PQfnumber folds case and strips quotes; names of ours are plain. */
int result_column(const Result *result, const char *name)
{
    return PQfnumber(result, name);
}

const char *result_text(const Result *result, size_t row, int column)
{
    return PQgetisnull(result, (int)row, column) == 1 ? NULL : PQgetvalue(result, (int)row, column);
}

size_t result_length(const Result *result, size_t row, int column)
{
    return (size_t)PQgetlength(result, (int)row, column);
}
