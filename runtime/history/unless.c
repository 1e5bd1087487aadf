/*
 * unless.c - see unless.h. In: a condition and a word. Out: a statement.
 */
#include "base/common.h"

#include "runtime/history/unless.h"

#include <string.h>

#include "runtime/script/quote.h"

/* concat() is not immutable, so the cast is not tried before it is needed. */
char *sql_unless(Arena *arena, const char *condition, const char *word)
{
    return arena_printf(arena,
                        "SELECT CASE WHEN %s THEN 0 ELSE pg_catalog.concat(%s, "
                        "pg_catalog.pg_backend_pid())::pg_catalog.int4 END",
                        condition, quote_text(arena, word));
}

bool failed_unless(const ServerError *error, const char *word)
{
    return strcmp(error->sqlstate, "22P02") == 0 && strstr(error->message, word) != NULL;
}
