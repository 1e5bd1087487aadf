/*
 * cmd_check.c - `bellows check`: the gate of a build.
 *
 * Three questions: do the migrations make what the schema says; does the database look the way its
 * migrations made it; does the history need a person. Without a database only the first is asked,
 * and that is said. Exit code 2 when anything differs.
 */
#include "base/common.h"

#include <string.h>

#include "cli/commands/findings.h"
#include "cli/project/drifting.h"
#include "cli/project/own_config.h"
#include "cli/project/planning.h"
#include "runtime/history/drift.h"
#include "runtime/history/plan_sets.h"

typedef struct Check {
    Cli *cli;
    Workspace workspace;
    FindingList findings;
    bool has_database;
    Drift drift; /* its catalogs are gone */
} Check;

static void find(Check *check, Finding finding)
{
    vec_push(check->cli->arena, &check->findings, finding);
}

/* The place in the schema text of the first change that has one. */
static void locate(Check *check, const Diff *diff, Finding *finding)
{
    vec_each(Change *, at, &diff->changes) {
        const Subject *after = &(*at)->after;
        const Origin *origin = NULL;
        if (after->column != NULL) {
            origin = &after->column->origin;
        } else if (after->index != NULL) {
            origin = &after->index->origin;
        } else if (after->foreign_key != NULL) {
            origin = &after->foreign_key->origin;
        } else if (after->table != NULL) {
            origin = &after->table->origin;
        } else if (after->enum_type != NULL) {
            origin = &after->enum_type->origin;
        }
        if (origin != NULL && origin->span.file != 0) {
            finding->file = sources_file(check->cli->sources, origin->span.file)->path;
            finding->line = source_position(check->cli->sources, origin->span).line;
            return;
        }
    }
}

/* The whole folder, replayed, against the schema. */
static bool check_schema(Check *check)
{
    Cli *cli = check->cli;
    const Migrations *folder = check->workspace.folder;
    Plan *plan = NULL;
    Catalog *wanted =
        schema_compile(cli, &check->workspace.schema, check->workspace.context.default_schema);
    Catalog *replayed = wanted == NULL
                            ? NULL
                            : side_replay(cli, (const Migration *const *)folder->list.items,
                                          folder->list.count, &check->workspace.context,
                                          check->has_database ? &check->workspace.database : NULL);
    Catalog *previous =
        replayed == NULL ? NULL : planning_previous(cli, folder, &check->workspace.context);
    if (replayed != NULL) {
        cli->interactive = false; /* a gate finds, it does not decide */
        plan = planning_make(cli, replayed, wanted, previous, false);
    }
    if (plan != NULL && !plan_is_empty(plan)) {
        Finding finding = {.kind = FINDING_SCHEMA_AHEAD,
                           .message = "the schema has changes that no migration makes",
                           .detail = diff_summary(cli->arena, plan->diff),
                           .remedy =
                               "run `bellows migrate dev` and commit the migration it writes"};
        locate(check, plan->diff, &finding);
        find(check, finding);
    }
    bool ok = plan != NULL;
    plan_free(plan);
    catalog_free(previous);
    catalog_free(replayed);
    catalog_free(wanted);
    return ok;
}

/* What to do about a migration that is not finished; `otherwise` when nobody is at work on it. */
static const char *remedy_of(Check *check, const Diagnosis *diagnosis, const char *otherwise)
{
    return diagnosis->holder == NULL
               ? otherwise
               : arena_printf(check->cli->arena, "wait for %s, which holds the migration lock",
                              diagnosis->holder);
}

static void check_migration(Check *check, const Diagnosis *diagnosis,
                            const DiagnosedMigration *item)
{
    Cli *cli = check->cli;
    const char *path = item->local == NULL ? NULL : item->local->path;
    Finding finding = {.file = path};
    if (item->local == NULL) {
        finding.kind = FINDING_MISSING;
        finding.message = arena_printf(
            cli->arena, "`%s` is applied to the database but not in the folder", item->name);
        finding.remedy = "bring the migration back from version control";
    } else if (item->state == MIGRATION_FAILED || item->state == MIGRATION_INTERRUPTED) {
        bool failed = item->state == MIGRATION_FAILED;
        finding.kind = failed ? FINDING_FAILED : FINDING_INTERRUPTED;
        finding.message = arena_printf(cli->arena, "`%s` %s", item->name,
                                       failed ? "failed" : "was started and never finished");
        const char *repair = arena_printf(
            cli->arena,
            "repair the database, then `bellows migrate resolve --rolled-back %s` or --applied",
            item->name);
        finding.remedy =
            failed ? repair
                   : remedy_of(check, diagnosis,
                               item->resumes ? "run `bellows migrate deploy`, which continues it"
                                             : repair);
    } else if (item->edited) {
        finding.kind = FINDING_EDITED;
        finding.message =
            arena_printf(cli->arena, "`%s` was edited after it was applied", item->name);
        finding.remedy = "restore the file, and put the change into a new migration";
    } else if (item->state == MIGRATION_PENDING) {
        finding.kind = FINDING_PENDING;
        finding.message = arena_printf(cli->arena, "`%s` is not applied", item->name);
        finding.remedy = remedy_of(check, diagnosis, "run `bellows migrate deploy`");
    } else {
        return;
    }
    find(check, finding);
}

