/*
 * canon_interval.c - '1 hour', '60 minutes' and '01:00:00' are one interval.
 *
 * Months, days and microseconds are kept apart, as the server keeps them. Only the plain verbose
 * form is understood: whole numbers with units, and a time. Source: PostgreSQL manual, "Interval
 * Input".
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"

typedef struct Interval {
    long long months, days, seconds;
} Interval;

static const struct {
    const char *names; /* each between blanks */
    long long months, days, seconds;
} units[] = {
    {" y yr yrs year years ", 12, 0, 0},
    {" mon mons month months ", 1, 0, 0},
    {" w week weeks ", 0, 7, 0},
    {" d day days ", 0, 1, 0},
    {" h hr hrs hour hours ", 0, 0, 3600},
    {" m min mins minute minutes ", 0, 0, 60},
    {" s sec secs second seconds ", 0, 0, 1},
};

static bool add_unit(Interval *interval, long long number, const char *word, size_t len)
{
    char padded[16] = " ";
    if (len == 0 || len > sizeof padded - 3) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        padded[1 + i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] | 0x20) : word[i];
    }
    padded[1 + len] = ' ';
    for (size_t i = 0; i < lengthof(units); i++) {
        if (strstr(units[i].names, padded) != NULL) {
            interval->months += number * units[i].months;
            interval->days += number * units[i].days;
            interval->seconds += number * units[i].seconds;
            return true;
        }
    }
    return false;
}

/* `:MM` or `:MM:SS` or `:MM:SS.f` after the hours. */
static bool add_time(Interval *interval, long long hours, bool negative, const char **at)
{
    char *end = NULL;
    long minutes = strtol(*at + 1, &end, 10);
    long seconds = 0;
    bool ok = end - *at == 3;
    *at = end;
    if (ok && **at == ':') {
        seconds = strtol(*at + 1, &end, 10);
        ok = end - *at == 3;
        *at = end;
    }
    long long total = llabs(hours) * 3600 + minutes * 60 + seconds;
    interval->seconds += negative ? -total : total;
    return ok && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60 && **at != '.';
}

static bool parse_interval(const char *text, Interval *interval)
{
    enum { NUMBER_DIGITS = 9 };
    const char *at = text;
    bool any = false;
    while (*(at += strspn(at, " ")) != '\0') {
        bool negative = *at == '-';
        const char *start = at + (negative || *at == '+' ? 1 : 0);
        size_t digits = strspn(start, "0123456789");
        if (digits == 0 || digits > NUMBER_DIGITS) {
            return false;
        }
        long long number = strtoll(start, NULL, 10) * (negative ? -1 : 1);
        at = start + digits;
        if (*at == ':') {
            any = add_time(interval, number, negative, &at);
        } else {
            at += strspn(at, " ");
            size_t len = strcspn(at, " 0123456789+-:.");
            any = add_unit(interval, number, at, len);
            at += len;
        }
        if (!any || (*at != '\0' && *at != ' ')) {
            return false;
        }
    }
    return any;
}

bool canon_interval(StrBuf *out, const char *text, size_t len)
{
    Interval interval = {0};
    if (strlen(text) != len || !parse_interval(text, &interval)) {
        /* a form that is not understood stays as it is */
        canon_quote(out, text, len);
        return true;
    }
    strbuf_printf(out, "'%lldm%lldd%llds'", interval.months, interval.days, interval.seconds);
    return true;
}

bool canon_interval_reads(const char *text)
{
    static const long long much = 1000000; /* of what there is room for three orders more */
    Interval interval = {0};
    return parse_interval(text, &interval) && llabs(interval.months) < much &&
           llabs(interval.days) < much && llabs(interval.seconds) < much * much;
}

/* What the last field leaves of an interval; whole seconds are whole in each precision. */
static bool is_left_by(const Interval *interval, const char *last)
{
    static const struct {
        const char *name;
        bool days; /* are they kept? */
        long long months, seconds;
    } fields[] = {
        {"year", false, 12, 0},  {"month", false, 1, 0},  {"day", true, 1, 0},
        {"hour", true, 1, 3600}, {"minute", true, 1, 60}, {"second", true, 1, 1},
    };
    for (size_t i = 0; i < lengthof(fields); i++) {
        if (strncmp(last, fields[i].name, strlen(fields[i].name)) == 0) {
            const bool seconds = fields[i].seconds == 0
                                     ? interval->seconds == 0
                                     : interval->seconds % fields[i].seconds == 0;
            return seconds && (fields[i].days || interval->days == 0) &&
                   interval->months % fields[i].months == 0;
        }
    }
    return false;
}

bool canon_interval_keeps(const char *text, const char *fields)
{
    static const char to[] = " to ";
    const char *last = strstr(fields, to);
    Interval interval = {0};
    last = last == NULL ? fields : last + sizeof to - 1;
    /* `1:30` is of the fields that the type has; `0:01:30` leaves no choice */
    const char *colon = strchr(text, ':');
    return (colon == NULL || strchr(colon + 1, ':') != NULL) && parse_interval(text, &interval) &&
           is_left_by(&interval, last);
}
