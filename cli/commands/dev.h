/*
 * dev.h - one run of `migrate dev`: what cmd_dev.c gathers and dev_absorb.c needs.
 */
#ifndef BELLOWS_CLI_COMMANDS_DEV_H
#define BELLOWS_CLI_COMMANDS_DEV_H

#include "cli/project/planning.h"
#include "cli/project/workspace.h"
#include "compiler/plan/steps/plan.h"
#include "runtime/history/drift.h"

typedef struct Dev {
    Cli *cli;
    Workspace workspace;
    History *history;
    Diagnosis diagnosis;
    Catalog *wanted;   /* the schema */
    Catalog *replayed; /* the folder, as far as it was replayed */
    bool replay_is_whole;
    Catalog *live;     /* the database */
    Catalog *previous; /* the last snapshot; NULL: none */
    Drift drift; /* as found; it speaks of catalogs that go when pending scripts are applied */
    const char *drift_told; /* in words; NULL: none */
    Plan *plan;             /* from the folder to the schema */
    bool absorbs;
    Plan *residue;             /* absorbs: from the database to the schema */
    TextList applied, written; /* names of migrations */
} Dev;

/* Writes the plan's scripts as migrations; their names go to dev->written. */
MUST_CHECK bool dev_write(Dev *dev);

/* --- dev_plans.c --- */

/* What an earlier run has left beside the folder; before it is looked at. */
MUST_CHECK bool dev_settle_folder(Dev *dev);
/* Plans with scripts missing are taken out of the folder, or reported. */
MUST_CHECK bool dev_mend_plans(Dev *dev);

/* --- dev_absorb.c --- */

/* Would the plan make something the drifted database already has? */
bool dev_must_absorb(const Dev *dev);
/* Plans what the database lacks and has what it would lose agreed to; before anything is written.
 */
MUST_CHECK bool dev_plan_residue(Dev *dev, Consent *ret_consent);
/* Gives the database what it lacks and records the written migrations as applied. */
MUST_CHECK bool dev_absorb(Dev *dev);

#endif
