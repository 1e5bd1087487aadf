#include "base/common.h"

#include "cli/manual/help.h"

#include <string.h>

#include "base/text/wrap.h"

enum { NAME_COLUMN = 19, HELP_COLUMN = 35, HELP_COLUMN_NARROW = 6, COMFORTABLE = 40 };

const char help_exit_codes[] =
    "Exit codes: 0 done, 1 failed, 2 a difference was found, 3 consent is missing, 4 the history "
    "needs a person, 64 wrong usage, 75 somebody else holds the lock, 130 stopped.";

/* From column `at`; further lines begin at `indent`. */
static void put_wrapped(Cli *cli, const char *text, size_t at, size_t indent)
{
    const Wrapping wrapping = {.width = cli_width(cli), .indent = indent};
    wrap_add(&cli->out, text, at, &wrapping);
    cli_put(cli, "\n");
}

/* Paragraphs of ours, whose line ends count only where they stand alone: a terminal breaks them. */
static void put_paragraphs(Cli *cli, const char *text)
{
    char *line = arena_strndup(cli->arena, text, strlen(text));
    if (cli_width(cli) == 0) {
        cli_put(cli, text);
        cli_put(cli, "\n");
        return;
    }
    for (char *at = strchr(line, '\n'); at != NULL; at = strchr(at, '\n')) {
        *at = ' ';
    }
    put_wrapped(cli, line, 0, 0);
}

static void print_command_line(Cli *cli, const Command *command)
{
    cli_put(cli, "  ");
    cli_print_styled(cli, "\033[1m", arena_printf(cli->arena, "%-16s", command->name));
    cli_put(cli, " ");
    put_wrapped(cli, command->summary, NAME_COLUMN, NAME_COLUMN);
}

void help_overview(Cli *cli)
{
    size_t count = 0;
    const Command *commands = commands_all(&count);
    cli_print(cli, "bellows %s - schema migrations for PostgreSQL\n\n", BELLOWS_VERSION);
    cli_print(cli, "Usage: bellows COMMAND [OPTION...]\n\n");
    for (size_t i = 0; i < count; i++) {
        print_command_line(cli, &commands[i]);
    }
    cli_put(cli, "\n");
    put_wrapped(cli,
                "`bellows COMMAND --help` explains a command and its options, `bellows help CODE` "
                "a message, `bellows help topics` lists the pages of the handbook.",
                0, 0);
    put_wrapped(cli, help_exit_codes, 0, 0);
}

void help_group(Cli *cli, const char *group)
{
    size_t count = 0;
    const Command *commands = commands_all(&count);
    cli_print(cli, "Usage: bellows %s COMMAND [OPTION...]\n\n", group);
    for (size_t i = 0; i < count; i++) {
        if (command_in_group(&commands[i], group)) {
            print_command_line(cli, &commands[i]);
        }
    }
}

void help_name(Cli *cli, const char *name, const char *text, size_t column)
{
    const size_t width = cli_width(cli);
    if (width == 0 || width >= column + COMFORTABLE) {
        cli_print(cli, "  %-*s ", (int)column - 3, name);
        put_wrapped(cli, text, column, column);
    } else {
        cli_print(cli, "  %s\n%*s", name, (int)HELP_COLUMN_NARROW, "");
        put_wrapped(cli, text, HELP_COLUMN_NARROW, HELP_COLUMN_NARROW);
    }
}

static void print_option(Cli *cli, const OptionRow *row)
{
    const char *name = row->argument[0] == '\0'
                           ? row->name
                           : arena_printf(cli->arena, "%s %s", row->name, row->argument);
    if (row->short_name != 0) {
        name = arena_printf(cli->arena, "-%c, %s", row->short_name, name);
    }
    help_name(cli, name, row->help, HELP_COLUMN);
}

void help_command(Cli *cli, const Command *command)
{
    put_wrapped(cli, arena_printf(cli->arena, "bellows %s - %s", command->name, command->summary),
                0, 2);
    cli_put(cli, "\n");
    put_wrapped(cli,
                arena_printf(cli->arena, "Usage: bellows %s%s%s [OPTION...]", command->name,
                             command->operands[0] == '\0' ? "" : " ", command->operands),
                0, 7);
    if (command->details[0] != '\0') {
        cli_put(cli, "\n");
        put_paragraphs(cli, command->details);
    }
    cli_print(cli, "\nOptions:\n");
    for (const OptionId *at = command->options; *at != OPT_NONE; at++) {
        print_option(cli, option_row(*at));
    }
    for (const OptionId *at = options_of_all; *at != OPT_NONE; at++) {
        print_option(cli, option_row(*at));
    }
}
