/*
 * apply_internal.h - what the files that run scripts share; for runtime/apply*.c and shadow.c only.
 */
#ifndef BELLOWS_RUNTIME_APPLY_APPLY_INTERNAL_H
#define BELLOWS_RUNTIME_APPLY_APPLY_INTERNAL_H

#include "introspect/session/session.h"
#include "runtime/apply/apply.h"

/* What of a script that fails is applied all the same, by which its remedy goes. */
typedef enum Stays {
    STAYS_NOTHING,
    STAYS_PARTS,     /* parts or batches: the same text continues behind them */
    STAYS_COMMITTED, /* what it has committed by itself */
} Stays;

/* One migration while it is applied. */
typedef struct ApplyCx {
    Arena *arena;
    Session *session;
    const Guard *guard;
    History *history;
    const Migration *migration;
    const ParsedScript *script;
    const ApplyOptions *options;
    const Progress *progress;
    Diagnostics *diags;
    uint64_t lock_timeout_ms; /* for what shares a transaction */
    HistoryStart start;
    Stays stays;
    bool is_brief;      /* its message may execute what is prepared */
    bool prepares;      /* its message prepares it */
    bool behind_failed; /* a part's statement is done; ours behind it was refused */
    bool unlocked;      /* what ran before has let go of the lock, nothing was done */
    bool moved;         /* through a pooler: the history has moved on, nothing was done */
} ApplyCx;

/* --- apply_report.c --- */

/* The error's place in the script, or its statement's; file 0 when neither is known. `offset`:
 * where the message started in the script. */
Span apply_error_span(Diagnostics *diags, const char *path, const ParsedScript *script,
                      size_t offset, const ServerError *error);
/* Raises `code`, whose holes are (`name` unless NULL), message, SQLSTATE, help. */
Diagnostic *apply_report_error(Diagnostics *diags, DiagCode code, const char *name, Span span,
                               const ServerError *error, const char *help);
/* What the history keeps of a failure. */
char *apply_logs(Arena *arena, const Migration *migration, Diagnostics *diags, Span span,
                 const ServerError *error, const char *remains);

/* --- apply_violators.c --- */

/* Some of the rows that break the check of the error, as text; NULL where it is no check's, or they
 * cannot be told. Before the check is taken away. */
const char *apply_violators(const ApplyCx *cx, const ServerError *error);

/* --- apply_proof.c --- */

/* The script, which has failed and left nothing, was to prove a check or foreign key that its plan
 * has added: that is taken away, `failure` recorded and both scripts rolled back, in one
 * transaction. False: it is no such script, or its table is not to be had; nothing is changed then.
 */
MUST_CHECK bool apply_withdraw_proof(ApplyCx *cx, const ServerError *error, const char *failure);

/* --- apply_message.c --- */

/* Runs the part and, in the same transaction, our statements `behind` it: one message, which is
 * repeated while a lock is not to be had. Its limits and, through a pooler, its claim stand before
 * it. False leaves the error, whose position is one in the part; nothing is applied then. */
MUST_CHECK bool apply_message(ApplyCx *cx, const ScriptPart *part, const char *behind,
                              ServerError *ret_error);

/* --- apply_ahead.c --- */

/* For SessionScript.meanwhile; `cx` is an ApplyAhead. */
void apply_read_ahead(void *cx);
/* NULL unless just this migration was read ahead; else the arena it lives in is the caller's. */
const ParsedScript *apply_take_ahead(ApplyAhead *ahead, const Migration *migration,
                                     Arena **ret_arena);

/* --- apply_prepared.c --- */

/* Statements for the message, executed from what is prepared where they may be: that the lock is
 * still held, unless that has been asked before, and how long is waited for others; that nobody old
 * is in the way, "" where the head of a message that `looks` sees to that; the row of the applied
 * script, and behind it what prepares all these for the next. */
