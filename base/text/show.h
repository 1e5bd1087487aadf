/*
 * show.h - texts of others, shown to people: on a terminal, in a CI log, in a comment.
 *
 * Names, server messages, file names and rows may hold anything: line ends that forge a line,
 * escape sequences, marks that turn the text around, characters without width, bytes that are no
 * character. All of it is shown by an escape and none of it obeyed: `\n`, `\x1b`, `\u{202e}`,
 * `\xff`. Neither does a line become a workflow command of a CI service, which looks for `::` at a
 * line's start and for `##[` and `##vso[` anywhere. What is shown already stays as it is when shown
 * again. A password in a
 * text is three stars (mask.h). Everything is appended to a StrBuf.
 */
#ifndef BELLOWS_BASE_TEXT_SHOW_H
#define BELLOWS_BASE_TEXT_SHOW_H

#include <stdarg.h>

#include "base/arena.h"
#include "base/common.h"
#include "base/strbuf.h"

/* On one line: line ends and tabs are escapes too. */
void show_line(StrBuf *out, const char *text, size_t len);
/* Line ends and tabs stay, "\r\n" becomes "\n". For texts that are lines: help, server messages. */
void show_lines(StrBuf *out, const char *text, size_t len);
/* printf for people: each `%s` of the format is shown on one line, the format is ours and stays. */
void show_printf(StrBuf *out, const char *format, ...) PRINTF_LIKE(2, 3);
void show_vprintf(StrBuf *out, const char *format, va_list args) PRINTF_LIKE(2, 0);

/* The same in an arena. */
char *show_text(Arena *arena, const char *text);
char *show_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* One character at `text`, as show_line; its columns on a terminal. Tabs are escapes. */
size_t show_character(StrBuf *out, const char *text, size_t len, size_t *ret_len);

#endif
