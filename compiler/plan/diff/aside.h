/*
 * aside.h - what does not differ, and still has to step aside for what does.
 *
 * In: the match of two catalogs.   Out: for each thing that stays whether it can, or has to be
 * dropped before the change and made again after it, and for which row of aside.def. A key that
 * steps aside takes the foreign keys that rest on it along. Decided once, before the differences
 * are stated; a Change that is none tells its cause.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_ASIDE_H
#define BELLOWS_COMPILER_PLAN_DIFF_ASIDE_H

#include "compiler/catalog/catalog.h"

/* What happens. */
typedef enum AsideWhen {
    ASIDE_COLUMN_TYPE, /* it gets another type, in its place or as ASIDE_COLUMN_ANEW */
    ASIDE_COLUMN_ANEW, /* it is dropped and created again */
    ASIDE_COLUMN_GOES,
    ASIDE_ENUM_ANEW, /* its type loses values, and is built again */
    ASIDE_KEY_GOES,  /* a primary key or unique index, for good or to come back */
} AsideWhen;

/* What of an object rests on it. */
typedef enum AsidePart {
    ASIDE_INDEX_PART,
    ASIDE_INCLUDE,
    ASIDE_PREDICATE,  /* reads the column */
    ASIDE_COMPARISON, /* compares it with a literal */
    ASIDE_PRIMARY_KEY,
    ASIDE_FOREIGN_KEY, /* by its own columns */
    ASIDE_REFERENCE,   /* by those it refers to */
    ASIDE_DEFAULT,
} AsidePart;

typedef enum AsideRule { ASIDE_BY_SERVER, ASIDE_BY_FORMAT } AsideRule;

/* Why something steps aside: a row of aside.def, and what happens to whom. */
typedef struct Aside {
    AsideWhen when;
    AsidePart part;
    AsideRule rule;
    const char *name;     /* "COLUMN_TYPE" */
    const Column *column; /* of the source; NULL: a key's */
    Name key;             /* the primary key's or unique index's; NULL: a column's */
} Aside;

#endif
