/*
 * catalog_print.h - a catalog as text, for tests and for `inspect`.
 *
 * One object a line, parts indented, in the catalog's own order; everything that takes part in a
 * comparison is shown, places in the source are not. Stable: tests keep these texts.
 */
#ifndef BELLOWS_COMPILER_CATALOG_CATALOG_PRINT_H
#define BELLOWS_COMPILER_CATALOG_CATALOG_PRINT_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

void catalog_print(StrBuf *out, const Catalog *catalog);

#endif
