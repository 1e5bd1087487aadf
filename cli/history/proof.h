/*
 * proof.h - do two lists of migrations make the same, and does a database hold what they make?
 *
 * Lists are replayed as `check` replays them (replaying.h), whole: everything a dump would tell is
 * compared. What differs is told in the words of drift.h.
 */
#ifndef BELLOWS_CLI_HISTORY_PROOF_H
#define BELLOWS_CLI_HISTORY_PROOF_H

#include "cli/project/workspace.h"

typedef VEC(const Migration *) MigrationRun;

/* The catalog a run of migrations makes, with all that a dump tells. NULL after a report. */
MUST_CHECK Catalog *proof_replay(Cli *cli, const Workspace *workspace, const MigrationRun *run);
/* What `found` has otherwise than `wanted`; "" where they are the same. Other orders of scripts
 * make other orders of columns, which no program may rely on: `in_any_order` leaves them out. */
char *proof_difference(Cli *cli, const Catalog *wanted, const Catalog *found, bool in_any_order);

/*
 * Does the database hold what the migration `name` makes of the ones before it? Only what this
 * migration makes, changes or takes away is looked at, and what later ones of the folder change
 * again is not. *ret_lacks: what is not there, in lines; "" where all is. False where that cannot
 * be told: the report says why.
 */
MUST_CHECK bool proof_of_applied(Cli *cli, Workspace *workspace, const char *name,
                                 const char **ret_lacks);

#endif
