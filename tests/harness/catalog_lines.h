/*
 * catalog_lines.h - a catalog as lines, an object each, for bellows_replay.
 */
#ifndef BELLOWS_TESTS_HARNESS_CATALOG_LINES_H
#define BELLOWS_TESTS_HARNESS_CATALOG_LINES_H

#include "base/arena.h"
#include "compiler/catalog/catalog.h"
#include "compiler/compare/compare.h"

/* `deployer`: whose privileges are left out; NULL: nobody's. The text lives in the arena. */
char *catalog_lines(Arena *arena, const Catalog *catalog, Name deployer);
/* Is it more than a text in other words, which canon cannot tell to mean the same? */
bool difference_is_claim(const Difference *difference);

#endif
