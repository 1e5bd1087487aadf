/*
 * direct_internal.h - what the parts of the direct strategy share; for direct*.c only.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIRECT_DIRECT_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_DIRECT_DIRECT_INTERNAL_H

#include "compiler/plan/direct/strategy.h"

enum { CHANGE_KINDS = CHANGE_DROP_FOREIGN_KEY + 1 };

/* The changes of one table that become one ALTER TABLE. */
typedef struct TableWork {
    const Table *before, *after;
    ChangeList dropped, added, modified, renamed; /* columns */
    const Change *key;                            /* the primary key's; NULL */
} TableWork;

typedef struct DirectCx {
    Plan *plan;
    Arena *arena;
    Phase phase;
    ChangeList by_kind[CHANGE_KINDS];
    VEC(TableWork *) work; /* in the order of the source's tables */
    Map work_by_before;    /* (schema, name) */
} DirectCx;

TableWork *work_of_before(const DirectCx *cx, const Table *table);
/* Does this list of changes drop the column and create it anew? */
bool work_recreates(const TableWork *work, const Column *before);
bool change_recreates(const Change *change);

void direct_alter_table(DirectCx *cx, TableWork *work);
void direct_rebuild_enum(DirectCx *cx, const Change *change);
/* A partial index over an enum that is rebuilt goes before and comes back after. */
void direct_set_indexes_aside(DirectCx *cx);
bool direct_stands_in_rebuild(const DirectCx *cx, const Index *index);
/* What the direct strategy's own step endangers. */
void direct_hazards(DirectCx *cx, Step *step);

#endif
