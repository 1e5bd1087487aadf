/*
 * fuzz_dotenv.c - any bytes as a `.env` file.
 *
 * Promises: no crash; every variable has a name that can be looked up; what the environment sets
 * wins.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "runtime/host/dotenv.h"

static const char *outer(const char *name)
{
    return strcmp(name, "A") == 0 ? "outer" : NULL;
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    EnvFile file = {0};
    dotenv_parse(world.arena, text, len, outer, &file);
    vec_each(const EnvVariable, variable, &file.variables) {
        FUZZ_DEMAND(variable->name[0] != '\0', "a variable without a name");
        FUZZ_DEMAND(dotenv_get(&file, variable->name) != NULL, "`%s` is lost", variable->name);
        FUZZ_DEMAND(!variable->from_environment || strcmp(variable->value, "outer") == 0,
                    "`%s`: the environment does not win", variable->name);
    }
    const char *known = dotenv_get(&file, "A");
    FUZZ_DEMAND(known == NULL || strcmp(known, "outer") == 0, "A is `%s`", known);
    world_free(&world);
}
