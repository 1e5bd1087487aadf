/*
 * help.h - the table of commands, and everything printed from it.
 */
#ifndef BELLOWS_CLI_HELP_H
#define BELLOWS_CLI_HELP_H

#include "cli/console/cli.h"

const Command *help_find_command(const char *name);
/* Is `word` the first word of commands of two words ("migrate")? */
bool help_is_group(const char *word);
const char *help_nearest_command(const char *typed);

/* A command of Prisma's that is none of ours (elsewhere.def), or NULL. */
typedef struct Elsewhere {
    const char *name, *what, *instead;
} Elsewhere;
const Elsewhere *help_find_elsewhere(const char *const *args, size_t count);

void help_overview(Cli *cli);
void help_group(Cli *cli, const char *group);
void help_command(Cli *cli, const Command *command);

#endif
