/*
 * deploy_preview.h - `migrate deploy --dry-run`: what would run, with its locks, and what waits.
 */
#ifndef BELLOWS_CLI_COMMANDS_DEPLOY_PREVIEW_H
#define BELLOWS_CLI_COMMANDS_DEPLOY_PREVIEW_H

#include "cli/project/workspace.h"

ExitCode print_deploy_preview(Cli *cli, Workspace *workspace);

#endif
