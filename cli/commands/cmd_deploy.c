/*
 * cmd_deploy.c - `bellows migrate deploy`, `migrate resolve`.
 */
#include "base/common.h"

#include "cli/project/workspace.h"

static void print_names(Cli *cli, const char *title, const Migration *const *items, size_t count)
{
    cli_put(cli, title);
    cli_put(cli, "\n");
    for (size_t i = 0; i < count; i++) {
        cli_print(cli, "  %s\n", items[i]->name);
    }
}

static void print_result(Cli *cli, const Workspace *workspace, const DeployResult *result)
{
    if (result->applied.count > 0) {
        TextList names = {0};
        vec_each(const Migration *, at, &result->applied) {
            vec_push(cli->arena, &names, (*at)->name);
        }
        cli_print(cli, "\n%zu migration%s applied:\n\n", names.count, names.count == 1 ? "" : "s");
        workspace_print_tree(cli, workspace->folder_path, names.items, names.count);
    }
    if (result->held.count > 0) {
        print_names(cli,
                    result->applied.count > 0 ? "\nWaiting for `--contract`:"
                                              : "Waiting for `--contract`:",
                    result->held.items, result->held.count);
        cli_print(cli, "Run `bellows migrate deploy --contract` once no program needs the old "
                       "shape any more.\n");
    }
}

static ExitCode deploy(Cli *cli, Workspace *workspace)
{
    DeployOptions options;
    DeployResult result = {0};
    if (!workspace_deploy_options(cli, workspace, &options)) {
        return EXIT_USAGE;
    }
    size_t found = workspace->folder->list.count;
    workspace_print_datasource(cli, workspace);
    if (found == 0) {
        cli_print(cli, "No migration found in %s\n", workspace->folder_path);
    } else {
        cli_print(cli, "%zu migration%s found in %s\n\n", found, found == 1 ? "" : "s",
                  workspace->folder_path);
    }
    bool ok = deploy_run(cli->arena, workspace->session, workspace->folder, &options,
                         &workspace->progress, cli->diags, &result);
    print_result(cli, workspace, &result);
    if (ok && result.applied.count == 0 && result.held.count == 0 && found > 0) {
        cli_print(cli, "No pending migrations to apply.\n");
    }
    return ok ? EXIT_DONE : cli_exit(cli, EXIT_FAILED);
}

ExitCode cmd_migrate_deploy(Cli *cli)
{
    return workspace_run(cli, (WorkspaceNeeds){.database = true, .create = true, .folder = true},
                         deploy);
}

static ExitCode resolve(Cli *cli, Workspace *workspace)
{
    const char *applied = option_value(&cli->options, OPT_APPLIED);
    const char *rolled_back = option_value(&cli->options, OPT_ROLLED_BACK);
    DeployOptions options;
    workspace_print_datasource(cli, workspace);
    if (!workspace_deploy_options(cli, workspace, &options) ||
        !deploy_resolve(cli->arena, workspace->session, workspace->folder, applied, rolled_back,
                        &options.guard, &workspace->progress, cli->diags)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    cli_print(cli, "Migration %s marked as %s.\n", applied != NULL ? applied : rolled_back,
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
