/*
 * slice.c - parts of a statement's text: expressions are kept as they were written.
 *
 * The parser tells where something begins; where it ends is found by the lexical rules
 * (compiler/catalog/sql_scan.h). Positions are bytes of the script.
 */
#include "base/common.h"

#include <strings.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/replay/read/reader.h"

static bool token_is_word(const SqlToken *token, const char *word)
{
    return token->kind == SQL_WORD && strlen(word) == token->len &&
           strncasecmp(token->text, word, token->len) == 0;
}

/* Behind the word, which stands outside of brackets that open after `from`. */
static const char *find_word(const char *at, const char *end, const char *word)
{
    int depth = 0;
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        depth += sql_token_is_sign(&token, '(') ? 1 : 0;
        depth -= sql_token_is_sign(&token, ')') ? 1 : 0;
        if (depth == 0 && token_is_word(&token, word)) {
            return at;
        }
    }
    return NULL;
}

/* Up to what ends an expression, without the blanks and comments around it. */
static Slice expression_at(const char *at, const char *end)
{
    int depth = 0;
    Slice slice = {NULL, 0};
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        const bool opens = sql_token_is_sign(&token, '(') || sql_token_is_sign(&token, '[');
        const bool closes = sql_token_is_sign(&token, ')') || sql_token_is_sign(&token, ']');
        const bool ends = sql_token_is_sign(&token, ',') || sql_token_is_sign(&token, ';');
        if (depth == 0 && (closes || ends)) {
            break;
        }
        depth += opens ? 1 : closes ? -1 : 0;
        at += token.len;
        if (sql_token_counts(&token)) {
            slice.text = slice.text == NULL ? token.text : slice.text;
            slice.len = (size_t)(at - slice.text);
        }
    }
    return slice;
}

Slice slice_after(const SqlReplay *cx, size_t from, size_t stop, const char *word)
{
    const char *end = cx->text + (stop < cx->end ? stop : cx->end);
    const char *at = find_word(cx->text + from, end, word);
    return at == NULL ? (Slice){NULL, 0} : expression_at(at, end);
}

Slice slice_brackets(const SqlReplay *cx, size_t from, const char *word)
{
    const char *end = cx->text + cx->end;
    const char *at = find_word(cx->text + from, end, word);
    while (at != NULL && at < end) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        if (sql_token_is_sign(&token, '(')) {
            return expression_at(at, end);
        }
    }
    return (Slice){NULL, 0};
}

void slice_command(const SqlReplay *cx, size_t i, size_t *ret_from, size_t *ret_stop)
{
    const char *end = cx->text + cx->end;
    size_t number = 0, from = cx->start;
    int depth = 0;
    for (const char *at = cx->text + cx->start; at < end;) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        depth += sql_token_is_sign(&token, '(') || sql_token_is_sign(&token, '[') ? 1 : 0;
        depth -= sql_token_is_sign(&token, ')') || sql_token_is_sign(&token, ']') ? 1 : 0;
        if (depth == 0 && sql_token_is_sign(&token, ',')) {
            if (number == i) {
                *ret_from = from;
                *ret_stop = (size_t)(token.text - cx->text);
                return;
            }
            number++;
            from = (size_t)(at - cx->text);
        }
    }
    *ret_from = from;
    *ret_stop = cx->end;
}

Name slice_name(const SqlReplay *cx, Slice slice)
{
    return slice.text == NULL ? intern_cstr(cx->names, "")
                              : intern(cx->names, slice.text, slice.len);
}
