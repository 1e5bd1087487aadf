/*
 * cmd_deploy.c - `bellows migrate deploy`.
 */
#include "base/common.h"

#include "base/text/json_text.h"
#include "cli/commands/deploy_preview.h"
#include "cli/commands/signing.h"
#include "cli/console/answer.h"
#include "cli/project/workspace.h"

#include <string.h>

static void answer_migrations(Cli *cli, const char *key, const MigrationRefs *list)
{
    TextList names = {0};
    vec_each(const Migration *const, at, list) {
        vec_push(cli->arena, &names, (*at)->name);
    }
    answer_texts(cli, key, names.items, names.count);
}

/* Those that wait on, each with what lets it pass. */
static void print_gates(Cli *cli, const DeployResult *result)
{
    cli_put(cli, result->applied.count > 0 ? "\nWaiting for `--contract`:\n"
                                           : "Waiting for `--contract`:\n");
    vec_each(const Migration *, at, &result->held) {
        cli_print(cli, "  %s\n", (*at)->name);
    }
    cli_put(cli, "Once no program needs the old shape any more, run\n");
    vec_each(Gate, gate, &result->gates) {
        if (!gate->open) {
            cli_print(cli, "  bellows migrate deploy --contract %s\n", gate->name);
        }
    }
}

static void answer(Cli *cli, const Workspace *workspace, const DeployResult *result)
{
    json_t *gates = json_array();
    vec_each(const Gate, gate, &result->gates) {
        if (!gate->open) {
            json_array_append_new(gates, json_text(gate->name));
        }
    }
    answer_text(cli, "folder", workspace->folder_path);
    answer_number(cli, "found", (long long)workspace->folder->list.count);
    answer_migrations(cli, "pending", &result->pending);
    answer_migrations(cli, "applied", &result->applied);
    answer_migrations(cli, "held", &result->held);
    answer_put(cli, "gates", gates);
}

/* Whose gate the script passed or waits at; NULL: it has none. */
static const Gate *gate_of(const DeployResult *result, const Migration *migration)
{
    vec_each(const Gate, gate, &result->gates) {
        vec_each(const Migration *const, at, &gate->scripts) {
            if (*at == migration) {
                return gate;
            }
        }
    }
    return NULL;
}

static bool is_applied(const DeployResult *result, const Migration *migration)
{
    vec_each(const Migration *const, done, &result->applied) {
        if (*done == migration) {
            return true;
        }
    }
    return false;
}

static bool has_run(const DeployResult *result, const Gate *gate)
{
    vec_each(const Migration *const, at, &gate->scripts) {
        if (is_applied(result, *at)) {
            return true;
        }
    }
    return false;
}

/* A gate that waits, up to which the new program does not work; NULL: there is none. */
static const Gate *apart(const DeployResult *result)
{
    vec_each(const Gate, gate, &result->gates) {
        if (gate->apart && !gate->open) {
            return gate;
        }
    }
    return NULL;
}

/* Once for each gate of which a script has run: scripts of several may alternate. */
static void tell_ended(Cli *cli, const DeployResult *result)
{
    vec_each(const Gate, gate, &result->gates) {
        if (has_run(result, gate)) {
            cli_say(cli, "A program %s %s%s must not be started any more.\n",
                    gate->takes_back ? "that needs what" : "from before", gate->name,
                    gate->takes_back ? " undoes" : "");
        }
    }
}

/* The scripts before the gate are what the new program needs; those behind it are for the time when
 * the old one is gone: the new one runs then. */
static void tell_program(Cli *cli, const DeployResult *result, bool ok)
{
    const Migration *missing = NULL;
    bool prepares = false;
    vec_each(const Migration *const, at, &result->pending) {
        const bool lacks = gate_of(result, *at) == NULL && !is_applied(result, *at);
        missing = missing == NULL && lacks ? *at : missing;
    }
    vec_each(const Migration *const, done, &result->applied) {
        const Gate *gate = gate_of(result, *done);
        prepares = prepares || gate == NULL || gate->apart;
    }
    const Gate *parting = apart(result);
    answer_bool(cli, "mayStart", ok && missing == NULL && parting == NULL);
    if (missing != NULL && !ok) {
        cli_gap(cli);
        cli_say(cli, "The new program must not start yet: this deploy did not see %s through.\n",
                missing->name);
    } else if (ok && parting != NULL) {
        cli_say(cli,
                "The new program must not start yet, beside the old one: %s makes what only one "
                "of them understands. Stop the old one, run that, and start the new one then.\n",
                parting->name);
    } else if (ok && result->held.count > 0 && (prepares || result->applied.count == 0)) {
        cli_print(cli, "The new program may start now, beside the old one.\n");
    } else if (ok && prepares) {
        cli_print(cli, "The new program may start now.\n");
    }
    tell_ended(cli, result);
}

