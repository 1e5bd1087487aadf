/*
 * stated_versions.h - which extensions a script wants in a version: CREATE EXTENSION ... VERSION,
 * ALTER EXTENSION ... UPDATE TO.
 *
 * A dump never tells a version, and a server gives the one it has: only a version that somebody
 * wrote down is compared.
 */
#ifndef BELLOWS_COMPILER_COMPARE_STATED_VERSIONS_H
#define BELLOWS_COMPILER_COMPARE_STATED_VERSIONS_H

#include "base/arena.h"
#include "base/common.h"
#include "base/vec.h"

typedef VEC(const char *) StatedVersions;

/* Appends their names, in `arena`. A text that does not parse states nothing. */
void stated_versions_add(Arena *arena, const char *sql, size_t len, StatedVersions *stated);

#endif
