/*
 * session_internal.h - what the files of session.h share: the Session itself, waiting, and what the
 * server says.
 *
 * session.c opens and closes, session_run.c sends and waits, session_error.c turns what libpq says
 * into our values, session_result.c reads results. Nobody else sees libpq.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_SESSION_INTERNAL_H
#define BELLOWS_INTROSPECT_SESSION_SESSION_INTERNAL_H

#include <libpq-fe.h>

#include "introspect/session/session.h"

struct Session {
    Arena *arena;
    const ConnInfo *info;
    SessionOptions options;
    PGconn *conn;
    bool pooled; /* nothing that is set stays with us, and must not stay with others */
    bool plain;  /* started without settings */
    PGcancel *cancel;
    NoticeList notices;
    VEC(size_t) batches;    /* of the running pipeline: how many queries each has */
    bool batch_unsent;      /* one of them did not get out */
    bool stop_sent;         /* we asked the server to cancel the running statement */
    ServerError stop_cause; /* why */
};

/* --- session_run.c: waiting --- */

int64_t session_now_ms(void);
bool session_is_interrupted(const Session *session);
/* One slice of waiting for the socket; true when it is ready. */
bool session_poll(const Session *session, short events, int64_t deadline);

/* --- session_error.c --- */

/* Given to libpq when the connection starts; `session` is a Session. */
void session_receive_notice(void *session, const PGresult *result);
ServerError session_no_error(void);
/* The connection's own complaint, when there is no result to ask. */
ServerError session_connection_error(const Session *session);
ServerError session_result_error(const Session *session, const PGresult *result);

#endif
