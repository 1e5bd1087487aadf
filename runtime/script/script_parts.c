/*
 * script_parts.c - in which mode a script runs, and what of it runs in one message.
 *
 * In: its statements in order. Out: parts, each a transaction or one statement that refuses one.
 * Source: PostgreSQL manual, "Multiple Statements in a Simple Query".
 */
#include "base/common.h"

#include <string.h>

#include "runtime/script/script_internal.h"

static bool runs_alone(StatementClass kind)
{
    return kind == STATEMENT_BUILD_INDEX || kind == STATEMENT_DROP_INDEX ||
           kind == STATEMENT_REINDEX || kind == STATEMENT_DETACH || kind == STATEMENT_ALONE ||
           kind == STATEMENT_BACKFILL;
}

/* Does a transaction end behind the statement, that others must not continue? */
static bool ends_part(const ParsedScript *script, size_t i)
{
    const StatementClass kind = script->statements.items[i].kind;
    return i + 1 < script->statements.count &&
           (kind == STATEMENT_COMMIT ||
            (kind == STATEMENT_ADD_VALUE &&
             script->statements.items[i + 1].kind != STATEMENT_ADD_VALUE));
}

static bool goes_on_behind_commit(const ParsedScript *script)
{
    for (size_t i = 0; i + 1 < script->statements.count; i++) {
        if (script->statements.items[i].kind == STATEMENT_COMMIT) {
            return true;
        }
    }
    return false;
}

/* Blocks whose statements hold to their COMMIT only are kept apart; others become one transaction.
 */
static ScriptMode mode_of(const ParsedScript *script, bool may_commit)
{
    if (may_commit || script_steers_transactions(script)) {
        return SCRIPT_WHOLE;
    }
    bool needs_ends = false;
    vec_each(ScriptStatement, statement, &script->statements) {
        if (runs_alone(statement->kind)) {
            return SCRIPT_STEPS;
        }
        needs_ends |= statement->ends_with_it;
    }
    return needs_ends && goes_on_behind_commit(script) ? SCRIPT_STEPS : SCRIPT_ATOMIC;
}

/* Neighbours that can share a transaction become one part. */
static void cut_steps(Arena *arena, ParsedScript *script)
{
    bool open = false;
    for (size_t i = 0; i < script->statements.count; i++) {
        const ScriptStatement *statement = &script->statements.items[i];
        const bool alone = runs_alone(statement->kind);
        if (open && !alone) {
            vec_last(&script->parts).end = statement->end;
        } else {
            vec_push(arena, &script->parts,
                     (ScriptPart){statement->start, statement->end, alone ? statement : NULL});
        }
        open = !alone && !ends_part(script, i);
    }
}

void script_make_parts(Arena *arena, ParsedScript *script, bool may_commit)
{
    script->mode = mode_of(script, may_commit);
    if (script->mode == SCRIPT_STEPS) {
        cut_steps(arena, script);
    } else {
        vec_push(arena, &script->parts, (ScriptPart){0, script->len, NULL});
    }
}

/* --- queries --- */

bool script_runs_alone(const ParsedScript *script, const ScriptPart *part)
{
    return script->mode == SCRIPT_WHOLE || !script->readable ||
           (part->statement != NULL && part->statement->kind != STATEMENT_BACKFILL);
}

bool script_wants_no_company(const ParsedScript *script, const char *sqlstate)
{
    return script->mode == SCRIPT_ATOMIC &&
           ((strcmp(sqlstate, "25001") == 0 && !script->readable) ||
            (strcmp(sqlstate, "2D000") == 0 && script->statements.count == 1));
}

bool script_untouched_before(const ParsedScript *script, uint32_t failed)
{
    if (!script->readable || failed == 0 || failed > script->statements.count) {
        return false;
    }
    for (size_t i = 0; i < failed; i++) {
        if (script->statements.items[i].ends_transaction) {
            return false;
        }
    }
    return true;
}

ScriptPartList script_cut_apart(Arena *arena, const ParsedScript *script)
{
    ScriptPartList parts = {0};
    size_t start = 0;
    for (size_t i = 0; script->mode == SCRIPT_ATOMIC && i < script->statements.count; i++) {
        if (ends_part(script, i)) {
            vec_push(arena, &parts, (ScriptPart){start, script->statements.items[i].end, NULL});
            start = script->statements.items[i + 1].start;
        }
    }
    if (parts.count > 0) {
        vec_push(arena, &parts, (ScriptPart){start, script->len, NULL});
    }
    return parts;
}
