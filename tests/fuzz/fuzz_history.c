/*
 * fuzz_history.c - any rows of `_prisma_migrations` and `_bellows_progress`, as a server might
 * answer them, against a folder of three migrations.
 *
 * Promises: no crash; a history that is read has rows with names, checksums and ids, and a
 * diagnosis that counts each migration once; one that is refused has said why.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "fuzz/scripted_session.h"
#include "runtime/apply/deploy.h"
#include "runtime/history/drift.h"

static Migrations *folder(Arena *arena)
{
    static const char *const names[] = {"20250101000000_a", "20250102000000_b", "20250103000000_c"};
    Migrations *migrations = arena_make(arena, Migrations);
    migrations->arena = arena;
    migrations->path = "migrations";
    for (size_t i = 0; i < lengthof(names); i++) {
        Migration *migration = arena_make(arena, Migration);
        migration->name = names[i];
        migration->path = "migration.sql";
        migration->sql = "";
        digest_hex("", 0, migration->checksum);
        vec_push(arena, &migrations->list, migration);
    }
    return migrations;
}

static void check(const History *history, const Diagnosis *diagnosis)
{
    vec_each(const HistoryRow, row, &history->rows) {
        FUZZ_DEMAND(row->id != NULL && row->checksum != NULL && row->name != NULL &&
                        row->started_at != NULL,
                    "a row with a null");
    }
    FUZZ_DEMAND(diagnosis->applied + diagnosis->pending + diagnosis->failed +
                        diagnosis->interrupted ==
                    diagnosis->items.count,
                "a migration is not counted once");
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    Session *session = scripted_session(world.arena, text, len);
    const Migrations *migrations = folder(world.arena);
    History *history = NULL;
    Diagnosis diagnosis;
    DeployResult plan;
    MigrationList applied = {0};
    bool ok = history_read(world.arena, session, world.diags, &history) &&
              deploy_diagnose(world.arena, session, migrations, history, world.diags, &diagnosis);
    if (ok) {
        check(history, &diagnosis);
        drift_applied(world.arena, &diagnosis, &applied);
        ok = deploy_plan(world.arena, session, migrations, history, &(GateOptions){0}, world.diags,
                         &plan);
    }
    FUZZ_DEMAND(ok || world.diags->errors > 0, "a history is refused without a word");
    world_free(&world);
}
