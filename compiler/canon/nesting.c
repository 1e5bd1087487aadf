/*
 * nesting.c - a walk over SQL's tokens with one counter per open bracket.
 */
#include "base/common.h"

#include "compiler/canon/nesting.h"

#include <strings.h>

#include "compiler/catalog/sql_scan.h"

enum { BRACKETS_MAX = 1000 };

typedef struct Scan {
    const char *at, *end;
    size_t counts[BRACKETS_MAX]; /* levels opened inside each open bracket since the last comma */
    size_t unions[BRACKETS_MAX]; /* set operations inside it, which commas do not end */
    size_t bracket;
    size_t total;
} Scan;

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

static void take_sign(Scan *scan, char sign)
{
    if (sign == '(' || sign == '[') {
        open_level(scan);
        scan->bracket++;
    } else if (sign == ')' || sign == ']') {
        close_bracket(scan);
    } else if (sign == ',') {
        end_item(scan);
    } else if (sign == ';') {
        end_statement(scan);
    } else {
        open_level(scan);
    }
}

static void take_word(Scan *scan, const SqlToken *word)
{
    if (is_set_operation(word->text, word->len)) {
        scan->unions[scan->bracket]++;
        scan->total++;
    } else {
        open_level(scan);
    }
}

/* False when too many brackets are open. */
static bool take_token(Scan *scan)
{
    const SqlToken token = sql_scan(scan->at, scan->end);
    scan->at += token.len;
    if (token.kind == SQL_WORD) {
        take_word(scan, &token);
    } else if (token.kind == SQL_SIGN) {
        take_sign(scan, *token.text);
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
