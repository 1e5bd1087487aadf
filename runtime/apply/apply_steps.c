/*
 * apply_steps.c - a script of several transactions: part by part, the position kept beside the
 * history.
 *
 * The position of a part that is a transaction moves in that transaction. A statement that refuses
 * one moves it afterwards; when it is met again, apply_index.c asks the catalog what became of it.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/lock/claim.h"
#include "runtime/script/quote.h"

/* --- starting and continuing --- */

static const HistoryRow *interrupted_row(const ApplyCx *cx)
{
    const HistoryRow *row = history_find(cx->history, cx->migration->name);
    return row != NULL && row->state == HISTORY_INTERRUPTED ? row : NULL;
}

static bool start_anew(ApplyCx *cx)
{
    return apply_write_row(
        cx,
        arena_printf(cx->arena, "%s\n%s\n%s",
                     history_sql_started(cx->arena, cx->history, cx->migration, &cx->start),
                     position_sql_create(cx), position_sql_insert(cx)),
        "nothing of the migration was applied");
}

/* The old history row goes on if it still stands; a failed and rolled back one gets a successor. */
static bool start_again(ApplyCx *cx, const StoredPosition *stored)
{
    const HistoryRow *row = interrupted_row(cx);
    if (row != NULL && strcmp(row->id, stored->history_id) == 0) {
        memcpy(cx->start.id, row->id, UUID_SIZE);
        return true;
    }
    return apply_write_row(
        cx,
        arena_printf(
            cx->arena,
            "%s\nUPDATE %s SET history_id = %s WHERE migration_name OPERATOR(pg_catalog.=) %s;",
            history_sql_started(cx->arena, cx->history, cx->migration, &cx->start),
            apply_progress_table(cx), quote_text(cx->arena, cx->start.id),
            quote_text(cx->arena, cx->migration->name)),
        "it is where it was");
}

/* Whoever marked it as rolled back has taken that back, or has not. */
static void tell_anew(const ApplyCx *cx, const StoredPosition *stored)
{
    if (stored->exists && (stored->parts_done > 0 || stored->backfill.rows_done > 0)) {
        const char *detail = arena_printf(
            cx->arena, "%s is not the text of which %s applied: it runs from its start",
            cx->migration->name,
            stored->parts_done > 0
                ? arena_printf(cx->arena, "%zu %s", stored->parts_done,
                               stored->parts_done == 1 ? "part was" : "parts were")
                : "batches were");
        progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_WARNING, .detail = detail});
    }
}

static bool start(ApplyCx *cx, size_t part_count, StoredPosition *stored)
{
    if (!position_of_before(cx, stored)) {
        return false;
    }
    const bool continues = stored->exists && strcmp(stored->checksum, cx->migration->checksum) == 0;
    if (continues && stored->parts_done >= part_count) {
        return position_refuse(cx, arena_printf(cx->arena, "%zu of its %zu parts are done",
                                                stored->parts_done, part_count));
    }
    if (!continues) {
        tell_anew(cx, stored);
        *stored = (StoredPosition){0};
        return start_anew(cx);
    }
    progress_report(cx->progress,
                    &(ProgressEvent){.kind = PROGRESS_RESUMING,
                                     .migration = cx->migration->name,
                                     .detail = arena_printf(cx->arena, "part %zu of %zu",
                                                            stored->parts_done + 1, part_count),
                                     .rows_done = stored->backfill.rows_done,
                                     .rows_total = -1});
    return start_again(cx, stored);
}

/* --- running --- */

/* The noted indexes as an array's text; NULL when none were noted, so that the statement was not
 * begun. */
static const char *noted_indexes(const ApplyCx *cx, const BackfillPosition *position)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const char *, oid, &position->keys) {
        strbuf_printf(&out, "%s%s", out.len == 0 ? "{" : ",", *oid);
    }
    strbuf_char(&out, '}');
    const char *text = strbuf_take(&out, cx->arena);
    return position->keys.count == 0 ? NULL : text;
}

