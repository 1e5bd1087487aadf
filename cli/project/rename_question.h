/*
 * rename_question.h - on a terminal: is what goes and what comes the same thing under a new name?
 *
 * A rename is never guessed. Where a person can be asked, each pair that could be one (a column
 * that leaves and one of the same type that comes in the same table; a table that leaves and one
 * with the same columns; an enum and one with the same values; two values of an enum) is put as a
 * question. The answers become --rename options.
 */
#ifndef BELLOWS_CLI_PROJECT_RENAME_QUESTION_H
#define BELLOWS_CLI_PROJECT_RENAME_QUESTION_H

#include "cli/console/cli.h"
#include "compiler/plan/diff/diff.h"

/* YES when at least one answer was yes: then the plan must be made again. */
MUST_CHECK Answer ask_about_renames(Cli *cli, const Diff *diff);

#endif
