/*
 * cmd_dev.c - `bellows migrate dev`: from an edited schema to a migration that is written and
 * applied.
 *
 * 1. what the history says (a failed migration stops here)
 * 2. follow an undo that leads back from before where this database is (cli/undo/follow.h); replay
 *    what is applied: drift is told
 * 3. apply what is pending
 * 4. plan from the folder to the schema
 * 5. count what could be lost, ask
 * 6. write the migration(s), apply them
 *
 * Nothing is ever reset. A database that drifted keeps what was made by hand; where the new
 * migration would make it a second time, the database gets only what it lacks and the migration is
 * recorded as applied (dev_absorb.c).
 *
 * With --create-only, where no database is named and no server is installed, the folder and the
 * schema are all there is: only 4 and the writing are done, and that is said.
 */
#include "base/common.h"

#include <time.h>

#include "cli/commands/dev.h"
#include "cli/commands/seeding.h"
#include "cli/console/answer.h"
#include "cli/project/drifting.h"
#include "cli/project/generating.h"
#include "cli/project/planning.h"
#include "cli/project/private.h"
#include "cli/undo/follow.h"
#include "compiler/plan/emit/emit.h"
#include "runtime/history/drift.h"
#include "runtime/history/forks.h"

/* Failed or interrupted migrations need a person before anything else is done. */
static bool history_is_usable(Cli *cli, const Migrations *folder, const Diagnosis *diagnosis)
{
    bool usable = true;
    vec_each(DiagnosedMigration, at, &diagnosis->items) {
        if (at->state == MIGRATION_FAILED) {
            diag_report(cli->diags, DIAG_HISTORY_FAILED, span_none(), at->name, at->name, at->name);
            usable = false;
        }
        if (at->edited) {
            cli_note(cli,
                     "warning: The migration `%s` was modified after it was applied. Its old text "
                     "is in the database, its new text in the plan.",
                     at->name);
        }
        if (at->local == NULL && at->state == MIGRATION_APPLIED) {
            cli_note(cli,
                     "warning: The following migration(s) are applied to the database but missing "
                     "from the local migrations directory: %s (another branch?)",
                     at->name);
        }
    }
    ForkList forks;
    forks_find(cli->arena, folder, &forks);
    vec_each(const Fork, fork, &forks) {
        cli_note(cli, "warning: %s; `bellows migrate rebase` orders them.",
                 fork_sentence(cli->arena, fork));
    }
    return usable;
}

/* A database for development may hold what no project asked for: `check` tells of it. */
static const char *const tools[] = {"schema", "extension", "extension schema", "privilege beyond"};
static const CompareOptions no_tools = {.kinds = tools, .kind_count = lengthof(tools)};

/* Replays what is applied and tells how the database differs from it. */
static bool find_drift(Dev *dev)
{
    MigrationList applied = {0};
    Cli *cli = dev->cli;
    drift_applied(cli->arena, &dev->diagnosis, &applied);
    dev->replayed = side_replay(cli, (const Migration *const *)applied.items, applied.count,
                                &dev->workspace.context, &dev->workspace.database);
    dev->live = dev->replayed == NULL
                    ? NULL
                    : side_load_session(cli, dev->workspace.session, &dev->workspace.context, true);
    if (dev->live == NULL) {
        return false;
    }
    CompareOptions options = no_tools;
    if (!project_leave_out(cli, &options)) {
        return false;
    }
    drift_find(cli->arena, dev->replayed, dev->live, &options, &dev->drift);
    if (!drift_confirm(cli, &dev->workspace, &applied, &dev->workspace.context, &options, dev->live,
                       &dev->replayed, &dev->drift)) {
        return false;
    }
    dev->replay_is_whole = applied.count == dev->workspace.folder->list.count;
    if (!drift_is_none(&dev->drift)) {
        dev->drift_told = drift_summary(cli->arena, &dev->drift);
        cli_note_lines(
            cli,
            "Drift detected: Your database schema is not in sync with your migration history.\n",
            dev->drift_told);
        cli_note(
            cli,
            "What was made by hand stays as it is. To keep it for good, write it into the schema; "
            "to undo it, see `bellows migrate diff --from-config-datasource --to-migrations %s "
            "--script`.\n",
            dev->workspace.folder_path);
    }
    return true;
}

static bool apply_folder(Dev *dev)
{
    DeployOptions options;
    DeployResult result = {0};
    Cli *cli = dev->cli;
    if (!workspace_deploy_options(cli, &dev->workspace, &options)) {
        return false;
    }
    options.gates.all = true;
    options.development = true;
    options.code = CODE_UNASKED;     /* looked at with the plan */
    options.agreed = NULL;           /* and these */
    options.apply.backfill.duty = 1; /* nobody else has to be left room here */
    bool ok = deploy_run(cli->arena, dev->workspace.session, dev->workspace.folder, &options,
                         &dev->workspace.progress, cli->diags, &result);
    vec_each(const Migration *, at, &result.applied) {
        vec_push(cli->arena, &dev->applied, (*at)->name);
    }
    return ok;
}

