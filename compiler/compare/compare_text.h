/*
 * compare_text.h - when the definitions of two opaque objects mean the same; for compare*.c only.
 */
#ifndef BELLOWS_COMPILER_COMPARE_COMPARE_TEXT_H
#define BELLOWS_COMPILER_COMPARE_COMPARE_TEXT_H

#include "compiler/catalog/catalog.h"

/* Both are of one kind, and each of its catalog. */
bool compare_same_text(const Catalog *expected, const Opaque *a, const Catalog *live,
                       const Opaque *b);

#endif
