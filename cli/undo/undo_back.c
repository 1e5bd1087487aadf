/*
 * undo_back.c - a plan that nobody else has is taken out of the database and out of the folder.
 *
 * The database first, its statements and the rows of the history in one transaction where the
 * statements let themselves be one; then the folder. Killed in between, the scripts stand in the
 * folder as if they had never been applied, and the next run takes them out.
 */
#include "base/common.h"

#include "cli/console/answer.h"
#include "cli/undo/undo.h"
#include "runtime/apply/push.h"

static const Step none = {.kind = STEP_ALTER_TABLE};

/* Those of the first script have no step: they may share a transaction with any. */
static StatementList statements(Undo *undo)
{
    StatementList list = {0};
    if (undo->first[0] != '\0') {
        vec_push(undo->cli->arena, &list, ((Statement){.step = &none, .sql = undo->first}));
    }
    const StatementList planned = emit_statements(undo->cli->arena, undo->plan);
    vec_each(const Statement, at, &planned) {
        vec_push(undo->cli->arena, &list, *at);
    }
    return list;
}

void undo_print_statements(Undo *undo)
{
    const StatementList list = statements(undo);
    vec_each(const Statement, at, &list) {
        cli_put(undo->cli, at->sql);
        cli_put(undo->cli, at->step == &none ? "" : ";\n");
    }
}

static bool change_database(Undo *undo)
{
    Cli *cli = undo->cli;
    Workspace *workspace = undo->workspace;
    const StatementList list = statements(undo);
    size_t done = 0;
    StrBuf record = strbuf_new(STRBUF_MAX);
    vec_each(Migration *const, at, &undo->applied) {
        strbuf_add(&record, history_sql_withdraw(cli->arena, undo->history, *at));
    }
    return push_run(cli->arena, workspace->session, &workspace->guard, &list,
                    strbuf_take(&record, cli->arena), &workspace->progress, cli->diags, &done);
}

bool undo_may_leave(Undo *undo, const MigrationList *leaving)
{
    vec_each(Migration *const, at, leaving) {
        if (!migrations_may_remove(undo->workspace->folder, (*at)->name, undo->cli->diags)) {
            return false;
        }
    }
    return true;
}

bool undo_change_folder(Undo *undo, const MigrationList *leaving)
{
    Cli *cli = undo->cli;
    const Migrations *folder = undo->workspace->folder;
    for (size_t i = leaving->count; i > 0; i--) {
        if (!migrations_remove(folder, leaving->items[i - 1]->name, cli->diags)) {
            return false;
        }
    }
    return true;
}

static void print_names(Cli *cli, const char *title, const MigrationList *list)
{
    if (list->count > 0) {
        cli_print(cli, "%s\n", title);
    }
    vec_each(Migration *const, at, list) {
        cli_print(cli, "  %s\n", (*at)->name);
    }
}

static void answer_names(Cli *cli, const char *key, const MigrationList *list)
{
    TextList names = {0};
    vec_each(Migration *const, at, list) {
        vec_push(cli->arena, &names, (*at)->name);
    }
    answer_texts(cli, key, names.items, names.count);
}

/* The texts that the plan had taken out of the folder stand in it again before it leaves. Some
 * still do, where the run that made the plan was killed. */
static bool put_back(Undo *undo)
{
    const Migrations *folder = undo->workspace->folder;
    NewMigrationList list = {0};
    vec_each(const NewMigration, at, &undo->restored) {
        if (migrations_find(folder, at->name) == NULL) {
            vec_push(undo->cli->arena, &list, *at);
        }
    }
    return list.count == 0 || migrations_write(folder, list.items, list.count, undo->cli->diags);
}

static void preview(Undo *undo)
{
    Cli *cli = undo->cli;
    if (undo->applied.count > 0) {
        cli_print(cli, "Would run in the database:\n\n");
        undo_print_statements(undo);
        cli_print(cli, "\n");
    }
    if (!option_given(&cli->options, OPT_KEEP)) {
        print_names(cli, "Would leave the folder:", &undo->scripts);
    }
    cli_print(cli, "\nNothing was changed (--dry-run).\n");
}

ExitCode undo_take_back(Undo *undo)
{
    Cli *cli = undo->cli;
    const bool keeps = option_given(&cli->options, OPT_KEEP);
    if (!keeps && !undo_may_leave(undo, &undo->scripts)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (undo->applied.count > 0) {
        const StatementList list = statements(undo);
        if (!history_may_write(undo->history, cli->diags) || !undo_prove_statements(undo, &list)) {
            return cli_exit(cli, EXIT_FAILED);
        }
    }
    if (option_given(&cli->options, OPT_DRY_RUN)) {
        preview(undo);
        return EXIT_DONE;
    }
    if (!cli_goes_on(cli) || (undo->applied.count > 0 && !change_database(undo)) ||
        (!keeps && (!put_back(undo) || !undo_change_folder(undo, &undo->scripts)))) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_names(cli, "undone", &undo->scripts);
    print_names(cli,
                undo->applied.count > 0 ? "Taken back, as if never applied:"
                                        : "Taken out of the folder:",
                &undo->scripts);
    if (keeps) {
        cli_say(cli, "They stay in the folder: `bellows migrate dev` applies them again.\n");
    } else {
        cli_say(cli, "The schema still asks for it: `bellows migrate dev` would write it anew.\n");
    }
    return EXIT_DONE;
}
