/*
 * block_head.c - what a block is told, as declarations of constants: written and read again.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/blocks/blocks_internal.h"
#include "compiler/catalog/sql_write.h"

/* --- written -----------------------------------------------------------------------------------
 */

void head_put(StrBuf *out, const char *name, const char *type)
{
    strbuf_printf(out, "    %s CONSTANT pg_catalog.%s := ", name, type);
}

void head_put_relation(StrBuf *out, const char *name, const char *schema, const char *relation)
{
    StrBuf quoted = strbuf_new(STRBUF_MAX);
    if (schema != NULL) {
        sql_ident_text(&quoted, schema);
        strbuf_char(&quoted, '.');
    }
    sql_ident_text(&quoted, relation);
    head_put(out, name, "regclass");
    sql_string(out, strbuf_text(&quoted), quoted.len);
    strbuf_add(out, ";\n");
    strbuf_dispose(&quoted);
}

/* --- read --------------------------------------------------------------------------------------
 */

static SqlToken next(HeadReading *cx)
{
    while (cx->at < cx->end) {
        const SqlToken token = sql_scan(cx->at, cx->end);
        if (sql_token_counts(&token)) {
            return token;
        }
        cx->at += token.len;
    }
    return (SqlToken){.kind = SQL_SPACE, .text = cx->end};
}

bool head_takes(HeadReading *cx, const char *text)
{
    const SqlToken token = next(cx);
    const bool is_it = token.len == strlen(text) && strncmp(token.text, text, token.len) == 0;
    cx->at += is_it ? token.len : 0;
    return is_it;
}

/* Words and signs between blanks. */
bool head_takes_all(HeadReading *cx, const char *words)
{
    while (*words != '\0') {
        const size_t len = strcspn(words, " ");
        if (!head_takes(cx, arena_strndup(cx->arena, words, len))) {
            return false;
        }
        words += len + (words[len] == ' ' ? 1 : 0);
    }
    return true;
}

/* What stands between two quotes; those inside are doubled. */
static const char *unquoted(Arena *arena, const SqlToken *token)
{
    const char quote = token->text[0];
    char *text = arena_strndup(arena, token->text + 1, token->len - 2), *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        *to++ = *from;
        from += *from == quote && from[1] == quote ? 1 : 0;
    }
    *to = '\0';
    return text;
}

const char *head_take_quoted(HeadReading *cx, SqlTokenKind kind, char quote)
{
    const SqlToken token = next(cx);
    if (token.kind != kind || token.text[0] != quote || !token.closed) {
        return NULL;
    }
    cx->at += token.len;
    return unquoted(cx->arena, &token);
}

bool head_take_constant(HeadReading *cx, const char *name, const char *type)
{
    return head_takes(cx, name) && head_takes_all(cx, "CONSTANT pg_catalog .") &&
           head_takes_all(cx, type) && head_takes_all(cx, ": =");
}

bool head_take_relation(HeadReading *cx, const char *name, const char **ret_schema,
                        const char **ret_relation)
{
    const char *text =
        head_take_constant(cx, name, "regclass") ? head_take_quoted(cx, SQL_STRING, '\'') : NULL;
    if (text == NULL || !head_takes(cx, ";")) {
        return false;
    }
    HeadReading quoted = {.arena = cx->arena, .at = text, .end = text + strlen(text)};
    const char *schema = NULL, *relation = head_take_quoted(&quoted, SQL_NAME, '"');
    if (head_takes(&quoted, ".")) {
        schema = relation;
        relation = head_take_quoted(&quoted, SQL_NAME, '"');
    }
    if (relation == NULL || next(&quoted).len != 0) {
        return false;
    }
    *ret_schema = schema;
    *ret_relation = relation;
    return true;
}

/* From the end of the declarations' last line. The ends of lines may have been changed on the way.
 */
bool head_is_before(const char *at, const char *const *pieces)
{
    at += strspn(at, "\r\n") > 0 ? strcspn(at, "\n") + 1 : 0;
    for (; *pieces != NULL; pieces++) {
        for (const char *known = *pieces; *known != '\0'; known++) {
            at += *at == '\r' && at[1] == '\n' ? 1 : 0;
            if (*at++ != *known) {
                return false;
            }
        }
    }
    return *at == '\0';
}
