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

/*
 * What an expression means: a temporary view of it is made in the state of a script and printed
 * under an empty path, in a transaction that is rolled back. Nothing runs, nothing stays. What it
 * uses has to be pg_catalog's, an extension's, or of an owner who may be trusted with the table:
 * the current role, a superuser, the owner of the database or of the table. Anything else somebody
 * may have put into the path.
 *
 * `select` is a view's query; `table` the table whose rows are filled, qualified ("": none). The
 * view's definition, or NULL with `ret_why` in words. False when the connection is lost or the user
 * has interrupted (reported).
 */
MUST_CHECK bool lookup_expression(Arena *arena, Session *session, const char *select,
                                  const char *table, Diagnostics *diags,
                                  const char **ret_definition, const char **ret_why);

#endif
