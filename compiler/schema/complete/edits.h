/*
 * edits.h - texts to put into the files of a schema.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_COMPLETE_EDITS_H
#define BELLOWS_COMPILER_SCHEMA_COMPLETE_EDITS_H

#include "base/common.h"
#include "base/diag/source.h"
#include "base/vec.h"

typedef struct Edit {
    uint32_t file, at; /* before this byte */
    uint32_t order;    /* among those of one place */
    const char *text;
} Edit;

typedef VEC(Edit) EditList;

/* By file and place. */
void edits_sort(EditList *edits);

/* The text of `file` with its edits, which are sorted, in `arena`; NULL when it has none. */
char *edits_apply(Arena *arena, const EditList *edits, const SourceFile *file, size_t *ret_len);

#endif
