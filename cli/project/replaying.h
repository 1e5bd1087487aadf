/*
 * replaying.h - a migrations folder as a catalog: in memory where all of it is understood
 * (compiler/replay/sql_replay.h), else on a shadow database.
 *
 * `--replay=memory` and `--replay=shadow` force one. What memory finds wrong a server confirms,
 * where there is one to ask: its words are what is reported.
 */
#ifndef BELLOWS_CLI_PROJECT_REPLAYING_H
#define BELLOWS_CLI_PROJECT_REPLAYING_H

#include "cli/project/side.h"
#include "compiler/replay/sql_replay.h"

typedef enum ReplayWay { REPLAY_EITHER, REPLAY_MEMORY, REPLAY_SHADOW } ReplayWay;

/* Where a script stopped memory. */
typedef struct MemoryFinding {
    SqlReplayFinding of;
    Span span;
} MemoryFinding;

/* What --replay says; false after a report. */
MUST_CHECK bool replay_way(Cli *cli, ReplayWay *ret_way);

/*
 * The catalog that memory makes of the migrations, canonical; `init` (NULL: none) is run before
 * them. NULL: see the finding, of which nothing is said yet. False after a report: a script that is
 * no SQL.
 */
MUST_CHECK bool replay_in_memory(Cli *cli, const Migration *const *migrations, size_t count,
                                 const SideContext *context, const char *init,
                                 Catalog **ret_catalog, MemoryFinding *ret_finding);
/* Reports a finding as an error: P3006 for what a server would refuse. */
void replay_report(Cli *cli, const MemoryFinding *finding);
/* Notes why a shadow is needed; the same reason once a run. */
void replay_note(Cli *cli, const MemoryFinding *finding);

#endif
