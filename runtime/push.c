/*
 * push.c - a plan's statements, run without a history.
 *
 * Neighbours that can share a transaction do. A statement that refuses one, or whose effect later
 * statements can only use after its commit (new enum values), ends the transaction before it.
 */
#include "base/common.h"

#include "runtime/push.h"

#include <string.h>

#include "introspect/session.h"

typedef struct Push {
    Arena *arena;
    Session *session;
    Diagnostics *diags;
    size_t open; /* statements in the transaction that is open */
    size_t done; /* statements committed */
} Push;

static bool commit(Push *push)
{
    if (push->open == 0) {
        return true;
    }
    if (!session_commit(push->session, push->diags)) {
        return false;
    }
    push->done += push->open;
    push->open = 0;
    return true;
}

/* What the statement is, in one line. */
static const char *first_line(Arena *arena, const char *sql)
{
    return arena_strndup(arena, sql, strcspn(sql, "\n"));
}

static void report(Push *push, const Statement *statement, const ServerError *error)
{
    if (error->connection_lost || error->interrupted) {
        session_report(push->session, error, push->diags);
        return;
    }
    const char *help = push->done == 0
                           ? "nothing was changed; bring the data in order and run it again"
                           : "what was committed before it stays; run it again for the rest";
    Diagnostic *d = diag_report(push->diags, DIAG_STATEMENT_FAILED, span_none(), error->message,
                                error->sqlstate, help);
    diag_note(push->diags, d, span_none(), "in: %s", first_line(push->arena, statement->sql));
    if (error->detail[0] != '\0') {
        diag_note(push->diags, d, span_none(), "%s", error->detail);
    }
}

static bool run_statement(Push *push, const Statement *statement)
{
    ServerError error;
    bool shared = step_row(statement->step->kind)->transaction == TX_SHARED;
    if (!shared && !commit(push)) {
        return false;
    }
    if (shared && push->open == 0 && !session_begin(push->session, push->diags)) {
        return false;
    }
    if (!session_execute(push->session, statement->sql, &error)) {
        session_rollback(push->session);
        push->open = 0;
        report(push, statement, &error);
        return false;
    }
    if (shared) {
        push->open++;
    } else {
        push->done++;
    }
    return true;
}

bool push_run(Arena *arena, Session *session, const StatementList *statements,
              const ApplyOptions *options, const Progress *progress, Diagnostics *diags,
              size_t *ret_done)
{
    Push push = {.arena = arena, .session = session, .diags = diags};
    bool ok = true;
    (void)options;
    (void)progress;
    for (size_t i = 0; ok && i < statements->count; i++) {
        ok = run_statement(&push, &statements->items[i]);
    }
    ok = ok && commit(&push);
    *ret_done = push.done;
    return ok;
}
