/*
 * order.h - puts steps into an order that is safe and always the same.
 *
 * Steps come in their usual order (kind, then object). A step moves only where another must run
 * before it: because it says so (step->after_steps), because it needs a name that the other still
 * holds, or because it builds on what the other makes. Two renames that wait for each other go
 * through a name in between. Steps that wait for each other and have no such way are no plan:
 * plan->circle names them, and their order means nothing.
 */
#ifndef BELLOWS_COMPILER_PLAN_ORDER_ORDER_H
#define BELLOWS_COMPILER_PLAN_ORDER_ORDER_H

#include "compiler/plan/steps/plan.h"

/* Orders plan->steps from `first` on; may add steps. */
void order_steps(Plan *plan, size_t first);

#endif
