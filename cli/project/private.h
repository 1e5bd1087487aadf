/*
 * private.h - the project's private PostgreSQL, for commands that need a database and were given
 * none.
 */
#ifndef BELLOWS_CLI_PROJECT_PRIVATE_H
#define BELLOWS_CLI_PROJECT_PRIVATE_H

#include "cli/console/cli.h"
#include "runtime/server/server.h"

/* Where server programs and caches are, as the environment says. */
ServerPlaces cli_server_places(Cli *cli);
/* The folder, the places of programs and caches, as the environment has them. */
ServerOptions private_options(Cli *cli);
/* Looks without starting anything; false also when it cannot be told. */
bool private_is_running(Cli *cli);
/* Starts the server if need be; the URL of the project's database on it. */
MUST_CHECK bool private_database_url(Cli *cli, const char **ret_url);

#endif
