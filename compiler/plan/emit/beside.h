/*
 * beside.h - statements for what no plan has a step for: domains, functions, views, checks,
 * triggers and the rest that a database holds, in the server's words.
 *
 * For a script that makes a whole database anew (`migrate diff --from-empty --to-url`). In: a
 * complete catalog, read from a server under its default schema.   Out: what stands before the
 * first table and what stands behind everything else. What it cannot write beside_makes tells.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_BESIDE_H
#define BELLOWS_COMPILER_PLAN_EMIT_BESIDE_H

#include "compiler/catalog/catalog.h"

/* Sections as emit.h has them, "" when there is nothing; each ends with an empty line. */
char *beside_before(Arena *arena, const Catalog *catalog);
char *beside_after(Arena *arena, const Catalog *catalog);

/* Is the object made by one of both? */
bool beside_makes(const Catalog *catalog, const Opaque *object);

#endif
