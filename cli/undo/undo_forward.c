/*
 * undo_forward.c - a plan that others may have is undone by a migration of its own.
 *
 * What of the plan is not applied leaves the folder: its texts stay with the new migration
 * (runtime/undo/withdrawn.h). What is applied stays, and its rows in the history.
 */
#include "base/common.h"

#include <time.h>

#include "cli/console/answer.h"
#include "cli/undo/undo.h"
#include "runtime/history/forks.h"

typedef struct NewPlan {
    NewMigration *files;
    size_t count;
} NewPlan;

/* What leaves the folder: taken back, all of it. */
static ScriptFrame frame_of(Undo *undo)
{
    Cli *cli = undo->cli;
    const MigrationList *leaving = undo->forward ? &undo->left : &undo->scripts;
    Name *names = arena_array(cli->arena, Name, leaving->count + 1);
    for (size_t i = 0; i < leaving->count; i++) {
        names[i] = intern_cstr(cli->names, leaving->items[i]->name);
    }
    return (ScriptFrame){.first = undo->first,
                         .undoes = undo->plan_id,
                         .withdraws = names,
                         .withdraw_count = leaving->count};
}

void undo_identify(Undo *undo)
{
    const ScriptFrame frame = frame_of(undo);
    emit_identify(undo->cli->arena, undo->plan, &frame);
}

static void make_scripts(Undo *undo)
{
    const ScriptFrame frame = frame_of(undo);
    undo->scripts_of_undo =
        emit_framed_migrations(undo->cli->arena, undo->plan, &undo->plan->hazards, &frame);
}

static bool name_files(Undo *undo, NewPlan *ret_plan)
{
    Cli *cli = undo->cli;
    const ScriptList *scripts = &undo->scripts_of_undo;
    const char *wish = option_value(&cli->options, OPT_NAME);
    const char *slug = migrations_slug(
        cli->arena, wish != NULL ? wish : arena_printf(cli->arena, "undo_%s", undo->name));
    const char **suffixes = arena_array(cli->arena, const char *, scripts->count + 1);
    const char **names = arena_array(cli->arena, const char *, scripts->count + 1);
    NewMigration *files = arena_array(cli->arena, NewMigration, scripts->count + 1);
    const Migrations *folder = undo->workspace->folder;
    for (size_t i = 0; i < scripts->count; i++) {
        suffixes[i] = scripts->items[i].suffix;
    }
    if (!migrations_plan_names(cli->arena, folder, time(NULL), slug, suffixes, scripts->count,
                               cli->diags, names)) {
        return false;
    }
    for (size_t i = 0; i < scripts->count; i++) {
        files[i] = (NewMigration){
            .name = names[i],
            .sql = scripts->items[i].sql,
            .snapshot = undo->schema == NULL
                            ? NULL
                            : fork_mark(cli->arena, undo->schema, vec_last(&undo->scripts)->name),
            .undo = scripts->items[i].undo,
            .withdrawn =
                i == 0 && undo->left.count > 0 ? withdrawn_text(cli->arena, &undo->left) : NULL};
        vec_push(cli->arena, &undo->written, names[i]);
    }
    *ret_plan = (NewPlan){.files = files, .count = scripts->count};
    return true;
}

static void print_leaving(Undo *undo, const char *title)
{
    Cli *cli = undo->cli;
    if (undo->left.count > 0) {
        cli_print(cli, "%s\n", title);
    }
    vec_each(Migration *const, at, &undo->left) {
        cli_print(cli, "  %s\n", (*at)->name);
    }
}

static void preview(Undo *undo)
{
    Cli *cli = undo->cli;
    cli_print(cli, "Would write:\n\n");
    for (size_t i = 0; i < undo->scripts_of_undo.count; i++) {
        cli_print(cli, "%s\n", undo->written.items[i]);
        cli_put(cli, undo->scripts_of_undo.items[i].sql);
        cli_put(cli, "\n");
    }
    print_leaving(undo, "Would leave the folder, for they have not run:");
    cli_print(cli, "\nNothing was changed (--dry-run).\n");
}

/* --- applying --- */

static void answer_result(Cli *cli, const DeployResult *result)
{
    TextList applied = {0}, held = {0};
    vec_each(const Migration *const, at, &result->applied) {
        vec_push(cli->arena, &applied, (*at)->name);
    }
    vec_each(const Migration *const, at, &result->held) {
        vec_push(cli->arena, &held, (*at)->name);
    }
    answer_texts(cli, "applied", applied.items, applied.count);
    answer_texts(cli, "held", held.items, held.count);
}

static void print_gates(Cli *cli, const DeployResult *result)
{
    if (result->held.count > 0) {
        cli_say(cli, "\nWhat waits takes away what the new program needs. Once none of it runs "
                     "any more:\n");
    }
    vec_each(const Gate, at, &result->gates) {
        if (!at->open) {
            cli_print(cli, "  bellows migrate deploy --contract %s\n", at->name);
        }
    }
}

static ExitCode deploy(Undo *undo)
{
    Cli *cli = undo->cli;
    Workspace *workspace = undo->workspace;
    DeployOptions options;
    DeployResult result = {0};
    if (!workspace_deploy_options(cli, workspace, &options)) {
        return EXIT_USAGE;
    }
    options.code = CODE_UNASKED; /* looked at with the plan */
    options.agreed = NULL;       /* and these */
    const bool ok = deploy_run(cli->arena, workspace->session, workspace->folder, &options,
                               &workspace->progress, cli->diags, &result);
    answer_result(cli, &result);
    if (ok) {
        print_gates(cli, &result);
    }
    return ok ? EXIT_DONE : cli_exit(cli, EXIT_FAILED);
}

/* The new ones first: until the others are gone they count as withdrawn. */
static bool write_folder(Undo *undo, const NewPlan *plan)
{
    return cli_goes_on(undo->cli) &&
           migrations_write(undo->workspace->folder, plan->files, plan->count, undo->cli->diags) &&
           undo_change_folder(undo, &undo->left) &&
           workspace_reload_folder(undo->cli, undo->workspace);
}

static void print_written(Undo *undo)
{
    Cli *cli = undo->cli;
    const Workspace *workspace = undo->workspace;
    cli_print(cli, "Undone by:\n\n");
    workspace_print_tree(cli, workspace->folder_path, undo->written.items, undo->written.count);
    cli_print(cli, "\n");
    print_leaving(undo, "Out of the folder, for they have not run:");
    cli_put(cli, undo->left.count > 0 ? "\n" : "");
    cli_say(cli, "The schema still asks for what is undone%s\n",
            undo->schema != NULL
                ? "; as it was before, it stands beside the new migration, in schema.snapshot."
                : ".");
}

ExitCode undo_go_forward(Undo *undo)
{
    Cli *cli = undo->cli;
    NewPlan plan = {0};
    make_scripts(undo);
    if (!undo_may_leave(undo, &undo->left) || !name_files(undo, &plan) ||
        !undo_prove(undo, plan.files, plan.count)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (option_given(&cli->options, OPT_DRY_RUN)) {
        preview(undo);
        return EXIT_DONE;
    }
    if (!write_folder(undo, &plan)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_texts(cli, "written", undo->written.items, undo->written.count);
    print_written(undo);
    return option_given(&cli->options, OPT_CREATE_ONLY) ? EXIT_DONE : deploy(undo);
}
