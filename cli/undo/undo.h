/*
 * undo.h - one run of `migrate undo`: which plan, from which state to which, and how.
 *
 * Both states are replayed: what the applied scripts make, and what they would make without those
 * of the plan. Between the two the ordinary planner plans, so that a plan of any origin can be
 * undone; what is in no plan steps back first (compiler/plan/emit/step_back.h). What is then
 * written is replayed, too, and has to end where the folder without the plan ends.
 */
#ifndef BELLOWS_CLI_UNDO_UNDO_H
#define BELLOWS_CLI_UNDO_UNDO_H

#include "cli/project/planning.h"
#include "compiler/plan/emit/emit.h"
#include "runtime/undo/withdrawn.h"

typedef struct Undo {
    Cli *cli;
    Workspace *workspace;
    History *history;
    Diagnosis diagnosis;
    const char *name;          /* of the plan: "add_email" */
    const char *plan_id;       /* NULL: it has none */
    MigrationList scripts;     /* of the plan, in folder order */
    MigrationList applied;     /* of these, those that the database has */
    MigrationList left;        /* and those that it has not */
    NewMigrationList restored; /* withdrawn by the plan: they come back with its undoing */
    bool forward;              /* by a migration; else the plan is taken back */
    MigrationList there;       /* applied, with the plan */
    MigrationList wanted;      /* the same without */
    Catalog *before, *after;   /* what these make */
    Catalog *from;             /* `before` without what is in no plan: where the plan begins */
    Catalog *goal; /* `after`, or the schema's text of it where that says the same and more */
    Catalog *live;
    const char *first; /* the statements between `before` and `from`; "": none */
    Plan *plan;        /* from there to `after` */
    ScriptList scripts_of_undo;
    const char *schema; /* what the schema said before the plan; NULL: not known */
    TextList written;
} Undo;

/* E0535. */
bool undo_refuse(Undo *undo, const char *why, const char *help);

/* --- undo_choose.c --- */

/* The plan, and whether it is undone forward. Reports. */
MUST_CHECK bool undo_choose(Undo *undo);

/* --- undo_plan.c --- */

/* Both states, and the plan between them. Reports. */
MUST_CHECK bool undo_make_plan(Undo *undo);
/* Is the database what its applied migrations make? Reports. */
MUST_CHECK bool undo_find_drift(Undo *undo);
/* Does the folder lead to the same end as it would without the plan? `added` stand behind it.
 * Reports. */
MUST_CHECK bool undo_prove(Undo *undo, const NewMigration *added, size_t count);
/* Do the statements lead the database to where it would be without the plan? Reports. */
MUST_CHECK bool undo_prove_statements(Undo *undo, const StatementList *statements);

/* --- undo_back.c --- */

/* Out of the database and the folder. */
ExitCode undo_take_back(Undo *undo);
void undo_print_statements(Undo *undo);
/* Is nothing in the way of that? Asked before anything is changed. Reports. */
MUST_CHECK bool undo_may_leave(Undo *undo, const MigrationList *leaving);
/* The scripts of the plan that are to leave the folder do, and those that it had taken come back.
 */
MUST_CHECK bool undo_change_folder(Undo *undo, const MigrationList *leaving);

/* --- undo_forward.c --- */

/* The plan's id is of all that runs, what stands around it included. */
void undo_identify(Undo *undo);
/* By a migration: written, and applied as far as no gate is in the way. */
ExitCode undo_go_forward(Undo *undo);

#endif
