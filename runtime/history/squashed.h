/*
 * squashed.h - a migration that stands for others: the file `replaces` beside its script.
 *
 * One name a line; below a name, indented, what that had stood for: a database may have it instead.
 * A database that has all of them has what the script makes: it counts as applied
 * there, and deploy writes its row. One that has some of them has to get the others first, from the
 * folder as it was (E0550). Other tools ignore the file and would run the script, which fails on
 * the first table that is there.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_SQUASHED_H
#define BELLOWS_RUNTIME_HISTORY_SQUASHED_H

#include "runtime/history/history.h"

extern const char squashed_file[];

/* The text of the file. */
char *squashed_text(Arena *arena, const Migration *const *migrations, size_t count);

/*
 * Marks the rows that a migration of the folder stands for as `replaced`, and gives each such
 * migration that is not applied, but all of which are, a row of its own: `is_taken_over`, which no
 * table holds yet. False after E0549.
 */
MUST_CHECK bool history_take_over(History *history, const Migrations *migrations,
                                  Diagnostics *diags);
/* The statements that write those rows; NULL where there are none. */
char *history_sql_taken_over(Arena *arena, const History *history, const Migrations *migrations);

#endif
