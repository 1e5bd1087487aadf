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
    ColumnList early;      /* wanted columns of enums that an earlier phase has made */
} DirectCx;

TableWork *work_of_before(const DirectCx *cx, const Table *table);
/* Is the column dropped and created anew? */
bool change_recreates(const Change *change);

void direct_alter_table(DirectCx *cx, TableWork *work);
/* Finds `early`: before the first direct_rebuild_enum. */
void direct_note_early(DirectCx *cx);
void direct_rebuild_enum(DirectCx *cx, const Change *change);
/* What the direct strategy's own step endangers. */
void direct_hazards(DirectCx *cx, Step *step);

#endif
