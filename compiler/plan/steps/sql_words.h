/*
 * sql_words.h - what the words of an SQL expression tell without parsing it.
 *
 * Identifiers and key words outside of quotes are enough to tell a literal from a function call and
 * a column of the row from neither. A wrong guess is refused by the server before anything changes.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_SQL_WORDS_H
#define BELLOWS_COMPILER_PLAN_STEPS_SQL_WORDS_H

#include "compiler/catalog/catalog.h"

/* Is it a literal or a function of the statement's time, the same for all rows? */
bool sql_is_instant(const char *expression);
/* Has every row of a column that is added with the default the same value? Then the server stores
 * it once, and rewrites nothing. */
bool default_is_instant(const Default *dflt);
/* Does it read the column of its row? */
bool sql_reads_column(const char *expression, Name column);
/* Does it read any column of its row? */
bool sql_reads_row(const char *expression, const Table *table);

#endif
