/*
 * plan_locks.h - which tables in use the steps of a plan lock, and what they scan.
 *
 * Asked step by step; what a question about foreign keys needs of all of them is found once. Lives
 * in the arena it was made with.
 */
#ifndef BELLOWS_COMPILER_PLAN_SHOW_PLAN_LOCKS_H
#define BELLOWS_COMPILER_PLAN_SHOW_PLAN_LOCKS_H

#include "compiler/plan/steps/plan.h"

typedef struct StepLock {
    const Table *table;
    LockLevel level;
} StepLock;

typedef VEC(StepLock) StepLockList;

typedef struct PlanLocks PlanLocks;

PlanLocks *plan_locks_new(Arena *arena, const Plan *plan);
/* Locks on tables that are in use when the step runs; a table the plan creates is nobody's. */
StepLockList step_locks(Arena *arena, PlanLocks *locks, const Step *step);
/* What the step scans or builds; nothing on a table that the plan has just created. */
Cost step_cost_in_use(const Plan *plan, const Step *step);

#endif
