/*
 * seeding.h - the project's seed command, for `db seed`, `migrate reset`, `migrate dev`.
 */
#ifndef BELLOWS_CLI_COMMANDS_SEEDING_H
#define BELLOWS_CLI_COMMANDS_SEEDING_H

#include "cli/project/project.h"

/*
 * Runs it with DATABASE_URL set to `database` (NULL: as the environment has it) and the operands
 * after
 * `--`. Without a configured command: nothing, or, when `explain`, how to configure one.
 */
ExitCode seed_project(Cli *cli, const Database *database, bool explain);

#endif
