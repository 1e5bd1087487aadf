#include "base/common.h"

#include "base/diag/diag.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/show.h"

static const DiagRow rows[] = {
#define DIAG(id, code, severity, exit, message, help)                                              \
    [id] = {code, SEVERITY_##severity, EXIT_##exit, message, help},
#include "base/diag/diagnostics.def"
#undef DIAG
};

static_assert(lengthof(rows) == DIAG_CODE_COUNT, "one row per diagnostic code");

enum { DIAG_TEXT_MAX = 1 << 17 };

Diagnostics *diagnostics_new(Arena *arena, Sources *sources)
{
    Diagnostics *diags = arena_make(arena, Diagnostics);
    diags->arena = arena;
    diags->sources = sources;
    return diags;
}

const DiagRow *diag_row(DiagCode code)
{
    return &rows[code];
}

/* --- names of warnings --- */

static const struct {
    DiagCode code;
    const char *name;
} warnings[] = {
#define WARNING_NAME(id, name) {id, name},
#include "base/diag/warnings.def"
#undef WARNING_NAME
};

static_assert(lengthof(warnings) == WARNING_NAME_COUNT, "a number for each name");

const char *diag_warning_name(size_t warning)
{
    return warning < WARNING_NAME_COUNT ? warnings[warning].name : NULL;
}

size_t diag_warning_of(DiagCode code)
{
    size_t i = 0;
    while (i < WARNING_NAME_COUNT && warnings[i].code != code) {
        i++;
    }
    return i;
}

size_t diag_warning_find(const char *name, size_t len)
{
    size_t i = 0;
    while (i < WARNING_NAME_COUNT &&
           (strlen(warnings[i].name) != len || strncmp(warnings[i].name, name, len) != 0)) {
        i++;
    }
    return i;
}

void diag_silence(Diagnostics *diags, size_t warning)
{
    size_t kept = 0;
    for (size_t i = 0; i < diags->items.count; i++) {
        if (diag_warning_of(diags->items.items[i]->code) == warning) {
            diags->warnings--;
        } else {
            diags->items.items[kept++] = diags->items.items[i];
        }
    }
    diags->items.count = kept;
}

/* --- raising --- */

/* Replaces each `{}` of `shape` by the next of `texts`, starting at `*next`, on one line; for `{:}`
 * with its lines. */
static const char *fill(Arena *arena, const char *shape, const char *const *texts, size_t count,
                        size_t *next)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    (void)count; /* for the assertion only */
    for (const char *at = shape; *at != '\0'; at++) {
        const bool lines = strncmp(at, "{:}", 3) == 0;
        if (lines || strncmp(at, "{}", 2) == 0) {
            assert(*next < count);
            const char *text = texts[(*next)++];
            (lines ? show_lines : show_line)(&out, text, strnlen(text, DIAG_TEXT_MAX));
            at += lines ? 2 : 1;
        } else {
            strbuf_char(&out, *at);
        }
    }
    return strbuf_take(&out, arena);
}

/* Every diagnostic is made, only the first DIAG_LIMIT errors are kept. */
static void keep(Diagnostics *diags, Diagnostic *diagnostic)
{
    if (diagnostic->severity == SEVERITY_ERROR) {
        diags->errors++;
    } else if (diagnostic->severity == SEVERITY_WARNING) {
        diags->warnings++;
    }
    diagnostic->number = diags->errors + diags->warnings;
    if (diags->errors <= DIAG_LIMIT) {
        vec_push(diags->arena, &diags->items, diagnostic);
    }
}

Diagnostic *diag_report_texts(Diagnostics *diags, DiagCode code, Span span,
                              const char *const *texts, size_t count)
{
    const DiagRow *row = diag_row(code);
    Diagnostic *diagnostic = arena_make(diags->arena, Diagnostic);
    size_t next = 0;
    diagnostic->code = code;
    diagnostic->severity = row->severity;
    diagnostic->stage = diags->stage;
    diagnostic->span = span;
    diagnostic->place = diags->place == 0 ? span.start : diags->place;
    diagnostic->message = fill(diags->arena, row->message, texts + 1, count, &next);
    if (row->help[0] != '\0') {
        diagnostic->help = fill(diags->arena, row->help, texts + 1, count, &next);
    }
    assert(next == count);
    keep(diags, diagnostic);
    return diagnostic;
}

PRINTF_LIKE(2, 0)
static const char *shown(Diagnostics *diags, const char *format, va_list args)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    show_vprintf(&out, format, args);
    return strbuf_take(&out, diags->arena);
}

