/*
 * plan_json.h - a plan for programs: phases, their steps, statements, locks and hazards.
 *
 * Keys stand in a fixed order and arrays in the order of execution, so equal plans are equal bytes.
 */
#ifndef BELLOWS_COMPILER_PLAN_SHOW_PLAN_JSON_H
#define BELLOWS_COMPILER_PLAN_SHOW_PLAN_JSON_H

#include "compiler/plan/show/plan_text.h"

/* Indented by two, ends with a line feed; `options->colour` means nothing here. */
char *plan_json(Arena *arena, const Plan *plan, const PlanTextOptions *options);

#endif
