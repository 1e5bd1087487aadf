/*
 * server.h - a private PostgreSQL: the one installed on the machine, run by us for us.
 *
 * Two kinds. A *project* server keeps a development database in a folder of the project, outlives
 * the command that started it, and is found again by the next. A *temporary* one serves a shadow
 * database, a rehearsal or a test, and is gone when its owner is.
 *
 * How a temporary server never outlives its owner, not even one killed with SIGKILL: between owner
 * and server stands a watchdog, a child of the owner in a session of its own. It waits on a pipe
 * whose other end only the owner has; the kernel closes that end whatever the owner dies of. Then
 * the watchdog stops the server and removes the folder. Should the watchdog die as well (the
 * machine did), the next temporary server sweeps such folders away.
 *
 * Who runs it: PostgreSQL refuses to be root. Root's servers run as the owner of the folder where
 * that is somebody else, else as `postgres`, else as `nobody`. Nobody else can connect: there is a
 * unix socket in a folder only the server's account (and root) may enter, no TCP, and behind that
 * door everyone is trusted.
 *
 * Whether one runs is told by a lock the server inherits and the kernel releases with its last
 * process; the pid files of crashed servers are therefore never believed, and removed. A second
 * lock makes commands that start or stop the same server wait for each other.
 *
 * Layout of a server's home:  data/ the cluster · socket/ · log · lock · alive · .gitignore
 *
 * Memory: results live in the arena that is passed. Errors: E056x, reported once.
 */
#ifndef BELLOWS_RUNTIME_SERVER_SERVER_H
#define BELLOWS_RUNTIME_SERVER_SERVER_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"

/* What the environment says; read by whoever may (the command line), passed on from there. */
typedef struct ServerPlaces {
    const char *programs; /* the folder of the server programs to use; NULL: the newest found */
    const char *path;     /* folders to search for server programs, `:` between; NULL: none */
    const char *cache; /* where fresh clusters are kept to be copied, e.g. ~/.cache/bellows; NULL:
                          nowhere */
    const char *temporary; /* for temporary servers; NULL: /tmp */
} ServerPlaces;

typedef struct ServerOptions {
    ServerPlaces places;
    const char *folder; /* of a project server, e.g. .bellows/postgres; NULL: a temporary one */
    int major;          /* of the server programs; 0: the newest, or what `folder` was made by */
    const char *const
        *settings; /* more of PostgreSQL's own, `name=value`; NULL-terminated or NULL */
} ServerOptions;

typedef struct ServerStatus {
    bool exists;         /* there is a cluster */
    bool running;        /* ... and a server */
    pid_t pid;           /* 0 unless running */
    const char *home;    /* where everything is */
    const char *log;     /* the server's own */
    const char *version; /* of the cluster, "15"; NULL unless it exists */
    const char *url;     /* of the maintenance database; NULL unless running */
} ServerStatus;

typedef struct Server Server;

/*
 * Starts a server, or finds the project's running, and returns once it takes connections. The
 * superuser is `postgres`. A temporary server belongs to the calling process.
 */
MUST_CHECK bool server_start(const ServerOptions *options, Arena *arena, Diagnostics *diags,
                             Server **ret_server);

/* A superuser's URL of `database` (not created here; `postgres` is always there). */
const char *server_url(const Server *server, const char *database);
/* "15.20" */
const char *server_version(const Server *server);
/* Where it keeps everything. */
const char *server_home(const Server *server);

/* Stops the server; a temporary one is removed with all its data. Accepts NULL. */
MUST_CHECK bool server_stop(Server *server, Diagnostics *diags);

/* The project server of `options->folder`: looked at, stopped, removed with all its data. */
MUST_CHECK bool server_status(const ServerOptions *options, Arena *arena, Diagnostics *diags,
                              ServerStatus *ret_status);
MUST_CHECK bool server_stop_project(const ServerOptions *options, Arena *arena, Diagnostics *diags);
MUST_CHECK bool server_remove_project(const ServerOptions *options, Arena *arena,
                                      Diagnostics *diags);

/* Whether server programs are installed at all; says nothing otherwise. */
bool server_is_installed(const ServerPlaces *places, Arena *arena);

#endif
