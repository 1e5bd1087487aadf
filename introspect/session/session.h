/*
 * session.h - one connection to a PostgreSQL server: open it, ask, run scripts, close it.
 *
 * The only door to libpq. A Session owns its connection and an arena with what it reports; texts
 * handed out live until session_close. Results are released by the function that received them
 * (result_free). While anything waits, `*interrupted` (set by a signal handler) is looked at; once
 * it is set, the running statement is cancelled on the server, no other is begun, and calls fail
 * with E0403. What has to be done all the same says so (session_tidy_begin).
 *
 * A session runs statements of two owners. Ours run under a path nobody else can put anything into
 * (`pg_catalog, pg_temp`) and with the settings they assume; a script runs in the state that role,
 * database and URL give a new connection, and leaves nothing behind. The session knows which state
 * it is in and changes it in the message that needs it (docs/decisions/0017).
 *
 * Failures of the world are reported as diagnostics with the codes of the P1 family where the
 * format knows one. No password appears in any of them.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_SESSION_H
#define BELLOWS_INTROSPECT_SESSION_SESSION_H

#include <signal.h>

#include "base/common.h"
#include "base/diag/diag.h"
#include "introspect/session/url.h"

typedef struct Session Session;
typedef struct pg_result Result; /* libpq's own, opaque here */

/* What is done in spite of an interrupt, while a person waits: bounds in session_stop.c. */
typedef enum SessionTidy {
    TIDY_NONE,
    TIDY_RELEASE, /* what goes with the session too: locks, an open transaction. Not where the
                   * server has fallen silent */
    TIDY_RECORD,  /* what nobody else knows: the server is given time to come back */
    TIDY_CLEAR,   /* the same of objects that nobody else would take away */
} SessionTidy;

typedef struct SessionOptions {
    const volatile sig_atomic_t *interrupted; /* NULL: not interruptible */
    SessionTidy tidy;                         /* opened for that alone, interrupted or not */
} SessionOptions;

/* What the server said when it refused a statement; texts are "" when it did not say. */
typedef struct ServerError {
    char sqlstate[6];
    const char *message, *detail, *hint, *context;
    const char *schema, *table, *column, *constraint;
    uint32_t position;  /* in characters of the script, from 1; 0: not told */
    uint32_t statement; /* which one of the script, from 1; 0: not known */
    bool connection_lost;
    bool interrupted; /* by *interrupted, not by somebody else's cancel */
    bool timed_out;   /* socket_timeout ran out */
    bool malformed;   /* it answered, but not what was asked (rows.h) */
} ServerError;

typedef struct Notice {
    char sqlstate[6];
    const char *severity, *message, *detail, *hint;
} Notice;

typedef VEC(Notice) NoticeList;

/* One statement with its `$1`, `$2`, ... as texts (NULL: null). */
typedef struct Query {
    const char *sql;
    const char *const *params;
    size_t param_count;
} Query;

/* One message of somebody else's statements. */
typedef struct SessionScript {
    const char *text;
    const char *settings; /* SET ... that hold for it; NULL: none */
    const char *behind;   /* ours, in its transaction, qualified throughout; NULL: none */
    bool alone; /* refuses company: a statement that is no transaction, or steers its own */
    void (*meanwhile)(void *cx); /* called while the server works; NULL: nothing is to be done */
    void *cx;
} SessionScript;

/* --- opening and closing --- */

/* `options` may be NULL. The ConnInfo must outlive the session. */
MUST_CHECK bool session_open(const ConnInfo *info, const SessionOptions *options,
                             Diagnostics *diags, Session **ret_session);
/* To a database that is always there, for creating and dropping others: `postgres`, `template1`,
 * `defaultdb`, the first that admits us. */
MUST_CHECK bool session_open_maintenance(const ConnInfo *info, const SessionOptions *options,
                                         Diagnostics *diags, Session **ret_session);
/* Accepts NULL. */
void session_close(Session *session);

/* --- facts --- */

const ConnInfo *session_info(const Session *session);
int session_server_version(const Session *session); /* 150020 */
int session_backend_pid(const Session *session);
bool session_in_transaction(const Session *session); /* also in a failed one */
/* Asks the server; false when the connection is gone. */
bool session_is_alive(Session *session);

/* --- poolers: each transaction may reach another backend, so nothing of a session holds --- */

/* As the URL says, else as the server said to session_note_backend; until then false. */
bool session_is_pooled(const Session *session);
/* The backend that answered is `pid`, as pg_backend_pid() tells: not ours, a pooler's. */
void session_note_backend(Session *session, int pid);
/* The URL's schema, when the start-up packet could not make it the search path: then it is set in
 * each transaction (pooled), or for the session and again wherever that is reset. NULL otherwise.
 */
const char *session_schema_to_set(const Session *session);

/* --- our statements --- */

