/* realpath is of the X/Open family, outside the POSIX base that our flags ask for. */
#define _XOPEN_SOURCE 700

#include "base/common.h"

#include "runtime/host/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/place.h"
#include "base/vec.h"

enum { PATH_LIMIT = 64 * 1024, FOLDER_MODE = 0700, PARENT_MODE = 0755 };

static bool give(int fd, const Account *owner)
{
    return owner == NULL || fchown(fd, owner->uid, owner->gid) == 0;
}

bool folder_is_empty(int fd)
{
    const int copy = dup(fd);
    DIR *list = copy < 0 ? NULL : fdopendir(copy);
    if (list == NULL) {
        if (copy >= 0) {
            (void)close(copy);
        }
        return false;
    }
    bool empty = true;
    for (const struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    }
    (void)closedir(list);
    return empty;
}

/* --- making --- */

/* What we have just made: empty, and ours; or given already, by another command that found it there
 * the moment we had made it. */
static bool give_fresh(const void *cx, int fd)
{
    struct stat info;
    const Account *owner = cx;
    if (owner == NULL) {
        return true;
    }
    errno = EPERM;
    return fstat(fd, &info) == 0 &&
           (info.st_uid == owner->uid ||
            (info.st_uid == geteuid() && folder_is_empty(fd) && give(fd, owner)));
}

bool folder_make(const char *path, const Account *owner)
{
    const PlaceMaking making = {
        .above = PARENT_MODE, .last = FOLDER_MODE, .made = give_fresh, .cx = owner};
    return place_make(path, &making);
}

const char *folder_real(const char *path, Arena *arena)
{
    char *real = realpath(path, NULL);
    const char *copy = real == NULL ? NULL : arena_strdup(arena, real);
    free(real); /* lint: allocation - realpath's */
    return copy;
}

/* --- who is there --- */

static bool is_at_or_below(const char *path, const char *real)
{
    const size_t len = strlen(real);
    return strncmp(path, real, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* Processes of others do not tell us where they are; without /proc nobody does. */
bool folder_is_stood_in(const char *real)
{
    char link[64], place[PATH_LIMIT];
    DIR *list = opendir("/proc");
    bool found = false;
    for (const struct dirent *at = list == NULL ? NULL : readdir(list); at != NULL && !found;
         at = readdir(list)) {
        const int len = snprintf(link, sizeof link, "/proc/%.20s/cwd", at->d_name);
        const ssize_t size = len > 0 && at->d_name[0] >= '0' && at->d_name[0] <= '9'
                                 ? readlink(link, place, sizeof place - 1)
                                 : -1;
        if (size > 0) {
            place[size] = '\0';
            found = is_at_or_below(place, real);
        }
    }
    if (list != NULL) {
        (void)closedir(list);
    }
    return found;
}

/* --- walking: one entry at a time, relative to an open folder --- */

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int open_folder(int parent, const char *name)
{
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* The next entry that is not a dot; NULL at the end, errno 0, or on an error, errno set. */
static struct dirent *next_entry(DIR *list)
{
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(list);
        if (entry == NULL || !is_dots(entry->d_name)) {
            return entry;
        }
    }
}

/* closedir that keeps errno for the caller's report. */
static void close_list(DIR *list)
{
    int error = errno;
    (void)closedir(list);
    errno = error;
}

static void close_file(int fd)
{
    int error = errno;
    (void)close(fd);
    errno = error;
}

/* --- listing --- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **names_in(DIR *list, const char *prefix, Arena *arena)
{
    VEC(const char *) names = {0};
    if (list != NULL) {
        for (struct dirent *entry = next_entry(list); entry != NULL; entry = next_entry(list)) {
            if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0) {
                vec_push(arena, &names, arena_strdup(arena, entry->d_name));
            }
        }
        close_list(list);
    }
    vec_push(arena, &names, NULL);
    qsort(names.items, names.count - 1, sizeof(*names.items), compare_names);
    return names.items;
}

const char **folder_list(const char *path, const char *prefix, Arena *arena)
{
    return names_in(opendir(path), prefix, arena);
}

const char **folder_list_open(int fd, const char *prefix, Arena *arena)
{
    const int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = own < 0 ? NULL : fdopendir(own);
    if (own >= 0 && list == NULL) {
        (void)close(own);
    }
    return names_in(list, prefix, arena);
}

/* --- removing --- */

static bool remove_entry(int parent, const char *name);

/* Takes `fd`. Deleting while listing is allowed, but what is left over is listed again. */
static bool empty_folder(int fd)
{
    DIR *list = fdopendir(fd);
    if (list == NULL) {
        close_file(fd);
        return false;
    }
    bool done = true;
    for (struct dirent *entry = next_entry(list); entry != NULL; entry = next_entry(list)) {
        done = remove_entry(dirfd(list), entry->d_name);
        if (!done) {
            break;
        }
    }
    done = done && errno == 0;
    close_list(list);
    return done;
}

static bool remove_entry(int parent, const char *name)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) {
        return true;
    }
    int fd = open_folder(parent, name);
    if (fd < 0) {
        return errno == ENOENT;
    }
    return empty_folder(fd) && (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT);
}

