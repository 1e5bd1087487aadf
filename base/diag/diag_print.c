/*
 * diag_print.c - carets: source lines with what is wrong marked below.
 *
 * In: a sink. Out: text. A diagnostic without a place is its first line and its notes. Places on
 * one line share it, each with a line of marks of its own; a place over several lines shows its
 * first and its last. Knows terminals (width of characters, colours), not what diagnostics mean.
 */
#include "base/common.h"

#include "base/diag/diag_print.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/mask.h"
#include "base/text/show.h"
#include "base/text/wrap.h"

enum { TAB_WIDTH = 4, LINE_BYTES_SHOWN = 160, BYTES_BEFORE_SPAN = 60 };

typedef enum Style {
    STYLE_ERROR,
    STYLE_WARNING,
    STYLE_NOTE,
    STYLE_GUTTER,
    STYLE_STRONG,
    STYLE_HELP
} Style;

typedef struct Printer {
    StrBuf *out;
    const Diagnostics *diags;
    DiagLook look;
    int gutter;          /* digits of the largest line number shown */
    uint32_t shown_file; /* the source line printed last; 0: none */
    uint32_t shown_line;
    uint32_t masked_file; /* whose text is copied below, without the passwords of its lines that
                             were shown; 0: none */
    char *masked;
    bool *is_masked; /* by line: a line may be long, and shown for each of its faults */
} Printer;

/* --- places --- */

static bool continues_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

Position diag_print_position(const Diagnostics *diags, uint32_t file, uint32_t offset)
{
    Position position = source_position(diags->sources, (Span){file, offset, offset});
    const SourceFile *source = sources_file(diags->sources, file);
    if (source == NULL) {
        return position;
    }
    uint32_t column = 1;
    for (uint32_t at = offset - (position.column - 1); at < offset; at++) {
        column += continues_character(source->text[at]) ? 0 : 1;
    }
    return (Position){position.line, column};
}

/* --- colour --- */

static void start_style(Printer *printer, Style style)
{
    static const char *const codes[] = {
        [STYLE_ERROR] = "\033[1;31m",  [STYLE_WARNING] = "\033[1;33m", [STYLE_NOTE] = "\033[1;36m",
        [STYLE_GUTTER] = "\033[1;34m", [STYLE_STRONG] = "\033[1m",     [STYLE_HELP] = "\033[1;32m",
    };
    if (printer->look.colour) {
        strbuf_add(printer->out, codes[style]);
    }
}

static void end_style(Printer *printer)
{
    if (printer->look.colour) {
        strbuf_add(printer->out, "\033[0m");
    }
}

static void styled(Printer *printer, Style style, const char *text)
{
    start_style(printer, style);
    strbuf_add(printer->out, text);
    end_style(printer);
}

static Style severity_style(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return STYLE_ERROR;
    case SEVERITY_WARNING:
        return STYLE_WARNING;
    case SEVERITY_NOTE:
        return STYLE_NOTE;
    }
    unreachable();
}

static const char *severity_word(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTE:
        return "note";
    }
    unreachable();
}

/* --- one line of source --- */

/* `line` 0: the gutter of a line of marks. */
static void put_gutter(Printer *printer, uint32_t line)
{
    start_style(printer, STYLE_GUTTER);
    if (line == 0) {
        strbuf_printf(printer->out, "%*s |", printer->gutter, "");
    } else {
        strbuf_printf(printer->out, "%*u |", printer->gutter, line);
    }
    end_style(printer);
}

/* Appends the bytes [from, to) of the line as they are to be seen; returns the column after them.
 */
static size_t put_source(StrBuf *out, const char *text, uint32_t from, uint32_t to, size_t column)
{
    size_t bytes = 1;
    for (uint32_t at = from; at < to; at += (uint32_t)bytes) {
        bytes = 1;
        if (text[at] != '\t') {
            column += show_character(out, text + at, to - at, &bytes);
            continue;
        }
        do {
            strbuf_char(out, ' ');
            column++;
        } while (column % TAB_WIDTH != 0);
    }
    return column;
}

/* The part of a line worth showing: all of it, or a window around `place`. */
static Span window(const char *text, Span line, uint32_t place)
{
    if (line.end - line.start <= LINE_BYTES_SHOWN) {
        return line;
    }
    uint32_t before = place - line.start;
    Span part = {line.file, before > BYTES_BEFORE_SPAN ? place - BYTES_BEFORE_SPAN : line.start,
                 line.end};
    if (part.end - part.start > LINE_BYTES_SHOWN) {
        part.end = part.start + LINE_BYTES_SHOWN;
    }
    while (part.start < place && continues_character(text[part.start])) {
        part.start++;
    }
    while (part.end < line.end && continues_character(text[part.end])) {
        part.end++;
    }
    return part;
}

static const char ellipsis[] = "…";

