/*
 * fuzz_diff.c - two schema texts, with a line of five `=` between them: planned both ways.
 *
 * Promises: a schema does not differ from itself; a plan replayed on its source gives its target;
 * the same input gives the same bytes; PostgreSQL's grammar accepts every script whose schemas
 * hold no SQL of the user's; the runtime understands every directive.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "compiler/plan/diff/renames.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/make/plan_make.h"
#include "compiler/plan/show/plan_json.h"
#include "compiler/plan/show/plan_text.h"
#include "compiler/plan/world/replay.h"
#include "runtime/script/script.h"

static const char separator[] = "\n=====\n";

/* Text of the user's own that goes into the script as it is. */
static bool holds_sql(const World *world)
{
    static const char *const marks[] = {"dbgenerated", "raw", "Unsupported", "@backfill", "where"};
    vec_each(SourceFile *const, file, &world->sources->files) {
        for (size_t i = 0; i < lengthof(marks); i++) {
            if (strstr((*file)->text, marks[i]) != NULL) {
                return true;
            }
        }
    }
    return false;
}

static void check_script(const World *world, const char *sql)
{
    const ParsedScript *script = NULL;
    bool ok = script_parse(world->arena, "migration.sql", sql, strlen(sql), world->diags, &script);
    FUZZ_DEMAND(ok, "a directive is not understood in\n%s", sql);
    FUZZ_DEMAND(script->readable || holds_sql(world), "no SQL:\n%s", sql);
}

static void check_texts(const World *world, const Plan *plan)
{
    const PlanTextOptions options = {.sources = world->sources};
    plan_text(world->arena, plan, &options);
    plan_json(world->arena, plan, &options);
    check_script(world, emit_script(world->arena, plan));
    ScriptList scripts = emit_migrations(world->arena, plan, &plan->hazards);
    vec_each(Script, script, &scripts) {
        check_script(world, script->sql);
        if (script->undo != NULL) {
            check_script(world, script->undo);
        }
    }
}

static void check_plan(const World *world, const Catalog *from, const Catalog *to, bool online)
{
    Renames renames = {0};
    if (!renames_find(from, to, from, NULL, 0, world->diags, world->arena, &renames)) {
        return;
    }
    const PlanOptions options = {.online = online, .renames = &renames};
    Plan *plan = plan_make(from, to, &options, world->diags);
    if (plan == NULL) {
        FUZZ_DEMAND(diag_has_errors(world->diags), "no plan, and no word why");
        return;
    }
    const char *wrong = replay_prove(world->arena, plan);
    FUZZ_DEMAND(wrong == NULL, "%s plan: %s\n%s", online ? "online" : "direct", wrong,
                emit_script(world->arena, plan));
    check_texts(world, plan);
    Plan *again = plan_make(from, to, &options, world->diags);
    FUZZ_DEMAND(again != NULL &&
                    strcmp(emit_script(world->arena, plan), emit_script(world->arena, again)) == 0,
                "two runs, two scripts");
    plan_free(again);
    plan_free(plan);
}

static void check_pair(const World *world, const Catalog *from, const Catalog *to)
{
    const RenameList none = {0};
    const Diff *same = diff_catalogs(world->arena, to, to, &none);
    FUZZ_DEMAND(diff_is_empty(same), "differs from itself:\n%s", diff_dump(world->arena, same));
    check_plan(world, from, to, false);
    check_plan(world, from, to, true);
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    const char *copy = arena_strndup(world.arena, text, len);
    const char *cut = strstr(copy, separator);
    if (cut != NULL) {
        size_t first = (size_t)(cut - copy) + 1;
        size_t second = first + strlen(separator) - 1;
        Catalog *from = fuzz_catalog(&world, "from.prisma", copy, first);
        Catalog *to =
            from == NULL ? NULL : fuzz_catalog(&world, "to.prisma", copy + second, len - second);
        if (from != NULL && to != NULL) {
            check_pair(&world, from, to);
        }
        catalog_free(from);
        catalog_free(to);
    }
    world_free(&world);
}
