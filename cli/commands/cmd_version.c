/*
 * cmd_version.c - `bellows version`, also as `--version` and `-v`.
 */
#include "base/common.h"

#include "cli/console/answer.h"
#include "runtime/generate/client_version.h"

enum { OLDEST_SERVER = 12, NEWEST_SERVER = 18, GRAMMAR = 15 };

/* A static program opens no libraries: what it was linked with, and what those were made without.
 */
#ifdef BELLOWS_STATIC
static const char *const linked_in = BELLOWS_STATIC;
#else
static const char *const linked_in = NULL;
#endif
static const char left_out[] = "Kerberos (GSSAPI) and LDAP";

static void answer(Cli *cli, unsigned client)
{
    json_t *servers = json_object();
    json_object_set_new(servers, "oldest", json_integer(OLDEST_SERVER));
    json_object_set_new(servers, "newest", json_integer(NEWEST_SERVER));
    json_object_set_new(servers, "grammar", json_integer(GRAMMAR));
    answer_text(cli, "bellows", BELLOWS_VERSION);
    answer_put(cli, "postgresql", servers);
    answer_put(cli, "client", client == 0 ? json_null() : json_integer(client));
    if (linked_in != NULL) {
        answer_text(cli, "static", linked_in);
        answer_text(cli, "without", left_out);
    }
}

ExitCode cmd_version(Cli *cli)
{
    const unsigned client = client_version(cli->arena, ".");
    answer(cli, client);
    cli_print(cli, "bellows %s\n", BELLOWS_VERSION);
    cli_say(cli, "PostgreSQL %d to %d; reads SQL with the grammar of PostgreSQL %d\n",
            OLDEST_SERVER, NEWEST_SERVER, GRAMMAR);
    if (linked_in != NULL) {
        cli_say(cli, "one static program, without %s: %s\n", left_out, linked_in);
    }
    if (client != 0) {
        cli_say(cli, "this project is for version %u of Prisma's client\n", client);
    }
    return EXIT_DONE;
}
