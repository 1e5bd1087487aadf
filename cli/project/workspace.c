#include "base/common.h"

#include "cli/project/workspace.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/console/bar.h"
#include "cli/project/own_config.h"
#include "runtime/history/migrations_hold.h"
#include "runtime/server/database.h"

/* A log gets a line now and then, so that nobody takes long work for dead. */
static void log_backfill(Cli *cli, const ProgressEvent *event)
{
    StrBuf line = strbuf_new(STRBUF_MAX);
    strbuf_printf(&line, "  %s: %lld ", event->migration, event->rows_done);
    if (event->rows_total >= 0 && !event->finished) {
        strbuf_printf(&line, "of about %lld rows (%lld %%)", event->rows_total,
                      event->rows_total == 0 ? 100 : event->rows_done * 100 / event->rows_total);
    } else {
        strbuf_add(&line, event->rows_done == 1 ? "row" : "rows");
    }
    if (event->rows_per_s > 0) {
        strbuf_printf(&line, ", %lld rows/s", event->rows_per_s);
    }
    if (event->left_ms >= 1000) {
        strbuf_add(&line, ", about ");
        bar_add_time(&line, event->left_ms);
        strbuf_add(&line, " left");
    }
    cli_note(cli, "%s", strbuf_text(&line));
    strbuf_dispose(&line);
}

static void show_backfill(Cli *cli, const ProgressEvent *event)
{
    enum { LOG_EVERY_MS = 10000 };
    const BarState state = {.done = event->rows_done,
                            .total = event->rows_total,
                            .per_s = event->rows_per_s,
                            .left_ms = event->left_ms};
    const uint64_t times = event->elapsed_ms / LOG_EVERY_MS;
    if (event->finished || (!bar_draw(cli, &state) && times > cli->logged)) {
        log_backfill(cli, event);
    }
    cli->logged = event->finished ? 0 : times;
}

/* One line an event on standard error; the texts belong to the event. */
static void show_progress(void *context, const ProgressEvent *event)
{
    Cli *cli = context;
    const char *name = event->migration == NULL ? "" : event->migration;
    const char *detail = event->detail == NULL ? "" : event->detail;
    switch (event->kind) {
    case PROGRESS_WAITING_FOR_LOCK:
        cli_note(cli, "Waiting for the migration lock, held by %s", detail);
        break;
    case PROGRESS_APPLYING:
        cli_note(cli, "Applying %s", name);
        break;
    case PROGRESS_RESUMING:
        cli_note(cli, "Continuing %s %s", name, detail);
        break;
    case PROGRESS_RETRY:
        cli_note(cli, "  a lock is taken, try %u in %llu ms%s%s", event->attempt + 1,
                 (unsigned long long)event->wait_ms, detail[0] == '\0' ? "" : "; held by ", detail);
        break;
    case PROGRESS_CLEANED:
        cli_note(cli, "  cleared away what an earlier try left: %s", detail);
        break;
    case PROGRESS_OUTCOME:
        cli_note(cli, "The connection is lost; waiting for the server to tell of %s", name);
        break;
    case PROGRESS_STATEMENT:
        cli_note(cli, "  %s", detail);
        break;
    case PROGRESS_BACKFILL:
        show_backfill(cli, event);
        break;
    case PROGRESS_SWEEP:
        cli_note(cli, "  %s: %lld rows had moved meanwhile and are done now", name,
                 event->rows_done);
        break;
    case PROGRESS_BLOCKED:
        cli_note(cli, "  waiting for an older transaction before asking for a lock: %s", detail);
        break;
    case PROGRESS_APPLIED:
        cli_note(cli, "  done in %llu ms", (unsigned long long)event->elapsed_ms);
        break;
    case PROGRESS_HELD:
        cli_note(cli, "Holding %s until --contract", name);
        break;
    case PROGRESS_WARNING:
        cli_note(cli, "warning: %s", detail);
        break;
    }
}

