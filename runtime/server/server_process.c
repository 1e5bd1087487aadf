/*
 * server_process.c - the running server: started, watched, asked, stopped.
 *
 * In:  a home with a cluster.   Out: a server that takes connections, or its own words why not.
 * The family of a temporary server is owner -> watchdog -> server (server.h says why); a project's
 * server is a plain daemon. Waiting is done in short naps between looks at the server's pid file,
 * whose last line turns `ready`; nothing spins.
 */
#include "base/common.h"

#include "runtime/server/server_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "runtime/host/folder.h"

enum {
    NAP = 5,                /* milliseconds between two looks */
    START_PATIENCE = 60000, /* a recovery after a crash takes its time */
    STOP_PATIENCE = 60000,  /* a fast stop, before it becomes an immediate one */
    KILL_PATIENCE = 10000,  /* an immediate stop, before SIGKILL */
    LOG_TAIL = 2000,        /* bytes of the log that a failed start shows */
    PID_FILE_MAX = 4096,
};

/* --- looking --- */

/* A file of ours; a link there is not followed, a pipe is not waited for. -1: there is none. */
static int open_own(const char *path, struct stat *ret_info)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, ret_info) != 0 || !S_ISREG(ret_info->st_mode))) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

static const char *read_start(const char *path, size_t max, off_t from_end, Arena *arena)
{
    struct stat info;
    int fd = open_own(path, &info);
    if (fd < 0) {
        return NULL;
    }
    if (from_end > 0) {
        (void)lseek(fd, info.st_size > from_end ? info.st_size - from_end : 0, SEEK_SET);
    }
    char *text = arena_alloc(arena, max + 1);
    ssize_t count = read(fd, text, max);
    (void)close(fd);
    return count < 0 ? NULL : text;
}

/* Lines of postmaster.pid: pid, data, start, port, socket folder, address, shared memory, status.
 */
ServerPidFile server_pid_file(const ServerHome *home, Arena *arena)
{
    enum { STATUS_LINE = 7 };
    const char *path = path_join(arena, home->data, "postmaster.pid");
    const char *text = read_start(path, PID_FILE_MAX, 0, arena);
    if (text == NULL) {
        return (ServerPidFile){0};
    }
    /* A stand-alone backend writes its pid negated. */
    ServerPidFile file = {.pid = (pid_t)labs(strtol(text, NULL, 10))};
    for (int line = 0; line < STATUS_LINE && text != NULL; line++) {
        text = strchr(text, '\n');
        text = text == NULL ? NULL : text + 1;
    }
    file.ready = text != NULL && strncmp(text, "ready", strlen("ready")) == 0;
    return file;
}

/* Whether somebody listens at the home's socket. */
static bool answers(const ServerHome *home)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    StrBuf path = strbuf_new(STRBUF_MAX);
    strbuf_printf(&path, "%s/.s.PGSQL.5432", home->socket);
    bool fits = path.len < sizeof(address.sun_path);
    memcpy(address.sun_path, strbuf_text(&path), fits ? path.len : 0);
    strbuf_dispose(&path);
    int fd = fits ? socket(AF_UNIX, SOCK_STREAM, 0) : -1;
    if (fd < 0) {
        return false;
    }
    bool connected = connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0;
    (void)close(fd);
    return connected;
}

/* A shared lock is enough to ask, and two who ask do not disturb each other. */
static bool holds_lock(const ServerHome *home)
{
    struct stat info;
    int fd = open_own(home->alive, &info);
    if (fd < 0) {
        return false;
    }
    bool held = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    (void)close(fd);
    return held;
}

bool server_is_running(const ServerHome *home, Arena *arena)
{
    return holds_lock(home) || (server_pid_file(home, arena).pid != 0 && answers(home));
}

static bool wait_until_stopped(const ServerHome *home, long patience, Arena *arena)
{
    for (long waited = 0; waited < patience; waited += NAP) {
        if (!server_is_running(home, arena)) {
            return true;
        }
        process_nap(NAP);
    }
    return false;
}

static bool complain_start(const ServerHome *home, const char *reason, Diagnostics *diags)
{
    diag_report(diags, DIAG_SERVER_START, span_none(), reason, home->log);
    return false;
}

bool server_process_settle(const ServerHome *home, Arena *arena, Diagnostics *diags,
                           bool *ret_running)
{
    for (long waited = 0; waited < START_PATIENCE; waited += NAP) {
        bool running = server_is_running(home, arena);
        if (!running || (server_pid_file(home, arena).ready && answers(home))) {
            *ret_running = running;
            return true;
        }
        process_nap(NAP);
    }
    return complain_start(home, "an earlier one neither takes connections nor ends", diags);
}

/* --- the command --- */

