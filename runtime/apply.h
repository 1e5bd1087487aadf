/*
 * apply.h - runs one migration script and keeps its history row, so that a death at any moment
 * leaves the truth behind.
 *
 * A script that is one transaction commits together with its history row: it is applied and
 * recorded, or neither. A script of several transactions has its row first and its position in
 * `_bellows_progress`, and continues from there (docs/decisions). Errors: P3018, P1017, E0504 (a
 * lock was not to be had: exit 75, nothing applied, nothing recorded), E0505.
 */
#ifndef BELLOWS_RUNTIME_APPLY_H
#define BELLOWS_RUNTIME_APPLY_H

#include "runtime/migrations.h"
#include "runtime/guard.h"
#include "runtime/history.h"
#include "runtime/progress.h"
#include "runtime/script.h"

typedef struct BackfillOptions {
    double duty;        /* share of the time batches may take, 0 < duty <= 1; 0: BACKFILL_DUTY */
    unsigned target_ms; /* a batch aims at this; 0: BACKFILL_TARGET_MS */
    bool fixed_batch;   /* keep the directive's batch size */
} BackfillOptions;

#define BACKFILL_DUTY 0.5
enum { BACKFILL_TARGET_MS = 150, BACKFILL_LOCK_TIMEOUT_MS = 400 };

typedef struct ApplyOptions {
    RetryOptions retry;
    BackfillOptions backfill;
    uint64_t statement_timeout_ms; /* 0: the server's */
    bool no_batches;               /* backfills run as the one statement they are (dev, replay) */
} ApplyOptions;

/* The session must hold the advisory lock; the history table must exist. */
MUST_CHECK bool apply_migration(Session *session, History *history, const Migration *migration,
                                const ApplyOptions *options, const Progress *progress,
                                Diagnostics *diags);
/*
 * Can the interrupted `row` of `migration` be continued (a position is stored for the same text)?
 * When not, `ret_reason` says why in words.
 */
MUST_CHECK bool apply_can_resume(Arena *arena, Session *session, const History *history,
                                 const HistoryRow *row, const Migration *migration,
                                 Diagnostics *diags, bool *ret_can, const char **ret_reason);

/* Runs a text without any history: replays, `db execute`, undo scripts, initShadowDb. Reports
 * P3018's error body under `code` with `name` in front. */
MUST_CHECK bool apply_text(Session *session, const char *path, const char *text, size_t len,
                           Diagnostics *diags);

#endif
