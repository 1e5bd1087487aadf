/*
 * default_json.c - is a text JSON? Read by the grammar of RFC 8259, nothing is kept.
 */
#include "base/common.h"

#include "compiler/schema/resolve/default_literal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_DEPTH_MAX = 127 };

typedef struct JsonCx {
    const char *at, *end;
    int depth;
} JsonCx;

static bool json_value(JsonCx *cx);

static char peek(const JsonCx *cx)
{
    return cx->at < cx->end ? *cx->at : '\0';
}

static bool take(JsonCx *cx, char c)
{
    if (cx->at < cx->end && *cx->at == c) {
        cx->at++;
        return true;
    }
    return false;
}

static void skip_space(JsonCx *cx)
{
    while (cx->at < cx->end && strchr(" \t\n\r", *cx->at) != NULL && *cx->at != '\0') {
        cx->at++;
    }
}

static bool take_word(JsonCx *cx, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(cx->end - cx->at) < len || memcmp(cx->at, word, len) != 0) {
        return false;
    }
    cx->at += len;
    return true;
}

/* --- numbers --- */

static bool take_digits(JsonCx *cx)
{
    const char *start = cx->at;
    while (peek(cx) >= '0' && peek(cx) <= '9') {
        cx->at++;
    }
    return cx->at > start;
}

static bool json_number(JsonCx *cx)
{
    const char *start = cx->at;
    take(cx, '-');
    if (!take(cx, '0') && !take_digits(cx)) {
        return false;
    }
    if (take(cx, '.') && !take_digits(cx)) {
        return false;
    }
    if (take(cx, 'e') || take(cx, 'E')) {
        if (!take(cx, '-')) {
            take(cx, '+');
        }
        if (!take_digits(cx)) {
            return false;
        }
    }
    return isfinite(strtod(start, NULL));
}

/* --- strings --- */

static bool take_hex4(JsonCx *cx, unsigned *ret_unit)
{
    unsigned unit = 0;
    for (int i = 0; i < 4; i++) {
        const char digits[] = "0123456789abcdefABCDEF";
        const char *at = peek(cx) == '\0' ? NULL : strchr(digits, peek(cx));
        if (at == NULL) {
            return false;
        }
        unsigned value = (unsigned)(at - digits);
        unit = unit * 16 + (value > 15 ? value - 6 : value);
        cx->at++;
    }
    *ret_unit = unit;
    return true;
}

/* A high surrogate must be followed by a low one, and a low one never comes first. */
static bool take_unicode(JsonCx *cx)
{
    unsigned unit = 0;
    if (!take_hex4(cx, &unit)) {
        return false;
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
        return true;
    }
    return unit < 0xDC00 && take_word(cx, "\\u") && take_hex4(cx, &unit) && unit >= 0xDC00 &&
           unit <= 0xDFFF;
}

static bool json_string(JsonCx *cx)
{
    if (!take(cx, '"')) {
        return false;
    }
    while (cx->at < cx->end && *cx->at != '"') {
        char c = *cx->at++;
        if ((unsigned char)c < 0x20) {
            return false;
        }
        if (c != '\\') {
            continue;
        }
        if (take(cx, 'u')) {
            if (!take_unicode(cx)) {
                return false;
            }
        } else if (peek(cx) == '\0' || strchr("\"\\/bfnrt", peek(cx)) == NULL) {
            return false;
        } else {
            cx->at++;
        }
    }
    return take(cx, '"');
}

/* --- arrays and objects --- */

static bool json_member(JsonCx *cx)
{
    skip_space(cx);
    if (!json_string(cx)) {
        return false;
    }
    skip_space(cx);
    return take(cx, ':') && json_value(cx);
}

static bool json_items(JsonCx *cx, char close, bool (*item)(JsonCx *cx))
{
    bool ok = ++cx->depth <= JSON_DEPTH_MAX;
    skip_space(cx);
    if (ok && take(cx, close)) {
        cx->depth--;
        return true;
    }
    while (ok && item(cx)) {
        skip_space(cx);
        if (!take(cx, ',')) {
            cx->depth--;
            return take(cx, close);
        }
    }
    return false;
}

static bool json_value(JsonCx *cx)
{
    skip_space(cx);
    if (take(cx, '{')) {
        return json_items(cx, '}', json_member);
    }
    if (take(cx, '[')) {
        return json_items(cx, ']', json_value);
    }
    if (peek(cx) == '"') {
        return json_string(cx);
    }
    return take_word(cx, "true") || take_word(cx, "false") || take_word(cx, "null") ||
           json_number(cx);
}

bool json_is_valid(const char *text, size_t len)
{
    JsonCx cx = {.at = text, .end = text + len};
    bool ok = json_value(&cx);
    skip_space(&cx);
    return ok && cx.at == cx.end;
}
