/*
 * apply_backfill.c - a backfill in batches: a stretch of keys (or pages) at a time, each its own
 * transaction, the position stored in it.
 *
 * The walk ends at what was the last key (or page) when it began. A batch that takes too long, or
 * meets a lock, makes the next one smaller (apply_pace.c). Rows that moved behind the walk
 * meanwhile are looked for at its end (apply_sweep.c).
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/apply/backfill_internal.h"
#include "runtime/script/quote.h"

enum { GUESS_FROM_PAGES = 10 };

/* --- texts --- */

const char *walk_table(const Walk *walk)
{
    return quote_qualified(walk->cx->arena, walk->directive->table.schema,
                           walk->directive->table.name);
}

/* As the statement calls the table. */
const char *walk_qualifier(const Walk *walk)
{
    return walk->directive->alias != NULL ? quote_name(walk->cx->arena, walk->directive->alias)
                                          : walk_table(walk);
}

/* "t"."a", "t"."b" with `suffix` behind each. */
static char *key_list(const Walk *walk, const char *table, const char *suffix)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < walk->directive->keys.count; i++) {
        strbuf_printf(&out, "%s%s.%s%s", i > 0 ? ", " : "", table,
                      quote_name(walk->cx->arena, walk->directive->keys.items[i]), suffix);
    }
    return strbuf_take(&out, walk->cx->arena);
}

char *walk_values(const Walk *walk, const char *const *values, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&out, "%s%s", i > 0 ? ", " : "", quote_text(walk->cx->arena, values[i]));
    }
    return strbuf_take(&out, walk->cx->arena);
}

/* The keys in the order they are walked in. */
static char *ordered_keys(const Walk *walk, const char *table, const char *suffix)
{
    return key_list(
        walk, table,
        arena_printf(walk->cx->arena, "%s%s", walk->by_text ? "::pg_catalog.text" : "", suffix));
}

/* (keys) > (from) AND (keys) <= (to); without the first half at the start. */
static char *key_condition(const Walk *walk, const char *table, const KeyList *to)
{
    Arena *arena = walk->cx->arena;
    const char *keys = ordered_keys(walk, table, "");
    const char *until = arena_printf(arena, "(%s) OPERATOR(pg_catalog.<=) (%s)", keys,
                                     walk_values(walk, to->items, to->count));
    if (walk->position->keys.count == 0) {
        return arena_strdup(arena, until);
    }
    return arena_printf(arena, "(%s) OPERATOR(pg_catalog.>) (%s) AND %s", keys,
                        walk_values(walk, walk->position->keys.items, walk->position->keys.count),
                        until);
}

static unsigned long long number_of(const char *text)
{
    return strtoull(text, NULL, 10);
}

static unsigned long long first_page(const Walk *walk)
{
    return walk->position->keys.count == 0 ? 0 : number_of(walk->position->keys.items[0]);
}

static char *page_condition(const Walk *walk, const KeyList *to)
{
    const char *table = walk_qualifier(walk);
    return arena_printf(walk->cx->arena,
                        "%s.ctid OPERATOR(pg_catalog.>=) '(%llu,0)'::pg_catalog.tid "
                        "AND %s.ctid OPERATOR(pg_catalog.<) '(%llu,0)'::pg_catalog.tid",
                        table, first_page(walk), table, number_of(to->items[0]));
}

/* --- asking --- */

/* The first row of a query of ours: `count` texts; none when there is no row or a null among them.
 */
static bool ask(Walk *walk, const char *sql, size_t count, KeyList *ret_cells,
                ServerError *ret_error)
{
    Arena *arena = walk->cx->arena;
    KeyList cells = {0};
    Result *result = NULL;
    const uint64_t asked = guard_now_ms();
    if (!session_ask_there(walk->cx->session, (Query){.sql = sql}, ret_error, &result)) {
        return false;
    }
    pace_saw_trip(&walk->pace, guard_now_ms() - asked);
    for (size_t i = 0; result_rows(result) > 0 && i < count; i++) {
        const char *cell = result_text(result, 0, (int)i);
        if (cell != NULL) {
            vec_push(arena, &cells, arena_strdup(arena, cell));
        }
    }
    result_free(result);
    *ret_cells = cells.count == count ? cells : (KeyList){0};
    return true;
}