static const char *shown_lines(Diagnostics *diags, const char *lead, const char *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, lead);
    show_lines(&out, text, strlen(text));
    return strbuf_take(&out, diags->arena);
}

void diag_label(Diagnostics *diags, Diagnostic *diagnostic, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diagnostic->label = shown(diags, format, args);
    va_end(args);
}

void diag_note(Diagnostics *diags, Diagnostic *diagnostic, Span span, const char *format, ...)
{
    if (diagnostic->notes.count >= DIAG_NOTE_LIMIT) {
        diagnostic->notes_left_out++;
        return;
    }
    va_list args;
    va_start(args, format);
    DiagNote note = {.span = span, .text = shown(diags, format, args)};
    va_end(args);
    vec_push(diags->arena, &diagnostic->notes, note);
}

const char *diag_notes_left_out(const Diagnostics *diags, const Diagnostic *diagnostic)
{
    return arena_printf(diags->arena, "%zu more place%s not shown", diagnostic->notes_left_out,
                        diagnostic->notes_left_out == 1 ? " is" : "s are");
}

void diag_help(Diagnostics *diags, Diagnostic *diagnostic, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diagnostic->help = shown(diags, format, args);
    va_end(args);
}

void diag_note_lines(Diagnostics *diags, Diagnostic *diagnostic, const char *lead, const char *text)
{
    DiagNote note = {.span = span_none(), .text = shown_lines(diags, lead, text)};
    vec_push(diags->arena, &diagnostic->notes, note);
}

void diag_help_lines(Diagnostics *diags, Diagnostic *diagnostic, const char *text)
{
    diagnostic->help = shown_lines(diags, "", text);
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *a, const void *b)
{
    const Diagnostic *first = *(Diagnostic *const *)a;
    const Diagnostic *second = *(Diagnostic *const *)b;
    const int orders[] = {
        compare_numbers(first->stage, second->stage),
        compare_numbers(first->span.file, second->span.file),
        compare_numbers(first->place, second->place),
        compare_numbers(first->number, second->number),
    };
    size_t i = 0;
    while (i + 1 < lengthof(orders) && orders[i] == 0) {
        i++;
    }
    return orders[i];
}

void diag_sort(Diagnostics *diags)
{
    if (diags->items.count > 1) {
        qsort(diags->items.items, diags->items.count, sizeof *diags->items.items, compare_places);
    }
}

void diag_merge(Diagnostics *diags, const Diagnostics *other)
{
    size_t errors = diags->errors + other->errors;
    vec_each(Diagnostic *, at, &other->items) {
        keep(diags, *at);
    }
    diags->errors = errors; /* with those that were not kept */
}

static bool stands_in(const Diagnostic *diagnostic, uint32_t first, uint32_t last)
{
    return first <= diagnostic->span.file && diagnostic->span.file <= last;
}

void diag_copy(const Diagnostics *diags, uint32_t first, uint32_t last, Diagnostics *other)
{
    vec_each(Diagnostic *, at, &diags->items) {
        if (stands_in(*at, first, last)) {
            keep(other, *at);
        }
    }
}

void diag_forget(Diagnostics *diags, uint32_t first, uint32_t last)
{
    size_t kept = 0;
    for (size_t i = 0; i < diags->items.count; i++) {
        Diagnostic *diagnostic = diags->items.items[i];
        if (!stands_in(diagnostic, first, last)) {
            diags->items.items[kept++] = diagnostic;
        } else if (diagnostic->severity == SEVERITY_ERROR) {
            diags->errors--;
        } else {
            diags->warnings -= diagnostic->severity == SEVERITY_WARNING ? 1 : 0;
        }
    }
    diags->items.count = kept;
}

bool diag_has_errors(const Diagnostics *diags)
{
    return diags->errors > 0;
}

size_t diag_count_errors(const Diagnostics *diags, size_t from, unsigned first, unsigned end)
{
    size_t count = 0;
    for (size_t i = from; i < diags->items.count; i++) {
        const Diagnostic *at = diags->items.items[i];
        count += at->severity == SEVERITY_ERROR && at->stage >= first && at->stage < end ? 1 : 0;
    }
    return count;
}

ExitCode diag_exit_code(const Diagnostics *diags)
{
    vec_each(Diagnostic *, at, &diags->items) {
        if ((*at)->severity == SEVERITY_ERROR) {
            return diag_row((*at)->code)->exit;
        }
    }
    return EXIT_DONE;
}

const char *diag_number(Diagnostics *diags, long long number)
{
    return arena_printf(diags->arena, "%lld", number);
}
