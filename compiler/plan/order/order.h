/*
 * order.h - puts steps into an order that is safe and always the same.
 *
 * Steps come in their usual order (kind, then object). A step moves only where another must run
 * before it: because a pair of their effects upon one thing or name says so (order_rules.def). Two
 * renames that wait for each other go through a name in between. Steps that wait for each other and
 * have no such way are no plan: plan->circle names them, and their order means nothing.
 */
#ifndef BELLOWS_COMPILER_PLAN_ORDER_ORDER_H
#define BELLOWS_COMPILER_PLAN_ORDER_ORDER_H

#include "compiler/plan/steps/plan.h"

/* Orders the steps of each phase, which stand phase by phase; may add steps. */
void order_steps(Plan *plan);

#endif
