/*
 * type_words.h - a column's types for people, by their words in a schema.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_TYPE_WORDS_H
#define BELLOWS_COMPILER_PLAN_STEPS_TYPE_WORDS_H

#include "compiler/catalog/catalog.h"

/* "`VarChar(10)` to `Text[]`" */
const char *types_in_words(Arena *arena, const ColumnType *before, const ColumnType *after);

#endif
