/*
 * server.c - the private PostgreSQL, put together from its parts (server_internal.h names them).
 */
#include "base/common.h"

#include "runtime/server/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "runtime/host/folder.h"
#include "runtime/server/server_internal.h"

struct Server {
    Arena *arena;
    ServerHome home;
    ServerProcess process;
    const char *folder; /* of the project; NULL for a temporary one */
    pid_t owner; /* a temporary server is stopped by the process that started it, not by a fork of
                    it */
    const char *version;
};

enum { URL_MAX = 4096 };

/* --- as whom --- */

/* Root gives up its rights before it looks at anything in somebody else's project, where links lead
 * and names change as that user likes. The cache, which other projects start from, is left alone.
 */
static bool enter(const ServerOptions *options, Arena *arena, Diagnostics *diags,
                  ServerOptions *ret_options)
{
    const Account *foreign = server_home_foreign(options->folder, arena);
    *ret_options = *options;
    if (foreign == NULL) {
        return true;
    }
    ret_options->places.cache = NULL;
    if (!process_act_as(foreign)) {
        diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "act as the owner of", options->folder,
                    strerror(errno));
        return false;
    }
    return true;
}

/* --- what it says about itself --- */

/* Percent-encoding of what a URL would read otherwise; slashes may stay. */
static void add_encoded(StrBuf *out, const char *text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    for (; *text != '\0'; text++) {
        if (strchr(plain, *text) != NULL) {
            strbuf_char(out, *text);
        } else {
            strbuf_printf(out, "%%%02X", (unsigned char)*text);
        }
    }
}

static const char *url_of(const ServerHome *home, const char *database, Arena *arena)
{
    StrBuf url = strbuf_new(URL_MAX);
    strbuf_add(&url, "postgresql://postgres@localhost:5432/");
    add_encoded(&url, database);
    strbuf_add(&url, "?host=");
    add_encoded(&url, home->socket);
    return strbuf_take(&url, arena);
}

const char *server_url(const Server *server, const char *database)
{
    return url_of(&server->home, database, server->arena);
}

const char *server_version(const Server *server)
{
    return server->version;
}

const char *server_home(const Server *server)
{
    return server->home.folder;
}

/* --- starting --- */

/* The version an existing cluster needs, else the wanted one. */
static bool find_programs(const ServerOptions *options, const ServerHome *home, Arena *arena,
                          Diagnostics *diags, ServerPrograms *ret_programs)
{
    const char *needed = server_cluster_version(home, arena);
    int major = needed == NULL ? options->major : (int)strtol(needed, NULL, 10);
    if (server_find(&options->places, major, arena, ret_programs)) {
        return true;
    }
    if (major == 0) {
        diag_report_plain(diags, DIAG_SERVER_NOT_INSTALLED, span_none());
    } else {
        const char *number = diag_number(diags, major);
        diag_report(diags, DIAG_SERVER_VERSION_MISSING, span_none(), number, home->folder, number);
    }
    return false;
}

static bool start_in(Server *server, const ServerOptions *options, Diagnostics *diags)
{
    ServerHome *home = &server->home;
    Arena *arena = server->arena;
    ServerPrograms programs;
    if (!find_programs(options, home, arena, diags, &programs)) {
        return false;
    }
    server->version = programs.version;
    bool running = false;
    if (!server_process_settle(home, arena, diags, &running)) {
        return false;
    }
    if (running) {
        return true;
    }
    return server_cluster_make(home, &programs, options->places.cache, arena, diags) &&
           server_process_start(home, &programs, options->settings, arena, diags, &server->process);
}

/* The lock makes a second command wait until the first one's server is ready, and then find it
 * running. */
static bool start_project(Server *server, const ServerOptions *options, Diagnostics *diags)
{
    if (!server_home_project(options, true, server->arena, diags, &server->home)) {
        return false;
    }
    int lock = server_lock(&server->home, server->home.lock, true);
    if (lock < 0) {
        diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "lock", server->home.lock,
                    strerror(errno));
        return false;
    }
    bool started = start_in(server, options, diags);
    (void)close(lock);
    return started;
}

/* Ends what there is of a temporary server: the watchdog does the work, and without one, we do. */
static bool end_temporary(Server *server)
{
    if (server->process.leash < 0) {
        return server_home_remove(&server->home);
    }
    (void)close(server->process.leash);
    server->process.leash = -1;
    return process_wait(server->process.child) == EXIT_SUCCESS;
}

