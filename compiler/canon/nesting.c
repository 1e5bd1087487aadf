/*
 * nesting.c - a scan over SQL's tokens with one counter per open bracket.
 *
 * Source of the lexical rules: PostgreSQL manual, "Lexical Structure".
 */
#include "base/common.h"

#include "compiler/canon/nesting.h"

#include <string.h>
#include <strings.h>

enum { BRACKETS_MAX = 1000 };

typedef struct Scan {
    const char *at, *end;
    size_t counts[BRACKETS_MAX]; /* levels opened inside each open bracket since the last comma */
    size_t unions[BRACKETS_MAX]; /* set operations inside it, which commas do not end */
    size_t bracket;
    size_t total;
} Scan;

/* Behind the closing quote; a doubled quote, or an escaped one in E'', does not close. */
static void skip_quoted(Scan *scan, char quote, bool escapes)
{
    scan->at++;
    while (scan->at < scan->end) {
        bool doubled = scan->at[0] == quote && scan->end - scan->at > 1 && scan->at[1] == quote;
        bool escaped = escapes && scan->at[0] == '\\' && scan->end - scan->at > 1;
        if (scan->at[0] == quote && !doubled) {
            scan->at++;
            return;
        }
        scan->at += doubled || escaped ? 2 : 1;
    }
}

static bool is_word(char c)
{
    char lower = (char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Behind `$tag$...$tag$`; one byte on when this is no dollar quote. */
static void skip_dollar(Scan *scan)
{
    const char *tag = scan->at;
    const char *at = tag + 1;
    while (at < scan->end && is_word(*at)) {
        at++;
    }
    if (at >= scan->end || *at != '$') {
        scan->at++;
        return;
    }
    size_t len = (size_t)(at - tag) + 1;
    for (at++; (size_t)(scan->end - at) >= len; at++) {
        if (*at == '$' && memcmp(at, tag, len) == 0) {
            scan->at = at + len;
            return;
        }
    }
    scan->at = scan->end;
}

static void skip_line(Scan *scan)
{
    while (scan->at < scan->end && *scan->at != '\n') {
        scan->at++;
    }
}

static void skip_comment(Scan *scan)
{
    size_t depth = 0;
    do {
        bool two = scan->end - scan->at > 1;
        bool opens = two && scan->at[0] == '/' && scan->at[1] == '*';
        bool closes = two && scan->at[0] == '*' && scan->at[1] == '/';
        depth += opens ? 1 : 0;
        depth -= closes ? 1 : 0;
        scan->at += opens || closes ? 2 : 1;
    } while (depth > 0 && scan->at < scan->end);
}

static void open_level(Scan *scan)
{
    scan->counts[scan->bracket]++;
    scan->total++;
}

static void end_item(Scan *scan)
{
    scan->total -= scan->counts[scan->bracket];
    scan->counts[scan->bracket] = 0;
}

static void end_statement(Scan *scan)
{
    end_item(scan);
    scan->total -= scan->unions[scan->bracket];
    scan->unions[scan->bracket] = 0;
}

/* What stands inside a bracket is gone with it; the bracket itself was one level. */
static void close_bracket(Scan *scan)
{
    end_statement(scan);
    scan->bracket -= scan->bracket > 0 ? 1 : 0;
}

/* `SELECT a, b UNION SELECT c, d UNION ...` grows to the left over all commas. */
static bool is_set_operation(const char *word, size_t len)
{
    return (len == 5 && strncasecmp(word, "UNION", len) == 0) ||
           (len == 6 && strncasecmp(word, "EXCEPT", len) == 0) ||
           (len == 9 && strncasecmp(word, "INTERSECT", len) == 0);
}

static void take_word(Scan *scan)
{
    const char *start = scan->at;
    while (scan->at < scan->end && is_word(*scan->at)) {
        scan->at++;
    }
    bool number = *start >= '0' && *start <= '9';
    bool one = scan->at - start == 1;
    if (one && scan->at < scan->end && *scan->at == '\'') {
        skip_quoted(scan, '\'', (*start | 0x20) == 'e');
    } else if (is_set_operation(start, (size_t)(scan->at - start))) {
        scan->unions[scan->bracket]++;
        scan->total++;
    } else if (!number) {
        open_level(scan);
    }
}

/* False when too many brackets are open. */
static bool take_token(Scan *scan)
{
    char c = *scan->at;
    char next = scan->end - scan->at > 1 ? scan->at[1] : '\0';
    if (c == '\'' || c == '"') {
        skip_quoted(scan, c, false);
    } else if (c == '$') {
        skip_dollar(scan);
    } else if (c == '-' && next == '-') {
        skip_line(scan);
    } else if (c == '/' && next == '*') {
        skip_comment(scan);
    } else if (is_word(c)) {
        take_word(scan);
    } else if (c == '(' || c == '[') {
        open_level(scan);
        scan->bracket++;
        scan->at++;
    } else if (c == ')' || c == ']') {
        close_bracket(scan);
        scan->at++;
    } else if (c == ',') {
        end_item(scan);
        scan->at++;
    } else if (c == ';') {
        end_statement(scan);
        scan->at++;
    } else {
        if (strchr(" \t\r\n\f\v", c) == NULL) {
            open_level(scan);
        }
        scan->at++;
    }
    return scan->bracket < BRACKETS_MAX;
}

bool sql_nesting_within(const char *text, size_t len, size_t limit)
{
    Scan scan = {.at = text, .end = text + len};
    while (scan.at < scan.end) {
        if (!take_token(&scan) || scan.total > limit) {
            return false;
        }
    }
    return true;
}
