/*
 * cmd_push.c - `bellows db push`, `db execute`, `migrate reset`: the database without a
 * new migration.
 */
#include "base/common.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/commands/seeding.h"
#include "cli/console/answer.h"
#include "cli/console/callers.h"
#include "cli/project/generating.h"
#include "cli/project/planning.h"
#include "compiler/plan/emit/emit.h"
#include "runtime/lock/claim.h"
#include "runtime/apply/push.h"
#include "runtime/server/reset.h"

static ExitCode push_plan(Cli *cli, Workspace *workspace, const Catalog *live, const Plan *plan)
{
    Consent consent;
    size_t done = 0;
    answer_text(cli, "plan", plan->id);
    answer_bool(cli, "inSync", plan_is_empty(plan));
    if (plan_is_empty(plan)) {
        cli_print(cli, "The database is already in sync with the Prisma schema.\n");
        return EXIT_DONE;
    }
    const ConsentWish wish = {
        .applies = true,
        .remedy = "bring the data in order first, or start empty with `--force-reset`"};
    if (!planning_consent(cli, workspace->session, live, plan, wish, &consent)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (!consent.given) {
        return consent.code;
    }
    StatementList statements = emit_statements(cli->arena, plan);
    if (!push_run(cli->arena, workspace->session, &workspace->guard, &statements, NULL,
                  &workspace->progress, cli->diags, &done)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_number(cli, "statements", (long long)done);
    answer_bool(cli, "inSync", true);
    cli_say(cli,
            "🚀  Your database is now in sync with your Prisma schema. Done in %lldms (%zu "
            "statement%s)\n",
            cli_elapsed_ms(cli), done, done == 1 ? "" : "s");
    return EXIT_DONE;
}

static bool reset_workspace(Cli *cli, Workspace *workspace)
{
    size_t count = 0;
    const char *const *schemas = side_schemas(cli, &workspace->context, &count);
    const External *external = NULL;
    bool moved;
    /* Through a pooler: at least nobody is at work just now. */
    return project_external(cli, &external) &&
           claim_run(cli->arena, workspace->session, &workspace->guard, NULL, "SELECT 1",
                     &workspace->progress, cli->diags, &moved) &&
           reset_schemas(cli->arena, workspace->session, schemas, count, external, cli->diags);
}

/* The lock comes before the first look at what is changed, and before a reset. */
static ExitCode push(Cli *cli, Workspace *workspace)
{
    workspace_print_datasource(cli, workspace);
    if (option_given(&cli->options, OPT_FORCE_RESET) && !caller_may(cli, "drop all data")) {
        return cli_exit(cli, EXIT_REFUSED);
    }
    Catalog *wanted = schema_compile(cli, &workspace->schema, workspace->context.default_schema);
    Catalog *live = NULL;
    Plan *plan = NULL;
    if (wanted != NULL && workspace_lock(cli, workspace) &&
        (!option_given(&cli->options, OPT_FORCE_RESET) || reset_workspace(cli, workspace))) {
        live = side_load_session(cli, workspace->session, &workspace->context, true);
    }
    if (live != NULL) {
        plan = planning_make(cli, live, wanted, NULL, (PlanWish){0});
    }
    ExitCode code =
        plan == NULL ? cli_exit(cli, EXIT_FAILED) : push_plan(cli, workspace, live, plan);
    plan_free(plan);
    catalog_free(live);
    catalog_free(wanted);
    workspace_unlock(workspace);
    return generate_afterwards(cli, &workspace->schema, code);
}

ExitCode cmd_db_push(Cli *cli)
{
    WorkspaceNeeds needs = {.database = true, .create = true, .private_server = PRIVATE_START};
    return workspace_run(cli, needs, push);
}

/* Reset needs a person's word, or --force. */
static bool may_reset(Cli *cli, const Workspace *workspace, ExitCode *ret_code)
{
    if (!caller_may(cli, "drop all data")) {
        *ret_code = EXIT_REFUSED;
        return false;
    }
    if (option_given(&cli->options, OPT_FORCE)) {
        return true;
    }
    if (!cli->interactive) {
        diag_report_plain(cli->diags, DIAG_RESET_NEEDS_FORCE, span_none());
        *ret_code = EXIT_REFUSED;
        return false;
    }
    *ret_code = EXIT_INTERRUPTED;
    const Answer answer = cli_confirm(cli, PROMPT_RESET, workspace->database.display);
    if (answer == ANSWER_STOPPED) {
        *ret_code = cli_exit(cli, EXIT_INTERRUPTED);
    }
    return answer == ANSWER_YES;
}

static ExitCode apply_all(Cli *cli, Workspace *workspace)
{
    DeployOptions options;
    DeployResult result = {0};
    TextList names = {0};
    if (!workspace_deploy_options(cli, workspace, &options)) {
        return cli_exit(cli, EXIT_USAGE);
    }
    options.gates.all = true;
    options.development = true;
    options.code = CODE_UNASKED;
    options.agreed = NULL;
    bool ok = deploy_run(cli->arena, workspace->session, workspace->folder, &options,
                         &workspace->progress, cli->diags, &result);
    vec_each(const Migration *, at, &result.applied) {
        vec_push(cli->arena, &names, (*at)->name);
    }
    answer_texts(cli, "applied", names.items, names.count);
    if (ok) {
        cli_print(cli, "Database reset successful\n\n");
        if (names.count > 0) {
            cli_gap(cli);
            cli_print(cli, "The following migration(s) have been applied:\n\n");
            workspace_print_tree(cli, workspace->folder_path, names.items, names.count);
        }
    }
    return ok ? EXIT_DONE : cli_exit(cli, EXIT_FAILED);
}

static ExitCode reset(Cli *cli, Workspace *workspace)
{
    ExitCode code = EXIT_FAILED;
    workspace_print_datasource(cli, workspace);
    if (!may_reset(cli, workspace, &code)) {
        return code;
    }
    if (!deploy_check_folder(workspace->folder, cli->diags) || !workspace_lock(cli, workspace) ||
        !deploy_check_pooler(workspace->folder, &workspace->guard, cli->diags) ||
        !reset_workspace(cli, workspace)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    code = apply_all(cli, workspace);
    workspace_unlock(workspace);
    code = generate_afterwards(cli, &workspace->schema, code);
    return code == EXIT_DONE ? seed_afterwards(cli, &workspace->schema, &workspace->database)
                             : code;
}

ExitCode cmd_migrate_reset(Cli *cli)
{
    WorkspaceNeeds needs = {
        .database = true, .create = true, .private_server = PRIVATE_START, .folder = true};
    return workspace_run(cli, needs, reset);
}

static bool read_script(Cli *cli, const char **ret_path, char **ret_text, size_t *ret_len)
{
    int error = 0;
    const char *path = option_value(&cli->options, OPT_FILE);
    bool from_stdin = option_given(&cli->options, OPT_STDIN);
    if ((path != NULL) == from_stdin) {
        diag_report(cli->diags, DIAG_ONE_OF_OPTIONS, span_none(), "--file and --stdin",
                    cli->command->name);
        return false;
    }
    *ret_path = from_stdin ? "standard input" : path;
    bool ok = from_stdin ? file_read_input(cli->arena, ret_text, ret_len, &error)
                         : file_read(cli->arena, path, ret_text, ret_len, &error);
    if (!ok) {
        diag_report(cli->diags, DIAG_CANNOT_READ, span_none(), *ret_path, file_error(error));
        return false;
    }
    return true;
}

ExitCode cmd_db_execute(Cli *cli)
{
    const char *path = NULL;
    char *text = NULL;
    size_t len = 0;
    Database database;
    Session *session = NULL;
    SchemaText schema;
    const char *schema_path = NULL;
    SessionOptions options = {.interrupted = &cli_interrupted};
    if (!read_script(cli, &path, &text, &len)) {
        return cli_exit(cli, EXIT_USAGE);
    }
    bool has_schema = option_given(&cli->options, OPT_URL) == false;
    if ((has_schema &&
         (!project_find_schema(cli, &schema_path) || !schema_read(cli, schema_path, &schema))) ||
        !project_database(cli, has_schema ? &schema : NULL, PRIVATE_IF_RUNNING, &database) ||
        !session_open(database.info, &options, cli->diags, &session)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    const bool executed = apply_text(session, path, text, len, cli->diags);
    answer_bool(cli, "executed", executed);
    if (executed) {
        cli_print(cli, "Script executed successfully.\n");
    }
    session_close(session);
    return cli_exit(cli, EXIT_DONE);
}
