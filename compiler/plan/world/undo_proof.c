/*
 * undo_proof.c - undo scripts carried out in memory, one after the other as their scripts run.
 *
 * Two worlds go through the plan. One stands still before a script while the other runs the script
 * and its undo: then both must be alike. Of scripts whose undo holds nothing (validations, filling
 * a column of our own) there is nothing to try.
 */
#include "base/common.h"

#include "compiler/plan/world/undo.h"

#include "base/object_map.h"
#include "compiler/plan/world/catalog_equal.h"
#include "compiler/plan/world/replay_world.h"

struct UndoProof {
    Arena *arena;
    Arena *tried_arena;
    const Plan *plan;
    size_t done;          /* steps that are behind us */
    World *still, *tried; /* both after those steps */
};

UndoProof *undo_proof_begin(Arena *arena, const Plan *plan)
{
    UndoProof *proof = arena_make(arena, UndoProof);
    *proof = (UndoProof){.arena = arena,
                         .tried_arena = arena_new(),
                         .plan = plan,
                         .still = replay_begin(arena, plan)};
    proof->tried = replay_begin(proof->tried_arena, plan);
    return proof;
}

void undo_proof_end(UndoProof *proof)
{
    arena_free(proof->tried_arena);
}

/* An index of its own script, of which a plan may have thousands: NULL for any other step. */
static const Index *index_alone(const Step *step)
{
    return step->kind == STEP_CREATE_INDEX_ONLINE ? step->after.index
           : step->kind == STEP_DROP_INDEX_ONLINE ? step->before.index
                                                  : NULL;
}

/* The index in both worlds, or in none, and the same. */
static bool is_index_alike(const UndoProof *proof, const Index *index)
{
    const Table *tried = world_find_table(proof->tried, index->table);
    const Table *still = world_find_table(proof->still, index->table);
    if (tried == NULL || still == NULL) {
        return false;
    }
    const Index *got = world_find_index(proof->tried, index);
    const Index *wanted = world_find_index(proof->still, index);
    if (got == NULL || wanted == NULL) {
        return got == wanted && tried->indexes.count == still->indexes.count;
    }
    return tried->indexes.count == still->indexes.count &&
           index_equal(got, wanted, proof->still->catalog);
}

/* The tables that have been looked at. */
typedef struct Looked {
    Arena *arena;
    ObjectMap tables;
} Looked;

/* The table in both worlds, or in none, and the same. */
static bool is_table_alike(const UndoProof *proof, Looked *looked, const Table *named)
{
    Table *tried = named == NULL ? NULL : world_find_table(proof->tried, named);
    const Table *still = named == NULL ? NULL : world_find_table(proof->still, named);
    if (tried == NULL || still == NULL) {
        return tried == still;
    }
    if (object_map_get(&looked->tables, still) == tried) {
        return true;
    }
    object_map_put(looked->arena, &looked->tables, still, tried);
    return tried->schema == still->schema && tried->name == still->name &&
           table_equal(looked->arena, proof->tried->catalog, proof->still->catalog, still);
}

/* Types reach into other tables; a step of anything else changes its own. */
static bool is_of_tables(const Step *step)
{
    return step->before.enum_type == NULL && step->after.enum_type == NULL &&
           (step->before.table != NULL || step->after.table != NULL);
}

static bool are_alike(const UndoProof *proof, Arena *scratch, Step *const *steps, size_t count)
{
    Looked looked = {.arena = scratch};
    const Catalog *tried = proof->tried->catalog, *still = proof->still->catalog;
    for (size_t i = 0; i < count; i++) {
        if (!is_of_tables(steps[i])) {
            const char *difference;
            return catalog_equal(scratch, tried, still, &difference);
        }
    }
    bool alike = tried->tables.count == still->tables.count;
    for (size_t i = 0; i < count && alike; i++) {
        alike = is_table_alike(proof, &looked, steps[i]->before.table) &&
                is_table_alike(proof, &looked, steps[i]->after.table);
    }
    return alike;
}

/* What one index's coming and going cannot touch is not looked at each time. */
static bool is_alike(const UndoProof *proof, Step *const *steps, size_t count)
{
    const Index *index = count == 1 ? index_alone(steps[0]) : NULL;
    if (index != NULL) {
        return is_index_alike(proof, index);
    }
    Arena *scratch = arena_new();
    const bool alike = are_alike(proof, scratch, steps, count);
    arena_free(scratch);
    return alike;
}

static bool takes_back(UndoProof *proof, Step *const *steps, size_t count, const StepList *undo,
                       ReplayWatch watch, void *of)
{
    return replay_watched(proof->tried, undo->items, undo->count, watch, of) &&
           proof->tried->standing_scaffolds == proof->still->standing_scaffolds &&
           is_alike(proof, steps, count);
}

/* An undo brings a check back without validating it. The script is to run from where it ran first,
 * so what came back, from place `first` on, is as valid as what it stands for. */
static void validate_as_before(UndoProof *proof, size_t first)
{
    const World *still = proof->still;
    for (size_t i = first; i < proof->tried->scaffolds.count; i++) {
        Scaffold *back = &proof->tried->scaffolds.items[i];
        if (back->kind != SCAFFOLD_CHECK) {
            continue;
        }
        const Table *table =
            catalog_find_table(still->catalog, back->table->schema, back->table->name);
        const Scaffold *was = world_find_scaffold(still, back->kind, table, back->name);
        back->validated = was != NULL && was->validated;
    }
}

/* The other world again, from the beginning. */
static void begin_again(UndoProof *proof)
{
    arena_free(proof->tried_arena);
    proof->tried_arena = arena_new();
    proof->tried = replay_begin(proof->tried_arena, proof->plan);
    (void)replay_on(proof->tried, proof->plan->steps.items, proof->done);
}

bool undo_proof_next(UndoProof *proof, size_t count, const StepList *undo, ReplayWatch watch,
                     void *of)
{
    Step *const *steps = proof->plan->steps.items + proof->done;
    const bool is_tried = undo != NULL && undo->count > 0;
    const bool runs = replay_on(proof->tried, steps, count);
    const size_t scaffolds = proof->tried->scaffolds.count;
    const bool ok = runs && (!is_tried || takes_back(proof, steps, count, undo, watch, of));
    if (is_tried && ok) {
        validate_as_before(proof, scaffolds);
    }
    const bool runs_again = !is_tried || (ok && replay_on(proof->tried, steps, count));
    (void)replay_on(proof->still, steps, count); /* the plan is proved */
    proof->done += count;
    if (!runs_again) {
        begin_again(proof); /* an undo that does not lead back is not written */
    }
    return ok;
}