bool folder_remove_in(int parent, const char *name)
{
    return remove_entry(parent, name);
}

bool folder_remove(const char *path)
{
    const char *name;
    const int parent = place_open_above(path, &name);
    const bool gone = parent < 0 ? errno == ENOENT : remove_entry(parent, name);
    if (parent >= 0) {
        close_file(parent);
    }
    return gone;
}

/* --- copying --- */

static bool write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        size_t step = written > 0 ? (size_t)written : 0;
        bytes += step;
        count -= step;
    }
    return true;
}

static bool copy_bytes(int from, int to)
{
    char block[64 * 1024];
    for (;;) {
        ssize_t count = read(from, block, sizeof(block));
        if (count == 0) {
            return true;
        }
        if (count < 0 ? errno != EINTR : !write_all(to, block, (size_t)count)) {
            return false;
        }
    }
}

static bool copy_file(int from_folder, int to_folder, const char *name, const Account *owner)
{
    int from = openat(from_folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0) {
        return false;
    }
    int to = openat(to_folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool done = to >= 0 && copy_bytes(from, to) && give(to, owner);
    if (to >= 0) {
        close_file(to);
    }
    close_file(from);
    return done;
}

static bool copy_folder(int from_parent, const char *from_name, int to_parent, const char *to_name,
                        const Account *owner);

/* Links and special files are left out: a cluster at rest has none. */
static bool copy_entry(int from, int to, const char *name, const Account *owner)
{
    struct stat info;
    if (fstatat(from, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return false;
    }
    if (S_ISDIR(info.st_mode)) {
        return copy_folder(from, name, to, name, owner);
    }
    return !S_ISREG(info.st_mode) || copy_file(from, to, name, owner);
}

static bool copy_entries(DIR *list, int to, const Account *owner)
{
    for (struct dirent *entry = next_entry(list); entry != NULL; entry = next_entry(list)) {
        if (!copy_entry(dirfd(list), to, entry->d_name, owner)) {
            return false;
        }
    }
    return errno == 0;
}

static bool copy_folder(int from_parent, const char *from_name, int to_parent, const char *to_name,
                        const Account *owner)
{
    int from = open_folder(from_parent, from_name);
    if (from < 0) {
        return false;
    }
    DIR *list = fdopendir(from);
    if (list == NULL) {
        close_file(from);
        return false;
    }
    bool done = mkdirat(to_parent, to_name, FOLDER_MODE) == 0;
    int to = done ? open_folder(to_parent, to_name) : -1;
    done = to >= 0 && copy_entries(list, to, owner) && give(to, owner);
    if (to >= 0) {
        close_file(to);
    }
    close_list(list);
    return done;
}

bool folder_copy(const char *from, const char *to, const Account *owner)
{
    const char *name;
    const int above = place_open_above(to, &name);
    const bool done = above >= 0 && copy_folder(AT_FDCWD, from, above, name, owner);
    if (above >= 0) {
        close_file(above);
    }
    return done;
}

/* --- one entry --- */

bool folder_move(const char *old, const char *new)
{
    const char *old_name, *new_name;
    const int from = place_open_above(old, &old_name);
    const int to = from < 0 ? -1 : place_open_above(new, &new_name);
    const bool done = to >= 0 && renameat(from, old_name, to, new_name) == 0;
    if (from >= 0) {
        close_file(from);
    }
    if (to >= 0) {
        close_file(to);
    }
    return done;
}

bool folder_remove_one(const char *path, int flags)
{
    const char *name;
    const int above = place_open_above(path, &name);
    const bool done = above >= 0 && unlinkat(above, name, flags) == 0;
    if (above >= 0) {
        close_file(above);
    }
    return done;
}