bool workspace_connect(Cli *cli, WorkspaceNeeds needs, Workspace *workspace)
{
    if (!project_database(cli, &workspace->schema, needs.private_server, &workspace->database)) {
        return false;
    }
    workspace->context.default_schema = project_default_schema(workspace->database.info);
    DatabaseOptions options = {.create = needs.create,
                               .session = {.interrupted = &cli_interrupted}};
    if (!database_open(cli->arena, workspace->database.info, &options, cli->diags,
                       &workspace->session, &workspace->created)) {
        return false;
    }
    workspace->context.server_version = session_server_version(workspace->session);
    return true;
}

bool workspace_reload_folder(Cli *cli, Workspace *workspace)
{
    return migrations_read(cli->arena, workspace->folder_path, cli->diags, &workspace->folder);
}

static void tell_waiting(void *context)
{
    cli_note(context, "Waiting for another run in this migrations folder");
}

static bool hold_folder(Cli *cli, Workspace *workspace)
{
    workspace->holds = migrations_hold(cli->arena, workspace->folder_path, &cli_interrupted,
                                       tell_waiting, cli, cli->diags, &workspace->hold);
    return workspace->holds && cli_goes_on(cli);
}

bool workspace_open(Cli *cli, WorkspaceNeeds needs, Workspace *ret_workspace)
{
    const char *path = NULL;
    Workspace *workspace = ret_workspace;
    *workspace = (Workspace){.context = {.default_schema = "public"}};
    workspace->progress = (Progress){.report = show_progress, .context = cli};
    if (!project_find_schema(cli, &path) || !schema_read(cli, path, &workspace->schema) ||
        diag_has_errors(cli->diags)) {
        return false;
    }
    workspace->context.schema = &workspace->schema;
    if (needs.folder && !project_migrations_folder(cli, &workspace->schema, needs.writes,
                                                   &workspace->folder_path)) {
        return false;
    }
    cli_note(cli, "Prisma schema loaded from %s.", path);
    if (needs.writes && !hold_folder(cli, workspace)) {
        return false;
    }
    if (needs.folder && (!workspace_reload_folder(cli, workspace) ||
                         !migrations_check_lock(workspace->folder, cli->diags))) {
        return false;
    }
    return !needs.database || workspace_connect(cli, needs, workspace);
}

void workspace_close(Workspace *workspace)
{
    session_close(workspace->session);
    workspace->session = NULL;
    if (workspace->holds) {
        migrations_let_go(workspace->hold);
    }
    workspace->holds = false;
}

ExitCode workspace_run(Cli *cli, WorkspaceNeeds needs,
                       ExitCode (*work)(Cli *cli, Workspace *workspace))
{
    Workspace workspace;
    const OwnConfig *own = NULL; /* refused also where nothing of it would be used */
    bool open = workspace_open(cli, needs, &workspace) && project_own_config(cli, &own);
    ExitCode code = open ? work(cli, &workspace) : cli_exit(cli, EXIT_FAILED);
    workspace_close(&workspace);
    return code;
}

void workspace_print_datasource(Cli *cli, const Workspace *workspace)
{
    const ConnInfo *info = workspace->database.info;
    const DatasourceConfig *source = &workspace->schema.config.datasource;
    size_t count = 0;
    const char *const *schemas = side_schemas(cli, &workspace->context, &count);
    const char *database = conninfo_get(info, "dbname"); /* NULL: a service file or libpq says it */
    StrBuf names = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&names, "%s%s", i == 0 ? "" : ", ", schemas[i]);
    }
    cli_say(cli, "Datasource \"%s\": PostgreSQL database \"%s\", schema \"%s\" at \"%s\"\n\n",
            source->name == NULL ? "db" : source->name->text,
            database == NULL ? "(default)" : database, strbuf_text(&names),
            project_shown_path(cli, url_display_server(cli->arena, info)));
    strbuf_dispose(&names);
}

static bool variable_is_set(const char *name)
{
    const char *value = environment(name);
    return value != NULL && value[0] != '\0' && strcmp(value, "0") != 0;
}

/* Tables that others own do not make a database somebody's. */
static bool add_external(Cli *cli, DeployOptions *options)
{
    const External *external = NULL;
    if (!project_external(cli, &external)) {
        return false;
    }
    const char **names = arena_array(cli->arena, const char *, external->tables.count + 1);
    vec_each(const ExternalName, at, &external->tables) {
        names[options->external_count++] =
            arena_printf(cli->arena, "%s.%s", at->schema->text, at->name->text);
    }
    options->external_tables = names;
    return true;
}

