/*
 * diag_export.c - diagnostics for programs: JSON, and workflow commands of GitHub.
 *
 * In: a sink. Out: text whose shape diag_print.h fixes. Key order is the order written here.
 */
#include "base/common.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag_print.h"

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

/* `text` as a JSON string, always valid UTF-8; null for NULL. */
static json_t *text_json(const char *text)
{
    if (text == NULL) {
        return json_null();
    }
    StrBuf clean = strbuf_new(STRBUF_MAX);
    diag_print_clean(&clean, text, strlen(text));
    json_t *string = json_string(strbuf_text(&clean));
    strbuf_dispose(&clean);
    return string;
}

static json_t *number_json(uint32_t number)
{
    return number == 0 ? json_null() : json_integer(number);
}

static void put_start(json_t *object, const Diagnostics *diags, Span span)
{
    const SourceFile *file = sources_file(diags->sources, span.file);
    Position start = diag_print_position(diags, span.file, span.start);
    json_object_set_new(object, "file", text_json(file == NULL ? NULL : file->path));
    json_object_set_new(object, "line", number_json(start.line));
    json_object_set_new(object, "column", number_json(start.column));
}

static void put_end(json_t *object, const Diagnostics *diags, Span span)
{
    Position end = diag_print_position(diags, span.file, span.end);
    json_object_set_new(object, "endLine", number_json(end.line));
    json_object_set_new(object, "endColumn", number_json(end.column));
}

static json_t *notes_json(const Diagnostics *diags, const Diagnostic *diagnostic)
{
    json_t *notes = json_array();
    vec_each(const DiagNote, at, &diagnostic->notes) {
        json_t *note = json_object();
        json_object_set_new(note, "message", text_json(at->text));
        put_start(note, diags, at->span);
        put_end(note, diags, at->span);
        json_array_append_new(notes, note);
    }
    return notes;
}

static json_t *diagnostic_json(const Diagnostics *diags, const Diagnostic *diagnostic)
{
    json_t *object = json_object();
    const char *severity =
        diagnostic->severity == SEVERITY_NOTE ? "note" : severity_name(diagnostic->severity);
    json_object_set_new(object, "code", text_json(diag_row(diagnostic->code)->code));
    json_object_set_new(object, "name",
                        text_json(diag_warning_name(diag_warning_of(diagnostic->code))));
    json_object_set_new(object, "severity", text_json(severity));
    json_object_set_new(object, "message", text_json(diagnostic->message));
    put_start(object, diags, diagnostic->span);
    put_end(object, diags, diagnostic->span);
    json_object_set_new(object, "label", text_json(diagnostic->label));
    json_object_set_new(object, "help", text_json(diagnostic->help));
    json_object_set_new(object, "notes", notes_json(diags, diagnostic));
    return object;
}

void diag_print_json(StrBuf *out, const Diagnostics *diags)
{
    json_t *array = json_array();
    vec_each(Diagnostic *const, at, &diags->items) {
        json_array_append_new(array, diagnostic_json(diags, *at));
    }
    char *text = json_dumps(array, JSON_INDENT(2));
    assert(text != NULL);
    strbuf_add(out, text == NULL ? "[]" : text);
    strbuf_char(out, '\n');
    free(text);
    json_decref(array);
}

/* --- GitHub --- */

/* Percent signs and line ends are escaped everywhere, `:` and `,` in properties. */
static void put_escaped(StrBuf *out, const char *text, const char *escaped)
{
    StrBuf clean = strbuf_new(STRBUF_MAX);
    diag_print_clean(&clean, text, strlen(text));
    for (const char *at = strbuf_text(&clean); *at != '\0'; at++) {
        if (strchr(escaped, *at) != NULL) {
            strbuf_printf(out, "%%%02X", (unsigned)(unsigned char)*at);
        } else {
            strbuf_char(out, *at);
        }
    }
    strbuf_dispose(&clean);
}

static const char in_property[] = "%\r\n:,";
static const char in_message[] = "%\r\n";

static void put_place(StrBuf *out, const Diagnostics *diags, Span span)
{
    const SourceFile *file = sources_file(diags->sources, span.file);
    if (file == NULL) {
        return;
    }
    Position start = diag_print_position(diags, span.file, span.start);
    Position end = diag_print_position(diags, span.file, span.end);
    strbuf_add(out, "file=");
    put_escaped(out, file->path, in_property);
    strbuf_printf(out, ",line=%u,endLine=%u,col=%u", start.line, end.line, start.column);
    if (end.line == start.line && end.column > start.column) {
        strbuf_printf(out, ",endColumn=%u", end.column);
    }
    strbuf_char(out, ',');
}

void diag_print_github(StrBuf *out, const Diagnostics *diags)
{
    vec_each(Diagnostic *const, at, &diags->items) {
        const Diagnostic *diagnostic = *at;
        strbuf_printf(out, "::%s ", severity_name(diagnostic->severity));
        put_place(out, diags, diagnostic->span);
        strbuf_printf(out, "title=%s::", diag_row(diagnostic->code)->code);
        put_escaped(out, diagnostic->message, in_message);
        if (diagnostic->help != NULL) {
            strbuf_add(out, "%0Ahelp: ");
            put_escaped(out, diagnostic->help, in_message);
        }
        strbuf_char(out, '\n');
    }
}
