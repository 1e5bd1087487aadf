/*
 * fuzz_answers.c - any bytes as what a generator writes, instead of an answer or before it.
 *
 * Promises: no crash, no endless wait; a manifest that is read holds texts; anything else is told.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "runtime/generate/generator.h"

/* The generator's own words go to our stderr: not to be seen a million times. */
static int silence(void)
{
    const int kept = dup(STDERR_FILENO);
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    (void)dup2(nowhere, STDERR_FILENO);
    (void)close(nowhere);
    return kept;
}

static void speak(int kept)
{
    (void)dup2(kept, STDERR_FILENO);
    (void)close(kept);
}

static const char *file(void)
{
    static char path[64];
    if (path[0] == '\0') {
        snprintf(path, sizeof path, "/tmp/fuzz-answers-XXXXXX");
        const int fd = mkstemp(path);
        FUZZ_DEMAND(fd >= 0, "no file");
        (void)close(fd);
    }
    return path;
}

void fuzz_one(const char *text, size_t len)
{
    static const volatile sig_atomic_t interrupted;
    World world = world_new();
    int error = 0;
    FUZZ_DEMAND(file_write(file(), text, len, &error), "%s", strerror(error));
    const char *const argv[] = {"/bin/sh", "-c", "read -r question; exec cat \"$0\" >&2", file(),
                                NULL};
    char *const environment[] = {NULL};
    Generator generator = {.name = "client",
                           .provider = "sh",
                           .arena = world.arena,
                           .diags = world.diags,
                           .interrupted = &interrupted};
    const GeneratorCommand command = {.argv = argv};
    GeneratorManifest manifest = {0};
    const int kept = silence();
    const bool ok = generator_start(&generator, &command, environment) &&
                    generator_get_manifest(&generator, "{}", &manifest);
    generator_stop(&generator);
    speak(kept);
    FUZZ_DEMAND(ok || world.diags->errors > 0, "a generator fails without a word");
    world_free(&world);
}
