#include "base/common.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/place.h"
#include "base/strbuf.h"

enum { FILE_TEMPORARY_SIZE = 80, DESCRIPTOR_LIMIT = 1 << 20 };

const char *file_error(int error)
{
    switch (error) {
    case EFBIG:
        return "it is larger than 256 MiB";
    case ENOTSUP:
    case ENXIO: /* a socket, or a pipe that nobody reads */
        return "it is no regular file";
    case ELOOP:
        return "a symbolic link on the way goes round, or is another user's and leads to what is "
               "not";
    case EINTR:
        return "interrupted";
    default:
        return strerror(error);
    }
}

/* The descriptor that `path` stands for; -1 when it stands for none. */
static int descriptor_named(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    static const char *const streams[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
    for (size_t i = 0; i < lengthof(streams); i++) {
        if (strcmp(path, streams[i]) == 0) {
            return (int)i;
        }
    }
    for (size_t i = 0; i < lengthof(folders); i++) {
        const size_t len = strlen(folders[i]);
        char *end = NULL;
        const unsigned long number =
            strncmp(path, folders[i], len) == 0 && path[len] >= '0' && path[len] <= '9'
                ? strtoul(path + len, &end, 10)
                : DESCRIPTOR_LIMIT;
        if (number < DESCRIPTOR_LIMIT && *end == '\0') {
            return (int)number;
        }
    }
    return -1;
}

/* Reads to the end of `fd`; false with errno set. Whoever waits for a pipe may be interrupted. */
static bool read_all(int fd, StrBuf *out)
{
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got == 0) {
            return true;
        }
        if (got < 0) {
            return false;
        }
        if (out->len + (size_t)got > FILE_LIMIT) {
            errno = EFBIG;
            return false;
        }
        strbuf_addn(out, chunk, (size_t)got);
    }
}

/* A plain file straight into the arena. False with errno set; ESTALE when its size changed
 * meanwhile. */
static bool read_sized(Arena *arena, int fd, size_t size, char **ret_text)
{
    char *text = arena_alloc(arena, size + 1);
    size_t len = 0;
    while (len < size) {
        ssize_t got = read(fd, text + len, size - len);
        if (got < 0 && errno != EINTR) {
            return false;
        }
        if (got == 0) {
            errno = ESTALE;
            return false;
        }
        len += got > 0 ? (size_t)got : 0;
    }
    *ret_text = text;
    return true;
}

/* Pipes and the files of /proc do not tell their size. */
static bool read_unsized(Arena *arena, int fd, char **ret_text, size_t *ret_len)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    bool ok = read_all(fd, &out);
    if (ok) {
        *ret_len = out.len;
        *ret_text = strbuf_take(&out, arena);
    } else {
        int error = errno;
        strbuf_dispose(&out);
        errno = error;
    }
    return ok;
}

/* How a file was opened. */
typedef enum Opened {
    OPENED_BY_NAME,  /* by us, just now: only a regular file will do, and it is at its beginning */
    OPENED_FOR_PIPE, /* a pipe's reader, that waits for who writes */
    OPENED_BEFORE,   /* by whoever started us, who may have read from it */
} Opened;

/* What is left to read. A pipe without a writer is not waited for, a terminal does not become ours.
 * False with errno set. */
static bool read_open(Arena *arena, int fd, Opened opened, char **ret_text, size_t *ret_len)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return false;
    }
    const bool is_regular = S_ISREG(status.st_mode);
    if (opened == OPENED_BY_NAME && !is_regular) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : ENOTSUP;
        return false;
    }
    const off_t begin = opened == OPENED_BEFORE ? lseek(fd, 0, SEEK_CUR) : 0;
    if (!is_regular || begin < 0 || status.st_size <= begin) {
        return read_unsized(arena, fd, ret_text, ret_len);
    }
    if (status.st_size - begin > FILE_LIMIT) {
        errno = EFBIG;
        return false;
    }
    *ret_len = (size_t)(status.st_size - begin);
    return read_sized(arena, fd, *ret_len, ret_text);
}

static bool read_and_close(Arena *arena, int fd, Opened opened, char **ret_text, size_t *ret_len,
                           int *ret_errno)
{
    const bool ok = fd >= 0 && read_open(arena, fd, opened, ret_text, ret_len);
    if (!ok) {
        *ret_errno = errno;
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

bool file_read(Arena *arena, const char *path, char **ret_text, size_t *ret_len, int *ret_errno)
{
    const int named = descriptor_named(path);
    const int fd =
        named >= 0 ? dup(named) : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return read_and_close(arena, fd, named < 0 ? OPENED_BY_NAME : OPENED_BEFORE, ret_text, ret_len,
                          ret_errno);
}

bool file_read_served(Arena *arena, const char *path, char **ret_text, size_t *ret_len,
                      int *ret_errno)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISFIFO(status.st_mode)) {
        return file_read(arena, path, ret_text, ret_len, ret_errno);
    }
    const int fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    return read_and_close(arena, fd, OPENED_FOR_PIPE, ret_text, ret_len, ret_errno);
}

