/*
 * undo.h - the steps that take a script back, where that loses nothing the script did not bring.
 *
 * Added columns, tables, indexes and keys are dropped, renames turned round, defaults and
 * nullability set back. What filled nulls, dropped something, or changed values has no exact
 * reverse.
 */
#ifndef BELLOWS_COMPILER_PLAN_WORLD_UNDO_H
#define BELLOWS_COMPILER_PLAN_WORLD_UNDO_H

#include "compiler/plan/world/replay.h"

/* The reverse of `count` steps, in the order to run them; false when one of them has none. */
bool undo_steps(Arena *arena, Step *const *steps, size_t count, StepList *ret_undo);

/* undo_proof.c: the scripts of a proved plan, each with its undo. */
typedef struct UndoProof UndoProof;

/* In the arena, which has to outlive it; undo_proof_end() gives back what it holds besides. */
UndoProof *undo_proof_begin(Arena *arena, const Plan *plan);
void undo_proof_end(UndoProof *proof);
/* The script of the next `count` steps: does `undo` lead back to where it began? NULL: it has
 * none, which is no fault. `watch` is called before each step of the undo. */
MUST_CHECK bool undo_proof_next(UndoProof *proof, size_t count, const StepList *undo,
                                ReplayWatch watch, void *of);

#endif
