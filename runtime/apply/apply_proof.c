/*
 * apply_proof.c - a proof that fails takes its constraint away.
 *
 * A plan makes a column required through a check that is added without looking at the rows, and
 * validated by a script of its own; it adds a foreign key in the same two moves. Where a row
 * violates it, the constraint would stay and refuse what programs write: every update of that row,
 * or rows like the ones that are there. So it is dropped, and the scripts that made it count as
 * rolled back, in the transaction that records the failure: the next deploy makes it anew.
 *
 * Only for checks of our own naming and for foreign keys, in scripts of a plan that do nothing
 * else; whoever writes a constraint by hand wants it.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/apply/apply_internal.h"
#include "runtime/script/quote.h"

static const char suffix[] = "__bellows";
static const char check_violation[] = "23514", key_violation[] = "23503";

typedef struct Proof {
    ApplyCx *cx;
    const char *constraint;
    StrBuf drops, rows;
} Proof;

static bool ends_with(const char *text, size_t len, const char *end)
{
    const size_t size = strlen(end);
    return len >= size && memcmp(text + len - size, end, size) == 0;
}

static bool is_proof(const ServerError *error)
{
    const char *name = error->constraint;
    return (strcmp(error->sqlstate, check_violation) == 0 &&
            ends_with(name, strlen(name), suffix)) ||
           (strcmp(error->sqlstate, key_violation) == 0 && name[0] != '\0');
}

/* Adds constraints that are not valid yet, or validates them, and nothing else. */
static bool only_proves(const ParsedScript *script)
{
    const bool fits = script->header.plan != NULL && script->mode == SCRIPT_ATOMIC &&
                      !script->touches_anything && script->statements.count > 0;
    if (!fits) {
        return false;
    }
    vec_each(const ScriptStatement, at, &script->statements) {
        if (at->kind != STATEMENT_SHARED_SCAN &&
            !ends_with(script->text + at->start, at->end - at->start, "NOT VALID")) {
            return false;
        }
    }
    return true;
}

/* Does it validate only? What it touches was made by a script that stays, or is withdrawn, too. */
static bool only_validates(const ParsedScript *script)
{
    vec_each(const ScriptStatement, at, &script->statements) {
        if (at->kind != STATEMENT_SHARED_SCAN) {
            return false;
        }
    }
    return true;
}

static bool adds(const Proof *proof, const ParsedScript *script)
{
    const bool adds_nothing = only_validates(script);
    vec_each(const ScriptTouch, at, &script->touches) {
        if (!adds_nothing && at->kind == TOUCH_PART && strcmp(at->name, proof->constraint) == 0) {
            return true;
        }
    }
    return false;
}

static const Migration *find_script(const ApplyCx *cx, unsigned number)
{
    const ScriptHeader *own = &cx->script->header;
    vec_each(Migration *const, at, &cx->options->folder->list) {
        const ScriptHeader header = script_header(cx->arena, (*at)->sql, (*at)->len);
        if (header.plan != NULL && header.number == number && header.count == own->count &&
            strcmp(header.plan, own->plan) == 0) {
            return *at;
        }
    }
    return NULL;
}

static void withdraw(Proof *proof, const Migration *migration, const ParsedScript *script)
{
    Arena *arena = proof->cx->arena;
    const bool adds_nothing = only_validates(script);
    strbuf_add(&proof->rows, history_sql_withdraw(arena, proof->cx->history, migration));
    vec_each(const ScriptTouch, at, &script->touches) {
        if (at->kind == TOUCH_PART && !adds_nothing) {
            strbuf_printf(&proof->drops, "ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s;\n",
                          quote_qualified(arena, at->table.schema, at->table.name),
                          quote_qualified(arena, NULL, at->name));
        }
    }
}

/* Nothing of it is about a constraint: it may stay applied between scripts that are rolled back. */
static bool may_stay(const ParsedScript *script)
{
    vec_each(const ScriptTouch, at, &script->touches) {
        if (at->kind == TOUCH_PART) {
            return false;
        }
    }
    return !script->touches_anything;
}

/* From the script that failed back to the one that adds the constraint; false when what stands
 * between them builds on it. */
static bool collect(Proof *proof)
{
    ApplyCx *cx = proof->cx;
    const ParsedScript *script = cx->script;
    const Migration *migration = cx->migration;
    Diagnostics *ignored = diagnostics_new(cx->arena, sources_new(cx->arena));
    if (!only_proves(script)) {
        return false;
    }
    for (unsigned number = script->header.number; number > 0; number--) {
        const bool proves = only_proves(script);
        if (proves) {
            withdraw(proof, migration, script);
        }
        if (adds(proof, script) || (!proves && !may_stay(script))) {
            return proves;
        }
        migration = find_script(cx, number - 1);
        if (migration == NULL || !script_parse(cx->arena, migration->path, migration->sql,
                                               migration->len, ignored, &script)) {
            return false;
        }
    }
    return false;
}

static bool run(Proof *proof, const char *failure)
{
    ApplyCx drop = *proof->cx;
    Arena *arena = drop.arena;
    ServerError error;
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    const char *text = strbuf_text(&proof->drops);
    drop.lock_timeout_ms = guard_lock_timeout(drop.guard, &drop.options->retry, false);
    session_rollback(drop.session);
    return script_parse(arena, "", text, strlen(text), ignored, &drop.script) &&
           apply_message(&drop, &drop.script->parts.items[0],
                         arena_printf(arena, "%s\n%s", failure, strbuf_text(&proof->rows)), &error);
}

bool apply_withdraw_proof(ApplyCx *cx, const ServerError *error, const char *failure)
{
    if (!is_proof(error) || cx->options->folder == NULL) {
        return false;
    }
    Proof proof = {.cx = cx,
                   .constraint = error->constraint,
                   .drops = strbuf_new(STRBUF_MAX),
                   .rows = strbuf_new(STRBUF_MAX)};
    const bool done = collect(&proof) && run(&proof, failure);
    strbuf_dispose(&proof.drops);
    strbuf_dispose(&proof.rows);
    return done;
}
