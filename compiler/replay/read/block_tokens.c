/*
 * block_tokens.c - the tokens of a block of PL/pgSQL, as PL/pgSQL reads them.
 */
#include "base/common.h"

#include <string.h>
#include <strings.h>

#include "compiler/replay/read/blocks.h"

SqlToken block_peek(BlockCx *cx)
{
    while (cx->at < cx->end) {
        const SqlToken token = sql_scan(cx->at, cx->end);
        if (sql_token_counts(&token)) {
            return token;
        }
        cx->at += token.len;
    }
    return (SqlToken){.kind = SQL_SPACE, .text = cx->end, .len = 0};
}

bool block_is_word(const SqlToken *token, const char *word)
{
    return token->kind == SQL_WORD && token->len == strlen(word) &&
           strncasecmp(token->text, word, token->len) == 0;
}

bool block_sees(BlockCx *cx, const char *word)
{
    const SqlToken token = block_peek(cx);
    return block_is_word(&token, word);
}

bool block_takes(BlockCx *cx, const char *word)
{
    const SqlToken token = block_peek(cx);
    if (block_is_word(&token, word)) {
        cx->at += token.len;
        return true;
    }
    return false;
}

bool block_takes_sign(BlockCx *cx, char sign)
{
    const SqlToken token = block_peek(cx);
    if (sql_token_is_sign(&token, sign)) {
        cx->at += token.len;
        return true;
    }
    return false;
}

bool block_not_read(BlockCx *cx)
{
    return realm_unknown(cx->replay->realm, "a DO block");
}

bool block_skip_to(BlockCx *cx, const char *word, Slice *ret_slice)
{
    int depth = 0;
    const SqlToken first = block_peek(cx);
    for (SqlToken token = first; token.len > 0; token = block_peek(cx)) {
        const bool is_end =
            word[0] == ';' ? sql_token_is_sign(&token, ';') : block_is_word(&token, word);
        if (depth == 0 && is_end) {
            *ret_slice = (Slice){first.text, (size_t)(token.text - first.text)};
            return true;
        }
        depth += sql_token_is_sign(&token, '(') ? 1 : sql_token_is_sign(&token, ')') ? -1 : 0;
        cx->at += token.len;
    }
    return block_not_read(cx);
}

/* --- INTO ---------------------------------------------------------------------------------------
 */

/* `variable [.field] [, ...]` */
static void pass_target(BlockCx *cx)
{
    do {
        do {
            const SqlToken token = block_peek(cx);
            cx->at += token.len;
        } while (block_takes_sign(cx, '.'));
    } while (block_takes_sign(cx, ','));
}

/* INSERT INTO and MERGE INTO name tables. STRICT, which fails where there is no row, stays, and no
 * grammar of SQL reads it. */
const char *block_without_target(const BlockCx *cx, Slice statement)
{
    char *text = arena_strndup(cx->replay->arena, statement.text, statement.len);
    BlockCx ahead = {.replay = cx->replay, .at = text, .end = text + statement.len};
    SqlToken before = {0};
    for (SqlToken token = block_peek(&ahead); token.len > 0; token = block_peek(&ahead)) {
        ahead.at += token.len;
        if (block_is_word(&token, "INTO") && !block_is_word(&before, "INSERT") &&
            !block_is_word(&before, "MERGE")) {
            if (!block_sees(&ahead, "STRICT")) {
                pass_target(&ahead);
                memset(text + (token.text - text), ' ', (size_t)(ahead.at - token.text));
            }
            break;
        }
        before = token;
    }
    return text;
}
