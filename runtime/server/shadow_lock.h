/*
 * shadow_lock.h - one replay at a time on a shadow database that was given.
 *
 * The migration lock of that database (key 72707369), so that a deployment to it and a replay on it
 * exclude each other too. It is held by a session of its own: what a script does to the session it
 * runs in (DISCARD ALL) lets go of nothing. Through a transaction pooler a session holds nothing,
 * and nothing is taken. Errors: E0555 (exit 75), E0403.
 */
#ifndef BELLOWS_RUNTIME_SERVER_SHADOW_LOCK_H
#define BELLOWS_RUNTIME_SERVER_SHADOW_LOCK_H

#include "introspect/session/session.h"
#include "runtime/server/shadow.h"

/* Waits while somebody else has it, having told `options->waits` who. The session is the caller's
 * to close; the lock ends with it. */
MUST_CHECK bool shadow_lock(Arena *arena, const ConnInfo *info, const ShadowOptions *options,
                            Diagnostics *diags, Session **ret_holder);

#endif
