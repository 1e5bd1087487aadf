/*
 * manual.c - the tables as pages for `man`, and as the reference in Markdown (docs/commands.md).
 *
 * In: commands.def, options.def. Out: text on standard output, the same on every machine.
 */
#include "base/common.h"

#include "cli/manual/help.h"

#include <ctype.h>
#include <string.h>

/* --- man --- */

/* Text of ours; what roff would obey at a line's start, and its backslash, is written otherwise. */
static void put_roff(Cli *cli, const char *text)
{
    bool at_start = true;
    for (const char *at = text; *at != '\0'; at++) {
        cli_put(cli, at_start && (*at == '.' || *at == '\'') ? "\\&" : "");
        cli_put(cli, *at == '\\' ? "\\e" : *at == '-' ? "\\-" : (const char[]){*at, '\0'});
        at_start = *at == '\n';
    }
}

static void put_roff_title(Cli *cli, const char *name, const char *summary)
{
    cli_put(cli, ".TH \"");
    for (const char *at = name; *at != '\0'; at++) {
        cli_put(cli, (const char[]){(char)toupper((unsigned char)*at), '\0'});
    }
    cli_print(cli, "\" \"1\" \"\" \"bellows %s\" \"bellows\"\n.SH NAME\n", BELLOWS_VERSION);
    put_roff(cli, name);
    cli_put(cli, " \\- ");
    put_roff(cli, summary);
    cli_put(cli, "\n");
}

static void put_roff_option(Cli *cli, const OptionRow *row)
{
    cli_put(cli, ".TP\n\\fB");
    if (row->short_name != 0) {
        cli_print(cli, "\\-%c\\fR, \\fB", row->short_name);
    }
    put_roff(cli, row->name);
    cli_print(cli, "\\fR%s\\fI%s\\fR\n", row->argument[0] == '\0' ? "" : " ", row->argument);
    put_roff(cli, row->help);
    cli_put(cli, "\n");
}

/* "migrate dev" is the page bellows-migrate-dev. */
static const char *page_name(Arena *arena, const Command *command)
{
    char *name = arena_printf(arena, "bellows-%s", command->name);
    for (char *at = strchr(name, ' '); at != NULL; at = strchr(at, ' ')) {
        *at = '-';
    }
    return name;
}

static void roff_of_command(Cli *cli, const Command *command)
{
    put_roff_title(cli, page_name(cli->arena, command), command->summary);
    cli_put(cli, ".SH SYNOPSIS\n\\fBbellows ");
    put_roff(cli, command->name);
    cli_put(cli, "\\fR ");
    put_roff(cli, command->operands);
    cli_put(cli, " [OPTION...]\n");
    if (command->details[0] != '\0') {
        cli_put(cli, ".SH DESCRIPTION\n");
        put_roff(cli, command->details);
        cli_put(cli, "\n");
    }
    cli_put(cli, ".SH OPTIONS\n");
    for (const OptionId *at = command->options; *at != OPT_NONE; at++) {
        put_roff_option(cli, option_row(*at));
    }
    for (const OptionId *at = options_of_all; *at != OPT_NONE; at++) {
        put_roff_option(cli, option_row(*at));
    }
    cli_put(cli, ".SH EXIT STATUS\n");
    put_roff(cli, help_exit_codes);
    cli_put(cli, "\n.SH SEE ALSO\n\\fBbellows\\fR(1)\n");
}

static void roff_of_all(Cli *cli)
{
    size_t count = 0;
    const Command *commands = commands_all(&count);
    put_roff_title(cli, "bellows", "schema migrations for PostgreSQL");
    cli_put(cli, ".SH SYNOPSIS\n\\fBbellows\\fR COMMAND [OPTION...]\n.SH COMMANDS\n");
    for (size_t i = 0; i < count; i++) {
        cli_put(cli, ".TP\n\\fB");
        put_roff(cli, page_name(cli->arena, &commands[i]));
        cli_put(cli, "\\fR(1)\n");
        put_roff(cli, commands[i].summary);
        cli_put(cli, "\n");
    }
    cli_put(cli, ".SH EXIT STATUS\n");
    put_roff(cli, help_exit_codes);
    cli_put(cli, "\n.SH SEE ALSO\n\\fBbellows help topics\\fR lists the pages of the handbook, "
                 "\\fBbellows help\\fR \\fICODE\\fR explains a message.\n");
}

