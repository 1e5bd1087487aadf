/*
 * migrations_swap.c - replicated by hard links, exchanged, retired.
 *
 * A replica's directories get owner, mode and times of theirs; what cannot be kept so (rights of
 * another owner, extended attributes, another file system below) makes the swap impossible. Files
 * are the same ones under a second name, so whatever they are, they stay. Somebody may write while
 * the links are made: what is in the old folder and not in the new one after the exchange is moved
 * over before the old one goes.
 */
#define _GNU_SOURCE /* syscall */

#include "base/common.h"

#include "runtime/history/migrations_swap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/file.h"
#include "base/place.h"
#include "runtime/host/chance.h"
#include "runtime/host/folder.h"

#define SWAP_SUFFIX ".bellows-swap-"

/* A folder that holds more is no migrations folder as we know it, and a replica would take long. */
enum { ENTRY_LIMIT = 20 * 1000, DEPTH_LIMIT = 16, XATTR_NAMES = 256 };

typedef struct Swap {
    int parent;
    const char *name;  /* of the folder */
    const char *fresh; /* of the replica */
    dev_t device;
    int entries;
    int depth;
} Swap;

static int open_folder(int parent, const char *name)
{
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void close_if_open(int fd)
{
    if (fd >= 0) {
        close(fd);
    }
}

/* Calls `visit` with each entry's name and its facts until one says false. */
typedef bool Visit(Swap *swap, int folder, int other, const char *name, const struct stat *info);

static bool each_entry(Swap *swap, int folder, int other, Visit *visit)
{
    const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = own < 0 ? NULL : fdopendir(own);
    bool ok = list != NULL;
    if (!ok) {
        close_if_open(own);
        return false;
    }
    struct stat info;
    errno = 0;
    for (struct dirent *at = readdir(list); ok && at != NULL; at = ok ? readdir(list) : NULL) {
        if (strcmp(at->d_name, ".") != 0 && strcmp(at->d_name, "..") != 0) {
            ok = fstatat(folder, at->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
                 visit(swap, folder, other, at->d_name, &info);
        }
        errno = 0;
    }
    ok = ok && errno == 0;
    closedir(list);
    return ok;
}

/* Both sides of a directory below are opened, visited and closed. */
static bool below(Swap *swap, int folder, int other, const char *name, Visit *visit)
{
    const int a = open_folder(folder, name);
    const int b = open_folder(other, name);
    bool ok = a >= 0 && b >= 0 && swap->depth < DEPTH_LIMIT;
    swap->depth++;
    ok = ok && each_entry(swap, a, b, visit);
    swap->depth--;
    close_if_open(a);
    close_if_open(b);
    return ok;
}

/* --- the replica --- */

/* Labels that the kernel gives by itself are given to the replica, too. */
static bool has_attributes(int folder)
{
    char names[XATTR_NAMES];
    const ssize_t len = flistxattr(folder, names, sizeof names);
    if (len < 0) {
        return errno != ENOTSUP;
    }
    for (const char *at = names; at < names + len; at += strlen(at) + 1) {
        if (strncmp(at, "security.", strlen("security.")) != 0) {
            return true;
        }
    }
    return false;
}

static bool is_replicable(const Swap *swap, int folder, struct stat *ret_info)
{
    return fstat(folder, ret_info) == 0 && ret_info->st_uid == geteuid() &&
           ret_info->st_dev == swap->device && !has_attributes(folder);
}

/* Last, for what is added changes a folder's time. */
static bool take_after(int folder, const struct stat *model)
{
    struct stat info;
    const struct timespec times[] = {model->st_atim, model->st_mtim};
    return fstat(folder, &info) == 0 &&
           (info.st_gid == model->st_gid || fchown(folder, (uid_t)-1, model->st_gid) == 0) &&
           fchmod(folder, model->st_mode & 07777) == 0 && !has_attributes(folder) &&
           futimens(folder, times) == 0;
}

static bool replicate(Swap *swap, int from, int to, const char *name, const struct stat *info)
{
    if (++swap->entries > ENTRY_LIMIT) {
        return false;
    }
    if (!S_ISDIR(info->st_mode)) {
        return linkat(from, name, to, name, 0) == 0;
    }
    struct stat model;
    if (mkdirat(to, name, 0700) != 0) {
        return false;
    }
    const int original = open_folder(from, name);
    const int copy = open_folder(to, name);
    const bool ok = original >= 0 && copy >= 0 && is_replicable(swap, original, &model) &&
                    below(swap, from, to, name, replicate) && take_after(copy, &model);
    close_if_open(original);
    close_if_open(copy);
    return ok;
}

/* --- the old folder, after the exchange --- */

static bool is_newer(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* Of two files of one name the one that was written last stays. */
static bool retire(Swap *swap, int old, int now, const char *name, const struct stat *info)
{
    struct stat other;
    const bool both = fstatat(now, name, &other, AT_SYMLINK_NOFOLLOW) == 0;
    if (!both) {
        return renameat(old, name, now, name) == 0;
    }
    if (S_ISDIR(info->st_mode) && S_ISDIR(other.st_mode)) {
        return below(swap, old, now, name, retire) && unlinkat(old, name, AT_REMOVEDIR) == 0;
    }
    const bool same = other.st_dev == info->st_dev && other.st_ino == info->st_ino;
    if (!same && is_newer(&info->st_mtim, &other.st_mtim)) {
        return renameat(old, name, now, name) == 0;
    }
    return unlinkat(old, name, 0) == 0;
}

/* --- the exchange --- */

static const char *fresh_name(Arena *arena, const char *name)
{
    char uuid[UUID_SIZE];
    chance_uuid(uuid);
    return arena_printf(arena, "%s" SWAP_SUFFIX "%s", name, uuid);
}

/* The kernel's own call: not every libc has a function for it. */
static bool change_places(const Swap *swap)
{
    return syscall(SYS_renameat2, swap->parent, swap->fresh, swap->parent, swap->name,
                   RENAME_EXCHANGE) == 0;
}

/* True when the two have changed places. */
static bool exchange(Swap *swap, int old, int fresh, bool (*add)(void *cx, int folder), void *cx)
{
    struct stat model;
    return is_replicable(swap, old, &model) && each_entry(swap, old, fresh, replicate) &&
           add(cx, fresh) && take_after(fresh, &model) && fsync(fresh) == 0 && change_places(swap);
}

static bool swap_in(Swap *swap, bool (*add)(void *cx, int folder), void *cx)
{
    struct stat above;
    const int old = open_folder(swap->parent, swap->name);
    bool ok = old >= 0 && fstat(swap->parent, &above) == 0 &&
              mkdirat(swap->parent, swap->fresh, 0700) == 0;
    swap->device = ok ? above.st_dev : 0;
    const int fresh = ok ? open_folder(swap->parent, swap->fresh) : -1;
    ok = fresh >= 0 && exchange(swap, old, fresh, add, cx);
    if (ok) {
        (void)fsync(swap->parent); /* before the only other names of the files go */
        (void)!each_entry(swap, old, fresh, retire);
        (void)!unlinkat(swap->parent, swap->fresh, AT_REMOVEDIR); /* or the next run sweeps it */
    } else {
        (void)!folder_remove_in(swap->parent, swap->fresh);
    }
    close_if_open(old);
    close_if_open(fresh);
    return ok;
}

/* The folder where it is held: what `path` leads to may be another one in the next moment. */
static bool hold(Arena *arena, const char *path, Place *ret_place)
{
    const bool held = place_find(arena, path, ret_place) && ret_place->entry >= 0 &&
                      strcmp(ret_place->name, ".") != 0;
    if (!held) {
        place_leave(ret_place);
    }
    return held;
}

bool migrations_swap(Arena *arena, const char *path, bool (*add)(void *cx, int folder), void *cx)
{
    Place place;
    const char *real = folder_real(path, arena);
    if (real == NULL || folder_is_stood_in(real) || !hold(arena, path, &place)) {
        return false;
    }
    Swap swap = {.name = place.name, .fresh = fresh_name(arena, place.name)};
    swap.parent = openat(place.folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = swap.parent >= 0 && swap_in(&swap, add, cx);
    close_if_open(swap.parent);
    place_leave(&place);
    return ok;
}

/* --- what killed runs have left --- */

void migrations_swap_sweep(Arena *arena, const char *path)
{
    Place place;
    struct stat info;
    if (!hold(arena, path, &place)) {
        return;
    }
    const char *prefix = arena_printf(arena, "%s" SWAP_SUFFIX, place.name);
    const char **names = folder_list_open(place.folder, prefix, arena);
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strlen(names[i]) == strlen(prefix) + UUID_SIZE - 1 &&
            fstatat(place.folder, names[i], &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISDIR(info.st_mode) && info.st_uid == geteuid()) {
            /* links, and texts that were never seen */
            (void)!folder_remove_in(place.folder, names[i]);
        }
    }
    place_leave(&place);
}
