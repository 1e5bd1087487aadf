/*
 * filling.h - expressions of `@backfill` whose meaning only a server knows are asked for.
 *
 * Before an online plan is made, wherever the command has a server at hand: the development
 * database, the one a side names, the shadow a folder is replayed on. Without one they stay
 * unknown, and the plan is refused (E0309).
 */
#ifndef BELLOWS_CLI_PROJECT_FILLING_H
#define BELLOWS_CLI_PROJECT_FILLING_H

#include "cli/console/cli.h"
#include "compiler/plan/steps/plan.h"
#include "introspect/session/session.h"

/* What is to be asked while a side is loaded. */
typedef struct Filling {
    const Catalog *to; /* what will be planned to */
    FillAnswers answers;
} Filling;

/* Adds to `filling->answers`. False when the server is lost (reported). */
MUST_CHECK bool filling_ask(Cli *cli, Session *session, const Catalog *from, Filling *filling);

/* Is there anything to ask of one? */
bool filling_asks(Cli *cli, const Catalog *from, const Filling *filling);

#endif
