/*
 * prompt.c - a question on the terminal, and what counts as its answer.
 *
 * A line that was ended with Enter is an answer, also an empty one. A signal is none, and the end
 * of the input is none: both stop the command, whatever it was that was asked.
 */
#include "base/common.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text/show.h"
#include "base/text/wrap.h"
#include "cli/console/cli.h"
#include "cli/console/line_editor.h"

enum { SLICE_MS = 100, LINE_MAX_BYTES = 64 * 1024 };

/* In slices: the signal may come between a look and the wait, or to another thread. */
LineEnd prompt_byte(char *ret_byte)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    while (cli_interrupted == 0) {
        if (poll(&input, 1, SLICE_MS) < 1) {
            continue;
        }
        const ssize_t count = read(STDIN_FILENO, ret_byte, 1);
        if (count == 1) {
            return LINE_GIVEN;
        }
        if (count == 0 || errno != EINTR) {
            return LINE_NO_MORE;
        }
    }
    return LINE_INTERRUPTED;
}

/* As the terminal edits it. What is typed beyond the limit is read and left out. */
static LineEnd read_plain(Arena *arena, const char *question, char **ret_line)
{
    StrBuf line = strbuf_new(LINE_MAX_BYTES + 1);
    char byte = '\0';
    fprintf(stderr, "%s ", question);
    fflush(stderr);
    LineEnd end = prompt_byte(&byte);
    while (end == LINE_GIVEN && byte != '\n') {
        if (line.len < LINE_MAX_BYTES && byte != '\0') {
            strbuf_char(&line, byte);
        }
        end = prompt_byte(&byte);
    }
    *ret_line = strbuf_take(&line, arena);
    return end;
}

/* --- the table --- */

static const PromptRow rows[] = {
#define PROMPT(id, option, question, commands) {option, question, commands},
#include "cli/console/prompts.def"
#undef PROMPT
};

const PromptRow *prompt_row(PromptId id)
{
    return &rows[id];
}

/* Without the brackets of an argument that may be left out: to answer, it is needed. */
const char *prompt_flag(Arena *arena, PromptId id)
{
    const OptionRow *option = option_row(rows[id].option);
    const char *argument = option->argument;
    const bool may_lack = argument[0] == '[';
    return arena_printf(arena, "%s%s%.*s", option->name, argument[0] == '\0' ? "" : " ",
                        (int)strlen(argument) - (may_lack ? 2 : 0), argument + (may_lack ? 1 : 0));
}

/* --- asking --- */

static bool report(Cli *cli, LineEnd end, PromptId id, const char *question)
{
    fputc('\n', stderr);
    if (end == LINE_NO_MORE) {
        diag_report(cli->diags, DIAG_QUESTION_ENDED, span_none(), question,
                    arena_printf(cli->arena, "`%s`", prompt_flag(cli->arena, id)));
    } else {
        diag_report_plain(cli->diags, DIAG_QUESTION_INTERRUPTED, span_none());
    }
    return false;
}

bool cli_can_ask(const Cli *cli, PromptId id)
{
    const OptionId *at = cli->command->options;
    while (*at != OPT_NONE && *at != rows[id].option) {
        at++;
    }
    return *at != OPT_NONE;
}

/* A question wider than the terminal: all but its last line is said, which is left to ask. */
static const char *say_first_lines(Cli *cli, const char *question)
{
    enum { ROOM_TO_ANSWER = 8 };
    const size_t width = cli_width_of_notes();
    StrBuf text = strbuf_new(STRBUF_MAX);
    wrap_sentences(&text, question, 0, width > ROOM_TO_ANSWER ? width - ROOM_TO_ANSWER : width);
    const char *lines = strbuf_take(&text, cli->arena);
    const char *last = strrchr(lines, '\n');
    if (last == NULL) {
        return lines;
    }
    fwrite(lines, 1, (size_t)(last + 1 - lines), stderr);
    return last + 1;
}

static bool ask(Cli *cli, PromptId id, const char *question, const char **ret_answer)
{
    char *line = NULL;
    *ret_answer = NULL;
    if (!cli->interactive) {
        return true;
    }
    assert(cli_can_ask(cli, id));
    cli_show(cli);
    question = show_text(cli->arena, question);
    const char *last = say_first_lines(cli, question);
    const LineEnd end = line_editor_load() ? line_editor_read(cli->arena, last, &line)
                                           : read_plain(cli->arena, last, &line);
    cli->line_ends = 1; /* the person's */
    if (end != LINE_GIVEN) {
        return report(cli, end, id, question);
    }
    line[strcspn(line, "\r\n")] = '\0';
    *ret_answer = line[0] == '\0' ? NULL : line;
    return true;
}

bool cli_ask(Cli *cli, PromptId id, const char **ret_answer)
{
    return ask(cli, id, rows[id].question, ret_answer);
}

/* Whoever types something else that begins with it has not said yes. */
static bool is_yes(const char *answer)
{
    static const char blanks[] = " \t";
    const char *word = answer + strspn(answer, blanks);
    const size_t len = strcspn(word, blanks);
    return word[len + strspn(word + len, blanks)] == '\0' &&
           ((len == 1 && strncasecmp(word, "y", len) == 0) ||
            (len == 3 && strncasecmp(word, "yes", len) == 0));
}

Answer cli_confirm(Cli *cli, PromptId id, ...)
{
    const char *answer;
    StrBuf text = strbuf_new(STRBUF_MAX);
    va_list args;
    va_start(args, id);
    for (const char *at = rows[id].question; *at != '\0'; at++) {
        if (at[0] == '{' && at[1] == '}') {
            strbuf_add(&text, va_arg(args, const char *));
            at++;
        } else {
            strbuf_char(&text, *at);
        }
    }
    va_end(args);
    strbuf_add(&text, " [y/N]");
    if (!ask(cli, id, strbuf_take(&text, cli->arena), &answer)) {
        return ANSWER_STOPPED;
    }
    return answer != NULL && is_yes(answer) ? ANSWER_YES : ANSWER_NO;
}

void cli_ask_readers_only(Cli *cli)
{
    cli->interactive = cli->interactive && isatty(STDOUT_FILENO) == 1 &&
                       option_value(&cli->options, OPT_OUTPUT) == NULL;
}

bool cli_goes_on(Cli *cli)
{
    if (cli_interrupted == 0) {
        return true;
    }
    diag_report_plain(cli->diags, DIAG_QUESTION_INTERRUPTED, span_none());
    return false;
}
