/*
 * drift.h - does the database look the way its applied migrations would have made it?
 *
 * `expected` is the catalog of the finished migrations replayed (in memory or on a shadow), `live`
 * the database's; both canonical. Changes the planner knows are told in its words, everything else
 * in those of compiler/compare.h; nothing is told twice.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_DRIFT_H
#define BELLOWS_RUNTIME_HISTORY_DRIFT_H

#include "compiler/compare/compare.h"
#include "compiler/plan/diff/diff.h"
#include "runtime/history/diagnose.h"

typedef struct Drift {
    const Diff *diff;      /* from expected to live, what the options leave out aside */
    DifferenceList beside; /* what the diff does not speak of */
    DifferenceList beyond; /* rights granted beyond the migrations': no drift */
    size_t left_out;       /* by the options */
    size_t unread_count;   /* schemas that were not asked for */
} Drift;

/* The finished migrations that are in the folder, in the order they were applied: what `expected`
 * is to be replayed from. */
void drift_applied(Arena *arena, const Diagnosis *diagnosis, MigrationList *ret_migrations);
/* `options` may be NULL. */
void drift_find(Arena *arena, const Catalog *expected, const Catalog *live,
                const CompareOptions *options, Drift *ret_drift);
bool drift_is_none(const Drift *drift);
/* In words, for people; "" when there is none. */
char *drift_summary(Arena *arena, const Drift *drift);

#endif
