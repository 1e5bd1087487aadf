/*
 * cmd_resolve.c - `bellows migrate resolve`: the history is told what a person has repaired.
 *
 * What is said to be applied is looked for in the database first: a history that says more than is
 * there makes every later deployment fail somewhere else. Where that cannot be told (a script that
 * only a server understands, and none to ask), and of a script that was interrupted, the person's
 * word counts, with a warning.
 */
#include "base/common.h"

#include "cli/console/answer.h"
#include "cli/history/proof.h"

/* Has a deployment begun it, and neither finished nor failed? */
static bool is_interrupted(Cli *cli, const Workspace *workspace, const char *name)
{
    History *history = NULL;
    Diagnostics *ignored = diagnostics_new(cli->arena, cli->sources); /* it is read again */
    const bool read = history_read(cli->arena, workspace->session, ignored, &history);
    const HistoryRow *row = read ? history_find(history, name) : NULL;
    return row != NULL && row->state == HISTORY_INTERRUPTED;
}

/* False: what the migration makes is not there. */
static bool is_there(Cli *cli, Workspace *workspace, const char *name)
{
    const char *lacks = "";
    if (option_given(&cli->options, OPT_NO_VERIFY) ||
        migrations_find(workspace->folder, name) == NULL) {
        return true; /* one that is no migration is told by the history */
    }
    Diagnostics *reported = cli->diags;
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    const bool told = proof_of_applied(cli, workspace, name, &lacks);
    const Diagnostics *why = cli->diags;
    cli->diags = reported;
    answer_bool(cli, "verified", told && lacks[0] == '\0');
    if (!told) {
        diag_report(cli->diags, DIAG_NOT_VERIFIED, span_none(), name,
                    why->items.count == 0 ? "no reason is known" : why->items.items[0]->message);
        return true;
    }
    if (lacks[0] == '\0') {
        return true;
    }
    const bool interrupted = is_interrupted(cli, workspace, name);
    Diagnostic *d = diag_report(cli->diags, interrupted ? DIAG_MARKED_NOT_THERE : DIAG_NOT_THERE,
                                span_none(), name);
    diag_note_lines(cli->diags, d, "what it makes, and the database has otherwise:\n", lacks);
    return interrupted;
}

static ExitCode resolve(Cli *cli, Workspace *workspace)
{
    const char *applied = option_value(&cli->options, OPT_APPLIED);
    const char *rolled_back = option_value(&cli->options, OPT_ROLLED_BACK);
    DeployOptions options;
    workspace_print_datasource(cli, workspace);
    if (!workspace_deploy_options(cli, workspace, &options) ||
        (applied != NULL && !is_there(cli, workspace, applied)) ||
        !deploy_resolve(cli->arena, workspace->session, workspace->folder, applied, rolled_back,
                        &options.guard, &workspace->progress, cli->diags)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_text(cli, "migration", applied != NULL ? applied : rolled_back);
    answer_text(cli, "state", applied != NULL ? "applied" : "rolled-back");
    cli_say(cli, "Migration %s marked as %s.\n", applied != NULL ? applied : rolled_back,
            applied != NULL ? "applied" : "rolled back");
    return EXIT_DONE;
}

ExitCode cmd_migrate_resolve(Cli *cli)
{
    if (option_given(&cli->options, OPT_APPLIED) == option_given(&cli->options, OPT_ROLLED_BACK)) {
        diag_report(cli->diags, DIAG_ONE_OF_OPTIONS, span_none(), "--applied and --rolled-back",
                    cli->command->name);
        return EXIT_USAGE;
    }
    WorkspaceNeeds needs = {.database = true, .folder = true, .private_server = PRIVATE_IF_RUNNING};
    return workspace_run(cli, needs, resolve);
}
