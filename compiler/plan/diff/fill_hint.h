/*
 * fill_hint.h - `/// @backfill(expression)` above a field: where its expression stands.
 */
#ifndef BELLOWS_COMPILER_FILL_HINT_H
#define BELLOWS_COMPILER_FILL_HINT_H

#include "base/common.h"

/* Bytes of `doc`, half open, without blanks around; false when there is no hint, or nothing in it.
 */
bool fill_hint_find(const char *doc, size_t *ret_start, size_t *ret_end);

#endif
