/*
 * order_repair.h - steps that wait for each other in a circle, cut open. For order.c only.
 *
 * Each shape that is known to happen is repaired by a cut of its own: a name in between.
 */
#ifndef BELLOWS_COMPILER_PLAN_ORDER_ORDER_REPAIR_H
#define BELLOWS_COMPILER_PLAN_ORDER_ORDER_REPAIR_H

#include "compiler/plan/steps/plan.h"

/* `wanted`: a name the step gives back, and another step waits for. */
bool step_can_be_cut(const Step *step, Name wanted);

/*
 * The first half, which frees the wanted name and may run at once. `step` becomes the
 * second half, which waits for what the whole one waited for.
 */
Step *step_cut(Arena *arena, Names *names, Step *step, Name wanted);

#endif
