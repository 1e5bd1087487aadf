/*
 * strbuf.h - growable text with a mandatory maximum.
 *
 * A StrBuf owns heap memory: release it with strbuf_dispose (accepts a zeroed one), or hand the
 * text to an arena with strbuf_take. `text` is always terminated once anything was added. Growing
 * beyond `max` bytes aborts: every maker states a bound its input cannot reach (STRBUF_MAX for
 * whole documents).
 */
#ifndef BELLOWS_BASE_STRBUF_H
#define BELLOWS_BASE_STRBUF_H

#include <stdarg.h>

#include "base/arena.h"
#include "base/common.h"

enum { STRBUF_MAX = 1 << 30 };

typedef struct StrBuf {
    char *text;
    size_t len;
    size_t capacity;
    size_t max;
} StrBuf;

StrBuf strbuf_new(size_t max);
void strbuf_dispose(StrBuf *buf);

void strbuf_char(StrBuf *buf, char c);
void strbuf_add(StrBuf *buf, const char *text);
void strbuf_addn(StrBuf *buf, const char *text, size_t len);
void strbuf_printf(StrBuf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void strbuf_vprintf(StrBuf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);
/* Forgets the text, keeps the memory. */
void strbuf_reset(StrBuf *buf);

/* The text so far, never NULL; valid until the next change. */
const char *strbuf_text(const StrBuf *buf);
/* Copies the text into `arena` and disposes of the buffer. */
char *strbuf_take(StrBuf *buf, Arena *arena);

#endif
