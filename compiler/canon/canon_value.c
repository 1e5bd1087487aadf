/*
 * canon_value.c - the texts of values, by type: 1.50 is 1.5, 't' is true.
 *
 * Only forms that are certainly understood are rewritten; everything else is refused and stays what
 * it is. Source: PostgreSQL manual, "Boolean Type", "Binary Data Types".
 */
#include "base/common.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"

void canon_quote(StrBuf *out, const char *text, size_t len)
{
    strbuf_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        strbuf_add(out, text[i] == '\'' ? "'" : "");
        strbuf_char(out, text[i]);
    }
    strbuf_char(out, '\'');
}

/* --- numbers ------------------------------------------------------------------------------------
 */

/* Digits before and after the point, as one run, and where the point stands. */
typedef struct Digits {
    const char *whole, *fraction;
    size_t whole_len, fraction_len;
    long exponent;
    bool negative;
} Digits;

size_t canon_count_digits(const char *at, const char *end)
{
    size_t n = 0;
    while (at + n < end && at[n] >= '0' && at[n] <= '9') {
        n++;
    }
    return n;
}

static bool parse_exponent(const char **at, const char *end, long *ret_exponent)
{
    enum { EXPONENT_DIGITS = 6 };
    const char *c = *at;
    if (c >= end || (*c != 'e' && *c != 'E')) {
        return true;
    }
    c++;
    bool negative = c < end && *c == '-';
    c += c < end && (*c == '-' || *c == '+') ? 1 : 0;
    size_t n = canon_count_digits(c, end);
    if (n == 0 || n > EXPONENT_DIGITS) {
        return false;
    }
    long value = strtol(c, NULL, 10);
    *ret_exponent = negative ? -value : value;
    *at = c + n;
    return true;
}

static bool parse_digits(const char *text, size_t len, Digits *ret)
{
    const char *at = text;
    const char *end = text + len;
    *ret = (Digits){0};
    while (at < end && *at == ' ') {
        at++;
    }
    while (end > at && end[-1] == ' ') {
        end--;
    }
    ret->negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+') ? 1 : 0;
    ret->whole = at;
    ret->whole_len = canon_count_digits(at, end);
    at += ret->whole_len;
    if (at < end && *at == '.') {
        at++;
        ret->fraction = at;
        ret->fraction_len = canon_count_digits(at, end);
        at += ret->fraction_len;
    }
    return ret->whole_len + ret->fraction_len > 0 && parse_exponent(&at, end, &ret->exponent) &&
           at == end;
}

static char digit_at(const Digits *digits, size_t i)
{
    assert(i < digits->whole_len || digits->fraction != NULL);
    return i < digits->whole_len ? digits->whole[i] : digits->fraction[i - digits->whole_len];
}

bool canon_number(StrBuf *out, const char *text, size_t len)
{
    Digits digits;
    if (!parse_digits(text, len, &digits)) {
        return false;
    }
    size_t count = digits.whole_len + digits.fraction_len;
    long exponent = digits.exponent - (long)digits.fraction_len;
    size_t first = 0;
    while (first < count && digit_at(&digits, first) == '0') {
        first++;
    }
    while (count > first && digit_at(&digits, count - 1) == '0') {
        count--;
        exponent++;
    }
    if (first == count) {
        strbuf_char(out, '0');
        return true;
    }
    strbuf_add(out, digits.negative ? "-" : "");
    for (size_t i = first; i < count; i++) {
        strbuf_char(out, digit_at(&digits, i));
    }
    if (exponent != 0) {
        strbuf_printf(out, "e%ld", exponent);
    }
    return true;
}

/* --- booleans, bytes, uuids, bits ---------------------------------------------------------------
 */

static bool canon_boolean(StrBuf *out, const char *text, size_t len)
{
    static const struct {
        const char *word;
        size_t shortest;
        bool value;
    } words[] = {
        {"true", 1, true}, {"false", 1, false}, {"yes", 1, true}, {"no", 1, false},
        {"on", 2, true},   {"off", 2, false},   {"1", 1, true},   {"0", 1, false},
    };
    for (size_t i = 0; i < lengthof(words); i++) {
        size_t matched = 0;
        while (matched < len && tolower((unsigned char)text[matched]) == words[i].word[matched] &&
               words[i].word[matched] != '\0') {
            matched++;
        }
        if (matched == len && len >= words[i].shortest) {
            strbuf_add(out, words[i].value ? "true" : "false");
            return true;
        }
    }
    return false;
}

static bool is_octal(const char *at, const char *end)
{
    return end - at >= 3 && at[0] >= '0' && at[0] <= '3' && at[1] >= '0' && at[1] <= '7' &&
           at[2] >= '0' && at[2] <= '7';
}

static bool bytes_of_escape(StrBuf *out, const char *text, size_t len)
{
    const char *end = text + len;
    for (const char *at = text; at < end; at++) {
        unsigned byte = (unsigned char)*at;
        if (*at == '\\' && is_octal(at + 1, end)) {
            byte = (unsigned)((at[1] - '0') * 64 + (at[2] - '0') * 8 + (at[3] - '0'));
            at += 3;
        } else if (*at == '\\' && at + 1 < end && at[1] == '\\') {
            at++;
        } else if (*at == '\\') {
            return false;
        }
        strbuf_printf(out, "%02x", byte);
    }
    return true;
}

