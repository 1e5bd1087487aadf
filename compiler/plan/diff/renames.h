/*
 * renames.h - renames that are stated or known, never guessed.
 *
 * Sources, DESIGN section 6: a field (or model, enum, value) that keeps its name in the schema text
 * while its database name changes, known by comparing with the previous schema text; a `///
 * @renamedFrom(name)` hint; a `--rename Model.field=newName` flag. A rename counts only if the old
 * name exists in the source catalog and not in the wanted one, and the new one the other way round;
 * or if the names pass from one to the next, as when two models exchange their tables.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_RENAMES_H
#define BELLOWS_COMPILER_PLAN_DIFF_RENAMES_H

#include "base/diag/diag.h"
#include "compiler/plan/diff/enum_rename.h"

typedef struct Rename {
    Name schema;
    Name table;  /* name in the source catalog */
    Name column; /* column's name in the source catalog; NULL: the table itself is renamed */
    Name new_schema;
    Name new_table;  /* name in the wanted catalog (the same when only the column is renamed) */
    Name new_column; /* NULL when column is */
} Rename;

typedef VEC(Rename) RenameList;

typedef struct Renames {
    RenameList named;     /* tables and columns */
    EnumRenameList enums; /* enum types and their values */
} Renames;

/*
 * All renames from `from` to `to`. `previous` is the catalog of the schema text that led to `from`
 * (NULL when not known; `from` itself when it was made from a text). `flags` are
 * "Table.column=newName" or "Table=NewName" texts, in model or database names, or the same of an
 * enum and its value; a flag that names nothing is reported.
 */
MUST_CHECK bool renames_find(const Catalog *from, const Catalog *to, const Catalog *previous,
                             const char *const *flags, size_t flag_count, Diagnostics *diags,
                             Arena *arena, Renames *ret_renames);

#endif
