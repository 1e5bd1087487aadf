/*
 * fuzz_url.c - any text as a connection URL.
 *
 * Promises: no crash; a refusal is reported; what is shown has no password and means the same
 * server, user, database and schema.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "introspect/session/url.h"

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void check_shown(const World *world, const ConnInfo *info)
{
    const char *shown = url_display(world->arena, info);
    const ConnInfo *again = NULL;
    url_display_server(world->arena, info);
    FUZZ_DEMAND(url_parse(world->arena, shown, world->diags, &again), "%s", shown);
    FUZZ_DEMAND(conninfo_get(again, "password") == NULL, "%s", shown);
    static const char *const kept[] = {"host", "user", "dbname"};
    for (size_t i = 0; i < lengthof(kept); i++) {
        const char *was = conninfo_get(info, kept[i]);
        const char *is = conninfo_get(again, kept[i]);
        FUZZ_DEMAND(was == NULL || was[0] == 0 || same_text(was, is), "%s: `%s` is shown as %s",
                    kept[i], was, shown);
    }
    FUZZ_DEMAND(same_text(info->schema, again->schema), "schema: %s", shown);
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    const ConnInfo *info = NULL;
    if (url_parse(world.arena, arena_strndup(world.arena, text, len), world.diags, &info)) {
        check_shown(&world, info);
        conninfo_with_database(world.arena, info, "other");
        conninfo_with_directory(world.arena, info, "folder");
    } else {
        FUZZ_DEMAND(diag_has_errors(world.diags), "refused without a word");
    }
    world_free(&world);
}
