/*
 * push.h - runs a plan's statements without a history (`db push`).
 *
 * All statements that can share a transaction do, so a failure leaves nothing half done; those that
 * refuse one run alone, in order. Errors: E0508 with the failing statement.
 */
#ifndef BELLOWS_RUNTIME_PUSH_H
#define BELLOWS_RUNTIME_PUSH_H

#include "compiler/emit.h"
#include "runtime/apply.h"

/* `ret_done` counts the statements that are committed, also on failure. */
MUST_CHECK bool push_run(Arena *arena, Session *session, const StatementList *statements,
                         const ApplyOptions *options, const Progress *progress, Diagnostics *diags,
                         size_t *ret_done);

#endif
