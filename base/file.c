#define _XOPEN_SOURCE 700 /* realpath */
#include "base/common.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"

/* Reads to the end of `fd`; false with errno set. */
static bool read_all(int fd, StrBuf *out)
{
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got == 0) {
            return true;
        }
        if (got < 0 && errno != EINTR) {
            return false;
        }
        if (got > 0 && out->len + (size_t)got > FILE_LIMIT) {
            errno = EFBIG;
            return false;
        }
        strbuf_addn(out, chunk, got > 0 ? (size_t)got : 0);
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

static bool read_open(Arena *arena, int fd, char **ret_text, size_t *ret_len)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return false;
    }
    if (!S_ISREG(status.st_mode) || status.st_size == 0) {
        return read_unsized(arena, fd, ret_text, ret_len);
    }
    if (status.st_size > FILE_LIMIT) {
        errno = EFBIG;
        return false;
    }
    *ret_len = (size_t)status.st_size;
    return read_sized(arena, fd, *ret_len, ret_text);
}

bool file_read(Arena *arena, const char *path, char **ret_text, size_t *ret_len, int *ret_errno)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        *ret_errno = errno;
        return false;
    }
    bool ok = read_open(arena, fd, ret_text, ret_len);
    if (!ok) {
        *ret_errno = errno;
    }
    close(fd);
    return ok;
}

bool file_read_input(Arena *arena, char **ret_text, size_t *ret_len, int *ret_errno)
{
    bool ok = read_open(arena, STDIN_FILENO, ret_text, ret_len);
    if (!ok) {
        *ret_errno = errno;
    }
    return ok;
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

/* The new file looks like the old one; an owner that may not be given away is no failure. */
static bool take_after(int fd, const struct stat *old)
{
    bool owned =
        fchown(fd, old->st_uid, old->st_gid) == 0 || fchown(fd, (uid_t)-1, old->st_gid) == 0;
    mode_t allowed = owned ? 07777 : 0777;
    return fchmod(fd, old->st_mode & allowed) == 0;
}

/* `old`: what the file has to look like; NULL for a new one. */
static bool replace(const char *path, const char *text, size_t len, const struct stat *old,
                    int *ret_errno)
{
    StrBuf temporary = strbuf_new(1 << 16);
    strbuf_printf(&temporary, "%s.%ld.tmp", path, (long)getpid());
    int fd = open(temporary.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool ok = fd >= 0 && (old == NULL || take_after(fd, old)) && write_all(fd, text, len) &&
              fsync(fd) == 0;
    int error = ok ? 0 : errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        error = errno;
    }
    if (ok && rename(temporary.text, path) != 0) {
        ok = false;
        error = errno;
    }
    if (!ok) {
        *ret_errno = error;
        if (fd >= 0) {
            unlink(temporary.text);
        }
    }
    strbuf_dispose(&temporary);
    return ok;
}

bool file_write(const char *path, const char *text, size_t len, int *ret_errno)
{
    return replace(path, text, len, NULL, ret_errno);
}

bool file_rewrite(const char *path, const char *text, size_t len, int *ret_errno)
{
    struct stat old;
    char *real = realpath(path, NULL);
    bool ok = real != NULL && stat(real, &old) == 0 && access(real, W_OK) == 0;
    if (!ok) {
        *ret_errno = errno;
    }
    ok = ok && replace(real, text, len, &old, ret_errno);
    free(real);
    return ok;
}

bool file_make_folders(Arena *arena, const char *path, int *ret_errno)
{
    const char *above = path_folder(arena, path);
    if (file_is_folder(path)) {
        return true;
    }
    if (strcmp(above, path) != 0 && strcmp(above, ".") != 0 &&
        !file_make_folders(arena, above, ret_errno)) {
        return false;
    }
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        *ret_errno = errno;
        return false;
    }
    return true;
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

static bool find_below(Arena *arena, const char *folder, const char *suffix, PathList *paths)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        return false;
    }
    bool ok = true;
    for (const struct dirent *entry = readdir(dir); ok && entry != NULL; entry = readdir(dir)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        const char *path = path_join(arena, folder, entry->d_name);
        if (file_is_folder(path)) {
            ok = find_below(arena, path, suffix, paths);
        } else if (ends_with(entry->d_name, suffix)) {
            vec_push(arena, paths, path);
        }
    }
    int error = errno;
    closedir(dir);
    errno = error;
    return ok;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool files_below(Arena *arena, const char *folder, const char *suffix, PathList *ret_paths,
                 int *ret_errno)
{
    PathList paths = {0};
    if (!find_below(arena, folder, suffix, &paths)) {
        *ret_errno = errno;
        return false;
    }
    if (paths.count > 1) {
        qsort(paths.items, paths.count, sizeof *paths.items, compare_paths);
    }
    *ret_paths = paths;
    return true;
}

const char *path_join(Arena *arena, const char *folder, const char *name)
{
    if (folder[0] == '\0' || strcmp(folder, ".") == 0) {
        return arena_strdup(arena, name);
    }
    return arena_printf(arena, ends_with(folder, "/") ? "%s%s" : "%s/%s", folder, name);
}

const char *path_folder(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}