/* What is applied, replayed, against the database: all that a dump of both would tell. */
static bool check_drift(Check *check, const Diagnosis *diagnosis)
{
    Cli *cli = check->cli;
    MigrationList applied = {0};
    NameList schemas = {0};
    SideContext whole = check->workspace.context;
    CompareOptions options = {0};
    whole.whole = true;
    drift_applied(cli->arena, diagnosis, &applied);
    Catalog *expected = side_replay(cli, (const Migration *const *)applied.items, applied.count,
                                    &whole, &check->workspace.database);
    if (expected != NULL && drift_scope(cli, &check->workspace, expected, &schemas)) {
        whole.schemas = &schemas;
    }
    Catalog *live =
        expected == NULL ? NULL : side_load_session(cli, check->workspace.session, &whole, true);
    bool ok = live != NULL;
    if (ok) {
        drift_options(cli, &applied, whole.schemas, &options);
        ok = project_leave_out(cli, &options);
    }
    if (ok) {
        drift_find(cli->arena, expected, live, &options, &check->drift);
        if (!drift_is_none(&check->drift)) {
            find(check, (Finding){.kind = FINDING_DRIFT,
                                  .message = "the database is not what its migrations made it",
                                  .detail = drift_summary(cli->arena, &check->drift),
                                  .remedy = "write the change into the schema and a migration, or "
                                            "undo it in the database"});
        }
        drift_note_rest(cli, &check->drift, live);
    }
    catalog_free(live);
    catalog_free(expected);
    return ok;
}

/* Plans with scripts missing; with a history those of which something is not applied. */
static void check_plans(Check *check, const Diagnosis *diagnosis)
{
    PlanSetList sets;
    Cli *cli = check->cli;
    plan_sets_incomplete(cli->arena, &check->workspace.folder->list, &sets);
    vec_each(PlanSet, at, &sets) {
        if (diagnosis == NULL || diagnosis_concerns(diagnosis, &at->scripts)) {
            find(check,
                 (Finding){.kind = FINDING_INCOMPLETE,
                           .file = at->scripts.items[0]->path,
                           .message = arena_printf(
                               cli->arena, "plan `%s` is incomplete: script %s of %u is missing",
                               at->plan, at->missing, at->count),
                           .remedy = "bring the missing folder back from version control"});
        }
    }
}

/* The history first: what it says explains why a replay may fail. */
static bool check_all(Check *check)
{
    History *history = NULL;
    Diagnosis diagnosis;
    if (!check->has_database) {
        check_plans(check, NULL);
        return check_schema(check);
    }
    if (!workspace_diagnose(check->cli, &check->workspace, &history, &diagnosis)) {
        return false;
    }
    vec_each(DiagnosedMigration, at, &diagnosis.items) {
        check_migration(check, &diagnosis, at);
    }
    check_plans(check, &diagnosis);
    return check_schema(check) && check_drift(check, &diagnosis);
}

typedef enum CheckFormat { CHECK_TEXT, CHECK_JSON, CHECK_GITHUB } CheckFormat;

static bool read_format(Cli *cli, CheckFormat *ret_format)
{
    const char *given = NULL;
    if (!project_format(cli, true, &given)) {
        return false;
    }
    if (given == NULL || strcmp(given, "text") == 0) {
        *ret_format = CHECK_TEXT;
    } else if (strcmp(given, "json") == 0) {
        *ret_format = CHECK_JSON;
    } else if (strcmp(given, "github") == 0) {
        *ret_format = CHECK_GITHUB;
    } else {
        diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), given, "--format",
                    "`text`, `json` or `github`");
        return false;
    }
    return true;
}

static const char *agreement(const Check *check)
{
    if (!check->has_database) {
        return "Schema and migrations agree.\n";
    }
    return drift_is_whole(&check->drift)
               ? "Schema, migrations and database agree.\n"
               : "Schema and migrations agree, and the database with what is compared of it.\n";
}

static void print_findings(Check *check, CheckFormat format)
{
    Cli *cli = check->cli;
    switch (format) {
    case CHECK_TEXT:
        findings_print_text(cli, &check->findings);
        if (check->findings.count == 0) {
            cli_print(cli, "%s", agreement(check));
        }
        break;
    case CHECK_JSON:
        findings_print_json(cli, &check->findings, check->has_database);
        break;
    case CHECK_GITHUB:
        findings_print_github(cli, &check->findings);
        break;
    }
}

/* A database is checked when one is named; a build without one checks the files alone. */
static bool open_check(Check *check)
{
    Cli *cli = check->cli;
    if (!workspace_open(cli, (WorkspaceNeeds){.folder = true}, &check->workspace) ||
        !project_has_database(cli, &check->workspace.schema, PRIVATE_IF_RUNNING,
                              &check->has_database)) {
        return false;
    }
    if (!check->has_database) {
        cli_note(cli, "No database given: history and drift are not checked.");
        return true;
    }
    return workspace_connect(
        cli, (WorkspaceNeeds){.database = true, .private_server = PRIVATE_IF_RUNNING},
        &check->workspace);
}

ExitCode cmd_check(Cli *cli)
{
    Check check = {.cli = cli};
    CheckFormat format;
    if (!read_format(cli, &format)) {
        return EXIT_USAGE;
    }
    bool ok = open_check(&check) && check_all(&check);
    if (ok || check.findings.count > 0) {
        print_findings(&check, format);
    }
    workspace_close(&check.workspace);
    return ok && check.findings.count > 0 ? EXIT_DIFFERENT : cli_exit(cli, EXIT_DONE);
}