static bool start_temporary(Server *server, const ServerOptions *options, Diagnostics *diags)
{
    if (!server_home_temporary(options, server->arena, diags, &server->home)) {
        return false;
    }
    if (!start_in(server, options, diags)) {
        (void)!end_temporary(server);
        return false;
    }
    return true;
}

bool server_start(const ServerOptions *options, Arena *arena, Diagnostics *diags,
                  Server **ret_server)
{
    Server *server = arena_make(arena, Server);
    ServerOptions own;
    *server = (Server){.arena = arena, .process = {.leash = -1}, .owner = getpid()};
    server->folder = options->folder;
    bool started = enter(options, arena, diags, &own) &&
                   (own.folder == NULL ? start_temporary(server, &own, diags)
                                       : start_project(server, &own, diags));
    process_act_as_ourselves();
    if (started) {
        *ret_server = server;
    }
    return started;
}

/* --- stopping --- */

/* Not while another command starts it. Without the lock (a full disk) it is stopped all the same.
 */
static bool stop_locked(const ServerHome *home, Arena *arena, Diagnostics *diags)
{
    int lock = server_lock(home, home->lock, true);
    bool stopped = server_process_stop(home, arena, diags);
    if (lock >= 0) {
        (void)close(lock);
    }
    return stopped;
}

bool server_stop(Server *server, Diagnostics *diags)
{
    if (server == NULL || (server->home.temporary && server->owner != getpid())) {
        return true;
    }
    if (!server->home.temporary) {
        ServerOptions own;
        const bool stopped =
            enter(&(ServerOptions){.folder = server->folder}, server->arena, diags, &own) &&
            stop_locked(&server->home, server->arena, diags);
        process_act_as_ourselves();
        return stopped;
    }
    if (!end_temporary(server)) {
        diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "remove", server->home.folder,
                    "its files could not all be removed");
        return false;
    }
    return true;
}

static bool stop_project(const ServerOptions *options, Arena *arena, Diagnostics *diags)
{
    ServerHome home;
    if (!server_home_project(options, false, arena, diags, &home)) {
        return false;
    }
    if (server_cluster_version(&home, arena) == NULL) {
        return true;
    }
    return stop_locked(&home, arena, diags);
}

bool server_stop_project(const ServerOptions *options, Arena *arena, Diagnostics *diags)
{
    ServerOptions own;
    const bool stopped = enter(options, arena, diags, &own) && stop_project(&own, arena, diags);
    process_act_as_ourselves();
    return stopped;
}

static bool remove_project(const ServerOptions *options, Arena *arena, Diagnostics *diags)
{
    ServerHome home;
    if (!stop_project(options, arena, diags) ||
        !server_home_project(options, false, arena, diags, &home)) {
        return false;
    }
    /* Where the home had to be elsewhere, an empty folder stands for it in the project. */
    if (!server_home_remove(&home) || !folder_remove(options->folder)) {
        diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "remove", home.folder, strerror(errno));
        return false;
    }
    return true;
}

bool server_remove_project(const ServerOptions *options, Arena *arena, Diagnostics *diags)
{
    ServerOptions own;
    const bool removed = enter(options, arena, diags, &own) && remove_project(&own, arena, diags);
    process_act_as_ourselves();
    return removed;
}

static bool look_at(const ServerOptions *options, Arena *arena, Diagnostics *diags,
                    ServerStatus *ret_status)
{
    ServerHome home;
    if (!server_home_project(options, false, arena, diags, &home)) {
        return false;
    }
    ServerStatus status = {
        .home = home.folder, .log = home.log, .version = server_cluster_version(&home, arena)};
    status.exists = status.version != NULL;
    status.running = status.exists && server_is_running(&home, arena);
    if (status.running) {
        status.pid = server_pid_file(&home, arena).pid;
        status.url = url_of(&home, "postgres", arena);
    }
    *ret_status = status;
    return true;
}

bool server_status(const ServerOptions *options, Arena *arena, Diagnostics *diags,
                   ServerStatus *ret_status)
{
    ServerOptions own;
    const bool done = enter(options, arena, diags, &own) && look_at(&own, arena, diags, ret_status);
    process_act_as_ourselves();
    return done;
}
