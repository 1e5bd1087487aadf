/*
 * line_editor.h - one line from the terminal, edited as in other programs (libedit).
 *
 * libedit is opened at the first question (docs/decisions/0016): a start costs nothing, and a
 * machine without it has the terminal's own editing. Only cli/console/prompt.c calls this. Nothing
 * is reported here.
 */
#ifndef BELLOWS_CLI_CONSOLE_LINE_EDITOR_H
#define BELLOWS_CLI_CONSOLE_LINE_EDITOR_H

#include "base/arena.h"
#include "base/common.h"

typedef enum LineEnd {
    LINE_GIVEN,
    LINE_INTERRUPTED, /* a signal came */
    LINE_NO_MORE,     /* the input ended, or cannot be read */
} LineEnd;

/* Is there a library, and a terminal that it can draw on? */
bool line_editor_load(void);
/* The line without its end, in `arena`; only after line_editor_load said yes. */
MUST_CHECK LineEnd line_editor_read(Arena *arena, const char *question, char **ret_line);

/* The next byte of standard input (prompt.c); looks at signals while it waits. */
MUST_CHECK LineEnd prompt_byte(char *ret_byte);

#endif
