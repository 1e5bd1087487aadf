/*
 * folder.h - whole folders: made, copied, removed.
 *
 * Symbolic links are never followed below the folder that is named, on the way to it as
 * base/place.h says, so a folder somebody else may write to cannot lead us elsewhere. Every
 * function returns false with errno set; the caller knows what the folder was for and reports.
 * `owner` NULL means us; otherwise we are root and give things away.
 */
#ifndef BELLOWS_RUNTIME_HOST_FOLDER_H
#define BELLOWS_RUNTIME_HOST_FOLDER_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/common.h"
#include "runtime/host/process.h"

/* Makes `path`, closed to others, and what is missing above it; a folder that is there stays as it
 * is. */
MUST_CHECK bool folder_make(const char *path, const Account *owner);

/* Copies the plain files and folders of `from` into the new folder `to`, which must not exist. */
MUST_CHECK bool folder_copy(const char *from, const char *to, const Account *owner);

/* Does nothing stand in the open folder? */
bool folder_is_empty(int fd);

/* Is a process at work in the folder `real`, or below it, as far as we may know? */
bool folder_is_stood_in(const char *real);

/* Where `path` really is: absolute, without links; NULL when it is nowhere. */
const char *folder_real(const char *path, Arena *arena);

/* The names in `path` that begin with `prefix`, in byte order, NULL-terminated; none when it is no
 * folder. */
const char **folder_list(const char *path, const char *prefix, Arena *arena);
/* The same of an open one. */
const char **folder_list_open(int fd, const char *prefix, Arena *arena);

/* Removes `path` and everything below; a path that is not there is fine. */
MUST_CHECK bool folder_remove(const char *path);
/* One file, or with AT_REMOVEDIR an empty folder. */
MUST_CHECK bool folder_remove_one(const char *path, int flags);
/* Gives the entry `old` the path `new`. */
MUST_CHECK bool folder_move(const char *old, const char *new);
/* folder_remove of an entry of an open folder. */
MUST_CHECK bool folder_remove_in(int parent, const char *name);

#endif
