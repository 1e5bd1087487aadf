/*
 * gate.h - the gates between a program's old version and its new one: which plans wait, which may
 * pass.
 *
 * The contract scripts of a plan wait until somebody says that no program of the old version runs
 * (docs/directives.md). Each plan has a gate of its own, and several may wait at once. A script may
 * run before a waiting one that stands in front of it where neither touches what the other does
 * (script_common_touch). Errors: E0506, E0537, E0538. Texts live in the arena.
 */
#ifndef BELLOWS_RUNTIME_AHEAD_GATE_H
#define BELLOWS_RUNTIME_AHEAD_GATE_H

#include "introspect/session/session.h"
#include "runtime/history/history.h"
#include "runtime/history/migrations.h"

/* Whose gates are open. */
typedef struct GateOptions {
    bool all;                 /* everybody's: dev, reset */
    bool only;                /* that of the one plan that waits; E0537 when several do */
    const char *const *plans; /* these: a plan's id, name, or one of its directories */
    size_t plan_count;
} GateOptions;

typedef VEC(const Migration *) MigrationRefs;

/* A plan with contract scripts that have not run. */
typedef struct Gate {
    const char *plan;       /* its id; the directory of a script that states none */
    const char *name;       /* "add_email": what its directories have in common */
    MigrationRefs scripts;  /* those that wait */
    size_t before;          /* scripts of it that have to run before the gate is reached */
    const char *reached_at; /* when the last of those ran, in the server's words; NULL */
    bool takes_back;        /* it undoes another plan: the new program has to be gone */
    bool apart; /* one of the programs cannot work beside the other: see directives.md */
    bool open;
} Gate;

typedef VEC(Gate) GateList;

/* A script that cannot run before a waiting one in front of it. */
typedef struct BlockedMigration {
    const Migration *migration, *waiting;
    const char *gate; /* the waiting one's plan */
} BlockedMigration;

typedef VEC(BlockedMigration) BlockedList;

/* `pending` in folder order. A history that is fresh has no gates: nothing older can be alive. */
void gates_find(Arena *arena, const Migrations *migrations, const History *history,
                const MigrationRefs *pending, GateList *ret_gates);
/* Opens those that the options name. */
MUST_CHECK bool gates_open(const Migrations *migrations, const GateOptions *options,
                           Diagnostics *diags, GateList *gates);
/* Which of `pending` have to wait. E0506 when one that may run touches what a waiting one in front
 * of it does, and then it is among the blocked. Without a session an index that is dropped counts
 * for no table. */
MUST_CHECK bool gates_hold(Arena *arena, Session *session, const History *history,
                           const MigrationRefs *pending, const GateList *gates, Diagnostics *diags,
                           MigrationRefs *ret_held, BlockedList *ret_blocked);
/* "3 days", "5 minutes": how long it has been waiting, by the server's clock; NULL when not known.
 */
const char *gate_age(Arena *arena, Session *session, const Gate *gate);

#endif