/* A table that no ANALYZE has seen: the planner's guess by its size. */
static bool guess_rows(Walk *walk, ServerError *ret_error)
{
    static const char key[] = "\"Plan Rows\":";
    KeyList cells;
    char *sql =
        arena_printf(walk->cx->arena, "EXPLAIN (FORMAT JSON) SELECT FROM %s", walk_table(walk));
    if (!ask(walk, sql, 1, &cells, ret_error)) {
        return false;
    }
    const char *found = cells.count == 0 ? NULL : strstr(cells.items[0], key);
    walk->rows_total = found == NULL ? -1 : (long long)number_of(found + strlen(key));
    return true;
}

typedef struct SizeRow {
    const char *pages, *rows, *pages_then;
    bool has_places, is_hidden;
} SizeRow;

static void warn_of_hidden_rows(Walk *walk)
{
    const char *detail = arena_printf(
        walk->cx->arena,
        "%s: row security hides rows of %s from this role; those it hides are not filled",
        walk->cx->migration->name, walk_table(walk));
    progress_report(walk->cx->progress,
                    &(ProgressEvent){.kind = PROGRESS_WARNING, .detail = detail});
}

/* Pages, and rows as the last ANALYZE saw them. A condition on pages holds for each partition of a
 * partitioned table, so its largest one counts. What has no pages is walked by none. */
static bool measure(Walk *walk, ServerError *ret_error)
{
    static const RowField fields[] = {
        ROW_TEXT("pages", SizeRow, pages),           ROW_TEXT("rows", SizeRow, rows),
        ROW_TEXT("pages_then", SizeRow, pages_then), ROW_BOOL("has_places", SizeRow, has_places),
        ROW_BOOL("is_hidden", SizeRow, is_hidden),
    };
    static const char sql[] =
        "SELECT COALESCE(pg_catalog.max(pg_catalog.pg_relation_size(c.oid)), 0) "
        "OPERATOR(pg_catalog./) "
        "pg_catalog.current_setting('block_size')::pg_catalog.int8 AS pages, "
        "pg_catalog.sum(GREATEST(c.reltuples, 0))::pg_catalog.int8 AS rows, "
        "pg_catalog.sum(GREATEST(c.relpages, 0)) AS pages_then, "
        "pg_catalog.bool_and(c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', "
        "'p']::pg_catalog.\"char\"[])) AS has_places, "
        "pg_catalog.bool_or(pg_catalog.row_security_active(c.oid)) AS is_hidden "
        "FROM (SELECT $1::pg_catalog.regclass AS relid UNION "
        "SELECT relid FROM pg_catalog.pg_partition_tree($1::pg_catalog.regclass)) AS parts "
        "JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) parts.relid";
    Arena *arena = walk->cx->arena;
    const char *table = walk_table(walk);
    const RowQuestion question = {
        arena, walk->cx->session, {sql, &table, 1}, ROW_FIELDS(fields), true};
    SizeRow size;
    if (!row_ask(&question, ret_error, &size, NULL)) {
        return false;
    }
    const unsigned long long rows = number_of(size.rows), pages = number_of(size.pages_then);
    walk->has_places = size.has_places;
    if (size.is_hidden) {
        warn_of_hidden_rows(walk);
    }
    walk->rows_total = rows == 0 ? -1 : (long long)rows;
    walk->rows_per_page = rows == 0 || pages == 0 ? 50 : (double)rows / (double)pages;
    if (walk->by_page) {
        vec_push(arena, &walk->upper, size.pages);
    }
    /* Of a small table the planner guesses far too many, and nobody waits for it. */
    return rows > 0 || number_of(size.pages) < GUESS_FROM_PAGES || guess_rows(walk, ret_error);
}

/* Along keys that are ordered by comparisons of pg_catalog's alone: those of others (citext's) go
 * by names that somebody else may give to something better. Such a table is walked by its pages,
 * where rows that the walk has changed, and meets again, are none of its own any more; else along
 * the texts of its keys, as the script's settings make them, for which no index helps. *ret_exact:
 * keys are to be asked for under no other settings than the script's. */
