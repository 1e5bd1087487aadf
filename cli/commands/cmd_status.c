/*
 * cmd_status.c - `bellows migrate status`: the folder and the history, side by side.
 *
 * Exit code 1 when the database is not up to date, as users of the format expect.
 */
#include "base/common.h"

#include "base/file.h"
#include "cli/commands/status.h"
#include "runtime/history/forks.h"
#include "runtime/history/plan_sets.h"

static void list(Cli *cli, const Diagnosis *diagnosis, MigrationState state, const char *title)
{
    bool first = true;
    vec_each(DiagnosedMigration, at, &diagnosis->items) {
        if (at->state != state || at->waits) {
            continue;
        }
        if (first) {
            cli_print(cli, "%s\n", title);
            first = false;
        }
        cli_say(cli, "  %s%s%s%s\n", at->name, at->resumes ? "  (deploy continues it)" : "",
                at->rolled_back ? "  (an earlier try was rolled back)" : "",
                at->blocked_by != NULL ? "  (behind a contract script that waits)"
                : at->out_of_order     ? "  (older than one already applied)"
                                       : "");
    }
    if (!first) {
        cli_print(cli, "\n");
    }
}

static void list_flaws(Cli *cli, const Diagnosis *diagnosis)
{
    vec_each(DiagnosedMigration, at, &diagnosis->items) {
        if (at->edited) {
            cli_say(cli, "Edited after it was applied: %s\n", at->name);
        }
        if (at->local == NULL) {
            cli_say(cli, "Applied to the database, but not in the folder: %s\n", at->name);
        }
    }
}

static void list_forks(Cli *cli, const Migrations *folder)
{
    ForkList forks;
    forks_find(cli->arena, folder, &forks);
    vec_each(const Fork, at, &forks) {
        cli_say(cli, "Two branches: %s. `bellows migrate rebase` orders them.\n",
                fork_sentence(cli->arena, at));
    }
}

/* Plans that are not applied as far as they are there, and may not run. */
static PlanSetList broken_plans(const Cli *cli, const Migrations *folder,
                                const Diagnosis *diagnosis)
{
    PlanSetList sets;
    size_t kept = 0;
    plan_sets_broken(cli->arena, &folder->list, &sets);
    vec_each(PlanSet, at, &sets) {
        if (diagnosis_concerns(diagnosis, &at->scripts)) {
            sets.items[kept++] = *at;
        }
    }
    sets.count = kept;
    return sets;
}

static void list_broken(Cli *cli, const Migrations *folder, const Diagnosis *diagnosis)
{
    const PlanSetList sets = broken_plans(cli, folder, diagnosis);
    vec_each(PlanSet, at, &sets) {
        if (at->missing != NULL) {
            cli_say(cli, "Incomplete: script %s of %u of plan %s is not in the folder\n",
                    at->missing, at->count, at->plan);
        } else {
            cli_say(cli, "Plan %s %s\n", at->plan, plan_set_fault(cli->arena, at));
        }
    }
}

/* What deploy would hold; whatever else is wrong it tells itself. */
static void list_gates(Cli *cli, const Workspace *workspace, const History *history)
{
    Diagnostics *ignored = diagnostics_new(cli->arena, cli->sources);
    DeployResult found;
    (void)!deploy_plan(cli->arena, workspace->session, workspace->folder, history,
                       &(GateOptions){0}, ignored, &found);
    if (found.gates.count > 0) {
        cli_print(cli, "Waiting at their gates:\n");
        workspace_print_gates(cli, workspace->session, &found.gates);
        cli_print(cli, "\n");
    }
}

