#include "base/common.h"

#include "runtime/generate/seed.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "base/text/json_text.h"
#include "runtime/host/folder.h"
#include "runtime/host/process.h"

enum { COMMAND_LIMIT = 1 << 20 };

static bool read_entry(Arena *arena, const char *folder, Diagnostics *diags,
                       SeedCommand *ret_command)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    json_error_t problem;
    const char *path = path_join(arena, folder, "package.json");
    if (!file_read(arena, path, &text, &len, &error)) {
        diag_report(diags, DIAG_PACKAGE_JSON, span_none(), path, file_error(error));
        return false;
    }
    json_t *root = json_of_file(text, len, &problem);
    if (root == NULL) {
        diag_report(diags, DIAG_PACKAGE_JSON, span_none(), path, problem.text);
        return false;
    }
    const char *seed = json_string_value(json_object_get(json_object_get(root, "prisma"), "seed"));
    *ret_command = (SeedCommand){.directory = folder};
    if (seed != NULL && seed[0] != '\0') {
        ret_command->command = arena_strdup(arena, seed);
    }
    json_decref(root);
    return true;
}

bool seed_find(Arena *arena, const char *directory, Diagnostics *diags, SeedCommand *ret_command)
{
    const char *at = folder_real(directory, arena);
    *ret_command = (SeedCommand){0};
    while (at != NULL) {
        if (file_exists(path_join(arena, at, "package.json"))) {
            return read_entry(arena, at, diags, ret_command);
        }
        at = strcmp(at, "/") == 0 ? NULL : path_folder(arena, at);
    }
    return true;
}

/* 'text' as one word of /bin/sh. */
static void add_word(StrBuf *out, const char *text)
{
    strbuf_add(out, " '");
    for (const char *at = text; *at != '\0'; at++) {
        strbuf_add(out, *at == '\'' ? "'\\''" : (const char[]){*at, '\0'});
    }
    strbuf_char(out, '\'');
}

static void exec_shell(const SeedCommand *command, const char *line, const char *const *environment)
{
    for (size_t i = 0; environment != NULL && environment[i] != NULL; i++) {
        const char *equals = strchr(environment[i], '=');
        if (equals != NULL) {
            size_t len = (size_t)(equals - environment[i]);
            char *name = strndup(environment[i], len); /* lint: allocation - gone with exec */
            setenv(name, equals + 1, 1);               /* lint: environment - the child's own */
            free(name);                                /* lint: allocation - see above */
        }
    }
    (void)signal(SIGPIPE, SIG_DFL);
    if (chdir(command->directory) == 0) {
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    }
    _exit(127);
}

enum { POLL_MS = 10, GRACE_MS = 1000 };

/* Where nobody sits at a terminal the command's programs are a group, and all of them are meant. At
 * one they stay in ours: only that may read from it, and Ctrl-C reaches all of it. */
static bool is_group(void)
{
    return isatty(STDIN_FILENO) != 1;
}

static bool signal_all(pid_t child, int number)
{
    return kill(is_group() ? -child : child, number) == 0;
}

/* The shell may be gone before its programs are. */
static void end_rest(pid_t child)
{
    for (long waited = 0; signal_all(child, 0); waited += POLL_MS) {
        if (waited >= GRACE_MS) {
            (void)signal_all(child, SIGKILL);
            return;
        }
        process_nap(POLL_MS);
    }
}

/* A terminal's Ctrl-C has reached the command, too; another's signal only us. One that does not end
 * when it is asked to is ended. */
static bool wait_for(pid_t child, const volatile sig_atomic_t *interrupted, int *ret_status)
{
    long since = -1; /* the interrupt */
    for (;;) {
        const pid_t ended = waitpid(child, ret_status, WNOHANG);
        if (ended == child || (ended < 0 && errno != EINTR)) {
            if (since >= 0 && is_group()) {
                end_rest(child);
            }
            return ended == child;
        }
        if (since < 0 && interrupted != NULL && *interrupted != 0) {
            since = 0;
            (void)signal_all(child, SIGTERM);
        } else if (since >= GRACE_MS) {
            (void)signal_all(child, SIGKILL);
        }
        since += since >= 0 ? POLL_MS : 0;
        process_nap(POLL_MS);
    }
}

bool seed_run(Arena *arena, const SeedCommand *command, const char *const *arguments,
              size_t argument_count, const char *const *environment, Diagnostics *diags)
{
    int status = 0;
    StrBuf line = strbuf_new(COMMAND_LIMIT);
    strbuf_add(&line, command->command);
    for (size_t i = 0; i < argument_count; i++) {
        add_word(&line, arguments[i]);
    }
    const char *text = strbuf_take(&line, arena);
    pid_t child = fork();
    if (child == 0) {
        (void)!(is_group() && setpgid(0, 0) == 0); /* in ours still does its work */
        exec_shell(command, text, environment);
    }
    if (child < 0 || !wait_for(child, command->interrupted, &status)) {
        diag_report(diags, DIAG_SEED_FAILED, span_none(), strerror(errno), command->command);
        return false;
    }
    if (WIFSIGNALED(status)) {
        const char *how = arena_printf(arena, "signal %d", WTERMSIG(status));
        diag_report(diags, DIAG_SEED_FAILED, span_none(), how, command->command);
        return false;
    }
    if (WEXITSTATUS(status) != 0) {
        const char *how = arena_printf(arena, "exit code %d", WEXITSTATUS(status));
        diag_report(diags, DIAG_SEED_FAILED, span_none(), how, command->command);
        return false;
    }
    return true;
}