static bool choose_way(Walk *walk, bool *ret_exact, ServerError *ret_error)
{
    Arena *arena = walk->cx->arena;
    KeyList cells;
    StrBuf names = strbuf_new(STRBUF_MAX);
    vec_each(const char *const, key, &walk->directive->keys) {
        strbuf_printf(&names, "%s%s", names.len > 0 ? ", " : "", quote_text(arena, *key));
    }
    char *sql = arena_printf(
        arena,
        "SELECT pg_catalog.count(*) FILTER (WHERE n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'), "
        "pg_catalog.count(*) FILTER (WHERE t.typname OPERATOR(pg_catalog.<>) ALL (ARRAY['int2', "
        "'int4', 'int8', 'oid', 'numeric', 'bool', 'text', 'varchar', 'bpchar', 'name', "
        "'uuid']::pg_catalog.name[])) "
        "FROM pg_catalog.pg_attribute AS a "
        "JOIN pg_catalog.pg_type AS own ON own.oid OPERATOR(pg_catalog.=) a.atttypid "
        "JOIN pg_catalog.pg_type AS t ON t.oid OPERATOR(pg_catalog.=) "
        "CASE WHEN own.typtype OPERATOR(pg_catalog.=) 'd' THEN own.typbasetype ELSE own.oid END "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace "
        "WHERE a.attrelid OPERATOR(pg_catalog.=) %s::pg_catalog.regclass "
        "AND a.attname OPERATOR(pg_catalog.=) ANY (ARRAY[%s]::pg_catalog.name[]) "
        "AND t.typtype OPERATOR(pg_catalog.<>) 'e'",
        quote_text(arena, walk_table(walk)), strbuf_text(&names));
    strbuf_dispose(&names);
    *ret_exact = true;
    if (walk->by_page) {
        return true;
    }
    if (!ask(walk, sql, 2, &cells, ret_error)) {
        return false;
    }
    const bool is_foreign = cells.count == 0 || number_of(cells.items[0]) > 0;
    walk->by_text = is_foreign && script_moves_rows(walk->cx->script, walk->part->statement) &&
                    script_left_condition(arena, walk->cx->script, walk->part->statement) == NULL;
    walk->by_page = is_foreign && !walk->by_text;
    *ret_exact = is_foreign || number_of(cells.items[1]) == 0;
    return true;
}

/* A key that is rounded when it is printed (extra_float_digits), or that may be read as another one
 * (DateStyle), is no place to continue behind: keys are asked for under settings of ours, and what
 * they print is read the same under any. Each batch runs under the script's. */
static const char print_keys_exactly[] =
    "SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 1;\n";
static const char print_as_the_script[] =
    "SET LOCAL DateStyle TO DEFAULT; SET LOCAL IntervalStyle TO DEFAULT; "
    "SET LOCAL extra_float_digits TO DEFAULT;\n";

static bool find_way(Walk *walk, ServerError *ret_error)
{
    bool exact;
    if (!session_enter_script(walk->cx->session, walk->settings, ret_error) ||
        !choose_way(walk, &exact, ret_error)) {
        return false;
    }
    walk->asks_apart = !exact;
    return exact || session_enter_script(
                        walk->cx->session,
                        arena_printf(walk->cx->arena, "%s%s", walk->settings, print_keys_exactly),
                        ret_error);
}

/* The last key there is now. */
static bool find_upper_key(Walk *walk, ServerError *ret_error)
{
    char *sql =
        arena_printf(walk->cx->arena, "SELECT %s FROM %s AS bellows_walk ORDER BY %s LIMIT 1",
                     key_list(walk, "bellows_walk", "::pg_catalog.text"), walk_table(walk),
                     ordered_keys(walk, "bellows_walk", " DESC"));
    return ask(walk, sql, walk->directive->keys.count, &walk->upper, ret_error);
}

/* The end of the next batch: the key `batch` rows on, or the last one. *ret_last: it is that. */
static bool next_key(Walk *walk, KeyList *ret_to, bool *ret_last, ServerError *ret_error)
{
    const char *alias = "bellows_walk";
    char *sql = arena_printf(walk->cx->arena,
                             "SELECT %s FROM %s AS %s WHERE %s ORDER BY %s OFFSET %lld LIMIT 1",
                             key_list(walk, alias, "::pg_catalog.text"), walk_table(walk), alias,
                             key_condition(walk, alias, &walk->upper),
                             ordered_keys(walk, alias, ""), (long long)walk->pace.batch - 1);
    if (!ask(walk, sql, walk->directive->keys.count, ret_to, ret_error)) {
        return false;
    }
    *ret_last = ret_to->count == 0;
    if (*ret_last) {
        *ret_to = walk->upper;
    }
    return true;
}