bool file_read_input(Arena *arena, char **ret_text, size_t *ret_len, int *ret_errno)
{
    return read_and_close(arena, dup(STDIN_FILENO), OPENED_BEFORE, ret_text, ret_len, ret_errno);
}

static bool write_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, text, len);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            text += put;
            len -= (size_t)put;
        }
    }
    return true;
}

/* The new file looks like the old one; an owner that may not be given away is no failure. Not its
 * set-id bits: they were given to another text. */
static bool take_after(int fd, const struct stat *old)
{
    if (fchown(fd, old->st_uid, old->st_gid) != 0 && fchown(fd, (uid_t)-1, old->st_gid) != 0) {
        errno = 0;
    }
    return fchmod(fd, old->st_mode & 0777) == 0;
}

/* --- one move ---
 *
 * All names are looked up in a folder that is opened once: whoever may write there can neither lead
 * us elsewhere meanwhile nor prepare the temporary file, whose name nobody can guess.
 */

static int open_temporary(int folder, const char *name, char ret_name[FILE_TEMPORARY_SIZE])
{
    uint64_t chance[2] = {0};
    if (getrandom(chance, sizeof chance, 0) != (ssize_t)sizeof chance) {
        return -1;
    }
    snprintf(ret_name, FILE_TEMPORARY_SIZE, ".%.32s.%016llx%016llx.tmp", name,
             (unsigned long long)chance[0], (unsigned long long)chance[1]);
    return openat(folder, ret_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

/* `old`: what the file has to look like; NULL for a new one. False with errno set. */
static bool replace_in(int folder, const char *name, const char *text, size_t len,
                       const struct stat *old)
{
    char temporary[FILE_TEMPORARY_SIZE];
    const int fd = open_temporary(folder, name, temporary);
    if (fd < 0) {
        return false;
    }
    bool ok = (old == NULL || take_after(fd, old)) && write_all(fd, text, len) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        error = errno;
    }
    if (ok && renameat(folder, temporary, folder, name) != 0) {
        ok = false;
        error = errno;
    }
    if (!ok) {
        unlinkat(folder, temporary, 0);
        errno = error;
    }
    return ok;
}

/* `real`: the file is there, and is to look as it does. Otherwise only the mode of one of ours is
 * kept: who may read it was said with it. */
static bool replace(int folder, const char *name, const char *text, size_t len, bool real,
                    int *ret_errno)
{
    struct stat old;
    const bool there = folder >= 0 && fstatat(folder, name, &old, AT_SYMLINK_NOFOLLOW) == 0;
    bool ok = folder >= 0 && (there || !real);
    if (ok && real && !S_ISREG(old.st_mode)) {
        errno = ELOOP; /* a link since it was found */
        ok = false;
    }
    const bool keeps = real || (there && S_ISREG(old.st_mode) && old.st_uid == geteuid());
    ok = ok && replace_in(folder, name, text, len, keeps ? &old : NULL);
    if (!ok) {
        *ret_errno = errno;
    }
    return ok;
}

/* Takes `fd`; a descriptor that is none leaves errno. */
static bool write_and_close(int fd, const char *text, size_t len, int *ret_errno)
{
    const bool ok = fd >= 0 && write_all(fd, text, len);
    if (!ok) {
        *ret_errno = errno;
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

static bool is_stream(mode_t mode)
{
    return S_ISCHR(mode) || S_ISFIFO(mode);
}

/* A terminal or a pipe takes the bytes; it is not replaced by a file. A pipe that nobody reads is
 * not waited for, a disk is no place for a text. */
static bool write_through(const Place *place, mode_t mode, const char *text, size_t len,
                          int *ret_errno)
{
    struct stat opened;
    errno = S_ISDIR(mode) ? EISDIR : ENOTSUP;
    int fd = is_stream(mode) ? openat(place->folder, place->name,
                                      O_WRONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC)
                             : -1;
    if (fd >= 0 && (fstat(fd, &opened) != 0 || !is_stream(opened.st_mode) ||
                    fcntl(fd, F_SETFL, O_WRONLY) != 0)) {
        close(fd); /* a file since it was found */
        fd = -1;
        errno = ENOTSUP;
    }
    return write_and_close(fd, text, len, ret_errno);
}

static bool write_at(Arena *arena, const char *path, const char *text, size_t len, int *ret_errno)
{
    Place place;
    struct stat there;
    const char *name;
    const bool special = place_find(arena, path, &place) && place.entry >= 0 &&
                         fstat(place.entry, &there) == 0 && !S_ISREG(there.st_mode);
    const int folder = special ? -1 : place_open_above(path, &name);
    const bool ok = special ? write_through(&place, there.st_mode, text, len, ret_errno)
                            : replace(folder, name, text, len, false, ret_errno);
    place_leave(&place);
    if (folder >= 0) {
        close(folder);
    }
    return ok;
}

bool file_write(const char *path, const char *text, size_t len, int *ret_errno)
{
    const int named = descriptor_named(path);
    if (named >= 0) {
        return write_and_close(dup(named), text, len, ret_errno);
    }
    Arena *arena = arena_new();
    const bool ok = write_at(arena, path, text, len, ret_errno);
    arena_free(arena);
    return ok;
}

bool file_rewrite(const char *path, const char *text, size_t len, int *ret_errno)
{
    Place place;
    Arena *arena = arena_new();
    bool ok = place_find(arena, path, &place) && faccessat(place.folder, place.name, W_OK, 0) == 0;
    if (!ok) {
        *ret_errno = errno;
    }
    ok = ok && replace(place.folder, place.name, text, len, true, ret_errno);
    place_leave(&place);
    arena_free(arena);
    return ok;
}

bool file_make_folders(const char *path, int *ret_errno)
{
    static const PlaceMaking making = {.above = 0777, .last = 0777};
    const bool ok = place_make(path, &making);
    if (!ok) {
        *ret_errno = errno;
    }
    return ok;
}

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool ends_with(const char *text, const char *suffix)
{
    size_t len = strlen(text);
    size_t suffix_len = strlen(suffix);
    return len >= suffix_len && strcmp(text + len - suffix_len, suffix) == 0;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_paths(PathList *paths)
{
    if (paths->count > 1) {
        qsort(paths->items, paths->count, sizeof *paths->items, compare_paths);
    }
}

typedef struct FolderId {
    dev_t device;
    ino_t inode;
} FolderId;

typedef struct Walk {
    Arena *arena;
    const char *suffix;
    PathList found;
    VEC(FolderId) seen;
} Walk;

static bool is_new(Walk *walk, DIR *dir, bool *ret_new)
{
    struct stat status;
    if (fstat(dirfd(dir), &status) != 0) {
        return false;
    }
    *ret_new = true;
    vec_each(const FolderId, at, &walk->seen) {
        *ret_new = *ret_new && (at->device != status.st_dev || at->inode != status.st_ino);
    }
    vec_push(walk->arena, &walk->seen, (FolderId){status.st_dev, status.st_ino});
    return true;
}

/* What is in it, sorted; nothing where it has been looked at by another way: links may lead back to
 * where they come from, or to one folder from many. */
static bool list_once(Walk *walk, const char *folder, PathList *ret_entries)
{
    bool is_first = false;
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        return false;
    }
    const bool ok = is_new(walk, dir, &is_first);
    const struct dirent *entry = ok && is_first ? readdir(dir) : NULL;
    for (; entry != NULL; entry = readdir(dir)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            vec_push(walk->arena, ret_entries, path_join(walk->arena, folder, entry->d_name));
        }
    }
    const int error = errno;
    closedir(dir);
    errno = error;
    sort_paths(ret_entries);
    return ok;
}

static bool find_below(Walk *walk, const char *folder)
{
    PathList entries = {0};
    bool ok = list_once(walk, folder, &entries);
    for (size_t i = 0; ok && i < entries.count; i++) {
        if (file_is_folder(entries.items[i])) {
            ok = find_below(walk, entries.items[i]);
        } else if (ends_with(entries.items[i], walk->suffix)) {
            vec_push(walk->arena, &walk->found, entries.items[i]);
        }
    }
    return ok;
}

bool files_below(Arena *arena, const char *folder, const char *suffix, PathList *ret_paths,
                 int *ret_errno)
{
    Walk walk = {.arena = arena, .suffix = suffix};
    if (!find_below(&walk, folder)) {
        *ret_errno = errno;
        return false;
    }
    sort_paths(&walk.found);
    *ret_paths = walk.found;
    return true;
}

const char *path_join(Arena *arena, const char *folder, const char *name)
{
    if (folder[0] == '\0' || strcmp(folder, ".") == 0) {
        return arena_strdup(arena, name);
    }
    const size_t len = strlen(folder), name_len = strlen(name);
    const bool has_slash = folder[len - 1] == '/';
    char *path = arena_alloc(arena, len + !has_slash + name_len + 1);
    memcpy(path, folder, len);
    path[len] = '/';
    memcpy(path + len + !has_slash, name, name_len + 1);
    return path;
}

const char *path_folder(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}
