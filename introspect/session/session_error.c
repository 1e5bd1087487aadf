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
    if (strcmp(notice.severity, "FATAL") == 0) { /* what a server tells an idle session */
        session->last_words = notice.message;
        memcpy(session->last_state, notice.sqlstate, 6);
    }
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

/* The connection's own complaint, when there is no result to ask. */
ServerError session_connection_error(const Session *session)
{
    ServerError error = session_no_error();
    error.message = connect_error_text(session->arena, PQerrorMessage(session->conn));
    error.connection_lost = PQstatus(session->conn) == CONNECTION_BAD;
    memcpy(error.sqlstate, "XX000", 6);
    if (error.connection_lost) {
        char told[6];
        connect_error_sqlstate(PQerrorMessage(session->conn), told);
        memcpy(error.sqlstate, told[0] == '\0' ? "08006" : told, 6);
    }
    return error;
}

void session_keep_last_words(Session *session, ServerError *error)
{
    if (strcmp(error->sqlstate, "08006") != 0 && session->last_words == NULL) {
        session->last_words = arena_strdup(session->arena, error->message);
        memcpy(session->last_state, error->sqlstate, 6);
    } else if (session->last_words != NULL) {
        error->message = session->last_words;
        memcpy(error->sqlstate, session->last_state, 6);
    }
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
