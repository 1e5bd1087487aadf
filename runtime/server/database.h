/*
 * database.h - opens the database a project names, creating it when it is not there.
 *
 * Commands of development and deployment create a missing database, as users of the format expect;
 * all others report P1003. The URL's schema is created too when it is missing and `create` is set.
 */
#ifndef BELLOWS_RUNTIME_SERVER_DATABASE_H
#define BELLOWS_RUNTIME_SERVER_DATABASE_H

#include "introspect/session/session.h"

typedef struct DatabaseOptions {
    bool create;
    SessionOptions session;
} DatabaseOptions;

/* The caller closes the session. `ret_created` may be NULL. */
MUST_CHECK bool database_open(Arena *arena, const ConnInfo *info, const DatabaseOptions *options,
                              Diagnostics *diags, Session **ret_session, bool *ret_created);

/* Creates `schema` if it is not there yet. */
MUST_CHECK bool database_create_schema(Arena *arena, Session *session, const char *schema,
                                       Diagnostics *diags);

#endif
