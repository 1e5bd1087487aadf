/*
 * canon_time.c - the texts of dates and times: +02:00 is two hours earlier.
 *
 * Only forms that are certainly understood are rewritten; everything else is refused and stays what
 * it is. Source: PostgreSQL manual, "Date/Time Input".
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"

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
    size_t n = canon_count_digits(*at, end);
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
    size_t n = canon_count_digits(*at, end);
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
bool canon_moment(StrBuf *out, TypeId type, const char *text, size_t len)
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
