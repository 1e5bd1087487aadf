/*
 * history.h - the table `_prisma_migrations`: what was applied, when, with what result.
 *
 * The table, its rows and their life are the reference tool's, so both can be used in turn on one
 * database. A row is interrupted (neither finished_at nor logs: it runs now, or its process died),
 * failed (no finished_at, logs), applied (finished_at) or rolled back (rolled_back_at; ignored).
 * Times are texts as the server prints them. Rows live in the arena given. Errors: E0532, P3008,
 * P3011, P3012, P3017, and those of session.h.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_HISTORY_H
#define BELLOWS_RUNTIME_HISTORY_HISTORY_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "base/vec.h"
#include "introspect/session/session.h"
#include "runtime/history/migrations.h"
#include "runtime/host/chance.h"

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
    bool is_replaced;     /* its migration was squashed: squashed.h */
    bool is_taken_over;   /* of no table yet: the same */
    bool nothing_applied; /* FAILED, and its logs say that it ran in one transaction */
} HistoryRow;

/* What is in the table: as read, and as our own transactions went on (history_note). */
typedef struct HistoryCounts {
    size_t rows, finished, rolled_back;
} HistoryCounts;

typedef struct History {
    Arena *arena;
    bool exists;          /* the table */
    bool progress_exists; /* and the one for positions, when it was read or since */
    bool progress_stood;  /* when it was read: earlier runs may have left rows */
    bool schema_exists;
    const char *filtered; /* of the two, one that row security may hide rows of; or NULL */
    const char *unfit, *unfit_relation; /* of a column that is no such column, and whose; or NULL */
    const char *schema;   /* where it is, or would be created: first of the search_path */
    const char *table;    /* its name, quoted and qualified */
    VEC(HistoryRow) rows; /* by started_at */
    HistoryCounts counts;
    const struct Stranger *stranger; /* whose code a write would run; NULL: nobody's */
} History;

/* A row of a script that is about to run. */
typedef struct HistoryStart {
    char id[UUID_SIZE];
    const char *started_at; /* our clock */
} HistoryStart;

/* --- reading --- */

MUST_CHECK bool history_read(Arena *arena, Session *session, Diagnostics *diags,
                             History **ret_history);

/* Before anything is written into the table, of the project or of it: E0532 and false where code of
 * somebody else's would run by that. */
MUST_CHECK bool history_may_write(const History *history, Diagnostics *diags);

/* Does the error say that a table is not of the shape we made it in: a column is missing, or of a
 * type that cannot be read so? */
bool history_is_of_other_shape(const ServerError *error);

/* --- queries --- */

/* The row that counts for `name`: the last one not rolled back; NULL when there is none. */
const HistoryRow *history_find(const History *history, const char *name);
/* Nothing was ever applied: no table, or no finished row that stands. */
bool history_is_fresh(const History *history);
/* The end of the logs of a script that failed in one transaction. */
extern const char history_nothing_applied[];

/* --- changing: statements for a message of the caller's; `history->rows` stays as it was read ---
 */

/* Behind a statement of ours that makes something: an event trigger may have moved the role. */
#define SQL_AS_OURSELVES "RESET SESSION AUTHORIZATION;\nRESET ROLE;\n"

/* Creates schema and table where they are missing; NULL when they are there. */
char *history_sql_create(Arena *arena, const History *history);
/* A new id and the time; nothing is written yet. */
HistoryStart history_start(Arena *arena);
/* The row of a started script, of an applied one, and the finishing of a started one. A row that
 * the table does not keep as it was written (a trigger, a rule, row security) is an error of the
 * message: else the script would be applied again. */
char *history_sql_started(Arena *arena, const History *history, const Migration *migration,
                          const HistoryStart *start);
char *history_sql_applied(Arena *arena, const History *history, const Migration *migration,
                          const HistoryStart *start);
char *history_sql_finish(Arena *arena, const History *history, const Migration *migration,
                         const char *id);
/* The row of an applied script as a statement that is prepared under a name beginning with `name`,
 * an identifier that needs no quotes; then the same as history_sql_applied. It fails where a
 * trigger, a rule or row security could make another row of it (history_is_watched). */
char *history_sql_prepare_applied(Arena *arena, const History *history, const char *name);
char *history_sql_execute_applied(Arena *arena, const char *name, const Migration *migration,
                                  const HistoryStart *start);
bool history_is_watched(const ServerError *error);
/* The logs of a failure, into the started row or (`is_started` false) into a new one. */
char *history_sql_fail(Arena *arena, const History *history, const Migration *migration,
                       const HistoryStart *start, bool is_started, const char *logs);
/* The started row of a script of which nothing was applied, and that nothing is held against. */
char *history_sql_forget(Arena *arena, const History *history, const char *id);
/* An error of the message where a row of that name is still there. */
char *history_sql_gone(Arena *arena, const History *history, const char *name);
/* What was applied of the migration is undone: it counts as never applied. */
char *history_sql_withdraw(Arena *arena, const History *history, const Migration *migration);
/* Did a message end so? */
bool history_lost_row(const ServerError *error);
/* What a message with a row of ours failed with: E0552 for a row that was not kept, with what
 * `remains` of the migration. */
void history_report(Session *session, const ServerError *error, const char *remains,
                    Diagnostics *diags);
/* A committed transaction of ours has added a row (`added`), finished one. */
void history_note(History *history, bool added, bool finished);
/* Is the row committed as finished? For use after a lost connection. */
MUST_CHECK bool history_is_finished(Session *session, const History *history, const char *id,
                                    Diagnostics *diags, bool *ret_finished);

/* --- resolve: what has to be run under the advisory lock; false after a report --- */

MUST_CHECK bool history_resolve_applied(History *history, const Migrations *migrations,
                                        const char *name, Diagnostics *diags, char **ret_sql);
MUST_CHECK bool history_resolve_rolled_back(History *history, const char *name, Diagnostics *diags,
                                            char **ret_sql);

#endif