MUST_CHECK bool session_query(Session *session, Query query, Diagnostics *diags,
                              Result **ret_result);
/* The same; on failure tells what the server said and reports nothing. */
MUST_CHECK bool session_ask(Session *session, Query query, ServerError *ret_error,
                            Result **ret_result);
/* All of them in one round trip, in order; the first error stops the rest and frees all results.
 * `ret_results` has room for `count`. */
MUST_CHECK bool session_query_all(Session *session, const Query *queries, size_t count,
                                  Diagnostics *diags, Result **ret_results);
/* The same, each result handed over as soon as it has arrived, while the server works on the next:
 * `take` owns it. Results taken before an error were good ones of a transaction that failed. The
 * queries are a transaction of their own, BEGIN to COMMIT, which sets what it needs. */
typedef void (*TakeResult)(void *cx, size_t index, Result *result);
MUST_CHECK bool session_query_each(Session *session, const Query *queries, size_t count,
                                   Diagnostics *diags, TakeResult take, void *cx);
/* For `take`: more queries behind those under way, their indexes counting on. The server gets them
 * while it is still busy. */
void session_query_more(Session *session, const Query *queries, size_t count);
/* Statements that write, separated by semicolons, in one message: what they set off (an event
 * trigger, one of a row) may move path and settings, so those behind the first that does are
 * qualified, and nothing they set holds for what comes after them. On failure tells what the server
 * said and reports nothing; session_report does. */
MUST_CHECK bool session_execute(Session *session, const char *statements, ServerError *ret_error);
/* The same, reported: where a refusal needs no handling. */
MUST_CHECK bool session_run(Session *session, const char *statements, Diagnostics *diags);
/* A statement that means the same in every state, for it names nothing that a path could find:
 * transaction control, databases, qualified names. Goes out as it is, and alone. */
MUST_CHECK bool session_control(Session *session, const char *statement, ServerError *ret_error);
/* An answer that is none: `malformed`, with what is wrong with it. */
ServerError session_malformed(const char *fault);
/* Raises the diagnostic that fits the error. */
Diagnostic *session_report(const Session *session, const ServerError *error, Diagnostics *diags);

MUST_CHECK bool session_begin(Session *session, Diagnostics *diags);
MUST_CHECK bool session_commit(Session *session, Diagnostics *diags);
/* Never fails: what cannot be rolled back is gone with its connection. */
void session_rollback(Session *session);

/* The settings for our statements, for session_query_each: `local` to its transaction. */
const char *session_our_settings(Session *session, bool local);

/* --- somebody else's statements --- */

/* In the state of a new connection and with the script's settings. Behind it, whatever it did, that
 * state is back before anything else runs. An error's position counts in `text`. */
MUST_CHECK bool session_run_script(Session *session, const SessionScript *script,
                                   ServerError *ret_error);
/* The state a script starts in, to ask there what its names mean. */
MUST_CHECK bool session_enter_script(Session *session, const char *settings,
                                     ServerError *ret_error);
/* How many statements the settings in front of a script are: each has a result, and an error tells
 * its place among them. */
uint32_t session_count_statements(const char *prefix);
/* A query of ours that is qualified throughout, in the state that is. */
MUST_CHECK bool session_ask_there(Session *session, Query query, ServerError *ret_error,
                                  Result **ret_result);
/* The schema where a script makes what it does not qualify: the URL's, else the first that exists
 * of the path, else `public`. NULL after a report, also where it is a temporary one. */
const char *session_schema(Session *session, Diagnostics *diags);
/* Warns, once, of settings of role or database under which scripts would mean something else;
 * false after a report where what they make would not last. */
MUST_CHECK bool session_check_settings(Session *session, Diagnostics *diags);

/* --- in spite of an interrupt --- */

/* Between the two, statements run although `*interrupted` is set, and no request to cancel an
 * earlier one can reach them; together they are given a few seconds from then on. Nothing may hang
 * that was not bounded otherwise: only what must be done, in few statements. Gives what was so
 * before, for session_tidy_end; inside another one the larger counts. */
MUST_CHECK SessionTidy session_tidy_begin(Session *session, SessionTidy tidy);
void session_tidy_end(Session *session, SessionTidy before);

/* --- notices --- */

/* The notices since the last call, in order. */
NoticeList session_take_notices(Session *session);

/* --- results --- */

/* A result of our own making, for tests: `cells` row by row, NULL for null. */
Result *result_make(const char *const *columns, size_t column_count, const char *const *cells,
                    size_t row_count);
void result_free(Result *result); /* accepts NULL */
size_t result_rows(const Result *result);
int result_column(const Result *result, const char *name); /* -1: there is none */
/* NULL when the cell is null. Lives as long as the result. */
const char *result_text(const Result *result, size_t row, int column);
size_t result_length(const Result *result, size_t row, int column);

#endif
