/*
 * repository.c - the name of a file for services that know the repository, not the working
 * directory.
 *
 * The root: what the service says (GITHUB_WORKSPACE, CI_PROJECT_DIR) where the working directory
 * lies in it, else the nearest folder from the working directory upwards that holds `.git`.
 */
#include "base/common.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/report/report_internal.h"

/* The rest of `path` below `root`, "" for itself; NULL: it lies elsewhere. */
static const char *below(const char *root, const char *path)
{
    const size_t len = strcmp(root, "/") == 0 ? 0 : strlen(root);
    if (strncmp(root, path, len) != 0 || (path[len] != '/' && path[len] != '\0')) {
        return NULL;
    }
    return path[len] == '/' ? path + len + 1 : "";
}

/* "/a/./b/../c" is "/a/c": the folders are not looked at, as a path is written so is it shown. */
static char *flattened(Arena *arena, const char *path)
{
    char *out = arena_strdup(arena, "");
    char *rest = arena_strdup(arena, path);
    for (char *part = strtok_r(rest, "/", &rest); part != NULL; part = strtok_r(NULL, "/", &rest)) {
        char *slash = strrchr(out, '/');
        if (strcmp(part, "..") == 0 && slash != NULL) {
            *slash = '\0';
        } else if (strcmp(part, ".") != 0 && strcmp(part, "..") != 0) {
            out = arena_printf(arena, "%s/%s", out, part);
        }
    }
    return out;
}

typedef bool (*IsRoot)(Arena *arena, const char *folder, const struct stat *wanted);

static bool is_same(Arena *arena, const char *folder, const struct stat *wanted)
{
    struct stat at;
    (void)arena;
    return stat(folder, &at) == 0 && at.st_dev == wanted->st_dev && at.st_ino == wanted->st_ino;
}

static bool holds_git(Arena *arena, const char *folder, const struct stat *wanted)
{
    (void)wanted;
    return file_exists(path_join(arena, folder, ".git"));
}

/* The nearest folder from `here` upwards that is it; NULL: none. */
static const char *root_above(Arena *arena, const char *here, IsRoot is_root,
                              const struct stat *wanted)
{
    char *folder = arena_strdup(arena, here);
    while (folder[0] != '\0') {
        if (is_root(arena, folder, wanted)) {
            return folder;
        }
        *strrchr(folder, '/') = '\0';
    }
    return NULL;
}

static const char *find_root(Arena *arena, const char *here)
{
    static const char *const variables[] = {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"};
    for (size_t i = 0; i < lengthof(variables); i++) {
        struct stat wanted;
        const char *value = environment(variables[i]);
        if (value != NULL && value[0] == '/' && stat(value, &wanted) == 0) {
            const char *root = root_above(arena, here, is_same, &wanted);
            if (root != NULL) {
                return root;
            }
        }
    }
    return root_above(arena, here, holds_git, NULL);
}

const char *repository_path(Arena *arena, const char *path)
{
    char here[PATH_MAX];
    if (path == NULL || getcwd(here, sizeof here) == NULL || here[0] != '/') {
        return path;
    }
    const char *root = find_root(arena, here);
    const char *whole = path[0] == '/' ? path : arena_printf(arena, "%s/%s", here, path);
    const char *inside = root == NULL ? NULL : below(root, flattened(arena, whole));
    return inside == NULL || inside[0] == '\0' ? path : inside;
}
