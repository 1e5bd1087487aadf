/*
 * apply_look.c - before a lock is asked for: does an old transaction stand in its way?
 *
 * A request that waits lets nobody past, so a hopeless one keeps everybody from the table for as
 * long as it is allowed to wait. A transaction that is older than a second, or that idles, will not
 * be over in that time. It is seen by a statement at the head of the message, which fails then, and
 * is waited for without asking. Brief transactions are no reason: a busy table always has some.
 * Now and then it is tried all the same, for what is seen may not be in the way.
 *
 * What another role's sessions do, only some roles may see; unseen is not in the way.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/history/unless.h"
#include "runtime/lock/claim.h"
#include "runtime/script/quote.h"

enum { LOOK_PAUSE_MS = 150, TRY_ANYWAY_MS = 15000 };

static const char word_blocked[] = "bellows: an old transaction is in the way";
static const char word_busy[] = "bellows: somebody has been at work for a while";

/* The look is a query, and behind one no isolation can be set: such a script asks unseeing. */
bool apply_looks(const ApplyCx *cx)
{
    return !cx->script->sets_transaction && cx->script->locks != LOCKS_NOBODY &&
           cx->script->tables.count > 0 && !cx->options->retry.wait_forever;
}

/* Tables that are not there yet are nobody's. */
char *look_tables(Arena *arena, const ParsedScript *script)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "ARRAY[");
    for (size_t i = 0; i < script->tables.count; i++) {
        const ScriptName *table = &script->tables.items[i];
        strbuf_printf(&out, "%spg_catalog.to_regclass(%s)::pg_catalog.oid", i > 0 ? ", " : "",
                      quote_text(arena, quote_qualified(arena, table->schema, table->name)));
    }
    strbuf_add(&out, "]");
    return strbuf_take(&out, arena);
}

/* Runs under the script's path, which finds its tables; all else is named in full. Databases made
 * from one template share the oids of their tables. An autovacuum gives way, unless it protects
 * from wraparound. Old transactions are looked for first: mostly there is none, and pg_locks is
 * dear. */
char *look_sql(Arena *arena, const Guard *guard, const char *tables, const char *all)
{
    return arena_printf(
        arena,
        "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_stat_get_activity(NULL) AS a WHERE "
        "(pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) a.xact_start "
        "OPERATOR(pg_catalog.>) '1 s'::pg_catalog.interval "
        "OR (pg_catalog.strpos(a.state, 'idle in transaction') OPERATOR(pg_catalog.=) 1 "
        "AND pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) a.state_change "
        "OPERATOR(pg_catalog.>) '200 ms'::pg_catalog.interval)) "
        "AND (a.backend_type OPERATOR(pg_catalog.<>) 'autovacuum worker' "
        "OR pg_catalog.strpos(a.query, 'to prevent wraparound') OPERATOR(pg_catalog.>) 0) "
        "AND a.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid() "
        "AND EXISTS (SELECT FROM pg_catalog.pg_locks AS l WHERE l.granted "
        "AND l.pid OPERATOR(pg_catalog.=) a.pid "
        "AND l.database OPERATOR(pg_catalog.=) %s::pg_catalog.oid "
        "AND l.relation OPERATOR(pg_catalog.=) ANY (%s) "
        "AND (%s OR l.mode OPERATOR(pg_catalog.<>) ALL (ARRAY['AccessShareLock', "
        "'RowShareLock'])))) "
        "THEN pg_catalog.concat('%s ', pg_catalog.pg_backend_pid())::pg_catalog.int4 ELSE 0 END",
        quote_text(arena, guard->database), tables, all, word_blocked);
}

/* Nobody has been at work for as long as the look above may mind. Even to make that look ready for
 * its turn costs more than to see this. */
char *look_sql_quiet(Arena *arena)
{
    return sql_unless(arena,
                      "NOT EXISTS (SELECT FROM pg_catalog.pg_stat_get_backend_idset() AS s (id) "
                      "WHERE pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) "
                      "pg_catalog.pg_stat_get_backend_xact_start(s.id) "
                      "OPERATOR(pg_catalog.>) '200 ms'::pg_catalog.interval "
                      "AND pg_catalog.pg_stat_get_backend_pid(s.id) OPERATOR(pg_catalog.<>) "
                      "pg_catalog.pg_backend_pid())",
                      word_busy);
}

bool apply_is_blocked(const ServerError *error)
{
    return failed_unless(error, word_blocked);
}

bool apply_is_busy(const ServerError *error)
{
    return failed_unless(error, word_busy);
}

bool apply_wait_clear(ApplyCx *cx, uint64_t deadline, ServerError *ret_error)
{
    const char *claim = claim_sql(cx->arena, cx->session, cx->guard, NULL, false);
    const SessionScript look = {
        .text = "SELECT 1", .settings = arena_printf(cx->arena, "%s%s", claim, apply_sql_look(cx))};
    const uint64_t anyway = guard_now_ms() + TRY_ANYWAY_MS;
    const char *blockers = guard_blockers(cx->arena, cx->session, cx->script);
    progress_report(cx->progress, &(ProgressEvent){.kind = PROGRESS_BLOCKED,
                                                   .migration = cx->migration->name,
                                                   .detail = blockers});
    while (guard_now_ms() < anyway) {
        if (guard_now_ms() > deadline) {
            memcpy(ret_error->sqlstate, "55P03", 6);
            ret_error->message = "an older transaction holds a lock on its tables";
            return false;
        }
        if (!guard_sleep(LOOK_PAUSE_MS, cx->options->retry.interrupted)) {
            *ret_error = (ServerError){.interrupted = true, .message = ""};
            return false;
        }
        if (session_run_script(cx->session, &look, ret_error)) {
            return true;
        }
        if (!apply_is_blocked(ret_error)) {
            return claim_state(ret_error) != CLAIM_STANDS; /* held: the next message waits */
        }
    }
    return true;
}
