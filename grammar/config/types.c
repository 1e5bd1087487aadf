/*
 * types.c - where a TypeScript type ends: types change no value, so they are read over.
 *
 * Works on raw tokens. A type is a chain of parts joined by `|`, `&`, `=>` and words such as
 * `extends`; each part is a name, a literal or a bracket, with type arguments and `[]` behind it.
 */
#include "base/common.h"

#include <string.h>

#include "grammar/config/tokens.h"

static const ConfigToken *token_at(const ConfigParse *cx, uint32_t at)
{
    return at < cx->raw.count ? &cx->raw.items[at] : NULL;
}

static bool is_kind(const ConfigParse *cx, uint32_t at, int kind)
{
    return at < cx->raw.count && cx->raw.items[at].kind == kind;
}

static bool is_text(const ConfigParse *cx, uint32_t at, const char *text)
{
    return at < cx->raw.count && config_token_is(cx, &cx->raw.items[at], text);
}

static bool is_prefix(const ConfigParse *cx, uint32_t at)
{
    return is_text(cx, at, "keyof") || is_text(cx, at, "typeof") || is_text(cx, at, "readonly") ||
           is_text(cx, at, "unique") || is_text(cx, at, "infer") || is_text(cx, at, "new");
}

/* Behind `<...>`; `at` when it is not closed by what types are made of. */
static uint32_t angle_end(const ConfigParse *cx, uint32_t at)
{
    uint32_t open = 0;
    for (uint32_t i = at; i < cx->raw.count; i++) {
        const ConfigToken *token = &cx->raw.items[i];
        if (config_token_is(cx, token, "<")) {
            open++;
        } else if (config_token_is(cx, token, ">")) {
            if (--open == 0) {
                return i + 1;
            }
        } else if (token->partner != NO_PARTNER && token->partner > i) {
            i = token->partner;
        } else if (token->kind != RAW_WORD && token->kind != TOK_DOT && token->kind != TOK_COMMA &&
                   token->kind != TOK_STRING && token->kind != TOK_NUMBER &&
                   token->kind != TOK_FAT_ARROW && !config_token_is(cx, token, "|") &&
                   !config_token_is(cx, token, "&")) {
            return at;
        }
    }
    return at;
}

static uint32_t part_end(const ConfigParse *cx, uint32_t at)
{
    while (is_prefix(cx, at)) {
        at++;
    }
    const ConfigToken *token = token_at(cx, at);
    if (token == NULL) {
        return at;
    }
    if (token->partner != NO_PARTNER && token->partner > at) {
        at = token->partner + 1;
    } else if (token->kind == RAW_WORD) {
        at++;
        while (is_kind(cx, at, TOK_DOT) && is_kind(cx, at + 1, RAW_WORD)) {
            at += 2;
        }
    } else if (token->kind == TOK_STRING || token->kind == TOK_NUMBER) {
        at++;
    } else {
        return at;
    }
    if (is_text(cx, at, "<")) {
        at = angle_end(cx, at);
    }
    while (is_kind(cx, at, TOK_LBRACKET) && !cx->raw.items[at].line_before) {
        at = cx->raw.items[at].partner + 1;
    }
    return at;
}

static bool is_joint(const ConfigParse *cx, uint32_t at, bool functions)
{
    return is_text(cx, at, "|") || is_text(cx, at, "&") || is_text(cx, at, "is") ||
           (functions && is_kind(cx, at, TOK_FAT_ARROW));
}

static uint32_t type_end(const ConfigParse *cx, uint32_t at, bool functions)
{
    uint32_t end = at;
    if (is_text(cx, at, "|") || is_text(cx, at, "&")) {
        end++;
    }
    for (;;) {
        uint32_t next = part_end(cx, end);
        if (next == end) {
            return end;
        }
        end = next;
        if (!is_joint(cx, end, functions)) {
            return end;
        }
        end++;
    }
}

uint32_t config_type_end(const ConfigParse *cx, uint32_t at)
{
    return type_end(cx, at, true);
}

uint32_t config_return_type_end(const ConfigParse *cx, uint32_t at)
{
    return type_end(cx, at, false);
}

uint32_t config_type_arguments_end(const ConfigParse *cx, uint32_t at)
{
    uint32_t end = is_text(cx, at, "<") ? angle_end(cx, at) : at;
    return is_kind(cx, end, TOK_LPAREN) ? end : at;
}
