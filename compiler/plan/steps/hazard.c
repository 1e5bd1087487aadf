/*
 * hazard.c - the rows of hazards.def, and which of a plan's hazards stand once they are counted.
 */
#include "base/common.h"

#include "compiler/plan/steps/hazard.h"

#include <string.h>

#include "compiler/plan/steps/plan.h"

enum { PROGRAMS_BESIDE = false, PROGRAMS_APART = true };

static const HazardRow rows[] = {
#define HAZARD(id, slug, level, counts, programs, summary, remedy, look)                           \
    [id] = {slug, HAZARD_##level, COUNTS_##counts, PROGRAMS_##programs, summary, remedy, look},
#include "compiler/plan/steps/hazards.def"
#undef HAZARD
};
static_assert(lengthof(rows) == HAZARD_CODE_COUNT, "one row per hazard");

const HazardRow *hazard_row(HazardCode code)
{
    assert(code < HAZARD_CODE_COUNT);
    return &rows[code];
}

HazardCode hazard_find(const char *slug)
{
    int code = 0;
    while (code < HAZARD_CODE_COUNT && strcmp(rows[code].slug, slug) != 0) {
        code++;
    }
    return (HazardCode)code;
}

const char *hazard_level_name(HazardLevel level)
{
    static const char *const names[] = {"loses data", "fails", "blocks", "breaks", "note"};
    return names[level];
}

/* In the source, where it is there: a hazard is counted before the plan runs. */
static const Column *source_column(const Plan *plan, const Column *column)
{
    const Column *before = column == NULL ? NULL : match_column_before(plan->diff, column);
    return before != NULL ? before : column;
}

Hazard *step_add_hazard(Plan *plan, Step *step, HazardCode code, const Table *table,
                        const Column *column, const char *detail)
{
    Hazard *hazard = arena_make(plan->arena, Hazard);
    *hazard = (Hazard){.code = code,
                       .table = match_source(plan->diff, table),
                       .column = source_column(plan, column),
                       .detail = detail,
                       .rows = HAZARD_UNCOUNTED,
                       .values = HAZARD_UNCOUNTED};
    if (column != NULL) {
        hazard->origin = column->origin;
    } else if (table != NULL) {
        hazard->origin = table->origin;
    }
    vec_push(plan->arena, &step->hazards, hazard);
    return hazard;
}

bool hazard_stands(const Hazard *hazard)
{
    switch (rows[hazard->code].counts) {
    case COUNTS_NOTHING:
        return true;
    case COUNTS_ROWS:
        return hazard->rows != 0;
    case COUNTS_VALUES:
    case COUNTS_NULLS:
        return hazard->rows != 0 && hazard->values != 0;
    case COUNTS_ORPHANS:
    case COUNTS_DUPLICATES:
        return hazard->values > 0;
    }
    unreachable();
}
