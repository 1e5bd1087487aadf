/*
 * asides.h - what no block can make anew when a column changes its type: asked before anything
 * runs.
 *
 * The block that sets aside what rests on a column refuses what it cannot make again
 * (compiler/blocks/aside_block.h), in the last scripts of a plan. The same text is asked here in
 * front of the first, and changes nothing. What is not there yet, another script makes. Errors:
 * E0542 with all that stands in the way, or what is wrong with the connection.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_ASIDES_H
#define BELLOWS_RUNTIME_AHEAD_ASIDES_H

#include "compiler/blocks/aside_block.h"
#include "introspect/session/session.h"
#include "runtime/ahead/dependants.h"

typedef VEC(AsideBlock) AsideList;

/* An unqualified table is one of `default_schema`. What one of the `scripts` names is seen to. */
MUST_CHECK bool asides_check(Arena *arena, Session *session, const AsideList *asides,
                             const ScriptTexts *scripts, const char *default_schema,
                             Diagnostics *diags);

#endif
