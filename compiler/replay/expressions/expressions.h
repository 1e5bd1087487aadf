/*
 * expressions.h - expressions over one row: what a server would refuse of them for their types and
 * functions.
 *
 * All functions leave a fault of the realm where they return false: a refusal with the server's
 * SQLSTATE where that is certain, else that it is not known. typed.h tells types.
 */
#ifndef BELLOWS_COMPILER_REPLAY_EXPRESSIONS_H
#define BELLOWS_COMPILER_REPLAY_EXPRESSIONS_H

#include "compiler/replay/read/reader.h"

/* immutable.c: does the expression, over these columns of the table, call nothing but what is
 * immutable? `otherwise`: the server's words where it certainly does not. `into`: the column that
 * keeps its value; NULL: an index. False after a fault. */
bool redo_is_immutable(SqlReplay *cx, const Node *expression, const Table *table,
                       const ColumnList *columns, const Column *into, const char *otherwise);

/* using.c: does what the expression gives become the column's new type? False after a fault. */
bool redo_using_fits(SqlReplay *cx, const Column *column, const Node *expression,
                     const ColumnType *to);

/* exclusion.c: may an index of the method, over values of the type, exclude by the operator?
 * `class`: NULL: the type's own. False after a fault. */
bool redo_may_exclude(SqlReplay *cx, const char *method, Name class, const ColumnType *type,
                      const char *operator);

/* partition_bounds.c: does the partition's bound fit the table's key and its other partitions, as
 * far as that can be told? Then it is noted. False after a fault. */
bool redo_bound_fits(SqlReplay *cx, const Table *parent, const Table *part,
                     const PgQuery__PartitionBoundSpec *spec);
/* An enum's value has another name in them, too. */
void redo_rename_in_bounds(SqlReplay *cx, const EnumType *type, Name from, Name to);

/* Does the server take the conditions of the query and what it groups by? Only what it certainly
 * does not take is refused. */
bool redo_query_is_taken(SqlReplay *cx, const PgQuery__SelectStmt *select);

#endif
