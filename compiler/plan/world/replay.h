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
 * Steps are read by name, never by pointer, so what a step points to need not be current.
 */
#ifndef BELLOWS_COMPILER_PLAN_WORLD_REPLAY_H
#define BELLOWS_COMPILER_PLAN_WORLD_REPLAY_H

#include "compiler/plan/steps/plan.h"

/* The world before a plan's first step; reads both catalogs, so it may be made on another thread
 * than the plan. */
typedef struct Replay Replay;
Replay *replay_begin(Arena *arena, const Catalog *origin, const Catalog *goal);
/* Carries out all steps. NULL when they lead to plan->to; else what is wrong, in the arena. The
 * replay is used up. */
const char *replay_end(Replay *replay, const Plan *plan);

/* Both. */
const char *replay_prove(Arena *arena, const Plan *plan);

#endif
