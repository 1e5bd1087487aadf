/*
 * figures.h - how large the tables of a plan are in one database, and how fast its server reads.
 *
 * The runtime asks for them (runtime/apply/figures.h), a page shows them
 * (compiler/plan/show/figures_text.h).
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_FIGURES_H
#define BELLOWS_COMPILER_PLAN_STEPS_FIGURES_H

#include "base/vec.h"
#include "compiler/catalog/catalog.h"

typedef struct TableFigures {
    const Table *table;      /* of the source */
    long long rows;          /* -1: nobody has looked at the table yet */
    long long heap, indexes; /* bytes */
} TableFigures;

typedef struct PlanFigures {
    VEC(TableFigures) tables;
    long long rate; /* bytes that a scan reads in a second */
    long long read; /* to measure that; 0: it is a rate that is common */
} PlanFigures;

enum { FIGURES_COMMON_RATE = 500 * 1000 * 1000 };

typedef VEC(const Table *) FigureTables;

#endif
