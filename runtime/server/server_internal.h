/*
 * server_internal.h - what the files of the private server share; for runtime/server*.c only.
 *
 * Order of use: server_find.c (which programs) -> server_home.c (where, as whom) ->
 * server_cluster.c (initdb or a copy) -> server_process.c (start, watch, stop). server.c puts them
 * together.
 */
#ifndef BELLOWS_RUNTIME_SERVER_SERVER_INTERNAL_H
#define BELLOWS_RUNTIME_SERVER_SERVER_INTERNAL_H

#include "runtime/host/process.h"
#include "runtime/server/server.h"

/* --- server_find.c --- */

typedef struct ServerPrograms {
    const char *folder;
    const char *version; /* "15.20", "16beta1" */
    int major;
    int minor; /* -1 for a version before its first release */
} ServerPrograms;

/* The newest programs of `major` (0: of any); false when there are none. */
bool server_find(const ServerPlaces *places, int major, Arena *arena, ServerPrograms *ret_programs);

/* --- server_home.c --- */

typedef struct ServerHome {
    const char *folder;
    const char *data;
    const char *socket; /* a folder; elsewhere when `folder` is too long for a socket's address */
    const char *log;
    const char *lock;
    const char *alive;
    const Account *account; /* NULL: us */
    bool temporary;
} ServerHome;

/* Root in somebody else's project: that user, as whom everything there is to be done
 * (process_act_as). NULL: nobody else's. */
const Account *server_home_foreign(const char *folder, Arena *arena);
/* A project server's home; makes no cluster. With `create` the folders are made and checked. */
MUST_CHECK bool server_home_project(const ServerOptions *options, bool create, Arena *arena,
                                    Diagnostics *diags, ServerHome *ret_home);
/* A fresh home, after sweeping away those that crashed. */
MUST_CHECK bool server_home_temporary(const ServerOptions *options, Arena *arena,
                                      Diagnostics *diags, ServerHome *ret_home);
/* Everything of it, the socket's folder included. */
MUST_CHECK bool server_home_remove(const ServerHome *home);

/* Opens and locks `path` (a file of the home), waiting for others if `wait`. -1 when it is held or
 * fails. */
MUST_CHECK int server_lock(const ServerHome *home, const char *path, bool wait);

/* --- server_cluster.c --- */

/* "15", or NULL when there is no cluster in `home`. */
const char *server_cluster_version(const ServerHome *home, Arena *arena);

/* Makes sure of a cluster: a copy of one made before, or initdb. */
MUST_CHECK bool server_cluster_make(const ServerHome *home, const ServerPrograms *programs,
                                    const char *cache, Arena *arena, Diagnostics *diags);

/* --- server_process.c --- */

/* What the server's own pid file says. */
typedef struct ServerPidFile {
    pid_t pid; /* 0: no such file */
    bool ready;
} ServerPidFile;

ServerPidFile server_pid_file(const ServerHome *home, Arena *arena);
/* Opens a file of the home, made if missing and then given to the account. -1 when it is none of
 * its: a link, a second name of another file, somebody else's. */
MUST_CHECK int server_open_file(const ServerHome *home, const char *path, int flags);

/* Whether a server works on the cluster, by the lock or (started by hand) by its socket. */
bool server_is_running(const ServerHome *home, Arena *arena);

/*
 * Looks until the answer is firm: a server may still be in recovery, and the last processes of one
 * that crashed may still be leaving.
 */
MUST_CHECK bool server_process_settle(const ServerHome *home, Arena *arena, Diagnostics *diags,
                                      bool *ret_running);

typedef struct ServerProcess {
    pid_t child; /* the watchdog of a temporary server, else -1 */
    int leash;   /* closing it ends a temporary server; -1 */
} ServerProcess;

/* Starts and waits until it takes connections. */
MUST_CHECK bool server_process_start(const ServerHome *home, const ServerPrograms *programs,
                                     const char *const *settings, Arena *arena, Diagnostics *diags,
                                     ServerProcess *ret_process);
/* Asks the server to stop and waits until it has. */
MUST_CHECK bool server_process_stop(const ServerHome *home, Arena *arena, Diagnostics *diags);

#endif