bool canon_bytes(StrBuf *out, const char *text, size_t len)
{
    if (len < 2 || text[0] != '\\' || text[1] != 'x') {
        return bytes_of_escape(out, text, len);
    }
    size_t digits = 0;
    for (size_t i = 2; i < len; i++) {
        if (isxdigit((unsigned char)text[i]) != 0) {
            strbuf_char(out, (char)tolower((unsigned char)text[i]));
            digits++;
        } else if (strchr(" \n\t\r", text[i]) == NULL) {
            return false;
        }
    }
    return digits % 2 == 0;
}

static bool canon_bytea(StrBuf *out, const char *text, size_t len)
{
    strbuf_add(out, "'\\x");
    bool ok = canon_bytes(out, text, len);
    strbuf_char(out, '\'');
    return ok;
}

static bool canon_uuid(StrBuf *out, const char *text, size_t len)
{
    enum { UUID_DIGITS = 32 };
    size_t digits = 0;
    strbuf_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        bool hyphen = text[i] == '-' && digits > 0 && digits % 4 == 0 && text[i - 1] != '-';
        bool brace = (i == 0 && text[i] == '{' && text[len - 1] == '}') ||
                     (i == len - 1 && text[i] == '}' && text[0] == '{');
        if (isxdigit((unsigned char)text[i]) != 0) {
            strbuf_char(out, (char)tolower((unsigned char)text[i]));
            digits++;
        } else if (!hyphen && !brace) {
            return false;
        }
    }
    strbuf_char(out, '\'');
    return digits == UUID_DIGITS;
}

/* B'101' and '101' are one; a leading x counts in hexadecimal. */
static bool canon_bits(StrBuf *out, const char *text, size_t len)
{
    bool hexadecimal = len > 0 && (text[0] == 'x' || text[0] == 'X');
    bool marked = hexadecimal || (len > 0 && (text[0] == 'b' || text[0] == 'B'));
    strbuf_char(out, '\'');
    for (size_t i = marked ? 1 : 0; i < len; i++) {
        if (!hexadecimal && text[i] != '0' && text[i] != '1') {
            return false;
        }
        if (hexadecimal && isxdigit((unsigned char)text[i]) == 0) {
            return false;
        }
        const char digit[] = {text[i], '\0'};
        unsigned long value = strtoul(digit, NULL, 16);
        for (int bit = 3; hexadecimal && bit >= 0; bit--) {
            strbuf_char(out, (value >> bit) & 1 ? '1' : '0');
        }
        strbuf_addn(out, text + i, hexadecimal ? 0 : 1);
    }
    strbuf_char(out, '\'');
    return true;
}

/* --- by type ------------------------------------------------------------------------------------
 */

static bool canon_text_value(StrBuf *out, const char *text, size_t len)
{
    canon_quote(out, text, len);
    return true;
}

/* Blanks at the end of a char(n) do not count. */
static bool canon_padded(StrBuf *out, const char *text, size_t len)
{
    while (len > 0 && text[len - 1] == ' ') {
        len--;
    }
    return canon_text_value(out, text, len);
}

static bool value_of(StrBuf *out, TypeId type, const char *text, size_t len)
{
    switch (type) {
    case TYPE_SMALLINT:
    case TYPE_INTEGER:
    case TYPE_BIGINT:
    case TYPE_OID:
    case TYPE_DECIMAL:
    case TYPE_REAL:
    case TYPE_DOUBLE_PRECISION:
        return canon_number(out, text, len);
    case TYPE_MONEY:
        return canon_money(out, text, len);
    case TYPE_BOOLEAN:
        return canon_boolean(out, text, len);
    case TYPE_CHAR:
        return canon_padded(out, text, len);
    case TYPE_BIT:
    case TYPE_VARBIT:
        return canon_bits(out, text, len);
    case TYPE_UUID:
        return canon_uuid(out, text, len);
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_TIMETZ:
        return canon_moment(out, type, text, len);
    case TYPE_JSON:
    case TYPE_JSONB:
        return canon_json(out, text, len);
    case TYPE_BYTEA:
        return canon_bytea(out, text, len);
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_XML:
    case TYPE_INET:
    case TYPE_CITEXT:
    case TYPE_ENUM:
    case TYPE_OTHER:
        return canon_text_value(out, text, len);
    }
    unreachable();
}

bool canon_value(StrBuf *out, const ColumnType *type, const char *text, size_t len)
{
    size_t before = out->len;
    bool other = type->id == TYPE_OTHER && type->raw != NULL;
    bool ok = other && canon_other(out, type->raw->text, text, len);
    ok = ok || value_of(out, type->id, text, len);
    if (!ok && out->len > before) {
        out->len = before;
        out->text[before] = '\0';
    }
    return ok;
}
