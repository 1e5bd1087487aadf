/*
 * history.c - read and write `_prisma_migrations`.
 *
 * The table's definition and the values of each column in each state of a row are the reference
 * tool's. What is written behind a script, in its transaction, is qualified throughout: there the
 * script's search_path still holds.
 */
#include "base/common.h"

#include "runtime/history/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "introspect/session/rows.h"
#include "runtime/history/queries.inc"
#include "runtime/history/strangers.h"
#include "runtime/history/unless.h"
#include "runtime/script/quote.h"

static const char table_name[] = "_prisma_migrations";

const char history_nothing_applied[] =
    "Nothing of this script was applied: it ran in one transaction.";

/* --- reading --- */

typedef struct PlaceRow {
    History history;
    bool is_asked;
} PlaceRow;

static const RowField place_fields[] = {
    ROW_TEXT("schema", PlaceRow, history.schema),
    ROW_BOOL("table_exists", PlaceRow, history.exists),
    ROW_BOOL("progress_exists", PlaceRow, history.progress_exists),
    ROW_BOOL("schema_exists", PlaceRow, history.schema_exists),
    ROW_TEXT_OR_NULL("filtered", PlaceRow, history.filtered),
    ROW_BOOL("is_asked", PlaceRow, is_asked),
    ROW_TEXT_OR_NULL("unfit", PlaceRow, history.unfit),
    ROW_TEXT_OR_NULL("unfit_relation", PlaceRow, history.unfit_relation),
};

/* With the URL's schema, which may not exist yet, else the first of the search_path that does. */
static bool find_table(Arena *arena, Session *session, Diagnostics *diags, History *history)
{
    const char *const params[] = {session_schema(session, diags), table_name, "_bellows_progress"};
    const Query query = {place_sql, params, lengthof(params)};
    const RowQuestion question = {arena, session, query, ROW_FIELDS(place_fields), false};
    PlaceRow row = {.history = *history};
    if (params[0] == NULL || !row_query(&question, diags, &row, NULL) ||
        (row.is_asked &&
         !strangers_find(arena, session, params, lengthof(params), diags, &row.history.stranger))) {
        return false;
    }
    *history = row.history;
    history->progress_stood = history->progress_exists;
    history->table = quote_qualified(arena, history->schema, table_name);
    return true;
}

static HistoryState state_of(const HistoryRow *row)
{
    if (row->rolled_back_at != NULL) {
        return HISTORY_ROLLED_BACK;
    }
    if (row->finished_at != NULL) {
        return HISTORY_APPLIED;
    }
    return row->logs != NULL && row->logs[0] != '\0' ? HISTORY_FAILED : HISTORY_INTERRUPTED;
}

static const RowField row_fields[] = {
    ROW_TEXT("id", HistoryRow, id),
    ROW_TEXT("checksum", HistoryRow, checksum),
    ROW_TEXT("migration_name", HistoryRow, name),
    ROW_TEXT("started_at", HistoryRow, started_at),
    ROW_TEXT_OR_NULL("finished_at", HistoryRow, finished_at),
    ROW_TEXT_OR_NULL("rolled_back_at", HistoryRow, rolled_back_at),
    ROW_TEXT_OR_NULL("logs", HistoryRow, logs),
    ROW_INT("applied_steps_count", HistoryRow, applied_steps_count),
};

/* Of logs no more is read than a person will: a program may have written any amount. Our own last
 * sentence stands at the end. */
static char *sql_rows(const History *history)
{
    return arena_printf(history->arena,
                        "SELECT id, checksum, migration_name, started_at, finished_at, "
                        "rolled_back_at, CASE WHEN pg_catalog.length(logs::pg_catalog.text) "
                        "OPERATOR(pg_catalog.>) 20000 THEN "
                        "pg_catalog.concat(pg_catalog.left(logs::pg_catalog.text, 15000), "
                        "E'\\n...\\n', pg_catalog.right(logs::pg_catalog.text, 4000)) "
                        "ELSE logs::pg_catalog.text END AS logs, applied_steps_count FROM %s "
                        "ORDER BY started_at, finished_at",
                        history->table);
}

