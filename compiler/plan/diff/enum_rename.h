/*
 * enum_rename.h - enums and values of enums that only change their names.
 *
 * Found with the other renames (renames.h). Once they are done nothing else of them differs, so a
 * plan compares with a catalog in which the new names already stand.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_ENUM_RENAME_H
#define BELLOWS_COMPILER_PLAN_DIFF_ENUM_RENAME_H

#include "compiler/catalog/catalog.h"
#include "compiler/plan/diff/enum_uses.h"

/* An enum of `from`, and what it is called afterwards: the same values, by position. */
typedef struct EnumRename {
    const EnumType *before, *after;
} EnumRename;

typedef VEC(EnumRename) EnumRenameList;

/* Gives the catalog's enum the names of `after` for those of `before`; defaults and predicates that
 * hold its values follow. `uses`: of the catalog. */
void enum_rename(Catalog *catalog, EnumUses *uses, EnumType *type, const EnumType *before,
                 const EnumType *after);

/* A copy of `from` after the renames. */
Catalog *enum_renames_done(Arena *arena, const Catalog *from, const EnumRenameList *renames);

#endif
