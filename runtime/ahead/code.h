/*
 * code.h - functions of the database whose text names what a change takes away.
 *
 * The server reads the text of a function when it runs: it refuses no rename and no drop because of
 * one, and every statement that fires such a trigger fails afterwards. So the texts are looked at
 * before anything is changed: by words, outside of comments and inside of quotes, for dynamic SQL
 * stands there. What the server itself keeps track of (views, policies, bodies of BEGIN ATOMIC) is
 * not asked here. Errors: E0539 with all that stands in the way, and the warning E0540.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_CODE_H
#define BELLOWS_RUNTIME_AHEAD_CODE_H

#include "introspect/session/session.h"
#include "runtime/script/script.h"

/*
 * `changes` are asked for in the database; functions that `made` names are written anew by the same
 * scripts. A trigger's function that names a column of its table as NEW.x or OLD.x fails: E0539
 * unless `allowed`, then the warning. An unqualified table is one of `default_schema`. One that may
 * name it is a warning. False when something is in the way, or after another report.
 */
MUST_CHECK bool code_check(Arena *arena, Session *session, const ScriptChangeList *changes,
                           const ScriptNameList *made, const char *default_schema, bool allowed,
                           Diagnostics *diags);

#endif
