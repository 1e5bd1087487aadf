/*
 * fuzz_replay.c - any bytes as a script, replayed in memory.
 *
 * Promises: no crash; a replay that stops says why; one that does not gives a catalog that is whole
 * and can be made canonical.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/replay/sql_replay.h"

static void replay(const World *world, const char *text, size_t len)
{
    const Name schema = intern_cstr(world->names, "public");
    const SqlReplayOptions options = {.default_schema = schema, .server_version = 150000};
    SqlReplay *made = sql_replay_new(world->names, &options);
    const bool ok = sql_replay_script(made, "migration.sql", text, len);
    Catalog *catalog = ok ? sql_replay_finish(made, &schema, 1) : NULL;
    const SqlReplayFinding *finding = sql_replay_finding(made);
    FUZZ_DEMAND((catalog != NULL) == (finding->end == SQL_REPLAY_DONE), "ends with %d",
                (int)finding->end);
    FUZZ_DEMAND(catalog != NULL || finding->message != NULL, "stops without a reason");
    if (catalog != NULL) {
        canon_catalog(catalog);
        catalog_free(catalog);
    }
    sql_replay_free(made);
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    const char *copy = arena_strndup(world.arena, text, len);
    replay(&world, copy, strlen(copy));
    world_free(&world);
}
