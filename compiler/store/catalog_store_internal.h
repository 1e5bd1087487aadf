/*
 * catalog_store_internal.h - the form of a stored catalog, which its writer and its reader share.
 *
 * A head, the digest of what follows, then numbers of four bytes, least significant first: all
 * names, each once; then the objects, which refer to names, tables, columns and enum types by their
 * place. Zero is none, where there may be none. A member more of one of these types has to be
 * written, read, and counted here.
 */
#ifndef BELLOWS_COMPILER_STORE_CATALOG_STORE_INTERNAL_H
#define BELLOWS_COMPILER_STORE_CATALOG_STORE_INTERNAL_H

#include "base/digest.h"
#include "compiler/store/catalog_store.h"

#define STORE_HEAD "bellows catalog 3\n"

enum { STORE_HEAD_SIZE = sizeof STORE_HEAD - 1, STORE_SUM_SIZE = DIGEST_HEX_SIZE - 1 };

static_assert(sizeof(void *) != 8 ||
                  (sizeof(Catalog) == 328 && sizeof(Table) == 192 && sizeof(Column) == 248 &&
                   sizeof(Index) == 184 && sizeof(ForeignKey) == 120 && sizeof(Opaque) == 184),
              "a member more: write and read it");

#endif
