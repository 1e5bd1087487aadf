/*
 * apply_report.c - what is said about a statement the server refused: to the user and to the
 * history.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/text/mask.h"
#include "runtime/apply/apply_internal.h"

enum { LINES_BEFORE = 5, LINE_BYTES = 1000 };

/* --- to the user --- */

Span apply_error_span(Diagnostics *diags, const char *path, const ParsedScript *script,
                      size_t offset, const ServerError *error)
{
    return script_place(diags, path, script,
                        (ScriptPlace){offset, error->position, error->statement});
}

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

static bool is_continued(const char *text, size_t len, size_t at)
{
    return at < len && ((unsigned char)text[at] & 0xC0) == 0x80;
}

/* A line of a megabyte is cut to what is around `column`. */
static void add_line(StrBuf *out, const char *text, size_t len, size_t column)
{
    size_t start = column > LINE_BYTES / 2 && len > LINE_BYTES ? column - LINE_BYTES / 2 : 0;
    size_t end = len - start > LINE_BYTES ? start + LINE_BYTES : len;
    while (is_continued(text, len, start)) {
        start++;
    }
    while (is_continued(text, len, end)) {
        end--;
    }
    strbuf_printf(out, "%s", start > 0 ? "..." : "");
    strbuf_addn(out, text + start, end - start);
    strbuf_printf(out, "%s\n", end < len ? "..." : "");
}

/* The failing line and up to five before it, numbered. Who may read the history may not be who may
 * read the folder. */
static void add_lines(Arena *arena, StrBuf *out, Diagnostics *diags, Span span)
{
    const SourceFile *file = sources_file(diags->sources, span.file);
    const uint32_t last = source_position(diags->sources, span).line;
    const uint32_t first = last > LINES_BEFORE ? last - LINES_BEFORE : 1;
    const size_t start = source_line(diags->sources, span.file, first).start;
    const size_t len = source_line(diags->sources, span.file, last).end - start;
    char *text = arena_strndup(arena, file->text + start, len);
    mask_in_place(text, len);
    strbuf_char(out, '\n');
    for (uint32_t line = first; line <= last; line++) {
        const Span bytes = source_line(diags->sources, span.file, line);
        strbuf_printf(out, "%s%4u  ", line == last ? ">" : " ", line);
        add_line(out, text + (bytes.start - start), bytes.end - bytes.start,
                 line == last ? span.start - bytes.start : 0);
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
        add_lines(arena, &out, diags, span);
    }
    strbuf_printf(&out, "\n%s\n", remains);
    const size_t len = out.len;
    char *logs = strbuf_take(&out, arena);
    mask_in_place(logs, len);
    return logs;
}