/* The catalog the whole folder leads to. */
static bool replay_folder(Dev *dev)
{
    const Migrations *folder = dev->workspace.folder;
    if (!dev->replay_is_whole) {
        catalog_free(dev->replayed);
        dev->replayed =
            side_replay(dev->cli, (const Migration *const *)folder->list.items, folder->list.count,
                        &dev->workspace.context, &dev->workspace.database);
    }
    return dev->replayed != NULL;
}

static bool ask_name(Cli *cli, const char **ret_slug)
{
    const char *name = option_value(&cli->options, OPT_NAME);
    if (name == NULL && !cli_ask(cli, PROMPT_NAME, &name)) {
        return false;
    }
    *ret_slug = migrations_slug(cli->arena, name == NULL ? "" : name);
    return true;
}

bool dev_write(Dev *dev)
{
    Cli *cli = dev->cli;
    ScriptList scripts = emit_migrations(cli->arena, dev->plan, &dev->plan->hazards);
    size_t count = scripts.count == 0 ? 1 : scripts.count;
    const char **suffixes = arena_array(cli->arena, const char *, count);
    const char **names = arena_array(cli->arena, const char *, count);
    NewMigration *files = arena_array(cli->arena, NewMigration, count);
    for (size_t i = 0; i < scripts.count; i++) {
        suffixes[i] = scripts.items[i].suffix;
    }
    const Migration *last = migrations_last(dev->workspace.folder);
    const char *snapshot = fork_mark(cli->arena, schema_whole_text(cli, &dev->workspace.schema),
                                     last == NULL ? NULL : last->name);
    const char *slug;
    if (!ask_name(cli, &slug) ||
        !migrations_plan_names(cli->arena, dev->workspace.folder, time(NULL), slug, suffixes, count,
                               cli->diags, names)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const Script *script = i < scripts.count ? &scripts.items[i] : NULL;
        files[i] =
            (NewMigration){.name = names[i],
                           .sql = script == NULL ? "-- This is an empty migration." : script->sql,
                           .snapshot = snapshot,
                           .undo = script == NULL ? NULL : script->undo};
        vec_push(cli->arena, &dev->written, names[i]);
    }
    return cli_goes_on(cli) && migrations_write(dev->workspace.folder, files, count, cli->diags) &&
           workspace_reload_folder(cli, &dev->workspace);
}

static void print_written(const Dev *dev)
{
    workspace_print_tree(dev->cli, dev->workspace.folder_path, dev->written.items,
                         dev->written.count);
}

static void print_draft(const Dev *dev)
{
    Cli *cli = dev->cli;
    const size_t count = dev->written.count;
    cli_say(cli, "Prisma Migrate created the following migration without applying it %s\n\n",
            count == 1 ? dev->written.items[0] : arena_printf(cli->arena, "(%zu scripts)", count));
    print_written(dev);
    cli_say(cli, "\nYou can now edit it and apply it by running bellows migrate dev.\n");
}

