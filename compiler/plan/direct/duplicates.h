/*
 * duplicates.h - what to count before a uniqueness is added.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIRECT_DUPLICATES_H
#define BELLOWS_COMPILER_PLAN_DIRECT_DUPLICATES_H

#include "compiler/plan/steps/plan.h"

/*
 * A SELECT of the rows that share a key with another one, of these keys, and of a few keys as text,
 * by the names there are before the plan runs. Columns the plan makes are counted by the constant
 * they begin with. NULL where that cannot be told: expressions, predicates, columns that are filled
 * or get another type. `index` is the wanted one.
 */
char *duplicates_query(Arena *arena, const Plan *plan, const Index *index);
/* The same for people: each such key, and how often. */
char *duplicates_look(Arena *arena, const Plan *plan, const Index *index);

#endif
