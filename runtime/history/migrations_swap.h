/*
 * migrations_swap.h - the whole migrations folder is exchanged for one that holds more.
 *
 * Several directories cannot enter a folder in one step, but a folder can take another's place in
 * one. So a second folder is made beside the first, of hard links to all that stands there; what is
 * new is added, the two change places, and the old one goes. However a run ends, the folder holds
 * all of the new or nothing of it. docs/decisions/0023-the-folder-is-swapped.md says at what price.
 *
 * Not everywhere possible: the folder begins a file system, or is somebody else's, or is stood in
 * by a process; the file system knows neither links nor the exchange. Who calls holds the folder
 * (migrations_hold.h). For runtime/history alone; nothing is reported.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_MIGRATIONS_SWAP_H
#define BELLOWS_RUNTIME_HISTORY_MIGRATIONS_SWAP_H

#include "base/arena.h"
#include "base/common.h"

/*
 * Exchanges the folder `path`, where it really is, for one to which `add` has added, called with
 * the new folder open. Links are followed as base/place.h says. False: nothing is changed, by
 * whatever reason.
 */
MUST_CHECK bool migrations_swap(Arena *arena, const char *path, bool (*add)(void *cx, int folder),
                                void *cx);

/* Takes away what killed runs have left beside `path`. */
void migrations_swap_sweep(Arena *arena, const char *path);

#endif
