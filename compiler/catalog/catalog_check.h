/*
 * catalog_check.h - invariants of a catalog, asserted after every pass in debug builds.
 *
 * What must hold whatever the source was: an index has parts, columns belong to their table, lists
 * of columns correspond, an enum column has its enum. A catalog that breaks one is our bug, never
 * the user's.
 */
#ifndef BELLOWS_COMPILER_CATALOG_CATALOG_CHECK_H
#define BELLOWS_COMPILER_CATALOG_CATALOG_CHECK_H

#include "compiler/catalog/catalog.h"

/* The first broken invariant in words, or NULL; the words live in the catalog's arena. */
const char *catalog_broken(const Catalog *catalog);

/* Aborts with those words; nothing in release builds. */
void catalog_check(const Catalog *catalog);

#endif