static void next_page(Walk *walk, KeyList *ret_to, bool *ret_last)
{
    const unsigned long long end = number_of(walk->upper.items[0]);
    unsigned long long pages = (unsigned long long)(walk->pace.batch / walk->rows_per_page);
    pages = pages < 1 ? 1 : pages;
    const unsigned long long to = first_page(walk) + pages;
    *ret_last = to >= end;
    *ret_to = (KeyList){0};
    vec_push(walk->cx->arena, ret_to, arena_printf(walk->cx->arena, "%llu", *ret_last ? end : to));
}

/* --- batches --- */

/* The batch and its position, one transaction. Losing its last moments with the server is harmless:
 * the position is lost with them, so its commit need not wait for the disk. */
bool walk_run_where(Walk *walk, const char *condition, const BackfillPosition *after,
                    ServerError *ret_error)
{
    ApplyCx *cx = walk->cx;
    const char *before = arena_printf(
        cx->arena,
        "BEGIN;\n%s%sSET LOCAL lock_timeout = %llu; SET LOCAL statement_timeout = %u; "
        "SET LOCAL synchronous_commit = off;\n",
        walk->asks_apart ? print_as_the_script : "", walk->settings,
        (unsigned long long)cx->lock_timeout_ms, pace_limit_ms(&walk->pace, cx->lock_timeout_ms));
    const char *message = arena_printf(
        cx->arena, "%s%s;\nRESET SESSION AUTHORIZATION; RESET ROLE;\n%s\n%sCOMMIT", before,
        script_add_condition(cx->arena, cx->script, walk->part->statement, condition),
        apply_sql_position(cx, after), walk->asks_apart ? print_keys_exactly : "");
    const uint64_t sent = guard_now_ms();
    if (!session_control(cx->session, message, ret_error)) {
        const uint32_t ours = session_count_statements(before);
        ret_error->position = 0; /* in the batch, not in the script */
        ret_error->statement = ret_error->statement > ours ? ret_error->statement - ours : 0;
        session_rollback(cx->session);
        return false;
    }
    walk->worked_ms = pace_work_ms(&walk->pace, guard_now_ms() - sent);
    return true;
}

/* How many rows a batch holds: as many as were asked for, and the last one what is left; by pages
 * reckoned. */
static bool rows_until(Walk *walk, const KeyList *to, bool is_last, long long *ret_rows,
                       ServerError *ret_error)
{
    KeyList cells;
    if (walk->by_page) {
        const unsigned long long end = number_of(to->items[0]), from = first_page(walk);
        *ret_rows = (long long)((double)(end > from ? end - from : 0) * walk->rows_per_page);
        return true;
    }
    *ret_rows = (long long)walk->pace.batch;
    if (!is_last) {
        return true;
    }
    const char *alias = "bellows_walk";
    char *sql = arena_printf(walk->cx->arena, "SELECT pg_catalog.count(*) FROM %s AS %s WHERE %s",
                             walk_table(walk), alias, key_condition(walk, alias, &walk->upper));
    if (!ask(walk, sql, 1, &cells, ret_error)) {
        return false;
    }
    *ret_rows = cells.count == 0 ? 0 : (long long)number_of(cells.items[0]);
    return true;
}

static bool run_batch(Walk *walk, const KeyList *to, bool is_last, ServerError *ret_error)
{
    const char *condition =
        walk->by_page ? page_condition(walk, to) : key_condition(walk, walk_qualifier(walk), to);
    long long rows = 0;
    if (!rows_until(walk, to, is_last, &rows, ret_error)) {
        return false;
    }
    BackfillPosition after = {.rows_done = walk->position->rows_done + rows};
    after.keys.items = to->items;
    after.keys.count = to->count;
    if (!walk_run_where(walk, condition, &after, ret_error)) {
        return false;
    }
    *walk->position = after;
    return true;
}

