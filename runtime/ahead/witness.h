/*
 * witness.h - is the program that a gate waits for gone? What can be seen of it.
 *
 * A session that was connected before the gate was reached belongs to a program that was there
 * before: it is named by application and role. Silence proves nothing: programs reconnect, poolers
 * keep sessions for others, and a role without pg_read_all_stats does not see what others do. So it
 * is told, and never acted upon. So are statements that name what goes (statements.h).
 */
#ifndef BELLOWS_RUNTIME_AHEAD_WITNESS_H
#define BELLOWS_RUNTIME_AHEAD_WITNESS_H

#include "runtime/ahead/gate.h"

typedef struct Witness {
    bool saw;         /* somebody */
    const char *told; /* in one sentence; NULL: nothing is known */
} Witness;

/* Never fails: what cannot be asked is not known. */
Witness gate_witness(Arena *arena, Session *session, const Gate *gate);

#endif
