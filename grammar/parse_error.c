/*
 * parse_error.c - what is said about text the grammar has no place for.
 *
 * In: the offending token and the state of the line. Out: one diagnostic, at most one a line. The
 * commonest mistakes have words of their own; the rest is "unexpected", with what would fit.
 */
#include "base/common.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "base/strbuf.h"
#include "grammar/parse_internal.h"

enum { SHOWN_BYTES = 40, SHOWN_EXPECTED = 5 };

/* --- what was found --- */

/* The text of the token, cut when it is long; never in the middle of a character. */
static const char *token_text(ParseCx *cx, Span span)
{
    size_t len = span.end - span.start;
    const char *text = cx->file->text + span.start;
    if (len <= SHOWN_BYTES) {
        return arena_strndup(cx->diags->arena, text, len);
    }
    len = SHOWN_BYTES;
    while ((text[len] & 0xC0) == 0x80) {
        len--;
    }
    return arena_printf(cx->diags->arena, "%.*s…", (int)len, text);
}

static const char *found_text(ParseCx *cx, Span span)
{
    if (cx->last_token == TOK_EOL) {
        return "end of line";
    }
    if (span.start == span.end) {
        return "end of block";
    }
    return arena_printf(cx->diags->arena, "`%s`", token_text(cx, span));
}

/* --- what would fit --- */

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

/* Spellings the grammar only knows in order to refuse them: `!`, the colon after a field, and a
 * number where a name must stand. */
static bool is_legacy(const ParseCx *cx, const char *word, const char *const *words, size_t count)
{
    return strcmp(word, "`!`") == 0 ||
           (strcmp(word, "`:`") == 0 && cx->brackets == 0 && cx->objects == 0) ||
           (strcmp(word, "a number") == 0 && !is_among("a string", words, count));
}

/* The grammar tells tokens of one spelling apart by a blank at the end of their name. */
static size_t trimmed(const char *word)
{
    size_t len = strlen(word);
    return len > 0 && word[len - 1] == ' ' ? len - 1 : len;
}

/* "a, b or c", or NULL when that would be too long to help. */
static const char *expected_text(ParseCx *cx, const char *const *expected, size_t count)
{
    const char *words[SHOWN_EXPECTED + 2];
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < lengthof(words); i++) {
        if (!is_legacy(cx, expected[i], expected, count)) {
            words[kept++] = expected[i];
        }
    }
    if (kept == 0 || kept > SHOWN_EXPECTED) {
        return NULL;
    }
    StrBuf out = strbuf_new(1024);
    for (size_t i = 0; i < kept; i++) {
        strbuf_add(&out, i == 0 ? "" : i + 1 == kept ? " or " : ", ");
        strbuf_addn(&out, words[i], trimmed(words[i]));
    }
    return strbuf_take(&out, cx->diags->arena);
}

/* --- a word that starts no block --- */

static void report_unknown_block(ParseCx *cx, Span span)
{
    const char *word = token_text(cx, span);
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_UNKNOWN_BLOCK, span, word);
    Suggestion near = suggestion_for(word);
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        suggestion_offer(&near, cx->keywords[i]->text);
    }
    if (near.best != NULL) {
        diag_label(cx->diags, diagnostic, "did you mean `%s`?", near.best);
    }
}

/* --- the reporter --- */

/* `[` and `(` count together; the outermost is the one to look at. */
static bool in_open_list(const ParseCx *cx)
{
    return cx->last_token == TOK_EOL && cx->brackets + cx->objects > 0;
}

static void report_outside_blocks(ParseCx *cx, Span span, const char *const *expected, size_t count)
{
    if (cx->last_token == TOK_IDENT && cx->line_tokens == 1) {
        report_unknown_block(cx, span);
    } else if (cx->last_token == TOK_LBRACE && cx->head_state == HEAD_KEYWORD) {
        Span keyword = cx->head;
        diag_report(cx->diags, DIAG_BLOCK_WITHOUT_NAME, keyword, token_text(cx, keyword));
    } else if (cx->last_token == TOK_RBRACE) {
        diag_report_plain(cx->diags, DIAG_BRACE_WITHOUT_BLOCK, span);
    } else {
        Diagnostic *diagnostic =
            diag_report(cx->diags, DIAG_UNEXPECTED, span, found_text(cx, span));
        const char *fitting = expected_text(cx, expected, count);
        if (fitting != NULL) {
            diag_help(cx->diags, diagnostic, "expected %s", fitting);
        }
    }
}

void parse_unexpected(ParseCx *cx, Span span, const char *const *expected, size_t count)
{
    if (!parse_may_complain(cx)) {
        return;
    }
    if (in_open_list(cx)) {
        diag_report(cx->diags, DIAG_LIST_OVER_LINES, cx->bracket, token_text(cx, cx->bracket));
    } else if (cx->in_block && cx->last_token == TOK_ATAT && cx->line_tokens > 1) {
        diag_report_plain(cx->diags, DIAG_BLOCK_ATTRIBUTE_ON_FIELD, span);
    } else {
        report_outside_blocks(cx, span, expected, count);
    }
}

/* --- raw tokens that are none --- */

/* Why the string [start, end) has no end: a line end, or a character that cannot stand in it. */
static void report_open_string(ParseCx *cx)
{
    unsigned char next = (unsigned char)cx->file->text[cx->end];
    if (cx->end == cx->file->len || next == '\n' || next == '\r') {
        diag_report_plain(cx->diags, DIAG_STRING_NOT_CLOSED, parse_span(cx));
        return;
    }
    uint32_t len = 0;
    const char *character = parse_character_text(cx, cx->end, &len);
    diag_report(cx->diags, DIAG_STRING_CONTROL, ((Span){cx->file->id, cx->end, cx->end + len}),
                character);
}

static int report_name(ParseCx *cx)
{
    uint32_t bad = parse_name_end(cx, cx->start, cx->end);
    uint32_t len = 0;
    if (bad < cx->end && parse_may_complain(cx)) {
        const char *character = parse_character_text(cx, bad, &len);
        diag_report(cx->diags, DIAG_NAME_CHARACTER, ((Span){cx->file->id, bad, bad + len}),
                    character);
    }
    return TOK_IDENT;
}

static void report_raw(ParseCx *cx, int raw)
{
    uint32_t len = 0;
    if (raw == RAW_UNDERSCORE) {
        diag_report(cx->diags, DIAG_NAME_UNDERSCORE, parse_span(cx),
                    token_text(cx, parse_span(cx)));
    } else if (raw == RAW_OPEN_STRING) {
        report_open_string(cx);
    } else if (raw == RAW_SINGLE_QUOTED) {
        diag_report_plain(cx->diags, DIAG_SINGLE_QUOTES, parse_span(cx));
    } else if (raw == RAW_BAD_NUMBER) {
        diag_report(cx->diags, DIAG_BAD_NUMBER, parse_span(cx), token_text(cx, parse_span(cx)));
    } else {
        diag_report(cx->diags, DIAG_BAD_CHARACTER, parse_span(cx),
                    parse_character_text(cx, cx->start, &len));
    }
}

int parse_bad_token(ParseCx *cx, int raw)
{
    if (raw == RAW_UNICODE_IDENT) {
        return report_name(cx);
    }
    if (parse_may_complain(cx)) {
        report_raw(cx, raw);
    }
    return raw == RAW_UNDERSCORE ? TOK_IDENT : TOK_DSL_error;
}
