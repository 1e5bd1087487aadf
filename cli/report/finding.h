/*
 * finding.h - one thing a gate has found: what, how bad, where, and what to do about it.
 *
 * Kinds are rows of findings.def. Texts belong to whoever made the finding, in the run's arena, and
 * may hold what others wrote: the forms show it. What stopped the gate is a finding like the
 * others: report_gather makes them of the run's diagnostics.
 */
#ifndef BELLOWS_CLI_REPORT_FINDING_H
#define BELLOWS_CLI_REPORT_FINDING_H

#include "base/common.h"
#include "base/vec.h"

typedef enum FindingKind {
#define FINDING(id, slug, level, subject, title) id,
#include "cli/report/findings.def"
#undef FINDING
    FINDING_KIND_COUNT
} FindingKind;

/* GATE is a row's alone: a note, or with --strict an error. */
typedef enum FindingLevel { LEVEL_ERROR, LEVEL_WARNING, LEVEL_NOTE, LEVEL_GATE } FindingLevel;

/* What is checked: a report says of each whether it was looked at. */
typedef enum FindingSubject {
    SUBJECT_SCHEMA,   /* does the schema compile, do the migrations make it */
    SUBJECT_HISTORY,  /* is what the folder holds applied, as it was written */
    SUBJECT_DATABASE, /* is the database what its migrations made it */
    SUBJECT_COUNT
} FindingSubject;

typedef struct FindingRow {
    const char *slug;
    FindingLevel level;
    FindingSubject subject;
    const char *title;
} FindingRow;

/* Lines and columns count from 1, in characters; the end is behind the last one. 0: not known. */
typedef struct FindingPlace {
    const char *file; /* NULL: none */
    uint32_t line, column, end_line, end_column;
} FindingPlace;

typedef struct Finding {
    FindingKind kind;
    const char *code;    /* of a diagnostic; NULL: none */
    const char *message; /* one sentence */
    const char *detail;  /* more lines; NULL: none */
    const char *remedy;  /* NULL: the message says it all */
    FindingPlace place;
} Finding;

typedef VEC(Finding) FindingList;

const FindingRow *finding_row(FindingKind kind);
/* Its level; `strict` makes a note an error. */
FindingLevel finding_level(const Finding *finding, bool strict);
/* By which other tools know what was found: a diagnostic's code, else the kind's slug. */
const char *finding_rule(const Finding *finding);

#endif