/* The source line, unless it is the one printed last. */
static void put_line(Printer *printer, const char *text, Span line, Span part, uint32_t number)
{
    if (printer->shown_file == line.file && printer->shown_line == number &&
        line.end - line.start <= LINE_BYTES_SHOWN) {
        return;
    }
    printer->shown_file = line.file;
    printer->shown_line = number;
    put_gutter(printer, number);
    size_t before = printer->out->len;
    strbuf_char(printer->out, ' ');
    strbuf_add(printer->out, part.start > line.start ? ellipsis : "");
    put_source(printer->out, text, part.start, part.end, 0);
    strbuf_add(printer->out, part.end < line.end ? ellipsis : "");
    while (printer->out->len > before && printer->out->text[printer->out->len - 1] == ' ') {
        printer->out->text[--printer->out->len] = '\0';
    }
    strbuf_char(printer->out, '\n');
}

typedef struct Mark {
    Style style;
    char sign;         /* `^` or `-` */
    const char *label; /* NULL for none */
} Mark;

/* The line of marks below [from, to). Widths are measured by writing the text aside. */
static void put_marks(Printer *printer, const char *text, Span line, Span part, Span span,
                      const Mark *mark)
{
    StrBuf aside = strbuf_new(STRBUF_MAX);
    uint32_t from = span.start < part.start ? part.start : span.start;
    uint32_t to = span.end > part.end ? part.end : span.end;
    size_t start = put_source(&aside, text, part.start, from, 0);
    size_t end = from < to ? put_source(&aside, text, from, to, start) : start;
    strbuf_dispose(&aside);
    put_gutter(printer, 0);
    strbuf_printf(printer->out, "%*s", (int)(1 + start + (part.start > line.start ? 1 : 0)), "");
    start_style(printer, mark->style);
    do {
        strbuf_char(printer->out, mark->sign);
    } while (++start < end);
    if (mark->label != NULL) {
        strbuf_char(printer->out, ' ');
        show_lines(printer->out, mark->label, strlen(mark->label));
    }
    end_style(printer);
    strbuf_char(printer->out, '\n');
}

/* The file's text, positions as they are, without the passwords of the line. */
static const char *masked_text(Printer *printer, Span line, uint32_t number)
{
    const SourceFile *file = sources_file(printer->diags->sources, line.file);
    if (printer->masked_file != line.file) {
        printer->masked_file = line.file;
        printer->masked = arena_strndup(printer->diags->arena, file->text, file->len);
        printer->is_masked = arena_array(printer->diags->arena, bool, file->line_count + 1);
    }
    if (!printer->is_masked[number]) {
        printer->is_masked[number] = true;
        mask_in_place(printer->masked + line.start, line.end - line.start);
    }
    return printer->masked;
}

/* The part of `span` on line `number`, marked. */
static void put_marked_line(Printer *printer, Span span, uint32_t number, const Mark *mark)
{
    Span line = source_line(printer->diags->sources, span.file, number);
    const char *text = masked_text(printer, line, number);
    Span here = {span.file, span.start > line.start ? span.start : line.start,
                 span.end < line.end ? span.end : line.end};
    while (span.start < line.start && here.start < here.end &&
           (text[here.start] == ' ' || text[here.start] == '\t')) {
        here.start++;
    }
    Span part = window(text, line, here.start < line.end ? here.start : line.end);
    put_line(printer, text, line, part, number);
    put_marks(printer, text, line, part, here, mark);
}

/* The last line `span` touches; a line end at its end does not count. */
static uint32_t last_line(const Diagnostics *diags, Span span)
{
    const char *text = sources_file(diags->sources, span.file)->text;
    uint32_t end = span.end;
    while (end > span.start && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
        end--;
    }
    uint32_t last = end > span.start ? end - 1 : span.start;
    return source_position(diags->sources, (Span){span.file, last, last}).line;
}

static void put_span(Printer *printer, Span span, const Mark *mark)
{
    uint32_t first = source_position(printer->diags->sources, span).line;
    uint32_t last = last_line(printer->diags, span);
    Mark unlabelled = {mark->style, mark->sign, NULL};
    put_marked_line(printer, span, first, last > first ? &unlabelled : mark);
    if (last > first + 1) {
        put_gutter(printer, 0);
        strbuf_printf(printer->out, " %s\n", ellipsis);
    }
    if (last > first) {
        put_marked_line(printer, span, last, mark);
    }
}

/* --- one diagnostic --- */

static bool has_place(const Diagnostics *diags, Span span)
{
    return sources_file(diags->sources, span.file) != NULL;
}

static int digits(uint32_t number)
{
    int count = 1;
    for (; number >= 10; number /= 10) {
        count++;
    }
    return count;
}

