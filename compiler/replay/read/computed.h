/*
 * computed.h - columns that take no value from a statement: generated ones, and identities that are
 * always the sequence's.
 *
 * Source: PostgreSQL manual, "Generated Columns", INSERT, "OVERRIDING SYSTEM VALUE".
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_COMPUTED_H
#define BELLOWS_COMPILER_REPLAY_READ_COMPUTED_H

#include "compiler/replay/read/reader.h"

/* Does the statement leave them alone? False after a fault: the server looks at that before there
 * is a row. */
bool insert_spares_computed(SqlReplay *cx, const PgQuery__InsertStmt *stmt, const Table *table);
/* Of SET, behind UPDATE and ON CONFLICT. */
bool update_spares_computed(SqlReplay *cx, Node *const *targets, size_t count, const Table *table);
/* Of what MERGE does then. */
bool merge_spares_computed(SqlReplay *cx, const PgQuery__MergeWhenClause *when, const Table *table);

#endif
