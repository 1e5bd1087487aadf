/*
 * fuzz_own.c - any bytes as `bellows.json`.
 *
 * Promises: no crash; a file that cannot be used, or a key that has no meaning, is reported.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/project/own_config.h"

static void enter_folder(void)
{
    static bool entered;
    char folder[] = "/tmp/fuzz-own-XXXXXX";
    FUZZ_DEMAND(entered || (mkdtemp(folder) != NULL && chdir(folder) == 0), "no folder");
    entered = true;
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    Cli cli = {
        .arena = world.arena, .names = world.names, .sources = world.sources, .diags = world.diags};
    const OwnConfig *config = NULL;
    int error = 0;
    enter_folder();
    FUZZ_DEMAND(file_write("bellows.json", text, len, &error), "%s", strerror(error));
    FUZZ_DEMAND(project_own_config(&cli, &config) || world.diags->errors > 0,
                "the file is refused without a word");
    FUZZ_DEMAND(config != NULL, "nothing to ask");
    world_free(&world);
}
