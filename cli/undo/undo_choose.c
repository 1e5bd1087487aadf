/*
 * undo_choose.c - which plan is undone, what of it is applied, and which way it goes.
 *
 * A plan that nobody else can have is taken back; any other is undone by a migration. Nobody else
 * has it where `migrate dev` was the last to change the database, nothing stands behind the plan,
 * and no remote of git has its scripts.
 */
#include "base/common.h"

#include <string.h>

#include "cli/undo/undo.h"
#include "runtime/undo/development.h"
#include "runtime/history/plan_sets.h"
#include "runtime/undo/shared.h"

/* --- which --- */

/* A name of directories, what they have in common, or an id. */
static const Migration *find_named(Undo *undo, const char *word)
{
    const Migrations *folder = undo->workspace->folder;
    const Migration *found = migrations_find(folder, word);
    for (size_t i = folder->list.count; found == NULL && i > 0; i--) {
        const Migration *at = folder->list.items[i - 1];
        const ScriptHeader header = script_header(undo->cli->arena, at->sql, at->len);
        if (strcmp(plan_name(undo->cli->arena, at, &header), word) == 0 ||
            strcmp(plan_id(at, &header), word) == 0) {
            found = at;
        }
    }
    return found;
}

static bool choose_plan(Undo *undo)
{
    Cli *cli = undo->cli;
    const Migrations *folder = undo->workspace->folder;
    const TextList *words = &cli->options.operands;
    if (words->count > 1) {
        diag_report(cli->diags, DIAG_UNEXPECTED_OPERAND, span_none(), words->items[1],
                    cli->command->name);
        return false;
    }
    const Migration *chosen =
        words->count == 0 ? migrations_last(folder) : find_named(undo, words->items[0]);
    if (chosen == NULL && words->count > 0) {
        diag_report(cli->diags, DIAG_NO_SUCH_MIGRATION, span_none(), words->items[0], folder->path);
        return false;
    }
    if (chosen == NULL) {
        return undo_refuse(undo, "there is no migration in it", "there is nothing to undo");
    }
    const ScriptHeader header = script_header(cli->arena, chosen->sql, chosen->len);
    undo->name = plan_name(cli->arena, chosen, &header);
    undo->plan_id = header.plan;
    plan_scripts(cli->arena, folder, chosen, &undo->scripts);
    return true;
}

/* --- what of it is there --- */

static bool is_among(const MigrationList *list, const Migration *migration)
{
    vec_each(Migration *const, at, list) {
        if (*at == migration) {
            return true;
        }
    }
    return false;
}

/* What failed or was broken off has to be settled first. */
static bool history_is_settled(Undo *undo)
{
    Cli *cli = undo->cli;
    vec_each(const DiagnosedMigration, at, &undo->diagnosis.items) {
        if (at->state == MIGRATION_FAILED) {
            diag_report(cli->diags, DIAG_HISTORY_FAILED, span_none(), at->name, at->name, at->name);
            return false;
        }
        if (at->state == MIGRATION_INTERRUPTED) {
            return undo_refuse(
                undo, arena_printf(cli->arena, "`%s` was begun and is not finished", at->name),
                at->resumes ? "`bellows migrate deploy` continues it"
                            : "look at the database, then tell the history: `bellows migrate "
                              "resolve --applied NAME`, or `--rolled-back NAME`");
        }
        if (at->edited && at->local != NULL && is_among(&undo->scripts, at->local)) {
            return undo_refuse(
                undo, arena_printf(cli->arena, "`%s` was edited after it was applied", at->name),
                "give it back the text that was applied");
        }
    }
    return true;
}

static void sort_out(Undo *undo)
{
    Cli *cli = undo->cli;
    vec_each(const DiagnosedMigration, at, &undo->diagnosis.items) {
        Migration *local = NULL;
        vec_each(Migration *const, own, &undo->workspace->folder->list) {
            local = *own == at->local ? *own : local;
        }
        if (local == NULL) {
            continue;
        }
        const bool of_plan = is_among(&undo->scripts, local);
        const bool applied = at->state == MIGRATION_APPLIED;
        if (of_plan && applied) {
            vec_push(cli->arena, &undo->applied, local);
        } else if (of_plan) {
            vec_push(cli->arena, &undo->left, local);
        }
        if (applied) {
            vec_push(cli->arena, &undo->there, local);
        }
        if (applied && !of_plan) {
            vec_push(cli->arena, &undo->wanted, local);
        }
    }
}

