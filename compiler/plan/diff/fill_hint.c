/*
 * fill_hint.c - the parentheses of `@backfill(...)` and `@down(...)`, quotes and nested ones
 * minded.
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

static const char *const words[] = {[FILL_HINT_UP] = "@backfill", [FILL_HINT_DOWN] = "@down"};
_Static_assert(lengthof(words) == FILL_HINT_COUNT, "a word for each hint");

const char *fill_hint_word(FillHint hint)
{
    return words[hint];
}

/* Behind the parenthesis that opens the hint; NULL: there is none. */
static const char *opened(const char *doc, const char *word)
{
    const size_t len = strlen(word);
    const char *at = doc == NULL ? NULL : strstr(doc, word);
    while (at != NULL && at[len] != '(') {
        at = strstr(at + len, word);
    }
    return at == NULL ? NULL : at + len + 1;
}

bool fill_hint_find(const char *doc, FillHint hint, size_t *ret_start, size_t *ret_end)
{
    const char *start = opened(doc, words[hint]);
    if (start == NULL) {
        return false;
    }
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
