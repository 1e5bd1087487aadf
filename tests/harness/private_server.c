/*
 * private_server - runs a command with a PostgreSQL of its own.
 *
 *     private_server [--setting NAME=VALUE]... -- COMMAND [ARGUMENT...]
 *
 * The command finds a superuser's URL of the maintenance database in BELLOWS_TEST_URL. Its exit
 * code is ours. Without PostgreSQL on the machine the exit code is 77, which ctest counts as
 * skipped; nothing is passed quietly. BELLOWS_TEST_CACHE names a folder where fresh clusters are
 * kept between runs, BELLOWS_PG_BINDIR the folder of the server programs to use, as for bellows.
 */
#include "base/common.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag/diag.h"
#include "base/vec.h"
#include "runtime/host/process.h"
#include "runtime/server/server.h"

enum { EXIT_NO_SERVER = 77, EXIT_NOT_RUN = 99 };

typedef struct Invocation {
    VEC(const char *) settings;
    char **command;
} Invocation;

static bool read_arguments(char **argv, Arena *arena, Invocation *ret_invocation)
{
    Invocation invocation = {0};
    char **at = argv + 1;
    while (at[0] != NULL && strcmp(at[0], "--setting") == 0 && at[1] != NULL) {
        vec_push(arena, &invocation.settings, at[1]);
        at += 2;
    }
    vec_push(arena, &invocation.settings, NULL);
    if (at[0] == NULL || strcmp(at[0], "--") != 0 || at[1] == NULL) {
        return false;
    }
    invocation.command = at + 1;
    *ret_invocation = invocation;
    return true;
}

static void print_diagnostics(const Diagnostics *diags)
{
    vec_each(Diagnostic *, at, &diags->items) {
        (void)fprintf(stderr, "private_server: %s\n", (*at)->message);
        if ((*at)->help != NULL) {
            (void)fprintf(stderr, "  help: %s\n", (*at)->help);
        }
    }
}

static int run(char **command, const char *url)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (setenv("BELLOWS_TEST_URL", url, 1) == 0) {
            (void)execvp(command[0], command);
        }
        (void)fprintf(stderr, "private_server: %s: %s\n", command[0], strerror(errno));
        _exit(EXIT_NOT_RUN);
    }
    return pid < 0 ? EXIT_NOT_RUN : process_wait(pid);
}

static int serve(const Invocation *invocation, Arena *arena, Diagnostics *diags)
{
    ServerOptions options = {
        .places = {.programs = getenv("BELLOWS_PG_BINDIR"),
                   .path = getenv("PATH"),
                   .cache = getenv("BELLOWS_TEST_CACHE"),
                   .temporary = getenv("TMPDIR")},
        .settings = invocation->settings.items,
    };
    if (!server_is_installed(&options.places, arena)) {
        (void)fprintf(stderr, "SKIPPED: no PostgreSQL server is installed here\n");
        return EXIT_NO_SERVER;
    }
    Server *server = NULL;
    if (!server_start(&options, arena, diags, &server)) {
        return EXIT_NOT_RUN;
    }
    int status = run(invocation->command, server_url(server, "postgres"));
    if (!server_stop(server, diags) && status == EXIT_SUCCESS) {
        status = EXIT_NOT_RUN;
    }
    return status;
}

int main(int argc UNUSED, char **argv)
{
    Arena *arena = arena_new();
    Diagnostics *diags = diagnostics_new(arena, NULL);
    Invocation invocation;
    int status = EXIT_USAGE;
    if (read_arguments(argv, arena, &invocation)) {
        status = serve(&invocation, arena, diags);
        print_diagnostics(diags);
    } else {
        (void)fputs("usage: private_server [--setting NAME=VALUE]... -- COMMAND [ARGUMENT...]\n",
                    stderr);
    }
    arena_free(arena);
    return status;
}
