/*
 * replay.h - a plan carried out on a catalog in memory: the proof that it leads where it should.
 *
 * Each step changes a copy of the source catalog as the server would change the database, and is
 * refused where the server would refuse it: a name that is not there or not free (relations of a
 * schema share one space of names, types another), a foreign key that has, or is left with, no key
 * to rest on, a type that columns still are of, a validation of a constraint that was never added,
 * NOT NULL without the valid check that spares the scan. At the end nothing of the plan's own
 * scaffolding (checks, triggers, compatibility views) may be left.
 *
 * Steps name things by identity: what a step points to is found however it is called by then.
 */
#ifndef BELLOWS_COMPILER_PLAN_WORLD_REPLAY_H
#define BELLOWS_COMPILER_PLAN_WORLD_REPLAY_H

#include "compiler/plan/steps/plan.h"

/* The world before a plan's first step; reads both catalogs alone, so it may be made on another
 * thread than the plan's steps. */
typedef struct Replay Replay;
Replay *replay_begin(Arena *arena, const Plan *plan);
/* The plan's step `number`; false after a refusal. */
bool replay_step(Replay *replay, const Step *step, size_t number);
/* Called before each step is carried out. */
typedef void (*ReplayWatch)(const Replay *replay, Step *step, void *of);
/* The steps one after the other; false after a refusal. */
bool replay_watched(Replay *replay, Step *const *steps, size_t count, ReplayWatch watch, void *of);
/* After all steps: NULL when they led to plan->to, else what is wrong, in the arena. */
const char *replay_wrong(Replay *replay);

/* All of it. */
const char *replay_prove(Arena *arena, const Plan *plan);

#endif