/* Scripts that the plan has withdrawn are wanted again, at their place. */
static bool restore(Undo *undo)
{
    Cli *cli = undo->cli;
    const Migration *first = undo->scripts.items[0];
    if (!withdrawn_read(cli->arena, undo->workspace->folder, first, &undo->restored)) {
        return undo_refuse(undo,
                           arena_printf(cli->arena,
                                        "the file `withdrawn` beside `%s` does not hold the "
                                        "scripts that it has taken out of the folder",
                                        first->name),
                           "bring the file back as it was written, from version control");
    }
    vec_each(const NewMigration, at, &undo->restored) {
        Migration *migration = arena_make(cli->arena, Migration);
        *migration = (Migration){.name = at->name,
                                 .path = arena_printf(cli->arena, "%s/%s/migration.sql",
                                                      undo->workspace->folder->path, at->name),
                                 .sql = at->sql,
                                 .len = strlen(at->sql)};
        size_t place = undo->wanted.count;
        vec_push(cli->arena, &undo->wanted, migration);
        while (place > 0 &&
               migration_name_compare(undo->wanted.items[place - 1]->name, migration->name) > 0) {
            undo->wanted.items[place] = undo->wanted.items[place - 1];
            place--;
        }
        undo->wanted.items[place] = migration;
    }
    return true;
}

/* --- which way --- */

/* The first one of the folder behind the plan; NULL: it is the last. */
static const Migration *behind(const Undo *undo)
{
    const MigrationList *list = &undo->workspace->folder->list;
    const Migration *found = NULL;
    for (size_t i = list->count; i > 0 && !is_among(&undo->scripts, list->items[i - 1]); i--) {
        found = list->items[i - 1];
    }
    return found;
}

static bool may_be_taken_back(Undo *undo)
{
    Cli *cli = undo->cli;
    const Migration *later = behind(undo);
    if (later != NULL) {
        return undo_refuse(undo,
                           arena_printf(cli->arena, "`%s` was written behind it", later->name),
                           "undo that one first, or undo this one by a migration: `--forward`");
    }
    const char *ignored; /* whoever says --take-back knows */
    if (migrations_are_shared(cli->arena, undo->workspace->folder, &undo->scripts, &ignored)) {
        return undo_refuse(undo, "a remote branch of git has it, so others may have applied it",
                           "undo it by a migration: `--forward`");
    }
    return true;
}

/* Nothing is applied; do all of its scripts wait at a gate? Then the database is on this side of
 * it, and the plan can be withdrawn. */
static bool waits_at_gate(const Undo *undo)
{
    size_t waiting = 0;
    vec_each(const DiagnosedMigration, at, &undo->diagnosis.items) {
        for (size_t i = 0; i < undo->left.count; i++) {
            waiting += at->waits && at->local == undo->left.items[i];
        }
    }
    return waiting == undo->left.count;
}

static bool choose_way(Undo *undo)
{
    Cli *cli = undo->cli;
    const Options *options = &cli->options;
    const char *refusal = NULL;
    if (option_given(options, OPT_TAKE_BACK)) {
        return may_be_taken_back(undo);
    }
    undo->forward =
        option_given(options, OPT_FORWARD) || behind(undo) != NULL ||
        !development_is(cli->arena, undo->workspace->session, undo->history) ||
        migrations_are_shared(cli->arena, undo->workspace->folder, &undo->scripts, &refusal);
    if (refusal != NULL) {
        return undo_refuse(
            undo,
            arena_printf(cli->arena, "git does not tell whether others have it (%s)", refusal),
            "let git read the repository, or say which it is: `--forward`, `--take-back`");
    }
    if (undo->forward && undo->applied.count == 0 && !waits_at_gate(undo)) {
        return undo_refuse(undo, "nothing of it is applied to this database",
                           "`--take-back` takes it out of the folder, which is right where no "
                           "other database has it");
    }
    return true;
}

/* What the schema said before the plan's first script; of one that took back another, what that one
 * came from. Not where something stands behind the plan. */
static const char *schema_before(const Undo *undo)
{
    const MigrationList *list = &undo->workspace->folder->list;
    const char *text = NULL;
    if (undo->restored.count > 0) {
        return undo->restored.items[0].snapshot;
    }
    for (size_t i = 0; i < list->count && list->items[i] != undo->scripts.items[0]; i++) {
        text = migration_companion(undo->cli->arena, list->items[i], "schema.snapshot");
    }
    return behind(undo) == NULL ? text : NULL;
}

bool undo_choose(Undo *undo)
{
    if (!choose_plan(undo) || !history_is_settled(undo)) {
        return false;
    }
    sort_out(undo);
    if (!restore(undo)) {
        return false;
    }
    undo->schema = schema_before(undo);
    return choose_way(undo);
}
