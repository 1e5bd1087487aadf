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
/* Was everything compared, and nothing found? */
bool drift_is_whole(const Drift *drift);
/* Notes what was not compared. */
void drift_note_rest(Cli *cli, const Drift *drift, const Catalog *live);

#endif
