/*
 * compare_internal.h - one comparison while it is made; for compare*.c only.
 */
#ifndef BELLOWS_COMPILER_COMPARE_COMPARE_INTERNAL_H
#define BELLOWS_COMPILER_COMPARE_COMPARE_INTERNAL_H

#include "compiler/compare/compare.h"

typedef struct CompareCx {
    Arena *arena;
    const Catalog *expected, *live;
    const CompareOptions *options;
    Comparison result;
} CompareCx;

/* Counted only, where the options leave it out. */
void compare_add(CompareCx *cx, Difference difference);
/* What the options leave out is counted. */
void compare_leave_out(CompareCx *cx, const Difference *difference);

/* compare_objects.c: those beside tables, kept as they are. */
void compare_objects(CompareCx *cx);
/* Is it the word of one of their kinds? */
bool compare_knows_object(const char *word);

#endif
