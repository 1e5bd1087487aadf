/*
 * figures_text.h - what the steps of a plan will take in one database, in words.
 *
 * Times follow from the rate at which a table was read, and from what other work takes beside that:
 * measured on PostgreSQL 15 with three million narrow rows (a scan 1, an index 6, a type changed in
 * place 23, all rows updated 86). They are an order of magnitude, and said as one. Pure.
 */
#ifndef BELLOWS_COMPILER_PLAN_SHOW_FIGURES_TEXT_H
#define BELLOWS_COMPILER_PLAN_SHOW_FIGURES_TEXT_H

#include "compiler/plan/steps/figures.h"
#include "compiler/plan/steps/plan.h"

/* Tables of the source whose rows the plan reads or writes. */
FigureTables figures_tables(Arena *arena, const Plan *plan);
/* NULL: the step reads and writes no rows that are there. */
const TableFigures *figures_of_step(const PlanFigures *figures, const Plan *plan, const Step *step);
/* -1 without such a table. */
long long figures_milliseconds(const PlanFigures *figures, const Plan *plan, const Step *step);
/* "about 200000 rows, 31 MB, 12 MB of indexes: some 2 s"; NULL likewise. */
char *figures_text(Arena *arena, const PlanFigures *figures, const Plan *plan, const Step *step);
/* What the times rest on, in a sentence. */
char *figures_basis(Arena *arena, const PlanFigures *figures);

#endif
