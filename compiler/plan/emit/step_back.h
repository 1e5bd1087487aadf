/*
 * step_back.h - what stands between two states and is in no plan: what scripts made that the schema
 * language cannot say, and tables that wait behind a view.
 *
 * A plan to undo leads from what is there to what there was. What only the first of the two holds
 * has to step back before: views under old names (their tables take the names back), triggers and
 * their functions, checks, casts. All of it is one transaction, behind which every program of the
 * second state goes on working: a column that a trigger filled may be null from then on, until the
 * plan drops it.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_STEP_BACK_H
#define BELLOWS_COMPILER_PLAN_EMIT_STEP_BACK_H

#include "compiler/catalog/catalog.h"
#include "compiler/plan/diff/renames.h"

/*
 * The statements, each ended by `;`; "" when nothing stands between. Both catalogs with their
 * opaque objects; `names`: tables and columns of `there` that have other names in `wanted`.
 */
char *step_back_sql(Arena *arena, const Catalog *there, const Catalog *wanted,
                    const RenameList *names);

#endif
