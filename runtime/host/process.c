/* setgroups is older than POSIX and not in it; setresuid is not either. */
#define _GNU_SOURCE

#include "base/common.h"

#include "runtime/host/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/vec.h"

extern char **environ;

enum { OUTPUT_MAX = 64 * 1024, STATUS_NOT_STARTED = 127, STATUS_SIGNAL = 128 };

static bool changes_a_server(const char *variable)
{
    static const char *const prefixes[] = {"PG", "LC_", "LANG=", "LANGUAGE=", "TZ="};
    for (size_t i = 0; i < lengthof(prefixes); i++) {
        if (strncmp(variable, prefixes[i], strlen(prefixes[i])) == 0) {
            return true;
        }
    }
    return false;
}

char **process_environment(Arena *arena)
{
    VEC(char *) list = {0};
    for (char **at = environ; at != NULL && *at != NULL; at++) {
        if (!changes_a_server(*at)) {
            vec_push(arena, &list, *at);
        }
    }
    vec_push(arena, &list, arena_strdup(arena, "LC_ALL=C"));
    vec_push(arena, &list, arena_strdup(arena, "TZ=UTC"));
    vec_push(arena, &list, NULL);
    return list.items;
}

static bool is_replaced(const char *variable, const char *const variables[])
{
    for (size_t i = 0; variables[i] != NULL; i++) {
        size_t len = strcspn(variables[i], "=") + 1;
        if (strncmp(variable, variables[i], len) == 0) {
            return true;
        }
    }
    return false;
}

char **process_environment_with(Arena *arena, const char *const variables[])
{
    VEC(char *) list = {0};
    for (char **at = environ; at != NULL && *at != NULL; at++) {
        if (!is_replaced(*at, variables)) {
            vec_push(arena, &list, *at);
        }
    }
    for (size_t i = 0; variables[i] != NULL; i++) {
        vec_push(arena, &list, arena_strdup(arena, variables[i]));
    }
    vec_push(arena, &list, NULL);
    return list.items;
}

bool process_pipe(int ret_ends[2])
{
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        (void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        ret_ends[i] = ends[i];
    }
    return true;
}

void process_nap(long milliseconds)
{
    struct timespec rest = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = milliseconds % 1000 * 1000000};
    (void)nanosleep(&rest, NULL);
}

/* --- in the child --- */

static bool is_kept(int fd, const int *kept, size_t kept_count)
{
    for (size_t i = 0; i < kept_count; i++) {
        if (kept[i] == fd) {
            return true;
        }
    }
    return false;
}

/* Asks the system which descriptors are open: trying every possible number can take seconds. */
static bool close_listed(const char *folder, const int *kept, size_t kept_count)
{
    DIR *list = opendir(folder);
    if (list == NULL) {
        return false;
    }
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        int fd = (int)strtol(entry->d_name, NULL, 10);
        if (fd > STDERR_FILENO && fd != dirfd(list) && !is_kept(fd, kept, kept_count)) {
            (void)close(fd);
        }
    }
    (void)closedir(list);
    return true;
}

static void close_others(const int *kept, size_t kept_count)
{
    enum { GUESS = 1024 };
    if (close_listed("/proc/self/fd", kept, kept_count) ||
        close_listed("/dev/fd", kept, kept_count)) {
        return;
    }
    for (int fd = STDERR_FILENO + 1; fd < GUESS; fd++) {
        if (!is_kept(fd, kept, kept_count)) {
            (void)close(fd);
        }
    }
}

static void redirect(int from, int to)
{
    if (from >= 0 && from != to) {
        (void)dup2(from, to);
    }
}

void process_detach(int output, const int *kept, size_t kept_count)
{
    (void)setsid();
    if (chdir("/") != 0) {
        _exit(STATUS_NOT_STARTED);
    }
    int nowhere = open("/dev/null", O_RDWR);
    redirect(nowhere, STDIN_FILENO);
    redirect(output >= 0 ? output : nowhere, STDOUT_FILENO);
    redirect(output >= 0 ? output : nowhere, STDERR_FILENO);
    close_others(kept, kept_count);
}

