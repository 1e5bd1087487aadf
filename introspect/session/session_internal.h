/*
 * session_internal.h - what the files of session.h share: the Session itself, waiting, and what the
 * server says.
 *
 * session.c opens and closes, session_run.c sends, session_stop.c waits and stops, session_state.c
 * knows whose statements the connection is set for, session_error.c turns what libpq says into our
 * values, session_result.c reads results. Nobody else sees libpq.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_SESSION_INTERNAL_H
#define BELLOWS_INTROSPECT_SESSION_SESSION_INTERNAL_H

#include <libpq-fe.h>

#include "introspect/session/session.h"

typedef enum SessionState {
    SESSION_FRESH,   /* as role, database and URL make it: a script may start */
    SESSION_OURS,    /* trusted path, our settings */
    SESSION_UNKNOWN, /* a script, an error, or what writes set off may have changed anything */
} SessionState;

struct Session {
    Arena *arena;
    const ConnInfo *info;
    SessionOptions options;
    PGconn *conn;
    bool pooled;              /* nothing that is set stays with us, and must not stay with others */
    bool plain;               /* started without settings */
    bool knows_backend;       /* `pooled` is what the server said */
    const char *our_settings; /* as SQL; NULL: not written yet */
    int backend_pid;
    NoticeList notices;
    const char *last_words; /* why the server has ended the session, as it said; or NULL */
    char last_state[6];
    SessionState state;
    SessionState outside;   /* what a ROLLBACK brings back */
    const char *entered;    /* the state a script starts in, and nothing was run since; or NULL */
    const char *schema;     /* the fresh path's first schema when it was last asked; NULL: none */
    bool has_schema;        /* asked since a script ran */
    const char *start_mode; /* SET TRANSACTION, where a fresh transaction is not like ours; or "" */
    bool is_checked;        /* session_check_settings */
    VEC(size_t) batches;    /* of the running pipeline: how many queries each has */
    bool batch_unsent;      /* one of them did not get out */
    bool stop_sent;         /* we asked the server to cancel the running statement */
    ServerError stop_cause; /* why */
    int64_t give_up_at;     /* how long the server has for it */
    bool stop_on_way;       /* a request to cancel of this session may not have arrived yet */
    SessionTidy tidy;       /* what is done in spite of an interrupt; TIDY_NONE: nothing */
    int64_t tidy_until;     /* its end; 0: there was no interrupt yet */
};

/* --- session_stop.c: waiting --- */

int64_t session_now_ms(void);
/* Has whatever waits to give up? Not what is done in spite of an interrupt. */
bool session_is_interrupted(const Session *session);
/* When that has to be done; INT64_MAX: nobody waits for it. */
int64_t session_tidy_deadline(Session *session);
/* One slice of waiting for the socket; true when it is ready. */
bool session_poll(const Session *session, short events, int64_t deadline);
/* Until PQgetResult will not block; false when the connection broke or never answered. */
bool session_wait(Session *session);
/* Until all rows of a COPY have come, which nobody reads; false likewise. */
bool session_wait_copied(Session *session);

/* --- session_stop.c: beginning and ending --- */

/* May a statement be sent now? Nothing is begun after an interrupt, and nothing while a request to
 * cancel what was before it is under way. */
bool session_may_begin(Session *session, ServerError *ret_error);
/* Was it we who stopped it? */
void session_mark_stop(const Session *session, ServerError *error);

/* --- session_run.c: sending, in whatever state --- */

bool session_send(Session *session, const char *message, ServerError *ret_error);
/* The same, and calls the script's `meanwhile` once the message is out. */
bool session_send_script(Session *session, const char *message, const SessionScript *script,
                         ServerError *ret_error);
bool session_send_queries(Session *session, const Query *queries, size_t count,
                          ServerError *ret_error, Result **ret_results);

/* --- session_state.c --- */

/* Wraps a call of ours: the state before it, and what came of it. */
typedef struct StateChange {
    SessionState from;
    bool was_idle;
} StateChange;

StateChange session_state_begin(const Session *session);
void session_state_end(Session *session, StateChange change, SessionState reached, bool ok);
/* Makes the session fresh unless a script has left it so; ours is as good when `or_ours`. */
bool session_clean(Session *session, bool or_ours, ServerError *ret_error);
/* What that takes, for who sends it along; needed behind a script and what may have been set off.
 */
enum { SESSION_WAY_BACK = 3 };
extern const char *const session_way_back[SESSION_WAY_BACK];
bool session_must_go_back(const Session *session);
/* Takes from the settings' answer which schema a script would use, and whose connection it is. */
MUST_CHECK bool session_learn(Session *session, const Result *result, ServerError *ret_error);
/* Asks the server, once, whether a pooler stands in between. */
bool session_know_backend(Session *session, ServerError *ret_error);
/* Does a statement of ours need the settings first? */
bool session_needs_settings(const Session *session);

/* --- session_error.c --- */

/* Given to libpq when the connection starts; `session` is a Session. */
void session_receive_notice(void *session, const PGresult *result);
ServerError session_no_error(void);
/* The connection's own complaint, when there is no result to ask. */
ServerError session_connection_error(const Session *session);
/* Of a connection that is lost: the reason is told once, and asked for more often. */
void session_keep_last_words(Session *session, ServerError *error);
ServerError session_result_error(const Session *session, const PGresult *result);

#endif
