/*
 * findings.h - what `check` has to say, and its three forms.
 */
#ifndef BELLOWS_CLI_COMMANDS_FINDINGS_H
#define BELLOWS_CLI_COMMANDS_FINDINGS_H

#include "cli/console/cli.h"

typedef enum FindingKind {
    FINDING_SCHEMA_AHEAD, /* the schema needs a migration that is not in the folder */
    FINDING_DRIFT,        /* the database is not what its migrations make */
    FINDING_FAILED,       /* a migration failed and was not repaired */
    FINDING_INTERRUPTED,
    FINDING_EDITED,
    FINDING_MISSING, /* applied, but not in the folder */
    FINDING_PENDING,
    FINDING_INCOMPLETE, /* a plan has scripts missing */
} FindingKind;

typedef struct Finding {
    FindingKind kind;
    const char *message; /* one sentence */
    const char *detail;  /* more lines; NULL: none */
    const char *remedy;
    const char *file; /* NULL: none */
    uint32_t line;    /* 0: none */
} Finding;

typedef VEC(Finding) FindingList;

void findings_print_text(Cli *cli, const FindingList *findings);
void findings_print_json(Cli *cli, const FindingList *findings, bool database_checked);
/* Workflow commands of GitHub Actions, one line a finding. */
void findings_print_github(Cli *cli, const FindingList *findings);

#endif
