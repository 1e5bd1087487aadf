/*
 * bar.h - the line that shows how far long work is, with its rate and the time that is left.
 *
 * It stands at the bottom of a terminal, is drawn over, and goes before anything else is printed.
 * Standard error of a pipe, a file, CI or `--no-interactive` gets none. Enters: numbers. Leaves:
 * one line, never as wide as the terminal, since that would wrap.
 */
#ifndef BELLOWS_CLI_CONSOLE_BAR_H
#define BELLOWS_CLI_CONSOLE_BAR_H

#include "cli/console/cli.h"

typedef struct BarState {
    long long done, total; /* rows; total -1: not known */
    long long per_s;       /* 0: not known yet */
    uint64_t left_ms;
} BarState;

/* Draws it, unless it was drawn a moment ago. False where no bars are drawn: a line now and then
 * tells the same. */
MUST_CHECK bool bar_draw(Cli *cli, const BarState *state);

/* "14 s", "3 min 20 s", "2 h 5 min". */
void bar_add_time(StrBuf *out, uint64_t ms);
/* The line for a terminal of `columns`. */
void bar_add_line(StrBuf *out, const BarState *state, size_t columns);

#endif
