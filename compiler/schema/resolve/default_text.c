/*
 * default_text.c - spellings of numbers, dates, bytes and JSON: read strictly, written one way.
 */
#include "base/common.h"

#include "compiler/schema/resolve/default_literal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- numbers --- */

enum { EXPONENT_MAX = 16384 }; /* beyond what numeric holds; keeps the text bounded */

typedef struct Decimal {
    bool negative;
    StrBuf digits; /* without point */
    long scale;    /* how many of the digits follow the point */
} Decimal;

static const char *read_digits(Decimal *number, const char *at, bool fraction)
{
    while (is_digit(*at) || (*at == '_' && number->digits.len > 0)) {
        if (*at != '_') {
            strbuf_char(&number->digits, *at);
            number->scale += fraction ? 1 : 0;
        }
        at++;
    }
    return at;
}

static bool read_exponent(Decimal *number, const char *at)
{
    char *end = NULL;
    if (*at == '\0') {
        return true;
    }
    if (*at != 'e' && *at != 'E') {
        return false;
    }
    const char *first = at[1] == '-' || at[1] == '+' ? at + 2 : at + 1;
    long exponent = strtol(at + 1, &end, 10);
    if (!is_digit(*first) || *end != '\0' || labs(exponent) > EXPONENT_MAX) {
        return false;
    }
    number->scale -= exponent;
    return true;
}

static bool decimal_read(const char *text, Decimal *number)
{
    const char *at = text;
    number->negative = *at == '-';
    at += *at == '-' || *at == '+' ? 1 : 0;
    at = read_digits(number, at, false);
    if (*at == '.') {
        at = read_digits(number, at + 1, true);
    }
    return number->digits.len > 0 && read_exponent(number, at);
}

static Name decimal_write(Names *names, const Decimal *number)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *digits = strbuf_text(&number->digits);
    long whole = (long)number->digits.len - number->scale;
    bool is_zero = strspn(digits, "0") == number->digits.len;
    strbuf_add(&out, number->negative && !is_zero ? "-" : "");
    size_t start = out.len;
    for (long i = 0; i < whole; i++) {
        char digit = i < (long)number->digits.len ? digits[i] : '0';
        if (digit != '0' || out.len > start) {
            strbuf_char(&out, digit);
        }
    }
    strbuf_add(&out, out.len == start ? "0" : "");
    strbuf_add(&out, number->scale > 0 ? "." : "");
    for (long i = whole; number->scale > 0 && i < (long)number->digits.len; i++) {
        strbuf_char(&out, i < 0 ? '0' : digits[i]);
    }
    Name name = intern(names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return name;
}

bool decimal_normalize(Names *names, const char *text, Name *ret_number)
{
    Decimal number = {.digits = strbuf_new(STRBUF_MAX)};
    bool ok = decimal_read(text, &number);
    if (ok) {
        *ret_number = decimal_write(names, &number);
    }
    strbuf_dispose(&number.digits);
    return ok;
}

/* --- dates --- */

typedef struct DateTime {
    int year, month, day, hour, minute, second;
    long nanosecond;
    char sign;
    int offset_hour, offset_minute;
} DateTime;

/* `count` digits, then `*at` is past them. */
static bool take_number(const char **at, int count, int *ret_value)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!is_digit(**at)) {
            return false;
        }
        value = value * 10 + (**at - '0');
        (*at)++;
    }
    *ret_value = value;
    return true;
}

static bool take_one_of(const char **at, const char *choices)
{
    if (**at == '\0' || strchr(choices, **at) == NULL) {
        return false;
    }
    (*at)++;
    return true;
}

static bool take_date(const char **at, DateTime *time)
{
    return take_number(at, 4, &time->year) && take_one_of(at, "-") &&
           take_number(at, 2, &time->month) && take_one_of(at, "-") &&
           take_number(at, 2, &time->day) && take_one_of(at, "Tt ");
}

/* Digits past the ninth are read and dropped. */
static bool take_fraction(const char **at, DateTime *time)
{
    long unit = 100000000;
    if (**at != '.') {
        return true;
    }
    (*at)++;
    if (!is_digit(**at)) {
        return false;
    }
    for (; is_digit(**at); (*at)++) {
        time->nanosecond += (**at - '0') * unit;
        unit /= 10;
    }
    return true;
}

static bool take_clock(const char **at, DateTime *time)
{
    return take_number(at, 2, &time->hour) && take_one_of(at, ":") &&
           take_number(at, 2, &time->minute) && take_one_of(at, ":") &&
           take_number(at, 2, &time->second) && take_fraction(at, time);
}

