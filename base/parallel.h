/*
 * parallel.h - two pieces of work at once.
 *
 * What runs on another thread shares nothing that changes but names (names_share): arenas and sinks
 * are each piece's own (docs/decisions/0015).
 */
#ifndef BELLOWS_BASE_PARALLEL_H
#define BELLOWS_BASE_PARALLEL_H

#include "base/intern.h"

/* `work` of both, the second on a thread of its own; one after the other if there is none to be
 * had. Names are shared meanwhile. */
void parallel_run(Names *names, void (*work)(void *), void *first, void *second);

/* One piece at a time from here to the end of its turn: for what would else be there twice at once,
 * and is large. Brief (brief_lock.h), and free where nothing runs beside. */
void parallel_turn_begin(void);
void parallel_turn_end(void);

#endif
