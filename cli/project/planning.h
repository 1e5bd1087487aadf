/*
 * planning.h - the plan a command is about: catalogs, renames, hazards counted, consent.
 *
 * Shared by `migrate dev`, `db push`, `plan` and `check`. Catalogs stay the caller's.
 */
#ifndef BELLOWS_CLI_PROJECT_PLANNING_H
#define BELLOWS_CLI_PROJECT_PLANNING_H

#include "cli/project/workspace.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/steps/plan.h"

/* The catalog of the schema text stored with the folder's last migration, NULL when there is none.
 */
Catalog *planning_previous(Cli *cli, const Migrations *folder, const SideContext *context);

typedef struct PlanWish {
    bool online;
    const FillAnswers *fills; /* filling.h; NULL: no server was asked */
    const Renames *renames;   /* all there are; NULL: they are looked for, and asked about */
    bool takes_back;          /* what it adds was there before: plan_returns.h */
} PlanWish;

/* Plans, but for what others own (both sides are aligned), with the renames known from `previous`,
 * from hints and from --rename. NULL on error. */
MUST_CHECK Plan *planning_make(Cli *cli, Catalog *from, Catalog *to, const Catalog *previous,
                               PlanWish wish);

typedef struct Consent {
    bool given;    /* the command may go on */
    ExitCode code; /* when it may not */
} Consent;

typedef struct ConsentWish {
    bool applies;       /* what cannot run on the data there is stops the command, and losses need
                         * consent */
    const char *remedy; /* of the former */
    const char *first;  /* a script that runs before the plan; NULL: none */
} ConsentWish;

/* Counts the plan's hazards in the live database, tells those that stand, and asks for what is
 * needed. */
MUST_CHECK bool planning_consent(Cli *cli, Session *session, const Catalog *live, const Plan *plan,
                                 ConsentWish wish, Consent *ret_consent);

#endif
