#include "base/common.h"

#include "runtime/host/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/place.h"

enum { CACHE_FILES = 64, CACHE_FILE_MAX = 32 << 20, CACHE_MODE = 0700, OTHERS = 0077 };

/* -1 where it is not there, or not this user's alone. */
static int open_folder(const char *folder)
{
    struct stat found;
    const int fd = place_open_folder(folder);
    if (fd >= 0 &&
        (fstat(fd, &found) != 0 || found.st_uid != geteuid() || (found.st_mode & OTHERS) != 0)) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static int make_folder(const char *folder)
{
    static const PlaceMaking making = {.above = 0777, .last = CACHE_MODE};
    return place_make(folder, &making) ? open_folder(folder) : -1;
}

static bool read_all(int fd, char *bytes, size_t len)
{
    for (size_t done = 0; done < len;) {
        const ssize_t got = read(fd, bytes + done, len - done);
        if (got <= 0) {
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

static bool is_usable(int fd, size_t *ret_len)
{
    struct stat found;
    if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode) || found.st_uid != geteuid() ||
        (found.st_mode & OTHERS) != 0 || found.st_size > CACHE_FILE_MAX) {
        return false;
    }
    *ret_len = (size_t)found.st_size;
    return true;
}

bool cache_find(Arena *arena, const char *folder, const char *key, char **ret_bytes,
                size_t *ret_len)
{
    size_t len = 0;
    const int at = open_folder(folder);
    const int fd = at < 0 ? -1 : openat(at, key, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    bool ok = fd >= 0 && is_usable(fd, &len);
    char *bytes = ok ? arena_array(arena, char, len + 1) : NULL;
    ok = ok && read_all(fd, bytes, len);
    if (fd >= 0) {
        (void)close(fd);
    }
    if (at >= 0) {
        (void)close(at);
    }
    if (ok) {
        bytes[len] = '\0';
        *ret_bytes = bytes;
        *ret_len = len;
    }
    return ok;
}

/* --- kept ---------------------------------------------------------------------------------------
 */

static bool write_all(int fd, const char *bytes, size_t len)
{
    for (size_t done = 0; done < len;) {
        const ssize_t put = write(fd, bytes + done, len - done);
        if (put < 0) {
            return false;
        }
        done += (size_t)put;
    }
    return true;
}

/* The oldest of more than enough. */
static void remove_oldest(Arena *arena, int folder)
{
    DIR *listing = fdopendir(dup(folder));
    const char *oldest = NULL;
    struct timespec age = {0};
    size_t count = 0;
    if (listing == NULL) {
        return;
    }
    for (const struct dirent *at = readdir(listing); // NOLINT(concurrency-mt-unsafe): one thread
         at != NULL; at = readdir(listing)) {        // NOLINT(concurrency-mt-unsafe)
        struct stat found;
        if (at->d_name[0] == '.' || fstatat(folder, at->d_name, &found, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        count++;
        if (oldest == NULL || found.st_mtim.tv_sec < age.tv_sec ||
            (found.st_mtim.tv_sec == age.tv_sec && found.st_mtim.tv_nsec < age.tv_nsec)) {
            oldest = arena_strdup(arena, at->d_name);
            age = found.st_mtim;
        }
    }
    (void)closedir(listing);
    if (count > CACHE_FILES) {
        (void)unlinkat(folder, oldest, 0);
    }
}

void cache_keep(Arena *arena, const char *folder, const char *key, const char *bytes, size_t len)
{
    const int at = len > CACHE_FILE_MAX ? -1 : make_folder(folder);
    const char *made = arena_printf(arena, "%s.%ld", key, (long)getpid());
    if (at < 0) {
        return;
    }
    const int fd = openat(at, made, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    const bool ok = fd >= 0 && write_all(fd, bytes, len);
    if (fd >= 0 && (close(fd) != 0 || !ok || renameat(at, made, at, key) != 0)) {
        (void)unlinkat(at, made, 0);
    }
    remove_oldest(arena, at);
    (void)close(at);
}
