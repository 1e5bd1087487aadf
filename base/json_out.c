#include "base/common.h"

#include "base/json_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

JsonOut json_out_new(StrBuf *buffer, bool indented)
{
    return (JsonOut){.buffer = buffer, .indented = indented};
}

/* --- texts --- */

/* Bytes that stand for themselves inside quotes. */
static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

static void put_escape(StrBuf *buffer, unsigned char byte)
{
    static const char letters[] = "\"\"\\\\\nn\tt\rr\bb\ff";
    for (size_t i = 0; i + 1 < sizeof letters; i += 2) {
        if ((unsigned char)letters[i] == byte) {
            strbuf_char(buffer, '\\');
            strbuf_char(buffer, letters[i + 1]);
            return;
        }
    }
    strbuf_printf(buffer, "\\u%04x", byte);
}

/* One character beyond ASCII; how many bytes of the text it took. */
static size_t put_wide(StrBuf *buffer, const char *at, size_t len)
{
    utf8proc_int32_t codepoint = -1;
    utf8proc_ssize_t bytes =
        utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)len, &codepoint);
    if (bytes <= 0) {
        strbuf_add(buffer, "\xEF\xBF\xBD");
        return 1;
    }
    strbuf_addn(buffer, at, (size_t)bytes);
    return (size_t)bytes;
}

static void put_quoted(StrBuf *buffer, const char *text)
{
    size_t len = strlen(text);
    strbuf_char(buffer, '"');
    for (size_t at = 0; at < len;) {
        size_t run = 0;
        while (at + run < len && is_plain((unsigned char)text[at + run])) {
            run++;
        }
        strbuf_addn(buffer, text + at, run);
        at += run;
        if (at == len) {
            break;
        }
        if ((unsigned char)text[at] < 0x80) {
            put_escape(buffer, (unsigned char)text[at]);
            at++;
        } else {
            at += put_wide(buffer, text + at, len - at);
        }
    }
    strbuf_char(buffer, '"');
}

/* --- structure --- */

static void put_line_end(const JsonOut *out)
{
    if (!out->indented) {
        return;
    }
    strbuf_char(out->buffer, '\n');
    for (size_t i = 0; i < out->depth; i++) {
        strbuf_add(out->buffer, "  ");
    }
}

/* What stands before a value: comma, line end, key. */
static void begin(JsonOut *out, const char *key)
{
    if (out->wants_comma) {
        strbuf_char(out->buffer, ',');
    }
    if (out->depth > 0) {
        put_line_end(out);
    }
    if (key != NULL) {
        put_quoted(out->buffer, key);
        strbuf_add(out->buffer, out->indented ? ": " : ":");
    }
    out->wants_comma = true;
}

void json_out_open_member(JsonOut *out, const char *key, char bracket)
{
    assert(out->depth < JSON_OUT_DEPTH);
    begin(out, key);
    strbuf_char(out->buffer, bracket);
    out->closing[out->depth++] = bracket == '{' ? '}' : ']';
    out->wants_comma = false;
}

void json_out_open(JsonOut *out, char bracket)
{
    json_out_open_member(out, NULL, bracket);
}

void json_out_close(JsonOut *out)
{
    assert(out->depth > 0);
    bool empty = !out->wants_comma;
    char bracket = out->closing[--out->depth];
    if (!empty) {
        put_line_end(out);
    }
    strbuf_char(out->buffer, bracket);
    out->wants_comma = true;
}

/* --- values --- */

void json_out_text(JsonOut *out, const char *key, const char *text)
{
    if (text == NULL) {
        json_out_null(out, key);
        return;
    }
    begin(out, key);
    put_quoted(out->buffer, text);
}

void json_out_raw(JsonOut *out, const char *key, const char *json)
{
    begin(out, key);
    strbuf_add(out->buffer, json);
}

void json_out_bool(JsonOut *out, const char *key, bool value)
{
    json_out_raw(out, key, value ? "true" : "false");
}

void json_out_null(JsonOut *out, const char *key)
{
    json_out_raw(out, key, "null");
}

void json_out_integer(JsonOut *out, const char *key, long long value)
{
    begin(out, key);
    strbuf_printf(out->buffer, "%lld", value);
}

void json_out_real(JsonOut *out, const char *key, double value)
{
    enum { DIGITS_ALWAYS_ENOUGH = 17 };
    char text[40] = "";
    if (!isfinite(value)) {
        json_out_null(out, key);
        return;
    }
    for (int digits = 1; digits <= DIGITS_ALWAYS_ENOUGH; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) ==
            value) { // NOLINT(clang-diagnostic-float-equal): the same, no less
            break;
        }
    }
    json_out_raw(out, key, text);
}