/* Writes, and unless --create-only applies. */
static ExitCode write_and_apply(Dev *dev)
{
    Cli *cli = dev->cli;
    if (!dev_write(dev)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (option_given(&cli->options, OPT_CREATE_ONLY)) {
        print_draft(dev);
        return EXIT_DONE;
    }
    dev->applied.count = 0;
    if (dev->absorbs ? !dev_absorb(dev) : !apply_folder(dev)) {
        cli_print(cli, "Written:\n\n");
        print_written(dev);
        return cli_exit(cli, EXIT_FAILED);
    }
    cli_gap(cli);
    cli_say(cli, "The following migration(s) have been created and applied from new schema "
                 "changes:\n\n");
    print_written(dev);
    cli_print(cli, "\nYour database is now in sync with your schema.\n");
    return EXIT_DONE;
}

/* All that has to be agreed to, before anything is written. */
static bool agree(Dev *dev, Consent *ret_consent)
{
    Cli *cli = dev->cli;
    const bool applies = !option_given(&cli->options, OPT_CREATE_ONLY);
    const ConsentWish wish = {.applies = applies,
                              .remedy = "do that; or write it with `--create-only`, fill in the "
                                        "data by hand, then run `migrate dev` "
                                        "again"};
    if ((applies && dev->history != NULL && !history_may_write(dev->history, cli->diags)) ||
        !planning_consent(cli, dev->workspace.session, dev->live, dev->plan, wish, ret_consent)) {
        return false;
    }
    return !ret_consent->given || !applies || !dev->absorbs || dev_plan_residue(dev, ret_consent);
}

static ExitCode plan_and_go(Dev *dev)
{
    Cli *cli = dev->cli;
    Consent consent;
    Filling filling = {.to = dev->wanted};
    const PlanWish wish = {.online = !option_given(&cli->options, OPT_DIRECT),
                           .fills = &filling.answers};
    dev->previous = planning_previous(cli, dev->workspace.folder, &dev->workspace.context);
    if (!wish.online || dev->workspace.session == NULL ||
        filling_ask(cli, dev->workspace.session, dev->replayed, &filling)) {
        dev->plan = planning_make(cli, dev->replayed, dev->wanted, dev->previous, wish);
    }
    if (dev->plan == NULL) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (plan_is_empty(dev->plan) && !option_given(&cli->options, OPT_CREATE_ONLY)) {
        cli_say(cli, dev->applied.count > 0
                         ? "\nYour database is now in sync with your schema.\n"
                         : "Already in sync, no schema change or pending migration was "
                           "found.\n");
        return EXIT_DONE;
    }
    dev->absorbs = dev->live != NULL && dev_must_absorb(dev);
    if (!agree(dev, &consent)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    return consent.given ? write_and_apply(dev) : consent.code;
}

static ExitCode seed_new_database(Dev *dev)
{
    const Options *options = &dev->cli->options;
    if (!dev->workspace.created || option_given(options, OPT_CREATE_ONLY)) {
        return EXIT_DONE;
    }
    return seed_afterwards(dev->cli, &dev->workspace.schema, &dev->workspace.database);
}

static ExitCode develop(Dev *dev)
{
    Cli *cli = dev->cli;
    workspace_print_datasource(cli, &dev->workspace);
    dev->wanted =
        schema_compile(cli, &dev->workspace.schema, dev->workspace.context.default_schema);
    if (dev->wanted == NULL || !workspace_lock(cli, &dev->workspace) || !dev_settle_folder(dev) ||
        !workspace_diagnose(cli, &dev->workspace, &dev->history, &dev->diagnosis) ||
        !history_is_usable(cli, dev->workspace.folder, &dev->diagnosis) || !dev_mend_plans(dev) ||
        !follow_undo(cli, &dev->workspace, &dev->history, &dev->diagnosis) || !find_drift(dev)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (dev->diagnosis.pending + dev->diagnosis.interrupted > 0) {
        if (!apply_folder(dev)) {
            return cli_exit(cli, EXIT_FAILED);
        }
        cli_gap(cli);
        cli_print(cli, "The following migration(s) have been applied:\n\n");
        workspace_print_tree(cli, dev->workspace.folder_path, dev->applied.items,
                             dev->applied.count);
        catalog_free(dev->live);
        dev->live = side_load_session(cli, dev->workspace.session, &dev->workspace.context, true);
    }
    if (dev->live == NULL || !replay_folder(dev)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    ExitCode code = plan_and_go(dev);
    workspace_unlock(&dev->workspace);
    if (!option_given(&cli->options, OPT_CREATE_ONLY)) {
        code = generate_afterwards(cli, &dev->workspace.schema, code);
    }
    return code == EXIT_DONE ? seed_new_database(dev) : code;
}

/* --- without a database -------------------------------------------------------------------------
 */

/* Is there neither a database nor a server that could stand in? Only a draft does without. */
static bool goes_without(Dev *dev, bool *ret_without)
{
    Cli *cli = dev->cli;
    bool has_database = true;
    if (option_given(&cli->options, OPT_CREATE_ONLY) &&
        !project_has_database(cli, &dev->workspace.schema, PRIVATE_IF_RUNNING, &has_database)) {
        return false;
    }
    const ServerPlaces places = cli_server_places(cli);
    *ret_without = !has_database && !server_is_installed(&places, cli->arena);
    return true;
}

static ExitCode draft(Dev *dev)
{
    Cli *cli = dev->cli;
    cli_note(cli, "No database given, and no PostgreSQL server is installed: history and drift are "
                  "not looked at, nothing is counted.");
    if (!side_default_schema(cli, NULL, NULL, &dev->workspace.context)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    dev->wanted =
        schema_compile(cli, &dev->workspace.schema, dev->workspace.context.default_schema);
    return dev->wanted != NULL && dev_settle_folder(dev) && replay_folder(dev)
               ? plan_and_go(dev)
               : cli_exit(cli, EXIT_FAILED);
}

ExitCode cmd_migrate_dev(Cli *cli)
{
    Dev dev = {.cli = cli};
    const WorkspaceNeeds files = {.folder = true, .writes = true};
    const WorkspaceNeeds database = {
        .database = true, .create = true, .private_server = PRIVATE_START};
    bool without = false;
    bool open = workspace_open(cli, files, &dev.workspace) && goes_without(&dev, &without) &&
                (without || workspace_connect(cli, database, &dev.workspace));
    ExitCode code = !open ? cli_exit(cli, EXIT_FAILED) : without ? draft(&dev) : develop(&dev);
    answer_texts(cli, "written", dev.written.items, dev.written.count);
    answer_texts(cli, "applied", dev.applied.items, dev.applied.count);
    answer_text(cli, "plan", dev.plan == NULL ? NULL : dev.plan->id);
    answer_text(cli, "drift", dev.drift_told);
    plan_free(dev.plan);
    plan_free(dev.residue);
    catalog_free(dev.previous);
    catalog_free(dev.wanted);
    catalog_free(dev.replayed);
    catalog_free(dev.live);
    workspace_close(&dev.workspace);
    return code;
}
