/*
 * lookup.h - what the names in somebody's script mean: found as the script would find them.
 *
 * A script's names follow the path of role, database and URL, ours do not (session.h). Here alone
 * the one is asked by the other. Texts live in the arena. Errors: those of session.h.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_LOOKUP_H
#define BELLOWS_RUNTIME_AHEAD_LOOKUP_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "runtime/script/script.h"

typedef struct Session Session;

/* The oids of the tables, indexes, ... that are there, as `{1,2}`; NULL after a report. */
char *lookup_relations(Arena *arena, Session *session, const ScriptNameList *names,
                       Diagnostics *diags);

#endif
