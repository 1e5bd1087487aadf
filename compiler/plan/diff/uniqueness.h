/*
 * uniqueness.h - what is unique already, by a key or index of the source.
 *
 * Columns of which some are unique are unique together. What is so proved cannot fail on rows: no
 * duplicate has to be feared, no index to be built again.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_UNIQUENESS_H
#define BELLOWS_COMPILER_PLAN_DIFF_UNIQUENESS_H

#include "compiler/plan/diff/diff.h"

/* Are the wanted table's columns unique together in the source? Not where one is new or changes its
 * type: other values may be equal. */
bool columns_are_unique(const Diff *diff, const Table *after, Column *const *columns, size_t count);

/* And none of them takes nulls: a primary key over them holds. */
bool columns_are_key(const Diff *diff, const Table *after, Column *const *columns, size_t count);

/* Is one of the index's columns null in every row that is there, and in those of a program that
 * does not know it? Then no two of them are equal, and nothing has to be feared. */
bool index_begins_empty(const Diff *diff, const Index *after);

/* Can the index of the source become the wanted primary key as it stands (manual, "ALTER TABLE",
 * ADD table_constraint_using_index)? It has the key's columns in their order, all NOT NULL; is a
 * B-tree in its usual order, valid, owned by no constraint. */
bool index_can_be_key(const Diff *diff, const Index *before, const PrimaryKey *after);

#endif
