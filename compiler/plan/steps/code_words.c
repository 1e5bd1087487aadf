#include "base/common.h"

#include "compiler/plan/steps/code_words.h"

#include <string.h>

#include "compiler/catalog/sql_scan.h"

/* Unquoted words are folded to lower case by the server. */
static bool word_is(const SqlToken *token, const char *name)
{
    const bool quoted = token->kind == SQL_NAME;
    const size_t len = strlen(name);
    if (quoted) {
        return token->len == len + 2 && memcmp(token->text + 1, name, len) == 0;
    }
    if (token->kind != SQL_WORD || token->len != len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        const char c = token->text[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != name[i]) {
            return false;
        }
    }
    return true;
}

static Mention mention(const char *text, const char *end, const char *name);

/* Dynamic SQL: the text of a string may be a statement, or a name. */
static Mention mention_in_string(const SqlToken *token, const char *name)
{
    const char *start = token->text, *end = token->text + token->len;
    const char quote = *start == '$' ? '$' : '\'';
    const char *inner = memchr(start, quote, token->len);
    if (inner != NULL && quote == '$') {
        inner = memchr(inner + 1, quote, (size_t)(end - inner - 1));
    }
    if (inner == NULL || end - inner < 2) {
        return MENTION_NONE;
    }
    const ptrdiff_t closing = quote == '$' ? inner - start + 1 : 1;
    return end - closing <= inner + 1 || mention(inner + 1, end - closing, name) == MENTION_NONE
               ? MENTION_NONE
               : MENTION_WORD;
}

static bool is_row(const SqlToken *token)
{
    return word_is(token, "new") || word_is(token, "old");
}

/* The strongest mention of `name` in the text. */
static Mention mention(const char *text, const char *end, const char *name)
{
    SqlToken before = {0}, last = {0};
    Mention strongest = MENTION_NONE;
    while (text < end) {
        const SqlToken token = sql_scan(text, end);
        text += token.len;
        if (!sql_token_counts(&token)) {
            continue;
        }
        Mention here = MENTION_NONE;
        if (token.kind == SQL_STRING) {
            here = mention_in_string(&token, name);
        } else if (word_is(&token, name)) {
            const bool of_row = last.len > 0 && sql_token_is_sign(&last, '.') && is_row(&before);
            here = of_row ? MENTION_OF_ROW : MENTION_WORD;
        }
        strongest = here > strongest ? here : strongest;
        before = last;
        last = token;
    }
    return strongest;
}

Mention code_mentions(const char *body, const char *name)
{
    return mention(body, body + strlen(body), name);
}
