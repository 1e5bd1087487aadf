/*
 * parse_text.c - characters: UTF-8, letters, string escapes.
 *
 * In: bytes of the file. Out: text for the scanner, values of strings, words for messages.
 * Letters and digits are as in the reference tool, version 7: any Unicode letter, ASCII digits.
 */
#include "base/common.h"

#include "grammar/parse_internal.h"

#include <limits.h>
#include <string.h>
#include <utf8proc.h>

#include "base/strbuf.h"

/* The codepoint at `at`, or -1 when the bytes are no character; `ret_len` its bytes, at least 1. */
static int32_t decode(const char *text, size_t at, size_t end, uint32_t *ret_len)
{
    int32_t codepoint = -1;
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                            (utf8proc_ssize_t)(end - at), &codepoint);
    *ret_len = len > 0 ? (uint32_t)len : 1;
    return len > 0 ? codepoint : -1;
}

/* --- text for the scanner --- */

/* The first byte of [at, len) beyond ASCII, eight at a time. */
static size_t ascii_end(const char *text, size_t at, size_t len)
{
    for (; at + sizeof(uint64_t) <= len; at += sizeof(uint64_t)) {
        uint64_t bytes;
        memcpy(&bytes, text + at, sizeof bytes);
        if ((bytes & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
    }
    while (at < len && (unsigned char)text[at] < 0x80) {
        at++;
    }
    return at;
}

static bool blank_out_spaces(ParseCx *cx, char *text, size_t len)
{
    for (size_t at = ascii_end(text, 0, len); at < len; at = ascii_end(text, at, len)) {
        uint32_t bytes = 0;
        int32_t codepoint = decode(text, at, len, &bytes);
        if (codepoint < 0) {
            Span place = {cx->file->id, (uint32_t)at, (uint32_t)at + 1};
            diag_report_plain(cx->diags, DIAG_NOT_UTF8, place);
            return false;
        }
        if (utf8proc_category(codepoint) == UTF8PROC_CATEGORY_ZS) {
            memset(text + at, ' ', bytes);
        }
        at += bytes;
    }
    return true;
}

char *parse_scanner_text(ParseCx *cx)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    const SourceFile *file = cx->file;
    if (file->len > INT_MAX - 2) {
        diag_report(cx->diags, DIAG_FILE_TOO_LARGE, ((Span){file->id, 0, 0}),
                    diag_number(cx->diags, INT_MAX - 2));
        return NULL;
    }
    char *text = arena_alloc(cx->scratch, file->len + 2);
    memcpy(text, file->text, file->len);
    if (!blank_out_spaces(cx, text, file->len)) {
        return NULL;
    }
    if (strncmp(text, byte_order_mark, 3) == 0) {
        diag_report_plain(cx->diags, DIAG_BYTE_ORDER_MARK, ((Span){file->id, 0, 3}));
        memset(text, ' ', 3);
    }
    return text;
}

/* --- names --- */

static bool is_letter(int32_t codepoint)
{
    utf8proc_category_t category = utf8proc_category(codepoint);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

uint32_t parse_name_end(const ParseCx *cx, uint32_t start, uint32_t end)
{
    const char *text = cx->file->text;
    uint32_t bytes = 1;
    for (uint32_t at = start; at < end; at += bytes) {
        bytes = 1;
        if ((unsigned char)text[at] >= 0x80 && !is_letter(decode(text, at, end, &bytes))) {
            return at;
        }
    }
    return end;
}

const char *parse_character_text(ParseCx *cx, uint32_t at, uint32_t *ret_len)
{
    int32_t codepoint = decode(cx->file->text, at, cx->file->len, ret_len);
    utf8proc_category_t category = utf8proc_category(codepoint);
    bool visible =
        codepoint != '`' && category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO;
    if (!visible) {
        return arena_printf(cx->diags->arena, "the character U+%04X", (unsigned)codepoint);
    }
    return arena_printf(cx->diags->arena, "the character `%.*s`", (int)*ret_len,
                        cx->file->text + at);
}

/* --- strings --- */

/* The value of four hexadecimal digits, or -1. Strings hold no NUL, so reading stops at their end.
 */
static int32_t hex4(const char *text)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
        if (digit == NULL) {
            return -1;
        }
        value = value * 16 + (int32_t)((digit - digits) % 16);
    }
    return value;
}

/* `\uXXXX` at `text`, or a surrogate pair of two; -1 when it is no character. */
static int32_t unicode_escape(const char *text, uint32_t *ret_len)
{
    int32_t first = hex4(text + 2);
    *ret_len = 6;
    if (first < 0) {
        *ret_len = 2;
        return -1;
    }
    if (first < 0xD800 || first > 0xDFFF) {
        return first;
    }
    int32_t second = first <= 0xDBFF && text[6] == '\\' && text[7] == 'u' ? hex4(text + 8) : -1;
    if (second < 0xDC00 || second > 0xDFFF) {
        return -1;
    }
    *ret_len = 12;
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

static void report_escape(ParseCx *cx, DiagCode code, uint32_t at, uint32_t len)
{
    cx->line_damaged = true;
    if (cx->diags->errors > DIAG_LIMIT) {
        return; /* a long string can hold any number of them */
    }
    const char *shown = arena_strndup(cx->diags->arena, cx->file->text + at, len);
    diag_report(cx->diags, code, ((Span){cx->file->id, at, at + len}), shown);
}

/* Writes what the escape at `at` stands for; returns its length in bytes. */
static uint32_t escape(ParseCx *cx, uint32_t at, StrBuf *out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    const char *text = cx->file->text + at;
    uint32_t len = 2;
    if (text[1] == 'u') {
        int32_t codepoint = unicode_escape(text, &len);
        utf8proc_uint8_t bytes[4];
        if (codepoint < 0) {
            report_escape(cx, DIAG_STRING_UNICODE, at, len);
        } else {
            utf8proc_ssize_t count = utf8proc_encode_char(codepoint, bytes);
            strbuf_addn(out, (const char *)bytes, (size_t)count);
        }
        return len;
    }
    const char *known = strchr(from, text[1]);
    if (known != NULL) {
        strbuf_char(out, to[known - from]);
        return len;
    }
    (void)decode(cx->file->text, at + 1, cx->file->len, &len);
    report_escape(cx, DIAG_STRING_ESCAPE, at, 1 + len);
    return 1 + len;
}

Name parse_string(ParseCx *cx, uint32_t start, uint32_t end)
{
    const char *text = cx->file->text;
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (uint32_t at = start + 1; at + 1 < end;) {
        if (text[at] == '\\') {
            at += escape(cx, at, &out);
        } else {
            strbuf_char(&out, text[at++]);
        }
    }
    Name name = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return name;
}
