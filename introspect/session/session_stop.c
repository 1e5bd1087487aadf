/*
 * session_stop.c - waiting for a server, in slices, so that an interrupt or a deadline is noticed
 * wherever it is silent; what they stop, and what goes on in spite of them.
 *
 * An interrupt ends the statement that runs, by a request to cancel, and nothing is begun behind
 * it. A request travels by a connection of its own, so it may come late: what has to be done all
 * the same is not sent before it has arrived. Source: PostgreSQL manual, "Canceling Queries in
 * Progress", "Canceling Requests in Progress".
 */
#include "base/common.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "introspect/session/session_internal.h"

enum {
    POLL_SLICE_MS = 200,    /* how soon a flag set between two polls is seen */
    CANCEL_GRACE_MS = 5000, /* how long a cancelled statement may take to end */
    USER_GRACE_MS = 700,    /* the same, while somebody waits who has pressed Ctrl-C */
};

/* How long that may take which is done in spite of an interrupt. */
static const int64_t tidy_ms[] = {
    [TIDY_NONE] = 0, [TIDY_RELEASE] = 1000, [TIDY_RECORD] = 3000, [TIDY_CLEAR] = 10000};

/* Requests to cancel that are under way. Not of a session: they may outlive it. */
static atomic_int requests;

int64_t session_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* --- in spite of an interrupt -------------------------------------------------------------------
 */

static bool is_flag_set(const Session *session)
{
    const volatile sig_atomic_t *flag = session->options.interrupted;
    return flag != NULL && *flag != 0;
}

bool session_is_interrupted(const Session *session)
{
    return session->tidy == TIDY_NONE && is_flag_set(session);
}

int64_t session_tidy_deadline(Session *session)
{
    if (session->tidy == TIDY_NONE || !is_flag_set(session)) {
        return INT64_MAX;
    }
    if (session->tidy_until == 0) {
        session->tidy_until = session_now_ms() + tidy_ms[session->tidy];
    }
    return session->tidy_until;
}

SessionTidy session_tidy_begin(Session *session, SessionTidy tidy)
{
    const SessionTidy before = session->tidy;
    if (tidy > before) {
        session->tidy = tidy;
        session->tidy_until = 0;
    }
    return before;
}

void session_tidy_end(Session *session, SessionTidy before)
{
    session->tidy = before;
    session->tidy_until = before == TIDY_NONE ? 0 : session->tidy_until;
}

/* --- stopping -----------------------------------------------------------------------------------
 */

/* libpq sends a request to cancel over a connection of its own and waits for it, on a network that
 * has gone away for minutes. */
static void *send_request(void *cancel)
{
    char ignored[256];
    (void)PQcancel(cancel, ignored, sizeof ignored);
    PQfreeCancel(cancel);
    atomic_fetch_sub(&requests, 1);
    return NULL;
}

/* On a thread of its own, so that nobody waits for it but in wait_slice. */
static void request_stop(Session *session)
{
    pthread_t thread;
    PGcancel *cancel = PQgetCancel(session->conn);
    if (cancel == NULL) {
        return;
    }
    session->stop_on_way = true;
    atomic_fetch_add(&requests, 1);
    if (pthread_create(&thread, NULL, send_request, cancel) == 0) {
        (void)pthread_detach(thread);
    } else {
        (void)send_request(cancel);
    }
}

/* Asks the server to stop, once, and gives it a moment to say so. */
static void stop_statement(Session *session)
{
    const bool interrupted = is_flag_set(session);
    session->stop_sent = true;
    session->stop_cause = (ServerError){.interrupted = interrupted, .timed_out = !interrupted};
    request_stop(session);
    session->give_up_at = session_now_ms() + (interrupted ? USER_GRACE_MS : CANCEL_GRACE_MS);
}

void session_mark_stop(const Session *session, ServerError *error)
{
    if (session->stop_sent) {
        error->interrupted = session->stop_cause.interrupted;
        error->timed_out = session->stop_cause.timed_out;
    }
}