/* `from`: what an earlier try of this part has left; NULL: there was none. */
static bool run_index(ApplyCx *cx, const ScriptPart *part, const StoredPosition *from,
                      ServerError *ret_error)
{
    const bool unnamed = apply_makes_unnamed_indexes(part->statement);
    const char *known = unnamed && from != NULL ? noted_indexes(cx, &from->backfill) : NULL;
    const bool begun = from != NULL && (!unnamed || known != NULL);
    if (unnamed && known == NULL && !apply_leftover_note(cx, part, &known, ret_error)) {
        return false;
    }
    return apply_index(cx, part, begun, known, ret_error);
}

static bool run_statement(ApplyCx *cx, const ScriptPart *part, const StoredPosition *from,
                          ServerError *ret_error)
{
    const StatementClass kind = part->statement->kind;
    if (kind == STATEMENT_BUILD_INDEX || kind == STATEMENT_DROP_INDEX ||
        kind == STATEMENT_REINDEX) {
        return run_index(cx, part, from, ret_error);
    }
    if (kind == STATEMENT_DETACH) {
        return apply_detach(cx, part, from != NULL, ret_error);
    }
    const SessionScript script = {.text = script_part_text(cx->arena, cx->script, part),
                                  .settings = apply_alone_settings(cx, part),
                                  .alone = true};
    return session_run_script(cx->session, &script, ret_error);
}

/* A statement that refuses a transaction waits for others as long as it takes: a lock_timeout would
 * break an index build off that waits for an old snapshot, and a time-out of the role each try. */
const char *apply_alone_settings(const ApplyCx *cx, const ScriptPart *part)
{
    const bool since_17 = session_server_version(cx->session) >= 170000;
    return arena_printf(cx->arena, "SET lock_timeout = 0; SET statement_timeout = 0;%s\n%s",
                        since_17 ? " SET transaction_timeout = 0;" : "",
                        script_part_settings(cx->arena, cx->script, part));
}

static bool move_on(ApplyCx *cx, const char *behind, ServerError *ret_error)
{
    const SessionTidy before = session_tidy_begin(cx->session, TIDY_RECORD);
    const bool moved = session_execute(cx->session, behind, ret_error);
    session_tidy_end(cx->session, before);
    cx->behind_failed = !moved;
    return moved;
}

static bool run_alone(ApplyCx *cx, const ScriptPart *part, const char *behind,
                      const StoredPosition *from, ServerError *ret_error)
{
    progress_report(cx->progress,
                    &(ProgressEvent){.kind = PROGRESS_STATEMENT,
                                     .migration = cx->migration->name,
                                     .detail = script_part_text(cx->arena, cx->script, part)});
    return run_statement(cx, part, from, ret_error) && move_on(cx, behind, ret_error);
}

static bool is_transaction(const ApplyCx *cx, const ScriptPart *part)
{
    return part->statement == NULL ||
           (cx->options->no_batches && part->statement->kind == STATEMENT_BACKFILL);
}

/* What of the script is applied when part `at` fails. */
static const char *remains_of(ApplyCx *cx, const ScriptPartList *parts, size_t at)
{
    const ScriptStatement *statement = parts->items[at].statement;
    if (statement != NULL && statement->kind == STATEMENT_BACKFILL) {
        return "The batches before it stay; the next try continues behind them.";
    }
    if (cx->behind_failed) {
        return arena_printf(cx->arena,
                            "%zu of its %zu parts are done and stay, the last without a record: "
                            "the next try does that one again.",
                            at + 1, parts->count);
    }
    if (at > 0) {
        return arena_printf(cx->arena,
                            "%zu of its %zu parts are applied and stay; the same text continues "
                            "behind them.",
                            at, parts->count);
    }
    return statement == NULL ? "Nothing of it is applied."
                             : "Nothing of it is in effect; the next try clears away what an index "
                               "build may have left.";
}

static bool are_numbers(const BackfillPosition *position)
{
    vec_each(const char *, key, &position->keys) {
        if (strspn(*key, "0123456789") != strlen(*key)) {
            return false;
        }
    }
    return true;
}

