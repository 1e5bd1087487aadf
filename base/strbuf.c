#include "base/common.h"

#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

StrBuf strbuf_new(size_t max)
{
    return (StrBuf){.max = max};
}

void strbuf_dispose(StrBuf *buf)
{
    free(buf->text);
    *buf = (StrBuf){.max = buf->max};
}

/* Room for `more` bytes and the terminator. */
static void reserve(StrBuf *buf, size_t more)
{
    size_t need = buf->len + more + 1;
    if (need <= buf->capacity) {
        return;
    }
    if (need > buf->max) {
        fprintf(stderr, "bellows: text grew beyond its bound of %zu bytes\n", buf->max);
        abort();
    }
    size_t capacity = buf->capacity == 0 ? 128 : buf->capacity;
    while (capacity < need) {
        capacity *= 2;
    }
    char *grown = realloc(buf->text, capacity);
    if (grown == NULL) {
        fputs("bellows: out of memory\n", stderr);
        abort();
    }
    buf->text = grown;
    buf->capacity = capacity;
}

void strbuf_addn(StrBuf *buf, const char *text, size_t len)
{
    reserve(buf, len);
    memcpy(buf->text + buf->len, text, len);
    buf->len += len;
    buf->text[buf->len] = '\0';
}

void strbuf_char(StrBuf *buf, char c)
{
    strbuf_addn(buf, &c, 1);
}

void strbuf_add(StrBuf *buf, const char *text)
{
    strbuf_addn(buf, text, strlen(text));
}

/* Mostly there is room: to write takes less than to count first. */
void strbuf_vprintf(StrBuf *buf, const char *format, va_list args)
{
    const size_t room = buf->capacity - buf->len;
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(room == 0 ? NULL : buf->text + buf->len, room, format, again);
    va_end(again);
    assert(len >= 0);
    if ((size_t)len >= room) {
        reserve(buf, (size_t)len);
        vsnprintf(buf->text + buf->len, (size_t)len + 1, format, args);
    }
    buf->len += (size_t)len;
}

void strbuf_printf(StrBuf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vprintf(buf, format, args);
    va_end(args);
}

void strbuf_reset(StrBuf *buf)
{
    buf->len = 0;
    if (buf->text != NULL) {
        buf->text[0] = '\0';
    }
}

const char *strbuf_text(const StrBuf *buf)
{
    return buf->text == NULL ? "" : buf->text;
}

char *strbuf_take(StrBuf *buf, Arena *arena)
{
    char *text = arena_strndup(arena, strbuf_text(buf), buf->len);
    strbuf_dispose(buf);
    return text;
}
