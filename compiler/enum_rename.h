/*
 * enum_rename.h - enums and values of enums that only change their names.
 *
 * Known like other renames: the block (or the value) keeps its name in the schema text while its
 * name in the database changes. The direct strategy renames; then nothing else differs, so a plan
 * starts from a catalog in which the new names already stand.
 */
#ifndef BELLOWS_COMPILER_ENUM_RENAME_H
#define BELLOWS_COMPILER_ENUM_RENAME_H

#include "compiler/catalog.h"

/* An enum of `from`, and what it is called afterwards: the same values, by position. */
typedef struct EnumRename {
    const EnumType *before, *after;
} EnumRename;

typedef VEC(EnumRename) EnumRenameList;

/* `previous`: the catalog of the schema text that led to `from`. */
EnumRenameList enum_renames_find(Arena *arena, const Catalog *from, const Catalog *to,
                                 const Catalog *previous);

/* Gives the catalog's enum the names of `as`; defaults and predicates that hold its values follow.
 */
void enum_rename(Catalog *catalog, EnumType *type, const EnumType *as);

/* A copy of `from` after the renames. */
Catalog *enum_renames_done(Arena *arena, const Catalog *from, const EnumRenameList *renames);

#endif
