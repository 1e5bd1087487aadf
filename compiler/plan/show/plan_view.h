/*
 * plan_view.h - what the renderings of a plan say about a step: title, place, statements,
 * conditions.
 *
 * Shared by plan_text.c and plan_json.c, so that both tell the same story.
 */
#ifndef BELLOWS_COMPILER_PLAN_SHOW_PLAN_VIEW_H
#define BELLOWS_COMPILER_PLAN_SHOW_PLAN_VIEW_H

#include "compiler/plan/steps/plan.h"

/* NULL: it is about none. */
const Table *step_main_table(const Step *step);
/* "User: add column refillAt, drop not null name"; "User.refillAt: fill in batches" */
char *step_title(Arena *arena, const Step *step);
/* The place in the schema text that caused the step; ORIGIN_CATALOG when it was not written there.
 */
Origin step_origin(const Step *step);
/* The statements of a step one by one, without `;`. */
typedef VEC(const char *) TextList;
TextList step_statements(Arena *arena, const Step *step);

/* "the old program, ..." */
const char *phase_alive(const Plan *plan, Phase phase);
const char *transaction_text(TransactionMode mode);
const char *transaction_name(TransactionMode mode); /* "shared" */
/* "catalogue only" */
const char *cost_text(Cost cost);

#endif
