/*
 * connect_error.h - what a failed connection attempt means, from what libpq and the server said.
 *
 * Pure: texts in, one diagnostic out. The client library tells the reason in words only; with
 * verbose errors the server's SQLSTATE is among them.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_CONNECT_ERROR_H
#define BELLOWS_INTROSPECT_SESSION_CONNECT_ERROR_H

#include "base/common.h"
#include "base/diag/diag.h"
#include "introspect/session/url.h"

typedef enum ConnectStage {
    CONNECT_REFUSED,        /* an error was told */
    CONNECT_TIMED_OUT,      /* nobody answered at all */
    CONNECT_ANSWER_MISSING, /* the host answered, the server did not finish its greeting in time */
} ConnectStage;

/* The five characters after `FATAL:  ` of a verbose message; "" when there are none. */
void connect_error_sqlstate(const char *message, char ret_sqlstate[6]);
/* The message without severity, SQLSTATE and source location, on one line. */
const char *connect_error_text(Arena *arena, const char *message);
/* Raises the diagnostic. */
void connect_error_report(const ConnInfo *info, ConnectStage stage, const char *message,
                          Diagnostics *diags);

#endif
