/*
 * prompt.c - a question on the terminal, and what counts as its answer.
 *
 * A line that was ended with Enter is an answer, also an empty one. A signal is none, and the end
 * of the input is none: both stop the command, whatever it was that was asked.
 */
#include "base/common.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text/show.h"
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

static bool report(Cli *cli, LineEnd end, const char *question, const char *flag)
{
    fputc('\n', stderr);
    if (end == LINE_NO_MORE) {
        diag_report(cli->diags, DIAG_QUESTION_ENDED, span_none(), question, flag);
    } else {
        diag_report_plain(cli->diags, DIAG_QUESTION_INTERRUPTED, span_none());
    }
    return false;
}

bool cli_ask(Cli *cli, const char *question, const char *flag, const char **ret_answer)
{
    char *line = NULL;
    *ret_answer = NULL;
    if (!cli->interactive) {
        return true;
    }
    cli_show(cli);
    question = show_text(cli->arena, question);
    const LineEnd end = line_editor_load() ? line_editor_read(cli->arena, question, &line)
                                           : read_plain(cli->arena, question, &line);
    if (end != LINE_GIVEN) {
        return report(cli, end, question, flag);
    }
    line[strcspn(line, "\r\n")] = '\0';
    *ret_answer = line[0] == '\0' ? NULL : line;
    return true;
}

Answer cli_confirm(Cli *cli, const char *question, const char *flag)
{
    const char *answer;
    if (!cli_ask(cli, arena_printf(cli->arena, "%s [y/N]", question), flag, &answer)) {
        return ANSWER_STOPPED;
    }
    return answer != NULL && (answer[0] == 'y' || answer[0] == 'Y') ? ANSWER_YES : ANSWER_NO;
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
