/*
 * canon.c - canonicalisation; so far only what stands as it is read.
 */
#include "base/common.h"

#include "compiler/canon.h"

#include <string.h>

void canon_catalog(Catalog *catalog)
{
    catalog->canonical = true;
}

Name canon_expression(Names *names, const char *text, UNUSED const ColumnType *type)
{
    return intern_cstr(names, text);
}

Default canon_read_default(Catalog *catalog, const char *text, UNUSED const ColumnType *type)
{
    Default dflt = {.kind = DEFAULT_EXPRESSION, .text = intern_cstr(catalog->names, text)};
    if (strcmp(text, "CURRENT_TIMESTAMP") == 0 || strcmp(text, "now()") == 0) {
        dflt.kind = DEFAULT_NOW;
    }
    return dflt;
}

bool default_equal(const Default *a, const Default *b)
{
    return a->kind == b->kind && a->canonical == b->canonical;
}