void manual_roff(Cli *cli, const Command *command)
{
    if (command == NULL) {
        roff_of_all(cli);
    } else {
        roff_of_command(cli, command);
    }
}

/* --- Markdown --- */

/* A bar ends a cell. */
static void put_cell(Cli *cli, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        cli_put(cli, *at == '|' ? "\\|" : (const char[]){*at, '\0'});
    }
}

static bool ends_sentence(const char *text)
{
    return text[0] != '\0' && text[strlen(text) - 1] == '?';
}

static void markdown_of_command(Cli *cli, const Command *command)
{
    cli_print(cli, "\n## bellows %s\n\n", command->name);
    put_cell(cli, command->summary);
    cli_put(cli, ends_sentence(command->summary) ? "" : ".");
    cli_print(cli, "\n\n```text\nbellows %s%s%s [OPTION...]\n```\n", command->name,
              command->operands[0] == '\0' ? "" : " ", command->operands);
    if (command->details[0] != '\0') {
        cli_put(cli, "\n");
        cli_put(cli, command->details);
        cli_put(cli, "\n");
    }
    cli_put(cli, "\n| option | does |\n| --- | --- |\n");
    for (const OptionId *at = command->options; *at != OPT_NONE; at++) {
        const OptionRow *row = option_row(*at);
        cli_put(cli, "| ");
        if (row->short_name != 0) {
            cli_print(cli, "`-%c`, ", row->short_name);
        }
        cli_print(cli, "`%s%s%s` | ", row->name, row->argument[0] == '\0' ? "" : " ",
                  row->argument);
        put_cell(cli, row->help);
        cli_put(cli, " |\n");
    }
}

/* Who asks: the row's commands, or all that take the answer. */
static void put_askers(Cli *cli, const PromptRow *row)
{
    const char *at = row->commands;
    if (*at == '\0') {
        cli_print(cli, "every command that takes `%s`", option_row(row->option)->name);
    }
    while (*at != '\0') {
        const size_t len = strcspn(at, ",");
        cli_print(cli, "`%.*s`%s", (int)len, at, at[len] == '\0' ? "" : ", ");
        at += len + strspn(at + len, ", ");
    }
}

static void markdown_of_questions(Cli *cli)
{
    cli_put(cli,
            "\n## Questions\n\nA person on a terminal is asked; in a pipe, in CI, with `--json` "
            "and with `--no-interactive` nobody is. Each question has a flag that answers it "
            "beforehand.\n\n| question | asked by | answered by |\n| --- | --- | --- |\n");
    for (PromptId id = 0; id < PROMPT_COUNT; id++) {
        const PromptRow *row = prompt_row(id);
        cli_put(cli, "| ");
        for (const char *at = row->question; *at != '\0'; at++) {
            const bool open = at[0] == '{' && at[1] == '}';
            cli_put(cli, open ? "…" : (const char[]){*at, '\0'});
            at += open ? 1 : 0;
        }
        cli_put(cli, " | ");
        put_askers(cli, row);
        cli_print(cli, " | `%s` |\n", prompt_flag(cli->arena, id));
    }
}

void manual_markdown(Cli *cli)
{
    size_t count = 0;
    const Command *commands = commands_all(&count);
    cli_put(
        cli,
        "# Commands\n\nWritten by `bellows help --as markdown` from the tables that "
        "`--help` is printed from. Every command takes `--help`, `--no-interactive` (never ask) "
        "and `--json`, which prints one object: the result, the output, all messages ([its "
        "schema](schemas/answer.schema.json)).\n\n");
    cli_put(cli, help_exit_codes);
    cli_put(cli, "\n");
    markdown_of_questions(cli);
    for (size_t i = 0; i < count; i++) {
        markdown_of_command(cli, &commands[i]);
    }
}
