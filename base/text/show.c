/*
 * show.c - what is harmless stays, the rest becomes an escape.
 *
 * Sources: Unicode's general categories and Default_Ignorable_Code_Point (UAX 44) for what is
 * invisible; "Workflow commands for GitHub Actions" and its runner, which trims a line before it
 * looks for `::`, and looks for the older `##[` anywhere; Azure Pipelines for `##vso[`.
 */
#include "base/common.h"

#include "base/text/show.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text/mask.h"

/* --- characters --------------------------------------------------------------------------------
 */

/* Visible, and of its own place only. */
static bool is_harmless(int32_t codepoint)
{
    if (codepoint < 0xA0) {
        return codepoint >= 0x20 && codepoint < 0x7F;
    }
    const utf8proc_property_t *about = utf8proc_get_property(codepoint);
    switch (about->category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return !about->ignorable;
    }
}

static void add_escape(StrBuf *out, int32_t codepoint)
{
    if (codepoint == '\n' || codepoint == '\r' || codepoint == '\t') {
        strbuf_add(out, codepoint == '\n' ? "\\n" : codepoint == '\r' ? "\\r" : "\\t");
    } else if (codepoint < 0x80) {
        strbuf_printf(out, "\\x%02x", (unsigned)codepoint);
    } else {
        strbuf_printf(out, "\\u{%x}", (unsigned)codepoint);
    }
}

static bool ends_with(const StrBuf *out, const char *end)
{
    const size_t len = strlen(end);
    return out->len >= len && memcmp(out->text + out->len - len, end, len) == 0;
}

/* Does nothing but white space stand on the line so far? Wide blanks are trimmed like others. */
static bool at_line_start(const StrBuf *out)
{
    size_t at = out->len;
    while (at > 0 && out->text[at - 1] != '\n') {
        size_t start = at - 1;
        while (start > 0 && ((unsigned char)out->text[start] & 0xC0) == 0x80) {
            start--;
        }
        int32_t codepoint = -1;
        utf8proc_iterate((const utf8proc_uint8_t *)out->text + start,
                         (utf8proc_ssize_t)(at - start), &codepoint);
        if (codepoint != '\t' && utf8proc_category(codepoint) != UTF8PROC_CATEGORY_ZS) {
            return false;
        }
        at = start;
    }
    return true;
}

/* Would the character complete what a CI service takes for a command? */
static bool commands(const StrBuf *out, char c)
{
    return (c == '[' && (ends_with(out, "##") || ends_with(out, "##vso"))) ||
           (c == ':' && at_line_start(out));
}

size_t show_character(StrBuf *out, const char *text, size_t len, size_t *ret_len)
{
    const size_t before = out->len;
    int32_t codepoint = -1;
    const utf8proc_ssize_t bytes =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &codepoint);
    *ret_len = bytes > 0 ? (size_t)bytes : 1;
    if (bytes <= 0) {
        strbuf_printf(out, "\\x%02x", (unsigned)(unsigned char)text[0]);
    } else if (!is_harmless(codepoint) || commands(out, text[0])) {
        add_escape(out, codepoint);
    } else {
        strbuf_addn(out, text, (size_t)bytes);
        const int width = utf8proc_charwidth(codepoint);
        return width > 0 ? (size_t)width : 0;
    }
    return out->len - before;
}

/* --- texts -------------------------------------------------------------------------------------
 */

static void add_line(StrBuf *out, const char *text, size_t len)
{
    size_t bytes;
    for (size_t at = 0; at < len; at += bytes) {
        show_character(out, text + at, len - at, &bytes);
    }
}

static void add_lines(StrBuf *out, const char *text, size_t len)
{
    size_t bytes;
    for (size_t at = 0; at < len; at += bytes) {
        bytes = 1;
        if (text[at] == '\n' || text[at] == '\t') {
            strbuf_char(out, text[at]);
        } else if (text[at] != '\r' || at + 1 == len || text[at + 1] != '\n') {
            show_character(out, text + at, len - at, &bytes);
        }
    }
}

/* What `add` shows of `text` without its passwords. */
static void show_masked(StrBuf *out, const char *text, size_t len,
                        void (*add)(StrBuf *out, const char *text, size_t len))
{
    size_t from = 0, start, end;
    while (from < len && mask_find(text, len, from, &start, &end)) {
        add(out, text + from, start - from);
        strbuf_add(out, "***");
        from = end;
    }
    add(out, text + from, len - from);
}

void show_line(StrBuf *out, const char *text, size_t len)
{
    show_masked(out, text, len, add_line);
}

