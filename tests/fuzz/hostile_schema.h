/*
 * hostile_schema.h - two schemas by chance whose every name and text is hostile, and the same with
 * harmless ones.
 *
 * What differs between the two is chosen by the seed alone, so that the hostile pair and its
 * harmless twin have the same plan but for names. For tests/fuzz/hostile.c.
 */
#ifndef BELLOWS_TESTS_HOSTILE_SCHEMA_H
#define BELLOWS_TESTS_HOSTILE_SCHEMA_H

#include "base/arena.h"
#include "base/common.h"

typedef struct HostilePair {
    const char *from, *to;
} HostilePair;

HostilePair hostile_pair(Arena *arena, unsigned seed, bool harmless);
/* The name number `which` of the seed, up to 63 bytes of UTF-8; unlike all others of the seed. */
const char *hostile_name(Arena *arena, unsigned seed, unsigned which);

#endif
