/*
 * session_run.c - statements sent, and their results received.
 *
 * A script goes out as one simple query, queries as one pipeline. Whatever waits does so by
 * session_stop.c. Source: PostgreSQL manual, "Asynchronous Command Processing", "Pipeline Mode".
 */
#include "base/common.h"

#include <string.h>

#include "base/stop.h"
#include "base/strbuf.h"
#include "introspect/session/session_internal.h"

/* --- running ------------------------------------------------------------------------------------
 */

/* The next result, NULL after the last; false when the wait failed. */
static bool next_result(Session *session, PGresult **ret_result)
{
    if (!session_wait(session)) {
        return false;
    }
    *ret_result = PQgetResult(session->conn);
    return true;
}

/* The server may say why it ends a session before the connection is seen to end (57P01); and one
 * that did not even answer our request to stop is as good as gone. */
static void mark_loss(Session *session, ServerError *error)
{
    error->connection_lost = error->connection_lost || PQstatus(session->conn) == CONNECTION_BAD ||
                             PQtransactionStatus(session->conn) == PQTRANS_ACTIVE;
    if (PQstatus(session->conn) == CONNECTION_BAD) {
        session_keep_last_words(session, error);
    }
}

/* The same after a pipeline, whose last words may be all that came. */
static void mark_end(Session *session, ServerError *error)
{
    static const char *const ends[] = {"57P01", "57P02", "57P05", "25P03", "25P04"};
    mark_loss(session, error);
    for (size_t i = 0; i < lengthof(ends); i++) {
        error->connection_lost = error->connection_lost || strcmp(error->sqlstate, ends[i]) == 0;
    }
}

/* COPY inside a script has no partner here: end it, so that the next result comes. */
static bool end_copy(Session *session, ExecStatusType status)
{
    if (status == PGRES_COPY_IN) {
        (void)PQputCopyEnd(session->conn, "no data can follow COPY FROM STDIN here");
    }
    return status != PGRES_COPY_OUT || session_wait_copied(session);
}

static bool is_success(ExecStatusType status)
{
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY ||
           status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_PIPELINE_SYNC;
}

/* Reads all results of a simple query; keeps the first error. */
static bool drain_script(Session *session, ServerError *ret_error)
{
    uint32_t done = 0;
    bool ok = true;
    while (true) {
        PGresult *result = NULL;
        if (!next_result(session, &result)) {
            *ret_error = session_connection_error(session);
            return false;
        }
        if (result == NULL) {
            return ok;
        }
        ExecStatusType status = PQresultStatus(result);
        if (!is_success(status) && ok) {
            *ret_error = session_result_error(session, result);
            ret_error->statement = done + 1;
            ok = false;
        }
        done += status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        PQclear(result);
        if (!end_copy(session, status)) {
            *ret_error = ok ? session_connection_error(session) : *ret_error;
            return false;
        }
        if (!ok && PQstatus(session->conn) == CONNECTION_BAD) {
            return false;
        }
    }
}

bool session_send(Session *session, const char *message, ServerError *ret_error)
{
    return session_send_script(session, message, &(SessionScript){0}, ret_error);
}

/* The server runs nothing of a message before it has all of it, and libpq looks for nothing until
 * a long one is out. */
static bool send_message(const Session *session, const char *message)
{
    enum { LONG = 1 << 20 };
    const bool is_long = strlen(message) > LONG;
    if (is_long) {
        stop_harmless_begin();
    }
    const bool sent = PQsendQuery(session->conn, message) == 1;
    if (is_long) {
        stop_harmless_end();
    }
    return sent;
}

bool session_send_script(Session *session, const char *message, const SessionScript *script,
                         ServerError *ret_error)
{
    ServerError error = session_no_error();
    session->entered = NULL;
    if (!session_may_begin(session, ret_error)) {
        return false;
    }
    bool ok = send_message(session, message);
    if (ok && script->meanwhile != NULL) {
        script->meanwhile(script->cx);
    }
    if (ok) {
        ok = drain_script(session, &error);
    } else {
        error = session_connection_error(session);
    }
    if (!ok) {
        session_mark_stop(session, &error);
        mark_loss(session, &error);
        *ret_error = error;
    }
    return ok;
}

bool session_execute(Session *session, const char *statements, ServerError *ret_error)
{
    if (!session_know_backend(session, ret_error) || !session_clean(session, true, ret_error)) {
        return false;
    }
    const StateChange change = session_state_begin(session);
    StrBuf message = strbuf_new(STRBUF_MAX);
    if (session_needs_settings(session)) {
        strbuf_printf(&message, "%s;\n", session_our_settings(session, session->pooled));
    }
    strbuf_add(&message, statements);
    const bool ok = session_send(session, strbuf_text(&message), ret_error);
    strbuf_dispose(&message);
    /* what they set off (an event trigger, one of a row) may have set anything */
    session_state_end(session, change, session->pooled ? SESSION_OURS : SESSION_UNKNOWN, ok);
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

/* A batch ends with a sync, at which the server hands over what it has. */
static bool send_batch(Session *session, const Query *queries, size_t count)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        ok = send_query(session, &queries[i]);
    }
    ok = ok && PQpipelineSync(session->conn) == 1;
    if (ok) {
        vec_push(session->arena, &session->batches, count);
    }
    return ok;
}

