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
    if (count > 1 && args[0][0] != '-' && args[1][0] != '-') {
        typed = show_format(cli->arena, "%s %s", args[0], args[1]);
    }
    Diagnostic *d = diag_report(cli->diags, DIAG_UNKNOWN_COMMAND, span_none(), typed);
    const char *near = command_nearest(cli->arena, typed);
    if (near != NULL) {
        diag_help(cli->diags, d, "did you mean `%s`? `bellows --help` lists the commands", near);
    } else if (command_is_group(args[0])) {
        diag_help(cli->diags, d, "`bellows %s --help` lists its commands", args[0]);
    }
}

static ExitCode run_command(Cli *cli, const char *const *args, size_t count)
{
    size_t words = 0;
    cli->command = command_of(args, count, &words);
    if (cli->command == NULL) {
        const bool alone = options_leading(args + 1, count - 1) == count - 1;
        if (command_is_group(args[0]) &&
            (alone || strcmp(args[1], "--help") == 0 || strcmp(args[1], "-h") == 0)) {
            help_group(cli, args[0]);
            return alone ? EXIT_USAGE : EXIT_DONE;
        }
        report_unknown_command(cli, args, count);
        return EXIT_USAGE;
    }
    if (!options_parse(cli->arena, args + words, count - words, cli->command->options,
                       cli->command->name, cli->diags, &cli->options)) {
        return EXIT_USAGE;
    }
    if (cli->options.wants_help) {
        cli->options.values[OPT_OUTPUT].count = 0; // the file is for the result, not for the help
        help_command(cli, cli->command);
        return EXIT_DONE;
    }
    if (cli->options.operands.count > 0 && cli->command->operands[0] != '[') {
        diag_report(cli->diags, DIAG_UNEXPECTED_OPERAND, span_none(),
                    cli->options.operands.items[0], cli->command->name);
        return EXIT_USAGE;
    }
    if (option_given(&cli->options, OPT_NO_INTERACTIVE)) {
        cli->interactive = cli->draws = false;
    }
    return cli->command->run(cli);
}

/* `--config FILE migrate status` and `migrate --config FILE status` are `migrate status --config
 * FILE`: options before a word of the command are moved behind it. There is a word that is none. */
static const char *const *words_first(Arena *arena, const char *const *args, size_t count)
{
    const char **ordered = arena_array(arena, const char *, count);
    const size_t first = options_leading(args, count);
    const size_t second = command_is_group(args[first])
                              ? first + 1 + options_leading(args + first + 1, count - first - 1)
                              : count;
    size_t length = 0;
    ordered[length++] = args[first];
    if (second < count) {
        ordered[length++] = args[second];
    }
    for (size_t i = 0; i < count; i++) {
        if (i != first && i != second) {
            ordered[length++] = args[i];
        }
    }
    return ordered;
}

ExitCode run_program(Cli *cli, const char *const *args, size_t count)
{
    if (options_leading(args, count) == count) {
        help_overview(cli);
        return EXIT_USAGE;
    }
    const char *const *words = words_first(cli->arena, args, count);
    if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0) {
        help_overview(cli);
        return EXIT_DONE;
    }
    return run_command(cli, words, count);
}
