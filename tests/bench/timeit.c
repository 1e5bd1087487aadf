/*
 * timeit.c - times a command as a whole process: `timeit RUNS COMMAND [ARG...]`.
 *
 * One warm-up that does not count, then RUNS runs with their output thrown away. Prints one JSON
 * line: wall-clock milliseconds (min, median, max), the processor's (mean) and peak memory in KiB.
 * Exits with 1 when the command could not be run or did not exit with 0.
 */
#include "base/common.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void exec_quietly(char *const *command)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

/* Wall-clock milliseconds of one run, negative when it failed. */
static double run_once(char *const *command)
{
    int status = 0;
    double start = now_ms();
    pid_t child = fork();
    if (child == 0) {
        exec_quietly(command);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        return -1;
    }
    double elapsed = now_ms() - start;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? elapsed : -1;
}

static double cpu_ms(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e3 +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    enum { MOST_RUNS = 1000 };
    static double times[MOST_RUNS];
    long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > MOST_RUNS) {
        fputs("usage: timeit RUNS COMMAND [ARG...]\n", stderr);
        return 2;
    }
    if (run_once(argv + 2) < 0) {
        fputs("timeit: the command failed\n", stderr);
        return 1;
    }
    struct rusage before, usage;
    getrusage(RUSAGE_CHILDREN, &before);
    for (long i = 0; i < runs; i++) {
        times[i] = run_once(argv + 2);
        if (times[i] < 0) {
            return 1;
        }
    }
    getrusage(RUSAGE_CHILDREN, &usage);
    qsort(times, (size_t)runs, sizeof times[0], compare);
    printf("{\"runs\": %ld, \"min\": %.2f, \"median\": %.2f, \"max\": %.2f, \"cpu\": %.2f, "
           "\"kib\": %ld}\n",
           runs, times[0], times[runs / 2], times[runs - 1],
           (cpu_ms(&usage) - cpu_ms(&before)) / (double)runs, usage.ru_maxrss);
    return 0;
}
