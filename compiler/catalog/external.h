/*
 * external.h - objects that others own: known, referred to, and never made, changed or dropped.
 *
 * A comparison of two catalogs must not speak of them. Before it, both are made to hold the same of
 * them (external_align), so that foreign keys to them find their table on both sides and nothing of
 * the tables themselves differs. Names are exact: schema and table, or a whole schema.
 * Source of the rules: the reference tool's `tables.external` and `enums.external`.
 */
#ifndef BELLOWS_COMPILER_CATALOG_EXTERNAL_H
#define BELLOWS_COMPILER_CATALOG_EXTERNAL_H

#include "compiler/catalog/catalog.h"

typedef struct ExternalName {
    Name schema, name;
} ExternalName;

/* A zeroed one holds nothing. */
typedef struct External {
    VEC(ExternalName) tables, enums;
    VEC(Name) schemas; /* all in them */
} External;

bool external_has_schema(const External *external, Name schema);
bool external_has_table(const External *external, Name schema, Name name);
bool external_has_enum(const External *external, Name schema, Name name);

/* Both hold the external objects of either, as `from` has them where it does. `external` may be
 * NULL. */
void external_align(const External *external, Catalog *from, Catalog *to);

#endif
