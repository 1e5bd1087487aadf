/*
 * chance.h - random numbers from the kernel: identities, jitter, names of throw-away databases.
 *
 * Never seeded, never the same twice; nothing whose output must be reproducible may use it.
 */
#ifndef BELLOWS_RUNTIME_HOST_CHANCE_H
#define BELLOWS_RUNTIME_HOST_CHANCE_H

#include "base/common.h"

enum { UUID_SIZE = 37 }; /* 36 characters and the terminator */

/* A random UUID (version 4) in lower case. */
void chance_uuid(char ret_uuid[UUID_SIZE]);
/* Evenly from 0 to `limit` - 1; 0 when `limit` is 0. */
uint64_t chance_below(uint64_t limit);

#endif
