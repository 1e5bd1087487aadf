/*
 * catalog_store.h - a canonical catalog as bytes, and back.
 *
 * For a cache on one machine: the bytes are of this version of the program only, and say so. What
 * is read is not trusted: a length, a number or a reference that cannot be is a refusal, never a
 * crash; whether the bytes are the ones that were written is for the sum at their head to tell.
 * Catalogs of a replay or a database are stored, not those of a schema's text.
 */
#ifndef BELLOWS_COMPILER_STORE_CATALOG_STORE_H
#define BELLOWS_COMPILER_STORE_CATALOG_STORE_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

/* False where the catalog holds something that has no form here: then `out` is of no use. */
MUST_CHECK bool catalog_store(const Catalog *catalog, StrBuf *out);

/* The catalog, its own arena's; NULL where the bytes are not those of a catalog. */
MUST_CHECK Catalog *catalog_restore(Names *names, const char *bytes, size_t len);

#endif
