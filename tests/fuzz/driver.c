/*
 * driver.c - runs a fuzz driver without a fuzzer: on saved inputs, and on mutations of them.
 *
 *     fuzz_x [--mutations N] [--seed N] [--last FILE] PATH...
 *
 * A PATH is a file or a folder of files. --last names the file each input is written to before it
 * runs, so that the one that crashed is there afterwards. Fails when there was nothing to run, and
 * at an input that takes five seconds of the processor or a gigabyte (both far more than any
 * needs).
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/file.h"

enum { SECONDS_MAX = 5, KIB_MAX = 1 << 20 };

typedef struct Request {
    unsigned mutations, seed;
    const char *last;
    size_t runs;
} Request;

static void too_long(int signal)
{
    (void)signal;
    static const char said[] = "demanded: an input is done within 5 seconds\n";
    (void)!write(STDERR_FILENO, said, sizeof said - 1);
    abort();
}

/* The processor's time, not the clock's: a busy machine is no fault of the input. */
static void limit_time(time_t seconds)
{
    const struct itimerval limit = {.it_value = {.tv_sec = seconds}};
    signal(SIGPROF, too_long);
    setitimer(ITIMER_PROF, &limit, NULL);
}

static void look_at_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    FUZZ_DEMAND(usage.ru_maxrss < KIB_MAX, "%ld KiB", usage.ru_maxrss);
}

/* The input is at the very end of its memory, so that reading on is seen. */
static void run_one(Request *request, const char *text, size_t len)
{
    int error = 0;
    if (request->last != NULL && !file_write(request->last, text, len, &error)) {
        fprintf(stderr, "%s: %s\n", request->last, strerror(error));
        exit(1);
    }
    char *copy = malloc(len == 0 ? 1 : len);
    memcpy(copy, text, len);
    limit_time(SECONDS_MAX);
    fuzz_one(copy, len);
    limit_time(0);
    look_at_memory();
    free(copy);
    request->runs++;
}

static bool run_file(Request *request, const char *path)
{
    Arena *arena = arena_new();
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    bool ok = file_read(arena, path, &text, &len, &error);
    if (!ok) {
        fprintf(stderr, "%s: %s\n", path, strerror(error));
    } else if (len <= FUZZ_INPUT_MAX) {
        run_one(request, text, len);
        char *other = arena_array(arena, char, FUZZ_INPUT_MAX);
        for (unsigned i = 0; i < request->mutations; i++) {
            memcpy(other, text, len);
            run_one(request, other, fuzz_mutate(other, len, FUZZ_INPUT_MAX, request->seed + i));
        }
    }
    arena_free(arena);
    return ok;
}

static bool run_path(Request *request, const char *path)
{
    if (!file_is_folder(path)) {
        return run_file(request, path);
    }
    Arena *arena = arena_new();
    PathList paths = {0};
    int error = 0;
    bool ok = files_below(arena, path, "", &paths, &error);
    vec_each(const char *, at, &paths) {
        ok = ok && run_file(request, *at);
    }
    arena_free(arena);
    return ok;
}

int main(int argc, char **argv)
{
    Request request = {.seed = 1};
    bool ok = true;
    for (int i = 1; i < argc && ok; i++) {
        bool valued = i + 1 < argc;
        if (strcmp(argv[i], "--mutations") == 0 && valued) {
            request.mutations = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--seed") == 0 && valued) {
            request.seed = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--last") == 0 && valued) {
            request.last = argv[++i];
        } else {
            ok = run_path(&request, argv[i]);
        }
    }
    printf("%zu inputs\n", request.runs);
    return ok && request.runs > 0 ? 0 : 1;
}
