/*
 * plan_returns.h - hazards of a plan that takes another one back: what that one dropped comes back
 * empty. What it had made for itself (reserved_names.def) goes without a loss.
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_PLAN_RETURNS_H
#define BELLOWS_COMPILER_PLAN_MAKE_PLAN_RETURNS_H

#include "compiler/plan/steps/plan.h"

/* Adds hazards to the steps, and takes out those of what was the plan's own. */
void plan_note_returns(Plan *plan);

#endif
