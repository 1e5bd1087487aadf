/*
 * connect_error_test.c - words of failed connections and the codes users know for them.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "introspect/session/connect_error.h"

static const struct {
    const char *message;
    DiagCode code;
} rows[] = {
    {"connection to server at \"h\" (::1), port 5432 failed: FATAL:  28P01: password "
     "authentication "
     "failed for user \"u\"\nLOCATION:  auth_failed, auth.c:331\n",
     DIAG_AUTHENTICATION},
    {"connection failed: fe_sendauth: no password supplied\n", DIAG_AUTHENTICATION},
    {"FATAL:  28000: no pg_hba.conf entry for host \"1.2.3.4\", SSL off\n", DIAG_ACCESS_DENIED},
    {"FATAL:  3D000: database \"d\" does not exist\nLOCATION:  InitPostgres\n", DIAG_NO_DATABASE},
    {"FATAL:  42501: permission denied for database \"d\"\n", DIAG_ACCESS_DENIED},
    {"FATAL:  53300: sorry, too many clients already\n", DIAG_TOO_MANY_CONNECTIONS},
    {"FATAL:  55000: database \"d\" is not currently accepting connections\n", DIAG_ACCESS_DENIED},
    {"FATAL:  57P03: the database system is starting up\n", DIAG_NOT_READY},
    {"FATAL:  57P01: terminating connection due to administrator command\n", DIAG_SESSION_ENDED},
    {"FATAL:  28000: role \"u\" does not exist\nLOCATION:  InitializeSessionUserId, miscinit.c:1\n",
     DIAG_NO_ROLE},
    {"FATAL:  28000: Rolle »u« existiert nicht\nLOCATION:  InitializeSessionUserId, miscinit.c:1\n",
     DIAG_NO_ROLE},
    {"FATAL:  28000: no pg_hba.conf entry for role \"u\" that does not exist\nLOCATION:  "
     "ClientAuthentication, auth.c:1\n",
     DIAG_ACCESS_DENIED},
    {"could not connect to server: Connection refused\n", DIAG_UNREACHABLE},
    {"could not translate host name \"x\" to address: Name or service not known\n",
     DIAG_UNREACHABLE},
    {"server does not support SSL, but SSL was required\n", DIAG_TLS},
    {"root certificate file \"x\" does not exist\n", DIAG_TLS},
    {"channel binding required, but SSL not in use\n", DIAG_TLS},
    {"server closed the connection unexpectedly\n", DIAG_CONNECTION_LOST},
    {"", DIAG_UNREACHABLE},
    {":  ABCDE", DIAG_UNREACHABLE},
};

Test(connect_error, codes)
{
    Arena *arena = arena_new();
    Diagnostics *diags = diagnostics_new(arena, NULL);
    const ConnInfo *info = NULL;
    cr_assert(url_parse(arena, "postgresql://u:secret@h/d", diags, &info));
    for (size_t i = 0; i < lengthof(rows); i++) {
        connect_error_report(info, CONNECT_REFUSED, rows[i].message, diags);
        cr_assert_eq(diags->items.count, i + 1);
        const Diagnostic *diagnostic = diags->items.items[i];
        cr_assert_eq(diagnostic->code, rows[i].code, "%s", rows[i].message);
        cr_assert_null(strstr(diagnostic->message, "secret"));
        cr_assert_null(strstr(diagnostic->message, "LOCATION"));
        cr_assert_null(strchr(diagnostic->message, '\n'));
        cr_assert_gt(strlen(diagnostic->help), 0);
    }
    connect_error_report(info, CONNECT_TIMED_OUT, "", diags);
    cr_assert_eq(diags->items.items[lengthof(rows)]->code, DIAG_UNREACHABLE);
    connect_error_report(info, CONNECT_ANSWER_MISSING, "", diags);
    cr_assert_eq(diags->items.items[lengthof(rows) + 1]->code, DIAG_CONNECT_TIMEOUT);
    arena_free(arena);
}
