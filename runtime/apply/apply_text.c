/*
 * apply_text.c - a script without a history: undo scripts, `db execute`.
 *
 * It runs as a migration does, in as few messages as it allows: all of it or nothing where it is
 * one transaction. Where it is not, an error says what stays.
 */
#include "base/common.h"

#include "runtime/apply/apply_internal.h"

/* What the database holds of the script when its message for `part` has failed. */
static const char *what_stays(const ParsedScript *script, size_t part, bool in_doubt)
{
    if (script->mode == SCRIPT_WHOLE) {
        return "the script steers its own transactions: what it committed before that stays";
    }
    if (part > 0) {
        return "it cannot run as one transaction: what stands before that statement is committed "
               "and stays";
    }
    if (in_doubt) {
        return "it was applied as a whole or not at all: look at the database";
    }
    return script->mode == SCRIPT_ATOMIC ? "nothing was changed"
                                         : "nothing that stands behind it was run";
}

static bool fail(Session *session, const char *path, const ParsedScript *script, size_t part,
                 const ServerError *error, Diagnostics *diags)
{
    const char *stays = what_stays(script, part, error->connection_lost);
    if (apply_is_failure_of_world(error)) {
        Diagnostic *diagnostic = session_report(session, error, diags);
        diag_note(diags, diagnostic, span_none(), "%s", stays);
        return false;
    }
    const Span span = apply_error_span(diags, path, script, script->parts.items[part].start, error);
    apply_report_error(diags, DIAG_STATEMENT_FAILED, NULL, span, error, stays);
    return false;
}

static bool run_parts(Arena *arena, Session *session, const char *path, const ParsedScript *script,
                      Diagnostics *diags)
{
    for (size_t i = 0; i < script->parts.count; i++) {
        ServerError error;
        const ScriptPart *part = &script->parts.items[i];
        const SessionScript run = {.text = script_part_text(arena, script, part),
                                   .settings = script_part_settings(arena, script, part),
                                   .alone = script_runs_alone(script, part)};
        if (!session_run_script(session, &run, &error)) {
            return fail(session, path, script, i, &error, diags);
        }
        if (session_in_transaction(session)) {
            diag_report(diags, DIAG_TRANSACTION_LEFT_OPEN, span_none(), "the script",
                        "leaves a transaction open", "that part was rolled back");
            return false;
        }
    }
    return true;
}

bool apply_text(Session *session, const char *path, const char *text, size_t len,
                Diagnostics *diags)
{
    Arena *arena = arena_new();
    const ParsedScript *script = NULL;
    const bool ok = session_check_settings(session, diags) &&
                    script_parse(arena, path, text, len, diags, &script) &&
                    script_check_ends(script, path, "the script", diags) &&
                    run_parts(arena, session, path, script, diags);
    session_rollback(session);
    arena_free(arena);
    return ok;
}
