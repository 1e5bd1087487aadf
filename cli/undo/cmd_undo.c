/*
 * cmd_undo.c - `bellows migrate undo`: a plan is taken back, or undone by a migration.
 *
 * 1. which plan, what of it the database has (undo_choose.c)
 * 2. is the database what its migrations make
 * 3. plan from there to where it would be without (undo_plan.c)
 * 4. count what would be lost, ask
 * 5. write and deploy (undo_forward.c), or change database and folder (undo_back.c)
 */
#include "base/common.h"

#include "cli/console/answer.h"
#include "cli/undo/undo.h"

bool undo_refuse(Undo *undo, const char *why, const char *help)
{
    const char *what = undo->name != NULL ? undo->name : undo->workspace->folder_path;
    diag_report(undo->cli->diags, DIAG_NOT_UNDONE, span_none(), what, why, help);
    return false;
}

static bool agree(Undo *undo, Consent *ret_consent)
{
    Cli *cli = undo->cli;
    const ConsentWish wish = {
        .applies = !option_given(&cli->options, OPT_DRY_RUN),
        .remedy = "bring the data in order first, or write the migration by hand (`bellows migrate "
                  "dev --create-only`)",
        .first = undo->first};
    *ret_consent = (Consent){.given = true};
    return undo->plan == NULL || planning_consent(cli, undo->workspace->session, undo->live,
                                                  undo->plan, wish, ret_consent);
}

static ExitCode undo_it(Undo *undo)
{
    Cli *cli = undo->cli;
    Consent consent;
    if (!workspace_lock(cli, undo->workspace) ||
        !workspace_diagnose(cli, undo->workspace, &undo->history, &undo->diagnosis) ||
        !undo_choose(undo)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if ((undo->forward || undo->applied.count > 0) &&
        (!undo_find_drift(undo) || !undo_make_plan(undo))) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_text(cli, "plan", undo->plan == NULL ? NULL : undo->plan->id);
    answer_bool(cli, "forward", undo->forward);
    if (!agree(undo, &consent)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (!consent.given) {
        return consent.code;
    }
    return undo->forward ? undo_go_forward(undo) : undo_take_back(undo);
}

static ExitCode run(Cli *cli, Workspace *workspace)
{
    Undo undo = {.cli = cli, .workspace = workspace, .first = ""};
    workspace_print_datasource(cli, workspace);
    const ExitCode code = undo_it(&undo);
    plan_free(undo.plan);
    catalog_free(undo.live);
    if (undo.from != undo.before) {
        catalog_free(undo.from);
    }
    catalog_free(undo.before);
    if (undo.goal != undo.after) {
        catalog_free(undo.goal);
    }
    catalog_free(undo.after);
    return code;
}

ExitCode cmd_migrate_undo(Cli *cli)
{
    const WorkspaceNeeds needs = {
        .database = true, .private_server = PRIVATE_IF_RUNNING, .folder = true, .writes = true};
    if (option_given(&cli->options, OPT_FORWARD) && option_given(&cli->options, OPT_TAKE_BACK)) {
        diag_report(cli->diags, DIAG_ONE_OF_OPTIONS, span_none(), "--forward and --take-back",
                    cli->command->name);
        return EXIT_USAGE;
    }
    return workspace_run(cli, needs, run);
}