const char *apply_sql_head(const ApplyCx *cx, bool looks);
const char *apply_sql_look(const ApplyCx *cx);
const char *apply_sql_applied(ApplyCx *cx);
/* The message is done, and with it what it prepared. */
void apply_note_prepared(const ApplyCx *cx);
/* Did the message fail, as a whole, because its script had let go of what was prepared, or because
 * that is too little here? Then it is to be sent again, and is another one. */
bool apply_says_too_little(const ApplyCx *cx, const ServerError *error);

/* --- apply_look.c --- */

/* Is it worth looking who is in the way of the script's locks? */
bool apply_looks(const ApplyCx *cx);
/* The script's tables as an array of oids. */
char *look_tables(Arena *arena, const ParsedScript *script);
/* The statement that fails when an old transaction holds locks on `tables` (`all`: any; else more
 * than those of readers). Both are SQL: what the functions above give, or parameters. */
char *look_sql(Arena *arena, const Guard *guard, const char *tables, const char *all);
bool apply_is_blocked(const ServerError *error);
/* One that fails already where somebody's transaction is not brief, whatever it holds: then only is
 * the other one worth its price. */
char *look_sql_quiet(Arena *arena);
bool apply_is_busy(const ServerError *error);
/* Waits until nobody old is in the way any more, or it is time to try all the same. False at
 * `deadline`, and when interrupted. */
MUST_CHECK bool apply_wait_clear(ApplyCx *cx, uint64_t deadline, ServerError *ret_error);

/* --- apply.c --- */

/* Statements that write the row of a script that starts or is done, in one message. Reports, with
 * what `remains` of it. */
MUST_CHECK bool apply_write_row(ApplyCx *cx, const char *sql, const char *remains);
/* `offset`: where the failed message started in the script. `is_started`: the history has a row.
 * `remains`: a sentence on what is applied. Records and reports; always false. */
bool apply_fail(ApplyCx *cx, const ServerError *error, size_t offset, bool is_started,
                const char *remains);
/* The connection is gone, the script was stopped, or its locks were not to be had: nothing is
 * recorded. Always false. */
bool apply_give_up(ApplyCx *cx, const ServerError *error, const char *remains);

/* --- apply_outcome.c --- */

/* Is no statement to blame? */
bool apply_is_failure_of_world(const ServerError *error);
/* Was a statement of ours refused, behind those of the part: a right on the history that is
 * missing? */
bool apply_is_of_history(const ApplyCx *cx, const ScriptPart *part, const ServerError *error);
/* After a lost connection: what became of the script, in words, asked once its backend is gone.
 * `parts` NULL: it was one transaction. */
const char *apply_learn_outcome(ApplyCx *cx, const ScriptPartList *parts);

/* --- apply_position.c --- */

/* Where a backfill stands; the texts are the keys of the last row done, or a page number. */
typedef struct BackfillPosition {
    VEC(const char *) keys; /* empty: at the start */
    long long rows_done;
} BackfillPosition;

/* What an earlier try has left. */
typedef struct StoredPosition {
    bool exists;
    const char *checksum;
    const char *history_id;
    size_t parts_done;
    BackfillPosition backfill;
} StoredPosition;

/* The name of `_bellows_progress`, quoted and qualified. */
char *apply_progress_table(const ApplyCx *cx);
/* The row of the migration; `exists` false: there is none. Reports what cannot be believed. */
MUST_CHECK bool position_read(ApplyCx *cx, StoredPosition *ret_stored);
/* The same where this run has not begun the migration: without asking where no run before it can
 * have. */
MUST_CHECK bool position_of_before(ApplyCx *cx, StoredPosition *ret_stored);
/* E0532 with the reason; false. */
bool position_refuse(const ApplyCx *cx, const char *why);
/* Is a position stored for the script's text? */
MUST_CHECK bool apply_has_position(ApplyCx *cx, bool *ret_has);
/* Statements: the table; the row of a script that starts; one more part is done; all of it is. */
char *position_sql_create(const ApplyCx *cx);
char *position_sql_insert(const ApplyCx *cx);
char *position_sql_part_done(const ApplyCx *cx, size_t parts_done);
char *position_sql_finish(const ApplyCx *cx);
/* The statement that stores a position, for the batch's own transaction. */
char *apply_sql_position(const ApplyCx *cx, const BackfillPosition *position);

