/*
 * json_out.h - JSON written as it is thought of, without a tree in between.
 *
 *     JsonOut out = json_out_new(&buffer, false);
 *     json_out_open(&out, '{');
 *     json_out_text(&out, "name", user);      a member: its key comes first
 *     json_out_open_member(&out, "list", '[');
 *     json_out_text(&out, NULL, "item");      an item of an array, or the whole document: no key
 *     json_out_close(&out);
 *     json_out_close(&out);
 *
 * Commas and, when asked for, line ends come by themselves. What is written is valid JSON whatever
 * the texts hold: bytes that are no UTF-8 become U+FFFD. Nesting is bounded by JSON_OUT_DEPTH; more
 * is a bug of the caller.
 */
#ifndef BELLOWS_BASE_JSON_OUT_H
#define BELLOWS_BASE_JSON_OUT_H

#include "base/common.h"
#include "base/strbuf.h"

enum { JSON_OUT_DEPTH = 64 };

typedef struct JsonOut {
    StrBuf *buffer; /* the caller's */
    bool indented;
    bool wants_comma;
    size_t depth;
    char closing[JSON_OUT_DEPTH];
} JsonOut;

JsonOut json_out_new(StrBuf *buffer, bool indented);

/* `bracket` is `{` or `[`. */
void json_out_open(JsonOut *out, char bracket);
void json_out_open_member(JsonOut *out, const char *key, char bracket);
void json_out_close(JsonOut *out);

/* NULL for `text` is null. */
void json_out_text(JsonOut *out, const char *key, const char *text);
void json_out_bool(JsonOut *out, const char *key, bool value);
void json_out_null(JsonOut *out, const char *key);
void json_out_integer(JsonOut *out, const char *key, long long value);
/* As few digits as name the number; null for what JSON has no number for. */
void json_out_real(JsonOut *out, const char *key, double value);
/* `json` must be one JSON value. */
void json_out_raw(JsonOut *out, const char *key, const char *json);

#endif
