/*
 * online_tools.c - small tools of the online strategy: copies of changes and columns, questions
 * about both catalogs.
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

Change *online_change(Online *cx, ChangeKind kind, unsigned facets, Subject before, Subject after)
{
    Change *change = arena_make(cx->arena, Change);
    *change = (Change){.kind = kind, .facets = facets, .before = before, .after = after};
    return change;
}

Change *online_facets(Online *cx, const Change *change, unsigned facets)
{
    Change *copy = online_change(cx, change->kind, facets, change->before, change->after);
    copy->aside = change->aside;
    return copy;
}

Column *online_column_copy(Online *cx, const Column *column)
{
    Column *copy = arena_make(cx->arena, Column);
    *copy = *column;
    return copy;
}

void online_note(Online *cx, const Change *change, HazardCode code, const char *detail)
{
    vec_push(cx->marks, &cx->notes, (OnlineNote){.change = change, .code = code, .detail = detail});
}

Step *online_step(Online *cx, StepKind kind, Phase phase, const Change *cause)
{
    Step *step = plan_add_step(cx->plan, kind, phase, cause);
    step->before = cause->before;
    step->after = cause->after;
    return step;
}

/* --- questions ---------------------------------------------------------------------------------
 */

const Column *online_column_before(const Online *cx, const Column *after)
{
    const Column *before = match_column_before(cx->plan->diff, after);
    return before != NULL ? before : after;
}
