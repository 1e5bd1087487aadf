#include "base/common.h"

#include "cli/help.h"

#include <string.h>

#include "base/diag/suggest.h"

#define COMMAND(name, run, operands, summary, details, ...)                                        \
    {name, run, operands, summary, details, (const OptionId[]){__VA_ARGS__, OPT_NONE}},
static const Command commands[] = {
#include "cli/console/commands.def"
};
#undef COMMAND

const Command *help_find_command(const char *name)
{
    for (size_t i = 0; i < lengthof(commands); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static bool in_group(const Command *command, const char *group)
{
    size_t len = strlen(group);
    return strncmp(command->name, group, len) == 0 && command->name[len] == ' ';
}

bool help_is_group(const char *word)
{
    for (size_t i = 0; i < lengthof(commands); i++) {
        if (in_group(&commands[i], word)) {
            return true;
        }
    }
    return false;
}

const char *help_nearest_command(const char *typed)
{
    Suggestion near = suggestion_for(typed);
    for (size_t i = 0; i < lengthof(commands); i++) {
        suggestion_offer(&near, commands[i].name);
    }
    return near.best;
}

static void print_command_line(Cli *cli, const Command *command)
{
    cli_put(cli, "  ");
    cli_print_styled(cli, "\033[1m", arena_printf(cli->arena, "%-16s", command->name));
    cli_print(cli, " %s\n", command->summary);
}

void help_overview(Cli *cli)
{
    cli_print(cli, "bellows %s - schema migrations for PostgreSQL\n\n", BELLOWS_VERSION);
    cli_print(cli, "Usage: bellows COMMAND [OPTION...]\n\n");
    for (size_t i = 0; i < lengthof(commands); i++) {
        print_command_line(cli, &commands[i]);
    }
    cli_print(cli, "\n`bellows COMMAND --help` explains a command and its options.\n");
    cli_print(
        cli,
        "Exit codes: 0 done, 1 failed, 2 a difference was found, 3 consent is missing, 4 the\n"
        "history needs a person, 64 wrong usage, 75 somebody else holds the lock, 130 stopped.\n");
}

void help_group(Cli *cli, const char *group)
{
    cli_print(cli, "Usage: bellows %s COMMAND [OPTION...]\n\n", group);
    for (size_t i = 0; i < lengthof(commands); i++) {
        if (in_group(&commands[i], group)) {
            print_command_line(cli, &commands[i]);
        }
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
    cli_print(cli, "  %-32s ", name);
    cli_put(cli, row->help);
    cli_put(cli, "\n");
}

void help_command(Cli *cli, const Command *command)
{
    cli_print(cli, "bellows %s - %s\n\n", command->name, command->summary);
    cli_print(cli, "Usage: bellows %s%s%s [OPTION...]\n", command->name,
              command->operands[0] == '\0' ? "" : " ", command->operands);
    if (command->details[0] != '\0') {
        cli_put(cli, "\n");
        cli_put(cli, command->details);
        cli_put(cli, "\n");
    }
    cli_print(cli, "\nOptions:\n");
    for (const OptionId *at = command->options; *at != OPT_NONE; at++) {
        print_option(cli, option_row(*at));
    }
    print_option(cli, option_row(OPT_HELP));
}

const Elsewhere *help_find_elsewhere(const char *const *args, size_t count)
{
    static const Elsewhere rows[] = {
#define ELSEWHERE(name, what, instead) {name, what, instead},
#include "cli/console/elsewhere.def"
#undef ELSEWHERE
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *second = strchr(rows[i].name, ' ');
        const size_t len = second == NULL ? strlen(rows[i].name) : (size_t)(second - rows[i].name);
        if (strlen(args[0]) == len && strncmp(args[0], rows[i].name, len) == 0 &&
            (second == NULL || (count > 1 && strcmp(args[1], second + 1) == 0))) {
            return &rows[i];
        }
    }
    return NULL;
}
