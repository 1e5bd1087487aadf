/*
 * apply_report.c - what is said about a statement the server refused: to the user and to the
 * history.
 *
 * The server counts characters from 1 in the message it was sent; a Span counts bytes in the
 * script.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/apply/apply_internal.h"

enum { LINES_BEFORE = 5 };

/* --- the place --- */

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
Span apply_error_span(Diagnostics *diags, const char *path, const ParsedScript *script,
                      size_t offset, const ServerError *error)
{
    const char *text = script->text;
    const ScriptStatement *statement =
        error->statement == 0 ? NULL : find_statement(script, offset, error->statement);
    size_t at = script->len;
    if (error->position != 0) {
        at = offset + bytes_of_characters(text + offset, script->len - offset, error->position - 1);
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

/* --- to the user --- */

static void add_notes(Diagnostics *diags, Diagnostic *diagnostic, const ServerError *error)
{
    if (error->detail[0] != '\0') {
        diag_note_lines(diags, diagnostic, "", error->detail);
    }
    if (error->hint[0] != '\0') {
        diag_note_lines(diags, diagnostic, "", error->hint);
    }
}

Diagnostic *apply_report_error(Diagnostics *diags, DiagCode code, const char *name, Span span,
                               const ServerError *error, const char *help)
{
    Diagnostic *diagnostic =
        name != NULL ? diag_report(diags, code, span, name, error->message, error->sqlstate, help)
                     : diag_report(diags, code, span, error->message, error->sqlstate, help);
    add_notes(diags, diagnostic, error);
    return diagnostic;
}

/* --- to the history --- */

/* The failing line and up to five before it, numbered. */
static void add_lines(StrBuf *out, Diagnostics *diags, Span span)
{
    const SourceFile *file = sources_file(diags->sources, span.file);
    const uint32_t last = source_position(diags->sources, span).line;
    const uint32_t first = last > LINES_BEFORE ? last - LINES_BEFORE : 1;
    strbuf_char(out, '\n');
    for (uint32_t line = first; line <= last; line++) {
        const Span bytes = source_line(diags->sources, span.file, line);
        strbuf_printf(out, "%s%4u  ", line == last ? ">" : " ", line);
        strbuf_addn(out, file->text + bytes.start, bytes.end - bytes.start);
        strbuf_char(out, '\n');
    }
}

char *apply_logs(Arena *arena, const Migration *migration, Diagnostics *diags, Span span,
                 const ServerError *error, const char *remains)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "Migration %s failed.\n\nSQLSTATE %s: %s\n", migration->name,
                  error->sqlstate, error->message);
    if (error->detail[0] != '\0') {
        strbuf_printf(&out, "%s\n", error->detail);
    }
    if (error->hint[0] != '\0') {
        strbuf_printf(&out, "%s\n", error->hint);
    }
    if (span.file != 0) {
        add_lines(&out, diags, span);
    }
    strbuf_printf(&out, "\n%s\n", remains);
    return strbuf_take(&out, arena);
}
