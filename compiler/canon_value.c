/*
 * canon_value.c - the texts of values, by type: 1.50 is 1.5, 't' is true, +02:00 is two hours
 * earlier.
 *
 * Only forms that are certainly understood are rewritten; everything else is refused and stays what
 * it is. Source: PostgreSQL manual, "Date/Time Input", "Boolean Type", "Binary Data Types".
 */
#include "base/common.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/canon_internal.h"

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

static size_t count_digits(const char *at, const char *end)
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
    size_t n = count_digits(c, end);
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
    ret->whole_len = count_digits(at, end);
    at += ret->whole_len;
    if (at < end && *at == '.') {
        at++;
        ret->fraction = at;
        ret->fraction_len = count_digits(at, end);
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

/* --- dates and times ----------------------------------------------------------------------------
 */

typedef struct Moment {
    long year, month, day;
    long seconds; /* of the day */
    char fraction[8];
    long offset; /* seconds east of Greenwich */
    bool has_date, has_time, has_offset;
} Moment;

/* A run of `min` to `max` digits; false when there is none. */
static bool take_digits(const char **at, const char *end, size_t min, size_t max, long *ret_value)
{
    size_t n = count_digits(*at, end);
    if (n < min || n > max) {
        return false;
    }
    *ret_value = strtol(*at, NULL, 10);
    *at += n;
    return true;
}

static bool take_char(const char **at, const char *end, char c)
{
    bool there = *at < end && **at == c;
    *at += there ? 1 : 0;
    return there;
}

static bool take_date(const char **at, const char *end, Moment *m)
{
    const char *c = *at;
    bool ok = take_digits(&c, end, 4, 4, &m->year) && take_char(&c, end, '-') &&
              take_digits(&c, end, 1, 2, &m->month) && take_char(&c, end, '-') &&
              take_digits(&c, end, 1, 2, &m->day);
    if (!ok) {
        return true;
    }
    m->has_date = true;
    *at = c;
    return m->year > 0 && m->month >= 1 && m->month <= 12 && m->day >= 1 && m->day <= 31;
}

/* Up to six digits count; trailing zeros do not. */
static bool take_fraction(const char **at, const char *end, Moment *m)
{
    if (!take_char(at, end, '.')) {
        return true;
    }
    size_t n = count_digits(*at, end);
    size_t kept = n;
    while (kept > 0 && (*at)[kept - 1] == '0') {
        kept--;
    }
    if (kept > 6) {
        return false;
    }
    memcpy(m->fraction, *at, kept);
    *at += n;
    return true;
}

static bool take_time(const char **at, const char *end, Moment *m)
{
    long hour = 0;
    long minute = 0;
    long second = 0;
    if (*at == end) {
        return true;
    }
    if (!take_digits(at, end, 1, 2, &hour) || !take_char(at, end, ':') ||
        !take_digits(at, end, 2, 2, &minute)) {
        return false;
    }
    if (take_char(at, end, ':') &&
        (!take_digits(at, end, 2, 2, &second) || !take_fraction(at, end, m))) {
        return false;
    }
    m->has_time = true;
    m->seconds = hour * 3600 + minute * 60 + second;
    return hour <= 23 && minute <= 59 && second <= 59;
}

static bool take_offset(const char **at, const char *end, Moment *m)
{
    long hour = 0;
    long minute = 0;
    while (take_char(at, end, ' ')) {
    }
    if (*at == end) {
        return true;
    }
    m->has_offset = true;
    if (take_char(at, end, 'Z') || take_char(at, end, 'z')) {
        return true;
    }
    if (end - *at >= 3 && strncmp(*at, "UTC", 3) == 0) {
        *at += 3;
        return true;
    }
    bool west = take_char(at, end, '-');
    if ((!west && !take_char(at, end, '+')) || !take_digits(at, end, 2, 2, &hour)) {
        return false;
    }
    if (take_char(at, end, ':') && !take_digits(at, end, 2, 2, &minute)) {
        return false;
    }
    m->offset = (hour * 3600 + minute * 60) * (west ? -1 : 1);
    return hour <= 15 && minute <= 59;
}

static bool parse_moment(const char *text, size_t len, Moment *m)
{
    const char *at = text;
    const char *end = text + len;
    *m = (Moment){0};
    if (!take_date(&at, end, m)) {
        return false;
    }
    if (m->has_date && at < end && *at != ' ' && *at != 'T') {
        return false;
    }
    at += m->has_date && at < end ? 1 : 0;
    return take_time(&at, end, m) && take_offset(&at, end, m) && at == end;
}

/* Days since 0000-03-01 and back, proleptic Gregorian. */
static long days_of(long year, long month, long day)
{
    long y = month <= 2 ? year - 1 : year;
    long m = (month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1;
}

static void date_of(long days, Moment *m)
{
    long year = (10000 * days + 14780) / 3652425;
    long rest = days - days_of(year, 3, 1);
    if (rest < 0) {
        year--;
        rest = days - days_of(year, 3, 1);
    }
    long month = (100 * rest + 52) / 3060;
    m->day = rest - (month * 306 + 5) / 10 + 1;
    m->month = (month + 2) % 12 + 1;
    m->year = year + (month + 2) / 12;
}

static void shift_to_utc(Moment *m)
{
    enum { DAY = 86400 };
    long days = days_of(m->year, m->month, m->day);
    long seconds = m->seconds - m->offset;
    if (seconds < 0) {
        seconds += DAY;
        days--;
    } else if (seconds >= DAY) {
        seconds -= DAY;
        days++;
    }
    m->seconds = seconds;
    date_of(days, m);
}

static void print_time(StrBuf *out, const Moment *m)
{
    strbuf_printf(out, "%02ld:%02ld:%02ld%s%s", m->seconds / 3600, m->seconds / 60 % 60,
                  m->seconds % 60, m->fraction[0] == '\0' ? "" : ".", m->fraction);
}

/* A zone in the text counts only for the types that have one. */
static bool canon_moment(StrBuf *out, TypeId type, const char *text, size_t len)
{
    Moment m;
    bool with_date = type == TYPE_DATE || type == TYPE_TIMESTAMP || type == TYPE_TIMESTAMPTZ;
    bool with_zone = type == TYPE_TIMESTAMPTZ || type == TYPE_TIMETZ;
    if (!parse_moment(text, len, &m) || (with_date && !m.has_date) || (!with_date && !m.has_time) ||
        (with_zone && !m.has_offset)) {
        return false;
    }
    if (type == TYPE_TIMESTAMPTZ) {
        shift_to_utc(&m);
    }
    strbuf_char(out, '\'');
    if (with_date) {
        strbuf_printf(out, "%04ld-%02ld-%02ld", m.year, m.month, m.day);
    }
    if (type != TYPE_DATE) {
        strbuf_add(out, with_date ? " " : "");
        print_time(out, &m);
    }
    if (type == TYPE_TIMETZ) {
        strbuf_printf(out, "%+ld", m.offset);
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
