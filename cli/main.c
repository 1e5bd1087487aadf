/*
 * main.c - from argv to a command and its exit code.
 *
 * The table of commands is commands.def; help is printed from it, so it cannot drift from the
 * program.
 */
#include "base/common.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text/show.h"
#include "cli/console/cli.h"
#include "cli/help.h"

/* A command of two words is found before one of one word; `--version` is one. */
static const Command *find_command(const char *const *args, size_t count, size_t *ret_words)
{
    if (strcmp(args[0], "--version") == 0 || strcmp(args[0], "-v") == 0) {
        *ret_words = 1;
        return help_find_command("version");
    }
    for (size_t words = count < 2 ? count : 2; words > 0; words--) {
        char name[64];
        int len = words == 2 ? snprintf(name, sizeof name, "%s %s", args[0], args[1])
                             : snprintf(name, sizeof name, "%s", args[0]);
        const Command *command = len < (int)sizeof name ? help_find_command(name) : NULL;
        if (command != NULL) {
            *ret_words = words;
            return command;
        }
    }
    return NULL;
}

static void report_unknown_command(Cli *cli, const char *const *args, size_t count)
{
    const char *typed = args[0];
    const Elsewhere *elsewhere = help_find_elsewhere(args, count);
    if (elsewhere != NULL) {
        diag_report(cli->diags, DIAG_COMMAND_ELSEWHERE, span_none(), elsewhere->name,
                    elsewhere->what, elsewhere->instead);
        return;
    }
    if (count > 1 && args[1][0] != '-') {
        typed = show_format(cli->arena, "%s %s", args[0], args[1]);
    }
    Diagnostic *d = diag_report(cli->diags, DIAG_UNKNOWN_COMMAND, span_none(), typed);
    const char *near = help_nearest_command(typed);
    if (near != NULL) {
        diag_help(cli->diags, d, "did you mean `%s`? `bellows --help` lists the commands", near);
    }
}

static ExitCode run_command(Cli *cli, const char *const *args, size_t count)
{
    size_t words = 0;
    cli->command = find_command(args, count, &words);
    if (cli->command == NULL) {
        if (help_is_group(args[0]) &&
            (count == 1 || strcmp(args[1], "--help") == 0 || strcmp(args[1], "-h") == 0)) {
            help_group(cli, args[0]);
            return count == 1 ? EXIT_USAGE : EXIT_DONE;
        }
        report_unknown_command(cli, args, count);
        return EXIT_USAGE;
    }
    if (!options_parse(cli->arena, args + words, count - words, cli->command->options,
                       cli->command->name, cli->diags, &cli->options)) {
        return EXIT_USAGE;
    }
    if (cli->options.wants_help) {
        help_command(cli, cli->command);
        return EXIT_DONE;
    }
    if (cli->options.operands.count > 0 && cli->command->operands[0] != '[') {
        diag_report(cli->diags, DIAG_UNEXPECTED_OPERAND, span_none(),
                    cli->options.operands.items[0], cli->command->name);
        return EXIT_USAGE;
    }
    cli->interactive = cli->interactive && !option_given(&cli->options, OPT_NO_INTERACTIVE);
    return cli->command->run(cli);
}

static ExitCode run(Cli *cli, const char *const *args, size_t count)
{
    if (count == 0) {
        help_overview(cli);
        return EXIT_USAGE;
    }
    if (strcmp(args[0], "--help") == 0 || strcmp(args[0], "-h") == 0 ||
        strcmp(args[0], "help") == 0) {
        size_t words = 0;
        const Command *command = count > 1 ? find_command(args + 1, count - 1, &words) : NULL;
        if (command != NULL) {
            help_command(cli, command);
        } else {
            help_overview(cli);
        }
        return EXIT_DONE;
    }
    return run_command(cli, args, count);
}

static void interrupted(int number)
{
    cli_interrupted = number;
}

/* The first signal asks the work to stop where it is safe; the second one ends the process. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = interrupted, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c): a closed pipe is seen at fwrite
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

static void set_up(Cli *cli)
{
    const char *ci = environment("CI");
    cli->arena = arena_new();
    cli->started_ms = cli_clock_ms();
    cli->names = names_new(cli->arena);
    cli->sources = sources_new(cli->arena);
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    cli->out = strbuf_new(STRBUF_MAX);
    cli->out_colour = wants_colour(STDOUT_FILENO);
    cli->err_colour = wants_colour(STDERR_FILENO);
    cli->interactive = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) &&
                       (ci == NULL || ci[0] == '\0' || strcmp(ci, "false") == 0);
}

int main(int argc, char **argv)
{
    Cli cli = {0};
    catch_signals();
    set_up(&cli);
    const char *const *args = (const char *const *)argv;
    size_t count = argc > 0 ? (size_t)argc - 1 : 0;
    ExitCode code = run(&cli, args + 1, count);
    if (!cli_flush(&cli) && code == EXIT_DONE) {
        code = EXIT_FAILED;
    }
    if (code == EXIT_DONE && diag_has_errors(cli.diags)) {
        code = diag_exit_code(cli.diags);
    }
    cli_print_diagnostics(&cli);
    if (cli_interrupted != 0) {
        code = (ExitCode)(128 + cli_interrupted);
    }
    strbuf_dispose(&cli.out);
    arena_free(cli.arena);
    return (int)code;
}
