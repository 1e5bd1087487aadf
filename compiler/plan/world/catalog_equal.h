/*
 * catalog_equal.h - do two catalogs mean the same? Field by field, with the first difference in
 * words.
 *
 * The judge of replay.h, kept apart from diff.h on purpose: a plan is proved by somebody else than
 * the one who wrote it. Objects are paired by name; the order of columns and enum values, places,
 * documentation and names in the schema text do not count. `wanted` decides what is compared: what
 * it does not manage (extensions, partial predicates, foreign keys, opaque defaults) is skipped.
 */
#ifndef BELLOWS_COMPILER_PLAN_WORLD_CATALOG_EQUAL_H
#define BELLOWS_COMPILER_PLAN_WORLD_CATALOG_EQUAL_H

#include "compiler/catalog/catalog.h"

/* When false, *ret_difference is a sentence in `arena`. */
MUST_CHECK bool catalog_equal(Arena *arena, const Catalog *got, const Catalog *wanted,
                              const char **ret_difference);

/* The same of one table of `wanted`. */
bool table_equal(Arena *arena, const Catalog *got, const Catalog *wanted, const Table *table);

/* The same of two indexes with one name. */
bool index_equal(const Index *got, const Index *wanted, const Catalog *wanted_in);

#endif
