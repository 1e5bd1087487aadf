#include "base/common.h"

#include "runtime/generate/contract.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/host/folder.h"
#include "runtime/host/process.h"

enum { OUTPUT_MAX = 64 * 1024, WORDS_MAX = 16 };

const char *contract_program(Arena *arena, const char *folder)
{
    const char *at = folder_real(folder, arena);
    while (at != NULL) {
        const char *program = path_join(arena, at, "node_modules/.bin/prisma");
        if (access(program, X_OK) == 0) {
            return program;
        }
        const char *above = path_folder(arena, at);
        at = strcmp(above, at) == 0 ? NULL : above;
    }
    return NULL;
}

/* To the end of what it writes; what is beyond the limit is read and forgotten. */
static const char *read_all(Arena *arena, int from)
{
    StrBuf text = strbuf_new(OUTPUT_MAX);
    char piece[4096];
    ssize_t len = 0;
    while ((len = read(from, piece, sizeof piece)) > 0 || (len < 0 && errno == EINTR)) {
        if (len > 0 && text.len + (size_t)len < OUTPUT_MAX) {
            strbuf_addn(&text, piece, (size_t)len);
        }
    }
    return strbuf_take(&text, arena);
}

static _Noreturn void child(int output, const char *const argv[], char *const environment[])
{
    (void)dup2(output, STDOUT_FILENO);
    (void)dup2(output, STDERR_FILENO);
    process_exec(argv, environment);
}

bool contract_run(Arena *arena, const char *program, const char *const words[],
                  char *const environment[], ContractResult *ret_result)
{
    const char *argv[WORDS_MAX] = {program};
    int ends[2];
    for (size_t i = 0; words[i] != NULL && i + 2 < lengthof(argv); i++) {
        argv[i + 1] = words[i];
    }
    if (!process_pipe(ends)) {
        return false;
    }
    const pid_t pid = fork();
    if (pid == 0) {
        child(ends[1], argv, environment);
    }
    const int error = errno;
    (void)close(ends[1]);
    if (pid > 0) {
        ret_result->output = read_all(arena, ends[0]);
        ret_result->status = process_wait(pid);
    }
    (void)close(ends[0]);
    errno = error;
    return pid > 0;
}
