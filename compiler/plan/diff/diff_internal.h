/*
 * diff_internal.h - what the parts of the differ share; for diff*.c only.
 *
 * Tables are paired once; every later question ("what became of this column?") is answered from
 * the pair by position, so the whole diff is linear in the size of both catalogs.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_DIFF_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_DIFF_DIFF_INTERNAL_H

#include "base/object_map.h"
#include "compiler/plan/diff/aside.h"
#include "compiler/plan/diff/diff.h"

/* The columns of a key or unique index of the source that goes, for good or to come back. */
typedef struct LostKey {
    Name name;
    Column *const *columns;
    size_t count;
} LostKey;

typedef struct PairInfo {
    TablePair tables;
    bool renamed;
    Column **after;    /* by position in the source: the same column, wanted; NULL when dropped */
    Column **before;   /* by position in the wanted table; NULL when new */
    unsigned *facets;  /* by position in the source: Facet bits */
    unsigned *happens; /* by position in the source: a bit for each AsideWhen */
    unsigned any_happens;
    bool keeps_key;                /* the primary key is over the same columns */
    const Index **indexes_after;   /* by place in the source's table; NULL: unlike any wanted one */
    const Index **indexes_before;  /* by place in the wanted table */
    const ForeignKey **keys_after; /* by place in the source's table, likewise */
    const ForeignKey **keys_before;
    VEC(LostKey) lost_keys;
} PairInfo;

typedef VEC(const Rename *) RenameRefs;

typedef struct DiffCx {
    Diff *diff;
    Arena *arena;
    const Catalog *from, *to;
    bool converts;         /* the plan converts values itself */
    VEC(PairInfo *) pairs; /* in the source's order */
    Map pair_by_before;    /* (schema, name) of the source's table */
    Map pair_by_after;     /* (schema, name) of the wanted table */
    Map table_renames;     /* (schema, name) of the source's table -> Rename */
    Map renamed_tables;    /* (schema, name) of the wanted table -> Rename */
    Map column_renames;    /* the source's table -> RenameRefs */
    ObjectMap rebuilt;     /* enums of the source that lose values */
    ObjectMap asides;      /* object of the source -> Aside */
} DiffCx;

/* Appends a change; both tables are set for what belongs to a table that stays. */
Change *diff_add(DiffCx *cx, ChangeKind kind, unsigned facets, Subject before, Subject after);

PairInfo *pair_of_before(const DiffCx *cx, const Table *table);
PairInfo *pair_of_after(const DiffCx *cx, const Table *table);
/* Is the column dropped and created anew, or only its type changed? */
bool pair_column_recreated(const PairInfo *pair, const Column *before);
/* Are the lists the same columns in the same order? */
bool pair_same_columns(const PairInfo *pair, Column *const *before, size_t before_count,
                       Column *const *after, size_t after_count);

/* Notes those that stay and lose values: such a type is built anew, under every column of it. */
void find_rebuilt_enums(DiffCx *cx);
void diff_enums_added(DiffCx *cx);
void diff_enums_kept_and_dropped(DiffCx *cx);
void pair_columns(DiffCx *cx, PairInfo *pair);
void pair_primary_key(PairInfo *pair);
void pair_indexes(DiffCx *cx, PairInfo *pair);
/* When all tables are paired. */
void pair_foreign_keys(DiffCx *cx, PairInfo *pair);

/* aside.c: when everything is paired. */
void aside_close(DiffCx *cx);
/* Why the object of the source steps aside; of a column: its default. NULL: it stays, or differs.
 */
const Aside *aside_of(const DiffCx *cx, const void *identity);

void diff_columns(DiffCx *cx, const PairInfo *pair);
void diff_primary_key(DiffCx *cx, const PairInfo *pair);
void diff_indexes(DiffCx *cx, const PairInfo *pair);
void diff_foreign_keys(DiffCx *cx);

#endif
