/*
 * fuzz_script.c - any bytes as a migration script: what it says about how it must run.
 *
 * Promises: no crash; statements and parts lie in the text, in order; every part of a readable
 * script, and every backfill with one more condition, is readable too.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "runtime/script/script.h"

static bool readable(const World *world, const char *sql)
{
    const ParsedScript *script = NULL;
    return !script_parse(world->arena, "part.sql", sql, strlen(sql), world->diags, &script) ||
           script->readable;
}

static void check_statements(const World *world, const ParsedScript *script)
{
    size_t at = 0;
    vec_each(const ScriptStatement, statement, &script->statements) {
        FUZZ_DEMAND(at <= statement->start && statement->start <= statement->end &&
                        statement->end <= script->len,
                    "%zu..%zu after %zu", statement->start, statement->end, at);
        at = statement->end;
        if (statement->kind == STATEMENT_BACKFILL) {
            const char *sql = script_add_condition(world->arena, script, statement, "true");
            FUZZ_DEMAND(readable(world, sql), "%s", sql);
        }
    }
}

static void check_parts(const World *world, const ParsedScript *script, const ScriptPartList *parts)
{
    size_t at = 0;
    vec_each(const ScriptPart, part, parts) {
        FUZZ_DEMAND(at <= part->start && part->start <= part->end && part->end <= script->len,
                    "%zu..%zu after %zu", part->start, part->end, at);
        at = part->end;
        const char *sql = script_part_text(world->arena, script, part);
        FUZZ_DEMAND(!script->readable || readable(world, sql), "%s", sql);
    }
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    const char *copy = arena_strndup(world.arena, text, len);
    const ParsedScript *script = NULL;
    if (script_parse(world.arena, "migration.sql", copy, len, world.diags, &script)) {
        check_statements(&world, script);
        check_parts(&world, script, &script->parts);
        const ScriptPartList cut = script_cut_apart(world.arena, script);
        check_parts(&world, script, &cut);
        script_only_scans(script);
        const char *table = script_common_touch(world.arena, script, script, "public");
        const bool touches = script->touches.count > 0 || script->tables.count > 0;
        FUZZ_DEMAND((table != NULL) == (touches || script->touches_anything),
                    "shares nothing with itself");
    }
    world_free(&world);
}
