/*
 * server_cluster.c - a database cluster in a home: a copy of one made earlier, or the work of
 * initdb.
 *
 * initdb takes a second, a copy some hundredths. The first cluster each version makes is therefore
 * put into the user's cache before it is ever started, and the next ones are copies of it. The
 * cache is only a help: whatever goes wrong with it, initdb still works.
 *
 * A cluster is made under another name and renamed when it is whole, so a `data` that exists is
 * one.
 */
#include "base/common.h"

#include "runtime/server/server_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "runtime/host/folder.h"

/* UTF-8 and byte order everywhere: what we compare must not depend on the machine. Sync: see below.
 * Only what PostgreSQL 12 knows already. */
static const char *const initdb_options[] = {
    "--encoding=UTF8", "--locale=C", "--auth=trust", "--username=postgres", "--no-sync",
    "--wal-segsize=1", NULL};

enum { INITDB_ARGS = 16 };

const char *server_cluster_version(const ServerHome *home, Arena *arena)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (!file_read(arena, path_join(arena, home->data, "PG_VERSION"), &text, &len, &error)) {
        return NULL;
    }
    return arena_strndup(arena, text, strcspn(text, "\n"));
}

static bool run_initdb(const ServerHome *home, const ServerPrograms *programs, const char *data,
                       Arena *arena, Diagnostics *diags)
{
    const char *argv[INITDB_ARGS] = {arena_printf(arena, "%s/initdb", programs->folder), "-D",
                                     data};
    static_assert(lengthof(initdb_options) + 3 <= INITDB_ARGS, "initdb's options fit");
    memcpy(argv + 3, initdb_options, sizeof(initdb_options));
    ProcessResult result = {0};
    if (!process_run(argv, home->account, arena, &result)) {
        diag_report(diags, DIAG_SERVER_INITDB, span_none(), programs->folder, strerror(errno));
        return false;
    }
    if (result.status != 0) {
        diag_report(diags, DIAG_SERVER_INITDB, span_none(), programs->folder, result.output);
        return false;
    }
    return true;
}

/* --- the cache --- */

static const char *cache_name(const char *cache, const ServerPrograms *programs, Arena *arena)
{
    char digest[DIGEST_HEX_SIZE];
    const char *key = programs->folder;
    for (size_t i = 0; initdb_options[i] != NULL; i++) {
        key = arena_printf(arena, "%s %s", key, initdb_options[i]);
    }
    digest_hex(key, strlen(key), digest);
    return arena_printf(arena, "%s/cluster-%s-%.8s", cache, programs->version, digest);
}

/* Another process may do the same: each copies under its own name, and one rename wins. */
static void fill_cache(const char *data, const char *cache, const char *name, Arena *arena)
{
    const char *fresh = arena_printf(arena, "%s.%ld", name, (long)getpid());
    bool kept = folder_make(cache, NULL) && folder_remove(fresh) &&
                folder_copy(data, fresh, NULL) && folder_move(fresh, name);
    if (!kept) {
        (void)!folder_remove(fresh);
    }
}

static bool copy_or_init(const ServerHome *home, const ServerPrograms *programs, const char *cache,
                         const char *data, Arena *arena, Diagnostics *diags)
{
    const char *name = cache == NULL ? NULL : cache_name(cache, programs, arena);
    if (name != NULL && access(name, R_OK | X_OK) == 0) {
        if (folder_copy(name, data, home->account)) {
            return true;
        }
        if (!folder_remove(data)) {
            diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "remove", data, strerror(errno));
            return false;
        }
    }
    if (!run_initdb(home, programs, data, arena, diags)) {
        return false;
    }
    if (name != NULL) {
        fill_cache(data, cache, name, arena);
    }
    return true;
}

bool server_cluster_make(const ServerHome *home, const ServerPrograms *programs, const char *cache,
                         Arena *arena, Diagnostics *diags)
{
    if (server_cluster_version(home, arena) != NULL) {
        return true;
    }
    const char *fresh = arena_printf(arena, "%s.new", home->data);
    if (!folder_remove(fresh)) {
        diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "remove", fresh, strerror(errno));
        return false;
    }
    if (!copy_or_init(home, programs, cache, fresh, arena, diags)) {
        return false;
    }
    /* Without a sync: a crash of the machine in the next seconds costs a cluster that holds no data
     * yet. */
    if (!folder_move(fresh, home->data)) {
        diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "name", home->data, strerror(errno));
        return false;
    }
    return true;
}
