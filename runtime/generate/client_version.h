/*
 * client_version.h - for which version of Prisma's client a project is: 6, 7, 8.
 *
 * Source of the rule: what is installed counts, then what package.json asks for.
 */
#ifndef BELLOWS_RUNTIME_GENERATE_CLIENT_VERSION_H
#define BELLOWS_RUNTIME_GENERATE_CLIENT_VERSION_H

#include "base/arena.h"

/* The major version of `@prisma/client` or `prisma`, as installed around `folder` or as the nearest
 * package.json asks for it; 0 where neither tells. Nothing is reported. */
unsigned client_version(Arena *arena, const char *folder);

#endif
