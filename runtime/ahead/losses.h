/*
 * losses.h - what a script does away with although no statement of it says so: a column made anew,
 * whose values nothing turns into the new type, and what a list holds behind its first value.
 *
 * Where the plan was made there may have been no row. The script states such a loss (`-- bellows:
 * loses`, docs/directives.md), and where it is to run it is looked whether there is one. Error:
 * E0544, unless its hazard was agreed to by name.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_LOSSES_H
#define BELLOWS_RUNTIME_AHEAD_LOSSES_H

#include "introspect/session/session.h"
#include "runtime/script/script.h"

/* `agreed`, by HazardCode: the hazards that need no other consent. A table or column that is not
 * there, or not yet, holds nothing. An unqualified table is one of `default_schema`. */
MUST_CHECK bool losses_check(Arena *arena, Session *session, const char *migration,
                             const ParsedScript *script, const bool *agreed,
                             const char *default_schema, Diagnostics *diags);

#endif
