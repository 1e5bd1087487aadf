/*
 * undo_proof.c - undo scripts carried out in memory, one after the other as their scripts run.
 *
 * Two worlds go through the plan. One stands still before a script while the other runs the script
 * and its undo: then both must be alike. Of scripts whose undo holds nothing (validations, filling
 * a column of our own) there is nothing to try.
 */
#include "base/common.h"

#include "compiler/plan/world/undo.h"

#include "compiler/plan/world/catalog_equal.h"
#include "compiler/plan/world/replay_world.h"

struct UndoProof {
    Arena *arena;
    const Plan *plan;
    size_t done;          /* steps that are behind us */
    World *still, *tried; /* both after those steps */
};

UndoProof *undo_proof_begin(Arena *arena, const Plan *plan)
{
    UndoProof *proof = arena_make(arena, UndoProof);
    *proof = (UndoProof){.arena = arena,
                         .plan = plan,
                         .still = replay_begin(arena, plan),
                         .tried = replay_begin(arena, plan)};
    return proof;
}

static size_t count_standing(const World *world)
{
    size_t count = 0;
    vec_each(const Scaffold, at, &world->scaffolds) {
        count += !at->gone;
    }
    return count;
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

/* What one index's coming and going cannot touch is not looked at each time. */
static bool is_alike(const UndoProof *proof, Step *const *steps, size_t count)
{
    const char *difference;
    const Index *index = count == 1 ? index_alone(steps[0]) : NULL;
    return index != NULL ? is_index_alike(proof, index)
                         : catalog_equal(proof->arena, proof->tried->catalog, proof->still->catalog,
                                         &difference);
}

static bool takes_back(UndoProof *proof, Step *const *steps, size_t count, const StepList *undo,
                       ReplayWatch watch, void *of)
{
    return replay_watched(proof->tried, undo->items, undo->count, watch, of) &&
           count_standing(proof->tried) == count_standing(proof->still) &&
           is_alike(proof, steps, count);
}

/* The other world again, from the beginning. */
static void begin_again(UndoProof *proof)
{
    proof->tried = replay_begin(proof->arena, proof->plan);
    (void)replay_on(proof->tried, proof->plan->steps.items, proof->done);
}

bool undo_proof_next(UndoProof *proof, size_t count, const StepList *undo, ReplayWatch watch,
                     void *of)
{
    Step *const *steps = proof->plan->steps.items + proof->done;
    const bool is_tried = undo != NULL && undo->count > 0;
    const bool runs = replay_on(proof->tried, steps, count);
    const bool ok = runs && (!is_tried || takes_back(proof, steps, count, undo, watch, of));
    const bool runs_again = !is_tried || (ok && replay_on(proof->tried, steps, count));
    (void)replay_on(proof->still, steps, count); /* the plan is proved */
    proof->done += count;
    if (!runs_again) {
        /* A check that came back is not validated again, so what rested on it cannot run twice. */
        begin_again(proof);
    }
    return ok;
}
