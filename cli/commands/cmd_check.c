/*
 * cmd_check.c - `bellows check`: the gate of a build.
 *
 * Three questions: do the migrations make what the schema says; does the database look the way its
 * migrations made it; does the history need a person. Without a database only the first is asked,
 * and that is said. Exit code 2 when anything differs; what waits at its gate is told and differs
 * from nothing, but with --strict. Whatever stops the check is in the report as well.
 */
#include "base/common.h"

#include <string.h>

#include "cli/commands/check.h"
#include "cli/project/drifting.h"
#include "cli/project/own_config.h"

/* What agreement does not speak of: notes, which fail no build. */
static void add_rest(Check *check, const Catalog *live)
{
    Cli *cli = check->cli;
    const char *beyond = drift_beyond(cli->arena, &check->drift);
    const char *rest = drift_not_compared(cli->arena, &check->drift, live);
    if (beyond[0] != '\0') {
        report_add(cli, &check->report,
                   (Finding){.kind = FINDING_GRANTED,
                             .message = "more is granted than the migrations grant, which is not "
                                        "held against the database",
                             .detail = beyond});
    }
    if (rest[0] != '\0') {
        report_add(cli, &check->report,
                   (Finding){.kind = FINDING_NOT_COMPARED,
                             .message = "not all of the database was compared",
                             .detail = rest});
    }
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
        ok = drift_confirm(cli, &check->workspace, &applied, &whole, &options, live, &expected,
                           &check->drift);
    }
    if (ok) {
        check->report.checked[SUBJECT_DATABASE] = true;
        if (!drift_is_none(&check->drift)) {
            report_add(cli, &check->report,
                       (Finding){.kind = FINDING_DRIFT,
                                 .message = "the database is not what its migrations made it",
                                 .detail = drift_summary(cli->arena, &check->drift),
                                 .remedy = "write the change into a migration (and the schema), "
                                           "undo it in the database, or name it in `drift` of "
                                           "bellows.json"});
        }
        add_rest(check, live);
    }
    catalog_free(live);
    catalog_free(expected);
    return ok;
}

/* The history first: what it says explains why a replay may fail. */
static bool check_all(Check *check)
{
    History *history = NULL;
    Diagnosis diagnosis;
    if (!check->has_database) {
        check_history(check, NULL);
        return check_schema(check);
    }
    if (!workspace_diagnose(check->cli, &check->workspace, &history, &diagnosis)) {
        return false;
    }
    check_history(check, &diagnosis);
    return check_schema(check) && check_drift(check, &diagnosis);
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

/* Where the schema names its database, for what has no other place; else the schema. */
static FindingPlace place_of_schema(const Check *check)
{
    const Cli *cli = check->cli;
    if (check->workspace.schema.ast != NULL) {
        vec_each(AstBlock *, at, &check->workspace.schema.ast->blocks) {
            if ((*at)->kind == AST_DATASOURCE) {
                const Span span = (*at)->span;
                return (FindingPlace){.file = sources_file(cli->sources, span.file)->path,
                                      .line = source_position(cli->sources, span).line};
            }
        }
    }
    vec_each(SourceFile *, at, &cli->sources->files) {
        const size_t len = strlen((*at)->path);
        if (len > 7 && strcmp((*at)->path + len - 7, ".prisma") == 0) {
            return (FindingPlace){.file = (*at)->path, .line = 1};
        }
    }
    return (FindingPlace){0};
}

/* A database is checked when one is named; a build without one checks the files alone. */
static bool open_check(Check *check)
{
    Cli *cli = check->cli;
    const bool opened = workspace_open(cli, (WorkspaceNeeds){.folder = true}, &check->workspace);
    check->report.about = place_of_schema(check);
    if (!opened || !project_has_database(cli, &check->workspace.schema, PRIVATE_IF_RUNNING,
                                         &check->has_database)) {
        return false;
    }
    if (!check->has_database) {
        cli_note(cli, "No database given: history and drift are not checked.");
        return side_default_schema(cli, NULL, NULL, &check->workspace.context);
    }
    return workspace_connect(
        cli, (WorkspaceNeeds){.database = true, .private_server = PRIVATE_IF_RUNNING},
        &check->workspace);
}

ExitCode cmd_check(Cli *cli)
{
    OwnFormat wish;
    ReportFormatList formats;
    Check check = {.cli = cli, .report = {.strict = option_given(&cli->options, OPT_STRICT)}};
    if (!project_format(cli, true, &wish) ||
        !report_formats(cli, (ReportWish){wish.form, wish.from, wish.place}, &formats)) {
        return cli_exit(cli, EXIT_USAGE);
    }
    const bool ok = open_check(&check) && check_all(&check);
    check.report.agreement = ok ? agreement(&check) : NULL;
    report_tell(cli, &check.report, &formats);
    workspace_close(&check.workspace);
    return ok && report_fails(&check.report) ? EXIT_DIFFERENT : cli_exit(cli, EXIT_DONE);
}
