#include "base/common.h"

#include "cli/run.h"

#include <string.h>

#include "base/text/show.h"
#include "cli/manual/help.h"

static void report_unknown_command(Cli *cli, const char *const *args, size_t count)
{
    const char *typed = args[0];
    const Elsewhere *elsewhere = command_elsewhere(args, count);
    if (elsewhere != NULL) {
        diag_report(cli->diags, DIAG_COMMAND_ELSEWHERE, span_none(), elsewhere->name,
                    elsewhere->what, elsewhere->instead);
        return;
    }
    if (count > 1 && args[1][0] != '-') {
        typed = show_format(cli->arena, "%s %s", args[0], args[1]);
    }
    Diagnostic *d = diag_report(cli->diags, DIAG_UNKNOWN_COMMAND, span_none(), typed);
    const char *near = command_nearest(typed);
    if (near != NULL) {
        diag_help(cli->diags, d, "did you mean `%s`? `bellows --help` lists the commands", near);
    }
}

static ExitCode run_command(Cli *cli, const char *const *args, size_t count)
{
    size_t words = 0;
    cli->command = command_of(args, count, &words);
    if (cli->command == NULL) {
        if (command_is_group(args[0]) &&
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

ExitCode run_program(Cli *cli, const char *const *args, size_t count)
{
    if (count == 0) {
        help_overview(cli);
        return EXIT_USAGE;
    }
    if (strcmp(args[0], "--help") == 0 || strcmp(args[0], "-h") == 0) {
        help_overview(cli);
        return EXIT_DONE;
    }
    return run_command(cli, args, count);
}
