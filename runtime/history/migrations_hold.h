/*
 * migrations_hold.h - one writer of a migrations folder at a time.
 *
 * The database's lock keeps two runs off one database; two runs in one folder may have two. So who
 * plans and writes migrations holds the folder, from before it reads it until it is done. It goes
 * with the process. Errors: E0524 (exit 75), E0569.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_MIGRATIONS_HOLD_H
#define BELLOWS_RUNTIME_HISTORY_MIGRATIONS_HOLD_H

#include <signal.h>

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"

enum { MIGRATIONS_HOLD_WAIT_MS = 10000 };

/*
 * Waits until the folder is ours: *ret_hold is to be closed by migrations_let_go, -1 where the file
 * system knows no locks. `told` is called once when there is somebody to wait for. The folder
 * itself need not be there; what is above it is made. Somebody else's link on the way is followed
 * only to what is that user's (folder.h). False also when interrupted, then without a report.
 */
MUST_CHECK bool migrations_hold(Arena *arena, const char *path,
                                const volatile sig_atomic_t *interrupted, void (*told)(void *cx),
                                void *cx, Diagnostics *diags, int *ret_hold);
void migrations_let_go(int hold); /* accepts -1 */

#endif
