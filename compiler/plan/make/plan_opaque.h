/*
 * plan_opaque.h - hazards for objects the schema language cannot say: dropped
 * together with a column, or refusing a step.
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_PLAN_OPAQUE_H
#define BELLOWS_COMPILER_PLAN_MAKE_PLAN_OPAQUE_H

#include "compiler/plan/steps/plan.h"

/* Adds the hazards to the steps; nothing when the source was read without opaque objects. */
void plan_note_opaque(Plan *plan);

#endif