/* A private server serves few and keeps no secrets of its own: quick before durable. */
static const char *const common_settings[] = {"listen_addresses=",
                                              "port=5432",
                                              "unix_socket_permissions=0700",
                                              "synchronous_commit=off",
                                              "logging_collector=off",
                                              "log_destination=stderr",
                                              "timezone=UTC",
                                              "log_timezone=UTC",
                                              "lc_messages=C",
                                              "datestyle=iso, mdy",
                                              "jit=off",
                                              "shared_buffers=32MB"};
/* What dies with its owner needs no disk at all, and leaves nothing in /dev/shm. */
static const char *const temporary_settings[] = {
    "fsync=off",        "full_page_writes=off",  "dynamic_shared_memory_type=mmap",
    "max_wal_size=1GB", "autovacuum_naptime=1h", "max_connections=200"};

typedef VEC(const char *) Arguments;

static void add_setting(Arguments *argv, const char *setting, Arena *arena)
{
    vec_push(arena, argv, "-c");
    vec_push(arena, argv, setting);
}

static const char *const *command(const ServerHome *home, const ServerPrograms *programs,
                                  const char *const *settings, Arena *arena)
{
    Arguments argv = {0};
    vec_push(arena, &argv, arena_printf(arena, "%s/postgres", programs->folder));
    vec_push(arena, &argv, "-D");
    vec_push(arena, &argv, home->data);
    add_setting(&argv, arena_printf(arena, "unix_socket_directories=%s", home->socket), arena);
    for (size_t i = 0; i < lengthof(common_settings); i++) {
        add_setting(&argv, common_settings[i], arena);
    }
    for (size_t i = 0; home->temporary && i < lengthof(temporary_settings); i++) {
        add_setting(&argv, temporary_settings[i], arena);
    }
    for (size_t i = 0; settings != NULL && settings[i] != NULL; i++) {
        add_setting(&argv, settings[i], arena);
    }
    vec_push(arena, &argv, NULL);
    return argv.items;
}

/* --- starting --- */

typedef struct Launch {
    const ServerHome *home;
    const char *const *argv;
    char **environment;
    int log;
    int alive; /* the lock that tells the server lives; every process of it inherits this */
} Launch;

/* In the server's process-to-be. `life` (-1: none) is inherited like `alive`: its end is the
 * server's. */
static _Noreturn void become_server(const Launch *launch, int life)
{
    const int kept[] = {launch->alive, life};
    process_detach(launch->log, kept, lengthof(kept));
    for (size_t i = 0; i < lengthof(kept); i++) {
        if (kept[i] >= 0) {
            (void)fcntl(kept[i], F_SETFD, 0);
        }
    }
    if (!process_become(launch->home->account)) {
        _exit(EXIT_FAILURE);
    }
    process_exec(launch->argv, launch->environment);
}

/* Waits for the other end of one of two pipes to close; true when the first one's did. */
static bool first_closes(int first, int second, int patience)
{
    struct pollfd ends[] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
    int count = poll(ends, lengthof(ends), patience);
    while (count < 0 && errno == EINTR) {
        count = poll(ends, lengthof(ends), patience);
    }
    return count > 0 && ends[0].revents != 0;
}

/* Until the owner is gone; a server that ends earlier changes nothing. Then nothing is left. */
static _Noreturn void watch(const Launch *launch, pid_t server, int leash, int life)
{
    if (!first_closes(leash, life, -1)) {
        (void)first_closes(leash, -1, -1);
    }
    /* An immediate stop: there is nothing to keep. */
    (void)kill(server, SIGQUIT);
    if (!first_closes(life, -1, KILL_PATIENCE)) {
        (void)kill(server, SIGKILL);
        (void)first_closes(life, -1, KILL_PATIENCE);
    }
    (void)process_wait(server);
    _exit(server_home_remove(launch->home) ? EXIT_SUCCESS : EXIT_FAILURE);
}

