/*
 * apply_sweep.c - the end of a backfill: rows that the walk has missed.
 *
 * Other programs' updates move rows to where the walk has been. Where the statement itself makes a
 * row one that it would not change again, what is left can be told and done, until nothing is.
 * That is bounded: a trigger may set rows back as often as they are changed. What is left then is
 * told, and is no failure: the statement has run, as it would have run in one piece.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/apply/backfill_internal.h"
#include "runtime/script/quote.h"

enum { SWEEP_ROWS = 10000, SWEEP_PASSES = 20 };

/* Where rows stand that the statement would still change; none when there are none. */
static bool find_left(Walk *walk, const char *left, KeyList *ret_places, ServerError *ret_error)
{
    Arena *arena = walk->cx->arena;
    const char *alias = walk->directive->alias;
    Result *result = NULL;
    char *sql = arena_printf(arena, "SELECT ctid::pg_catalog.text FROM %s%s%s WHERE %s LIMIT %d",
                             walk_table(walk), alias == NULL ? "" : " AS ",
                             alias == NULL ? "" : quote_name(arena, alias), left, SWEEP_ROWS);
    if (!session_ask_there(walk->cx->session, (Query){.sql = sql}, ret_error, &result)) {
        return false;
    }
    *ret_places = (KeyList){0};
    for (size_t i = 0; i < result_rows(result); i++) {
        const char *place = result_text(result, i, 0);
        if (place != NULL) {
            vec_push(arena, ret_places, arena_strdup(arena, place));
        }
    }
    result_free(result);
    return true;
}

/* One batch of them, smaller and later while something is in its way. */
static bool fill_batch(Walk *walk, const KeyList *places, size_t from, size_t *ret_count,
                       ServerError *ret_error)
{
    const RetryOptions *retry = &walk->cx->options->retry;
    const uint64_t budget = retry->budget_ms != 0 ? retry->budget_ms : GUARD_RETRY_BUDGET_MS;
    const uint64_t started = guard_now_ms();
    for (unsigned attempt = 0;; attempt++) {
        const size_t most = (size_t)walk->pace.batch;
        *ret_count = places->count - from < most ? places->count - from : most;
        const char *condition = arena_printf(
            walk->cx->arena, "%s.ctid OPERATOR(pg_catalog.=) ANY (ARRAY[%s]::pg_catalog.tid[])",
            walk_qualifier(walk), walk_values(walk, places->items + from, *ret_count));
        if (walk_run_where(walk, condition, walk->position, ret_error)) {
            return true;
        }
        if (!walk_may_retry(walk, started, attempt, budget, ret_error)) {
            return false;
        }
    }
}

static bool fill_places(Walk *walk, const KeyList *places, ServerError *ret_error)
{
    ApplyCx *cx = walk->cx;
    size_t count = 0;
    for (size_t from = 0; from < places->count; from += count) {
        if (!fill_batch(walk, places, from, &count, ret_error)) {
            return false;
        }
        pace_adapt(&walk->pace, walk->worked_ms);
        if (!pace_rest(&walk->pace, cx->session, walk->worked_ms, cx->options->retry.interrupted)) {
            *ret_error = (ServerError){.interrupted = true, .message = ""};
            return false;
        }
    }
    return true;
}

static void tell_left(const ApplyCx *cx, size_t count)
{
    const char *detail =
        arena_printf(cx->arena,
                     "rows stay that the backfill would change (%zu%s, behind %d rounds): other "
                     "programs keep writing them, or a trigger sets them back; it ends here",
                     count, count == SWEEP_ROWS ? " at least" : "", SWEEP_PASSES);
    progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_WARNING,
                                                   .migration = cx->migration->name,
                                                   .detail = detail});
}

static bool sweep_rows(Walk *walk, const char *left, ServerError *ret_error)
{
    ApplyCx *cx = walk->cx;
    KeyList places;
    for (int pass = 0; pass < SWEEP_PASSES; pass++) {
        if (!find_left(walk, left, &places, ret_error)) {
            return false;
        }
        if (places.count == 0) {
            return true;
        }
        if (!fill_places(walk, &places, ret_error)) {
            return false;
        }
        progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_SWEEP,
                                                       .migration = cx->migration->name,
                                                       .rows_done = (long long)places.count});
        walk_move_to(walk, arena_new());
    }
    if (!find_left(walk, left, &places, ret_error)) {
        return false;
    }
    if (places.count > 0) {
        tell_left(cx, places.count);
    }
    return true;
}

bool backfill_sweep(Walk *walk, ServerError *ret_error)
{
    Arena *outer = walk->cx->arena;
    const char *left = script_left_condition(outer, walk->cx->script, walk->part->statement);
    if (left == NULL) {
        return true;
    }
    walk->cx->arena = arena_new();
    const bool done = sweep_rows(walk, left, ret_error);
    walk_move_to(walk, outer);
    return done;
}
