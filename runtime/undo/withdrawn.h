/*
 * withdrawn.h - scripts of a plan that was taken back before they ran: they left the folder.
 *
 * The first script of an undo says `undoes=PLAN` and, for each, `withdraws=NAME`; beside it the
 * file `withdrawn` holds their texts, so that the undo itself can be taken back. A database that
 * has one of them is in a state that the undo was not made for (E0536). While a folder still holds
 * one (a run was killed in between), it counts as gone.
 */
#ifndef BELLOWS_RUNTIME_UNDO_WITHDRAWN_H
#define BELLOWS_RUNTIME_UNDO_WITHDRAWN_H

#include "runtime/history/history.h"
#include "runtime/history/migrations.h"

/* The text of the file `withdrawn`. */
char *withdrawn_text(Arena *arena, const MigrationList *list);
/* The migrations it holds, with the snapshot of the plan's other scripts; none where `undo`
 * withdraws none. False: the file is not there, or does not hold just the texts that the directives
 * name. */
typedef VEC(NewMigration) NewMigrationList;
MUST_CHECK bool withdrawn_read(Arena *arena, const Migrations *migrations, const Migration *undo,
                               NewMigrationList *ret_list);

/* Names of migrations that others of the folder have taken back. */
typedef VEC(const char *) WithdrawnList;
void withdrawn_find(const Migrations *migrations, WithdrawnList *ret_list);
bool withdrawn_holds(const WithdrawnList *list, const Migration *migration);
/* Is none of what `pending` withdraws applied? Else E0536. */
MUST_CHECK bool withdrawn_check(Arena *arena, const History *history, const Migration *pending,
                                Diagnostics *diags);

#endif
