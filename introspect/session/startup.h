/*
 * startup.h - what a connection attempt sends first, and how to try again when it is refused.
 *
 * Pure: texts in, texts out, in the arena given.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_STARTUP_H
#define BELLOWS_INTROSPECT_SESSION_STARTUP_H

#include "base/common.h"
#include "introspect/session/url.h"

typedef struct Startup {
    const char *sslmode; /* NULL: the URL's */
    bool plain;          /* no settings in the packet: they go by SET after connecting */
} Startup;

typedef VEC(ConnParam) ConnParamList;

/* The URL's options with ours: application name, encoding, search path. A value may be NULL. */
ConnParamList startup_params(Arena *arena, const ConnInfo *info, Startup startup);
/* Changes `startup` to what the refusal `message` asks for; false when there is no other way. */
bool startup_adapt(const ConnInfo *info, const char *message, Startup *startup);

#endif
