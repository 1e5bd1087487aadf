/*
 * commands.h - the table of commands (cli/console/commands.def), asked by name.
 */
#ifndef BELLOWS_CLI_MANUAL_COMMANDS_H
#define BELLOWS_CLI_MANUAL_COMMANDS_H

#include "cli/console/cli.h"

/* All of them, in the order of the table. */
const Command *commands_all(size_t *ret_count);
const Command *command_find(const char *name);
/* The command that `args` begin with, of two words before one of one; NULL when there is none.
 * `--version` is one. */
const Command *command_of(const char *const *args, size_t count, size_t *ret_words);
/* Is `word` the first word of commands of two words ("migrate")? */
bool command_is_group(const char *word);
bool command_in_group(const Command *command, const char *group);
/* The first word of a command where no row above begins with it; else NULL. For lists of words. */
const char *command_first_word(Arena *arena, const Command *command);
/* What was meant: a command, the first word of several, an option that stands without one. */
const char *command_nearest(Arena *arena, const char *typed);

/* A command of Prisma's that is none of ours (elsewhere.def), or NULL. */
typedef struct Elsewhere {
    const char *name, *what, *instead;
} Elsewhere;
const Elsewhere *command_elsewhere(const char *const *args, size_t count);

#endif
