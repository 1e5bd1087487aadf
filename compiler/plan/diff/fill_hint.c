/*
 * fill_hint.c - the parentheses of `@backfill(...)`, quotes and nested ones minded.
 */
#include "base/common.h"

#include "compiler/plan/diff/fill_hint.h"

#include <ctype.h>
#include <string.h>

#include "compiler/catalog/sql_scan.h"

/* The closing parenthesis that belongs to the one before `at`; NULL when there is none. */
static const char *closing_parenthesis(const char *at)
{
    const char *end = at + strlen(at);
    int depth = 1;
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        depth += sql_token_is_sign(&token, '(') ? 1 : sql_token_is_sign(&token, ')') ? -1 : 0;
        if (depth == 0) {
            return at;
        }
        at += token.len;
    }
    return NULL;
}

bool fill_hint_find(const char *doc, size_t *ret_start, size_t *ret_end)
{
    static const char word[] = "@backfill(";
    const char *start = doc == NULL ? NULL : strstr(doc, word);
    if (start == NULL) {
        return false;
    }
    start += sizeof word - 1;
    const char *end = closing_parenthesis(start);
    if (end == NULL) {
        return false;
    }
    while (start < end && isspace((unsigned char)*start)) {
        start++;
    }
    while (start < end && isspace((unsigned char)end[-1])) {
        end--;
    }
    *ret_start = (size_t)(start - doc);
    *ret_end = (size_t)(end - doc);
    return start < end;
}
