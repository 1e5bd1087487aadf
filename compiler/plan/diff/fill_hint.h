/*
 * fill_hint.h - SQL that the author wrote above a field for its rows: `/// @backfill(expression)`,
 * what they get in it, and `/// @down(expression)`, what the column it replaces gets back.
 */
#ifndef BELLOWS_COMPILER_FILL_HINT_H
#define BELLOWS_COMPILER_FILL_HINT_H

#include "base/common.h"

typedef enum FillHint { FILL_HINT_UP, FILL_HINT_DOWN, FILL_HINT_COUNT } FillHint;

/* As it is written: `@backfill`, `@down`. */
const char *fill_hint_word(FillHint hint);

/* Bytes of `doc`, half open, without blanks around; false when there is no such hint, or nothing in
 * it. */
bool fill_hint_find(const char *doc, FillHint hint, size_t *ret_start, size_t *ret_end);

#endif
