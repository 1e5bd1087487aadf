#include "base/common.h"

#include "cli/console/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag/diag_print.h"
#include "base/file.h"

volatile sig_atomic_t cli_interrupted;

void cli_print(Cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vprintf(&cli->out, format, args);
    va_end(args);
}

/* What was printed comes before what is noted now, also when both go to one terminal. */
void cli_show(Cli *cli)
{
    if (option_value(&cli->options, OPT_OUTPUT) == NULL && cli->out.len > 0) {
        fwrite(cli->out.text, 1, cli->out.len, stdout);
        fflush(stdout);
        strbuf_reset(&cli->out);
    }
}

void cli_note(Cli *cli, const char *format, ...)
{
    cli_show(cli);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

static bool write_output_file(Cli *cli, const char *path)
{
    int error = 0;
    if (!file_write(path, strbuf_text(&cli->out), cli->out.len, &error)) {
        diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), path, strerror(error));
        return false;
    }
    return true;
}

bool cli_flush(Cli *cli)
{
    const char *path = option_value(&cli->options, OPT_OUTPUT);
    bool ok = true;
    if (path != NULL) {
        ok = write_output_file(cli, path);
    } else if (cli->out.len > 0) {
        ok = fwrite(cli->out.text, 1, cli->out.len, stdout) == cli->out.len && fflush(stdout) == 0;
        if (!ok) {
            diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), "standard output",
                        strerror(errno));
        }
    }
    strbuf_reset(&cli->out);
    return ok;
}

void cli_print_diagnostics(Cli *cli)
{
    if (cli->diags->items.count == 0) {
        return;
    }
    cli_show(cli);
    StrBuf text = strbuf_new(STRBUF_MAX);
    diag_print_text(&text, cli->diags, cli->err_colour);
    fputs(strbuf_text(&text), stderr);
    strbuf_dispose(&text);
    cli->diags->items.count = 0;
}

const char *cli_style(bool coloured, const char *sequence)
{
    return coloured ? sequence : "";
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
