/*
 * follow.h - a database for development goes along with an undo.
 *
 * Where programs run a plan was undone before its contract scripts; here they have run, and the
 * undo cannot lead back from there. The database gets the difference between what it is and what
 * the folder makes, losses agreed to, and the rows that say the same.
 */
#ifndef BELLOWS_CLI_UNDO_FOLLOW_H
#define BELLOWS_CLI_UNDO_FOLLOW_H

#include "cli/project/workspace.h"

/* Nothing where there is no such undo; else history and diagnosis are read anew. The migration lock
 * is held. */
MUST_CHECK bool follow_undo(Cli *cli, Workspace *workspace, History **history,
                            Diagnosis *diagnosis);

#endif
