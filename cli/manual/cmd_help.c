/*
 * cmd_help.c - `bellows help`: about a command, a message, a topic of the handbook.
 */
#include "base/common.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "cli/manual/help.h"
#include "cli/manual/pages.h"

/* Why bellows is made as it is: for who works on it. */
static bool is_decision(const Page *page)
{
    return strncmp(page->topic, "decisions/", strlen("decisions/")) == 0;
}

/* A command that is called as a page is wins: the page has its path for a name then. */
static void list_pages(Cli *cli, bool decisions)
{
    enum { TOPIC_COLUMN = 43 };
    size_t count = 0;
    const Page *pages = pages_all(&count);
    for (size_t i = 0; i < count; i++) {
        const bool taken = command_find(pages[i].topic) != NULL;
        if (is_decision(&pages[i]) == decisions) {
            help_name(cli,
                      taken ? arena_printf(cli->arena, "docs/%s", pages[i].topic) : pages[i].topic,
                      page_title(cli->arena, &pages[i]), TOPIC_COLUMN);
        }
    }
}

static void list_topics(Cli *cli)
{
    list_pages(cli, false);
    cli_put(cli, "\nDecisions, and why:\n\n");
    list_pages(cli, true);
    cli_put(cli, "\n`bellows help TOPIC` shows one.\n");
}

static ExitCode unknown_topic(Cli *cli, const char *words)
{
    size_t count = 0;
    const Page *pages = pages_all(&count);
    Suggestion near = suggestion_for(words);
    for (size_t i = 0; i < count; i++) {
        const char *slash = strrchr(pages[i].topic, '/');
        suggestion_offer(&near, pages[i].topic);
        suggestion_offer(&near, slash == NULL ? pages[i].topic : slash + 1);
    }
    const char *command = command_nearest(cli->arena, words);
    if (command != NULL) {
        suggestion_offer(&near, command);
        near.best = near.best == NULL ? command : near.best;
    }
    Diagnostic *d = diag_report(cli->diags, DIAG_UNKNOWN_TOPIC, span_none(), words);
    suggestion_attach(&near, cli->diags, d);
    return EXIT_USAGE;
}

static ExitCode help_about(Cli *cli, const TextList *words)
{
    size_t used = 0;
    const char *const *args = words->items;
    const char *whole =
        words->count > 1 ? arena_printf(cli->arena, "%s %s", args[0], args[1]) : args[0];
    const Command *command = command_of(args, words->count, &used);
    const char *of_code = page_of_code(cli->arena, args[0]);
    const Page *page = page_find(args[0]);
    if (command != NULL && used == words->count) {
        help_command(cli, command);
    } else if (words->count > 1) {
        return unknown_topic(cli, whole);
    } else if (command_is_group(args[0])) {
        help_group(cli, args[0]);
    } else if (strcmp(args[0], "topics") == 0) {
        list_topics(cli);
    } else if (of_code != NULL) {
        page_print(cli, of_code);
    } else if (page != NULL) {
        page_print(cli, page->text);
    } else {
        return unknown_topic(cli, whole);
    }
    return EXIT_DONE;
}

/* In another form than text there are commands alone. */
static ExitCode help_as(Cli *cli, const char *form, const TextList *words)
{
    size_t used = 0;
    const Command *command =
        words->count == 0 ? NULL : command_of(words->items, words->count, &used);
    if (words->count > 0 && (command == NULL || used != words->count)) {
        return unknown_topic(cli, words->items[0]);
    }
    if (strcmp(form, "man") == 0) {
        manual_roff(cli, command);
    } else if (strcmp(form, "markdown") == 0 && command == NULL) {
        manual_markdown(cli);
    } else {
        diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), form, "--as",
                    "`man`, or `markdown` for all commands");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

ExitCode cmd_help(Cli *cli)
{
    const TextList *words = &cli->options.operands;
    const char *form = option_value(&cli->options, OPT_AS);
    if (form != NULL) {
        return help_as(cli, form, words);
    }
    if (words->count == 0) {
        help_overview(cli);
        return EXIT_DONE;
    }
    return help_about(cli, words);
}