/* A minus sign may also be U+2212. */
static bool take_sign(const char **at, char *ret_sign)
{
    static const char minus[] = "\xE2\x88\x92";
    if (strncmp(*at, minus, 3) == 0) {
        *at += 3;
        *ret_sign = '-';
        return true;
    }
    *ret_sign = **at;
    return take_one_of(at, "+-");
}

static bool take_offset(const char **at, DateTime *time)
{
    time->sign = '+';
    if (take_one_of(at, "Zz")) {
        return true;
    }
    return take_sign(at, &time->sign) && take_number(at, 2, &time->offset_hour) &&
           take_one_of(at, ":") && take_number(at, 2, &time->offset_minute);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool datetime_exists(const DateTime *time)
{
    return time->month >= 1 && time->month <= 12 && time->day >= 1 &&
           time->day <= days_in_month(time->year, time->month) && time->hour <= 23 &&
           time->minute <= 59 && time->second <= 60 && time->offset_hour <= 23 &&
           time->offset_minute <= 59;
}

/* Fractions are written with three, six or nine digits. */
static void write_fraction(char *out, size_t size, long nanosecond)
{
    if (nanosecond == 0) {
        out[0] = '\0';
    } else if (nanosecond % 1000000 == 0) {
        snprintf(out, size, ".%03ld", nanosecond / 1000000);
    } else if (nanosecond % 1000 == 0) {
        snprintf(out, size, ".%06ld", nanosecond / 1000);
    } else {
        snprintf(out, size, ".%09ld", nanosecond);
    }
}

static bool datetime_read(const char *text, DateTime *ret_time)
{
    DateTime time = {0};
    const char *at = text;
    if (!take_date(&at, &time) || !take_clock(&at, &time) || !take_offset(&at, &time) ||
        *at != '\0' || !datetime_exists(&time)) {
        return false;
    }
    if (time.offset_hour == 0 && time.offset_minute == 0) {
        time.sign = '+';
    }
    *ret_time = time;
    return true;
}

/* `joint` stands between date and clock, `gap` before the offset. */
static Name datetime_write(Names *names, const DateTime *time, char joint, const char *gap)
{
    char fraction[24];
    write_fraction(fraction, sizeof fraction, time->nanosecond);
    return intern_printf(names, "%04d-%02d-%02d%c%02d:%02d:%02d%s%s%c%02d:%02d", time->year,
                         time->month, time->day, joint, time->hour, time->minute, time->second,
                         fraction, gap, time->sign, time->offset_hour, time->offset_minute);
}

bool datetime_normalize(Names *names, const char *text, Name *ret_datetime)
{
    DateTime time = {0};
    bool ok = datetime_read(text, &time);
    if (ok) {
        *ret_datetime = datetime_write(names, &time, ' ', " ");
    }
    return ok;
}

bool datetime_to_rfc3339(Names *names, const char *text, Name *ret_datetime)
{
    DateTime time = {0};
    bool ok = datetime_read(text, &time);
    if (ok) {
        *ret_datetime = datetime_write(names, &time, 'T', "");
    }
    return ok;
}

/* --- bytes --- */

static int base64_value(char c)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c == '\0' ? NULL : strchr(letters, c);
    return at == NULL ? -1 : (int)(at - letters);
}

/* Four letters give up to three bytes; bits that padding leaves over must be zero. */
static bool add_quartet(StrBuf *hex, const char *quartet, size_t padding)
{
    unsigned bits = 0;
    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - padding ? base64_value(quartet[i]) : 0;
        if (value < 0) {
            return false;
        }
        bits = bits << 6 | (unsigned)value;
    }
    if ((padding == 1 && (bits & 0xFF) != 0) || (padding == 2 && (bits & 0xFFFF) != 0)) {
        return false;
    }
    for (size_t i = 0; i < 3 - padding; i++) {
        strbuf_printf(hex, "%02x", bits >> (16 - 8 * i) & 0xFF);
    }
    return true;
}

bool base64_to_hex(Names *names, const char *text, size_t len, Name *ret_hex)
{
    StrBuf hex = strbuf_new(STRBUF_MAX);
    bool ok = len % 4 == 0;
    for (size_t i = 0; ok && i < len; i += 4) {
        bool last = i + 4 == len;
        size_t padding = last && text[i + 3] == '=' ? (text[i + 2] == '=' ? 2 : 1) : 0;
        ok = add_quartet(&hex, text + i, padding);
    }
    if (ok) {
        *ret_hex = intern(names, strbuf_text(&hex), hex.len);
    }
    strbuf_dispose(&hex);
    return ok;
}