/* A position holds as many keys as the walk has, or a page, or the indexes noted. */
static bool fits(const ApplyCx *cx, const ScriptPart *part, const BackfillPosition *position)
{
    const ScriptStatement *statement = part->statement;
    const size_t count = position->keys.count;
    bool good = count == 0;
    if (!good && statement != NULL && statement->backfill != NULL) {
        const size_t keys = statement->backfill->keys.count;
        good = keys > 0 ? count == keys : count == 1 && are_numbers(position);
    } else if (!good && statement != NULL) {
        good = apply_makes_unnamed_indexes(statement) && are_numbers(position);
    }
    return good || position_refuse(cx, "its keys are not those of the statement");
}

/* A part let go of the lock. It is taken again, and the rest goes on where nobody else has. */
static bool regain(ApplyCx *cx, size_t at)
{
    StoredPosition stored;
    const char *who = at == 0
                          ? "what ran before"
                          : arena_printf(cx->arena, "part %zu of migration `%s` is applied, but it",
                                         at, cx->migration->name);
    if (!guard_regain(cx->session, cx->guard, who, cx->diags) || !position_read(cx, &stored)) {
        return false;
    }
    if (!stored.exists || stored.parts_done != at || strcmp(stored.history_id, cx->start.id) != 0) {
        diag_report(cx->diags, DIAG_LOCK_LOST, span_none(), who, "another run went on with it");
        return false;
    }
    const char *detail = arena_printf(
        cx->arena, "%s released the migration lock; it was taken again", cx->migration->name);
    progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_WARNING, .detail = detail});
    return true;
}

static bool run_kind(ApplyCx *cx, const ScriptPart *part, const char *behind,
                     StoredPosition *stored, bool resuming, ServerError *ret_error)
{
    if (is_transaction(cx, part)) {
        return apply_message(cx, part, behind, ret_error);
    }
    if (part->statement->kind == STATEMENT_BACKFILL) {
        return apply_backfill(cx, part, &stored->backfill, ret_error) &&
               move_on(cx, behind, ret_error);
    }
    return run_alone(cx, part, behind, resuming ? stored : NULL, ret_error);
}

static bool run_part(ApplyCx *cx, const ScriptPartList *parts, size_t at, StoredPosition *stored,
                     bool resuming)
{
    const ScriptPart *part = &parts->items[at];
    const bool looks =
        !is_transaction(cx, part) || cx->script->sets_transaction; /* else it is in the message */
    if (!fits(cx, part, &stored->backfill) ||
        (looks && !guard_holds(cx->session, cx->guard) && !regain(cx, at))) {
        return false;
    }
    const char *behind =
        at + 1 == parts->count ? position_sql_finish(cx) : position_sql_part_done(cx, at + 1);
    ServerError error;
    bool done = run_kind(cx, part, behind, stored, resuming, &error);
    while (!done && claim_state(&error) == CLAIM_LOST) {
        if (!regain(cx, at)) {
            return false;
        }
        done = run_kind(cx, part, behind, stored, resuming, &error);
    }
    if (done) {
        return true;
    }
    if (history_lost_row(&error) || apply_is_of_history(cx, part, &error) ||
        (cx->behind_failed && !apply_is_failure_of_world(&error))) {
        history_report(cx->session, &error, remains_of(cx, parts, at), cx->diags);
        return false;
    }
    const bool batches = !is_transaction(cx, part) && part->statement->kind == STATEMENT_BACKFILL;
    cx->stays = at > 0 || batches ? STAYS_PARTS : STAYS_NOTHING;
    if (!is_transaction(cx, part)) {
        error.position = 0; /* of a message that we made around it */
        error.statement = 1;
    }
    const char *remains = error.connection_lost && !error.interrupted
                              ? apply_learn_outcome(cx, parts)
                              : remains_of(cx, parts, at);
    return apply_is_failure_of_world(&error) ? apply_give_up(cx, &error, remains)
                                             : apply_fail(cx, &error, part->start, true, remains);
}

bool apply_steps(ApplyCx *cx, const ScriptPartList *parts)
{
    StoredPosition stored;
    if (!start(cx, parts->count, &stored)) {
        return false;
    }
    const bool resuming = stored.exists;
    cx->history->progress_exists = true;
    for (size_t i = stored.parts_done; i < parts->count; i++) {
        if (!run_part(cx, parts, i, &stored, resuming && i == stored.parts_done)) {
            return false;
        }
        stored.backfill = (BackfillPosition){0};
    }
    return true;
}
