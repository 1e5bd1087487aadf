/*
 * plan_version_8.h - hazards of programs on version 8 of Prisma's client, which leaves defaults to
 * the database and whose `db verify` takes no view for a table. Source of both rules:
 * docs/prisma-8.md.
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_PLAN_VERSION_8_H
#define BELLOWS_COMPILER_PLAN_MAKE_PLAN_VERSION_8_H

#include "compiler/plan/steps/plan.h"

/* Adds the hazards to the steps. */
void plan_note_version_8(Plan *plan);

#endif
