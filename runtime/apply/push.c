/*
 * push.c - a plan's statements, run without a history.
 *
 * Neighbours that can share a transaction do. One that refuses runs between two of them. New enum
 * values cannot be used before their commit: what uses them is set aside, the rest is committed
 * with them, and only then comes what was set aside. So a failure elsewhere leaves no value behind.
 *
 * A transaction holds each lock of its statements to its end, and the server's table of locks is
 * everybody's. Thousands of statements are therefore committed in pieces; a piece that still is too
 * large is halved (manual, "Lock Management"). What is committed is not planned again.
 */
#include "base/common.h"

#include "runtime/apply/push.h"

#include <string.h>

#include "introspect/session/may_write.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/lock/claim.h"

/* A table with its keys, sequence and TOAST takes about five locks, of some 6,400 by default. */
enum { PIECE = 400 };

typedef struct Push {
    Arena *arena;
    Session *session;
    const Guard *guard;
    const Progress *progress;
    Diagnostics *diags;
    size_t piece;        /* statements that a transaction may hold */
    size_t first;        /* the first of the open transaction, in the list that runs */
    size_t first_aside;  /* how many were set aside before it */
    size_t open;         /* statements in the transaction that is open */
    size_t done;         /* statements committed */
    bool again;          /* the piece was rolled back, to be begun anew */
    bool adds_values;    /* the open transaction has added enum values */
    bool told;           /* a failure, with what stays of the statements */
    StatementList aside; /* wait for its commit */
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
    push->adds_values = false;
    return true;
}

/* What the statement is, in one line. */
static const char *first_line(Arena *arena, const char *sql)
{
    return arena_strndup(arena, sql, strcspn(sql, "\n"));
}

static bool is_tight(const ServerError *error)
{
    return strcmp(error->sqlstate, "53200") == 0; /* out_of_memory: also of the lock table */
}

static void report(Push *push, const Statement *statement, const ServerError *error)
{
    push->told = true;
    if (apply_is_failure_of_world(error) && !is_tight(error)) {
        Diagnostic *stopped = session_report(push->session, error, push->diags);
        diag_note(push->diags, stopped, span_none(), "%s",
                  push->done == 0 ? "nothing was changed"
                                  : "what was committed before stays; run it again for the rest");
        return;
    }
    const char *help =
        is_tight(error)   ? "the server's table of locks is full: raise "
                            "`max_locks_per_transaction` and restart it, or run it again when less "
                            "is going on"
        : push->done == 0 ? "nothing was changed; bring the data in order and run it again"
                          : "what was committed before it stays; run it again for the rest";
    Diagnostic *d = diag_report(push->diags, DIAG_STATEMENT_FAILED, span_none(), error->message,
                                error->sqlstate, help);
    diag_note(push->diags, d, span_none(), "in: %s", first_line(push->arena, statement->sql));
    if (error->detail[0] != '\0') {
        diag_note_lines(push->diags, d, "", error->detail);
    }
}

static Name table_name(const Step *step)
{
    const Table *table = step->after.table != NULL ? step->after.table : step->before.table;
    return table == NULL ? NULL : table->name;
}

/* Defaults have no say in what rows are. */
static bool changes_more_than_defaults(const Step *step)
{
    vec_each(const Clause, at, &step->clauses) {
        if (at->kind != CLAUSE_SET_DEFAULT && at->kind != CLAUSE_DROP_DEFAULT) {
            return true;
        }
    }
    return step->kind != STEP_ALTER_TABLE;
}

/* Something is not there yet, is still there, or is still in use: a column, a table or an index,
 * anything else (manual, appendix "PostgreSQL Error Codes"). */
