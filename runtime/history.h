/*
 * history.h - the table `_prisma_migrations`: what was applied, when, with what result.
 *
 * The table, its rows and their life are the reference tool's, so both can be used in turn on one
 * database. A row is running or interrupted (no finished_at, no logs), failed (no finished_at,
 * logs), applied (finished_at) or rolled back (rolled_back_at; ignored). Times are texts as the
 * server prints them. Rows live in the arena given. Errors: P3008, P3011, P3012, P3017, database
 * errors.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_H
#define BELLOWS_RUNTIME_HISTORY_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag.h"
#include "base/vec.h"
#include "runtime/chance.h"
#include "runtime/migrations.h"

typedef struct Session Session;

typedef enum HistoryState {
    HISTORY_APPLIED,
    HISTORY_FAILED,      /* an error is logged */
    HISTORY_INTERRUPTED, /* running, or its process died */
    HISTORY_ROLLED_BACK,
} HistoryState;

typedef struct HistoryRow {
    const char *id;
    const char *checksum;
    const char *name;
    const char *started_at;
    const char *finished_at;    /* NULL: not */
    const char *rolled_back_at; /* NULL: not */
    const char *logs;           /* NULL: none */
    int applied_steps_count;
    HistoryState state;
    bool nothing_applied; /* FAILED, and its logs say that it ran in one transaction */
} HistoryRow;

typedef struct History {
    Arena *arena;
    bool exists;          /* the table */
    const char *schema;   /* where it is, or would be created: first of the search_path */
    VEC(HistoryRow) rows; /* by started_at */
} History;

/* --- reading --- */

MUST_CHECK bool history_read(Arena *arena, Session *session, Diagnostics *diags,
                             History **ret_history);
/* The row that counts for `name`: the last one not rolled back; NULL when there is none. */
const HistoryRow *history_find(const History *history, const char *name);
/* Nothing was ever applied: no table, or no finished row that stands. */
bool history_is_fresh(const History *history);

/* --- changing --- */

/* Creates the table if missing. */
MUST_CHECK bool history_create(Session *session, History *history, Diagnostics *diags);
/* Inserts the row of a migration that starts now. */
MUST_CHECK bool history_start(Session *session, const History *history, const Migration *migration,
                              Diagnostics *diags, char ret_id[UUID_SIZE]);
MUST_CHECK bool history_finish(Session *session, const History *history, const char *id,
                               Diagnostics *diags);
/* Writes logs; inserts the row when `id` is NULL (a script that left nothing, see the decision
 * record). */
MUST_CHECK bool history_fail(Session *session, const History *history, const Migration *migration,
                             const char *id, const char *started_at, const char *logs,
                             Diagnostics *diags);

/* The statement that inserts an applied row, to be sent in the script's own transaction. */
char *history_applied_statement(Arena *arena, const History *history, const Migration *migration,
                                const char *id, const char *started_at);
/* The statement that finishes a started row. */
char *history_finish_statement(Arena *arena, const History *history, const char *id);
/* Was the row with this id committed as finished? For use after a lost connection. */
MUST_CHECK bool history_is_finished(Session *session, const History *history, const char *id,
                                    Diagnostics *diags, bool *ret_finished);

/* --- resolve --- */

/* `migrate resolve --applied NAME`: the caller holds the advisory lock. */
MUST_CHECK bool history_resolve_applied(Session *session, History *history,
                                        const Migrations *migrations, const char *name,
                                        Diagnostics *diags);
/* `migrate resolve --rolled-back NAME` */
MUST_CHECK bool history_resolve_rolled_back(Session *session, History *history, const char *name,
                                            Diagnostics *diags);

#endif
