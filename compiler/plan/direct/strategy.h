/*
 * strategy.h - from changes to steps: what plan.c, the direct and the online strategy share.
 *
 * Direct is plain DDL. Online decides for each change whether plain DDL is safe; if so it hands the
 * change to the direct strategy, so that where everything is safe the online plan is the direct
 * one, byte for byte; if not, one of its recipes (online_*.c) writes the steps.
 *
 * Contract of direct_steps, which online relies on:
 * - `changes` may be any subset of the diff's; nothing outside the list is acted upon.
 * - A change may carry fewer facets than its subjects show: only the stated facets are acted upon.
 * - Subjects may be copies that online made (a column under the name it has at that moment); names
 *   are read from the subjects, never looked up again in plan->to.
 * - Steps are appended to plan->steps in the order they run, all in `phase`, each with its hazards
 *   in step->hazards. Ids and plan->hazards are set by plan_make, once, at the end.
 *
 * Contract of diff, which online relies on: a new table is ADD_TABLE (columns and primary key), and
 * its indexes and foreign keys are changes of their own (ADD_INDEX, ADD_FOREIGN_KEY); an index or
 * foreign key that must be made anew is a DROP and an ADD.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIRECT_STRATEGY_H
#define BELLOWS_COMPILER_PLAN_DIRECT_STRATEGY_H

#include "base/object_map.h"
#include "compiler/plan/steps/plan.h"

/* Plain DDL for `changes`; see above. */
void direct_steps(Plan *plan, const ChangeList *changes, Phase phase);
/* The same in their usual order: the caller orders the stretch they are part of (order.h). */
void direct_add_steps(Plan *plan, const ChangeList *changes, Phase phase);

/* direct_hazard.c. Values of the enum are removed by the step, or with it. `mapped`: columns of the
 * source that have none any more by then; NULL. */
void direct_enum_hazard(Plan *plan, Step *step, const Change *change, const ObjectMap *mapped);

#endif
