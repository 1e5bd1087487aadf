/*
 * plan_text.h - a plan for a reviewer: one page that says what runs, when, at what cost, and what
 * can go wrong.
 */
#ifndef BELLOWS_COMPILER_PLAN_SHOW_PLAN_TEXT_H
#define BELLOWS_COMPILER_PLAN_SHOW_PLAN_TEXT_H

#include "base/diag/source.h"
#include "base/strbuf.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/show/figures_text.h"

typedef struct PlanTextOptions {
    Sources *sources;           /* for places in the schema text; NULL: none are printed */
    const HazardList *hazards;  /* those that stand; NULL: all of the plan's */
    const PlanFigures *figures; /* of a database at hand; NULL: none is */
    const bool *allowed;        /* by HazardCode: somebody has agreed to it; NULL: to none */
    bool colour;                /* ANSI colours */
    size_t width;               /* of the terminal; 0: none, statements stay on their lines */
} PlanTextOptions;

/* No line is wider than the terminal; without one prose has a width of its own. Ends with a line
 * feed. */
char *plan_text(Arena *arena, const Plan *plan, const PlanTextOptions *options);
/* The same behind what is in `out`, where a page may be large. */
void plan_text_add(StrBuf *out, Arena *arena, const Plan *plan, const PlanTextOptions *options);
/* The scripts of emit_migrations one after the other, under headings that are SQL comments. */
char *plan_sql(Arena *arena, const ScriptList *scripts);

#endif
