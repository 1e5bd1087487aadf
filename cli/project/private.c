#include "base/common.h"

#include "cli/project/private.h"

#include "base/file.h"

#define PRIVATE_FOLDER ".bellows/postgres"
/* The database of the private server that a project without a URL works on. */
#define PRIVATE_DATABASE "dev"

ServerPlaces cli_server_places(Cli *cli)
{
    const char *cache = environment("XDG_CACHE_HOME");
    const char *home = environment("HOME");
    ServerPlaces places = {.programs = environment("BELLOWS_PG_BINDIR"),
                           .path = environment("PATH"),
                           .temporary = environment("TMPDIR")};
    if (cache != NULL && cache[0] == '/') {
        places.cache = path_join(cli->arena, cache, "bellows");
    } else if (home != NULL && home[0] == '/') {
        places.cache = path_join(cli->arena, home, ".cache/bellows");
    }
    return places;
}

ServerOptions private_options(Cli *cli)
{
    return (ServerOptions){.places = cli_server_places(cli), .folder = PRIVATE_FOLDER};
}

bool private_is_running(Cli *cli)
{
    ServerOptions options = private_options(cli);
    ServerStatus status;
    Diagnostics *silent = diagnostics_new(cli->arena, cli->sources);
    return server_status(&options, cli->arena, silent, &status) && status.running;
}

bool private_database_url(Cli *cli, const char **ret_url)
{
    Server *server = NULL;
    ServerOptions options = private_options(cli);
    if (!cli->private_told) {
        cli->private_told = true;
        cli_note(cli, "No database given: using the private server in %s.", PRIVATE_FOLDER);
    }
    if (!server_start(&options, cli->arena, cli->diags, &server)) {
        return false;
    }
    *ret_url = server_url(server, PRIVATE_DATABASE);
    return true;
}
