/*
 * drift.h - does the database look the way its applied migrations would have made it?
 *
 * `expected` is the catalog of the finished migrations replayed (in memory or on a shadow), `live`
 * the database's; both canonical. Opaque objects (views, checks, triggers, ...) are compared by
 * identity and definition.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_DRIFT_H
#define BELLOWS_RUNTIME_HISTORY_DRIFT_H

#include "compiler/plan/diff/diff.h"
#include "runtime/history/diagnose.h"

typedef enum OpaqueDriftKind { OPAQUE_ADDED, OPAQUE_MISSING, OPAQUE_DIFFERENT } OpaqueDriftKind;

typedef struct OpaqueDrift {
    OpaqueDriftKind kind;
    const Opaque *expected; /* NULL: ADDED */
    const Opaque *live;     /* NULL: MISSING */
} OpaqueDrift;

typedef struct Drift {
    const Diff *diff; /* from expected to live */
    VEC(OpaqueDrift) opaque;
} Drift;

/* The finished migrations that are in the folder, in the order they were applied: what `expected`
 * is to be replayed from. */
void drift_applied(Arena *arena, const Diagnosis *diagnosis, MigrationList *ret_migrations);
void drift_find(Arena *arena, const Catalog *expected, const Catalog *live, Drift *ret_drift);
bool drift_is_none(const Drift *drift);
/* In words, for people; "" when there is none. */
char *drift_summary(Arena *arena, const Drift *drift);

#endif
