/*
 * cmd_rebase.c - `bellows migrate rebase`: migrations of one branch go behind those of the other.
 *
 * Two branches wrote migrations beside each other, and the folder holds both in the order of their
 * times. Whose are to go last is said by name, or found (runtime/history/forks.h). The new order is
 * replayed; the folder is changed only where it makes what the schema says, or the same as the old
 * order. Scripts stay as they are, so a database that has them is told their new names.
 */
#include "base/common.h"

#include <string.h>
#include <time.h>

#include "cli/console/answer.h"
#include "cli/history/proof.h"
#include "compiler/plan/make/plan_make.h"
#include "runtime/lock/claim.h"
#include "runtime/history/forks.h"
#include "runtime/history/plan_sets.h"
#include "runtime/history/renaming.h"

typedef struct Rebase {
    Cli *cli;
    Workspace *workspace;
    MigrationRun stay, move;
    const char **names; /* new ones, of `move` */
    bool in_sync;       /* the new order makes what the schema says */
} Rebase;

static bool is_named(const TextList *names, const Migration *migration)
{
    vec_each(const char *, at, names) {
        if (strcmp(*at, migration->name) == 0) {
            return true;
        }
    }
    return false;
}

static bool names_are_there(Rebase *rebase, const TextList *names)
{
    const Migrations *folder = rebase->workspace->folder;
    vec_each(const char *, at, names) {
        if (migrations_find(folder, *at) == NULL) {
            diag_report(rebase->cli->diags, DIAG_NO_SUCH_MIGRATION, span_none(), *at, folder->path);
            return false;
        }
    }
    return true;
}

/* A plan's scripts run one behind the other: where one goes, all go. */
static void take_along(Rebase *rebase, const Migration *migration, TextList *moving)
{
    Arena *arena = rebase->cli->arena;
    MigrationList plan;
    plan_scripts(arena, rebase->workspace->folder, migration, &plan);
    vec_each(Migration *const, at, &plan) {
        if (!is_named(moving, *at)) {
            vec_push(arena, moving, (*at)->name);
        }
    }
}

/* Named ones move; else those that do not know what stands before them. */
static bool choose(Rebase *rebase)
{
    Cli *cli = rebase->cli;
    const Migrations *folder = rebase->workspace->folder;
    const TextList *names = &cli->options.operands;
    ForkList forks;
    TextList moving = {0};
    forks_find(cli->arena, folder, &forks);
    if (!names_are_there(rebase, names)) {
        return false;
    }
    vec_each(Migration *const, at, &folder->list) {
        if (names->count > 0 ? is_named(names, *at) : forks_speak_of(&forks, *at)) {
            take_along(rebase, *at, &moving);
        }
    }
    vec_each(Migration *const, at, &folder->list) {
        if (is_named(&moving, *at)) {
            vec_push(cli->arena, &rebase->move, *at);
        } else {
            vec_push(cli->arena, &rebase->stay, *at);
        }
    }
    return true;
}

/* Their names without the time. */
static bool choose_names(Rebase *rebase)
{
    Cli *cli = rebase->cli;
    const size_t count = rebase->move.count;
    const char **rests = arena_array(cli->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *name = rebase->move.items[i]->name;
        rests[i] = name + strspn(name, "0123456789_");
    }
    rebase->names = arena_array(cli->arena, const char *, count + 1);
    return migrations_plan_names(cli->arena, rebase->workspace->folder, time(NULL), "", rests,
                                 count, cli->diags, rebase->names);
}

static const char *differs(Rebase *rebase, const Catalog *moved)
{
    Cli *cli = rebase->cli;
    MigrationRun old = {0};
    Diagnostics *reported = cli->diags;
    vec_each(Migration *const, at, &rebase->workspace->folder->list) {
        vec_push(cli->arena, &old, *at);
    }
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    Catalog *before = proof_replay(cli, rebase->workspace, &old);
    cli->diags = reported;
    if (before == NULL) {
        return ""; /* the old order does not even run */
    }
    const char *difference = proof_difference(cli, before, moved, true);
    catalog_free(before);
    return difference;
}

/* Is it what the schema says? Nobody is told where not: the schema may be ahead. */
static bool is_schema(Rebase *rebase, const Catalog *moved)
{
    Cli *cli = rebase->cli;
    Workspace *workspace = rebase->workspace;
    Diagnostics *reported = cli->diags;
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    Catalog *wanted = schema_compile(cli, &workspace->schema, workspace->context.default_schema);
    Plan *plan = wanted == NULL ? NULL : plan_make(moved, wanted, &(PlanOptions){0}, cli->diags);
    const bool same = plan != NULL && plan_is_empty(plan);
    plan_free(plan);
    catalog_free(wanted);
    cli->diags = reported;
    return same;
}

