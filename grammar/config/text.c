/*
 * text.c - what a string or a piece of a template says: escapes undone.
 *
 * Source of the rules: ECMAScript 2025, "String Literals", "Template Literal Lexical Components".
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "grammar/config/tokens.h"

static void add_character(StrBuf *out, unsigned long code)
{
    if (code < 0x80) {
        strbuf_char(out, (char)code);
    } else if (code < 0x800) {
        strbuf_char(out, (char)(0xC0 | code >> 6));
        strbuf_char(out, (char)(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        strbuf_char(out, (char)(0xE0 | code >> 12));
        strbuf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        strbuf_char(out, (char)(0x80 | (code & 0x3F)));
    } else {
        strbuf_char(out, (char)(0xF0 | (code >> 18 & 7)));
        strbuf_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
        strbuf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        strbuf_char(out, (char)(0x80 | (code & 0x3F)));
    }
}

/* The number of `count` hexadecimal digits at `at`; false when they are not there. */
static bool read_hexadecimal(const char *at, size_t count, unsigned long *ret_code)
{
    char digits[9] = {0};
    if (count >= sizeof digits || strspn(at, "0123456789abcdefABCDEF") < count || count == 0) {
        return false;
    }
    memcpy(digits, at, count);
    *ret_code = strtoul(digits, NULL, 16);
    return true;
}

/* `x41`, `u0041`, `u{41}` at `at`: how many bytes it takes, 0 when it is none of them. */
static size_t read_code(const char *at, unsigned long *ret_code)
{
    if (at[0] == 'x') {
        return read_hexadecimal(at + 1, 2, ret_code) ? 3 : 0;
    }
    if (at[0] != 'u') {
        return 0;
    }
    if (at[1] != '{') {
        return read_hexadecimal(at + 1, 4, ret_code) ? 5 : 0;
    }
    size_t count = strspn(at + 2, "0123456789abcdefABCDEF");
    bool ok = at[2 + count] == '}' && read_hexadecimal(at + 2, count, ret_code);
    return ok ? count + 3 : 0;
}

/* What stands behind a backslash; returns its bytes. */
static size_t add_escape(StrBuf *out, const char *at)
{
    static const char letters[] = "nrtbfv0";
    static const char meant[] = "\n\r\t\b\f\v";
    unsigned long code = 0;
    size_t len = read_code(at, &code);
    const char *letter = strchr(letters, at[0]);
    if (len > 0) {
        add_character(out, code);
        return len;
    }
    if (at[0] == '\r' && at[1] == '\n') {
        return 2;
    }
    if (at[0] == '\n' || at[0] == '\r') {
        return 1;
    }
    strbuf_char(out, letter == NULL || at[0] == '\0' ? at[0] : meant[letter - letters]);
    return 1;
}

Name config_cook(ConfigParse *cx, uint32_t start, uint32_t end)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *text = cx->file->text;
    for (uint32_t at = start; at < end;) {
        if (text[at] == '\\' && at + 1 < end) {
            at += 1 + (uint32_t)add_escape(&out, text + at + 1);
        } else {
            strbuf_char(&out, text[at++]);
        }
    }
    Name name = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return name;
}
