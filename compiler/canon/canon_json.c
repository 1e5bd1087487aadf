/*
 * canon_json.c - JSON by value: as JSONB prints it (keys by length, then by bytes, the last of
 * equal ones kept), but for numbers and escapes, which have one form.
 *
 * A parser of our own because numbers must keep every digit. Source: RFC 8259.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "compiler/canon/canon_internal.h"

enum { JSON_DEPTH_MAX = 200 };

typedef struct JsonCx {
    const char *at, *end;
    Arena *arena;
    uint32_t depth;
} JsonCx;

/* A member of an object; both texts are canonical. */
typedef struct Member {
    const char *key, *value;
    size_t order;
} Member;

static bool value(JsonCx *cx, StrBuf *out);

static void blanks(JsonCx *cx)
{
    while (cx->at < cx->end && strchr(" \t\r\n", *cx->at) != NULL && *cx->at != '\0') {
        cx->at++;
    }
}

static bool take(JsonCx *cx, char c)
{
    blanks(cx);
    bool there = cx->at < cx->end && *cx->at == c;
    cx->at += there ? 1 : 0;
    return there;
}

static bool hex4(JsonCx *cx, unsigned *ret_code)
{
    unsigned code = 0;
    if (cx->end - cx->at < 4) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        char c = *cx->at++;
        char lower = (char)(c | 0x20);
        bool digit = c >= '0' && c <= '9';
        if (!digit && (lower < 'a' || lower > 'f')) {
            return false;
        }
        code = code * 16 + (unsigned)(digit ? c - '0' : lower - 'a' + 10);
    }
    *ret_code = code;
    return true;
}

static void put_utf8(StrBuf *out, unsigned code)
{
    if (code < 0x80) {
        strbuf_char(out, (char)code);
    } else if (code < 0x800) {
        strbuf_char(out, (char)(0xC0 | (code >> 6)));
        strbuf_char(out, (char)(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        strbuf_char(out, (char)(0xE0 | (code >> 12)));
        strbuf_char(out, (char)(0x80 | ((code >> 6) & 0x3F)));
        strbuf_char(out, (char)(0x80 | (code & 0x3F)));
    } else {
        strbuf_char(out, (char)(0xF0 | (code >> 18)));
        strbuf_char(out, (char)(0x80 | ((code >> 12) & 0x3F)));
        strbuf_char(out, (char)(0x80 | ((code >> 6) & 0x3F)));
        strbuf_char(out, (char)(0x80 | (code & 0x3F)));
    }
}

/* After `\u`. Zero and lone surrogates stay escapes: they are no characters. */
static bool unicode(JsonCx *cx, StrBuf *out)
{
    unsigned code = 0;
    unsigned low = 0;
    if (!hex4(cx, &code)) {
        return false;
    }
    bool high_surrogate = code >= 0xD800 && code < 0xDC00;
    if (high_surrogate && cx->end - cx->at >= 6 && cx->at[0] == '\\' && cx->at[1] == 'u') {
        cx->at += 2;
        if (!hex4(cx, &low) || low < 0xDC00 || low > 0xDFFF) {
            return false;
        }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xD800 && code <= 0xDFFF) {
        return false;
    }
    if (code < 0x20 || code == '"' || code == '\\') {
        strbuf_printf(out, "\\u%04x", code);
    } else {
        put_utf8(out, code);
    }
    return true;
}

static bool escape(JsonCx *cx, StrBuf *out)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    if (cx->at >= cx->end) {
        return false;
    }
    char c = *cx->at++;
    if (c == 'u') {
        return unicode(cx, out);
    }
    const char *found = c == '\0' ? NULL : strchr(letters, c);
    if (found == NULL) {
        return false;
    }
    char plain = meant[found - letters];
    if (plain == '/') {
        strbuf_char(out, '/');
    } else {
        strbuf_printf(out, "\\u%04x", (unsigned)plain);
    }
    return true;
}

static bool string(JsonCx *cx, StrBuf *out)
{
    strbuf_char(out, '"');
    while (cx->at < cx->end && *cx->at != '"') {
        char c = *cx->at++;
        if ((unsigned char)c < 0x20 || (c == '\\' && !escape(cx, out))) {
            return false;
        }
        strbuf_addn(out, &c, c == '\\' ? 0 : 1);
    }
    strbuf_char(out, '"');
    return take(cx, '"');
}

static bool number(JsonCx *cx, StrBuf *out)
{
    const char *start = cx->at;
    while (cx->at < cx->end && strchr("+-.eE0123456789", *cx->at) != NULL && *cx->at != '\0') {
        cx->at++;
    }
    bool signed_plus = *start == '+';
    return cx->at > start && !signed_plus && canon_number(out, start, (size_t)(cx->at - start));
}

static bool word(JsonCx *cx, StrBuf *out)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < lengthof(words); i++) {
        size_t len = strlen(words[i]);
        if ((size_t)(cx->end - cx->at) >= len && strncmp(cx->at, words[i], len) == 0) {
            strbuf_add(out, words[i]);
            cx->at += len;
            return true;
        }
    }
    return false;
}

