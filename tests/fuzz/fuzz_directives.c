/*
 * fuzz_directives.c - any bytes as what stands behind `-- bellows:` in front of a statement.
 *
 * Promises: no crash; a directive is read, or said to be unreadable; a backfill that is read has a
 * batch within its bounds, and a header its numbers in order.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "runtime/script/script.h"

static void check(const ParsedScript *script)
{
    const ScriptHeader *header = &script->header;
    FUZZ_DEMAND(header->count == 0 || (header->number >= 1 && header->number <= header->count),
                "script %u of %u", header->number, header->count);
    vec_each(const ScriptStatement, statement, &script->statements) {
        const BackfillDirective *backfill = statement->backfill;
        FUZZ_DEMAND(backfill == NULL ||
                        (backfill->batch >= 1 && backfill->batch <= BACKFILL_BATCH_MAX),
                    "batch %u", backfill == NULL ? 0 : backfill->batch);
        FUZZ_DEMAND(backfill == NULL || backfill->table.name != NULL, "a backfill of no table");
    }
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    const ParsedScript *script = NULL;
    const char *sql = arena_printf(world.arena, "-- bellows: %s\nUPDATE \"T\" SET \"a\" = 1;\n",
                                   arena_strndup(world.arena, text, len));
    const bool ok =
        script_parse(world.arena, "migration.sql", sql, strlen(sql), world.diags, &script);
    FUZZ_DEMAND(ok || world.diags->errors > 0, "a directive is refused without a word");
    if (ok) {
        check(script);
    }
    world_free(&world);
}
