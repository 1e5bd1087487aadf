/*
 * callers.h - whoever types the commands: a program of its own accord needs a person's word first.
 *
 * Prisma refuses to let such programs (callers.def) empty a database or agree to losses, unless
 * the variable PRISMA_USER_CONSENT_FOR_DANGEROUS_AI_ACTION holds what a person said. The same
 * guard stands here, with the same variable, so that one setting serves both.
 */
#ifndef BELLOWS_CLI_CONSOLE_CALLERS_H
#define BELLOWS_CLI_CONSOLE_CALLERS_H

#include "cli/console/cli.h"

/* False, reported, when a program is about to do `what` ("drop all data") and nobody's word is
 * given. */
MUST_CHECK bool caller_may(Cli *cli, const char *what);

#endif
