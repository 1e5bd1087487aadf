/*
 * guard.h - who may change the database, and how long a lock is waited for.
 *
 * The advisory lock is the reference tool's (key 72707369, session level, per database), so both
 * exclude each other. It is polled, never waited for inside the server: a waiting session holds a
 * snapshot, and an index being built concurrently would wait for it. Through a transaction pooler a
 * session holds nothing; there each transaction locks for itself (claim.h). Scripts run with a
 * lock_timeout below deadlock_timeout and are repeated with full jitter, so no queue forms behind
 * them. Times are milliseconds. Errors: P1002 (exit 75), E0403, E0523.
 */
#ifndef BELLOWS_RUNTIME_LOCK_GUARD_H
#define BELLOWS_RUNTIME_LOCK_GUARD_H

#include <signal.h>

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "runtime/lock/progress.h"
#include "runtime/script/script.h"

typedef struct Session Session;

enum {
    GUARD_KEY = 72707369,
    GUARD_WAIT_MS = 10000,         /* for the advisory lock */
    GUARD_LOCK_TIMEOUT_MS = 400,   /* for a table, at most: see guard_limit_locks */
    GUARD_SCAN_TIMEOUT_MS = 30000, /* a waiting SHARE UPDATE EXCLUSIVE blocks no reader or writer */
    GUARD_RETRY_BUDGET_MS = 600000, /* for all tries of a script together */
};

typedef struct GuardOptions {
    bool disabled;                            /* PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK */
    bool held;                                /* the caller has it: neither taken nor released */
    uint64_t wait_ms;                         /* 0: GUARD_WAIT_MS */
    const volatile sig_atomic_t *interrupted; /* as SessionOptions; may be NULL */
} GuardOptions;

typedef struct RetryOptions {
    bool wait_forever;                        /* no lock_timeout, no retries */
    uint64_t lock_timeout_ms;                 /* 0: see guard_limit_locks */
    uint64_t budget_ms;                       /* 0: GUARD_RETRY_BUDGET_MS */
    const volatile sig_atomic_t *interrupted; /* as SessionOptions; may be NULL */
} RetryOptions;

/* What a run has that may change the database. */
typedef struct Guard {
    GuardOptions options;
    bool pooled;               /* nothing is held: every transaction has to claim.h the database */
    uint64_t table_timeout_ms; /* GUARD_LOCK_TIMEOUT_MS, or less: see guard_lock_timeout */
    char database[12];         /* its oid */
} Guard;

/* --- the advisory lock --- */

/* Takes the lock, finds out whether a pooler stands in between, and reads what guard_lock_timeout
 * needs: one round trip if nobody holds it. Through a pooler nothing is taken. */
MUST_CHECK bool guard_acquire(Session *session, const GuardOptions *options,
                              const Progress *progress, Diagnostics *diags, Guard *ret_guard);
/* It is also released when the session ends. */
void guard_release(Session *session, const Guard *guard);
/* Waits a moment, telling at the first `attempt` (0) who holds the lock. False when the time is
 * over (P1002) or the user interrupted (E0403). `started`: guard_now_ms of the first try. */
MUST_CHECK bool guard_wait(Session *session, const GuardOptions *options, uint64_t started,
                           unsigned attempt, const Progress *progress, Diagnostics *diags);
/* Is the lock still ours? A script may end all of a session. True where nothing is held. */
bool guard_holds(Session *session, const Guard *guard);
/* A condition for the head of a message: has nothing let go of all locks of the session since, and
 * does nobody else have the lock? Costs next to nothing; holds the lock to the message's end. */
extern const char guard_sql_kept[];
/* Takes the lock again that `who` ("migration `a` is applied, but it") has let go of
 * (pg_advisory_unlock_all): one try, E0523 with who has it now. What was read under it has to be
 * read again. */
MUST_CHECK bool guard_regain(Session *session, const Guard *guard, const char *who,
                             Diagnostics *diags);
/* "`psql` (pid 123, role `ana`), connected since ...": who holds it; NULL: nobody, or not to be
 * seen. */
char *guard_holder(Arena *arena, Session *session);

/* --- table locks --- */

/*
 * The lock_timeout of a script: what is asked for, else GUARD_SCAN_TIMEOUT_MS if it `only_scans`,
 * else the smaller of GUARD_LOCK_TIMEOUT_MS and half of deadlock_timeout. 0: none.
 */
uint64_t guard_lock_timeout(const Guard *guard, const RetryOptions *options, bool only_scans);
/* Is this SQLSTATE a lock that was not to be had (55P03, 40P01)? */
bool guard_is_lock_failure(const char *sqlstate);
/* The pause before the next try, full jitter: rand(0, min(10 s, 100 ms * 2^attempt)); `attempt`
 * counts from 0. */
uint64_t guard_pause(unsigned attempt);
/* Who holds locks on the script's tables, one line each; NULL: nobody now. */
char *guard_blockers(Arena *arena, Session *session, const ParsedScript *script);

/* --- time --- */

/* Monotonic. */
uint64_t guard_now_ms(void);
/* False when interrupted meanwhile. */
MUST_CHECK bool guard_sleep(uint64_t ms, const volatile sig_atomic_t *interrupted);

#endif
