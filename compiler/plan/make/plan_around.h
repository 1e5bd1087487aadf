/*
 * plan_around.h - hazards that lie around the steps of a plan: keys without an index, indexes
 * twice, triggers of others that fire or come late, a server that builds indexes wrong.
 *
 * Read from both catalogs and the steps; what a server alone knows (how many rows) is counted
 * later.
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_PLAN_AROUND_H
#define BELLOWS_COMPILER_PLAN_MAKE_PLAN_AROUND_H

#include "compiler/plan/steps/plan.h"

/* Adds the hazards to the steps. */
void plan_note_around(Plan *plan);

#endif
