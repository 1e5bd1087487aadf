/*
 * diag.h - diagnostics: values with a code, a place and a remedy, collected in a sink.
 *
 * A diagnostic is raised once, by the function that knows the fact; callers above just return
 * false. Codes, severities, exit codes, message shapes and remedies are rows of diagnostics.def:
 * the shapes hold `{}` where the arguments go, in order. The sink keeps at most DIAG_LIMIT errors,
 * a diagnostic at most DIAG_NOTE_LIMIT places beside its own, and both say so. Printing is the
 * command line's business (diag_print.h).
 */
#ifndef BELLOWS_BASE_DIAG_DIAG_H
#define BELLOWS_BASE_DIAG_DIAG_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/source.h"
#include "base/vec.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE } Severity;

/* Process exit codes, DESIGN section 4. */
typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_DIFFERENT = 2,
    EXIT_REFUSED = 3,
    EXIT_HISTORY = 4,
    EXIT_USAGE = 64,
    EXIT_LOCKED = 75,
    EXIT_INTERRUPTED = 130,
} ExitCode;

typedef enum DiagCode {
#define DIAG(id, code, severity, exit, message, help) id,
#include "base/diag/diagnostics.def"
#undef DIAG
    DIAG_CODE_COUNT
} DiagCode;

typedef struct DiagRow {
    const char *code;
    Severity severity;
    ExitCode exit;
    const char *message;
    const char *help; /* "" when the message says it all */
} DiagRow;

typedef struct DiagNote {
    Span span; /* file 0: printed as a sentence of its own */
    const char *text;
} DiagNote;

typedef struct Diagnostic {
    DiagCode code;
    Severity severity;
    Span span;
    unsigned stage;
    uint32_t place; /* shown as if it stood at this byte of the file */
    size_t number;  /* how many were raised before */
    const char *message;
    const char *label; /* beside the caret; NULL when there is none */
    const char *help;  /* NULL when there is none */
    VEC(DiagNote) notes;
    size_t notes_left_out; /* beyond DIAG_NOTE_LIMIT */
} Diagnostic;

enum { DIAG_LIMIT = 100, DIAG_NOTE_LIMIT = 20 };

typedef struct Diagnostics {
    Arena *arena;
    Sources *sources;
    VEC(Diagnostic *) items;
    size_t errors; /* all of them, also those beyond DIAG_LIMIT */
    size_t warnings;
    unsigned stage; /* of what is raised now: the one who counts stages sets it */
    uint32_t place; /* the same for its place; 0: where it points to */
} Diagnostics;

Diagnostics *diagnostics_new(Arena *arena, Sources *sources);

/*
 * Raises the diagnostic `code` at `span` (span_none() for no place); the rest are the texts for the
 * holes of message and then of help, in order: `const char *` each, shown on one line, or with its
 * lines where the hole is `{:}` (base/text/show.h). Never returns NULL.
 */
#define diag_report(diags, code, span, ...)                                                        \
    diag_report_texts((diags), (code), (span), (const char *const[]){"", __VA_ARGS__},             \
                      sizeof((const char *const[]){"", __VA_ARGS__}) / sizeof(const char *) - 1)

/* The same for a row without holes. */
#define diag_report_plain(diags, code, span)                                                       \
    diag_report_texts((diags), (code), (span), (const char *const[]){""}, 0)

Diagnostic *diag_report_texts(Diagnostics *diags, DiagCode code, Span span,
                              const char *const *texts, size_t count);

/* Additions to the diagnostic just raised. Texts in them are shown on one line (base/text/show.h).
 */
void diag_label(Diagnostics *diags, Diagnostic *diagnostic, const char *format, ...)
    PRINTF_LIKE(3, 4);
void diag_note(Diagnostics *diags, Diagnostic *diagnostic, Span span, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* Replaces the row's help. */
void diag_help(Diagnostics *diags, Diagnostic *diagnostic, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The same for texts of several lines, a server's for one; `lead` is ours and stands before. */
void diag_note_lines(Diagnostics *diags, Diagnostic *diagnostic, const char *lead,
                     const char *text);
void diag_help_lines(Diagnostics *diags, Diagnostic *diagnostic, const char *text);

/* "7 more places are not shown", in the sink's arena. */
const char *diag_notes_left_out(const Diagnostics *diags, const Diagnostic *diagnostic);

const DiagRow *diag_row(DiagCode code);

/* Warnings that can be silenced have names, numbered as in warnings.def; WARNING_NAME_COUNT: none.
 */
enum {
#define WARNING_NAME(id, name) id##_NAMED,
#include "base/diag/warnings.def"
#undef WARNING_NAME
    WARNING_NAME_COUNT
};

const char *diag_warning_name(size_t warning);
size_t diag_warning_of(DiagCode code);
size_t diag_warning_find(const char *name, size_t len);
/* Takes all warnings of this name out of the sink. */
void diag_silence(Diagnostics *diags, size_t warning);

/* Orders what was found by stage, then by place, then as it was raised. */
void diag_sort(Diagnostics *diags);
/* Moves everything of `other` behind what is in `diags`; both must share their sources. */
void diag_merge(Diagnostics *diags, const Diagnostics *other);
/* What stands in the files [first, last]: also into `other`; out of the sink. */
void diag_copy(const Diagnostics *diags, uint32_t first, uint32_t last, Diagnostics *other);
void diag_forget(Diagnostics *diags, uint32_t first, uint32_t last);
bool diag_has_errors(const Diagnostics *diags);
/* Errors of the stages [first, end) among what was raised after the first `from` items. */
size_t diag_count_errors(const Diagnostics *diags, size_t from, unsigned first, unsigned end);
/* The exit code the first error asks for; EXIT_DONE without errors. */
ExitCode diag_exit_code(const Diagnostics *diags);
/* "12" for 12: numbers as arguments of diag_report. Lives in the sink's arena. */
const char *diag_number(Diagnostics *diags, long long number);

#endif
