/*
 * unless.h - a statement that stops those behind it where something does not hold.
 *
 * A statement of a message can only stop the others by failing. This one fails by casting a text of
 * ours to a number, which names what was wrong in every language the server may speak.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_UNLESS_H
#define BELLOWS_RUNTIME_HISTORY_UNLESS_H

#include "introspect/session/session.h"

/* A SELECT without its FROM, which the condition may need; `word` begins with "bellows: ". */
char *sql_unless(Arena *arena, const char *condition, const char *word);
/* Did it fail with this word? */
bool failed_unless(const ServerError *error, const char *word);

#endif
