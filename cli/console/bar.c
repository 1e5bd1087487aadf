#include "base/common.h"

#include "cli/console/bar.h"

#include <stdio.h>
#include <string.h>

enum { REDRAW_MS = 100, NARROWEST_BAR = 8, WIDEST_BAR = 30, MARGIN = 2, AROUND_CELLS = 3 };

void bar_add_time(StrBuf *out, uint64_t ms)
{
    const unsigned long long s = ms / 1000;
    if (s < 60) {
        strbuf_printf(out, "%llu s", s);
    } else if (s < 3600) {
        strbuf_printf(out, "%llu min %llu s", s / 60, s % 60);
    } else {
        strbuf_printf(out, "%llu h %llu min", s / 3600, s / 60 % 60);
    }
}

/* What stands behind the bar; with less detail the shorter it has to be. */
static void add_words(StrBuf *out, const BarState *state, int detail)
{
    const char *separator = "";
    if (state->total >= 0) {
        const long long percent = state->total == 0 ? 100 : state->done * 100 / state->total;
        strbuf_printf(out, "%3lld %%", percent);
        separator = "  ";
    }
    if (detail > 1 || state->total < 0) {
        strbuf_printf(out, "%s%lld", separator, state->done);
        if (state->total >= 0) {
            strbuf_printf(out, " of about %lld", state->total);
        }
        strbuf_add(out, " rows");
        separator = ", ";
    }
    if (detail > 0 && state->per_s > 0) {
        strbuf_printf(out, "%s%lld rows/s", separator, state->per_s);
        separator = ", ";
    }
    if (state->total >= 0 && state->per_s > 0) {
        strbuf_add(out, separator);
        bar_add_time(out, state->left_ms);
        strbuf_add(out, " left");
    }
}

static void add_cells(StrBuf *out, const BarState *state, size_t cells)
{
    const size_t full = state->total <= 0
                            ? cells
                            : (size_t)((double)state->done / (double)state->total * (double)cells);
    strbuf_char(out, '[');
    for (size_t i = 0; i < cells; i++) {
        strbuf_char(out, i < full ? '#' : '.');
    }
    strbuf_add(out, "] ");
}

/* Of one width on one terminal: only what stands behind it may change its length. */
static size_t cells_of(size_t columns)
{
    const size_t part = columns / 8;
    return part < NARROWEST_BAR ? NARROWEST_BAR : part > WIDEST_BAR ? WIDEST_BAR : part;
}

void bar_add_line(StrBuf *out, const BarState *state, size_t columns)
{
    const size_t cells = cells_of(columns);
    const size_t bar = state->total < 0 ? 0 : cells + AROUND_CELLS;
    const size_t most = columns <= MARGIN + 1 ? 1 : columns - MARGIN - 1;
    StrBuf words = strbuf_new(STRBUF_MAX);
    for (int detail = 2; detail >= 0 && (detail == 2 || bar + words.len > most); detail--) {
        strbuf_reset(&words);
        add_words(&words, state, detail);
    }
    strbuf_add(out, "  ");
    if (bar > 0 && bar + words.len <= most) {
        add_cells(out, state, cells);
    }
    strbuf_printf(out, "%.*s", (int)most, strbuf_text(&words));
    strbuf_dispose(&words);
}

bool bar_draw(Cli *cli, const BarState *state)
{
    if (!cli->draws) {
        return false;
    }
    const long long now = cli_clock_ms();
    if (cli->drawn_ms != 0 && now - cli->drawn_ms < REDRAW_MS) {
        return true;
    }
    StrBuf line = strbuf_new(STRBUF_MAX);
    cli_show(cli);
    strbuf_add(&line, "\r\033[K");
    bar_add_line(&line, state, cli_width_of_notes());
    fputs(strbuf_text(&line), stderr);
    fflush(stderr);
    strbuf_dispose(&line);
    cli->drawn_ms = now;
    return true;
}
