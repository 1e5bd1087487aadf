/*
 * place.h - where a path leads, held by its handle.
 *
 * Between a look at a path and an act by it, whoever may write to a folder on the way can put a
 * link there: root, at work in somebody's project, would write, destroy or give away what is not
 * that user's. So who writes finds the place once, component by component, and acts relative to
 * the open folder. A symbolic link on the way is followed when we or root have made it, or when it
 * ends at what is its maker's (there that user can do all himself); that is looked at on handles,
 * too. A failure leaves errno: ELOOP where a link was not followed.
 */
#ifndef BELLOWS_BASE_PLACE_H
#define BELLOWS_BASE_PLACE_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/common.h"

/* An entry of a folder. The descriptors (O_PATH) are the owner's, who calls place_leave. */
typedef struct Place {
    int folder;       /* -1: not found */
    int entry;        /* -1: nothing is there yet */
    const char *name; /* in the folder; "." where the path ended in none */
    const char *link; /* the link that was not followed, NULL for none; and its maker */
    uid_t maker;
} Place;

/* How folders are made that are missing. */
typedef struct PlaceMaking {
    mode_t above, last;
    bool (*made)(const void *cx, int folder); /* NULL, or what is to be done with each */
    const void *cx;
} PlaceMaking;

/* The end of `path`, links followed. True also where only the last component is missing. */
MUST_CHECK bool place_find(Arena *arena, const char *path, Place *ret_place);
void place_leave(Place *place);

/* The folder `path`, open for reading and owned by the caller; -1 with errno. */
int place_open_folder(const char *path);
/* The folder that the entry `path` stands in (O_PATH, the caller's) and its name there: not
 * followed, if it is a link; within `path`. */
int place_open_above(const char *path, const char **ret_name);

/* Makes `path` a folder, and what is missing above it; one that is there stays as it is. */
MUST_CHECK bool place_make(const char *path, const PlaceMaking *making);

#endif