static const char of_rows[] =
    "each row has an id, checksum, migration_name, started_at and applied_steps_count";

static bool report_shape(const char *table, const char *why, Diagnostics *diags)
{
    diag_report(diags, DIAG_HISTORY_SHAPE, span_none(), table, why, of_rows);
    return false;
}

/* Of somebody else's table of positions nothing is wanted. */
static bool report_unfit(const History *history, Diagnostics *diags)
{
    const char *table = quote_qualified(history->arena, history->schema, history->unfit_relation);
    const bool is_history = strcmp(history->unfit_relation, table_name) == 0;
    diag_report(diags, DIAG_HISTORY_SHAPE, span_none(), table, history->unfit,
                is_history ? of_rows : "or drop it where no migration is under way");
    return false;
}

/* Columns or operators that are not there, and values that do not fit. */
bool history_is_of_other_shape(const ServerError *error)
{
    static const char *const states[] = {"42703", "42883", "42809", "42804", "42846",
                                         "22P02", "22001", "22003", "22007", "22008"};
    for (size_t i = 0; i < lengthof(states); i++) {
        if (strcmp(error->sqlstate, states[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool decode_rows(const Result *result, Diagnostics *diags, History *history)
{
    RowReader reader = row_reader(history->arena, NULL, result, ROW_FIELDS(row_fields));
    HistoryRow row = {0};
    while (row_next(&reader, &row)) {
        row.state = state_of(&row);
        row.nothing_applied =
            row.state == HISTORY_FAILED && strstr(row.logs, history_nothing_applied) != NULL;
        vec_push(history->arena, &history->rows, row);
        history->counts.rows++;
        history->counts.finished += row.finished_at != NULL;
        history->counts.rolled_back += row.rolled_back_at != NULL;
    }
    return reader.fault == NULL || report_shape(history->table, reader.fault, diags);
}

static bool read_rows(Session *session, Diagnostics *diags, History *history)
{
    ServerError error;
    Result *result = NULL;
    if (!session_ask(session, (Query){.sql = sql_rows(history)}, &error, &result)) {
        if (history_is_of_other_shape(&error)) {
            return report_shape(history->table, error.message, diags);
        }
        session_report(session, &error, diags);
        return false;
    }
    const bool ok = decode_rows(result, diags, history);
    result_free(result);
    return ok;
}

bool history_read(Arena *arena, Session *session, Diagnostics *diags, History **ret_history)
{
    History *history = arena_make(arena, History);
    history->arena = arena;
    if (!find_table(arena, session, diags, history)) {
        return false;
    }
    if (history->filtered != NULL) { /* what is not seen would be applied again */
        diag_report(diags, DIAG_HISTORY_SHAPE, span_none(), history->filtered,
                    "row security hides rows of it from this role; name a role that it does not "
                    "filter, such as the table's owner",
                    of_rows);
        return false;
    }
    if (history->unfit != NULL) {
        return report_unfit(history, diags);
    }
    if (history->exists && !read_rows(session, diags, history)) {
        return false;
    }
    *ret_history = history;
    return true;
}

/* --- queries --- */

const HistoryRow *history_find(const History *history, const char *name)
{
    const HistoryRow *found = NULL;
    vec_each(HistoryRow, row, &history->rows) {
        if (row->state != HISTORY_ROLLED_BACK && strcmp(row->name, name) == 0) {
            found = row;
        }
    }
    return found;
}

bool history_is_fresh(const History *history)
{
    vec_each(HistoryRow, row, &history->rows) {
        if (row->state == HISTORY_APPLIED) {
            return false;
        }
    }
    return true;
}

/* --- changing --- */

char *history_sql_create(Arena *arena, const History *history)
{
    if (history->exists) {
        return NULL;
    }
    /* Only where it is missing: the right to create schemas would be asked for even where nothing
     * is to be created. */
    char *schema = arena_printf(arena, "CREATE SCHEMA IF NOT EXISTS %s;\n" SQL_AS_OURSELVES,
                                quote_name(arena, history->schema));
    return arena_printf(arena,
                        "%sCREATE TABLE IF NOT EXISTS %s (\n"
                        "    id                      VARCHAR(36) PRIMARY KEY NOT NULL,\n"
                        "    checksum                VARCHAR(64) NOT NULL,\n"
                        "    finished_at             TIMESTAMPTZ,\n"
                        "    migration_name          VARCHAR(255) NOT NULL,\n"
                        "    logs                    TEXT,\n"
                        "    rolled_back_at          TIMESTAMPTZ,\n"
                        "    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),\n"
                        "    applied_steps_count     INTEGER NOT NULL DEFAULT 0\n"
                        ");\n" SQL_AS_OURSELVES,
                        history->schema_exists ? "" : schema, history->table);
}

void history_note(History *history, bool added, bool finished)
{
    history->exists = true;
    history->counts.rows += added;
    history->counts.finished += finished;
}

/* Our clock as PostgreSQL reads it. */
static char *clock_text(Arena *arena)
{
    struct timespec now;
    struct tm utc;
    char text[32];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &utc);
    return arena_printf(arena, "%s.%06ld+00", text, now.tv_nsec / 1000);
}

HistoryStart history_start(Arena *arena)
{
    HistoryStart start = {.started_at = clock_text(arena)};
    chance_uuid(start.id);
    return start;
}

/* --- rows --- */

static const char word_lost[] = "bellows: the history did not keep its row";
static const char word_watched[] = "bellows: the history is more than a table";

static char *sql_holds(Arena *arena, const char *condition)
{
    return arena_printf(arena, "\n%s;", sql_unless(arena, condition, word_lost));
}

/* What a row is made of, each as SQL: a literal, or a parameter. */
typedef struct RowSql {
    const char *id, *checksum, *started_at, *name;
} RowSql;

static RowSql row_literals(Arena *arena, const Migration *migration, const char *id,
                           const char *started_at)
{
    return (RowSql){.id = quote_text(arena, id),
                    .checksum = quote_text(arena, migration->checksum),
                    .started_at = started_at == NULL ? NULL : quote_text(arena, started_at),
                    .name = quote_text(arena, migration->name)};
}

/* The same order as the types in sql_prepare. */
static const RowSql row_parameters = {
    .id = "$1", .checksum = "$2", .started_at = "$3", .name = "$4"};

/* All that the next run goes by. */
static char *sql_row_kept(Arena *arena, const History *history, const RowSql *row, bool finished)
{
    return sql_holds(
        arena,
        arena_printf(arena,
                     "EXISTS (SELECT FROM %s WHERE id OPERATOR(pg_catalog.=) %s AND "
                     "migration_name OPERATOR(pg_catalog.=) %s AND "
                     "checksum OPERATOR(pg_catalog.=) %s AND rolled_back_at IS NULL AND "
                     "finished_at IS %sNULL)",
                     history->table, row->id, row->name, row->checksum, finished ? "NOT " : ""));
}

static char *sql_kept(Arena *arena, const History *history, const Migration *migration,
                      const char *id, bool finished)
{
    const RowSql row = row_literals(arena, migration, id, NULL);
    return sql_row_kept(arena, history, &row, finished);
}

bool history_lost_row(const ServerError *error)
{
    return failed_unless(error, word_lost);
}

void history_report(Session *session, const ServerError *error, const char *remains,
                    Diagnostics *diags)
{
    if (history_lost_row(error)) {
        diag_report(diags, DIAG_HISTORY_LOSES_ROWS, span_none(), "_prisma_migrations", remains);
        return;
    }
    const bool is_unfit = !error->connection_lost && history_is_of_other_shape(error);
    Diagnostic *diagnostic =
        is_unfit ? diag_report(diags, DIAG_HISTORY_SHAPE, span_none(),
                               quote_name(diags->arena, table_name), error->message, of_rows)
                 : session_report(session, error, diags);
    diag_note(diags, diagnostic, span_none(), "%s", remains);
}

static char *sql_insert_started(Arena *arena, const History *history, const Migration *migration,
                                const HistoryStart *start)
{
    return arena_printf(
        arena, "INSERT INTO %s (id, checksum, started_at, migration_name) VALUES (%s, %s, %s, %s);",
        history->table, quote_text(arena, start->id), quote_text(arena, migration->checksum),
        quote_text(arena, start->started_at), quote_text(arena, migration->name));
}

char *history_sql_started(Arena *arena, const History *history, const Migration *migration,
                          const HistoryStart *start)
{
    return arena_printf(arena, "%s%s", sql_insert_started(arena, history, migration, start),
                        sql_kept(arena, history, migration, start->id, false));
}

/* finished_at is taken by the server when the statement runs, behind the script; a server whose
 * clock is behind ours must not finish before the start. */
static char *sql_insert_applied(Arena *arena, const History *history, const RowSql *row,
                                const char *steps)
{
    return arena_printf(arena,
                        "INSERT INTO %s (id, checksum, started_at, migration_name, finished_at, "
                        "rolled_back_at, applied_steps_count) VALUES (%s, %s, %s, %s, "
                        "GREATEST(%s, pg_catalog.clock_timestamp()), NULL, %s);",
                        history->table, row->id, row->checksum, row->started_at, row->name,
                        row->started_at, steps);
}

char *history_sql_applied(Arena *arena, const History *history, const Migration *migration,
                          const HistoryStart *start)
{
    const RowSql row = row_literals(arena, migration, start->id, start->started_at);
    return arena_printf(arena, "%s%s", sql_insert_applied(arena, history, &row, "1"),
                        sql_row_kept(arena, history, &row, true));
}

/* A row stays as it is written where nothing of somebody's runs by it: that is cheaper to see than
 * whether it is still there, and it is seen in the statement that writes it. */
static char *sql_steps_unwatched(Arena *arena, const History *history)
{
    static const char condition[] = "c.relkind OPERATOR(pg_catalog.=) 'r' AND NOT c.relhastriggers "
                                    "AND NOT c.relhasrules AND NOT c.relrowsecurity";
    return arena_printf(arena,
                        "1 OPERATOR(pg_catalog.+) (%s FROM pg_catalog.pg_class AS c "
                        "WHERE c.oid OPERATOR(pg_catalog.=) "
                        "%s::pg_catalog.regclass::pg_catalog.oid)",
                        sql_unless(arena, condition, word_watched),
                        quote_text(arena, history->table));
}

bool history_is_watched(const ServerError *error)
{
    return failed_unless(error, word_watched);
}

static const char parameter_types[] =
    "pg_catalog.text, pg_catalog.text, pg_catalog.timestamptz, pg_catalog.text";

char *history_sql_prepare_applied(Arena *arena, const History *history, const char *name)
{
    return arena_printf(
        arena, "PREPARE %s_row (%s) AS %s\n", name, parameter_types,
        sql_insert_applied(arena, history, &row_parameters, sql_steps_unwatched(arena, history)));
}

char *history_sql_execute_applied(Arena *arena, const char *name, const Migration *migration,
                                  const HistoryStart *start)
{
    const RowSql row = row_literals(arena, migration, start->id, start->started_at);
    return arena_printf(arena, "EXECUTE %s_row (%s, %s, %s, %s);\n", name, row.id, row.checksum,
                        row.started_at, row.name);
}

char *history_sql_finish(Arena *arena, const History *history, const Migration *migration,
                         const char *id)
{
    return arena_printf(arena,
                        "UPDATE %s SET applied_steps_count = applied_steps_count "
                        "OPERATOR(pg_catalog.+) 1, "
                        "finished_at = GREATEST(started_at, pg_catalog.clock_timestamp()) "
                        "WHERE id OPERATOR(pg_catalog.=) %s;%s",
                        history->table, quote_text(arena, id),
                        sql_kept(arena, history, migration, id, true));
}

char *history_sql_fail(Arena *arena, const History *history, const Migration *migration,
                       const HistoryStart *start, bool is_started, const char *logs)
{
    return arena_printf(arena, "%s\nUPDATE %s SET logs = %s WHERE id OPERATOR(pg_catalog.=) %s;",
                        is_started ? "" : sql_insert_started(arena, history, migration, start),
                        history->table, quote_text(arena, logs), quote_text(arena, start->id));
}

char *history_sql_forget(Arena *arena, const History *history, const char *id)
{
    return arena_printf(arena, "DELETE FROM %s WHERE id OPERATOR(pg_catalog.=) %s;\n",
                        history->table, quote_text(arena, id));
}

char *history_sql_gone(Arena *arena, const History *history, const char *name)
{
    return sql_holds(arena, arena_printf(arena,
                                         "NOT EXISTS (SELECT FROM %s WHERE migration_name "
                                         "OPERATOR(pg_catalog.=) %s)",
                                         history->table, quote_text(arena, name)));
}

char *history_sql_withdraw(Arena *arena, const History *history, const Migration *migration)
{
    return arena_printf(arena,
                        "UPDATE %s SET rolled_back_at = %s WHERE migration_name "
                        "OPERATOR(pg_catalog.=) %s AND rolled_back_at IS NULL;\n",
                        history->table, quote_text(arena, clock_text(arena)),
                        quote_text(arena, migration->name));
}

bool history_is_finished(Session *session, const History *history, const char *id,
                         Diagnostics *diags, bool *ret_finished)
{
    const char *const params[] = {id};
    char *sql = arena_printf(
        history->arena,
        "SELECT 1 FROM %s WHERE id OPERATOR(pg_catalog.=) $1 AND finished_at IS NOT NULL",
        history->table);
    Result *result = NULL;
    if (!session_query(session, (Query){sql, params, 1}, diags, &result)) {
        return false;
    }
    *ret_finished = result_rows(result) > 0;
    result_free(result);
    return true;
}

/* --- resolve --- */

static char *sql_roll_back(Arena *arena, const History *history, const char *name)
{
    const char *failed = arena_printf(
        arena,
        "migration_name OPERATOR(pg_catalog.=) %s AND finished_at IS NULL AND rolled_back_at IS "
        "NULL",
        quote_text(arena, name));
    return arena_printf(arena, "UPDATE %s SET rolled_back_at = %s WHERE %s;%s", history->table,
                        quote_text(arena, clock_text(arena)), failed,
                        sql_holds(arena, arena_printf(arena, "NOT EXISTS (SELECT FROM %s WHERE %s)",
                                                      history->table, failed)));
}

bool history_resolve_applied(History *history, const Migrations *migrations, const char *name,
                             Diagnostics *diags, char **ret_sql)
{
    Arena *arena = history->arena;
    const Migration *migration = migrations_find(migrations, name);
    const HistoryRow *row = history_find(history, name);
    if (migration == NULL) {
        diag_report(diags, DIAG_NO_SUCH_MIGRATION, span_none(), name, migrations->path);
        return false;
    }
    if (row != NULL && row->state == HISTORY_APPLIED) {
        diag_report(diags, DIAG_ALREADY_APPLIED, span_none(), name);
        return false;
    }
    const char *create = history_sql_create(arena, history);
    const HistoryStart start = history_start(arena);
    const char *now = quote_text(arena, start.started_at);
    char *insert = arena_printf(
        arena,
        "INSERT INTO %s (id, checksum, started_at, migration_name, logs, finished_at) "
        "VALUES (%s, %s, %s, %s, '', %s);%s",
        history->table, quote_text(arena, start.id), quote_text(arena, migration->checksum), now,
        quote_text(arena, name), now, sql_kept(arena, history, migration, start.id, true));
    *ret_sql = arena_printf(arena, "%s%s\n%s", create == NULL ? "" : create,
                            sql_roll_back(arena, history, name), insert);
    return true;
}

bool history_resolve_rolled_back(History *history, const char *name, Diagnostics *diags,
                                 char **ret_sql)
{
    const HistoryRow *now = history_find(history, name);
    bool known = false, unfinished = false;
    vec_each(HistoryRow, row, &history->rows) {
        const bool same = strcmp(row->name, name) == 0;
        known |= same;
        unfinished |= same && row->finished_at == NULL;
    }
    /* An attempt that failed once is no reason where a later one, or a person, has seen it through.
     */
    if (!unfinished || (now != NULL && now->state == HISTORY_APPLIED)) {
        diag_report(diags, known ? DIAG_NOT_FAILED : DIAG_NEVER_APPLIED, span_none(), name);
        return false;
    }
    *ret_sql = sql_roll_back(history->arena, history, name);
    return true;
}
