#include "base/common.h"

#include "cli/console/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/diag/diag_print.h"
#include "base/file.h"
#include "base/text/show.h"
#include "base/text/wrap.h"
#include "cli/console/answer.h"

volatile sig_atomic_t cli_interrupted;

static const char style_end[] = "\033[0m";

void cli_print(Cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    show_vprintf(&cli->out, format, args);
    va_end(args);
}

void cli_put(Cli *cli, const char *text)
{
    strbuf_add(&cli->out, text);
}

void cli_print_styled(Cli *cli, const char *sequence, const char *text)
{
    strbuf_add(&cli->out, cli->out_colour ? sequence : "");
    show_printf(&cli->out, "%s", text);
    strbuf_add(&cli->out, cli->out_colour ? style_end : "");
}

static size_t width_of(int fd)
{
    enum { NARROWEST = 20, WIDEST = 1000, USUAL = 80 };
    const char *stated = environment("COLUMNS");
    const unsigned long columns = stated == NULL ? 0 : strtoul(stated, NULL, 10);
    if (columns >= NARROWEST && columns <= WIDEST) {
        return columns;
    }
    if (isatty(fd) == 0) {
        return 0;
    }
    struct winsize size = {0};
    const bool told = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return !told ? USUAL : size.ws_col < NARROWEST ? NARROWEST : size.ws_col;
}

size_t cli_width(const Cli *cli)
{
    const bool elsewhere = option_value(&cli->options, OPT_OUTPUT) != NULL || cli->answer != NULL;
    return elsewhere ? 0 : width_of(STDOUT_FILENO);
}

size_t cli_width_of_notes(void)
{
    return isatty(STDERR_FILENO) == 0 ? 0 : width_of(STDERR_FILENO);
}

size_t cli_width_of_sentences(const Cli *cli)
{
    return isatty(STDOUT_FILENO) == 0 ? 0 : cli_width(cli);
}

void cli_say(Cli *cli, const char *format, ...)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    va_list args;
    va_start(args, format);
    show_vprintf(&text, format, args);
    va_end(args);
    wrap_sentences(&cli->out, strbuf_text(&text), 0, cli_width_of_sentences(cli));
    strbuf_dispose(&text);
}

/* A bar gives way to whatever is said next. */
static void take_bar_away(Cli *cli)
{
    if (cli->drawn_ms != 0) {
        fputs("\r\033[K", stderr);
        cli->drawn_ms = 0;
    }
}

/* On a terminal both streams are one page. */
static void count_line_ends(Cli *cli, const char *text, size_t len)
{
    int ends = 0;
    size_t at = len;
    for (; at > 0 && text[at - 1] == '\n'; at--) {
        ends++;
    }
    cli->line_ends = at == 0 ? cli->line_ends + ends : ends;
}

/* Nobody reads on is no failure of the work: `bellows plan | head` is silent, and the exit code
 * tells of the command. */
static bool write_out(Cli *cli)
{
    errno = 0;
    take_bar_away(cli);
    count_line_ends(cli, cli->out.text, cli->out.len);
    if (fwrite(cli->out.text, 1, cli->out.len, stdout) == cli->out.len && fflush(stdout) == 0) {
        return true;
    }
    if (errno != EPIPE && !cli->out_failed) {
        cli->out_failed = true;
        diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), "standard output", strerror(errno));
    }
    return !cli->out_failed;
}

/* What was printed comes before what is noted now, also when both go to one terminal. */
void cli_show(Cli *cli)
{
    if (option_value(&cli->options, OPT_OUTPUT) == NULL && cli->answer == NULL &&
        cli->out.len > 0) {
        (void)write_out(cli);
        strbuf_reset(&cli->out);
    }
}