static void advise(Cli *cli, const Diagnosis *diagnosis)
{
    if (diagnosis->holder != NULL) {
        cli_say(cli,
                "Another run is at work: %s holds the migration lock.\n"
                "Ask again when it has ended.\n",
                diagnosis->holder);
    } else if (diagnosis->failed + diagnosis->interrupted > diagnosis->resuming) {
        cli_say(cli, "Repair what the failed migration left, then tell the history:\n"
                     "  bellows migrate resolve --rolled-back NAME   to apply it again\n"
                     "  bellows migrate resolve --applied NAME       if you finished it by hand\n");
    } else if (diagnosis->obstacle != NULL) {
        cli_say(cli, "First see to %s;\nuntil then `bellows migrate deploy` applies nothing.\n",
                diagnosis->obstacle);
    } else if (diagnosis->interrupted > 0) {
        cli_say(cli, "It was interrupted; `bellows migrate deploy` continues it.\n");
    } else if (diagnosis->pending > 0 && !diagnosis->has_history) {
        cli_say(cli,
                "The current database is not managed by Prisma Migrate.\n"
                "It has no migration history yet. Apply all with `bellows migrate deploy`;\n"
                "if the database already has these tables, mark what it has:\n"
                "  bellows migrate resolve --applied %s\n",
                diagnosis->items.items[0].name);
    } else if (diagnosis->pending > diagnosis->waiting) {
        cli_say(cli, "Apply them with `bellows migrate deploy` (or `bellows migrate dev` while "
                     "developing).\n");
    }
}

/* Without migrations nothing tells, but for an empty folder that is there and a history as empty.
 */
static bool is_well(const Cli *cli, const Workspace *workspace, const Diagnosis *diagnosis)
{
    return diagnosis_is_current(diagnosis) &&
           broken_plans(cli, workspace->folder, diagnosis).count == 0 &&
           (diagnosis->waiting == 0 || !option_given(&cli->options, OPT_STRICT)) &&
           (workspace->folder->list.count > 0 ||
            (file_exists(workspace->folder_path) && diagnosis->missing == 0));
}

static void print_conclusion(Cli *cli, const Workspace *workspace, const Diagnosis *diagnosis)
{
    if (workspace->folder->list.count == 0) {
        if (!diagnosis->has_history) {
            cli_put(cli, "The current database is not managed by Prisma Migrate.\n");
        }
        cli_say(cli,
                "No migration found in %s, so nothing tells whether the database is up to date.\n"
                "If they are elsewhere, name the folder with `--migrations DIR`.\n",
                workspace->folder_path);
    } else if (diagnosis_is_current(diagnosis) &&
               broken_plans(cli, workspace->folder, diagnosis).count == 0) {
        cli_say(cli, diagnosis->waiting == 0 ? "Database schema is up to date!\n"
                                             : "Database schema is up to date, but for what "
                                               "waits.\n");
    }
}

static void print_text(Cli *cli, const Workspace *workspace, const History *history,
                       const Diagnosis *diagnosis)
{
    const size_t found = workspace->folder->list.count;
    workspace_print_datasource(cli, workspace);
    if (found > 0) {
        cli_say(cli, "%zu migration%s found in %s\n\n", found, found == 1 ? "" : "s",
                workspace->folder_path);
    }
    list(cli, diagnosis, MIGRATION_FAILED,
         diagnosis->failed == 1 ? "Following migration have failed:"
                                : "Following migrations have failed:");
    list(cli, diagnosis, MIGRATION_INTERRUPTED, "Started, never finished:");
    list(cli, diagnosis, MIGRATION_PENDING,
         diagnosis->pending == 1 ? "Following migration have not yet been applied:"
                                 : "Following migrations have not yet been applied:");
    list_flaws(cli, diagnosis);
    list_forks(cli, workspace->folder);
    if (diagnosis->diverged) {
        cli_say(cli,
                "Your local migration history and the migrations table from your database are "
                "different:\n\nThe last common migration is: %s\n\n",
                diagnosis->last_common == NULL ? "none" : diagnosis->last_common);
    }
    list_broken(cli, workspace->folder, diagnosis);
    list_gates(cli, workspace, history);
    advise(cli, diagnosis);
    print_conclusion(cli, workspace, diagnosis);
}

static ExitCode print_status(Cli *cli, Workspace *workspace)
{
    History *history = NULL;
    Diagnosis diagnosis;
    if (!workspace_diagnose(cli, workspace, &history, &diagnosis)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    const bool well = is_well(cli, workspace, &diagnosis);
    status_answer(cli, workspace, &diagnosis, well);
    print_text(cli, workspace, history, &diagnosis);
    return well ? EXIT_DONE : EXIT_FAILED;
}

ExitCode cmd_migrate_status(Cli *cli)
{
    WorkspaceNeeds needs = {.database = true, .folder = true, .private_server = PRIVATE_IF_RUNNING};
    return workspace_run(cli, needs, print_status);
}
