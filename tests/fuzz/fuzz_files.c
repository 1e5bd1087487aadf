/*
 * fuzz_files.c - any bytes as the small files of a project: package.json (the seed command, the
 * schema) and migration_lock.toml.
 *
 * Promises: no crash; what cannot be used is reported.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "runtime/generate/seed.h"
#include "runtime/history/migrations.h"

/* One folder for all runs of the process. */
static const char *folder(void)
{
    static char path[64];
    if (path[0] == '\0') {
        snprintf(path, sizeof path, "/tmp/fuzz-files-XXXXXX");
        FUZZ_DEMAND(mkdtemp(path) != NULL, "no folder");
    }
    return path;
}

static void write_file(World *world, const char *name, const char *text, size_t len)
{
    int error = 0;
    const char *path = path_join(world->arena, folder(), name);
    FUZZ_DEMAND(file_write(path, text, len, &error), "%s: %s", path, strerror(error));
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    SeedCommand seed = {0};
    Migrations *migrations = NULL;
    write_file(&world, "package.json", text, len);
    write_file(&world, "migration_lock.toml", text, len);
    const bool found = seed_find(world.arena, folder(), world.diags, &seed);
    FUZZ_DEMAND(found || world.diags->errors > 0, "package.json is refused without a word");
    FUZZ_DEMAND(!found || seed.command == NULL || seed.command[0] != '\0', "an empty command");
    const size_t before = world.diags->errors;
    const bool good = migrations_read(world.arena, folder(), world.diags, &migrations) &&
                      migrations_check_lock(migrations, world.diags);
    FUZZ_DEMAND(good || world.diags->errors > before, "the lock file is refused without a word");
    world_free(&world);
}
