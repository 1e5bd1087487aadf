/*
 * online.h - the online strategy's door.
 */
#ifndef BELLOWS_COMPILER_PLAN_ONLINE_ONLINE_H
#define BELLOWS_COMPILER_PLAN_ONLINE_ONLINE_H

#include "compiler/plan/steps/plan.h"

/* All of plan->diff, in phases, in the order it runs. */
void online_steps(Plan *plan);

#endif
