/*
 * server_find.c - which PostgreSQL server programs are on this machine.
 *
 * In:  the folder that was named, else PATH; `pg_config --bindir`; the folders packages install to.
 * Out: the newest folder that has both initdb and a postgres that tells its version. Ties go to the
 * one found first. Where a folder was named, no other is looked at.
 */
#include "base/common.h"

#include "runtime/server/server_internal.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "runtime/host/folder.h"

typedef struct Search {
    Arena *arena;
    int major;
    ServerPrograms best;
    VEC(const char *) seen;
} Search;

static bool was_seen(const Search *cx, const char *folder)
{
    for (size_t i = 0; i < cx->seen.count; i++) {
        if (strcmp(cx->seen.items[i], folder) == 0) {
            return true;
        }
    }
    return false;
}

/* "postgres (PostgreSQL) 15.20 (Debian ...)": the word after the closing parenthesis. */
static bool parse_version(Arena *arena, const char *text, ServerPrograms *ret_programs)
{
    const char *word = strstr(text, "(PostgreSQL) ");
    if (word == NULL) {
        return false;
    }
    word += strlen("(PostgreSQL) ");
    char *rest = NULL;
    long major = strtol(word, &rest, 10);
    if (rest == word || major <= 0 || major > 1000) {
        return false;
    }
    ret_programs->version = arena_strndup(arena, word, strcspn(word, " \n"));
    ret_programs->major = (int)major;
    ret_programs->minor = *rest == '.' ? (int)strtol(rest + 1, NULL, 10) : -1;
    return true;
}

static bool ask_version(Arena *arena, const char *folder, ServerPrograms *ret_programs)
{
    const char *postgres = arena_printf(arena, "%s/postgres", folder);
    const char *initdb = arena_printf(arena, "%s/initdb", folder);
    if (access(postgres, X_OK) != 0 || access(initdb, X_OK) != 0) {
        return false;
    }
    const char *const argv[] = {postgres, "--version", NULL};
    ProcessResult result;
    if (!process_run(argv, NULL, arena, &result) || result.status != 0) {
        return false;
    }
    ret_programs->folder = folder;
    return parse_version(arena, result.output, ret_programs);
}

static bool is_newer(const ServerPrograms *a, const ServerPrograms *b)
{
    return a->major != b->major ? a->major > b->major : a->minor > b->minor;
}

static void consider(Search *cx, const char *folder)
{
    if (was_seen(cx, folder)) {
        return;
    }
    vec_push(cx->arena, &cx->seen, folder);
    ServerPrograms found = {0};
    if (ask_version(cx->arena, folder, &found) && (cx->major == 0 || cx->major == found.major) &&
        (cx->best.folder == NULL || is_newer(&found, &cx->best))) {
        cx->best = found;
    }
}

/* PATH may hold links to single programs: the folder that counts is where initdb really is. */
static void consider_program(Search *cx, const char *folder)
{
    const char *path = folder_real(arena_printf(cx->arena, "%s/initdb", folder), cx->arena);
    if (path != NULL) {
        const char *slash = strrchr(path, '/');
        consider(cx, arena_strndup(cx->arena, path, (size_t)(slash - path)));
    }
}

static void consider_path(Search *cx, const char *path)
{
    while (path != NULL && *path != '\0') {
        size_t len = strcspn(path, ":");
        if (len > 0) {
            consider_program(cx, arena_strndup(cx->arena, path, len));
        }
        path += len + (path[len] == ':' ? 1 : 0);
    }
}

static void consider_pg_config(Search *cx)
{
    const char *const argv[] = {"pg_config", "--bindir", NULL};
    ProcessResult result;
    if (process_run(argv, NULL, cx->arena, &result) && result.status == 0) {
        consider_program(cx, arena_strndup(cx->arena, result.output, strcspn(result.output, "\n")));
    }
}

/* Debian; Red Hat; Homebrew on both kinds of Mac; from source. */
static void consider_packages(Search *cx)
{
    static const char *const patterns[] = {
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin", "/usr/local/pgsql/bin"};
    for (size_t i = 0; i < lengthof(patterns); i++) {
        glob_t found = {0};
        if (glob(patterns[i], 0, NULL, &found) == 0) {
            for (size_t j = 0; j < found.gl_pathc; j++) {
                consider_program(cx, found.gl_pathv[j]);
            }
        }
        globfree(&found);
    }
}

bool server_find(const ServerPlaces *places, int major, Arena *arena, ServerPrograms *ret_programs)
{
    Search cx = {.arena = arena, .major = major};
    if (places->programs != NULL && places->programs[0] != '\0') {
        consider(&cx, places->programs);
    } else {
        consider_path(&cx, places->path);
        consider_pg_config(&cx);
        consider_packages(&cx);
    }
    if (cx.best.folder == NULL) {
        return false;
    }
    *ret_programs = cx.best;
    return true;
}

bool server_is_installed(const ServerPlaces *places, Arena *arena)
{
    ServerPrograms programs;
    return server_find(places, 0, arena, &programs);
}
