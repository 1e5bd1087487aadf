/*
 * status.h - `migrate status` for programs: docs/schemas/status.schema.json.
 */
#ifndef BELLOWS_CLI_COMMANDS_STATUS_H
#define BELLOWS_CLI_COMMANDS_STATUS_H

#include "cli/project/workspace.h"

/* The members of the answer (cli/console/answer.h). `is_well`: the exit code will be 0. */
void status_answer(Cli *cli, const Workspace *workspace, const Diagnosis *diagnosis, bool is_well);

#endif