/* --- waiting ------------------------------------------------------------------------------------
 */

bool session_poll(const Session *session, short events, int64_t deadline)
{
    int64_t left = deadline - session_now_ms();
    int slice = left < POLL_SLICE_MS ? (int)(left < 0 ? 0 : left) : POLL_SLICE_MS;
    struct pollfd fd = {.fd = PQsocket(session->conn), .events = events};
    return poll(&fd, 1, slice) > 0;
}

static int64_t statement_deadline(const Session *session)
{
    uint32_t seconds = session->info->socket_timeout;
    return seconds == 0 ? INT64_MAX : session_now_ms() + (int64_t)seconds * 1000;
}

/* One slice of waiting for the server; false when the connection broke or never answered. */
static bool wait_slice(Session *session, int64_t deadline)
{
    if (!session->stop_sent) {
        deadline = sooner(deadline, session_tidy_deadline(session));
        if (session_now_ms() >= deadline || session_is_interrupted(session)) {
            stop_statement(session);
        }
    }
    if (session->stop_sent) {
        deadline = session->give_up_at;
        if (session_now_ms() >= deadline) {
            return false;
        }
    }
    return !session_poll(session, POLLIN, deadline) || PQconsumeInput(session->conn) == 1;
}

bool session_wait(Session *session)
{
    const int64_t deadline = statement_deadline(session);
    while (PQisBusy(session->conn) == 1) {
        if (!wait_slice(session, deadline)) {
            return false;
        }
    }
    return true;
}

bool session_wait_copied(Session *session)
{
    int64_t deadline = statement_deadline(session);
    char *row = NULL;
    int length = PQgetCopyData(session->conn, &row, 1);
    while (length >= 0) {
        if (length == 0 && !wait_slice(session, deadline)) {
            return false;
        }
        if (length > 0) {
            PQfreemem(row);
            deadline = statement_deadline(session);
        }
        length = PQgetCopyData(session->conn, &row, 1);
    }
    return true;
}

/* --- beginning ----------------------------------------------------------------------------------
 */

/* What was given up on has no reader: the rest of it is read over, while there is time. */
static bool take_rest(Session *session, int64_t until)
{
    while (PQtransactionStatus(session->conn) == PQTRANS_ACTIVE) {
        if (session_now_ms() >= until) {
            return false;
        }
        if (PQisBusy(session->conn) == 1) {
            if (session_poll(session, POLLIN, until) && PQconsumeInput(session->conn) == 0) {
                return false;
            }
            continue;
        }
        PGresult *result = PQgetResult(session->conn);
        const ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) {
            return false;
        }
        if (result == NULL || status == PGRES_PIPELINE_SYNC) {
            (void)PQexitPipelineMode(session->conn);
        }
    }
    return true;
}

/* The server closes the request's connection when it is done with it: what is sent behind that is
 * not meant. */
static bool has_arrived(Session *session, int64_t until)
{
    while (session->stop_on_way && atomic_load(&requests) > 0) {
        if (session_now_ms() >= until) {
            return false;
        }
        (void)poll(NULL, 0, 1);
    }
    session->stop_on_way = false;
    return true;
}

bool session_may_begin(Session *session, ServerError *ret_error)
{
    ServerError error = session_no_error();
    session->stop_sent = false;
    if (session_is_interrupted(session)) {
        error.interrupted = true;
        *ret_error = error;
        return false;
    }
    const bool waits = session->tidy >= TIDY_RECORD;
    const int64_t until =
        waits || PQtransactionStatus(session->conn) != PQTRANS_ACTIVE
            ? sooner(session_now_ms() + CANCEL_GRACE_MS, session_tidy_deadline(session))
            : 0;
    if (take_rest(session, until) && has_arrived(session, until)) {
        return true;
    }
    error.message = "the server does not answer";
    error.connection_lost = true;
    memcpy(error.sqlstate, "08006", 6);
    *ret_error = error;
    return false;
}
