/*
 * texts.c - names inside the texts of expressions.
 *
 * The server keeps expressions by what they mean; here they are texts, so a new name is written
 * into them, token by token. A name before a bracket is a function's.
 */
#include "base/common.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/strbuf.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/world/realm_internal.h"

static bool word_is(const SqlToken *token, Name name)
{
    if (token->len != name->len) {
        return false;
    }
    for (size_t i = 0; i < token->len; i++) {
        if ((char)tolower((unsigned char)token->text[i]) != name->text[i]) {
            return false;
        }
    }
    return true;
}

/* Names with quotes inside are left alone: what holds one is compared by its text. */
static bool token_is(const SqlToken *token, Name name)
{
    if (token->kind == SQL_NAME) {
        return token->len == name->len + 2 && memcmp(token->text + 1, name->text, name->len) == 0;
    }
    return token->kind == SQL_WORD && word_is(token, name);
}

static bool is_call(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at) != 0) {
        at++;
    }
    return at < end && *at == '(';
}

/* Words that stand before parentheses and call nothing. */
static bool is_connective(const SqlToken *token)
{
    static const char *const words[] = {"check", "and",  "or",   "not",  "in",     "any",
                                        "some",  "all",  "when", "then", "else",   "case",
                                        "where", "from", "is",   "like", "between"};
    for (size_t i = 0; i < lengthof(words); i++) {
        if (strlen(words[i]) == token->len && strncasecmp(words[i], token->text, token->len) == 0) {
            return true;
        }
    }
    return false;
}

bool realm_text_calls(Name text)
{
    const char *end = text->text + text->len;
    for (const char *at = text->text; at < end;) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        const bool names = token.kind == SQL_NAME || token.kind == SQL_WORD;
        if (names && is_call(at, end) && !is_connective(&token)) {
            return true;
        }
    }
    return false;
}

Name realm_text_renamed(Realm *realm, Name text, Name from, Name to)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *end = text->text + text->len;
    for (const char *at = text->text; at < end;) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        if (token_is(&token, from) && !is_call(at, end)) {
            sql_ident(&out, to);
        } else {
            strbuf_addn(&out, token.text, token.len);
        }
    }
    const Name made = intern(realm->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return made;
}

bool realm_text_names(Name text, Name name)
{
    const char *end = text->text + text->len;
    for (const char *at = text->text; at < end;) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        if (token_is(&token, name)) {
            return true;
        }
    }
    return false;
}
