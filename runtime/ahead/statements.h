/*
 * statements.h - statements that name what a gate's scripts take away, as pg_stat_statements keeps
 * them.
 *
 * From 17 on the server says since when it keeps each of them, from 14 on since when all; before
 * that it is only known that they were run at some time. The most frequent are kept, so silence
 * proves nothing. A name inside a longer text, or one of another table's, is found as well: it is
 * told, and never acted upon.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_STATEMENTS_H
#define BELLOWS_RUNTIME_AHEAD_STATEMENTS_H

#include "runtime/ahead/gate.h"

typedef struct StatementsSeen {
    bool late;        /* some were run behind the gate's beginning */
    const char *told; /* NULL: the extension is not there, or may not be asked */
} StatementsSeen;

/* Never fails: what cannot be asked is not known. */
StatementsSeen statements_seen(Arena *arena, Session *session, const Gate *gate);

#endif
