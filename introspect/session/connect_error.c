/*
 * connect_error.c - failed connection attempts, classified by table.
 *
 * Sources: PostgreSQL manual, "PostgreSQL Error Codes"; the words of libpq's messages.
 */
#include "base/common.h"

#include "introspect/session/connect_error.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"

enum { CONNECT_TEXT_MAX = 1 << 16 };

/* By SQLSTATE, when the server itself refused. */
static const struct {
    const char *sqlstate;
    DiagCode code;
} states[] = {
    {"28P01", DIAG_AUTHENTICATION},
    {"28000", DIAG_ACCESS_DENIED},
    {"3D000", DIAG_NO_DATABASE},
    {"42501", DIAG_ACCESS_DENIED},
    {"53300", DIAG_TOO_MANY_CONNECTIONS},
    {"55000", DIAG_ACCESS_DENIED},
    {"57P01", DIAG_SESSION_ENDED},
    {"57P02", DIAG_SESSION_ENDED},
    {"57P03", DIAG_NOT_READY},
};

/* By words, when the client library gave up. The first that is found decides. */
static const struct {
    const char *words;
    DiagCode code;
} phrases[] = {
    {"no password supplied", DIAG_AUTHENTICATION},
    {"fe_sendauth", DIAG_AUTHENTICATION},
    {"server closed the connection", DIAG_CONNECTION_LOST},
    {"SSL", DIAG_TLS},
    {"certificate", DIAG_TLS},
    {"channel binding", DIAG_TLS},
    {"GSSAPI", DIAG_TLS},
    {"private key file", DIAG_TLS},
};

static bool is_state_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

/* Verbose messages read `FATAL:  28P01: text`: two blanks, five characters, a colon. */
static const char *find_state(const char *message)
{
    for (const char *at = strstr(message, ":  "); at != NULL; at = strstr(at + 1, ":  ")) {
        size_t n = 0;
        while (n < 5 && is_state_char(at[3 + n])) {
            n++;
        }
        if (n == 5 && at[8] == ':') {
            return at + 3;
        }
    }
    return NULL;
}

void connect_error_sqlstate(const char *message, char ret_sqlstate[6])
{
    const char *at = find_state(message);
    memset(ret_sqlstate, 0, 6);
    if (at != NULL) {
        memcpy(ret_sqlstate, at, 5);
    }
}

/* Lines become sentences: libpq ends them without a full stop. */
static void end_sentence(StrBuf *out, bool line_ended)
{
    if (line_ended && out->len > 1 && isalnum((unsigned char)out->text[out->len - 2]) != 0) {
        out->text[out->len - 1] = '.';
        strbuf_char(out, ' ');
    }
}

const char *connect_error_text(Arena *arena, const char *message)
{
    const char *at = find_state(message);
    const char *end = at == NULL ? NULL : strstr(at, "\nLOCATION:");
    size_t len = end == NULL ? strlen(message) : (size_t)(end - message);
    StrBuf out = strbuf_new(CONNECT_TEXT_MAX);
    bool line_ended = false;
    for (const char *c = at == NULL ? message : at + 6; c < message + len; c++) {
        bool blank = *c == '\n' || *c == '\t' || *c == ' ';
        bool pending = out.len > 0 && out.text[out.len - 1] == ' ';
        if (out.len >= CONNECT_TEXT_MAX - 2) {
            break;
        }
        line_ended = line_ended || *c == '\n';
        if (!blank) {
            end_sentence(&out, line_ended);
            strbuf_char(&out, *c);
            line_ended = false;
        } else if (out.len > 0 && !pending) {
            strbuf_char(&out, ' ');
        }
    }
    while (out.len > 0 && out.text[out.len - 1] == ' ') {
        out.text[--out.len] = '\0';
    }
    return strbuf_take(&out, arena);
}

static DiagCode classify(const char *message)
{
    char sqlstate[6];
    connect_error_sqlstate(message, sqlstate);
    for (size_t i = 0; i < lengthof(states); i++) {
        if (strcmp(states[i].sqlstate, sqlstate) == 0) {
            return states[i].code;
        }
    }
    for (size_t i = 0; sqlstate[0] == '\0' && i < lengthof(phrases); i++) {
        if (strstr(message, phrases[i].words) != NULL) {
            return phrases[i].code;
        }
    }
    return DIAG_UNREACHABLE;
}

/* One SQLSTATE is for roles that are not there and for hosts that are not admitted; the place in
 * the server, which no translation reaches, tells them apart. */
static bool is_of_role(const char *message)
{
    char sqlstate[6];
    connect_error_sqlstate(message, sqlstate);
    return strcmp(sqlstate, "28000") == 0 && strstr(message, "InitializeSessionUserId") != NULL;
}

static void report_refusal(const ConnInfo *info, const char *message, Diagnostics *diags)
{
    const char *server = url_display_server(diags->arena, info);
    const char *user = conninfo_get(info, "user");
    const char *database = conninfo_get(info, "dbname");
    const char *text = connect_error_text(diags->arena, message);
    DiagCode code = classify(message);
    user = user == NULL ? "" : user;
    database = database == NULL ? "" : database;
    if (code == DIAG_AUTHENTICATION) {
        diag_report(diags, DIAG_AUTHENTICATION, span_none(), user, server, text);
    } else if (code == DIAG_ACCESS_DENIED) {
        diag_report(diags, is_of_role(message) ? DIAG_NO_ROLE : DIAG_ACCESS_DENIED, span_none(),
                    user, database, text);
    } else if (code == DIAG_NO_DATABASE) {
        diag_report(diags, DIAG_NO_DATABASE, span_none(), database, server);
    } else {
        diag_report(diags, code, span_none(), server, text);
    }
}

void connect_error_report(const ConnInfo *info, ConnectStage stage, const char *message,
                          Diagnostics *diags)
{
    const char *server = url_display_server(diags->arena, info);
    const char *seconds = diag_number(diags, info->connect_timeout);
    switch (stage) {
    case CONNECT_REFUSED:
        report_refusal(info, message, diags);
        break;
    case CONNECT_TIMED_OUT:
        diag_report(diags, DIAG_UNREACHABLE, span_none(), server,
                    arena_printf(diags->arena, "no answer within %s s", seconds));
        break;
    case CONNECT_ANSWER_MISSING:
        diag_report(diags, DIAG_CONNECT_TIMEOUT, span_none(), server, seconds);
        break;
    }
}
