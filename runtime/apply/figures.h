/*
 * figures.h - rows and sizes of the tables that a plan reads or writes, and how fast this server
 * reads: asked before the plan is shown.
 *
 * The rate is measured on a sample of the largest of them, of 64 MB or a hundredth and for at most
 * two seconds, where there is one of 8 MB. Reads only; what cannot be asked is not known.
 */
#ifndef BELLOWS_RUNTIME_APPLY_FIGURES_H
#define BELLOWS_RUNTIME_APPLY_FIGURES_H

#include "compiler/plan/steps/figures.h"
#include "introspect/session/session.h"

/* False when the connection is lost (reported). */
MUST_CHECK bool figures_read(Arena *arena, Session *session, const FigureTables *tables,
                             Diagnostics *diags, PlanFigures *ret_figures);

#endif
