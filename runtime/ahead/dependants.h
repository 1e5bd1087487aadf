/*
 * dependants.h - what rests on a table or column that a script drops, or on a column that it gives
 * another type, so that the server would refuse the script in its midst.
 *
 * The server keeps track of what views, rules, policies, triggers, generated columns and bodies of
 * BEGIN ATOMIC use (pg_depend; manual, "Dependency Tracking"), in every schema: also in those that
 * are not the project's, of which no plan knows. So it is asked before anything is changed. Errors:
 * E0542 with all that stands in the way, or the warning W0543.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_DEPENDANTS_H
#define BELLOWS_RUNTIME_AHEAD_DEPENDANTS_H

#include "introspect/session/session.h"
#include "runtime/script/script.h"

typedef VEC(const char *) ScriptTexts;

/* A script's text without the blocks that we have written: their words are no names. */
const char *dependants_text(Arena *arena, const char *script);

/*
 * `changes` are asked for in the database. What is in one of the schemas `known` somebody else has
 * told; an object that one of the `scripts` names, or its schema, is seen to. An unqualified table
 * is one of `default_schema`. False when something is in the way and scripts are to be `applied`,
 * or after another report.
 */
MUST_CHECK bool dependants_check(Arena *arena, Session *session, const ScriptChangeList *changes,
                                 const ScriptTexts *scripts, const ScriptTexts *known,
                                 const char *default_schema, bool applied, Diagnostics *diags);

#endif
