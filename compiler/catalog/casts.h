/*
 * casts.h - what happens to a column's values when its type changes.
 *
 * Facts are rows of casts.def: pairs of types and a rule over their arguments. "Impossible" means
 * that the direct strategy drops the column and creates it anew. Pure; types must be canonical.
 * Source of the rules: the reference behaviour, the server's own casts (manual, "CREATE CAST"),
 * and, for enums and lists, that no value may be lost which can be kept.
 */
#ifndef BELLOWS_COMPILER_CATALOG_CASTS_H
#define BELLOWS_COMPILER_CATALOG_CASTS_H

#include "compiler/catalog/catalog.h"

typedef enum Cast {
    CAST_SAME, /* the types mean the same */
    CAST_SAFE,
    CAST_RISKY,
    CAST_IMPOSSIBLE,
} Cast;

Cast cast_between(const ColumnType *from, const ColumnType *to);

/* Does a cast that never fails round values or cut something off them? */
bool cast_rounds(const ColumnType *from, const ColumnType *to);

/* Does an in-place change need a USING clause, because the server has no assignment cast? */
bool cast_needs_using(const ColumnType *from, const ColumnType *to);
/* Of whatever two types: does the server assign one to the other by itself? And cast it when a
 * script says so? Where it has no word for one of them, as far as server_casts.def tells. */
bool cast_is_assigned(const ColumnType *from, const ColumnType *to);
bool cast_is_asked(const ColumnType *from, const ColumnType *to);

/* cast_free.c: is no row rewritten and no index rebuilt? Measured on PostgreSQL 12 to 18. */
bool cast_is_free(const ColumnType *from, const ColumnType *to);
/* Is there room in `to` for every value of `from`? `which` argument; none means no limit. */
bool cast_argument_grows(const ColumnType *from, const ColumnType *to, size_t which);

/* From a time without zone to one with it, or back: the session's zone says what the values mean.
 */
bool cast_changes_zone(const ColumnType *from, const ColumnType *to);

/* Equal in meaning: timestamp is timestamp(6), char is char(1). */
bool type_same(const ColumnType *a, const ColumnType *b);
/* Of one type or kin literals stay comparable. An enum compares with itself alone. */
bool type_keeps_comparisons(const ColumnType *before, const ColumnType *after);

/* Is `after` still the same enum's, as one value or as a list like before? */
bool column_keeps_enum(const Column *before, const Column *after, const EnumType *type);

#endif