/* Root as we were started, now somebody else: the saved user is still root. */
static bool is_acting(void)
{
    uid_t real, effective, saved;
    return getresuid(&real, &effective, &saved) == 0 && effective != 0 && saved == 0;
}

bool process_act_as(const Account *account)
{
    return account == NULL ||
           (setgroups(1, &account->gid) == 0 && setresgid(account->gid, account->gid, 0) == 0 &&
            setresuid(account->uid, account->uid, 0) == 0);
}

/* Where the system refuses, we go on with fewer rights. */
void process_act_as_ourselves(void)
{
    const gid_t group = 0;
    if (is_acting() && setresuid(0, 0, 0) == 0) {
        (void)!(setresgid(0, 0, 0) == 0 && setgroups(1, &group) == 0);
    }
}

/* For good: what we could become again is given up as well. */
static bool stay_as_acting(void)
{
    const gid_t group = getegid();
    const uid_t user = geteuid();
    return !is_acting() ||
           (setresgid(group, group, group) == 0 && setresuid(user, user, user) == 0);
}

bool process_become(const Account *account)
{
    if (account == NULL) {
        return stay_as_acting();
    }
    return setgroups(1, &account->gid) == 0 && setgid(account->gid) == 0 &&
           setuid(account->uid) == 0 && geteuid() == account->uid;
}

void process_exec(const char *const argv[], char *const environment[])
{
    static const int usual[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGPIPE, SIGALRM,
                                SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2};
    for (size_t i = 0; i < lengthof(usual); i++) {
        (void)signal(usual[i], SIG_DFL);
    }
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    environ = (char **)(uintptr_t)environment;
    /* exec takes `char *const *` for history's sake and writes to nothing. */
    (void)execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(STATUS_NOT_STARTED);
}

/* --- running to the end --- */

int process_status(int wait_status)
{
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status)
                                  : STATUS_SIGNAL + WTERMSIG(wait_status);
}

int process_wait(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return STATUS_NOT_STARTED;
        }
    }
    return process_status(status);
}

/* Reads to the end even when the text is full, or the program would wait for us for ever. */
static const char *read_output(int fd, Arena *arena)
{
    StrBuf text = strbuf_new(OUTPUT_MAX + 1);
    char block[4096];
    for (;;) {
        ssize_t count = read(fd, block, sizeof(block));
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return strbuf_take(&text, arena);
        }
        size_t space = OUTPUT_MAX - text.len;
        size_t fresh = count > 0 ? (size_t)count : 0;
        strbuf_addn(&text, block, fresh < space ? fresh : space);
    }
}

static _Noreturn void run_child(const char *const argv[], const Account *account, int output,
                                char *const environment[])
{
    int nowhere = open("/dev/null", O_RDONLY);
    redirect(nowhere, STDIN_FILENO);
    redirect(output, STDOUT_FILENO);
    redirect(output, STDERR_FILENO);
    /* The account need not reach the folder we stand in, and then its programs complain. */
    if (!process_become(account) || (account != NULL && chdir("/") != 0)) {
        _exit(STATUS_NOT_STARTED);
    }
    process_exec(argv, environment);
}

bool process_run(const char *const argv[], const Account *account, Arena *arena,
                 ProcessResult *ret_result)
{
    char **environment = process_environment(arena);
    int ends[2];
    if (!process_pipe(ends)) {
        return false;
    }
    pid_t pid = fork();
    if (pid == 0) {
        run_child(argv, account, ends[1], environment);
    }
    (void)close(ends[1]);
    if (pid > 0) {
        const char *output = read_output(ends[0], arena);
        *ret_result = (ProcessResult){.status = process_wait(pid), .output = output};
    }
    (void)close(ends[0]);
    return pid > 0;
}

bool process_may(const Account *account, const char *path, int mode)
{
    if (account == NULL) {
        return access(path, mode) == 0;
    }
    pid_t pid = fork();
    if (pid == 0) {
        _exit(process_become(account) && access(path, mode) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    return pid > 0 && process_wait(pid) == EXIT_SUCCESS;
}
