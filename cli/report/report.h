/*
 * report.h - all that a gate has found, told in one form or in several at once.
 *
 * A Report belongs to the command. report_formats reads `--format`, which may be given several
 * times: FORM goes to standard output, FORM=FILE into the file. report_tell gathers the run's
 * diagnostics and writes everything. The diagnostics stay in their sink: people read them on
 * standard error whatever programs are told. Same findings, same bytes.
 */
#ifndef BELLOWS_CLI_REPORT_REPORT_H
#define BELLOWS_CLI_REPORT_REPORT_H

#include "cli/console/cli.h"
#include "cli/report/finding.h"

typedef struct Report {
    FindingList findings;
    bool strict;                 /* a note fails too */
    bool checked[SUBJECT_COUNT]; /* what was looked at to the end */
    const char *agreement;       /* what is said to people where nothing was found */
    FindingPlace about;          /* what stands for findings without a place; may be none */
} Report;

/* One `--format`. */
typedef struct ReportFormat {
    const struct ReportForm *form;
    const char *file; /* NULL: standard output */
} ReportFormat;

typedef VEC(ReportFormat) ReportFormatList;

/* What counts without --format. */
typedef struct ReportWish {
    const char *form; /* NULL: nothing */
    const char *from; /* who says so, and where */
    Span place;
} ReportWish;

/* --format, else the wish; where no form is for standard output, text. False: E0605. */
MUST_CHECK bool report_formats(Cli *cli, ReportWish wish, ReportFormatList *ret_formats);

void report_add(Cli *cli, Report *report, Finding finding);
/* Does something fail the gate? */
bool report_fails(const Report *report);
/* Writes all forms; the diagnostics of the run are findings by then. A file that cannot be written
 * is reported. */
void report_tell(Cli *cli, Report *report, const ReportFormatList *formats);

#endif