/* --- apply_steps.c --- */

/* Runs the parts, continuing where an earlier try stopped. */
MUST_CHECK bool apply_steps(ApplyCx *cx, const ScriptPartList *parts);
/* The settings of a statement that runs alone, in front of the script's own. */
const char *apply_alone_settings(const ApplyCx *cx, const ScriptPart *part);

/* --- apply_index.c --- */

/* Runs a CREATE INDEX, DROP INDEX or REINDEX CONCURRENTLY; `resuming`: an earlier try may have done
 * it. `known`: what apply_leftover_note noted before the first try, where it makes indexes whose
 * names the server chooses. */
MUST_CHECK bool apply_index(ApplyCx *cx, const ScriptPart *part, bool resuming, const char *known,
                            ServerError *ret_error);

/* Drops an index that a broken-off try has left, and tells. */
MUST_CHECK bool apply_drop_leftover(ApplyCx *cx, const char *index, ServerError *ret_error);

/* The oid of what the script calls so, as `{1}`; `{}` when there is none. */
MUST_CHECK bool apply_find_object(ApplyCx *cx, const ScriptPart *part, const ScriptName *name,
                                  const char **ret_oids, ServerError *ret_error);
/* Runs a DETACH PARTITION CONCURRENTLY, or finishes it. */
MUST_CHECK bool apply_detach(ApplyCx *cx, const ScriptPart *part, bool resuming,
                             ServerError *ret_error);

/* --- apply_leftover.c --- */

/* Does the statement make indexes whose names the server chooses? */
bool apply_makes_unnamed_indexes(const ScriptStatement *statement);
/* Notes in the stored position which indexes are there already; those are not the statement's. */
MUST_CHECK bool apply_leftover_note(ApplyCx *cx, const ScriptPart *part, const char **ret_known,
                                    ServerError *ret_error);
/* Drops the invalid indexes that the statement has left since. *ret_done: it has made its index. */
MUST_CHECK bool apply_leftover_clear(ApplyCx *cx, const ScriptPart *part, const char *known,
                                     bool *ret_done, ServerError *ret_error);

/* --- apply_pace.c --- */

/* The pace of a backfill. */
typedef struct Pace {
    const BackfillOptions *options;
    double batch; /* rows */
    uint64_t started, looked;
    long long commits;     /* by everybody, when it was looked; -1: not known */
    double own;            /* of them ours since */
    bool busy;             /* others are at work */
    uint64_t trip;         /* to the server and back, at most; UINT64_MAX: not known */
    long long rows_before; /* done by earlier tries */
} Pace;

Pace pace_new(const BackfillOptions *options, unsigned batch);
/* How long the next batch may run: twice the wait for a lock. */
unsigned pace_limit_ms(const Pace *pace, uint64_t lock_timeout_ms);
/* A question was answered after so long: no round trip takes longer than the quickest. */
void pace_saw_trip(Pace *pace, uint64_t took_ms);
/* How long the server worked on a message that took so long. */
uint64_t pace_work_ms(const Pace *pace, uint64_t took_ms);
/* The batch was too large, or in somebody's way. */
void pace_shrink(Pace *pace);
/* Both take the server's own time for the last batch: a far network holds no row. */
void pace_adapt(Pace *pace, uint64_t worked_ms);
/* Leaves others the time they need; false when interrupted. */
MUST_CHECK bool pace_rest(Pace *pace, Session *session, uint64_t worked_ms,
                          const volatile sig_atomic_t *interrupted);
/* Tells where the backfill stands. */
void pace_report(Pace *pace, const Progress *progress, const char *migration, long long rows_done,
                 long long rows_total, bool last);

/* --- apply_backfill.c --- */

/* Runs the part in batches from `position`, which moves along. */
MUST_CHECK bool apply_backfill(ApplyCx *cx, const ScriptPart *part, BackfillPosition *position,
                               ServerError *ret_error);

#endif
