/*
 * url.h - a connection URL taken apart, in the reference tool's dialect and libpq's at once.
 *
 * `postgresql://user:password@host:port/database?parameter=value`. The result names every libpq
 * option the URL sets; which of them this libpq knows is session.c's business. Parameters of the
 * format's own (`schema`, `sslaccept`, `pgbouncer`, ...) are understood, those about connection
 * pools are checked and dropped. Pure text work: nothing is looked up, opened or resolved.
 *
 * Everything lives in the arena given to url_parse. A ConnInfo holds the password: print it with
 * url_display only. Times are seconds. Source of the rules: docs/connection.md.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_URL_H
#define BELLOWS_INTROSPECT_SESSION_URL_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "base/vec.h"

/* A libpq connection option and its value, decoded. */
typedef struct ConnParam {
    const char *keyword, *value;
} ConnParam;

typedef struct ConnInfo {
    VEC(ConnParam) params;    /* in the order of the URL; each keyword once */
    const char *schema;       /* NULL: the URL does not say */
    uint32_t connect_timeout; /* per host; 0: wait for ever */
    uint32_t socket_timeout;  /* per statement; 0: none */
    bool pgbouncer;           /* a transaction pooler stands in between */
    bool direct;              /* `pgbouncer=false`: none does, whatever it looks like */
    bool tls_may_be_absent;   /* sslaccept=strict without sslmode=require: certificates are checked
                                 where the server has TLS at all */
} ConnInfo;

/* --- construction --- */

/* Reports P1013 and returns false when `text` is no connection URL. */
MUST_CHECK bool url_parse(Arena *arena, const char *text, Diagnostics *diags,
                          const ConnInfo **ret_info);
/* The same connection to another database, without a schema. */
const ConnInfo *conninfo_with_database(Arena *arena, const ConnInfo *info, const char *database);
/* The same connection with relative certificate paths taken from `directory`. Version 6 takes them
 * from the schema's folder (its manual, "Connection URLs"). */
const ConnInfo *conninfo_with_directory(Arena *arena, const ConnInfo *info, const char *directory);

/* --- queries --- */

/* The value of a libpq option, NULL when the URL does not set it. */
const char *conninfo_get(const ConnInfo *info, const char *keyword);

/* --- printing --- */

/* The URL without password and without options: `postgresql://user@host:port/database?schema=x`. */
const char *url_display(Arena *arena, const ConnInfo *info);
/* `host:port`, or the socket directory, for messages. */
const char *url_display_server(Arena *arena, const ConnInfo *info);

#endif
