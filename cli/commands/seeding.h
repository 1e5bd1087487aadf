/*
 * seeding.h - the project's seed command, for `db seed`, `migrate reset`, `migrate dev`.
 */
#ifndef BELLOWS_CLI_COMMANDS_SEEDING_H
#define BELLOWS_CLI_COMMANDS_SEEDING_H

#include "cli/project/project.h"

/*
 * After `migrate reset`, and `migrate dev` on a database that it made: runs the seed command in a
 * project of version 6, as that version does; 7 leaves it to `db seed`. It gets DATABASE_URL set to
 * `database` and the operands after `--`. Nothing where none is configured, and with --skip-seed.
 */
ExitCode seed_afterwards(Cli *cli, const SchemaText *schema, const Database *database);

#endif
