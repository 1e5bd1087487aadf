/*
 * main.c - the process: its signals, its terminal, its exit code.
 */
#include "base/common.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/stop.h"
#include "cli/console/answer.h"
#include "cli/run.h"

static void interrupted(int number)
{
    cli_interrupted = number;
    stop_by_signal(number);
}

/* The first signal asks the work to stop where it is safe, or ends it where nothing is at stake;
 * the second one ends the process. A terminal that goes away is a person who has left: what runs on
 * the server is stopped, unless nohup asked for the opposite. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = interrupted, .sa_flags = (int)SA_RESETHAND};
    struct sigaction hangup;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) {
        sigaction(SIGHUP, &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c): a closed pipe is seen at fwrite
}

/* A stream that was closed before us must not become the next file or connection that is opened:
 * its descriptor is taken by one that can be neither read nor written. */
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

static bool wants_colour(int fd)
{
    const char *no_colour = environment("NO_COLOR");
    const char *force = environment("FORCE_COLOR");
    if (no_colour != NULL && no_colour[0] != '\0') {
        return false;
    }
    return (force != NULL && force[0] != '\0' && force[0] != '0') || isatty(fd);
}

/* A terminal that can go back to a line's start and clear it. */
static bool draws_on(int fd)
{
    const char *term = environment("TERM");
    return isatty(fd) && term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
}

static void set_up(Cli *cli)
{
    const char *ci = environment("CI");
    cli->arena = arena_new();
    cli->started_ms = cli_clock_ms();
    cli->names = names_new(cli->arena);
    cli->sources = sources_new(cli->arena);
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    cli->out = strbuf_new(STRBUF_MAX);
    cli->line_ends = 2;
    cli->out_colour = wants_colour(STDOUT_FILENO);
    cli->err_colour = wants_colour(STDERR_FILENO);
    const bool in_ci = ci != NULL && ci[0] != '\0' && strcmp(ci, "false") != 0;
    cli->interactive = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && !in_ci;
    cli->draws = draws_on(STDERR_FILENO) && !in_ci;
}

int main(int argc, char **argv)
{
    Cli cli = {0};
    hold_streams();
    catch_signals();
    set_up(&cli);
    const char *const *args = (const char *const *)argv;
    size_t count = argc > 0 ? (size_t)argc - 1 : 0;
    if (answer_is_wanted(args + 1, count)) {
        answer_begin(&cli);
    }
    ExitCode code = run_program(&cli, args + 1, count);
    if (code == EXIT_DONE) {
        code = cli_exit(&cli, EXIT_DONE);
    }
    if (!cli_finish(&cli, code) && code == EXIT_DONE) {
        code = EXIT_FAILED;
    }
    cli_print_diagnostics(&cli);
    if (cli_interrupted != 0) {
        code = (ExitCode)(128 + cli_interrupted);
    }
    if (cli.answer != NULL && !answer_end(&cli, code) && code == EXIT_DONE) {
        code = EXIT_FAILED;
    }
    strbuf_dispose(&cli.out);
    arena_free(cli.arena);
    return (int)code;
}