void show_lines(StrBuf *out, const char *text, size_t len)
{
    show_masked(out, text, len, add_lines);
}

char *show_text(Arena *arena, const char *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    show_line(&out, text, strlen(text));
    return strbuf_take(&out, arena);
}

/* --- formats -----------------------------------------------------------------------------------
 */

/* `%-*.*lld`, taken apart. */
typedef struct Conversion {
    bool left, zeros;
    int width, precision; /* -1: none */
    char length;          /* 0, `l`, `L` for ll, `z` */
    char letter;
} Conversion;

static int read_figure(const char **at, va_list *args)
{
    int figure = 0;
    if (**at == '*') {
        (*at)++;
        return va_arg(*args, int);
    }
    while (**at >= '0' && **at <= '9') {
        figure = figure * 10 + (*(*at)++ - '0');
    }
    return figure;
}

static Conversion read_conversion(const char **at, va_list *args)
{
    Conversion conversion = {.width = -1, .precision = -1};
    for (; **at == '-' || **at == '0'; (*at)++) {
        conversion.left |= **at == '-';
        conversion.zeros |= **at == '0';
    }
    if (**at == '*' || (**at >= '0' && **at <= '9')) {
        conversion.width = read_figure(at, args);
    }
    if (**at == '.') {
        (*at)++;
        conversion.precision = read_figure(at, args);
    }
    for (; **at == 'l' || **at == 'z'; (*at)++) {
        conversion.length = conversion.length == 'l' ? 'L' : **at;
    }
    conversion.letter = *(*at)++;
    return conversion;
}

static void pad(StrBuf *out, const Conversion *conversion, size_t len)
{
    for (; conversion->width > 0 && len < (size_t)conversion->width; len++) {
        strbuf_char(out, conversion->zeros ? '0' : ' ');
    }
}

static void add_number(StrBuf *out, const Conversion *conversion, unsigned long long bits)
{
    enum { NUMBER_MAX = 32 };
    char number[NUMBER_MAX];
    if (conversion->letter == 'd' || conversion->letter == 'i') {
        snprintf(number, sizeof number, "%lld", (long long)bits);
    } else {
        snprintf(number, sizeof number, conversion->letter == 'u' ? "%llu" : "%llX", bits);
    }
    pad(out, conversion, strlen(number));
    strbuf_add(out, number);
}

static unsigned long long take_number(const Conversion *conversion, va_list *args)
{
    const bool is_signed = conversion->letter == 'd' || conversion->letter == 'i';
    switch (conversion->length) {
    case 'L':
        return va_arg(*args, unsigned long long);
    case 'l':
        return is_signed ? (unsigned long long)va_arg(*args, long) : va_arg(*args, unsigned long);
    case 'z':
        return va_arg(*args, size_t);
    default:
        return is_signed ? (unsigned long long)va_arg(*args, int) : va_arg(*args, unsigned);
    }
}

static void add_text(StrBuf *out, const Conversion *conversion, const char *text)
{
    const size_t len =
        conversion->precision < 0 ? strlen(text) : strnlen(text, (size_t)conversion->precision);
    if (!conversion->left) {
        pad(out, conversion, len);
    }
    const size_t before = out->len;
    show_line(out, text, len);
    if (conversion->left) {
        pad(out, conversion, out->len - before);
    }
}

static void add_conversion(StrBuf *out, const Conversion *conversion, va_list *args)
{
    switch (conversion->letter) {
    case 's':
        add_text(out, conversion, va_arg(*args, const char *));
        break;
    case 'c': {
        const char c = (char)va_arg(*args, int);
        show_line(out, &c, 1);
        break;
    }
    case '%':
        strbuf_char(out, '%');
        break;
    case 'd':
    case 'i':
    case 'u':
    case 'X':
        add_number(out, conversion, take_number(conversion, args));
        break;
    default:
        assert(false && "a conversion that show_printf has no use for");
    }
}

void show_vprintf(StrBuf *out, const char *format, va_list args)
{
    va_list rest;
    va_copy(rest, args);
    for (const char *at = format; *at != '\0';) {
        const size_t plain = strcspn(at, "%");
        strbuf_addn(out, at, plain);
        at += plain;
        if (*at == '%') {
            at++;
            const Conversion conversion = read_conversion(&at, &rest);
            add_conversion(out, &conversion, &rest);
        }
    }
    va_end(rest);
}

void show_printf(StrBuf *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    show_vprintf(out, format, args);
    va_end(args);
}

char *show_format(Arena *arena, const char *format, ...)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    va_list args;
    va_start(args, format);
    show_vprintf(&out, format, args);
    va_end(args);
    return strbuf_take(&out, arena);
}