void session_query_more(Session *session, const Query *queries, size_t count)
{
    session->batch_unsent = !send_batch(session, queries, count) || session->batch_unsent;
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
    *ret_error = answered && result != NULL ? session_result_error(session, result)
                                            : session_connection_error(session);
    PQclear(result);
    bool broken = !answered || PQstatus(session->conn) == CONNECTION_BAD;
    return broken ? RECEIVED_NOTHING : RECEIVED_ERROR;
}

/* Who takes the results of a pipeline, and how far it is. */
typedef struct Receiver {
    TakeResult take;
    void *cx;
    size_t index;
    bool ok;
    ServerError error; /* the first; set unless ok */
} Receiver;

/* The results of a batch and its PGRES_PIPELINE_SYNC; after the first error they are read over.
 * False when nothing more will come. */
static bool receive_batch(Session *session, size_t count, Receiver *receiver)
{
    for (size_t i = 0; i <= count; i++) {
        PGresult *result = NULL;
        ServerError said;
        Received received = receive_one(session, i == count, &said, &result);
        if (received != RECEIVED_RESULT && receiver->ok) {
            receiver->error = said;
            receiver->ok = false;
        }
        if (receiver->ok && i < count) {
            receiver->take(receiver->cx, receiver->index++, result);
        } else {
            PQclear(result);
        }
        if (received == RECEIVED_NOTHING) {
            return false;
        }
    }
    return true;
}

/* Batches that `take` adds on the way included. */
static void receive_all(Session *session, Receiver *receiver)
{
    size_t i = 0;
    while (i < session->batches.count &&
           receive_batch(session, session->batches.items[i], receiver)) {
        i++;
    }
    if (receiver->ok && session->batch_unsent) {
        receiver->error = session_connection_error(session);
        receiver->ok = false;
    }
}

static bool query_each(Session *session, const Query *queries, size_t count, ServerError *ret_error,
                       TakeResult take, void *cx)
{
    Receiver receiver = {.take = take, .cx = cx, .ok = true};
    session->entered = NULL;
    if (!session_may_begin(session, ret_error)) {
        return false;
    }
    session->batches.count = 0;
    session->batch_unsent = PQenterPipelineMode(session->conn) != 1;
    if (!session->batch_unsent) {
        session_query_more(session, queries, count);
    }
    receive_all(session, &receiver);
    (void)PQexitPipelineMode(session->conn);
    if (!receiver.ok) {
        session_mark_stop(session, &receiver.error);
        mark_end(session, &receiver.error);
        *ret_error = receiver.error;
    }
    return receiver.ok;
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
bool session_send_queries(Session *session, const Query *queries, size_t count,
                          ServerError *ret_error, Result **ret_results)
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

/* The way back from a script's state and the settings go in front, in the same round trip. */
static bool query_behind_settings(Session *session, const Query *queries, size_t count,
                                  ServerError *ret_error, Result **ret_results)
{
    const size_t back = session_must_go_back(session) ? SESSION_WAY_BACK : 0, front = back + 1;
    Query *all = arena_array(session->arena, Query, front + count);
    Result **results = arena_array(session->arena, Result *, front + count);
    for (size_t i = 0; i < back; i++) {
        all[i] = (Query){.sql = session_way_back[i]};
    }
    all[back] = (Query){.sql = session_our_settings(session, session->pooled)};
    memcpy(all + front, queries, count * sizeof *queries);
    if (!session_send_queries(session, all, front + count, ret_error, results)) {
        return false;
    }
    const bool ok = session_learn(session, results[back], ret_error);
    for (size_t i = 0; i < (ok ? front : front + count); i++) {
        PQclear(results[i]);
    }
    memcpy(ret_results, results + front, ok ? count * sizeof(Result *) : 0);
    return ok;
}

static bool query_all(Session *session, const Query *queries, size_t count, ServerError *ret_error,
                      Result **ret_results)
{
    const StateChange change = session_state_begin(session);
    const bool ok = session_needs_settings(session)
                        ? query_behind_settings(session, queries, count, ret_error, ret_results)
                        : session_send_queries(session, queries, count, ret_error, ret_results);
    session_state_end(session, change, SESSION_OURS, ok);
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

bool session_ask_there(Session *session, Query query, ServerError *ret_error, Result **ret_result)
{
    const char *entered = session->entered;
    const bool ok = session_send_queries(session, &query, 1, ret_error, ret_result);
    session->entered = ok ? entered : NULL; /* a query of ours changes nothing */
    return ok;
}
