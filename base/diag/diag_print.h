/*
 * diag_print.h - a sink of diagnostics as text for people, JSON for programs, lines for GitHub.
 *
 * Everything is appended to a StrBuf; the command line decides where it goes. Order is the order of
 * the sink. Lines count from 1, columns are characters from 1. Text from files and databases is
 * shown as base/text/show.h says, in GitHub's lines too; JSON holds it as it is.
 */
#ifndef BELLOWS_BASE_DIAG_DIAG_PRINT_H
#define BELLOWS_BASE_DIAG_DIAG_PRINT_H

#include <jansson.h>

#include "base/common.h"
#include "base/diag/diag.h"
#include "base/strbuf.h"

typedef struct DiagLook {
    bool colour;
    size_t width; /* sentences are broken to stay within it; 0: they are not */
} DiagLook;

/*
 * The source lines with carets under the places, and a last line that counts. Nothing for an empty
 * sink. Tabs are shown as blanks up to the next multiple of four; lines too long to read are cut
 * around the place.
 */
void diag_print_text(StrBuf *out, const Diagnostics *diags, DiagLook look);

/*
 * An array of {code, name, severity, message, file, line, column, endLine, endColumn, label, help,
 * notes}; what is not known is null. `name` is that of a warning that can be silenced, `label` what
 * is said beside the place. The end is the place after the last character. Notes are {message,
 * file, line, column, endLine, endColumn}.
 */
void diag_print_json(StrBuf *out, const Diagnostics *diags);
/* The same, as a value. */
json_t *diag_json(const Diagnostics *diags);

/* Workflow commands, one a line: `::error file=…,line=…,col=…,title=…::message`. */
void diag_print_github(StrBuf *out, const Diagnostics *diags);

/* The position of `offset` in file `file` with the column in characters; zeros for file 0. */
Position diag_print_position(const Diagnostics *diags, uint32_t file, uint32_t offset);

#endif
