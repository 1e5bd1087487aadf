/*
 * swapped.c - a folder changes places with a link between two calls of a program that it is loaded
 * into (LD_PRELOAD).
 *
 * What is a race for whoever attacks is a certainty here: before the SWAP_AT-th call that takes a
 * path of the project, SWAP_FOLDER and SWAP_LINK exchange their places. How many such calls there
 * were is written to SWAP_COUNT at the end. Children run without it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long wanted;
static long calls;
static char folder[4096], other[4096], counted[4096], project[4096];

static void keep(char *to, const char *name)
{
    const char *text = getenv(name);
    snprintf(to, 4096, "%s", text == NULL ? "" : text);
}

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("SWAP_AT");
    wanted = at == NULL ? 0 : strtol(at, NULL, 10);
    keep(folder, "SWAP_FOLDER");
    keep(other, "SWAP_LINK");
    keep(counted, "SWAP_COUNT");
    keep(project, "PWD");
    unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void end(void)
{
    FILE *file = counted[0] == '\0' ? NULL : fopen(counted, "w");
    if (file != NULL) {
        fprintf(file, "%ld\n", calls);
        fclose(file);
    }
}

static void step(const char *path)
{
    if ((path[0] != '/' || strncmp(path, project, strlen(project)) == 0) && ++calls == wanted) {
        syscall(SYS_renameat2, AT_FDCWD, folder, AT_FDCWD, other, RENAME_EXCHANGE);
    }
}

#define NEXT(type, name, ...)                                                                      \
    static type (*next)(__VA_ARGS__);                                                              \
    if (next == NULL) {                                                                            \
        *(void **)&next = dlsym(RTLD_NEXT, name);                                                  \
    }                                                                                              \
    step(path)

static int mode_of(int flags, va_list list)
{
    return (flags & O_CREAT) != 0 ? va_arg(list, int) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const int mode = mode_of(flags, list);
    va_end(list);
    NEXT(int, "open", const char *, int, ...);
    return next(path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const int mode = mode_of(flags, list);
    va_end(list);
    NEXT(int, "openat", int, const char *, int, ...);
    return next(at, path, flags, mode);
}

#define HOOK(type, name, parameters, types, ...)                                                   \
    type name parameters                                                                           \
    {                                                                                              \
        NEXT(type, #name, types);                                                                  \
        return next(__VA_ARGS__);                                                                  \
    }
#define TYPES(...) __VA_ARGS__

HOOK(int, mkdir, (const char *path, mode_t mode), TYPES(const char *, mode_t), path, mode)
HOOK(int, mkdirat, (int at, const char *path, mode_t mode), TYPES(int, const char *, mode_t), at,
     path, mode)
HOOK(char *, mkdtemp, (char *path), TYPES(char *), path)
HOOK(int, rename, (const char *path, const char *to), TYPES(const char *, const char *), path, to)
HOOK(int, renameat, (int at, const char *path, int to_at, const char *to),
     TYPES(int, const char *, int, const char *), at, path, to_at, to)
HOOK(int, unlinkat, (int at, const char *path, int flags), TYPES(int, const char *, int), at, path,
     flags)
HOOK(int, rmdir, (const char *path), TYPES(const char *), path)
HOOK(int, access, (const char *path, int mode), TYPES(const char *, int), path, mode)
HOOK(int, stat, (const char *path, struct stat *to), TYPES(const char *, struct stat *), path, to)
HOOK(int, lstat, (const char *path, struct stat *to), TYPES(const char *, struct stat *), path, to)
HOOK(int, fstatat, (int at, const char *path, struct stat *to, int flags),
     TYPES(int, const char *, struct stat *, int), at, path, to, flags)
HOOK(char *, realpath, (const char *path, char *to), TYPES(const char *, char *), path, to)
HOOK(DIR *, opendir, (const char *path), TYPES(const char *), path)
