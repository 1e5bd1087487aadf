/*
 * diag_export.c - diagnostics for programs: JSON, and workflow commands of GitHub.
 *
 * In: a sink. Out: text whose shape diag_print.h fixes. Key order is the order written here.
 */
#include "base/common.h"

#include "base/diag/diag_print.h"

#include "base/text/github.h"
#include "base/text/json_text.h"

static const char *severity_name(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTE:
        return "notice";
    }
    unreachable();
}

/* --- JSON --- */

static json_t *number_json(uint32_t number)
{
    return number == 0 ? json_null() : json_integer(number);
}

static void put_start(json_t *object, const Diagnostics *diags, Span span)
{
    const SourceFile *file = sources_file(diags->sources, span.file);
    Position start = diag_print_position(diags, span.file, span.start);
    json_object_set_new(object, "file", json_text(file == NULL ? NULL : file->path));
    json_object_set_new(object, "line", number_json(start.line));
    json_object_set_new(object, "column", number_json(start.column));
}

static void put_end(json_t *object, const Diagnostics *diags, Span span)
{
    Position end = diag_print_position(diags, span.file, span.end);
    json_object_set_new(object, "endLine", number_json(end.line));
    json_object_set_new(object, "endColumn", number_json(end.column));
}

static void put_note(json_t *notes, const Diagnostics *diags, const char *text, Span span)
{
    json_t *note = json_object();
    json_object_set_new(note, "message", json_text(text));
    put_start(note, diags, span);
    put_end(note, diags, span);
    json_array_append_new(notes, note);
}

static json_t *notes_json(const Diagnostics *diags, const Diagnostic *diagnostic)
{
    json_t *notes = json_array();
    vec_each(const DiagNote, at, &diagnostic->notes) {
        put_note(notes, diags, at->text, at->span);
    }
    if (diagnostic->notes_left_out > 0) {
        put_note(notes, diags, diag_notes_left_out(diags, diagnostic), span_none());
    }
    return notes;
}

static json_t *diagnostic_json(const Diagnostics *diags, const Diagnostic *diagnostic)
{
    json_t *object = json_object();
    const char *severity =
        diagnostic->severity == SEVERITY_NOTE ? "note" : severity_name(diagnostic->severity);
    json_object_set_new(object, "code", json_text(diag_row(diagnostic->code)->code));
    json_object_set_new(object, "name",
                        json_text(diag_warning_name(diag_warning_of(diagnostic->code))));
    json_object_set_new(object, "severity", json_text(severity));
    json_object_set_new(object, "message", json_text(diagnostic->message));
    put_start(object, diags, diagnostic->span);
    put_end(object, diags, diagnostic->span);
    json_object_set_new(object, "label", json_text(diagnostic->label));
    json_object_set_new(object, "help", json_text(diagnostic->help));
    json_object_set_new(object, "notes", notes_json(diags, diagnostic));
    return object;
}

json_t *diag_json(const Diagnostics *diags)
{
    json_t *array = json_array();
    vec_each(Diagnostic *const, at, &diags->items) {
        json_array_append_new(array, diagnostic_json(diags, *at));
    }
    return array;
}

void diag_print_json(StrBuf *out, const Diagnostics *diags)
{
    json_document(out, diag_json(diags));
}

/* --- GitHub --- */

static GithubPlace github_place(const Diagnostics *diags, Span span)
{
    const SourceFile *file = sources_file(diags->sources, span.file);
    if (file == NULL) {
        return (GithubPlace){0};
    }
    const Position start = diag_print_position(diags, span.file, span.start);
    const Position end = diag_print_position(diags, span.file, span.end);
    const bool one_line = end.line == start.line && end.column > start.column;
    return (GithubPlace){.file = file->path,
                         .line = start.line,
                         .end_line = end.line,
                         .column = start.column,
                         .end_column = one_line ? end.column : 0};
}

void diag_print_github(StrBuf *out, const Diagnostics *diags)
{
    vec_each(Diagnostic *const, at, &diags->items) {
        const Diagnostic *diagnostic = *at;
        const GithubPlace place = github_place(diags, diagnostic->span);
        github_begin(out, severity_name(diagnostic->severity), &place,
                     diag_row(diagnostic->code)->code);
        github_message(out, diagnostic->message);
        if (diagnostic->help != NULL) {
            github_message(out, "\nhelp: ");
            github_message(out, diagnostic->help);
        }
        github_end(out);
    }
}
