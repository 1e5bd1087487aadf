/*
 * trail_renames.h - renames that scripts tell (runtime/undo/name_trail.h), as a plan takes them.
 */
#ifndef BELLOWS_CLI_UNDO_TRAIL_RENAMES_H
#define BELLOWS_CLI_UNDO_TRAIL_RENAMES_H

#include "cli/console/cli.h"
#include "compiler/plan/diff/renames.h"
#include "runtime/undo/name_trail.h"

/* Of what both catalogs have: tables, columns, and enums that differ in names alone. `pairs` lead
 * from the names in `from` to those in `to`. */
Renames trail_renames(Cli *cli, const TrailPairList *pairs, const Catalog *from, const Catalog *to);

#endif