static bool prove(Rebase *rebase)
{
    Cli *cli = rebase->cli;
    MigrationRun run = {0};
    vec_each(const Migration *const, at, &rebase->stay) {
        vec_push(cli->arena, &run, *at);
    }
    vec_each(const Migration *const, at, &rebase->move) {
        vec_push(cli->arena, &run, *at);
    }
    Catalog *moved = proof_replay(cli, rebase->workspace, &run);
    rebase->in_sync = moved != NULL && is_schema(rebase, moved);
    const char *difference = moved == NULL ? NULL : differs(rebase, moved);
    catalog_free(moved);
    if (difference == NULL || difference[0] == '\0') {
        return difference != NULL;
    }
    Diagnostic *d =
        diag_report(cli->diags, DIAG_NOT_REBASED, span_none(), rebase->workspace->folder_path);
    diag_note_lines(cli->diags, d, "the other order would differ by:\n", difference);
    return false;
}

/* What a moved one was written behind: another moved one under its new name, else the last that
 * stays. */
static const char *after_of(const Rebase *rebase, const char *snapshot)
{
    const char *after = fork_after(rebase->cli->arena, snapshot);
    for (size_t i = 0; after != NULL && i < rebase->move.count; i++) {
        if (strcmp(rebase->move.items[i]->name, after) == 0) {
            return rebase->names[i];
        }
    }
    return rebase->stay.count == 0 ? NULL : vec_last(&rebase->stay)->name;
}

static Renaming *renamings(Rebase *rebase)
{
    Cli *cli = rebase->cli;
    const char *whole = schema_whole_text(cli, &rebase->workspace->schema);
    Renaming *list = arena_array(cli->arena, Renaming, rebase->move.count);
    for (size_t i = 0; i < rebase->move.count; i++) {
        const Migration *migration = rebase->move.items[i];
        const char *old = migration_companion(cli->arena, migration, "schema.snapshot");
        const char *text = rebase->in_sync || old == NULL ? whole : old;
        list[i] = (Renaming){
            .migration = migration,
            .name = rebase->names[i],
            .snapshot = old == NULL ? NULL : fork_mark(cli->arena, text, after_of(rebase, old))};
    }
    return list;
}

/* Of the database that was named, under the lock; NULL: there is none. */
static bool take_history(Rebase *rebase, History **ret_history)
{
    Cli *cli = rebase->cli;
    Workspace *workspace = rebase->workspace;
    *ret_history = NULL;
    return workspace->session == NULL ||
           (workspace_lock(cli, workspace) &&
            history_read(cli->arena, workspace->session, cli->diags, ret_history) &&
            history_may_write(*ret_history, cli->diags));
}

static bool rename_in_history(Rebase *rebase, const History *history, const Renaming *list)
{
    Cli *cli = rebase->cli;
    Workspace *workspace = rebase->workspace;
    bool moved = false;
    return history == NULL || !history->exists ||
           claim_run(cli->arena, workspace->session, &workspace->guard, NULL,
                     history_sql_rename(cli->arena, history, list, rebase->move.count),
                     &workspace->progress, cli->diags, &moved);
}

static ExitCode rebase_folder(Cli *cli, Workspace *workspace)
{
    Rebase rebase = {.cli = cli, .workspace = workspace};
    if (!choose(&rebase)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (rebase.move.count == 0) {
        cli_say(cli, "Every migration knows those before it: there is nothing to order.\n");
        return EXIT_DONE;
    }
    if (!choose_names(&rebase) || !prove(&rebase) || !cli_goes_on(cli)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    History *history = NULL;
    const Renaming *list = renamings(&rebase);
    if (!take_history(&rebase, &history) ||
        !migrations_rename(workspace->folder, list, rebase.move.count, cli->diags) ||
        !rename_in_history(&rebase, history, list)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_texts(cli, "written", rebase.names, rebase.move.count);
    cli_print(cli, "Behind all others now, with the same end:\n\n");
    workspace_print_tree(cli, workspace->folder_path, rebase.names, rebase.move.count);
    return EXIT_DONE;
}

/* A database that is named may have them under their old names. */
ExitCode cmd_migrate_rebase(Cli *cli)
{
    const bool named = option_given(&cli->options, OPT_URL);
    return workspace_run(cli, (WorkspaceNeeds){.database = named, .folder = true, .writes = true},
                         rebase_folder);
}
