/*
 * catalog_copy.h - copies of catalogs and of single objects, to be changed without touching the
 * original.
 *
 * A copy lives in the arena given (do not catalog_free it) and shares with its source what nobody
 * changes: names, literals, sequences, places. References between objects are found again by name
 * inside the catalog the copy goes to. The source must outlive the copy.
 */
#ifndef BELLOWS_COMPILER_CATALOG_CATALOG_COPY_H
#define BELLOWS_COMPILER_CATALOG_CATALOG_COPY_H

#include "compiler/catalog/catalog.h"

Catalog *catalog_copy(Arena *arena, const Catalog *source);

/*
 * One object of another catalog, appended to `catalog`. NULL when something it refers to (an enum
 * type, a column, the referenced table) is not there; then nothing is added.
 */
EnumType *catalog_copy_enum(Catalog *catalog, const EnumType *source);
Column *catalog_copy_column(Catalog *catalog, Table *table, const Column *source);
PrimaryKey *catalog_copy_primary_key(Catalog *catalog, Table *table, const PrimaryKey *source);
Index *catalog_copy_index(Catalog *catalog, Table *table, const Index *source);
ForeignKey *catalog_copy_foreign_key(Catalog *catalog, Table *table, const ForeignKey *source);

/* Gives `column` the type, nullability, default, identity of `source`; false as above. */
bool catalog_copy_definition(const Catalog *catalog, Column *column, const Column *source);

#endif
