/*
 * apply_text.c - a script without a history: undo scripts, `db execute`.
 *
 * It runs as a migration does, in as few messages as it allows: all of it or nothing where it is
 * one transaction. Where it is not, an error says what stays.
 */
#include "base/common.h"

#include "runtime/apply/apply_internal.h"

static const char what_it_committed[] =
    "the script steers its own transactions: what it committed before that stays";

typedef struct Failed {
    const ParsedScript *script;
    size_t part;
    const char *stays;
} Failed;

/* What the database holds of the script when its message for `part` has failed. */
static const char *what_stays(const ParsedScript *script, size_t part, bool in_doubt)
{
    const ScriptStatement *alone = script->parts.items[part].statement;
    const bool builds =
        alone != NULL && (alone->kind == STATEMENT_BUILD_INDEX || alone->kind == STATEMENT_REINDEX);
    if (part > 0) {
        return builds ? "it cannot run as one transaction: what stands before that statement is "
                        "committed and stays, and so does an index that is not valid"
                      : "it cannot run as one transaction: what stands before that statement is "
                        "committed and stays";
    }
    if (builds && !in_doubt) {
        return "an index that is not valid stays; nothing that stands behind it was run";
    }
    if (in_doubt) {
        return "it was applied as a whole or not at all: look at the database";
    }
    return script->mode == SCRIPT_ATOMIC ? "nothing was changed"
                                         : "nothing that stands behind it was run";
}

static bool fail(Session *session, const char *path, Failed failed, const ServerError *error,
                 Diagnostics *diags)
{
    const ParsedScript *script = failed.script;
    if (apply_is_failure_of_world(error)) {
        Diagnostic *diagnostic = session_report(session, error, diags);
        diag_note(diags, diagnostic, span_none(), "%s", failed.stays);
        return false;
    }
    const Span span =
        apply_error_span(diags, path, script, script->parts.items[failed.part].start, error);
    apply_report_error(diags, DIAG_STATEMENT_FAILED, NULL, span, error, failed.stays);
    return false;
}

/* A DO or CALL that commits has to be alone; nothing of it was run then. */
static bool run_part(Session *session, const ParsedScript *script, SessionScript *run,
                     ServerError *ret_error)
{
    if (session_run_script(session, run, ret_error)) {
        return true;
    }
    if (run->alone || !script_wants_no_company(script, ret_error->sqlstate)) {
        return false;
    }
    session_rollback(session);
    run->alone = true;
    return session_run_script(session, run, ret_error);
}

static bool run_parts(Arena *arena, Session *session, const char *path, const ParsedScript *script,
                      Diagnostics *diags)
{
    for (size_t i = 0; i < script->parts.count; i++) {
        ServerError error;
        const ScriptPart *part = &script->parts.items[i];
        SessionScript run = {.text = script_part_text(arena, script, part),
                             .settings = script_part_settings(arena, script, part),
                             .alone = script_runs_alone(script, part)};
        if (!run_part(session, script, &run, &error)) {
            const bool steers =
                script->mode == SCRIPT_WHOLE || (script->mode == SCRIPT_ATOMIC && run.alone);
            const char *stays =
                steers ? what_it_committed : what_stays(script, i, error.connection_lost);
            return fail(session, path, (Failed){script, i, stays}, &error, diags);
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
