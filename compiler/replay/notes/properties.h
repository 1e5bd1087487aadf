/*
 * properties.h - what a table is besides its columns and keys: how it and its columns are stored,
 * which index stands for a row, row security. Only a whole comparison reads most of it; here is
 * told where the server would refuse it.
 *
 * All functions leave a fault of the realm where they return false.
 */
#ifndef BELLOWS_COMPILER_REPLAY_NOTES_PROPERTIES_H
#define BELLOWS_COMPILER_REPLAY_NOTES_PROPERTIES_H

#include "compiler/replay/read/reader.h"

typedef enum StorageOf { STORAGE_TABLE, STORAGE_VIEW, STORAGE_COLUMN } StorageOf;

/* Does every server know each parameter of WITH (...)? */
bool redo_storage_known(SqlReplay *cx, StorageOf of, Node *const *options, size_t count);
/* Of one that is there. */
bool redo_relation_storage_known(SqlReplay *cx, const Relation *relation, Node *const *options,
                                 size_t count);
/* Of an index with that method. */
bool redo_index_storage_known(SqlReplay *cx, const char *method, Node *const *options,
                              size_t count);
/* A command of ALTER TABLE about a property. */
bool redo_set_property(SqlReplay *cx, Table *table, const PgQuery__AlterTableCmd *command);
/* The same about row security. */
bool redo_set_row_security(SqlReplay *cx, Table *table, PgQuery__AlterTableType command);

#endif
