/*
 * orphans.h - new foreign keys over rows that may have no counterpart.
 *
 * These hazards are not the plan's: only a count of live rows raises one, and then the script
 * cannot run. What is counted is what the server will check (manual, "Constraints", "Foreign
 * Keys"; MATCH SIMPLE: rows with a null in the key are not checked).
 */
#ifndef BELLOWS_COMPILER_PLAN_DIRECT_ORPHANS_H
#define BELLOWS_COMPILER_PLAN_DIRECT_ORPHANS_H

#include "compiler/plan/steps/plan.h"

/* One for each foreign key the plan adds to columns that are there already, in the plan's order. */
HazardList plan_orphans(Arena *arena, const Plan *plan);

#endif
