/*
 * file.h - whole files in, whole files out.
 *
 * A file of a project is a regular one: what else stands in its place (a pipe nobody writes to, a
 * device without an end) is refused and never waited for. Whoever names a descriptor of ours
 * (/dev/stdin, /dev/fd/63, what a shell makes of `<(command)`) means what is open there, of any
 * kind.
 *
 * Who writes acts relative to open folders, and follows links as base/place.h says.
 *
 * Nothing is reported here: a failure leaves its errno value in *ret_errno (EFBIG beyond
 * FILE_LIMIT, EISDIR for a folder, ENOTSUP for another kind, EINTR where a signal came while
 * something was waited for) and the caller, who knows what the file is for, reports it in the words
 * of file_error.
 */
#ifndef BELLOWS_BASE_FILE_H
#define BELLOWS_BASE_FILE_H

#include "base/arena.h"
#include "base/common.h"
#include "base/vec.h"

enum { FILE_LIMIT = 256 << 20 }; /* bytes */

/* What went wrong, in words. */
const char *file_error(int error);

/* The bytes of `path` in `arena`, followed by a NUL that does not count. */
MUST_CHECK bool file_read(Arena *arena, const char *path, char **ret_text, size_t *ret_len,
                          int *ret_errno);
/* The same, waiting for the writer of a named pipe: how keepers of secrets serve `.env`. */
MUST_CHECK bool file_read_served(Arena *arena, const char *path, char **ret_text, size_t *ret_len,
                                 int *ret_errno);
/* The same of standard input, whatever it is connected to. */
MUST_CHECK bool file_read_input(Arena *arena, char **ret_text, size_t *ret_len, int *ret_errno);
/* Replaces `path` in one move: a reader sees the old file or the whole new one, which keeps the
 * mode of the old if that was ours. A link there is replaced, not followed; a descriptor of ours, a
 * terminal or the like, a pipe that somebody reads are written to. */
MUST_CHECK bool file_write(const char *path, const char *text, size_t len, int *ret_errno);
/* The same for a file that exists and is somebody's: it keeps its mode and, where the user may do
 * that, its owner; a symbolic link stays one. */
MUST_CHECK bool file_rewrite(const char *path, const char *text, size_t len, int *ret_errno);

/* Makes `path` a folder, and what is missing above it; one that is there stays as it is. */
MUST_CHECK bool file_make_folders(const char *path, int *ret_errno);

bool file_exists(const char *path); /* of any kind */
bool file_is_folder(const char *path);

typedef VEC(const char *) PathList;

/* Paths of all files below `folder`, at any depth, whose names end in `suffix`, in byte order. */
MUST_CHECK bool files_below(Arena *arena, const char *folder, const char *suffix,
                            PathList *ret_paths, int *ret_errno);

/* "a/b", or `name` alone when `folder` is "" or ".". */
const char *path_join(Arena *arena, const char *folder, const char *name);
/* The folder part of `path`, "." when it has none. */
const char *path_folder(Arena *arena, const char *path);

#endif
