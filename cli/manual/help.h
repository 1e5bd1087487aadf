/*
 * help.h - `--help`, printed from the tables; in a terminal's width where there is one.
 */
#ifndef BELLOWS_CLI_MANUAL_HELP_H
#define BELLOWS_CLI_MANUAL_HELP_H

#include "cli/manual/commands.h"

void help_overview(Cli *cli);
void help_group(Cli *cli, const char *group);
void help_command(Cli *cli, const Command *command);

/* What stands behind `name`, from `column` on; below it on a terminal that is too narrow for that.
 */
void help_name(Cli *cli, const char *name, const char *text, size_t column);

/* The exit codes of all commands, in one sentence. */
extern const char help_exit_codes[];

/* The same tables in other forms, to standard output: a page for `man` of one command, or of all
 * (NULL), and the reference in Markdown. */
void manual_roff(Cli *cli, const Command *command);
void manual_markdown(Cli *cli);

#endif
