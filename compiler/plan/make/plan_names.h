/*
 * plan_names.h - names that a plan would give to what it makes, and that the database has given.
 *
 * Of partitions, views, sequences and other things no plan speaks: what has such a name is in
 * nobody's way but a new table's, index's or type's. Here it is found before a script is written;
 * the server would refuse it when it runs ("relation already exists").
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_PLAN_NAMES_H
#define BELLOWS_COMPILER_PLAN_MAKE_PLAN_NAMES_H

#include "compiler/plan/steps/plan.h"

/* Are all names free, or given back by what the plan itself drops? plan->diff is there. */
MUST_CHECK bool plan_names_are_free(const Plan *plan, Diagnostics *diags);

#endif