static bool is_transient(const ServerError *error)
{
    return !error->connection_lost && !error->interrupted &&
           (guard_is_lock_failure(error->sqlstate) || strcmp(error->sqlstate, "57014") == 0 ||
            strcmp(error->sqlstate, "40001") == 0);
}

/* Waits before a smaller try; false when there is none. */
bool walk_may_retry(Walk *walk, uint64_t started, unsigned attempt, uint64_t budget,
                    ServerError *error)
{
    const uint64_t pause = guard_pause(attempt);
    if (!is_transient(error) || guard_now_ms() + pause - started > budget) {
        return false;
    }
    pace_shrink(&walk->pace);
    if (!guard_sleep(pause, walk->cx->options->retry.interrupted)) {
        *error = (ServerError){.interrupted = true, .message = ""};
        return false;
    }
    return true;
}

/* One batch, tried smaller and later while something is in its way. */
static bool push_batch(Walk *walk, bool *ret_last, ServerError *ret_error)
{
    const RetryOptions *retry = &walk->cx->options->retry;
    const uint64_t budget = retry->budget_ms != 0 ? retry->budget_ms : GUARD_RETRY_BUDGET_MS;
    const uint64_t started = guard_now_ms();
    for (unsigned attempt = 0;; attempt++) {
        KeyList to = walk->upper;
        if (walk->by_page) {
            next_page(walk, &to, ret_last);
        } else if (!next_key(walk, &to, ret_last, ret_error)) {
            return false;
        }
        if (run_batch(walk, &to, *ret_last, ret_error)) {
            return true;
        }
        if (!walk_may_retry(walk, started, attempt, budget, ret_error)) {
            return false;
        }
    }
}

static void copy_keys(Arena *arena, BackfillPosition *position)
{
    BackfillPosition copy = {.rows_done = position->rows_done};
    vec_each(const char *, key, &position->keys) {
        vec_push(arena, &copy.keys, arena_strdup(arena, *key));
    }
    *position = copy;
}

/* What batches allocate goes with them, for there may be a million: only the position moves on. */
void walk_move_to(Walk *walk, Arena *arena)
{
    Arena *left = walk->cx->arena;
    copy_keys(arena, walk->position);
    walk->cx->arena = arena;
    arena_free(left);
}

static bool walk_batches(Walk *walk, ServerError *ret_error)
{
    bool last = walk->upper.count == 0 || (walk->by_page && number_of(walk->upper.items[0]) == 0);
    while (!last) {
        if (!push_batch(walk, &last, ret_error)) {
            return false;
        }
        pace_report(&walk->pace, walk->cx->progress, walk->cx->migration->name,
                    walk->position->rows_done, walk->rows_total, last);
        pace_adapt(&walk->pace, walk->worked_ms);
        walk_move_to(walk, arena_new());
        if (!last && !pace_rest(&walk->pace, walk->cx->session, walk->worked_ms,
                                walk->cx->options->retry.interrupted)) {
            *ret_error = (ServerError){.interrupted = true, .message = ""};
            return false;
        }
    }
    return true;
}

static bool walk_all(Walk *walk, ServerError *ret_error)
{
    Arena *outer = walk->cx->arena;
    walk->cx->arena = arena_new();
    const bool done = walk_batches(walk, ret_error);
    walk_move_to(walk, outer);
    return done;
}

bool apply_backfill(ApplyCx *cx, const ScriptPart *part, BackfillPosition *position,
                    ServerError *ret_error)
{
    const BackfillDirective *directive = part->statement->backfill;
    Walk walk = {.cx = cx,
                 .part = part,
                 .directive = directive,
                 .position = position,
                 .pace = pace_new(&cx->options->backfill, directive->batch),
                 .by_page = directive->keys.count == 0,
                 .settings = script_part_settings(cx->arena, cx->script, part)};
    if (!find_way(&walk, ret_error) || !measure(&walk, ret_error) ||
        (!walk.by_page && !find_upper_key(&walk, ret_error))) {
        return false;
    }
    walk.pace.rows_before = position->rows_done;
    return walk_all(&walk, ret_error) && (!walk.has_places || backfill_sweep(&walk, ret_error));
}
