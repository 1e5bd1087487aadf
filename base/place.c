/*
 * place.c - a path walked by openat, one component at a time, none of them followed by the kernel.
 */
#define _GNU_SOURCE /* O_PATH */
#include "base/common.h"

#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { LINKS_MAX = 40, TARGET_MAX = 4096 }; /* as the kernel's */
enum { HANDLE = O_PATH | O_NOFOLLOW | O_CLOEXEC };

typedef struct Walk {
    Arena *arena;
    const PlaceMaking *making; /* NULL: what is missing stays so */
    unsigned links;
    const char *refused;
    uid_t maker;
} Walk;

static void close_kept(int fd)
{
    const int error = errno;
    if (fd >= 0) {
        (void)close(fd);
    }
    errno = error;
}

void place_leave(Place *place)
{
    close_kept(place->folder);
    close_kept(place->entry);
    place->folder = place->entry = -1;
}

static bool is_folder(int fd)
{
    struct stat info;
    const bool is = fd >= 0 && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
    errno = is ? errno : fd < 0 ? ENOENT : ENOTDIR;
    return is;
}

static bool walk(Walk *w, int from, const char *above, const char *path, Place *ret);

/* --- links --- */

static bool refuse(Walk *w, const char *said, uid_t maker)
{
    if (w->refused == NULL) {
        w->refused = said;
        w->maker = maker;
    }
    errno = ELOOP;
    return false;
}

/* Is what the link ends at its maker's? */
static bool is_makers(const Place *end, uid_t maker)
{
    struct stat info;
    return end->entry >= 0 && fstat(end->entry, &info) == 0 && info.st_uid == maker;
}

/* `at`: a link that stands in `from`, and is called `said`. */
static bool follow(Walk *w, int from, int at, const struct stat *info, const char *said, Place *ret)
{
    char target[TARGET_MAX];
    const ssize_t len = readlinkat(at, "", target, sizeof target - 1);
    if (len <= 0) {
        return false;
    }
    target[len] = '\0';
    const bool ours = info->st_uid == geteuid() || info->st_uid == 0;
    if (++w->links > LINKS_MAX) {
        return refuse(w, said, info->st_uid);
    }
    const PlaceMaking *making = w->making;
    w->making = ours ? making : NULL; /* nothing is made before its end is looked at */
    const bool found = walk(w, from, path_folder(w->arena, said), target, ret);
    w->making = making;
    if (ours || (found && is_makers(ret, info->st_uid))) {
        return found;
    }
    if (found) {
        place_leave(ret);
    }
    return refuse(w, said, info->st_uid);
}

/* --- components --- */

/* Takes `folder`. Any entry of it, none yet, or where a link leads. */
static bool settle(Walk *w, int folder, const char *name, const char *said, Place *ret)
{
    struct stat info;
    const int entry = openat(folder, name, HANDLE);
    const bool looked = entry >= 0 ? fstat(entry, &info) == 0 : errno == ENOENT;
    if (looked && entry >= 0 && S_ISLNK(info.st_mode)) {
        const bool found = follow(w, folder, entry, &info, said, ret);
        close_kept(entry);
        close_kept(folder);
        return found;
    }
    *ret = (Place){.folder = folder, .entry = entry, .name = name};
    if (!looked) {
        place_leave(ret);
    }
    return looked;
}

static bool make_in(const PlaceMaking *making, Place *place, mode_t mode)
{
    const bool fresh = mkdirat(place->folder, place->name, mode) == 0;
    if (!fresh && errno != EEXIST) {
        return false;
    }
    const int made =
        openat(place->folder, place->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    const bool ok = made >= 0 && (!fresh || making->made == NULL || making->made(making->cx, made));
    if (!ok) {
        close_kept(made);
        return false;
    }
    place->entry = made;
    return true;
}

/* Takes `folder`; the folder `name` in it, or -1. */
static int enter(Walk *w, int folder, const char *name, const char *said, mode_t mode)
{
    Place place;
    if (!settle(w, folder, name, said, &place)) {
        return -1;
    }
    const bool ok = (place.entry >= 0 || w->making == NULL || make_in(w->making, &place, mode)) &&
                    is_folder(place.entry);
    const int entered = ok ? place.entry : -1;
    place.entry = ok ? -1 : place.entry;
    place_leave(&place);
    return entered;
}

/* `above`: what the folder `from` is called, for messages. */
static bool walk(Walk *w, int from, const char *above, const char *path, Place *ret)
{
    const bool is_absolute = path[0] == '/';
    int at = openat(is_absolute ? AT_FDCWD : from, is_absolute ? "/" : ".",
                    O_PATH | O_DIRECTORY | O_CLOEXEC);
    const char *said = is_absolute ? "/" : above, *name = ".";
    for (path += strspn(path, "/"); at >= 0 && *path != '\0'; path += strspn(path, "/")) {
        const size_t len = strcspn(path, "/");
        name = arena_strndup(w->arena, path, len);
        said = path_join(w->arena, said, name);
        path += len;
        if (path[strspn(path, "/")] == '\0' && strcmp(name, "..") != 0) {
            return settle(w, at, name, said, ret);
        }
        at = enter(w, at, name, said, w->making == NULL ? 0 : w->making->above);
    }
    return at >= 0 && settle(w, at, ".", said, ret);
}

/* --- whole paths --- */

bool place_find(Arena *arena, const char *path, Place *ret_place)
{
    Walk w = {.arena = arena};
    *ret_place = (Place){.folder = -1, .entry = -1};
    const bool found = walk(&w, AT_FDCWD, ".", path, ret_place);
    ret_place->link = w.refused;
    ret_place->maker = w.maker;
    return found;
}

/* The folder `path` by its handle, or -1. */
static int hold_folder(const char *path, const PlaceMaking *making)
{
    Place end = {.folder = -1, .entry = -1};
    Walk w = {.arena = arena_new(), .making = making};
    const bool found = walk(&w, AT_FDCWD, ".", path, &end) &&
                       (end.entry >= 0 || making == NULL || make_in(making, &end, making->last)) &&
                       is_folder(end.entry);
    const int fd = found ? end.entry : -1;
    end.entry = found ? -1 : end.entry;
    place_leave(&end);
    const int error = errno;
    arena_free(w.arena);
    errno = error;
    return fd;
}

int place_open_folder(const char *path)
{
    const int held = hold_folder(path, NULL);
    const int fd = held < 0 ? -1 : openat(held, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    close_kept(held);
    return fd;
}

int place_open_above(const char *path, const char **ret_name)
{
    const char *slash = strrchr(path, '/');
    *ret_name = slash == NULL ? path : slash + 1;
    Arena *arena = arena_new();
    const int fd = hold_folder(arena_strndup(arena, path, (size_t)(*ret_name - path)), NULL);
    const int error = errno;
    arena_free(arena);
    errno = error;
    return fd;
}

bool place_make(const char *path, const PlaceMaking *making)
{
    const int fd = hold_folder(path, making);
    close_kept(fd);
    return fd >= 0;
}
