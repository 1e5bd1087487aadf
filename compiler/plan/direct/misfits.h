/*
 * misfits.h - what to count before a column gets another type: the values that have no counterpart
 * in it, or another one.
 *
 * In: the column as it is, and the type that is wanted.   Out: a query that never fails on a value,
 * which yields the rows, the values that do not fit, and a few of these (`sample`); or none, where
 * only the cast itself could tell. What it passes fits; what it counts may fit in a rare way of
 * writing
 * ("  42"). Pure. Source of the rules: the input functions and casts of the server's types.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIRECT_MISFITS_H
#define BELLOWS_COMPILER_PLAN_DIRECT_MISFITS_H

#include "compiler/plan/steps/plan.h"

typedef struct MisfitQueries {
    const char *query; /* NULL: it cannot be told */
    const char *look;  /* those values, for people */
} MisfitQueries;

/* `column` is one of the source's, or of what comes from it. */
MisfitQueries misfit_queries(const Plan *plan, const Column *column, const ColumnType *to);

#endif