static bool array(JsonCx *cx, StrBuf *out)
{
    strbuf_char(out, '[');
    bool empty = take(cx, ']');
    while (!empty) {
        if (!value(cx, out)) {
            return false;
        }
        if (take(cx, ']')) {
            break;
        }
        if (!take(cx, ',')) {
            return false;
        }
        strbuf_add(out, ", ");
    }
    strbuf_char(out, ']');
    return true;
}

static int compare_members(const void *left, const void *right)
{
    const Member *a = left;
    const Member *b = right;
    const size_t left_len = strlen(a->key), right_len = strlen(b->key);
    if (left_len != right_len) {
        return left_len < right_len ? -1 : 1;
    }
    const int order = strcmp(a->key, b->key);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static bool member(JsonCx *cx, Member *ret_member)
{
    StrBuf key = strbuf_new(CANON_TEXT_MAX);
    StrBuf content = strbuf_new(CANON_TEXT_MAX);
    bool ok = take(cx, '"') && string(cx, &key) && take(cx, ':') && value(cx, &content);
    ret_member->key = strbuf_take(&key, cx->arena);
    ret_member->value = strbuf_take(&content, cx->arena);
    return ok;
}

static bool object(JsonCx *cx, StrBuf *out)
{
    VEC(Member) members = {0};
    bool empty = take(cx, '}');
    while (!empty) {
        Member one = {.order = members.count};
        if (!member(cx, &one)) {
            return false;
        }
        vec_push(cx->arena, &members, one);
        if (take(cx, '}')) {
            break;
        }
        if (!take(cx, ',')) {
            return false;
        }
    }
    if (members.count > 0) {
        qsort(members.items, members.count, sizeof *members.items, compare_members);
    }
    strbuf_char(out, '{');
    for (size_t i = 0; i < members.count; i++) {
        const Member *one = &members.items[i];
        bool replaced = i + 1 < members.count && strcmp(one->key, one[1].key) == 0;
        if (!replaced) {
            strbuf_printf(out, "%s%s: %s", out->text[out->len - 1] == '{' ? "" : ", ", one->key,
                          one->value);
        }
    }
    strbuf_char(out, '}');
    return true;
}

static bool value(JsonCx *cx, StrBuf *out)
{
    bool ok = false;
    blanks(cx);
    if (cx->at >= cx->end || cx->depth >= JSON_DEPTH_MAX) {
        return false;
    }
    cx->depth++;
    if (take(cx, '{')) {
        ok = object(cx, out);
    } else if (take(cx, '[')) {
        ok = array(cx, out);
    } else if (take(cx, '"')) {
        ok = string(cx, out);
    } else {
        ok = word(cx, out) || number(cx, out);
    }
    cx->depth--;
    return ok;
}

bool canon_json(StrBuf *out, const char *text, size_t len)
{
    JsonCx cx = {.at = text, .end = text + len, .arena = arena_new()};
    StrBuf made = strbuf_new(CANON_TEXT_MAX);
    bool ok = value(&cx, &made);
    blanks(&cx);
    ok = ok && cx.at == cx.end;
    if (ok) {
        canon_quote(out, strbuf_text(&made), made.len);
    }
    strbuf_dispose(&made);
    arena_free(cx.arena);
    return ok;
}
