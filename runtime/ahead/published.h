/*
 * published.h - tables of publications that scripts change: what their subscribers feel.
 *
 * Logical replication matches tables and columns by name, and is not told of changes: a renamed
 * table or column stops the subscriber, a new column must be there first, another type must take
 * the values that come. (Measured: docs/online.md.) A column that is dropped here first does no
 * harm.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_PUBLISHED_H
#define BELLOWS_RUNTIME_AHEAD_PUBLISHED_H

#include "introspect/session/session.h"
#include "runtime/script/script.h"

/* Does the database publish anything? What cannot be asked is taken for no. */
bool published_any(Arena *arena, Session *session);
/* W0541 for each change of a published table; an unqualified one is of `default_schema`. False
 * after another report. */
MUST_CHECK bool published_check(Arena *arena, Session *session, const ScriptChangeList *changes,
                                const char *default_schema, Diagnostics *diags);

#endif
