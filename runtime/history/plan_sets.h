/*
 * plan_sets.h - do the scripts of each plan stand in the folder together, and in their order?
 *
 * A plan of several scripts says `script=k/n` in each (docs/directives.md). Where some are not
 * there (a run was killed while it wrote, a disk was full, somebody deleted one), the others must
 * not run: they lead to a state that no plan knows. Nor may they where a folder was given a name
 * that sorts before another's. Pure: it looks at texts that were read.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_PLAN_SETS_H
#define BELLOWS_RUNTIME_HISTORY_PLAN_SETS_H

#include "runtime/history/migrations.h"
#include "runtime/script/script.h"

/* A plan some of whose scripts are not there, or stand before those they run behind. */
typedef struct PlanSet {
    const char *plan;      /* its id */
    unsigned count;        /* how many scripts it has */
    MigrationList scripts; /* those that are there, in folder order */
    const char *missing;   /* "2", "2, 3": numbers of the others; NULL: none */
    const Migration
        *displaced;  /* the first that stands too early; NULL where scripts are missing */
    unsigned number; /* of it */
} PlanSet;

typedef VEC(PlanSet) PlanSetList;

/* What its plan is called: "add_email", the directory without its time and what tells the scripts
 * of a plan apart. */
const char *plan_name(Arena *arena, const Migration *migration, const ScriptHeader *header);
/* The plan's id; the directory of a script that states none. */
const char *plan_id(const Migration *migration, const ScriptHeader *header);
/* The scripts of the migration's plan, in folder order; itself alone where it is of none. A change
 * that is made, undone and made again has the same plan twice, under two names. */
void plan_scripts(Arena *arena, const Migrations *migrations, const Migration *migration,
                  MigrationList *ret_scripts);

/* Those that may not run as they stand. */
void plan_sets_broken(Arena *arena, const MigrationList *list, PlanSetList *ret_sets);
/* "is incomplete: script 2 of 3 is missing", what is wrong with the plan. */
const char *plan_set_fault(Arena *arena, const PlanSet *set);
/* E0525, E0599. */
void plan_set_report(const PlanSet *set, const Migrations *migrations, Diagnostics *diags);

/*
 * What killed runs have left beside the folder is moved in where it completes a plan, and taken
 * away where not. Who calls it holds the folder. *ret_changed: read the folder again.
 */
MUST_CHECK bool plan_sets_settle(const Migrations *migrations, Diagnostics *diags,
                                 bool *ret_changed);

#endif