static _Noreturn void become_watchdog(const Launch *launch, int leash)
{
    const int kept[] = {leash, launch->log, launch->alive};
    process_detach(-1, kept, lengthof(kept));
    static const int ignored[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE};
    for (size_t i = 0; i < lengthof(ignored); i++) {
        (void)signal(ignored[i], SIG_IGN);
    }
    int life[2];
    pid_t server = process_pipe(life) ? fork() : -1;
    if (server == 0) {
        become_server(launch, life[1]);
    }
    if (server < 0) {
        _exit(server_home_remove(launch->home) ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    (void)close(life[1]);
    (void)close(launch->log);
    (void)close(launch->alive);
    watch(launch, server, leash, life[0]);
}

static bool launch_temporary(const Launch *launch, ServerProcess *ret_process)
{
    int leash[2];
    if (!process_pipe(leash)) {
        return false;
    }
    pid_t watchdog = fork();
    if (watchdog == 0) {
        become_watchdog(launch, leash[0]);
    }
    (void)close(leash[0]);
    if (watchdog < 0) {
        (void)close(leash[1]);
        return false;
    }
    *ret_process = (ServerProcess){.child = watchdog, .leash = leash[1]};
    return true;
}

/* A daemon is nobody's child: its starter may live on, and would have to wait for its end. */
static bool launch_project(const Launch *launch, ServerProcess *ret_process)
{
    pid_t between = fork();
    if (between == 0) {
        pid_t server = fork();
        if (server == 0) {
            become_server(launch, -1);
        }
        _exit(server > 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    *ret_process = (ServerProcess){.child = -1, .leash = -1};
    return between > 0 && process_wait(between) == EXIT_SUCCESS;
}

/* --- until it is ready --- */

static bool wait_until_ready(const ServerHome *home, Arena *arena, Diagnostics *diags)
{
    for (long waited = 0; waited < START_PATIENCE; waited += NAP) {
        if (!holds_lock(home)) {
            const char *tail = read_start(home->log, LOG_TAIL, LOG_TAIL, arena);
            return complain_start(home, tail == NULL ? "it ended at once" : tail, diags);
        }
        if (server_pid_file(home, arena).ready) {
            return true;
        }
        process_nap(NAP);
    }
    return complain_start(home, "it is not ready after a minute", diags);
}

static bool unlink_stale(const char *path, Diagnostics *diags)
{
    if (!folder_remove_one(path, 0) && errno != ENOENT) {
        diag_report(diags, DIAG_SERVER_FOLDER, span_none(), "remove", path, strerror(errno));
        return false;
    }
    return true;
}

/* Pid files without a server are from a crash, and may name somebody else's process by now. */
static bool remove_stale(const ServerHome *home, Arena *arena, Diagnostics *diags)
{
    return unlink_stale(path_join(arena, home->data, "postmaster.pid"), diags) &&
           unlink_stale(path_join(arena, home->socket, ".s.PGSQL.5432.lock"), diags) &&
           unlink_stale(path_join(arena, home->socket, ".s.PGSQL.5432"), diags);
}

static int open_log(const ServerHome *home)
{
    return server_open_file(home, home->log, O_WRONLY | O_APPEND);
}

static void close_if_open(int fd)
{
    if (fd >= 0) {
        (void)close(fd);
    }
}

bool server_process_start(const ServerHome *home, const ServerPrograms *programs,
                          const char *const *settings, Arena *arena, Diagnostics *diags,
                          ServerProcess *ret_process)
{
    if (!remove_stale(home, arena, diags)) {
        return false;
    }
    Launch launch = {.home = home,
                     .argv = command(home, programs, settings, arena),
                     .environment = process_environment(arena),
                     .log = open_log(home),
                     .alive = server_lock(home, home->alive, true)};
    bool launched = launch.log >= 0 && launch.alive >= 0 &&
                    (home->temporary ? launch_temporary(&launch, ret_process)
                                     : launch_project(&launch, ret_process));
    int error = errno;
    close_if_open(launch.log);
    close_if_open(launch.alive);
    if (!launched) {
        return complain_start(home, strerror(error), diags);
    }
    return wait_until_ready(home, arena, diags);
}

/* --- stopping --- */

/* A postmaster runs as the home's account and works in its data directory: a pid file can name
 * anybody, and where a process stands it may have been led. Without /proc the lock has to do. */
static bool is_postmaster(const ServerHome *home, pid_t pid, Arena *arena)
{
    struct stat process, stands, data;
    const uid_t uid = home->account == NULL ? geteuid() : home->account->uid;
    const char *place = arena_printf(arena, "/proc/%ld", (long)pid);
    if (access("/proc/self/cwd", F_OK) != 0) {
        return holds_lock(home);
    }
    return stat(place, &process) == 0 && process.st_uid == uid &&
           stat(arena_printf(arena, "%s/cwd", place), &stands) == 0 &&
           lstat(home->data, &data) == 0 && stands.st_dev == data.st_dev &&
           stands.st_ino == data.st_ino;
}

static bool signal_server(const ServerHome *home, pid_t pid, int number, Arena *arena)
{
    if (pid < 1 || !is_postmaster(home, pid, arena)) {
        errno = ESRCH;
        return false;
    }
    return kill(pid, number) == 0;
}

bool server_process_stop(const ServerHome *home, Arena *arena, Diagnostics *diags)
{
    if (!server_is_running(home, arena)) {
        return true;
    }
    pid_t pid = server_pid_file(home, arena).pid;
    bool asked = signal_server(home, pid, SIGINT, arena);
    bool stopped = asked && wait_until_stopped(home, STOP_PATIENCE, arena);
    if (asked && !stopped) {
        (void)!signal_server(home, pid, SIGQUIT, arena);
        stopped = wait_until_stopped(home, KILL_PATIENCE, arena);
    }
    if (stopped) {
        (void)!folder_remove_one(
            home->socket,
            AT_REMOVEDIR); /* made anew by the next start; in /tmp it would be litter */
    } else {
        const char *why = asked            ? "it took too long"
                          : errno == ESRCH ? "its pid file names a process that is not this server"
                                           : strerror(errno);
        diag_report(diags, DIAG_SERVER_STOP, span_none(), diag_number(diags, pid), why);
    }
    return stopped;
}
