/*
 * canon_definition.h - what an opaque object is, in one spelling: as somebody wrote it or as a
 * server of any major prints it.
 */
#ifndef BELLOWS_COMPILER_CANON_CANON_DEFINITION_H
#define BELLOWS_COMPILER_CANON_CANON_DEFINITION_H

#include "compiler/canon/canon.h"

/* Equal names of two objects of one kind and identity mean the same object. NULL: not understood,
 * and nothing but the definitions themselves may be compared. */
Name canon_definition(const Catalog *catalog, const Opaque *opaque);

#endif
