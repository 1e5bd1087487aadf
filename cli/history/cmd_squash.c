/*
 * cmd_squash.c - `bellows migrate squash`: many migrations become one that makes the same.
 *
 * The new script is the direct plan from nothing to what the old ones make. Both are replayed, and
 * only where everything a dump would tell is the same is the folder changed: what a schema cannot
 * say (functions, triggers, rows) is not in a plan, so a folder that makes such things is squashed
 * up to where they begin, or not at all. The new folder holds a list of those it replaces
 * (runtime/history/squashed.h), by which databases that have them take it over.
 */
#include "base/common.h"

#include <string.h>
#include <strings.h>

#include "cli/console/answer.h"
#include "cli/history/proof.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/make/plan_make.h"
#include "runtime/history/forks.h"
#include "runtime/history/plan_sets.h"
#include "runtime/history/squashed.h"
#include "runtime/script/script.h"

typedef struct Squash {
    Cli *cli;
    Workspace *workspace;
    MigrationRun run;   /* those that are folded */
    MigrationList list; /* the same */
    Catalog *made;      /* what they make */
    const char *sql;    /* the new script */
    const char *name;   /* of its folder */
} Squash;

/* --- which --- */

/* The first ones of the folder, up to --up-to. */
static bool choose(Squash *squash)
{
    Cli *cli = squash->cli;
    const Migrations *folder = squash->workspace->folder;
    const char *last = option_value(&cli->options, OPT_UP_TO);
    if (last != NULL && migrations_find(folder, last) == NULL) {
        diag_report(cli->diags, DIAG_NO_SUCH_MIGRATION, span_none(), last, folder->path);
        return false;
    }
    vec_each(Migration *const, at, &folder->list) {
        vec_push(cli->arena, &squash->run, *at);
        vec_push(cli->arena, &squash->list, *at);
        if (last != NULL && strcmp((*at)->name, last) == 0) {
            break;
        }
    }
    if (squash->run.count < 2) {
        diag_report(cli->diags, DIAG_NOT_SQUASHED, span_none(), folder->path,
                    "there are no two migrations to fold", "name a later one with `--up-to NAME`");
    }
    return squash->run.count >= 2;
}

/* A plan is folded whole or not at all. */
static bool cuts_no_plan(Squash *squash)
{
    PlanSetList sets;
    Cli *cli = squash->cli;
    plan_sets_broken(cli->arena, &squash->list, &sets);
    if (sets.count > 0) {
        const PlanSet *set = &sets.items[0];
        diag_report(cli->diags, DIAG_NOT_SQUASHED, span_none(), squash->workspace->folder_path,
                    set->missing != NULL
                        ? arena_printf(cli->arena, "script %s of plan `%s` stays behind",
                                       set->missing, set->plan)
                        : arena_printf(cli->arena, "plan `%s` %s", set->plan,
                                       plan_set_fault(cli->arena, set)),
                    "fold the whole plan, or none of it: `--up-to` one of its neighbours");
    }
    return sets.count == 0;
}

/* Rows that scripts write are in no catalog: nothing would prove that they are still written. */
static bool writes_no_rows(Squash *squash)
{
    Cli *cli = squash->cli;
    if (option_given(&cli->options, OPT_DROP_ROWS)) {
        return true;
    }
    vec_each(const Migration *const, at, &squash->run) {
        const ParsedScript *script = NULL;
        if (!script_parse(cli->arena, (*at)->path, (*at)->sql, (*at)->len, cli->diags, &script)) {
            return false;
        }
        vec_each(const ScriptStatement, statement, &script->statements) {
            const char *text = script->text + statement->start;
            if (strncasecmp(text, "INSERT", 6) == 0 || strncasecmp(text, "COPY", 4) == 0) {
                diag_report(cli->diags, DIAG_NOT_SQUASHED, span_none(), (*at)->path,
                            "it writes rows, which a squashed script would not",
                            "fold what is before it with `--up-to NAME`, or give `--drop-rows` "
                            "where a new database needs none of them");
                return false;
            }
        }
    }
    return true;
}

/* --- the script, and its proof --- */

static bool write_script(Squash *squash)
{
    Cli *cli = squash->cli;
    const Side nothing = {.kind = SIDE_EMPTY, .label = "empty"};
    Catalog *empty = side_load(cli, &nothing, &squash->workspace->context);
    squash->made = proof_replay(cli, squash->workspace, &squash->run);
    Plan *plan = empty == NULL || squash->made == NULL
                     ? NULL
                     : plan_make(empty, squash->made, &(PlanOptions){0}, cli->diags);
    if (plan != NULL) {
        squash->sql = arena_printf(cli->arena, "%s\n", emit_script(cli->arena, plan));
    }
    plan_free(plan);
    catalog_free(empty);
    return squash->sql != NULL;
}

