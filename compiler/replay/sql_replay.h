/*
 * sql_replay.h - SQL scripts carried out in memory, as a server would carry them out on a fresh
 * database.
 *
 * In: scripts, one after the other, each in the state that a deployment gives it.   Out: a Catalog
 * in the shape in which a database is read (introspect/load/load.h, opaque objects included), not
 * yet canonical. Read with PostgreSQL's own grammar (libpg_query, of version 15); what the
 * statements do, the realm knows (compiler/world/realm.h). Pure: no server, no file, no clock.
 *
 * Three ends: done; refused, as the server would refuse the statement, with its SQLSTATE; or not
 * understood, and then nothing is claimed: the same scripts must run on a server. Definitions of
 * opaque objects are as they were written, not in a server's words.
 */
#ifndef BELLOWS_COMPILER_REPLAY_SQL_REPLAY_H
#define BELLOWS_COMPILER_REPLAY_SQL_REPLAY_H

#include "compiler/catalog/catalog.h"

typedef enum SqlReplayEnd {
    SQL_REPLAY_DONE,
    SQL_REPLAY_REFUSED,        /* the server would */
    SQL_REPLAY_NOT_UNDERSTOOD, /* nothing is known */
} SqlReplayEnd;

/* Where and why it stopped. */
typedef struct SqlReplayFinding {
    SqlReplayEnd end;
    const char *path;
    size_t offset;         /* of the statement in the script, bytes */
    size_t line;           /* of the statement, from 1; 0: not about a line */
    const char *statement; /* its beginning, on one line */
    const char *sqlstate;  /* REFUSED */
    const char *message;   /* the server's, or the reason */
} SqlReplayFinding;

typedef struct SqlReplayOptions {
    Name default_schema;
    int server_version; /* as server_version_num */
    bool whole;         /* also what only a whole comparison (compiler/compare/compare.h) reads */
} SqlReplayOptions;

typedef struct SqlReplay SqlReplay;

SqlReplay *sql_replay_new(Names *names, const SqlReplayOptions *options);
/* Accepts NULL; also the catalog goes, unless sql_replay_finish gave it away. */
void sql_replay_free(SqlReplay *replay);
/* `text`: as the server gets it (script_read_bytes). False: see the finding, nothing more is read.
 */
MUST_CHECK bool sql_replay_script(SqlReplay *replay, const char *path, const char *text,
                                  size_t len);
/* The catalog of these schemas (NULL: of all), now the caller's; NULL with a finding. */
MUST_CHECK Catalog *sql_replay_finish(SqlReplay *replay, const Name *schemas, size_t count);

/* Of a replay that stopped. */
const SqlReplayFinding *sql_replay_finding(const SqlReplay *replay);
/* Does the catalog lack what only a whole comparison reads? Where that was done and why; NULL:
 * asked for, it holds all of it. */
const SqlReplayFinding *sql_replay_beyond(const SqlReplay *replay);

#endif
