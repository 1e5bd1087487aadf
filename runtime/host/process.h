/*
 * process.h - other programs: running one to its end, and what a child does between fork and exec.
 *
 * No shell is ever involved: a program is a path or a name for PATH, and its arguments. A child
 * that is run to its end inherits our environment without what would change a PostgreSQL program
 * behind our back (PG*, locale, time zone); messages therefore come in English. Texts live in the
 * arena that is passed. A child we talk with is a dialogue (dialogue.h).
 */
#ifndef BELLOWS_RUNTIME_HOST_PROCESS_H
#define BELLOWS_RUNTIME_HOST_PROCESS_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/common.h"

/* Whom a child runs as. A server refuses to run as root, so root must name somebody else. */
typedef struct Account {
    uid_t uid;
    gid_t gid;
    const char *name;
} Account;

typedef struct ProcessResult {
    int status; /* exit status; 128 + signal when one ended it; 127 when it could not start */
    const char *output; /* what it wrote to stdout and stderr, the first 64 KiB */
} ProcessResult;

/*
 * Runs `argv` (NULL-terminated) as `account` (NULL: as we are) with an empty stdin and waits for
 * its end. False only when the system gives us no pipe or no process; errno says why.
 */
MUST_CHECK bool process_run(const char *const argv[], const Account *account, Arena *arena,
                            ProcessResult *ret_result);

/* Waits for the end of our child `pid`; its status as in ProcessResult. */
int process_wait(pid_t pid);

/* What a wait status means, as in ProcessResult. */
int process_status(int wait_status);

/* Our environment with `variables` ("NAME=value", NULL-terminated) in place of what they name. */
char **process_environment_with(Arena *arena, const char *const variables[]);

/* The environment of children, NULL-terminated; made before fork because it allocates. */
char **process_environment(Arena *arena);

/*
 * For a child that outlives us: its own session, `/` as working folder, stdin empty, stdout and
 * stderr to `output` (-1: nowhere), and every other descriptor closed except the `kept_count` in
 * `kept`.
 */
void process_detach(int output, const int *kept, size_t kept_count);

/* Gives up root's rights for good; a no-op for NULL. False when the system refuses. */
MUST_CHECK bool process_become(const Account *account);

/* Files are looked up and processes signalled as `account` until process_act_as_ourselves: its
 * links lead us nowhere it could not go itself. For root; a no-op for NULL. */
MUST_CHECK bool process_act_as(const Account *account);
void process_act_as_ourselves(void);

/* In a child: signals as a fresh program expects them, then the program; exits 127 when it cannot
 * start. */
_Noreturn void process_exec(const char *const argv[], char *const environment[]);

/* Whether `account` may do `mode` (R_OK | W_OK | X_OK) with `path`; asked by trying, in a child. */
bool process_may(const Account *account, const char *path, int mode);

/* A pipe both of whose ends close on exec. */
MUST_CHECK bool process_pipe(int ret_ends[2]);

/* Lets `milliseconds` pass. */
void process_nap(long milliseconds);

#endif
