/*
 * signing.h - the contract of Prisma 8 beside our commands: made anew by `generate`, signed after
 * `migrate deploy` (docs/prisma-8.md).
 */
#ifndef BELLOWS_CLI_COMMANDS_SIGNING_H
#define BELLOWS_CLI_COMMANDS_SIGNING_H

#include "cli/project/project.h"

/* `prisma contract emit`. */
MUST_CHECK bool contract_emit(Cli *cli);

/* Is the database to be signed, and is it the one Prisma would sign? Asked before anything runs. */
MUST_CHECK bool contract_wants_sign(Cli *cli, bool *ret_wanted);
/* `prisma db sign`. While something waits at a gate the contract's shape may not be there yet: then
 * that is said, and no failure. */
MUST_CHECK bool contract_sign(Cli *cli, bool waits);

#endif
