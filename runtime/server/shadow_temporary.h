/*
 * shadow_temporary.h - a database beside others that lives as long as a replay.
 *
 * Its name begins with the server's time when it was made, and its connection limit (as a comment
 * did once) marks it from the moment it is there, so that a run which was killed leaves one that
 * the next can tell from those at work and from what others call so: it is marked, old, of the same
 * role, and nobody is connected to it.
 */
#ifndef BELLOWS_RUNTIME_SERVER_SHADOW_TEMPORARY_H
#define BELLOWS_RUNTIME_SERVER_SHADOW_TEMPORARY_H

#include "introspect/session/session.h"

/* Makes one, from a session to another database; those of killed runs of this role go first. The
 * name needs no quoting and clashes with nothing. */
MUST_CHECK bool shadow_temporary_create(Arena *arena, Session *session, const char **ret_name,
                                        ServerError *ret_error);
/* Also where somebody is connected to it, from PostgreSQL 13 on. */
MUST_CHECK bool shadow_temporary_drop(Arena *arena, Session *session, const char *name,
                                      ServerError *ret_error);

#endif
