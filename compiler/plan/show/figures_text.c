#include "base/common.h"

#include "compiler/plan/show/figures_text.h"

#include "base/object_map.h"
#include "base/strbuf.h"
#include "compiler/plan/show/plan_locks.h"
#include "compiler/plan/show/plan_view.h"

/* What the work takes, in scans of the table. */
static long long scans_of(Cost cost)
{
    static const int scans[] = {[COST_CATALOG] = 0,
                                [COST_SCAN] = 1,
                                [COST_INDEX_BUILD] = 6,
                                [COST_REWRITE] = 23,
                                [COST_DATA] = 86};
    return scans[cost];
}

FigureTables figures_tables(Arena *arena, const Plan *plan)
{
    FigureTables tables = {0};
    ObjectMap seen = {0};
    vec_each(Step *const, at, &plan->steps) {
        const Table *table = step_main_table(*at);
        const Table *source = table == NULL ? NULL : match_source(plan->diff, table);
        if (source != NULL && object_map_get(&seen, source) == NULL &&
            step_cost_in_use(plan, *at) != COST_CATALOG) {
            object_map_put(arena, &seen, source, &seen);
            vec_push(arena, &tables, source);
        }
    }
    return tables;
}

const TableFigures *figures_of_step(const PlanFigures *figures, const Plan *plan, const Step *step)
{
    const Table *table = step_main_table(step);
    if (figures == NULL || table == NULL || scans_of(step_cost_in_use(plan, step)) == 0) {
        return NULL;
    }
    const Table *source = match_source(plan->diff, table);
    vec_each(const TableFigures, at, &figures->tables) {
        if (at->table == source) {
            return at;
        }
    }
    return NULL;
}

long long figures_milliseconds(const PlanFigures *figures, const Plan *plan, const Step *step)
{
    const TableFigures *of = figures_of_step(figures, plan, step);
    if (of == NULL) {
        return -1;
    }
    const long long bytes = of->heap * scans_of(step_cost_in_use(plan, step));
    return bytes / (figures->rate / 1000 + 1);
}

static void add_bytes(StrBuf *out, long long bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    size_t unit = 0;
    while (bytes >= 10000 && unit + 1 < lengthof(units)) {
        bytes = (bytes + 500) / 1000;
        unit++;
    }
    strbuf_printf(out, "%lld %s", bytes, units[unit]);
}

static void add_time(StrBuf *out, long long ms)
{
    if (ms < 1000) {
        strbuf_add(out, "less than a second");
    } else if (ms < 120 * 1000) {
        strbuf_printf(out, "some %lld s", (ms + 500) / 1000);
    } else if (ms < 120 * 60 * 1000) {
        strbuf_printf(out, "some %lld min", (ms + 30000) / 60000);
    } else {
        strbuf_printf(out, "some %lld h", (ms + 1800000) / 3600000);
    }
}

char *figures_text(Arena *arena, const PlanFigures *figures, const Plan *plan, const Step *step)
{
    const TableFigures *of = figures_of_step(figures, plan, step);
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (of == NULL) {
        return NULL;
    }
    if (of->rows < 0) {
        strbuf_add(&out, "rows not known");
    } else {
        strbuf_printf(&out, "about %lld row%s", of->rows, of->rows == 1 ? "" : "s");
    }
    strbuf_add(&out, ", ");
    add_bytes(&out, of->heap);
    if (of->indexes > 0) {
        strbuf_add(&out, ", ");
        add_bytes(&out, of->indexes);
        strbuf_add(&out, " of indexes");
    }
    strbuf_add(&out, ": ");
    add_time(&out, figures_milliseconds(figures, plan, step));
    return strbuf_take(&out, arena);
}

char *figures_basis(Arena *arena, const PlanFigures *figures)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "rows and sizes: the server's statistics; times: ");
    if (figures->read == 0) {
        strbuf_add(&out, "as if a scan read ");
    } else {
        add_bytes(&out, figures->read);
        strbuf_add(&out, " were read here at ");
    }
    add_bytes(&out, figures->rate);
    strbuf_add(&out, figures->read == 0 ? " a second (no table is large enough to measure it)"
                                        : " a second");
    return strbuf_take(&out, arena);
}