static void print_result(Cli *cli, const Workspace *workspace, const DeployResult *result)
{
    if (result->applied.count > 0) {
        TextList names = {0};
        vec_each(const Migration *, at, &result->applied) {
            vec_push(cli->arena, &names, (*at)->name);
        }
        cli_gap(cli);
        cli_print(cli, "The following migration(s) have been applied:\n\n");
        workspace_print_tree(cli, workspace->folder_path, names.items, names.count);
    }
    if (result->held.count > 0) {
        print_gates(cli, result);
    }
}

/* --- `--contract` alone on a terminal, where several plans wait --- */

/* The words of the answer are the plans. */
static void take_names(Cli *cli, const char *answer, GateOptions *gates)
{
    TextList names = {0};
    for (const char *at = answer; *(at += strspn(at, " ,\t")) != '\0';) {
        const size_t len = strcspn(at, " ,\t");
        vec_push(cli->arena, &names, arena_strndup(cli->arena, at, len));
        at += len;
    }
    gates->only = false;
    gates->plans = names.items;
    gates->plan_count = names.count;
}

static bool ask_which(Cli *cli, const Workspace *workspace, GateOptions *gates)
{
    Diagnostics *ignored = diagnostics_new(cli->arena, cli->sources);
    History *history = NULL;
    DeployResult found;
    const char *answer = NULL;
    if (!gates->only || !cli->interactive) {
        return true;
    }
    if (!history_read(cli->arena, workspace->session, cli->diags, &history)) {
        return false;
    }
    /* Whatever is wrong with the folder is told when it is deployed. */
    (void)!deploy_plan(cli->arena, workspace->session, workspace->folder, history,
                       &(GateOptions){0}, ignored, &found);
    if (found.gates.count < 2) {
        return true;
    }
    workspace_print_gates(cli, workspace->session, &found.gates);
    if (!cli_ask(cli, PROMPT_GATES, &answer)) {
        return false;
    }
    take_names(cli, answer == NULL ? "" : answer, gates);
    return true;
}

static ExitCode deploy(Cli *cli, Workspace *workspace)
{
    DeployOptions options;
    DeployResult result = {0};
    bool sign = false;
    if (!workspace_deploy_options(cli, workspace, &options)) {
        return cli_exit(cli, EXIT_USAGE);
    }
    if (!contract_wants_sign(cli, &sign)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    size_t found = workspace->folder->list.count;
    workspace_print_datasource(cli, workspace);
    if (found == 0) {
        cli_say(cli,
                "No migration found in %s\n"
                "If they are elsewhere, name the folder with `--migrations DIR`.\n\n",
                workspace->folder_path);
    } else {
        cli_say(cli, "%zu migration%s found in %s\n\n", found, found == 1 ? "" : "s",
                workspace->folder_path);
    }
    if (!ask_which(cli, workspace, &options.gates)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    bool ok = deploy_run(cli->arena, workspace->session, workspace->folder, &options,
                         &workspace->progress, cli->diags, &result);
    print_result(cli, workspace, &result);
    answer(cli, workspace, &result);
    if (ok && result.held.count == 0) {
        cli_print(cli, result.applied.count == 0
                           ? "No pending migrations to apply.\n"
                           : "\nAll migrations have been successfully applied.\n");
    }
    tell_program(cli, &result, ok);
    ok = ok && (!sign || contract_sign(cli, result.held.count > 0));
    return ok ? EXIT_DONE : cli_exit(cli, EXIT_FAILED);
}

ExitCode cmd_migrate_deploy(Cli *cli)
{
    if (option_given(&cli->options, OPT_DRY_RUN)) {
        return workspace_run(cli, (WorkspaceNeeds){.database = true, .folder = true},
                             print_deploy_preview);
    }
    return workspace_run(cli, (WorkspaceNeeds){.database = true, .create = true, .folder = true},
                         deploy);
}
