/*
 * session_libpq.h - libpq, loaded when a connection is first wanted.
 *
 * libpq brings twenty libraries with it (TLS, Kerberos, LDAP), whose loading takes longer than
 * checking a schema does: five of the eight milliseconds of a small `validate`
 * (docs/decisions/0012). So it is not linked but opened by session.c's first need; its functions
 * keep their names.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_SESSION_LIBPQ_H
#define BELLOWS_INTROSPECT_SESSION_SESSION_LIBPQ_H

#include "base/common.h"

/* False when it is not installed, or too old; `ret_why` is the loader's own sentence. */
MUST_CHECK bool libpq_load(const char **ret_why);

#endif
