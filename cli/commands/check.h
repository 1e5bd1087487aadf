/*
 * check.h - the parts of `bellows check`: each looks at one subject and adds what it finds.
 */
#ifndef BELLOWS_CLI_COMMANDS_CHECK_H
#define BELLOWS_CLI_COMMANDS_CHECK_H

#include "cli/project/workspace.h"
#include "cli/report/report.h"
#include "runtime/history/drift.h"

typedef struct Check {
    Cli *cli;
    Workspace workspace;
    Report report;
    bool has_database;
    Drift drift; /* its catalogs are gone */
} Check;

/* Do the migrations make what the schema says? False when that cannot be told (reported). */
MUST_CHECK bool check_schema(Check *check);
/* What the history says of the folder, and plans with scripts missing; without a database
 * (`diagnosis` NULL) the latter alone. */
void check_history(Check *check, const Diagnosis *diagnosis);

#endif
