/*
 * drifting.h - what `check` compares of a database, and what it says about the rest.
 */
#ifndef BELLOWS_CLI_PROJECT_DRIFTING_H
#define BELLOWS_CLI_PROJECT_DRIFTING_H

#include "cli/project/workspace.h"
#include "introspect/session/rows.h"
#include "runtime/history/drift.h"

/*
 * Which schemas of the database are compared. False: all. A project that names schemas (the
 * datasource's `schemas`, the URL's `?schema=`) speaks of these, and of those its migrations touch.
 */
bool drift_scope(Cli *cli, const Workspace *workspace, const Catalog *expected,
                 NameList *ret_schemas);
/* What is left out, and the extensions whose versions the migrations state. `schemas`: of
 * drift_scope; NULL: all. */
void drift_options(Cli *cli, const MigrationList *applied, const NameList *schemas,
                   CompareOptions *ret_options);
/*
 * What a replay in memory finds to differ a server confirms, unless --replay=memory: it prints what
 * it holds in its own words. Then `expected` is what a shadow database gave. False after a report.
 */
MUST_CHECK bool drift_confirm(Cli *cli, const Workspace *workspace, const MigrationList *applied,
                              const SideContext *context, const CompareOptions *options,
                              const Catalog *live, Catalog **expected, Drift *drift);
/* Was everything compared, and nothing found? */
bool drift_is_whole(const Drift *drift);
/* Lines; "" where there is nothing to say: rights beyond the migrations', and what was not
 * compared. */
const char *drift_beyond(Arena *arena, const Drift *drift);
const char *drift_not_compared(Arena *arena, const Drift *drift, const Catalog *live);

#endif
