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
                         .still = replay_begin(arena, plan->origin, plan->to),
                         .tried = replay_begin(arena, plan->origin, plan->to)};
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

static bool takes_back(UndoProof *proof, const StepList *undo)
{
    const char *difference;
    return replay_on(proof->tried, undo->items, undo->count) &&
           count_standing(proof->tried) == count_standing(proof->still) &&
           catalog_equal(proof->arena, proof->tried->catalog, proof->still->catalog, &difference);
}

/* The other world again, from the beginning. */
static void begin_again(UndoProof *proof)
{
    proof->tried = replay_begin(proof->arena, proof->plan->origin, proof->plan->to);
    (void)replay_on(proof->tried, proof->plan->steps.items, proof->done);
}

bool undo_proof_next(UndoProof *proof, size_t count, const StepList *undo)
{
    Step *const *steps = proof->plan->steps.items + proof->done;
    const bool is_tried = undo != NULL && undo->count > 0;
    const bool runs = replay_on(proof->tried, steps, count);
    const bool ok = runs && (!is_tried || takes_back(proof, undo));
    const bool runs_again = !is_tried || (ok && replay_on(proof->tried, steps, count));
    (void)replay_on(proof->still, steps, count); /* the plan is proved */
    proof->done += count;
    if (!runs_again) {
        /* A check that came back is not validated again, so what rested on it cannot run twice. */
        begin_again(proof);
    }
    return ok;
}
