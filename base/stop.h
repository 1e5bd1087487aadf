/*
 * stop.h - work that a signal may end where it stands.
 *
 * A signal asks the work to stop where it is safe, and whoever waits looks for that. Some work does
 * not look: reading a text of many megabytes, a name that no server of names answers for. Where
 * nothing is at stake there, the process ends at once: nothing of ours runs on a server, nothing is
 * half written. While something stands that has to be tidied up, it does not, whatever the work is:
 * a region of the one kind may lie in one of the other. Regions may be nested, and on several
 * threads.
 */
#ifndef BELLOWS_BASE_STOP_H
#define BELLOWS_BASE_STOP_H

#include "base/common.h"

/* Between the two the process may end. Not for a signal that came before: what runs since then may
 * be tidying up. */
void stop_harmless_begin(void);
void stop_harmless_end(void);

/* Between the two something stands that nobody else would take away. */
void stop_stake_begin(void);
void stop_stake_end(void);

/* For the signal's handler: ends the process if it may end here, with 128 + `number`. */
void stop_by_signal(int number);

#endif