static void measure_gutter(Printer *printer, const Diagnostic *diagnostic)
{
    uint32_t largest = 0;
    if (has_place(printer->diags, diagnostic->span)) {
        largest = last_line(printer->diags, diagnostic->span);
    }
    vec_each(const DiagNote, at, &diagnostic->notes) {
        uint32_t line =
            has_place(printer->diags, at->span) ? last_line(printer->diags, at->span) : 0;
        largest = line > largest ? line : largest;
    }
    printer->gutter = digits(largest);
    printer->shown_file = 0;
}

/* Behind `before` columns of its first line. */
static void put_words(Printer *printer, const char *text, size_t before)
{
    StrBuf shown = strbuf_new(STRBUF_MAX);
    show_lines(&shown, text, strlen(text));
    wrap_sentences(printer->out, strbuf_text(&shown), before, printer->look.width);
    strbuf_dispose(&shown);
}

static void put_sentence(Printer *printer, Style style, const char *word, const char *text)
{
    styled(printer, style, word);
    strbuf_add(printer->out, ": ");
    put_words(printer, text, strlen(word) + strlen(": "));
    strbuf_char(printer->out, '\n');
}

static void put_head(Printer *printer, const Diagnostic *diagnostic)
{
    start_style(printer, severity_style(diagnostic->severity));
    const char *name = diag_warning_name(diag_warning_of(diagnostic->code));
    const size_t begin = printer->out->len;
    strbuf_printf(printer->out, "%s[%s%s%s]", severity_word(diagnostic->severity),
                  diag_row(diagnostic->code)->code, name == NULL ? "" : " ",
                  name == NULL ? "" : name);
    const size_t before = printer->out->len - begin + strlen(": ");
    end_style(printer);
    strbuf_add(printer->out, ": ");
    start_style(printer, STYLE_STRONG);
    put_words(printer, diagnostic->message, before);
    end_style(printer);
    strbuf_char(printer->out, '\n');
}

/* `-->` leads to the place of the diagnostic, `:::` to another file. */
static void put_arrow(Printer *printer, const char *arrow, Span span)
{
    Position position = diag_print_position(printer->diags, span.file, span.start);
    strbuf_printf(printer->out, "%*s", printer->gutter, "");
    styled(printer, STYLE_GUTTER, arrow);
    show_printf(printer->out, " %s:%u:%u\n", sources_file(printer->diags->sources, span.file)->path,
                position.line, position.column);
}

static void put_placed_note(Printer *printer, const Diagnostic *diagnostic, const DiagNote *note)
{
    if (note->span.file != diagnostic->span.file) {
        put_arrow(printer, ":::", note->span);
    }
    put_span(printer, note->span, &(Mark){STYLE_GUTTER, '-', note->text});
}

static void put_diagnostic(Printer *printer, const Diagnostic *diagnostic)
{
    measure_gutter(printer, diagnostic);
    put_head(printer, diagnostic);
    if (has_place(printer->diags, diagnostic->span)) {
        put_arrow(printer, "-->", diagnostic->span);
        put_span(printer, diagnostic->span,
                 &(Mark){severity_style(diagnostic->severity), '^', diagnostic->label});
    }
    vec_each(const DiagNote, at, &diagnostic->notes) {
        if (has_place(printer->diags, at->span)) {
            put_placed_note(printer, diagnostic, at);
        }
    }
    vec_each(const DiagNote, at, &diagnostic->notes) {
        if (!has_place(printer->diags, at->span)) {
            put_sentence(printer, STYLE_NOTE, "note", at->text);
        }
    }
    if (diagnostic->notes_left_out > 0) {
        put_sentence(printer, STYLE_NOTE, "note", diag_notes_left_out(printer->diags, diagnostic));
    }
    if (diagnostic->help != NULL) {
        put_sentence(printer, STYLE_HELP, "help", diagnostic->help);
    }
    strbuf_char(printer->out, '\n');
}

static void put_count(Printer *printer)
{
    size_t errors = printer->diags->errors;
    size_t warnings = printer->diags->warnings;
    const char *separator = "";
    if (errors > 0) {
        strbuf_printf(printer->out, "%zu error%s", errors, errors == 1 ? "" : "s");
        separator = ", ";
    }
    if (errors > DIAG_LIMIT) {
        strbuf_printf(printer->out, " (the first %d are shown)", (int)DIAG_LIMIT);
    }
    if (warnings > 0) {
        strbuf_printf(printer->out, "%s%zu warning%s", separator, warnings,
                      warnings == 1 ? "" : "s");
    }
    if (errors + warnings > 0) {
        strbuf_char(printer->out, '\n');
    }
}

void diag_print_text(StrBuf *out, const Diagnostics *diags, DiagLook look)
{
    Printer printer = {.out = out, .diags = diags, .look = look};
    vec_each(Diagnostic *const, at, &diags->items) {
        put_diagnostic(&printer, *at);
    }
    put_count(&printer);
}
