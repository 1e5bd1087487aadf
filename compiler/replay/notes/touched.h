/*
 * touched.h - statements that change no catalog, and still name what has to be there.
 *
 * All functions leave a fault of the realm where they return false.
 */
#ifndef BELLOWS_COMPILER_REPLAY_NOTES_TOUCHED_H
#define BELLOWS_COMPILER_REPLAY_NOTES_TOUCHED_H

#include "compiler/replay/read/reader.h"

/* LOCK, VACUUM, ANALYZE, REINDEX, REFRESH MATERIALIZED VIEW. */
bool redo_touch(SqlReplay *cx, const Node *stmt);
/* Are the sequences there that it reads or sets, as constants name them? `runs`: now. False
 * after a fault. */
bool redo_sequences_there(SqlReplay *cx, const Node *stmt, bool runs);

/* TRUNCATE: does no table that stays refer to one that is emptied? */
bool redo_may_truncate(SqlReplay *cx, const PgQuery__TruncateStmt *stmt);

#endif