/* Takes `text`. */
static void note(Cli *cli, const char *sequence, StrBuf *text)
{
    StrBuf lines = strbuf_new(STRBUF_MAX);
    const bool coloured = cli->err_colour && sequence != NULL;
    cli_show(cli);
    take_bar_away(cli);
    strbuf_add(&lines, coloured ? sequence : "");
    wrap_sentences(&lines, strbuf_text(text), 0, cli_width_of_notes());
    strbuf_add(&lines, coloured ? style_end : "");
    strbuf_char(&lines, '\n');
    fwrite(lines.text, 1, lines.len, stderr);
    strbuf_char(text, '\n');
    count_line_ends(cli, text->text, text->len);
    strbuf_dispose(&lines);
    strbuf_dispose(text);
}

void cli_note(Cli *cli, const char *format, ...)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    va_list args;
    va_start(args, format);
    show_vprintf(&text, format, args);
    va_end(args);
    note(cli, NULL, &text);
}

void cli_note_lines(Cli *cli, const char *lead, const char *lines)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, lead);
    show_lines(&text, lines, strlen(lines));
    note(cli, NULL, &text);
}

void cli_note_styled(Cli *cli, const char *sequence, const char *lines)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    show_lines(&text, lines, strlen(lines));
    note(cli, sequence, &text);
}

/* How many line ends all that was printed so far lacks to end with an empty line. */
static int missing_line_ends(Cli *cli)
{
    enum { OF_A_GAP = 2 };
    const int before = cli->line_ends;
    count_line_ends(cli, strbuf_text(&cli->out), cli->out.len);
    const int missing = OF_A_GAP - cli->line_ends;
    cli->line_ends = before;
    return missing;
}

void cli_gap(Cli *cli)
{
    for (int missing = missing_line_ends(cli); missing > 0; missing--) {
        cli_put(cli, "\n");
    }
}

void cli_note_gap(Cli *cli)
{
    if (missing_line_ends(cli) > 0) {
        cli_note(cli, "%s", "");
    }
}

static bool write_output_file(Cli *cli, const char *path)
{
    int error = 0;
    if (!file_write(path, strbuf_text(&cli->out), cli->out.len, &error)) {
        diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), path, file_error(error));
        return false;
    }
    return true;
}

bool cli_flush(Cli *cli)
{
    bool ok = true;
    if (cli->answer != NULL) {
        return true; /* a part of the answer */
    }
    if (cli->out.len > 0) {
        ok = write_out(cli);
    }
    strbuf_reset(&cli->out);
    return ok;
}

bool cli_finish(Cli *cli, ExitCode code)
{
    take_bar_away(cli);
    const char *path = option_value(&cli->options, OPT_OUTPUT);
    const bool is_result =
        (code == EXIT_DONE || code == EXIT_DIFFERENT) && !cli->options.wants_help;
    if (path == NULL || !is_result) {
        return cli_flush(cli);
    }
    const bool ok = write_output_file(cli, path);
    strbuf_reset(&cli->out);
    return ok;
}

void cli_print_diagnostics(Cli *cli)
{
    if (cli->diags->items.count == 0) {
        return;
    }
    if (cli->answer != NULL) {
        answer_take_diagnostics(cli);
        return;
    }
    cli_show(cli);
    take_bar_away(cli);
    StrBuf text = strbuf_new(STRBUF_MAX);
    diag_print_text(&text, cli->diags, (DiagLook){cli->err_colour, cli_width_of_notes()});
    fputs(strbuf_text(&text), stderr);
    strbuf_dispose(&text);
    cli->diags->items.count = 0;
}

long long cli_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

long long cli_elapsed_ms(const Cli *cli)
{
    return cli_clock_ms() - cli->started_ms;
}

ExitCode cli_exit(const Cli *cli, ExitCode otherwise)
{
    return diag_has_errors(cli->diags) ? diag_exit_code(cli->diags) : otherwise;
}

void cli_fork(const Cli *cli, Cli *ret_part)
{
    *ret_part = *cli;
    ret_part->arena = arena_new();
    ret_part->diags = diagnostics_new(ret_part->arena, cli->sources);
}

void cli_join(Cli *cli, Cli *part)
{
    diag_merge(cli->diags, part->diags);
    cli_drop(cli, part);
}

void cli_drop(Cli *cli, Cli *part)
{
    arena_adopt(cli->arena, part->arena);
}
