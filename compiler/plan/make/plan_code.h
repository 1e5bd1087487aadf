/*
 * plan_code.h - hazards of functions that name what a plan drops, renames or gives another type.
 *
 * The server does not follow the texts of functions, so nothing refuses the change; the function
 * fails when it runs next. Read are those that the source catalog holds; of a live database
 * runtime/ahead/code.h asks again, by the same words.
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_PLAN_CODE_H
#define BELLOWS_COMPILER_PLAN_MAKE_PLAN_CODE_H

#include "compiler/plan/steps/plan.h"

/* Adds the hazards to the steps. */
void plan_note_code(Plan *plan);

#endif
