/*
 * claim.h - a transaction's own claim on the database, where a session cannot hold the lock.
 *
 * Behind a transaction pooler each transaction may run on another backend, whose session belongs to
 * everybody: a session lock would stay there, and so would a setting. So the transaction itself
 * takes the advisory lock, of the same key and without waiting, and then looks whether the history
 * is still as it was read: others may have gone on in between. Both are statements at the head of
 * the message that does the work; either failing, nothing of it happens (docs/decisions/0018).
 *
 * Where the session holds the lock, what ran before may have let go of it all the same, an event
 * trigger behind plain definitions for instance: a claim of that guard is that it has not.
 */
#ifndef BELLOWS_RUNTIME_LOCK_CLAIM_H
#define BELLOWS_RUNTIME_LOCK_CLAIM_H

#include "introspect/session/session.h"
#include "runtime/lock/guard.h"
#include "runtime/history/history.h"

typedef enum ClaimState {
    CLAIM_STANDS, /* whatever went wrong, it was not this */
    CLAIM_HELD,   /* somebody else is at work: try again */
    CLAIM_MOVED,  /* the history is not what it was: read it again */
    CLAIM_LOST,   /* the session's lock was let go of: take it again, then read again */
} ClaimState;

/* The statements in front of a transaction's own, "" for none; what follows them runs under the
 * search path that the URL or the role gives, or under `ours`. `history` NULL: whatever it says by
 * now. */
char *claim_sql(Arena *arena, const Session *session, const Guard *guard, const History *history,
                bool ours);
/* The same where the session holds the lock: it still does. "" through a pooler. `also`: what the
 * statement selects beside that, behind a comma, or "". */
char *claim_sql_kept(Arena *arena, const Guard *guard, const char *also);
/* Did the claim fail? */
ClaimState claim_state(const ServerError *error);

/* Begins a transaction for others' statements, once the claim is to be had. Reports. */
MUST_CHECK bool claim_begin(Arena *arena, Session *session, const Guard *guard,
                            const Progress *progress, Diagnostics *diags);
/* Runs statements of ours as one transaction of their own, once the claim is to be had. Reports. */
MUST_CHECK bool claim_run(Arena *arena, Session *session, const Guard *guard,
                          const History *history, const char *sql, const Progress *progress,
                          Diagnostics *diags, bool *ret_moved);

#endif