static bool prove(Squash *squash)
{
    Cli *cli = squash->cli;
    Migration folded = {.name = squash->name,
                        .path = "the squashed script",
                        .sql = squash->sql,
                        .len = strlen(squash->sql)};
    MigrationRun run = {0};
    vec_push(cli->arena, &run, &folded);
    Catalog *now = proof_replay(cli, squash->workspace, &run);
    const char *lost = now == NULL ? NULL : proof_difference(cli, squash->made, now, false);
    catalog_free(now);
    if (lost == NULL || lost[0] == '\0') {
        return lost != NULL;
    }
    Diagnostic *d =
        diag_report(cli->diags, DIAG_NOT_SQUASHED, span_none(), squash->workspace->folder_path,
                    "these migrations make what a schema cannot say",
                    "fold what is before them with `--up-to NAME`; what they make "
                    "stays in its own scripts");
    diag_note_lines(cli->diags, d, "a squashed script would differ by:\n", lost);
    return false;
}

/* --- the folder --- */

/* Its time is that of the last one it replaces, so that it sorts where they were. Names without a
 * time sort behind all that have one: the last that has counts. */
static bool choose_name(Squash *squash)
{
    Cli *cli = squash->cli;
    const char *wish = option_value(&cli->options, OPT_NAME);
    const char *last = "";
    size_t digits = 0;
    vec_each(const Migration *const, at, &squash->run) {
        const size_t own = strspn((*at)->name, "0123456789");
        last = own > 0 ? (*at)->name : last;
        digits = own > 0 ? own : digits;
    }
    squash->name = arena_printf(cli->arena, "%.*s_%s", (int)digits, last,
                                migrations_slug(cli->arena, wish == NULL ? "squashed" : wish));
    if (digits == 0) {
        diag_report(cli->diags, DIAG_NOT_SQUASHED, span_none(), squash->workspace->folder_path,
                    "no name of these migrations begins with a time",
                    "rename their folders so that the names begin with one "
                    "(`20260101000000_...`), and in `_prisma_migrations` where they are applied");
    }
    return digits > 0;
}

static bool change_folder(Squash *squash)
{
    Cli *cli = squash->cli;
    const Migrations *folder = squash->workspace->folder;
    const char *snapshot =
        migration_companion(cli->arena, vec_last(&squash->run), "schema.snapshot");
    snapshot = snapshot == NULL ? NULL : fork_mark(cli->arena, snapshot, NULL);
    const NewMigration added = {
        .name = squash->name,
        .sql = squash->sql,
        .snapshot = snapshot,
        .replaces = squashed_text(cli->arena, squash->run.items, squash->run.count)};
    vec_each(const Migration *const, at, &squash->run) {
        if (!migrations_may_remove(folder, (*at)->name, cli->diags)) {
            return false;
        }
    }
    if (!cli_goes_on(cli) || !migrations_write(folder, &added, 1, cli->diags)) {
        return false;
    }
    vec_each(const Migration *const, at, &squash->run) {
        if (!migrations_remove(folder, (*at)->name, cli->diags)) {
            return false;
        }
    }
    return true;
}

static ExitCode squash_folder(Cli *cli, Workspace *workspace)
{
    Squash squash = {.cli = cli, .workspace = workspace};
    bool ok = choose(&squash) && cuts_no_plan(&squash) && writes_no_rows(&squash);
    ok = ok && choose_name(&squash) && write_script(&squash) && prove(&squash) &&
         change_folder(&squash);
    catalog_free(squash.made);
    if (!ok) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_text(cli, "migration", squash.name);
    answer_number(cli, "replaces", (long long)squash.run.count);
    cli_say(cli, "%zu migrations are folded into one, which makes the same:\n\n", squash.run.count);
    workspace_print_tree(cli, workspace->folder_path, &squash.name, 1);
    cli_say(cli, "\nDatabases that have all of them take it over at their next `bellows migrate "
                 "deploy`; new ones run it.\n");
    return EXIT_DONE;
}

ExitCode cmd_migrate_squash(Cli *cli)
{
    return workspace_run(cli, (WorkspaceNeeds){.folder = true, .writes = true}, squash_folder);
}
