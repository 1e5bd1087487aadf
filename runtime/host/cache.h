/*
 * cache.h - files that can be made again, kept under a key in a folder of the user's own.
 *
 * Only a folder that belongs to this user and that nobody else may enter is used, and only plain
 * files of his in it. Whatever goes wrong is no error: then nothing is found, or nothing is kept.
 * What is found was written by this user, and may be damaged: it is for the caller to look at.
 */
#ifndef BELLOWS_RUNTIME_HOST_CACHE_H
#define BELLOWS_RUNTIME_HOST_CACHE_H

#include "base/arena.h"
#include "base/common.h"

/* `key`: letters and digits. The bytes are the arena's. */
MUST_CHECK bool cache_find(Arena *arena, const char *folder, const char *key, char **ret_bytes,
                           size_t *ret_len);

/* Written anew and moved into place; the oldest go where there are many. */
void cache_keep(Arena *arena, const char *folder, const char *key, const char *bytes, size_t len);

#endif
