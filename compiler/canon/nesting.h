/*
 * nesting.h - how deep a parser's tree over an SQL text can become, before a parser is asked.
 *
 * libpg_query and the unpacking of its trees recurse over nesting on our stack, so hostile texts
 * (a hundred thousand minus signs) must be refused first. The bound is of the text alone: every
 * token that may open a level counts until the bracket, comma or semicolon that ends it.
 */
#ifndef BELLOWS_COMPILER_CANON_NESTING_H
#define BELLOWS_COMPILER_CANON_NESTING_H

#include "base/common.h"

/* Of an expression or a view: our walks take about a kilobyte of stack per level. A script is
 * unpacked whole, two kilobytes per level, and hardly walked. */
enum { NESTING_MAX = 1000, NESTING_SCRIPT_MAX = 2500 };

/* False when the tree over `text` may be deeper than `limit` levels. */
bool sql_nesting_within(const char *text, size_t len, size_t limit);

#endif
