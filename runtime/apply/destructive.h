/*
 * destructive.h - counts what a plan would lose or fail on, in the live database.
 *
 * Each hazard says what to count (hazard_query); together the counts get a time budget, and a
 * hazard that could not be counted in it stays uncounted and stands, and so does one whose count
 * would run code of a stranger's (strangers.h). Reads only.
 */
#ifndef BELLOWS_RUNTIME_APPLY_DESTRUCTIVE_H
#define BELLOWS_RUNTIME_APPLY_DESTRUCTIVE_H

#include "base/diag/diag.h"
#include "compiler/plan/steps/hazard.h"

typedef struct Session Session;

enum { DESTRUCTIVE_BUDGET_MS = 60000 };

/* Fills `rows` and `values` of the hazards; `ret_standing` gets those that still stand, in order.
 */
MUST_CHECK bool destructive_count(Arena *arena, Session *session, const Catalog *live,
                                  const HazardList *hazards, uint64_t budget_ms, Diagnostics *diags,
                                  HazardList *ret_standing);

#endif
