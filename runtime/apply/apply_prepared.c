/*
 * apply_prepared.c - what every message carries of ours is prepared once.
 *
 * A message of a small script holds statements of ours beside its own: is the lock still held, how
 * long may locks be waited for, does an old transaction stand in the way, the history's row, was it
 * kept. To read and plan them takes the server as long as the script itself, so the first message
 * of a deployment ends with preparing them and the later ones execute them: two of them, which see
 * at little cost that all is as it mostly is. In: the migration and what came before. Out:
 * statements, as texts in full or as EXECUTE.
 *
 * A script may do away with prepared statements (DEALLOCATE ALL, also inside a function). Then its
 * message fails as a whole, since the row behind it is not to be had, and is sent again in full. So
 * does one whose row somebody's trigger may have changed, or while somebody is at work on the
 * server: it is sent again with all that was left out, and so is what follows it.
 * Not through a pooler, whose connections are everybody's. Source: PostgreSQL manual, "PREPARE":
 * a statement lasts for the session, also when its transaction is rolled back.
 */
#include "base/common.h"

#include <stdio.h>
#include <string.h>

#include "runtime/apply/apply_internal.h"
#include "runtime/lock/claim.h"
#include "runtime/host/chance.h"

static bool stands(const ApplyCx *cx)
{
    return cx->is_brief && cx->options->prepared != NULL && cx->options->prepared->exists;
}

/* No query may stand before SET TRANSACTION: asked before. */
static bool asks(const ApplyCx *cx)
{
    return !cx->script->sets_transaction;
}

static bool heads(const ApplyCx *cx)
{
    return stands(cx) && asks(cx) && cx->options->prepared->lock_timeout_ms == cx->lock_timeout_ms;
}

const char *apply_sql_head(const ApplyCx *cx, bool looks)
{
    if (heads(cx)) {
        return arena_printf(cx->arena, "EXECUTE %s_%s;\n", cx->options->prepared->name,
                            looks && !cx->options->prepared->is_busy ? "quiet" : "lock");
    }
    return arena_printf(cx->arena, "%s%sSET LOCAL lock_timeout = %llu;\n",
                        asks(cx) ? claim_sql_kept(cx->arena, cx->guard, "") : "",
                        claim_sql(cx->arena, cx->session, cx->guard, cx->history, false),
                        (unsigned long long)cx->lock_timeout_ms);
}

const char *apply_sql_look(const ApplyCx *cx)
{
    if (heads(cx) && !cx->options->prepared->is_busy) {
        return "";
    }
    const char *tables = look_tables(cx->arena, cx->script);
    const char *all = cx->script->locks == LOCKS_ALL ? "true" : "false";
    return stands(cx)
               ? arena_printf(cx->arena, "EXECUTE %s_look (%s, %s);\n", cx->options->prepared->name,
                              tables, all)
               : arena_printf(cx->arena, "%s;\n", look_sql(cx->arena, cx->guard, tables, all));
}

/* A name of chance, so that it is nobody else's. */
static void choose_name(ApplyPrepared *prepared)
{
    (void)snprintf(prepared->name, sizeof prepared->name, "bellows_%08llx",
                   (unsigned long long)chance_below(UINT64_C(1) << 32));
}

/* Only where more scripts follow, and where the session keeps what it is given. */
static bool may_prepare(const ApplyCx *cx)
{
    return cx->options->prepared != NULL && !cx->options->prepared->exists &&
           !cx->options->prepared->is_refused && !cx->guard->pooled &&
           !cx->guard->options.disabled && cx->options->ahead != NULL &&
           cx->options->ahead->next != NULL;
}

static const char *sql_prepare(const ApplyCx *cx)
{
    const char *name = cx->options->prepared->name;
    const char *limit =
        arena_printf(cx->arena, ", pg_catalog.set_config('lock_timeout', '%llu', true)",
                     (unsigned long long)cx->lock_timeout_ms);
    const char *quiet = arena_printf(cx->arena, "%s, (%s)", limit, look_sql_quiet(cx->arena));
    return arena_printf(cx->arena,
                        "%sPREPARE %s_lock AS %sPREPARE %s_quiet AS %sPREPARE %s_look "
                        "(pg_catalog.oid[], pg_catalog.bool) AS %s;\n",
                        history_sql_prepare_applied(cx->arena, cx->history, name), name,
                        claim_sql_kept(cx->arena, cx->guard, limit), name,
                        claim_sql_kept(cx->arena, cx->guard, quiet), name,
                        look_sql(cx->arena, cx->guard, "$1", "$2"));
}

const char *apply_sql_applied(ApplyCx *cx)
{
    if (stands(cx)) {
        return history_sql_execute_applied(cx->arena, cx->options->prepared->name, cx->migration,
                                           &cx->start);
    }
    const char *row = history_sql_applied(cx->arena, cx->history, cx->migration, &cx->start);
    if (!may_prepare(cx)) {
        return row;
    }
    choose_name(cx->options->prepared);
    cx->options->prepared->lock_timeout_ms = cx->lock_timeout_ms;
    cx->prepares = true;
    return arena_printf(cx->arena, "%s\n%s", row, sql_prepare(cx));
}

void apply_note_prepared(const ApplyCx *cx)
{
    if (cx->prepares) {
        cx->options->prepared->exists = true;
    }
}

bool apply_says_too_little(const ApplyCx *cx, const ServerError *error)
{
    if (stands(cx) && !cx->options->prepared->is_busy && apply_is_busy(error)) {
        cx->options->prepared->is_busy = true;
        return true;
    }
    const bool refused = stands(cx) && history_is_watched(error);
    const bool lost = stands(cx) && strcmp(error->sqlstate, "26000") == 0 &&
                      strstr(error->message, cx->options->prepared->name) != NULL;
    if (lost || refused) {
        cx->options->prepared->exists = false;
        cx->options->prepared->is_refused |= refused;
    }
    return lost || refused;
}
