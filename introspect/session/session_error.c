/*
 * session_error.c - what the server says, as values: errors, notices, and the diagnostic of an
 * error.
 */
#include "base/common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "introspect/session/connect_error.h"
#include "introspect/session/session_internal.h"

static const char *error_field(const Session *session, const PGresult *result, int field)
{
    const char *text = PQresultErrorField(result, field);
    return text == NULL ? "" : arena_strdup(session->arena, text);
}

static void copy_sqlstate(char ret_sqlstate[6], const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    memset(ret_sqlstate, 0, 6);
    (void)snprintf(ret_sqlstate, 6, "%.5s", state == NULL ? "XX000" : state);
}

void session_receive_notice(void *arg, const PGresult *result)
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

ServerError session_no_error(void)
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

ServerError session_malformed(const char *fault)
{
    ServerError error = session_no_error();
    memcpy(error.sqlstate, "XX000", 6);
    error.message = fault;
    error.malformed = true;
    return error;
}

/* What the server said when it ended a session that was idle: it comes as a notice. NULL: nothing.
 */
static const Notice *last_words(const Session *session)
{
    const Notice *last = session->notices.count == 0 ? NULL : &vec_last(&session->notices);
    return last != NULL && strcmp(last->severity, "FATAL") == 0 ? last : NULL;
}

/* The connection's own complaint, when there is no result to ask. */
ServerError session_connection_error(const Session *session)
{
    ServerError error = session_no_error();
    error.message = connect_error_text(session->arena, PQerrorMessage(session->conn));
    error.connection_lost = PQstatus(session->conn) == CONNECTION_BAD;
    memcpy(error.sqlstate, error.connection_lost ? "08006" : "XX000", 6);
    const Notice *words = error.connection_lost ? last_words(session) : NULL;
    if (words != NULL) {
        error.message = words->message;
        memcpy(error.sqlstate, words->sqlstate, 6);
    }
    return error;
}

ServerError session_result_error(const Session *session, const PGresult *result)
{
    if (PQresultErrorField(result, PG_DIAG_SQLSTATE) == NULL) {
        return session_connection_error(session);
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

/* Who ends a session says why, by a SQLSTATE. */
static Diagnostic *report_loss(const char *server, const ServerError *error, Diagnostics *diags)
{
    static const struct {
        const char *sqlstate, *setting; /* NULL: it was somebody */
    } rows[] = {
        {"25P03", "idle_in_transaction_session_timeout"},
        {"25P04", "transaction_timeout"},
        {"57P05", "idle_session_timeout"},
        {"57P01", NULL}, /* admin_shutdown */
        {"57P02", NULL}, /* crash_shutdown */
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcmp(rows[i].sqlstate, error->sqlstate) != 0) {
            continue;
        }
        return rows[i].setting == NULL
                   ? diag_report(diags, DIAG_SESSION_ENDED, span_none(), server, error->message)
                   : diag_report(diags, DIAG_SESSION_LIMIT, span_none(), server, rows[i].setting,
                                 error->message, rows[i].setting);
    }
    return diag_report(diags, DIAG_CONNECTION_LOST, span_none(), server, error->message);
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
    if (error->malformed) {
        return diag_report(diags, DIAG_ANSWER, span_none(), error->message);
    }
    if (error->connection_lost) {
        return report_loss(server, error, diags);
    }
    if (strcmp(error->sqlstate, "25006") == 0) {
        diagnostic = diag_report(diags, DIAG_READ_ONLY, span_none(), server, error->message);
    } else if (strcmp(error->sqlstate, "57014") == 0) {
        diagnostic = diag_report(diags, DIAG_QUERY_TIMEOUT, span_none(), error->message);
    } else if (strcmp(error->sqlstate, "22021") == 0 || strcmp(error->sqlstate, "22P05") == 0) {
        diagnostic = diag_report(diags, DIAG_ENCODING, span_none(), error->message);
    } else {
        diagnostic =
            diag_report(diags, DIAG_SERVER_ERROR, span_none(), error->message, error->sqlstate);
    }
    if (error->detail[0] != '\0') {
        diag_note_lines(diags, diagnostic, "", error->detail);
    }
    if (error->hint[0] != '\0') {
        diag_help_lines(diags, diagnostic, error->hint);
    }
    return diagnostic;
}