static bool is_about_presence(const char *sqlstate)
{
    static const char codes[][6] = {"42703", "42P01", "42704", "42701", "42P07", "42710", "2BP01"};
    for (size_t i = 0; i < lengthof(codes); i++) {
        if (strcmp(sqlstate, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Can the error come from what was set aside, because that is not done yet? */
static bool rests_on_aside(const Push *push, const Statement *statement, const char *sqlstate)
{
    const Name table = table_name(statement->step);
    vec_each(const Statement, at, &push->aside) {
        if (is_about_presence(sqlstate) || (table != NULL && table == table_name(at->step) &&
                                            changes_more_than_defaults(at->step))) {
            return true;
        }
    }
    return false;
}

/* 55P04: unsafe_new_enum_value_usage. */
static bool waits_for_values(const Push *push, const Statement *statement, const ServerError *error)
{
    return push->adds_values && (strcmp(error->sqlstate, "55P04") == 0 ||
                                 rests_on_aside(push, statement, error->sqlstate));
}

/* In the open transaction. *ret_aside: it has to wait, and nothing of it is done. */
static bool execute_shared(Push *push, const Statement *statement, bool *ret_aside,
                           ServerError *ret_error)
{
    const SessionScript script = {.text = statement->sql};
    ServerError ignored;
    *ret_aside = false;
    if (!push->adds_values) {
        return session_run_script(push->session, &script, ret_error);
    }
    if (!session_control(push->session, "SAVEPOINT bellows", ret_error)) {
        return false;
    }
    if (session_run_script(push->session, &script, ret_error)) {
        return session_control(push->session, "RELEASE SAVEPOINT bellows", ret_error);
    }
    *ret_aside = waits_for_values(push, statement, ret_error) &&
                 session_control(push->session, "ROLLBACK TO SAVEPOINT bellows", &ignored);
    return false;
}

/* Less at once, from the first statement of what is rolled back. False: it was one alone. */
static bool halve(Push *push, const ServerError *error)
{
    if (!is_tight(error) || push->open == 0) {
        return false;
    }
    session_rollback(push->session);
    push->piece = push->open > 1 ? push->open / 2 : 1;
    push->open = 0;
    push->adds_values = false;
    push->aside.count = push->first_aside;
    push->again = true;
    return true;
}

static bool fail(Push *push, const Statement *statement, const ServerError *error)
{
    session_rollback(push->session);
    push->open = 0;
    report(push, statement, error);
    return false;
}

static bool run_alone(Push *push, const Statement *statement)
{
    const SessionScript script = {.text = statement->sql, .alone = true};
    ServerError error;
    if (!commit(push)) {
        return false;
    }
    if (!session_run_script(push->session, &script, &error)) {
        return fail(push, statement, &error);
    }
    push->done++;
    return true;
}

static bool run_shared(Push *push, const Statement *statement)
{
    ServerError error;
    bool aside;
    if (push->open == 0 &&
        !claim_begin(push->arena, push->session, push->guard, push->progress, push->diags)) {
        return false;
    }
    if (execute_shared(push, statement, &aside, &error)) {
        push->open++;
        push->adds_values |= statement->step->kind == STEP_ADD_ENUM_VALUES;
        return true;
    }
    if (aside) {
        vec_push(push->arena, &push->aside, *statement);
        return true;
    }
    return halve(push, &error) || fail(push, statement, &error);
}

static bool run_statement(Push *push, const Statement *statement)
{
    const StepKind kind = statement->step->kind;
    return kind == STEP_ADD_ENUM_VALUES || step_row(kind)->transaction == TX_SHARED
               ? run_shared(push, statement)
               : run_alone(push, statement);
}

static bool run_all(Push *push, const StatementList *statements)
{
    for (size_t i = 0; i < statements->count; i = push->again ? push->first : i + 1) {
        if (push->open >= push->piece && !commit(push)) {
            return false;
        }
        if (push->open == 0) {
            push->first = i;
            push->first_aside = push->aside.count;
        }
        push->again = false;
        if (!run_statement(push, &statements->items[i])) {
            return false;
        }
    }
    return true;
}

/* In the transaction of what ran last. */
static bool run_record(Push *push, const char *record)
{
    ServerError error;
    if (push->open == 0 &&
        !claim_begin(push->arena, push->session, push->guard, push->progress, push->diags)) {
        return false;
    }
    if (!session_control(push->session, record, &error)) {
        session_rollback(push->session);
        session_report(push->session, &error, push->diags);
        return false;
    }
    return push->open > 0 || session_commit(push->session, push->diags);
}

bool push_run(Arena *arena, Session *session, const Guard *guard, const StatementList *statements,
              const char *record, const Progress *progress, Diagnostics *diags, size_t *ret_done)
{
    Push push = {.arena = arena,
                 .session = session,
                 .guard = guard,
                 .progress = progress,
                 .diags = diags,
                 .piece = PIECE};
    bool ok = session_check_settings(session, diags) && session_may_write(session, diags) &&
              run_all(&push, statements);
    if (ok && push.aside.count > 0) {
        const StatementList aside = push.aside;
        push.aside = (StatementList){0};
        ok = commit(&push) && run_all(&push, &aside);
    }
    ok = ok && (record == NULL || run_record(&push, record)) && commit(&push);
    if (!ok && !push.told && push.done > 0 &&
        diags->items.count > 0) { /* stopped between two of them */
        diag_note(diags, vec_last(&diags->items), span_none(),
                  "what was committed before stays; run it again for the rest");
    }
    *ret_done = push.done;
    return ok;
}
