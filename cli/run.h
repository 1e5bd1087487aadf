/*
 * run.h - from the words of the command line to a command and its exit code.
 *
 * The table of commands is commands.def; help is printed from it (cli/manual), so it cannot drift
 * from the program. What is wrong with the words is in the sink, exit code 64.
 */
#ifndef BELLOWS_CLI_RUN_H
#define BELLOWS_CLI_RUN_H

#include "cli/console/cli.h"

ExitCode run_program(Cli *cli, const char *const *args, size_t count);

#endif
