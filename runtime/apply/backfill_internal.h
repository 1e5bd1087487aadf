/*
 * backfill_internal.h - one backfill on its way, for apply_backfill.c and apply_sweep.c.
 *
 * What is written lives in cx->arena, which walk_move_to exchanges.
 */
#ifndef BELLOWS_RUNTIME_APPLY_BACKFILL_INTERNAL_H
#define BELLOWS_RUNTIME_APPLY_BACKFILL_INTERNAL_H

#include "runtime/apply/apply_internal.h"

typedef VEC(const char *) KeyList;

/* One backfill on its way. */
typedef struct Walk {
    ApplyCx *cx;
    const ScriptPart *part;
    const BackfillDirective *directive;
    BackfillPosition *position;
    KeyList upper; /* the last keys, or the number of pages */
    Pace pace;
    uint64_t worked_ms; /* the server, on the last batch */
    double rows_per_page;
    long long rows_total; /* about */
    bool by_page;
    bool by_text;         /* along the texts of the keys */
    bool has_places;      /* a row stands at a ctid: it is a table, and so are its partitions */
    bool asks_apart;      /* keys are asked for under settings that print them exactly */
    const char *settings; /* the script's */
} Walk;

/* The table, quoted; and as the statement calls it. */
const char *walk_table(const Walk *walk);
const char *walk_qualifier(const Walk *walk);
/* Literals between commas. */
char *walk_values(const Walk *walk, const char *const *values, size_t count);

/* A batch of rows for which `condition` holds, and its position, as one transaction. */
MUST_CHECK bool walk_run_where(Walk *walk, const char *condition, const BackfillPosition *after,
                               ServerError *ret_error);
/* Waits before a smaller try; false when there is none. */
MUST_CHECK bool walk_may_retry(Walk *walk, uint64_t started, unsigned attempt, uint64_t budget,
                               ServerError *error);
/* What batches allocate goes with them: only the position moves on, to `arena`. */
void walk_move_to(Walk *walk, Arena *arena);

/* Does what the walk has missed. */
MUST_CHECK bool backfill_sweep(Walk *walk, ServerError *ret_error);

#endif