/* `--contract` alone, or with names; nothing typed after `=` is alone, too. */
static GateOptions gate_options(Cli *cli)
{
    GateOptions gates = {0};
    TextList names = {0};
    vec_each(const char *, at, &cli->options.values[OPT_CONTRACT]) {
        if ((*at)[0] == '\0') {
            gates.only = true;
        } else {
            vec_push(cli->arena, &names, *at);
        }
    }
    gates.plans = names.items;
    gates.plan_count = names.count;
    return gates;
}

bool workspace_deploy_options(Cli *cli, const Workspace *workspace, DeployOptions *ret_options)
{
    DeployOptions options = {.gates = gate_options(cli)};
    const char *timeout = option_value(&cli->options, OPT_LOCK_TIMEOUT);
    if (timeout != NULL && !duration_parse(timeout, &options.apply.retry.lock_timeout_ms)) {
        diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), timeout, "--lock-timeout",
                    "a time such as `400ms`, `2s` or `1min`");
        return false;
    }
    Allowed allowed;
    if (!project_allowed(cli, &allowed)) {
        return false;
    }
    options.code = allowed.codes[HAZARD_CODE_IN_THE_WAY] ? CODE_WARNS : CODE_REFUSES;
    bool *agreed = arena_array(cli->arena, bool, HAZARD_CODE_COUNT);
    memcpy(agreed, allowed.codes, sizeof allowed.codes);
    options.agreed = agreed;
    options.apply.retry.interrupted = &cli_interrupted;
    options.guard.interrupted = &cli_interrupted;
    options.guard.held = workspace->locked;
    options.guard.disabled = variable_is_set("PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK");
    options.schemas = side_schemas(cli, &workspace->context, &options.schema_count);
    if (!add_external(cli, &options)) {
        return false;
    }
    *ret_options = options;
    return true;
}

bool workspace_lock(Cli *cli, Workspace *workspace)
{
    DeployOptions options;
    if (!workspace_deploy_options(cli, workspace, &options)) {
        return false;
    }
    workspace->locked = guard_acquire(workspace->session, &options.guard, &workspace->progress,
                                      cli->diags, &workspace->guard);
    return workspace->locked;
}

void workspace_unlock(Workspace *workspace)
{
    if (workspace->locked) {
        workspace->locked = false;
        guard_release(workspace->session, &workspace->guard);
    }
}

bool workspace_diagnose(Cli *cli, const Workspace *workspace, History **ret_history,
                        Diagnosis *ret_diagnosis)
{
    if (!history_read(cli->arena, workspace->session, cli->diags, ret_history)) {
        return false;
    }
    return deploy_diagnose(cli->arena, workspace->session, workspace->folder, *ret_history,
                           cli->diags, ret_diagnosis);
}

void workspace_print_tree(Cli *cli, const char *folder, const char *const *names, size_t count)
{
    cli_print(cli, "%s/\n", folder);
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count;
        cli_print(cli, "  %s %s/\n  %s   └─ migration.sql\n", last ? "└─" : "├─", names[i],
                  last ? " " : "│");
    }
}

/* One line what waits since when, one each what for. */
void workspace_print_gates(Cli *cli, Session *session, const GateList *gates)
{
    vec_each(Gate, gate, gates) {
        const char *age = gate_age(cli->arena, session, gate);
        if (gate->before > 0) {
            cli_say(cli, "  %s: %zu script%s to run before its gate\n", gate->name, gate->before,
                    gate->before == 1 ? "" : "s");
        } else {
            cli_say(cli,
                    "  %s%s%s: until no program needs %s; then "
                    "`bellows migrate deploy --contract %s`%s\n",
                    gate->name, age == NULL ? "" : ", for ", age == NULL ? "" : age,
                    gate->takes_back ? "what it undoes" : "the old shape", gate->name,
                    gate->apart ? ", and the new program only after that" : "");
        }
        vec_each(const Migration *, script, &gate->scripts) {
            cli_print(cli, "    %s\n", (*script)->name);
        }
    }
}
