/*
 * report_internal.h - what the forms share. Each appends the whole report to `out`.
 */
#ifndef BELLOWS_CLI_REPORT_REPORT_INTERNAL_H
#define BELLOWS_CLI_REPORT_REPORT_INTERNAL_H

#include <jansson.h>

#include "base/diag/diag_print.h"
#include "cli/report/report.h"

typedef struct ReportForm {
    const char *name;
    void (*print)(StrBuf *out, const Report *report);
    bool in_repository;
} ReportForm;

#define FORMAT(name, print, in_repository) void print(StrBuf *out, const Report *report);
#include "cli/report/formats.def"
#undef FORMAT

/* Text with the style of an error where `colour`: the form of standard output on a terminal. */
void report_text_styled(StrBuf *out, const Report *report, DiagLook look);

/* "error", "warning", "note". */
const char *report_level_name(const Report *report, const Finding *finding);
/* Where to show it: its own place, else what the report is about; line 1 where only a file is
 * known. */
FindingPlace report_place(const Report *report, const Finding *finding);
/* The whole of it in lines: message, detail, help; shown. */
void report_lines(StrBuf *out, const Finding *finding);
json_t *report_lines_json(const Finding *finding);
/* Known again in the next run: of kind, place and message, but for the line, which moves. */
void report_fingerprint(const Finding *finding, char ret_hex[65]);

/* --- repository.c --- */

/* `path`, relative to the working directory or absolute, as it is named from the root of the
 * repository around the working directory; itself where there is none or it lies outside. */
const char *repository_path(Arena *arena, const char *path);

#endif
