/*
 * apply.h - runs one migration script and keeps its history row, so that a death at any moment
 * leaves the truth behind.
 *
 * A script that is one transaction commits together with its history row: it is applied and
 * recorded, or neither; that takes one round trip. A script of several transactions has its row
 * first and its position in `_bellows_progress`, and continues from there (docs/decisions/0010).
 * Errors: P3018 (recorded in the history), P1017 (with what is known), E0504 (a lock was not to be
 * had: exit 75, nothing recorded), E0505, E0530 (not through a pooler), P1002, E0403.
 */
#ifndef BELLOWS_RUNTIME_APPLY_APPLY_H
#define BELLOWS_RUNTIME_APPLY_APPLY_H

#include "runtime/lock/guard.h"
#include "runtime/lock/progress.h"
#include "runtime/history/history.h"
#include "runtime/history/migrations.h"
#include "runtime/script/script.h"

typedef struct BackfillOptions {
    double duty; /* share of the time that batches may take, 0 < duty <= 1; 0: BACKFILL_DUTY */
    unsigned target_ms; /* a batch aims at this; 0: BACKFILL_TARGET_MS */
    bool fixed_batch;   /* keep the directive's batch size */
} BackfillOptions;

#define BACKFILL_DUTY 0.5
enum { BACKFILL_TARGET_MS = 150 };

/* The script behind the one that runs. `next` is set before each; begin with zeros, and end with
 * apply_drop_ahead. */
typedef struct ApplyAhead {
    const Migration *next; /* NULL: there is none */
    const Migration *read;
    Arena *arena;
    const ParsedScript *script;
} ApplyAhead;

/* Statements that the session keeps for all messages. Begin with zeros, one for a deployment. */
typedef struct ApplyPrepared {
    bool exists;
    bool is_refused;          /* the history is not one that they could write into */
    bool is_busy;             /* somebody is at work on the server for longer than a moment */
    char name[24];            /* theirs begin with it */
    uint64_t lock_timeout_ms; /* that they set */
} ApplyPrepared;

typedef struct ApplyOptions {
    RetryOptions retry;
    BackfillOptions backfill;
    uint64_t statement_timeout_ms; /* for what shares a transaction; 0: the server's */
    bool no_batches;               /* backfills run as the one statement they are (dev, reset) */
    const Migrations *folder;      /* where the script's plan stands; NULL: nowhere */
    ApplyAhead *ahead;             /* NULL: nothing is read ahead */
    ApplyPrepared *prepared;       /* NULL: nothing is prepared */
} ApplyOptions;

typedef enum ApplyResult {
    APPLY_FAILED, /* reported */
    APPLY_DONE,
    APPLY_LET_GO,   /* done, but the script has let go of the advisory lock */
    APPLY_UNLOCKED, /* not applied: what ran before has let go of it */
    APPLY_MOVED,    /* not applied: through a pooler, others have changed the history meanwhile */
} ApplyResult;

/* The history table exists. A migration that was interrupted and can be continued is continued. */
MUST_CHECK ApplyResult apply_migration(Session *session, const Guard *guard, History *history,
                                       const Migration *migration, const ApplyOptions *options,
                                       const Progress *progress, Diagnostics *diags);
void apply_drop_ahead(ApplyAhead *ahead);
/* Can the migration run through a transaction pooler? E0530 if not. */
MUST_CHECK bool apply_suits_pooler(const Migration *migration, Diagnostics *diags);
/* Can the interrupted `row` be continued, that is: is a position stored for this very text? When
 * not, `ret_reason` says why in words. */
MUST_CHECK bool apply_can_resume(Arena *arena, Session *session, History *history,
                                 const HistoryRow *row, const Migration *migration,
                                 Diagnostics *diags, bool *ret_can, const char **ret_reason);

/* Forgets the position stored for `name`, for nothing of it is left to do. */
MUST_CHECK bool apply_forget(Arena *arena, Session *session, History *history, const char *name,
                             Diagnostics *diags);

/* Drops the table of positions where it is empty: a run that ended behind a script's last part has
 * left it. */
void apply_drop_positions(Arena *arena, Session *session, History *history);

/* Runs a text without any history: undo scripts, `db execute`. Reports E0509 with its place. */
MUST_CHECK bool apply_text(Session *session, const char *path, const char *text, size_t len,
                           Diagnostics *diags);

#endif
