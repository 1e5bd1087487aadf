/*
 * shared.h - may others have a migration already? Where git keeps the folder, a commit of a remote
 * branch that holds it says so. Without git, and where none was pushed, nothing is known.
 */
#ifndef BELLOWS_RUNTIME_UNDO_SHARED_H
#define BELLOWS_RUNTIME_UNDO_SHARED_H

#include "runtime/history/migrations.h"

/* Is one of them in a commit that a remote has, as far as the clone at hand knows? `ret_refusal`:
 * what git says where it does not tell (another's repository, a broken one); else NULL. */
bool migrations_are_shared(Arena *arena, const Migrations *migrations, const MigrationList *list,
                           const char **ret_refusal);

#endif
