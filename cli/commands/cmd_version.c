/*
 * cmd_version.c - `bellows version`, also as `--version` and `-v`.
 */
#include "base/common.h"

#include "base/json_out.h"
#include "cli/console/cli.h"
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

static void print_json(Cli *cli, unsigned client)
{
    JsonOut out = json_out_new(&cli->out, true);
    json_out_open(&out, '{');
    json_out_text(&out, "bellows", BELLOWS_VERSION);
    json_out_open_member(&out, "postgresql", '{');
    json_out_integer(&out, "oldest", OLDEST_SERVER);
    json_out_integer(&out, "newest", NEWEST_SERVER);
    json_out_integer(&out, "grammar", GRAMMAR);
    json_out_close(&out);
    if (client == 0) {
        json_out_null(&out, "client");
    } else {
        json_out_integer(&out, "client", client);
    }
    if (linked_in != NULL) {
        json_out_text(&out, "static", linked_in);
        json_out_text(&out, "without", left_out);
    }
    json_out_close(&out);
    strbuf_char(&cli->out, '\n');
}

ExitCode cmd_version(Cli *cli)
{
    const unsigned client = client_version(cli->arena, ".");
    if (option_given(&cli->options, OPT_JSON)) {
        print_json(cli, client);
        return EXIT_DONE;
    }
    cli_print(cli, "bellows %s\n", BELLOWS_VERSION);
    cli_print(cli, "PostgreSQL %d to %d; reads SQL with the grammar of PostgreSQL %d\n",
              OLDEST_SERVER, NEWEST_SERVER, GRAMMAR);
    if (linked_in != NULL) {
        cli_print(cli, "one static program, without %s: %s\n", left_out, linked_in);
    }
    if (client != 0) {
        cli_print(cli, "this project is for version %u of Prisma's client\n", client);
    }
    return EXIT_DONE;
}
