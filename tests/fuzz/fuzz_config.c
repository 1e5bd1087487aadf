/*
 * fuzz_config.c - any bytes as `prisma.config.ts`.
 *
 * Promises: no crash, no end of its loops and calls that is not reached; a setting that cannot be
 * told is reported.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "runtime/config/settings.h"

static const char *environment(const char *name)
{
    return strcmp(name, "A") == 0 ? "outer" : NULL;
}

/* One file for all runs of the process, in a folder of its own. */
static const char *config_path(void)
{
    static char path[80];
    if (path[0] == '\0') {
        char folder[] = "/tmp/fuzz-config-XXXXXX";
        FUZZ_DEMAND(mkdtemp(folder) != NULL, "no folder");
        snprintf(path, sizeof path, "%s/prisma.config.ts", folder);
    }
    return path;
}

/* --- by shape: the names of settings.def --- */

static void ask_TEXT(const World *world, const Settings *settings, SettingId id)
{
    const size_t before = world->diags->errors;
    const char *text = NULL, *path = NULL;
    FUZZ_DEMAND(setting_text(settings, id, world->diags, &text) || world->diags->errors > before,
                "text %d is refused without a word", (int)id);
    const size_t after = world->diags->errors;
    FUZZ_DEMAND(setting_path(settings, id, world->diags, &path) || world->diags->errors > after,
                "path %d is refused without a word", (int)id);
}

static void ask_LIST(const World *world, const Settings *settings, SettingId id)
{
    const size_t before = world->diags->errors;
    PathList list = {0};
    FUZZ_DEMAND(setting_list(settings, id, world->diags, &list) || world->diags->errors > before,
                "list %d is refused without a word", (int)id);
}

static void ask_SECTION(const World *world, const Settings *settings, SettingId id)
{
    (void)world;
    (void)setting_is_given(settings, id);
}

static void ask_ANY(const World *world, const Settings *settings, SettingId id)
{
    ask_SECTION(world, settings, id);
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    Settings settings = {0};
    int error = 0;
    const char *path = config_path();
    FUZZ_DEMAND(file_write(path, text, len, &error), "%s: %s", path, strerror(error));
    const bool opened = settings_open(world.arena, path, world.sources, environment, world.names,
                                      world.diags, &settings);
    FUZZ_DEMAND(opened || world.diags->errors > 0, "the file is refused without a word");
    if (opened) {
#define SETTING(id, key, shape, flag) ask_##shape(&world, &settings, id);
#include "runtime/config/settings.def"
#undef SETTING
    }
    world_free(&world);
}
