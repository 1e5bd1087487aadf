/*
 * push.h - runs a plan's statements without a history (`db push`).
 *
 * All statements that can share a transaction do, so a failure leaves nothing half done; those that
 * refuse one run alone, in order, and what uses a new enum value runs after its commit. More than
 * the server has locks for are committed in pieces, and a run after a failure does the rest.
 * Errors: E0509 with the failing statement.
 */
#ifndef BELLOWS_RUNTIME_APPLY_PUSH_H
#define BELLOWS_RUNTIME_APPLY_PUSH_H

#include "compiler/plan/emit/emit.h"
#include "introspect/session/session.h"
#include "runtime/lock/guard.h"

/* The caller has the guard; through a pooler each transaction claims the database. `record`: ours,
 * qualified throughout, committed with the last of the statements; NULL: none. `ret_done` counts
 * the statements that are committed, also on failure. */
MUST_CHECK bool push_run(Arena *arena, Session *session, const Guard *guard,
                         const StatementList *statements, const char *record,
                         const Progress *progress, Diagnostics *diags, size_t *ret_done);

#endif
