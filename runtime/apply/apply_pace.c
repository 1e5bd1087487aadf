/*
 * apply_pace.c - how large a batch of a backfill is, how long it may take, and how long others are
 * left alone behind it.
 *
 * A row that a batch has changed stays locked until the batch ends. So the first batch is small,
 * the next ones are what fits into the target time at the speed measured, and none may hold its
 * rows longer than the budget for locks. Where nobody else works on the server, nobody has to be
 * left room: how many transactions others commit, the server counts for everybody to see.
 */
#include "base/common.h"

#include <stdlib.h>

#include "runtime/apply/apply_internal.h"

enum {
    BATCH_FIRST = 200,
    BATCH_MIN = 10,
    BATCH_MAX = 50000,
    BATCH_TIMEOUT_MS = 10000, /* for the smallest */
    LOOK_EVERY_MS = 1500,     /* the server's counters are up to a second late */
    OTHERS_PER_S = 10,        /* commits of others that count as a busy server */
};

Pace pace_new(const BackfillOptions *options, unsigned batch)
{
    const uint64_t now = guard_now_ms();
    const bool fixed = options->fixed_batch || batch < BATCH_FIRST;
    return (Pace){
        .options = options,
        .batch = fixed ? batch : BATCH_FIRST,
        .started = now,
        .looked = now,
        .commits = -1,
        .trip = UINT64_MAX,
    };
}

/* --- the way there --- */

void pace_saw_trip(Pace *pace, uint64_t took_ms)
{
    pace->trip = took_ms < pace->trip ? took_ms : pace->trip;
}

uint64_t pace_work_ms(const Pace *pace, uint64_t took_ms)
{
    return pace->trip == UINT64_MAX ? took_ms : took_ms > pace->trip ? took_ms - pace->trip : 0;
}

/* --- size --- */

unsigned pace_limit_ms(const Pace *pace, uint64_t lock_timeout_ms)
{
    const bool smallest = pace->batch <= BATCH_MIN || pace->options->fixed_batch;
    return smallest || lock_timeout_ms == 0 || 2 * lock_timeout_ms > BATCH_TIMEOUT_MS
               ? BATCH_TIMEOUT_MS
               : (unsigned)(2 * lock_timeout_ms);
}

void pace_shrink(Pace *pace)
{
    pace->batch = pace->batch / 4 < BATCH_MIN ? BATCH_MIN : pace->batch / 4;
}

/* What would have taken the target time, at most four times as much and a quarter. */
void pace_adapt(Pace *pace, uint64_t worked_ms)
{
    const BackfillOptions *options = pace->options;
    const unsigned target = options->target_ms != 0 ? options->target_ms : BACKFILL_TARGET_MS;
    double factor = (double)target / (double)(worked_ms == 0 ? 1 : worked_ms);
    if (options->fixed_batch) {
        return;
    }
    factor = factor > 4 ? 4 : factor < 0.25 ? 0.25 : factor;
    const double batch = pace->batch * factor;
    pace->batch = batch < BATCH_MIN ? BATCH_MIN : batch > BATCH_MAX ? BATCH_MAX : batch;
}

/* --- rest --- */

/* Asked in whatever state the walk is in. */
static long long commits_by_all(Session *session)
{
    static const char sql[] =
        "SELECT pg_catalog.sum(pg_catalog.pg_stat_get_db_xact_commit(d.oid)) FROM "
        "pg_catalog.pg_database AS d";
    ServerError ignored;
    Result *result = NULL;
    if (!session_ask_there(session, (Query){.sql = sql}, &ignored, &result)) {
        return -1;
    }
    const char *sum = result_text(result, 0, 0);
    const long long commits = sum == NULL ? -1 : strtoll(sum, NULL, 10);
    result_free(result);
    return commits;
}

/* Looks at the server's counters now and then. */
static void look_for_others(Pace *pace, Session *session)
{
    const uint64_t now = guard_now_ms();
    if (pace->commits >= 0 && now - pace->looked < LOOK_EVERY_MS) {
        return;
    }
    const long long commits = commits_by_all(session);
    if (pace->commits >= 0 && commits >= 0) {
        const double seconds = (double)(now - pace->looked) / 1000;
        const double others = (double)(commits - pace->commits) - pace->own;
        pace->busy = others > OTHERS_PER_S * seconds;
    }
    pace->commits = commits;
    pace->looked = now;
    pace->own = 1;
}

bool pace_rest(Pace *pace, Session *session, uint64_t worked_ms,
               const volatile sig_atomic_t *interrupted)
{
    const double given = pace->options->duty;
    pace->own += 2; /* where the batch ends, and the batch */
    if (given <= 0) {
        look_for_others(pace, session);
    }
    const double duty = given > 0 ? given : pace->busy ? BACKFILL_DUTY : 1;
    const double pause = duty >= 1 ? 0 : (double)worked_ms * (1 / duty - 1);
    return guard_sleep((uint64_t)pause, interrupted);
}

/* --- progress --- */

void pace_report(Pace *pace, const Progress *progress, const char *migration, long long rows_done,
                 long long rows_total, bool last)
{
    const uint64_t elapsed = guard_now_ms() - pace->started;
    const double rate =
        elapsed == 0 ? 0 : (double)(rows_done - pace->rows_before) * 1000 / (double)elapsed;
    const long long total =
        rows_total >= 0 && (rows_total < rows_done || last) ? rows_done : rows_total;
    const double left = rate > 0 && total >= 0 ? (double)(total - rows_done) * 1000 / rate : 0;
    progress_report(progress, &(ProgressEvent){.kind = PROGRESS_BACKFILL,
                                               .migration = migration,
                                               .elapsed_ms = elapsed,
                                               .rows_done = rows_done,
                                               .rows_total = total,
                                               .rows_per_s = (long long)rate,
                                               .left_ms = (uint64_t)left,
                                               .finished = last});
}
