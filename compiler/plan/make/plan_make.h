/*
 * plan_make.h - the planner's door: two catalogs in, a proved plan out.
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_PLAN_MAKE_H
#define BELLOWS_COMPILER_PLAN_MAKE_PLAN_MAKE_H

#include "base/diag/diag.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/steps/plan.h"

typedef struct PlanOptions {
    bool online;
    const Renames *renames;   /* NULL: none */
    const FillAnswers *fills; /* plan/online/fill_question.h; NULL: no server was asked */
    bool version_8;           /* programs leave defaults to the database, see plan_version_8.h */
    bool takes_back;          /* what is added was there before, see plan_returns.h */
    bool remakes_views;       /* agreed to: those over a column that changes its type */
} PlanOptions;

/* Plans from `from` to `to`, both canonical. NULL when something cannot be done at all (reported).
 */
MUST_CHECK Plan *plan_make(const Catalog *from, const Catalog *to, const PlanOptions *options,
                           Diagnostics *diags);

#endif
