/*
 * pending.h - what pending scripts meet in a database, asked before the first of them runs.
 *
 * Code that names what they take away (code.h), what rests on it (dependants.h, asides.h), what
 * subscribers feel (published.h), values that would be lost without a statement that says so
 * (losses.h): the errors are theirs. Nothing is changed.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_PENDING_H
#define BELLOWS_RUNTIME_AHEAD_PENDING_H

#include "introspect/session/session.h"
#include "runtime/ahead/gate.h"
#include "runtime/history/history.h"

/* What becomes of code that names what the scripts take away (code.h). */
typedef enum CodeManner {
    CODE_REFUSES,
    CODE_WARNS, /* it was agreed to */
    CODE_UNASKED,
} CodeManner;

/* All of it belongs to the caller. */
typedef struct PendingLook {
    Session *session;
    const History *history;
    const MigrationRefs *pending; /* in folder order */
    const MigrationRefs *held;    /* those of them that wait at a gate, or behind one */
    CodeManner code;
    const bool *agreed; /* by HazardCode: losses that need no other consent; NULL: none is looked
                         * for */
    Diagnostics *diags;
} PendingLook;

/* Does code in the database name what the scripts take away, does anything rest on it, and what do
 * subscribers feel? False after a report. */
MUST_CHECK bool pending_check_code(Arena *arena, const PendingLook *look);
/* What one of them loses although its statements do not say so. False after a report. */
MUST_CHECK bool pending_check_loss(Arena *arena, const PendingLook *look,
                                   const Migration *migration);
/* What all that run lose, before the first does; what only one of them makes is looked at in its
 * turn. */
MUST_CHECK bool pending_check_losses(Arena *arena, const PendingLook *look);

#endif
