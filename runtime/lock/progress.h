/*
 * progress.h - how the runtime tells what it is doing, without printing.
 *
 * The command line passes a Progress; the runtime calls it at each event. The texts of an event are
 * valid during the call only. A NULL Progress is silent. Times are milliseconds.
 */
#ifndef BELLOWS_RUNTIME_LOCK_PROGRESS_H
#define BELLOWS_RUNTIME_LOCK_PROGRESS_H

#include "base/common.h"

typedef enum ProgressKind {
    PROGRESS_WAITING_FOR_LOCK, /* another run holds the advisory lock: detail says who */
    PROGRESS_APPLYING,         /* a migration starts */
    PROGRESS_RESUMING,         /* an interrupted migration continues: detail says where */
    PROGRESS_RETRY,     /* a lock was not to be had: attempt, wait_ms; detail names blockers */
    PROGRESS_CLEANED,   /* an invalid index of an earlier try is dropped: detail names it */
    PROGRESS_OUTCOME,   /* the connection is gone; the server is asked what became of the script */
    PROGRESS_STATEMENT, /* a long statement starts: detail is its first line */
    PROGRESS_BACKFILL,  /* rows_done of about rows_total (-1: not known), rows_per_s, left_ms */
    PROGRESS_SWEEP,     /* rows_done rows moved out of the walk's way and are done now */
    PROGRESS_BLOCKED,   /* an old transaction is in the way of a lock: detail says whose */
    PROGRESS_APPLIED,   /* elapsed_ms */
    PROGRESS_HELD,      /* a contract script waits for its gate */
    PROGRESS_WARNING,   /* detail */
} ProgressKind;

typedef struct ProgressEvent {
    ProgressKind kind;
    const char *migration; /* directory name; NULL when the event belongs to none */
    const char *detail;    /* NULL when there is nothing more to say */
    unsigned attempt;
    uint64_t wait_ms;
    uint64_t elapsed_ms;
    long long rows_done, rows_total; /* done never exceeds a total that is known */
    long long rows_per_s;            /* 0: not known yet */
    uint64_t left_ms;
    bool finished; /* the last of this migration's */
} ProgressEvent;

typedef struct Progress {
    void (*report)(void *context, const ProgressEvent *event);
    void *context;
} Progress;

static inline void progress_report(const Progress *progress, const ProgressEvent *event)
{
    if (progress != NULL && progress->report != NULL) {
        progress->report(progress->context, event);
    }
}

#endif
