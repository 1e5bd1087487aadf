/*
 * script_place.c - where in a script a server's error is.
 *
 * The server counts characters from 1 in the message it was sent; a Span counts bytes in the
 * script.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/script/script.h"

/* Bytes of the first `count` characters of UTF-8. */
static size_t bytes_of_characters(const char *text, size_t len, uint32_t count)
{
    size_t at = 0;
    for (uint32_t i = 0; i < count && at < len; i++) {
        at++;
        while (at < len && ((unsigned char)text[at] & 0xc0) == 0x80) {
            at++;
        }
    }
    return at;
}

static size_t word_length(const char *text, size_t len)
{
    size_t end = 0;
    while (end < len && strchr(" \t\r\n;,()", text[end]) == NULL) {
        end++;
    }
    return end == 0 && len > 0 ? 1 : end;
}

/* The `number`-th statement sent in a message that began at `offset`; BEGIN and COMMIT are blanked
 * out of all but whole scripts. NULL: one of ours, behind them. */
static const ScriptStatement *find_statement(const ParsedScript *script, size_t offset,
                                             uint32_t number)
{
    vec_each(const ScriptStatement, statement, &script->statements) {
        const bool control =
            statement->kind == STATEMENT_BEGIN || statement->kind == STATEMENT_COMMIT;
        const bool sent = script->mode == SCRIPT_WHOLE || !control;
        if (statement->start >= offset && sent && --number == 0) {
            return statement;
        }
    }
    return NULL;
}

/* Where the server tells no position, as of rows that break a constraint, the statement is known.
 */
Span script_place(Diagnostics *diags, const char *path, const ParsedScript *script,
                  ScriptPlace place)
{
    const char *text = script->text;
    const ScriptStatement *statement =
        place.statement == 0 ? NULL : find_statement(script, place.offset, place.statement);
    size_t at = script->len;
    if (place.position != 0) {
        at = place.offset + bytes_of_characters(text + place.offset, script->len - place.offset,
                                                place.position - 1);
    } else if (statement != NULL) {
        at = statement->start;
    }
    if (at >= script->len) {
        return span_none(); /* in the statements we added, or not told */
    }
    const SourceFile *file = sources_add(diags->sources, path, text, script->len);
    return (Span){file->id, (uint32_t)at,
                  (uint32_t)(at + word_length(text + at, script->len - at))};
}
